internal import Conformance

/// The counts, and what needs a person's eyes: failures first.
extension HTMLPage {
    mutating func writeCounts() {
        out.markup("<section aria-labelledby=\"counts\"><h2 id=\"counts\">")
        out.both("Synthèse", "Summary")
        out.markup("</h2>")
        writeBar(of: summary.checks)
        out.markup("<div class=\"wide\"><table class=\"counts\"><caption>")
        out.both("Nombre par verdict", "Number by verdict")
        out.markup("</caption><thead><tr><th scope=\"col\"><span class=\"soft\">")
        out.both("Objet", "What")
        out.markup("</span></th>")
        for verdict in Verdict.byGravity {
            out.markup("<th scope=\"col\">")
            let exchanges = summary.scenarios.exchanges + summary.checks.exchanges
            let errors = summary.scenarios[.error] + summary.checks[.error] + summary.requirements[.error]
            badge(Standing(verdict: verdict, isOfExchange: verdict == .error && exchanges > 0 && exchanges == errors))
            if verdict == .error, exchanges > 0, exchanges < errors {
                out.markup("<br/><span class=\"soft\">")
                out.both("ou échange non abouti", "or exchange not completed")
                out.markup("</span>")
            }
            out.markup("</th>")
        }
        out.markup("<th scope=\"col\">")
        out.both("total", "total")
        out.markup("</th></tr></thead><tbody>")
        countRow("scenarios", "Scénarios", "Scenarios", summary.scenarios)
        countRow("checks", "Points de contrôle", "Check points", summary.checks)
        countRow("requirements", "Exigences", "Requirements", summary.requirements)
        out.markup("</tbody></table></div>")
        if summary.warnings > 0 {
            out.markup("<p class=\"small\"><a href=\"#warnings\">")
            out.number(summary.warnings)
            if summary.warnings > 1 {
                out.both(" avertissements", " warnings")
            } else {
                out.both(" avertissement", " warning")
            }
            out.markup("</a> ")
            out.both("— sans effet sur les verdicts.", "— no verdict changes for them.")
            out.markup("</p>")
        }
        out.markup("</section>")
    }

