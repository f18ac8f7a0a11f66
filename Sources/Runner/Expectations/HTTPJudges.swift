internal import Conformance
internal import HTTP

/// Compares the HTTP status with the expected ones.
///
/// Passes: `status: 200` and the answer `HTTP/1.1 200 OK`.
/// Fails: any other status; the finding holds both numbers.
struct StatusJudge: ExpectationJudge {
    private let expected: [Int]

    init(_ expectation: Expectation) throws(LoadError) {
        expected = try Argument(expectation.argument).integers()
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let response = context.evidence.exchange?.response else { return .noAnswer(context) }
        guard !expected.contains(response.status) else { return .pass }
        return context.failure(
            LocalizedText(
                fr: "Le code HTTP de la réponse n'est pas celui attendu", en: "The HTTP status is not the expected one"),
            expected: expected.map(String.init).joined(separator: " | "),
            actual: "\(response.status) \(response.reason)",
            at: context.headPlace(header: ":status", line: 1))
    }
}

/// Looks at one header of the answer: `header: {name: Content-Type, is: …}` or `contains`.
///
/// Passes: `{name: Content-Type, contains: multipart/related}` and such a header.
/// Fails: the header is absent or says something else.
struct HeaderJudge: ExpectationJudge {
    private let name: String
    private let exact: String?
    private let part: String?

    init(_ expectation: Expectation) throws(LoadError) {
        let fields = try Argument(expectation.argument).map(keys: ["name", "is", "contains"])
        guard let name = fields["name"] else {
            throw LoadError(expectation.argument.location, "'header' lacks 'name'")
        }
        self.name = try name.text()
        exact = try fields["is"]?.text()
        part = try fields["contains"]?.text()
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let response = context.evidence.exchange?.response else { return .noAnswer(context) }
        let values = response.headers.all(name)
        let holds = values.contains { value in
            (exact.map { $0 == value } ?? true) && (part.map { value.contains($0) } ?? true)
        }
        guard !holds else { return .pass }
        return context.failure(
            LocalizedText(
                fr: "L'en-tête \(name) de la réponse n'est pas celui attendu",
                en: "The header \(name) of the answer is not the expected one"),
            expected: exact ?? part.map { "… \($0) …" } ?? name,
            actual: values.isEmpty ? "∅" : values.joined(separator: ", "),
            at: context.headPlace(header: name))
    }
}

extension Judgement {
    /// The exchange ended before this could be seen.
    static func noAnswer(_ context: JudgementContext) -> Judgement {
        if let awaited = context.evidence.awaited {
            return .withheld(
                .inconclusive, fr: "Aucun message \(awaited) n'est venu du système",
                en: "No \(awaited) came from the system")
        }
        guard let failure = context.evidence.failure else {
            return .withheld(
                .inconclusive, fr: "L'étape n'envoie rien : il n'y a pas de réponse à examiner",
                en: "The step sends nothing: there is no answer to look at")
        }
        // The check point of the transport says why; the same reason, so that reports tell it once.
        return .withheld(.inconclusive, fr: failure.told.fr, en: failure.told.en)
    }
}
