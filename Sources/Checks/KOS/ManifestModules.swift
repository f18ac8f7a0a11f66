internal import DICOM

/// The attributes that a key object selection document must have, module by module.
///
/// DICOM PS3.3, A.35.4 and the modules and macros that it names, restricted by the manifest of IHE RAD TF-3, 4.68 (XDS-I.b).
enum ManifestModules {
    /// How far an attribute is demanded (PS3.5, 7.4).
    enum Kind: Sendable, Hashable {
        /// Present, with a value.
        case one
        /// Present, perhaps without a value.
        case two
        /// Free; where it is present, what it holds must be right.
        case three

        var name: String { self == .one ? "1" : self == .two ? "2" : "3" }
    }

    /// Which other rule says that the attribute is missing, so that one fault is told once.
    enum Told: Sendable {
        case nowhere
        /// By a rule of DICOM or IHE.
        case elsewhere
        /// By a rule of the French profile; where that is left out, by none.
        case nationally
    }

    /// An attribute of a module or macro.
    struct Attribute: Sendable {
        let tag: Tag
        let kind: Kind
        let module: String
        var told = Told.nowhere
        /// `C` after the type: the attribute is demanded where this holds of its data set.
        var condition: (@Sendable (DataSet) -> Bool)?
        /// Whether it may not be there where the condition does not hold.
        var isForbiddenElsewise = false
        /// The greatest number of items; nil: any.
        var maximumItems: Int?
        /// What each item must have.
        var items: [Attribute] = []
        /// Where another rule says that it is missing, whatever `told` is.
        var toldWhere: (@Sendable (DataSet) -> Bool)?
        /// Whether its absence is a recommendation's breach only.
        var isLenient = false

        /// `1`, `1C`, `2`, `3`.
        var typeName: String { kind.name + (condition == nil ? "" : "C") }
    }

    private static func one(
        _ tag: Tag, _ module: String, _ told: Told = .nowhere, max: Int? = nil, _ items: [Attribute] = []
    ) -> Attribute {
        Attribute(tag: tag, kind: .one, module: module, told: told, maximumItems: max, items: items)
    }

    private static func two(
        _ tag: Tag, _ module: String, _ told: Told = .nowhere, max: Int? = nil, _ items: [Attribute] = []
    ) -> Attribute {
        Attribute(tag: tag, kind: .two, module: module, told: told, maximumItems: max, items: items)
    }

    private static func three(_ tag: Tag, _ module: String, max: Int? = nil, _ items: [Attribute] = []) -> Attribute {
        Attribute(tag: tag, kind: .three, module: module, maximumItems: max, items: items)
    }

    private static func oneIf(
        _ tag: Tag, _ module: String, _ told: Told = .nowhere, forbidden: Bool = false, items: [Attribute] = [],
        _ condition: @escaping @Sendable (DataSet) -> Bool
    ) -> Attribute {
        Attribute(
            tag: tag, kind: .one, module: module, told: told, condition: condition, isForbiddenElsewise: forbidden,
            items: items)
    }

    // PS3.3, table 8.8-1: the code macro.
    private static func code(_ told: Told = .nowhere) -> [Attribute] {
        let macro = "8.8 Code Sequence"
        return [
            oneIf(.codeValue, macro, told) { item in
                !item.contains(.longCodeValue) && !item.contains(.urnCodeValue)
            },
            oneIf(.codingSchemeDesignator, macro, told) { item in
                item.contains(.codeValue) || item.contains(.longCodeValue)
            },
            one(.codeMeaning, macro, told),
        ]
    }

    // PS3.3, table 10.17-1: the designator of HL7 v2.
    private static let designator: [Attribute] = {
        let macro = "10.17 HL7v2 Hierarchic Designator"
        return [
            oneIf(.universalEntityID, macro, .nationally) { !$0.contains(.localNamespaceEntityID) },
            oneIf(.universalEntityIDType, macro, .nationally) { $0.contains(.universalEntityID) },
        ]
    }()

    // PS3.3, table 10-11: a reference to an instance.
    private static func reference(_ told: Told = .nowhere) -> [Attribute] {
        let macro = "10.8 SOP Instance Reference"
        return [one(.referencedSOPClassUID, macro, told), one(.referencedSOPInstanceUID, macro, told)]
    }

