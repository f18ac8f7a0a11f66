import DICOM
import Testing

@Suite("Hostile input") struct HostileInputTests {
    /// SplitMix64: the same numbers on each run.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    static let seeds: [[UInt8]] = {
        var small = Exam.manifest
        small.series = [Exam.series(1, instances: 2)]
        return [
            small.file().serialized(), small.file().serialized(sequences: .undefined),
            small.file(transferSyntax: UID.implicitLittleEndian).serialized(sequences: .undefined),
            Exam.image(columns: 4, rows: 4).file().serialized(),
        ]
    }()

    /// Reads and looks at everything; an error must have a place within the bytes.
    private func read(_ bytes: [UInt8]) -> Bool {
        do throws(DICOMError) {
            let file = try DICOMFile(reading: bytes)
            _ = file.dataSet.describe(limit: 500)
            _ = file.dataSet.characterFaults()
            let selection = KeyObjectSelection(file)
            _ = (selection.instances, selection.requests, selection.descriptionLines)
            _ = file.serialized()
            return true
        } catch {
            #expect((0...bytes.count).contains(error.byteOffset))
            #expect(!error.message.isEmpty)
            return false
        }
    }

    @Test("A file that is cut at any byte is read or refused, never more", arguments: 0..<4)
    func truncation(_ seed: Int) throws {
        let whole = Self.seeds[seed]
        var refused = 0
        for length in 0..<whole.count where !read(Array(whole.prefix(length))) { refused += 1 }
        #expect(refused > whole.count / 2)
        #expect(read(whole))
    }

    @Test("A file whose bytes are changed is read or refused, never more", arguments: 0..<4)
    func flips(_ seed: Int) {
        var generator = Generator(state: UInt64(seed) + 1)
        var (accepted, refused) = (0, 0)
        for _ in 0..<1500 {
            var bytes = Self.seeds[seed]
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] =
                    [0, 0xFF, 0xFE, UInt8.random(in: 0...255, using: &generator)].randomElement(using: &generator) ?? 0
            }
            if Bool.random(using: &generator) {
                bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &generator))
            }
            if read(bytes) { accepted += 1 } else { refused += 1 }
        }
        #expect(accepted > 50)
        #expect(refused > 50)
    }

    @Test("Random bytes after a right beginning are read or refused, never more")
    func noise() {
        var generator = Generator(state: 99)
        for _ in 0..<1500 {
            let noise = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            _ = read(Bytes.file(Bytes.modality + noise))
            _ = read(Bytes.file(Bytes.implicit(.modality, [0x43, 0x54]) + noise, syntax: UID.implicitLittleEndian))
            _ = read(
                Bytes.file(Bytes.modality + Bytes.explicit(.contentSequence, "SQ", noise, length: Bytes.undefined)))
            _ = read(noise)
        }
    }

    @Test("Many empty items are read in linear time, up to the limit of elements")
    func manyItems() throws {
        let items = [UInt8]((0..<200_000).flatMap { _ in Bytes.item([]) })
        let file = try DICOMFile(reading: Bytes.file(Bytes.explicit(.contentSequence, "SQ", items)))
        #expect(file.dataSet.items(.contentSequence).count == 200_000)
        var options = DICOMFile.ReadingOptions()
        options.maximumElements = 1000
        #expect(throws: DICOMError.self) {
            try DICOMFile(reading: Bytes.file(Bytes.explicit(.contentSequence, "SQ", items)), options: options)
        }
    }
}
