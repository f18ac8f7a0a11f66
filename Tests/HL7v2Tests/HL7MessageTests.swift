import Testing

@testable import HL7v2

@Suite struct HL7MessageTests {
    private static let header =
        "MSH|^~\\&|RIS|CHU|DRIMBOX|CHU|20261124093000+0100||ORU^R01^ORU_R01|42|P|2.5|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2"

    private func message(_ lines: String...) throws -> HL7Message {
        try HL7Message(reading: Array(([Self.header] + lines).map { $0 + "\r" }.joined().utf8))
    }

    @Test("A message is read into segments, fields, repetitions, components and subcomponents")
    func parts() throws {
        let message = try message("PID|||1^^^A&1.2.3&ISO^INS~2^^^B^PI", "OBX|1", "OBX|2|ED")
        #expect(message.type == "ORU^R01^ORU_R01")
        #expect(message.controlID == "42")
        #expect(message.version == "2.5")
        #expect(message.first("MSH")?[1].text == "|")
        #expect(message.first("MSH")?[2].text == "^~\\&")
        #expect(message.first("MSH")?[2].components == ["^~\\&"])
        let identifiers = try #require(message.first("PID")?[3].repetitions)
        #expect(identifiers.map { $0.component(1) } == ["1", "2"])
        #expect(identifiers[0].subcomponent(4, 2) == "1.2.3")
        #expect(identifiers[1].component(5) == "PI")
        #expect(message.all("OBX").map(\.occurrence) == [1, 2])
        #expect(message.all("OBX")[1].place(5) == "OBX[2]-5")
        #expect(message.first("PID")?[40].text == "")
        #expect(message.faults == [])
    }

    @Test("The place of a field is its byte in the message")
    func places() throws {
        let message = try message("PID|||1~é^x")
        let field = try #require(message.first("PID")?[3])
        #expect(message.bytes[field.byteOffset] == UInt8(ascii: "1"))
        #expect(message.bytes[field.repetitions[1].byteOffset...].starts(with: "é".utf8))
        #expect(field.repetitions[1].component(2) == "x")
    }

    @Test(
        "Escape sequences are resolved; those that are not known stay",
        arguments: [
            (#"a\F\b"#, "a|b"), (#"\S\\T\\R\\E\"#, "^&~\\"), (#"a\.br\b"#, "a\nb"), (#"\X41C3A9\"#, "Aé"),
            (#"a\Zxy\b"#, #"a\Zxy\b"#), (#"a\"#, #"a\"#), (#"\X4\"#, #"\X4\"#), (#"\\"#, #"\\"#),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(try message("NTE|1||\(text)").first("NTE")?[3].text == expected)
        #expect(
            HL7Draft.escaped(try message("NTE|1||\(HL7Draft.escaped(expected))").first("NTE")?[3].text ?? "")
                == HL7Draft.escaped(expected))
    }

    struct Encoding: Sendable {
        let declared: String
        let bytes: [UInt8]
        let text: String
        let faults: [HL7Fault.Code]
    }

    @Test(
        "Text is decoded by MSH-18; what contradicts it is told",
        arguments: [
            Encoding(declared: "UNICODE UTF-8", bytes: [0xC3, 0xA9], text: "é", faults: []),
            Encoding(declared: "8859/1", bytes: [0xE9], text: "é", faults: []),
            Encoding(declared: "8859/15", bytes: [0xA4], text: "€", faults: []),
            Encoding(declared: "ASCII", bytes: [0x65], text: "e", faults: []),
            Encoding(declared: "ASCII", bytes: [0xE9], text: "é", faults: [.character]),
            Encoding(declared: "UNICODE UTF-8", bytes: [0xE9], text: "é", faults: [.character]),
            Encoding(declared: "KLINGON", bytes: [0xC3, 0xA9], text: "é", faults: [.characterSet]),
            Encoding(declared: "", bytes: [0xE9], text: "é", faults: [.characterSet]),
            Encoding(declared: "", bytes: [0x65], text: "e", faults: []),
        ])
    func encodings(encoding: Encoding) throws {
        let head = "MSH|^~\\&|||||||ACK|1|P|2.5||||||\(encoding.declared)\rNTE|1||"
        let message = try HL7Message(reading: Array(head.utf8) + encoding.bytes + [0x0D])
        #expect(message.first("NTE")?[3].text == encoding.text)
        #expect(message.faults.map(\.code) == encoding.faults)
    }

    @Test("LF and CRLF are read as the end of a segment, and told once")
    func lineEnds() throws {
        for end in ["\n", "\r\n"] {
            let message = try HL7Message(reading: Array("MSH|^~\\&|||||||ACK|1\(end)MSA|AA|1\(end)ERR|x\(end)".utf8))
            #expect(message.segments.map(\.name) == ["MSH", "MSA", "ERR"])
            #expect(message.faults.map(\.code) == [.segmentEnd])
        }
    }

    @Test("Blank lines and a mark before the message are told", arguments: ["\n\n", "\r\n", " ", "\u{FEFF}"])
    func leading(blanks: String) throws {
        let message = try HL7Message(reading: Array("\(blanks)MSH|^~\\&|||||||ACK|1\r".utf8))
        #expect(message.controlID == "1")
        #expect(message.faults.map(\.code) == [.leadingBlanks])
    }

    @Test("A line that is no segment is told and passed over")
    func noSegment() throws {
        let message = try message("pid|1", "PI", "PIDX|1", "PID|1")
        #expect(message.segments.map(\.name) == ["MSH", "PID"])
        #expect(message.faults.map(\.code) == [.segmentName, .segmentName, .segmentName])
    }

    @Test(
        "What does not begin as a message is refused",
        arguments: [
            "", "MSH", "MSH|", "MSH|^~\\", "MSH|^^^^|x", "MSHAB~\\&A", "PID|1", "MSH|^~\\&#!|x",
            "MSH\r^~\\&|x", "FHS|^~\\&|",
        ])
    func refused(text: String) {
        #expect(throws: HL7Error.self) { try HL7Message(reading: Array(text.utf8)) }
    }

    @Test("Other separators are heeded")
    func separators() throws {
        let message = try HL7Message(reading: Array("MSH$%*?!$a$b%c!d*e\r".utf8))
        #expect(message.first("MSH")?[4].repetitions.map { $0.component(1) } == ["b", "e"])
        #expect(message.first("MSH")?[4].subcomponent(2, 2) == "d")
    }

    @Test("More segments than are read are told")
    func manySegments() throws {
        let message = try HL7Message(
            reading: Array(("MSH|^~\\&|\r" + String(repeating: "NTE|1\r", count: 20_000)).utf8))
        #expect(message.segments.count == 10_000)
        #expect(message.faults.map(\.code) == [.tooMany])
    }

    @Test("Random bytes after the header are read without an end")
    func random() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let count = Int.random(in: 0...400, using: &generator)
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let message = try HL7Message(reading: Array("MSH|^~\\&|a|b".utf8) + noise)
            for segment in message.segments {
                for number in 1...max(1, segment.count) {
                    let field = segment[number]
                    _ = field.text
                    #expect(field.repetitions.count <= field.bytes.count + 1)
                    _ = field.components
                    _ = field.subcomponent(1, 2)
                }
            }
            _ = ReportTransmission(message)
        }
    }
}
