import DICOM
import Testing

/// A file that is not as it should be: what is said of it, and where.
struct MalformedFile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// The code of the error, or of one of the notes.
    let code: String
    /// The element that is named; nil where the fault is of the file.
    let path: String?
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ code: DICOMError.Code, _ path: String?) {
        (self.name, self.bytes, self.code, self.path) = (name, bytes, code.rawValue, path)
    }

    init(_ name: String, _ bytes: [UInt8], told code: DICOMNote.Code, _ path: String?) {
        (self.name, self.bytes, self.code, self.path) = (name, bytes, code.rawValue, path)
    }
}

extension MalformedFile {
    private static let manifest: KeyObjectSelection.Manifest = {
        var manifest = Exam.manifest
        manifest.series = [Exam.series(1, instances: 1)]
        return manifest
    }()

    /// Cut in the middle of the head and of the value of each element at every level.
    ///
    /// The first element that the end cuts is named: where lengths are defined, the outermost sequence.
    static let cut: [MalformedFile] = DataSetWriter.SequenceLength.all.flatMap { sequences -> [MalformedFile] in
        let bytes = manifest.file().serialized(sequences: sequences)
        guard let dataSet = try? DICOMFile(reading: bytes).dataSet else { return [] }
        let lines = dataSet.describe(limit: .max).lines
        return lines.enumerated().flatMap { index, line -> [MalformedFile] in
            // The head of the first element of all follows no other.
            guard index > 0 else { return [] }
            let isNested = !line.path.steps.isEmpty || line.path.tag == nil
            let outermost = line.path.steps.first?.tag ?? line.tag
            let before = lines[index - 1].path
            // Eight bytes are read of a head; with fewer the element before is named.
            let inHead =
                isNested && sequences == .defined ? outermost.description : isNested ? nil : root(before)
            var rows: [MalformedFile] = []
            rows.append(
                MalformedFile(
                    "\(line.path) cut in its head, \(sequences)", Array(bytes.prefix(line.byteOffset + 5)), .truncated,
                    inHead ?? "*"))
            if let length = line.length, length > 1 {
                let end = line.byteOffset + 8 + 1
                rows.append(
                    MalformedFile(
                        "\(line.path) cut in its value, \(sequences)", Array(bytes.prefix(end)), .truncated,
                        isNested && sequences == .defined ? outermost.description : "*"))
            }
            return rows
        }
    }

    private static func root(_ path: TagPath) -> String {
        (path.steps.first?.tag ?? path.tag)?.description ?? ""
    }

