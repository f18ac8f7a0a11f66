public import HL7v2
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A message that came over MLLP.
public struct MLLPArrival: Sendable {
    /// The message, without its frame.
    public let bytes: [UInt8]
    /// What was wrong with the frames since the message before.
    public let faults: [HL7Fault]
    public let remoteAddress: String?
}

/// How much a listener takes.
public struct MLLPLimits: Sendable {
    /// The largest message, in bytes.
    public var message = 64 << 20
    /// How long a connection may be silent, in seconds.
    public var idle = 300.0
    /// Open connections at once; what comes beyond is closed.
    public var connections = 64

    /// The usual limits.
    public init() {}
}

/// A listener for HL7 v2 messages over MLLP (HL7 v2.5, appendix C), on loopback unless told otherwise.
public final class MLLPServer: Sendable {
    private let channel: any Channel
    private let connections: ConnectionSet
    /// The port it listens on.
    public let port: Int

    private init(channel: any Channel, connections: ConnectionSet, port: Int) {
        self.channel = channel
        self.connections = connections
        self.port = port
    }

    /// Starts listening.
    ///
    /// - Parameters:
    ///   - port: 0 takes a free port.
    ///   - handler: makes the answer to a message, without its frame; nil leaves it unanswered.
    /// - Throws: `MLLPError` with `listen` when the address is taken.
    public static func start(
        host: String = "127.0.0.1", port: Int = 0, limits: MLLPLimits = .init(),
        handler: @escaping @Sendable (MLLPArrival) async -> [UInt8]?
    ) async throws(MLLPError) -> MLLPServer {
        let connections = ConnectionSet()
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard connections.count < limits.connections else {
                            throw MLLPError(.refused, "too many connections")
                        }
                        try channel.pipeline.syncOperations.addHandler(
                            IdleStateHandler(allTimeout: .milliseconds(Int64(limits.idle * 1000))))
                        try channel.pipeline.syncOperations.addHandler(IdleCloser())
                        let stream = try Stream(wrappingChannelSynchronously: channel)
                        connections.start(channel) { await serve(stream, limits, handler) }
                    }
                }
                .bind(host: host, port: port).get()
            return MLLPServer(
                channel: channel, connections: connections, port: channel.localAddress?.port ?? port)
        } catch {
            throw MLLPError(.listen, "cannot listen on \(host):\(port): \(error)")
        }
    }

    deinit {
        connections.close()
        channel.close(promise: nil)
    }

    /// Stops listening and closes every connection.
    public func stop() async {
        try? await channel.close()
        connections.close()
    }

    typealias Stream = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Serves one connection until it ends; a broken one is the peer's affair.
    private static func serve(
        _ connection: Stream, _ limits: MLLPLimits, _ handler: @Sendable (MLLPArrival) async -> [UInt8]?
    ) async {
        let address = connection.channel.remoteAddress?.description
        try? await connection.executeThenClose { inbound, outbound in
            var reader = MLLPReader(limit: limits.message)
            var faults: [HL7Fault] = []
            for try await buffer in inbound {
                for event in reader.feed(buffer.readableBytesView) {
                    switch event {
                    case .fault(let fault): if faults.count < 100 { faults.append(fault) }
                    case .message(let bytes):
                        let arrival = MLLPArrival(bytes: bytes, faults: faults, remoteAddress: address)
                        faults = []
                        guard let answer = await handler(arrival) else { continue }
                        try await outbound.write(ByteBuffer(bytes: MLLP.framed(answer)))
                    }
                }
            }
        }
    }
}

/// The open connections of a listener.
private final class ConnectionSet: Sendable {
    private let open = Mutex<[ObjectIdentifier: any Channel]>([:])

    var count: Int { open.withLock { $0.count } }

    func start(_ channel: any Channel, _ body: @escaping @Sendable () async -> Void) {
        let id = ObjectIdentifier(channel)
        open.withLock { $0[id] = channel }
        Task {
            await body()
            open.withLock { $0[id] = nil }
        }
    }

    func close() {
        for channel in open.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }
}

/// Closes a connection that is silent for too long.
final class IdleCloser: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
