public import Conformance
import HTTP

/// The rules of Pro Santé Connect, as far as messages show them.
///
/// They look at a `TokenSubject`. Passes: an authorization request with state and nonce, tokens in headers, introspection
/// without a secret. Fails: each departure.
public enum TokenRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<TokenSubject>] = [
        rule(
            "SEC-018", fr: "La demande d'autorisation a state, nonce, acr_values=eidas1 et scope=openid scope_all",
            en: "The authorization request has state, nonce, acr_values=eidas1 and scope=openid scope_all"
        ) { subject, remarks in
            guard let text = subject.authorization else {
                return remarks.notRun(fr: "La demande n'a pas été vue", en: "The request was not seen")
            }
            guard let target = try? URLTarget(text) else {
                remarks.remark(expected: "https://…/auth?…", actual: text)
                return
            }
            let values = Dictionary(
                target.items.map { ($0.name, ($0.value ?? "").replacing("+", with: " ")) }, uniquingKeysWith: { $1 })
            for name in ["state", "nonce"] where values[name]?.isEmpty != false {
                remarks.remark(
                    LocalizedText(fr: "Le paramètre \(name) manque", en: "The parameter \(name) is missing"),
                    expected: name, actual: "∅")
            }
            for (name, expected) in [("acr_values", "eidas1"), ("scope", "openid scope_all")]
            where values[name] != expected {
                remarks.remark(
                    LocalizedText(
                        fr: "Le paramètre \(name) n'a pas sa valeur", en: "The parameter \(name) has not its value"),
                    expected: "\(name)=\(expected)", actual: values[name] ?? "∅")
            }
        },
        rule(
            "SEC-019", fr: "state et nonce sont vérifiés : une réponse étrangère est refusée",
            en: "state and nonce are checked: a foreign answer is refused"
        ) { subject, remarks in
            guard let accepted = subject.acceptedForeignState else {
                return remarks.notRun(
                    fr: "Aucune réponse étrangère n'a été donnée au système",
                    en: "No foreign answer was given to the system")
            }
            guard accepted else { return }
            remarks.remark(expected: "refusal", actual: "the system went on")
        },
        rule(
            "SEC-020", .warning, fr: "Le jeton n'est jamais dans une URL", en: "The token is never in a URL"
        ) { subject, remarks in
            guard !subject.requests.isEmpty else {
                return remarks.notRun(fr: "Aucune requête n'a été vue", en: "No request was seen")
            }
            for request in subject.requests {
                let names = ((try? URLTarget(request.url))?.items ?? []).map { $0.name.lowercased() }
                let found = names.first { ["access_token", "id_token", "token", "refresh_token"].contains($0) }
                guard let found else { continue }
                remarks.remark(expected: "Authorization: Bearer …", actual: "\(request.method) ?\(found)=…")
            }
        },
        rule(
            "SEC-021", .warning, fr: "L'introspection se fait par mTLS, sans client_secret",
            en: "Introspection is by mTLS, without client_secret"
        ) { subject, remarks in
            let found = subject.requests.filter { $0.url.contains("/token/introspect") }
            guard !found.isEmpty else {
                return remarks.notRun(fr: "Aucune introspection n'a été vue", en: "No introspection was seen")
            }
            for request in found {
                let isBasic = request.headers.first("Authorization")?.lowercased().hasPrefix("basic ") == true
                let form = String(decoding: request.body.prefix(1 << 16), as: UTF8.self)
                let hasSecret = form.split(separator: "&").contains { $0.hasPrefix("client_secret=") }
                guard isBasic || hasSecret else { continue }
                remarks.remark(
                    expected: "mTLS (RFC 8705)", actual: isBasic ? "Authorization: Basic …" : "client_secret=…")
            }
        },
    ]

    private static func rule(
        _ id: String, _ severity: Severity = .violation, fr: String, en: String,
        _ apply: @escaping @Sendable (TokenSubject, inout Remarks) -> Void
    ) -> Rule<TokenSubject> {
        Rule(
            RuleDescriptor(id, layer: "psc", severity, fr: fr, en: en, source: AssertionRules.Norm.connect), apply)
    }
}
