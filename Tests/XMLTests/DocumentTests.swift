import Testing
import XML

@Test("A document is a tree of named nodes")
func tree() throws {
    let document = try Document(
        parsing: Array(
            """
            <?xml version="1.0"?>
            <!-- c --><a xmlns="urn:x" xmlns:p="urn:p" k="1&amp;2">t<![CDATA[<u>]]>&lt;<p:b p:k="é" k=""/>
              <b>z</b></a>
            """.utf8))
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
}
