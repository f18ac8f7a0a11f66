import Foundation
import Schematron
import XML

/// A folder of invented schema files that lives as long as the value.
final class SchemaFolder {
    let url: URL
    var path: String { url.path }

    init(_ files: [String: String]) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-schemas-\(UUID().uuidString)")
        for (name, text) in files {
            let file = url.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// The text of a schema around its patterns.
func schemaText(_ body: String, attributes: String = "queryBinding=\"xslt2\"") -> String {
    """
    <schema xmlns="http://purl.oclc.org/dsdl/schematron" \(attributes)>
      <ns prefix="h" uri="urn:test"/>
      \(body)
    </schema>
    """
}

/// Judges a document by a schema made of `body`.
func judge(
    _ body: String, on document: String, attributes: String = "queryBinding=\"xslt2\"", files: [String: String] = [:],
    phase: String? = nil, isStrict: Bool = false, ignoresIncludeCase: Bool = false
) throws -> ValidationReport {
    var all = files
    all["main.sch"] = schemaText(body, attributes: attributes)
    let folder = try SchemaFolder(all)
    let library = SchemaLibrary(root: folder.path, ignoresIncludeCase: ignoresIncludeCase)
    let schema = try BoundSchema(reading: "main.sch", phase: phase, in: library)
    return Validator(schema, isStrict: isStrict).validate(try Document(parsing: Array(document.utf8), name: "document"))
}

extension ValidationReport {
    /// The messages of all outcomes.
    var texts: [String] { outcomes.map(\.text) }
    /// What fired, as `pattern/rule at line`-less pairs: the index of the pattern and the context.
    var fired: [String] { firings.map { "\($0.pattern) \(schema.rules[Int($0.rule)].rule.context)" } }
    /// The codes of what could not be judged.
    var codes: [String] { indeterminate.map(\.code) }
}
