internal import HTTP
internal import NIOCore
internal import NIOSSL

/// One connection: reads requests, lets the handler answer, writes the answers.
struct Connection: Sendable {
    typealias Stream = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    let limits: ServerLimits
    let spoolDirectory: String?
    let handler: any HTTPHandler
    let isTLS: Bool
    let refusal: (@Sendable (RefusedPeer) -> Void)?

    /// Serves until either side ends; never throws: a broken connection is the peer's affair.
    func serve(_ connection: Stream, _ patience: Patience) async {
        patience.watch(connection.channel)
        defer { patience.enter(.over) }
        let output = Output(channel: connection.channel, patience: patience)
        // A channel that is closed knows its peer no more.
        let address = connection.channel.remoteAddress.flatMap { peer in
            peer.ipAddress.map { "\($0.contains(":") ? "[\($0)]" : $0):\(peer.port ?? 0)" }
        }
        let state = State(limits: limits, directory: spoolDirectory, address)
        do {
            try await serve(connection, state, output, patience)
        } catch {
            state.isCut = true
            if let refusal, let peer = RefusedPeer(error, address) { refusal(peer) }
        }
        if let reason = patience.refusal {
            await tell(RequestParser.Failure(408, reason), state, address)
        } else if state.isCut, state.parser.isInside, !state.isTold, !patience.isExpired, !Task.isCancelled {
            await tell(RequestParser.Failure(400, "the connection ended before the request did"), state, address)
        }
    }

    /// Tells the handler of what is no request.
    private func tell(_ failure: RequestParser.Failure, _ state: State, _ address: String?) async {
        await handler.didRefuse(
            RefusedRequest(
                remoteAddress: address, status: failure.status, reason: failure.message,
                firstLine: state.parser.firstLine))
    }

    private func serve(_ connection: Stream, _ state: State, _ output: Output, _ patience: Patience) async throws {
        try await connection.executeThenClose { inbound, _ in
            var iterator = inbound.makeAsyncIterator()
            while let buffer = try await iterator.next() {
                guard !patience.isExpired else { return }
                defer { patience.took(buffer.readableBytes) }
                buffer.withUnsafeReadableBytes { state.parser.feed($0) }
                switch try await advance(state, output) {
                case .goOn:
                    break
                case .close:
                    return
                case .closeAfterRest:
                    // A close with unread bytes resets the connection, and the answer may be lost with it.
                    patience.enter(.lingering)
                    while try await iterator.next() != nil {}
                    return
                }
            }
            state.isCut = true
        }
    }

    /// What one connection is at; only its task looks at it.
    private final class State {
        var parser: RequestParser
        var head: RequestHead?
        var recorder: BodyRecorder
        var peer: TLSPeer?
        var peerIsKnown = false
        let address: String?
        /// Whether the peer ended the connection.
        var isCut = false
        /// Whether a refusal was told.
        var isTold = false

        init(limits: ServerLimits, directory: String?, _ address: String?) {
            self.address = address
            parser = RequestParser(limits: limits)
            recorder = BodyRecorder(directory: directory)
        }
    }

    private enum Next {
        case goOn
        case close
        case closeAfterRest
    }

    /// Uses what was fed to the parser.
    private func advance(_ state: State, _ output: Output) async throws -> Next {
        do {
            while let event = try state.parser.next() {
                switch event {
                case .head(let head):
                    state.head = head
                    state.recorder = BodyRecorder(directory: spoolDirectory)
                    if head.version == "HTTP/1.1", head.headers.first("Expect")?.lowercased() == "100-continue" {
                        try await output.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
                    }
                    output.patience.enterBody()
                case .body(let bytes):
                    try bytes.withUnsafeBytes { try state.recorder.append($0) }
                case .end:
                    guard try await answer(state, output) else { return .close }
                    output.patience.enter(state.parser.isInside ? .head : .waiting)
                }
            }
            return .goOn
        } catch let failure as RequestParser.Failure {
            return try await refuse(failure, state, output)
        } catch let error as HTTPError {
            let failure = RequestParser.Failure(500, "the body cannot be kept: \(error.message)")
            return try await refuse(failure, state, output)
        }
    }

    /// Lets the handler answer; false when the connection must close.
    private func answer(_ state: State, _ output: Output) async throws -> Bool {
        guard let head = state.head else { return false }
        state.head = nil
        output.patience.enter(.answering)
        if isTLS, !state.peerIsKnown {
            state.peer = await Self.peer(of: output.channel)
            state.peerIsKnown = true
        }
        let body = state.recorder.finish()
        state.recorder = BodyRecorder(directory: spoolDirectory)
        let response = await handler.respond(
            to: ServerRequest(
                method: head.method, target: head.target, version: head.version, headers: head.headers,
                body: body, head: head.bytes, remoteAddress: output.channel.remoteAddress?.description,
                clientCertificate: state.peer))
        let writer = ResponseWriter(output: output, request: head)
        do {
            return try await writer.write(response)
        } catch {
            // The answer's own body failed, or the peer is gone: what was sent cannot be taken back.
            return false
        }
    }

    private func refuse(
        _ failure: RequestParser.Failure, _ state: State, _ output: Output
    ) async throws -> Next {
        output.patience.enter(.answering)
        state.isTold = true
        await tell(failure, state, state.address)
        let response = ServerResponse(
            failure.status, headers: ["Content-Type": "text/plain; charset=utf-8", "Connection": "close"],
            body: .bytes(Array((failure.message + "\n").utf8)))
        let writer = ResponseWriter(output: output, request: nil)
        _ = try await writer.write(response)
        return .closeAfterRest
    }

    /// The client's certificate; nil where it showed none.
    private static func peer(of channel: any Channel) async -> TLSPeer? {
        let certificate = channel.nioSSL_peerCertificate().flatMapThrowing { try $0?.toDERBytes() }
        guard let der = try? await certificate.get() else { return nil }
        var peer = TLSPeer(certificate: der)
        if let version = try? await channel.nioSSL_tlsVersion().get() {
            peer.version = version == .tlsv13 ? "TLSv1.3" : "TLSv1.2"
        }
        return peer
    }
}
