import HTTP
public import SOAP
import XDS
import XML

/// The national record as a registry and a repository, with the French services around them.
///
/// Paths: `/registry` serves ITI-18 and ITI-57, `/repository` ITI-41 and ITI-43, `/patients` the existence check TD0.2,
/// `/habilitations` the authorisation TD0.3. Whatever is refused gets the error code, context and location of IHE ITI TF-3
/// 4.2.4; each rule of `Misbehavior` can be broken alone.
public struct DMPSimulator: Simulator {
    /// The path of the registry.
    public static let registryPath = "/registry"
    /// The path of the repository.
    public static let repositoryPath = "/repository"
    /// The path of the existence check.
    public static let patientsPath = "/patients"
    /// The path of authorisations.
    public static let habilitationsPath = "/habilitations"

    let store: DocumentStore
    let log: MessageLog
    let identifiers: IdentifierSource
    let misbehaviors: Set<Misbehavior>
    let policy: DMPPolicy
    /// How the next messages are answered.
    public let script: AnswerScript

    /// A DMP over a store.
    public init(
        store: DocumentStore, log: MessageLog, identifiers: IdentifierSource, misbehaviors: Set<Misbehavior> = [],
        policy: DMPPolicy = .init(), script: AnswerScript = .init()
    ) {
        self.store = store
        self.log = log
        self.identifiers = identifiers
        self.misbehaviors = misbehaviors
        self.policy = policy
        self.script = script
    }

    public func answer(_ request: SimulatorRequest) async -> SimulatorAnswer {
        var outcome = await outcome(of: request)
        if let scripted = outcome.scripted { outcome.answer = scripted.applied(to: outcome.answer) }
        await log.add(actor: "dmp", request, outcome)
        return outcome.answer
    }

    public func didRefuse(_ request: SimulatorRequest, _ status: Int, _ reason: String) async {
        await log.add(
            actor: "dmp", request,
            AnswerOutcome(.text(status, reason), faults: [.refused(request, status, reason)]))
    }

    private func outcome(of request: SimulatorRequest) async -> AnswerOutcome {
        let served = DMPTransaction.allCases.filter { $0.path == request.path }
        guard !served.isEmpty else {
            return AnswerOutcome(.text(404, "no service at this path"), faults: [.noService(request)])
        }
        guard request.method == "POST" else {
            return AnswerOutcome(
                .text(405, "POST is expected", headers: ["Allow": "POST"]), faults: [.otherMethod(request)])
        }
        let exchange: SOAPExchange
        do {
            exchange = try SOAPExchange(request, identifiers: identifiers)
        } catch {
            return AnswerOutcome(.text(413, error.message), faults: [.refused(request, 413, error.message)])
        }
        let transaction = served.first { $0.action == exchange.action }
        let scripted = script.take(transaction)
        if let transaction, let answer = scripted?.replacement(of: transaction, exchange) {
            return AnswerOutcome(
                answer, transaction: transaction, scripted: scripted, faults: exchange.receivedFaults,
                exchange: exchange)
        }
        if let fault = exchange.fault(serving: served.map(\.action)), let answer = refusal(fault, served, exchange) {
            return AnswerOutcome(
                answer, transaction: transaction, scripted: scripted, faults: exchange.receivedFaults,
                exchange: exchange)
        }
        var outcome = await serve(transaction ?? served[0], exchange, scripted)
        outcome.transaction = transaction
        outcome.scripted = scripted
        outcome.faults = exchange.receivedFaults + outcome.faults
        outcome.exchange = exchange
        return outcome
    }

    /// The answer to a message that is not served; nil where a misbehaviour serves it all the same.
    private func refusal(
        _ fault: Fault, _ served: [DMPTransaction], _ exchange: SOAPExchange
    ) -> SimulatorAnswer? {
        if exchange.message.envelope == nil, misbehaviors.contains(.acceptsBrokenPackage),
            served.contains(.provideAndRegister)
        {
            return exchange.answer(
                outgoing(.provideAndRegister, exchange, RegistryResponse().element()))
        }
        if exchange.message.envelope?.version == .soap12, exchange.action != nil,
            misbehaviors.contains(.acceptsUnknownAction)
        {
            return nil
        }
        return exchange.answer(fault)
    }

