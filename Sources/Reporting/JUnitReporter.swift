public import Conformance
internal import XML

/// Writes the JUnit report: one suite per scenario, one case per check point (`Reports/Schemas/junit.xsd`).
///
/// A fault of the system under test is a `failure`; what could not be judged is an `error`; what was not asked for is
/// `skipped`. Class and case names are made of ids alone, so they are the same in every run and language.
public enum JUnitReporter {
    /// What the person may choose.
    public struct Options: Sendable {
        /// The language of the messages.
        public var language: Language
        /// Leaves the properties out: some servers count XML nodes.
        public var isLean: Bool
        /// What precedes the digest in attachment lines: a folder, relative or absolute, with its `/`.
        public var attachmentBase: String
        /// Whether national identifiers stay readable.
        public var showsIdentities: Bool

        /// The standard report.
        public init(
            language: Language = .fr, isLean: Bool = false, attachmentBase: String = "evidence/",
            showsIdentities: Bool = false
        ) {
            self.language = language
            self.isLean = isLean
            self.attachmentBase = attachmentBase
            self.showsIdentities = showsIdentities
        }
    }

    /// The report of `record`: UTF-8, no DOCTYPE, only characters that XML 1.0 allows.
    public static func write(_ record: RunRecord, options: Options = Options()) -> [UInt8] {
        var writer = JUnitWriter(record: record, options: options)
        return Serializer.serialize(writer.document(), indented: true)
    }
}

/// Builds the elements of one report.
private struct JUnitWriter {
    let record: RunRecord
    let options: JUnitReporter.Options
    private var names: Set<String> = []
    /// How often a name was given, so that the next number is found at once.
    private var repetitions: [String: Int] = [:]
    private let mask: IdentityMask

    init(record: RunRecord, options: JUnitReporter.Options) {
        self.record = record
        self.options = options
        mask = IdentityMask(isActive: !options.showsIdentities)
    }

    mutating func document() -> Element {
        let points = CheckPoint.all(of: record)
        let summary = RunSummary(of: record, points: points)
        var root = Element("testsuites", ["name": "cisis"])
        root.attributes += counts(summary.outcomes)
        root.attributes += time(record.duration, record.startedAt)
        // Points come in the order of the scenarios, so each suite is a run of them.
        var index = points.startIndex
        for (number, scenario) in record.scenarios.enumerated() {
            let length = max(1, scenario.steps.reduce(0) { $0 + max(1, $1.checks.count) })
            root.content.append(.element(suite(scenario, number, points[index..<index + length])))
            index += length
        }
        if index < points.endIndex { root.content.append(.element(runSuite(points[index...]))) }
        sayWhatIsMissing(&root)
        return root
    }

    /// A run that is partial says so in its first suite: a server shows that a suite is green, not what it left out.
    private func sayWhatIsMissing(_ root: inout Element) {
        let skipped = record.skippedScenarios
        guard !skipped.isEmpty || record.isInterrupted, case .element(var suite) = root.content.first else { return }
        let conclusion = Wording.conclusion(of: record).text(in: options.language)
        var lines = [conclusion, Wording.outcome(of: RunSummary(of: record)).text(in: options.language)]
        if record.isInterrupted { lines.append(Wording.interrupted.text(in: options.language)) }
        let word = Verdict.skipped.word.text(in: options.language)
        for scenario in skipped.prefix(100) {
            let reasons = scenario.skipReasons.map { $0.text(in: options.language) }.joined(separator: " ; ")
            lines.append(Wording.field(word, "\(scenario.id) — \(reasons)", in: options.language).shortened(to: 400))
        }
        if skipped.count > 100 { lines.append("… +\(skipped.count - 100)") }
        if !options.isLean {
            let pairs = [
                ("conclusion", conclusion), ("scenarios.skipped", String(skipped.count)),
                ("interrupted", String(record.isInterrupted)),
            ]
            let list = pairs.map { Element("property", ["name": $0.0, "value": legal($0.1)]) }
            suite.content.insert(.element(Element("properties", [:], list)), at: 0)
        }
        let text = legal(lines.joined(separator: "\n"), 20_000)
        suite.content.append(.element(Element("system-out", text: text)))
        root.content[0] = .element(suite)
    }

