/// What a stored query takes: its parameters, which of them it needs, and how each is written.
///
/// Source: IHE ITI TF-2 3.18.4.1.2.3.7.
public struct StoredQueryDefinition: Sendable, Hashable {
    /// How a parameter is written.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// A patient identifier in single quotes, without parentheses: `'id^^^&OID&ISO'`.
        case patient
        /// A list of strings: `('a','b')`.
        case list
        /// A list of codes: `('code^^scheme')`.
        case codes
        /// A list of references CXi: `('id^^^&OID&ISO^urn:…')`.
        case references
        /// A list of status URNs.
        case status
        /// A number of at most fourteen digits, without quotes.
        case time
        /// A list of `urn:uuid:` of entries.
        case uuids
        /// One `urn:uuid:` in single quotes; a list of it is taken too.
        case uuid
        /// One string in single quotes; a list of it is taken too.
        case text
        /// A list of strings with the wildcards `%` and `_`.
        case patterns
    }

    /// One parameter.
    public struct Parameter: Sendable, Hashable {
        /// The name, `$` included.
        public let name: String
        /// How it is written.
        public let form: Form
        /// Whether the query needs it.
        public let isRequired: Bool
        /// Whether several slots of that name are allowed: all have to hold.
        public let isRepeatable: Bool
    }

    /// Which query.
    public let id: StoredQuery.Identifier
    /// Its name.
    public let name: String
    /// What it takes.
    public let parameters: [Parameter]
    /// Names of which exactly one has to be there; empty when there is no such choice.
    public let alternatives: [String]

    /// The parameter called `name`.
    public func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }

    /// The definition of the query `id`; nil when the specification has none.
    public static func of(_ id: StoredQuery.Identifier) -> StoredQueryDefinition? { index[id] }

    /// Every stored query of the specification.
    public static let all: [StoredQueryDefinition] = [
        StoredQueryDefinition(.findDocuments, documentFilters),
        StoredQueryDefinition(
            .findDocumentsByReferenceID,
            documentFilters + [need("$XDSDocumentEntryReferenceIdList", .references, isRepeatable: true)]),
        StoredQueryDefinition(
            .findSubmissionSets,
            [
                need("$XDSSubmissionSetPatientId", .patient), need("$XDSSubmissionSetStatus", .status),
                may("$XDSSubmissionSetSourceId", .list), may("$XDSSubmissionSetSubmissionTimeFrom", .time),
                may("$XDSSubmissionSetSubmissionTimeTo", .time),
                may("$XDSSubmissionSetAuthorPerson", .patterns, isRepeatable: true),
                may("$XDSSubmissionSetContentType", .codes),
            ]),
        StoredQueryDefinition(
            .findFolders,
            [
                need("$XDSFolderPatientId", .patient), need("$XDSFolderStatus", .status),
                may("$XDSFolderLastUpdateTimeFrom", .time), may("$XDSFolderLastUpdateTimeTo", .time),
                may("$XDSFolderCodeList", .codes, isRepeatable: true),
            ]),
        StoredQueryDefinition(
            .getAll,
            [
                need("$patientId", .patient), need("$XDSDocumentEntryStatus", .status),
                need("$XDSSubmissionSetStatus", .status), need("$XDSFolderStatus", .status),
            ] + contentFilters),
        StoredQueryDefinition(.getDocuments, [], entry),
        StoredQueryDefinition(.getFolders, [], folder),
        StoredQueryDefinition(.getAssociations, [need("$uuid", .uuids)]),
        StoredQueryDefinition(.getDocumentsAndAssociations, [], entry),
        StoredQueryDefinition(.getSubmissionSets, [need("$uuid", .uuids)]),
        StoredQueryDefinition(.getSubmissionSetAndContents, contentFilters, submissionSet),
        StoredQueryDefinition(.getFolderAndContents, contentFilters, oneFolder),
        StoredQueryDefinition(.getFoldersForDocument, [], oneEntry),
        StoredQueryDefinition(
            .getRelatedDocuments, [need("$AssociationTypes", .list), may("$XDSDocumentEntryType", .list)], oneEntry),
    ]

    private static let index = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }

    private init(_ id: StoredQuery.Identifier, _ parameters: [Parameter], _ choice: [Parameter] = []) {
        self.id = id
        name = id.name ?? id.rawValue
        self.parameters = choice + parameters
        alternatives = choice.map(\.name)
    }

    private static func need(_ name: String, _ form: Form, isRepeatable: Bool = false) -> Parameter {
        Parameter(name: name, form: form, isRequired: true, isRepeatable: isRepeatable)
    }

    private static func may(_ name: String, _ form: Form, isRepeatable: Bool = false) -> Parameter {
        Parameter(name: name, form: form, isRequired: false, isRepeatable: isRepeatable)
    }

    private static let documentFilters: [Parameter] = [
        need("$XDSDocumentEntryPatientId", .patient), need("$XDSDocumentEntryStatus", .status),
        may("$XDSDocumentEntryClassCode", .codes), may("$XDSDocumentEntryTypeCode", .codes),
        may("$XDSDocumentEntryPracticeSettingCode", .codes), may("$XDSDocumentEntryCreationTimeFrom", .time),
        may("$XDSDocumentEntryCreationTimeTo", .time), may("$XDSDocumentEntryServiceStartTimeFrom", .time),
        may("$XDSDocumentEntryServiceStartTimeTo", .time), may("$XDSDocumentEntryServiceStopTimeFrom", .time),
        may("$XDSDocumentEntryServiceStopTimeTo", .time), may("$XDSDocumentEntryHealthcareFacilityTypeCode", .codes),
        may("$XDSDocumentEntryEventCodeList", .codes, isRepeatable: true),
        may("$XDSDocumentEntryConfidentialityCode", .codes, isRepeatable: true),
        may("$XDSDocumentEntryAuthorPerson", .patterns, isRepeatable: true),
        may("$XDSDocumentEntryFormatCode", .codes), may("$XDSDocumentEntryType", .list),
    ]

    private static let contentFilters: [Parameter] = [
        may("$XDSDocumentEntryFormatCode", .codes),
        may("$XDSDocumentEntryConfidentialityCode", .codes, isRepeatable: true), may("$XDSDocumentEntryType", .list),
    ]

    private static let entry = [may("$XDSDocumentEntryEntryUUID", .uuids), may("$XDSDocumentEntryUniqueId", .list)]
    private static let folder = [may("$XDSFolderEntryUUID", .uuids), may("$XDSFolderUniqueId", .list)]
    // IHE ITI TF-2 3.18.4.1.2.3.7.8 to 3.18.4.1.2.3.7.12: these queries start from one object.
    private static let oneEntry = [may("$XDSDocumentEntryEntryUUID", .uuid), may("$XDSDocumentEntryUniqueId", .text)]
    private static let oneFolder = [may("$XDSFolderEntryUUID", .uuid), may("$XDSFolderUniqueId", .text)]
    private static let submissionSet = [
        may("$XDSSubmissionSetEntryUUID", .uuid), may("$XDSSubmissionSetUniqueId", .text),
    ]
}
