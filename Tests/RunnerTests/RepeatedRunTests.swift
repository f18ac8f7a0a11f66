import Conformance
import Foundation
import HTTPServing
import Runner
import Simulators
import TestSupport
import Testing
import XDS

/// A system that keeps what it received, and a seed that is replayed on it.
@Suite("Runs that are repeated", .enabled(if: SigningFiles.isPossible, "the openssl command is absent"))
struct RepeatedRunTests {
    /// A DMP that takes submissions without a signature, though a signature is demanded.
    private func dmp() async throws -> DMPServer {
        var configuration = DMPConfiguration()
        configuration.policy.signature = SignaturePolicy(demand: .required) { _ in [] }
        configuration.misbehaviors = [.acceptsMissingSignature]
        return try await DMPSimulator.start(configuration: configuration)
    }

    private func record(_ dmp: DMPServer, seed: UInt64, mayRepeat: Bool) async throws -> [String: ScenarioRecord] {
        let folder = try TemporaryFolder()
        var system = Replay.target(dmp.repository)
        system.endpoints = [.repository: dmp.repository, .registry: dmp.registry]
        var pair = SystemUnderTest.KeyPair()
        (pair.certificate, pair.key) = (
            SigningFiles.shared.path("drimbox.pem"), SigningFiles.shared.path("drimbox.key")
        )
        (system.signing.assertion, system.signing.submission) = (pair, pair)
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: ["submit-exam", "submit-unsigned", "submit-known-id"]),
            target: system, seed: seed, mayRepeat: mayRepeat)
        return Dictionary(uniqueKeysWithValues: record.scenarios.map { ($0.id, $0) })
    }

    private func verdicts(_ records: [String: ScenarioRecord]) -> [String: Verdict] { records.mapValues(\.verdict) }

    private func reasons(_ record: ScenarioRecord?) -> [String] {
        record?.steps.flatMap(\.checks).compactMap(\.reason?.en) ?? []
    }

    @Test("A refusal of what is known already shows nothing of the fault that was sent, and the seed is named")
    func repeated() async throws {
        let server = try await dmp()
        let first = try await record(server, seed: 5, mayRepeat: true)
        let again = try await record(server, seed: 5, mayRepeat: true)
        let fresh = try await record(server, seed: 6, mayRepeat: false)
        await server.stop()
        let right: [String: Verdict] = ["submit-exam": .pass, "submit-unsigned": .fail, "submit-known-id": .pass]
        #expect(verdicts(first) == right && verdicts(fresh) == right, "\(verdicts(first)) \(verdicts(fresh))")
        #expect(
            verdicts(again) == [
                "submit-exam": .inconclusive, "submit-unsigned": .inconclusive, "submit-known-id": .inconclusive,
            ])
        for record in again.values {
            #expect(reasons(record).contains { $0.contains("seed 5") && $0.contains("--seed N") }, "\(record.id)")
            #expect(!record.steps.flatMap(\.checks).contains { $0.verdict == .fail })
        }
        // The step that is about a known identifier is judged all the same.
        let known = again["submit-known-id"]?.steps.last?.checks.filter {
            $0.id.hasPrefix("registry") || $0.id.hasPrefix("errorCode")
        }
        #expect(known?.isEmpty == false && known?.allSatisfy { $0.verdict == .pass } == true)
    }

    @Test("With a new seed, a system that says that it knows what it cannot know fails")
    func invented() async throws {
        let server = try await dmp()
        _ = try await record(server, seed: 7, mayRepeat: false)
        let again = try await record(server, seed: 7, mayRepeat: false)
        await server.stop()
        #expect(again["submit-exam"]?.verdict == .fail)
        #expect(again["submit-unsigned"]?.verdict == .inconclusive, "a negative never passes by it")
    }
}
