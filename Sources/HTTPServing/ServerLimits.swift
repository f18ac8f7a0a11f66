/// What a server accepts from one connection, and for how long.
public struct ServerLimits: Sendable, Hashable {
    /// The request line and header fields together, in bytes; also the trailer.
    public var headSize = 64 << 10
    /// The number of header fields.
    public var headerCount = 200
    /// The request body, in bytes.
    public var bodySize: Int64 = 4 << 30
    /// Connections at once; a further one is closed at once.
    public var connections = 512
    /// Seconds without a byte: of an unfinished request (answered by 408), between requests, or of an answer that the
    /// peer does not take (the connection closes).
    public var idle: Double = 30
    /// Seconds from the first byte of a request to the end of its head; then it is answered by 408.
    public var head: Double = 30
    /// Seconds from the first byte of a request to the end of its body; then it is answered by 408.
    public var request: Double = 600

    /// The default limits.
    public init() {}
}
