import Foundation
import Schematron
import TestSupport
import Testing
import XML

/// The official schemas judged by the reference, line by line (corpora/oracle/README.md).
@Suite("The oracle", .enabled(if: Corpora.has("oracle"), Comment(rawValue: Corpora.absence)))
struct OracleTests {
    @Test(
        "The verdict of each official schema is the reference's",
        arguments: ["examples", "mutants", "mutants-multi", "case-insensitive"])
    func equals(_ name: String) throws {
        let comparison = try OracleComparison(name)
        let counts = try comparison.run()
        print(counts.summary(name))
        #expect(counts.total > 0)
        #expect(counts.differences.isEmpty)
    }

    @Test("In strict mode the schema that lacks a file stops as the reference does")
    func strict() throws {
        let comparison = try OracleComparison("examples-strict-strucmin", overlays: [], isStrict: true)
        let counts = try comparison.run()
        print(counts.summary("strict"))
        #expect(counts.total > 0)
        #expect(counts.differences.isEmpty)
    }

    @Test("The kit's report is written as the reference writes it")
    func report() throws {
        let library = SchemaLibrary(root: Corpora.url("ans-kit/schematrons").path)
        let schema = try BoundSchema(reading: "CI-SIS_OBP-SAP_2024.01.sch", in: library)
        let document = try Document(parsing: Corpora.bytes("ans-kit/ExemplesCDA/OBP-SAP_2024.01.xml"))
        let bytes = SVRLWriter.bytes(Validator(schema).validate(document), flavour: .kit, documentName: "d")
        let sample = try Corpora.bytes("oracle/svrl-samples/OBP-SAP.CI-SIS_OBP-SAP_2024.01.svrl")
        #expect(try lines(bytes) == lines(sample))
    }

    /// Elements with what they say, without the document's place and date.
    private func lines(_ bytes: [UInt8]) throws -> [String] {
        let root = try Document(parsing: bytes).documentElement
        return ([root] + root.descendants).filter { $0.kind == .element }.map { element in
            let attributes = element.attributes.filter { !["document", "dateHeure"].contains($0.localName) }
            let text = element.localName == "text" ? element.stringValue.split(whereSeparator: \.isWhitespace) : []
            return ([element.localName] + attributes.map { "\($0.localName)=\($0.stringValue)" }.sorted())
                .joined(separator: " ") + " " + text.joined(separator: " ")
        }
    }
}
