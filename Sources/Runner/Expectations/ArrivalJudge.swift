internal import Conformance
internal import Simulators

/// Whether the message came: `arrival: required`, `arrival: none`.
///
/// Passes: a message of the transaction came within the time of the step; `none`: no message came. Fails: the contrary.
struct ArrivalJudge: ExpectationJudge {
    private let isRequired: Bool

    init(_ expectation: Expectation) throws(LoadError) {
        let text = try Argument(expectation.argument).text()
        guard ["required", "none"].contains(text) else {
            throw LoadError(
                expectation.argument.location, "'\(text)' is no arrival", advice: "known here: required, none",
                length: text.utf8.count)
        }
        isRequired = text == "required"
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        let message = context.evidence.received
        switch (message, isRequired) {
        case (nil, false), (_?, true): return .pass
        case (nil, true):
            return context.failure(
                LocalizedText(fr: "Le message attendu n'est pas venu", en: "The expected message did not come"),
                expected: context.evidence.awaited, actual: "∅")
        case (let message?, false):
            return context.failure(
                LocalizedText(
                    fr: "Un message est venu, qui ne devait pas être envoyé",
                    en: "A message came that must not be sent"),
                expected: "∅", actual: "\(message.transaction ?? "?") \(message.messageID ?? "")",
                at: context.place())
        }
    }
}
