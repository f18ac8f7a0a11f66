/// Why an exchange could not be had: the world's fault, never a judgement on the answer.
public struct HTTPError: Error, Sendable {
    /// What kind of fault; new kinds may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable spelling.
        public let rawValue: String

        /// A code from its spelling.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Nothing listens at the address.
        public static let refused = Code(rawValue: "refused")
        /// The address cannot be reached.
        public static let unreachable = Code(rawValue: "unreachable")
        /// The host name has no address.
        public static let unresolved = Code(rawValue: "unresolved")
        /// No connection, TLS included, within `Timeouts.connect`.
        public static let connectTimeout = Code(rawValue: "connect-timeout")
        /// No answer within `Timeouts.firstByte`.
        public static let firstByteTimeout = Code(rawValue: "first-byte-timeout")
        /// No byte in either direction for `Timeouts.idle`.
        public static let idleTimeout = Code(rawValue: "idle-timeout")
        /// The exchange lasted longer than `Timeouts.total`.
        public static let totalTimeout = Code(rawValue: "total-timeout")
        /// TLS failed: certificate, authority, version, alert.
        public static let tls = Code(rawValue: "tls")
        /// The peer closed the connection before the end of the message.
        public static let closed = Code(rawValue: "closed")
        /// A body or a head beyond its limit.
        public static let tooLarge = Code(rawValue: "too-large")
        /// What came is no HTTP/1.1 message.
        public static let malformed = Code(rawValue: "malformed")
        /// The task was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
        /// The request cannot be sent as it is.
        public static let invalidRequest = Code(rawValue: "invalid-request")
        /// The body's stream, or the consumer of the answer, threw.
        public static let consumer = Code(rawValue: "consumer")
        /// A file could not be read or written.
        public static let storage = Code(rawValue: "storage")
        /// A server could not listen.
        public static let listen = Code(rawValue: "listen")
    }

    /// The kind.
    public let code: Code
    /// One line: where, what, and what to do.
    public let message: String
    /// What had gone over the wire.
    public let wire: WireRecord?
    /// Whether the server ended the connection over the client's certificate, or over its absence.
    // RFC 8446 §4.4.2.4: it may do so after the client's handshake is over, by an alert or by closing.
    public var refusesClientCertificate = false

    /// An error.
    public init(_ code: Code, _ message: String, wire: WireRecord? = nil) {
        self.code = code
        // Words of a peer or of a library may hold line breaks.
        self.message =
            message.contains(where: \.isNewline)
            ? message.split(whereSeparator: \.isNewline).joined(separator: " ") : message
        self.wire = wire
    }
}

extension HTTPError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
