public import DICOM

/// What an instance says of its pixels and how much of them came; the pixels themselves are not kept.
public struct ImagePixels: Sendable, Hashable {
    /// How the pixels are there.
    public enum Form: Sendable, Hashable {
        /// The instance has none.
        case absent
        /// They come after the part of the file that was looked at.
        case unseen
        /// As numbers: the bytes that came, and the length that the element announces.
        case native(length: Int, announced: Int)
        /// In fragments: how many without the offset table, the bytes that came, and whether the sequence was whole.
        case encapsulated(fragments: Int, length: Int, isWhole: Bool)
    }

    /// How they are there.
    public internal(set) var form: Form
    /// (7FE0,0010), or the element of float or double pixels; nil where there is none.
    public let tag: Tag?
    /// The bytes that native pixels have by rows, columns, samples, bits and frames, padding left out (DICOM PS3.5, 8);
    /// nil where one of these is missing or too large.
    public let expectedLength: Int?
    /// (0028,0008), 1 where it is absent.
    public let frames: Int
    /// The first two bytes of the first fragment: they tell the codec.
    public internal(set) var start: [UInt8] = []
    /// Whether (0028,7FE0) says where the pixels are.
    public let isByReference: Bool

    /// The pixels of a file that was read or made whole.
    public init(_ file: DICOMFile) {
        let dataSet = file.dataSet
        let element = Self.tags.lazy.compactMap { dataSet[$0] }.first
        tag = element?.tag
        isByReference = dataSet.contains(Tag(0x0028, 0x7FE0))
        frames = max(1, dataSet.integer(.numberOfFrames) ?? 1)
        expectedLength = Self.expectedLength(dataSet, frames: frames)
        switch element?.value {
        case nil: form = .absent
        case .bytes(let bytes): form = .native(length: bytes.count, announced: element?.length ?? bytes.count)
        case .items: form = .encapsulated(fragments: 0, length: 0, isWhole: false)
        case .fragments(let all):
            let fragments = all.dropFirst()
            start = Array(fragments.first?.prefix(2) ?? [])
            form = .encapsulated(
                fragments: fragments.count, length: fragments.reduce(0) { $0 + $1.count },
                isWhole: !file.notes.contains { $0.code == .pixelDataCut })
        }
    }

    static let tags = [Tag.pixelData, .floatPixelData, Tag(0x7FE0, 0x0009)]

    private static func expectedLength(_ dataSet: DataSet, frames: Int) -> Int? {
        guard let rows = dataSet.integer(.rows), let columns = dataSet.integer(.columns),
            let bits = dataSet.integer(.bitsAllocated)
        else { return nil }
        var samples = dataSet.integer(.samplesPerPixel) ?? 1
        // Two pixels share one pair of colour samples (PS3.3, C.7.6.3.1.2).
        if dataSet.string(.photometricInterpretation)?.hasSuffix("_422") == true { samples = 2 }
        var total = 1
        for factor in [rows, columns, samples, bits, frames] {
            let (product, isTooLarge) = total.multipliedReportingOverflow(by: factor)
            guard !isTooLarge else { return nil }
            total = product
        }
        return total / 8 + (total % 8 == 0 ? 0 : 1)
    }
}

/// Follows the pixels of a part whose head was read, in constant memory.
struct PixelFollower {
    private(set) var pixels: ImagePixels
    /// Where the value of native pixels begins in the part.
    private var valueOffset = 0
    /// Bytes of the current fragment that are still to come.
    private var skip = 0
    private var header: [UInt8] = []
    private var isEnded = true
    private var items = 0
    private var length = 0

    /// Begins at the end of `head`, the first bytes of a file that goes on.
    init(_ file: DICOMFile, head: [UInt8]) {
        pixels = ImagePixels(file)
        switch pixels.form {
        case .absent: pixels.form = .unseen
        case .unseen: break
        case .native(let length, _): valueOffset = head.count - length
        case .encapsulated:
            guard let tag = pixels.tag, let element = file.dataSet[tag], case .fragments(let all) = element.value,
                file.notes.contains(where: { $0.code == .pixelDataCut })
            else { break }
            begin(all, at: element.byteOffset + 12, head)
        }
    }

    private mutating func begin(_ fragments: [ArraySlice<UInt8>], at start: Int, _ head: [UInt8]) {
        isEnded = false
        items = fragments.count
        // The last fragment may have been cut by the end of the head.
        var next = start
        if let last = fragments.last {
            let announced = Self.number(head[(last.startIndex - 4)..<last.startIndex])
            next = last.startIndex + announced
            length = fragments.dropFirst().dropLast().reduce(0) { $0 + $1.count }
            if items > 1 { length += announced }
        }
        skip = max(0, next - head.count)
        if next < head.count { header = Array(head[next...]) }
    }

    /// Takes the next bytes of the part.
    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        guard !isEnded else { return }
        var position = 0
        while position < bytes.count, !isEnded {
            if skip > 0 {
                let step = min(skip, bytes.count - position)
                skip -= step
                position += step
                continue
            }
            header.append(bytes[position])
            position += 1
            if header.count == 8 { readHeader() }
        }
    }

    private mutating func readHeader() {
        let announced = Self.number(header[4..<8])
        switch Array(header[..<4]) {
        case [0xFE, 0xFF, 0x00, 0xE0] where announced != 0xFFFF_FFFF:
            items += 1
            skip = announced
            if items > 1 { length += announced }
        case [0xFE, 0xFF, 0xDD, 0xE0]:
            isEnded = true
            pixels.form = .encapsulated(fragments: max(0, items - 1), length: length, isWhole: true)
        case _:
            isEnded = true
            pixels.form = .encapsulated(fragments: max(0, items - 1), length: length, isWhole: false)
        }
        header = []
    }

    /// The pixels of a part of `total` bytes.
    mutating func finish(total: Int) -> ImagePixels {
        switch pixels.form {
        case .absent, .unseen: break
        case .native(_, let announced):
            pixels.form = .native(length: min(announced, total - valueOffset), announced: announced)
        case .encapsulated where !isEnded:
            pixels.form = .encapsulated(fragments: max(0, items - 1), length: max(0, length - skip), isWhole: false)
        case .encapsulated: break
        }
        return pixels
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
