internal import Conformance

/// A finding as plain lines, for JUnit and the console.
enum FindingText {
    /// Longer values are cut in plain text; the record holds them whole.
    static let limit = 2000

    /// The requirement and message, then one line for each thing that is known.
    static func lines(_ finding: Finding, _ check: CheckRecord, _ language: Language) -> [String] {
        let id = finding.requirement ?? check.requirements.first
        let rule = finding.check == id ? nil : finding.check
        let ids = [id, rule].compactMap { $0 }.joined(separator: ", ")
        let word = finding.severity.word.text(in: language)
        var lines = ["\(word) [\(ids)] \(finding.message.text(in: language).shortened(to: limit))"]
        for (label, value) in details(finding, check, language) {
            lines.append("  \(label)\(language == .fr ? " :" : ":") \(value)")
        }
        return lines
    }

    /// Expected, actual, advice, place and scenario line, each with its label.
    static func details(_ finding: Finding, _ check: CheckRecord, _ language: Language) -> [(String, String)] {
        let isFrench = language == .fr
        var result: [(String, String)] = []
        if let expected = finding.expected {
            result.append((isFrench ? "attendu" : "expected", expected.shortened(to: limit)))
        }
        if let actual = finding.actual {
            result.append((isFrench ? "obtenu" : "actual", actual.shortened(to: limit)))
        }
        if let advice = finding.advice {
            result.append((isFrench ? "conseil" : "advice", advice.text(in: language).shortened(to: limit)))
        }
        if let place = finding.place {
            let text = place.description(in: language)
            let file = place.sha256.map { "evidence/\($0)" }
            let words = [text.isEmpty ? nil : text, file].compactMap { $0 }
            if !words.isEmpty { result.append((isFrench ? "preuve" : "evidence", words.joined(separator: " · "))) }
        }
        let source = finding.source ?? check.location
        result.append((isFrench ? "scénario" : "scenario", "\(source.file):\(source.line)"))
        return result
    }
}
