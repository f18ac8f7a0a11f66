import Cryptography
import Foundation
import HTTP
import Synchronization
import Testing

@Suite struct HTTPClientTests {
    @Test("Both messages are kept byte for byte")
    func exactBytes() async throws {
        let seen = Mutex<[UInt8]>([])
        let server = try RawServer { connection in
            let head = connection.read(to: "ping")
            seen.withLock { $0 = head }
            connection.write("HTTP/1.1 207 Odd  reason\r\nX-A: 1\r\nx-a:2\r\nContent-Length: 4\r\n\r\npong")
        }
        let exchange = try await HTTPClient().send(
            HTTPRequest(
                "POST", server.url, headers: ["B": "2", "a": "", "SOAPAction": "\"x\""],
                body: .bytes(Array("ping".utf8))))
        let head =
            "POST /path?query=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nB: 2\r\na:\r\nSOAPAction: \"x\"\r\nContent-Length: 4\r\n\r\n"
        #expect(String(decoding: seen.withLock { $0 }, as: UTF8.self) == head + "ping")
        #expect(String(decoding: exchange.wire.requestHead, as: UTF8.self) == head)
        #expect(try exchange.wire.requestBody.bytes() == Array("ping".utf8))
        #expect(
            String(decoding: exchange.wire.responseHead, as: UTF8.self)
                == "HTTP/1.1 207 Odd  reason\r\nX-A: 1\r\nx-a:2\r\nContent-Length: 4\r\n\r\n")
        #expect(exchange.response.status == 207)
        #expect(exchange.response.reason == "Odd  reason")
        #expect(exchange.response.headers.all("x-A") == ["1", "2"])
        #expect(try exchange.response.body.bytes() == Array("pong".utf8))
        #expect(exchange.response.body.sha256 == MessageDigest.hexadecimal(of: "pong".utf8, .sha256))
        #expect(exchange.wire.remoteAddress == "127.0.0.1:\(server.port)")
        let times = [exchange.wire.connectSeconds, exchange.wire.firstByteSeconds, exchange.wire.totalSeconds]
        #expect(times.compactMap { $0 }.count == 3)
        #expect(exchange.wire.tls == nil)
    }

    struct Sent: Sendable, CustomTestStringConvertible {
        let method: String
        let body: @Sendable () -> RequestBody
        let wire: String
        let recorded: String
        var testDescription: String { "\(method) \(wire.debugDescription)" }
    }

    @Test(
        "Each kind of body is framed as it must be",
        arguments: [
            Sent(method: "GET", body: { .empty }, wire: "\r\n", recorded: ""),
            Sent(method: "DELETE", body: { .empty }, wire: "\r\n", recorded: ""),
            Sent(method: "POST", body: { .empty }, wire: "Content-Length: 0\r\n\r\n", recorded: ""),
            Sent(method: "GET", body: { .bytes([0x61]) }, wire: "Content-Length: 1\r\n\r\na", recorded: "a"),
            Sent(
                method: "PUT", body: { stream(["one", "two"], length: 6) }, wire: "Content-Length: 6\r\n\r\nonetwo",
                recorded: "onetwo"),
            Sent(
                method: "POST", body: { stream(["one", "", "two"], length: nil) },
                wire: "Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n", recorded: "onetwo"),
        ])
    func framing(_ item: Sent) async throws {
        let seen = Mutex<String>("")
        let server = try RawServer { connection in
            let bytes = connection.read(to: item.wire)
            seen.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
            connection.write("HTTP/1.1 204 \r\n\r\n")
        }
        let exchange = try await HTTPClient().send(HTTPRequest(item.method, server.url, body: item.body()))
        let text = seen.withLock { $0 }
        #expect(text == "\(item.method) /path?query=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\(item.wire)")
        #expect(String(decoding: try exchange.wire.requestBody.bytes(), as: UTF8.self) == item.recorded)
        #expect(exchange.response.status == 204)
        #expect(exchange.response.body.isEmpty)
    }

    struct Refused: Sendable {
        let method: String
        let url: String
        var headers: HTTPHeaders = [:]
        let code: HTTPError.Code
    }

    @Test(
        "What cannot be sent or reached is an error of its own",
        arguments: [
            Refused(method: "GE T", url: "http://127.0.0.1/", code: .invalidRequest),
            Refused(method: "GET", url: "file:///etc/passwd", code: .invalidRequest),
            Refused(method: "GET", url: "http://127.0.0.1:99999/", code: .invalidRequest),
            Refused(method: "GET", url: "http://127.0.0.1/", headers: ["A": "1\r\nB: 2"], code: .invalidRequest),
            Refused(method: "GET", url: "http://127.0.0.1/", headers: ["A B": "1"], code: .invalidRequest),
            Refused(method: "GET", url: "http://127.0.0.1/a b", code: .invalidRequest),
            Refused(method: "GET", url: "http://127.0.0.1/a\0b", code: .invalidRequest),
            Refused(method: "GET", url: "http://127.0.0.1/a\nb", code: .invalidRequest),
            Refused(method: "GET", url: "http://a..b/", code: .unresolved),
            Refused(method: "GET", url: "http://127.0.0.1:1/", code: .refused),
        ])
    func unreachable(_ item: Refused) async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest(item.method, item.url, headers: item.headers))
        }
        #expect(error?.code == item.code, "\(error?.message ?? "")")
        if item.code == .refused { #expect(error?.message.hasPrefix("127.0.0.1:1: ") == true) }
        if item.code == .unresolved { #expect(error?.message.hasPrefix("a..b:80: ") == true) }
        #expect(error?.message.contains("\n") == false)
    }

    @Test("A redirect is an answer, and the environment's proxy is not asked")
    func noRedirectNoProxy() async throws {
        setenv("http_proxy", "http://127.0.0.1:1/", 1)
        let server = try RawServer { connection in
            connection.readHead()
            connection.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        }
        let exchange = try await HTTPClient().send(HTTPRequest("GET", server.url))
        #expect(exchange.response.status == 302)
    }

    @Test("HEAD has no body, whatever length is announced")
    func head() async throws {
        let server = try RawServer { connection in
            connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        }
        let exchange = try await HTTPClient().send(HTTPRequest("HEAD", server.url))
        #expect(exchange.response.body.isEmpty)
        #expect(exchange.response.headers.first("content-length") == "1000")
    }

    @Test("Interim answers and trailers are kept apart")
    func interimAndTrailers() async throws {
        let server = try RawServer { connection in
            connection.readHead()
            connection.write("HTTP/1.1 103 Early\r\nA: 1\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.write("3\r\nabc\r\n0\r\nT: 1\r\n\r\n")
        }
        let exchange = try await HTTPClient().send(HTTPRequest("GET", server.url))
        #expect(String(decoding: exchange.wire.interimHeads, as: UTF8.self) == "HTTP/1.1 103 Early\r\nA: 1\r\n\r\n")
        #expect(
            String(decoding: exchange.wire.responseHead, as: UTF8.self)
                == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(String(decoding: exchange.wire.trailers, as: UTF8.self).hasPrefix("T: 1\r\n"))
        #expect(try exchange.response.body.bytes() == Array("abc".utf8))
    }

    @Test("A large answer is spooled, read in parts, and its file goes with the last copy")
    func spooled() async throws {
        let size = (4 << 20) + 100_000
        let server = try RawServer { connection in
            connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            connection.write([UInt8](repeating: 5, count: size))
        }
        let folder = try TemporaryFolder()
        do {
            let seen = Mutex(0)
            let exchange = try await HTTPClient(spoolDirectory: folder.path).send(HTTPRequest("GET", server.url)) {
                part in seen.withLock { $0 += part.count }
            }
            let body = exchange.response.body
            #expect(seen.withLock { $0 } == size)
            #expect(body.length == Int64(size))
            #expect(body.sha256 == MessageDigest.hexadecimal(of: [UInt8](repeating: 5, count: size), .sha256))
            #expect(try body.bytes() == [UInt8](repeating: 5, count: size))
            #expect(throws: HTTPError.self) { try body.bytes(limit: 1000) }
            #expect(body.path?.hasPrefix(folder.path) == true)
            #expect(try folder.files().count == 1)
        }
        #expect(try folder.files() == [])
    }

    struct Cancelled: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var scheme = "http"
        var isSending = false
    }

    @Test(
        "Cancelling the task ends the exchange at once, whatever it waits for",
        arguments: [
            Cancelled(testDescription: "the TLS handshake", scheme: "https"),
            Cancelled(testDescription: "the peer to take the request", isSending: true),
            Cancelled(testDescription: "the answer"),
        ])
    func cancelled(_ item: Cancelled) async throws {
        let (stream, started) = AsyncStream<Void>.makeStream()
        let server = try RawServer { connection in
            _ = connection.read(1)
            started.yield()
            if item.isSending { connection.ignore(for: 20_000) } else { connection.readAll() }
        }
        let url = "\(item.scheme)://127.0.0.1:\(server.port)/"
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        let body = item.isSending ? RequestBody.stream(length: nil) { zeros } : .empty
        let task = Task { () async -> HTTPError? in
            do throws(HTTPError) {
                _ = try await HTTPClient().send(HTTPRequest(item.isSending ? "POST" : "GET", url, body: body))
                return nil
            } catch {
                return error
            }
        }
        for await _ in stream { break }
        task.cancel()
        let error = await task.value
        #expect(error?.code == .cancelled)
        #expect(error?.message == "127.0.0.1:\(server.port): the exchange was cancelled")
        if item.scheme == "http" { #expect(error?.wire?.requestHead.isEmpty == false) }
        withExtendedLifetime(server) {}
    }

    @Test("A reader that throws ends the exchange; so does a body that cannot be made")
    func consumerThrows() async throws {
        struct Stop: Error {}
        let server = try RawServer { connection in
            connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong")
        }
        let first = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest("GET", server.url)) { _ in throw Stop() }
        }
        #expect(first?.code == .consumer)
        let second = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(
                HTTPRequest("POST", server.url, body: .stream(length: 10) { throw Stop() }))
        }
        #expect(second?.code == .consumer)
        let third = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest("POST", server.url, body: stream(["abc"], length: 10)))
        }
        #expect(third?.code == .consumer)
        #expect(third?.message.contains("after 3 of the 10 bytes") == true)
        let fourth = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest("POST", server.url, body: stream(["abc", "def"], length: 5)))
        }
        #expect(fourth?.code == .consumer)
        let fifth = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest("POST", server.url, body: .stream(length: nil) { [] }))
        }
        #expect(fifth?.code == .consumer)
        #expect(fourth?.message.contains("goes on after the 5 bytes") == true)
    }

    @Test("Fifty silent servers do not hold up another exchange")
    func nothingBlocks() async throws {
        let silent = try RawServer { $0.readAll() }
        let quick = try RawServer { connection in
            connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let client = HTTPClient()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask { try await client.send(HTTPRequest("GET", silent.url)).response.status }
            }
            let exchange = try await client.send(HTTPRequest("GET", quick.url))
            #expect(exchange.response.status == 200)
            group.cancelAll()
            while let result = await group.nextResult() {
                #expect((result.failure as? HTTPError)?.code == .cancelled)
            }
        }
        withExtendedLifetime(silent) {}
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}

/// A body of these texts, one a call.
func stream(_ texts: [String], length: Int64?) -> RequestBody {
    let rest = Rest(texts)
    return .stream(length: length) { rest.next() }
}

private final class Rest: Sendable {
    private let texts: Mutex<ArraySlice<String>>
    init(_ texts: [String]) { self.texts = Mutex(texts[...]) }
    func next() -> [UInt8]? { texts.withLock { texts in texts.popFirst().map { Array($0.utf8) } } }
}

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "http-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }
}
