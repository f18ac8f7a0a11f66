import Foundation
import Schematron
import Testing
import XML

/// Schemas and documents made to harm: each ends in a named error or a verdict, within seconds.
@Suite("Hostile schemas and documents")
struct HostileSchemaTests {
    private static func assert(_ test: String, _ context: String = "a") -> String {
        "<pattern><rule context='\(context)'><assert test=\"\(test)\">x</assert></rule></pattern>"
    }

    private static func nested(_ open: String, _ inner: String, _ close: String, _ count: Int) -> String {
        String(repeating: open, count: count) + inner + String(repeating: close, count: count)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var files: [String: String] = [:]
        let code: String

        init(_ description: String, _ body: String, files: [String: String] = [:], _ code: String) {
            testDescription = description
            self.body = body
            self.files = files
            self.code = code
        }
    }

    private static func schema(_ body: String) -> String {
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron'>\(body)</schema>"
    }

    static let refusals: [Refusal] = [
        Refusal("100,000 parentheses", assert(nested("(", "1", ")", 100_000)), "XPDY0130"),
        Refusal("10,000 predicates in a context", assert("1", nested("a[", "1", "]", 10_000)), "XPDY0130"),
        Refusal("an expression of ten megabytes", assert("1" + String(repeating: "+1", count: 5 << 20)), "XPDY0130"),
        Refusal("an include of itself", "<include href='main.sch'/>", "reference"),
        Refusal(
            "two files that include each other", "<include href='x.sch'/>",
            files: ["x.sch": schema("<include href='y.sch'/>"), "y.sch": schema("<include href='x.sch'/>")], "reference"
        ),
        Refusal(
            "a chain of 10,000 includes", "<include href='0.sch'/>",
            files: Dictionary(
                uniqueKeysWithValues: (0..<10_000).map {
                    ("\($0).sch", "<include xmlns='http://purl.oclc.org/dsdl/schematron' href='\($0 + 1).sch'/>")
                }), "too-large"),
        Refusal(
            "a thousand includes of a thousand includes", String(repeating: "<include href='x.sch'/>", count: 1000),
            files: [
                "x.sch": schema(String(repeating: "<include href='y.sch'/>", count: 1000)),
                "y.sch": "<pattern xmlns='http://purl.oclc.org/dsdl/schematron'/>",
            ], "too-large"),
        Refusal(
            "a chain of 10,000 extends",
            "<pattern>"
                + (0..<10_000).map { "<rule abstract='true' id='r\($0)'><extends rule='r\($0 + 1)'/></rule>" }.joined()
                + "<rule context='a'><extends rule='r0'/></rule></pattern>", "too-large"),
        Refusal(
            "extends that double sixty times",
            "<pattern>"
                + (0..<60).map {
                    "<rule abstract='true' id='r\($0)'><extends rule='r\($0 + 1)'/><extends rule='r\($0 + 1)'/></rule>"
                }.joined() + "<rule abstract='true' id='r60'><assert test='1'>x</assert></rule>"
                + "<rule context='a'><extends rule='r0'/></rule></pattern>", "too-large"),
        Refusal(
            "two rules that extend each other",
            """
            <pattern><rule abstract='true' id='x'><extends rule='y'/></rule><rule abstract='true' id='y'>
            <extends rule='x'/></rule><rule context='a'><extends rule='x'/></rule></pattern>
            """, "too-large"),
        Refusal(
            "a parameter that makes an expression of 200 megabytes",
            "<pattern abstract='true' id='p'><rule context='a'><assert test='\(String(repeating: "$p", count: 1000))'>x</assert></rule></pattern>"
                + "<pattern is-a='p'><param name='p' value='\(String(repeating: "1+", count: 100_000))'/></pattern>",
            "XPDY0130"),
    ]

    @Test("Refused with a code", arguments: refusals)
    func refuses(_ item: Refusal) {
        let error = #expect(throws: SchematronError.self) { try judge(item.body, on: "<a/>", files: item.files) }
        #expect(error?.code.rawValue == item.code)
        #expect((error?.message.utf8.count ?? 0) < 2_000)
    }

