internal import XML

/// Writes a report for a reader at a terminal.
public enum TextWriter {
    /// The language of the words around the messages, which are the schema's own.
    public enum Language: String, Sendable {
        case french = "fr"
        case english = "en"
    }

    /// The report as lines, each with its line feed.
    ///
    /// - Parameter file: the path of the document as the reader knows it.
    public static func text(_ report: ValidationReport, file: String, language: Language) -> String {
        var text = ""
        let location = Location()
        func line(_ french: String, _ english: String) { text += (language == .french ? french : english) + "\n" }
        for outcome in report.outcomes {
            let severity = report.severity(of: outcome)
            text += "\(file):\(outcome.node.line): \(word(severity, language)): \(outcome.text)"
            text += " [\(report.stableID(of: outcome))]\n    \(location.path(outcome.node))\n"
            for remark in outcome.diagnostics { text += "    \(remark.text)\n" }
        }
        for item in report.indeterminate {
            let id = item.check.map { " [\(report.schema.stableID(ofCheck: $0))]" } ?? ""
            let kind = item.isPackDefect ? ("défaut du kit", "pack defect") : ("non jugé", "not judged")
            line(
                "\(file):\(item.node.line): \(kind.0): \(item.code) \(item.message)\(id)",
                "\(file):\(item.node.line): \(kind.1): \(item.code) \(item.message)\(id)")
        }
        if let error = report.error {
            line("\(file): arrêté, comme la référence: \(error)", "\(file): stopped, as the reference stops: \(error)")
        }
        let counts = [
            count(
                report.firedRules, ("règle déclenchée", "règles déclenchées"), ("rule fired", "rules fired"), language),
            count(
                report.failedAsserts, ("assertion en échec", "assertions en échec"),
                ("failed assert", "failed asserts"),
                language),
            count(report.successfulReports, ("rapport", "rapports"), ("report", "reports"), language),
        ]
        text +=
            "\(file): \(word(report.verdict, language)) (\(report.schema.name): \(counts.joined(separator: ", ")))\n"
        return text
    }

    private static func count(
        _ number: Int, _ french: (one: String, many: String), _ english: (one: String, many: String),
        _ language: Language
    ) -> String {
        // In French, none and one are singular.
        switch language {
        case .french: "\(number) \(number < 2 ? french.one : french.many)"
        case .english: "\(number) \(number == 1 ? english.one : english.many)"
        }
    }

    private static func word(_ severity: ValidationReport.Severity, _ language: Language) -> String {
        switch severity {
        case .error: language == .french ? "erreur" : "error"
        case .warning: language == .french ? "avertissement" : "warning"
        case .information: "information"
        }
    }

    private static func word(_ verdict: ValidationReport.Verdict, _ language: Language) -> String {
        switch verdict {
        case .pass: language == .french ? "conforme" : "pass"
        case .fail: language == .french ? "non conforme" : "fail"
        case .inconclusive: language == .french ? "non concluant" : "inconclusive"
        case .error: language == .french ? "erreur" : "error"
        }
    }
}
