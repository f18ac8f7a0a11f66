import Conformance
import SOAP
import Signatures
import XML

extension AssertionRules {
    static let signing: [Rule<AssertionSubject>] = [
        assertionRule(
            "SEC-003", capture: .warning,
            fr: "La signature enveloppée de l'assertion se vérifie : référence #ID, exc-c14n, signataire accepté",
            en: "The enveloped signature of the assertion verifies: reference #ID, exc-c14n, accepted signer",
            source: Norm.saml
        ) { assertion, subject, remarks in
            guard let report = subject.signature else { return }
            // A capture whose certificate was masked was changed after it was signed: nothing can be verified.
            if remarks.isCapture, report.has(.unreadableCertificate), !report.has(.notCovered, .several, .missing) {
                return remarks.notRun(
                    fr: "Le certificat de signature est illisible (masqué dans la capture) : rien ne peut être vérifié",
                    en: "The signature certificate is unreadable (masked in the capture): nothing can be verified")
            }
            remarks.say(report.faults.filter { $0.weight == .refusal }) { subject.place($0) }
            remarks.say(report.faults.filter { $0.weight == .remark && $0.code != .weakAlgorithm }, severity: .warning)
            {
                subject.place($0)
            }
            judgeForm(assertion, report, subject, &remarks)
        }
    ]

    /// What SAML asks of a signature besides that it verifies. Source: SAML 2.0 Core 5.4.
    private static func judgeForm(
        _ assertion: VIHFReading, _ report: SignatureReport, _ subject: AssertionSubject, _ remarks: inout Remarks
    ) {
        guard let signature = report.signature, !report.has(.several, .notCovered), !report.references.isEmpty else {
            return
        }
        let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
        let reference = report.references[0]
        let expected = "#\(assertion.values.id)"
        if report.references.count != 1 || reference.uri != expected {
            remarks.remark(
                LocalizedText(
                    fr: "La signature n'a pas une seule référence, à l'ID de l'assertion",
                    en: "The signature has not one reference, to the ID of the assertion"),
                expected: expected, actual: report.references.map(\.uri).joined(separator: ", "),
                at: subject.place(reference.node))
        }
        let transforms = [SignatureNames.enveloped, exclusive]
        let isExclusive = report.canonicalization?.hasPrefix(exclusive) == true
        if reference.transforms.map({ $0.replacing("WithComments", with: "") }) != transforms || !isExclusive {
            remarks.remark(
                LocalizedText(
                    fr: "Les transformations ne sont pas enveloped-signature puis exc-c14n",
                    en: "The transforms are not enveloped-signature, then exc-c14n"),
                expected: transforms.joined(separator: ", "),
                actual: (reference.transforms + [report.canonicalization ?? "∅"]).joined(separator: ", "),
                at: subject.place(signature))
        }
    }
}

extension Remarks {
    /// Whether a file that was captured elsewhere is judged.
    var isCapture: Bool { level == .capture }
}
