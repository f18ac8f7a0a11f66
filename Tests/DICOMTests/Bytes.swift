import DICOM

/// The tag of an attribute, not the one of the testing library.
typealias Tag = DICOM.Tag

/// Bytes of elements, right or wrong, written by hand.
enum Bytes {
    static func number16(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    static func number32(_ value: Int) -> [UInt8] { number16(value) + number16(value >> 16) }
    static func tag(_ tag: Tag) -> [UInt8] { number16(Int(tag.group)) + number16(Int(tag.element)) }

    /// An element in explicit VR little endian; `length` lies where it is given.
    static func explicit(_ tag: Tag, _ vr: String, _ value: [UInt8], length: Int? = nil) -> [UInt8] {
        let isLong = ["OB", "OW", "SQ", "UN", "UT", "UR", "UC", "ZZ"].contains(vr)
        let size = length ?? value.count
        return Self.tag(tag) + Array(vr.utf8) + (isLong ? [0, 0] + number32(size) : number16(size)) + value
    }

    static func explicit(_ tag: Tag, _ vr: String, _ text: String, length: Int? = nil) -> [UInt8] {
        explicit(tag, vr, Array(text.utf8), length: length)
    }

    /// An element in implicit VR little endian.
    static func implicit(_ tag: Tag, _ value: [UInt8], length: Int? = nil) -> [UInt8] {
        Self.tag(tag) + number32(length ?? value.count) + value
    }

    /// An element in explicit VR big endian with a short length.
    static func big(_ tag: Tag, _ vr: String, _ value: [UInt8]) -> [UInt8] {
        [UInt8(tag.group >> 8), UInt8(tag.group & 255), UInt8(tag.element >> 8), UInt8(tag.element & 255)]
            + Array(vr.utf8)
            + [UInt8(value.count >> 8), UInt8(value.count & 255)] + value
    }

    static let undefined = 0xFFFF_FFFF
    static let item = Tag(0xFFFE, 0xE000), itemEnd = Tag(0xFFFE, 0xE00D), sequenceEnd = Tag(0xFFFE, 0xE0DD)

    static func item(_ content: [UInt8], length: Int? = nil) -> [UInt8] { implicit(item, content, length: length) }
    static let endOfItem = implicit(itemEnd, [])
    static let endOfSequence = implicit(sequenceEnd, [])

    /// A file of a data set; nil leaves an element of the meta information out.
    static func file(
        _ dataSet: [UInt8], syntax: String? = UID.explicitLittleEndian, preamble: Bool = true, groupLength: Int? = 0
    ) -> [UInt8] {
        var meta = explicit(Tag(2, 1), "OB", [0, 1])
        if let syntax { meta += explicit(.transferSyntaxUID, "UI", padded(syntax)) }
        let length = groupLength.map { explicit(Tag(2, 0), "UL", number32(meta.count + $0)) } ?? []
        return (preamble ? [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) : []) + length + meta + dataSet
    }

    static func padded(_ uid: String) -> [UInt8] { Array(uid.utf8) + (uid.utf8.count % 2 == 1 ? [0] : []) }

    static let modality = explicit(.modality, "CS", "CT")
    static let patientID = explicit(.patientID, "LO", "P1")
}
