internal import Checks
internal import Conformance
public import Foundation
internal import SOAP
public import Signatures
internal import XDS
internal import XML

/// With what the signatures of captured files are judged.
public struct SignatureOptions: Sendable {
    /// Whether a message to the DMP without a VIHF breaks a rule in a run; else that it has none is said.
    public var demandsAssertion = true
    /// The accepted authorities (`--trust`); nil: chains are not looked at, and say so.
    public var trust: SignatureTrust?
    /// When certificates must be in force (`--at`); nil: an assertion's own instant in a capture, else now.
    public var at: Date?

    /// No authorities, the standard time.
    public init() {}
}

/// The layers of what is signed: assertions, whitelists, submissions.
struct SignatureLayers: Sendable {
    let options: SignatureOptions
    let level: JudgementLevel
    var profile = JudgementProfile.dim

    /// The layers of the assertion of `message`.
    ///
    /// A message without `wsse:Security` has none, unless it is one that needs a VIHF: in a run that is SEC-001; what a
    /// capture lacks does not weigh on it, and is said.
    func assertion(of message: SOAPMessage, isRequired: Bool = false) -> [LayerJudgement] {
        guard let envelope = message.envelope else { return [] }
        let isThere = SecurityHeader(envelope).map { profile == .dim || Self.holdsAssertion($0) } ?? false
        guard isThere || isRequired || (profile == .dim && MessageSummary(message).needsAssertion) else { return [] }
        guard isThere || isRequired || (level == .run && options.demandsAssertion) else {
            return [
                LayerJudgement(
                    "vihf", .notRun,
                    fr: "Le message n'a pas d'en-tête wsse:Security : son VIHF n'est pas jugé ; au DMP il en faut un "
                        + "(SEC-001)",
                    en: "The message has no wsse:Security header: its VIHF is not judged; the DMP needs one (SEC-001)",
                    isRequired: false)
            ]
        }
        let said = VIHFReading(envelope).flatMap { XMLInstant($0.values.issueInstant)?.date }
        guard let subject = AssertionSubject(message, verifier: verifier(said)) else { return [] }
        return isThere || isRequired ? layers(of: subject) : [own(of: subject)]
    }

    /// The layers of a file that holds an assertion alone; nil where its root is none.
    func assertion(in document: Document) -> [LayerJudgement]? {
        let said = document.documentElement.attribute("IssueInstant").flatMap { XMLInstant($0)?.date }
        return AssertionSubject(document, verifier: verifier(said)).map { layers(of: $0) }
    }

    /// The layers of a whitelist; nil where the root of `document` is none.
    func whitelist(in document: Document) -> [LayerJudgement]? {
        let time = options.at ?? Date()
        let verifier = SignatureVerifier(trust: options.trust, at: time)
        guard let subject = WhitelistSubject(document, verifier: verifier) else { return nil }
        let isSigning: (Rule<WhitelistSubject>) -> Bool = { $0.descriptor.id.hasPrefix("WL-") }
        return [
            layer("whitelist", WhitelistRules.all.filter { !isSigning($0) }, subject),
            layer("signature", WhitelistRules.all.filter(isSigning), subject),
        ] + chain(subject.signature)
    }

    /// The layers of the signatures of a submission set.
    func seals(of request: ProvideAndRegisterRequest) -> [LayerJudgement] {
        let time = options.at ?? (level == .capture ? nil : Date())
        return SubmissionSealSubject.all(in: request, trust: options.trust, at: time).flatMap { subject in
            [seal(subject)] + chain(subject.report, name: "xades:chain")
        }
    }

    /// The layer stands for the signature: where that cannot be verified, its certificate alone does not pass.
    private func seal(_ subject: SubmissionSealSubject) -> LayerJudgement {
        let outcomes = SubmissionSealRules.all.map { $0.judge(subject, level: level) }
        var layer = LayerJudgement("xades", rules: outcomes)
        guard layer.verdict == .pass, let silent = outcomes.first(where: { $0.verdict == .notRun }) else {
            return layer
        }
        layer.verdict = .notRun
        layer.reason = silent.reason
        layer.isRequired = level == .run
        return layer
    }

    /// What the rules of a submission ask of a certificate; nil where `der` is none.
    static func facts(_ der: [UInt8]) -> CertificateFacts? {
        guard let certificate = Certificate(der: der) else { return nil }
        func digits(_ date: Date) -> String { String(XMLInstant.text(date).filter(\.isNumber)) }
        return CertificateFacts(
            subject: certificate.subject.description, notBefore: digits(certificate.notBefore),
            notAfter: digits(certificate.notAfter))
    }

    private func verifier(_ said: Date?) -> SignatureVerifier {
        SignatureVerifier(trust: options.trust, at: options.at ?? (level == .capture ? said : nil) ?? Date())
    }

    private func layers(of subject: AssertionSubject) -> [LayerJudgement] {
        var signature = layer("signature", AssertionRules.all.filter { Self.isSigning($0) }, subject)
        // What a capture lacks does not weigh on it.
        signature.isRequired = level == .run
        return [own(of: subject), signature] + chain(subject.signature)
    }

    /// What the assertion says: by IHE's profiles alone (XUA), that it is one of SAML 2.0 and when it holds.
    private func own(of subject: AssertionSubject) -> LayerJudgement {
        let rules = AssertionRules.all.filter { !Self.isSigning($0) && profile.holds($0.descriptor) }
        return layer(profile == .dim ? "vihf" : "saml", rules, subject)
    }

    /// By IHE's profiles alone a security header may hold something else; an assertion of an older SAML is one that is wrong.
    private static func holdsAssertion(_ header: SecurityHeader) -> Bool {
        header.node.elements.contains { $0.localName == "Assertion" }
    }

    private static func isSigning(_ rule: Rule<AssertionSubject>) -> Bool { rule.descriptor.id == "SEC-003" }

    private func layer<Subject: Sendable>(
        _ name: String, _ rules: [Rule<Subject>], _ subject: Subject
    ) -> LayerJudgement {
        LayerJudgement(name, rules: rules.map { $0.judge(subject, level: level) })
    }

    /// Whether the signer leads to an accepted authority; an untrusted one is a finding of the signature.
    private func chain(_ report: SignatureReport?, name: String = "chain") -> [LayerJudgement] {
        switch report?.chain {
        case .notRun(let english, let french):
            [LayerJudgement(name, .notRun, fr: Self.sentence(french), en: Self.sentence(english), isRequired: false)]
        case .trusted: [LayerJudgement(name, findings: [])]
        case .untrusted, nil: []
        }
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

/// What a signed file holds, in lines.
enum SignatureSummary {
    static func lines(_ list: Whitelist) -> [String] {
        ["generated: \(list.generated)", "domains: \(list.domains.count)"]
            + list.domains.prefix(50).map { "\($0.db): \($0.certificateName)" }
    }

    static func lines(_ assertion: VIHFReading) -> [String] {
        let values = assertion.values
        return [
            "assertion: \(values.id), \(values.issueInstant)", "issuer: \(values.issuer)",
            "mode: \(values.mode ?? "∅")",
            "roles: \(values.roles.map(\.code).joined(separator: ", "))",
        ]
    }
}
