import XDS

/// The parameters of a stored query: which are needed, which may be repeated (ITI TF-2: 3.18.4.1.2.3.7).
struct StoredQueryShape: Sendable {
    /// How often a parameter may be given.
    enum Arity: Sendable {
        /// One value.
        case one
        /// One slot with a list of alternatives.
        case alternatives
        /// Several slots, all wanted, each with a list of alternatives.
        case allOfAlternatives
    }

    let id: StoredQuery.Identifier
    /// By name.
    let parameters: [String: Arity]
    let required: [String]
    /// Exactly one of these is needed.
    let choice: [String]

    private init(
        _ id: StoredQuery.Identifier, _ parameters: [String: Arity], required: [String] = [], choice: [String] = []
    ) {
        self.id = id
        self.parameters = parameters
        self.required = required
        self.choice = choice
    }

    /// Whether it asks by ids, for any patient.
    var isByID: Bool { !choice.isEmpty || required == ["$uuid"] }

    static func of(_ id: StoredQuery.Identifier) -> StoredQueryShape? { all.first { $0.id == id } }

    private static let entry = "$XDSDocumentEntry"
    private static let set = "$XDSSubmissionSet"
    private static let folder = "$XDSFolder"
    private static let entryChoice = [entry + "EntryUUID", entry + "UniqueId"]

    /// The filters of entries that several queries share.
    private static let contents: [String: Arity] = [
        entry + "FormatCode": .alternatives, entry + "ConfidentialityCode": .allOfAlternatives,
        entry + "Type": .alternatives,
    ]

    private static let find: [String: Arity] = [
        entry + "PatientId": .one, entry + "ClassCode": .alternatives, entry + "TypeCode": .alternatives,
        entry + "PracticeSettingCode": .alternatives, entry + "CreationTimeFrom": .one,
        entry + "CreationTimeTo": .one, entry + "ServiceStartTimeFrom": .one, entry + "ServiceStartTimeTo": .one,
        entry + "ServiceStopTimeFrom": .one, entry + "ServiceStopTimeTo": .one,
        entry + "HealthcareFacilityTypeCode": .alternatives, entry + "EventCodeList": .allOfAlternatives,
        entry + "ConfidentialityCode": .allOfAlternatives, entry + "AuthorPerson": .alternatives,
        entry + "FormatCode": .alternatives, entry + "Status": .alternatives, entry + "Type": .alternatives,
    ]

    private static func choice(
        _ id: StoredQuery.Identifier, _ choice: [String], _ more: [String: Arity] = [:], required: [String] = []
    ) -> StoredQueryShape {
        let parameters = Dictionary(uniqueKeysWithValues: choice.map { ($0, Arity.alternatives) })
        return StoredQueryShape(
            id, parameters.merging(more) { $1 }, required: required, choice: choice)
    }

    static let all: [StoredQueryShape] = [
        StoredQueryShape(.findDocuments, find, required: [entry + "PatientId", entry + "Status"]),
        StoredQueryShape(
            .findDocumentsByReferenceID,
            find.merging([entry + "ReferenceIdList": .allOfAlternatives]) { $1 },
            required: [entry + "PatientId", entry + "Status", entry + "ReferenceIdList"]),
        StoredQueryShape(
            .findSubmissionSets,
            [
                set + "PatientId": .one, set + "SourceId": .alternatives, set + "SubmissionTimeFrom": .one,
                set + "SubmissionTimeTo": .one, set + "AuthorPerson": .one, set + "ContentType": .alternatives,
                set + "Status": .alternatives,
            ], required: [set + "PatientId", set + "Status"]),
        StoredQueryShape(
            .findFolders,
            [
                folder + "PatientId": .one, folder + "LastUpdateTimeFrom": .one, folder + "LastUpdateTimeTo": .one,
                folder + "CodeList": .allOfAlternatives, folder + "Status": .alternatives,
            ], required: [folder + "PatientId", folder + "Status"]),
        StoredQueryShape(
            .getAll,
            contents.merging([
                "$patientId": .one, entry + "Status": .alternatives, set + "Status": .alternatives,
                folder + "Status": .alternatives,
            ]) { $1 }, required: ["$patientId", entry + "Status", set + "Status", folder + "Status"]),
        choice(.getDocuments, entryChoice),
        choice(.getFolders, [folder + "EntryUUID", folder + "UniqueId"]),
        StoredQueryShape(.getAssociations, ["$uuid": .alternatives], required: ["$uuid"]),
        choice(.getDocumentsAndAssociations, entryChoice),
        StoredQueryShape(.getSubmissionSets, ["$uuid": .alternatives], required: ["$uuid"]),
        choice(
            .getSubmissionSetAndContents, [set + "EntryUUID", set + "UniqueId"],
            contents.merging([set + "EntryUUID": .one, set + "UniqueId": .one]) { $1 }),
        choice(
            .getFolderAndContents, [folder + "EntryUUID", folder + "UniqueId"],
            contents.merging([folder + "EntryUUID": .one, folder + "UniqueId": .one]) { $1 }),
        choice(.getFoldersForDocument, entryChoice, [entry + "EntryUUID": .one, entry + "UniqueId": .one]),
        choice(
            .getRelatedDocuments, entryChoice,
            [entry + "EntryUUID": .one, entry + "UniqueId": .one, "$AssociationTypes": .alternatives],
            required: ["$AssociationTypes"]),
    ]
}
