import HTTP
import Synchronization
import Testing

@Suite struct HostileServerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var scheme = "http"
        var timeouts = Timeouts(connect: 20, firstByte: 20, idle: 20, total: 60)
        var body: RequestBody = .empty
        let code: HTTPError.Code
        /// What the message must say.
        var says = ""
        /// What the record must hold of the answer.
        var head = ""
        let script: @Sendable (RawConnection) -> Void
        var testDescription: String { name }
    }

    private static let ok = "HTTP/1.1 200 OK\r\n"

    static let cases: [Case] = [
        Case(
            name: "no TLS handshake: connect limit", scheme: "https",
            timeouts: Timeouts(connect: 0.3, firstByte: 20, idle: 20, total: 20), code: .connectTimeout,
            says: "0.3 s (connect limit)"
        ) { $0.readAll() },
        Case(
            name: "speaks TLS 1.1 only", scheme: "https", code: .tls, says: "the server offers no TLS 1.2 or later"
        ) { connection in
            _ = connection.read()
            // The fatal alert protocol_version (RFC 5246 §7.2).
            connection.write([0x15, 3, 2, 0, 2, 2, 70])
            connection.readAll()
        },
        Case(
            name: "speaks plain HTTP on the TLS port", scheme: "https", code: .tls,
            says: "the peer does not speak TLS on this port"
        ) { connection in
            _ = connection.read()
            connection.write(ok + "Content-Length: 0\r\n\r\n")
        },
        Case(
            name: "hangs up during the handshake", scheme: "https", code: .tls, says: "hung up during the handshake"
        ) { _ = $0.read() },
        Case(
            name: "hangs up as a TLS server does on plain HTTP", code: .closed,
            says: "where the port speaks TLS, use https://"
        ) { _ = $0.read() },
        Case(
            name: "drips, then stops: idle limit",
            timeouts: Timeouts(connect: 20, firstByte: 20, idle: 0.5, total: 20), code: .idleTimeout,
            says: "receiving the answer (idle limit)", head: ok + "\r\n"
        ) { connection in
            connection.readHead()
            connection.write(ok + "\r\n")
            for _ in 0..<5 where !connection.isClosed(within: 100) { connection.write("x") }
            connection.readAll()
        },
        Case(name: "answers as HTTP/0.9", code: .malformed, says: "no HTTP/1.1 answer") {
            $0.readHead()
            $0.write("<html>It works</html>")
        },
        Case(name: "a status line without status", code: .malformed) {
            $0.readHead()
            $0.write("HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n")
        },
        Case(name: "two lengths", code: .malformed) {
            $0.readHead()
            $0.write(ok + "Content-Length: 1\r\nContent-Length: 20\r\n\r\nabc")
        },
        Case(name: "a negative length", code: .malformed) {
            $0.readHead()
            $0.write(ok + "Content-Length: -1\r\n\r\nabc")
        },
        Case(name: "closes within the head", code: .closed, says: "within the head", head: ok) {
            $0.readHead()
            $0.write(ok + "Content-Le")
        },
        Case(name: "closes before the empty line", code: .closed, says: "within the head", head: ok) {
            $0.readHead()
            $0.write(ok + "Content-Length: 0\r\n")
        },
        Case(name: "closes after an interim answer", code: .closed) {
            $0.readHead()
            $0.write("HTTP/1.1 100 Continue\r\n\r\n")
        },
        Case(
            name: "never answers: first-byte limit",
            timeouts: Timeouts(connect: 20, firstByte: 0.3, idle: 20, total: 20), code: .firstByteTimeout,
            says: "0.3 s after the request (first-byte limit)"
        ) { $0.readAll() },
        Case(
            name: "stops after the head: idle limit",
            timeouts: Timeouts(connect: 20, firstByte: 20, idle: 0.3, total: 20), code: .idleTimeout,
            says: "receiving the answer (idle limit)", head: ok + "Content-Length: 10\r\n\r\n"
        ) {
            $0.readHead()
            $0.write(ok + "Content-Length: 10\r\n\r\nabc")
            $0.readAll()
        },
        Case(
            name: "never reads: idle limit while sending",
            timeouts: Timeouts(connect: 20, firstByte: 20, idle: 0.4, total: 20),
            body: .stream(length: 1 << 30) { [UInt8](repeating: 0, count: 1 << 16) }, code: .idleTimeout,
            says: "sending the request (idle limit)"
        ) { $0.ignore(for: 5000) },
        Case(
            name: "drips the body: total limit", timeouts: Timeouts(connect: 20, firstByte: 20, idle: 20, total: 1.5),
            code: .totalTimeout, says: "1.5 s (total limit)", head: ok + "Content-Length: 1000\r\n\r\n"
        ) { connection in
            connection.readHead()
            connection.write(ok + "Content-Length: 1000\r\n\r\n")
            repeat { connection.write("x") } while !connection.isClosed(within: 20)
        },
        Case(
            name: "drips the status line: first-byte limit",
            timeouts: Timeouts(connect: 20, firstByte: 0.4, idle: 20, total: 20), code: .firstByteTimeout
        ) { connection in
            connection.readHead()
            for character in "HTTP/1.1 200 OKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOK\r\n" {
                connection.write(String(character))
                if connection.isClosed(within: 20) { return }
            }
        },
        Case(
            name: "drips a header: total limit", timeouts: Timeouts(connect: 20, firstByte: 20, idle: 1, total: 2),
            code: .totalTimeout, head: ok
        ) { connection in
            connection.readHead()
            connection.write(ok + "X: ")
            repeat { connection.write("x") } while !connection.isClosed(within: 20)
        },
        Case(name: "closes without an answer", code: .closed, says: "without an answer") { $0.readHead() },
        Case(name: "resets", code: .closed) {
            $0.readHead()
            $0.reset()
        },
        Case(
            name: "closes early", code: .closed, says: "before the end of the answer",
            head: ok + "Content-Length: 10\r\n\r\n"
        ) {
            $0.readHead()
            $0.write(ok + "Content-Length: 10\r\n\r\nabc")
        },
        Case(name: "closes within a chunk", code: .closed, head: ok + "Transfer-Encoding: chunked\r\n\r\n") {
            $0.readHead()
            $0.write(ok + "Transfer-Encoding: chunked\r\n\r\nff\r\nabc")
        },
        Case(
            name: "a chunk without length", code: .malformed, says: "chunked framing",
            head: ok + "Transfer-Encoding: chunked\r\n\r\n"
        ) {
            $0.readHead()
            $0.write(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")
        },
        Case(name: "garbage", code: .malformed, says: "no HTTP/1.1 answer") {
            $0.readHead()
            $0.write("\u{1}\u{2}SSH-2.0-OpenSSH\r\nnothing\r\n\r\n")
        },
        Case(name: "a header without colon", code: .malformed) {
            $0.readHead()
            $0.write(ok + "nonsense\r\n\r\n")
        },
        Case(name: "a flood of headers", code: .tooLarge, says: "header fields exceed") { connection in
            connection.readHead()
            connection.write(ok)
            while connection.write("X-Flood: \(String(repeating: "x", count: 1000))\r\n") {}
        },
        Case(name: "an endless header line", code: .tooLarge, says: "header") { connection in
            connection.readHead()
            connection.write(ok + "X: ")
            while connection.write(String(repeating: "x", count: 10_000)) {}
        },
        Case(name: "a flood of interim answers", code: .tooLarge, says: "interim answers") { connection in
            connection.readHead()
            while connection.write("HTTP/1.1 100 Continue\r\n\r\n") {}
        },
        Case(name: "endless chunks", code: .tooLarge, says: "exceeds the 5000000 bytes") { connection in
            connection.readHead()
            connection.write(ok + "Transfer-Encoding: chunked\r\n\r\n")
            while connection.write("400\r\n\(String(repeating: "x", count: 1024))\r\n") {}
        },
        Case(name: "a gigabyte of zeros", code: .tooLarge, says: "exceeds the 5000000 bytes") { connection in
            connection.readHead()
            connection.write(ok + "\r\n")
            for _ in 0..<1024 where !connection.write([UInt8](repeating: 0, count: 1 << 20)) { return }
        },
    ]

    @Test("A hostile server costs one error, in time and within bounds", .timeLimit(.minutes(1)), arguments: cases)
    func hostile(_ item: Case) async throws {
        let server = try RawServer(item.script)
        let url = "\(item.scheme)://127.0.0.1:\(server.port)/"
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(
                HTTPRequest(item.body.length == 0 ? "GET" : "POST", url, body: item.body), timeouts: item.timeouts,
                maximumBody: 5_000_000)
        }
        #expect(error?.code == item.code, "\(error?.message ?? "")")
        #expect(error?.message.contains(item.says) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("127.0.0.1:\(server.port): ") == true)
        #expect(error?.message.contains("\n") == false)
        let wire = try #require(error?.wire)
        #expect(String(decoding: wire.responseHead.prefix(item.head.utf8.count), as: UTF8.self) == item.head)
        if item.code == .tooLarge, item.says.hasPrefix("exceeds") {
            #expect(wire.responseBody?.length == 5_000_000)
        }
        if item.scheme == "http" { #expect(!wire.requestHead.isEmpty) }
    }

    @Test("What follows the announced length is no part of the answer")
    func excess() async throws {
        let server = try RawServer { connection in
            connection.readHead()
            connection.write(Self.ok + "Content-Length: 3\r\n\r\nabcdefgh")
        }
        let exchange = try await HTTPClient().send(HTTPRequest("GET", server.url))
        #expect(try exchange.response.body.bytes() == Array("abc".utf8))
    }

    @Test("Endless redirects are not followed: the first is the answer")
    func endlessRedirects() async throws {
        let count = Mutex(0)
        let server = try RawServer { connection in
            connection.readHead()
            count.withLock { $0 += 1 }
            connection.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: /path\r\nContent-Length: 0\r\n\r\n")
        }
        let exchange = try await HTTPClient().send(HTTPRequest("GET", server.url))
        #expect(exchange.response.status == 307)
        #expect(count.withLock { $0 } == 1)
    }

    @Test("A host that takes no connection: connect limit", .enabled(if: FullBacklog.isPossible))
    func connectTimeout() async throws {
        let backlog = try FullBacklog()
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(
                HTTPRequest("GET", "http://127.0.0.1:\(backlog.port)/"),
                timeouts: Timeouts(connect: 0.4, firstByte: 20, idle: 20, total: 20))
        }
        #expect(error?.code == .connectTimeout)
        #expect(error?.message.hasPrefix("127.0.0.1:\(backlog.port): no connection within 0.4 s") == true)
    }

    @Test("A limit that is not reached changes nothing")
    func withinLimits() async throws {
        let server = try RawServer { connection in
            connection.readHead()
            connection.write(Self.ok + "Content-Length: 20\r\n\r\n")
            for _ in 0..<20 {
                connection.write("x")
                _ = connection.isClosed(within: 30)
            }
        }
        // 600 ms in all, 30 ms between bytes: beyond the first-byte limit, within the others.
        let exchange = try await HTTPClient().send(
            HTTPRequest("GET", server.url), timeouts: Timeouts(connect: 20, firstByte: 20, idle: 10, total: 30),
            maximumBody: 20)
        #expect(exchange.response.body.length == 20)
    }
}
