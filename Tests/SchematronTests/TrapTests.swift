import Schematron
import Testing
import XML

/// Constructs of official schemas that a tool gets wrong easily.
@Suite("Traps")
struct TrapTests {
    enum Expected: Sendable, Equatable {
        case holds, fails
        case error(String)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let test: String
        var document = "<a><b n='1'/><b n='2'/></a>"
        var binding = "xslt2"
        let expected: Expected

        init(
            _ description: String, _ test: String, _ expected: Expected, on document: String? = nil,
            binding: String = "xslt2"
        ) {
            testDescription = description
            self.test = test
            self.expected = expected
            self.binding = binding
            if let document { self.document = document }
        }
    }

    static let cases: [Case] = [
        Case(
            "count as a step, compared: some count is enough", "b/count(c) &lt;= 0", .holds,
            on: "<a><b><c/></b><b/></a>"),
        Case("count as a step, compared: none is not enough", "b/count(c) &lt;= 1", .fails, on: "<a/>"),
        Case("a conjunction as a step: one truth value", "b/(c and d)", .holds, on: "<a><b><c/><d/></b></a>"),
        Case("a conjunction as a step: several have none", "b/(c and d)", .error("FORG0006"), on: "<a><b/><b/></a>"),
        Case("a text compared as a number is an error", "@v >= 0", .error("FORG0001"), on: "<a v='abc'/>"),
        Case("a text compared as a number is NaN in XPath 1.0", "@v >= 0", .fails, on: "<a v='abc'/>", binding: "xslt"),
        Case("substring of two values", "substring(b/@n, 1, 1) = '1'", .error("XPTY0004")),
        Case("substring of two values in XPath 1.0", "substring(b/@n, 1, 1) = '1'", .holds, binding: "xslt"),
        Case("substring rounds", "substring('12345', 1.5, 2.6) = '234'", .holds),
        Case("substring from not a number", "substring('12345', number('x')) = ''", .holds),
        Case("substring of nothing is empty", "substring(c, 1) = ''", .holds),
        Case("concat of nothing", "concat(c, 'x') = 'x'", .holds),
        Case("matches of nothing takes the empty string", "matches(c, '^$')", .holds),
        Case("number of nothing is not a number", "string(number(c)) = 'NaN'", .holds),
        Case("string-length of nothing is 0", "string-length(c) = 0", .holds),
        Case("resolve-QName of an undeclared prefix", "resolve-QName('z:x', .) = QName('', 'x')", .error("FONS0004")),
        Case("resolve-QName of an empty text", "empty(resolve-QName('', .))", .error("FOCA0002")),
        Case(
            "resolve-QName takes the default namespace", "resolve-QName(@t, .) = QName('urn:test', 'x')", .holds,
            on: "<a xmlns='urn:test' t='x'/>"),
        Case("castable as xs:dateTime: 24 o'clock", "'2024-01-01T24:00:00' castable as xs:dateTime", .holds),
        Case("castable as xs:dateTime: no month 13", "'2024-13-01T00:00:00' castable as xs:dateTime", .fails),
        Case("castable as xs:dateTime: no 30 February", "'2024-02-30T00:00:00' castable as xs:dateTime", .fails),
        Case("castable as xs:dateTime: 29 February", "'2024-02-29T00:00:00.5Z' castable as xs:dateTime", .holds),
        Case("castable as xs:integer: blanks and signs", "' +5 ' castable as xs:integer", .holds),
        Case("castable as xs:integer: no fraction", "'5.0' castable as xs:integer", .fails),
        Case("castable as xs:decimal: no exponent", "'5e0' castable as xs:decimal", .fails),
        Case("castable as xs:anyURI: almost anything", "'a b' castable as xs:anyURI", .holds),
        Case("the text false is true", "string(1 = 2)", .holds),
        Case("an empty sequence is not castable", "c castable as xs:integer", .fails),
        Case("texts compare by code points", "'Z' &lt; 'a' and 'z' &lt; 'é'", .holds),
        Case("tokenize of an empty text gives nothing", "empty(tokenize('', 'x'))", .holds),
        Case("tokenize keeps what is before and after separators", "count(tokenize(',a,', ',')) = 3", .holds),
        Case("a circumflex is the start of the text, not of a line", "matches('a&#10;b', '^b')", .fails),
        Case("a circumflex that is quantified", "matches('5', '^-?[1-9]\\d*$|^+?\\d*$')", .holds),
        Case("a dot is no line feed", "matches('a&#10;b', 'a.b')", .fails),
        Case("a hyphen last in a class", "matches('-', '[^+-]')", .fails),
        Case("replace must not match the empty text", "replace('a', 'x*', 'y') = 'y'", .error("FORX0003")),
        Case("replace with a group", "replace('ab', '(a)(b)', '$2$1') = 'ba'", .holds),
        Case(
            "nested quantifiers take no time", "matches(concat('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '!'), '^(a+)+$')",
            .fails),
        Case("normalize-space leaves a no-break space", "normalize-space('&#xA0;') = '&#xA0;'", .holds),
        Case("a name is as written", "name(*[1]) = 'p:b'", .holds, on: "<a xmlns:p='urn:test'><p:b/></a>"),
        Case(
            "a type is compared as text, with its prefix", "@t = 'CD'", .fails, on: "<a xmlns:c='urn:test' t='c:CD'/>"),
        Case("a local name in any namespace", "*:b", .holds, on: "<a xmlns:p='urn:test'><p:b/></a>"),
        Case("except leaves the other attributes", "count(@* except @x) = 1", .holds, on: "<a x='1' y='2'/>"),
        Case("a number as a predicate of the whole path", "(//b)[2]/@n = 2", .holds),
        Case("a number as a predicate of each step", "//b[2]/@n = 2", .holds),
        Case("every of nothing is true", "every $x in c satisfies $x = 1", .holds),
        Case("comparison with a sequence", "@v = ('OTH', 'NA')", .holds, on: "<a v='NA'/>"),
        Case("a number as a parameter's value is a truth value", "not(0) and 1", .holds),
    ]

