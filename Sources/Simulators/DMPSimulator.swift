import HTTP
public import SOAP
import XDS
import XML

/// The national record as a registry and a repository: ITI-41, ITI-18 and ITI-43.
///
/// Paths: `/registry` serves ITI-18, `/repository` serves ITI-41 and ITI-43.
public struct DMPSimulator: Simulator {
    /// The path of the registry.
    public static let registryPath = "/registry"
    /// The path of the repository.
    public static let repositoryPath = "/repository"

    private let store: DocumentStore
    private let log: MessageLog
    private let identifiers: IdentifierSource
    private let misbehaviors: Set<Misbehavior>

    /// A DMP over a store.
    public init(
        store: DocumentStore, log: MessageLog, identifiers: IdentifierSource, misbehaviors: Set<Misbehavior> = []
    ) {
        self.store = store
        self.log = log
        self.identifiers = identifiers
        self.misbehaviors = misbehaviors
    }

    public func answer(_ request: SimulatorRequest) async -> SimulatorAnswer {
        let transactions: [XDSTransaction]
        switch request.path {
        case Self.registryPath: transactions = [.registryStoredQuery]
        case Self.repositoryPath: transactions = [.provideAndRegister, .retrieveDocumentSet]
        default: return await log(request, nil, .text(404, "no service at this path"), [])
        }
        guard request.method == "POST" else {
            return await log(request, nil, .text(405, "POST is expected", headers: ["Allow": "POST"]), [])
        }
        let exchange: SOAPExchange
        do {
            exchange = try SOAPExchange(request, identifiers: identifiers)
        } catch {
            return await log(request, nil, .text(413, error.message), [])
        }
        if let fault = exchange.fault(serving: transactions) {
            return await log(request, nil, exchange.answer(fault), exchange.receivedFaults)
        }
        let transaction = exchange.action.flatMap(XDSTransaction.init(action:)) ?? transactions[0]
        let (answer, remarks) = await serve(transaction, exchange)
        return await log(request, transaction.rawValue, answer, exchange.receivedFaults + remarks)
    }

    private func log(
        _ request: SimulatorRequest, _ transaction: String?, _ answer: SimulatorAnswer, _ faults: [ReceivedFault]
    ) async -> SimulatorAnswer {
        await log.add(actor: "dmp", transaction: transaction, request, status: answer.status, faults)
        return answer
    }

    private func serve(
        _ transaction: XDSTransaction, _ exchange: SOAPExchange
    ) async -> (SimulatorAnswer, [ReceivedFault]) {
        if misbehaviors.contains(.htmlErrorPage) {
            return (.html(200, "<html><body><h1>Service indisponible</h1></body></html>"), [])
        }
        if misbehaviors.contains(.emptyAnswer) {
            return (SimulatorAnswer(200, headers: ["Content-Type": "application/soap+xml; charset=UTF-8"]), [])
        }
        switch transaction {
        case .provideAndRegister: return await submit(exchange)
        case .registryStoredQuery: return (await query(exchange), [])
        case .retrieveDocumentSet: return (await retrieve(exchange), [])
        case .retrieveImagingDocumentSet, .updateDocumentSet:
            return (exchange.answer(.actionNotSupported(transaction.action)), [])
        }
    }

    // MARK: The three transactions

    private func submit(_ exchange: SOAPExchange) async -> (SimulatorAnswer, [ReceivedFault]) {
        let errors: [RegistryError]
        if let request = ProvideAndRegisterRequest(reading: exchange.message) {
            errors = await store.register(request, misbehaviors: misbehaviors)
        } else {
            errors = [RegistryError(.repositoryError, "the body is no ProvideAndRegisterDocumentSetRequest")]
        }
        var response = RegistryResponse(errors: errors)
        if misbehaviors.contains(.unknownStatus) { response.status = "urn:cisis:status:Done" }
        let envelope = outgoing(.provideAndRegister, exchange, response.element())
        let package = MTOMPackage(
            envelope: envelope.serialized(), action: envelope.addressing.action, boundary: exchange.boundary())
        let remarks = errors.map { error in
            ReceivedFault(
                error.code.rawValue, en: error.context, fr: "Soumission refusée : \(error.context)",
                place: error.location)
        }
        return (exchange.answer(package), remarks)
    }

    private func query(_ exchange: SOAPExchange) async -> SimulatorAnswer {
        let response: StoredQueryResponse
        if let content = exchange.message.envelope?.content, let query = StoredQuery(reading: content) {
            response = StoredQueryEngine(query: query, entries: await shownEntries, misbehaviors: misbehaviors)
                .response()
        } else {
            let error = RegistryError(.registryError, "the body is no AdhocQueryRequest")
            response = StoredQueryResponse(RegistryResponse(errors: [error]))
        }
        return exchange.answer(outgoing(.registryStoredQuery, exchange, response.element()))
    }

