internal import Conformance

/// What an expectation says of a step.
struct Judgement: Sendable {
    var verdict: Verdict
    var findings: [Finding] = []
    /// Why it is neither pass nor fail.
    var reason: LocalizedText?
    /// The rules that were applied, each with its own verdict.
    var outcomes: [OutcomeRecord] = []
    /// What was looked at.
    var evidence: [EvidenceReference] = []
    /// Whether its `notRun` weighs on the step.
    var isRequired = true

    /// It holds.
    static let pass = Judgement(verdict: .pass)

    /// It is broken, by these findings.
    static func fail(_ findings: [Finding]) -> Judgement { Judgement(verdict: .fail, findings: findings) }

    /// It could not be seen, or not be judged.
    static func withheld(_ verdict: Verdict, fr: String, en: String) -> Judgement {
        Judgement(verdict: verdict, reason: LocalizedText(fr: fr, en: en))
    }

    /// The sum of rule outcomes: fails when one fails, passes when one passes, else did not run.
    init(rules outcomes: [RuleOutcome]) {
        verdict =
            outcomes.contains { $0.verdict == .fail }
            ? .fail : outcomes.contains { $0.verdict == .pass } ? .pass : .notRun
        findings = outcomes.flatMap(\.findings)
        self.outcomes = outcomes.map { OutcomeRecord(requirement: $0.id, verdict: $0.verdict) }
        let withheld = outcomes.compactMap { outcome in outcome.reason.map { (outcome.id, $0) } }
        if verdict == .notRun, let first = withheld.first { reason = first.1 }
    }

    init(
        verdict: Verdict, findings: [Finding] = [], reason: LocalizedText? = nil, outcomes: [OutcomeRecord] = [],
        evidence: [EvidenceReference] = []
    ) {
        self.verdict = verdict
        self.findings = findings
        self.reason = reason
        self.outcomes = outcomes
        self.evidence = evidence
    }
}
