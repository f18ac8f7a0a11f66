public import HTTP
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// An HTTP/1.1 server over SwiftNIO, plain or with (mutual) TLS, on loopback unless told otherwise.
public final class HTTPServer: Sendable {
    private let channel: any Channel
    private let table: ConnectionTable
    private let isTLS: Bool
    private let host: String
    /// The port it listens on.
    public let port: Int

    private init(channel: any Channel, table: ConnectionTable, host: String, port: Int, isTLS: Bool) {
        self.channel = channel
        self.table = table
        self.host = host
        self.port = port
        self.isTLS = isTLS
    }

    /// `http://127.0.0.1:1234`.
    public var baseURL: String {
        "\(isTLS ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    /// Starts listening.
    ///
    /// - Parameters:
    ///   - port: 0 takes a free port.
    ///   - spoolDirectory: where large bodies go.
    ///   - refusal: is told of each client whose TLS handshake failed.
    /// - Throws: `HTTPError` with `listen` when the address is taken, `tls` when the certificate cannot be used.
    public static func start(
        host: String = "127.0.0.1", port: Int = 0, tls: ServerTLS? = nil, limits: ServerLimits = .init(),
        spoolDirectory: String? = nil, refusal: (@Sendable (RefusedPeer) -> Void)? = nil, handler: any HTTPHandler
    ) async throws(HTTPError) -> HTTPServer {
        let context = try tls.map(makeContext)
        let table = ConnectionTable(limit: limits.connections) { handler.isCrowded($0) }
        let connection = Connection(
            limits: limits, spoolDirectory: spoolDirectory, handler: handler, isTLS: tls != nil,
            refusal: refusal)
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard table.makeRoom() else { throw HTTPError(.refused, "too many connections") }
                        if let context {
                            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                        }
                        let patience = Patience(limits: limits)
                        try channel.pipeline.syncOperations.addHandler(ArrivalHandler(patience))
                        // Wrapped here, so that no byte is missed, and owned by its task from here on: NIO wants every
                        // wrapped channel to be executed.
                        let stream = try Connection.Stream(wrappingChannelSynchronously: channel)
                        table.start(patience) {
                            channel.close(promise: nil)
                        } _: {
                            await connection.serve(stream, patience)
                        }
                    }
                }
                .bind(host: host, port: port).get()
            return HTTPServer(
                channel: channel, table: table, host: host, port: channel.localAddress?.port ?? port, isTLS: tls != nil)
        } catch {
            throw HTTPError(.listen, "cannot listen on \(host):\(port): \(Self.words(error, host))")
        }
    }

    /// Why an address cannot be had, for who chose it.
    private static func words(_ error: any Error, _ host: String) -> String {
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE:
            "another program listens there: choose another port, or 0 for a free one"
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL:
            "this machine has no address '\(host)': choose one of its own, 127.0.0.1 or 0.0.0.0"
        case let error as IOError where error.errnoCode == EACCES:
            "the system does not allow it: choose a port above 1023"
        case is SocketAddressError, is SocketAddressError.UnknownHost, is NIOConnectionError:
            "no address is known for '\(host)'"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: "\(error)"
        }
    }

    deinit {
        table.close()
        channel.close(promise: nil)
    }

    /// Stops listening and closes every connection; waits for the handlers that are at work.
    public func stop() async {
        table.close()
        try? await channel.close()
        await table.drain()
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
