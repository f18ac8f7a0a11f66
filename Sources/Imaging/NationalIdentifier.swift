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
        guard let number = Int(String(decoding: digits, as: UTF8.self)), digits.allSatisfy({ $0 != UInt8(ascii: "-") })
        else { return nil }
        let key = 97 - number % 97
        return key < 10 ? "0\(key)" : "\(key)"
    }

    /// Whether `text` has fifteen characters and the right key.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        guard text.utf8.count == 15 else { return false }
        return key(of: String(text.prefix(13))).map { text.hasSuffix($0) } ?? false
    }
}
