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
}
