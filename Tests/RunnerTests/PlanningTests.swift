import Conformance
import Runner
import Testing

@Suite("Planning")
struct PlanningTests {
    /// What an author can write wrong in a step, and a word of the message.
    static let mistakes: [(step: String, word: String)] = [
        ("  - send: ITI-99\n    id: a\n    expect: [{status: 200}]\n", "ITI-99"),
        ("  - check: weather\n    id: a\n    expect: [{kos: [all]}]\n", "weather"),
        ("  - send: ITI-41\n    id: a\n    with: {documents: [xray]}\n    expect: [{status: 200}]\n", "xray"),
        ("  - send: ITI-41\n    id: a\n    with: {colour: red}\n    expect: [{status: 200}]\n", "colour"),
        ("  - send: ITI-41\n    id: a\n    mutate: [explode kos]\n    expect: [{status: 200}]\n", "explode"),
        ("  - send: ITI-41\n    id: a\n    mutate: [metadata.set kos hash]\n    expect: [{status: 200}]\n", "word"),
        (
            "  - send: ITI-41\n    id: a\n    mutate: [metadata.set kos colour red]\n    expect: [{status: 200}]\n",
            "colour"
        ),
        ("  - send: ITI-18\n    id: a\n    with: {query: FindCats}\n    expect: [{status: 200}]\n", "FindCats"),
        ("  - send: ITI-43\n    id: a\n    expect: [{status: 200}]\n", "entries"),
        ("  - send: WADO-RS\n    id: a\n    with: {level: planet}\n    expect: [{status: 200}]\n", "level"),
        ("  - send: ITI-41\n    id: a\n    to: moon\n    expect: [{status: 200}]\n", "moon"),
        ("  - send: ITI-41\n    id: a\n    expect: [{registry: Maybe}]\n", "Maybe"),
        ("  - send: ITI-41\n    id: a\n    expect: [{soap: bubble}]\n", "bubble"),
        ("  - send: ITI-41\n    id: a\n    expect: [{xpath: 'count('}]\n", "count("),
        ("  - send: ITI-41\n    id: a\n    expect: [{header: {is: x}}]\n", "name"),
        ("  - send: ITI-41\n    id: a\n    expect: [{kos: [KOS-999]}]\n", "KOS-999"),
        ("  - send: ITI-41\n    id: a\n    expect: [{link: {opens: door}}]\n", "opens"),
        ("  - send: ITI-41\n    id: a\n    expect: [{entries: {colour: red}}]\n", "colour"),
    ]

    @Test(
        "A step that cannot be carried out is the author's error, at its line, before any socket opens",
        arguments: mistakes)
    func refused(_ mistake: (step: String, word: String)) async throws {
        let folder = try TemporaryFolder()
        do {
            let profile = try Replay.profile(Replay.scenario(mistake.step))
            _ = try await Replay.record(folder, profiles: [profile])
            Issue.record("planned: \(mistake.step)")
        } catch let error as RunError {
            #expect(error.code == .scenario)
            let text = error.errors.map(\.description).joined()
            #expect(text.contains(mistake.word), "\(text)")
            #expect(error.errors.allSatisfy { $0.location.line >= 6 }, "\(text)")
        } catch let errors as LoadErrors {
            let text = errors.errors.map(\.description).joined()
            #expect(text.contains(mistake.word), "\(text)")
        }
    }

    @Test("Nothing selected, an unknown misbehaviour, a misbehaving target: wrong usage")
    func usage() throws {
        let profiles = try Checkout.profiles()
        func code(_ change: (inout RunConfiguration) -> Void) -> RunError.Code? {
            var configuration = RunConfiguration(
                dataRoot: Checkout.root, outputDirectory: "/nonexistent", version: "test")
            change(&configuration)
            do {
                _ = try Run(configuration, profiles: profiles)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code { _ in } == nil)
        #expect(code { $0.selection.scenarios = ["no-such-scenario"] } == .usage)
        #expect(code { $0.selection.scenarios = ["submit-exam", "submit-exm"] } == .usage)
        #expect(code { $0.selection.requirements = ["N-PNR-05", "N-PNR-99"] } == .usage)
        #expect(code { $0.selection.tags = ["nominal", "nagative"] } == .usage)
        #expect(code { $0.selection.role = "drimbox" } == .usage)
        #expect(code { $0.misbehaviors = ["dmp-sings"] } == .usage)
        #expect(
            code {
                $0.misbehaviors = ["dmp-accepts-wrong-hash"]
                $0.target = Replay.target("http://127.0.0.1:1")
            } == .usage)
        #expect(
            code {
                $0.target = Replay.target("http://127.0.0.1:1")
                $0.target?.tokenVariable = "CISIS_NO_SUCH_VARIABLE"
            } == .usage)
    }

    @Test(
        "Scenarios are selected by id, glob, file, profile, role, tag and requirement",
        arguments: [
            (Selection(scenarios: ["submit-exam"]), ["submit-exam"]),
            (Selection(scenarios: ["wado-s*", "wado-fr*"]), ["wado-frames", "wado-series"]),
            (Selection(scenarios: ["03-wado-series.yaml"]), ["wado-series"]),
            (Selection(scenarios: ["wado-seri"]), []),
            (
                Selection(profile: "dim/lien-et-appel-contextuel", tags: ["nominal"]),
                ["link-login", "link-older-report", "link-session", "link-writings", "open-link"]
            ),
            (Selection(profile: "dim/lien"), []),
            (
                Selection(role: "document-registry", tags: ["TD0.2"]), ["access-refused", "record-state"]
            ),
            (Selection(requirements: ["N-PNR-05"]), ["submit-wrong-hash"]),
            (
                Selection(requirements: ["N-UPD-0?"]), ["withdraw-other-status", "withdraw-unknown"]
            ),
        ])
    func selection(_ selection: Selection, _ expected: [String]) throws {
        let scenarios = try Checkout.profiles().flatMap(\.scenarios).filter(selection.contains)
        #expect(scenarios.map(\.id).sorted() == expected)
    }
}
