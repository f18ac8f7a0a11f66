public import Conformance
public import Foundation
public import HTTP
public import SOAP
public import Signatures
public import XDS
public import XML

/// A VIHF assertion and the message that brought it, as the rules look at them.
public struct AssertionSubject: Sendable {
    /// The message; nil for an assertion that was kept alone.
    public let message: SOAPMessage?
    public let document: Document
    /// `wsse:Security`; nil where there is none.
    public let header: SecurityHeader?
    /// The first assertion of the header; nil where there is none.
    public let assertion: VIHFReading?
    /// What its signature is worth; nil without assertion.
    public let signature: SignatureReport?
    /// When the message came; nil: not known, times are not compared with it.
    public var receivedAt: Date?
    /// What TLS established; nil: not known.
    public var peer: TLSPeer?
    /// Whether the message came in the clear; nil: not known.
    public var isCleartext: Bool?
    /// The patients of the message, as CX; empty where it names none.
    public let patients: [CX]
    /// The structures of the authors; empty where the message names none.
    public let structures: [String]

    /// The assertion of `message`; nil when `message` is no SOAP envelope.
    public init?(_ message: SOAPMessage, verifier: SignatureVerifier, receivedAt: Date? = nil, peer: TLSPeer? = nil) {
        guard let envelope = message.envelope else { return nil }
        let header = SecurityHeader(envelope)
        let assertion = header?.assertions.first.flatMap { VIHFReading($0) }
        self.message = message
        document = envelope.document
        self.header = header
        self.assertion = assertion
        signature = assertion?.verify(verifier)
        self.receivedAt = receivedAt
        self.peer = peer
        let named = MessagePeople(message)
        patients = named.patients
        structures = named.structures
    }

    /// An assertion that was kept alone; nil when the root of `document` is none.
    public init?(_ document: Document, verifier: SignatureVerifier, receivedAt: Date? = nil) {
        guard let assertion = VIHFReading(document.documentElement) else { return nil }
        message = nil
        self.document = document
        header = nil
        self.assertion = assertion
        signature = assertion.verify(verifier)
        self.receivedAt = receivedAt
        patients = []
        structures = []
    }

    /// Where `node` stands in the evidence.
    public func place(_ node: Node?) -> EvidencePlace? {
        guard let node else { return nil }
        guard let message, node.document === document else {
            return EvidencePlace(line: node.line, column: node.column, byte: node.byteOffset, xpath: node.path)
        }
        return MessageRules.evidencePlace(message.place(of: node), object: nil)
    }
}

/// Whom a message is about and by whom it is.
private struct MessagePeople {
    var patients: [CX] = []
    var structures: [String] = []

    init(_ message: SOAPMessage) {
        if let request = ProvideAndRegisterRequest(reading: message) {
            let submission = request.submission
            patients = submission.entries.compactMap(\.patientID) + submission.submissionSets.compactMap(\.patientID)
            let authors = submission.entries.flatMap(\.authors) + submission.submissionSets.flatMap(\.authors)
            structures = authors.flatMap(\.institutions).map(\.id).filter { !$0.isEmpty }
        } else if let content = message.envelope?.content, let query = StoredQuery(reading: content) {
            let names = [
                "$XDSDocumentEntryPatientId", "$XDSSubmissionSetPatientId", "$XDSFolderPatientId", "$patientId",
            ]
            patients = query.parameters.filter { names.contains($0.name) }.flatMap { parameter in
                parameter.literals.map { CX($0, place: parameter.place) }
            }
        }
    }
}

/// A whitelist and what its signature is worth.
public struct WhitelistSubject: Sendable {
    public let list: Whitelist
    public let document: Document
    public let signature: SignatureReport

    /// A list; nil when the root of `document` is none.
    public init?(_ document: Document, verifier: SignatureVerifier) {
        guard let list = Whitelist(reading: document) else { return nil }
        self.list = list
        self.document = document
        signature = verifier.verifyBaseline(document.documentElement)
    }

