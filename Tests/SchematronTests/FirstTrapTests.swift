import Schematron
import Testing
import XML

/// The traps that an engine for the official Schematrons must be tested for first, one test for each.
@Suite("Traps to test first")
struct FirstTrapTests {
    /// What a rule with this test in an assert gives: `holds`, `fails`, or the code of the error.
    private func given(_ test: String, on document: String = "<a/>") throws -> String {
        let escaped = test.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
        let report = try judge(
            "<pattern><rule context='a | h:a'><assert test=\"\(escaped)\">x</assert></rule></pattern>", on: document)
        #expect(report.firedRules == 1)
        return report.codes.first ?? (report.texts.isEmpty ? "holds" : "fails")
    }

    private func expect(_ rows: KeyValuePairs<String, String>, on document: String = "<a/>") throws {
        for (test, expected) in rows { #expect(try given(test, on: document) == expected, "\(test)") }
    }

    @Test("First match per pattern, and across |")
    func firstMatch() throws {
        let report = try judge(
            """
            <pattern><rule context='b | c'><report test='1'>one</report></rule>
            <rule context='c | d'><report test='1'>two</report></rule></pattern>
            <pattern><rule context='c'><report test='1'>other</report></rule></pattern>
            """, on: "<a><c/><b/><d/></a>")
        #expect(report.texts == ["one", "one", "two", "other"])
    }

    @Test("Sequential scope of let in a rule, redefined through extends")
    func sequentialLets() throws {
        let report = try judge(
            """
            <pattern><rule abstract='true' id='base'><let name='x' value='1'/><report test='1'>base <value-of select='$x'/></report>
            <let name='x' value='$x + 1'/></rule>
            <rule context='a'><let name='x' value='10'/><report test='1'>before <value-of select='$x'/></report>
            <extends rule='base'/><report test='1'>after <value-of select='$x'/></report>
            <let name='x' value='$x * 5'/><report test='1'>last <value-of select='$x'/></report></rule></pattern>
            """, on: "<a/>")
        #expect(report.texts == ["before 10", "base 1", "after 2", "last 10"])
    }

    @Test("Hoisted pattern lets: seen by the contexts, tests and messages of every pattern")
    func hoistedLets() throws {
        let report = try judge(
            """
            <pattern><rule context='b[@n = $wanted]'><report test='$wanted'><value-of select='$wanted'/></report></rule></pattern>
            <pattern><let name='wanted' value='count(//b)'/><rule context='z'/></pattern>
            """, on: "<a><b n='1'/><b n='2'/></a>")
        #expect(report.texts == ["2"])
    }

    @Test("Textual abstract parameters: $nullFlavor = 0 or 1, a number used as boolean")
    func numberParameter() throws {
        func body(_ flag: Int) -> String {
            """
            <pattern abstract='true' id='p'><rule context='a'><assert test="@code or ($nullFlavor and @nullFlavor)">x</assert>
            <report test='not($nullFlavor)'>strict</report></rule></pattern>
            <pattern is-a='p'><param name='nullFlavor' value='\(flag)'/></pattern>
            """
        }
        #expect(try judge(body(1), on: "<a nullFlavor='NA'/>").texts.isEmpty)
        #expect(try judge(body(0), on: "<a nullFlavor='NA'/>").texts == ["x", "strict"])
    }

    @Test("not(a = b) and a != b on the empty sequence")
    func emptyComparison() throws {
        try expect(["not(b = 1)": "holds", "b != 1": "fails", "b = 1": "fails", "not(b != 1)": "holds"])
    }

    @Test("The empty sequence to matches, substring, concat, number and string-length")
    func emptyArguments() throws {
        try expect([
            "matches(b, '^$')": "holds", "matches(b, '.')": "fails", "substring(b, 2) = ''": "holds",
            "concat(b, '-', b) = '-'": "holds", "string(number(b)) = 'NaN'": "holds", "string-length(b) = 0": "holds",
        ])
    }

    @Test("count(...) as a path step")
    func countStep() throws {
        let document = "<a><b><c/></b><b/></a>"
        try expect(["b/count(c) = 1": "holds", "b/count(c) > 1": "fails", "z/count(c) <= 1": "fails"], on: document)
    }

    @Test("resolve-QName('', .) and an undeclared prefix")
    func resolveQName() throws {
        try expect(
            [
                "resolve-QName('', .) = QName('', 'x')": "FOCA0002",
                "resolve-QName('z:x', .) = QName('', 'x')": "FONS0004",
                "resolve-QName(@t, .) = QName('urn:test', 'x')": "holds", "empty(resolve-QName(@none, .))": "holds",
            ], on: "<a xmlns:p='urn:test' t='p:x'/>")
    }

    @Test("castable as xs:dateTime: year 0000, 24:00, month and day ranges, fractions")
    func dateTimes() throws {
        try expect([
            "'0000-01-01T00:00:00' castable as xs:dateTime": "holds",
            "'-0001-01-01T00:00:00' castable as xs:dateTime": "holds",
            "'2024-01-01T24:00:00' castable as xs:dateTime": "holds",
            "'2024-01-01T24:00:00.1' castable as xs:dateTime": "fails",
            "'2024-00-01T00:00:00' castable as xs:dateTime": "fails",
            "'2023-02-29T00:00:00' castable as xs:dateTime": "fails",
            "'2024-04-31T00:00:00' castable as xs:dateTime": "fails",
            "'2024-01-01T00:00:00.123456789123' castable as xs:dateTime": "holds",
            "'2024-01-01T00:00:00.' castable as xs:dateTime": "fails",
            "'2024-01-01T00:00:00+0100' castable as xs:dateTime": "fails",
        ])
    }

    @Test("castable as xs:integer: blanks and signs")
    func integers() throws {
        try expect([
            "' +5 ' castable as xs:integer": "holds", "'-0' castable as xs:integer": "holds",
            "'+ 5' castable as xs:integer": "fails", "'' castable as xs:integer": "fails",
            "'5.' castable as xs:integer": "fails", "'&#xA0;5' castable as xs:integer": "fails",
        ])
    }

    @Test("castable as xs:anyURI: almost anything")
    func anyURIs() throws {
        try expect([
            "'' castable as xs:anyURI": "holds", "'%zz | é' castable as xs:anyURI": "holds",
            "1 castable as xs:anyURI": "fails", "b castable as xs:anyURI": "fails",
        ])
    }

    @Test("< on strings goes by code points")
    func stringOrder() throws {
        try expect([
            "'Z' < 'a'": "holds", "'e' < 'É'": "holds", "'É' < 'e'": "fails", "'\u{FF5E}' < '\u{1F600}'": "holds",
        ])
    }

    @Test("substring(): rounding and NaN")
    func substrings() throws {
        try expect([
            "substring('12345', 1.5, 2.6) = '234'": "holds", "substring('12345', 0, 3) = '12'": "holds",
            "substring('12345', 0.4, 1) = ''": "holds", "substring('12345', 0 div 0e0) = ''": "holds",
            "substring('12345', 1, 0 div 0e0) = ''": "holds", "substring('12345', -42, 1 div 0e0) = '12345'": "holds",
            "substring('12345', 1.4, 1) = '2'": "fails",
        ])
    }

    @Test("tokenize('', …) is empty, and separators at the ends make empty tokens")
    func tokens() throws {
        try expect([
            "empty(tokenize('', ','))": "holds", "count(tokenize(',a,', ',')) = 3": "holds",
            "tokenize(',a', ',')[1] = ''": "holds", "count(tokenize('a', ',')) = 1": "holds",
        ])
    }

    @Test("A regex: ^ and $ without the flag m")
    func anchors() throws {
        try expect([
            "matches('a&#10;b', '^b')": "fails", "matches('a&#10;b', '^b', 'm')": "holds",
            "matches('a&#10;', 'a$')": "fails",
            "matches('', '^$')": "holds",
        ])
    }

    @Test("A regex: . excludes the newline")
    func dot() throws {
        try expect([
            "matches('a&#10;b', 'a.b')": "fails", "matches('a&#10;b', 'a.b', 's')": "holds",
            "matches('a&#9;b', 'a.b')": "holds",
        ])
    }

    @Test("replace that matches the empty string is FORX0003")
    func emptyReplace() throws {
        try expect(["replace('a', 'x*', '') = 'a'": "FORX0003", "replace('a', 'x+', '') = 'a'": "holds"])
    }

    @Test("normalize-space knows XML's blanks alone")
    func blanks() throws {
        try expect([
            "normalize-space(' &#9;&#10;&#13;') = ''": "holds", "normalize-space('&#xA0;') = ''": "fails",
            "string-length(normalize-space('&#x2003;a&#x3000;')) = 3": "holds",
        ])
    }

    @Test("The attribute test is normalised in the report: newlines are blanks")
    func testInReport() throws {
        let report = try judge(
            "<pattern><rule context='a'><assert test='@x\n\t= 1'>m</assert></rule></pattern>", on: "<a/>")
        #expect(
            String(decoding: SVRLWriter.bytes(report, documentName: "d"), as: UTF8.self).contains("test=\"@x  = 1\""))
    }