    private mutating func suite(_ scenario: ScenarioRecord, _ number: Int, _ points: ArraySlice<CheckPoint>) -> Element
    {
        var suite = Element("testsuite", ["name": legal("\(scenario.profile)/\(scenario.id)")])
        suite.attributes += counts(RunSummary.outcomes(of: points))
        suite.attributes += time(scenario.duration, scenario.startedAt)
        suite.attributes.append(("hostname", legal(record.environment["hostname"] ?? "localhost")))
        suite.attributes.append(("id", String(number)))
        suite.attributes.append(("file", legal(scenario.location.file)))
        for point in points { suite.content.append(.element(testcase(point))) }
        return suite
    }

    private mutating func runSuite(_ points: ArraySlice<CheckPoint>) -> Element {
        var suite = Element("testsuite", ["name": "cisis"])
        suite.attributes += counts(RunSummary.outcomes(of: points))
        suite.attributes += time(0, record.startedAt)
        suite.attributes.append(("hostname", legal(record.environment["hostname"] ?? "localhost")))
        suite.attributes.append(("id", String(record.scenarios.count)))
        suite.attributes.append(("file", "run.json"))
        for point in points { suite.content.append(.element(testcase(point))) }
        return suite
    }

    private func counts(_ outcomes: [JUnitOutcome: Int]) -> [(name: String, value: String)] {
        [
            ("tests", String(outcomes.values.reduce(0, +))), ("failures", String(outcomes[.failure] ?? 0)),
            ("errors", String(outcomes[.error] ?? 0)), ("skipped", String(outcomes[.skipped] ?? 0)),
        ]
    }

    private func time(_ seconds: Double, _ instant: String) -> [(name: String, value: String)] {
        var attributes = [(name: "time", value: Number.decimal(seconds, digits: 3))]
        if Self.isInstant(instant) { attributes.append(("timestamp", instant)) }
        return attributes
    }

    /// Whether `text` has the shape `2025-01-31T23:59:59[.fff]Z` that every server reads.
    private static func isInstant(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 32, bytes.last == UInt8(ascii: "Z") else { return false }
        for (index, mark) in zip(0..<19, "dddd-dd-ddTdd:dd:dd".utf8) {
            guard mark == UInt8(ascii: "d") ? bytes[index].isDigit : bytes[index] == mark else { return false }
        }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
        guard number(0..<4) >= 1, 1...12 ~= number(5..<7), 1...28 ~= number(8..<10) || isDay(text.prefix(10)),
            number(11..<13) < 24, number(14..<16) < 60, number(17..<19) < 60
        else { return false }
        let fraction = bytes[19..<bytes.count - 1]
        return fraction.isEmpty
            || (fraction.first == UInt8(ascii: ".") && fraction.count > 1 && fraction.dropFirst().allSatisfy(\.isDigit))
    }

