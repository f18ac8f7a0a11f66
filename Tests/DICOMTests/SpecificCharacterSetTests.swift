import DICOM
import Testing

@Suite("Specific Character Set") struct SpecificCharacterSetTests {
    struct Case: Sendable { let terms: [String], bytes: [UInt8], text: String, undecodable: [Int] }

    @Test(
        "Bytes become the characters of the declared set; others are told by place",
        arguments: [
            Case(terms: [], bytes: [0x41, 0xE9], text: "A\u{FFFD}", undecodable: [1]),
            Case(terms: ["ISO_IR 100"], bytes: [0x53, 0xE9, 0x72], text: "Sér", undecodable: []),
            Case(terms: ["ISO_IR 100"], bytes: [0x41, 0x85], text: "A\u{FFFD}", undecodable: [1]),
            Case(terms: ["ISO_IR 101"], bytes: [0xA3, 0xF3, 0x64, 0xBC], text: "Łódź", undecodable: []),
            Case(terms: ["ISO_IR 144"], bytes: [0xBB, 0xEE], text: "Лю", undecodable: []),
            Case(terms: ["ISO_IR 126"], bytes: [0xC4, 0xE9, 0xAE], text: "Δι\u{FFFD}", undecodable: [2]),
            Case(terms: ["ISO_IR 203"], bytes: [0xA4], text: "€", undecodable: []),
            Case(terms: ["ISO_IR 192"], bytes: Array("Zoé Ω 影".utf8), text: "Zoé Ω 影", undecodable: []),
            Case(terms: ["ISO_IR 192"], bytes: [0x41, 0xE9, 0x42], text: "A\u{FFFD}B", undecodable: [1]),
            Case(terms: ["", "ISO 2022 IR 100"], bytes: [0x41, 0x1B, 0x2D, 0x41, 0xE9], text: "Aé", undecodable: []),
            Case(
                terms: ["ISO 2022 IR 6", "ISO 2022 IR 100", "ISO 2022 IR 144"],
                bytes: [0x1B, 0x2D, 0x4C, 0xBB, 0x1B, 0x2D, 0x41, 0xE9], text: "Лé", undecodable: []),
            // Without a declaration of extensions an escape is no character.
            Case(terms: ["ISO_IR 100"], bytes: [0x1B, 0x2D, 0x41], text: "\u{FFFD}-A", undecodable: [0]),
            // The set comes back at a line end.
            Case(
                terms: ["", "ISO 2022 IR 100"], bytes: [0x1B, 0x2D, 0x41, 0xE9, 0x0A, 0xE9], text: "é\n\u{FFFD}",
                undecodable: [5]),
            Case(
                terms: ["", "ISO 2022 IR 87"], bytes: [0x1B, 0x24, 0x42, 0x3B, 0x33, 0x1B, 0x28, 0x42, 0x41],
                text: "\u{FFFD}\u{FFFD}A", undecodable: [3, 4]),
            Case(terms: ["ISO_IR 100"], bytes: [0x41, 0x07], text: "A\u{7}", undecodable: [1]),
        ])
    func decoding(_ example: Case) {
        let decoded = SpecificCharacterSet(terms: example.terms).decode(example.bytes)
        #expect(decoded.text == example.text)
        #expect(decoded.undecodable == example.undecodable)
    }

    @Test("A caret brings back the first set in a person name, not in other text")
    func personName() {
        let set = SpecificCharacterSet(terms: ["", "ISO 2022 IR 100"])
        let bytes: [UInt8] = [0x1B, 0x2D, 0x41, 0xE9, 0x5E, 0xE9]
        #expect(set.decode(bytes, isPersonName: true).undecodable == [5])
        #expect(set.decode(bytes).undecodable == [])
    }

    @Test("Encoding writes what decoding reads, and names what the set does not have")
    func encoding() {
        let latin = SpecificCharacterSet.latin1.encode("Élégant — œuvre")
        #expect(latin.bytes == [0xC9, 0x6C, 0xE9] + Array("gant ? ?uvre".utf8))
        #expect(latin.lost == ["—", "œ"])
        #expect(SpecificCharacterSet.utf8.encode("œ").bytes == [0xC5, 0x93])
        #expect(SpecificCharacterSet.ascii.encode("é").lost == ["é"])
        for term in ["100", "101", "109", "110", "126", "127", "138", "144", "148", "166", "203"] {
            let set = SpecificCharacterSet(terms: ["ISO_IR \(term)"])
            let bytes = (UInt8(0xA0)...0xFF).filter { set.decode([$0]).undecodable.isEmpty }
            #expect(bytes.count > 30, "ISO_IR \(term)")
            #expect(set.encode(set.decode(bytes).text).bytes == bytes, "ISO_IR \(term)")
            #expect(set.unsupportedTerms == [])
        }
        #expect(SpecificCharacterSet(terms: ["GB18030"]).unsupportedTerms == ["GB18030"])
    }

    @Test("UTF-8 under another declaration is recognised, Latin 1 is not taken for it")
    func disguise() {
        #expect(SpecificCharacterSet.looksLikeUTF8(Array("Série".utf8)))
        #expect(!SpecificCharacterSet.looksLikeUTF8([0x53, 0xE9, 0x72]))
        #expect(!SpecificCharacterSet.looksLikeUTF8(Array("Serie".utf8)))
    }

    @Test("Faults of text name their element and its place")
    func faults() throws {
        var dataSet = DataSet(characterSet: .utf8)
        dataSet.set(.studyDescription, "Série")
        dataSet.set(.specificCharacterSet, "ISO_IR 100")
        #expect(dataSet.characterFaults().map(\.code) == [.disguisedUTF8])
        dataSet.remove(.specificCharacterSet)
        let file = try DICOMFile(reading: DICOMFile(dataSet: dataSet).serialized())
        let fault = try #require(file.dataSet.characterFaults().first)
        #expect(fault.code == .undecodable)
        #expect(fault.tagPath == "(0008,1030)")
        #expect(fault.byteOffset == file.dataSet[.studyDescription]?.byteOffset)
        #expect(Exam.manifest.file().dataSet.characterFaults() == [])
    }
}
