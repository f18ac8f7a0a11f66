import Conformance
import Testing

@Suite struct ProfileLoaderTests {
    @Test("A data root is read whole, in the order of its folders")
    func whole() throws {
        var files = Sample.files
        files["Profiles/README.md"] = "not a profile"
        files["Profiles/Schemas/a.json"] = "{}"
        files["Profiles/alpha/profile.yaml"] = Sample.profile.replacing("profile: demo", with: "profile: alpha")
        files["Profiles/alpha/requirements.yaml"] = Sample.requirements
        let root = try DataRoot(files)
        let profiles = try ProfileLoader.loadProfiles(dataRoot: root.path)
        #expect(profiles.map(\.id) == ["alpha", "demo/volet"])
        let demo = profiles[1]
        #expect(demo.version == "1.0")
        #expect(demo.sources == ["Invented for tests"])
        #expect(demo.actors.map(\.id) == ["source", "repository"])
        #expect(demo.transactions.map(\.responder) == ["repository"])
        #expect(demo.requirements.map(\.id) == ["PNR-001", "PNR-002"])
        #expect(demo.requirements.map(\.isCertain) == [true, false])
        #expect(demo.requirements.map(\.notTested) == [nil, "nothing shows it"])
        #expect(demo.requirements[1].location.description == "Profiles/demo/volet/requirements.yaml:7:7")
        #expect(demo.scenarios.map(\.location.file) == ["Profiles/demo/volet/scenarios/01-submit.yaml"])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        let from: String
        let to: String
        let error: String

        var testDescription: String { error }
    }

    @Test(
        "What is wrong in a profile is told with its file and line",
        arguments: [
            Case(file: "profile", from: "version: \"1.0\"\n", to: "", error: "1:1: a profile lacks 'version'"),
            Case(file: "profile", from: "version:", to: "verison:", error: "2:1: unknown key 'verison' in a profile"),
            Case(
                file: "profile", from: "initiator: source", to: "initiator: sauce",
                error: "13:16: unknown actor 'sauce'"),
            Case(
                file: "profile", from: "id: repository", to: "id: source", error: "8:9: actor 'source' is defined twice"
            ),
            Case(
                file: "profile", from: "transactions:\n",
                to: "transactions:\n  - {id: ITI-41, title: {fr: a, en: b}, initiator: source, responder: source}\n",
                error: "12:9: transaction 'ITI-41' is defined twice"),
            Case(
                file: "profile", from: "actors:\n", to: "actors: 3\nactor:\n",
                error: "5:9: 'actors' must be a list, found the text '3'"),
            Case(file: "profile", from: "title: {fr: Partage", to: "title: {fr: [Partage", error: "3:34: broken YAML"),
            Case(
                file: "requirements", from: "level: SHALL", to: "level: MUST",
                error: "2:10: 'level' must be one of SHALL, SHOULD, MAY"),
            Case(
                file: "requirements", from: "level: SHALL", to: "levl: SHALL", error: "1:3: a requirement lacks 'level'"
            ),
            Case(
                file: "requirements", from: "id: PNR-002", to: "id: PNR-001",
                error: "7:7: requirement 'PNR-001' exists already"),
            Case(
                file: "requirements", from: "id: PNR-002", to: "id: PNR 002",
                error: "7:7: the requirement id 'PNR 002' holds blanks"),
            Case(file: "requirements", from: "[repository]", to: "[repo]", error: "1:7: unknown actor 'repo'"),
            Case(
                file: "requirements", from: "certain: false", to: "certain: no",
                error: "11:12: 'certain' must be true or false"),
            Case(
                file: "requirements", from: "- id: PNR-001", to: "list:\n- id: PNR-001",
                error: "1:1: the requirements must be a list, found a mapping"),
        ])
    func errors(_ item: Case) throws {
        let path = "Profiles/demo/volet/\(item.file).yaml"
        var files = Sample.files
        let text = try #require(files[path])
        #expect(text.contains(item.from))
        files[path] = text.replacing(item.from, with: item.to)
        let root = try DataRoot(files)
        let errors = try #require(throws: LoadErrors.self) {
            try ProfileLoader.loadProfiles(dataRoot: root.path)
        }
        #expect(
            errors.errors.contains { "\($0.location): \($0.message)".hasPrefix("\(path):\(item.error)") }, "\(errors)")
    }

    @Test("A profile without its files, and a root without profiles, are told")
    func missing() throws {
        func messages(_ files: [String: String]) throws -> [String] {
            let root = try DataRoot(files)
            return ProfileLoader.load(dataRoot: root.path).errors.map {
                "\($0.location): \($0.message)".replacing(root.path, with: "ROOT")
            }
        }
        #expect(try messages([:]) == ["ROOT/Profiles:1:1: no such folder"])
        #expect(try messages(["Profiles/README.md": ""]) == ["ROOT/Profiles:1:1: no profile here"])
        #expect(
            try messages(["Profiles/a/b/scenarios/s.yaml": Sample.scenario]) == [
                "Profiles/a/b/profile.yaml:1:1: no such file", "Profiles/a/b/requirements.yaml:1:1: no such file",
            ])
    }

    @Test("A broken requirements file doesn't make every scenario wrong")
    func noCascade() throws {
        var files = Sample.files
        files["Profiles/demo/volet/requirements.yaml"] = "- [\n"
        let root = try DataRoot(files)
        #expect(ProfileLoader.load(dataRoot: root.path).errors.count == 1)
    }

    @Test("Scenario ids are unique in a profile, over all its volets")
    func uniqueScenarios() throws {
        var files = Sample.files
        files["Profiles/demo/other/profile.yaml"] = Sample.profile
        files["Profiles/demo/other/requirements.yaml"] = "- {id: X-1, level: MAY, fr: a, en: b}\n"
        files["Profiles/demo/other/scenarios/s.yaml"] = Sample.scenario
        let root = try DataRoot(files)
        let errors = ProfileLoader.load(dataRoot: root.path).errors
        #expect(errors.map(\.message) == ["scenario 'submit' exists already"])
        #expect(errors.first?.advice == "the other is at Profiles/demo/other/scenarios/s.yaml:1:1")
    }

    @Test("The errors of all files come at once, in the order of files and lines")
    func all() throws {
        var files = Sample.files
        files["Profiles/demo/volet/scenarios/02.yaml"] = "scenario: a\nscenaro: b\n"
        files["Profiles/demo/volet/scenarios/03.yaml"] = "x: [\n"
        files["Profiles/demo/volet/requirements.yaml"]? += "- {id: Z}\n"
        let root = try DataRoot(files)
        let errors = ProfileLoader.load(dataRoot: root.path).errors
        #expect(Set(errors.map(\.location.file)).count == 3)
        #expect(errors.map(\.location.file) == errors.map(\.location.file).sorted())
    }
}
