import Foundation
import Testing
import TestSupport
import XML

/// What libxml2 and Xerces said of the official examples and of their single-edit mutants.
private struct Verdict: Decodable, Sendable {
    let doc: String
    let valid: Bool
    let libxml2: [String]

    /// The lines that libxml2's errors name.
    var lines: Set<Int> { Set(libxml2.compactMap { Int($0.prefix { $0 != ":" }) }) }
}

private struct Mutant: Decodable {
    let id: String
    let base: String
    let edits: [Edit]

    struct Edit: Decodable {
        let offset: Int
        let length: Int
        let insert: String

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            offset = try values.decode(Int.self)
            length = try values.decode(Int.self)
            insert = try values.decode(String.self)
        }
    }

    func apply(to bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for edit in edits.sorted(by: { $0.offset > $1.offset }) {
            result.replaceSubrange(edit.offset..<edit.offset + edit.length, with: Array(edit.insert.utf8))
        }
        return result
    }
}

@Suite("The official CDA schema")
struct SchemaOracleTests {
    private static let needed = "oracle/xsd.jsonl.gz"

    private static func unzipped(_ path: String) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
        process.arguments = ["-dc", Corpora.url(path).path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }

    private static func lines<Row: Decodable>(_ data: Data, of type: Row.Type) throws -> [Row] {
        try data.split(separator: 0x0A).map { try JSONDecoder().decode(type, from: $0) }
    }

    @Test(
        "It judges every example and mutant as libxml2 and Xerces did, on the same lines",
        .enabled(if: Corpora.has(needed), Comment(rawValue: Corpora.absence)))
    func verdicts() async throws {
        let verdicts = try Self.lines(try Self.unzipped(Self.needed), of: Verdict.self)
        let edits = try Self.lines(Data(try Corpora.bytes("oracle/mutant-edits.jsonl")), of: Mutant.self)
        let mutants = Dictionary(uniqueKeysWithValues: edits.map { ($0.id, $0) })
        let schema = try Schema(
            contentsOfFile: Corpora.url("ans-kit/infrastructure/cda/CDA_extended.xsd").path,
            root: Corpora.url("ans-kit/infrastructure/cda").path)
        #expect(verdicts.count == 667)
        let outcomes = try await withThrowingTaskGroup(of: [String].self) { group in
            let bases = Dictionary(grouping: verdicts) { $0.doc.split(separator: "#").first.map(String.init) ?? "" }
            for (base, rows) in bases {
                group.addTask {
                    let bytes = try Corpora.bytes("ans-kit/ExemplesCDA/\(base).xml")
                    return rows.compactMap { row in
                        Self.difference(row, schema.validate(mutants[row.doc]?.apply(to: bytes) ?? bytes))
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(outcomes == [])
    }

    private static func difference(_ verdict: Verdict, _ violations: [SchemaViolation]) -> String? {
        let lines = Set(violations.map(\.line))
        let isPlaced = violations.allSatisfy { $0.byteOffset != nil && !$0.path.isEmpty && $0.startLine <= $0.line }
        guard violations.isEmpty == verdict.valid, lines == verdict.lines, isPlaced else {
            return "\(verdict.doc): lines \(lines.sorted()), expected \(verdict.lines.sorted()), placed \(isPlaced)"
        }
        return nil
    }
}
