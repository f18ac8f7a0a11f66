/// A text cut at a separator, with the access by number that HL7 uses.
struct HL7Fields: Sendable, Hashable {
    let fields: [String]

    // By scalars: a separator that a combining mark follows is a separator all the same.
    init(_ text: String, separator: Unicode.Scalar) {
        fields = text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
    }

    /// The field `number`, from 1; empty when absent.
    subscript(_ number: Int) -> String { number <= fields.count ? fields[number - 1] : "" }

    var count: Int { fields.count }

    /// `fields` joined, without trailing empty ones.
    static func join(_ fields: [String], separator: Character) -> String {
        var kept = fields[...]
        while kept.last?.isEmpty == true { kept = kept.dropLast() }
        return kept.joined(separator: String(separator))
    }
}

/// An assigning authority, HD: `namespace&universal id&type`.
public struct AssigningAuthority: Sendable, Hashable {
    /// The local name; empty in XDS.
    public var namespace: String
    /// The OID.
    public var universalID: String
    /// `ISO` for an OID.
    public var universalIDType: String

    /// An authority by its OID.
    public init(oid: String) {
        namespace = ""
        universalID = oid
        universalIDType = "ISO"
    }

    /// Reads `namespace&universal id&type`; nil for an empty text.
    public init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        let parts = HL7Fields(text, separator: "&")
        namespace = parts[1]
        universalID = parts[2]
        universalIDType = parts[3]
    }

    /// `namespace&universal id&type`.
    public var text: String { "\(namespace)&\(universalID)&\(universalIDType)" }

    /// Whether it is `&OID&ISO` with a well-formed OID. Source: IHE ITI TF-3 table 4.2.3.1.7-2 (CX).
    public var isOID: Bool { universalIDType == "ISO" && OID.isWellFormed(universalID) }
}
