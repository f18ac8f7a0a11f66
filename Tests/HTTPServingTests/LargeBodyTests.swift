import Cryptography
import Foundation
import HTTP
import HTTPServing
import Synchronization
import Testing

/// Bodies far larger than what memory may hold.
///
/// With `CISIS_LARGE=1 swift test --filter Large` the process does nothing else, so that its peak (`VmHWM`) is that of
/// 500 MB bodies in both directions: client and server together stay below 100 MB.
@Suite(.serialized, .timeLimit(.minutes(2))) struct LargeBodyTests {
    static let isLarge = ProcessInfo.processInfo.environment["CISIS_LARGE"] == "1"

    enum Direction: String, Sendable, CaseIterable {
        case sentWithLength
        case sentChunked
        case receivedWithLength
        case receivedChunked
    }

    @Test("64 MB pass in constant memory, and no spool file is left", arguments: Direction.allCases)
    func small(_ direction: Direction) async throws {
        try await pass(64 << 20, direction)
    }

    @Test(
        "500 MB pass below 100 MB of memory in all",
        .enabled(if: isLarge, "set CISIS_LARGE=1 and run with --filter Large"), arguments: Direction.allCases)
    func large(_ direction: Direction) async throws {
        let start = ContinuousClock.now
        try await pass(500_000_000, direction)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let peak = try Self.peakMemory()
        print(direction.rawValue, "500 MB in", seconds, "s, peak", peak >> 20, "MiB")
        #expect(peak < 100_000_000, "VmHWM is \(peak) bytes")
    }

    private func pass(_ size: Int, _ direction: Direction) async throws {
        let folder = try TemporaryFolder()
        let source = Source(size)
        let server = try await HTTPServer.start(spoolDirectory: folder.path, handler: Large(source: source))
        do {
            let client = HTTPClient(spoolDirectory: folder.path)
            let isUpload = direction == .sentWithLength || direction == .sentChunked
            let hasLength = direction == .sentWithLength || direction == .receivedWithLength
            let body = isUpload ? source.body(hasLength: hasLength) : .empty
            let taken = Mutex((count: 0, lag: 0))
            let exchange = try await client.send(
                HTTPRequest(
                    isUpload ? "POST" : "GET", server.baseURL + (hasLength ? "/length" : "/chunked"), body: body)
            ) { bytes in
                taken.withLock { taken in
                    taken.count += bytes.count
                    taken.lag = max(taken.lag, source.given - taken.count)
                }
            }
            let kept = isUpload ? exchange.wire.requestBody : exchange.response.body
            #expect(exchange.response.status == 200)
            #expect(kept.length == Int64(size))
            #expect(kept.sha256 == source.sha256)
            #expect(kept.path?.hasPrefix(folder.path) == true)
            if isUpload {
                #expect(exchange.response.headers.first("X-Length") == "\(size)")
                #expect(exchange.response.headers.first("X-Digest") == source.sha256)
                #expect(exchange.response.headers.first("X-Spooled") == "true")
            } else {
                // What was made and not yet taken: the buffers of both sides and of the system, never the body.
                #expect(taken.withLock { $0.lag } < 24 << 20)
            }
            let sent = String(decoding: exchange.wire.requestHead, as: UTF8.self)
            if direction == .sentChunked { #expect(sent.contains("Transfer-Encoding: chunked")) }
            if direction == .sentWithLength { #expect(sent.contains("Content-Length: \(size)")) }
            #expect(try folder.files().count >= 1)
        }
        await server.stop()
        // The client's thread lets go of the last copy in its own time; the time limit judges.
        while try !folder.files().isEmpty { await Task.yield() }
    }

    @Test("A body beyond the limit leaves no spool file, on either side")
    func nothingIsLeft() async throws {
        let folder = try TemporaryFolder()
        let source = Source(12 << 20)
        var limits = ServerLimits()
        limits.bodySize = 6 << 20
        let server = try await HTTPServer.start(
            limits: limits, spoolDirectory: folder.path, handler: Large(source: source))
        do {
            let client = HTTPClient(spoolDirectory: folder.path)
            let refused = try await client.send(
                HTTPRequest("POST", server.baseURL + "/", body: Source(64 << 20).body(hasLength: false)))
            #expect(refused.response.status == 413)
            let error = await #expect(throws: HTTPError.self) {
                try await client.send(HTTPRequest("GET", server.baseURL + "/chunked"), maximumBody: 6 << 20)
            }
            #expect(error?.code == .tooLarge)
            #expect(error?.wire?.responseBody?.length == 6 << 20)
        }
        await server.stop()
        // The client's thread lets go of the last copy in its own time; the time limit judges.
        while try !folder.files().isEmpty { await Task.yield() }
    }

    /// The peak of the process's resident memory, in bytes.
    private static func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) * 1024
    }
}

/// Gives its bytes to whoever sends them.
private struct Large: HTTPHandler {
    let source: Source

    func respond(to request: ServerRequest) async -> ServerResponse {
        guard request.method == "GET" else {
            return ServerResponse(
                200,
                headers: [
                    "X-Length": "\(request.body.length)", "X-Digest": request.body.sha256,
                    "X-Spooled": "\(request.body.path != nil)",
                ])
        }
        return ServerResponse(200, body: source.body(hasLength: request.target == "/length"))
    }
}

/// A body made piece by piece, with its digest.
private final class Source: Sendable {
    private struct State {
        var given = 0
        var digest = ""
    }

    private let size: Int
    private let state = Mutex(State())

    init(_ size: Int) { self.size = size }

    /// The bytes made so far.
    var given: Int { state.withLock { $0.given } }

    /// The digest of what was made.
    var sha256: String { state.withLock { $0.digest } }

    func body(hasLength: Bool) -> RequestBody {
        let digest = Mutex(MessageDigest(.sha256))
        let piece = [UInt8]((0..<(256 << 10)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        return .stream(length: hasLength ? Int64(size) : nil) { [self] in
            state.withLock { state in
                let part = piece.prefix(min(piece.count, size - state.given))
                guard !part.isEmpty else { return nil }
                digest.withLock { digest in part.withUnsafeBytes { digest.update($0) } }
                state.given += part.count
                if state.given == size { state.digest = digest.withLock { $0.hexadecimal() } }
                return Array(part)
            }
        }
    }
}
