public import Conformance
internal import Foundation
internal import HTTP
internal import SOAP
internal import Simulators
internal import XDS

/// The system on which links are followed: a DMP and the source of the images.
public final class ResolutionSystem: Sendable {
    let client: HTTPClient
    let identity: TLSIdentity?
    let timeouts: Timeouts
    let maximumBody: Int64
    /// The DMP; nil where the target file names none.
    let dmp: DMPClient?
    /// What precedes `/studies`; nil: as the KOS says.
    let wado: String?
    let token: String
    private let reference: ReferenceSystem?

    /// The system of a target file.
    ///
    /// - Throws: `RunError` with `usage` where a key cannot be opened.
    public init(_ target: SystemUnderTest) throws(RunError) {
        let identities = try TargetIdentities(target)
        let limits = target.limits
        client = HTTPClient()
        identity = identities.client
        timeouts = Timeouts(
            connect: limits.connect, firstByte: limits.firstByte, idle: limits.idle, total: limits.total)
        maximumBody = limits.maximumBody
        wado = target.endpoints[.wado]
        token = identities.token ?? "cisis"
        reference = nil
        guard let registry = target.endpoints[.registry], let repository = target.endpoints[.repository] else {
            dmp = nil
            return
        }
        dmp = Self.dmp(
            registry, repository, client, identity, timeouts, identities.credentials, ExamFixture())
    }

    /// The embedded reference system, which holds the exam of `seed`.
    ///
    /// - Throws: `RunError` with `simulator` where no port can be had.
    public init(embedded seed: UInt64) async throws(RunError) {
        let exam = ExamFixture(seed: seed)
        let reference: ReferenceSystem
        do {
            reference = try await ReferenceSystem.start(exam: exam, seed: seed, policy: EmbeddedDMP.policy)
        } catch {
            throw RunError(.simulator, "the embedded system did not start: \(error.message)")
        }
        self.reference = reference
        client = HTTPClient()
        identity = nil
        timeouts = Timeouts()
        maximumBody = 4 << 30
        wado = reference.addresses.wado
        token = "cisis-\(seed)"
        dmp = Self.dmp(
            reference.addresses.registry, reference.addresses.repository, client, nil, Timeouts(),
            Credentials(signer: EmbeddedIdentity.shared), exam)
    }

    /// The report of the exam that the embedded system holds; nil for a target.
    public var embeddedReport: [UInt8]? { reference?.exam.reportBytes() }

    /// Ends the embedded system.
    public func stop() async { await reference?.stop() }

    private static func dmp(
        _ registry: String, _ repository: String, _ client: HTTPClient, _ identity: TLSIdentity?, _ timeouts: Timeouts,
        _ credentials: Credentials?, _ exam: ExamFixture
    ) -> DMPClient {
        var endpoints = DMPClient.Endpoints(base: "")
        (endpoints.registry, endpoints.repository) = (registry, repository)
        let identifiers = IdentifierSource()
        return DMPClient(
            endpoints: endpoints, client: client, identity: identity, timeouts: timeouts, identifiers: identifiers
        ) { transaction, patient in
            // Without a key, and where it cannot sign, the message goes without VIHF: the DMP says so.
            let blocks = try? credentials?.security(
                transaction, patient: patient?.text ?? "", of: exam, id: "_" + identifiers.uuid(), [])
            return blocks ?? []
        }
    }
}