    private func serve(
        _ transaction: DMPTransaction, _ exchange: SOAPExchange, _ scripted: ScriptedAnswer?
    ) async -> AnswerOutcome {
        if misbehaviors.contains(.htmlErrorPage) {
            return AnswerOutcome(.html(200, "<html><body><h1>Service indisponible</h1></body></html>"))
        }
        if misbehaviors.contains(.emptyAnswer) {
            return AnswerOutcome(
                SimulatorAnswer(200, headers: ["Content-Type": "application/soap+xml; charset=UTF-8"]))
        }
        let submitted =
            transaction == .provideAndRegister ? ProvideAndRegisterRequest(reading: exchange.message) : nil
        let patient = NamedPatient(transaction, exchange.message, submitted).patient
        if let defect = await assertionDefect(transaction, exchange, patient) {
            return AnswerOutcome(
                exchange.answer(defect.fault),
                faults: [
                    ReceivedFault(
                        "vihf.\(defect.kind.rawValue)", en: defect.reason, fr: "VIHF refusé : \(defect.frenchReason)",
                        place: "wsse:Security")
                ])
        }
        switch transaction {
        case .provideAndRegister: return await submit(submitted, exchange)
        case .registryStoredQuery: return await query(exchange, patient, scripted)
        case .retrieveDocumentSet: return await retrieve(exchange, scripted)
        case .updateDocumentSet: return await update(exchange)
        case .existence: return await existence(exchange)
        case .authorization: return await authorize(exchange)
        }
    }

    // MARK: VIHF

    private func assertionDefect(
        _ transaction: DMPTransaction, _ exchange: SOAPExchange, _ patient: CX?
    ) async -> AssertionDefect? {
        let policy = policy.assertion
        guard policy.demand != .ignored else { return nil }
        guard let reading = AssertionReading(exchange.message) else {
            guard policy.demand == .required, !misbehaviors.contains(.acceptsMissingAssertion) else { return nil }
            return AssertionDefect(
                .missing, "the message holds no saml2:Assertion in wsse:Security",
                fr: "le message ne contient pas de saml2:Assertion dans wsse:Security")
        }
        var defects = reading.defects(patient: patient, now: policy.now(), tolerance: policy.tolerance)
        if let verify = policy.verify {
            defects += await verify(
                AssertionContext(
                    assertion: reading.assertion, message: exchange.message, transaction: transaction,
                    patient: patient, peer: exchange.request.peer))
        }
        return defects.first { misbehaviors.isDisjoint(with: $0.misbehaviors) }
    }

    // MARK: Submission and update

    private func submit(_ request: ProvideAndRegisterRequest?, _ exchange: SOAPExchange) async -> AnswerOutcome {
        let errors: [RegistryError]
        if let request, exchange.message.envelope?.content?.localName == "ProvideAndRegisterDocumentSetRequest" {
            do {
                errors = try await store.register(request, policy: policy, misbehaviors: misbehaviors)
            } catch {
                errors = [RegistryError(.repositoryError, error.message)]
            }
        } else {
            errors = [RegistryError(.repositoryError, "the body is no ProvideAndRegisterDocumentSetRequest")]
        }
        let envelope = outgoing(.provideAndRegister, exchange, registryResponse(errors).element())
        let package = MTOMPackage(
            envelope: envelope.serialized(), action: envelope.addressing.action, boundary: exchange.boundary())
        return AnswerOutcome(exchange.answer(package), errors: errors)
    }

    private func update(_ exchange: SOAPExchange) async -> AnswerOutcome {
        let errors: [RegistryError]
        if let content = exchange.message.envelope?.content, content.localName == "SubmitObjectsRequest",
            let list = Submission.list(in: content)
        {
            do {
                errors = try await store.update(Submission(reading: list), misbehaviors: misbehaviors)
            } catch {
                errors = [RegistryError(.registryError, error.message)]
            }
        } else {
            errors = [RegistryError(.registryError, "the body is no SubmitObjectsRequest")]
        }
        let answer = exchange.answer(outgoing(.updateDocumentSet, exchange, registryResponse(errors).element()))
        return AnswerOutcome(answer, errors: errors)
    }

    private func registryResponse(_ errors: [RegistryError]) -> RegistryResponse {
        var response = RegistryResponse(errors: errors)
        if misbehaviors.contains(.unknownStatus) { response.status = "urn:cisis:status:Done" }
        return response
    }

    // MARK: Query

