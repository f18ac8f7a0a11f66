import DICOM
import Testing

@Suite("Reading a file") struct DICOMFileTests {
    struct Told: Sendable, CustomTestStringConvertible {
        let name: String, bytes: [UInt8], codes: [DICOMNote.Code], path: String
        var testDescription: String { name }

        init(_ name: String, _ bytes: [UInt8], _ codes: [DICOMNote.Code], path: String = "") {
            (self.name, self.bytes, self.codes, self.path) = (name, bytes, codes, path)
        }
    }

    @Test(
        "A fault that a reader can do without is told with its place, and the values are read",
        arguments: [
            Told("nothing wrong", Bytes.file(Bytes.modality + Bytes.patientID), []),
            Told("no preamble", Bytes.file(Bytes.modality, preamble: false), [.preambleMissing]),
            Told("DICM without preamble", Array(Bytes.file(Bytes.modality).dropFirst(128)), [.preambleMissing]),
            Told(
                "no meta, explicit", Bytes.modality + Bytes.patientID,
                [.preambleMissing, .metaMissing, .transferSyntaxMissing], path: "(0002,0010)"),
            Told(
                "no meta, implicit", Bytes.implicit(.modality, Array("CT".utf8)),
                [.preambleMissing, .metaMissing, .transferSyntaxMissing], path: "(0002,0010)"),
            Told(
                "no meta, big endian", Bytes.big(.modality, "CS", Array("CT".utf8)),
                [.preambleMissing, .metaMissing, .transferSyntaxMissing], path: "(0002,0010)"),
            Told("no group length", Bytes.file(Bytes.modality, groupLength: nil), [.metaLengthMissing]),
            Told(
                "group length too long", Bytes.file(Bytes.modality, groupLength: 2), [.metaLength], path: "(0002,0000)"),
            Told(
                "no transfer syntax", Bytes.file(Bytes.modality, syntax: nil), [.transferSyntaxMissing],
                path: "(0002,0010)"),
            Told(
                "unknown transfer syntax", Bytes.file(Bytes.modality, syntax: "1.2.3"), [.transferSyntaxUnknown],
                path: "(0002,0010)"),
            Told(
                "implicit declared, explicit written", Bytes.file(Bytes.modality, syntax: UID.implicitLittleEndian),
                [.transferSyntaxWrong]),
            Told(
                "explicit declared, implicit written", Bytes.file(Bytes.implicit(.modality, Array("CT".utf8))),
                [.transferSyntaxWrong]),
            Told(
                "big endian", Bytes.file(Bytes.big(.modality, "CS", Array("CT".utf8)), syntax: UID.explicitBigEndian),
                []),
            Told(
                "odd length", Bytes.file(Bytes.modality + Bytes.explicit(.patientID, "LO", "P12")), [.oddLength],
                path: "(0010,0020)"),
            Told("out of order", Bytes.file(Bytes.patientID + Bytes.modality), [.outOfOrder], path: "(0008,0060)"),
            Told(
                "twice", Bytes.file(Bytes.modality + Bytes.explicit(.modality, "CS", "MR")), [.duplicate],
                path: "(0008,0060)"),
            Told(
                "unknown VR", Bytes.file(Bytes.modality + Bytes.explicit(.patientID, "ZZ", "P1")), [.unknownVR],
                path: "(0010,0020)"),
            Told(
                "another VR", Bytes.file(Bytes.modality + Bytes.explicit(.institutionName, "CS", "AB")),
                [.unexpectedVR], path: "(0008,0080)"),
            Told(
                "private without creator", Bytes.file(Bytes.modality + Bytes.explicit(Tag(9, 0x1001), "LO", "AB")),
                [.privateCreatorMissing], path: "(0009,1001)"),
            Told(
                "private with creator",
                Bytes.file(
                    Bytes.modality + Bytes.explicit(Tag(9, 0x10), "LO", "AB")
                        + Bytes.explicit(Tag(9, 0x1001), "LO", "AB")), []),
            Told(
                "private element in no block", Bytes.file(Bytes.modality + Bytes.explicit(Tag(9, 0x101), "LO", "AB")),
                [.forbiddenGroup], path: "(0009,0101)"),
            Told(
                "group 0002 in an item",
                Bytes.file(
                    Bytes.modality
                        + Bytes.explicit(.contentSequence, "SQ", Bytes.item(Bytes.explicit(Tag(2, 1), "OB", [0, 1])))),
                [.forbiddenGroup], path: "(0040,A730)[1]/(0002,0001)"),
            Told(
                "delimiter with a length",
                Bytes.file(
                    Bytes.modality
                        + Bytes.explicit(
                            .contentSequence, "SQ", Bytes.implicit(Bytes.sequenceEnd, [], length: 4),
                            length: Bytes.undefined)), [.delimiter], path: "(0040,A730)"),
            Told(
                "item without its end",
                Bytes.file(
                    Bytes.modality
                        + Bytes.explicit(
                            .contentSequence, "SQ", Bytes.item([], length: Bytes.undefined) + Bytes.endOfSequence,
                            length: Bytes.undefined)), [.delimiter], path: "(0040,A730)[1]"),
            Told("delimiter at the root", Bytes.file(Bytes.modality + Bytes.endOfSequence), [.delimiter]),
            Told(
                "cut pixel data", Bytes.file(Bytes.modality + Bytes.explicit(.pixelData, "OW", [1, 2], length: 100)),
                [.pixelDataCut], path: "(7FE0,0010)"),
            Told(
                "cut fragments",
                Bytes.file(
                    Bytes.modality
                        + Bytes.explicit(
                            .pixelData, "OB", Bytes.item([]) + Bytes.item([1, 2], length: 10), length: Bytes.undefined),
                    syntax: "1.2.840.10008.1.2.4.70"), [.pixelDataCut, .pixelDataCut], path: "(7FE0,0010)"),
            Told(
                "NULs at the end", Bytes.file(Bytes.modality + [0, 0, 0, 0]), [.trailingBytes], path: "(0008,0060)"),
            Told(
                "character set that is recognised only",
                Bytes.file(Bytes.explicit(.specificCharacterSet, "CS", "GB18030 ") + Bytes.modality),
                [.characterSetUnread], path: "(0008,0005)"),
            Told(
                "unknown character set",
                Bytes.file(Bytes.explicit(.specificCharacterSet, "CS", "UTF-8 ") + Bytes.modality),
                [.characterSetUnknown], path: "(0008,0005)"),
            Told(
                "two character sets without code extensions",
                Bytes.file(Bytes.explicit(.specificCharacterSet, "CS", "ISO_IR 100\\ISO_IR 101 ") + Bytes.modality),
                [.characterSetUnknown], path: "(0008,0005)"),
        ])
    func told(_ example: Told) throws {
        let file = try DICOMFile(reading: example.bytes)
        #expect(file.notes.map(\.code) == example.codes, "\(file.notes)")
        #expect(file.dataSet.string(.modality) == "CT")
        #expect((file.notes.last?.tagPath ?? "") == example.path)
        for note in file.notes { #expect((0...example.bytes.count).contains(note.byteOffset)) }
        if let element = file.dataSet[.modality], file.transferSyntax != UID.explicitBigEndian {
            #expect(Array(example.bytes[element.byteOffset..<element.byteOffset + 4]) == [8, 0, 0x60, 0])
        }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String, bytes: [UInt8], code: DICOMError.Code, path: String
        var testDescription: String { name }

        init(_ name: String, _ bytes: [UInt8], _ code: DICOMError.Code, path: String = "") {
            (self.name, self.bytes, self.code, self.path) = (name, bytes, code, path)
        }
    }

    static func nested(_ depth: Int) -> [UInt8] {
        (0..<depth).reduce([]) { inner, _ in Bytes.explicit(.contentSequence, "SQ", Bytes.item(inner)) }
    }

    @Test(
        "What cannot be read is refused with byte and tag",
        arguments: [
            Refused("empty", [], .notDICOM),
            Refused("text", Array("<html><body>404 not found</body></html>".utf8), .notDICOM),
            Refused("zeros", [UInt8](repeating: 0, count: 500), .notDICOM),
            Refused(
                "deflated", Bytes.file([1, 2, 3, 4, 5, 6, 7, 8], syntax: UID.deflatedLittleEndian), .transferSyntax,
                path: "(0002,0010)"),
            Refused(
                "cut in a value", Bytes.file(Bytes.modality + Bytes.explicit(.patientID, "LO", "P1", length: 200)),
                .truncated, path: "(0010,0020)"),
            Refused(
                "cut in a header", Bytes.file(Bytes.modality + [0x10, 0, 0x20]), .truncated, path: "(0008,0060)"),
            Refused(
                "cut in a long header",
                Bytes.file(Bytes.modality + [0x40, 0, 0x30, 0xA7] + Array("SQ".utf8) + [0, 0]), .truncated,
                path: "(0040,A730)"),
            Refused(
                "sequence without end",
                Bytes.file(Bytes.modality + Bytes.explicit(.contentSequence, "SQ", [], length: Bytes.undefined)),
                .truncated, path: "(0040,A730)"),
            Refused(
                "item without end",
                Bytes.file(
                    Bytes.modality
                        + Bytes.explicit(
                            .contentSequence, "SQ", Bytes.item([], length: Bytes.undefined), length: Bytes.undefined)),
                .truncated, path: "(0040,A730)[1]"),
            Refused(
                "value longer than its item",
                Bytes.file(
                    Bytes.explicit(
                        .contentSequence, "SQ", Bytes.item(Bytes.explicit(.textValue, "UT", "ab", length: 40)))
                        + Bytes.explicit(.pixelData, "OW", [UInt8](repeating: 0, count: 60))), .overrun,
                path: "(0040,A730)[1]/(0040,A160)"),
            Refused(
                "item longer than its sequence",
                Bytes.file(
                    Bytes.explicit(.contentSequence, "SQ", Bytes.item([], length: 40))
                        + Bytes.explicit(.pixelData, "OW", [UInt8](repeating: 0, count: 60))), .overrun,
                path: "(0040,A730)[1]"),
            Refused(
                "no item in a sequence",
                Bytes.file(Bytes.modality + Bytes.explicit(.contentSequence, "SQ", Bytes.patientID)), .malformed,
                path: "(0040,A730)"),
            Refused(
                "an item at the root", Bytes.file(Bytes.modality + Bytes.item([])), .malformed, path: "(FFFE,E000)"),
            Refused(
                "text of undefined length",
                Bytes.file(Bytes.modality + Bytes.explicit(.textValue, "UT", [], length: Bytes.undefined)), .malformed,
                path: "(0040,A160)"),
            Refused(
                "too deep", Bytes.file(nested(33)), .tooDeep,
                path: String(repeating: "(0040,A730)[1]/", count: 32) + "(0040,A730)"),
        ])
    func refused(_ example: Refused) {
        let error = #expect(throws: DICOMError.self) { try DICOMFile(reading: example.bytes) }
        #expect(error?.code == example.code, "\(String(describing: error))")
        #expect(error?.tagPath == example.path)
        #expect((0...example.bytes.count).contains(error?.byteOffset ?? -1))
        #expect(error?.message.isEmpty == false)
    }

    @Test("Sequences nested 32 deep are read")
    func depth() throws {
        #expect(try DICOMFile(reading: Bytes.file(Self.nested(32))).notes == [])
    }

    @Test("More elements than the limit are refused, more faults than the limit are summed up")
    func limits() throws {
        var options = DICOMFile.ReadingOptions()
        options.maximumElements = 10
        let bytes = Bytes.file((0..<20).flatMap { Bytes.explicit(Tag(0x10, 0x1000 + $0), "LO", "P12") })
        let error = #expect(throws: DICOMError.self) { try DICOMFile(reading: bytes, options: options) }
        #expect(error?.code == .tooMany)
        options.maximumElements = 100
        options.maximumNotes = 5
        let notes = try DICOMFile(reading: bytes, options: options).notes
        #expect(notes.count == 6)
        #expect(notes.last?.code == .more)
    }

    @Test("An UN of undefined length holds implicit items")
    func unknownSequence() throws {
        let inner =
            Bytes.item(Bytes.implicit(.modality, Array("MR".utf8)), length: Bytes.undefined).dropLast(0)
            + Bytes.endOfItem
        let bytes = Bytes.file(
            Bytes.modality + Bytes.explicit(Tag(9, 0x10), "LO", "AB")
                + Bytes.explicit(Tag(9, 0x1001), "UN", inner + Bytes.endOfSequence, length: Bytes.undefined)
                + Bytes.patientID)
        let file = try DICOMFile(reading: bytes)
        #expect(file.notes == [])
        #expect(file.dataSet.items(Tag(9, 0x1001)).first?.string(.modality) == "MR")
        #expect(file.dataSet.string(.patientID) == "P1")
    }

    @Test("Fragments of encapsulated pixel data are kept apart")
    func fragments() throws {
        let value =
            Bytes.item(Bytes.number32(0)) + Bytes.item([1, 2]) + Bytes.item([3, 4, 5, 6]) + Bytes.endOfSequence
        let bytes = Bytes.file(
            Bytes.modality + Bytes.explicit(.pixelData, "OB", value, length: Bytes.undefined),
            syntax: "1.2.840.10008.1.2.4.70")
        let file = try DICOMFile(reading: bytes)
        guard case .fragments(let fragments) = try #require(file.dataSet[.pixelData]).value else {
            Issue.record("no fragments")
            return
        }
        #expect(fragments.map { Array($0) } == [[0, 0, 0, 0], [1, 2], [3, 4, 5, 6]])
        #expect(Array(file.serialized().suffix(value.count)) == value)
    }

