public import Conformance
import Foundation
import HTTP
import Signatures
import XML

/// The rules of the whitelist that its file tells, and those that its use tells.
///
/// They look at a `WhitelistSubject`. Passes: a list that the `Liste Blanche DRIM-M` certificate signed and nobody changed
/// since. Fails: an unsigned list, another signer, a changed domain, a certificate that has expired or is revoked.
public enum WhitelistRules {
    /// The rules of a list.
    public static let all: [Rule<WhitelistSubject>] = signed + form

    /// The descriptors of all rules, those of its use included.
    public static let descriptors: [RuleDescriptor] =
        (all.map(\.descriptor) + use.map(\.descriptor)).sorted { $0.id < $1.id }

    private static let source = "DRIM-M, liste blanche"

    private static func rule(
        _ id: String, _ severity: Severity = .violation, fr: String, en: String,
        _ apply: @escaping @Sendable (WhitelistSubject, inout Remarks) -> Void
    ) -> Rule<WhitelistSubject> {
        Rule(RuleDescriptor(id, layer: "whitelist", severity, fr: fr, en: en, source: source), apply)
    }

    /// A rule that looks at the faults of a signature that is there.
    private static func signatureRule(
        _ id: String, fr: String, en: String,
        _ apply: @escaping @Sendable (SignatureReport, WhitelistSubject, inout Remarks) -> Void
    ) -> Rule<WhitelistSubject> {
        rule(id, fr: fr, en: en) { subject, remarks in
            guard !subject.signature.has(.missing) else {
                return remarks.notRun(fr: "La liste n'est pas signée", en: "The list is not signed")
            }
            apply(subject.signature, subject, &remarks)
        }
    }

    /// What WL-005 and WL-006 say, so that WL-002 leaves it to them.
    private static let changed: Set<SignatureFault.Code> = [.digest, .value]
    private static let outOfForce: Set<SignatureFault.Code> = [.expired, .notYetValid, .revoked]

    private static let signed: [Rule<WhitelistSubject>] = [
        signatureRule(
            "WL-002", fr: "La signature XAdES de la liste se vérifie : forme, certificat, chaîne",
            en: "The XAdES signature of the list verifies: form, certificate, chain"
        ) { report, subject, remarks in
            let own = report.faults.filter {
                $0.weight == .refusal && !changed.contains($0.code) && !outOfForce.contains($0.code)
            }
            remarks.say(own) { subject.place($0) }
            remarks.say(report.faults.filter { $0.weight == .remark }, severity: .warning) { subject.place($0) }
        },
        rule(
            "WL-003", fr: "La liste est signée", en: "The list is signed"
        ) { subject, remarks in
            guard subject.signature.has(.missing) else { return }
            remarks.remark(
                LocalizedText(
                    fr: "La liste n'est pas signée : elle doit être refusée et la précédente gardée",
                    en: "The list is not signed: it must be refused and the former one kept"),
                expected: "ds:Signature (XAdES-BASELINE-B)", actual: "∅",
                advice: LocalizedText(
                    fr: "Télécharger de nouveau la liste signée ; ne pas utiliser celle-ci.",
                    en: "Fetch the signed list again; do not use this one."),
                at: subject.place(subject.document.documentElement))
        },
        signatureRule(
            "WL-004", fr: "Le signataire est CN=\(Whitelist.signerName), OU=\(Whitelist.signerUnit)",
            en: "The signer is CN=\(Whitelist.signerName), OU=\(Whitelist.signerUnit)"
        ) { report, subject, remarks in
            guard let signer = report.signer?.subject else {
                return remarks.notRun(
                    fr: "Le certificat du signataire est illisible", en: "The certificate of the signer is unreadable")
            }
            let isRight = signer.commonName == Whitelist.signerName && signer.units.contains(Whitelist.signerUnit)
            guard !isRight else { return }
            remarks.remark(
                expected: "CN=\(Whitelist.signerName), OU=\(Whitelist.signerUnit)", actual: signer.description,
                at: subject.place(report.signature))
        },
        signatureRule(
            "WL-005", fr: "La liste n'a pas été modifiée après la signature",
            en: "The list was not changed after it was signed"
        ) { report, subject, remarks in
            remarks.say(report.faults.filter { changed.contains($0.code) }) { subject.place($0) }
        },
        signatureRule(
            "WL-006", fr: "Le certificat du signataire est en vigueur et n'est pas révoqué",
            en: "The certificate of the signer is in force and not revoked"
        ) { report, subject, remarks in
            remarks.say(report.faults.filter { outOfForce.contains($0.code) }) { subject.place($0) }
        },
    ]

