internal import Checks
internal import Conformance
internal import Simulators
internal import HTTP
internal import SOAP
internal import Signatures
internal import XDS

/// A table of rules, and how its subject is found in what a step received.
protocol ReceivedSubject: Sendable {
    associatedtype Subject: Sendable
    /// The rules that an expectation may name.
    static var table: [Rule<Subject>] { get }
    /// What the step did not receive where there is no subject.
    static var missing: (fr: String, en: String) { get }
    /// The subject; nil where the step received none.
    static func find(in context: JudgementContext) async -> Subject?
}

/// The rules on a message that the step waited for: `query: [all]`, `retrieve: [RET-002]`.
///
/// Passes: a message that breaks no rule. Fails: one finding for each rule that it breaks, with line and path.
struct ReceivedJudge<Received: ReceivedSubject>: ExpectationJudge {
    private let selection: RuleSelection<Received.Subject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: Received.table)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let subject = await Received.find(in: context) else {
            return .withheld(
                .inconclusive, fr: "L'étape n'a pas reçu \(Received.missing.fr)",
                en: "The step received no \(Received.missing.en)")
        }
        return await selection.judge(subject, context)
    }
}

/// A stored query.
enum ReceivedQuery: ReceivedSubject {
    static let table = QueryRules.all
    static let missing = (fr: "de recherche (ITI-18)", en: "query (ITI-18)")

    static func find(in context: JudgementContext) async -> QuerySubject? {
        context.message.flatMap { QuerySubject($0.message, httpMethod: $0.received.request.method) }
    }
}

/// A request of documents, against the entries that the registry told of.
enum ReceivedRetrieval: ReceivedSubject {
    static let table = RetrieveRequestRules.all
    static let missing = (fr: "de demande de documents (ITI-43)", en: "request of documents (ITI-43)")

    static func find(in context: JudgementContext) async -> RetrieveRequestSubject? {
        context.message.flatMap {
            RetrieveRequestSubject(
                $0.message, entries: context.entriesTold, httpMethod: $0.received.request.method)
        }
    }
}

/// An update of metadata: a withdrawal.
enum ReceivedUpdate: ReceivedSubject {
    static let table = UpdateRules.all
    static let missing = (fr: "de mise à jour (ITI-57)", en: "update (ITI-57)")

    static func find(in context: JudgementContext) async -> UpdateSubject? {
        context.message.flatMap {
            UpdateSubject($0.message, registered: context.entriesTold, httpMethod: $0.received.request.method)
        }
    }
}

/// An existence check.
enum ReceivedExistence: ReceivedSubject {
    static let table = ExistenceRules.all
    static let missing = (fr: "de test d'existence (TD0.2)", en: "existence check (TD0.2)")

    static func find(in context: JudgementContext) async -> ExistenceSubject? {
        context.message.flatMap { ExistenceSubject($0.message, httpMethod: $0.received.request.method) }
    }
}

/// The assertion of a message, at the instant when it came.
enum ReceivedAssertion: ReceivedSubject {
    static let table = AssertionRules.all
    static let missing = (fr: "de message SOAP", en: "SOAP message")

    static func find(in context: JudgementContext) async -> AssertionSubject? {
        context.message.flatMap {
            AssertionSubject(
                $0.message, verifier: SignatureVerifier(at: $0.received.answered), receivedAt: $0.received.answered,
                peer: $0.received.request.peer)
        }
    }
}

/// The sequence of messages since the scenario began: `behavior: [QRY-012, PNR-060]`.
///
/// Only rules whose trace is on the wire can be named. A person is asked to open all that the system shows, so what is
/// retrieved is what is shown.
enum ReceivedSequence: ReceivedSubject {
    /// The rules that messages alone can tell.
    private static let seenOnWire: Set<String> = [
        "PNR-060", "PNR-061", "QRY-012", "QRY-013", "QRY-014", "QRY-015", "QRY-019", "QRY-020", "QRY-021", "AUT-002",
    ]
    static let table = ClientBehaviorRules.all.filter { seenOnWire.contains($0.descriptor.id) }
    static let missing = (fr: "d'échange", en: "exchange")

    static func find(in context: JudgementContext) async -> ClientBehavior? {
        let history = context.evidence.history
        guard !history.isEmpty else { return nil }
        return await WorkerPool.shared.run { ReceivedBehavior(history).subject }
    }
}

extension JudgementContext {
    /// The message that the step waited for, with how it came.
    fileprivate var message: (received: ReceivedMessage, message: SOAPMessage)? {
        guard let received = evidence.received, let message = evidence.answer else { return nil }
        return (received, message)
    }

    /// The entries that the registry told the system before; nil where it told none.
    fileprivate var entriesTold: [DocumentEntry]? {
        let told = ReceivedBehavior(evidence.history).entries
        return told.isEmpty ? nil : told
    }
}

extension RuleSelection {
    /// What the rules say of a received message.
    fileprivate func judge(_ subject: Subject, _ context: JudgementContext) async -> Judgement {
        var judgement = await judge(subject, object: context.evidence.body.name, reference: nil)
        for index in judgement.findings.indices where judgement.findings[index].place?.sha256 == nil {
            judgement.findings[index].place?.sha256 = context.evidence.body.sha256
        }
        return judgement
    }
}
