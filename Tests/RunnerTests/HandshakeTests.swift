import Conformance
import Foundation
import HTTP
import HTTPServing
import Runner
import Simulators
import Testing

/// Mutual TLS (N-SEC-04), against the embedded system and against targets.
@Suite("Handshakes", .serialized)
struct HandshakeTests {
    private static let scenarios = [
        "tls-right-certificate", "tls-no-certificate", "tls-other-authority", "tls-expired-certificate",
    ]

    private func verdicts(_ record: RunRecord) -> [String: Verdict] {
        Dictionary(uniqueKeysWithValues: record.scenarios.map { ($0.id, $0.verdict) })
    }

    private func failure(_ record: RunRecord, _ scenario: String) -> String? {
        record.scenarios.first { $0.id == scenario }?.steps.first?.exchange?.error
    }

    @Test("The embedded DMP takes the right certificate alone, and the record says why the others are refused")
    func embedded() async throws {
        let folder = try TemporaryFolder()
        let record = try await Replay.record(folder, selection: Selection(scenarios: Self.scenarios))
        #expect(record.exitCode == 0)
        #expect(verdicts(record).values.allSatisfy { $0 == .pass })
        let accepted = record.scenarios.first { $0.id == "tls-right-certificate" }?.steps.first?.exchange
        #expect(accepted?.url.hasPrefix("https://127.0.0.1:") == true)
        #expect(accepted?.tls?.contains("TLSv1.3") == true)
        #expect(accepted?.response?.startLine == "HTTP/1.1 200 OK")
        let words = [
            "tls-no-certificate": "asks for a client certificate and none was shown",
            "tls-other-authority": "does not trust the authority of the client certificate",
            "tls-expired-certificate": "the client certificate has expired",
        ]
        for (scenario, word) in words {
            #expect(failure(record, scenario)?.contains(word) == true, "\(failure(record, scenario) ?? "")")
        }
    }

