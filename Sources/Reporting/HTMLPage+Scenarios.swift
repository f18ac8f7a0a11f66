internal import Conformance

/// The scenarios with their steps, exchanges and checks.
extension HTMLPage {
    /// More findings of one check are left to the record.
    private static let shownFindings = 50

    mutating func writeScenarios() {
        out.markup("<section aria-labelledby=\"scenarios\"><h2 id=\"scenarios\">")
        out.both("Scénarios", "Scenarios")
        out.markup(" <span class=\"n\">(")
        out.number(record.scenarios.count)
        out.markup(")</span></h2>")
        if record.scenarios.isEmpty {
            out.markup("<p>")
            out.both(Wording.nothingReplayed)
            out.markup("</p>")
        }
        for scenario in record.scenarios { write(scenario) }
        // The point that speaks for the run belongs to no scenario.
        if let last = points.last, last.scenario == nil { writeAlone(last) }
        out.markup("</section>")
    }

    private mutating func write(_ scenario: ScenarioRecord) {
        let isOpen = scenario.verdict >= .notRun
        out.markup("<details class=\"scenario\"")
        anchor(Anchor.name(scenario.id))
        out.attribute("data-verdict", scenario.verdict.rawValue)
        if isOpen { out.markup(" open=\"open\"") }
        out.markup("><summary>")
        badge(scenario.standing)
        out.markup("<h3>")
        out.both(scenario.title)
        out.markup("</h3><span class=\"soft small\">")
        out.both(Wording.duration(scenario.duration))
        out.markup("</span></summary><div class=\"inside\">")
        if let text = scenario.summary {
            out.markup("<p>")
            out.both(text)
            out.markup("</p>")
        }
        out.markup("<p class=\"where\">")
        out.markup("<code>")
        out.text(scenario.id)
        out.markup("</code> · ")
        source(scenario.location)
        out.markup(" · ")
        out.both("rôle ", "role ")
        out.text(scenario.role)
        if !scenario.tags.isEmpty { out.text(" · \(scenario.tags.joined(separator: ", "))") }
        out.markup("</p>")
        if !scenario.requirements.isEmpty {
            out.markup("<p class=\"where\">")
            out.both("Exigences : ", "Requirements: ")
            requirementList(scenario.requirements)
            out.markup("</p>")
        }
        if scenario.steps.isEmpty { writeAlone(.standIn(for: scenario)) }
        for (index, step) in scenario.steps.enumerated() { write(step, number: index + 1, of: scenario) }
        out.markup("</div></details>")
    }

    private mutating func requirementList(_ ids: [String]) {
        for (index, id) in ids.prefix(40).enumerated() {
            if index > 0 { out.markup(", ") }
            requirementLink(id)
        }
        if ids.count > 40 { out.markup(" …") }
    }

    private mutating func write(_ step: StepRecord, number: Int, of scenario: ScenarioRecord) {
        out.markup("<section class=\"step\"><h4>")
        out.number(number)
        out.markup(". ")
        out.both(step.title)
        out.markup(" ")
        badge(step.standing)
        out.markup("</h4><p class=\"where\"><code>")
        out.text("\(scenario.id)/\(step.id)")
        out.markup("</code> · ")
        source(step.location)
        out.markup(" · ")
        out.both(Wording.duration(step.duration))
        out.markup("</p>")
        if let exchange = step.exchange { write(exchange, of: step) }
        if step.checks.isEmpty {
            writeAlone(.standIn(for: step, of: scenario))
        } else {
            out.markup("<ul class=\"checks\">")
            for check in step.checks {
                write(CheckPoint(scenario: scenario, step: step, check: check, isFirstOfStep: false))
            }
            out.markup("</ul>")
        }
        writeList(of: step.evidence, "Pièces de l'étape", "Files of the step")
        if !step.captures.isEmpty {
            out.markup("<details class=\"small\"><summary>")
            out.both("Valeurs capturées", "Captured values")
            out.markup("</summary><dl class=\"facts\">")
            for (name, value) in step.captures.sorted(by: { $0.key < $1.key }) {
                out.markup("<dt><code>")
                out.text(name)
                out.markup("</code></dt><dd><code>")
                out.text(value, limit: 500)
                out.markup("</code></dd>")
            }
            out.markup("</dl></details>")
        }
        out.markup("</section>")
    }

