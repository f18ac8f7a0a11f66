import Conformance
import Foundation
import Reporting
import Testing
import XML

@Suite struct JUnitReporterTests {
    private static func cases(_ record: RunRecord, _ options: JUnitReporter.Options = .init()) throws -> [Node] {
        try Document(parsing: JUnitReporter.write(record, options: options)).root.descendants("testcase", in: "")
    }

    private static func single(_ finding: Finding, verdict: Verdict = .fail) -> RunRecord {
        Sample.record(scenarios: [
            Sample.scenario(
                "s", "s", "s",
                [
                    Sample.step(
                        "a", "a", "a", [Sample.check("x", "xds", 3, "x", "x", ["R-1"], verdict, findings: [finding])])
                ])
        ])
    }

    @Test("A failure names requirement, expected, actual, scenario line and place in the evidence")
    func failure() throws {
        let cases = try Self.cases(Sample.run)
        let item = try #require(cases.first { $0.attribute("name") == "[TF-ITI41-1] submit – registry" })
        #expect(item.attribute("classname") == "cisis.partage-documents-imagerie.document-repository.submit-exam")
        #expect(item.attribute("file") == Sample.file)
        #expect(item.attribute("line") == "21")
        let failure = try #require(item.first("failure", in: ""))
        #expect(failure.attribute("type") == "N-PNR-01")
        let message = try #require(failure.attribute("message"))
        for part in [
            "TF-ITI41-1", "attendu …sType:Success", "obtenu …sType:Failure (XDSRepositoryError)",
            "01-submit-exam.yaml:22", "RegistryResponse/@status",
        ] {
            #expect(message.contains(part), "\(message)")
        }
        for part in ["\(Sample.file):22", "ligne 7, colonne 7", "attendu : urn:oasis:names:tc:ebxml-regrep:Resp"] {
            #expect(failure.stringValue.contains(part))
        }
        let output = try #require(item.first("system-out", in: "")).stringValue.split(separator: "\n")
        #expect(output.first == "cisis run --profile dim --seed 42 --misbehave wrong-action")
        #expect(output.contains("[[ATTACHMENT|evidence/\(Sample.digest(2))]]"))
        #expect(output.count <= 20)
    }

    @Test("What could not be judged is an error with its one-line cause, and a warning stays a pass")
    func others() throws {
        let cases = try Self.cases(Sample.run, .init(language: .en))
        let error = try #require(cases.last?.first("error", in: ""))
        #expect(error.attribute("message")?.contains("the name is not resolved") ?? false)
        let warned = try #require(cases.first { $0.attribute("name")?.contains("find – entries") ?? false })
        #expect(warned.elements.map(\.localName) == ["properties", "system-out"])
        #expect(warned.stringValue.contains("warning: TF-ITI18-2: The size is written with a leading zero"))
    }

    @Test("Two checks of one name get names of their own, in every run the same")
    func uniqueNames() throws {
        let check = Sample.check("x", "xds", 3, "x", "x", ["R-1"], .pass)
        let upper = Sample.check("X", "xds", 3, "x", "x", ["R-1"], .pass)
        let step = Sample.step("a", "a", "a", [check, check, upper])
        let record = Sample.record(scenarios: [Sample.scenario("s.1 b", "s", "s", [step])])
        let cases = try Self.cases(record)
        #expect(cases.map { $0.attribute("name") } == ["[R-1] a – x", "[R-1] a – x #2", "[R-1] a – X #3"])
        #expect(cases[0].attribute("classname")?.hasSuffix(".s_1_b") ?? false)
        #expect(JUnitReporter.write(record) == JUnitReporter.write(record))
    }

    struct Hostile: Sendable {
        let text: String
        let written: String
    }

    @Test(
        "What XML can't hold is written as #xNN, the rest comes back as it was",
        arguments: [
            Hostile(text: "a\u{0}b", written: "a#x00b"), Hostile(text: "\u{1B}[31m", written: "#x1B[31m"),
            Hostile(text: "]]>", written: "]]>"), Hostile(text: "<script>&\"'", written: "<script>&\"'"),
            Hostile(text: "\u{FFFE}", written: "#xFFFE"), Hostile(text: "🩻 é", written: "🩻 é"),
        ])
    func hostile(_ item: Hostile) throws {
        let record = Self.single(
            Finding(check: "c", severity: .violation, message: Sample.both("m", "m"), actual: item.text))
        let failure = try #require(try Self.cases(record).first?.first("failure", in: ""))
        #expect(failure.attribute("message")?.contains("obtenu \(item.written) [") ?? false)
        #expect(failure.stringValue.contains("obtenu : \(item.written)\n"))
    }

    @Test("National identifiers are masked unless the person asks to see them")
    func identities() throws {
        let record = Self.single(
            Finding(
                check: "c", severity: .violation, message: Sample.both("m", "m"),
                actual: String(repeating: "y", count: 15) + " " + Sample.identity + String(repeating: " z", count: 80)))
        let masked = String(decoding: JUnitReporter.write(record), as: UTF8.self)
        #expect(!masked.contains(Sample.identity.prefix(6)))
        #expect(masked.contains("4567"))
        let shown = String(
            decoding: JUnitReporter.write(record, options: .init(showsIdentities: true)), as: UTF8.self)
        #expect(shown.contains(Sample.identity))
    }

    @Test("Huge findings and thousands of checks stay within what servers read")
    func bounds() throws {
        let finding = Finding(
            check: "c", severity: .violation, message: Sample.both("m", "m"),
            actual: String(repeating: "<x>", count: 1 << 20))
        var check = Sample.check("x", "xds", 3, "x", "x", ["R-1"], .fail)
        check.findings = Array(repeating: finding, count: 2000)
        let one = Sample.record(scenarios: [Sample.scenario("s", "s", "s", [Sample.step("a", "a", "a", [check])])])
        let bytes = JUnitReporter.write(one)
        #expect(bytes.count < 100_000)

        let passed = Sample.check("x", "xds", 3, "x", "x", ["R-1"], .pass)
        let steps = Array(repeating: Sample.step("a", "a", "a", Array(repeating: passed, count: 100)), count: 100)
        let many = Sample.record(scenarios: [Sample.scenario("s", "s", "s", steps)])
        let lean = JUnitReporter.write(many, options: .init(isLean: true))
        #expect(lean.count < 25_000_000)
        #expect(try Document(parsing: lean).root.descendants("testcase", in: "").count == 10_000)
        #expect(!String(decoding: lean, as: UTF8.self).contains("<property"))
    }

    @Test("The schema refuses what the dialect forbids", arguments: ["count", "two results", "twin", "long", "empty"])
    func schemaRefuses(_ fault: String) throws {
        let schema = try #require(AgreementTests.schema)
        var text = String(decoding: JUnitReporter.write(Sample.run), as: UTF8.self)
        #expect(schema.validate(Array(text.utf8)).isEmpty)
        switch fault {
        case "count": text = text.replacing("tests=\"8\"", with: "tests=\"eight\"")
        case "two results": text = text.replacing("</failure>", with: "</failure><skipped message=\"x\"/>")
        case "twin": text = text.replacing("[TF-XSD-1] submit – xsd", with: "submit – status")
        case "long": text = text.replacing("message=\"", with: "message=\"" + String(repeating: "x", count: 250))
        default: text = "<testsuites name=\"x\" tests=\"0\" failures=\"0\" errors=\"0\" skipped=\"0\"/>"
        }
        #expect(!schema.validate(Array(text.utf8)).isEmpty)
    }
}
