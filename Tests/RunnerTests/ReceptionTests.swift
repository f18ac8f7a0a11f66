import Conformance
import Foundation
import Simulators
import TestSupport
import Testing

@testable import Runner

@Suite("Steps that wait for the system under test")
struct ReceptionTests {
    private func replay(_ yaml: String, misbehaviors: [String] = []) async throws -> ScenarioRecord {
        let folder = try TemporaryFolder()
        let record = try await Replay.record(
            folder, misbehaviors: misbehaviors, profiles: [Replay.profile(yaml)])
        return try #require(record.scenarios.first)
    }

    private func verdict(_ steps: String, misbehaviors: [String] = []) async throws -> Verdict {
        try await replay(Replay.scenario(steps), misbehaviors: misbehaviors).verdict
    }

    @Test("What arrives passes, what does not arrive fails, and the rest of the step is inconclusive")
    func arrival() async throws {
        #expect(
            try await verdict(
                """
                - await: ITI-41
                  with: {stimulus: submit}
                  expect: [arrival: required, mtom: true, soap: request, metadata: [all]]
                """) == .pass)
        let absent = try await replay(
            Replay.scenario(
                """
                - await: ITI-57
                  with: {stimulus: submit}
                  expect: [arrival: required, soap: request]
                """))
        #expect(absent.steps[0].checks.map(\.verdict) == [.fail, .inconclusive])
        #expect(absent.steps[0].checks[1].reason?.en.contains("ITI-57") == true)
    }

    @Test("What must not arrive fails where it does")
    func none() async throws {
        let steps = """
            - await: ITI-41
              with: {stimulus: submit, answer: error XDSRepositoryMetadataError no}
              expect: [arrival: required]
            - await: ITI-41
              with: {stimulus: retry}
              expect: [arrival: none]
            """
        #expect(try await verdict(steps) == .pass)
        let accepted = steps.replacingOccurrences(of: ", answer: error XDSRepositoryMetadataError no", with: "")
        #expect(try await verdict(accepted) == .pass)
        #expect(try await verdict(accepted, misbehaviors: ["source-resends-accepted"]) == .fail)
    }

    @Test("A submission that a passing failure stopped comes again")
    func retry() async throws {
        let steps = """
            - await: ITI-41
              with: {stimulus: submit, answer: error XDSRepositoryBusy later}
              expect: [arrival: required]
            - await: ITI-41
              with: {stimulus: retry}
              expect: [arrival: required, metadata: [all]]
            """
        #expect(try await verdict(steps) == .pass)
        #expect(try await verdict(steps, misbehaviors: ["source-never-retries"]) == .fail)
    }

    @Test("A consumer asks whether the record exists, queries and retrieves")
    func consumer() async throws {
        let steps = """
            - await: TD0.2
              with: {stimulus: consult}
              expect: [arrival: required, soap: request]
            - await: ITI-18
              expect: [arrival: required, soap: request, xsd: true]
            - await: ITI-43
              expect: [arrival: required, soap: request, xsd: true]
            """
        #expect(try await verdict(steps) == .pass)
        #expect(try await verdict(steps, misbehaviors: ["consumer-skips-existence-check"]) == .fail)
        let closed = """
            - await: TD0.2
              with: {stimulus: consult, answer: closed-record}
              expect: [arrival: required]
            - await: ITI-18
              expect: [arrival: none]
            """
        #expect(try await verdict(closed) == .pass)
        #expect(try await verdict(closed, misbehaviors: ["consumer-queries-closed-record"]) == .fail)
    }

    @Test("A new version replaces the report, whose entryUUID is asked for first; a withdrawn one is updated")
    func versions() async throws {
        #expect(
            try await verdict(
                """
                - await: ITI-41
                  with: {stimulus: submit}
                  expect: [arrival: required]
                - await: ITI-18
                  with: {stimulus: replace}
                  expect: [arrival: required]
                - await: ITI-41
                  expect: [arrival: required, metadata: [all], cda: [all]]
                - await: ITI-57
                  with: {stimulus: withdraw}
                  expect: [arrival: required, soap: request]
                """) == .pass)
    }

    @Test("A real system is told what to do and where; one that says nothing of a listener is skipped")
    func target() async throws {
        let yaml =
            Replay.scenario(
                """
                - await: ITI-41
                  with: {stimulus: submit, within: 0.2}
                  expect: [arrival: required]
                """)
        let folder = try TemporaryFolder()
        let observer = Observer()
        var target = SystemUnderTest(name: "client", location: SourceLocation(file: "t.yaml", line: 1))
        let skipped = try await Replay.record(folder, target: target, profiles: [Replay.profile(yaml)])
        #expect(skipped.scenarios.first?.verdict == .skipped)
        target.listening = SystemUnderTest.Listening()
        let waited = try await Replay.record(
            folder, target: target, observer: observer, profiles: [Replay.profile(yaml)])
        #expect(waited.scenarios.first?.verdict == .fail)
        let notice = try #require(await observer.notices.first)
        #expect(notice.transaction == "ITI-41" && notice.instruction.en.contains("http://127.0.0.1:"))
    }

    @Test(
        "What an author writes wrong is told at its place",
        arguments: [
            ("- await: ITI-99\n  expect: [arrival: required]", "no step can wait for 'ITI-99'"),
            ("- await: ITI-41\n  expect: [status: 200]", "looks at an answer"),
            ("- send: ITI-41\n  expect: [arrival: required]", "stands in steps that wait"),
            ("- await: ITI-41\n  with: {stimulus: sing}\n  expect: [arrival: required]", "no stimulus 'sing'"),
            ("- await: ITI-41\n  with: {answer: maybe}\n  expect: [arrival: required]", "no answer 'maybe'"),
            ("- await: ITI-41\n  with: {within: -1}\n  expect: [arrival: required]", "'within' must be"),
            ("- await: ITI-41\n  expect: [arrival: soon]", "'soon' is no arrival"),
            ("- await: ITI-41\n  mutate: [metadata.set kos hash 0]\n  expect: [arrival: required]", "no mutation"),
        ])
    func authors(_ steps: String, _ message: String) async throws {
        await #expect {
            _ = try await replay(Replay.scenario(steps))
        } throws: { error in
            ((error as? RunError)?.errors ?? []).contains { $0.message.contains(message) }
        }
    }
}
