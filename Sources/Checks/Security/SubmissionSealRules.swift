public import Conformance
import Signatures

/// The rules of a submission's signature that need its key: what it covers is `SubmissionRules`' (PNR-053, PNR-054).
///
/// They look at a `SubmissionSealSubject`. Passes: a signature that its certificate's key made over manifest and signed
/// properties. Fails: another value, another certificate than the signed one, a certificate out of force or trust.
public enum SubmissionSealRules {
    /// Every rule.
    public static let all: [Rule<SubmissionSealSubject>] = [
        rule(
            "xades.signature", capture: .warning, fr: "La signature du lot de soumission se vérifie",
            en: "The signature of the submission set verifies"
        ) { subject, remarks in
            let own = subject.report.faults.filter { $0.weight == .refusal && !isAboutCertificate($0.code) }
            if remarks.isCapture, subject.report.has(.unreadableCertificate) {
                return remarks.notRun(
                    fr: "Le certificat de signature est illisible (masqué dans la capture)",
                    en: "The signature certificate is unreadable (masked in the capture)")
            }
            if remarks.isCapture, subject.isAltered, subject.report.has(.digest, .value) {
                return remarks.notRun(
                    fr: "Les octets de la signature ne sont plus ceux que sa fiche annonce (hash) : modifiés après la "
                        + "signature, par exemple réindentés, ils ne peuvent pas être vérifiés",
                    en: "The bytes of the signature are no longer those that its entry tells (hash): changed after "
                        + "they were signed, indented again for instance, they cannot be verified")
            }
            remarks.say(own) { subject.place($0) }
            remarks.say(
                subject.report.faults.filter { $0.weight == .remark && $0.code != .weakAlgorithm }, severity: .warning
            ) { subject.place($0) }
        },
        rule(
            "xades.certificate", capture: .warning,
            fr: "Le certificat de signature est celui qui est signé, en vigueur, d'une autorité acceptée",
            en: "The signature certificate is the signed one, in force, of an accepted authority"
        ) { subject, remarks in
            guard subject.report.signer != nil else {
                return remarks.notRun(
                    fr: "Le certificat de signature est absent ou illisible",
                    en: "The signature certificate is missing or unreadable")
            }
            remarks.say(subject.report.faults.filter { isAboutCertificate($0.code) }) { subject.place($0) }
        },
    ]

    private static func isAboutCertificate(_ code: SignatureFault.Code) -> Bool {
        code.isAboutTrust || code == .otherCertificate
    }

    private static func rule(
        _ id: String, capture: Severity, fr: String, en: String,
        _ apply: @escaping @Sendable (SubmissionSealSubject, inout Remarks) -> Void
    ) -> Rule<SubmissionSealSubject> {
        Rule(
            RuleDescriptor(
                id, layer: "xades", .violation, capture: capture, fr: fr, en: en,
                source: "CI-SIS, volet Partage de documents de santé; IHE ITI TF-3 5.5"), apply)
    }
}
