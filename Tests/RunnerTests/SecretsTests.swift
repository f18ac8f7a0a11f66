import Conformance
import Foundation
import HTTP
import HTTPServing
import Runner
import Testing

@Suite("Secrets", .serialized)
struct SecretsTests {
    private static let token = "eyJhbGciOi.secret-token.0123456789"

    @Test("A token that the system sends back stands neither in the record nor in the evidence")
    func echo() async throws {
        setenv("CISIS_TEST_TOKEN", Self.token, 1)
        defer { unsetenv("CISIS_TEST_TOKEN") }
        let folder = try TemporaryFolder()
        let server = try await HTTPServer.start(
            handler: FixedAnswer { _ in
                ServerResponse(
                    500, reason: "no \(Self.token)",
                    headers: [
                        "Content-Type": "text/html", "X-Debug": "Bearer \(Self.token)",
                        "Set-Cookie": "session=abcdef123",
                        "Location": "https://x.example/?access_token=zzzzzzzz&a=b",
                    ], body: .bytes(Array("<html>Authorization: Bearer \(Self.token)</html>".utf8)))
            })
        var target = Replay.target(server.baseURL)
        target.tokenVariable = "CISIS_TEST_TOKEN"
        let record = try await Replay.record(folder, selection: Selection(scenarios: ["submit-exam"]), target: target)
        await server.stop()
        #expect(record.exitCode == 1)
        var texts = [String(decoding: try RunRecordFile.encode(record), as: UTF8.self)]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/evidence") {
            texts.append(
                String(
                    decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/evidence/\(name)")),
                    as: UTF8.self))
        }
        #expect(texts.contains { $0.contains("Authorization: Bearer ****") }, "the page is kept, without the token")
        for text in texts {
            for secret in [Self.token, "abcdef123", "zzzzzzzz"] { #expect(!text.contains(secret)) }
        }
        #expect(texts[0].contains("a=b"))
    }

    @Test(
        "An address of a target file that holds a password, or is none, is refused",
        arguments: [
            "http://user:PASSW0RD@127.0.0.1/x", "http://", "ftp://a.example", "http://a.example:99999/", "http://a b/",
            "a.example", "https://a.example/#x", "file:///etc/passwd",
        ])
    func addresses(_ url: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("target: t\nendpoints: {repository: '\(url)'}\n", to: "t.yaml")
        let loaded = TargetLoader.load(path: file)
        #expect(loaded.value == nil)
        #expect(loaded.errors.first?.location.line == 2)
    }

    @Test(
        "Good addresses are taken",
        arguments: ["HTTP://A.example", "https://[::1]:8443/a/b", "http://127.0.0.1:1/x?y=z"])
    func goodAddresses(_ url: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("target: t\nendpoints: {repository: '\(url)'}\n", to: "t.yaml")
        #expect(TargetLoader.load(path: file).errors.isEmpty)
    }
}
