internal import Conformance
internal import HTTP

/// Code that carries out one transaction as its initiator: it makes the request and reads the answer.
///
/// It is made while the run is planned: arguments and mutations that cannot be understood are the author's errors.
protocol TransactionDriver: Sendable {
    /// The endpoint that is called unless the step says another.
    static var endpoint: SystemUnderTest.Endpoint { get }

    /// The largest answer that makes sense, in bytes: what carries neither documents nor images is small.
    static var maximumAnswer: Int64 { get }

    /// The mutations that it can carry out, each with the number of its words.
    static var mutations: [String: Int] { get }

    /// Reads the step's arguments and mutations.
    init(_ step: Step) throws(LoadError)

    /// With what its requests have to be signed, to show what the step is for.
    var signatures: Set<SignedPart> { get }

    /// Makes the request.
    ///
    /// - Throws: `StepObstacle` when an earlier step did not leave what this one needs.
    func prepare(_ context: StepContext) async throws -> PreparedRequest

    /// Reads the answer into `evidence`.
    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws
}

extension TransactionDriver {
    /// That of a message without documents, which the XML reader takes whole.
    static var maximumAnswer: Int64 { 64 << 20 }

    var signatures: Set<SignedPart> { [] }
}

/// What of a request is signed, by the key of a target file that names the signer.
enum SignedPart: String, Sendable, CaseIterable {
    /// The VIHF assertion.
    case assertion = "signing.assertion"
    /// The submission set, by XAdES.
    case submission = "signing.submission"
}

/// A request that is ready to be sent, and what the step already knows of it.
struct PreparedRequest: Sendable {
    var request: HTTPRequest
    /// Evidence that the request alone gives: what was submitted, asked, opened.
    var evidence = StepEvidence()
    /// MIME parts and documents of the request, to be kept.
    var parts: [(bytes: [UInt8], mediaType: String, kind: String, name: String)] = []
}

/// What a driver works with.
struct StepContext: Sendable {
    let step: Step
    let endpoint: String
    let earlier: [String: StepEvidence]
    let variables: Variables
    let identifiers: Identifiers
    let services: RunServices
    let exam: ScenarioExam
    /// The DMP at which the scenario waits; nil where it never does.
    var dmp: ReceivingDMP?

    /// The evidence of the earlier step `id`.
    func evidence(of id: String) throws(StepObstacle) -> StepEvidence {
        guard let evidence = earlier[id] else {
            throw StepObstacle(
                .skipped, fr: "L'étape « \(id) » n'a rien laissé", en: "The step '\(id)' left nothing")
        }
        return evidence
    }
}

/// Why a step cannot be carried out though nothing is wrong with the scenario.
struct StepObstacle: Error {
    let verdict: Verdict
    let reason: LocalizedText

    init(_ verdict: Verdict, fr: String, en: String) {
        self.verdict = verdict
        reason = LocalizedText(fr: fr, en: en)
    }
}

/// The transactions that steps can send.
enum TransactionDrivers {
    static let all: [String: any TransactionDriver.Type] = [
        "ITI-41": ProvideAndRegister.self,
        "ITI-18": StoredQueryDriver.self,
        "ITI-43": RetrieveDocuments.self,
        "ITI-57": UpdateDocuments.self,
        "TD0.2": ExistenceCheck.self,
        "TD0.3": AccessGrant.self,
        "RAD-69": RetrieveImages.self,
        "WADO-RS": RetrieveSeries.self,
        "RAD-106": InvokeImageDisplay.self,
    ]
}