    private static func isDay(_ date: Substring) -> Bool {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return false }
        let isLeap = (parts[0] % 4 == 0 && parts[0] % 100 != 0) || parts[0] % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return parts[2] >= 1 && parts[2] <= lengths[parts[1] - 1]
    }

    // MARK: One case

    private mutating func testcase(_ original: CheckPoint) -> Element {
        let point = original.masked(by: mask)
        let check = point.check
        let className = className(of: point)
        var element = Element("testcase", ["classname": className, "name": name(of: point, in: className)])
        let seconds = point.isFirstOfStep ? point.step?.duration ?? 0 : 0
        element.attributes.append(("time", Number.decimal(seconds, digits: 3)))
        element.attributes.append(("file", legal(check.location.file)))
        element.attributes.append(("line", String(max(check.location.line, 1))))
        if !options.isLean { element.content.append(.element(properties(of: point))) }
        if let result = result(of: point) { element.content.append(.element(result)) }
        let output = output(of: point)
        if !output.isEmpty {
            element.content.append(.element(Element("system-out", text: legal(output.joined(separator: "\n")))))
        }
        return element
    }

    private func className(of point: CheckPoint) -> String {
        guard let scenario = point.scenario else { return "cisis.run" }
        // A dot parts packages for the readers, so none may come from an id.
        let parts = [scenario.profile, scenario.role, scenario.id].map { part in
            String(legal(part).map { $0 == "." || $0.isWhitespace ? "_" : $0 })
        }
        return (["cisis"] + parts.map { $0.isEmpty ? "_" : $0 }).joined(separator: ".")
    }

    private mutating func name(of point: CheckPoint, in className: String) -> String {
        let ids = point.check.requirements.isEmpty ? "" : "[\(point.check.requirements.joined(separator: ", "))] "
        let base = legal(ids + [point.step?.id, point.check.id].compactMap { $0 }.joined(separator: " – "))
        var name = base
        // Servers key a case by class and name and drop the second of two.
        let key = "\(className)\u{0}\(base)".lowercased()
        var number = repetitions[key] ?? 1
        while !names.insert("\(className)\u{0}\(name)".lowercased()).inserted {
            number += 1
            name = "\(base) #\(number)"
        }
        repetitions[key] = number
        return name
    }

    private func properties(of point: CheckPoint) -> Element {
        let check = point.check
        var pairs = check.requirements.map { ("exigence", $0) }
        if let scenario = point.scenario { pairs.append(("scenario", scenario.id)) }
        pairs.append(("preuve", point.path))
        pairs.append(("verdict", check.verdict.rawValue))
        if !check.layer.isEmpty { pairs.append(("layer", check.layer)) }
        if let finding = weightiest(check.findings).first {
            pairs.append(("rule", finding.check))
            pairs.append(("severity", finding.severity.rawValue))
        }
        for reference in check.evidence.prefix(10) { pairs.append(("evidence.sha256", reference.sha256)) }
        return Element("properties", [:], pairs.map { Element("property", ["name": $0.0, "value": legal($0.1)]) })
    }

    private func result(of point: CheckPoint) -> Element? {
        let check = point.check
        let findings = weightiest(check.tellingFindings)
        let rule = findings.first?.check ?? ""
        let type = rule.isEmpty ? check.verdict.rawValue : rule
        switch point.outcome {
        case .passed: return nil
        case .failure: return element("failure", type: type, point, findings)
        case .error: return element("error", type: check.verdict.rawValue, point, findings)
        case .skipped: return Element("skipped", ["message": legal(reasonLine(of: check).shortened(to: 240), 250)])
        }
    }

    private func element(_ name: String, type: String, _ point: CheckPoint, _ findings: [Finding]) -> Element {
        let cause = point.step?.exchange?.error.map(mask.masked)
        let message = findings.first.map { self.message($0, point.check) } ?? undecided(point.check, cause)
        var text = text(of: point.check, findings)
        if let cause, !text.contains(cause) { text += "\n  \(cause)" }
        return Element(name, ["message": legal(message, 250), "type": legal(type)], text: legal(text, 20_000))
    }

    private func reasonLine(of check: CheckRecord) -> String {
        let word = check.standing.word.text(in: options.language)
        let reason = check.reason ?? (check.isRequired ? nil : Self.notDemanded)
        return Wording.field(word, (reason ?? Wording.noReason).text(in: options.language), in: options.language)
    }

    private static let notDemanded = LocalizedText(
        fr: "aucune exigence sélectionnée ne la demande", en: "no selected requirement demands it")

    private func undecided(_ check: CheckRecord, _ cause: String?) -> String {
        let ids = check.requirements.prefix(3).joined(separator: ", ").shortened(to: 40)
        let reason = (cause ?? Wording.reason(of: check).text(in: options.language)).shortened(to: 110)
        let word = check.standing.word.text(in: options.language)
        let colon = options.language == .fr ? " : " : ": "
        return (ids.isEmpty ? "" : ids + colon) + "\(word)\(colon)\(reason) [\(shortPlace(check.location))]"
    }

    /// `01-submit.yaml:18`: the attribute `file` holds the whole path.
    private func shortPlace(_ source: SourceLocation) -> String {
        let name = source.file.split(separator: "/").last.map(String.init) ?? source.file
        return "\(name.shortenedAtStart(to: 50)):\(source.line)"
    }

    /// One line of at most 250 characters that names requirement, expected, actual, scenario line and place.
    private func message(_ finding: Finding, _ check: CheckRecord) -> String {
        let isFrench = options.language == .fr
        let place = finding.place?.description(in: options.language) ?? ""
        func line(_ limit: (id: Int, message: Int, value: Int, place: Int)) -> String {
            let id = finding.requirement ?? check.requirements.first ?? finding.check
            var text = id.shortened(to: limit.id) + (isFrench ? " : " : ": ")
            text += finding.message.text(in: options.language).shortened(to: limit.message)
            if text.hasSuffix(".") { text.removeLast() }
            let values = Self.shortened(finding.expected, finding.actual, to: limit.value)
            if let expected = values.0 { text += (isFrench ? " ; attendu " : "; expected ") + expected }
            if let actual = values.1 { text += (isFrench ? ", obtenu " : ", actual ") + actual }
            text += " [\(shortPlace(finding.source ?? check.location))"
            if !place.isEmpty { text += " · " + place.shortenedAtStart(to: limit.place) }
            return text + "]"
        }
        let whole = line((250, 250, 250, 250))
        let short = line((40, 90, 36, 40))
        return whole.unicodeScalars.count <= 250
            ? whole : short.unicodeScalars.count <= 250 ? short : line((28, 40, 26, 30))
    }

    /// Both values within `limit`; of a beginning that they share only the last characters stay, so that the
    /// difference is seen.
    private static func shortened(_ expected: String?, _ actual: String?, to limit: Int) -> (String?, String?) {
        guard let expected, let actual, max(expected.unicodeScalars.count, actual.unicodeScalars.count) > limit else {
            return (expected?.shortened(to: limit), actual?.shortened(to: limit))
        }
        let shared = zip(expected.unicodeScalars, actual.unicodeScalars).prefix { $0 == $1 }.count
        let cut = max(shared - 6, 0)
        func tail(_ text: String) -> String {
            guard cut > 0 else { return text.shortened(to: limit) }
            return "…" + String(text.unicodeScalars.dropFirst(cut)).shortened(to: limit - 1)
        }
        return (tail(expected), tail(actual))
    }

    /// The violations first, then warnings, then information.
    private func weightiest(_ findings: [Finding]) -> [Finding] {
        Severity.allCases.flatMap { severity in findings.filter { $0.severity == severity } }
    }

    private func text(of check: CheckRecord, _ findings: [Finding]) -> String {
        let limit = 50
        var lines: [String] = []
        if findings.isEmpty || check.reason != nil { lines.append(reasonLine(of: check)) }
        for finding in findings.prefix(limit) { lines += FindingText.lines(finding, check, options.language) }
        if findings.count > limit {
            lines.append(
                options.language == .fr
                    ? "… \(limit) constats sur \(findings.count)" : "… \(limit) of \(findings.count) findings")
        }
        return lines.joined(separator: "\n")
    }

    private func output(of point: CheckPoint) -> [String] {
        let warnings = point.check.findings.filter { $0.severity == .warning }
        guard point.outcome == .failure || point.outcome == .error || !warnings.isEmpty else { return [] }
        var lines: [String] = []
        if point.outcome == .passed {
            for warning in warnings.prefix(8) {
                let word = warning.severity.word.text(in: options.language)
                let line = Wording.field(word, message(warning, point.check), in: options.language)
                lines.append(line.replacing("\n", with: " "))
            }
        } else {
            lines.append(record.command.replacing("\n", with: " ").shortened(to: 1000))
        }
        var seen: Set<String> = []
        for reference in attachments(of: point) where reference.hasDigest && seen.insert(reference.sha256).inserted {
            if lines.count < 20 { lines.append("[[ATTACHMENT|\(options.attachmentBase)\(reference.sha256)]]") }
        }
        return lines
    }

    private func attachments(of point: CheckPoint) -> [EvidenceReference] {
        let exchange = point.step?.exchange
        let messages = [exchange?.response, exchange?.request].compactMap { $0 }
        return point.check.evidence + messages.flatMap { [$0.body, $0.head].compactMap { $0 } }
    }

    /// `text` without identities and without the characters that XML 1.0 forbids, which become `#xNN`.
    private func legal(_ text: String, _ limit: Int = 8000) -> String {
        mask.masked(text).legalInXML.shortened(to: limit)
    }
}

extension String {
    /// The text with each character that XML 1.0 §2.2 forbids written as `#xNN`.
    var legalInXML: String {
        func isLegal(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
            default: false
            }
        }
        guard !unicodeScalars.allSatisfy(isLegal) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if isLegal(scalar) {
                result.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result.append(contentsOf: "#x\(digits.count < 2 ? "0" : "")\(digits)".unicodeScalars)
            }
        }
        return String(result)
    }
}

extension EvidenceReference {
    /// Whether its name is a SHA-256 in hexadecimal, so that it can be a file name and a link.
    var hasDigest: Bool { sha256.utf8.count == 64 && sha256.utf8.allSatisfy(\.isHexadecimal) }
}
