import Checks
import Conformance
import Foundation
import Runner

/// A judgement for people and for scripts.
struct JudgementText {
    /// The remarks that are shown of one file; the rest is counted, so that all fits one screen.
    private static let limit = 20
    /// The characters that are shown of a value.
    private static let length = 400
    /// The places that are shown of one remark beside the first.
    private static let alike = 5

    let language: Language

    init(_ language: Language) { self.language = language }

    /// Findings that say the same, told once with their places.
    private struct Group {
        let layer: Int
        let finding: Finding
        /// All that are alike, the first one included.
        var all: [Finding] = []
        var count: Int { all.count }
    }

    func lines(_ judgement: FileJudgement) -> [String] {
        var lines = ["\(judgement.file): \(judgement.kind?.rawValue ?? "?"): \(word(judgement.verdict))"]
        lines += summary(judgement)
        if let pack = judgement.pack {
            let overlay = pack.overlayDigest.map { " + \(french ? "surcouche" : "overlay") \($0.prefix(12))…" } ?? ""
            lines.append("    kit: \(pack.name), SHA-256 \(pack.digest.prefix(12))…\(overlay)")
        }
        let groups = groups(judgement)
        // What weighs most is shown first, whatever its layer.
        let order = groups.indices.sorted { (weight(groups[$0]), $0) < (weight(groups[$1]), $1) }
        let shown = Set(order.prefix(Self.limit))
        for (number, layer) in judgement.layers.enumerated() {
            let rules = layer.firedRules.map { " (\($0) \(french ? "règles" : "rules"))" } ?? ""
            let reason = layer.reason.map { ": \($0.text(in: language))" } ?? ""
            let judge = layer.judge.map { " [\($0)]" } ?? ""
            lines.append("  \(layer.layer): \(word(layer.verdict))\(rules)\(judge)\(reason)")
            let mine = groups.indices.filter { groups[$0].layer == number }
            for index in mine where shown.contains(index) { lines += self.lines(groups[index], judgement.file) }
            let rest = mine.filter { !shown.contains($0) }.count
            if rest > 0 {
                lines.append(
                    french ? "    … et \(rest) autres (--format json)" : "    … and \(rest) more (--format json)")
            }
        }
        return lines
    }

    /// What the file holds, each line once and cut where it is long.
    private func summary(_ judgement: FileJudgement) -> [String] {
        var seen: Set<String> = []
        let lines = judgement.summary.filter { seen.insert($0).inserted }
        let shown = lines.prefix(Self.limit).map { line in
            "    " + (line.utf8.count > 400 ? line.prefix(400) + "…" : line)
        }
        guard lines.count > shown.count else { return shown }
        let rest = lines.count - shown.count
        return shown + [
            french ? "    … et \(rest) autres (--format json)" : "    … and \(rest) more (--format json)"
        ]
    }

    private func groups(_ judgement: FileJudgement) -> [Group] {
        var groups: [Group] = []
        for (number, layer) in judgement.layers.enumerated() {
            var known: [Finding: Int] = [:]
            for finding in layer.findings {
                var key = finding
                (key.place, key.expected, key.actual) = (nil, nil, nil)
                let index = known[key] ?? groups.count
                if index == groups.count {
                    groups.append(Group(layer: number, finding: finding))
                    known[key] = index
                }
                groups[index].all.append(finding)
            }
        }
        return groups
    }

    private func weight(_ group: Group) -> Int {
        switch group.finding.severity {
        case .violation: 0
        case .warning: 1
        case .information: 2
        }
    }

    /// The check, and the requirement that it breaks where that is another.
    private static func name(_ finding: Finding) -> String {
        guard let requirement = finding.requirement, requirement != finding.check else { return finding.check }
        return "\(finding.check) [\(requirement)]"
    }

    private func lines(_ group: Group, _ file: String) -> [String] {
        let finding = group.finding
        let times = group.count > 1 ? " (×\(group.count))" : ""
        let rule = Self.rules[finding.check]
        // A rule that says what has to be is not what happened.
        let broken = rule?.statement == finding.message ? (french ? "non respecté : " : "not met: ") : ""
        let said =
            "\(severity(finding.severity)): \(Self.name(finding))\(times): \(broken)\(finding.message.text(in: language))"
        var lines = ["    " + (finding.place == nil ? said : "\(file)\(place(finding.place)): \(said)")]
        lines += values(finding)
        for other in group.all.dropFirst().prefix(Self.alike) where other.place != nil {
            lines.append("      \(french ? "aussi" : "also")\(place(other.place))")
            // What was found elsewhere is said where it is not the same.
            if other.expected != finding.expected || other.actual != finding.actual {
                lines += values(other).map { "  " + $0 }
            }
        }
        let rest = group.count - 1 - Self.alike
        if rest > 0 { lines.append("      … \(french ? "et \(rest) autres" : "and \(rest) more") (--format json)") }
        if let advice = finding.advice { lines.append("      → \(advice.text(in: language))") }
        if let source = rule?.source, finding.severity == .violation {
            lines.append("      \(french ? "norme" : "norm")     \(source)")
        }
        return lines
    }

