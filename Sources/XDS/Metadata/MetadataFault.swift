/// What a reader of metadata saw that is not as ebRIM 3.0 and IHE say, with its place.
///
/// It is told, never thrown: the metadata are read on as far as they can be understood.
public struct MetadataFault: Sendable, Hashable {
    /// What kind of fault; the raw value is stable and stands in findings: `xds.<code>`.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case listMissing = "list-missing"
        case unknownElement = "unknown-element"
        case idMissing = "id-missing"
        case slotName = "slot-name"
        case slotRepeated = "slot-repeated"
        case slotValues = "slot-values"
        case slotValueEmpty = "slot-value-empty"
        case slotOrder = "slot-order"
        case slotSingle = "slot-single"
        case valueBlanks = "value-blanks"
        case codingScheme = "coding-scheme"
        case codeEmpty = "code-empty"
        case classificationTarget = "classification-target"
        case classificationOwner = "classification-owner"
        case classificationScheme = "classification-scheme"
        case identifierScheme = "identifier-scheme"
        case identifierName = "identifier-name"
        case identifierValue = "identifier-value"
        case identifierOwner = "identifier-owner"
        case identifierRepeated = "identifier-repeated"
        case uuidCase = "uuid-case"
        case objectType = "object-type"
        case packageUnmarked = "package-unmarked"
        case associationType = "association-type"
        case associationEnd = "association-end"
        case patientForm = "patient-form"
        case timeForm = "time-form"
        case uniqueIDForm = "unique-id-form"
        case sourceIDForm = "source-id-form"
        case uniqueIDRepeated = "unique-id-repeated"
        case personForm = "person-form"
        case institutionForm = "institution-form"
        case referenceForm = "reference-form"
        case hashForm = "hash-form"
        case sizeForm = "size-form"
        case languageForm = "language-form"
        case mimeType = "mime-type"
        case attributeMissing = "attribute-missing"
    }

    /// The kind.
    public var code: Code
    /// What the specification asks.
    public var expected: String
    /// What was found.
    public var actual: String
    /// Where.
    public var place: ReadPlace

    init(_ code: Code, expected: String, actual: String, at place: ReadPlace) {
        self.code = code
        self.expected = expected
        self.actual = actual.isEmpty ? "∅" : actual
        self.place = place
    }
}

extension Submission {
    /// What the metadata break of ebRIM 3.0 and of IHE ITI TF-3 4.2, whatever the country, in the order of the objects.
    public var faults: [MetadataFault] {
        var inspection = MetadataInspection(self)
        inspection.inspect()
        return inspection.faults
    }
}
