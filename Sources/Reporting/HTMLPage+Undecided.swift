internal import Conformance

/// What could not be judged, what warns, and what did not run.
extension HTMLPage {
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
        if group.first.scenario != nil {
            out.markup("<p class=\"where\">")
            out.both("Scénario : ", "Scenario: ")
            source(group.first.check.location)
            out.markup("</p>")
        }
        out.markup("<p class=\"where\">")
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