    /// PS3.10, table 7.1-1: the file meta information.
    static let meta: [Attribute] = [
        one(.fileMetaInformationGroupLength, "PS3.10 7.1", .elsewhere),
        one(.fileMetaInformationVersion, "PS3.10 7.1"),
        one(.mediaStorageSOPClassUID, "PS3.10 7.1", .elsewhere),
        one(.mediaStorageSOPInstanceUID, "PS3.10 7.1", .elsewhere),
        one(.transferSyntaxUID, "PS3.10 7.1", .elsewhere),
        one(.implementationClassUID, "PS3.10 7.1", .elsewhere),
    ]

    /// The data set, all modules together.
    static let root: [Attribute] = common + patient + study + series + document + content

    private static let common: [Attribute] = [
        one(.sopClassUID, "C.12.1 SOP Common", .elsewhere), one(.sopInstanceUID, "C.12.1 SOP Common", .elsewhere),
        two(.manufacturer, "C.7.5.1 General Equipment", .elsewhere),
    ]

    private static let patient: [Attribute] = {
        let module = "C.7.1.1 Patient"
        let authority = [
            oneIf(.universalEntityIDType, "10.14 Issuer of Patient ID") { $0.contains(.universalEntityID) }
        ]
        var type = one(.typeOfPatientID, module)
        type.isLenient = true
        return [
            two(.patientName, module, .nationally), two(.patientID, module, .nationally),
            two(.patientBirthDate, module, .nationally), two(.patientSex, module, .nationally),
            Attribute(
                tag: .issuerOfPatientIDQualifiersSequence, kind: .three, module: module, told: .nationally,
                maximumItems: 1,
                items: [
                    oneIf(.universalEntityIDType, "10.14 Issuer of Patient ID", .nationally) {
                        $0.contains(.universalEntityID)
                    }
                ]),
            three(
                .otherPatientIDsSequence, module,
                [
                    one(.patientID, module), type,
                    three(.issuerOfPatientIDQualifiersSequence, module, max: 1, authority),
                ]),
        ]
    }()

    private static let study: [Attribute] = {
        let module = "C.7.2.1 General Study"
        return [
            one(.studyInstanceUID, module, .elsewhere), two(.studyDate, module), two(.studyTime, module),
            two(.referringPhysicianName, module, .elsewhere), two(.studyID, module, .elsewhere),
            two(.accessionNumber, module, .elsewhere),
            three(.issuerOfAccessionNumberSequence, module, max: 1, national(designator, .nowhere)),
        ]
    }()

    private static let series: [Attribute] = {
        let module = "C.17.6.1 Key Object Document Series"
        return [
            one(.modality, module, .elsewhere), one(.seriesInstanceUID, module, .elsewhere),
            one(.seriesNumber, module, .nationally),
            two(.referencedPerformedProcedureStepSequence, module, .elsewhere, max: 1, reference()),
        ]
    }()

    private static let request: [Attribute] = {
        let module = "C.17.6.2 Key Object Document"
        return [
            one(.studyInstanceUID, module, .nationally),
            two(.referencedStudySequence, module, .elsewhere, max: 1, reference()),
            two(.accessionNumber, module, .nationally),
            Attribute(
                tag: .issuerOfAccessionNumberSequence, kind: .three, module: module, told: .nationally,
                maximumItems: 1, items: designator),
            two(.placerOrderNumberImagingServiceRequest, module, .nationally),
            Attribute(
                tag: .orderPlacerIdentifierSequence, kind: .three, module: module, told: .nationally,
                maximumItems: 1, items: designator),
            two(.fillerOrderNumberImagingServiceRequest, module, .elsewhere),
            three(.orderFillerIdentifierSequence, module, max: 1, national(designator, .nowhere)),
            two(.requestedProcedureID, module, .elsewhere),
            two(.requestedProcedureDescription, module, .elsewhere),
            two(.requestedProcedureCodeSequence, module, .elsewhere, max: 1, code()),
        ]
    }()

