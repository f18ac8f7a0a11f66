/// Why a message could not be exchanged.
public struct MLLPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong: an open set.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        /// The address cannot be listened on.
        public static let listen = Code(rawValue: "listen")
        /// Nothing listens there, or the connection is not taken.
        public static let refused = Code(rawValue: "refused")
        /// The connection was not made in time.
        public static let connectTimeout = Code(rawValue: "connect-timeout")
        /// No answer came in time.
        public static let answerTimeout = Code(rawValue: "answer-timeout")
        /// The peer closed the connection before it answered.
        public static let closed = Code(rawValue: "closed")
    }

    public let code: Code
    /// One line: host, port, and what to do.
    public let message: String
    /// What had come until then.
    public let received: [UInt8]

    init(_ code: Code, _ message: String, received: [UInt8] = []) {
        self.code = code
        self.message = message
        self.received = received
    }

    public var description: String { message }
}
