import Conformance
import Foundation
import HTTP
import HTTPServing
import Runner
import Testing

/// Systems under test that answer badly: each run ends, says what came, and never passes.
@Suite("Hostile systems")
struct HostileSystemTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let verdict: Verdict
        /// What the findings, reasons or error must hold.
        let word: String
        let answer: @Sendable (ServerRequest) -> ServerResponse

        init(
            _ name: String, _ verdict: Verdict, _ word: String,
            _ answer: @escaping @Sendable (ServerRequest) -> ServerResponse
        ) {
            self.name = name
            self.verdict = verdict
            self.word = word
            self.answer = answer
        }

        var testDescription: String { name }
    }

    private static let soap: HTTPHeaders = ["Content-Type": "application/soap+xml; charset=UTF-8"]

    private static func envelope(_ body: String) -> RequestBody {
        .bytes(
            Array(
                "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body>\(body)</e:Body></e:Envelope>"
                    .utf8))
    }

    static let cases: [Case] = [
        Case("an HTML error page", .fail, "HTML") { _ in
            ServerResponse(
                502, headers: ["Content-Type": "text/html"],
                body: .bytes(Array("<html><body>Bad gateway</body></html>".utf8)))
        },
        Case("an empty answer", .fail, "empty") { _ in ServerResponse(200, headers: soap) },
        Case("text that is no XML", .fail, "XML") { _ in
            ServerResponse(200, headers: soap, body: .bytes(Array("all is well".utf8)))
        },
        Case("a document type with an external entity", .fail, "DOCTYPE") { _ in
            ServerResponse(
                200, headers: soap,
                body: .bytes(Array("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".utf8)))
        },
        Case("a billion laughs", .fail, "DOCTYPE") { _ in
            let entities = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }
                .joined()
            return ServerResponse(
                200, headers: soap, body: .bytes(Array("<!DOCTYPE a [<!ENTITY l0 \"ha\">\(entities)]><a>&l9;</a>".utf8))
            )
        },
        Case("nesting without end", .fail, "deep") { _ in
            ServerResponse(200, headers: soap, body: envelope(String(repeating: "<a>", count: 100_000)))
        },
        Case("a multipart that is cut", .fail, "XML") { _ in
            let body =
                "--b\r\nContent-Type: application/xop+xml; type=\"application/soap+xml\"\r\nContent-ID: <0.1>\r\n\r\n<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Bo"
            return ServerResponse(
                200, headers: ["Content-Type": "multipart/related; boundary=b; type=\"application/xop+xml\""],
                body: .bytes(Array(body.utf8)))
        },
        Case("a SOAP fault where a registry response is expected", .fail, "Fault") { _ in
            ServerResponse(
                500, headers: soap,
                body: envelope(
                    "<e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code><e:Reason><e:Text xml:lang=\"en\">no</e:Text></e:Reason></e:Fault>"
                ))
        },
        Case("an answer that is cut", .error, "closed") { _ in
            ServerResponse(200, headers: soap, body: envelope("x"), fault: .cutAfter(150))
        },
        Case("bytes that are no HTTP", .error, "HTTP") { _ in
            ServerResponse(200, fault: .raw(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)))
        },
        Case("silence", .error, "answer") { _ in ServerResponse(200, fault: .neverAnswer) },
        Case("chunks without end", .error, "") { _ in
            ServerResponse(200, headers: soap, fault: .endlessChunks)
        },
        Case("a drip", .error, "") { _ in
            ServerResponse(200, headers: soap, body: envelope("x"), fault: .dripped(bytesPerSecond: 1))
        },
        Case("zeros without end", .error, "") { _ in
            ServerResponse(
                200, headers: soap, body: .stream(length: 1 << 30) { [UInt8](repeating: 0, count: 1 << 16) })
        },
    ]

    @Test("ends, says what came, and does not pass", arguments: cases)
    func hostile(_ hostile: Case) async throws {
        let folder = try TemporaryFolder()
        let server = try await HTTPServer.start(handler: FixedAnswer(make: hostile.answer))
        // What answers at once must not fail on a busy machine.
        let patience = hostile.verdict == .error ? 1.0 : 30
        let target = Replay.target(server.baseURL) {
            $0.connect = 2 * patience
            $0.firstByte = patience
            $0.idle = patience
            $0.total = 3 * patience
            $0.maximumBody = 4 << 20
        }
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: ["submit-exam"]), target: target)
        await server.stop()
        let scenario = try #require(record.scenarios.first)
        #expect(scenario.verdict == hostile.verdict)
        #expect(record.exitCode == (hostile.verdict == .fail ? 1 : 2))
        let checks = scenario.steps.flatMap(\.checks)
        #expect(!checks.contains { $0.id == "registry" && $0.verdict == .pass })
        let said =
            checks.flatMap {
                $0.findings.map { "\($0.message.en) \($0.expected ?? "") \($0.actual ?? "")" } + [$0.reason?.en ?? ""]
            }
            .joined(separator: "\n") + (scenario.steps.compactMap(\.exchange?.error).joined())
        #expect(hostile.word.isEmpty || said.localizedCaseInsensitiveContains(hostile.word), "\(said)")
        #expect(!said.contains("root:"), "a file was read")
    }

    @Test("A system that does not listen gives error with one cause, once for all scenarios")
    func unreachable() async throws {
        let folder = try TemporaryFolder()
        let server = try await HTTPServer.start(handler: FixedAnswer { _ in ServerResponse(200) })
        let url = server.baseURL
        await server.stop()
        let record = try await Replay.record(
            folder, selection: Selection(role: "document-repository"), target: Replay.target(url))
        #expect(record.exitCode == 2)
        // What needs a key or a patient that the target file does not give is never sent.
        let skipped = record.scenarios.filter { $0.verdict == .skipped }.map(\.id)
        #expect(
            Set(skipped) == [
                "submit-unknown-patient", "submit-altered-assertion", "submit-other-resource",
                "submit-tampered-document",
            ])
        #expect(record.scenarios.allSatisfy { $0.verdict == .error || skipped.contains($0.id) })
        let causes = Set(record.scenarios.flatMap(\.steps).compactMap(\.exchange?.error))
        #expect(causes.count == 1, "\(causes)")
        #expect(causes.first?.contains("\n") == false)
        #expect(causes.first?.contains(String(url.dropFirst("http://".count))) == true)
    }

    @Test("What was received until a failure is in the evidence")
    func partialEvidence() async throws {
        let folder = try TemporaryFolder()
        let server = try await HTTPServer.start(
            handler: FixedAnswer { _ in
                ServerResponse(200, headers: Self.soap, body: Self.envelope("half"), fault: .cutAfter(160))
            })
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: ["submit-exam"]), target: Replay.target(server.baseURL))
        await server.stop()
        let exchange = try #require(record.scenarios.first?.steps.first?.exchange)
        #expect(exchange.response?.startLine == "HTTP/1.1 200 OK")
        let body = try #require(exchange.response?.body)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/evidence/" + body.sha256))
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("<e:Envelope"))
        #expect(exchange.request.body != nil)
    }
}
