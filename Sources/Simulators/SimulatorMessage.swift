public import HTTP

/// A request that came to a simulator.
public struct SimulatorRequest: Sendable {
    public var method: String
    /// Path and query, as sent.
    public var target: String
    public var headers: HTTPHeaders
    public var body: RecordedBody
    /// The exact bytes of the request line and header fields; empty without sockets.
    public var head: [UInt8] = []
    /// Who sent it; nil without sockets.
    public var remoteAddress: String?
    /// The client certificate, where one was shown.
    public var peer: TLSPeer?

    /// A request.
    public init(_ method: String, _ target: String, headers: HTTPHeaders = [:], body: RecordedBody = .empty) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The path, without the query.
    public var path: String { String(target.prefix { $0 != "?" }) }
}

/// What a simulator answers.
public struct SimulatorAnswer: Sendable {
    /// How the answer departs from a right one on the wire, on purpose.
    public enum Framing: Sendable, Hashable {
        /// Right framing.
        case right
        /// The connection closes after this many bytes of the body.
        case cut(afterBytes: Int)
        /// The connection breaks after this many bytes of the answer, head included.
        case broken(afterBytes: Int)
        /// So many bytes a second.
        case dripped(bytesPerSecond: Int)
        /// No byte is ever sent.
        case silent
    }

    public var status: Int
    public var headers: HTTPHeaders
    public var body: RequestBody
    public var framing = Framing.right
    /// Seconds before the first byte.
    public var delay: Double = 0

    /// An answer.
    public init(_ status: Int, headers: HTTPHeaders = [:], body: RequestBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer of plain text.
    public static func text(_ status: Int, _ text: String, headers: HTTPHeaders = [:]) -> SimulatorAnswer {
        var headers = headers
        headers.set("Content-Type", "text/plain; charset=UTF-8")
        return SimulatorAnswer(status, headers: headers, body: .bytes(Array(text.utf8)))
    }

    /// An answer of HTML.
    public static func html(_ status: Int, _ text: String) -> SimulatorAnswer {
        SimulatorAnswer(
            status, headers: ["Content-Type": "text/html; charset=UTF-8"], body: .bytes(Array(text.utf8)))
    }
}

extension SimulatorAnswer {
    /// The answer as a client without sockets sees it: the whole body, cut where it is to be cut.
    ///
    /// - Throws: what a stream throws while it is drained; `HTTPError` with `closed` where the client sees no answer.
    public func response() throws -> HTTPResponse {
        switch framing {
        case .right, .cut, .dripped: break
        case .broken, .silent: throw HTTPError(.closed, "the connection closed before the answer was whole")
        }
        let next = body.makeReader()
        var bytes: [UInt8] = []
        while let piece = try next() { bytes += piece }
        if case .cut(let limit) = framing { bytes = Array(bytes.prefix(limit)) }
        return HTTPResponse(
            version: "HTTP/1.1", status: status, reason: "", headers: headers, body: RecordedBody(bytes))
    }
}

/// An actor of the exchange that answers: it takes a request and gives an answer, over sockets or in memory alike.
public protocol Simulator: Sendable {
    /// The answer to `request`.
    func answer(_ request: SimulatorRequest) async -> SimulatorAnswer
    /// Is told of what HTTP refused before it came to an answer: the beginning of a request, with the status and the reason.
    func didRefuse(_ request: SimulatorRequest, _ status: Int, _ reason: String) async
}

extension Simulator {
    public func didRefuse(_ request: SimulatorRequest, _ status: Int, _ reason: String) async {}
}