    private static let rules = Dictionary(RuleBook.descriptors.map { ($0.id, $0) }) { first, _ in first }

    private func values(_ finding: Finding) -> [String] {
        var lines: [String] = []
        if let expected = finding.expected {
            lines.append("      \(french ? "attendu" : "expected")  \(shown(expected))")
        }
        if let actual = finding.actual { lines.append("      \(french ? "trouvé" : "found")    \(shown(actual))") }
        return lines
    }

    /// A value for a person: what is absent or empty, in words.
    private func shown(_ value: String) -> String {
        switch value {
        case "∅": "absent"
        case "\"\"": french ? "vide" : "empty"
        default:
            String(value.prefix(Self.length).map { $0.isNewline ? "⏎" : $0 })
                + (value.utf8.count > Self.length * 4 || value.count > Self.length ? "… (--format json)" : "")
        }
    }

    var french: Bool { language == .fr }

    private func place(_ place: EvidencePlace?) -> String {
        guard let place else { return "" }
        var text = place.line.map { ":\($0)" + (place.column.map { ":\($0)" } ?? "") } ?? ""
        let others = [
            place.part.map { "part \($0)" }, place.tag,
            place.line == nil ? place.byte.map { "\(french ? "octet" : "byte") \($0)" } : nil,
            place.xpath, place.header, place.object,
        ]
        let rest = others.compactMap { $0 }.joined(separator: " ")
        if !rest.isEmpty { text += " (\(rest))" }
        return text
    }

    func word(_ verdict: Verdict) -> String {
        guard french else { return verdict.rawValue }
        return switch verdict {
        case .pass: "conforme"
        case .fail: "non conforme"
        case .inconclusive: "non concluant"
        case .error: "erreur"
        case .skipped: "sauté"
        case .notApplicable: "sans objet"
        case .notRun: "non exécuté"
        }
    }

    func severity(_ severity: Severity) -> String {
        guard french else { return severity.rawValue }
        return switch severity {
        case .violation: "violation"
        case .warning: "avertissement"
        case .information: "information"
        }
    }

    func json(_ judgement: FileJudgement) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(JudgementObject(judgement, language)), as: UTF8.self)
    }
}

/// The JSON of a judgement, as scripts read it.
private struct JudgementObject: Encodable {
    struct Layer: Encodable {
        var layer: String
        var verdict: Verdict
        /// What judged it.
        var judge: String?
        var reason: String?
        var firedRules: Int?
        var findings: [Item]
    }

    struct Item: Encodable {
        var check: String
        var requirement: String?
        var severity: Severity
        var message: String
        var expected: String?
        var actual: String?
        var advice: String?
        var line: Int?
        var column: Int?
        var xpath: String?
        var part: String?
        var byte: Int?
        var tag: String?
        var object: String?

        init(_ finding: Finding, _ language: Language) {
            check = finding.check
            requirement = finding.requirement
            severity = finding.severity
            message = finding.message.text(in: language)
            expected = finding.expected
            actual = finding.actual
            advice = finding.advice?.text(in: language)
            line = finding.place?.line
            column = finding.place?.column
            xpath = finding.place?.xpath
            part = finding.place?.part
            byte = finding.place?.byte
            tag = finding.place?.tag
            object = finding.place?.object
        }
    }

    var file: String
    var kind: String?
    var verdict: Verdict
    var summary: [String]
    var pack: PackIdentity?
    var layers: [Layer]

    init(_ judgement: FileJudgement, _ language: Language) {
        file = judgement.file
        kind = judgement.kind?.rawValue
        verdict = judgement.verdict
        summary = judgement.summary
        pack = judgement.pack
        layers = judgement.layers.map { layer in
            Layer(
                layer: layer.layer, verdict: layer.verdict, judge: layer.judge,
                reason: layer.reason?.text(in: language),
                firedRules: layer.firedRules, findings: layer.findings.map { Item($0, language) })
        }
    }
}
