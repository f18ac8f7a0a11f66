internal import Conformance

extension CheckRecord {
    /// The check points of `step`, one for each expectation, each born `notRun`.
    ///
    /// The id is the kind of the expectation, numbered where a kind comes twice: `soap`, `soap-2`.
    static func born(of step: Step) -> [CheckRecord] {
        var counts: [String: Int] = [:]
        return step.expectations.map { expectation in
            let number = counts[expectation.kind, default: 0] + 1
            counts[expectation.kind] = number
            let kind = ExpectationKind.named(expectation.kind)
            return CheckRecord(
                id: number == 1 ? expectation.kind : "\(expectation.kind)-\(number)",
                layer: kind?.layer ?? expectation.kind,
                title: expectation.title ?? kind?.title
                    ?? LocalizedText(fr: expectation.kind, en: expectation.kind),
                location: expectation.location, requirements: expectation.requirements)
        }
    }

    /// Takes over what a judge says.
    ///
    /// A requirement that the scenario names and no rule judged has the verdict of the whole check.
    mutating func apply(_ judgement: Judgement) {
        verdict = judgement.verdict
        reason = judgement.reason ?? judgement.verdict.unexplained
        evidence = judgement.evidence
        isRequired = judgement.isRequired
        findings = judgement.findings.map { finding in
            var finding = finding
            finding.source = finding.source ?? location
            return finding
        }
        outcomes = judgement.outcomes
        let judged = Set(outcomes.map(\.requirement))
        for requirement in requirements where !judged.contains(requirement) {
            outcomes.append(OutcomeRecord(requirement: requirement, verdict: judgement.verdict))
        }
    }
}

extension Step {
    /// What the record calls the action.
    var kind: String {
        switch action {
        case .send: "send"
        case .receive: "await"
        case .check: "check"
        }
    }

    /// The author's title, else the transaction or subject.
    var shownTitle: LocalizedText {
        if let title { return title }
        switch action {
        case .send(let name), .receive(let name), .check(let name): return LocalizedText(fr: name, en: name)
        }
    }
}

extension Verdict {
    /// What is said where a judge withholds its verdict and gives no reason; nil for a verdict that needs none.
    var unexplained: LocalizedText? {
        switch self {
        case .pass, .fail: nil
        case .notApplicable, .skipped, .notRun, .inconclusive, .error:
            LocalizedText(
                fr: "Aucune règle n'avait d'objet à examiner", en: "No rule had an object to look at")
        }
    }
}
