import Conformance

/// Numbers that are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = (seed &+ 1) &* 0xD134_2543_DE82_EF95 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Random result trees whose texts are hostile: what a system under test could answer to break a report.
struct RandomRecord {
    private var generator: SeededGenerator

    /// Whether times may be numbers that JSON can't hold.
    private let hasExtremeTimes: Bool

    init(seed: UInt64, hasExtremeTimes: Bool = true) {
        generator = SeededGenerator(seed)
        self.hasExtremeTimes = hasExtremeTimes
    }

    private func time(_ extreme: Double) -> Double { hasExtremeTimes ? extreme : 0.5 }

    static let hostile = [
        "", "plain", "é – ✓ 漢 🩻", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]>",
        "<![CDATA[x]]>",
        "a\u{0}b\u{1}\u{8}\u{B}\u{1B}[31m\u{7F}", "\u{FFFE}\u{FFFF}", "\u{202E}gpj.exe\u{2066}", "&amp;&#0;&lt;",
        "<!--", "-->", "<?xml?>", "'\"`", "javascript:alert(1)", "a\r\nb\tc", "\u{85}\u{9B}\u{2028}", "\u{10FFFF}",
        "</style><script>", "</pre>", "../../etc/passwd", " ", ".", "e\u{301}\u{327}\u{300}",
        String(repeating: "x", count: 5000), String(repeating: "🩻\u{301}", count: 900),
    ]

    private mutating func text() -> String {
        let parts = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
            Self.hostile.randomElement(using: &generator) ?? ""
        }
        return parts.joined()
    }

    private mutating func both() -> LocalizedText { LocalizedText(fr: text(), en: text()) }

    private mutating func flip() -> Bool { Bool.random(using: &generator) }

    private mutating func location() -> SourceLocation {
        SourceLocation(file: text(), line: Int.random(in: -1...400, using: &generator))
    }

    private mutating func reference() -> EvidenceReference {
        EvidenceReference(
            sha256: flip() ? Sample.digest(Int.random(in: 1...4, using: &generator)) : text(),
            size: Int64.random(in: 0...5_000_000, using: &generator), mediaType: text(), kind: text(), name: text())
    }

    private mutating func finding() -> Finding {
        Finding(
            check: text(), requirement: flip() ? text() : nil,
            severity: Severity.allCases.randomElement(using: &generator) ?? .warning, message: both(),
            expected: flip() ? text() : nil, actual: flip() ? text() : nil, advice: flip() ? both() : nil,
            place: flip()
                ? EvidencePlace(
                    object: text(), part: text(), line: flip() ? 3 : nil, byte: 7, xpath: text(), header: text(),
                    sha256: flip() ? Sample.digest(2) : text()) : nil, source: flip() ? location() : nil)
    }

    private mutating func check() -> CheckRecord {
        CheckRecord(
            id: text(), layer: text(), title: both(), location: location(), requirements: flip() ? [text()] : [],
            isRequired: Int.random(in: 0..<4, using: &generator) > 0,
            verdict: Verdict.allCases.randomElement(using: &generator) ?? .pass,
            findings: (0..<Int.random(in: 0...3, using: &generator)).map { _ in finding() },
            reason: flip() ? both() : nil, outcomes: [OutcomeRecord(requirement: text(), verdict: .pass)],
            evidence: flip() ? [reference()] : [])
    }

    private mutating func step() -> StepRecord {
        let message = MessageRecord(
            startLine: text(), headers: [[text(), text()], [], [text()]], body: reference(),
            parts: flip() ? [reference()] : [])
        let exchange = ExchangeRecord(
            transaction: text(), initiator: text(), responder: text(), url: text(), request: message,
            response: flip() ? message : nil, startedAt: text(), connect: time(.infinity), firstByte: time(.nan),
            total: -1,
            remoteAddress: text(), tls: text(), error: flip() ? text() : nil)
        return StepRecord(
            id: text(), kind: "send", title: both(), location: location(), startedAt: text(), duration: time(1e300),
            exchange: flip() ? exchange : nil, evidence: [reference()], captures: [text(): text()],
            checks: (0..<Int.random(in: 0...4, using: &generator)).map { _ in check() })
    }

    private mutating func scenario() -> ScenarioRecord {
        ScenarioRecord(
            id: text(), title: both(), summary: both(), location: location(), profile: text(), role: text(),
            tags: [text()], requirements: [text()], startedAt: flip() ? Sample.instant : text(), duration: time(.nan),
            steps: (0..<Int.random(in: 0...3, using: &generator)).map { _ in step() })
    }

    /// The next record.
    mutating func next() -> RunRecord {
        let scenarios = (0..<Int.random(in: 0...4, using: &generator)).map { _ in scenario() }
        let requirements = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            Sample.requirement(
                text(), text(), text(), Verdict.allCases.randomElement(using: &generator) ?? .pass, [text()])
        }
        var record = RunRecord(
            id: text(), startedAt: flip() ? Sample.instant : "2026-02-30T10:00:00Z", duration: time(-.infinity),
            tool: ToolRecord(name: text(), version: text()), command: text(), seed: generator.next(),
            profiles: [ProfileRecord(id: text(), version: text(), title: both())],
            target: TargetRecord(name: text(), kind: "file", endpoints: [text(): text()], misbehaviors: [text()]),
            rulePacks: [RulePackRecord(name: text(), version: text(), sha256: text())],
            environment: [text(): text(), "hostname": text()], requirements: requirements, scenarios: scenarios)
        record.isInterrupted = Int.random(in: 0..<5, using: &generator) == 0
        return record
    }
}