    /// Lengths that pass the end of the file, or of the item around.
    static let lengths: [MalformedFile] = {
        let values = ["UT", "UN", "OB", "OW", "SQ"].flatMap { vr in
            [0xFFFF_FFFE, 0x8000_0000, 0x7FFF_FFFE, 0x1000].map { (length: Int) in
                MalformedFile(
                    "\(vr) of \(length) bytes",
                    Bytes.file(Bytes.modality + Bytes.explicit(.textValue, vr, "abcd", length: length)), .truncated,
                    "(0040,A160)")
            }
        }
        let short = ["AE", "AS", "CS", "DA", "DS", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UI", "US", "UL", "FD"].map
        {
            MalformedFile(
                "\($0) of 65534 bytes",
                Bytes.file(Bytes.modality + Bytes.explicit(.patientComments, $0, "abcd", length: 0xFFFE)), .truncated,
                "(0010,4000)")
        }
        let implicit = [0xFFFF_FFFE, 0x8000_0000, 6].map { (length: Int) in
            MalformedFile(
                "implicit of \(length) bytes",
                Bytes.file(
                    Bytes.implicit(.modality, [0x43, 0x54])
                        + Bytes.implicit(.patientID, [0x41, 0x42], length: length), syntax: UID.implicitLittleEndian),
                .truncated, "(0010,0020)")
        }
        let items = [0xFFFF_FFFE, 0x7FFF_FFFE, 0x400].map { (length: Int) in
            MalformedFile(
                "item of \(length) bytes",
                Bytes.file(
                    Bytes.explicit(.contentSequence, "SQ", Bytes.item([], length: length))
                        + Bytes.explicit(.pixelData, "OW", [UInt8](repeating: 0, count: 2000))), .overrun,
                "(0040,A730)[1]")
        }
        let inner = ["UT", "LO", "SH", "SQ", "OB"].map { vr in
            MalformedFile(
                "\(vr) longer than its item",
                Bytes.file(
                    Bytes.explicit(
                        .contentSequence, "SQ", Bytes.item(Bytes.explicit(.textValue, vr, "ab", length: 500)))
                        + Bytes.explicit(.pixelData, "OW", [UInt8](repeating: 0, count: 2000))), .overrun,
                "(0040,A730)[1]/(0040,A160)")
        }
        return values + short + implicit + items + inner
    }()

    /// Sequences within sequences.
    static let nested: [MalformedFile] = [33, 34, 40, 64, 100, 500].flatMap { depth -> [MalformedFile] in
        let path = String(repeating: "(0040,A730)[1]/", count: 32) + "(0040,A730)"
        let open =
            Bytes.explicit(.contentSequence, "SQ", [], length: Bytes.undefined)
            + Bytes.item([], length: Bytes.undefined)
        let bomb = Bytes.file((0..<depth).flatMap { _ in open })
        var defined: [UInt8] = []
        for _ in 0..<depth { defined = Bytes.explicit(.contentSequence, "SQ", Bytes.item(defined)) }
        return [
            MalformedFile("\(depth) deep, without end", bomb, .tooDeep, path),
            MalformedFile("\(depth) deep", Bytes.file(defined), .tooDeep, path),
        ]
    }

    /// Delimiters, items and groups out of their place.
    static let misplaced: [MalformedFile] = [
        MalformedFile("an item at the root", Bytes.file(Bytes.modality + Bytes.item([])), .malformed, "(FFFE,E000)"),
        MalformedFile(
            "no item in a sequence", Bytes.file(Bytes.explicit(.contentSequence, "SQ", Bytes.patientID)), .malformed,
            "(0040,A730)"),
        MalformedFile(
            "text without length",
            Bytes.file(Bytes.modality + Bytes.explicit(.textValue, "UT", [], length: Bytes.undefined)), .malformed,
            "(0040,A160)"),
        MalformedFile(
            "a fragment without length",
            Bytes.file(
                Bytes.explicit(
                    .pixelData, "OB", Bytes.item([]) + Bytes.item([], length: Bytes.undefined),
                    length: Bytes.undefined)), .malformed, "(7FE0,0010)"),
        MalformedFile(
            "an element among fragments",
            Bytes.file(
                Bytes.explicit(.pixelData, "OB", Bytes.item([]) + Bytes.patientID, length: Bytes.undefined)),
            .malformed, "(7FE0,0010)"),
        MalformedFile(
            "a sequence without end",
            Bytes.file(Bytes.explicit(.contentSequence, "SQ", Bytes.item([]), length: Bytes.undefined)), .truncated,
            "(0040,A730)"),
        MalformedFile(
            "an item without end",
            Bytes.file(
                Bytes.explicit(
                    .contentSequence, "SQ", Bytes.item([], length: Bytes.undefined), length: Bytes.undefined)),
            .truncated, "(0040,A730)[1]"),
        MalformedFile(
            "an end without sequence", Bytes.file(Bytes.modality + Bytes.endOfSequence), told: .delimiter, nil),
        MalformedFile("an end without item", Bytes.file(Bytes.modality + Bytes.endOfItem), told: .delimiter, nil),
        MalformedFile(
            "file meta information in the data set",
            Bytes.file(Bytes.modality + Bytes.explicit(Tag(2, 1), "OB", [0, 1])), told: .forbiddenGroup, "(0002,0001)"),
        MalformedFile(
            "a command in the data set", Bytes.file(Bytes.modality + Bytes.explicit(Tag(0, 2), "UI", "1.")),
            told: .forbiddenGroup, "(0000,0002)"),
    ]
}

extension DataSetWriter.SequenceLength {
    static let all: [Self] = [.defined, .undefined]
}
