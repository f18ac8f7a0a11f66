import Testing
import XML

@testable import XPath

@Suite("Expressions: operators, types, control")
struct ExpressionTests {
    static let arithmetic: [Case] = [
        Case("1 + 2 * 3", "7"), Case("(1 + 2) * 3", "9"), Case("7 div 2", "3.5"), Case("7 idiv 2", "3"),
        Case("-7 idiv 2", "-3"), Case("-7 mod 3", "-1"), Case("5.5 mod 2", "1.5"), Case("1 div 0", "FOAR0001"),
        Case("1e0 div 0", "INF"), Case("-1e0 div 0", "-INF"), Case("0e0 div 0", "NaN"), Case("1 idiv 0", "FOAR0001"),
        Case("1e0 idiv 0", "FOAR0001"), Case("xs:double('NaN') idiv 1", "FOAR0002"), Case("() + 1", ""),
        Case("'1' + 1", "XPTY0004"), Case("(1, 2) + 1", "XPTY0004"), Case("true() + 1", "XPTY0004"),
        Case("9223372036854775807 + 1", "9223372036854775808"), Case("- -1", "1"), Case("-'a'", "XPTY0004"),
        Case("1 div 3", "0.333333333333333333"), Case("0.1 + 0.2", "0.3"), Case("0.1e0 + 0.2e0", "0.30000000000000004"),
        Case("xs:float('1.1') + 1", "2.1"), Case("(1.5 + 1) instance of xs:decimal", "true"),
        Case("xs:untypedAtomic('2') * 3", "6"), Case("xs:untypedAtomic('x') * 3", "FORG0001"),
        Case("xs:date('2020-02-29') + xs:yearMonthDuration('P1Y')", "2021-02-28"),
        Case("xs:date('2020-03-01') - xs:date('2020-02-28')", "P2D"),
        Case("xs:dateTime('2020-01-01T00:00:00') - xs:dayTimeDuration('PT1S')", "2019-12-31T23:59:59"),
        Case("xs:time('23:00:00') + xs:dayTimeDuration('PT2H')", "01:00:00"),
        Case("xs:dayTimeDuration('PT1H') * 1.5", "PT1H30M"),
        Case("xs:dayTimeDuration('PT1H') div xs:dayTimeDuration('PT30M')", "2"),
        Case("xs:yearMonthDuration('P1Y') div 0", "FODT0002"),
        Case("xs:yearMonthDuration('P1Y') * xs:double('NaN')", "FOCA0005"),
        Case("xs:date('2020-01-01') + 1", "XPTY0004"), Case("xs:duration('P1Y') + xs:duration('P1Y')", "XPTY0004"),
        Case("1 to 3", "1|2|3"), Case("3 to 1", ""), Case("1 to ()", ""), Case("1.5 to 2", "XPTY0004"),
    ]

    static let comparisons: [Case] = [
        Case("1 eq 1.0", "true"), Case("'a' lt 'b'", "true"), Case("1 eq 'a'", "XPTY0004"), Case("() eq 1", ""),
        Case("(1, 2) eq 1", "XPTY0004"), Case("(1, 2) = (2, 3)", "true"), Case("(1, 2) != (1, 2)", "true"),
        Case("() = ()", "false"), Case("1 = 'a'", "XPTY0004"), Case("xs:untypedAtomic('1') = 1", "true"),
        Case("xs:untypedAtomic('a') = 1", "FORG0001"), Case("xs:untypedAtomic('1') eq 1", "XPTY0004"),
        Case("xs:untypedAtomic('1') eq '1'", "true"), Case("xs:double('NaN') = xs:double('NaN')", "false"),
        Case("xs:double('NaN') != xs:double('NaN')", "true"), Case("true() > false()", "true"),
        Case("xs:date('2020-01-01Z') = xs:date('2020-01-01')", "true"),
        Case("xs:date('2020-01-01') < xs:dateTime('2020-01-01T00:00:00')", "XPTY0004"),
        Case("xs:gYear('2020') < xs:gYear('2021')", "XPTY0004"),
        Case("xs:duration('P1Y') = xs:yearMonthDuration('P12M')", "true"),
        Case("xs:hexBinary('0a') = xs:hexBinary('0A')", "true"), Case("xs:QName('a') < xs:QName('b')", "XPTY0004"),
        Case("xs:anyURI('a') = 'a'", "true"), Case("'Z' < 'a'", "true"), Case("'\u{FFFD}' < '\u{10000}'", "true"),
        Case("1 < 2 and 2 < 3 or error()", "true"), Case("false() and error()", "false"), Case("1 = 1 = 1", "XPST0003"),
        Case("(1 to 20) = (21, 20)", "true"), Case("('a', 'b') = ('c', 'd')", "false"),
        Case("5 = (1 to 3, 'x')", "XPTY0004"),
    ]

