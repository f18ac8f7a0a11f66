import Conformance
import Reporting
import Testing
import XML

/// The reports grow as the run does, not faster.
@Suite struct ScaleTests {
    /// One scenario of `count` steps with three checks each: one failed, one not judged, one passed.
    static func record(steps count: Int) -> RunRecord {
        let reason = Sample.both("Aucune réponse n'a été reçue.", "No answer was received.")
        let checks = [
            Sample.check("soap", "soap", 17, "SOAP", "SOAP", ["TF-SOAP-1"], .fail, findings: Sample.failures),
            Sample.check("xsd", "xsd", 18, "XSD", "XSD", ["TF-XSD-1"], .inconclusive, reason: reason),
            Sample.check("status", "http", 16, "Code", "Status", ["R-1"], .pass),
        ]
        let steps = (0..<count).map { Sample.step("step-\($0)", "Étape", "Step", checks, exchange: Sample.exchange) }
        let proofs = (0..<count).map { "s/step-\($0)/soap" }
        return Sample.record(
            scenarios: [Sample.scenario("s", "s", "s", steps)],
            requirements: [Sample.requirement("TF-SOAP-1", "x", "x", .fail, proofs)])
    }

    @Test("Ten times the steps make at most ten times the report, and the page lists each check once")
    func linear() throws {
        let (small, large) = (Self.record(steps: 50), Self.record(steps: 500))
        let console = ConsoleReporter()
        func lines(_ record: RunRecord) -> Int { record.scenarios.flatMap(console.details).count }
        #expect(lines(large) == 10 * lines(small))
        #expect(JUnitReporter.write(large).count < 11 * JUnitReporter.write(small).count)
        let page = try Page(large)
        #expect(page.text.utf8.count < 11 * Sample.page(small).utf8.count)
        #expect(page.verdicts("check") == ["fail": 500, "inconclusive": 500, "pass": 500])
        // The lists at the top are bounded; what they leave out is counted.
        #expect(page.elements.count { $0.localName == "article" } == 400)
        #expect(page.section("failures")?.contains("More findings, in the scenarios: 800") ?? false)
        #expect(page.section("undecided")?.contains("More causes, in the scenarios: 300") ?? false)
    }
}
