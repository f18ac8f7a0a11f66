import Testing
import XML

@testable import Packs

@Suite("The volet of a document")
struct VoletChoiceTests {
    private let kit: TestFolder
    private let pack: OfficialPack

    init() throws {
        kit = try TestFolder(TestKit.files)
        pack = try OfficialPack(folder: kit.path)
    }

    private static let template = TestKit.arc + "900"

    private func choice(_ bytes: [UInt8], name: String = "") throws -> VoletChoice {
        pack.volet(for: try Document(parsing: bytes, name: name))
    }

    private func version(_ choice: VoletChoice) -> (String, Bool)? {
        guard case .volet(let volet, let note) = choice else { return nil }
        return (volet.version, note != nil)
    }

    @Test("Volets know their model, edition and template")
    func volets() {
        #expect(pack.volets.map(\.name) == ["XX-CR_2022.01", "XX-CR_2024.01"])
        #expect(pack.volets.map(\.template) == [Self.template, Self.template])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var edition: String?
        var instruction = ""
        var file = ""
        let expected: String
        let hasNote: Bool
    }

    @Test(
        "The edition is the declared one, else that of the named schema or file, else the newest with a note",
        arguments: [
            Case(
                testDescription: "declared", edition: "2022.01", file: "x_2024.01.xml", expected: "2022.01",
                hasNote: false),
            Case(testDescription: "absent edition", edition: "2023.01", expected: "2024.01", hasNote: true),
            Case(testDescription: "later edition", edition: "2025.01", expected: "2024.01", hasNote: true),
            Case(testDescription: "earlier edition", edition: "2020.01", expected: "2022.01", hasNote: true),
            Case(
                testDescription: "named schema", instruction: "<?oxygen SCHSchema=\"../s/CI-SIS_XX-CR_2022.01.sch\"?>",
                expected: "2022.01", hasNote: false),
            Case(testDescription: "file name", file: "a/XX_2022.01_b.xml", expected: "2022.01", hasNote: false),
            Case(testDescription: "nothing", expected: "2024.01", hasNote: true),
        ])
    func edition(_ row: Case) throws {
        let bytes = Array(row.instruction.utf8) + TestKit.document(templates: [(Self.template, row.edition)])
        let found = try #require(version(try choice(bytes, name: row.file)))
        #expect(found == (row.expected, row.hasNote))
    }

    @Test("Level 1, no model, an unknown model and no document have no volet")
    func none() throws {
        let body = "<title>T</title><component><nonXMLBody/></component>"
        #expect(try choice(TestKit.document(body, templates: [(Self.template, nil)])) == .levelOne)
        #expect(try choice(TestKit.document(templates: [(TestKit.arc + "1", nil)])) == .undeclared)
        #expect(
            try choice(TestKit.document(templates: [(TestKit.arc + "901", nil)]))
                == .absent(template: TestKit.arc + "901"))
        #expect(try choice(Array("<x/>".utf8)) == .notDocument)
    }

    @Test("The most specific template counts, wherever it stands; a document inside of a style sheet is found")
    func specific() throws {
        let ids = [(Self.template, String?.some("2022.01")), (TestKit.arc + "9", nil)]
        #expect(version(try choice(TestKit.document(templates: ids))) ?? ("", true) == ("2022.01", false))
        let inner = TestKit.document(templates: ids)
        let sheet = Array("<s xmlns='urn:x'><t>".utf8) + inner + Array("</t></s>".utf8)
        #expect(version(try choice(sheet)) ?? ("", true) == ("2022.01", false))
    }
}
