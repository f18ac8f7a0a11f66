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
        func line(_ french: String, _ english: String) { text += (language == .french ? french : english) + "\n" }
        for outcome in report.outcomes {
            let severity = report.severity(of: outcome)
            text += "\(file):\(outcome.node.line): \(word(severity, language)): \(outcome.text)"
            text += " [\(report.stableID(of: outcome))]\n    \(outcome.node.path)\n"
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
        let failed = report.failedAsserts
        let spoken = report.successfulReports
        line(
            "\(file): \(word(report.verdict, language)) (\(report.schema.name): \(report.firedRules) règles déclenchées, "
                + "\(failed) assertions en échec, \(spoken) rapports)",
            "\(file): \(word(report.verdict, language)) (\(report.schema.name): \(report.firedRules) rules fired, "
                + "\(failed) failed asserts, \(spoken) reports)")
        return text
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
