/// Unique identifiers that the rooms name (DICOM PS3.6, annex A), and their grammar.
public enum UID {
    /// Key Object Selection Document Storage.
    public static let keyObjectSelection = "1.2.840.10008.5.1.4.1.1.88.59"
    /// CT Image Storage.
    public static let ctImage = "1.2.840.10008.5.1.4.1.1.2"
    /// MR Image Storage.
    public static let mrImage = "1.2.840.10008.5.1.4.1.1.4"
    /// Implicit VR Little Endian.
    public static let implicitLittleEndian = "1.2.840.10008.1.2"
    /// Explicit VR Little Endian.
    public static let explicitLittleEndian = "1.2.840.10008.1.2.1"
    /// Deflated Explicit VR Little Endian.
    public static let deflatedLittleEndian = "1.2.840.10008.1.2.1.99"
    /// Explicit VR Big Endian (retired).
    public static let explicitBigEndian = "1.2.840.10008.1.2.2"
    /// The study root information model of queries: never an instance's class.
    public static let studyRootFind = "1.2.840.10008.5.1.4.1.2.2.1"
    /// What this project writes as Implementation Class UID (0002,0012).
    public static let implementationClass = "2.25.204271390551853312747190322718470131227"
    /// What this project writes as Implementation Version Name (0002,0013).
    public static let implementationVersion = "CISIS_1"

    /// Whether `text` is a UID: numbers without leading zeros, joined by dots, at most 64 characters (PS3.5, 9.1).
    public static func isValid(_ text: some StringProtocol) -> Bool {
        guard (1...64).contains(text.utf8.count) else { return false }
        for component in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard let first = component.first, component.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return false
            }
            if first == 0x30 && component.count > 1 { return false }
        }
        return true
    }

    /// The name of a SOP class or transfer syntax of the tables, or nil.
    public static func name(of uid: String) -> String? {
        SOPClass(uid: uid)?.name ?? TransferSyntax(uid: uid)?.name
    }
}