    static let types: [Case] = [
        Case("1 instance of xs:integer", "true"), Case("1 instance of xs:decimal", "true"),
        Case("1 instance of xs:int", "false"),
        Case("(1, 2) instance of xs:integer+", "true"), Case("(1, 2) instance of xs:integer?", "false"),
        Case("() instance of empty-sequence()", "true"), Case("() instance of item()", "false"),
        Case("'a' instance of node()", "false"), Case("1 instance of my:type", "XPST0081"),
        Case("1 instance of xs:foo", "XPST0051"),
        Case("'5' cast as xs:integer", "5"), Case("' +5 ' cast as xs:integer", "5"),
        Case("'a' cast as xs:integer", "FORG0001"),
        Case("() cast as xs:integer", "XPTY0004"), Case("() cast as xs:integer?", ""),
        Case("(1, 2) cast as xs:integer", "XPTY0004"),
        Case("1 cast as xs:anyAtomicType", "XPST0080"), Case("300 cast as xs:byte", "FORG0001"),
        Case("1.9 cast as xs:integer", "1"),
        Case("xs:double('1e30') cast as xs:integer", "1000000000000000019884624838656"),
        Case("xs:double('INF') cast as xs:decimal", "FOCA0002"),
        Case("1 cast as xs:date", "XPTY0004"), Case("'true' cast as xs:boolean", "true"),
        Case("'x' castable as xs:boolean", "false"),
        Case("() castable as xs:integer", "false"), Case("() castable as xs:integer?", "true"),
        Case("(1, 2) castable as xs:integer", "false"),
        Case("1 castable as xs:date", "false"), Case("'xs:int' cast as xs:QName", "xs:int"),
        Case("'zz:int' castable as xs:QName", "false"),
        Case("1 treat as xs:integer", "1"), Case("1 treat as xs:string", "XPDY0050"),
        Case("() treat as item()", "XPDY0050"),
        Case("xs:integer('5') + 1", "6"), Case("xs:integer(())", ""), Case("xs:foo('1')", "XPST0017"),
        Case("xs:integer(1, 2)", "XPST0017"),
        Case("xs:dateTime('2020-01-01T24:00:00')", "2020-01-02T00:00:00"), Case("xs:date('2021-02-29')", "FORG0001"),
        Case("xs:hexBinary(xs:base64Binary('AQ=='))", "01"), Case("xs:token('  a   b ')", "a b"),
        Case("xs:NCName('a:b')", "FORG0001"),
        Case("xs:decimal('1.50')", "1.5"), Case("xs:double('1E3')", "1000"), Case("xs:double('1e7')", "1.0E7"),
        Case("xs:float('0.1')", "0.1"),
        Case("xs:yearMonthDuration('P14M')", "P1Y2M"), Case("xs:dayTimeDuration('P1M')", "FORG0001"),
    ]

    static let control: [Case] = [
        Case("if (1) then 'a' else error()", "a"), Case("if (()) then error() else 'b'", "b"),
        Case("if ((1, 2)) then 1 else 2", "FORG0006"),
        Case("for $x in (1, 2), $y in ($x, 10) return $x * $y", "1|10|4|20"), Case("for $x in () return 1", ""),
        Case("some $x in (1, 2) satisfies $x = 2", "true"), Case("every $x in () satisfies false()", "true"),
        Case("some $x in (1, 2), $y in (3, 4) satisfies $x + $y = 6", "true"),
        Case("every $x in (1, 'a') satisfies $x", "true"),
        Case("for $x in 1 return $y", "XPST0008"), Case("for $x in 1 return for $x in 2 return $x", "2"),
        Case("(1, 2, 3)[2]", "2"), Case("(1, 2, 3)[. > 1][1]", "2"), Case("(1, 2, 3)[position() < last()]", "1|2"),
        Case("(1, 2)[1.5]", ""),
        Case("(4, 5, 6)[last()]", "6"), Case("('a')[true()]", "a"), Case("(1, 2)['a']", "1|2"), Case("(0, 1)[.]", ""),
        Case("(1, 5)[.]", "1"),
        Case("((1, 2), (), 3)", "1|2|3"), Case("1, 2", "1|2"), Case("'it''s'", "it's"), Case("\"a\"\"b\"", "a\"b"),
        Case("1.e0", "1"), Case(".5", "0.5"),
        Case("(: a (: b :) c :) 1", "1"), Case("1 (: open", "XPST0003"), Case(".", "XPDY0002"), Case("/", "XPDY0002"),
        Case("a", "XPDY0002"),
        Case("(1)[. is .]", "XPTY0004"), Case("(1)[a]", "XPTY0020"), Case("(1)/a", "XPTY0019"), Case("$v", "XPST0008"),
    ]

