internal import Conformance
internal import Foundation
internal import SOAP
public import Signatures
public import Simulators
internal import XML

/// What a DMP demands of signed messages, beyond XDS.
///
/// As a real one, it takes no message without a signed VIHF and no submission without a signature, and verifies both.
public struct SignedMessages: Sendable {
    /// The VIHF of each message.
    public var assertion = DMPPolicy.Demand.required
    /// The signature of each submission set.
    public var submission = DMPPolicy.Demand.required
    /// The authorities of the signers; nil: every signer is taken whose signature is right and whose certificate is in force.
    public var trust: SignatureTrust?
    /// The one certificate that is known; nil: any.
    var known: Certificate?

    /// The demands of a DMP that knows no signer beforehand.
    public init() {}

    /// The demands as a policy.
    public var policy: DMPPolicy {
        var policy = DMPPolicy()
        policy.assertion.demand = assertion
        policy.assertion.verify = { [self] context in
            defects(verifier.verifyEnveloped(context.assertion)).map {
                AssertionDefect(.signature, $0.en, fr: $0.fr)
            }
        }
        policy.signature = SignaturePolicy(demand: submission) { [self] signed in
            guard let document = try? Document(parsing: signed.bytes),
                let signature = Signatures.SubmissionSignature(reading: document)
            else { return ["it is no XAdES signature of a submission set"] }
            return defects(signature.verify(verifier)).map(\.en)
        }
        return policy
    }

    private var verifier: SignatureVerifier { SignatureVerifier(trust: trust, at: Date()) }

    /// Why a signature is refused: what is wrong with it, and a signer that is not known.
    private func defects(_ report: SignatureReport) -> [LocalizedText] {
        var defects = report.faults.filter { $0.weight == .refusal }.map {
            LocalizedText(fr: $0.french, en: $0.english)
        }
        if report.integrity != .intact, defects.isEmpty {
            defects.append(
                LocalizedText(fr: "la signature ne peut pas être vérifiée", en: "the signature cannot be verified"))
        }
        if let signer = report.signer, let known, signer.der != known.der {
            defects.append(LocalizedText(fr: "le signataire n'est pas connu", en: "the signer is not known"))
        }
        return defects
    }
}
