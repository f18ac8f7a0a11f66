/// A patient identifier, CX: `id^^^&OID&ISO^type`.
public struct CX: Sendable, Hashable {
    /// The text as written.
    public let text: String
    /// Where it was read.
    public let place: ReadPlace

    /// Reads a text, well-formed or not.
    public init(_ text: String, place: ReadPlace = .init()) {
        self.text = text
        self.place = place
    }

    /// Makes `id^^^&oid&ISO^type`.
    public init(id: String, oid: String, type: String? = nil) {
        self.init("\(id)^^^\(AssigningAuthority(oid: oid).text)" + (type.map { "^\($0)" } ?? ""))
    }

    private var fields: HL7Fields { HL7Fields(text, separator: "^") }

    /// Component 1.
    public var id: String { fields[1] }
    /// Component 4.
    public var authority: AssigningAuthority? { AssigningAuthority(fields[4]) }
    /// Component 5: `NH`, `PI`, …
    public var type: String { fields[5] }

    /// What is not as IHE ITI TF-3 table 4.2.3.1.7-2 says; nil when all is well.
    public var defect: String? {
        if text != text.trimmedLine { return "blanks around the value" }
        if id.isEmpty { return "no id in component 1" }
        guard let authority else { return "no assigning authority in component 4" }
        if !authority.namespace.isEmpty { return "component 4 has a namespace before the first &" }
        if !authority.isOID { return "component 4 is not &OID&ISO" }
        if !fields[2].isEmpty || !fields[3].isEmpty { return "components 2 and 3 are not empty" }
        return nil
    }

    /// Whether both name the same patient: same id and same authority; the type does not count.
    public func names(same other: CX) -> Bool { id == other.id && authority == other.authority }
}

/// A reference to another object, CXi: `id^^^&OID&ISO^type URN^home community`.
///
/// Source: IHE ITI TF-3 table 4.2.3.1.7-2.
public struct CXi: Sendable, Hashable {
    /// The type of the reference.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The URN.
        public let rawValue: String

        /// A type by its URN.
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let accession = Kind(rawValue: "urn:ihe:iti:xds:2013:accession")
        public static let order = Kind(rawValue: "urn:ihe:iti:xds:2013:order")
        public static let studyInstanceUID = Kind(rawValue: "urn:ihe:iti:xds:2016:studyInstanceUID")
        public static let uniqueID = Kind(rawValue: "urn:ihe:iti:xds:2013:uniqueId")
        public static let referral = Kind(rawValue: "urn:ihe:iti:xds:2013:referral")
        public static let workflowInstanceID = Kind(rawValue: "urn:ihe:iti:xdw:2013:workflowInstanceId")
        public static let encounterID = Kind(rawValue: "urn:ihe:iti:xds:2015:encounterId")

        /// The types that the DMP takes (JDV_J231).
        public static let dmp: [Kind] = [.accession, .order, .studyInstanceUID]
        /// The types of the CI-SIS (JDV_J197).
        public static let all: [Kind] = dmp + [.uniqueID, .referral, .workflowInstanceID, .encounterID]
    }

    /// The text as written.
    public let text: String
    /// Where it was read.
    public let place: ReadPlace

    /// Reads a text, well-formed or not.
    public init(_ text: String, place: ReadPlace = .init()) {
        self.text = text
        self.place = place
    }

    /// Makes `id^^^&oid&ISO^type`; without `oid` component 4 is empty.
    public init(id: String, oid: String?, kind: Kind) {
        self.init("\(id)^^^\(oid.map { AssigningAuthority(oid: $0).text } ?? "")^\(kind.rawValue)")
    }

    private var fields: HL7Fields { HL7Fields(text, separator: "^") }

    /// Component 1.
    public var id: String { fields[1] }
    /// Component 4.
    public var authority: AssigningAuthority? { AssigningAuthority(fields[4]) }
    /// Component 5.
    public var kind: Kind { Kind(rawValue: fields[5]) }
    /// Component 6.
    public var home: String { fields[6] }

    /// What is not as IHE ITI TF-3 table 4.2.3.1.7-2 says; nil when all is well.
    ///
    /// A studyInstanceUID is unique by itself: it has no authority in the IHE form, and one in the French samples.
    public var defect: String? {
        if text != text.trimmedLine { return "blanks around the value" }
        if id.isEmpty { return "no id in component 1" }
        if fields.count > 6 { return "more than 6 components" }
        if !fields[2].isEmpty || !fields[3].isEmpty { return "components 2 and 3 are not empty" }
        if let authority {
            if !authority.namespace.isEmpty { return "component 4 has a namespace before the first &" }
            if !authority.isOID { return "component 4 is not &OID&ISO" }
        }
        if !kind.rawValue.hasPrefix("urn:") { return "component 5 is no URN" }
        return nil
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmedLine: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
