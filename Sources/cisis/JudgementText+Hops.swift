import Conformance
import Foundation
import Runner

extension JudgementText {
    /// A line for each hop; what is wrong follows it, with its line in the report.
    func hops(_ judgement: FileJudgement) -> [String] {
        let width = judgement.layers.map(\.layer.count).max() ?? 0
        var lines = ["\(judgement.file): \(word(judgement.verdict))"]
        for layer in judgement.layers {
            let name = layer.layer.padding(toLength: width, withPad: " ", startingAt: 0)
            let word = word(layer.verdict)
            let reason = layer.reason.map { ": \($0.text(in: language))" } ?? ""
            lines.append("  \(name)  \(word)\(reason)")
            var shown: String?
            for finding in layer.findings {
                let weight = severity(finding.severity)
                // `12:3 (/ClinicalDocument/…)`, as `validate` has it after the file.
                let told = place(finding.place).drop { $0 == ":" || $0 == " " }
                let line = told.isEmpty ? "" : "\(told): "
                lines.append("      \(line)\(weight): \(finding.message.text(in: language))")
                if let expected = finding.expected, !expected.isEmpty {
                    lines.append("        \(french ? "attendu" : "expected")  \(expected)")
                }
                // The link itself is told once.
                guard let actual = finding.actual, actual != shown else { continue }
                lines.append("        \(french ? "trouvé " : "found   ")  \(actual)")
                shown = actual
            }
        }
        return lines
    }
}
