internal import Conformance
internal import Foundation
internal import HTTP
internal import Simulators
internal import XDS
internal import XML

/// What every scenario of a run shares.
struct RunServices: Sendable {
    let client: HTTPClient
    let evidence: EvidenceLog
    let rendition: Rendition
    let endpoints: [SystemUnderTest.Endpoint: String]
    let identity: TLSIdentity?
    let timeouts: Timeouts
    /// The PSC access token of WADO-RS requests.
    let token: String
    /// The cookies of a session in which a professional is logged in to the viewer; nil where there is none.
    let session: String?
    /// What must not be told of the target.
    let secrets: Secrets
    let repositoryUniqueID: String?
    let sourceID: String?
    let patient: SystemUnderTest.Patient?
    /// Who acts, where the target file says it.
    let professional: SystemUnderTest.Professional?
    /// The exam that the system under test holds.
    let heldExam: HeldExam?
    let schemas: MessageSchemas
    /// What judges CDA documents.
    let documents: CDARules
    /// With what the harness signs; nil: messages go without VIHF, submissions unsigned.
    let credentials: Credentials?
    /// Patients whose records are in a state that scenarios ask for, by the variable that names them.
    let patients: [BuiltInVariable: CX]
    /// Where scenarios wait for the system under test.
    let host: DMPHost
    /// Tells a person what the system under test has to do.
    let announce: @Sendable (WaitingNotice) async -> Void
    /// Where and how TLS handshakes are looked at; nil where no step does.
    var secure: SecureTransport?
    /// The origins that could not be reached before the first scenario, with the cause.
    var unreachable: [String: HTTPError] = [:]
    /// The largest answer that is taken, in bytes.
    let maximumBody: Int64
    /// What all identifiers of the run come from.
    var seed: UInt64 = 1
    /// Whether the target may know them from an earlier run.
    var mayRepeat = false

    /// The URL that a step calls; empty for a check.
    func url(of step: PlannedStep) -> String {
        guard case .send(_, let endpoint) = step.action else { return "" }
        return (step.certificate == nil ? endpoints : secure?.endpoints)?[endpoint] ?? ""
    }

    /// Sends `request`, unless its origin is known to be out of reach.
    ///
    /// - Parameters:
    ///   - shown: the certificate of a step that looks at the handshake.
    ///   - maximumAnswer: bytes that the answer of the transaction may have, below the limit of the target.
    func send(
        _ request: HTTPRequest, showing shown: ShownCertificate?, maximumAnswer: Int64
    ) async throws(HTTPError) -> HTTPExchange {
        if let failure = Reachability.origin(request.url).flatMap({ unreachable[$0] }) { throw failure }
        return try await client.send(
            request, identity: shown.flatMap { secure?.identity($0) } ?? identity, timeouts: timeouts,
            maximumBody: min(maximumBody, maximumAnswer))
    }

    /// An exam that no other scenario uses, of the patient that the system knows.
    func freshExam(seed: UInt64) -> ExamFixture {
        var exam = ExamFixture(seed: seed)
        if let patient {
            exam.patient.nationalIdentifier = ExamFixture.Identifier(
                root: patient.authority, value: patient.nationalIdentifier)
        }
        if let repositoryUniqueID { exam.repositoryUniqueID = repositoryUniqueID }
        if let sourceID { exam.sourceID = sourceID }
        // The author of what is submitted is the professional of the assertion, for the same structure (SEC, PNR).
        if let professional {
            if let identifier = professional.identifier { exam.author.identifier = identifier }
            if let given = professional.given { exam.author.given = given }
            if let family = professional.family { exam.author.family = family }
            if let structure = professional.structure { exam.organization.identifier = structure }
        }
        return exam
    }
}

/// The schemas of the messages, compiled at most once a run.
actor MessageSchemas {
    private let folder: String
    private var compiled: [String: Schema] = [:]

    /// Schemas below `folder`: `Profiles/Schemas` of the data root.
    init(folder: String) { self.folder = folder }

    /// The schema in the file `name`.
    func schema(_ name: String) async throws -> Schema {
        if let schema = compiled[name] { return schema }
        let path = folder + "/" + name
        let schema = try await WorkerPool.shared.run { try Schema(contentsOfFile: path) }
        compiled[name] = schema
        return schema
    }
}
