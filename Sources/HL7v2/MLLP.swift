/// The frame of messages on a connection: MLLP release 1 (HL7 v2.5, appendix C).
public enum MLLP {
    /// VT, which begins a frame.
    public static let start: UInt8 = 0x0B
    /// FS, which ends a frame with the CR that follows it.
    public static let end: UInt8 = 0x1C
    static let carriageReturn: UInt8 = 0x0D

    /// `message` in its frame.
    public static func framed(_ message: [UInt8]) -> [UInt8] { [start] + message + [end, carriageReturn] }

    /// The message of a captured frame; bytes without a frame are the message.
    static func unframed(_ bytes: [UInt8], _ faults: inout [HL7Fault]) -> [UInt8] {
        guard bytes.first == start else { return bytes }
        guard let last = bytes.lastIndex(of: end) else {
            faults.append(missingEnd(at: bytes.count - 1))
            return Array(bytes.dropFirst())
        }
        // Places are those of the message without its frame.
        if bytes[(last + 1)...].first != carriageReturn { faults.append(missingEnd(at: last - 1)) }
        return Array(bytes[1..<last])
    }

    static func missingEnd(at offset: Int) -> HL7Fault {
        HL7Fault(
            .frameEnd, fr: "La trame MLLP ne finit pas par FS (1C) et CR (0D)",
            en: "The MLLP frame does not end by FS (1C) and CR (0D)", at: offset)
    }
}

/// Takes frames out of a stream of bytes that comes in pieces.
public struct MLLPReader: Sendable {
    /// What stood in the stream.
    public enum Event: Sendable, Hashable {
        /// A whole message, without its frame.
        case message([UInt8])
        /// What was wrong; reading goes on.
        case fault(HL7Fault)
    }

    /// The largest message that is taken, in bytes.
    public let limit: Int

    private enum State {
        case between, message, afterEnd, skipping
    }

    private var state = State.between
    private var message: [UInt8] = []
    private var offset = 0
    private var isStrayTold = false

    /// - Parameter limit: the largest message, in bytes; what is larger is told, and passed over to its end.
    public init(limit: Int = 64 << 20) { self.limit = limit }

    /// Takes the next bytes of the stream.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            take(byte, &events)
            offset += 1
        }
        return events
    }

    /// Tells that the stream has ended.
    public mutating func finish() -> [Event] {
        defer {
            state = .between
            message = []
        }
        switch state {
        case .between, .skipping: return []
        case .message, .afterEnd: return [.fault(MLLP.missingEnd(at: offset))]
        }
    }

    private mutating func take(_ byte: UInt8, _ events: inout [Event]) {
        switch state {
        case .between: begin(byte, &events)
        case .message:
            if byte == MLLP.end {
                // Who leaves the CR out may wait for the answer: the message is whole.
                events.append(.message(message))
                message = []
                state = .afterEnd
            } else if message.count < limit {
                message.append(byte)
            } else {
                events.append(
                    .fault(
                        HL7Fault(
                            .tooLarge, fr: "Le message dépasse \(limit) octets : il n'est pas lu",
                            en: "The message has more than \(limit) bytes: it is not read", at: offset)))
                message = []
                state = .skipping
            }
        case .afterEnd:
            state = .between
            guard byte != MLLP.carriageReturn else { return }
            events.append(.fault(MLLP.missingEnd(at: offset)))
            begin(byte, &events)
        case .skipping: if byte == MLLP.end { state = .between }
        }
    }

    private mutating func begin(_ byte: UInt8, _ events: inout [Event]) {
        if byte == MLLP.start {
            state = .message
            isStrayTold = false
        } else if byte != MLLP.carriageReturn, byte != 0x0A, !isStrayTold {
            isStrayTold = true
            events.append(
                .fault(
                    HL7Fault(
                        .frameStart, fr: "Des octets précèdent le VT (0B) qui commence une trame MLLP : ignorés",
                        en: "Bytes precede the VT (0B) that begins an MLLP frame: ignored", at: offset)))
        }
    }
}
