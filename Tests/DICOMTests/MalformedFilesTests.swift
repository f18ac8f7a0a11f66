import DICOM
import Foundation
import Testing

extension MalformedFile {
    /// Odd lengths, order, representations, private groups, characters.
    static let elements: [MalformedFile] =
        ["LO", "SH", "UT", "OB", "UN", "PN"].map {
            MalformedFile(
                "\($0) of an odd length", Bytes.file(Bytes.modality + Bytes.explicit(.patientComments, $0, "abc")),
                told: .oddLength, "(0010,4000)")
        }
        + ["ZZ"].map {
            MalformedFile(
                "the representation '\($0)'", Bytes.file(Bytes.modality + Bytes.explicit(.patientID, $0, "P1")),
                told: .unknownVR, "(0010,0020)")
        }
        + ["  ", "lo", "0A"].map {
            MalformedFile(
                "no representation: '\($0)'", Bytes.file(Bytes.modality + Bytes.explicit(.patientID, $0, "P1")),
                .malformed, "(0010,0020)")
        }
        + ["CS", "US", "UL", "DA", "OB", "UT"].map {
            MalformedFile(
                "an identifier as \($0)", Bytes.file(Bytes.modality + Bytes.explicit(.patientID, $0, "P1")),
                told: .unexpectedVR, "(0010,0020)")
        } + [
            MalformedFile(
                "out of order", Bytes.file(Bytes.patientID + Bytes.modality), told: .outOfOrder, "(0008,0060)"),
            MalformedFile("twice", Bytes.file(Bytes.modality + Bytes.modality), told: .duplicate, "(0008,0060)"),
            MalformedFile(
                "private without creator", Bytes.file(Bytes.modality + Bytes.explicit(Tag(9, 0x1001), "LO", "AB")),
                told: .privateCreatorMissing, "(0009,1001)"),
            MalformedFile(
                "an unknown character set",
                Bytes.file(Bytes.explicit(.specificCharacterSet, "CS", "LATIN1") + Bytes.modality),
                told: .characterSetUnknown, "(0008,0005)"),
        ]

    private static func pixels(_ table: [UInt8], frames: String = "2 ", extended: [UInt8]? = nil) -> [UInt8] {
        let data =
            Bytes.item(table) + Bytes.item([1, 2, 3, 4]) + Bytes.item([5, 6]) + Bytes.endOfSequence
        let beside = extended.map { Bytes.explicitLong(Tag(0x7FE0, 1), "OV", $0) } ?? []
        return Bytes.file(
            Bytes.modality + Bytes.explicit(.numberOfFrames, "IS", frames) + beside
                + Bytes.explicit(.pixelData, "OB", data, length: Bytes.undefined), syntax: "1.2.840.10008.1.2.4.70")
    }

    /// Tables that say where frames begin: the fragments begin at 0 and 12.
    static let offsetTables: [MalformedFile] =
        [
            ("an offset of nowhere", [0, 13]), ("an offset after the end", [0, 4000]),
            ("a great offset", [0, 0xFFFF_FFFF]),
            ("an offset twice", [0, 0]), ("offsets that go back", [0, 12, 4]), ("a first offset", [12, 0]),
            ("too few offsets", [0]), ("too many offsets", [0, 12, 24]), ("an offset in a head", [0, 8]),
        ].map { name, offsets in
            MalformedFile(name, pixels(offsets.flatMap { Bytes.number32($0) }), told: .offsetTable, "(7FE0,0010)")
        } + [
            MalformedFile("a table of six bytes", pixels([0, 0, 0, 0, 1, 2]), told: .offsetTable, "(7FE0,0010)"),
            MalformedFile(
                "an extended offset of nowhere",
                pixels([], extended: Bytes.number32(0) + Bytes.number32(0) + Bytes.number32(5) + Bytes.number32(0)),
                told: .offsetTable, "(7FE0,0001)"),
            MalformedFile(
                "a fragment longer than the file",
                Bytes.file(
                    Bytes.modality
                        + Bytes.explicit(
                            .pixelData, "OB", Bytes.item([]) + Bytes.item([1, 2], length: 0x7FFF_FFFE),
                            length: Bytes.undefined)), told: .pixelDataCut, "(7FE0,0010)"),
            MalformedFile(
                "pixels of four gigabytes",
                Bytes.file(Bytes.modality + Bytes.explicit(.pixelData, "OW", [1, 2], length: 0xFFFF_FFFE)),
                told: .pixelDataCut, "(7FE0,0010)"),
        ]