    private func query(
        _ exchange: SOAPExchange, _ patient: CX?, _ scripted: ScriptedAnswer?
    ) async -> AnswerOutcome {
        var response: StoredQueryResponse
        do {
            if let error = try await recordError(patient, exchange) {
                response = StoredQueryResponse(RegistryResponse(errors: [error]))
            } else if let content = exchange.message.envelope?.content, let query = StoredQuery(reading: content) {
                response = try await StoredQueryEngine(
                    query: query, storage: store.storage, policy: policy, misbehaviors: misbehaviors
                ).response()
                if let scripted {
                    response = try await scripted.changed(response, query: query, storage: store.storage)
                }
            } else {
                let error = RegistryError(.registryError, "the body is no AdhocQueryRequest")
                response = StoredQueryResponse(RegistryResponse(errors: [error]))
            }
        } catch {
            let error = RegistryError(.registryError, error.message)
            response = StoredQueryResponse(RegistryResponse(errors: [error]))
        }
        var envelope = outgoing(.registryStoredQuery, exchange, response.element())
        if scripted?.kind == .otherRelatesTo { envelope.addressing.relatesTo = identifiers.urn() }
        return AnswerOutcome(exchange.answer(envelope), errors: response.registry.errors)
    }

    /// Why the record of a patient is not shown to the professional.
    private func recordError(_ patient: CX?, _ exchange: SOAPExchange) async throws(StorageError) -> RegistryError? {
        guard policy.checksRecord, let patient else { return nil }
        guard let record = try await store.record(of: patient), record.state == .active else {
            return RegistryError(.unknownPatientID, "there is no open record of the patient \(patient.text)")
        }
        let professional = AssertionReading(exchange.message)?.professional ?? ""
        let authorization = record.authorization(of: professional)
        guard authorization != .valid else { return nil }
        return RegistryError(.registryError, "the professional has no access: \(authorization.rawValue)")
    }

    // MARK: Retrieval

    private func retrieve(_ exchange: SOAPExchange, _ scripted: ScriptedAnswer?) async -> AnswerOutcome {
        var response: RetrieveDocumentSetResponse
        if let content = exchange.message.envelope?.content,
            let request = RetrieveDocumentSetRequest(reading: content),
            !request.documents.isEmpty || misbehaviors.contains(.retrieveAcceptsNothing)
        {
            response = await DocumentRetrieval(store: store, policy: policy, misbehaviors: misbehaviors)
                .response(to: request)
        } else {
            let error = RegistryError(.repositoryError, "the body asks for no document")
            response = RetrieveDocumentSetResponse(documents: [], errors: [error])
        }
        if let scripted { response = scripted.changed(response) }
        let errors = response.registry?.errors ?? []
        let addressing = addressing(.retrieveDocumentSet, exchange)
        if scripted?.kind == .inlineDocuments {
            return AnswerOutcome(
                exchange.answer(OutgoingEnvelope(addressing, content: response.inlineElement())), errors: errors)
        }
        var package = response.package(addressing, boundary: exchange.boundary())
        package.envelope = reshaped(package.envelope)
        package.framing.writesCloseDelimiter = !misbehaviors.contains(.retrieveMissingClose)
        if misbehaviors.contains(.retrieveDanglingInclude), !package.attachments.isEmpty {
            package.attachments[0].contentID = "nowhere@cisis"
        }
        if scripted?.kind == .oddParts {
            for index in package.attachments.indices {
                package.attachments[index].contentType = "application/x-cisis; name=\"part \(index)\""
            }
        }
        return AnswerOutcome(exchange.answer(package), errors: errors)
    }

    // MARK: The envelope

    func addressing(_ transaction: DMPTransaction, _ exchange: SOAPExchange) -> Addressing {
        let isWrong = misbehaviors.contains(.wrongResponseAction)
        var addressing = exchange.addressing(action: isWrong ? transaction.action : transaction.responseAction)
        if misbehaviors.contains(.relatesToMissing) { addressing.relatesTo = nil }
        if misbehaviors.contains(.relatesToOther) { addressing.relatesTo = identifiers.urn() }
        return addressing
    }

    func outgoing(
        _ transaction: DMPTransaction, _ exchange: SOAPExchange, _ content: Element
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

extension DMPSimulator {
    /// Whether the DMP was told to break this rule.
    public func misbehaves(_ misbehavior: Misbehavior) -> Bool { misbehaviors.contains(misbehavior) }
}
