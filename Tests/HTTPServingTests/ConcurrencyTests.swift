import Foundation
import HTTP
import HTTPServing
import Synchronization
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct ConcurrencyTests {
    /// Echoes, or misbehaves as the path says.
    private struct Handler: HTTPHandler {
        var onRelease: AsyncStream<Void>.Continuation?

        func respond(to request: ServerRequest) async -> ServerResponse {
            switch request.target {
            case "/never": return ServerResponse(200, fault: .neverAnswer)
            case "/endless": return ServerResponse(200, fault: .endlessChunks)
            case "/zeros":
                let signal = Signal(onRelease)
                return ServerResponse(
                    200, body: .stream(length: nil) { signal.give([UInt8](repeating: 0, count: 1 << 16)) })
            default: return ServerResponse(200, body: request.body.requestBody())
            }
        }
    }

    /// Tells when the answer that holds it goes.
    private final class Signal: Sendable {
        private let continuation: AsyncStream<Void>.Continuation?
        init(_ continuation: AsyncStream<Void>.Continuation?) { self.continuation = continuation }
        deinit { continuation?.yield() }
        func give(_ bytes: [UInt8]) -> [UInt8] { bytes }
    }

    @Test("64 exchanges at once through one client and one server all end", arguments: [false, true])
    func manyAtOnce(_ reusesConnections: Bool) async throws {
        let server = try await HTTPServer.start(handler: Handler())
        let client = HTTPClient(reusesConnections: reusesConnections)
        let url = server.baseURL
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let body = [UInt8](repeating: UInt8(number), count: 100_000 + number)
                    let exchange = try await client.send(HTTPRequest("POST", url + "/echo", body: .bytes(body)))
                    return try exchange.response.body.bytes() == body
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
        await server.stop()
    }

    @Test("64 exchanges that hang hold up neither the pool nor the others")
    func hanging() async throws {
        let server = try await HTTPServer.start(handler: Handler())
        let client = HTTPClient()
        let url = server.baseURL
        await withTaskGroup(of: HTTPError.Code?.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    do throws(HTTPError) {
                        _ = try await client.send(HTTPRequest("GET", url + "/never"))
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            for _ in 0..<8 {
                let exchange = try? await client.send(HTTPRequest("POST", url + "/echo", body: .bytes([1])))
                #expect(exchange?.response.status == 200)
            }
            group.cancelAll()
            for await code in group { #expect(code == .cancelled) }
        }
        await server.stop()
    }

    @Test("The server's end is an error for those who wait, not a hang")
    func serverStops() async throws {
        let server = try await HTTPServer.start(handler: Handler())
        let url = server.baseURL
        let (stream, sent) = AsyncStream<Void>.makeStream()
        let task = Task { () async -> HTTPError.Code? in
            do throws(HTTPError) {
                _ = try await HTTPClient().send(HTTPRequest("GET", url + "/endless")) { _ in sent.yield() }
                return nil
            } catch {
                return error.code
            }
        }
        for await _ in stream { break }
        await server.stop()
        #expect(await task.value == .closed)
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest("GET", url + "/"))
        }
        #expect(error?.code == .refused)
    }

    @Test("A cancelled task ends its transfer while it receives", arguments: ["/endless", "/zeros"])
    func cancelled(_ path: String) async throws {
        let server = try await HTTPServer.start(handler: Handler())
        let url = server.baseURL
        let (stream, started) = AsyncStream<Void>.makeStream()
        let task = Task { () async -> HTTPError.Code? in
            do throws(HTTPError) {
                _ = try await HTTPClient().send(HTTPRequest("GET", url + path)) { _ in started.yield() }
                return nil
            } catch {
                return error.code
            }
        }
        for await _ in stream { break }
        task.cancel()
        #expect(await task.value == .cancelled)
        await server.stop()
    }

    @Test("A task that was cancelled before sends nothing")
    func cancelledBefore() async throws {
        struct Counter: HTTPHandler {
            let count: @Sendable () -> Void
            func respond(to request: ServerRequest) async -> ServerResponse {
                count()
                return ServerResponse(200)
            }
        }
        let counter = Count()
        let server = try await HTTPServer.start(handler: Counter { counter.add() })
        let url = server.baseURL
        let task = Task { () async -> HTTPError.Code? in
            while !Task.isCancelled { await Task.yield() }
            do throws(HTTPError) {
                _ = try await HTTPClient().send(HTTPRequest("GET", url + "/"))
                return nil
            } catch {
                return error.code
            }
        }
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(counter.value == 0)
        await server.stop()
    }

    @Test("A connection beyond the limit is closed, and its place is free again when another leaves")
    func connectionLimit() async throws {
        var limits = ServerLimits()
        limits.connections = 2
        let server = try await HTTPServer.start(limits: limits, handler: Handler())
        let url = server.baseURL
        let client = HTTPClient()
        let hanging = (0..<2).map { _ in
            Task { try? await client.send(HTTPRequest("GET", url + "/never")) }
        }
        // Until both places are taken the exchange ends well; then it is closed.
        var code: HTTPError.Code?
        while code == nil { code = await Self.failure(client, url) }
        #expect(code == .closed)
        for task in hanging { task.cancel() }
        while await Self.failure(client, url) != nil {}
        await server.stop()
    }

    private static func failure(_ client: HTTPClient, _ url: String) async -> HTTPError.Code? {
        do throws(HTTPError) {
            _ = try await client.send(HTTPRequest("POST", url + "/echo", body: .bytes([1])))
            return nil
        } catch {
            return error.code
        }
    }

    @Test("A peer that does not read its answer is let go")
    func neverReads() async throws {
        let (stream, released) = AsyncStream<Void>.makeStream()
        var limits = ServerLimits()
        limits.idle = 0.4
        let server = try await HTTPServer.start(limits: limits, handler: Handler(onRelease: released))
        let gone = Gate()
        let client = Task {
            try await RawClient.run(port: server.port) { client in
                client.write("GET /zeros HTTP/1.1\r\nHost: a\r\n\r\n")
                gone.wait()
            }
        }
        for await _ in stream { break }
        gone.open()
        try await client.value
        await server.stop()
    }

    @Test("A handler may take longer than the idle limit")
    func slowHandler() async throws {
        struct Slow: HTTPHandler {
            let stream: AsyncStream<Void>
            func respond(to request: ServerRequest) async -> ServerResponse {
                for await _ in stream { break }
                return ServerResponse(200)
            }
        }
        var limits = ServerLimits()
        limits.idle = 0.5
        let (stream, goOn) = AsyncStream<Void>.makeStream()
        let server = try await HTTPServer.start(limits: limits, handler: Slow(stream: stream))
        let answer = try await RawClient.run(port: server.port) { client in
            client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let isEarly = client.isReadable(within: 1500)
            goOn.yield()
            return isEarly ? RawClient.Answer() : client.readAnswer()
        }
        #expect(answer.status == 200)
        await server.stop()
    }

    @Test("No file descriptor is left after many exchanges, good and bad")
    func descriptors() async throws {
        func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        guard FileManager.default.fileExists(atPath: "/proc/self/fd") else { return }
        let server = try await HTTPServer.start(handler: Handler())
        let before = try count()
        let client = HTTPClient()
        let body = [UInt8](repeating: 1, count: 5 << 20)
        for _ in 0..<200 {
            try await client.probe(server.baseURL)
            _ = try await client.send(HTTPRequest("POST", server.baseURL + "/echo", body: .bytes([1])))
            _ = try? await client.send(
                HTTPRequest("GET", server.baseURL + "/endless"), maximumBody: 1000)
        }
        _ = try await client.send(HTTPRequest("POST", server.baseURL + "/echo", body: .bytes(body)))
        // Other tests of this process open and close descriptors meanwhile: 200 leaked ones would still be seen.
        let after = try count()
        #expect(after < before + 190)
        await server.stop()
    }
}

private final class Count: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock { $0 } }
    func add() { number.withLock { $0 += 1 } }
}

/// Holds a thread until it is opened.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func wait() { semaphore.wait() }
    func open() { semaphore.signal() }
}
