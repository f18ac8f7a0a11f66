// Where the frames of encapsulated pixel data begin (PS3.5, A.4; PS3.3, C.7.6.3.1.8).
extension DICOMFile {
    /// The faults of the basic offset table and of the extended one: lengths, order, and offsets where no fragment begins.
    static func offsetTableNotes(of dataSet: DataSet) -> [DICOMNote] {
        guard let pixels = dataSet[.pixelData], case .fragments(let items) = pixels.value, let table = items.first
        else { return [] }
        var starts: [UInt64] = []
        var next: UInt64 = 0
        starts.reserveCapacity(items.count)
        for fragment in items.dropFirst() {
            starts.append(next)
            next += UInt64(8 + fragment.count)
        }
        let frames = max(1, dataSet.integer(.numberOfFrames) ?? 1)
        var notes: [DICOMNote] = []
        if let message = fault(of: table, unit: 4, starts, frames) {
            notes.append(note("the basic offset table " + message, at: table.startIndex, .pixelData))
        }
        guard let extended = dataSet[.extendedOffsetTable] else { return notes }
        if !table.isEmpty {
            notes.append(
                note(
                    "the basic offset table is not empty beside an extended one", at: table.startIndex, .pixelData))
        }
        if let message = fault(of: extended.bytes, unit: 8, starts, frames) {
            notes.append(
                note("the extended offset table " + message, at: extended.byteOffset, .extendedOffsetTable))
        }
        let lengths = dataSet[.extendedOffsetTableLengths]
        if lengths?.bytes.count != extended.bytes.count {
            notes.append(
                note(
                    "the lengths of the extended offset table have \(lengths?.bytes.count ?? 0) bytes, not \(extended.bytes.count)",
                    at: (lengths ?? extended).byteOffset, .extendedOffsetTableLengths))
        }
        return notes
    }

    /// What is wrong with a table of numbers of `unit` bytes; nil where it is empty or right.
    private static func fault(
        of table: ArraySlice<UInt8>, unit: Int, _ starts: [UInt64], _ frames: Int
    ) -> String? {
        guard !table.isEmpty else { return nil }
        guard table.count % unit == 0 else { return "has \(table.count) bytes, no multiple of \(unit)" }
        let offsets = table.units(unit)
        if offsets.count != frames {
            return "has \(offsets.count) offsets, but there are \(frames) frames"
        }
        if let first = offsets.first, first != 0 { return "begins with the offset \(first), not 0" }
        for (previous, offset) in zip(offsets, offsets.dropFirst()) where offset <= previous {
            return "goes back: the offset \(offset) follows \(previous)"
        }
        let known = Set(starts)
        if let wrong = offsets.first(where: { !known.contains($0) }) {
            return "has the offset \(wrong), where no fragment begins"
        }
        return nil
    }

    private static func note(_ message: String, at offset: Int, _ tag: Tag) -> DICOMNote {
        DICOMNote(.offsetTable, message, byteOffset: offset, tagPath: tag.description)
    }
}

extension Tag {
    /// Extended Offset Table.
    static let extendedOffsetTable = Tag(0x7FE0, 0x0001)
    /// Extended Offset Table Lengths.
    static let extendedOffsetTableLengths = Tag(0x7FE0, 0x0002)
}
