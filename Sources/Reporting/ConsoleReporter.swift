public import Conformance

/// What the terminal shows of a run: pure functions that give lines, without their line end.
///
/// What comes from the system under test can't move the cursor: control characters are made visible.
public struct ConsoleReporter: Sendable {
    /// The language of the lines.
    public let language: Language
    /// Whether verdicts are coloured; each is also a sign and a word.
    public let isColored: Bool
    private let mask: IdentityMask

    /// A reporter; `showsIdentities` leaves national identifiers readable.
    public init(language: Language = .fr, isColored: Bool = false, showsIdentities: Bool = false) {
        self.language = language
        self.isColored = isColored
        mask = IdentityMask(isActive: !showsIdentities)
    }

    /// The live line of a scenario that has ended: sign, word, id, title, duration.
    public func line(for scenario: ScenarioRecord) -> String {
        let badge = badge(scenario.standing, isPadded: true)
        let duration = Wording.duration(scenario.duration).text(in: language)
        let title = clean(scenario.title.text(in: language)).shortened(to: 200)
        return "\(badge)  \(clean(scenario.id)) · \(title) (\(duration))"
    }

    /// A block for each check of `scenario` that failed or could not be judged; nothing where all went well.
    public func details(of scenario: ScenarioRecord) -> [String] {
        var lines: [String] = []
        if scenario.steps.isEmpty {
            lines.append("    \(badge(scenario.standing)) \(Wording.noStep.text(in: language))")
        }
        for step in scenario.steps {
            // A check of the exchange tells its cause.
            if let error = step.exchange?.error,
                !step.checks.contains(where: { $0.reason?.fr.contains(error) ?? false })
            {
                lines.append("    " + Wording.field(clean(step.id), clean(error), in: language))
            }
            if step.checks.isEmpty {
                let words = Wording.field(clean(step.id), Wording.noCheck.text(in: language), in: language)
                lines.append("    \(badge(step.standing)) \(words)")
            }
            let points = step.checks.map {
                CheckPoint(scenario: scenario, step: step, check: $0, isFirstOfStep: false)
            }
            for point in points where point.outcome == .failure || point.tellsMore { lines += block(point) }
            let undecided = points.filter { $0.outcome == .error && !$0.tellsMore }
            for group in UndecidedGroup.groups(of: undecided) { lines += block(group) }
        }
        return lines
    }

    /// The end of a run: counts, what was not run, the conclusion, where the reports are, how to run it again.
    public func summary(of record: RunRecord, directory: String) -> [String] {
        let summary = RunSummary(of: record)
        let isFrench = language == .fr
        var lines = [
            counts(isFrench ? "Scénarios" : "Scenarios", summary.scenarios),
            counts(isFrench ? "Points de contrôle" : "Check points", summary.checks),
            counts(isFrench ? "Exigences" : "Requirements", summary.requirements, isFeminine: true),
        ]
        if summary.warnings > 0 { lines.append(field(isFrench ? "Avertissements" : "Warnings", "\(summary.warnings)")) }
        for (reason, number) in layersNotRun(record) {
            lines.append(field(isFrench ? "Non exécuté" : "Not run", "\(reason) (\(number))"))
        }
        lines += skippedLines(record)
        if record.environment["tls.verifies"] == "false" {
            lines.append(Wording.unverifiedServer.text(in: language))
        }
        if !record.target.misbehaviors.isEmpty {
            let names = clean(record.target.misbehaviors.joined(separator: ", "))
            lines.append(field(isFrench ? "Fautes demandées" : "Misbehaviours", names))
        }
        if record.isInterrupted { lines.append(Wording.interrupted.text(in: language)) }
        if record.scenarios.isEmpty { lines.append(Wording.nothingReplayed.text(in: language)) }
        let duration = Wording.duration(record.duration).text(in: language)
        let word = Wording.conclusion(of: record).text(in: language)
        let name = clean(record.target.name)
        let exit = isFrench ? "code de sortie" : "exit code"
        lines.append("")
        lines.append(
            "\(colored(word, conclusionColor(record))) — \(name) (\(exit) \(record.exitCode), \(duration))")
        lines.append(field(isFrench ? "Rapport" : "Report", "\(directory)/report.html"))
        lines.append(field("JUnit", "\(directory)/junit.xml"))
        lines.append(field(isFrench ? "Rejouer" : "Run again", clean(record.command)))
        return lines
    }

    // MARK: Pieces

    private func block(_ point: CheckPoint) -> [String] {
        let check = mask.masked(point.check)
        let ids = check.requirements.isEmpty ? "" : " [\(check.requirements.joined(separator: ", "))]"
        let step = point.step?.id ?? ""
        var lines = ["    \(badge(check.standing)) \(clean("\(step) – \(check.id)\(ids)"))"]
        if check.findings.isEmpty || check.reason != nil { lines += reasonLines(of: check) }
        let violations = check.findings.filter { $0.severity == .violation }
        let shown = violations.isEmpty ? check.findings : violations
        for finding in shown.prefix(Self.limit) {
            lines += FindingText.lines(finding, check, language).map { "      " + clean($0).shortened(to: 600) }
        }
        if shown.count > Self.limit {
            let rest = shown.count - Self.limit
            lines.append(language == .fr ? "      … \(rest) constats de plus" : "      … \(rest) more findings")
        }
        return lines
    }