    @Test("A DMP that asks for no certificate fails each refusal, and passes what it must accept")
    func misbehaviour() async throws {
        let folder = try TemporaryFolder()
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: Self.scenarios), misbehaviors: ["dmp-accepts-any-certificate"])
        #expect(
            verdicts(record) == [
                "tls-right-certificate": .pass, "tls-no-certificate": .fail, "tls-other-authority": .fail,
                "tls-expired-certificate": .fail,
            ])
        let finding = record.scenarios.first { $0.verdict == .fail }?.steps.first?.checks.flatMap(\.findings).first
        #expect(finding?.requirement == "N-SEC-04")
        #expect(finding?.actual == "HTTP 200 OK" && finding?.advice != nil)
    }

    /// A target whose registry is `url`.
    private func target(_ url: String, _ folder: TemporaryFolder, _ tls: String) throws -> SystemUnderTest {
        let file = try folder.write("target: t\nendpoints: {registry: '\(url)'}\n\(tls)\n", to: "target.yaml")
        let loaded = TargetLoader.load(path: file)
        return try #require(loaded.value, "\(loaded.errors)")
    }

    /// `{certificate: FILE, key: FILE}`, and `trust`, of what a client shows.
    private func files(_ identity: TLSIdentity) throws -> String {
        guard case .pem(let certificate, let key) = try #require(identity.credential) else { return "" }
        return "certificate: \(certificate), key: \(key)"
    }

    private static func serve(_ tls: ServerTLS, status: Int = 200) async throws -> HTTPServer {
        try await HTTPServer.start(tls: tls, handler: FixedAnswer { _ in ServerResponse(status) })
    }

    @Test("A target is judged with the certificates of its file")
    func certificates() async throws {
        let folder = try TemporaryFolder()
        let made = try TransportIdentities()
        let server = try await Self.serve(made.server)
        let trust = try #require(made.identity(nil).trust)
        let system = try target(
            server.baseURL, folder,
            "tls: {\(try files(made.identity(.known))), trust: \(trust), expired: {\(try files(made.identity(.expired)))}}"
        )
        let record = try await Replay.record(folder, selection: Selection(scenarios: Self.scenarios), target: system)
        await server.stop()
        #expect(record.exitCode == 0, "\(verdicts(record))")
        #expect(verdicts(record).values.allSatisfy { $0 == .pass })
    }

    @Test("What the file does not give is skipped with its key: TLS at all, a certificate, an expired one")
    func missing() async throws {
        let folder = try TemporaryFolder()
        let selection = Selection(scenarios: Self.scenarios)
        let plain = try await Replay.record(
            folder, selection: selection, target: try target("http://127.0.0.1:1", folder, ""))
        #expect(verdicts(plain).values.allSatisfy { $0 == .skipped })
        let reasons = plain.scenarios.flatMap(\.steps).flatMap(\.checks).compactMap(\.reason?.en)
        #expect(reasons.allSatisfy { $0.contains("'endpoints.registry: https://…'") })
        #expect(reasons.contains { $0.contains("'tls.certificate'") })
        #expect(reasons.contains { $0.contains("'tls.expired'") })
    }

    @Test("A certificate that must be accepted and is refused fails; a server that is not trusted is our error")
    func wrongSide() async throws {
        let folder = try TemporaryFolder()
        let (made, other) = (try TransportIdentities(), try TransportIdentities())
        let server = try await Self.serve(made.server)
        let trust = try #require(made.identity(nil).trust)
        let selection = Selection(scenarios: ["tls-right-certificate", "tls-no-certificate"])
        let stranger = try target(
            server.baseURL, folder, "tls: {\(try files(other.identity(.known))), trust: \(trust)}")
        let refused = try await Replay.record(folder, selection: selection, target: stranger)
        #expect(verdicts(refused) == ["tls-right-certificate": .fail, "tls-no-certificate": .pass])
        let untrusting = try target(
            server.baseURL, folder,
            "tls: {\(try files(made.identity(.known))), trust: \(try #require(other.identity(nil).trust))}")
        let error = try await Replay.record(folder, selection: selection, target: untrusting)
        await server.stop()
        #expect(verdicts(error) == ["tls-right-certificate": .error, "tls-no-certificate": .error])
        #expect(failure(error, "tls-no-certificate")?.contains("comes from no trusted authority") == true)
    }

    @Test("A refusal by HTTP after the handshake is neither pass nor fail; one that never listens is an error")
    func notJudged() async throws {
        let folder = try TemporaryFolder()
        let made = try TransportIdentities()
        let open = ServerTLS(certificateChain: made.server.certificateChain, key: made.server.key)
        let server = try await Self.serve(open, status: 400)
        let selection = Selection(scenarios: ["tls-no-certificate"])
        let system = try target(
            server.baseURL, folder, "tls: {trust: \(try #require(made.identity(nil).trust))}")
        let proxy = try await Replay.record(folder, selection: selection, target: system)
        await server.stop()
        #expect(verdicts(proxy) == ["tls-no-certificate": .inconclusive])
        let silent = try await Replay.record(folder, selection: selection, target: system)
        #expect(verdicts(silent) == ["tls-no-certificate": .error])
    }

    @Test(
        "What an author writes wrong of a handshake is told",
        arguments: [
            ("- send: ITI-18\n  expect: [handshake: maybe]", "no end of a handshake"),
            ("- send: ITI-18\n  mutate: [tls.expired]\n  expect: [status: 200]", "changes the handshake"),
            ("- await: ITI-41\n  expect: [handshake: refused]", "looks at an answer"),
        ])
    func authors(_ steps: String, _ message: String) async throws {
        let folder = try TemporaryFolder()
        await #expect {
            _ = try await Replay.record(folder, profiles: [try Replay.profile(Replay.scenario(steps))])
        } throws: { error in
            ((error as? RunError)?.errors ?? []).contains { $0.message.contains(message) }
        }
    }
}
