/// Writes a data set, little endian, with even lengths (DICOM PS3.5, 7).
public struct DataSetWriter {
    /// How the lengths of sequences and items are written (PS3.5, 7.5).
    public enum SequenceLength: Sendable {
        /// In bytes.
        case defined
        /// Undefined, with delimiters.
        case undefined
    }

    /// What is written so far.
    public private(set) var bytes: [UInt8]
    private let isExplicit: Bool
    private let sequences: SequenceLength

    /// A writer that appends to `bytes`.
    public init(isExplicit: Bool, sequences: SequenceLength, after bytes: [UInt8] = []) {
        self.isExplicit = isExplicit
        self.sequences = sequences
        self.bytes = bytes
    }

    /// Writes all elements.
    public mutating func write(_ dataSet: DataSet) {
        for element in dataSet.elements { write(element) }
    }

    private mutating func write(_ element: DataElement) {
        switch element.value {
        case .bytes(let value):
            let isOdd = value.count & 1 == 1
            writeHeader(element.tag, element.vr, UInt32(clamping: value.count + (isOdd ? 1 : 0)))
            bytes.append(contentsOf: value)
            if isOdd { bytes.append(element.vr.padding) }
        case .items(let items): write(items, of: element.tag)
        case .fragments(let fragments):
            writeHeader(element.tag, element.vr, .max)
            for fragment in fragments {
                let isOdd = fragment.count & 1 == 1
                write(.item, length: UInt32(clamping: fragment.count + (isOdd ? 1 : 0)))
                bytes.append(contentsOf: fragment)
                if isOdd { bytes.append(0) }
            }
            write(.sequenceDelimitation, length: 0)
        }
    }

    private mutating func write(_ items: [DataSet], of tag: Tag) {
        // PS3.5, 6.2.2, note 2: without a VR, an undefined length alone tells that an unknown element is a sequence.
        let isTold = isExplicit || DataDictionary.vr(tag) == .SQ
        // An empty sequence has no delimiter to need: its length is 0 in either manner.
        let isUndefined = (sequences == .undefined || !isTold) && !items.isEmpty
        writeHeader(tag, .SQ, isUndefined ? .max : 0)
        let start = bytes.count
        for item in items {
            write(.item, length: isUndefined ? .max : 0)
            let itemStart = bytes.count
            write(item)
            if isUndefined { write(.itemDelimitation, length: 0) } else { patchLength(before: itemStart) }
        }
        if isUndefined { write(.sequenceDelimitation, length: 0) } else { patchLength(before: start) }
    }

    /// Puts the number of bytes from `start` on into the four bytes before it.
    private mutating func patchLength(before start: Int) {
        let length = UInt32(clamping: bytes.count - start)
        for index in 0..<4 { bytes[start - 4 + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
    }

    private mutating func writeHeader(_ tag: Tag, _ vr: VR, _ length: UInt32) {
        guard isExplicit else { return write(tag, length: length) }
        put(tag.group)
        put(tag.element)
        // PS3.5, 6.2.2, note: a value too long for a short length is written as UN.
        let written = vr.hasLongLength || length <= 0xFFFE ? vr : .UN
        bytes.append(contentsOf: written.rawValue.utf8)
        if written.hasLongLength {
            put(UInt16(0))
            put(length)
        } else {
            put(UInt16(length))
        }
    }

    private mutating func write(_ tag: Tag, length: UInt32) {
        put(tag.group)
        put(tag.element)
        put(length)
    }

    private mutating func put(_ number: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: number))
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
    }

    private mutating func put(_ number: UInt32) {
        put(UInt16(truncatingIfNeeded: number))
        put(UInt16(truncatingIfNeeded: number >> 16))
    }
}
