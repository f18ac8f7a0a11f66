public import Conformance
internal import HL7v2

/// The rule on the answer of a DRIMbox source to its information system: HL7-006.
///
/// Passes: `MSA|AA|42` to a message whose MSH-10 is 42. Fails: no answer, one without MSA, another MSA-1 than AA, AE or AR,
/// another MSA-2.
public enum AcknowledgmentRules {
    /// Every rule.
    public static let all: [Rule<AcknowledgmentSubject>] = [
        Rule(
            RuleDescriptor(
                "HL7-006", layer: "hl7", .violation,
                fr: "La réponse est un ACK dont MSA-1 est AA, AE ou AR et MSA-2 le MSH-10 du message",
                en: "The answer is an ACK whose MSA-1 is AA, AE or AR and MSA-2 the MSH-10 of the message",
                source: "HL7 v2.5, 2.9.2 et 2.14.8"), judge)
    ]

    private static func judge(_ subject: AcknowledgmentSubject, _ remarks: inout Remarks) {
        guard let answer = subject.answer else {
            return remarks.remark(
                LocalizedText(fr: "Aucune réponse n'est venue", en: "No answer came"), expected: "ACK", actual: "∅",
                at: EvidencePlace(object: "MSA"))
        }
        guard let segment = answer.first("MSA") else {
            return remarks.remark(
                LocalizedText(fr: "La réponse n'a pas de segment MSA", en: "The answer has no MSA segment"),
                expected: "MSA|AA|\(subject.controlID ?? "MSH-10")",
                actual: answer.segments.map(\.name).joined(separator: ", "), at: EvidencePlace(object: "MSA", byte: 0))
        }
        let codes = Acknowledgment.Code.allCases.map(\.rawValue)
        if !codes.contains(segment[1].text) {
            remarks.remark(
                LocalizedText(fr: "MSA-1 n'est pas AA, AE ou AR", en: "MSA-1 is not AA, AE or AR"),
                expected: codes.joined(separator: " | "), actual: segment[1].isEmpty ? "∅" : segment[1].text,
                at: EvidencePlace(object: "MSA-1", byte: segment[1].byteOffset))
        }
        let own = segment[2].text
        if own.isEmpty || (subject.controlID.map { $0 != own } ?? false) {
            remarks.remark(
                LocalizedText(
                    fr: "MSA-2 n'est pas le MSH-10 du message auquel il est répondu",
                    en: "MSA-2 is not the MSH-10 of the message that is answered"),
                expected: subject.controlID ?? "MSH-10", actual: own.isEmpty ? "∅" : own,
                at: EvidencePlace(object: "MSA-2", byte: segment[2].byteOffset))
        }
    }
}
