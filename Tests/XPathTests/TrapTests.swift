import Testing
import XML

@testable import XPath

/// The traps of the official Schematrons: what their expressions lean on.
@Suite("Traps of the official expressions")
struct TrapTests {
    private static let document = """
        <o xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:c="urn:c" xmlns="urn:c">
        <act a="1"><x/><x/><b/></act><act a=""/><v xsi:type="c:CD" value="abc"/><v xsi:type="z:CD" value="12"/>
        <c:value>v</c:value><t>2015</t><t>2016</t><void/></o>
        """

    private func found(_ expression: String, variables: [String: XPathValue] = [:]) throws -> String {
        let context = XPathStaticContext(
            namespaces: ["c": "urn:c", "xsi": "http://www.w3.org/2001/XMLSchema-instance"])
        return outcome(
            expression, at: try parsed(Self.document).documentElement, context: context, variables: variables)
    }

    @Test("not(a = b) and a != b differ on the empty sequence")
    func emptyComparison() throws {
        #expect(try found("not(c:absent = 'b')") == "true")
        #expect(try found("c:absent != 'b'") == "false")
        #expect(try found("not(c:t = '2015')") == "false")
        #expect(try found("c:t != '2015'") == "true")
    }

    @Test("The empty sequence to matches, substring, concat, number and string-length")
    func emptyArguments() throws {
        #expect(try found("matches(c:absent, '^$')") == "true")
        #expect(try found("substring(c:absent, 1, 2)") == "")
        #expect(try found("concat(c:absent, 'x')") == "x")
        #expect(try found("number(c:absent)") == "NaN")
        #expect(try found("string-length(c:absent)") == "0")
    }

    @Test("Two nodes where one string is wanted are XPTY0004")
    func twoNodes() throws {
        #expect(try found("substring(c:t, 1, 2)") == "XPTY0004")
        #expect(try found("number(c:t)") == "XPTY0004")
    }

    @Test("count(...) as a step: existential over several counts, empty is false")
    func countStep() throws {
        #expect(try found("c:act/count(c:x) <= 1") == "true")
        #expect(try found("c:act/count(c:x) = 1") == "false")
        #expect(try found("c:none/count(c:x) <= 1") == "false")
    }

    @Test("A parenthesised condition as a step: one value has a truth, several have none")
    func conditionStep() throws {
        #expect(try found("boolean(c:act[1]/(c:x and c:b))") == "true")
        #expect(try found("boolean(c:act/(c:x and c:b))") == "FORG0006")
    }

    @Test("resolve-QName: of the empty string, with a prefix, with an undeclared prefix")
    func resolveQName() throws {
        #expect(try found("resolve-QName('', .)") == "FOCA0002")
        #expect(try found("resolve-QName(c:v[1]/@xsi:type, .) = QName('urn:c', 'CD')") == "true")
        #expect(try found("c:v[1]/@xsi:type = 'CD'") == "false")
        #expect(try found("resolve-QName(c:v[2]/@xsi:type, .)") == "FONS0004")
    }

    @Test(
        "castable as xs:dateTime: the year 0, 24:00, ranges of month and day, fractions",
        arguments: [
            ("0000-01-01T00:00:00", true), ("2020-01-01T24:00:00", true), ("2020-01-01T24:00:01", false),
            ("2020-13-01T00:00:00", false), ("2020-02-30T00:00:00", false), ("2020-02-29T00:00:00.123456789012", true),
            ("2020-01-01T00:00:60", false), ("20200101", false), ("2020-01-01T00:00:00+14:00", true),
            ("2020-01-01T00:00:00+14:01", false), (" 2020-01-01T00:00:00 ", true), ("", false),
        ])
    func dateTimes(_ text: String, _ isCastable: Bool) throws {
        #expect(try found("$t castable as xs:dateTime", variables: ["t": XPathValue(text)]) == String(isCastable))
    }

    @Test(
        "castable as xs:integer takes blanks around and signs",
        arguments: [
            (" 5 ", true), ("+5", true), ("-0", true), ("5.0", false), ("", false), ("1e2", false), ("- 5", false),
        ])
    func integers(_ text: String, _ isCastable: Bool) throws {
        #expect(try found("$t castable as xs:integer", variables: ["t": XPathValue(text)]) == String(isCastable))
    }

    @Test("castable as xs:anyURI takes almost anything, and the string 'false' is true")
    func anyURI() throws {
        #expect(try found("'not a: uri' castable as xs:anyURI") == "true")
        #expect(try found("boolean(string('%zz' castable as xs:anyURI))") == "true")
        #expect(try found("boolean(string(1 castable as xs:anyURI))") == "true")
    }

    @Test("Strings are ordered by code points")
    func stringOrder() throws {
        #expect(try found("'Z' < 'a' and 'z' < 'é'") == "true")
        #expect(try found("'\u{FF5E}' < '\u{1F600}'") == "true")
    }

    @Test("A regex: ^ and $ without flag m, and a dot that takes no newline")
    func anchors() throws {
        let text = ["t": XPathValue("a\nb")]
        #expect(try found("matches($t, '^b$')", variables: text) == "false")
        #expect(try found("matches($t, '^b$', 'm')", variables: text) == "true")
        #expect(try found("matches($t, 'a.b')", variables: text) == "false")
        #expect(try found("matches($t, 'a.b', 's')", variables: text) == "true")
    }

    @Test("tokenize of the empty string, and separators at the ends")
    func tokenize() throws {
        #expect(try found("count(tokenize('', ' '))") == "0")
        #expect(try found("count(tokenize(' a ', ' '))") == "3")
    }

    @Test("replace that matches the empty string is FORX0003")
    func emptyMatch() throws { #expect(try found("replace('abc', 'x*', '-')") == "FORX0003") }

    @Test("normalize-space knows the four blanks of XML only")
    func blanks() throws {
        #expect(try found("string-length(normalize-space('\u{A0}\u{2003}'))") == "2")
        #expect(try found("normalize-space(' \t a \n ')") == "a")
    }

    @Test("name() gives the prefix as written")
    func prefixes() throws { #expect(try found("*[local-name() = 'value']/name()") == "c:value") }

    @Test("An untyped value beside a number is a double, or FORG0001")
    func untypedNumber() throws {
        #expect(try found("c:v[2]/@value >= 0") == "true")
        #expect(try found("c:v[1]/@value >= 0") == "FORG0001")
    }

    @Test("0 and 1 of a variable serve as booleans")
    func numbersAsBooleans() throws {
        #expect(try found("$n and 1", variables: ["n": XPathValue(0)]) == "false")
        #expect(try found("not($n)", variables: ["n": XPathValue(1)]) == "false")
    }

    @Test("Names of variables may hold hyphens and dots, and $a-b is one variable")
    func variableNames() throws {
        #expect(try found("$a-b", variables: ["a-b": XPathValue("x")]) == "x")
        #expect(try found("$a -1", variables: ["a": XPathValue(3)]) == "2")
    }

    @Test("A quantified anchor, as the official patterns have")
    func quantifiedAnchor() throws {
        let pattern = "^-?[1-9]\\d*$|^+?\\d*$"
        #expect(try found("matches('-12', '\(pattern)')") == "true")
        #expect(try found("matches('x', '\(pattern)')") == "false")
        #expect(try found("matches('007', '\(pattern)')") == "true")
    }
}
