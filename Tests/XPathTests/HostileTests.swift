import Testing
import XML

@testable import XPath

@Suite("Hostile expressions end in a named error or a value, never in a crash")
struct HostileTests {
    private struct Shape: Sendable {
        let name: String
        let expression: String
        let expected: String
    }

    private static let shapes: [Shape] = [
        Shape(name: "parentheses", expression: nested("(", "1", ")", 100_000), expected: "XPDY0130"),
        Shape(name: "predicates", expression: nested("a[", "1", "]", 100_000), expected: "XPDY0130"),
        Shape(name: "calls", expression: nested("not(", "1", ")", 100_000), expected: "XPDY0130"),
        Shape(name: "calls within the limit", expression: nested("not(", "1", ")", 190), expected: "true"),
        Shape(
            name: "conditions", expression: String(repeating: "if (0) then 0 else ", count: 100_000) + "1",
            expected: "XPDY0130"),
        Shape(name: "predicates within the limit", expression: "count(\(nested("a[", "a", "]", 190)))", expected: "1"),
        Shape(name: "sums within the limit", expression: nested("(1 + ", "1", ")", 190), expected: "191"),
        Shape(name: "comparisons within the limit", expression: nested("(1 = ", "1", ")", 190), expected: "XPTY0004"),
        Shape(
            name: "loops within the limit", expression: nested("(for $x in 1 return ", "$x", ")", 95), expected: "1"),
        Shape(
            name: "paths in predicates in paths",
            expression: "count(\(nested("a/../a/../a/../a/..[a/../a/../a[", "1", "]]", 60)))", expected: "1"),
        Shape(name: "signs", expression: String(repeating: "-", count: 900_000) + "1", expected: "1"),
        Shape(name: "sums", expression: "1" + String(repeating: "+1", count: 100_000), expected: "100001"),
        Shape(name: "steps", expression: "/a" + String(repeating: "/..", count: 50_000) + "/a", expected: ""),
        Shape(name: "alternatives", expression: "1" + String(repeating: " or 1", count: 100_000), expected: "true"),
        Shape(
            name: "many predicates", expression: "count(/a" + String(repeating: "[1]", count: 100_000) + ")",
            expected: "1"),
        Shape(
            name: "variables", expression: String(repeating: "for $x in 1 return ", count: 10_000) + "$x",
            expected: "XPDY0130"),
        Shape(
            name: "bindings",
            expression: "for " + (0..<10_000).map { "$x\($0) in 1" }.joined(separator: ",") + " return 1",
            expected: "XPDY0130"),
        Shape(name: "ten megabytes", expression: "1" + String(repeating: "+1", count: 5 << 20), expected: "XPDY0130"),
        Shape(
            name: "ten megabytes, less a little", expression: "1" + String(repeating: "+1", count: (5 << 20) - 9),
            expected: "XPDY0130"),
        Shape(
            name: "ten megabytes of literal",
            expression: "string-length('" + String(repeating: "x", count: 10_000_000) + "')",
            expected: "10000000"),
        Shape(name: "comments", expression: String(repeating: "(:", count: 1_000_000) + "1", expected: "XPST0003"),
        Shape(name: "a range without end", expression: "count(1 to 1000000000000)", expected: "1000000000000"),
        Shape(name: "its sum", expression: "sum(1 to 1000000000000)", expected: "500000000000500000000000"),
        Shape(name: "one item of it", expression: "(1 to 1000000000000)[3]", expected: "3"),
        Shape(name: "a part of it", expression: "subsequence(1 to 1000000000000, 7, 2)", expected: "7|8"),
        Shape(name: "membership in it", expression: "999999999 = 1 to 1000000000000", expected: "true"),
        Shape(name: "all of it", expression: "reverse(1 to 1000000000000)", expected: "XPDY0130"),
        Shape(name: "a loop over it", expression: "every $x in 1 to 1000000000000 satisfies $x", expected: "XPDY0130"),
        Shape(
            name: "a product of ranges", expression: "count(for $x in 1 to 1000000, $y in 1 to 1000000 return $y)",
            expected: "XPDY0130"),
        Shape(
            name: "a large number", expression: "1" + String(repeating: " * 99999999999999999999", count: 2000),
            expected: "FOAR0002"),
        Shape(name: "a large literal", expression: String(repeating: "9", count: 20_000), expected: "FOCA0003"),
    ]