    @Test("A test gives", arguments: cases)
    func gives(_ item: Case) throws {
        let report = try judge(
            "<pattern><rule context='a | h:a'><assert test=\"\(item.test)\">x</assert></rule></pattern>",
            on: item.document, attributes: "queryBinding='\(item.binding)'")
        #expect(report.firedRules == 1)
        let given: Expected = report.codes.first.map { .error($0) } ?? (report.texts.isEmpty ? .holds : .fails)
        #expect(given == item.expected)
    }

    @Test("A rule without an assert fires and hides later ones")
    func emptyRule() throws {
        let report = try judge(
            "<pattern><rule context='a'/><rule context='*'><assert test='false()'>x</assert></rule></pattern>",
            on: "<a/>")
        #expect(report.fired == ["0 a"])
        #expect(report.texts.isEmpty)
    }

    @Test("An unbalanced bracket or a placeholder in a message is text")
    func placeholder() throws {
        let report = try judge(
            "<pattern><rule context='a'><assert test='false()'>[x: %%2</assert></rule></pattern>", on: "<a/>")
        #expect(report.texts == ["[x: %%2"])
    }

    @Test("An included file without a byte is told")
    func emptyFile() throws {
        let report = try judge("<include href='empty.sch'/><pattern/>", on: "<a/>", files: ["empty.sch": ""])
        #expect(report.schema.notes.map(\.code) == [.unreadableInclude])
    }

    @Test("A line feed in a test is a blank in the report")
    func lineFeed() throws {
        let report = try judge(
            "<pattern><rule context='a'><assert test=\"@x\n   or @y\">x</assert></rule></pattern>", on: "<a/>")
        #expect(JSONLinesWriter.line(report, document: "d").contains(#""t":"@x or @y""#))
    }

    @Test("Braces in a test come out as the reference writes them")
    func braces() throws {
        let report = try judge(
            "<pattern><rule context='a'><assert test=\"matches(@x, '^\\d{4,14}a{2}$')\">x</assert></rule></pattern>",
            on: "<a x=''/>")
        #expect(JSONLinesWriter.line(report, document: "d").contains(#""t":"matches(@x, '^\\d4 14a2$')""#))
    }

    @Test("The document node is where its element is")
    func documentNode() throws {
        let report = try judge(
            "<pattern><rule context='/'><assert test='b'>x</assert></rule></pattern>", on: "<?p?><a/>")
        #expect(JSONLinesWriter.line(report, document: "d").contains(#""l":"/a""#))
    }
}
