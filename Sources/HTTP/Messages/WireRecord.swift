public import Foundation

/// What went over the wire in one exchange, byte for byte; on failure, what had gone until then.
public struct WireRecord: Sendable {
    /// The request line and header fields as sent, with the empty line.
    public var requestHead: [UInt8] = []
    /// The request body as sent, without the chunked framing.
    public var requestBody: RecordedBody = .empty
    /// The heads of interim answers (1xx), as received, one after the other.
    public var interimHeads: [UInt8] = []
    /// The status line and header fields as received, with the empty line.
    public var responseHead: [UInt8] = []
    /// The response body as received, without the chunked framing; nil where no answer came.
    public var responseBody: RecordedBody?
    /// The trailer lines after a chunked body, as received.
    public var trailers: [UInt8] = []
    /// When the exchange began.
    public var started: Date
    /// Seconds from the beginning to the TCP connection.
    public var connectSeconds: Double?
    /// Seconds from the beginning to the end of the TLS handshake.
    public var tlsSeconds: Double?
    /// Seconds from the beginning to the first byte of the answer.
    public var firstByteSeconds: Double?
    /// Seconds from the beginning to the end.
    public var totalSeconds: Double?
    /// The peer, as `address:port`.
    public var remoteAddress: String?
    /// What TLS established; nil in the clear.
    public var tls: TLSPeer?

    /// An empty record.
    public init(started: Date) { self.started = started }
}

/// What a TLS handshake told of the peer.
public struct TLSPeer: Sendable, Hashable {
    /// The protocol version, as `TLSv1.3`.
    public var version: String?
    /// The cipher suite's name.
    public var cipher: String?
    /// The subject of the peer's certificate, as `CN=name, O=organisation`.
    public var subject: String?
    /// The issuer of the peer's certificate.
    public var issuer: String?
    /// The peer's certificate in DER; nil where it gave none.
    public var certificate: [UInt8]?
    /// The SHA-256 of the certificate, in lower-case hexadecimal.
    public var certificateSHA256: String?

    /// A record of the peer.
    public init(
        version: String? = nil, cipher: String? = nil, subject: String? = nil, issuer: String? = nil,
        certificate: [UInt8]? = nil, certificateSHA256: String? = nil
    ) {
        self.version = version
        self.cipher = cipher
        self.subject = subject
        self.issuer = issuer
        self.certificate = certificate
        self.certificateSHA256 = certificateSHA256
    }
}

extension WireRecord: CustomStringConvertible {
    /// Both heads and the sizes of both bodies, never the bodies.
    public var description: String {
        let answer = responseBody.map { "\(ASCII.text(responseHead))(\($0))" } ?? "no answer"
        return "\(ASCII.text(requestHead))(\(requestBody))\n\(answer)"
    }
}
