/// What a rule is, apart from its code: it stands in `cisis list checks` and in every report.
public struct RuleDescriptor: Codable, Hashable, Sendable {
    /// The stable id: `KOS-010`.
    public var id: String
    /// The layer that it belongs to: `kos`, `xds`, `mtom`, `cda`, `wado`, …
    public var layer: String
    /// Its weight when the sender is a system under test in a run.
    public var severity: Severity
    /// Its weight on a captured file: lower where the official samples break it.
    public var captureSeverity: Severity
    /// What it demands.
    public var statement: LocalizedText
    /// Where the norm or the facts say so.
    public var source: String
    /// Whether the French profile alone demands it: a judgement by IHE's profiles leaves it out.
    public var isNational: Bool

    /// A descriptor; `captureSeverity` is `severity` unless told.
    public init(
        _ id: String, layer: String, _ severity: Severity, capture: Severity? = nil, fr: String, en: String,
        source: String = "", isNational: Bool? = nil
    ) {
        self.id = id
        self.layer = layer
        self.severity = severity
        captureSeverity = capture ?? severity
        statement = LocalizedText(fr: fr, en: en)
        self.source = source
        self.isNational = isNational ?? Self.namesNationalNorm(source)
    }

    /// Whether a source names a norm of France alone.
    private static func namesNationalNorm(_ source: String) -> Bool {
        ["CI-SIS", "DRIM", "référentiel INS"].contains { source.contains($0) }
    }
}

/// By which profiles something is judged.
public enum JudgementProfile: String, Codable, Sendable, CaseIterable {
    /// The French profile, on top of IHE's.
    case dim
    /// IHE's profiles alone: national rules are left out.
    case ihe

    /// Whether it holds the rule that `descriptor` describes.
    public func holds(_ descriptor: RuleDescriptor) -> Bool { self == .dim || !descriptor.isNational }
}

/// How severe the judgement is: of a system under test in a run, or of a file captured elsewhere.
public enum JudgementLevel: String, Codable, Sendable, CaseIterable {
    case capture, run
}

/// One rule over one kind of subject: a KOS, a metadata set, a multipart message.
public struct Rule<Subject: Sendable>: Sendable {
    /// What it is.
    public let descriptor: RuleDescriptor
    private let apply: @Sendable (Subject, inout Remarks) -> Void

    /// A rule; `apply` says what it sees to the `Remarks`, and a rule that says nothing has passed.
    public init(_ descriptor: RuleDescriptor, _ apply: @escaping @Sendable (Subject, inout Remarks) -> Void) {
        self.descriptor = descriptor
        self.apply = apply
    }

    /// The outcome on `subject`.
    public func judge(_ subject: Subject, level: JudgementLevel) -> RuleOutcome {
        var remarks = Remarks(descriptor: descriptor, level: level)
        apply(subject, &remarks)
        return remarks.outcome
    }
}

/// What a rule says while it looks at its subject.
public struct Remarks: Sendable {
    private let descriptor: RuleDescriptor
    /// How severe the judgement is.
    public let level: JudgementLevel
    /// What to mend, for remarks that say nothing more precise.
    public var usualAdvice: LocalizedText?
    private var findings: [Finding] = []
    /// Remarks beyond the limit, by weight: their number is said.
    private var uncounted: [Severity: Int] = [:]
    private static let limit = 50
    private var withheld: (verdict: Verdict, reason: LocalizedText)?

    init(descriptor: RuleDescriptor, level: JudgementLevel) {
        self.descriptor = descriptor
        self.level = level
    }

    /// The rule is broken here. Without `message` the rule's own statement is said.
    ///
    /// `severity` replaces the rule's own, for rules with two levels (an older writing that is accepted with a warning).
    public mutating func remark(
        _ message: LocalizedText? = nil, expected: String? = nil, actual: String? = nil, advice: LocalizedText? = nil,
        at place: EvidencePlace? = nil, severity: Severity? = nil
    ) {
        let severity = severity ?? (level == .run ? descriptor.severity : descriptor.captureSeverity)
        guard findings.count < Self.limit else {
            uncounted[severity, default: 0] += 1
            return
        }
        findings.append(
            Finding(
                check: descriptor.id, requirement: descriptor.id, severity: severity,
                message: message ?? descriptor.statement, expected: expected, actual: actual,
                advice: advice ?? usualAdvice, place: place))
    }

    /// The rule cannot be seen here: it did not run.
    public mutating func notRun(fr: String, en: String) {
        withheld = (.notRun, LocalizedText(fr: fr, en: en))
    }

    /// The rule does not concern this subject.
    public mutating func notApplicable(fr: String, en: String) {
        withheld = (.notApplicable, LocalizedText(fr: fr, en: en))
    }

    /// Whether the rule has said that it is broken.
    public var hasRemarks: Bool { !findings.isEmpty }

    /// One finding for each weight of the remarks beyond the limit.
    private var more: [Finding] {
        Severity.allCases.compactMap { severity in
            uncounted[severity].map { count in
                Finding(
                    check: descriptor.id, requirement: descriptor.id, severity: severity,
                    message: LocalizedText(
                        fr: "La même règle n'est pas respectée en \(count) autres endroits",
                        en: "The same rule is broken at \(count) other places"))
            }
        }
    }

    var outcome: RuleOutcome {
        let findings = findings + more
        let failed = findings.contains { $0.severity == .violation }
        let verdict: Verdict = failed ? .fail : findings.isEmpty ? withheld?.verdict ?? .pass : .pass
        return RuleOutcome(
            id: descriptor.id, verdict: verdict, findings: findings, reason: findings.isEmpty ? withheld?.reason : nil)
    }
}

/// What one rule said of one subject.
public struct RuleOutcome: Sendable {
    /// The rule's id.
    public let id: String
    /// `pass`, `fail`, `notRun` or `notApplicable`.
    public let verdict: Verdict
    /// Its remarks: violations, warnings, information.
    public let findings: [Finding]
    /// Why it did not run or does not apply.
    public let reason: LocalizedText?

    /// An outcome, of a rule that another engine judged.
    public init(id: String, verdict: Verdict, findings: [Finding] = [], reason: LocalizedText? = nil) {
        self.id = id
        self.verdict = verdict
        self.findings = findings
        self.reason = reason
    }
}
