/// Everything that one run saw and said: every report and the exit code come from it.
public struct RunRecord: Codable, Sendable {
    /// The version of this shape: `cisis-run/1`.
    public static let format = "cisis-run/1"

    /// `RunRecord.format` at the time of writing.
    public var format = RunRecord.format
    /// Unique id of the run.
    public var id: String
    /// ISO 8601 instant, UTC.
    public var startedAt: String
    /// Seconds from start to end.
    public var duration: Double
    /// Whether the run ended before its plan did.
    public var isInterrupted = false
    /// The tool that judged.
    public var tool: ToolRecord
    /// The command line that makes this run again.
    public var command: String
    /// The seed of generated identifiers.
    public var seed: UInt64
    /// What was replayed.
    public var profiles: [ProfileRecord]
    /// Against what.
    public var target: TargetRecord
    /// The packs of rules that judged, with digests.
    public var rulePacks: [RulePackRecord]
    /// Platform facts without secrets.
    public var environment: [String: String]
    /// Every requirement that the selection covers, with its verdict.
    public var requirements: [RequirementRecord]
    /// The scenarios in the order of the plan.
    public var scenarios: [ScenarioRecord]
    /// The verdict of the whole.
    public var verdict: Verdict

    /// A record.
    public init(
        id: String, startedAt: String, duration: Double, tool: ToolRecord, command: String, seed: UInt64,
        profiles: [ProfileRecord], target: TargetRecord, rulePacks: [RulePackRecord], environment: [String: String],
        requirements: [RequirementRecord], scenarios: [ScenarioRecord]
    ) {
        self.id = id
        self.startedAt = startedAt
        self.duration = duration
        self.tool = tool
        self.command = command
        self.seed = seed
        self.profiles = profiles
        self.target = target
        self.rulePacks = rulePacks
        self.environment = environment
        self.requirements = requirements
        self.scenarios = scenarios
        verdict = Verdict.rollUp(scenarios.map { ($0.verdict, true) })
    }

    /// The exit code of the run: 0 conformant, 1 any fail, else 2 when something could not be judged or nothing was.
    ///
    /// A scenario that was skipped or does not apply leaves a run in which others passed conformant.
    public var exitCode: Int32 {
        if isInterrupted, verdict != .fail { return 2 }
        switch verdict {
        case .fail: return 1
        case .error, .inconclusive, .notRun: return 2
        case .pass, .skipped, .notApplicable: return scenarios.contains { $0.verdict == .pass } ? 0 : 2
        }
    }
}

/// The tool and its version.
public struct ToolRecord: Codable, Sendable {
    public var name: String
    public var version: String

    /// A tool.
    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}

/// A profile that was replayed.
public struct ProfileRecord: Codable, Sendable {
    public var id: String
    public var version: String
    public var title: LocalizedText

    /// A profile.
    public init(id: String, version: String, title: LocalizedText) {
        self.id = id
        self.version = version
        self.title = title
    }
}

/// The system under test of the run.
public struct TargetRecord: Codable, Sendable {
    /// What the person calls it.
    public var name: String
    /// `embedded` or `file`.
    public var kind: String
    /// The addresses that were called, by actor or endpoint name.
    public var endpoints: [String: String]
    /// The misbehaviours that the embedded system was told to show.
    public var misbehaviors: [String]

    /// A target.
    public init(name: String, kind: String, endpoints: [String: String], misbehaviors: [String] = []) {
        self.name = name
        self.kind = kind
        self.endpoints = endpoints
        self.misbehaviors = misbehaviors
    }
}

/// A pack of rules: a schema, a set of Schematrons, a table of rules, by digest.
public struct RulePackRecord: Codable, Sendable {
    public var name: String
    public var version: String
    public var sha256: String?

    /// A pack.
    public init(name: String, version: String, sha256: String? = nil) {
        self.name = name
        self.version = version
        self.sha256 = sha256
    }
}

/// A requirement and what the run says of it.
public struct RequirementRecord: Codable, Sendable {
    public var id: String
    /// `SHALL`, `SHOULD` or `MAY`.
    public var level: String
    public var statement: LocalizedText
    public var source: String
    public var isCertain: Bool
    public var profile: String
    /// The greatest verdict of the outcomes that name it; `notRun` when none does.
    public var verdict: Verdict
    /// The findings of severity warning that name it.
    public var warnings: Int
    /// Where it was judged: `scenario/step/check`.
    public var proofs: [String]

    /// A requirement.
    public init(
        id: String, level: String, statement: LocalizedText, source: String, isCertain: Bool, profile: String,
        verdict: Verdict, warnings: Int = 0, proofs: [String] = []
    ) {
        self.id = id
        self.level = level
        self.statement = statement
        self.source = source
        self.isCertain = isCertain
        self.profile = profile
        self.verdict = verdict
        self.warnings = warnings
        self.proofs = proofs
    }
}

/// One scenario as it was replayed.
public struct ScenarioRecord: Codable, Sendable {
    public var id: String
    public var title: LocalizedText
    public var summary: LocalizedText?
    public var location: SourceLocation
    public var profile: String
    /// The actor that the system under test plays.
    public var role: String
    public var tags: [String]
    public var requirements: [String]
    public var startedAt: String
    public var duration: Double
    public var steps: [StepRecord]
    public var verdict: Verdict

    /// A scenario; its verdict is that of its steps.
    public init(
        id: String, title: LocalizedText, summary: LocalizedText? = nil, location: SourceLocation, profile: String,
        role: String, tags: [String], requirements: [String], startedAt: String, duration: Double, steps: [StepRecord]
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.location = location
        self.profile = profile
        self.role = role
        self.tags = tags
        self.requirements = requirements
        self.startedAt = startedAt
        self.duration = duration
        self.steps = steps
        verdict = Verdict.rollUp(steps.map { ($0.verdict, true) })
    }
}

