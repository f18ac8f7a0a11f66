import Testing
import XML

@testable import XPath

/// What is at the edges of each function: nothing, not-a-number, untyped values, time zones, code points beyond the BMP.
@Suite("Functions of F&O at their edges, each with a value, a fault and nothing")
struct FunctionEdgeTests {
    static let empty: [Case] = [
        Case("count(QName((), 'a'))", "1"), Case("base-uri(())", ""), Case("ceiling(())", ""),
        Case("count(collection(()))", "2"), Case("count(data(()))", "0"), Case("deep-equal((), ())", "true"),
        Case("deep-equal((), 0)", "false"), Case("document-uri(())", ""), Case("element-with-id(())", ""),
        Case("ends-with((), '')", "true"), Case("escape-html-uri(())", ""), Case("floor(())", ""),
        Case("count(id(()))", "0"), Case("count(idref(()))", "0"), Case("insert-before((), 3, ())", ""),
        Case("insert-before((1, 2), 2, ())", "1|2"), Case("lang((), /*)", "false"), Case("local-name(())", ""),
        Case("min(())", ""), Case("namespace-uri(())", ""), Case("namespace-uri-for-prefix((), /*)", "urn:d"),
        Case("namespace-uri-from-QName(())", ""), Case("nilled(())", ""), Case("node-name(())", ""),
        Case("string-length(normalize-unicode(()))", "0"), Case("prefix-from-QName(())", ""),
        Case("remove((), 1)", ""), Case("replace((), 'a', 'b')", ""), Case("round(())", ""),
        Case("round-half-to-even((), 2)", ""), Case("starts-with((), 'a')", "false"),
        Case("subsequence((), 1, 2)", ""), Case("substring-after((), 'a')", ""), Case("substring-before('a', ())", ""),
        Case("substring-after('a', ())", "a"), Case("count(tokenize((), ','))", "0"),
        Case("count(trace((), 'x'))", "0"),
        Case("count(unordered(()))", "0"), Case("months-from-duration(())", ""), Case("days-from-duration(())", ""),
        Case("hours-from-duration(())", ""), Case("minutes-from-duration(())", ""),
        Case("seconds-from-duration(())", ""), Case("year-from-dateTime(())", ""), Case("month-from-dateTime(())", ""),
        Case("day-from-dateTime(())", ""), Case("hours-from-dateTime(())", ""), Case("minutes-from-dateTime(())", ""),
        Case("seconds-from-dateTime(())", ""), Case("timezone-from-dateTime(())", ""), Case("year-from-date(())", ""),
        Case("month-from-date(())", ""), Case("day-from-date(())", ""), Case("timezone-from-date(())", ""),
        Case("hours-from-time(())", ""), Case("minutes-from-time(())", ""), Case("seconds-from-time(())", ""),
        Case("timezone-from-time(())", ""), Case("adjust-dateTime-to-timezone(())", ""),
        Case("adjust-date-to-timezone((), ())", ""), Case("adjust-time-to-timezone(())", ""),
        Case("dateTime(xs:date('2020-01-01'), ())", ""), Case("string-length(concat((), ()))", "0"),
    ]