    /// Checks of one step that could not be judged for one cause, which is told once.
    private func block(_ group: UndecidedGroup) -> [String] {
        let ids = Self.list(group.requirements)
        let names = Self.list(group.points.map(\.check.id))
        let head = "\(group.first.step?.id ?? "") – \(names)" + (ids.isEmpty ? "" : " [\(ids)]")
        return ["    \(badge(group.standing)) \(clean(head))"] + reasonLines(of: group.first.check)
    }

    private func reasonLines(of check: CheckRecord) -> [String] {
        let place = "\(check.location.file):\(check.location.line)"
        return [
            "      \(clean(Wording.reason(of: check).text(in: language)))",
            "        " + Wording.field(language == .fr ? "scénario" : "scenario", clean(place), in: language),
        ]
    }

    /// At most twelve names; more are counted.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).joined(separator: ", ")
        return names.count > 12 ? "\(shown), … +\(names.count - 12)" : shown
    }

    /// The scenarios that were skipped, each with its reason.
    private func skippedLines(_ record: RunRecord) -> [String] {
        let skipped = record.skippedScenarios
        guard !skipped.isEmpty else { return [] }
        let limit = 20
        var lines = [language == .fr ? "Écartés :" : "Skipped:"]
        for scenario in skipped.prefix(limit) {
            let reasons = scenario.skipReasons.map { $0.text(in: language) }.joined(separator: " ; ")
            lines.append("  " + clean("\(scenario.id) — \(reasons)").shortened(to: 600))
        }
        if skipped.count > limit { lines.append("  … +\(skipped.count - limit)") }
        return lines
    }

    /// More findings of one check are left to the other reports.
    private static let limit = 5

    private func counts(_ label: String, _ counts: RunSummary.Counts, isFeminine: Bool = false) -> String {
        let parts = counts.listed().map { standing, number in
            colored(standing.counted(number, isFeminine: isFeminine).text(in: language), color(of: standing.verdict))
        }
        return field(label, parts.isEmpty ? "0" : "\(counts.total) (\(parts.joined(separator: ", ")))")
    }

    private func field(_ label: String, _ value: String) -> String {
        Wording.field(label, value, in: language)
    }

    private func layersNotRun(_ record: RunRecord) -> [(String, Int)] {
        var order: [String] = []
        var numbers: [String: Int] = [:]
        for point in CheckPoint.all(of: record) where point.check.verdict == .notRun {
            let reason = Wording.reason(of: point.check).text(in: language)
            let line = clean(point.check.layer.isEmpty ? reason : "\(point.check.layer) — \(reason)")
            if numbers[line] == nil { order.append(line) }
            numbers[line, default: 0] += 1
        }
        return order.prefix(10).map { ($0, numbers[$0] ?? 0) }
    }

    private func badge(_ standing: Standing, isPadded: Bool = false) -> String {
        let word = standing.word.text(in: language)
        let width = Verdict.allCases.map { $0.word.text(in: language).count }.max() ?? 0
        let padding = isPadded ? String(repeating: " ", count: max(0, width - word.count)) : ""
        return colored("\(standing.verdict.sign) \(word)", color(of: standing.verdict)) + padding
    }

    private func color(of verdict: Verdict) -> String {
        switch verdict {
        case .pass: "32"
        case .fail: "1;31"
        case .error, .inconclusive: "35"
        case .notRun: "33"
        case .skipped, .notApplicable: "2"
        }
    }

    private func conclusionColor(_ record: RunRecord) -> String {
        switch record.exitCode {
        case 0: "1;32"
        case 1: "1;31"
        default: "1;35"
        }
    }

    private func colored(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// One line without identities, in which control and direction characters are visible.
    private func clean(_ text: String) -> String { mask.masked(text).withVisibleControls(keepingLines: false) }
}

extension CheckPoint {
    /// Whether a point that could not be judged has findings that say more than its reason.
    fileprivate var tellsMore: Bool { outcome == .error && !check.tellingFindings.isEmpty }
}

extension Unicode.Scalar {
    /// Whether it reorders what stands after it (bidirectional controls): text that lies about its order.
    var isDirectional: Bool {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// The text with control characters as control pictures (`␛`) and direction marks as `[U+202E]`.
    func withVisibleControls(keepingLines: Bool) -> String {
        func isPlain(_ scalar: Unicode.Scalar) -> Bool {
            if scalar.value < 0x20 { return keepingLines && (scalar == "\n" || scalar == "\t") }
            return !(0x7F...0x9F ~= scalar.value) && !scalar.isDirectional && scalar.value != 0x2028
                && scalar.value != 0x2029
        }
        guard !unicodeScalars.allSatisfy(isPlain) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if isPlain(scalar) {
                result.append(scalar)
            } else if !keepingLines, scalar == "\n" || scalar == "\t" {
                result.append(" ")
            } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
                result.append(picture)
            } else {
                result.append(contentsOf: "[U+\(String(scalar.value, radix: 16, uppercase: true))]".unicodeScalars)
            }
        }
        return String(result)
    }
}
