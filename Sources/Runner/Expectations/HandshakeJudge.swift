internal import Conformance
internal import HTTP
internal import SOAP

/// Whether the server takes the certificate that the step shows: `handshake: accepted`, `handshake: refused`,
/// `handshake: refused-or-403`.
///
/// Passes: an answer over TLS came; `refused`: the server ended the handshake, or the connection before any byte of an
/// answer; `refused-or-403`: that, or the HTTP status 403. Fails: the contrary.
// CI-SIS, Volet Transport synchrone: mutual TLS; RFC 8446 §4.4.2.4: the alerts of a refusal.
struct HandshakeJudge: ExpectationJudge {
    private let isAccepted: Bool
    private let takesForbidden: Bool

    init(_ expectation: Expectation) throws(LoadError) {
        let text = try Argument(expectation.argument).text()
        guard ["accepted", "refused", "refused-or-403"].contains(text) else {
            throw LoadError(
                expectation.argument.location, "'\(text)' is no end of a handshake",
                advice: "known here: accepted, refused, refused-or-403", length: text.utf8.count)
        }
        isAccepted = text == "accepted"
        takesForbidden = text == "refused-or-403"
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        if let failure = context.evidence.failure {
            guard failure.refusesClientCertificate else { return .noAnswer(context) }
            guard isAccepted else { return .pass }
            return context.failure(
                LocalizedText(
                    fr: "Le serveur refuse un certificat client qu'il doit accepter",
                    en: "The server refuses a client certificate that it must accept"),
                expected: "TLS", actual: failure.message, at: EvidencePlace(object: "transport"))
        }
        guard let exchange = context.evidence.exchange else { return .noAnswer(context) }
        guard !isAccepted, !(takesForbidden && exchange.response.status == 403) else { return .pass }
        let status = "\(exchange.response.status) \(exchange.response.reason)"
        // Proxies complete the handshake and refuse by HTTP: nginx by 400 (495, 496 inside of it), others by 403.
        if [400, 403, 495, 496].contains(exchange.response.status), context.evidence.answer?.envelope == nil {
            return .withheld(
                .inconclusive,
                fr:
                    "Le serveur termine la poignée de main et refuse ensuite par HTTP \(status) : le refus est attendu de TLS",
                en:
                    "The server completes the handshake and refuses by HTTP \(status) then: the refusal is expected of TLS"
            )
        }
        return context.failure(
            LocalizedText(
                fr: "Le serveur répond à un client dont le certificat n'est pas admis",
                en: "The server answers a client whose certificate is not accepted"),
            expected: takesForbidden ? "TLS: alert | 403" : "TLS: alert", actual: "HTTP \(status)",
            advice: LocalizedText(
                fr: "Exigez un certificat client de l'autorité admise, en cours de validité, dans la configuration TLS",
                en: "Demand a client certificate of the accepted authority, in force, in the TLS configuration"),
            at: context.headPlace(header: ":status", line: 1))
    }
}
