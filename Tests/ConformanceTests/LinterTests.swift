import Conformance
import Testing

@Suite struct LinterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let from: String
        let to: String
        let error: String

        var testDescription: String { error }
    }

    static let path = "Profiles/demo/volet/scenarios/01-submit.yaml"

    @Test("A sound data root has nothing to say")
    func sound() throws {
        let root = try DataRoot(Sample.files)
        #expect(Linter.lint(dataRoot: root.path) == [])
        #expect(Linter.lint(paths: ["\(root.path)/\(Self.path)"]) == [])
    }

    @Test(
        "Placeholders are checked against variables and captures",
        arguments: [
            Case(from: "${count}", to: "2", error: "7:13: variable 'count' is never used"),
            Case(from: "${count}", to: "${count} ${coutn}", error: "13:52: '${coutn}' is not defined"),
            Case(from: "${entry}", to: "${entri}", error: "23:20: '${entri}' is not defined"),
            Case(from: "[kos, cr]", to: "[\"${entry}\"]", error: "13:25: '${entry}' is used before it is captured"),
            Case(from: "hash 00]", to: "\"hash ${first.entry}\"]", error: "14:38: broken YAML"),
            Case(
                from: "metadata.set kos hash 00", to: "\"set ${first.entry}\"",
                error: "14:19: '${first.entry}' is used before it is captured"),
            Case(from: "${entry}", to: "${entry", error: "23:19: a '${' is not closed, or names nothing"),
            Case(from: "${exam.study", to: "${exma.study", error: "23:39: '${exma.studyInstanceUID}' is not defined"),
            Case(from: "[all]", to: "[\"${}\"]", error: "25:21: a '${' is not closed, or names nothing"),
            Case(from: "[PNR-001]", to: "[PNR-01]", error: "5:16: unknown requirement 'PNR-01'"),
        ])
    func placeholders(_ item: Case) throws {
        #expect(Sample.scenario.contains(item.from))
        var files = Sample.files
        files[Self.path] = Sample.scenario.replacing(item.from, with: item.to)
        let root = try DataRoot(files)
        let found = Linter.lint(dataRoot: root.path).map { "\($0.location): \($0.message)" }
        #expect(found.contains { $0.hasPrefix("\(Self.path):\(item.error)") }, "\(found)")
    }

    @Test("A capture may be used in the expectations of its own step, by its name or its step's")
    func ownCapture() throws {
        var files = Sample.files
        files[Self.path] = Sample.scenario.replacing(
            "registry: Success", with: "xpath: a = '${entry}' or '${first.entry}'")
        let root = try DataRoot(files)
        #expect(Linter.lint(dataRoot: root.path) == [])
    }

    @Test("A literal placeholder is written with two dollars")
    func literal() {
        #expect(Placeholder.all(in: "$${a} $ {b} $c").isEmpty)
        #expect(Placeholder.all(in: "x ${ a }y").map(\.name) == ["a"])
        #expect(Placeholder.all(in: "é${a}${b}").map(\.offset) == [1, 5])
    }

    @Test("Only the errors of the named files are told")
    func named() throws {
        var files = Sample.files
        files["Profiles/demo/volet/scenarios/02.yaml"] = "scenario: a\n"
        files["Profiles/demo/volet/scenarios/03.yaml"] = "scenario: b\n"
        let root = try DataRoot(files)
        let one = Linter.lint(paths: ["\(root.path)/Profiles/demo/volet/scenarios/02.yaml"])
        #expect(Set(one.map(\.location.file)) == ["Profiles/demo/volet/scenarios/02.yaml"])
        #expect(Set(Linter.lint(paths: ["\(root.path)/Profiles/demo"]).map(\.location.file)).count == 2)
        #expect(Set(Linter.lint(paths: [root.path]).map(\.location.file)).count == 2)
    }

    @Test("A file outside a data root is judged alone, and a missing one is told")
    func alone() throws {
        let root = try DataRoot(["s.yaml": Sample.scenario, "folder/t.yaml": "scenario: [\n"])
        #expect(Linter.lint(paths: ["\(root.path)/s.yaml"]) == [])
        #expect(Linter.lint(paths: ["\(root.path)/folder"]).count == 1)
        #expect(Linter.lint(paths: ["\(root.path)/none.yaml"]).map(\.message) == ["no such file"])
    }
}