/// One step: at most one exchange and the checks on it.
public struct StepRecord: Codable, Sendable {
    public var id: String
    /// `send`, `check`, …
    public var kind: String
    public var title: LocalizedText
    public var location: SourceLocation
    public var startedAt: String
    public var duration: Double
    public var exchange: ExchangeRecord?
    /// Files that the step took or derived: parts, KOS, CDA, tag trees.
    public var evidence: [EvidenceReference]
    public var captures: [String: String]
    public var checks: [CheckRecord]
    public var verdict: Verdict

    /// A step; its verdict is that of its checks.
    public init(
        id: String, kind: String, title: LocalizedText, location: SourceLocation, startedAt: String, duration: Double,
        exchange: ExchangeRecord? = nil, evidence: [EvidenceReference] = [], captures: [String: String] = [:],
        checks: [CheckRecord]
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.location = location
        self.startedAt = startedAt
        self.duration = duration
        self.exchange = exchange
        self.evidence = evidence
        self.captures = captures
        self.checks = checks
        verdict = Verdict.rollUp(checks.map { ($0.verdict, $0.isRequired) })
    }
}

/// One check point: a layer of a step, judged. It becomes one JUnit testcase.
public struct CheckRecord: Codable, Sendable {
    /// Unique in its step: `status`, `xsd`, `kos`.
    public var id: String
    public var layer: String
    public var title: LocalizedText
    /// Where the scenario asks for it.
    public var location: SourceLocation
    /// The requirements that the scenario says it shows: known before it runs, so names made of them are stable.
    public var requirements: [String]
    /// Whether its `notRun` weighs on the step.
    public var isRequired: Bool
    public var verdict: Verdict
    public var findings: [Finding]
    /// Why it did not run, does not apply, was skipped, or could not be judged.
    public var reason: LocalizedText?
    /// The requirements that it judged, each with its own verdict.
    public var outcomes: [OutcomeRecord]
    /// What it looked at.
    public var evidence: [EvidenceReference]

    /// A check point, born `notRun`.
    public init(
        id: String, layer: String, title: LocalizedText, location: SourceLocation, requirements: [String] = [],
        isRequired: Bool = true, verdict: Verdict = .notRun, findings: [Finding] = [], reason: LocalizedText? = nil,
        outcomes: [OutcomeRecord] = [], evidence: [EvidenceReference] = []
    ) {
        self.id = id
        self.layer = layer
        self.title = title
        self.location = location
        self.requirements = requirements
        self.isRequired = isRequired
        self.verdict = verdict
        self.findings = findings
        self.reason = reason
        self.outcomes = outcomes
        self.evidence = evidence
    }
}

/// The verdict of one requirement at one check point.
public struct OutcomeRecord: Codable, Sendable {
    public var requirement: String
    public var verdict: Verdict

    /// An outcome.
    public init(requirement: String, verdict: Verdict) {
        self.requirement = requirement
        self.verdict = verdict
    }
}

/// A file of the evidence folder, named by its digest.
public struct EvidenceReference: Codable, Hashable, Sendable {
    public var sha256: String
    /// Bytes.
    public var size: Int64
    public var mediaType: String
    /// What it is, for a person and for reports: `request-head`, `response-body`, `part`, `kos`, `cda`, `tag-tree`.
    public var kind: String
    /// A short name: `KOS`, `root part`, a Content-ID.
    public var name: String

    /// A reference; the file is `evidence/<sha256>` beside the record.
    public init(sha256: String, size: Int64, mediaType: String, kind: String, name: String) {
        self.sha256 = sha256
        self.size = size
        self.mediaType = mediaType
        self.kind = kind
        self.name = name
    }
}

/// Both messages of an exchange and how it went.
public struct ExchangeRecord: Codable, Sendable {
    /// `ITI-41`, `RAD-69`, `WADO-RS`, …
    public var transaction: String
    public var initiator: String
    public var responder: String
    public var url: String
    public var request: MessageRecord
    public var response: MessageRecord?
    public var startedAt: String
    /// Seconds from the start: connected, first byte of the answer, end.
    public var connect: Double?
    public var firstByte: Double?
    public var total: Double?
    public var remoteAddress: String?
    public var tls: String?
    /// The one-line cause when the exchange did not end.
    public var error: String?

    /// An exchange.
    public init(
        transaction: String, initiator: String, responder: String, url: String, request: MessageRecord,
        response: MessageRecord? = nil, startedAt: String, connect: Double? = nil, firstByte: Double? = nil,
        total: Double? = nil, remoteAddress: String? = nil, tls: String? = nil, error: String? = nil
    ) {
        self.transaction = transaction
        self.initiator = initiator
        self.responder = responder
        self.url = url
        self.request = request
        self.response = response
        self.startedAt = startedAt
        self.connect = connect
        self.firstByte = firstByte
        self.total = total
        self.remoteAddress = remoteAddress
        self.tls = tls
        self.error = error
    }
}

/// One message: start line, headers, and its bytes as evidence.
public struct MessageRecord: Codable, Sendable {
    public var startLine: String
    /// `[name, value]` in the order of the wire; secrets are replaced.
    public var headers: [[String]]
    public var head: EvidenceReference?
    public var body: EvidenceReference?
    /// MIME parts of a multipart body.
    public var parts: [EvidenceReference]

    /// A message.
    public init(
        startLine: String, headers: [[String]], head: EvidenceReference? = nil, body: EvidenceReference? = nil,
        parts: [EvidenceReference] = []
    ) {
        self.startLine = startLine
        self.headers = headers
        self.head = head
        self.body = body
        self.parts = parts
    }
}
