import Synchronization

/// An HTTP/1.1 client that keeps every byte (libcurl).
///
/// It follows no redirect, keeps no cookie, asks no proxy and adds no header but `Host` and the framing of the body.
/// All exchanges run in one loop on a thread of the client's own: nothing blocks the tasks that wait for them.
public final class HTTPClient: Sendable {
    private let spoolDirectory: String?
    private let loop: CurlLoop

    /// A client.
    ///
    /// - Parameters:
    ///   - spoolDirectory: where large bodies are recorded; nil is the temporary folder.
    ///   - reusesConnections: whether a connection serves several exchanges. By default each exchange has its own,
    ///     so that its record shows a whole connection, TLS handshake included.
    public init(spoolDirectory: String? = nil, reusesConnections: Bool = false) {
        self.spoolDirectory = spoolDirectory
        loop = CurlLoop(reusesConnections: reusesConnections)
    }

    deinit { loop.stop() }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Parameters:
    ///   - identity: the client's certificate and the authorities it trusts; nil is the system's trust and no certificate.
    ///   - timeouts: the limits, each with its own error code.
    ///   - maximumBody: the answer's body, in bytes; one byte more is `.tooLarge`.
    ///   - onBody: given the answer's body as it comes, on the client's thread: it must not wait. What it throws ends
    ///     the exchange with `.consumer`.
    /// - Throws: an error with what went over the wire until then. Whatever status came is an answer, not an error.
    public func send(
        _ request: HTTPRequest, identity: TLSIdentity? = nil, timeouts: Timeouts = Timeouts(),
        maximumBody: Int64 = 8 << 30, onBody: (@Sendable (UnsafeRawBufferPointer) throws -> Void)? = nil
    ) async throws(HTTPError) -> HTTPExchange {
        let job = TransferJob(
            request: request, identity: identity, timeouts: timeouts, maximumBody: maximumBody, onBody: onBody,
            spoolDirectory: spoolDirectory, cancellation: Cancellation())
        return try await perform(job)
    }

    /// Connects to the host of `url`, with the TLS handshake where the scheme is `https`, and closes: no request is sent.
    ///
    /// - Throws: why there is no connection.
    public func probe(
        _ url: String, identity: TLSIdentity? = nil, timeouts: Timeouts = Timeouts()
    ) async throws(HTTPError) {
        var job = TransferJob(
            request: HTTPRequest("GET", url), identity: identity, timeouts: timeouts, maximumBody: 0, onBody: nil,
            spoolDirectory: spoolDirectory, cancellation: Cancellation())
        job.connectsOnly = true
        _ = try await perform(job)
    }

    private func perform(_ job: TransferJob) async throws(HTTPError) -> HTTPExchange {
        let result: Result<HTTPExchange, HTTPError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.start(job) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            job.cancellation.cancel()
            loop.wake()
        }
        return try result.get()
    }
}

/// What one exchange is to do.
struct TransferJob: Sendable {
    let request: HTTPRequest
    let identity: TLSIdentity?
    let timeouts: Timeouts
    let maximumBody: Int64
    let onBody: (@Sendable (UnsafeRawBufferPointer) throws -> Void)?
    let spoolDirectory: String?
    let cancellation: Cancellation
    /// Whether the transfer ends once the connection is made.
    var connectsOnly = false
}

/// Whether the waiting task was cancelled.
final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    func cancel() { flag.store(true, ordering: .releasing) }
}
