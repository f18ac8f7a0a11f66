public import HL7v2
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Sends HL7 v2 messages over MLLP, one a connection.
public struct MLLPClient: Sendable {
    public var host: String
    public var port: Int
    /// How long a connection may take, in seconds.
    public var connectTimeout = 10.0
    /// How long the answer may take, in seconds.
    public var answerTimeout = 30.0

    private static let limit = 16 << 20

    /// A client of the listener at `host` and `port`.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The answer to a message.
    public struct Answer: Sendable {
        /// The bytes as they came, with their frame.
        public let received: [UInt8]
        /// The message in the frame.
        public let message: [UInt8]
        /// What was wrong with the frame.
        public let faults: [HL7Fault]
        /// From the first byte sent to the whole answer, in seconds.
        public let seconds: Double
    }

    /// Sends `message` in a frame and waits for the answer.
    ///
    /// - Throws: `MLLPError`.
    public func send(_ message: [UInt8]) async throws(MLLPError) -> Answer {
        try await send(raw: MLLP.framed(message))
    }

    /// Sends bytes as they are, with whatever frame they have, and waits for the answer.
    ///
    /// - Throws: `MLLPError`.
    public func send(raw bytes: [UInt8]) async throws(MLLPError) -> Answer {
        let stream: MLLPServer.Stream
        do {
            stream = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.milliseconds(Int64(connectTimeout * 1000)))
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try MLLPServer.Stream(wrappingChannelSynchronously: channel)
                    }
                }
        } catch ChannelError.connectTimeout {
            throw MLLPError(
                .connectTimeout,
                "\(host):\(port) did not take the connection within \(connectTimeout) s: check the address and the port"
            )
        } catch {
            throw MLLPError(
                .refused, "\(host):\(port) refuses the connection: is the listener started? (\(error))")
        }
        return try await exchange(bytes, stream)
    }

    private func exchange(_ bytes: [UInt8], _ stream: MLLPServer.Stream) async throws(MLLPError) -> Answer {
        let start = ContinuousClock.now
        let isLate = Mutex(false)
        let channel = stream.channel
        let alarm = channel.eventLoop.scheduleTask(in: .milliseconds(Int64(answerTimeout * 1000))) {
            isLate.withLock { $0 = true }
            channel.close(promise: nil)
        }
        defer { alarm.cancel() }
        let received = Mutex<[UInt8]>([])
        let found: (message: [UInt8], faults: [HL7Fault])?
        do {
            found = try await stream.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(bytes: bytes))
                var reader = MLLPReader(limit: Self.limit)
                var faults: [HL7Fault] = []
                for try await buffer in inbound {
                    received.withLock { if $0.count <= Self.limit { $0 += buffer.readableBytesView } }
                    var message: [UInt8]?
                    for event in reader.feed(buffer.readableBytesView) {
                        switch event {
                        case .fault(let fault): if faults.count < 100 { faults.append(fault) }
                        case .message(let bytes): message = message ?? bytes
                        }
                    }
                    if let message { return (message, faults) }
                }
                return nil
            }
        } catch {
            found = nil
        }
        let all = received.withLock { $0 }
        guard let found else {
            if isLate.withLock({ $0 }) {
                throw MLLPError(
                    .answerTimeout, "\(host):\(port) did not answer within \(answerTimeout) s", received: all)
            }
            throw MLLPError(
                .closed, "\(host):\(port) closed the connection before a whole answer came", received: all)
        }
        let elapsed = start.duration(to: .now)
        return Answer(
            received: all, message: found.message, faults: found.faults,
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
    }
}
