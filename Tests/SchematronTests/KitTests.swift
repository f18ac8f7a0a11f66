import Foundation
import Schematron
import TestSupport
import Testing
import XML

/// The official kit as published, with its oddities.
@Suite("The official kit", .enabled(if: Corpora.has("ans-kit/schematrons"), Comment(rawValue: Corpora.absence)))
struct KitTests {
    private static let root = Corpora.root.map { $0.appendingPathComponent("ans-kit/schematrons").path } ?? ""

    private static var schemas: [String] {
        let volets = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return [
            "profils/IHE.sch", "profils/CI-SIS_ModelesDeContenusCDA.sch", "profils/CI-SIS_Modeles_ANS.sch",
            "profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch",
            "profils/terminologies/schematron/terminologie.sch",
        ] + volets.filter { $0.hasSuffix(".sch") }.sorted()
    }

    @Test("All schemas bind, and what is odd in them is told", arguments: [(false, 21), (true, 9)])
    func binds(_ ignoresIncludeCase: Bool, _ missingIncludes: Int) throws {
        let library = SchemaLibrary(root: Self.root, ignoresIncludeCase: ignoresIncludeCase)
        let schemas = try BoundSchema.all(reading: Self.schemas, in: library, jobs: 2)
        #expect(schemas.count == 64)
        #expect(schemas.map(\.name) == Self.schemas.map { String($0.dropLast(4)) })
        var counts: [SchemaNote.Code: Int] = [:]
        for note in schemas.flatMap(\.notes) { counts[note.code, default: 0] += 1 }
        #expect(counts[.missingInclude] == missingIncludes)
        #expect(counts[.caseInsensitiveInclude, default: 0] == 21 - missingIncludes)
        #expect(counts[.shadowedRule] == 3)
        #expect(counts[.missingReference] == nil)
        #expect(counts[.unknownElement] == nil)
    }

    @Test("A schema that is absent among many is told")
    func absent() {
        let library = SchemaLibrary(root: Self.root)
        let error = #expect(throws: SchematronError.self) {
            try BoundSchema.all(reading: ["profils/CI-SIS_Modeles_ANS.sch", "none.sch"], in: library, jobs: 2)
        }
        #expect(error?.code == .unreadable)
    }
}
