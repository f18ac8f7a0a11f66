import Testing
import XML

private func text(_ element: Element, declaration: Bool = false, indented: Bool = false) -> String {
    String(decoding: Serializer.serialize(element, declaration: declaration, indented: indented), as: UTF8.self)
}

@Suite("Serializer")
struct SerializerTests {
    @Test(
        "Text is escaped where it must be",
        arguments: [
            ("a<b>&\"'", "a&lt;b&gt;&amp;\"'"), ("]]>", "]]&gt;"), ("a\r\nb\tc\nd", "a&#13;\nb\tc\nd"),
            ("x\u{0}y\u{1F}", "x\u{FFFD}y\u{FFFD}"),
            ("\u{FFFE}\u{FFFF}\u{FFFD}\u{FEFF}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FEFF}"),
            ("é€\u{1F600}", "é€\u{1F600}"),
        ])
    func texts(_ value: String, _ written: String) {
        #expect(text(Element("a", text: value)) == "<a>\(written)</a>")
    }

    @Test(
        "So are attributes, with their line ends and tabs",
        arguments: [
            ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;'"), ("\r\n\t", "&#13;&#10;&#9;"), ("\u{8}", "\u{FFFD}"),
        ])
    func attributes(_ value: String, _ written: String) {
        #expect(text(Element("a", ["k": value])) == "<a k=\"\(written)\"/>")
    }

    @Test("Elements without text are set on lines of their own where that is asked for")
    func indentation() {
        let element = Element(
            "a", ["x": "1"], [Element("b", text: "t"), Element("c", [:], [Element("d")]), Element("e")])
        #expect(
            text(element, declaration: true, indented: true) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <a x="1">
                  <b>t</b>
                  <c>
                    <d/>
                  </c>
                  <e/>
                </a>

                """)
        #expect(text(element) == "<a x=\"1\"><b>t</b><c><d/></c><e/></a>")
        var mixed = Element("a", text: "x")
        mixed.append(Element("b", [:], [Element("c")]))
        #expect(text(mixed, indented: true) == "<a>x<b><c/></b></a>\n")
    }

    @Test("Attributes are read and set by their written name")
    func subscripts() {
        var element = Element("a", ["x": "1", "p:y": "2"])
        element["x"] = nil
        element["p:y"] = "3"
        element["z"] = "4"
        #expect(element["x"] == nil && element["z"] == "4")
        #expect(text(element) == "<a p:y=\"3\" z=\"4\"/>")
        #expect(element == Element("a", ["p:y": "3", "z": "4"]) && element != Element("a", ["z": "4", "p:y": "3"]))
    }

    @Test("A copied element keeps its names' meaning")
    func copying() throws {
        let source = "<r xmlns='urn:d' xmlns:p='urn:p'><p:a q='1'>x<!-- no --><b xmlns=''/><![CDATA[<]]></p:a></r>"
        let root = try Document(parsing: Array(source.utf8)).documentElement
        let copy = Element(copying: try #require(root.first("a", in: "urn:p")))
        #expect(
            text(copy) == "<p:a xmlns=\"urn:d\" xmlns:p=\"urn:p\" q=\"1\">x<b xmlns=\"\"/>&lt;</p:a>")
    }

    @Test("Whatever is written reads back the same", arguments: 1...60 as ClosedRange<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var element = Self.randomElement(&random, depth: 0)
        element.attributes = [("xmlns", "urn:d"), ("xmlns:p", "urn:p")] + element.attributes
        let read = try Document(parsing: Serializer.serialize(element))
        #expect(Element(copying: read.documentElement) == Self.readable(element))
    }

    private static let pieces = [
        "a", " ", "\n", "\r", "\r\n", "\t", "<", ">", "&", "\"", "'", "]]>", "&amp;", "é", "€", "\u{1F600}", "\u{85}",
        "\u{2028}", "\u{0}", "\u{B}", "\u{FFFE}", "\u{FFFF}", "\u{7F}", "<![CDATA[", "-->", "\u{301}",
    ]

    private static func randomText(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    private static func randomElement(_ random: inout SeededGenerator, depth: Int) -> Element {
        let name = ["a", "p:b", "é", "_x.y-z"].randomElement(using: &random) ?? "a"
        let attributes = (0..<Int.random(in: 0...4, using: &random)).map { index in
            (name: index % 2 == 0 ? "k\(index)" : "p:k\(index)", value: randomText(&random))
        }
        let content = (0..<Int.random(in: 0...(depth > 4 ? 1 : 4), using: &random)).map { _ in
            Bool.random(using: &random)
                ? Element.Content.text(randomText(&random)) : .element(randomElement(&random, depth: depth + 1))
        }
        return Element(name, attributes: attributes, content: content)
    }

    /// What a parser can tell: adjoining texts are one, empty ones none, illegal characters replaced.
    private static func readable(_ element: Element) -> Element {
        var content: [Element.Content] = []
        for item in element.content {
            switch (item, content.last) {
            case (.element(let child), _): content.append(.element(readable(child)))
            case (.text(let text), .text(let before)?): content[content.count - 1] = .text(before + legal(text))
            case (.text(let text), _): if !text.isEmpty { content.append(.text(legal(text))) }
            }
        }
        return Element(
            element.name, attributes: element.attributes.map { ($0.name, legal($0.value)) }, content: content)
    }

    private static func legal(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isIllegal =
                (scalar.value < 0x20 && !"\t\n\r".unicodeScalars.contains(scalar)) || scalar.value & ~1 == 0xFFFE
            result.append(isIllegal ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }
}
