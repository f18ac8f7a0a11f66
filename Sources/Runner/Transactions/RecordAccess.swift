internal import Conformance
internal import HTTP
internal import SOAP
internal import Simulators
internal import XDS

/// TD0.2 as the consumer: asks whether the patient has a record, and whether it may be seen.
///
/// `with: {patientId: CX}`. Mutations: those of the VIHF.
struct ExistenceCheck: TransactionDriver {
    static let endpoint = SystemUnderTest.Endpoint.patients
    static let mutations = AssertionMutations.known

    private let patient: String
    private let assertion: AssertionMutations
    /// The DMP knows who asks by the VIHF alone.
    let signatures: Set<SignedPart> = [.assertion]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["patientId"])
        patient = try fields["patientId"]?.text() ?? "${\(BuiltInVariable.patientId.rawValue)}"
        assertion = AssertionMutations(try Mutation.all(of: step, known: Self.mutations))
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        let patient = try context.variables.expand(patient)
        let request = ExistenceRequest(
            patient: CX(patient), id: ("1.2.250.1.999.5.1.1", context.identifiers.uuid("existence/\(context.step.id)")),
            queryID: ("1.2.250.1.999.5.1.2", context.identifiers.uuid("query/\(context.step.id)")),
            creationTime: DTM.now())
        let addressing = context.addressing(DMPTransaction.existence.action)
        let envelope = OutgoingEnvelope(
            addressing, headerBlocks: try assertion.blocks(.existence, patient: patient, context),
            content: request.element())
        var prepared = PreparedRequest(request: SOAPClient.request(to: context.endpoint, envelope))
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.responseActions = [DMPTransaction.existence.responseAction]
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
    }
}

/// TD0.3 as the consumer: gives the professional access to the record, or takes it away.
///
/// `with: {patientId: CX, action: AJOUT}`. Mutations: those of the VIHF, which alone names patient and professional.
struct AccessGrant: TransactionDriver {
    static let endpoint = SystemUnderTest.Endpoint.habilitations
    static let mutations = AssertionMutations.known

    private let patient: String
    private let action: String
    private let assertion: AssertionMutations
    /// The DMP knows who asks by the VIHF alone.
    let signatures: Set<SignedPart> = [.assertion]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["patientId", "action"])
        patient = try fields["patientId"]?.text() ?? "${\(BuiltInVariable.patientId.rawValue)}"
        action = try fields["action"]?.text() ?? "AJOUT"
        assertion = AssertionMutations(try Mutation.all(of: step, known: Self.mutations))
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        let patient = try context.variables.expand(patient)
        let addressing = context.addressing(DMPTransaction.authorization.action)
        let envelope = OutgoingEnvelope(
            addressing, headerBlocks: try assertion.blocks(.authorization, patient: patient, context),
            content: AuthorizationResponse.request(action))
        var prepared = PreparedRequest(request: SOAPClient.request(to: context.endpoint, envelope))
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.responseActions = [DMPTransaction.authorization.responseAction]
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
    }
}
