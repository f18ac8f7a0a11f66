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
}