    @Test("Numbers of a big-endian file are read as numbers")
    func bigEndian() throws {
        let bytes = Bytes.file(
            Bytes.big(.modality, "CS", Array("CT".utf8)) + Bytes.big(.rows, "US", [0x02, 0x01]),
            syntax: UID.explicitBigEndian)
        #expect(try DICOMFile(reading: bytes).dataSet.integer(.rows) == 0x0201)
    }

    @Test("Signed pixels make the ambiguous numbers of an implicit file signed")
    func signedness() throws {
        func file(_ representation: Int) throws -> DICOMFile {
            try DICOMFile(
                reading: Bytes.file(
                    Bytes.implicit(.pixelRepresentation, Bytes.number16(representation))
                        + Bytes.implicit(Tag(0x28, 0x120), Bytes.number16(-2)), syntax: UID.implicitLittleEndian))
        }
        #expect(try file(1).dataSet.integer(Tag(0x28, 0x120)) == -2)
        #expect(try file(0).dataSet.integer(Tag(0x28, 0x120)) == 65534)
    }

    @Test("The file meta information of a refused data set can be read")
    func metaAlone() throws {
        let bytes = Bytes.file([1, 2, 3, 4, 5, 6, 7, 8], syntax: UID.deflatedLittleEndian)
        #expect(try DICOMFile.readMeta(bytes).meta.string(.transferSyntaxUID) == UID.deflatedLittleEndian)
    }
}