    @Test("An expression without a context", arguments: arithmetic + comparisons + types + control)
    func value(_ row: Case) {
        #expect(outcome(row.expression) == row.expected)
    }

    @Test(
        "A static error has its W3C code and its place",
        arguments: [
            ("1 +1️⃣", "XPST0003"), ("1 + 1️⃣$x2️⃣ + 2", "XPST0008"), ("1 + 1️⃣f(1)2️⃣", "XPST0017"), ("1️⃣zz:a2️⃣", "XPST0081"),
            ("1 cast as 1️⃣xs:foo2️⃣", "XPST0051"), ("1 cast as 1️⃣xs:NOTATION2️⃣", "XPST0080"), ("1️⃣concat('a')2️⃣", "XPST0017"),
            ("a[1️⃣", "XPST0003"), ("1️⃣'abc", "XPST0003"), ("1️⃣namespace::a2️⃣", "XPST0010"), ("1️⃣12️⃣/a", "XPTY0019"),
            ("1️⃣#", "XPST0003"), ("string-length(1️⃣22️⃣)", "XPTY0004"), ("1 + 1️⃣'a'2️⃣", "XPTY0004"),
        ])
    func staticError(_ marked: String, _ code: String) throws {
        let scalars = marked.components(removing: "1️⃣")
        let inner = scalars.text.components(removing: "2️⃣")
        let error = #expect(throws: XPathError.self) { try XPathExpression(inner.text) }
        #expect(error?.code.rawValue == code)
        let span = try #require(error?.span)
        #expect(span.lowerBound <= (scalars.offset ?? 0) && span.upperBound >= (scalars.offset ?? 0))
        if let end = inner.offset { #expect(span == (scalars.offset ?? 0)..<end) }
    }

    @Test("A dynamic error has the place of the smallest expression that it is about")
    func dynamicPlace() throws {
        let error = #expect(throws: XPathError.self) {
            try XPathExpression("1 + string-length(2)").evaluate(at: nil)
        }
        #expect(error?.span == 18..<19)
    }

    @Test("Variables: values by name, undeclared and missing ones")
    func variables() throws {
        let expression = try XPathExpression("$a + $b-c.d", variables: ["a", "b-c.d"])
        #expect(try expression.string(at: nil, variables: ["a": XPathValue(1), "b-c.d": XPathValue(2)]) == "3")
        let error = #expect(throws: XPathError.self) { try expression.string(at: nil, variables: ["a": XPathValue(1)]) }
        #expect(error?.code == "XPDY0002")
        var open = XPathStaticContext()
        open.variables = nil
        #expect(try XPathExpression("$x", context: open).variableNames == ["x"])
    }

    @Test(
        "XPath 1.0 compatibility mode reads operands as XPath 1.0 did",
        arguments: [
            Case("'3' + 4", "7"), Case("'a' + 1", "NaN"), Case("(1, 2) + 1", "2"), Case("'10' < 9", "false"),
            Case("true() = 'x'", "true"),
            Case("string-length((12, 3))", "2"), Case("contains(123, 2)", "true"), Case("-'2'", "-2"),
            Case("1 to 1", "1"),
        ])
    func compatibility(_ row: Case) {
        var context = XPathStaticContext()
        context.isXPath1Compatible = true
        #expect(outcome(row.expression, context: context) == row.expected)
    }
}

extension String {
    /// The text without its only `marker`, and where that stood, in bytes.
    func components(removing marker: String) -> (text: String, offset: Int?) {
        let (bytes, wanted) = (Array(utf8), Array(marker.utf8))
        for start in bytes.indices where bytes[start...].starts(with: wanted) {
            let rest = bytes[..<start] + bytes[(start + wanted.count)...]
            return (String(decoding: rest, as: UTF8.self), start)
        }
        return (self, nil)
    }
}
