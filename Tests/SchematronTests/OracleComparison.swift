import Foundation
import Schematron
import TestSupport
import XML

/// Runs the schemas over the documents of one file of the oracle and compares.
struct OracleComparison {
    struct Line: Decodable {
        let doc: String
        let sch: String
        let phase: String?
        let patterns: Int?
        let firedRules: Int?
        let firedSha1: String?
        let asserts: Int?
        let reports: Int?
        let results: [Result]?
        let error: String?
    }

    struct Result: Decodable, Equatable {
        let k: String
        let pi: Int
        let p: String?
        let c: String
        let t: String
        let l: String
        let r: String?
        let x: String

        /// The members that differ.
        func difference(_ other: Result) -> String {
            let mine = [k, String(pi), p ?? "-", c, t, l, r ?? "-", x]
            let theirs = [
                other.k, String(other.pi), other.p ?? "-", other.c, other.t, other.l, other.r ?? "-", other.x,
            ]
            return zip(mine, theirs).filter { $0 != $1 }.map { "\n    \($0)\n    not \($1)" }.joined()
        }
    }

    struct Counts {
        var total = 0
        var equal: [String: Int] = [:]
        var totals: [String: Int] = [:]
        var differences: [String] = []
        var seconds: [String: Double] = [:]

        func summary(_ name: String) -> String {
            var text =
                "\(name): \(total - differences.count) of \(total) equal, judged in \(seconds.values.reduce(0, +)) s\n"
            for schema in totals.keys.sorted() where equal[schema] != totals[schema] || schema.hasPrefix("profils") {
                let milliseconds = 1000 * (seconds[schema] ?? 0) / Double(totals[schema] ?? 1)
                text += "  \(schema): \(equal[schema] ?? 0) of \(totals[schema] ?? 0), \(milliseconds) ms each\n"
            }
            for difference in differences.prefix(20) { text += "  \(difference)\n" }
            return text
        }
    }

    private struct Mutant: Decodable {
        let id: String
        let base: String
        let edits: [Edit]
        let sha256: String
    }

    private struct Edit: Decodable {
        let offset: Int
        let count: Int
        let text: String

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            offset = try container.decode(Int.self)
            count = try container.decode(Int.self)
            text = try container.decode(String.self)
        }
    }

    /// A build without optimization takes a sample; a release build (`swift test -c release`) all lines.
    private static var stride: Int {
        #if DEBUG
            13
        #else
            1
        #endif
    }

    private let lines: [Line]
    private let mutants: [String: Mutant]
    private let library: SchemaLibrary
    private let isStrict: Bool

    init(_ name: String, overlays: [String] = ["oracle/patch"], isStrict: Bool = false) throws {
        let path = Corpora.url("oracle/\(name).jsonl.gz").path
        lines = try Self.decode(Self.output(["gzip", "-dc", path]))
        var mutants: [String: Mutant] = [:]
        for file in ["mutant-edits", "mutant-multi-edits"] {
            let all: [Mutant] = try Self.decode(Data(Corpora.bytes("oracle/\(file).jsonl")))
            for mutant in all { mutants[mutant.id] = mutant }
        }
        self.mutants = mutants
        library = SchemaLibrary(
            root: Corpora.url("ans-kit/schematrons").path, overlays: overlays.map { Corpora.url($0).path },
            ignoresIncludeCase: name == "case-insensitive")
        self.isStrict = isStrict
    }

    private static func decode<Value: Decodable>(_ data: Data) throws -> [Value] {
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A).map { try decoder.decode(Value.self, from: $0) }
    }

    private static func output(_ command: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.find(command[0]) ?? command[0])
        process.arguments = Array(command.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }

    func run() throws -> Counts {
        var counts = Counts()
        var schemas: [String: BoundSchema] = [:]
        var document: Document?
        let clock = ContinuousClock()
        for line in lines.enumerated().filter({ $0.offset % Self.stride == 0 }).map(\.element) {
            if schemas[line.sch] == nil { schemas[line.sch] = try BoundSchema(reading: line.sch + ".sch", in: library) }
            if document?.name != line.doc { document = try Document(parsing: bytes(line.doc), name: line.doc) }
            guard let schema = schemas[line.sch], let document else { continue }
            var report: ValidationReport?
            let elapsed = clock.measure { report = Validator(schema, isStrict: isStrict).validate(document) }
            counts.seconds[line.sch, default: 0] += elapsed / .seconds(1)
            guard let report else { continue }
            counts.total += 1
            counts.totals[line.sch, default: 0] += 1
            if let difference = try difference(line, report) {
                counts.differences.append("\(line.doc) × \(line.sch): \(difference)")
            } else {
                counts.equal[line.sch, default: 0] += 1
            }
        }
        return counts
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        guard let mutant = mutants[name] else { return try Corpora.bytes("ans-kit/ExemplesCDA/\(name).xml") }
        var bytes = try Corpora.bytes("ans-kit/ExemplesCDA/\(mutant.base).xml")
        for edit in mutant.edits.reversed() {
            bytes.replaceSubrange(edit.offset..<edit.offset + edit.count, with: edit.text.utf8)
        }
        return bytes
    }

    private func difference(_ line: Line, _ report: ValidationReport) throws -> String? {
        let json = JSONLinesWriter.line(report, document: line.doc)
        let ours = try JSONDecoder().decode(Line.self, from: Data(json.utf8))
        if let error = line.error {
            // The first word is the code; what follows is in the reference's words.
            return ours.error?.prefix(8) == error.prefix(8) ? nil : "error \(ours.error ?? "none"), not \(error)"
        }
        if let error = ours.error { return "error \(error)" }
        if let item = report.indeterminate.first { return "indeterminate: \(item.code) \(item.message)" }
        if ours.phase != line.phase { return "phase \(ours.phase ?? "none"), not \(line.phase ?? "none")" }
        if ours.patterns != line.patterns { return "patterns \(ours.patterns ?? -1), not \(line.patterns ?? -1)" }
        if ours.firedRules != line.firedRules {
            return "fired rules \(ours.firedRules ?? -1), not \(line.firedRules ?? -1)"
        }
        if ours.firedSha1 != line.firedSha1 { return "other rules fired" }
        let (left, right) = (ours.results ?? [], line.results ?? [])
        for (mine, theirs) in zip(left, right) where mine != theirs { return mine.difference(theirs) }
        if left.count != right.count {
            let extra = left.count > right.count ? left[right.count] : right[left.count]
            return "\(left.count) results, not \(right.count); \(extra)"
        }
        return ours.asserts == line.asserts && ours.reports == line.reports ? nil : "counts differ"
    }
}