    static let edges: [Case] = [
        // Not a number, infinities, negative zero.
        Case("abs(xs:double('-INF'))", "INF"), Case("abs(-0e0)", "0"), Case("ceiling(xs:double('NaN'))", "NaN"),
        Case("floor(-0e0)", "-0"), Case("round(xs:double('NaN'))", "NaN"),
        Case("round(4503599627370497.5e0)", "4.503599627370498E15"),
        Case("round(0.49999999999999994e0)", "0"), Case("round-half-to-even(-0.5e0)", "-0"),
        Case("round-half-to-even(1.005e0, 2)", "1"),
        Case("round-half-to-even(12345678901234567890, -5)", "12345678901234600000"),
        Case("number('+INF')", "INF"), Case("number(xs:date('2020-01-01'))", "NaN"), Case("number(' 1e3 ')", "1000"),
        Case("min((1, xs:float('NaN')))", "NaN"), Case("avg((xs:double('INF'), xs:double('-INF')))", "NaN"),
        Case("index-of(xs:double('NaN'), xs:double('NaN'))", ""), Case("boolean(xs:double('NaN'))", "false"),
        Case("not(xs:float('NaN'))", "true"), Case("subsequence(1 to 5, xs:double('-INF'), xs:double('INF'))", ""),
        Case("subsequence(1 to 5, 2.5, 1)", "3"), Case("substring('12345', xs:double('-INF'))", "12345"),
        Case("deep-equal(xs:float('NaN'), 1)", "false"),
        // Untyped values: numbers beside numbers, text beside text.
        Case("sum((1, xs:untypedAtomic('2')))", "3"),
        Case("max((xs:untypedAtomic('10'), xs:untypedAtomic('9')))", "10"),
        Case("min((xs:untypedAtomic('10'), 9))", "9"), Case("avg(xs:untypedAtomic('a'))", "FORG0001"),
        Case("abs(xs:untypedAtomic('-3'))", "3"), Case("deep-equal(xs:untypedAtomic('1'), 1)", "false"),
        Case("index-of(xs:untypedAtomic('a'), 'a')", "1"), Case("distinct-values((xs:untypedAtomic('a'), 'a'))", "a"),
        Case("count(distinct-values((xs:untypedAtomic('1'), 1)))", "2"), Case("round(//@n[1])", "XPTY0004"),
        Case("round((//@n)[2])", "2"), Case("string-length((//@n)[1])", "1"),
        // Time zones, with an implicit one of an hour.
        Case("max((xs:time('10:00:00'), xs:time('10:00:00Z')))", "10:00:00Z"),
        Case(
            "distinct-values((xs:dateTime('2020-01-01T01:00:00'), xs:dateTime('2020-01-01T00:00:00Z')))",
            "2020-01-01T01:00:00"),
        Case("index-of(xs:date('2020-01-01'), xs:date('2020-01-01+01:00'))", "1"),
        Case("deep-equal(xs:time('01:00:00'), xs:time('00:00:00Z'))", "true"),
        Case("adjust-time-to-timezone(xs:time('00:30:00Z'), xs:dayTimeDuration('-PT1H'))", "23:30:00-01:00"),
        Case("adjust-date-to-timezone(xs:date('2020-01-01Z'), ())", "2020-01-01"),
        Case("adjust-dateTime-to-timezone(xs:dateTime('2020-01-01T00:00:00Z'))", "2020-01-01T01:00:00+01:00"),
        Case("timezone-from-time(xs:time('10:00:00+05:30'))", "PT5H30M"),
        Case("hours-from-time(xs:time('24:00:00'))", "0"), Case("hours-from-duration(xs:duration('-P1DT25H'))", "-1"),
        Case("seconds-from-duration(xs:duration('-PT1.5S'))", "-1.5"),
        Case("years-from-duration(xs:dayTimeDuration('P400D'))", "0"),
        Case("dateTime(xs:date('2020-01-01'), xs:time('24:00:00'))", "2020-01-01T00:00:00"),
        Case("dateTime(xs:date('2020-01-01Z'), xs:time('00:00:00'))", "2020-01-01T00:00:00Z"),
        // Code points beyond the BMP.
        Case("contains('a😀b', '😀')", "true"), Case("starts-with('😀a', '😀')", "true"),
        Case("ends-with('a😀', '😁')", "false"), Case("substring-before('a😀b', '😀')", "a"),
        Case("substring-after('a😀b', '😀')", "b"), Case("translate('a😀b😁', '😀😁', 'x')", "axb"),
        Case("string-length('😀')", "1"), Case("string-to-codepoints('😀')", "128512"),
        Case("codepoints-to-string(1114111)", "\u{10FFFF}"), Case("codepoints-to-string(1114112)", "FOCH0001"),
        Case("codepoints-to-string(-1)", "FOCH0001"), Case("matches('😀', '^.$')", "true"),
        Case("replace('a😀b', '[😀-😂]', '-')", "a-b"), Case("tokenize('a😀b', '😀')", "a|b"),
        Case("encode-for-uri('😀')", "%F0%9F%98%80"), Case("iri-to-uri('😀')", "%F0%9F%98%80"),
        Case("escape-html-uri('😀')", "%F0%9F%98%80"), Case("upper-case('𐐨')", "𐐀"), Case("lower-case('𐐀')", "𐐨"),
        Case("compare('\u{E000}', '\u{1F600}')", "-1"), Case("codepoint-equal('e\u{301}', '\u{E9}')", "false"),
        Case("normalize-unicode('\u{1D15E}', 'NFD')", "\u{1D157}\u{1D165}"), Case("normalize-space(' 😀  ')", "😀"),
        Case("string-join(('😀', 'é'), '😁')", "😀😁é"), Case("concat('😀', 'e\u{301}')", "😀e\u{301}"),
        // What only F&O 2.0 says.
        Case("tokenize('', '')", "FORX0003"), Case("replace('abc', '(b)', '$01')", "abc"),
        Case("replace('abc', '(b)', '$10')", "ab0c"), Case("replace('abc', 'b', '$1')", "ac"),
        Case("matches('a', 'a', 'q')", "FORX0001"), Case("matches('a', '(?:a)')", "FORX0002"),
        Case("resolve-uri('../../../x', 'http://a/b/c')", "http://a/x"),
        Case("resolve-uri('?x', 'http://a/b/c')", "http://a/b/c?x"),
        Case("resolve-uri('', 'http://a/b/c')", "http://a/b/c"), Case("resolve-QName('1x', /*)", "FOCA0002"),
        Case("sum((xs:dayTimeDuration('PT1H'), xs:yearMonthDuration('P1M')))", "FORG0006"),
        Case("avg((xs:yearMonthDuration('P1M'), xs:yearMonthDuration('P2M')))", "P2M"),
    ]