    private static let document: [Attribute] = {
        let module = "C.17.6.2 Key Object Document"
        let macro = "C.17.2.1 Hierarchical SOP Instance Reference"
        let instances = reference(.elsewhere) + [three(.purposeOfReferenceCodeSequence, macro, max: 1, code())]
        return [
            one(.instanceNumber, module, .nationally), one(.contentDate, module, .elsewhere),
            one(.contentTime, module, .elsewhere),
            oneIf(.referencedRequestSequence, module, .nationally, items: request) {
                $0.contains(.referencedRequestSequence)
            },
            one(
                .currentRequestedProcedureEvidenceSequence, module, .nationally,
                [
                    one(.studyInstanceUID, macro, .elsewhere),
                    one(
                        .referencedSeriesSequence, macro, .elsewhere,
                        [
                            one(.seriesInstanceUID, macro, .elsewhere),
                            one(.referencedSOPSequence, macro, .elsewhere, instances),
                        ]),
                ]),
        ]
    }()

    private static let content: [Attribute] = [
        one(.valueType, "C.17.3 SR Document Content", .elsewhere),
        one(.conceptNameCodeSequence, "C.17.3 SR Document Content", .elsewhere, code(.elsewhere)),
        one(.continuityOfContent, "C.18.8 Container", .elsewhere),
        three(
            .contentTemplateSequence, "C.18.8 Container", max: 1,
            [
                one(.mappingResource, "C.18.8 Container", .elsewhere),
                one(.templateIdentifier, "C.18.8 Container", .elsewhere),
            ]),
        oneIf(.textValue, "C.17.3 SR Document Content", forbidden: true) { $0.isContent("TEXT") },
        oneIf(.referencedSOPSequence, "C.17.3 SR Document Content", forbidden: true) {
            $0.isContent("IMAGE", "COMPOSITE", "WAVEFORM")
        },
        oneIf(.contentSequence, "C.17.3.2.4 Document Relationship", .elsewhere, items: item(depth: 4)) {
            $0.isContent("CONTAINER")
        },
    ]

    /// An item of the content tree: its relation, its type, and what goes with the type (PS3.3, tables C.17-5, C.17-6).
    private static func item(depth: Int) -> [Attribute] {
        let macro = "C.17.3 SR Document Content"
        var relation = one(.relationshipType, macro)
        relation.toldWhere = { !$0.items(.referencedSOPSequence).isEmpty }
        var type = one(.valueType, macro)
        type.toldWhere = { item in
            let sopClass = item.items(.referencedSOPSequence).first?.string(.referencedSOPClassUID)
            return sopClass.flatMap { SOPClass(uid: $0) } != nil
        }
        var concept = oneIf(.conceptNameCodeSequence, macro, items: code()) {
            $0.isContent("TEXT", "CODE", "NUM", "DATETIME", "DATE", "TIME", "UIDREF", "PNAME")
        }
        concept.toldWhere = { $0.isContent("TEXT") }
        var attributes = [
            relation, type, concept,
            oneIf(.textValue, macro, forbidden: true) { $0.isContent("TEXT") },
            oneIf(.referencedSOPSequence, macro, forbidden: true, items: reference()) {
                $0.isContent("IMAGE", "COMPOSITE", "WAVEFORM")
            },
        ]
        if depth > 0 { attributes.append(three(.contentSequence, macro, item(depth: depth - 1))) }
        return attributes
    }

    /// `attributes` with another word on who tells of them.
    private static func national(_ attributes: [Attribute], _ told: Told) -> [Attribute] {
        attributes.map { attribute in
            var changed = attribute
            changed.told = told
            return changed
        }
    }
}

extension DataSet {
    /// Whether Value Type (0040,A040) is one of `types`.
    fileprivate func isContent(_ types: String...) -> Bool { string(.valueType).map(types.contains) ?? false }
}

extension Tag {
    /// Long Code Value.
    static let longCodeValue = Tag(0x0008, 0x0119)
    /// URN Code Value.
    static let urnCodeValue = Tag(0x0008, 0x0120)
    /// Purpose of Reference Code Sequence.
    static let purposeOfReferenceCodeSequence = Tag(0x0040, 0xA170)
}
