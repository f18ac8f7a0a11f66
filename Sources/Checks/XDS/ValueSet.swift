public import XDS
public import XML

/// A value set in the form of IHE SVS (`RetrieveValueSetResponse`).
public struct ValueSet: Sendable, Hashable {
    /// One code.
    public struct Concept: Sendable, Hashable {
        public let code: String
        public let codeSystem: String

        /// A code.
        public init(_ code: String, _ codeSystem: String) {
            self.code = code
            self.codeSystem = codeSystem
        }
    }

    /// The OID, or the name of one whose OID is not known.
    public let id: String
    /// `JDV_J04_XdsPracticeSettingCode_CISIS`.
    public let name: String
    /// The date of the version; nil when it has none.
    public let version: String?
    /// The codes; none for a set whose codes are not in the file.
    public let concepts: [Concept]
    private let members: Set<Concept>

    /// A value set.
    public init(id: String, name: String, version: String? = nil, concepts: [Concept]) {
        self.id = id
        self.name = name
        self.version = version
        self.concepts = concepts
        members = Set(concepts)
    }

    /// The first value set of a document of SVS; nil when it has none.
    public init?(_ document: Document) {
        let namespace = "urn:ihe:iti:svs:2008"
        guard let node = document.root.descendants("ValueSet", in: namespace).first,
            let id = node.attribute("id")
        else { return nil }
        self.init(
            id: id, name: node.attribute("displayName") ?? "", version: node.attribute("version"),
            concepts: node.descendants("Concept", in: namespace).compactMap { concept in
                concept.attribute("code").map { Concept($0, concept.attribute("codeSystem") ?? "") }
            })
    }

    /// Whether the set lists codes at all: one that is empty says nothing of membership.
    public var isListed: Bool { !concepts.isEmpty }

    /// Whether the code is of the set.
    public func contains(_ code: CodedValue) -> Bool { members.contains(Concept(code.code, code.scheme)) }

    /// `JDV_J04` of `JDV_J04_XdsPracticeSettingCode_CISIS`, else the whole name.
    var shortName: String { Self.shortName(name) }

    static func shortName(_ name: String) -> String {
        let parts = name.split(whereSeparator: { $0 == "_" || $0 == "-" })
        guard parts.count > 1, parts[0] == "JDV", parts[1].hasPrefix("J"), parts[1].dropFirst().allSatisfy(\.isNumber)
        else { return name }
        return "JDV_\(parts[1])"
    }
}

/// The value sets that rules may look codes up in: by OID, or by the short name of the CI-SIS (`JDV_J04`).
public struct ValueSetCatalogue: Sendable {
    private let look: @Sendable (String) -> ValueSet?

    /// A catalogue that asks `look` for a set by its OID or its short name; nil for a set that is not known.
    public init(_ look: @escaping @Sendable (String) -> ValueSet?) { self.look = look }

    /// A catalogue of these sets, the first of several with codes.
    public init(_ sets: [ValueSet]) {
        var index: [String: ValueSet] = [:]
        for set in sets {
            for key in Set([set.id, set.shortName, set.name]) where index[key]?.isListed != true { index[key] = set }
        }
        let found = index
        self.init { found[$0] }
    }

    /// The set of the OID or short name `key` that lists its codes; nil when there is none.
    public func listed(_ key: String) -> ValueSet? { look(key).flatMap { $0.isListed ? $0 : nil } }

    /// This catalogue, and `other` for what it does not list.
    public func completed(by other: ValueSetCatalogue) -> ValueSetCatalogue {
        ValueSetCatalogue { key in self.listed(key) ?? other.look(key) }
    }

    /// The sets whose codes the project knows.
    public static let builtIn = ValueSetCatalogue([
        ValueSet(
            id: FrenchOID.modalityValueSet, name: "JDV_ModaliteAcquisition_CISIS",
            concepts: FrenchCode.modalities.sorted().map { ValueSet.Concept($0, FrenchOID.dicomTerminology) }),
        ValueSet(
            id: FrenchOID.regionValueSet, name: "JDV_RegionAnatomique_CISIS",
            concepts: FrenchCode.regions.sorted().map { ValueSet.Concept($0, FrenchOID.snomed) }),
        ValueSet(
            id: "1.2.250.1.213.1.1.5.467", name: "JDV_J04_XdsPracticeSettingCode_CISIS",
            concepts: FrenchCode.practiceSettings.sorted().map { ValueSet.Concept($0, FrenchOID.practiceSetting) }
                + FrenchCode.unreferencedSettings.sorted().map { ValueSet.Concept($0, FrenchOID.unreferenced) }),
        ValueSet(
            id: "1.2.250.1.213.1.1.5.463", name: "JDV_J08_XdsConfidentialityCode_CISIS",
            concepts: ["N", "R", "V"].map { ValueSet.Concept($0, FrenchOID.hl7Confidentiality) }
                + [
                    FrenchCode.hiddenFromProfessionals, FrenchCode.hiddenFromPatient,
                    FrenchCode.hiddenFromRepresentatives,
                ].map { ValueSet.Concept($0.code, $0.scheme) }),
    ])
}

/// What a code has to be: of a value set where its codes are known, else of a coding system and of a form.
struct CodeDemand: Sendable {
    /// The OID and the short name of the set.
    let keys: [String]
    /// The coding systems, each with the form of its codes.
    let schemes: [(scheme: String, form: @Sendable (String) -> Bool, shown: String)]

    /// What is asked, in words.
    func expected(_ catalogue: ValueSetCatalogue) -> String {
        if let set = set(catalogue) {
            let codes = set.concepts.prefix(12).map { "\($0.code) (\($0.codeSystem))" }.joined(separator: ", ")
            return set.concepts.count > 12 ? "\(set.name): \(codes), …" : "\(set.name): \(codes)"
        }
        return schemes.map { "\($0.shown) (\($0.scheme))" }.joined(separator: ", ")
    }

    /// Whether `code` is as asked.
    func accepts(_ code: CodedValue, _ catalogue: ValueSetCatalogue) -> Bool {
        if let set = set(catalogue) { return set.contains(code) }
        return schemes.contains { $0.scheme == code.scheme && $0.form(code.code) }
    }

    private func set(_ catalogue: ValueSetCatalogue) -> ValueSet? {
        for key in keys {
            if let set = catalogue.listed(key) { return set }
        }
        return nil
    }

    private static let digits: @Sendable (String) -> Bool = { text in
        text.utf8.count == 2 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// contentTypeCode of submission sets.
    static let contentType = CodeDemand(
        keys: ["JDV_J59"], schemes: [(FrenchOID.contentType, digits, "NN")])
    /// practiceSettingCode of entries.
    static let practiceSetting = CodeDemand(
        keys: ["1.2.250.1.213.1.1.5.467", "JDV_J04"],
        schemes: [
            (FrenchOID.practiceSetting, { FrenchCode.practiceSettings.contains($0) }, "AMBULATOIRE, …"),
            (FrenchOID.unreferenced, { FrenchCode.unreferencedSettings.contains($0) }, "EXP_PATIENT, SNR"),
        ])
    /// healthcareFacilityTypeCode of entries.
    static let facility = CodeDemand(
        keys: ["1.2.250.1.213.1.1.5.466", "JDV_J02"],
        schemes: [
            (
                FrenchOID.facility, { $0.hasPrefix("SA") && digits(String($0.dropFirst(2))) }, "SANN"
            ),
            (
                FrenchOID.unreferenced, { FrenchCode.unreferencedSettings.contains($0) }, "EXP_PATIENT, SNR"
            ),
        ])
}
