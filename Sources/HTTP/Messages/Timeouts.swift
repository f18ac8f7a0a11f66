/// How long an exchange may wait, in seconds; each limit has its own error code.
public struct Timeouts: Sendable, Hashable {
    /// From the beginning to the end of the TCP and TLS handshakes, name resolution included.
    public var connect: Double
    /// From the last byte of the request to the first line of the answer.
    public var firstByte: Double
    /// Without any byte in either direction, while the request is sent or after the answer began.
    public var idle: Double
    /// The whole exchange.
    public var total: Double

    /// The limits; the defaults suit a request on a slow link.
    public init(connect: Double = 10, firstByte: Double = 60, idle: Double = 30, total: Double = 600) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
    }
}