    struct Indeterminacy: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        let code: String
    }

    private static func doubling(_ join: String, _ use: String) -> String {
        "<let name='v0' value=\"'0123456789'\"/>"
            + (1...40).map { "<let name='v\($0)' value='\(join)($v\($0 - 1), $v\($0 - 1))'/>" }.joined() + assert(use)
    }

    static let indeterminacies: [Indeterminacy] = [
        Indeterminacy(
            testDescription: "concat that doubles forty times", body: doubling("concat", "string-length($v40)"),
            code: "XPDY0130"),
        Indeterminacy(
            testDescription: "a sequence that doubles forty times", body: doubling("", "count($v40)"), code: "XPDY0130"),
        Indeterminacy(
            testDescription: "a join of 1,000,000,000 letters",
            body: assert("string-join(for $i in 1 to 1000000000 return 'x', '')"), code: "XPDY0130"),
        Indeterminacy(
            testDescription: "a range of 1,000,000,000 that is reversed", body: assert("reverse(1 to 1000000000)[1]"),
            code: "XPDY0130"),
        Indeterminacy(
            testDescription: "20,000 variables that need each other",
            body: (0..<20_000).map { "<let name='v\($0)' value='$v\($0 + 1)'/>" }.joined()
                + "<let name='v20000' value='1'/>" + assert("$v0"), code: "XPDY0130"),
        Indeterminacy(
            testDescription: "sixty variables that need each other, each nested 190 deep",
            body: (0..<60).map { "<let name='v\($0)' value='\(nested("not(", "$v\($0 + 1)", ")", 190))'/>" }.joined()
                + "<let name='v60' value='error()'/>" + assert("$v0"), code: "FOER0000"),
        Indeterminacy(
            testDescription: "variables in a circle",
            body: "<let name='x' value='$y'/><let name='y' value='$x'/>" + assert("$x"), code: "XTDE0640"),
        Indeterminacy(
            testDescription: "a back-reference that would explode",
            body: assert("matches(string-join(for $i in 1 to 5000 return 'a', ''), '(a*)*(a*)*\\1b\\2c')"),
            code: "XPDY0130"),
    ]

    @Test("Judged as indeterminate with a code", arguments: indeterminacies)
    func leavesOpen(_ item: Indeterminacy) throws {
        let report = try judge(item.body, on: "<a/>")
        #expect(report.codes == [item.code])
        #expect(report.verdict == .inconclusive)
    }

    @Test("Abstract patterns in a circle bring what they hold, once")
    func abstractCircle() throws {
        let report = try judge(
            """
            <pattern abstract='true' id='p' is-a='q'><rule context='$x'><report test='1'>p</report></rule></pattern>
            <pattern abstract='true' id='q' is-a='p'><rule context='$x'><report test='1'>q</report></rule></pattern>
            <pattern is-a='p'><param name='x' value='a'/></pattern>
            <pattern id='own' is-a='own'><param name='x' value='a'/></pattern>
            """, on: "<a/>")
        #expect(report.texts == ["p"])
    }

    @Test("100,000 outcomes below one element are written in time, each with its place")
    func manyOutcomes() throws {
        let document = "<a>" + String(repeating: "<b/><c/>", count: 100_000) + "</a>"
        let report = try judge("<pattern><rule context='b'><report test='1'>x</report></rule></pattern>", on: document)
        #expect(report.outcomes.count == 100_000)
        let started = ContinuousClock.now
        #expect(TextWriter.text(report, file: "d", language: .english).contains("    /a/b[100000]\n"))
        #expect(JSONLinesWriter.line(report, document: "d").contains(#""l":"/a/b[99999]""#))
        let svrl = String(decoding: SVRLWriter.bytes(report, documentName: "d"), as: UTF8.self)
        #expect(svrl.contains("/*:b[namespace-uri()=''][100000]"))
        #expect(ContinuousClock.now - started < .seconds(60))
    }

    @Test("A place for a reader is as the node itself tells it")
    func places() throws {
        let report = try judge(
            "<pattern><rule context='*'><report test='1'>x</report></rule></pattern>",
            on: "<a xmlns:p='urn:p'><b/><p:b/><b><c/>t<c/></b></a>")
        let text = TextWriter.text(report, file: "d", language: .english)
        for outcome in report.outcomes {
            #expect(text.contains("\n    \(outcome.node.path)\n"), "\(outcome.node.path)")
        }
        #expect(text.contains("    /a/b[2]/c[2]\n"))
    }

    @Test(
        "A document made to harm is refused with a place",
        arguments: [
            "<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;&l;&l;'>]><a>&m;</a>",
            "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<a " + (0..<1_000_000).map { "a\($0)=''" }.joined(separator: " ") + "/>",
            nested("<a>", "", "</a>", 100_000),
        ])
    func document(_ text: String) throws {
        let folder = try SchemaFolder(["main.sch": schemaText(Self.assert("1")), "d.xml": text])
        let runner = try SchematronRunner(schemaFile: folder.path + "/main.sch", options: .init())
        var told: [String] = []
        let status = runner.run([folder.path + "/d.xml"]) {
            if case .failure(let message) = $0 { told.append(message) }
        }
        #expect(status == 2)
        #expect(told.count == 1 && told[0].utf8.count < 500 && !told[0].contains("root:"))
        // The same text as a schema.
        let other = try SchemaFolder(["main.sch": text])
        let error = #expect(throws: SchematronError.self) {
            try SchematronRunner(schemaFile: other.path + "/main.sch", options: .init())
        }
        #expect(error?.code == .malformed)
    }

    @Test("A link that leads out of the pack is not followed, neither by doc() nor by an include")
    func links() throws {
        let secret = try SchemaFolder([
            "s.xml": "<s>secret</s>", "s.sch": "<pattern xmlns='http://purl.oclc.org/dsdl/schematron'/>",
        ])
        let folder = try SchemaFolder([
            "main.sch": schemaText(
                "<include href='out/s.sch'/>"
                    + "<pattern><rule context='a'><report test=\"doc-available('link.xml') or document('out/s.xml')\">there</report></rule></pattern>"
            ),
            "in/s.xml": "<s/>",
        ])
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder.path + "/link.xml", withDestinationPath: secret.path + "/s.xml")
        try manager.createSymbolicLink(atPath: folder.path + "/out", withDestinationPath: secret.path)
        func report() throws -> ValidationReport {
            let schema = try BoundSchema(reading: "main.sch", phase: nil, in: SchemaLibrary(root: folder.path))
            return Validator(schema).validate(try Document(parsing: Array("<a/>".utf8)))
        }
        let outside = try report()
        #expect(outside.texts.isEmpty)
        #expect(outside.schema.notes.map(\.code) == [.missingInclude])
        // One that stays inside is followed.
        try manager.removeItem(atPath: folder.path + "/link.xml")
        try manager.createSymbolicLink(atPath: folder.path + "/link.xml", withDestinationPath: "in/s.xml")
        #expect(try report().texts == ["there"])
    }
}
