/// A DICOM Part 10 file: preamble, file meta information, data set (DICOM PS3.10, 7).
public struct DICOMFile: Sendable {
    /// Whether 128 bytes and `DICM` come first.
    public var hasPreamble: Bool
    /// The file meta information: group 0002.
    public var meta: DataSet
    /// The data set.
    public var dataSet: DataSet
    /// The UID of the transfer syntax in which the data set is written.
    public var transferSyntax: String
    /// The faults that were met on reading; they are told, not refused.
    public internal(set) var notes: [DICOMNote]
    /// Where the data set begins in the bytes that were read; 0 for a file that was made.
    public let dataSetOffset: Int
    /// How many bytes were read; 0 for a file that was made.
    public let size: Int

    /// What bounds the work of reading.
    public struct ReadingOptions: Sendable {
        /// How deep sequences may be nested.
        public var maximumDepth = 32
        /// How many elements, items and fragments there may be.
        public var maximumElements = 4_000_000
        /// How many faults are told one by one.
        public var maximumNotes = 1000

        /// The usual limits.
        public init() {}
    }

    /// Reads a file.
    ///
    /// What a reader can do without is told in `notes`: no preamble, no file meta information, a wrong group length, odd
    /// lengths, wrong order, pixel data that are cut. A deflated data set is refused with a message.
    public init(reading bytes: [UInt8], options: ReadingOptions = ReadingOptions()) throws(DICOMError) {
        var header = try Header(bytes, options)
        let syntax = try header.dataSetSyntax()
        var reader = DataSetReader(
            bytes, at: header.end, isExplicit: syntax.isExplicit, isLittleEndian: syntax.isLittleEndian,
            options: options)
        reader.notes = header.notes
        dataSet = try reader.readDataSet()
        hasPreamble = header.hasPreamble
        meta = header.meta
        transferSyntax = header.transferSyntax
        notes = reader.notes + Self.offsetTableNotes(of: dataSet)
        dataSetOffset = header.end
        size = bytes.count
    }

    /// A file of a data set: its file meta information is made from (0008,0016), (0008,0018) and the transfer syntax.
    public init(dataSet: DataSet, transferSyntax: String = UID.explicitLittleEndian) {
        var meta = DataSet()
        meta.set(.fileMetaInformationVersion, bytes: [0, 1], vr: .OB)
        meta.set(.mediaStorageSOPClassUID, dataSet.string(.sopClassUID) ?? "")
        meta.set(.mediaStorageSOPInstanceUID, dataSet.string(.sopInstanceUID) ?? "")
        meta.set(.transferSyntaxUID, transferSyntax)
        meta.set(.implementationClassUID, UID.implementationClass)
        meta.set(.implementationVersionName, UID.implementationVersion)
        self.meta = meta
        self.dataSet = dataSet
        self.transferSyntax = transferSyntax
        hasPreamble = true
        notes = []
        dataSetOffset = 0
        size = 0
    }

    /// The file as bytes, (0002,0000) counted anew.
    ///
    /// The data set is written in explicit VR little endian, or in implicit VR where the transfer syntax says so; a
    /// deflated or big-endian syntax is written as explicit VR little endian, (0002,0010) as it stands in `meta`.
    public func serialized(sequences: DataSetWriter.SequenceLength = .defined) -> [UInt8] {
        var output: [UInt8] = []
        if hasPreamble {
            output = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
        }
        var counted = meta
        counted.remove(.fileMetaInformationGroupLength)
        if !counted.isEmpty {
            var metaWriter = DataSetWriter(isExplicit: true, sequences: .defined)
            metaWriter.write(counted)
            var length = DataSet()
            length.set(.fileMetaInformationGroupLength, metaWriter.bytes.count)
            var lengthWriter = DataSetWriter(isExplicit: true, sequences: .defined)
            lengthWriter.write(length)
            output += lengthWriter.bytes + metaWriter.bytes
        }
        var writer = DataSetWriter(
            isExplicit: transferSyntax != UID.implicitLittleEndian, sequences: sequences, after: output)
        writer.write(dataSet)
        return writer.bytes
    }

    /// The file meta information of a file whose data set may be unreadable.
    public static func readMeta(_ bytes: [UInt8]) throws(DICOMError) -> (meta: DataSet, notes: [DICOMNote]) {
        let header = try Header(bytes, ReadingOptions())
        return (header.meta, header.notes)
    }
}

extension DICOMFile {
    /// What stands before the data set.
    struct Header {
        private let bytes: [UInt8]
        private(set) var hasPreamble = false
        private(set) var meta = DataSet()
        private(set) var notes: [DICOMNote] = []
        private(set) var end = 0
        private(set) var transferSyntax = ""

        init(_ bytes: [UInt8], _ options: ReadingOptions) throws(DICOMError) {
            self.bytes = bytes
            let mark = Array("DICM".utf8)
            let start: Int
            if bytes.count >= 132, bytes[128..<132].elementsEqual(mark) {
                hasPreamble = true
                start = 132
            } else {
                start = bytes.starts(with: mark) ? 4 : 0
                guard Self.beginsDataSet(bytes, at: start) else {
                    throw DICOMError(
                        .notDICOM,
                        bytes.isEmpty
                            ? "the file is empty"
                            : "no 'DICM' at byte 128, and no DICOM element at byte \(start): \(Self.shown(bytes))",
                        byteOffset: 0)
                }
                tell(.preambleMissing, "no 128 bytes of preamble and 'DICM' before the file meta information", at: 0)
            }
            try readMeta(at: start, options)
        }

