import Schematron
import Testing
import XML

@Suite("Outcomes")
struct OutcomeTests {
    static let failing =
        "<pattern><rule context='b'><assert test='@n + 1 = 2'>n</assert><assert test='false()'>f</assert></rule></pattern>"

    @Test("An error makes its assert indeterminate and the rest goes on")
    func indeterminate() throws {
        let report = try judge(Self.failing, on: "<a><b n='x'/><b n='1'/></a>")
        #expect(report.codes == ["FORG0001"])
        #expect(report.texts == ["f", "f"])
        #expect(report.indeterminate.first?.isPackDefect == false)
    }

    @Test("In strict mode the first error ends the run")
    func strict() throws {
        let report = try judge(Self.failing, on: "<a><b n='x'/><b n='1'/></a>", isStrict: true)
        #expect(report.error?.hasPrefix("FORG0001 ") == true)
        #expect(report.verdict == .error)
        #expect(try judge(Self.failing, on: "<a><b n='1'/></a>", isStrict: true).error == nil)
    }

    @Test("A file that doc() lacks is a defect of the pack where the expression names it")
    func packDefect() throws {
        let body =
            "<pattern><rule context='a'><assert test=\"doc('none.xml')//x\">x</assert><assert test='doc(@u)'>u</assert></rule></pattern>"
        let report = try judge(body, on: "<a u='other.xml'/>")
        #expect(report.codes == ["FODC0002", "FODC0002"])
        #expect(report.indeterminate.map(\.isPackDefect) == [true, false])
        #expect(report.indeterminate.first?.message.contains("none.xml") == true)
        #expect(report.notes.map(\.code) == [.missingLookup, .missingLookup])
        #expect(report.verdict == .inconclusive)
    }

    @Test("A defect of the pack alone leaves the verdict to the rest; where nothing is left, nothing is proven")
    func packDefectVerdict() throws {
        let defect = "<assert test=\"doc('none.xml')//x\">x</assert>"
        func verdict(_ asserts: String) throws -> ValidationReport.Verdict {
            try judge("<pattern><rule context='a'>\(asserts)</rule></pattern>", on: "<a/>").verdict
        }
        #expect(try verdict(defect + "<assert test='true()'>y</assert>") == .pass)
        #expect(try verdict(defect + "<assert test='false()'>y</assert>") == .fail)
        #expect(try verdict(defect) == .inconclusive)
    }

    @Test(
        "Nothing outside the root is read",
        arguments: ["/etc/passwd", "file:///etc/passwd", "http://localhost/x", "../x"])
    func outside(_ uri: String) throws {
        let body = "<pattern><rule context='a'><report test=\"doc-available('\(uri)')\">there</report></rule></pattern>"
        #expect(try judge(body, on: "<a/>").texts == [])
    }

    @Test("A variable that fails harms only what uses it")
    func laziness() throws {
        let body = """
            <pattern><let name='g' value='xs:integer(//@n)'/><rule context='b'><let name='x' value='xs:integer(@n)'/>
            <report test='true()'>unused</report><assert test='$x'>x</assert><assert test='$g'>g</assert></rule></pattern>
            """
        let report = try judge(body, on: "<a><b n='x'/></a>")
        #expect(report.texts == ["unused"])
        #expect(report.codes == ["FORG0001", "FORG0001"])
    }

    @Test("Variables that need each other are told")
    func circle() throws {
        let body = """
            <pattern><let name='x' value='$y'/><let name='y' value='$x'/>
            <rule context='a'><assert test='$x'>x</assert></rule></pattern>
            """
        #expect(try judge(body, on: "<a/>").codes == ["XTDE0640"])
    }

    @Test("An error in a message leaves the failure as it is")
    func message() throws {
        let body =
            "<pattern><rule context='a'><assert test='false()'>n <value-of select='xs:integer(@n)'/>.</assert></rule></pattern>"
        #expect(try judge(body, on: "<a n='x'/>").texts == ["n [FORG0001]."])
    }