    private static func found(_ row: Case) throws -> String {
        let document = try parsed(FunctionTests.document)
        var settings = XPathSettings()
        settings.currentTime = 1_000_000_000
        settings.implicitTimezone = 60
        return outcome(
            row.expression, at: document.root, context: XPathStaticContext(namespaces: ["p": "urn:p", "d": "urn:d"]),
            host: FunctionTests.Host(other: try parsed("<o>other</o>")), settings: settings)
    }

    @Test("Nothing as an argument", arguments: empty)
    func nothing(_ row: Case) throws { #expect(try Self.found(row) == row.expected) }

    @Test("An edge", arguments: edges)
    func edge(_ row: Case) throws { #expect(try Self.found(row) == row.expected) }

    static let xslt: [Case] = [
        Case("count(document(()))", "0"), Case("document('other.xml')/o/string()", "other"),
        Case("document(1, 2)", "XPTY0004"), Case("document()", "XPST0017"), Case("generate-id(())", ""),
        Case("generate-id(/*) = generate-id(/*)", "true"), Case("generate-id(1)", "XPTY0004"),
        Case("current() is /*", "true"), Case("//b[current() is .]", ""), Case("current(1)", "XPST0017"),
    ]

    @Test("A function of XSLT", arguments: xslt)
    func xsltCall(_ row: Case) throws {
        var context = XPathStaticContext()
        context.allowsXSLTFunctions = true
        let host = FunctionTests.Host(other: try parsed("<o>other</o>"))
        #expect(
            outcome(row.expression, at: try parsed("<a><b/></a>").documentElement, context: context, host: host)
                == row.expected)
    }

    // MARK: Whether the tables are whole

    /// Whether `expression` calls `name`, and no function whose name ends so.
    private static func calls(_ name: String, _ expression: String) -> Bool {
        var rest = expression[...]
        while let range = rest.firstRange(of: "\(name)(") {
            let before = rest[..<range.lowerBound].last ?? expression[..<range.lowerBound].last ?? " "
            if !before.isLetter, !before.isNumber, !"-_.:".contains(before) { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }

    private static func isCode(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Z]{4}[0-9]{4}/) != nil || text == "X1"
    }

    private static func allowsNothing(_ function: Function) -> Bool {
        function.parameters.contains { parameter in
            guard case .items(_, let occurrence) = parameter else { return true }
            return occurrence == .zeroOrOne || occurrence == .zeroOrMore
        }
    }

    @Test("Every declared function has a row with a value, one with a fault, one with nothing where it takes nothing")
    func completeness() {
        let rows = FunctionTests.all + Self.empty + Self.edges + Self.xslt
        let functions = Array(Function.standard.values) + Array(Function.xslt.values)
        #expect(functions.count == Function.standard.count + 3)
        for function in functions.sorted(by: { $0.name < $1.name }) {
            let own = rows.filter { Self.calls(function.name, $0.expression) }
            #expect(
                own.contains { !Self.isCode($0.expected) } || function.name == "error", "\(function.name): no value")
            #expect(own.contains { Self.isCode($0.expected) }, "\(function.name): no fault")
            let takesNothing = own.contains {
                $0.expression.contains("(())") || $0.expression.contains("((), ") || $0.expression.contains(", ())")
            }
            #expect(takesNothing || !Self.allowsNothing(function), "\(function.name): nothing as an argument")
        }
    }

    @Test(
        "The table of calls tells a name from the end of another",
        arguments: [("name(.)", true), ("local-name(.)", false), ("local-name(name(.))", true)])
    func callsAreTold(_ expression: String, _ expected: Bool) { #expect(Self.calls("name", expression) == expected) }
}

@Suite("Constructors of F&O 5, each with a value, a fault and nothing")
struct ConstructorTests {
    /// The type, what is given, what comes; then a text that is no value of the type, nil where every text is one.
    private struct Row {
        let type: AtomicType
        let given: String
        let value: String
        let fault: String?
        let code: String

        init(_ type: AtomicType, _ given: String, _ value: String, _ fault: String?, _ code: String = "FORG0001") {
            self.type = type
            self.given = given
            self.value = value
            self.fault = fault
            self.code = code
        }
    }