    mutating func writeList(of references: [EvidenceReference], _ fr: StaticString, _ en: StaticString) {
        guard !references.isEmpty else { return }
        let limit = 100
        out.markup("<details class=\"small\"><summary>")
        out.both(fr, en)
        out.markup(" (")
        out.number(references.count)
        out.markup(")</summary><ul class=\"links\">")
        for reference in references.prefix(limit) {
            out.markup("<li>")
            evidenceLink(reference)
            out.markup("</li>")
        }
        if references.count > limit {
            out.markup("<li>… +")
            out.number(references.count - limit)
            out.markup("</li>")
        }
        out.markup("</ul></details>")
    }

    // MARK: Checks

    private mutating func writeAlone(_ point: CheckPoint) {
        out.markup("<ul class=\"checks\">")
        write(point)
        out.markup("</ul>")
    }

    private mutating func write(_ point: CheckPoint) {
        let check = point.check
        out.markup("<li class=\"check\"")
        anchor(Anchor.name(point.path))
        out.attribute("data-verdict", check.verdict.rawValue)
        out.markup("><div class=\"head\">")
        badge(check.standing)
        out.markup("<span>")
        out.both(check.title)
        out.markup("</span><code class=\"soft\">")
        out.text(check.layer.isEmpty || check.layer == check.id ? check.id : "\(check.layer)/\(check.id)")
        out.markup("</code>")
        if !check.requirements.isEmpty {
            out.markup("<span class=\"small\">")
            requirementList(check.requirements)
            out.markup("</span>")
        }
        out.markup("</div>")
        let isUnexplained = check.findings.isEmpty && check.verdict != .pass
        if check.reason != nil || isUnexplained {
            out.markup("<p class=\"where\">")
            out.both(Wording.reason(of: check))
            out.markup("</p>")
        }
        let findings = check.tellingFindings
        for finding in findings.prefix(Self.shownFindings) { write(finding, check) }
        if findings.count > Self.shownFindings {
            out.markup("<p class=\"where\">… +")
            out.number(findings.count - Self.shownFindings)
            out.both(" constats, dans run.json", " findings, in run.json")
            out.markup("</p>")
        }
        writeOutcomes(of: check)
        writeList(of: check.evidence, "Pièces examinées", "Files examined")
        out.markup("</li>")
    }

    private mutating func write(_ finding: Finding, _ check: CheckRecord) {
        out.markup("<div")
        out.attribute("class", "finding \(finding.severity.rawValue)")
        out.markup("><span")
        out.attribute("class", "v \(finding.severity.rawValue)")
        out.markup(">")
        out.both(finding.severity.word)
        out.markup("</span> ")
        if let id = finding.requirement { requirementLink(id) }
        writeBody(of: finding, check)
        out.markup("</div>")
    }

    /// The rules that one check applied, when it is more than one requirement.
    private mutating func writeOutcomes(of check: CheckRecord) {
        guard check.outcomes.count > 1 else { return }
        out.markup("<details class=\"small\"><summary>")
        out.both("Règles appliquées", "Rules applied")
        out.markup(" (")
        out.number(check.outcomes.count)
        out.markup(")</summary><ul class=\"links\">")
        for outcome in check.outcomes.prefix(200) {
            out.markup("<li>")
            badge(outcome.verdict)
            out.markup(" ")
            requirementLink(outcome.requirement)
            out.markup("</li>")
        }
        out.markup("</ul></details>")
    }
}