    /// The check points as one bar; the table beside it says the same in numbers.
    private mutating func writeBar(of counts: RunSummary.Counts) {
        guard counts.total > 0 else { return }
        out.markup("<svg class=\"bars\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
        var start = 0
        for verdict in Verdict.byGravity where counts[verdict] > 0 {
            let end = start + counts[verdict]
            let left = start * 1000 / counts.total
            out.markup("<rect")
            out.attribute("class", verdict.rawValue)
            out.attribute("x", String(left))
            out.attribute("width", String(end * 1000 / counts.total - left))
            out.markup(" y=\"0\" height=\"10\"/>")
            start = end
        }
        out.markup("</svg>")
    }

    private mutating func countRow(
        _ id: StaticString, _ fr: StaticString, _ en: StaticString, _ counts: RunSummary.Counts
    ) {
        out.markup("<tr data-counts=\"")
        out.markup(id)
        out.markup("\"><th scope=\"row\">")
        out.both(fr, en)
        out.markup("</th>")
        for verdict in Verdict.byGravity {
            out.markup(counts[verdict] == 0 ? "<td class=\"zero\"" : "<td class=\"some\"")
            out.attribute("data-verdict", verdict.rawValue)
            out.markup(">")
            out.number(counts[verdict])
            out.markup("</td>")
        }
        out.markup("<td data-verdict=\"total\">")
        out.number(counts.total)
        out.markup("</td></tr>")
    }

    // MARK: Failures

    /// How many findings the first section shows; the scenarios show the rest.
    static let shownFailures = 200

    mutating func writeFailures() {
        let failing = points.filter { $0.check.verdict == .fail }
        guard !failing.isEmpty else { return }
        out.markup("<section aria-labelledby=\"failures\"><h2 id=\"failures\">")
        out.both("Échecs", "Failures")
        let remarks = failing.map { point in point.check.findings.filter { $0.severity == .violation } }
        heading(ofFailures: failing, remarks.reduce(0) { $0 + max($1.count, 1) })
        var shown = 0
        for (point, violations) in zip(failing, remarks) {
            if violations.isEmpty, shown < Self.shownFailures { writeCard(point, nil) }
            for finding in violations.prefix(max(0, Self.shownFailures - shown)) { writeCard(point, finding) }
            shown += max(violations.count, 1)
        }
        if shown > Self.shownFailures {
            rest(
                shown - Self.shownFailures, "Autres constats, dans les scénarios : ",
                "More findings, in the scenarios: ")
        }
        out.markup("</section>")
    }

    mutating func heading(_ count: Int) {
        heading(LocalizedText(fr: String(count), en: String(count)))
    }

    mutating func heading(_ counts: LocalizedText) {
        out.markup(" <span class=\"n\">(")
        out.both(counts)
        out.markup(")</span></h2>")
    }

    /// Counts what is listed; the requirements beside it, where several remarks touch one.
    private mutating func heading(ofFailures failing: [CheckPoint], _ count: Int) {
        var ids: Set<String> = []
        for check in failing.lazy.map(\.check) {
            for finding in check.findings where finding.severity == .violation {
                if let id = finding.requirement ?? check.requirements.first { ids.insert(id) }
            }
            if check.findings.isEmpty { ids.formUnion(check.requirements.prefix(1)) }
        }
        guard !ids.isEmpty, ids.count != count else { return heading(count) }
        heading(
            LocalizedText(
                fr: "\(ids.count) exigence\(ids.count > 1 ? "s" : ""), \(count) constat\(count > 1 ? "s" : "")",
                en: "\(ids.count) requirement\(ids.count > 1 ? "s" : ""), \(count) finding\(count > 1 ? "s" : "")"))
    }

    mutating func rest(_ count: Int, _ fr: StaticString, _ en: StaticString) {
        out.markup("<p class=\"notice\">")
        out.both(fr, en)
        out.number(count)
        out.markup("</p>")
    }

    /// The scenarios that were left out, each with its reason.
    mutating func writeSkipped() {
        let skipped = record.skippedScenarios
        guard !skipped.isEmpty else { return }
        out.markup("<section aria-labelledby=\"skipped\"><h2 id=\"skipped\">")
        out.both("Écartés", "Skipped")
        heading(skipped.count)
        out.markup("<div class=\"wide\"><table class=\"skipped\"><caption>")
        out.both(
            "Scénarios dont une condition préalable n'est pas remplie : rien n'y démontre la conformité",
            "Scenarios of which a precondition is not met: nothing in them shows conformance")
        out.markup("</caption><thead><tr><th scope=\"col\">")
        out.both("Scénario", "Scenario")
        out.markup("</th><th scope=\"col\">")
        out.both("Raison", "Reason")
        out.markup("</th></tr></thead><tbody>")
        for scenario in skipped {
            out.markup("<tr><th scope=\"row\">")
            out.both(scenario.title)
            out.markup("<br/><span class=\"soft small\">")
            pathLink(scenario.id)
            out.markup("</span></th><td>")
            for (index, reason) in scenario.skipReasons.enumerated() {
                if index > 0 { out.markup("<br/>") }
                out.both(reason)
            }
            out.markup("</td></tr>")
        }
        out.markup("</tbody></table></div></section>")
    }

    private mutating func writeCard(_ point: CheckPoint, _ finding: Finding?) {
        let check = point.check
        out.markup("<article")
        out.attribute("class", "card \(check.verdict.rawValue)")
        out.markup("><h3>")
        badge(check.standing)
        let ids = finding?.requirement.map { [$0] } ?? check.requirements
        for id in ids.prefix(8) { requirementLink(id) }
        if ids.isEmpty { out.both(check.title) }
        out.markup("</h3>")
        for id in ids.prefix(8) {
            // A rule without words of its own says its statement: once is enough.
            guard let requirement = requirements[id], requirement.statement != finding?.message else { continue }
            out.markup("<p class=\"statement\">")
            out.both(requirement.statement)
            out.markup("</p>")
        }
        if let finding {
            writeBody(of: finding, check)
        } else {
            out.markup("<p class=\"message\">")
            out.both(Wording.reason(of: check))
            out.markup("</p>")
            if let error = point.step?.exchange?.error {
                out.markup("<p class=\"value\">")
                out.text(error)
                out.markup("</p>")
            }
            out.markup("<p class=\"where\">")
            out.both("Scénario : ", "Scenario: ")
            source(check.location)
            out.markup("</p>")
        }
        out.markup("<p class=\"where\">")
        out.both("Point de contrôle : ", "Check point: ")
        pathLink(point.path)
        out.markup("</p></article>")
    }

    /// Message, expected and actual, advice, place, scenario line.
    mutating func writeBody(of original: Finding, _ check: CheckRecord) {
        let finding = out.mask.withoutName(original)
        out.markup("<p class=\"message\">")
        out.both(finding.message)
        out.markup("</p>")
        if finding.expected != nil || finding.actual != nil {
            out.markup("<div class=\"pair\">")
            if let expected = finding.expected { pair("Attendu", "Expected", expected) }
            if let actual = finding.actual { pair("Obtenu", "Actual", actual) }
            out.markup("</div>")
        }
        if let advice = finding.advice {
            out.markup("<p>")
            out.both("Conseil : ", "Advice: ")
            out.both(advice)
            out.markup("</p>")
        }
        if let place = finding.place {
            out.markup("<p class=\"where\">")
            out.both("Dans la preuve : ", "In the evidence: ")
            placeLink(place)
            out.markup("</p>")
        }
        out.markup("<p class=\"where\">")
        out.both("Scénario : ", "Scenario: ")
        source(finding.source ?? check.location)
        if finding.check != finding.requirement {
            out.markup(" · ")
            out.both("règle ", "rule ")
            out.markup("<code>")
            out.text(finding.check)
            out.markup("</code>")
        }
        out.markup("</p>")
    }

    private mutating func pair(_ fr: StaticString, _ en: StaticString, _ value: String) {
        out.markup("<div><span class=\"label\">")
        out.both(fr, en)
        out.markup("</span><span class=\"value\">")
        out.text(value)
        out.markup("</span></div>")
    }
}
