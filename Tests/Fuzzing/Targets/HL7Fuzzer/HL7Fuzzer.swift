internal import Checks
internal import Conformance
internal import FuzzSupport
internal import HL7v2

/// A stream of MLLP frames, or one message: the frames must not depend on the pieces, and every field lies in its message.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    let whole = events(input, pieces: [max(1, count)])
    require(
        whole == events(input, pieces: input.prefix(16).map { Int($0 & 0x1F) + 1 }), "the frames depend on the pieces")
    judge(input)
    for case .message(let message) in whole { judge(message) }
    return 0
}

private func events(_ input: [UInt8], pieces: [Int]) -> [MLLPReader.Event] {
    var reader = MLLPReader(limit: 256)
    var events: [MLLPReader.Event] = []
    var rest = input[...]
    var turn = 0
    while !rest.isEmpty {
        let size = pieces.isEmpty ? 1 : pieces[turn % pieces.count]
        events += reader.feed(rest.prefix(size))
        rest = rest.dropFirst(size)
        turn += 1
    }
    return events + reader.finish()
}

private func judge(_ bytes: [UInt8]) {
    guard let message = try? HL7Message(reading: bytes) else { return }
    for segment in message.segments {
        for number in 0...segment.count + 1 {
            let field = segment[number]
            require(field.byteOffset + field.bytes.count <= message.bytes.count, "a field is outside of its message")
            let repetitions = field.repetitions
            for repetition in repetitions { _ = repetition.component(1) + repetition.subcomponent(4, 2) }
            require(
                repetitions.map(\.bytes.count).reduce(0, +) + max(0, repetitions.count - 1) == field.bytes.count,
                "repetitions do not add up")
        }
    }
    for fault in message.faults {
        require((0...message.bytes.count).contains(fault.byteOffset), "a fault is outside of the message")
    }
    let escaped = HL7Draft.escaped(message.controlID)
    let answer = Acknowledgment(.error, to: message.controlID, text: escaped)
    let encoded = answer.message(answering: message, id: "1", time: "").encoded()
    if message.separators == HL7Separators(), message.characterSet == .utf8,
        !message.controlID.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 0xFFFD })
    {
        let read = (try? HL7Message(reading: encoded)).flatMap { Acknowledgment($0) }
        require(read?.controlID == message.controlID, "an acknowledgment is of another message")
    }
    let subject = IntakeSubject(message)
    for rule in IntakeRules.all { _ = rule.judge(subject, level: .run) }
    for rule in AcknowledgmentRules.all {
        _ = rule.judge(AcknowledgmentSubject(controlID: "1", answer: message), level: .run)
    }
}