    @Test("name() gives the prefix of the document, not of the schema")
    func names() throws {
        let document = "<c:a xmlns:c='urn:test'><c:value/></c:a>"
        try expect(
            ["*/name() = 'c:value'": "holds", "*/name() = 'h:value'": "fails", "h:value": "holds"], on: document)
    }

    @Test("The base URI of document() is the schema's, and that of a node where one is given")
    func bases() throws {
        let files = [
            "c.xml": "<c>root</c>", "sub/c.xml": "<c>sub</c>", "sub/list.xml": "<l/>",
            "sub/p.sch": """
            <pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='a'>
            <report test='1'><value-of select="document('c.xml')"/></report>
            <report test='1'><value-of select="document('c.xml', document('sub/list.xml'))"/></report></rule></pattern>
            """,
        ]
        #expect(try judge("<include href='sub/p.sch'/>", on: "<a/>", files: files).texts == ["root", "sub"])
    }

    @Test("doc() is fatal, document() recoverable")
    func absentDocuments() throws {
        try expect([
            "document('none.xml')": "fails", "empty(document('none.xml'))": "holds", "doc('none.xml')": "FODC0002",
            "doc-available('none.xml')": "fails",
        ])
    }

    @Test("Strict: the first error leaves no report but the error")
    func strict() throws {
        let body = """
            <pattern><rule context='a'><assert test='0'>before</assert><assert test="doc('none.xml')">x</assert>
            <assert test='0'>after</assert></rule></pattern>
            """
        let strict = try judge(body, on: "<a/>", isStrict: true)
        #expect(strict.error?.hasPrefix("FODC0002") == true)
        #expect(strict.verdict == .error)
        #expect(!strict.texts.contains("after"))
        let lenient = try judge(body, on: "<a/>")
        #expect(lenient.error == nil)
        #expect(lenient.texts == ["before", "after"])
    }
}
