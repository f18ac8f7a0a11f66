import Foundation
import Schematron
import Testing
import XML

@Suite("Schemas")
struct SchemaTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var document = "<a><b n='1'/><b n='2'/></a>"
        var attributes = "queryBinding=\"xslt2\""
        var files: [String: String] = [:]
        var phase: String?
        let texts: [String]
    }

    static let cases: [Case] = [
        Case(
            testDescription: "an assert fails where its test is false",
            body:
                "<pattern><rule context='b'><assert test='@n = 1'>n is <value-of select='@n'/></assert></rule></pattern>",
            texts: ["n is 2"]),
        Case(
            testDescription: "a report speaks where its test is true",
            body:
                "<pattern><rule context='b'><report test='@n = 1'><name/> of <name path='..'/></report></rule></pattern>",
            texts: ["b of a"]),
        Case(
            testDescription: "a pattern's let is global, even for an earlier pattern",
            body: """
                <pattern><rule context='a'><assert test='false()'><value-of select='$x'/></assert></rule></pattern>
                <pattern><let name='x' value='count(//b)'/><rule context='z'><assert test='1'>no</assert></rule></pattern>
                """,
            texts: ["2"]),
        Case(
            testDescription: "a pattern's own let comes before that of another",
            body: """
                <pattern><let name='x' value='1'/><rule context='a'><assert test='$x = 1'>one</assert></rule></pattern>
                <pattern><let name='x' value='2'/><rule context='a'><assert test='$x = 1'>two</assert></rule></pattern>
                """,
            texts: ["two"]),
        Case(
            testDescription: "a let's name is trimmed and may hold hyphens",
            body: """
                <pattern><let name='a-b ' value="'v'"/>
                <rule context='a'><assert test='false()'><value-of select='$a-b'/></assert></rule></pattern>
                """,
            texts: ["v"]),
        Case(
            testDescription: "a rule's lets are seen by what follows, the later one hides the earlier one",
            body: """
                <pattern><rule context='a'><let name='x' value='1'/><report test='$x = 1'>first</report>
                <let name='x' value='$x + 1'/><report test='$x = 2'>second</report></rule></pattern>
                """,
            texts: ["first", "second"]),
        Case(
            testDescription: "a let without a value holds its text",
            body: """
                <pattern><let name='x'>it's 5</let>
                <rule context='a'><report test='true()'><value-of select='$x'/></report></rule></pattern>
                """,
            texts: ["it's 5"]),
        Case(
            testDescription: "a rule's variables are made anew on each node",
            body: """
                <pattern><rule context='b'><let name='x' value='@n'/>
                <report test='true()'><value-of select='$x'/></report></rule></pattern>
                """,
            texts: ["1", "2"]),
        Case(
            testDescription: "extends brings items in its place, through several rules",
            body: """
                <pattern>
                <rule abstract='true' id='base'><let name='x' value='1'/><report test='true()'>base <value-of select='$x'/></report></rule>
                <rule abstract='true' id='middle'><extends rule='base'/><let name='x' value='2'/></rule>
                <rule context='a'><extends rule='middle'/><report test='true()'>own <value-of select='$x'/></report></rule>
                </pattern>
                """,
            texts: ["base 1", "own 2"]),
        Case(
            testDescription: "the parameters of an abstract pattern are replaced as text",
            body: """
                <pattern abstract='true' id='p'><rule context='$where'>
                <report test='@n = $limit'>$where <value-of select='$what'/></report></rule></pattern>
                <pattern is-a='p'><param name='where' value='b'/><param name='limit' value='1 or true()'/>
                <param name='what' value='../name()'/></pattern>
                """,
            texts: ["b a", "b a"]),
        Case(
            testDescription: "the default phase names the active patterns, each runs once",
            body: """
                <phase id='p'><active pattern='x'/><active pattern='x'/><active pattern='missing'/></phase>
                <pattern id='x'><rule context='a'><report test='true()'>x</report></rule></pattern>
                <pattern id='y'><rule context='a'><report test='true()'>y</report></rule></pattern>
                """,
            attributes: "queryBinding='xslt2' defaultPhase='p'", texts: ["x"]),
        Case(
            testDescription: "the phase #ALL runs all patterns",
            body: """
                <phase id='p'><active pattern='x'/></phase>
                <pattern id='x'><rule context='a'><report test='true()'>x</report></rule></pattern>
                <pattern id='y'><rule context='a'><report test='true()'>y</report></rule></pattern>
                """,
            attributes: "queryBinding='xslt2' defaultPhase='p'", phase: "#ALL", texts: ["x", "y"]),
        Case(
            testDescription: "a phase's let is seen by its patterns",
            body: """
                <phase id='p'><let name='v' value='7'/><active pattern='x'/></phase>
                <pattern id='x'><rule context='a'><report test='$v = 7'>seven</report></rule></pattern>
                """,
            phase: "p", texts: ["seven"]),
        Case(
            testDescription: "white space of a message is normalized, a no-break space is none",
            body: "<pattern><rule context='a'><report test='true()'>  a\n  b\u{A0} c </report></rule></pattern>",
            texts: ["a b\u{A0} c"]),
        Case(
            testDescription: "a text of blanks alone between two values is dropped, as in the reference",
            body: """
                <pattern><rule context='a'><report test='true()'>x <name/>
                <name/><!-- --> y <!-- --></report></rule></pattern>
                """,
            texts: ["x aa y"]),
        Case(
            testDescription: "value-of joins all items by blanks in XPath 2.0",
            body:
                "<pattern><rule context='a'><report test='true()'><value-of select='b/@n'/></report></rule></pattern>",
            texts: ["1 2"]),
        Case(
            testDescription: "value-of takes the first node in the query binding xslt",
            body:
                "<pattern><rule context='a'><report test='true()'><value-of select='b/@n'/></report></rule></pattern>",
            attributes: "", texts: ["1"]),
        Case(
            testDescription: "in the query binding xslt a text that is no number is NaN, not an error",
            body: "<pattern><rule context='b'><assert test=\"@n + 1 = 2 or 'x' + 1 = 3\">no</assert></rule></pattern>",
            attributes: "queryBinding='xslt'", texts: ["no"]),
        Case(
            testDescription: "not(a = b) and a != b differ on nothing",
            body: """
                <pattern><rule context='a'><report test='not(c = 1)'>not equal</report>
                <report test='c != 1'>unequal</report></rule></pattern>
                """,
            texts: ["not equal"]),
        Case(
            testDescription: "a document is looked up against the schema's folder, not the included file's",
            body: "<include href='parts/p.sch'/>",
            files: [
                "parts/p.sch": """
                <pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='b'>
                <assert test="@n = document('codes.xml')//code/@v">bad <value-of select='@n'/></assert></rule></pattern>
                """,
                "codes.xml": "<codes><code v='1'/></codes>", "parts/codes.xml": "<codes><code v='2'/></codes>",
            ], texts: ["bad 2"]),
        Case(
            testDescription: "current() is the context node of the rule",
            body: """
                <pattern><rule context='b'><report test="../b[@n = current()/@n]/@n = 2">two</report></rule></pattern>
                """,
            texts: ["two"]),
        Case(
            testDescription: "a look-up with document() of an absent file gives nothing",
            body: "<pattern><rule context='a'><assert test=\"document('none.xml')//x\">no x</assert></rule></pattern>",
            texts: ["no x"]),
    ]

    @Test("Schemas judge", arguments: cases)
    func judges(_ item: Case) throws {
        let report = try judge(
            item.body, on: item.document, attributes: item.attributes, files: item.files, phase: item.phase)
        #expect(report.texts == item.texts)
        #expect(report.indeterminate.isEmpty)
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var phase: String?
        var files: [String: String] = [:]
        let code: String
        let line: Int
    }

    static let faults: [Fault] = [
        Fault(
            testDescription: "a let of a pattern that the phase leaves out is not in scope",
            body: """
                <phase id='p'><active pattern='x'/></phase>
                <pattern id='x'><rule context='a'><assert test='$v'>no</assert></rule></pattern>
                <pattern id='y'><let name='v' value='1'/><rule context='a'><assert test='1'>no</assert></rule></pattern>
                """,
            phase: "p", code: "XPST0008", line: 4),
        Fault(
            testDescription: "an unknown prefix",
            body: "<pattern><rule context='q:a'><assert test='1'>no</assert></rule></pattern>", code: "XPST0081",
            line: 3),
        Fault(
            testDescription: "a syntax error in a test",
            body: "<pattern><rule context='a'>\n<assert test='1 +'>no</assert></rule></pattern>", code: "XPST0003",
            line: 4),
        Fault(
            testDescription: "an unknown function in a message",
            body: "<pattern><rule context='a'><assert test='1'><value-of select='zork()'/></assert></rule></pattern>",
            code: "XPST0017", line: 3),
        Fault(testDescription: "an unknown phase", body: "<pattern/>", phase: "zork", code: "phase", line: 0),
        Fault(
            testDescription: "an include that leads back to itself", body: "<include href='loop.sch'/>",
            files: [
                "loop.sch":
                    "<schema xmlns='http://purl.oclc.org/dsdl/schematron'><include href='loop.sch'/></schema>"
            ], code: "reference", line: 1),
        Fault(
            testDescription: "an include that leads out of the root", body: "<include href='../../etc/passwd'/>",
            code: "outside-root", line: 3),
        Fault(
            testDescription: "a rule that extends itself",
            body: """
                <pattern><rule abstract='true' id='x'><extends rule='x'/></rule>
                <rule context='a'><extends rule='x'/></rule></pattern>
                """, code: "too-large", line: 3),
    ]

    @Test("Faults of a schema are told with their place", arguments: faults)
    func refuses(_ fault: Fault) throws {
        let error = #expect(throws: SchematronError.self) {
            try judge(fault.body, on: "<a/>", files: fault.files, phase: fault.phase)
        }
        #expect(error?.code.rawValue == fault.code)
        #expect(error?.place.line == fault.line)
    }

    @Test("An include that is absent is told; letter case is disregarded on demand")
    func missingInclude() throws {
        let body =
            "<include href='Part.sch'/><pattern><rule context='a'><report test='true()'>own</report></rule></pattern>"
        let files = [
            "part.sch": """
            <pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='a'>
            <report test='true()'>part</report></rule></pattern>
            """
        ]
        let exact = try judge(body, on: "<a/>", files: files)
        #expect(exact.texts == ["own"])
        #expect(exact.schema.notes.map(\.code) == [.missingInclude])
        let lenient = try judge(body, on: "<a/>", files: files, ignoresIncludeCase: true)
        #expect(lenient.texts == ["part", "own"])
        #expect(lenient.schema.notes.map(\.code) == [.caseInsensitiveInclude])
    }

    @Test("What is odd in a schema is noted")
    func notes() throws {
        let report = try judge(
            """
            <phase id='p'><active pattern='none'/><active pattern='x'/></phase>
            <pattern id='x'><rule context='a'><extends rule='none'/></rule><rule context='a'/></pattern><zork/>
            """, on: "<a/>", phase: "p")
        #expect(
            Set(report.schema.notes.map(\.code.rawValue)) == [
                "missing-pattern", "missing-reference", "shadowed-rule", "unknown-element",
            ])
    }

    struct LookupCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let test: String
        var codes = "<c><e code='1' system='s'/><e code='2' system='s'/><e>3</e><e>4<!-- -->5</e></c>"
        let texts: [String]
    }

    static let lookups: [LookupCase] = [
        LookupCase(
            testDescription: "by attribute", test: "document('c.xml')//e[@code = $n]", texts: ["3", "4", "5", "9"]),
        LookupCase(
            testDescription: "by two attributes", test: "document('c.xml')//e[@code = $n and 's' = @system]",
            texts: ["3", "4", "5", "9"]),
        LookupCase(
            testDescription: "by two predicates", test: "not(doc('c.xml')//e[@system = 's'][@code = $n])",
            texts: ["1", "2"]),
        LookupCase(
            testDescription: "by text", test: "exists(doc('c.xml')//e[text() = string($n)]) or @n = 9",
            texts: ["1", "2"]),
        LookupCase(
            testDescription: "by no value", test: "document('c.xml')//e[@code = $none] or @n = 9",
            texts: ["1", "2", "3", "4", "5"]),
        LookupCase(
            testDescription: "with a name made of a variable", test: "document(concat($c, '.xml'))//e[@code = $n]",
            texts: ["3", "4", "5", "9"]),
        LookupCase(
            testDescription: "in a file that is absent", test: "document(concat($n, '.xml'))//e[@code = $n] or @n = 1",
            texts: ["2", "3", "4", "5", "9"]),
        LookupCase(
            testDescription: "by a number, which compares as one", test: "document('c.xml')//e[@code = $i]",
            codes: "<c><e code='01'/></c>",
            texts: ["2", "3", "4", "5", "9"]),
        LookupCase(
            testDescription: "twice in one test",
            test: "document('c.xml')//e[@code = $n] or document('c.xml')//e[text() = string($n)]", texts: ["9"]),
    ]

    @Test("A code is looked up in a document", arguments: lookups)
    func looksUp(_ item: LookupCase) throws {
        let body = """
            <pattern><let name='c' value="'c'"/><rule context='b'><let name='n' value='@n'/><let name='none' value='@m'/>
            <let name='i' value='xs:integer(@n)'/>
            <assert test="\(item.test)"><value-of select='@n'/></assert></rule></pattern>
            """
        let document = "<a><b n='1'/><b n='2'/><b n='3'/><b n='4'/><b n='5'/><b n='9'/></a>"
        let report = try judge(body, on: document, files: ["c.xml": item.codes])
        #expect(report.texts == item.texts)
        #expect(report.indeterminate.isEmpty)
    }
}