    // MARK: Form

    private static let form: [Rule<WhitelistSubject>] = [
        rule(
            "whitelist.namespace", .warning, fr: "La liste est d'un espace de noms et d'un format connus",
            en: "The list has a known namespace and format"
        ) { subject, remarks in
            let list = subject.list
            if !Whitelist.namespaces.contains(list.namespace) {
                remarks.remark(
                    expected: Whitelist.namespaces.joined(separator: ", "),
                    actual: list.namespace.isEmpty ? "∅" : list.namespace, at: subject.place(list.node))
            }
            guard list.version != "1.0.0" else { return }
            remarks.remark(
                expected: "versionFormat=\"1.0.0\"", actual: list.version ?? "∅", at: subject.place(list.node))
        },
        rule(
            "whitelist.dates", .warning, fr: "DateDeGeneration et DateMAJ sont des instants",
            en: "DateDeGeneration and DateMAJ are instants"
        ) { subject, remarks in
            if XMLInstant(subject.list.generated) == nil {
                remarks.remark(
                    expected: "xs:dateTime", actual: subject.list.generated.isEmpty ? "∅" : subject.list.generated,
                    at: subject.place(subject.list.node))
            }
            for domain in subject.list.domains where XMLInstant(domain.updated) == nil {
                remarks.remark(
                    expected: "xs:dateTime", actual: domain.updated.isEmpty ? "∅" : domain.updated,
                    at: subject.place(domain.node))
            }
        },
        rule(
            "whitelist.domains", .warning, fr: "La liste a des domaines, chacun avec son hôte, une seule fois",
            en: "The list has domains, each with its host, once"
        ) { subject, remarks in
            let domains = subject.list.domains
            if domains.isEmpty {
                remarks.remark(expected: "ListeDomaines/Domaine", actual: "∅", at: subject.place(subject.list.node))
            }
            var seen: Set<String> = []
            for domain in domains {
                let isNew = seen.insert(domain.db.lowercased()).inserted
                let hosts = [domain.db] + (domain.vi.isEmpty ? [] : [domain.vi])
                guard !isNew || !hosts.allSatisfy({ isHost($0) }) else { continue }
                remarks.remark(
                    isNew
                        ? nil
                        : LocalizedText(fr: "L'hôte figure deux fois", en: "The host is there twice"),
                    expected: "db1.<id>.mesimagesmedicales.fr", actual: hosts.joined(separator: ", "),
                    at: subject.place(domain.node))
            }
        },
        rule(
            "whitelist.certificates", .warning, fr: "DNCertificatOperateur est un nom dont CN est l'hôte",
            en: "DNCertificatOperateur is a name whose CN is the host"
        ) { subject, remarks in
            for domain in subject.list.domains
            where domain.name?.commonName?.lowercased() != domain.db.lowercased() {
                remarks.remark(
                    expected: "CN=\(domain.db), …",
                    actual: domain.certificateName.isEmpty ? "∅" : domain.certificateName,
                    at: subject.place(domain.node))
            }
        },
    ]

