internal import XML

/// Writes one line of JSON a report: `doc`, `sch`, `phase`, `patterns`, `firedRules`, `firedSha1`, `asserts`, `reports`,
/// `results` (`k` kind, `pi` pattern index, `p` pattern id, `c` context, `t` test, `l` location, `r` role or flag, `x`
/// text), `indeterminate` (the same with `code`), `warnings`, and in strict mode `error` in place of the results.
public enum JSONLinesWriter {
    /// The line, without its line feed.
    ///
    /// - Parameter document: the name to be shown, a file name without extension.
    public static func line(_ report: ValidationReport, document: String) -> String {
        let location = Location()
        var json = JSONText()
        json.object { json in
            json.member("doc", document)
            json.member("sch", report.schema.name)
            if let error = report.error {
                json.member("error", error)
                writeWarnings(report, &json)
                return
            }
            json.nullable("phase", report.schema.phase)
            json.member("patterns", report.schema.patterns.count)
            json.member("firedRules", report.firedRules)
            json.member("firedSha1", report.firedSHA1)
            json.member("asserts", report.failedAsserts)
            json.member("reports", report.successfulReports)
            json.array("results") { json in
                for outcome in report.outcomes { write(outcome, report, location, &json) }
            }
            if !report.indeterminate.isEmpty {
                json.array("indeterminate") { json in
                    for item in report.indeterminate { write(item, report, location, &json) }
                }
            }
            writeWarnings(report, &json)
        }
        return json.text
    }

    private static func write(
        _ outcome: ValidationReport.Outcome, _ report: ValidationReport, _ location: Location, _ json: inout JSONText
    ) {
        let check = report.schema.checks[outcome.check]
        json.object { json in
            writeCommon(check, report.firings[outcome.firing], outcome.node, report, location, &json)
            json.member("x", outcome.text)
            json.member("id", report.schema.stableID(ofCheck: outcome.check))
            json.member("line", outcome.node.line)
        }
    }

    private static func write(
        _ item: ValidationReport.Indeterminate, _ report: ValidationReport, _ location: Location, _ json: inout JSONText
    ) {
        json.object { json in
            if let check = item.check, let firing = item.firing {
                writeCommon(report.schema.checks[check], report.firings[firing], item.node, report, location, &json)
                json.member("id", report.schema.stableID(ofCheck: check))
            } else {
                json.member("l", location.human(item.node))
            }
            json.member("code", item.code)
            json.member("x", item.message)
            json.member("packDefect", item.isPackDefect)
        }
    }

    private static func writeCommon(
        _ check: BoundSchema.Check, _ firing: ValidationReport.Firing, _ node: Node, _ report: ValidationReport,
        _ location: Location, _ json: inout JSONText
    ) {
        json.member("k", check.assertion.kind.rawValue)
        json.member("pi", Int(firing.pattern))
        json.nullable("p", report.schema.patterns[Int(firing.pattern)].id)
        json.member("c", report.schema.rules[Int(firing.rule)].rule.context)
        json.member("t", Blanks.normalized(AttributeTemplate.value(check.assertion.test)))
        json.member("l", location.human(node))
        if let role = check.assertion.annotation.role ?? check.assertion.annotation.flag { json.member("r", role) }
    }

    private static func writeWarnings(_ report: ValidationReport, _ json: inout JSONText) {
        let notes = report.schema.notes + report.notes
        guard !notes.isEmpty else { return }
        json.array("warnings") { json in
            for note in notes { json.string(note.description) }
        }
    }
}
