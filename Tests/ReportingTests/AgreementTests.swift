import Conformance
import Foundation
import Reporting
import Testing
import XML

/// All reports of one record say the same numbers, read back from their bytes.
@Suite struct AgreementTests {
    /// The counts of a JUnit report, from its cases and from its attributes.
    struct JUnit: Equatable {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0

        init(attributesOf node: Node) {
            func number(_ name: String) -> Int { Int(node.attribute(name) ?? "") ?? -1 }
            tests = number("tests")
            failures = number("failures")
            errors = number("errors")
            skipped = number("skipped")
        }

        init(casesOf node: Node) {
            for item in node.descendants("testcase", in: "") {
                tests += 1
                if item.first("failure", in: "") != nil { failures += 1 }
                if item.first("error", in: "") != nil { errors += 1 }
                if item.first("skipped", in: "") != nil { skipped += 1 }
            }
        }

        init(_ summary: RunSummary) {
            tests = summary.checks.total
            failures = summary.outcomes[.failure] ?? 0
            errors = summary.outcomes[.error] ?? 0
            skipped = summary.outcomes[.skipped] ?? 0
        }
    }

    static let schema: Schema? = {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try? Schema(contentsOfFile: root.appendingPathComponent("Reports/Schemas/junit.xsd").path)
    }()