    /// `db<n>.<id>.mesimagesmedicales.fr`, or `vi<n>.…`, without scheme, port or path.
    private static func isHost(_ text: String) -> Bool {
        let labels = text.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count == 4, labels[2...].elementsEqual(["mesimagesmedicales", "fr"]) else { return false }
        let first = labels[0]
        return (first.hasPrefix("db") || first.hasPrefix("vi")) && first.count > 2
            && first.dropFirst(2).allSatisfy { $0.isASCII && $0.isNumber }
            && !labels[1].isEmpty && labels[1].allSatisfy { ($0.isASCII && $0.isLetter) || $0.isNumber || $0 == "-" }
    }

    // MARK: Use

    /// The rules of what a system does with the list, over a run.
    public static let use: [Rule<WhitelistUseSubject>] = [
        useRule(
            "WL-001", fr: "Le système télécharge la liste chaque jour et l'utilise",
            en: "The system downloads the list daily and uses it"
        ) { subject, remarks in
            let day: TimeInterval = 86_400
            guard subject.watched >= day else {
                if subject.fetches.isEmpty {
                    remarks.notRun(
                        fr: "Le système a été observé moins d'un jour", en: "The system was watched less than a day")
                }
                return
            }
            let gaps = zip(subject.fetches, subject.fetches.dropFirst()).map { $1.timeIntervalSince($0) }
            let needed = Int(subject.watched / day)
            guard subject.fetches.count < needed || gaps.contains(where: { $0 > day + 3600 }) else { return }
            remarks.remark(expected: "≥ \(needed)", actual: "\(subject.fetches.count)")
        },
        useRule(
            "WL-007", fr: "Un domaine retiré de la liste n'est plus appelé ni servi",
            en: "A domain that left the list is neither called nor served"
        ) { subject, remarks in
            guard let list = subject.list else {
                return remarks.notRun(fr: "La liste n'est pas connue", en: "The list is not known")
            }
            for call in subject.calls {
                guard let host = host(of: call), host.hasSuffix(".mesimagesmedicales.fr"), list.domain(of: host) == nil
                else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "Un hôte qui n'est pas dans la liste a été appelé",
                        en: "A host that is not in the list was called"),
                    expected: list.domains.map(\.db).joined(separator: ", "), actual: host)
            }
            for name in subject.served where list.domain(of: name) == nil {
                remarks.remark(
                    LocalizedText(
                        fr: "Un client qui n'est pas dans la liste a été servi",
                        en: "A client that is not in the list was served"),
                    expected: list.domains.map(\.certificateName).joined(separator: "; "), actual: name.description)
            }
        },
        useRule(
            "WL-008", fr: "Pas de HTTP en clair, sauf ACME HTTP-01, CRL, certificats d'autorité, OCSP",
            en: "No cleartext HTTP besides ACME HTTP-01, CRL, certificates of authorities, OCSP"
        ) { subject, remarks in
            for call in subject.calls {
                guard let target = try? URLTarget(call), target.scheme == "http" else { continue }
                let path = target.rawPath.lowercased()
                let isAllowed =
                    path.hasPrefix("/.well-known/acme-challenge/") || path.contains("ocsp")
                    || target.authority?.lowercased().hasPrefix("ocsp.") == true
                    || [".crl", ".cer", ".crt", ".der", ".p7b", ".p7c"].contains { path.hasSuffix($0) }
                guard !isAllowed else { continue }
                remarks.remark(expected: "https", actual: call)
            }
        },
    ]

    private static func useRule(
        _ id: String, fr: String, en: String,
        _ apply: @escaping @Sendable (WhitelistUseSubject, inout Remarks) -> Void
    ) -> Rule<WhitelistUseSubject> {
        Rule(RuleDescriptor(id, layer: "whitelist", .violation, fr: fr, en: en, source: source), apply)
    }

    private static func host(of url: String) -> String? {
        (try? URLTarget(url))?.authority?.split(separator: ":").first.map { $0.lowercased() }
    }
}
