import Conformance
import Foundation
import TestSupport
import Testing
import XML

@testable import Packs

/// What the reference says of the official examples (corpora/oracle/README.md), layer by layer.
@Suite(
    "The oracle, by a pack", .enabled(if: Corpora.has("oracle"), Comment(rawValue: Corpora.absence)),
    .enabled(if: Corpora.has("ans-kit"), Comment(rawValue: Corpora.absence)))
struct OracleLayersTests {
    private struct Line: Decodable {
        struct Result: Decodable { let x: String }

        let doc: String
        let sch: String
        let firedRules: Int
        let results: [Result]
    }

    private struct Key: Hashable {
        let document: String
        let layer: String
    }

    /// The lines of the kit as it works on its own platform: includes whose letter case differs are found.
    private static func lines() throws -> [Key: Line] {
        var lines: [Key: Line] = [:]
        for name in ["examples", "case-insensitive"] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Tool.find("gzip") ?? "/bin/gzip")
            process.arguments = ["-dc", Corpora.url("oracle/\(name).jsonl.gz").path]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            for text in data.split(separator: 0x0A) {
                let line = try JSONDecoder().decode(Line.self, from: text)
                lines[Key(document: line.doc, layer: "schematron:" + line.sch)] = line
            }
        }
        return lines
    }

    @Test("Each layer of each example fires the rules and says the sentences of the reference")
    func layers() throws {
        let lines = try Self.lines()
        let pack = try OfficialPack(
            folder: Corpora.url("ans-kit").path, overlay: Corpora.url("oracle/patch").path)
        let judge = CDAJudge(pack)
        var compared = 0
        var alone: [String] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: Corpora.url("ans-kit/ExemplesCDA").path) {
            let judgement = judge.judge(try Corpora.bytes("ans-kit/ExemplesCDA/\(file)"), name: file, jobs: 2)
            for layer in judgement.layers where layer.firedRules != nil {
                guard let line = lines[Key(document: String(file.dropLast(4)), layer: layer.layer)] else {
                    alone.append(layer.layer)
                    continue
                }
                compared += 1
                #expect(layer.firedRules == line.firedRules, "\(file) \(layer.layer)")
                let said = layer.findings.filter { $0.check != "pack-defect" }.map(\.message.fr)
                #expect(said == line.results.map(\.x), "\(file) \(layer.layer)")
            }
        }
        #expect(compared == 398)
        // The catalogue of content models declares the template of VSM, which the reference was not asked for.
        #expect(alone == ["schematron:CI-SIS_VSM_2023.01"])
    }
}
