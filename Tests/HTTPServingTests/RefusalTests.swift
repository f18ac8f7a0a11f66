import Foundation
import HTTP
import HTTPServing
import Synchronization
import Testing

/// Keeps what the server tells it, and answers what comes through.
private final class Listener: HTTPHandler {
    private let state = Mutex((refused: [RefusedRequest](), crowded: [Int]()))

    var refused: [RefusedRequest] { state.withLock { $0.refused } }
    var crowded: [Int] { state.withLock { $0.crowded } }

    func respond(to request: ServerRequest) async -> ServerResponse { ServerResponse(200) }
    func didRefuse(_ request: RefusedRequest) async { state.withLock { $0.refused.append(request) } }
    func isCrowded(_ connections: Int) { state.withLock { $0.crowded.append(connections) } }
}

@Suite("What a server refuses", .timeLimit(.minutes(1)))
struct RefusalTests {
    @Test(
        "Each refused request is told once, with its status, reason and peer",
        arguments: HostileRequestTests.heads + HostileRequestTests.framings)
    func told(_ item: HostileRequestTests.Case) async throws {
        try await tells(item, ServerLimits())
    }

    @Test(
        "A request that does not end in time is told too; a silent connection is none",
        arguments: HostileRequestTests.slow)
    func slow(_ item: HostileRequestTests.Case) async throws {
        var limits = ServerLimits()
        (limits.idle, limits.head, limits.request) = (1, 1.5, 2)
        try await tells(item, limits)
    }

    private func tells(_ item: HostileRequestTests.Case, _ limits: ServerLimits) async throws {
        var limits = limits
        (limits.headSize, limits.bodySize) = (8 << 10, 100_000)
        let listener = Listener()
        let server = try await HTTPServer.start(limits: limits, handler: listener)
        _ = try await RawClient.run(port: server.port) { client in
            item.script(client)
            return client.readAnswer()
        }
        // Every connection has told what it had to when the server stopped.
        await server.stop()
        #expect(listener.refused.map(\.status) == (item.status.map { [$0] } ?? []))
        for request in listener.refused {
            #expect(!request.reason.isEmpty)
            #expect(request.remoteAddress?.hasPrefix("127.0.0.1:") == true)
            #expect(request.firstLine.count <= 200 && request.firstLine.allSatisfy { !$0.isNewline })
        }
    }

    @Test("The first line is shown without the query, where a token may stand; that of the request, not of one before")
    func firstLine() async throws {
        let listener = Listener()
        let server = try await HTTPServer.start(handler: listener)
        _ = try await RawClient.run(port: server.port) { client in
            client.write("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
            client.write("GET /second?access_token=s3cret HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n")
            return client.readAll()
        }
        await server.stop()
        #expect(listener.refused.map(\.firstLine) == ["GET /second"])
        #expect(listener.refused.first?.reason.contains("Content-Length") == true)
    }

    @Test(
        "A connection that ends within a request is told; one that ends after it, or says nothing, is none",
        arguments: [
            ("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", ["POST /x HTTP/1.1"]),
            ("POST /x HTTP/1.1\r\nHo", ["POST /x HTTP/1.1"]), ("", []), ("\r\n", []),
            ("GET /x HTTP/1.1\r\nHost: a\r\n\r\n", []),
        ])
    func cut(_ text: String, _ lines: [String]) async throws {
        let listener = Listener()
        let server = try await HTTPServer.start(handler: listener)
        _ = try await RawClient.run(port: server.port) { client in
            client.write(text)
            // Says that nothing more comes, and waits until the server has seen it.
            return client.readRest()
        }
        // A server that stops tells nothing of what it cuts itself: it has to have seen the end before.
        while listener.refused.count < lines.count { await Task.yield() }
        await server.stop()
        #expect(listener.refused.map(\.firstLine) == lines)
        #expect(listener.refused.allSatisfy { $0.reason.contains("ended before the request") })
    }

    @Test("Silent connections that take every place give way to who asks, and it is said")
    func crowd() async throws {
        var limits = ServerLimits()
        limits.connections = 8
        let listener = Listener()
        let server = try await HTTPServer.start(limits: limits, handler: listener)
        let port = server.port
        let statuses = try await RawClient.run(port: port) { _ -> [Int?] in
            // Half of them say nothing, half do not end their head.
            let silent = (0..<12).compactMap { number -> RawClient? in
                let client = try? RawClient(port: port)
                if number.isMultiple(of: 2) { client?.write("GET / HTTP/1.1\r\nHo") }
                return client
            }
            Thread.sleep(forTimeInterval: 0.8)
            return (0..<10).map { _ in
                guard let client = try? RawClient(port: port) else { return nil }
                client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                defer { withExtendedLifetime(silent) {} }
                return client.readAnswer().status
            }
        }
        #expect(statuses.allSatisfy { $0 == 200 }, "\(statuses)")
        #expect(listener.crowded == [8], "said once in ten seconds")
        await server.stop()
    }
}
