/// A person or device, XCN: `id^family^given^…^&OID&ISO^D^^^IDNPS`.
public struct XCN: Sendable, Hashable {
    /// The text as written.
    public let text: String
    /// Where it was read.
    public let place: ReadPlace

    /// Reads a text, well-formed or not.
    public init(_ text: String, place: ReadPlace = .init()) {
        self.text = text
        self.place = place
    }

    /// Makes a French person (`D`, `IDNPS`) or device (`U`, `EI`).
    ///
    /// Source: CI-SIS, volet Partage de documents de santé, author of the entry.
    public init(id: String, family: String, given: String, isDevice: Bool = false) {
        let authority = AssigningAuthority(oid: FrenchOID.professional).text
        self.init(
            "\(id)^\(family)^\(given)^^^^^^\(authority)^\(isDevice ? "U" : "D")^^^\(isDevice ? "EI" : "IDNPS")")
    }

    private var fields: HL7Fields { HL7Fields(text, separator: "^") }

    /// Component 1: the national identifier.
    public var id: String { fields[1] }
    /// Component 2.
    public var family: String { fields[2] }
    /// Component 3.
    public var given: String { fields[3] }
    /// Component 9.
    public var authority: AssigningAuthority? { AssigningAuthority(fields[9]) }
    /// Component 10: `D` a person, `U` a device.
    public var nameType: String { fields[10] }
    /// Component 13: `IDNPS` a professional, `EI` a device.
    public var identifierType: String { fields[13] }

    /// What is not as IHE ITI TF-3 table 4.2.3.1.7-2 says; nil when all is well.
    public var defect: String? {
        if text.trimmedLine.isEmpty { return "no person" }
        if id.isEmpty, family.isEmpty { return "neither id (component 1) nor family name (component 2)" }
        if let authority, !authority.isOID { return "component 9 is not &OID&ISO" }
        return nil
    }

    /// Whether both name the same person: same id and authority, else same names.
    public func names(same other: XCN) -> Bool {
        if !id.isEmpty || !other.id.isEmpty {
            return id == other.id && (authority == nil || other.authority == nil || authority == other.authority)
        }
        return family == other.family && given == other.given
    }
}

/// An organisation, XON: `name^^^^^&OID&ISO^IDNST^^^id`.
public struct XON: Sendable, Hashable {
    /// The text as written.
    public let text: String
    /// Where it was read.
    public let place: ReadPlace

    /// Reads a text, well-formed or not.
    public init(_ text: String, place: ReadPlace = .init()) {
        self.text = text
        self.place = place
    }

    /// Makes a French structure. Source: CI-SIS, volet Partage de documents de santé, authorInstitution.
    public init(name: String, id: String) {
        self.init("\(name)^^^^^\(AssigningAuthority(oid: FrenchOID.organisation).text)^IDNST^^^\(id)")
    }

    private var fields: HL7Fields { HL7Fields(text, separator: "^") }

    /// Component 1.
    public var name: String { fields[1] }
    /// Component 6.
    public var authority: AssigningAuthority? { AssigningAuthority(fields[6]) }
    /// Component 7: `IDNST`.
    public var identifierType: String { fields[7] }
    /// Component 10.
    public var id: String { fields[10] }

    /// What is not as IHE ITI TF-3 table 4.2.3.1.7-2 says; nil when all is well.
    public var defect: String? {
        if name.trimmedLine.isEmpty { return "no name in component 1" }
        if OID.isWellFormed(id) { return nil }
        if let authority, !authority.isOID { return "component 6 is not &OID&ISO" }
        if !id.isEmpty, authority == nil { return "an id in component 10 without its authority in component 6" }
        return nil
    }
}
