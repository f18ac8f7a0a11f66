internal import Conformance

/// The requirements, and what the verdict rests on.
extension HTMLPage {
    mutating func writeRequirements() {
        guard !record.requirements.isEmpty else { return }
        let silent: Set<Verdict> = [.notRun, .skipped]
        let judged = record.requirements.filter { !silent.contains($0.verdict) }
        let unjudged = record.requirements.filter { silent.contains($0.verdict) }
        let causes = RequirementCauses(of: record, points: points)
        out.markup("<section aria-labelledby=\"requirements\"><h2 id=\"requirements\">")
        out.both("Exigences", "Requirements")
        out.markup(" <span class=\"n\">(")
        out.number(record.requirements.count)
        out.markup(")</span></h2>")
        if !judged.isEmpty {
            table(judged.sorted { $0.verdict > $1.verdict }, causes) { out in
                out.both(
                    "Exigences jugées, échecs en tête ; chaque preuve renvoie à son point de contrôle",
                    "Requirements that were judged, failures first; each proof leads to its check point")
            }
        }
        if !unjudged.isEmpty {
            out.markup("<h3 id=\"unjudged\">")
            out.both("Exigences qu'aucun contrôle n'a jugées", "Requirements that no check judged")
            out.markup(" <span class=\"soft\">(")
            out.number(unjudged.count)
            out.markup(")</span></h3>")
            table(unjudged, causes) { out in
                out.both("Leur respect reste à démontrer", "They remain to be shown")
            }
        }
        out.markup("</section>")
    }

    private mutating func table(
        _ rows: [RequirementRecord], _ causes: RequirementCauses, caption: (inout HTMLBuffer) -> Void
    ) {
        out.markup("<div class=\"wide\"><table class=\"requirements\"><caption>")
        caption(&out)
        out.markup("</caption><thead><tr><th scope=\"col\">")
        out.both("Exigence", "Requirement")
        out.markup("</th><th scope=\"col\">Verdict</th><th scope=\"col\">")
        out.both("Énoncé", "Statement")
        out.markup("</th><th scope=\"col\">")
        out.both("Preuves", "Proofs")
        out.markup("</th></tr></thead><tbody>")
        for row in rows { write(row, causes.reasons(of: row)) }
        out.markup("</tbody></table></div>")
    }

    private mutating func write(_ requirement: RequirementRecord, _ reasons: [LocalizedText]) {
        out.markup("<tr class=\"requirement\"")
        anchor("r/\(Anchor.name(requirement.id))")
        out.attribute("data-verdict", requirement.verdict.rawValue)
        out.markup("><th scope=\"row\"><span class=\"id\">")
        out.text(requirement.id)
        out.markup("</span><br/><span class=\"soft small\">")
        out.both(Wording.level(requirement.level))
        out.markup("</span></th><td>")
        badge(requirement.verdict)
        if requirement.warnings > 0 {
            out.markup("<br/><span class=\"small\">")
            out.number(requirement.warnings)
            out.markup(" ")
            out.both("avert.", "warn.")
            out.markup("</span>")
        }
        out.markup("</td><td>")
        out.both(requirement.statement)
        out.markup("<br/><span class=\"soft small\">")
        out.text(requirement.source)
        if !requirement.isCertain {
            out.markup(" · ")
            out.both("à confirmer dans la norme", "not yet confirmed by the norm")
        }
        out.markup("</span>")
        for reason in reasons {
            out.markup("<br/><span class=\"small\">")
            out.both("Raison : ", "Reason: ")
            out.both(reason)
            out.markup("</span>")
        }
        out.markup("</td><td class=\"small\">")
        links(requirement.proofs, limit: 8)
        out.markup("</td></tr>")
    }

    /// Rule packs, addresses, environment.
    mutating func writeBasis() {
        out.markup("<section aria-labelledby=\"basis\"><h2 id=\"basis\">")
        out.both("Règles et environnement", "Rules and environment")
        out.markup("</h2>")
        if !record.rulePacks.isEmpty {
            out.markup("<div class=\"wide\"><table><caption>")
            out.both("Jeux de règles appliqués", "Rule packs applied")
            out.markup("</caption><thead><tr><th scope=\"col\">")
            out.both("Nom", "Name")
            out.markup("</th><th scope=\"col\">Version</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>")
            for pack in record.rulePacks {
                out.markup("<tr><th scope=\"row\">")
                out.text(pack.name)
                out.markup("</th><td>")
                out.text(pack.version)
                out.markup("</td><td><code>")
                out.text(pack.sha256 ?? "–")
                out.markup("</code></td></tr>")
            }
            out.markup("</tbody></table></div>")
        }
        out.markup("<dl class=\"facts\">")
        for (name, url) in record.target.endpoints.sorted(by: { $0.key < $1.key }) {
            out.markup("<dt>")
            out.both("Adresse ", "Endpoint ")
            out.text(name)
            out.markup("</dt><dd><code>")
            out.text(url)
            out.markup("</code></dd>")
        }
        fact("Graine aléatoire", "Seed")
        out.number(record.seed)
        endFact()
        for (name, value) in record.environment.sorted(by: { $0.key < $1.key }) {
            out.markup("<dt>")
            out.text(name)
            out.markup("</dt><dd>")
            out.text(value)
            out.markup("</dd>")
        }
        out.markup("</dl><p class=\"small soft\">")
        if options.showsIdentities {
            out.both(
                "Identités en clair : cette page montre les matricules INS, les noms et les adresses.",
                "Identities shown: this page shows national identifiers, names and addresses.")
        } else {
            out.both(
                "Identités masquées : dans cette page, des astérisques remplacent les matricules INS ainsi que les noms, prénoms et adresses du patient ; les pièces du dossier evidence conservent les octets exacts.",
                "Identities masked: in this page, asterisks replace the national identifiers, names and addresses of the patient; the files of the evidence folder keep the exact bytes."
            )
        }
        out.markup("</p></section>")
    }
}
