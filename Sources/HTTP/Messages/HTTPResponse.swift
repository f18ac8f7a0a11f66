/// A response as received.
public struct HTTPResponse: Sendable {
    /// The protocol as the status line names it: `HTTP/1.1`.
    public var version: String
    /// The status code.
    public var status: Int
    /// The reason phrase; often empty.
    public var reason: String
    /// The header fields.
    public var headers: HTTPHeaders
    /// The body after removal of the chunked framing.
    public var body: RecordedBody

    /// A response.
    public init(
        version: String = "HTTP/1.1", status: Int, reason: String = "", headers: HTTPHeaders = [:],
        body: RecordedBody = .empty
    ) {
        self.version = version
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
    }

    /// Reads a response head; nil where the first line is no status line.
    package init?(head: [UInt8], body: RecordedBody) {
        let line = head.prefix { $0 != ASCII.lf }
        let parts = line.drop { $0 == ASCII.cr || $0 == ASCII.lf }
            .split(separator: ASCII.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].starts(with: "HTTP/".utf8) else { return nil }
        let digits = parts[1].filter { $0 != ASCII.cr }
        guard digits.count == 3, let status = Int(ASCII.text(digits)) else { return nil }
        let reason = parts.count > 2 ? ASCII.text(ASCII.trimmed(parts[2].filter { $0 != ASCII.cr })) : ""
        self.init(
            version: ASCII.text(parts[0]), status: status, reason: reason,
            headers: HTTPHeaders.parse(head.dropFirst(line.count + 1)).headers, body: body)
    }
}

/// A request, its response, and the bytes of both.
public struct HTTPExchange: Sendable {
    /// What was asked.
    public let request: HTTPRequest
    /// What was answered.
    public let response: HTTPResponse
    /// What went over the wire.
    public let wire: WireRecord

    /// An exchange from its parts.
    public init(request: HTTPRequest, response: HTTPResponse, wire: WireRecord) {
        self.request = request
        self.response = response
        self.wire = wire
    }
}