    @Test("JUnit, page and record agree on random hostile trees, and JUnit obeys its schema", arguments: 0..<8)
    func agreement(_ seed: Int) throws {
        let schema = try #require(Self.schema)
        var records = RandomRecord(seed: UInt64(seed))
        for _ in 0..<40 {
            let record = records.next()
            let summary = RunSummary(of: record)
            let junit = try Document(parsing: JUnitReporter.write(record))
            let violations = schema.validate(junit)
            #expect(violations.isEmpty, "\(violations.prefix(3))")
            let root = junit.documentElement
            #expect(JUnit(attributesOf: root) == JUnit(casesOf: root))
            #expect(JUnit(casesOf: root) == JUnit(summary))
            for suite in root.elements { #expect(JUnit(attributesOf: suite) == JUnit(casesOf: suite)) }

            let page = try Page(record)
            #expect(page.verdicts("check") == Self.withoutTotal(page.counts("checks")))
            #expect(page.verdicts("scenario") == Self.withoutTotal(page.counts("scenarios")))
            #expect(page.verdicts("requirement") == Self.withoutTotal(page.counts("requirements")))
            #expect(page.counts("checks")["total"] ?? 0 == summary.checks.total)
            #expect(page.counts("checks")["fail"] ?? 0 == JUnit(casesOf: root).failures)
            // From the record alone: each check once, and a stand-in where there is none.
            let checks = record.scenarios.flatMap(\.steps).flatMap(\.checks)
            #expect(page.verdicts("check")["fail"] ?? 0 >= checks.count { $0.verdict == .fail })
            #expect(page.counts("scenarios")["total"] ?? 0 == record.scenarios.count)
        }
    }

    /// What a reader of `run.json` counts: each check, a step that holds none, a scenario that holds no step.
    private static func countsOfFile(_ record: RunRecord) throws -> [String: Int] {
        let data = Data(try RunRecordFile.encode(record))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        func members(_ node: [String: Any], _ name: String) -> [[String: Any]] {
            let list = node[name] as? [[String: Any]] ?? []
            return list.isEmpty && name != "scenarios" ? [node] : list
        }
        return members(root, "scenarios").flatMap { members($0, "steps") }.flatMap { members($0, "checks") }
            .reduce(into: [:]) { $0[$1["verdict"] as? String ?? "", default: 0] += 1 }
    }

    @Test("The file of the record gives the counts of the page and of JUnit", arguments: 0..<4)
    func file(_ seed: Int) throws {
        var records = RandomRecord(seed: 3000 + UInt64(seed), hasExtremeTimes: false)
        for _ in 0..<40 {
            let record = records.next()
            var shown = try Page(record).verdicts("check")
            // The point that speaks for the run is in no list of the file.
            if let own = CheckPoint.all(of: record).last, own.scenario == nil {
                let count = shown[own.check.verdict.rawValue] ?? 0
                shown[own.check.verdict.rawValue] = count > 1 ? count - 1 : nil
            }
            let counted = try Self.countsOfFile(record)
            #expect(shown == counted)
            let junit = try Document(parsing: JUnitReporter.write(record)).documentElement
            #expect(JUnit(casesOf: junit).failures == counted["fail"] ?? 0)
        }
    }

    private static func withoutTotal(_ counts: [String: Int]) -> [String: Int] { counts.filter { $0.key != "total" } }

    @Test("No report is greener than the exit code, and none is redder", arguments: 0..<4)
    func exitCode(_ seed: Int) {
        var records = RandomRecord(seed: 1000 + UInt64(seed))
        var seen: Set<Int32> = []
        for _ in 0..<300 {
            let record = records.next()
            let outcomes = RunSummary(of: record).outcomes
            let failures = outcomes[.failure] ?? 0
            let errors = outcomes[.error] ?? 0
            seen.insert(record.exitCode)
            switch record.exitCode {
            case 0: #expect(failures == 0 && errors == 0)
            case 1: #expect(failures > 0)
            default: #expect(failures == 0 && errors > 0)
            }
        }
        #expect(seen.isSuperset(of: [1, 2]))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let verdict: Verdict
        let isRequired: Bool
        let element: String?
        var testDescription: String { "\(verdict) required: \(isRequired)" }
    }

    @Test(
        "Each verdict becomes its own JUnit result",
        arguments: [
            Case(verdict: .pass, isRequired: true, element: nil),
            Case(verdict: .fail, isRequired: true, element: "failure"),
            Case(verdict: .fail, isRequired: false, element: "failure"),
            Case(verdict: .error, isRequired: true, element: "error"),
            Case(verdict: .inconclusive, isRequired: true, element: "error"),
            Case(verdict: .notRun, isRequired: true, element: "error"),
            Case(verdict: .notRun, isRequired: false, element: "skipped"),
            Case(verdict: .skipped, isRequired: true, element: "skipped"),
            Case(verdict: .notApplicable, isRequired: true, element: "skipped"),
        ])
    func results(_ item: Case) throws {
        let judged = Sample.check("x", "xds", 3, "x", "x", ["R-1"], item.verdict, isRequired: item.isRequired)
        let passed = Sample.check("y", "xds", 4, "y", "y", [], .pass)
        let record = Sample.record(
            scenarios: [passed, judged].map { check in
                Sample.scenario(check.id, "s", "s", [Sample.step("a", "a", "a", [passed, check])])
            })
        let cases = try Document(parsing: JUnitReporter.write(record)).root.descendants("testcase", in: "")
        #expect(cases.count == 4)
        let results = cases[3].elements.map(\.localName).filter { $0 != "properties" && $0 != "system-out" }
        #expect(results == [item.element].compactMap { $0 })
    }

    @Test("A run that judged nothing is an error in JUnit and says so in the page")
    func nothing() throws {
        let record = Sample.record(scenarios: [])
        let junit = try Document(parsing: JUnitReporter.write(record)).documentElement
        #expect(JUnit(casesOf: junit) == JUnit(attributesOf: junit))
        #expect(junit.attribute("errors") == "1")
        let page = try Page(record)
        #expect(page.text.contains("Jugement impossible"))
        #expect(page.section("undecided")?.contains("Aucun scénario n'a été rejoué.") ?? false)
        var cut = Sample.record(scenarios: [
            Sample.scenario(
                "s", "s", "s",
                [
                    Sample.step(
                        "a", "a", "a",
                        [
                            Sample.check("y", "xds", 4, "y", "y", [], .pass)
                        ])
                ])
        ])
        #expect(RunSummary(of: cut).outcomes == [.passed: 1])
        cut.isInterrupted = true
        #expect(RunSummary(of: cut).outcomes == [.passed: 1, .error: 1])
        #expect(try Page(cut).text.contains("Le rejeu a été interrompu"))
    }
}