    func place(_ node: Node?) -> EvidencePlace? {
        node.map { EvidencePlace(line: $0.line, column: $0.column, byte: $0.byteOffset, xpath: $0.path) }
    }
}

/// How a system under test used the whitelist in a run.
public struct WhitelistUseSubject: Sendable {
    /// The list in force; nil: not known.
    public var list: Whitelist?
    /// When the list was fetched, in order.
    public var fetches: [Date]
    /// How long it was watched, in seconds.
    public var watched: TimeInterval
    /// The URLs that it called.
    public var calls: [String]
    /// Those whom it served: subjects of client certificates.
    public var served: [DistinguishedName]

    /// What was seen.
    public init(
        list: Whitelist?, fetches: [Date] = [], watched: TimeInterval = 0, calls: [String] = [],
        served: [DistinguishedName] = []
    ) {
        self.list = list
        self.fetches = fetches
        self.watched = watched
        self.calls = calls
        self.served = served
    }
}

/// The signature document of a submission, verified with the key of its certificate.
public struct SubmissionSealSubject: Sendable {
    /// The id of the entry.
    public let entry: String
    public let report: SignatureReport
    /// Whether the bytes are others than the entry tells by its hash: they were changed after they were signed.
    public let isAltered: Bool

    /// The seal of a document of a submission; nil when `bytes` are no `ds:Signature`.
    public init?(entry: String, bytes: [UInt8], verifier: SignatureVerifier, isAltered: Bool = false) {
        guard let document = Self.parsed(bytes),
            let signature = Signatures.SubmissionSignature(reading: document)
        else { return nil }
        self.entry = entry
        self.isAltered = isAltered
        report = signature.verify(verifier)
    }

    /// Captures have blanks before the declaration.
    private static func parsed(_ bytes: [UInt8]) -> Document? {
        var options = ParsingOptions()
        options.toleratesLeadingBlanks = true
        return try? Document(parsing: bytes, options: options)
    }

    /// Every seal of `request`.
    ///
    /// `at` is the time at which certificates must be in force; nil: the signing time that each says.
    public static func all(
        in request: ProvideAndRegisterRequest, trust: SignatureTrust? = nil, at time: Date?
    ) -> [SubmissionSealSubject] {
        request.submission.entries.filter(\.isSignature).compactMap { entry in
            guard let submitted = request.document(entry.id) else { return nil }
            let said = parsed(submitted.bytes).flatMap { document in
                XAdESProperties(in: document.documentElement)?.signingTime.flatMap { XMLInstant($0)?.date }
            }
            guard let moment = time ?? said else { return nil }
            return SubmissionSealSubject(
                entry: entry.id, bytes: submitted.bytes, verifier: SignatureVerifier(trust: trust, at: moment),
                isAltered: entry.hash.map { $0.lowercased() != submitted.hash } ?? false)
        }
    }

    func place(_ node: Node?) -> EvidencePlace? {
        node.map { EvidencePlace(part: entry, line: $0.line, column: $0.column, byte: $0.byteOffset, xpath: $0.path) }
    }
}

/// What a DRIMbox consumer exchanged with Pro Santé Connect.
public struct TokenSubject: Sendable {
    /// A request that it sent.
    public struct Request: Sendable {
        public var method: String
        public var url: String
        public var headers: HTTPHeaders
        public var body: [UInt8]

        /// A request.
        public init(_ method: String, _ url: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
        }
    }

    /// The URL to which it sent the browser; nil: not seen.
    public var authorization: String?
    /// An answer with another state or nonce, and whether it went on with it; nil: not tried.
    public var acceptedForeignState: Bool?
    /// Every request that was seen.
    public var requests: [Request]

    /// What was seen.
    public init(authorization: String?, acceptedForeignState: Bool? = nil, requests: [Request] = []) {
        self.authorization = authorization
        self.acceptedForeignState = acceptedForeignState
        self.requests = requests
    }
}
