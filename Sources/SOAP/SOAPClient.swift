public import HTTP
public import XML

/// Sends SOAP messages and reads what comes back.
public struct SOAPClient: Sendable {
    /// The HTTP client underneath.
    public let client: HTTPClient
    /// The client certificate and the accepted authorities.
    public let identity: TLSIdentity?
    /// The time limits.
    public let timeouts: Timeouts
    /// The greatest answer that is accepted, in bytes.
    public let maximumBody: Int64

    /// A client.
    public init(
        _ client: HTTPClient, identity: TLSIdentity? = nil, timeouts: Timeouts = .init(), maximumBody: Int64 = 1 << 30
    ) {
        self.client = client
        self.identity = identity
        self.timeouts = timeouts
        self.maximumBody = maximumBody
    }

    /// What every request accepts. JAX-WS RI answers a message without MTOM in kind, documents inline, unless the HTTP
    /// header Accept names `application/xop+xml`. Source: RFC 9110, 12.5.1; IHE ITI TF-2 3.43.5.
    private static let accepted = "multipart/related; type=\"application/xop+xml\", application/soap+xml"

    /// The request that carries `envelope` alone. Source: SOAP 1.2 Part 2, 7.1.4.
    public static func request(to url: String, _ envelope: OutgoingEnvelope) -> HTTPRequest {
        request(to: url, envelope: envelope.serialized(), action: envelope.addressing.action)
    }

    /// The request that carries the bytes of an envelope alone.
    public static func request(to url: String, envelope: [UInt8], action: String?) -> HTTPRequest {
        var type = "application/soap+xml; charset=UTF-8"
        if let action { type += "; action=\"\(action)\"" }
        return HTTPRequest(
            "POST", url, headers: HTTPHeaders([("Content-Type", type), ("Accept", accepted)]), body: .bytes(envelope))
    }

    /// The request that carries an MTOM package.
    ///
    /// - Throws: what a streamed attachment throws when it is drained into memory.
    public static func request(to url: String, _ package: MTOMPackage) throws -> HTTPRequest {
        HTTPRequest(
            "POST", url, headers: HTTPHeaders([("Content-Type", package.contentType), ("Accept", accepted)]),
            body: try package.body())
    }

    /// Sends `request` and reads the answer.
    ///
    /// - Throws: `HTTPError` when no whole answer came.
    public func send(
        _ request: HTTPRequest, options: ParsingOptions = .init()
    ) async throws(HTTPError) -> (exchange: HTTPExchange, answer: SOAPMessage) {
        let exchange = try await client.send(
            request, identity: identity, timeouts: timeouts, maximumBody: maximumBody)
        return (exchange, SOAPMessage(reading: exchange, options: options))
    }
}
