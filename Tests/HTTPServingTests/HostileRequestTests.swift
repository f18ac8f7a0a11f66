import Foundation
import HTTP
import HTTPServing
import Testing

/// Answers every request that came through.
private struct Calm: HTTPHandler {
    func respond(to request: ServerRequest) async -> ServerResponse {
        ServerResponse(200, body: .bytes(Array("\(request.body.length)".utf8)))
    }
}

@Suite(.timeLimit(.minutes(1))) struct HostileRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int?
        let script: @Sendable (RawClient) -> Void

        init(_ name: String, _ status: Int?, _ script: @escaping @Sendable (RawClient) -> Void) {
            testDescription = name
            self.status = status
            self.script = script
        }

        /// A case that sends one text.
        init(_ name: String, _ status: Int?, _ text: String) {
            self.init(name, status) { client in client.write(text) }
        }
    }

    private static let post = "POST / HTTP/1.1\r\nHost: a\r\n"
    private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

    static let heads: [Case] = [
        Case("a flood of header lines", 431) { client in
            client.write(post)
            while client.write("X-Flood: \(String(repeating: "x", count: 1000))\r\n") {}
        },
        Case("an endless header line", 431) { client in
            client.write(post + "X: ")
            while client.write(String(repeating: "x", count: 1000)) {}
        },
        Case("an endless request line", 431) { client in
            client.write("GET /")
            while client.write(String(repeating: "x", count: 1000)) {}
        },
        Case("too many header fields", 431, post + String(repeating: "a: b\r\n", count: 300) + "\r\n"),
        Case("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
        Case("two Hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        Case("no request line", 400, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        Case("a TLS handshake", 400, "\u{16}\u{3}\u{1}\u{2}\r\n\r\n"),
        Case("another protocol version", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Case("a method that is no token", 400, "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("a line without colon", 400, post + "nonsense\r\n\r\n"),
        Case("a field without name", 400, post + ": x\r\n\r\n"),
        Case("NUL in a header", 400, post + "X: a\0b\r\n\r\n"),
        Case("CR alone in a header", 400, post + "X: a\rContent-Length: 3\r\n\r\n"),
    ]

    static let framings: [Case] = [
        Case(
            "both Content-Length and Transfer-Encoding", 400,
            post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
        Case("two lengths", 400, post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"),
        Case("a list of lengths", 400, post + "Content-Length: 4, 4\r\n\r\nabcd"),
        Case("a length with a sign", 400, post + "Content-Length: +4\r\n\r\nabcd"),
        Case("a negative length", 400, post + "Content-Length: -4\r\n\r\nabcd"),
        Case("a length beyond any number", 400, post + "Content-Length: 99999999999999999999\r\n\r\n"),
        Case("a space before the colon", 400, post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        Case("an unknown coding", 400, post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Case("two codings", 400, post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        Case("chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Case("a chunk size that is no number", 400, chunked + "zz\r\nabc\r\n"),
        Case("a chunk size with a sign", 400, chunked + "+3\r\nabc\r\n0\r\n\r\n"),
        Case("a negative chunk size", 400, chunked + "-3\r\nabc\r\n"),
        Case("an empty chunk size", 400, chunked + "\r\nabc\r\n"),
        Case("a chunk size beyond any number", 400, chunked + "fffffffffffffffffff\r\n"),
        Case("a chunk longer than its size", 400, chunked + "3\r\nabcdef\r\n0\r\n\r\n"),
        Case("a chunk line that ends with LF", 400, chunked + "3\nabc\r\n0\r\n\r\n"),
        Case("an endless chunk extension", 400) { client in
            client.write(chunked + "3;x=")
            while client.write(String(repeating: "x", count: 1000)) {}
        },
        Case("an endless trailer", 431) { client in
            client.write(chunked + "0\r\n")
            while client.write(String(repeating: "a: b\r\n", count: 1000)) {}
        },
        Case("a length beyond the limit", 413, post + "Content-Length: 100001\r\n\r\n"),
        Case("a chunk beyond the limit", 413, chunked + "7fffffffffffffff\r\n"),
        Case("endless chunks", 413) { client in
            client.write(chunked)
            while client.write("400\r\n\(String(repeating: "x", count: 1024))\r\n") {}
        },
        Case("a flood of tiny chunks", 413) { client in
            client.write(chunked)
            while client.write(String(repeating: "1\r\nx\r\n", count: 10_000)) {}
        },
    ]

    static let slow: [Case] = [
        Case("a head that stops", 408, "GET / HTTP/1.1\r\nHo"),
        Case("a head that drips", 408) { client in
            client.write("GET / HTTP/1.1\r\nX: ")
            repeat { client.write("x") } while !client.isReadable(within: 20)
        },
        Case("empty lines that drip", 408) { client in
            repeat { client.write("\r\n") } while !client.isReadable(within: 20)
        },
        Case("a body that stops", 408, post + "Content-Length: 10\r\n\r\nabc"),
        Case("a body that drips", 408) { client in
            client.write(post + "Content-Length: 10000\r\n\r\n")
            repeat { client.write("x") } while !client.isReadable(within: 20)
        },
        Case("a chunk that stops", 408, chunked + "10\r\nabc"),
        Case("no byte at all", nil, ""),
    ]

    @Test("A hostile request costs one refusal and its connection", arguments: heads + framings)
    func hostile(_ item: Case) async throws {
        try await refuses(item, ServerLimits())
    }

    @Test("A slow request costs one refusal and its connection", arguments: slow)
    func tooSlow(_ item: Case) async throws {
        var limits = ServerLimits()
        limits.idle = 1
        limits.head = 1.5
        limits.request = 2
        try await refuses(item, limits)
    }

    private func refuses(_ item: Case, _ limits: ServerLimits) async throws {
        var limits = limits
        limits.headSize = 8 << 10
        limits.bodySize = 100_000
        let server = try await HTTPServer.start(limits: limits, handler: Calm())
        let answer = try await RawClient.run(port: server.port) { client in
            item.script(client)
            return client.readAnswer()
        }
        #expect(answer.status == item.status, "\(answer.text)")
        #expect(answer.isClosed)
        if item.status != nil {
            #expect(answer.text.contains("Connection: close\r\n"))
            // One answer: nothing of the rest was taken for a request.
            #expect(answer.text.ranges(of: #/HTTP/1.1 \d+ /#).count == 1, "\(answer.text)")
        }
        let next = try await HTTPClient().send(HTTPRequest("GET", server.baseURL + "/"))
        #expect(next.response.status == 200)
        await server.stop()
    }

    @Test(
        "An unusual but right request is answered",
        arguments: [
            "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
            chunked + "3;x=1\r\nabc\r\n0\r\nTrailer: 1\r\n\r\n", post + "Content-Length: 3\r\n\r\nabc",
            "POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\nabc",
            post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        ])
    func unusual(_ text: String) async throws {
        let server = try await HTTPServer.start(handler: Calm())
        let answer = try await RawClient.run(port: server.port) { client in
            client.write(text)
            return client.readAnswer()
        }
        #expect(answer.status == 200, "\(answer.text)")
        await server.stop()
    }

    @Test("Requests sent at once are answered one by one")
    func pipelined() async throws {
        let server = try await HTTPServer.start(handler: Calm())
        let answer = try await RawClient.run(port: server.port) { client in
            client.write(Self.post + "Content-Length: 3\r\n\r\nabc" + Self.chunked + "5\r\nabcde\r\n0\r\n\r\n")
            client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n")
            return client.readAll()
        }
        #expect(answer.ranges(of: "HTTP/1.1 200 OK\r\n").count == 3)
        #expect(answer.contains("\r\n\r\n3HTTP/1.1"))
        #expect(answer.contains("\r\n\r\n5HTTP/1.1"))
        #expect(answer.hasSuffix("\r\n\r\n0"))
        await server.stop()
    }

    @Test(
        "A client whose Content-Length is wrong is told",
        arguments: [("2", ["200", "400"]), ("20", ["408"])])
    func wrongLength(_ length: String, _ statuses: [String]) async throws {
        var limits = ServerLimits()
        limits.idle = 1.5
        let server = try await HTTPServer.start(limits: limits, handler: Calm())
        let answer = try await RawClient.run(port: server.port) { client in
            client.write(Self.post + "Content-Length: \(length)\r\n\r\nabcd\r\n\r\n")
            return client.readAll()
        }
        #expect(answer.ranges(of: /HTTP\/1.1 \d+/).map { String(answer[$0].suffix(3)) } == statuses)
        await server.stop()
    }
}
