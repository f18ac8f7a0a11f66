public import HTTP
public import SOAP
public import XDS
public import XML

/// What a client of the DMP tells its user: one line, without traces.
public struct ClientProblem: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// No answer: refused, cut, too late.
        case transport
        /// An HTTP status that is no answer of SOAP.
        case http
        /// Not SOAP, or not the answer of the transaction.
        case unreadable
        /// A SOAP fault.
        case fault
        /// The answer is to another message.
        case otherMessage
        /// The registry or the repository refused.
        case refused
        /// Not all is there.
        case incomplete
        /// A document that cannot be used.
        case document
        /// No record, or a closed one.
        case noRecord
        /// No access to the record.
        case noAccess
    }

    public var kind: Kind
    public var message: String

    /// A problem.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// The answer to one message of a client.
public struct DMPReply: Sendable {
    /// The element in the Body; nil when there is a problem.
    public var content: Node?
    public var message: SOAPMessage?
    public var response: HTTPResponse?
    public var problem: ClientProblem?
    /// Whether trying again later makes sense: the server broke down or did not answer.
    public var isPassing = false
}

/// The side of the DMP that a client sees: endpoints, a way to send, and what stands in the security header.
public struct DMPClient: Sendable {
    /// The addresses of the DMP.
    public struct Endpoints: Sendable, Hashable {
        public var registry: String
        public var repository: String
        public var patients: String
        public var habilitations: String

        /// The endpoints under one address.
        public init(base: String) {
            registry = base + DMPSimulator.registryPath
            repository = base + DMPSimulator.repositoryPath
            patients = base + DMPSimulator.patientsPath
            habilitations = base + DMPSimulator.habilitationsPath
        }

        /// The addresses by the names of a target file.
        public var named: [String: String] {
            ["registry": registry, "repository": repository, "patients": patients, "habilitations": habilitations]
        }

        /// Where a transaction goes.
        public func url(of transaction: DMPTransaction) -> String {
            switch transaction {
            case .registryStoredQuery, .updateDocumentSet: registry
            case .provideAndRegister, .retrieveDocumentSet: repository
            case .existence: patients
            case .authorization: habilitations
            }
        }
    }

    public var endpoints: Endpoints
    /// Sends one request.
    public var send: @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse
    /// The header blocks of a message: `wsse:Security` with the VIHF of the patient.
    public var security: @Sendable (DMPTransaction, CX?) async -> [Element]
    public let identifiers: IdentifierSource

    /// A client.
    public init(
        endpoints: Endpoints, identifiers: IdentifierSource = IdentifierSource(),
        security: @escaping @Sendable (DMPTransaction, CX?) async -> [Element] = { _, _ in [] },
        send: @escaping @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse
    ) {
        self.endpoints = endpoints
        self.identifiers = identifiers
        self.security = security
        self.send = send
    }

    /// A client over sockets.
    public init(
        endpoints: Endpoints, client: HTTPClient, identity: TLSIdentity? = nil, timeouts: Timeouts = .init(),
        identifiers: IdentifierSource = IdentifierSource(),
        security: @escaping @Sendable (DMPTransaction, CX?) async -> [Element] = { _, _ in [] }
    ) {
        self.init(endpoints: endpoints, identifiers: identifiers, security: security) {
            request async throws(HTTPError) in
            try await client.send(request, identity: identity, timeouts: timeouts).response
        }
    }

    /// Sends `content` and reads the answer.
    package func exchange(
        _ transaction: DMPTransaction, _ content: Element, patient: CX?, checksRelation: Bool = true
    ) async -> DMPReply {
        let addressing = addressing(transaction)
        let envelope = OutgoingEnvelope(
            addressing, headerBlocks: await security(transaction, patient), content: content)
        let request = SOAPClient.request(to: endpoints.url(of: transaction), envelope)
        return await exchange(request, transaction, addressing, checksRelation)
    }

    /// Sends a submission and reads the answer.
    func submit(_ submission: ProvideAndRegisterRequest) async -> DMPReply {
        let addressing = addressing(.provideAndRegister)
        let package = submission.package(
            addressing,
            headerBlocks: await security(.provideAndRegister, submission.submission.submissionSet?.patientID),
            boundary: "cisis-\(identifiers.uuid())")
        do {
            let request = try SOAPClient.request(to: endpoints.url(of: .provideAndRegister), package)
            return await exchange(request, .provideAndRegister, addressing, true)
        } catch {
            return DMPReply(problem: ClientProblem(.unreadable, "the package cannot be made: \(error)"))
        }
    }

    private func addressing(_ transaction: DMPTransaction) -> Addressing {
        Addressing(
            action: transaction.action, messageID: identifiers.urn(), to: endpoints.url(of: transaction),
            replyTo: "http://www.w3.org/2005/08/addressing/anonymous")
    }

    private func exchange(
        _ request: HTTPRequest, _ transaction: DMPTransaction, _ addressing: Addressing, _ checksRelation: Bool
    ) async -> DMPReply {
        let response: HTTPResponse
        do {
            response = try await send(request)
        } catch {
            return DMPReply(
                problem: ClientProblem(.transport, "\(transaction.rawValue): no answer: \(error.message)"),
                isPassing: true)
        }
        let message = SOAPMessage(reading: response)
        var reply = DMPReply(message: message, response: response)
        guard let envelope = message.envelope else {
            reply.problem = ClientProblem(
                response.status >= 400 ? .http : .unreadable,
                "\(transaction.rawValue): HTTP \(response.status), the answer is no SOAP message")
            reply.isPassing = response.status >= 500
            return reply
        }
        if let fault = envelope.content.flatMap({ Fault(reading: $0) }) {
            reply.problem = ClientProblem(.fault, "\(transaction.rawValue): \(fault.reason)")
            reply.isPassing = fault.code == .receiver
            return reply
        }
        if checksRelation, envelope.addressing.relatesTo != addressing.messageID {
            reply.problem = ClientProblem(
                .otherMessage, "\(transaction.rawValue): the answer relates to another message")
            return reply
        }
        guard let content = envelope.content else {
            reply.problem = ClientProblem(.unreadable, "\(transaction.rawValue): the answer is empty")
            return reply
        }
        reply.content = content
        return reply
    }
}
