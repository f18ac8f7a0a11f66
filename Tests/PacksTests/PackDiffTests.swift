import Conformance
import Testing

@testable import Packs

@Suite("The comparison of packs")
struct PackDiffTests {
    private func diff(_ changes: [String: String?]) throws -> PackDiff {
        let old = try TestFolder(TestKit.files)
        var files = TestKit.files
        for (path, text) in changes { files[path] = text }
        let new = try TestFolder(files)
        return PackDiff(from: try OfficialPack(folder: old.path), to: try OfficialPack(folder: new.path))
    }

    private static let ihe = "schematrons/profils/IHE.sch"

    @Test("A pack is like itself, and like one that differs in comments")
    func same() throws {
        let itself = try diff([:])
        #expect(itself.isEmpty && itself.sameSchemas == 7)
        let text = try #require(TestKit.files[Self.ihe])
        let commented = try diff([Self.ihe: text + "<!-- new -->"])
        #expect(commented.isEmpty && commented.sameSchemas == 7)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rule: String
        let counts: [Int]
        var members: [String] = []
    }

    @Test(
        "Asserts that came, went and changed are told by stable id",
        arguments: [
            Case(
                testDescription: "one more",
                rule: TestKit.rule("cda:ClinicalDocument", "cda:title", "Un titre est requis")
                    + TestKit.rule("cda:title", "text()", "Un texte"), counts: [1, 0, 0]),
            Case(testDescription: "none", rule: "<pattern/>", counts: [0, 1, 0]),
            Case(testDescription: "another", rule: TestKit.rule("cda:title", "@x", "Autre"), counts: [1, 1, 0]),
            Case(
                testDescription: "another test",
                rule: TestKit.rule("cda:ClinicalDocument", "count(cda:title) = 1", "Un titre est requis"),
                counts: [0, 0, 1], members: ["test"]),
            Case(
                testDescription: "another context", rule: TestKit.rule("/*", "cda:title", "Un titre est requis"),
                counts: [0, 0, 1], members: ["context"]),
            Case(
                testDescription: "another weight and text",
                rule: TestKit.rule("cda:ClinicalDocument", "cda:title", "Titre", "role='warning'"), counts: [0, 0, 1],
                members: ["message", "role"]),
        ])
    func asserts(_ row: Case) throws {
        let found = try diff([Self.ihe: TestKit.schema(row.rule)])
        let schema = try #require(found.schemas.first)
        #expect(found.schemas.count == 1 && schema.schema == Self.ihe && schema.state == .changed)
        #expect([schema.came.count, schema.went.count, schema.changed.count] == row.counts)
        #expect(schema.changed.first?.members ?? [] == row.members)
    }

    @Test("Schemas and value sets that came and went are told, in words")
    func files() throws {
        let found = try diff([
            "schematrons/CI-SIS_XX-CR_2022.01.sch": nil,
            "schematrons/CI-SIS_YY_2025.01.sch": TestKit.schema(TestKit.rule("cda:title", "text()", "Un texte")),
            "jeuxDeValeurs/JDV_Un.xml": TestKit.valueSet("b"), "jeuxDeValeurs/JDV_Deux.xml": TestKit.valueSet("a"),
        ])
        #expect(found.schemas.map(\.state) == [.went, .came])
        #expect(found.valueSets.came == ["jeuxDeValeurs/JDV_Deux.xml"])
        #expect(found.valueSets.changed == ["jeuxDeValeurs/JDV_Un.xml"] && found.valueSets.went.isEmpty)
        #expect(
            found.lines(.fr) == [
                "schematrons/CI-SIS_XX-CR_2022.01.sch: schéma retiré (+0 -1 ~0)",
                "schematrons/CI-SIS_YY_2025.01.sch: nouveau schéma (+1 -0 ~0)", "+ jeuxDeValeurs/JDV_Deux.xml",
                "~ jeuxDeValeurs/JDV_Un.xml",
                "6 schémas identiques, 2 différents ; jeux de valeurs : +1 -0 ~1",
            ])
    }

    @Test("A schema that does not compile is told and ends nothing")
    func broken() throws {
        let found = try diff([Self.ihe: TestKit.schema(TestKit.rule("cda:a", "((", "A"))])
        #expect(found.failures.map(\.schema) == [Self.ihe] && !found.isEmpty && found.sameSchemas == 6)
    }

    @Test("Verdicts that differ are told by layer")
    func verdicts() throws {
        let old = try TestFolder(TestKit.files)
        var files = TestKit.files
        files[Self.ihe] = TestKit.schema(TestKit.rule("cda:ClinicalDocument", "cda:code", "Un code"))
        let new = try TestFolder(files)
        let bytes = TestKit.document(templates: [(TestKit.arc + "900", "2024.01")])
        let judgements = try [old, new].map { CDAJudge(try OfficialPack(folder: $0.path)).judge(bytes) }
        #expect(
            VerdictChange.between(judgements[0], judgements[1]) == [
                VerdictChange(layer: "*", old: .pass, new: .fail),
                VerdictChange(layer: "schematron:profils/IHE", old: .pass, new: .fail),
            ])
        #expect(VerdictChange.between(judgements[0], judgements[0]).isEmpty)
    }
}