    private static let rows: [Row] = [
        Row(.untypedAtomic, "1.50", "1.5", nil), Row(.string, "1e0", "1", nil),
        Row(.normalizedString, "' a\u{9}b '", " a b ", nil), Row(.token, "' a  b '", "a b", nil),
        Row(.language, "'fr-FR'", "fr-FR", "'français'"), Row(.nmtoken, "' 1a '", "1a", "'a b'"),
        Row(.name, "'a:b'", "a:b", "'1a'"), Row(.ncName, "'é.1'", "é.1", "'a:b'"), Row(.id, "'i1'", "i1", "'1'"),
        Row(.idref, "'i1'", "i1", "''"), Row(.entity, "'e'", "e", "'a b'"),
        Row(.boolean, "' 1 '", "true", "'TRUE'"), Row(.decimal, "'+.50'", "0.5", "'1e5'"),
        Row(.integer, "-1.99", "-1", "'1.0'"), Row(.nonPositiveInteger, "'-0'", "0", "1"),
        Row(.negativeInteger, "'-1'", "-1", "0"),
        Row(.long, "'-9223372036854775808'", "-9223372036854775808", "'9223372036854775808'"),
        Row(.int, "2147483647", "2147483647", "2147483648"), Row(.short, "-32768", "-32768", "-32769"),
        Row(.byte, "'127'", "127", "128"), Row(.nonNegativeInteger, "0", "0", "-1"),
        Row(.unsignedLong, "'18446744073709551615'", "18446744073709551615", "'18446744073709551616'"),
        Row(.unsignedInt, "4294967295", "4294967295", "4294967296"), Row(.unsignedShort, "65535", "65535", "65536"),
        Row(.unsignedByte, "255", "255", "-1"), Row(.positiveInteger, "1", "1", "0"),
        Row(.float, "16777217", "1.6777216E7", "'0x1'"), Row(.double, "' -INF '", "-INF", "'inf'"),
        Row(.duration, "'P13MT61M'", "P1Y1MT1H1M", "'P1.5D'"), Row(.yearMonthDuration, "'-P13M'", "-P1Y1M", "'P1D'"),
        Row(.dayTimeDuration, "'PT36H'", "P1DT12H", "'P1M'"),
        Row(.dateTime, "'2019-12-31T24:00:00'", "2020-01-01T00:00:00", "'2020-02-30T00:00:00'"),
        Row(.dateTimeStamp, "'2020-01-01T00:00:00.10Z'", "2020-01-01T00:00:00.1Z", "'2020-01-01T00:00:00'"),
        Row(.date, "'2020-02-29-00:00'", "2020-02-29Z", "'2019-02-29'"),
        Row(.time, "'24:00:00'", "00:00:00", "'24:00:01'"),
        Row(.gYearMonth, "'2020-02Z'", "2020-02Z", "'2020-13'"), Row(.gYear, "'-0100'", "-0100", "'20'"),
        Row(.gMonthDay, "'--02-29'", "--02-29", "'--02-30'"), Row(.gDay, "'---31'", "---31", "'---32'"),
        Row(.gMonth, "'--12+14:00'", "--12+14:00", "'--13'"), Row(.base64Binary, "'Y Q = ='", "YQ==", "'YQ='"),
        Row(.hexBinary, "'aF'", "AF", "'0'"), Row(.anyURI, "' a b '", "a b", "1", "XPTY0004"),
        Row(.qname, "'p:x'", "p:x", "'zz:x'", "FONS0004"),
    ]

    @Test("A constructor makes a value, refuses what is none, and lets nothing through", arguments: rows.indices)
    func row(_ index: Int) {
        let row = Self.rows[index]
        let context = XPathStaticContext(namespaces: ["p": "urn:p"])
        func found(_ argument: String) -> String { outcome("\(row.type)(\(argument))", context: context) }
        #expect(found(row.given) == row.value)
        if let fault = row.fault { #expect(found(fault) == row.code) }
        #expect(outcome("\(row.type)(\(row.given)) instance of \(row.type)", context: context) == "true")
        #expect(outcome("count(\(row.type)(()))", context: context) == "0")
        #expect(found("") == "XPST0017")
        #expect(found("\(row.given), \(row.given)") == "XPST0017")
        #expect(found("('1', '1')") == "XPTY0004")
    }

    @Test("Every atomic type that can be made has a row")
    func completeness() {
        let made = Set(Self.rows.map(\.type))
        #expect(Set(AtomicType.allCases).subtracting(made) == [.anyAtomicType, .notation])
        #expect(outcome("xs:anyAtomicType('a')") == "XPST0017")
        #expect(outcome("xs:NOTATION('a')") == "XPST0017")
        #expect(outcome("xs:unknown('a')") == "XPST0017")
    }
}