        private mutating func readMeta(at start: Int, _ options: ReadingOptions) throws(DICOMError) {
            end = start
            guard bytes.count >= start + 8, [[2, 0], [0, 2]].contains(Array(bytes[start..<start + 2])) else {
                return tell(.metaMissing, "no file meta information (group 0002)", at: start)
            }
            let isLittle = bytes[start] == 2
            let isExplicit = VR(bytes[start + 4], bytes[start + 5]) != nil
            if !isLittle || !isExplicit {
                tell(.metaSyntax, "the file meta information is not Explicit VR Little Endian", at: start)
            }
            var reader = DataSetReader(
                bytes, at: start, isExplicit: isExplicit, isLittleEndian: isLittle, options: options)
            meta = try reader.readMeta()
            notes += reader.notes
            end = reader.position
            verifyLength(at: start)
            transferSyntax = meta.string(.transferSyntaxUID) ?? ""
        }

        private mutating func verifyLength(at start: Int) {
            guard let element = meta[.fileMetaInformationGroupLength], let declared = element.integers.first else {
                return tell(.metaLengthMissing, "(0002,0000) File Meta Information Group Length is missing", at: start)
            }
            let counted = end - (element.byteOffset + 12)
            if declared != counted {
                tell(
                    .metaLength, "(0002,0000) says \(declared) bytes, but \(counted) bytes of group 0002 follow",
                    at: element.byteOffset, .fileMetaInformationGroupLength)
            }
        }

        /// How the data set is written: as (0002,0010) says, unless the first element shows otherwise.
        mutating func dataSetSyntax() throws(DICOMError) -> (isExplicit: Bool, isLittleEndian: Bool) {
            let syntax = TransferSyntax(uid: transferSyntax)
            let place = meta[.transferSyntaxUID]?.byteOffset ?? end
            if let syntax, syntax.isDeflated {
                throw DICOMError(
                    .transferSyntax,
                    "the data set is deflated (\(syntax.uid), \(syntax.name)): recognised, not judged; ask for \(UID.explicitLittleEndian)",
                    byteOffset: place, tagPath: Tag.transferSyntaxUID.description)
            }
            let seen = observedSyntax()
            if transferSyntax.isEmpty {
                transferSyntax = seen?.uid ?? UID.implicitLittleEndian
                tell(
                    .transferSyntaxMissing,
                    "(0002,0010) Transfer Syntax UID is missing; read as \(UID.name(of: transferSyntax) ?? transferSyntax)",
                    at: place, .transferSyntaxUID)
            } else if syntax == nil {
                tell(
                    .transferSyntaxUnknown, "'\(transferSyntax)' is no transfer syntax that is known here", at: place,
                    .transferSyntaxUID)
            }
            // PS3.5, A.4: any private syntax with VR is explicit little endian.
            let declared = syntax.map { ($0.isExplicit, $0.isLittleEndian) } ?? (true, true)
            guard let seen, (seen.isExplicit, seen.isLittleEndian) != declared else {
                return TransferSyntax(uid: transferSyntax).map { ($0.isExplicit, $0.isLittleEndian) } ?? declared
            }
            if let syntax {
                tell(
                    .transferSyntaxWrong,
                    "(0002,0010) says \(syntax.name), but the data set is written in \(seen.name)", at: end)
            }
            return (seen.isExplicit, seen.isLittleEndian)
        }

        /// The syntax that the first element of the data set shows, or nil where there is none.
        private func observedSyntax() -> TransferSyntax? {
            guard bytes.count >= end + 8 else { return nil }
            let isExplicit = VR(bytes[end + 4], bytes[end + 5]) != nil
            // A data set begins with a low group: 0008 in nearly all instances.
            let isBig = bytes[end] == 0 && bytes[end + 1] != 0
            if isBig { return isExplicit ? TransferSyntax(uid: UID.explicitBigEndian) : nil }
            return TransferSyntax(uid: isExplicit ? UID.explicitLittleEndian : UID.implicitLittleEndian)
        }

        /// Whether an element of a low group stands here, in one of the three syntaxes, its length within the bytes.
        private static func beginsDataSet(_ bytes: [UInt8], at start: Int) -> Bool {
            guard bytes.count >= start + 8 else { return false }
            let groups = [UInt8]([0x02, 0x08, 0x10, 0x18, 0x20, 0x28])
            let (low, high) = (bytes[start], bytes[start + 1])
            if high == 0 && groups.contains(low) {
                if VR(bytes[start + 4], bytes[start + 5]) != nil { return true }
                let length = (4..<8).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * ($1 - 4)) }
                return length <= bytes.count - start - 8
            }
            return low == 0 && groups.contains(high) && VR(bytes[start + 4], bytes[start + 5]) != nil
        }

        private static func shown(_ bytes: [UInt8]) -> String {
            let first = bytes.prefix(16).map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "." }
            return "it begins '\(String(first))'"
        }

        private mutating func tell(_ code: DICOMNote.Code, _ message: String, at offset: Int, _ tag: Tag? = nil) {
            notes.append(DICOMNote(code, message, byteOffset: offset, tagPath: tag?.description ?? ""))
        }
    }
}