    @Test("Locations are the human path: names as written, a number from the second on")
    func location() throws {
        let body = "<pattern><rule context='h:b'><assert test='false()'>b</assert></rule></pattern>"
        let report = try judge(body, on: "<a xmlns:p='urn:test' xmlns='urn:other'><p:b/><b/><p:b><p:b/></p:b></a>")
        let lines = JSONLinesWriter.line(report, document: "d")
        for expected in [#""l":"/a/p:b""#, #""l":"/a/p:b[2]""#, #""l":"/a/p:b[2]/p:b""#] {
            #expect(lines.contains(expected))
        }
    }

    @Test(
        "Severity comes from role or flag, of the assert before the rule",
        arguments: [
            ("", "", ValidationReport.Severity.error), ("role='warning'", "", .warning),
            ("flag='info'", "", .information),
            ("", "role='warn'", .warning), ("role='error'", "role='warning'", .error), ("role='zork'", "", .error),
        ])
    func severity(_ assertion: String, _ rule: String, _ severity: ValidationReport.Severity) throws {
        let body = "<pattern><rule context='a' \(rule)><assert test='false()' \(assertion)>x</assert></rule></pattern>"
        let report = try judge(body, on: "<a/>")
        #expect(report.outcomes.map(report.severity(of:)) == [severity])
        #expect(report.verdict == (severity == .error ? .fail : .pass))
    }

    @Test("A schema that fires no rule is inconclusive")
    func nothing() throws {
        #expect(try judge("<pattern><rule context='z'/></pattern>", on: "<a/>").verdict == .inconclusive)
    }

    @Test("Diagnostics, properties and the subject go with an outcome")
    func remarks() throws {
        let body = """
            <pattern><rule context='a'><let name='x' value='@n'/>
            <assert test='false()' diagnostics='d' properties='p' subject='*[@n = $x]'>x</assert></rule></pattern>
            <diagnostics><diagnostic id='d'>it is <value-of select='$x'/></diagnostic></diagnostics>
            <properties><property id='p'>of <name/></property></properties>
            """
        let report = try judge(body, on: "<a n='7'><c/><b n='7'/></a>")
        let outcome = try #require(report.outcomes.first)
        #expect(outcome.diagnostics.map(\.text) == ["it is 7"])
        #expect(outcome.properties.map(\.text) == ["of a"])
        #expect(outcome.node.localName == "b")
    }

    @Test("A pattern may speak of other documents")
    func documents() throws {
        let body = """
            <pattern documents="'other.xml'"><rule context='x'><report test='true()'><value-of select='.'/></report></rule></pattern>
            """
        let report = try judge(body, on: "<x>given</x>", files: ["other.xml": "<x>other</x>"])
        #expect(report.texts == ["other"])
        #expect(try judge(body, on: "<x>given</x>").codes == ["FODC0002"])
    }

    @Test("An assert keeps its id while its context and test stay")
    func stableIDs() throws {
        func ids(_ body: String) throws -> [String] {
            let schema = try judge(body, on: "<a/>").schema
            return schema.checks.indices.map(schema.stableID(ofCheck:))
        }
        func rule(_ context: String, _ asserts: String...) -> String {
            "<rule context='\(context)'>" + asserts.map { "<assert test='\($0)'>x</assert>" }.joined() + "</rule>"
        }
        let first = try ids("<pattern id='p'>" + rule("a", "@x", "@y") + "</pattern>")
        let second = try ids("<pattern id='q'>" + rule("b", "@x") + rule("a", "@z", "@y", "@y") + "</pattern>")
        #expect(first.count == 2 && second.count == 4)
        #expect(second[2] == first[1])
        #expect(second[3] == first[1] + "-2")
        #expect(!second.contains(first[0]))
        #expect(try ids("<pattern><rule context='a'><assert id='own' test='1'>x</assert></rule></pattern>") == ["own"])
    }
}
