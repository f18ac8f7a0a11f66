/// The French national health identifier (INS): thirteen characters and a key of two digits.
public enum NationalIdentifier {
    /// An assigning authority of the INS.
    public struct Authority: Sendable, Hashable {
        /// The OID of the authority.
        public let oid: String
        /// What DICOM's Issuer of Patient ID (0010,0021) holds for it.
        public let issuer: String
        /// `production`, `test` or `demonstration`.
        public let usage: String
    }

    /// The authorities, production first.
    public static let authorities: [Authority] = [
        Authority(oid: "1.2.250.1.213.1.4.8", issuer: "ASIP-SANTE-INS-NIR", usage: "production"),
        Authority(oid: "1.2.250.1.213.1.4.9", issuer: "ASIP-SANTE-INS-NIA", usage: "production"),
        Authority(oid: "1.2.250.1.213.1.4.10", issuer: "ASIP-SANTE-INS-NIR", usage: "test"),
        Authority(oid: "1.2.250.1.213.1.4.11", issuer: "ASIP-SANTE-INS-NIR", usage: "demonstration"),
    ]

    /// The OID for test identities.
    public static let testAuthority = "1.2.250.1.213.1.4.10"

    /// The authority with this OID, if it is one of the INS.
    public static func authority(oid: String) -> Authority? { authorities.first { $0.oid == oid } }

    /// The key of the first thirteen characters: 97 − (number mod 97), two digits; nil where they are not a number.
    ///
    /// Corsica counts as a number too: 2A stands for 19 and 2B for 18.
    public static func key(of thirteen: some StringProtocol) -> String? {
        let characters = Array(thirteen.utf8)
        guard characters.count == 13 else { return nil }
        var digits = characters
        if characters[5] == UInt8(ascii: "2") {
            switch characters[6] {
            case UInt8(ascii: "A"), UInt8(ascii: "a"): digits[5...6] = [UInt8(ascii: "1"), UInt8(ascii: "9")]
            case UInt8(ascii: "B"), UInt8(ascii: "b"): digits[5...6] = [UInt8(ascii: "1"), UInt8(ascii: "8")]
            default: break
            }
        }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        let key = 97 - number % 97
        return key < 10 ? "0\(key)" : "\(key)"
    }

    /// Whether `text` has fifteen characters and the right key.
    public static func isValid(_ text: some StringProtocol) -> Bool { defect(of: text) == nil }

    /// What makes a text no INS.
    public enum Defect: Sendable, Hashable {
        /// Not thirteen characters of a number (2A and 2B of Corsica among them) and a key of two digits.
        case form
        /// The key is another than the one that the thirteen characters give.
        case key(expected: String)
    }

    /// Why `text` is no INS; nil where it is one.
    public static func defect(of text: some StringProtocol) -> Defect? {
        guard text.utf8.count == 15, let key = key(of: String(text.prefix(13))),
            text.utf8.suffix(2).allSatisfy({ (0x30...0x39).contains($0) })
        else { return .form }
        return text.hasSuffix(key) ? nil : .key(expected: key)
    }
}
