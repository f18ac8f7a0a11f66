import HTTP
import HTTPServing
import Testing

/// Answers each request as its path says.
private struct ScriptedHandler: HTTPHandler {
    func respond(to request: ServerRequest) async -> ServerResponse {
        let body = (try? request.body.bytes()) ?? []
        switch request.target {
        case "/echo": return ServerResponse(200, headers: ["X-Length": "\(request.body.length)"], body: .bytes(body))
        case "/chunked": return ServerResponse(200, body: .bytes(body), framing: .chunked)
        case "/never": return ServerResponse(200, fault: .neverAnswer)
        case "/garbage": return ServerResponse(200, fault: .raw(Array("no http here\r\n\r\n".utf8)))
        case "/cut": return ServerResponse(200, body: .bytes(Array("0123456789".utf8)), fault: .cutAfter(42))
        case "/long": return ServerResponse(200, body: .bytes(Array("ab".utf8)), fault: .contentLength(10))
        case "/endless": return ServerResponse(200, fault: .endlessChunks)
        default: return ServerResponse(404)
        }
    }
}

@Suite struct HTTPServerTests {
    private func withServer(
        limits: ServerLimits = .init(), _ body: (HTTPServer, HTTPClient) async throws -> Void
    ) async throws {
        let server = try await HTTPServer.start(limits: limits, handler: ScriptedHandler())
        try await body(server, HTTPClient())
        await server.stop()
    }

    @Test("A body comes back as it was sent", arguments: ["/echo", "/chunked"])
    func echo(_ path: String) async throws {
        try await withServer { server, client in
            let text = Array(String(repeating: "é0", count: 100_000).utf8)
            let exchange = try await client.send(
                HTTPRequest("POST", server.baseURL + path, headers: ["Content-Type": "text/plain"], body: .bytes(text)))
            #expect(exchange.response.status == 200)
            let body = try exchange.response.body.bytes()
            #expect(body == text)
        }
    }

    @Test("Several requests use one connection")
    func keepAlive() async throws {
        try await withServer { server, client in
            for number in 0..<5 {
                let exchange = try await client.send(
                    HTTPRequest("POST", server.baseURL + "/echo", body: .bytes(Array("\(number)".utf8))))
                #expect(exchange.response.headers.first("x-length") == "1")
            }
        }
    }

    @Test("An unknown path is answered by 404")
    func notFound() async throws {
        try await withServer { server, client in
            let exchange = try await client.send(HTTPRequest("GET", server.baseURL + "/none"))
            #expect(exchange.response.status == 404)
        }
    }

    struct Failing: Sendable {
        let path: String
        let code: HTTPError.Code
    }

    @Test(
        "Each misbehaviour on the wire is told by its own error",
        arguments: [
            Failing(path: "/never", code: .firstByteTimeout), Failing(path: "/garbage", code: .malformed),
            Failing(path: "/cut", code: .closed), Failing(path: "/long", code: .closed),
            Failing(path: "/endless", code: .tooLarge),
        ])
    func misbehaviors(_ item: Failing) async throws {
        try await withServer { server, client in
            let firstByte = item.code == .firstByteTimeout ? 0.5 : 20
            let error = await #expect(throws: HTTPError.self) {
                try await client.send(
                    HTTPRequest("GET", server.baseURL + item.path),
                    timeouts: Timeouts(connect: 20, firstByte: firstByte, idle: 20, total: 40), maximumBody: 1 << 20)
            }
            #expect(error?.code == item.code)
        }
    }

    @Test("A head without end is refused by 431")
    func headTooLarge() async throws {
        var limits = ServerLimits()
        limits.headSize = 1000
        try await withServer(limits: limits) { server, client in
            let headers = HTTPHeaders([("X-Long", String(repeating: "a", count: 4000))])
            let exchange = try await client.send(HTTPRequest("GET", server.baseURL + "/echo", headers: headers))
            #expect(exchange.response.status == 431)
        }
    }

    @Test("A body beyond the limit is refused by 413")
    func bodyTooLarge() async throws {
        var limits = ServerLimits()
        limits.bodySize = 10
        try await withServer(limits: limits) { server, client in
            let request = HTTPRequest("POST", server.baseURL + "/echo", body: .bytes(Array(repeating: 0, count: 20)))
            let exchange = try await client.send(request)
            #expect(exchange.response.status == 413)
        }
    }

    @Test("A client that announces more than it sends gets 408, one that announces less is refused what follows")
    func announced() async throws {
        var limits = ServerLimits()
        limits.idle = 1
        try await withServer(limits: limits) { server, client in
            let statuses = [("10", 408), ("2", 200)]
            for (length, status) in statuses {
                let exchange = try await client.send(
                    HTTPRequest(
                        "POST", server.baseURL + "/echo", headers: ["Content-Length": length],
                        body: .bytes(Array("abcd".utf8))))
                #expect(exchange.response.status == status)
            }
        }
    }

    @Test("A port in use is told")
    func portInUse() async throws {
        try await withServer { server, _ in
            await #expect(throws: HTTPError.self) {
                try await HTTPServer.start(port: server.port, handler: ScriptedHandler())
            }
        }
    }
}
