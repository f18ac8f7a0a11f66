import Schematron
import Testing
import XML

/// A judgement ends, whatever the schema asks.
@Suite("The limits of a judgement")
struct LimitTests {
    private static let endless =
        "every $a in //* satisfies every $b in //* satisfies every $c in //* satisfies not($a = 'no')"

    private func judged(
        _ asserts: [String], count: Int = 300, isStrict: Bool = false, _ change: (inout ValidationLimits) -> Void
    ) throws -> ValidationReport {
        let rules = asserts.map { "<assert test=\"\($0)\">failed</assert>" }.joined()
        let folder = try SchemaFolder([
            "main.sch": schemaText("<pattern><rule context='h:a'>\(rules)</rule></pattern>")
        ])
        let schema = try BoundSchema(reading: "main.sch", in: SchemaLibrary(root: folder.path))
        let document = "<a xmlns='urn:test'>" + String(repeating: "<b/>", count: count) + "</a>"
        var limits = ValidationLimits()
        change(&limits)
        let validator = Validator(schema, isStrict: isStrict, limits: limits)
        return validator.validate(try Document(parsing: Array(document.utf8), name: "document"))
    }

    @Test("An assert that takes too many steps is indeterminate, and the rest goes on")
    func perExpression() throws {
        let report = try judged([Self.endless, "h:c", "true()"]) { $0.stepsPerExpression = 100_000 }
        #expect(report.codes == ["XPDY0130"])
        #expect(report.texts == ["failed"])
        #expect(report.verdict == .fail)
        let message = try #require(report.indeterminate.first?.message)
        #expect(message.contains("100000 steps"))
        #expect(message.contains("--max-steps"))
        #expect(report.indeterminate.first?.check == 0)
    }

    @Test("The default limits let it through where it is short")
    func passes() throws {
        let report = try judged([Self.endless, "true()"], count: 20) { _ in }
        #expect(report.codes == [])
        #expect(report.verdict == .pass)
        #expect(report.steps > 20 * 20 * 20)
    }

    @Test("Where all steps of a schema are spent, what is left is said to be not judged")
    func perSchema() throws {
        let rule =
            "<pattern><rule context='h:b'><assert test='count(../h:b[not(@x)]) = 300'>x</assert></rule></pattern>"
        let folder = try SchemaFolder(["main.sch": schemaText(rule)])
        let schema = try BoundSchema(reading: "main.sch", in: SchemaLibrary(root: folder.path))
        let document = "<a xmlns='urn:test'>" + String(repeating: "<b/>", count: 300) + "</a>"
        var limits = ValidationLimits()
        limits.stepsPerSchema = 20_000
        let validator = Validator(schema, limits: limits)
        let report = validator.validate(try Document(parsing: Array(document.utf8), name: "document"))
        #expect(report.verdict != .pass)
        #expect(report.codes.allSatisfy { $0 == "XPDY0130" })
        let last = try #require(report.indeterminate.last)
        #expect(last.message.contains("were not judged"))
        #expect(last.message.contains("20000 steps"))
        // The same again: steps are no matter of the machine.
        let again = validator.validate(try Document(parsing: Array(document.utf8), name: "document"))
        #expect(again.steps == report.steps)
        #expect(again.outcomes.count == report.outcomes.count)
    }

    @Test("A schema after one that spent its steps has its own")
    func restarts() throws {
        let folder = try SchemaFolder([
            "long.sch": schemaText(
                "<pattern><rule context='h:a'><assert test='\(Self.endless.replacing("'", with: "&quot;"))'>x</assert><assert test='true()'>y</assert></rule><rule context='h:b'><assert test='h:c'>z</assert></rule></pattern>"
            ),
            "short.sch": schemaText(
                "<pattern><rule context='h:a'><assert test='count(h:b) = 300'>x</assert></rule></pattern>"),
        ])
        let library = SchemaLibrary(root: folder.path)
        let schemas = [
            try BoundSchema(reading: "long.sch", in: library), try BoundSchema(reading: "short.sch", in: library),
        ]
        let document = "<a xmlns='urn:test'>" + String(repeating: "<b/>", count: 300) + "</a>"
        var limits = ValidationLimits()
        limits.stepsPerSchema = 50_000
        let reports = Validator.validate(
            try Document(parsing: Array(document.utf8), name: "document"), by: schemas, limits: limits)
        #expect(reports[0].verdict == .inconclusive)
        #expect(reports[1].verdict == .pass)
    }

    @Test("A judgement that has no time left says so")
    func time() throws {
        let report = try judged([Self.endless, Self.endless]) { $0.time = .zero }
        #expect(report.verdict == .inconclusive)
        #expect(report.indeterminate.first?.message.contains("time") == true)
        #expect(report.indeterminate.first?.message.contains("--timeout") == true)
    }

    @Test("In strict mode a limit ends the run")
    func strict() throws {
        let report = try judged([Self.endless], isStrict: true) { $0.stepsPerExpression = 100_000 }
        #expect(report.verdict == .error)
    }
}
