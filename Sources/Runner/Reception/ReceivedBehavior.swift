internal import Checks
internal import Conformance
internal import HTTP
internal import SOAP
internal import Simulators
internal import XDS
internal import XML

/// What a system under test did as a client of the DMP, read from the messages that the DMP received and answered.
///
/// Only what the wire shows is in it: what a person sees of the system stays unknown.
struct ReceivedBehavior: Sendable {
    /// The exchanges, in order.
    let exchanges: [ClientBehavior.Exchange]

    init(_ messages: [ReceivedMessage]) { exchanges = messages.compactMap { Self.exchange($0) } }

    /// The behaviour as the rules look at it; what was asked of the repository counts as what was opened.
    var subject: ClientBehavior {
        var behavior = ClientBehavior(exchanges)
        behavior.observation.opened = Set(exchanges.filter { $0.operation == .retrieval }.flatMap(\.documents))
        return behavior
    }

    /// The entries that the registry told, the newest word on each last.
    var entries: [DocumentEntry] { exchanges.filter { $0.operation == .query }.flatMap(\.entries) }

    private static let operations: [DMPTransaction: ClientBehavior.Operation] = [
        .provideAndRegister: .submission, .registryStoredQuery: .query, .retrieveDocumentSet: .retrieval,
        .updateDocumentSet: .update, .existence: .existence, .authorization: .authorization,
    ]

    private static func exchange(_ message: ReceivedMessage) -> ClientBehavior.Exchange? {
        guard let transaction = message.transaction.flatMap(DMPTransaction.init(rawValue:)),
            let operation = operations[transaction], let body = try? message.request.body.bytes(limit: 256 << 20)
        else { return nil }
        let request = SOAPMessage(reading: body, contentType: message.request.headers.first("Content-Type"))
        var exchange = ClientBehavior.Exchange(
            operation, place: EvidencePlace(object: "request body", sha256: message.request.body.sha256))
        exchange.assertionPatient = request.envelope.flatMap { SecurityHeader($0) }
            .flatMap { $0.assertions.first }.flatMap { VIHFReading($0) }?.values.patient.map { CX($0) }
        readRequest(request, transaction, &exchange)
        readAnswer(message, transaction, &exchange)
        exchange.oddities.formUnion(oddities(of: message.scripted))
        return exchange
    }

    private static func readRequest(
        _ request: SOAPMessage, _ transaction: DMPTransaction, _ exchange: inout ClientBehavior.Exchange
    ) {
        guard let content = request.envelope?.content else { return }
        switch transaction {
        case .provideAndRegister:
            let submission = ProvideAndRegisterRequest(reading: request)?.submission
            exchange.documents = (submission?.entries ?? []).filter { !$0.isSignature }.map(\.uniqueID)
            exchange.patient = submission?.submissionSet?.patientID
            exchange.targets = (submission?.associations ?? []).filter {
                [XDSURN.replaces, XDSURN.transformsAndReplaces].contains($0.type)
            }.map(\.target)
        case .registryStoredQuery:
            exchange.patient = StoredQuery(reading: content)?.text("$XDSDocumentEntryPatientId").map { CX($0) }
        case .retrieveDocumentSet:
            let documents = RetrieveDocumentSetRequest(reading: content)?.documents ?? []
            exchange.documents = documents.map { $0.documentUniqueID ?? "" }
            exchange.repositories = documents.map { $0.repositoryUniqueID ?? "" }
        case .updateDocumentSet:
            let submission = Submission.list(in: content).map { Submission(reading: $0) }
            let updates = (submission?.associations ?? []).filter { $0.type == XDSURN.updateAvailabilityStatus }
            exchange.patient = submission?.submissionSet?.patientID
            exchange.targets = updates.map(\.target)
            exchange.isUnpublishing = updates.contains { update in
                update.slots.contains { $0.name == "NewStatus" && $0.values == [XDSURN.deleted] }
            }
        case .existence: exchange.patient = ExistenceRequest(reading: content)?.patient
        case .authorization: break
        }
    }

    private static func readAnswer(
        _ message: ReceivedMessage, _ transaction: DMPTransaction, _ exchange: inout ClientBehavior.Exchange
    ) {
        switch message.answer.framing {
        case .silent, .cut, .broken:
            exchange.outcome = .silence
            return
        case .right, .dripped: break
        }
        guard case .bytes(let bytes) = message.answer.body,
            let envelope = SOAPMessage(reading: bytes, contentType: message.answer.headers.first("Content-Type"))
                .envelope, let content = envelope.content
        else {
            exchange.outcome = .status(message.status)
            return
        }
        guard envelope.fault == nil else {
            exchange.outcome = .fault
            return
        }
        switch transaction {
        case .existence, .authorization: exchange.outcome = .success
        case .registryStoredQuery:
            guard let response = StoredQueryResponse(reading: content) else { return }
            exchange.entries = response.objects.entries
            exchange.outcome = outcome(response.registry)
            if response.totalResultCount == nil { exchange.oddities.insert(.withoutTotalResultCount) }
        case .retrieveDocumentSet:
            let answer = SOAPMessage(reading: bytes, contentType: message.answer.headers.first("Content-Type"))
            guard let response = RetrieveDocumentSetResponse(reading: answer) else { return }
            exchange.delivered = response.documents.map(\.documentUniqueID)
            exchange.outcome = response.registry.map { outcome($0) } ?? .success
        case .provideAndRegister, .updateDocumentSet:
            exchange.outcome = outcome(RegistryResponse(reading: content))
        }
    }

    private static func outcome(_ response: RegistryResponse) -> ClientBehavior.Outcome {
        let codes = response.errors.filter { !$0.isWarning }.map(\.code)
        if response.isPartialSuccess { return .partialSuccess(codes) }
        return response.isSuccess ? .success : .failure(codes)
    }

    private static func oddities(of scripted: ScriptedAnswer?) -> Set<ClientBehavior.Oddity> {
        switch scripted?.kind {
        case .extraSlots: [.unknownSlots]
        case .olderEventCodes: [.olderEventCodeSchemes]
        case .otherRelatesTo: [.otherRelatesTo]
        case .oddParts: [.partMediaType]
        case .lowerCaseHeaders, .unquotedBoundary: [.headerWriting]
        case .inlineDocuments: [.inlineDocument]
        case .brokenManifest: [.brokenManifest]
        case .otherPatientManifest: [.manifestOfOtherPatient]
        case .closedRecord, .absentRecord, .noAccess: [.recordRefused]
        default: []
        }
    }
}