    private static func nested(_ open: String, _ inner: String, _ close: String, _ count: Int) -> String {
        String(repeating: open, count: count) + inner + String(repeating: close, count: count)
    }

    @Test("A hostile shape", arguments: shapes.indices)
    func shape(_ index: Int) throws {
        let shape = Self.shapes[index]
        var settings = XPathSettings()
        settings.maximumSteps = 2_000_000
        let document = try parsed(Self.nested("<a>", "", "</a>", 250))
        #expect(outcome(shape.expression, at: document.root, settings: settings) == shape.expected, "\(shape.name)")
    }

    @Test(
        "A pattern that would explode runs in linear time",
        arguments: ["(a+)+$", "(a|a)*b", "(a*)*c", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func exponentialPattern(_ pattern: String) {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(outcome("matches($t, '\(pattern)')", variables: ["t": XPathValue(text)]) == "false")
    }

    @Test("(a+)+$ on 100 kB of what nearly matches")
    func classicPattern() {
        let text = String(repeating: "a", count: 100_000) + "b"
        #expect(outcome("matches($t, '(a+)+$')", variables: ["t": XPathValue(text)]) == "false")
    }

    @Test("A back-reference that would explode ends in a named error")
    func backReference() {
        let text = String(repeating: "a", count: 5_000)
        #expect(outcome("matches($t, '(a*)*(a*)*\\1b')", variables: ["t": XPathValue(text)]) == "XPDY0130")
    }

    @Test("Quantities that would fill memory are refused")
    func quantities() {
        #expect(outcome("matches('a', '((a{1000}){1000}){1000}')") == "XPDY0130")
        #expect(outcome("matches('a', '\(String(repeating: "(", count: 10_000))')") == "FORX0002")
    }

    @Test("Without a host no document can be had, whatever its URI")
    func documents() {
        var context = XPathStaticContext()
        context.allowsXSLTFunctions = true
        for uri in ["http://127.0.0.1/x", "/etc/passwd", "file:///etc/passwd", "../x.xml"] {
            #expect(outcome("doc('\(uri)')", context: context) == "FODC0002")
            #expect(outcome("doc-available('\(uri)')", context: context) == "false")
            #expect(outcome("count(document('\(uri)'))", context: context) == "0")
        }
    }

    @Test("A million nodes are a value, more than the limit are an error")
    func manyNodes() throws {
        let document = try parsed("<a>" + String(repeating: "<b/>", count: 200_000) + "</a>")
        #expect(outcome("count(//b)", at: document.root) == "200000")
        var settings = XPathSettings()
        settings.maximumItems = 100_000
        #expect(outcome("//b", at: document.root, settings: settings) == "XPDY0130")
        #expect(outcome("count(//b/../b)", at: document.root) == "200000")
        #expect(outcome("count(//b[preceding-sibling::b])", at: document.root) == "199999")
        settings = XPathSettings()
        settings.maximumSteps = 1_000_000
        #expect(outcome("count(//b[following::comment()])", at: document.root, settings: settings) == "XPDY0130")
    }

    @Test("Duplicates of nested paths don't pile up")
    func duplicates() throws {
        let level = "<a>" + String(repeating: "<b/>", count: 400)
        let document = try parsed(String(repeating: level, count: 120) + String(repeating: "</a>", count: 120))
        var settings = XPathSettings()
        settings.maximumItems = 60_000
        #expect(outcome("count(//a//b)", at: document.root, settings: settings) == "48000")
        settings.maximumItems = 40_000
        #expect(outcome("count(//a//b)", at: document.root, settings: settings) == "XPDY0130")
    }

    @Test("Text that grows without bound is refused")
    func longText() {
        var settings = XPathSettings()
        settings.maximumTextLength = 1_000_000
        #expect(outcome("string-join(for $i in 1 to 200000 return 'xxxxxx', '')", settings: settings) == "XPDY0130")
    }
}
