import Conformance
import Foundation
import Reporting
import Testing

/// Judges JSON by the part of JSON Schema that `run-record.schema.json` uses.
struct SchemaJudge {
    let root: [String: Any]

    init() throws {
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appendingPathComponent("Reports/Schemas/run-record.schema.json"))
        root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    func faults(_ bytes: [UInt8]) throws -> [String] {
        faults(try JSONSerialization.jsonObject(with: Data(bytes)), root, "")
    }

    private func faults(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
            let definitions = root["$defs"] as? [String: Any]
            guard let target = definitions?[String(name)] as? [String: Any] else { return ["\(path): no \(name)"] }
            return faults(value, target, path)
        }
        if let constant = schema["const"] as? String {
            return value as? String == constant ? [] : ["\(path): not \(constant)"]
        }
        if let names = schema["enum"] as? [String], !names.contains(value as? String ?? "") {
            return ["\(path): \(value) is none of \(names)"]
        }
        switch schema["type"] as? String {
        case "string": return value is String ? [] : ["\(path): no string"]
        case "boolean": return value is Bool ? [] : ["\(path): no boolean"]
        case "number", "integer": return value is NSNumber ? [] : ["\(path): no number"]
        case "array":
            guard let items = value as? [Any] else { return ["\(path): no array"] }
            let schema = schema["items"] as? [String: Any] ?? [:]
            return items.enumerated().flatMap { faults($1, schema, "\(path)[\($0)]") }
        case "object": return objectFaults(value, schema, path)
        default: return ["\(path): the schema has no type"]
        }
    }

    private func objectFaults(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        guard let members = value as? [String: Any] else { return ["\(path): no object"] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let required = schema["required"] as? [String] ?? []
        var result = required.filter { members[$0] == nil }.map { "\(path): \($0) is missing" }
        for (name, member) in members {
            if let property = properties[name] ?? schema["additionalProperties"] as? [String: Any] {
                result += faults(member, property, "\(path)/\(name)")
            } else {
                result.append("\(path): \(name) is unknown")
            }
        }
        return result
    }
}

@Suite struct RunRecordSchemaTests {
    @Test("The schema of the record describes what is written, whole and without optional members")
    func valid() throws {
        let judge = try SchemaJudge()
        #expect(try judge.faults(RunRecordFile.encode(Sample.run)) == [])
        #expect(try judge.faults(RunRecordFile.encode(Sample.record(scenarios: []))) == [])
        // Every member that the record can have is named: none of the sample's is unknown, and these are in it.
        let text = String(decoding: try RunRecordFile.encode(Sample.run), as: UTF8.self)
        for name in ["firstByte", "advice", "xpath", "reason", "captures", "misbehaviors", "outcomes"] {
            #expect(text.contains("\"\(name)\" :"))
        }
    }

    struct Case: Sendable {
        let from: String
        let to: String
    }

    @Test(
        "The schema refuses another version, an unknown verdict, an unknown member and a missing one",
        arguments: [
            Case(from: "cisis-run/1", to: "cisis-run/2"), Case(from: "\"inconclusive\"", to: "\"maybe\""),
            Case(from: "\"firstByte\"", to: "\"lastByte\""), Case(from: "\"isRequired\"", to: "\"required\""),
            Case(from: "\"duration\" : 3.214", to: "\"duration\" : \"3\""),
        ])
    func refused(_ item: Case) throws {
        let text = String(decoding: try RunRecordFile.encode(Sample.run), as: UTF8.self)
        #expect(text.contains(item.from))
        let changed = text.replacing(item.from, with: item.to, maxReplacements: 1)
        #expect(try SchemaJudge().faults(Array(changed.utf8)).isEmpty == false)
    }
}
