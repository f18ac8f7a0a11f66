/// A storage SOP class: what an instance is (DICOM PS3.4, annex B; PS3.6, annex A).
public struct SOPClass: Sendable, Hashable {
    /// What a reference to an instance of the class is in a content tree (PS3.3, C.18).
    public enum Kind: Sendable, Hashable {
        case image, waveform, composite
        /// With or without pixels: RT Dose.
        case imageOrComposite
    }

    /// The UID of the class.
    public let uid: String
    /// The name in the standard: `CT Image Storage`.
    public let name: String
    /// What a reference to it is.
    public let kind: Kind
    /// Whether its instances are images of several frames by nature.
    public let isMultiFrame: Bool
    /// Whether the standard has withdrawn it.
    public let isRetired: Bool

    /// The storage class of a UID, or nil where the table has none.
    public init?(uid: String) {
        guard let found = Self.byUID[uid] else { return nil }
        self = found
    }

    private init(uid: String, name: String, kind: Kind, isMultiFrame: Bool, isRetired: Bool) {
        self.uid = uid
        self.name = name
        self.kind = kind
        self.isMultiFrame = isMultiFrame
        self.isRetired = isRetired
    }

    /// Whether the instances are images.
    public var isImage: Bool { kind == .image }

    /// All storage classes of the table, by UID as the standard sorts them.
    public static let all: [SOPClass] = TableLine.parse(table) { line in
        let uid = line.word()
        let flags = Array(line.word().utf8)
        guard flags.count == 2 else { return nil }
        let kind: Kind =
            switch flags[0] {
            case UInt8(ascii: "I"), UInt8(ascii: "M"): .image
            case UInt8(ascii: "W"): .waveform
            case UInt8(ascii: "D"): .imageOrComposite
            case _: .composite
            }
        return SOPClass(
            uid: uid, name: line.rest(), kind: kind, isMultiFrame: flags[0] == UInt8(ascii: "M"),
            isRetired: flags[1] == UInt8(ascii: "R"))
    }

    private static let byUID = Dictionary(all.map { ($0.uid, $0) }) { first, _ in first }
}
