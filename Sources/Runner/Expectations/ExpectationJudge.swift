internal import HTTP
internal import Conformance

/// Code that judges one kind of line under `expect:`.
///
/// It is made while the run is planned, so that an argument that cannot be understood is the author's error before any
/// socket opens.
protocol ExpectationJudge: Sendable {
    /// Reads the argument of `expectation`.
    init(_ expectation: Expectation) throws(LoadError)

    /// Looks at the evidence of the step.
    func judge(_ context: JudgementContext) async -> Judgement

    /// The rules that it applies: requirements that the run covers, whether it comes to judge them or not.
    var ruleIDs: [String] { get }
}

extension ExpectationJudge {
    /// No rule of a table.
    var ruleIDs: [String] { [] }
}

/// What a judge may look at.
struct JudgementContext: Sendable {
    let expectation: Expectation
    /// The step's own evidence.
    let evidence: StepEvidence
    /// That of the steps before it, by id.
    let earlier: [String: StepEvidence]
    let variables: Variables
    let services: RunServices
    /// All lines under `expect:` of the step.
    var siblings: [Expectation] = []

    /// A finding of this expectation, without its place in the scenario, which the step runner adds.
    func finding(
        _ message: LocalizedText, expected: String? = nil, actual: String? = nil, advice: LocalizedText? = nil,
        at place: EvidencePlace? = nil
    ) -> Finding {
        Finding(
            check: expectation.kind, requirement: expectation.requirements.first, severity: expectation.severity,
            message: message, expected: expected, actual: actual, advice: advice, place: place)
    }

    /// A failure with one finding; a pass with a warning when the expectation is no violation.
    func failure(
        _ message: LocalizedText, expected: String? = nil, actual: String? = nil, advice: LocalizedText? = nil,
        at place: EvidencePlace? = nil
    ) -> Judgement {
        concluded([finding(message, expected: expected, actual: actual, advice: advice, at: place)])
    }

    /// Fails when one of `findings` is a violation.
    func concluded(_ findings: [Finding]) -> Judgement {
        Judgement(
            verdict: findings.contains { $0.severity == .violation } ? .fail : .pass, findings: findings)
    }

    /// A place in the head of the system's message.
    func headPlace(header: String, line: Int? = nil) -> EvidencePlace {
        EvidencePlace(
            object: evidence.received == nil ? "response head" : "request head", line: line, header: header,
            sha256: evidence.responseHeadDigest)
    }

    /// The place in the body of the system's message.
    func place(line: Int? = nil, column: Int? = nil, byte: Int? = nil) -> EvidencePlace {
        EvidencePlace(
            object: evidence.body.name, line: line, column: column, byte: byte, sha256: evidence.body.sha256)
    }
}

/// The judges by kind; `ExpectationKind.all` has one each, which a test proves.
enum ExpectationJudges {
    static let all: [String: any ExpectationJudge.Type] = [
        "arrival": ArrivalJudge.self,
        "handshake": HandshakeJudge.self,
        "status": StatusJudge.self,
        "header": HeaderJudge.self,
        "mtom": MTOMJudge.self,
        "soap": SOAPJudge.self,
        "xsd": SchemaJudge.self,
        "registry": RegistryJudge.self,
        "errorCode": ErrorCodeJudge.self,
        "xpath": XPathJudge.self,
        "entries": EntriesJudge.self,
        "documents": DocumentsJudge.self,
        "metadata": MetadataJudge.self,
        "kos": ManifestJudge.self,
        "cda": ReportJudge.self,
        "images": ImagesJudge.self,
        "link": LinkJudge.self,
        "coherence": CoherenceJudge.self,
        "query": ReceivedJudge<ReceivedQuery>.self,
        "retrieve": ReceivedJudge<ReceivedRetrieval>.self,
        "update": ReceivedJudge<ReceivedUpdate>.self,
        "existence": ReceivedJudge<ReceivedExistence>.self,
        "behavior": ReceivedJudge<ReceivedSequence>.self,
        "vihf": ReceivedJudge<ReceivedAssertion>.self,
    ]
}
