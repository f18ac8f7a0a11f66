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
    private static let shownFailures = 200

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

    private mutating func heading(_ count: Int) {
        heading(LocalizedText(fr: String(count), en: String(count)))
    }

    private mutating func heading(_ counts: LocalizedText) {
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

    private mutating func rest(_ count: Int, _ fr: StaticString, _ en: StaticString) {
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

    // MARK: What could not be judged

    mutating func writeUndecided() {
        let undecided = points.filter { $0.outcome == .error }
        guard !undecided.isEmpty else { return }
        out.markup("<section aria-labelledby=\"undecided\"><h2 id=\"undecided\">")
        out.both("Non jugés", "Not judged")
        let groups = UndecidedGroup.groups(of: undecided)
        if groups.count == undecided.count {
            heading(groups.count)
        } else {
            let ending = groups.count > 1 ? "s" : ""
            heading(
                LocalizedText(
                    fr: "\(undecided.count) points de contrôle, \(groups.count) cause\(ending)",
                    en: "\(undecided.count) check points, \(groups.count) cause\(ending)"))
        }
        out.markup("<p class=\"soft\">")
        out.both(
            "Ces points n'ont pas pu être jugés : ni conformité ni écart n'est démontré.",
            "These points could not be judged: neither conformance nor a fault is shown.")
        out.markup("</p>")
        for group in groups.prefix(Self.shownFailures) { writeCard(group) }
        if groups.count > Self.shownFailures {
            rest(
                groups.count - Self.shownFailures, "Autres causes, dans les scénarios : ",
                "More causes, in the scenarios: ")
        }
        out.markup("</section>")
    }

    /// Checks of one step that could not be judged for one cause.
    private mutating func writeCard(_ group: UndecidedGroup) {
        out.markup("<article")
        out.attribute("class", "card \(group.standing.verdict.rawValue)")
        out.markup("><h3>")
        badge(group.standing)
        let ids = group.requirements
        for id in ids.prefix(12) { requirementLink(id) }
        if ids.count > 12 {
            out.markup("<span class=\"soft\">… +")
            out.number(ids.count - 12)
            out.markup("</span>")
        }
        if ids.isEmpty { out.both(group.first.check.title) }
        out.markup("</h3>")
        if ids.count == 1, let statement = ids.first.flatMap({ requirements[$0] })?.statement {
            out.markup("<p class=\"statement\">")
            out.both(statement)
            out.markup("</p>")
        }
        out.markup("<p class=\"message\">")
        out.both(group.reason)
        out.markup("</p>")
        if let error = group.exchangeError {
            out.markup("<p class=\"value\">")
            out.text(error)
            out.markup("</p>")
        }
        out.markup("<p class=\"where\">")
        out.both("Scénario : ", "Scenario: ")
        source(group.first.check.location)
        out.markup("</p><p class=\"where\">")
        if group.points.count > 1 {
            out.both("Points de contrôle : ", "Check points: ")
        } else {
            out.both("Point de contrôle : ", "Check point: ")
        }
        links(group.points.map(\.path), limit: 12)
        out.markup("</p></article>")
    }

    mutating func writeWarnings() {
        guard summary.warnings > 0 else { return }
        out.markup("<section aria-labelledby=\"warnings\"><h2 id=\"warnings\">")
        out.both("Avertissements", "Warnings")
        heading(summary.warnings)
        var shown = 0
        for point in points {
            for finding in point.check.findings where finding.severity == .warning {
                shown += 1
                guard shown <= Self.shownFailures else { continue }
                out.markup("<article class=\"card\"><h3><span class=\"v warning\">")
                out.both(finding.severity.word)
                out.markup("</span>")
                if let id = finding.requirement ?? point.check.requirements.first { requirementLink(id) }
                out.markup("</h3>")
                writeBody(of: finding, point.check)
                out.markup("<p class=\"where\">")
                out.both("Point de contrôle : ", "Check point: ")
                pathLink(point.path)
                out.markup("</p></article>")
            }
        }
        if shown > Self.shownFailures {
            rest(
                shown - Self.shownFailures, "Autres avertissements, dans les scénarios : ",
                "More warnings, in the scenarios: ")
        }
        out.markup("</section>")
    }

    /// The layers that did not run and that nothing demands, and what was skipped or does not apply, by reason.
    mutating func writeNotRun() {
        struct Key: Hashable {
            let verdict: Verdict
            let layer: String
            let reason: LocalizedText
        }
        var order: [Key] = []
        var paths: [Key: [String]] = [:]
        for point in points where point.outcome == .skipped {
            // Those of a scenario that was left out stand with it, above.
            if point.check.verdict == .skipped, point.scenario?.verdict == .skipped { continue }
            let key = Key(
                verdict: point.check.verdict, layer: point.check.layer, reason: Wording.reason(of: point.check))
            if paths[key] == nil { order.append(key) }
            paths[key, default: []].append(point.path)
        }
        guard !order.isEmpty else { return }
        out.markup("<section aria-labelledby=\"not-run\"><h2 id=\"not-run\">")
        out.both("Couches non exécutées et contrôles écartés", "Layers not run and checks left out")
        heading(paths.values.reduce(0) { $0 + $1.count })
        out.markup("<div class=\"wide\"><table><caption>")
        out.both(
            "Ils ne comptent ni comme réussite ni comme échec.", "They count neither as pass nor as failure.")
        out.markup("</caption><thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">")
        out.both("Couche", "Layer")
        out.markup("</th><th scope=\"col\">")
        out.both("Raison", "Reason")
        out.markup("</th><th scope=\"col\">")
        out.both("Points de contrôle", "Check points")
        out.markup("</th></tr></thead><tbody>")
        for key in order.prefix(Self.shownFailures) {
            out.markup("<tr><td>")
            badge(key.verdict)
            out.markup("</td><td>")
            out.text(key.layer)
            out.markup("</td><td>")
            out.both(key.reason)
            out.markup("</td><td>")
            links(paths[key] ?? [], limit: 6)
            out.markup("</td></tr>")
        }
        out.markup("</tbody></table></div></section>")
    }

    /// Links to check points, one a line.
    mutating func links(_ paths: [String], limit: Int) {
        for (index, path) in paths.prefix(limit).enumerated() {
            if index > 0 { out.markup("<br/>") }
            pathLink(path)
        }
        guard paths.count > limit else { return }
        out.markup("<br/><span class=\"soft\">… +")
        out.number(paths.count - limit)
        out.markup("</span>")
    }
}
