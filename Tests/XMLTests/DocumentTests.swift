import Testing
import XML

private func parse(_ text: String) throws -> Document { try Document(parsing: Array(text.utf8)) }

@Test("A document is a tree of named nodes")
func tree() throws {
    let document = try parse(
        """
        <?xml version="1.0"?>
        <!-- c --><a xmlns="urn:x" xmlns:p="urn:p" k="1&amp;2">t<![CDATA[<u>]]>&lt;<p:b p:k="é" k=""/>
          <b>z</b></a>
        """)
    let root = document.documentElement
    #expect(root.name == QName("a", in: "urn:x"))
    #expect(root.attribute("k") == "1&2")
    #expect(root.stringValue == "t<u><\n  z")
    #expect(root.children.map(\.kind) == [.text, .element, .text, .element])
    #expect(root.children[0].stringValue == "t<u><")
    #expect(root.elements[0].attribute("k", in: "urn:p") == "é")
    #expect(root.elements[0].qualifiedName == "p:b")
    #expect(root.line == 2 && root.column == 11 && root.byteOffset == 32)
    #expect(root.elements[1].line == 3 && root.elements[1].column == 3)
    #expect(root.elements[0].attributes[0].path == "/a/p:b/@p:k")
    #expect(document.root.stringValue == root.stringValue)
}

@Test("The rows are in document order, attributes after their element, descendants a range")
func rows() throws {
    let nodes = try parse("<a x='1' y='2'><b z='3'/>t<c><d/></c></a>").nodes
    #expect(
        nodes.kind == [
            .document, .element, .attribute, .attribute, .element, .attribute, .text, .element, .element,
        ])
    #expect(nodes.parent == [-1, 0, 1, 1, 1, 4, 1, 1, 7])
    #expect(nodes.end == [9, 9, 3, 4, 6, 6, 7, 9, 9])
    #expect(nodes.firstChild(1) == 4 && nodes.firstChild(4) == 6 && nodes.firstChild(7) == 8)
    let ids = try #require(nodes.names.id(of: QName("y")))
    #expect(nodes.attribute(1, named: ids).map(nodes.string) == "2")
    #expect(nodes.attribute(4, named: ids) == nil)
    #expect(nodes.names.id(of: QName("absent")) == nil)
}

@Test("One expanded name has one id, whatever its prefix")
func interning() throws {
    let nodes = try parse("<p:a xmlns:p='urn:x'><q:a xmlns:q='urn:x'/><a xmlns='urn:x'/><a xmlns='urn:y'/><a/></p:a>")
        .nodes
    let elements = nodes.kind.indices.filter { nodes.kind[$0] == .element }.map { nodes.name[$0] }
    #expect(elements[0] == elements[1] && elements[1] == elements[2])
    #expect(Set(elements).count == 3)
    let many = try parse("<r>" + (0..<5000).map { "<e\($0) a\($0)=''/>" }.joined() + "</r>")
    #expect(many.documentElement.elements.map(\.localName) == (0..<5000).map { "e\($0)" })
    #expect(many.documentElement.elements.allSatisfy { $0.attributes.count == 1 })
}

@Test("Comments and processing instructions have their place and their value")
func leaves() throws {
    let document = try parse("<?one  a?>\r\n<!-- x\r\ny --><r>\r\n <?two?><!----></r><?three <? z?>")
    let all = document.root.descendants
    #expect(
        all.map(\.kind) == [
            .processingInstruction, .comment, .element, .text, .processingInstruction, .comment, .processingInstruction,
        ])
    #expect(all[0].localName == "one" && all[0].stringValue == "a" && all[0].column == 1 && all[0].line == 1)
    #expect(all[1].stringValue == " x\ny " && all[1].line == 2 && all[1].byteOffset == 12)
    #expect(all[4].localName == "two" && all[4].line == 4 && all[4].column == 2)
    #expect(all[5].stringValue == "" && all[5].column == 9)
    #expect(all[6].stringValue == "<? z" && all[6].column == 20)
}

@Test("Namespaces in scope are those of the ancestors, the nearer first")
func scope() throws {
    let root = try parse(
        "<a xmlns='urn:1' xmlns:p='urn:p'><b xmlns='' xmlns:q='urn:q'><p:c xmlns:p='urn:p2'/></b><d/></a>"
    ).documentElement
    let inner = try #require(root.first("b", in: "")?.first("c", in: "urn:p2"))
    #expect(inner.namespacesInScope == ["p": "urn:p2", "q": "urn:q"])
    #expect(inner.namespaceURI(forPrefix: "") == nil)
    #expect(inner.namespaceURI(forPrefix: "q") == "urn:q")
    #expect(inner.namespaceURI(forPrefix: "absent") == nil)
    #expect(inner.namespaceURI(forPrefix: "xml") == "http://www.w3.org/XML/1998/namespace")
    #expect(root.first("d", in: "urn:1")?.namespacesInScope == ["": "urn:1", "p": "urn:p"])
}

@Test("A byte order mark is told and stepped over")
func mark() throws {
    let marked = try Document(parsing: [0xEF, 0xBB, 0xBF] + Array("<a/>".utf8))
    #expect(marked.hasByteOrderMark && marked.documentElement.byteOffset == 3)
    #expect(try !parse("<a/>").hasByteOrderMark)
}

@Test("Blanks before the XML declaration are refused, or told where that is asked for")
func blanks() throws {
    let text = "\r\n  <?xml version=\"1.0\"?><a/>"
    let error = #expect(throws: XMLError.self) { try parse(text) }
    #expect(error?.code == .misplacedDeclaration && error?.line == 2)
    var options = ParsingOptions()
    options.toleratesLeadingBlanks = true
    let document = try Document(parsing: Array(text.utf8), options: options)
    #expect(document.leadingBlanks == 4)
    #expect(document.documentElement.byteOffset == 25 && document.documentElement.line == 2)
    #expect(document.documentElement.column == 24)
}

@Test("Text of all lengths and kinds comes whole")
func texts() throws {
    for length in [1, 299, 300, 301, 1000, 4096, 100_000] {
        for unit in ["x", "é", "€\n", "&amp;", "]]&gt;", "\u{1F600}", "\r\n"] {
            let source = String(repeating: unit, count: length)
            let expected =
                switch unit {
                case "&amp;": String(repeating: "&", count: length)
                case "]]&gt;": String(repeating: "]]>", count: length)
                case "\r\n": String(repeating: "\n", count: length)
                default: source
                }
            let root = try parse("<a>\(source)</a>").documentElement
            #expect(root.children.count == 1)
            #expect(root.stringValue == expected, "\(unit) × \(length)")
        }
    }
}
