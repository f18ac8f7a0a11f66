import Foundation
import HTTP
import SOAP
import Simulators
import TestSupport
import Testing
import XDS

/// What `cisis simulate dmp` refuses by itself, what it says of that, and how it ends.
@Suite("cisis simulate: strictness and trace", .enabled(if: SigningFiles.isPossible, "the openssl command is absent"))
struct SimulateStrictnessTests {
    private struct Line: Decodable {
        struct Layer: Decodable {
            struct Finding: Decodable {
                var check: String
            }

            var layer: String
            var verdict: String
            var findings: [Finding]
        }

        var file: String
        var verdict: String
        var layers: [Layer]

        /// The checks of the findings of a layer.
        func checks(_ name: String) -> [String] { layers.filter { $0.layer == name }.flatMap(\.findings).map(\.check) }
    }

    private func lines(of folder: String) throws -> [Line] {
        try String(contentsOfFile: folder + "/judgements.jsonl", encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    private static let negatives = [
        "submit-altered-assertion", "submit-other-resource", "submit-tampered-document", "submit-unsigned",
        "assertion-altered", "assertion-expired", "assertion-missing",
    ]

    /// Runs scenarios against the simulator as a target that signs; the record.
    private func run(_ scenarios: [String], _ running: RunningSimulator, _ scratch: Scratch) async throws -> [String:
        String]
    {
        let files = SigningFiles.shared
        let pair = "{certificate: \(files.path("drimbox.pem")), key: \(files.path("drimbox.key"))}"
        let target = try scratch.write(
            """
            target: simulator
            endpoints:
              repository: \(try #require(running.endpoints["ITI-41"]))
              registry: \(try #require(running.endpoints["ITI-18"]))
            signing: {assertion: \(pair)}
            vihf: {structure: "\(SigningFiles.structure)"}
            """, to: "target.yaml")
        let command = try await Command(
            ["run", "--target", target, "--quiet", "--format", "json", "--out", scratch.path + "/record"] + scenarios)
        let record = try #require(try command.json() as? [String: Any], "\(command.errors)")
        return Dictionary(
            uniqueKeysWithValues: (record["scenarios"] as? [[String: Any]] ?? []).map {
                ($0["id"] as? String ?? "", $0["verdict"] as? String ?? "")
            })
    }

    @Test("It refuses what the embedded DMP refuses, and takes what is signed; what it refuses is never judged right")
    func strict() async throws {
        let scratch = try Scratch()
        let out = scratch.path + "/judgements"
        let running = try await RunningSimulator(["--out", out], in: URL(fileURLWithPath: scratch.path))
        let verdicts = try await run(["submit-exam"] + Self.negatives, running, scratch)
        #expect(verdicts.count == Self.negatives.count + 1)
        #expect(verdicts.allSatisfy { $0.value == "pass" }, "\(verdicts)")
        running.end(SIGTERM)
        #expect(running.process.terminationStatus == 1, "\(running.said)")
        let lines = try lines(of: out)
        #expect(!lines.isEmpty)
        let refused = lines.filter { !$0.checks("vihf").isEmpty && $0.verdict == "fail" }
        let told = Set(refused.flatMap { $0.checks("vihf") })
        #expect(told.isSuperset(of: ["SEC-001", "SEC-003", "SEC-005", "SEC-014"]), "\(told)")
        #expect(lines.contains { $0.verdict == "pass" }, "\(lines.map(\.verdict))")
    }

    @Test("A right message alone ends with 0; the authorities of signers can be named")
    func right() async throws {
        let scratch = try Scratch()
        let folder = URL(fileURLWithPath: scratch.path)
        let known = try await RunningSimulator(["--signer-ca", SigningFiles.shared.path("ca.pem")], in: folder)
        #expect(try await run(["submit-exam"], known, scratch) == ["submit-exam": "pass"])
        known.end(SIGTERM)
        #expect(known.process.terminationStatus == 0, "\(known.said)\(known.text)")
        let other = try await RunningSimulator(["--signer-ca", SigningFiles.shared.path("other.pem")], in: folder)
        #expect(try await run(["submit-exam"], other, scratch) == ["submit-exam": "fail"])
        other.end(SIGTERM)
        #expect(other.process.terminationStatus == 1)
        #expect(other.said.contains("vihf.signature"), "\(other.said)")
    }

    @Test("A message without wsse:Security is refused by default, and taken where that is relaxed")
    func relaxed() async throws {
        let scratch = try Scratch()
        let folder = URL(fileURLWithPath: scratch.path)
        let query = StoredQuery(.getDocuments, parameters: [.init("$XDSDocumentEntryUniqueId", ["('1.2.3')"])])
        for (options, status) in [([], 400), (["--vihf", "when-present"], 200), (["--vihf", "ignored"], 200)] {
            let running = try await RunningSimulator(options, in: folder)
            let url = try #require(running.endpoints["ITI-18"])
            let envelope = OutgoingEnvelope(
                Addressing(
                    action: XDSTransaction.registryStoredQuery.action,
                    messageID: "urn:uuid:00000000-0000-4000-8000-000000000001", to: url,
                    replyTo: "http://www.w3.org/2005/08/addressing/anonymous"), content: query.element())
            let exchange = try await HTTPClient().send(SOAPClient.request(to: url, envelope))
            #expect(exchange.response.status == status)
            if status == 400 {
                #expect(try await running.await("SEC-001", \.text), "\(running.text)")
                #expect(running.said.contains("vihf.missing"))
            }
            running.end(SIGTERM)
        }
    }

    @Test("What HTTP refuses is told and judged; a question that is none of the DMP weighs nothing")
    func http() async throws {
        let scratch = try Scratch()
        let out = scratch.path + "/judgements"
        let running = try await RunningSimulator(["--out", out], in: URL(fileURLWithPath: scratch.path))
        let repository = try #require(running.endpoints["ITI-41"])
        let base = String(repository.dropLast("/repository".count))
        let client = HTTPClient()
        #expect(try await client.send(HTTPRequest("GET", base + "/")).response.status == 404)
        #expect(try await client.send(HTTPRequest("GET", repository)).response.status == 405)
        #expect(try await client.send(HTTPRequest("POST", base + "/xds", body: .bytes([1]))).response.status == 404)
        var flood = HTTPRequest("POST", repository, body: .bytes([1]))
        for number in 0..<300 { flood.headers.add("X-\(number)", "1") }
        #expect(try await client.send(flood).response.status == 431)
        let garbage = HTTPRequest("POST", repository, headers: ["Content-Type": "text/plain"], body: .bytes([0x41]))
        #expect(try await client.send(garbage).response.status == 400)
        #expect(try await running.await("#5 ", \.text), "\(running.text)")
        running.end(SIGTERM)
        #expect(running.process.terminationStatus == 1, "\(running.said)")
        let lines = try lines(of: out).sorted { $0.file < $1.file }
        #expect(lines.map(\.verdict) == ["notApplicable", "fail", "fail", "fail", "fail"], "\(running.text)")
        #expect(lines.flatMap { $0.checks("http") } == ["http.method", "http.path", "http.431"])
        #expect(lines.last?.checks("soap").contains("soap.not-xml") == true, "\(running.text)")
        for word in ["#1 ? → 404", "#2 ? → 405", "#3 ? → 404", "#4 ? → 431", "more than 200 header fields"] {
            #expect(running.said.contains(word), "\(word): \(running.said)")
        }
        #expect(!running.text.contains("healthcheck"))
    }

    @Test("A simulator that received nothing did not judge: it ends with 2, without checks with 0")
    func nothing() async throws {
        let scratch = try Scratch()
        let folder = URL(fileURLWithPath: scratch.path)
        let judging = try await RunningSimulator([], in: folder)
        judging.end(SIGINT)
        #expect(judging.process.terminationStatus == 2 && judging.said.contains("no message was received"))
        let plain = try await RunningSimulator(["--no-checks"], in: folder)
        plain.end(SIGINT)
        #expect(plain.process.terminationStatus == 0, "\(plain.said)")
    }

    @Test(
        "A store is of one simulator at a time, and free when that one ends, even killed",
        arguments: [SIGTERM, SIGKILL])
    func store(_ signal: Int32) async throws {
        let scratch = try Scratch()
        let folder = URL(fileURLWithPath: scratch.path)
        let options = ["--no-checks", "--store", scratch.path + "/a/b"]
        let first = try await RunningSimulator(options, in: folder)
        let second = try await Command(["simulate", "dmp"] + options)
        #expect(second.status == 2, "\(second.errors)")
        #expect(second.errors.contains("in use by another simulator (process \(first.process.processIdentifier))"))
        first.end(signal)
        let third = try await RunningSimulator(options, in: folder)
        #expect(third.endpoints.count == 6)
        third.end(SIGTERM)
    }

    @Test("Why it cannot start is told in plain words")
    func places() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("x", to: "file")
        let running = try await RunningSimulator(["--no-checks"], in: URL(fileURLWithPath: scratch.path))
        defer { running.end(SIGTERM) }
        let port = try #require(running.endpoints["ITI-41"]?.split(separator: ":").last?.split(separator: "/").first)
        for (options, words) in [
            (["--store", file], ["a file stands there"]), (["--store", file + "/x"], ["a file stands there"]),
            (["--store", "/proc/x"], ["no folder can be made there"]), (["--out", file], ["a file stands there"]),
            (["--listen", "127.0.0.1:\(port)"], ["another program listens there", "another port"]),
            (["--listen", "203.0.113.9:8080"], ["this machine has no address '203.0.113.9'"]),
            (["--listen", "no.such.host.invalid:8080"], ["no address is known for 'no.such.host.invalid'"]),
        ] {
            let command = try await Command(["simulate", "dmp"] + options)
            #expect(command.status == 2, "\(options): \(command.errors)")
            for word in words { #expect(command.errors.contains(word), "\(options): \(command.errors)") }
            for word in ["NSCocoa", "Error Domain", "errno", "IOError", "Optional("] {
                #expect(!command.errors.contains(word), "\(options): \(command.errors)")
            }
        }
    }
}
