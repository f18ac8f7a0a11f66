import HTTP
import HTTPServing
import Synchronization

/// A simulator behind a socket.
final class SimulatorServer: Sendable {
    private let server: HTTPServer

    private init(_ server: HTTPServer) { self.server = server }

    /// `http://127.0.0.1:1234`.
    var baseURL: String { server.baseURL }
    var port: Int { server.port }

    /// Lets `simulator` answer on `host:port`; 0 takes a free port.
    ///
    /// - Throws: `HTTPError` with `listen` when the port cannot be had.
    static func start(
        _ simulator: any Simulator, host: String, port: Int, tls: ServerTLS? = nil, spoolDirectory: String? = nil,
        refusal: (@Sendable (RefusedPeer) -> Void)? = nil, crowded: (@Sendable (Int) -> Void)? = nil
    ) async throws(HTTPError) -> SimulatorServer {
        SimulatorServer(
            try await HTTPServer.start(
                host: host, port: port, tls: tls, spoolDirectory: spoolDirectory, refusal: refusal,
                handler: Handler(simulator: simulator, crowded: crowded)))
    }

    /// Stops listening and closes open connections.
    func stop() async { await server.stop() }
}

private struct Handler: HTTPHandler {
    let simulator: any Simulator
    let crowded: (@Sendable (Int) -> Void)?

    func didRefuse(_ request: RefusedRequest) async {
        // What has no method has none to show.
        let words = request.firstLine.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        var received = SimulatorRequest(words.first ?? "", words.count > 1 ? words[1] : "")
        received.head = Array(request.firstLine.utf8)
        received.remoteAddress = request.remoteAddress
        await simulator.didRefuse(received, request.status, request.reason)
    }

    func isCrowded(_ connections: Int) { crowded?(connections) }

    func respond(to request: ServerRequest) async -> ServerResponse {
        var received = SimulatorRequest(
            request.method, request.target, headers: request.headers, body: request.body)
        received.head = request.head
        received.remoteAddress = request.remoteAddress
        received.peer = request.clientCertificate
        let answer = await simulator.answer(received)
        if answer.delay > 0 { try? await Task.sleep(for: .seconds(answer.delay)) }
        var response = ServerResponse(answer.status, headers: answer.headers, body: answer.body)
        switch answer.framing {
        case .right: break
        case .broken(let count): response.fault = .cutAfter(count)
        case .dripped(let rate): response.fault = .dripped(bytesPerSecond: rate)
        case .silent: response.fault = .neverAnswer
        case .cut(let limit):
            // The HTTP message is whole: what is cut is the multipart in it, as a proxy that gives up would leave it.
            return ServerResponse(
                answer.status, headers: answer.headers, body: answer.body.prefix(limit), framing: .chunked)
        }
        return response
    }
}

extension RequestBody {
    /// The first `count` bytes.
    func prefix(_ count: Int) -> RequestBody {
        let next = makeReader()
        let rest = Mutex(count)
        return .stream(length: nil) {
            guard rest.withLock({ $0 }) > 0, let piece = try next() else { return nil }
            return rest.withLock { rest in
                let part = piece.prefix(rest)
                rest -= part.count
                return Array(part)
            }
        }
    }
}
