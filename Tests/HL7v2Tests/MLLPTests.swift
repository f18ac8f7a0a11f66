import Testing

@testable import HL7v2

@Suite struct MLLPTests {
    private static let first = Array("MSH|1".utf8)
    private static let second = Array("MSH|2".utf8)

    private func events(_ bytes: [UInt8], piece: Int, limit: Int = 100) -> [String] {
        var reader = MLLPReader(limit: limit)
        var events: [MLLPReader.Event] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            events += reader.feed(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        events += reader.finish()
        return events.map { event in
            switch event {
            case .message(let bytes): String(decoding: bytes, as: UTF8.self)
            case .fault(let fault): "\(fault.code.rawValue)@\(fault.byteOffset)"
            }
        }
    }

    struct Case: Sendable {
        let bytes: [UInt8]
        let events: [String]
    }

    @Test(
        "Frames are taken out of a stream, whatever its pieces",
        arguments: [
            Case(bytes: MLLP.framed(first) + MLLP.framed(second), events: ["MSH|1", "MSH|2"]),
            Case(bytes: MLLP.framed(first) + [0x0D, 0x0A] + MLLP.framed(second), events: ["MSH|1", "MSH|2"]),
            Case(bytes: Array("xx".utf8) + MLLP.framed(first), events: ["frame-start@0", "MSH|1"]),
            Case(
                bytes: [0x0B] + first + [0x1C] + MLLP.framed(second), events: ["MSH|1", "frame-end@7", "MSH|2"]),
            Case(bytes: [0x0B] + first + [0x1C], events: ["MSH|1", "frame-end@7"]),
            Case(bytes: [0x0B] + first, events: ["frame-end@6"]),
            Case(bytes: first, events: ["frame-start@0"]),
            Case(bytes: [], events: []),
            Case(
                bytes: [0x0B] + Array(repeating: 0x41, count: 200) + [0x1C, 0x0D] + MLLP.framed(second),
                events: ["too-large@101", "MSH|2"]),
        ], [1, 3, 1000])
    func stream(example: Case, piece: Int) {
        #expect(events(example.bytes, piece: piece) == example.events)
    }

    @Test("Places of a cut frame count from the MSH after blanks")
    func cutAfterBlanks() throws {
        let text = Array("MSH|^~\\&|a\r".utf8)
        let message = try HL7Message(reading: [0x0B, 0x0D] + text + [0x1C])
        #expect(message.faults.map(\.code) == [.leadingBlanks, .frameEnd])
        #expect(message.faults.map(\.byteOffset) == [0, text.count])
    }

    @Test("A captured frame is read, and what it lacks is told")
    func captured() throws {
        let text = Array("MSH|^~\\&|a\r".utf8)
        #expect(try HL7Message(reading: MLLP.framed(text)).faults == [])
        #expect(try HL7Message(reading: MLLP.framed(text)).bytes == text)
        #expect(try HL7Message(reading: [0x0B] + text).faults.map(\.code) == [.frameEnd])
        #expect(try HL7Message(reading: [0x0B] + text + [0x1C]).faults.map(\.code) == [.frameEnd])
        for cut in [[0x0B] + text, [0x0B] + text + [0x1C]] {
            #expect(try HL7Message(reading: cut).faults.map(\.byteOffset) == [text.count])
        }
    }
}