    private var shownEntries: [DocumentEntry] {
        get async {
            let entries = await store.entries
            guard misbehaviors.contains(.queryChangesMetadata) else { return entries }
            return entries.map { entry in
                var entry = entry
                entry.title = "Document"
                entry.typeCode?.code = "00000-0"
                return entry
            }
        }
    }

    private func retrieve(_ exchange: SOAPExchange) async -> SimulatorAnswer {
        let response: RetrieveDocumentSetResponse
        if let content = exchange.message.envelope?.content,
            let request = RetrieveDocumentSetRequest(reading: content), !request.documents.isEmpty
        {
            response = await found(request)
        } else {
            let error = RegistryError(.repositoryError, "the body asks for no document")
            response = RetrieveDocumentSetResponse(documents: [], errors: [error])
        }
        let addressing = addressing(.retrieveDocumentSet, exchange)
        var package = response.package(addressing, boundary: exchange.boundary())
        package.envelope = reshaped(package.envelope)
        package.framing.writesCloseDelimiter = !misbehaviors.contains(.retrieveMissingClose)
        if misbehaviors.contains(.retrieveDanglingInclude), !package.attachments.isEmpty {
            package.attachments[0].contentID = "nowhere@cisis"
        }
        return exchange.answer(package)
    }

    private func found(_ request: RetrieveDocumentSetRequest) async -> RetrieveDocumentSetResponse {
        var documents: [DocumentResponse] = []
        var errors: [RegistryError] = []
        for wanted in request.documents {
            guard wanted.repositoryUniqueID == store.repositoryUniqueID else {
                errors.append(
                    RegistryError(
                        .unknownRepositoryID, "this repository is \(store.repositoryUniqueID)",
                        location: wanted.documentUniqueID))
                continue
            }
            guard let id = wanted.documentUniqueID, let stored = await store.document(uniqueID: id) else {
                errors.append(
                    RegistryError(
                        .documentUniqueIDError, "the document is not in this repository",
                        location: wanted.documentUniqueID))
                continue
            }
            documents.append(delivered(stored, wanted))
        }
        if misbehaviors.contains(.retrieveFailsWhole), !errors.isEmpty { documents = [] }
        if misbehaviors.contains(.retrieveRepeatsDocument), let first = documents.first {
            documents = documents.map { _ in first }
        }
        if misbehaviors.contains(.refusalWithDocuments), documents.isEmpty, let wanted = request.documents.first,
            let entry = await store.entries.first, let stored = await store.document(uniqueID: entry.uniqueID)
        {
            let refusal = RegistryResponse(status: XDSURN.failure, errors: errors)
            return RetrieveDocumentSetResponse(refusal, documents: [delivered(stored, wanted)])
        }
        return RetrieveDocumentSetResponse(documents: documents, errors: errors)
    }

    private func delivered(_ stored: DocumentStore.Stored, _ wanted: DocumentRequest) -> DocumentResponse {
        var bytes = stored.bytes
        if misbehaviors.contains(.retrieveCorruptsDocument), !bytes.isEmpty { bytes[bytes.count / 2] ^= 0x20 }
        return DocumentResponse(
            home: wanted.home, repositoryUniqueID: store.repositoryUniqueID, documentUniqueID: stored.entry.uniqueID,
            mimeType: misbehaviors.contains(.retrieveWrongMimeType)
                ? "application/octet-stream" : stored.entry.mimeType, body: .bytes(bytes))
    }

    // MARK: The envelope

    private func addressing(_ transaction: XDSTransaction, _ exchange: SOAPExchange) -> Addressing {
        let isWrong = misbehaviors.contains(.wrongResponseAction)
        var addressing = exchange.addressing(action: isWrong ? transaction.action : transaction.responseAction)
        if misbehaviors.contains(.relatesToMissing) { addressing.relatesTo = nil }
        if misbehaviors.contains(.relatesToOther) { addressing.relatesTo = identifiers.urn() }
        return addressing
    }

    private func outgoing(
        _ transaction: XDSTransaction, _ exchange: SOAPExchange, _ content: Element
    ) -> OutgoingEnvelope {
        OutgoingEnvelope(
            addressing(transaction, exchange), content: content,
            version: misbehaviors.contains(.soap11) ? .soap11 : .soap12)
    }

    /// The envelope of a package that was made as SOAP 1.2, in SOAP 1.1 where that is the fault to show.
    private func reshaped(_ envelope: [UInt8]) -> [UInt8] {
        guard misbehaviors.contains(.soap11) else { return envelope }
        let text = String(decoding: envelope, as: UTF8.self)
        return Array(text.replacing(SOAPNamespace.soap12, with: SOAPNamespace.soap11).utf8)
    }
}
