import DICOM
import Foundation
import TestSupport
import Testing

@Suite("Other projects' tools read what is written here") struct InteroperabilityTests {
    static let syntaxes = [UID.explicitLittleEndian, UID.implicitLittleEndian]

    @Test(
        "dciodvfy finds no error in a manifest under the IHE XDS-I profile",
        .enabled(if: Tool.has("dciodvfy"), Tool.absence), arguments: syntaxes)
    func profile(_ syntax: String) throws {
        let text = try Tool.withFile(Exam.manifest.file(transferSyntax: syntax).serialized()) {
            try Tool.run(["dciodvfy", "-profile", "IHEXDSIManifest", $0]).text
        }
        #expect(text.contains("KeyObjectSelectionDocumentIHEXDSIManifest"))
        #expect(!text.contains("Error"), "\(text)")
    }

    @Test(
        "dciodvfy finds an error in a manifest without Retrieve Location UID",
        .enabled(if: Tool.has("dciodvfy"), Tool.absence))
    func profileFails() throws {
        var manifest = Exam.manifest
        manifest.series[0].retrieveLocationUID = nil
        let text = try Tool.withFile(manifest.file().serialized()) {
            try Tool.run(["dciodvfy", "-profile", "IHEXDSIManifest", $0]).text
        }
        #expect(text.contains("Error - Missing attribute Type 1 Required Element=<RetrieveLocationUID>"))
    }

    @Test(
        "dciodvfy finds no error in a CT image", .enabled(if: Tool.has("dciodvfy"), Tool.absence), arguments: syntaxes)
    func imageProfile(_ syntax: String) throws {
        let text = try Tool.withFile(Exam.image().file(transferSyntax: syntax).serialized()) {
            try Tool.run(["dciodvfy", $0]).text
        }
        #expect(text.contains("CTImage"))
        #expect(!text.contains("Error"), "\(text)")
    }

    @Test(
        "dcmdump shows every value that we read", .enabled(if: Tool.has("dcmdump"), Tool.absence),
        arguments: syntaxes, [DataSetWriter.SequenceLength.defined, .undefined])
    func dump(_ syntax: String, _ sequences: DataSetWriter.SequenceLength) throws {
        for file in [Exam.manifest.file(transferSyntax: syntax), Exam.image().file(transferSyntax: syntax)] {
            let bytes = file.serialized(sequences: sequences)
            let read = try DICOMFile(reading: bytes)
            #expect(read.notes == [])
            try expectSame(as: try Tool.dump(bytes), read)
        }
    }

    @Test("dsrdump shows the content of a manifest", .enabled(if: Tool.has("dsrdump"), Tool.absence))
    func content() throws {
        let text = try Tool.withFile(Exam.manifest.file().serialized()) { try Tool.run(["dsrdump", $0]).text }
        #expect(text.contains("Key Object Selection Document"))
        #expect(text.components(separatedBy: "contains IMAGE:").count == 8, "\(text)")
        #expect(text.contains("contains TEXT:(,,\"Key Object Description\")"), "\(text)")
        #expect(!text.hasPrefix("E:") && !text.contains("\nE:"), "\(text)")
    }

