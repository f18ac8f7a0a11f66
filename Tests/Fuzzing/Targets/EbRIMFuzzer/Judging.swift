internal import FuzzSupport
internal import Checks
internal import Conformance
internal import Foundation
internal import SOAP
internal import Signatures
internal import XDS

/// Every rule that has something to say of the message, at both levels.
func judge(_ message: SOAPMessage) {
    let summary = MessageSummary(message)
    _ = summary.entries.map(\.isConfirmed)
    let layers = Set(MessageRules.Layer.allCases)
    for level in JudgementLevel.allCases {
        let findings = MessageRules.findings(message, layers: layers, level: level, requirement: nil)
        require(findings.count <= 20 * (MessageRules.weights.count + 1), "findings without number")
        apply(SubmissionRules.complete, SubmissionSubject(message), level)
        apply(QueryRules.all, QuerySubject(message), level)
        apply(RetrieveRequestRules.all, RetrieveRequestSubject(message), level)
        apply(AnswerRules.all, AnswerSubject(message), level)
        apply(UpdateRules.all, UpdateSubject(message), level)
        apply(ExistenceRules.all, ExistenceSubject(message), level)
        apply(AssertionRules.all, AssertionSubject(message, verifier: verifier), level)
    }
    guard let request = ProvideAndRegisterRequest(reading: message) else { return }
    for seal in SubmissionSealSubject.all(in: request, at: nil) { apply(SubmissionSealRules.all, seal, .run) }
}

private let verifier = SignatureVerifier(at: Date(timeIntervalSince1970: 1_800_000_000))

private func apply<Subject>(_ rules: [Rule<Subject>], _ subject: Subject?, _ level: JudgementLevel) {
    guard let subject else { return }
    for rule in rules {
        let outcome = rule.judge(subject, level: level)
        // Told one by one up to a limit, then one more for each severity.
        require(outcome.findings.count <= 60, "\(outcome.id) has \(outcome.findings.count) findings")
    }
}
