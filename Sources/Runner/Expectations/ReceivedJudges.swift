internal import Checks
internal import Conformance
internal import Simulators
internal import HTTP
internal import SOAP
internal import Signatures
internal import XDS

/// The rules on a stored query that the step waited for: `query: [all]`.
///
/// Passes: a query that breaks no rule. Fails: one finding for each rule that it breaks, with line and path.
struct QueryJudge: ExpectationJudge {
    private let selection: RuleSelection<QuerySubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: QueryRules.all)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let received = context.evidence.received, let message = context.evidence.answer,
            let subject = QuerySubject(message, httpMethod: received.request.method)
        else { return .noMessage(fr: "de recherche (ITI-18)", en: "query (ITI-18)") }
        return await selection.judge(subject, context)
    }
}

/// The rules on a request of documents that the step waited for: `retrieve: [all]`.
///
/// Passes: a request of documents that the registry told of. Fails: an id that is missing, or of no entry.
struct RetrieveJudge: ExpectationJudge {
    private let selection: RuleSelection<RetrieveRequestSubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: RetrieveRequestRules.all)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        let told = ReceivedBehavior(context.evidence.history).entries
        guard let received = context.evidence.received, let message = context.evidence.answer,
            let subject = RetrieveRequestSubject(
                message, entries: told.isEmpty ? nil : told, httpMethod: received.request.method)
        else { return .noMessage(fr: "de demande de documents (ITI-43)", en: "request of documents (ITI-43)") }
        return await selection.judge(subject, context)
    }
}

/// The rules on an update of metadata that the step waited for: `update: [all]`.
///
/// Passes: a withdrawal with its submission set and both statuses. Fails: each of them that is missing or another.
struct UpdateJudge: ExpectationJudge {
    private let selection: RuleSelection<UpdateSubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: UpdateRules.all)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        let told = ReceivedBehavior(context.evidence.history).entries
        guard let received = context.evidence.received, let message = context.evidence.answer,
            let subject = UpdateSubject(
                message, registered: told.isEmpty ? nil : told, httpMethod: received.request.method)
        else { return .noMessage(fr: "de mise à jour (ITI-57)", en: "update (ITI-57)") }
        return await selection.judge(subject, context)
    }
}

/// The rules on an existence check that the step waited for: `existence: [all]`.
///
/// Passes: a question with an id that was not used before, a time and the INS. Fails: each that is missing or another.
struct ExistenceJudge: ExpectationJudge {
    private let selection: RuleSelection<ExistenceSubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: ExistenceRules.all)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let received = context.evidence.received, let message = context.evidence.answer,
            let subject = ExistenceSubject(message, httpMethod: received.request.method)
        else { return .noMessage(fr: "de test d'existence (TD0.2)", en: "existence check (TD0.2)") }
        return await selection.judge(subject, context)
    }
}

/// The rules on the assertion of a message that the step waited for: `vihf: [all]`.
///
/// Passes: one signed assertion with the attributes of the VIHF, about the patient of the message. Fails: each departure.
struct AssertionJudge: ExpectationJudge {
    private let selection: RuleSelection<AssertionSubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: AssertionRules.all)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let received = context.evidence.received, let message = context.evidence.answer,
            let subject = AssertionSubject(
                message, verifier: SignatureVerifier(at: received.answered), receivedAt: received.answered,
                peer: received.request.peer)
        else { return .noMessage(fr: "de message SOAP", en: "SOAP message") }
        return await selection.judge(subject, context)
    }
}

/// The rules on the sequence of messages since the scenario began: `behavior: [QRY-012, PNR-060]`.
///
/// Only rules whose trace is on the wire can be named. A person is asked to open all that the system shows, so what is
/// retrieved is what is shown.
/// Passes: the sequence breaks no rule. Fails: a finding for each exchange that does.
struct BehaviorJudge: ExpectationJudge {
    /// The rules that messages alone can tell.
    static let seenOnWire: Set<String> = [
        "PNR-060", "PNR-061", "QRY-012", "QRY-013", "QRY-014", "QRY-015", "QRY-019", "QRY-020", "QRY-021", "AUT-002",
    ]

    private let selection: RuleSelection<ClientBehavior>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(
            expectation, from: ClientBehaviorRules.all.filter { Self.seenOnWire.contains($0.descriptor.id) })
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        let history = context.evidence.history
        guard !history.isEmpty else { return .noMessage(fr: "d'échange", en: "exchange") }
        let subject = await WorkerPool.shared.run { ReceivedBehavior(history).subject }
        return await selection.judge(subject, context)
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

extension Judgement {
    /// The step did not get the message that is to be judged.
    fileprivate static func noMessage(fr french: String, en english: String) -> Judgement {
        .withheld(.inconclusive, fr: "L'étape n'a pas reçu \(french)", en: "The step received no \(english)")
    }
}
