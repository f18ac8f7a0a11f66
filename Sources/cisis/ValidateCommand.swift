import ArgumentParser
import Conformance
import Foundation
import Reporting
import Runner

/// `cisis validate`: judges captured files, offline.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Judge captured files: CDA, KOS, DICOM, metadata, SOAP and MTOM messages.",
        discussion: """
            Examples:
              cisis validate report.xml --schema CDA_extended.xsd
              cisis validate capture.mtom kos.dcm --format json
              cisis validate report.xml --against kos.dcm --against capture.mtom
            """)

    @Argument(help: ArgumentHelp("Files to judge.", valueName: "file"))
    var files: [String]

    @Option(help: "What the files are: auto, \(FileKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind = "auto"

    @Option(help: ArgumentHelp("XML Schema for CDA documents.", valueName: "file.xsd"))
    var schema: String?

    @Option(help: "capture: what official samples break weighs less; run: as in a run.")
    var level = JudgementLevel.capture

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Another object of the same exam; may be repeated.", valueName: "file"))
    var against: [String] = []

    @Option(help: "text or json (one object a line).")
    var format = RunCommand.Format.text

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name a file to judge") }
        guard kind == "auto" || FileKind(rawValue: kind) != nil else {
            throw ValidationError(
                "no kind '\(kind)': auto, \(FileKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    func run() async throws {
        var options = FileValidator.Options(dataRoot: try common.dataRoot())
        options.kind = FileKind(rawValue: kind)
        options.schema = schema
        options.level = level
        options.others = against
        let validator: FileValidator
        do {
            validator = try await FileValidator(options)
        } catch {
            throw Ending.usage(error.message)
        }
        var verdicts: [Verdict] = []
        for file in files {
            let judgement = await validator.validate(file)
            verdicts.append(judgement.verdict)
            switch format {
            case .json: try Terminal.put(JudgementText(common.language).json(judgement) + "\n")
            case .text: try Terminal.put(JudgementText(common.language).lines(judgement).joined(separator: "\n") + "\n")
            }
        }
        let worst = Verdict.rollUp(verdicts.map { ($0, true) })
        switch worst {
        case .fail: throw Ending(1)
        case .pass, .notApplicable, .skipped: return
        case .notRun, .inconclusive, .error: throw Ending(2)
        }
    }
}

/// A judgement for people and for scripts.
private struct JudgementText {
    private let language: Language

    init(_ language: Language) { self.language = language }

    func lines(_ judgement: FileJudgement) -> [String] {
        var lines = ["\(judgement.file): \(judgement.kind?.rawValue ?? "?"): \(word(judgement.verdict))"]
        lines += judgement.summary.map { "    \($0)" }
        for layer in judgement.layers {
            let reason = layer.reason.map { ": \($0.text(in: language))" } ?? ""
            lines.append("  \(layer.layer): \(word(layer.verdict))\(reason)")
            for finding in layer.findings {
                lines.append(
                    "    \(judgement.file)\(place(finding.place)): \(severity(finding.severity)): \(finding.check): "
                        + finding.message.text(in: language))
                if let expected = finding.expected {
                    lines.append("      \(french ? "attendu" : "expected")  \(expected)")
                }
                if let actual = finding.actual { lines.append("      \(french ? "trouvé" : "found")    \(actual)") }
                if let advice = finding.advice { lines.append("      → \(advice.text(in: language))") }
            }
        }
        return lines
    }

    private var french: Bool { language == .fr }

    private func place(_ place: EvidencePlace?) -> String {
        guard let place else { return "" }
        var text = place.line.map { ":\($0)" + (place.column.map { ":\($0)" } ?? "") } ?? ""
        let others = [
            place.part.map { "part \($0)" }, place.tag, place.line == nil ? place.byte.map { "byte \($0)" } : nil,
            place.xpath, place.header,
        ]
        let rest = others.compactMap { $0 }.joined(separator: " ")
        if !rest.isEmpty { text += " (\(rest))" }
        return text
    }

    private func word(_ verdict: Verdict) -> String { french ? verdict.rawValue : verdict.rawValue }

    private func severity(_ severity: Severity) -> String {
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
        var reason: String?
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
        }
    }

    var file: String
    var kind: String?
    var verdict: Verdict
    var summary: [String]
    var layers: [Layer]

    init(_ judgement: FileJudgement, _ language: Language) {
        file = judgement.file
        kind = judgement.kind?.rawValue
        verdict = judgement.verdict
        summary = judgement.summary
        layers = judgement.layers.map { layer in
            Layer(
                layer: layer.layer, verdict: layer.verdict, reason: layer.reason?.text(in: language),
                findings: layer.findings.map { Item($0, language) })
        }
    }
}