    /// The frame of the file: preamble, file meta information, end.
    static let frames: [MalformedFile] =
        [
            MalformedFile("nothing", [], .notDICOM, nil),
            MalformedFile("one byte", [0], .notDICOM, nil),
            MalformedFile("128 zeros", [UInt8](repeating: 0, count: 128), .notDICOM, nil),
            MalformedFile("text", Array("<html><body>404</body></html>".utf8), .notDICOM, nil),
            MalformedFile("a PDF", Array("%PDF-1.7 and more bytes".utf8), .notDICOM, nil),
            MalformedFile("a zip archive", Array("PK\u{3}\u{4} and more bytes".utf8), .notDICOM, nil),
            MalformedFile(
                "a wrong mark",
                [UInt8](repeating: 0, count: 128) + Array("DICN".utf8) + Bytes.file(Bytes.modality)[132...],
                .notDICOM, nil),
            MalformedFile(
                "only the preamble", [UInt8](repeating: 0, count: 128) + Array("DICM".utf8), told: .metaMissing, nil),
            MalformedFile(
                "only the file meta information", Array(Bytes.file([]).dropLast(4)), .truncated, "(0002,0010)"),
            MalformedFile(
                "deflated", Bytes.file([1, 2, 3, 4], syntax: UID.deflatedLittleEndian), .transferSyntax, "(0002,0010)"),
            MalformedFile("no preamble", Bytes.file(Bytes.modality, preamble: false), told: .preambleMissing, nil),
            MalformedFile(
                "no group length", Bytes.file(Bytes.modality, groupLength: nil), told: .metaLengthMissing, nil),
            MalformedFile(
                "no transfer syntax", Bytes.file(Bytes.modality, syntax: nil), told: .transferSyntaxMissing,
                "(0002,0010)"),
            MalformedFile(
                "an unknown transfer syntax", Bytes.file(Bytes.modality, syntax: "1.2.3"), told: .transferSyntaxUnknown,
                "(0002,0010)"),
            MalformedFile(
                "big endian said, little written", Bytes.file(Bytes.modality, syntax: UID.explicitBigEndian),
                told: .transferSyntaxWrong, nil),
            MalformedFile(
                "noughts at the end", Bytes.file(Bytes.modality + [0, 0, 0]), told: .trailingBytes, "(0008,0060)"),
            MalformedFile(
                "letters at the end", Bytes.file(Bytes.modality + Array("END".utf8)), .truncated, "(0008,0060)"),
        ]
        + [-8, -1, 1, 2, 1000, 0x7FFF_FFF0].map { (offset: Int) in
            MalformedFile(
                "a group length off by \(offset)", Bytes.file(Bytes.modality, groupLength: offset), told: .metaLength,
                "(0002,0000)")
        }

    static let all = cut + lengths + nested + misplaced + elements + offsetTables + frames
}

extension Bytes {
    /// An element in explicit VR with a long length.
    static func explicitLong(_ tag: Tag, _ vr: String, _ value: [UInt8]) -> [UInt8] {
        Self.tag(tag) + Array(vr.utf8) + [0, 0] + number32(value.count) + value
    }
}

@Suite("Malformed files") struct MalformedFilesTests {
    @Test("A malformed file is told by code, byte and tag, at once", arguments: MalformedFile.all)
    func told(_ file: MalformedFile) {
        let started = ContinuousClock.now
        var found: [(code: String, byte: Int, path: String)] = []
        do throws(DICOMError) {
            let read = try DICOMFile(reading: file.bytes)
            found = read.notes.map { ($0.code.rawValue, $0.byteOffset, $0.tagPath) }
            _ = read.dataSet.describe(limit: 500)
            _ = KeyObjectSelection(read).instances
        } catch {
            found = [(error.code.rawValue, error.byteOffset, error.tagPath)]
        }
        #expect(ContinuousClock.now - started < .seconds(2))
        guard let first = found.first(where: { $0.code == file.code }) else {
            Issue.record("no \(file.code): \(found)")
            return
        }
        #expect((0...file.bytes.count).contains(first.byte))
        guard let path = file.path else { return }
        if path == "*" { #expect(!first.path.isEmpty) } else { #expect(first.path == path) }
    }

    @Test("There are two hundred of them and more, of every code")
    func count() {
        #expect(MalformedFile.all.count >= 200)
        #expect(Set(MalformedFile.all.map(\.name)).count == MalformedFile.all.count)
        #expect(Set(MalformedFile.all.map(\.code)).count >= 20)
    }

    @Test("What is read takes no more than a multiple of the bytes")
    func memory() throws {
        let bomb = Bytes.file(
            Bytes.explicit(.contentSequence, "SQ", [UInt8]((0..<100_000).flatMap { _ in Bytes.item([]) })))
        let before = Self.resident
        let file = try DICOMFile(reading: bomb)
        #expect(file.dataSet.items(.contentSequence).count == 100_000)
        if let before, let after = Self.resident { #expect(after - before < 64 << 20) }
    }

    /// Bytes that this process holds, where the system says so.
    private static var resident: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 }
    }
}