    @Test(
        "Manifests of other tools are read with the references that dcmdump shows",
        .enabled(if: Corpora.has("nist/testkit") && Tool.has("dcmdump"), Comment(rawValue: Corpora.absence)),
        arguments: Corpora.root == nil ? [] : manifests)
    func foreign(_ path: String) throws {
        let bytes = try Corpora.bytes(path)
        let file = try DICOMFile(reading: bytes)
        let lines = try Tool.dump(bytes)
        let selection = KeyObjectSelection(file)
        let evidence = lines.filter { $0.tag == "(0008,1155)" }.compactMap(\.value)
        #expect(!selection.instances.isEmpty)
        #expect(
            selection.instances.map(\.sopInstance) + selection.contentItems.flatMap(\.references).map(\.sopInstance)
                == evidence)
        #expect(
            selection.series.compactMap(\.uid) + [selection.seriesInstanceUID]
                == lines.filter { $0.tag == "(0020,000E)" }.sorted { $0.depth > $1.depth }.map(\.value))
        try expectSame(as: lines, file)
    }

    static let manifests: [String] = {
        guard let root = Corpora.root, let found = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return found.compactMap { $0 as? String }.filter { $0.hasSuffix(".dcm") }.sorted()
    }()

    @Test(
        "pydicom reads the pixels of a CT image as they are",
        .enabled(if: Tool.python != nil, "no python with pydicom and numpy"))
    func pixels() throws {
        let python = try #require(Tool.python)
        let script = """
            import sys, pydicom
            d = pydicom.dcmread(sys.argv[1])
            a = d.pixel_array
            print(d.file_meta.TransferSyntaxUID, d.PatientName, a.shape, a.dtype, a.min(), a.max(), int(a.astype('int64').sum()))
            """
        let image = Exam.image(3, columns: 80, rows: 60)
        let file = image.file()
        let values = try #require(file.dataSet[.pixelData]).bytes.pairs
        let text = try Tool.withFile(file.serialized()) { try Tool.run([python, "-c", script, $0]).text }
        let sum = values.reduce(0, +)
        #expect(
            text.contains("(60, 80) int16 \(values.min() ?? 0) \(values.max() ?? 0) \(sum)\n"),
            "\(text)")
        #expect(text.hasPrefix("1.2.840.10008.1.2.1 "))
    }

    @Test(
        "pydicom reads every element of a manifest, in either syntax and manner",
        .enabled(if: Tool.python != nil, "no python with pydicom and numpy"), arguments: syntaxes,
        [DataSetWriter.SequenceLength.defined, .undefined])
    func elements(_ syntax: String, _ sequences: DataSetWriter.SequenceLength) throws {
        let python = try #require(Tool.python)
        let script = """
            import sys, pydicom
            pydicom.config.settings.reading_validation_mode = pydicom.config.RAISE
            d = pydicom.dcmread(sys.argv[1])
            print(sum(1 for _ in d.iterall()), d.file_meta.TransferSyntaxUID, d.PatientName.family_name == 'DEMO\\u00c9L\\u00c9GANT')
            """
        let file = Exam.manifest.file(transferSyntax: syntax)
        let count = file.dataSet.describe(limit: .max).lines.filter { $0.tag.group != 0xFFFE }.count
        let text = try Tool.withFile(file.serialized(sequences: sequences)) {
            try Tool.run([python, "-c", script, $0]).text
        }
        #expect(text.hasSuffix("\(count) \(syntax) True\n"), "\(text)")
    }

    /// Each line of the dump that shows a text is an element of ours with that text, in the same order and number.
    private func expectSame(as lines: [Tool.DumpLine], _ file: DICOMFile) throws {
        let ours =
            (file.meta.describe(limit: .max, width: .max).lines + file.dataSet.describe(limit: .max, width: .max).lines)
            .filter { $0.tag.group != 0xFFFE }
        let theirs = lines.filter { !$0.tag.hasPrefix("(FFFE") }
        #expect(ours.map(\.tag.description) == theirs.map(\.tag))
        var compared = 0
        for (our, their) in zip(ours, theirs) where their.value != nil && !our.text.contains(where: \.isNewline) {
            compared += 1
            #expect(our.text == their.value, "\(our.path)")
        }
        #expect(compared > 20)
    }
}

extension ArraySlice where Element == UInt8 {
    /// Signed 16-bit little-endian numbers.
    fileprivate var pairs: [Int] {
        stride(from: startIndex, to: endIndex, by: 2).map {
            Int(Int16(truncatingIfNeeded: Int(self[$0]) | Int(self[$0 + 1]) << 8))
        }
    }
}
