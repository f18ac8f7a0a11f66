/// A request to send.
public struct HTTPRequest: Sendable {
    /// The method, sent as it is.
    public var method: String
    /// The absolute `http` or `https` URL; its path and query are sent as they are.
    public var url: String
    /// The header fields, sent in this order. `Host`, `Content-Length` or `Transfer-Encoding` are added where absent.
    public var headers: HTTPHeaders
    /// The body.
    public var body: RequestBody

    /// A request.
    public init(_ method: String, _ url: String, headers: HTTPHeaders = [:], body: RequestBody = .empty) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
