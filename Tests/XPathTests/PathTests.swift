import Testing
import XML

@testable import XPath

@Suite("Paths: axes, node tests, order, patterns")
struct PathTests {
    static let document = """
        <a xmlns:p="urn:p" x="0"><b i="1"><c>1</c><c>2</c><p:c>3</p:c></b>text<!--note--><?pi data?>\
        <b i="2"><b i="3"><c>4</c></b></b><p:d p:at="5"/></a>
        """

    static let paths: [Case] = [
        Case("/a/b/@i/string()", "1|2"), Case("//b/@i/string()", "1|2|3"), Case("//c/string()", "1|2|4"),
        Case("//*:c/string()", "1|2|3|4"),
        Case("//p:*/local-name()", "c|d"), Case("//@*/name()", "x|i|i|i|p:at"), Case("//@p:*/string()", "5"),
        Case("count(//node())", "16"),
        Case("/a/node()[3]/self::comment()/string()", "note"), Case("//processing-instruction()/string()", "data"),
        Case("//processing-instruction('pi')/name()", "pi"), Case("//processing-instruction(other)", ""),
        Case("/a/text()/string()", "text"),
        Case("//c[. = 2]/preceding-sibling::*/string()", "1"), Case("//c[1]/following-sibling::*/string()", "2|3"),
        Case("//c[. = 4]/ancestor::*/name()", "a|b|b"), Case("//c[. = 4]/ancestor::*[1]/@i/string()", "3"),
        Case("//c[. = 4]/ancestor-or-self::*[1]/name()", "c"),
        Case("(//c[. = 4]/ancestor::*)[1]/name()", "a"), Case("//p:d/preceding::c/string()", "1|2|4"),
        Case("//p:d/preceding::*[1]/string()", "4"),
        Case("//c[. = 2]/following::*/name()", "p:c|b|b|c|p:d"), Case("//c[. = 2]/preceding::*/string()", "1"),
        Case("//@i[. = 3]/..//c/string()", "4"),
        Case("//b[@i = 1]/@i/following::c/string()", "1|2|4"), Case("//b[@i = 2]/@i/preceding::c/string()", "1|2"),
        Case("/a/descendant::b[2]/@i/string()", "2"), Case("//b[1]/@i/string()", "1|3"),
        Case("(//b)[2]/@i/string()", "2"),
        Case("/a/b[last()]/@i/string()", "2"), Case("/a/b[last() - 1]/@i/string()", "1"),
        Case("/a/b[c][1]/@i/string()", "1"), Case("/a/b[2][b]/@i/string()", "2"),
        Case("//b/descendant-or-self::b/@i/string()", "1|2|3"), Case("//c/../../@i/string()", "2"),
        Case("//c/parent::b/@i/string()", "1|3"),
        Case("(//c | //b)/name()", "b|c|c|b|b|c"), Case("(//c[2], //c[1])/string()", "2|1|4"),
        Case("(//c[2], //c[1])/self::c/string()", "1|2|4"), Case("(//c except //c[. = 2])/string()", "1|4"),
        Case("(//c intersect //b/c)/string()", "1|2|4"), Case("//c | 1", "XPTY0004"),
        Case("//c[1] is (//c)[1]", "XPTY0004"), Case("(//c)[1] is (//c)[1]", "true"),
        Case("(//c)[1] << (//c)[2]", "true"), Case("(//c)[1] >> (//c)[2]", "false"), Case("//c/(., 1)", "XPTY0018"),
        Case("//c/position()", "1|2|3"),
        Case("//c/last()", "3|3|3"), Case("//b/count(c)", "2|0|1"), Case("//b/count(c) <= 1", "true"),
        Case("/a/(b, p:d)/name()", "b|b|p:d"),
        Case("/a/b/(c and b)", "false|false"), Case("//b/(@i + 1)", "2|3|4"), Case("self::node()/a/name()", "a"),
        Case("./a/b[1]/./@i/string()", "1"), Case("/..", ""),
        Case("/a/child::element(b)/@i/string()", "1|2"), Case("//attribute(i)/string()", "1|2|3"),
        Case("//element(*, xs:untyped)[1]/name()", "a|b|c|b|c"),
        Case("/self::document-node(element(a)) instance of document-node()", "true"),
        Case("/self::document-node(element(z))", ""), Case("//element(*, xs:integer)", ""),
        Case("//schema-element(a)", "XPST0008"), Case("/a/b[@i = '2' or c = 1]/@i/string()", "1|2"),
        Case("//b[not(c)]/@i/string()", "2"), Case("//b[@z != '1']", ""),
        Case("//b[not(@z = '1')]/@i/string()", "1|2|3"), Case("count(//c) = 3", "true"),
        Case("count(//c) > 3", "false"), Case("2 < count(//c)", "true"), Case("//b[count(c) = 2]/@i/string()", "1"),
        Case("//c[position() = (1, 2)]/string()", "1|2|4"), Case("//c[position() mod 2 = 0]/string()", "2"),
        Case("//c[string-length() = 1][last()]/string()", "2|4"),
        Case("/a/b/c/../c/../c/../c/../c/../c/../c/../c/../c/../c/../c/string()", "1|2"),
        Case("//c/ancestor::b/c/ancestor::b/@i/string()", "1|2|3"),
        Case("/a/b[@i = 2]/preceding-sibling::node()[1]/name()", "pi"),
        Case("/a/b[@i = 2]/preceding-sibling::*[1]/@i/string()", "1"),
    ]

