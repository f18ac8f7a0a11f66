/// What a server accepts from one connection, and for how long.
public struct ServerLimits: Sendable, Hashable {
    /// The request line and header fields together, in bytes.
    public var headSize = 64 << 10
    /// The number of header fields.
    public var headerCount = 200
    /// The request body, in bytes.
    public var bodySize: Int64 = 4 << 30
    /// Connections at once; a further one is closed at once.
    public var connections = 512
    /// Seconds without a byte of an unfinished request.
    public var idle: Double = 30
    /// Seconds from the first byte of a request head to its end.
    public var head: Double = 30

    /// The default limits.
    public init() {}
}
