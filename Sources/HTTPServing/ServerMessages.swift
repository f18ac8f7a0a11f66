public import HTTP

/// A request as a server received it.
public struct ServerRequest: Sendable {
    /// `GET`, `POST`, ….
    public let method: String
    /// The path and query as they were sent.
    public let target: String
    /// `HTTP/1.1`.
    public let version: String
    /// The header fields in the order of the wire.
    public let headers: HTTPHeaders
    /// The body, its chunks joined.
    public let body: RecordedBody
    /// The exact bytes of the request line and header fields.
    public let head: [UInt8]
    /// Who sent it.
    public let remoteAddress: String?
    /// The client certificate, where one was shown.
    public let clientCertificate: TLSPeer?
}

/// Code that answers requests.
public protocol HTTPHandler: Sendable {
    /// The answer to `request`.
    func respond(to request: ServerRequest) async -> ServerResponse
    /// Is told of what the server refused by itself, as it is no request that can be answered.
    func didRefuse(_ request: RefusedRequest) async
    /// Is told, at most every ten seconds, that so many connections are open and that each further one takes the place of one
    /// that has sent no whole request.
    func isCrowded(_ connections: Int)
}

extension HTTPHandler {
    public func didRefuse(_ request: RefusedRequest) async {}
    public func isCrowded(_ connections: Int) {}
}

/// What came and was refused by the server: malformed, too large, or not whole in time.
public struct RefusedRequest: Sendable, Hashable {
    /// Who sent it.
    public let remoteAddress: String?
    /// The status of the answer.
    public let status: Int
    /// One sentence, in English.
    public let reason: String
    /// What can be shown of its first line: at most 200 characters, without the query of the address.
    public let firstLine: String
}

/// An answer, with control over each byte so that it can be wrong.
public struct ServerResponse: Sendable {
    /// How the end of the body is told. Source: RFC 9112 §6.
    public enum Framing: Sendable, Hashable {
        /// `Content-Length`; chunked when the length is not known.
        case contentLength
        case chunked
        /// The end of the connection.
        case close
    }

    /// What is wrong on the wire.
    public enum Fault: Sendable, Hashable {
        /// These bytes instead of an answer, then the connection closes.
        case raw([UInt8])
        /// The connection closes after so many bytes of the answer.
        case cutAfter(Int)
        /// No byte is ever sent.
        case neverAnswer
        /// So many bytes a second.
        case dripped(bytesPerSecond: Int)
        /// `Content-Length` says this.
        case contentLength(Int64)
        /// Chunks without end, up to the limit that the peer sets.
        case endlessChunks
    }

    public var status: Int
    public var reason: String
    public var headers: HTTPHeaders
    public var body: RequestBody
    public var framing: Framing
    public var fault: Fault?

    /// An answer.
    public init(
        _ status: Int, reason: String? = nil, headers: HTTPHeaders = [:], body: RequestBody = .empty,
        framing: Framing = .contentLength, fault: Fault? = nil
    ) {
        self.status = status
        self.reason = reason ?? Self.reasons[status] ?? "Status"
        self.headers = headers
        self.body = body
        self.framing = framing
        self.fault = fault
    }

    private static let reasons: [Int: String] = [
        100: "Continue", 200: "OK", 202: "Accepted", 204: "No Content", 206: "Partial Content", 302: "Found",
        303: "See Other", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
        411: "Length Required", 413: "Content Too Large", 415: "Unsupported Media Type",
        431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
        503: "Service Unavailable", 505: "HTTP Version Not Supported",
    ]
}

/// The certificate of a server, and the authorities whose client certificates it accepts.
public struct ServerTLS: Sendable, Hashable {
    /// PEM file of the chain.
    public var certificateChain: String
    /// PEM file of the key.
    public var key: String
    /// PEM file of the authorities of client certificates; nil asks for none.
    public var clientTrust: String?

    /// TLS; mutual when `clientTrust` is given.
    public init(certificateChain: String, key: String, clientTrust: String? = nil) {
        self.certificateChain = certificateChain
        self.key = key
        self.clientTrust = clientTrust
    }
}