    @Test("A path", arguments: paths)
    func path(_ row: Case) throws {
        let document = try parsed(Self.document)
        let context = XPathStaticContext(namespaces: ["p": "urn:p"])
        #expect(outcome(row.expression, at: document.root, context: context) == row.expected)
    }

    @Test("The default element namespace holds for elements, not for attributes")
    func defaultNamespace() throws {
        let document = try parsed("<a xmlns='urn:d' x='1'/>")
        let expression = try XPathExpression("/a/@x", defaultElementNamespace: "urn:d")
        #expect(try expression.string(at: document.root) == "1")
        #expect(try XPathExpression("/a").nodes(at: document.root).isEmpty)
        #expect(throws: XPathError.self) { try XPathExpression("1").nodes(at: document.root) }
    }

    @Test("Nodes of several documents come document by document")
    func severalDocuments() throws {
        let (one, two) = (try parsed("<a><b>1</b><b>2</b></a>"), try parsed("<a><b>3</b></a>"))
        let variables = ["x": XPathValue([one.root]), "y": XPathValue([two.root])]
        #expect(outcome("($x//b | $y//b | $x//b)/string()", at: one.root, variables: variables) == "1|2|3")
        #expect(outcome("$y//b except $x//b", variables: variables) == "3")
        #expect(outcome("deep-equal($x/a/b[1], $y/a/b)", variables: variables) == "false")
    }

    private struct PatternCase: Sendable {
        let pattern: String
        /// What of `//node() | //@* | /` matches, by name or kind.
        let expected: String
    }

    private static let patterns: [PatternCase] = [
        PatternCase(pattern: "b", expected: "b1 b2 b3"), PatternCase(pattern: "a/b", expected: "b1 b2"),
        PatternCase(pattern: "/b", expected: ""),
        PatternCase(pattern: "/a", expected: "a"), PatternCase(pattern: "/", expected: "/"),
        PatternCase(pattern: "//b", expected: "b1 b2 b3"), PatternCase(pattern: "a//b", expected: "b1 b2 b3"),
        PatternCase(pattern: "b/b", expected: "b3"), PatternCase(pattern: "/a//c", expected: "c c c"),
        PatternCase(pattern: "b[1]", expected: "b1 b3"), PatternCase(pattern: "b[last()]", expected: "b2 b3"),
        PatternCase(pattern: "b[c][1]", expected: "b1 b3"), PatternCase(pattern: "@i", expected: "@i @i @i"),
        PatternCase(pattern: "b/@*", expected: "@i @i @i"),
        PatternCase(pattern: "text()[. = 'text']", expected: "text"),
        PatternCase(pattern: "comment()", expected: "comment"),
        PatternCase(pattern: "b[c = 4] | p:d", expected: "b3 p:d"), PatternCase(pattern: "*[@i = 2]", expected: "b2"),
        PatternCase(pattern: "*:c", expected: "c c p:c c"),
        PatternCase(pattern: "b[error()]", expected: ""),
        PatternCase(pattern: "b[@i castable as xs:integer and xs:integer(@i) > 1]", expected: "b2 b3"),
    ]

    @Test("A match pattern", arguments: patterns.indices)
    func pattern(_ index: Int) throws {
        let row = Self.patterns[index]
        let document = try parsed(Self.document)
        let pattern = try XPathPattern(row.pattern, context: XPathStaticContext(namespaces: ["p": "urn:p"]))
        let nodes = try XPathExpression("/ | //node() | //@*").nodes(at: document.root)
        let names = try nodes.filter { try pattern.matches($0) }.map { node in
            switch node.kind {
            case .document: "/"
            case .element: node.qualifiedName + (node.qualifiedName == "b" ? node.attribute("i") ?? "" : "")
            case .attribute: "@" + node.qualifiedName
            case .text: "text"
            case .comment: "comment"
            case .processingInstruction: "pi"
            }
        }
        #expect(names.joined(separator: " ") == row.expected, "\(row.pattern)")
    }

    @Test(
        "What is no pattern is refused",
        arguments: ["ancestor::a", "a/..", "1", "f(x)", "a//", "$x/a", "a/descendant::b"])
    func noPattern(_ source: String) {
        #expect(throws: XPathError.self) { try XPathPattern(source, context: XPathStaticContext()) }
    }
}
