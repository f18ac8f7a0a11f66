/// An answer to a message: ACK (HL7 v2.5, 2.9.2), original mode.
public struct Acknowledgment: Sendable {
    /// MSA-1: what became of the message (HL7 table 0008).
    public enum Code: String, Sendable, CaseIterable {
        /// Accepted.
        case accept = "AA"
        /// An error in the content: mending the message helps.
        case error = "AE"
        /// Refused: sending it again may help.
        case reject = "AR"
    }

    public var code: Code
    /// MSA-2: MSH-10 of the message that is answered.
    public var controlID: String
    /// ERR-8: what is wrong, for people; nil in an `AA`.
    public var text: String?
    /// ERR-2: the segment and field that are wrong, as `PID^1^3`.
    public var location: String?

    /// An answer.
    public init(_ code: Code, to controlID: String, text: String? = nil, location: String? = nil) {
        self.code = code
        self.controlID = controlID
        self.text = text
        self.location = location
    }

    /// The answer that `message` is; nil where it has no MSA segment or an unknown MSA-1.
    public init?(_ message: HL7Message) {
        guard let segment = message.first("MSA"), let code = Code(rawValue: segment[1].text) else { return nil }
        let error = message.first("ERR")
        let spoken = [error?[8].text, error?[7].text, segment[3].text].compactMap { $0 }.first { !$0.isEmpty }
        let location = error.map { $0[2].components.joined(separator: "^") }
        self.init(
            code, to: segment[2].text, text: spoken, location: location.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// The answer to `message` as a message: sender and receiver change places.
    ///
    /// - Parameters:
    ///   - id: its own MSH-10.
    ///   - time: MSH-7, `YYYYMMDDhhmmss+zzzz`.
    public func message(answering message: HL7Message?, id: String, time: String) -> HL7Draft {
        let asked = message?.first("MSH")
        func field(_ number: Int) -> String { asked.map { String(decoding: $0[number].bytes, as: UTF8.self) } ?? "" }
        let trigger = asked.map { $0[9].component(2) } ?? ""
        var draft = HL7Draft([
            HL7Draft.Segment(
                "MSH",
                [
                    3: field(5), 4: field(6), 5: field(3), 6: field(4), 7: time,
                    9: trigger.isEmpty ? "ACK" : "ACK^\(HL7Draft.escaped(trigger))^ACK", 10: id,
                    11: field(11).isEmpty ? "P" : field(11), 12: field(12).isEmpty ? "2.5" : field(12),
                    18: "UNICODE UTF-8",
                ]),
            HL7Draft.Segment("MSA", [1: code.rawValue, 2: HL7Draft.escaped(controlID)]),
        ])
        guard code != .accept else { return draft }
        // ERR-3 has a value of HL7 table 0357: 207 is "application internal error", 102 "data type error".
        draft.segments.append(
            HL7Draft.Segment(
                "ERR",
                [
                    2: location ?? "",
                    3: code == .error ? "102^Data type error^HL70357" : "207^Application error^HL70357",
                    4: "E", 8: HL7Draft.escaped(text ?? ""),
                ]))
        return draft
    }
}
