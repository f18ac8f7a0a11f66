public import HTTP
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// An HTTP/1.1 server over SwiftNIO, plain or with (mutual) TLS, on loopback unless told otherwise.
public final class HTTPServer: Sendable {
    private let channel: any Channel
    private let task: Task<Void, Never>
    private let isTLS: Bool
    private let host: String
    /// The port it listens on.
    public let port: Int

    private init(channel: any Channel, task: Task<Void, Never>, host: String, port: Int, isTLS: Bool) {
        self.channel = channel
        self.task = task
        self.host = host
        self.port = port
        self.isTLS = isTLS
    }

    /// `http://127.0.0.1:1234`.
    public var baseURL: String { "\(isTLS ? "https" : "http")://\(host):\(port)" }

    /// Starts listening.
    ///
    /// - Parameters:
    ///   - port: 0 takes a free port.
    ///   - spoolDirectory: where large bodies go.
    /// - Throws: `HTTPError` with `listen` when the address is taken, `tls` when the certificate cannot be used.
    public static func start(
        host: String = "127.0.0.1", port: Int = 0, tls: ServerTLS? = nil, limits: ServerLimits = .init(),
        spoolDirectory: String? = nil, handler: any HTTPHandler
    ) async throws(HTTPError) -> HTTPServer {
        let context = try tls.map(makeContext)
        let server: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>
        do {
            server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .bind(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let context {
                            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                        }
                        try channel.pipeline.syncOperations.addHandler(
                            IdleStateHandler(allTimeout: .milliseconds(Int64(limits.idle * 1000))))
                        try channel.pipeline.syncOperations.addHandler(IdleCloser())
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw HTTPError(.listen, "cannot listen on \(host):\(port): \(error)")
        }
        let open = OpenConnections(limit: limits.connections)
        let task = Task<Void, Never> {
            _ = try? await server.executeThenClose { inbound in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in inbound {
                        guard open.take() else {
                            try? await connection.channel.close()
                            continue
                        }
                        group.addTask {
                            await Connection(
                                limits: limits, spoolDirectory: spoolDirectory, handler: handler,
                                remote: connection.channel.remoteAddress?.description
                            ).serve(connection)
                            open.give()
                        }
                    }
                }
            }
        }
        return HTTPServer(
            channel: server.channel, task: task, host: host, port: server.channel.localAddress?.port ?? port,
            isTLS: tls != nil)
    }

    /// Stops listening and closes every connection.
    public func stop() async {
        task.cancel()
        try? await channel.close()
        await task.value
    }

    private static func makeContext(_ tls: ServerTLS) throws(HTTPError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(tls.certificateChain).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            if let trust = tls.clientTrust {
                configuration.trustRoots = .file(trust)
                configuration.certificateVerification = .noHostnameVerification
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw HTTPError(.tls, "the server certificate '\(tls.certificateChain)' cannot be used: \(error)")
        }
    }
}

/// How many connections are open.
private final class OpenConnections: Sendable {
    private let count = Mutex(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func take() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func give() { count.withLock { $0 -= 1 } }
}

/// Closes a connection on which nothing moved for too long.
private final class IdleCloser: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
