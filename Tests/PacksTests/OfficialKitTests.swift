import Conformance
import Foundation
import TestSupport
import Testing
import XML

@testable import Packs

/// The official kit as published (corpora/ans-kit), judged whole.
@Suite("The official kit", .enabled(if: Corpora.has("ans-kit"), Comment(rawValue: Corpora.absence)))
struct OfficialKitTests {
    private static let published = Result { CDAJudge(try OfficialPack(folder: Corpora.url("ans-kit").path)) }
    private static let mended = Result {
        CDAJudge(
            try OfficialPack(folder: Corpora.url("ans-kit").path, overlay: Corpora.url("oracle/patch").path))
    }
    private static let report = "ans-kit/ExemplesCDA/IMG_CR_IMG_2024.01.xml"
    private static let strucMin = "schematron:profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin"

    private func judge(_ bytes: [UInt8], _ judge: Result<CDAJudge, any Error>) throws -> PackJudgement {
        try judge.get().judge(bytes, name: "IMG_CR_IMG_2024.01.xml", jobs: 2)
    }

    @Test(
        "The volet of each example is that of the census",
        .enabled(if: Corpora.has("../facts/census/doc2volet.tsv"), Comment(rawValue: Corpora.absence)))
    func volets() throws {
        let pack = try Self.published.get().pack
        #expect(pack.volets.count == 59 && pack.missingSchemas.isEmpty)
        let table = try String(
            contentsOf: Corpora.url("../facts/census/doc2volet.tsv").standardizedFileURL, encoding: .utf8)
        var judged = 0
        for row in table.split(separator: "\n").dropFirst().map({ $0.split(separator: "\t").map(String.init) }) {
            let path = "ans-kit/ExemplesCDA/\(row[0]).xml"
            guard Corpora.has(path) else { continue }
            judged += 1
            let choice = pack.volet(for: try Document(parsing: try Corpora.bytes(path), name: row[0] + ".xml"))
            switch choice {
            case .volet(let volet, _):
                // The catalogue of content models declares the template of VSM, which the census leaves aside.
                let expected = row[0].hasPrefix("01_") ? "CI-SIS_VSM_2023.01" : row[3]
                #expect(volet.schema == "schematrons/\(expected).sch", "\(row[0])")
            case .levelOne: #expect(row[4] == "N1", "\(row[0])")
            case .undeclared, .absent, .notDocument: Issue.record("\(row[0]): \(choice)")
            }
        }
        #expect(judged == 67)
    }

    @Test("As published, the imaging report has a verdict, and the file that StrucMin lacks is said once")
    func asPublished() throws {
        let judgement = try judge(Corpora.bytes(Self.report), Self.published)
        #expect(judgement.layers.count == 8 && judgement.verdict == .pass)
        #expect(judgement.layers.dropFirst().allSatisfy { $0.verdict == .pass || $0.verdict == .notApplicable })
        let defects = judgement.layers.flatMap(\.findings).filter { $0.message.fr.contains("DYNAMIC.xml") }
        #expect(defects.count == 1 && defects.first?.check == "pack-defect" && defects.first?.severity == .warning)
        // The other defect is an include whose letter case differs.
        #expect(judgement.layers.flatMap(\.findings).map(\.severity) == [.information, .warning])
        let layer = try #require(judgement.layers.first { $0.layer == Self.strucMin })
        #expect(layer.findings.map(\.check) == ["pack-defect"])
    }

    @Test("With the missing file laid over it, nothing is left to say", .enabled(if: Corpora.has("oracle/patch")))
    func withOverlay() throws {
        let judgement = try judge(Corpora.bytes(Self.report), Self.mended)
        #expect(judgement.verdict == .pass)
        let layer = try #require(judgement.layers.first { $0.layer == Self.strucMin })
        #expect(layer.findings.isEmpty && layer.firedRules == 309)
        // The oracle's count for this document: 619 rules.
        #expect(judgement.layers.compactMap(\.firedRules).reduce(0, +) == 619)
    }

    @Test("A wrong document code is shown with its line, path and assert")
    func mutant() throws {
        let text = String(decoding: try Corpora.bytes(Self.report), as: UTF8.self)
        let wrong = text.replacingOccurrences(of: "<code code=\"18748-4\"", with: "<code code=\"18748-5\"")
        #expect(wrong != text)
        let judgement = try judge(Array(wrong.utf8), Self.published)
        #expect(judgement.verdict == .fail)
        let layer = try #require(judgement.layers.first { $0.layer == "schematron:CI-SIS_IMG-CR-IMG_2024.01" })
        let finding = try #require(layer.findings.first { $0.message.fr.contains("18748-4") })
        #expect(layer.verdict == .fail && finding.severity == .violation)
        #expect(finding.check.hasPrefix("assert-"))
        #expect(finding.place?.xpath == "/ClinicalDocument")
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
            $0.hasPrefix("<ClinicalDocument")
        }
        #expect(finding.place?.line == line.map { $0 + 1 })
    }

    @Test("A level 1 report takes the generic schemas only")
    func levelOne() throws {
        let path = "ans-kit/ExemplesCDA/IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml"
        let judgement = try judge(Corpora.bytes(path), Self.published)
        #expect(judgement.layers.last?.layer == "schematron:volet" && judgement.layers.last?.verdict == .notApplicable)
        #expect(judgement.verdict == .pass)
    }

    @Test("Registered, it gives the same verdict and is like its folder")
    func registered() throws {
        let home = try TestFolder()
        let store = PackStore(home: home.path)
        let record = try store.add(Corpora.url("ans-kit").path, overlay: Corpora.url("oracle/patch").path)
        #expect(record.name == "ans-kit" && record.files > 2000 && store.isIntact(record))
        let pack = try store.named(nil)
        #expect(pack.volets == (try Self.published.get().pack.volets))
        let judgement = CDAJudge(pack).judge(try Corpora.bytes(Self.report), name: "IMG_CR_IMG_2024.01.xml")
        #expect(judgement.verdict == .pass && judgement.digest == record.digest)
        #expect(PackDiff(from: try Self.published.get().pack, to: try Self.published.get().pack).isEmpty)
    }
}
