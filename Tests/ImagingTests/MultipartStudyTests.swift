import DICOM
import HTTP
import Testing

@testable import Imaging

@Suite struct MultipartStudyTests {
    /// An image of `count` bytes of pixels, native or in fragments of `fragment` bytes.
    private static func image(_ count: Int, fragment: Int? = nil) -> [UInt8] {
        var dataSet = DataSet()
        dataSet.set(.sopClassUID, UID.ctImage)
        dataSet.set(.sopInstanceUID, "1.2.3")
        dataSet.set(.samplesPerPixel, 1)
        dataSet.set(.rows, count / 2048)
        dataSet.set(.columns, 1024)
        dataSet.set(.bitsAllocated, 16)
        let pixels = [UInt8](repeating: 0xAB, count: count)
        guard let fragment else {
            dataSet.set(.pixelData, bytes: pixels, vr: .OW)
            return DICOMFile(dataSet: dataSet).serialized()
        }
        let fragments = stride(from: 0, to: count, by: fragment).map { pixels[$0..<min($0 + fragment, count)] }
        dataSet.set(DataElement(.pixelData, .OB, .fragments([[]] + fragments)))
        return DICOMFile(dataSet: dataSet, transferSyntax: "1.2.840.10008.1.2.4.70").serialized()
    }

    /// The part of a body that holds `file`, fed in pieces of `piece` bytes.
    private static func part(_ file: [UInt8], piece: Int) throws -> MultipartStudy.Part {
        let head = Array("--b\r\nContent-Type: application/dicom\r\n\r\n".utf8)
        let body = head + file + Array("\r\n--b--\r\n".utf8)
        var reader = MultipartStudyReader(contentType: MediaType("multipart/related; boundary=b"))
        body.withUnsafeBytes { all in
            for start in stride(from: 0, to: all.count, by: piece) {
                reader.feed(UnsafeRawBufferPointer(rebasing: all[start..<min(start + piece, all.count)]))
            }
        }
        return try #require(reader.finish().parts.first)
    }

    private static let long = 4 << 20

    @Test(
        "Pixels longer than what is kept of a part are counted to their end",
        arguments: [7919, 65_536, 8 << 20], [nil, 1 << 19, 100_002, 3 << 20])
    func long(_ piece: Int, _ fragment: Int?) throws {
        let part = try Self.part(Self.image(Self.long, fragment: fragment), piece: piece)
        let pixels = try #require(part.image?.pixels)
        if let fragment {
            let count = (Self.long + fragment - 1) / fragment
            #expect(pixels.form == .encapsulated(fragments: count, length: Self.long, isWhole: true))
            #expect(pixels.start == [0xAB, 0xAB])
        } else {
            #expect(pixels.form == .native(length: Self.long, announced: Self.long))
            #expect(pixels.expectedLength == Self.long)
        }
    }

    @Test("Of pixels that are cut the bytes that came are counted", arguments: [1, 9, 4000, 2 << 20], [nil, 100_002])
    func cut(_ missing: Int, _ fragment: Int?) throws {
        let file = Array(Self.image(Self.long, fragment: fragment).dropLast(missing))
        let pixels = try #require(try Self.part(file, piece: 65_536).image?.pixels)
        switch pixels.form {
        case .native(let length, let announced):
            #expect(fragment == nil)
            #expect(length == Self.long - missing && announced == Self.long)
        case .encapsulated(_, let length, let isWhole):
            #expect(fragment != nil)
            #expect(!isWhole)
            // Between the fragments and after them there are eight bytes each.
            #expect(abs(length - (Self.long - missing)) <= 8 * 44)
        case .absent, .unseen: Issue.record("no pixels")
        }
    }

    @Test("The boundary of what is kept may fall anywhere around the pixels", arguments: -14...14)
    func edges(_ shift: Int) throws {
        // A text before the pixels moves them to the limit.
        var file = try DICOMFile(reading: Self.image(Self.long, fragment: 100_002))
        let start = try #require(file.dataSet[.pixelData]).byteOffset
        var room = MultipartStudyReader.headLimit - start - 12 + shift
        room -= room % 2
        file.dataSet.set(Tag(0x0028, 0x9999), bytes: [UInt8](repeating: 0x20, count: room), vr: .OB)
        let part = try Self.part(file.serialized(), piece: 65_536)
        #expect(part.error == nil)
        let form = try #require(part.image?.pixels.form)
        #expect(form == .encapsulated(fragments: 42, length: Self.long, isWhole: true))
    }

    @Test("A head longer than what is usually kept is read")
    func longHead() throws {
        var file = try DICOMFile(reading: Self.image(Self.long))
        file.dataSet.set(Tag(0x0028, 0x9999), bytes: [UInt8](repeating: 0x20, count: 3 << 20), vr: .OB)
        let part = try Self.part(file.serialized(), piece: 65_536)
        #expect(part.image?.pixels.form == .native(length: Self.long, announced: Self.long))
    }

    @Test("The length of pixels follows rows, columns, samples, bits and frames")
    func lengths() {
        func length(_ edit: (inout DataSet) -> Void) -> Int? {
            var dataSet = DataSet()
            dataSet.set(.rows, 3)
            dataSet.set(.columns, 5)
            dataSet.set(.bitsAllocated, 8)
            edit(&dataSet)
            return ImagePixels(DICOMFile(dataSet: dataSet)).expectedLength
        }
        #expect(length { _ in } == 15)
        #expect(length { $0.set(.bitsAllocated, 16) } == 30)
        #expect(length { $0.set(.bitsAllocated, 1) } == 2)
        #expect(length { $0.set(.samplesPerPixel, 3) } == 45)
        #expect(length { $0.set(.numberOfFrames, 4) } == 60)
        #expect(
            length {
                $0.set(.samplesPerPixel, 3)
                $0.set(.photometricInterpretation, "YBR_FULL_422")
            } == 30)
        #expect(length { $0.remove(.rows) } == nil)
        #expect(length { $0.set(.numberOfFrames, Int.max) } == nil)
    }
}

@Suite struct PatientTraitsTests {
    private static let patient = PatientTraits(names: ["DE L'ÉTANG^HÉLÈNE MARIE", "DURAND^LÉNA"])

    @Test(
        "A name agrees in any of its writings",
        arguments: [
            "DE L'ÉTANG^HÉLÈNE", "DE L ETANG^HELENE", "de l'etang^helene^marie", "DELETANG^HELENE MARIE",
            "DE L'ETANG HELENE", "HELENE MARIE DE L'ETANG", "DURAND^LENA", "DURAND^HELENE", "DE L'ETANG^LENA",
            "DURAND", "^LENA", "DURAND^HÉLÈNE MARIE ANNE", "DE L'?TANG^H?L?NE", "DURAND^LENA^^DR=x",
        ])
    func full(_ name: String) { #expect(Self.patient.agreement(withName: name) == .full) }

    @Test(
        "A name of which one word is the same agrees in part", arguments: ["DURAND^PAUL", "MARTIN^LENA", "ETANG^ZOE"])
    func partial(_ name: String) { #expect(Self.patient.agreement(withName: name) == .partial) }

    @Test("Another name does not agree", arguments: ["MARTIN^PAUL", "DURANT^LENNA", "^", ""])
    func none(_ name: String) { #expect(Self.patient.agreement(withName: name) == .none) }
}
