public import Conformance
import Foundation
import SOAP
import Signatures
import XML

/// The rules of the VIHF that one message can tell.
///
/// They look at an `AssertionSubject`. Passes: one signed SAML 2.0 assertion with the attributes of the VIHF, about the
/// patient of the message. Fails: each departure, at its element.
public enum AssertionRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<AssertionSubject>] =
        (structure + signing + attributes + coded + agreement + channel)
        .sorted { $0.descriptor.id < $1.descriptor.id }

    /// A rule of the layer `vihf`.
    static func rule(
        _ id: String, _ severity: Severity = .violation, capture: Severity? = nil, fr: String, en: String,
        source: String = Norm.vihf, _ apply: @escaping @Sendable (AssertionSubject, inout Remarks) -> Void
    ) -> Rule<AssertionSubject> {
        Rule(RuleDescriptor(id, layer: "vihf", severity, capture: capture, fr: fr, en: en, source: source), apply)
    }

    /// A rule that needs an assertion.
    static func assertionRule(
        _ id: String, _ severity: Severity = .violation, capture: Severity? = nil, fr: String, en: String,
        source: String = Norm.vihf,
        _ apply: @escaping @Sendable (VIHFReading, AssertionSubject, inout Remarks) -> Void
    ) -> Rule<AssertionSubject> {
        rule(id, severity, capture: capture, fr: fr, en: en, source: source) { subject, remarks in
            guard let assertion = subject.assertion else {
                return remarks.notRun(fr: "Il n'y a pas d'assertion", en: "There is no assertion")
            }
            apply(assertion, subject, &remarks)
        }
    }

    /// What the rules name as their norm.
    enum Norm {
        static let vihf = "CI-SIS, volet Transport synchrone pour client lourd, VIHF"
        /// IHE's XUA asks it as well: it is no rule of France alone.
        static let saml = "SAML 2.0 Core; IHE ITI TF-2 3.40"
        static let connect = "CI-SIS, DRIMbox, Pro Santé Connect"
    }

    // MARK: Structure

    static let structure: [Rule<AssertionSubject>] = [
        rule(
            "SEC-001", fr: "wsse:Security contient une seule assertion SAML 2.0, et il n'y en a pas d'autre",
            en: "wsse:Security holds one SAML 2.0 assertion, and there is no other", source: Norm.saml
        ) { subject, remarks in
            judgeCount(subject, &remarks)
            guard let assertion = subject.assertion, assertion.values.version != "2.0" else { return }
            remarks.remark(
                LocalizedText(fr: "L'assertion n'est pas en version 2.0", en: "The assertion is not of version 2.0"),
                expected: "Version=\"2.0\"", actual: assertion.node.attribute("Version") ?? "∅",
                at: subject.place(assertion.node))
        },
        assertionRule(
            "SEC-002", fr: "L'émetteur est le sujet du certificat de signature, au format X509SubjectName",
            en: "The issuer is the subject of the signature certificate, in the format X509SubjectName"
        ) { assertion, subject, remarks in
            if assertion.values.issuerFormat != VIHF.issuerFormat {
                remarks.remark(
                    LocalizedText(
                        fr: "Le format de l'émetteur n'est pas X509SubjectName",
                        en: "The format of the issuer is not X509SubjectName"),
                    expected: VIHF.issuerFormat, actual: assertion.values.issuerFormat ?? "∅",
                    at: subject.place(assertion.issuer ?? assertion.node))
            }
            judgeIssuer(assertion, subject, &remarks)
        },
        assertionRule(
            "SEC-004", fr: "NameID est l'identifiant national du professionnel",
            en: "NameID is the national identifier of the professional"
        ) { assertion, subject, remarks in
            let name = assertion.values.nameID ?? ""
            guard !isNationalIdentifier(name) else { return }
            remarks.remark(
                expected: "8 + RPPS (12 digits), 0 + ADELI, <structure>/<id>", actual: name.isEmpty ? "∅" : name,
                at: subject.place(assertion.nameID ?? assertion.node))
        },
        assertionRule(
            "SEC-005",
            fr: "IssueInstant et AuthnInstant sont des instants en UTC, à moins de 5 minutes, dans une validité réelle",
            en: "IssueInstant and AuthnInstant are instants in UTC, within 5 minutes, in a validity that can be",
            source: Norm.saml
        ) { assertion, subject, remarks in
            judgeTimes(assertion, subject, &remarks)
        },
        assertionRule(
            "SEC-006", .warning, fr: "Pas de AudienceRestriction", en: "No AudienceRestriction"
        ) { assertion, subject, remarks in
            guard let audiences = assertion.values.audiences else { return }
            remarks.remark(
                expected: "∅", actual: audiences.joined(separator: ", "), at: subject.place(assertion.conditions))
        },
        assertionRule(
            "SEC-007", fr: "AuthnContextClassRef est là : TLSClient pour un certificat d'organisation",
            en: "AuthnContextClassRef is there: TLSClient for a certificate of an organisation"
        ) { assertion, subject, remarks in
            let context = assertion.values.authnContext ?? ""
            let isIndirect = assertion.values.mode?.hasPrefix("INDIRECTE") ?? true
            let isRight = isIndirect ? context == VIHF.tlsClient : !context.isEmpty
            guard !isRight else { return }
            remarks.remark(
                expected: isIndirect ? VIHF.tlsClient : "urn:oasis:names:tc:SAML:2.0:ac:classes:…",
                actual: context.isEmpty ? "∅" : context,
                at: subject.place(assertion.authnStatement ?? assertion.node))
        },
    ]

    private static func judgeCount(_ subject: AssertionSubject, _ remarks: inout Remarks) {
        guard subject.message != nil else { return }
        let root = subject.document.documentElement
        guard let header = subject.header else {
            remarks.remark(
                LocalizedText(fr: "Le message n'a pas d'en-tête wsse:Security", en: "The message has no wsse:Security"),
                expected: "soap:Header/wsse:Security/saml2:Assertion", actual: "∅", at: subject.place(root))
            return
        }
        if header.assertions.count != 1 {
            let others = header.node.elements.map(\.qualifiedName)
            remarks.remark(
                LocalizedText(
                    fr: "wsse:Security contient \(header.assertions.count) assertion(s) SAML 2.0",
                    en: "wsse:Security holds \(header.assertions.count) SAML 2.0 assertion(s)"),
                expected: "1 saml2:Assertion (\(SOAPNamespace.saml))",
                actual: others.isEmpty ? "∅" : others.prefix(8).joined(separator: ", "), at: subject.place(header.node))
        }
        for stray in header.strays {
            remarks.remark(
                LocalizedText(
                    fr: "Une assertion se trouve ailleurs que sous wsse:Security : elle pourrait tromper",
                    en: "An assertion stands elsewhere than under wsse:Security: it could mislead"),
                expected: "soap:Header/wsse:Security/saml2:Assertion", actual: stray.path, at: subject.place(stray))
        }
    }

    private static func judgeIssuer(
        _ assertion: VIHFReading, _ subject: AssertionSubject, _ remarks: inout Remarks
    ) {
        let place = subject.place(assertion.issuer ?? assertion.node)
        guard let issuer = DistinguishedName(assertion.values.issuer) else {
            remarks.remark(
                LocalizedText(fr: "L'émetteur n'est pas un nom X.500", en: "The issuer is no X.500 name"),
                expected: "CN=…, OU=…, O=…, C=FR",
                actual: assertion.values.issuer.isEmpty ? "∅" : assertion.values.issuer, at: place)
            return
        }
        guard let signer = subject.signature?.signer else {
            return remarks.notRun(
                fr: "Le certificat de signature est absent ou illisible (masqué) : il n'est pas comparé à l'émetteur",
                en: "The signature certificate is missing or unreadable (masked): it is not compared with the issuer")
        }
        guard !issuer.names(same: signer.subject) else { return }
        let isTurned = issuer.names(sameInAnyOrder: signer.subject)
        remarks.remark(
            isTurned
                ? LocalizedText(
                    fr: "L'émetteur est le sujet du certificat dans un autre ordre que celui de la RFC 2253",
                    en: "The issuer is the certificate's subject in another order than that of RFC 2253")
                : LocalizedText(
                    fr: "L'émetteur n'est pas le sujet du certificat de signature",
                    en: "The issuer is not the subject of the signature certificate"),
            expected: signer.subject.description, actual: issuer.text, at: place, severity: isTurned ? .warning : nil)
    }

    /// `8` and RPPS, `0` and ADELI, or the identifier of someone within a structure. Source: CI-SIS, PS_IdNat.
    static func isNationalIdentifier(_ text: String) -> Bool {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if digits.count == text.count {
            return (text.first == "8" && text.count == 12) || (text.first == "0" && (9...10).contains(text.count))
        }
        let rest = text.dropFirst(digits.count)
        return digits.count >= 9 && "13456".contains(text.first ?? "-") && rest.first == "/" && rest.count > 1
    }
}
