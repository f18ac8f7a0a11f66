import Testing
import XML

private struct Encoding: CustomTestStringConvertible, Sendable {
    let name: String
    let alphabet: [String]
    let mark: [UInt8]
    /// The bytes of one scalar.
    let encode: @Sendable (Unicode.Scalar) -> [UInt8]
    var testDescription: String { "\(name)\(mark.isEmpty ? "" : " with a mark")" }

    static func utf16(bigEndian: Bool, _ scalar: Unicode.Scalar) -> [UInt8] {
        Array(String(Character(scalar)).utf16).flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
        }
    }

    static let wide = ["x", " ", "é", "€", "\u{1F600}", "&amp;", "&#233;", "\n", "\r\n", "<!-- a<b -->", "日本"]
    static let narrow = ["x", " ", "é", "ÿ", "&amp;", "&#x20AC;", "\n", "]]"]
    static let all: [Encoding] = [
        Encoding(name: "UTF-8", alphabet: wide, mark: []) { Array(String(Character($0)).utf8) },
        Encoding(name: "UTF-8", alphabet: wide, mark: [0xEF, 0xBB, 0xBF]) { Array(String(Character($0)).utf8) },
        Encoding(name: "UTF-16", alphabet: wide, mark: [0xFF, 0xFE]) { utf16(bigEndian: false, $0) },
        Encoding(name: "UTF-16", alphabet: wide, mark: [0xFE, 0xFF]) { utf16(bigEndian: true, $0) },
        Encoding(name: "UTF-16LE", alphabet: wide, mark: []) { utf16(bigEndian: false, $0) },
        Encoding(name: "UTF-16BE", alphabet: wide, mark: []) { utf16(bigEndian: true, $0) },
        Encoding(name: "ISO-8859-1", alphabet: narrow, mark: []) { [UInt8($0.value)] },
        Encoding(name: "ISO-8859-15", alphabet: narrow + ["€"], mark: []) { [$0 == "€" ? 0xA4 : UInt8($0.value)] },
        Encoding(name: "windows-1252", alphabet: narrow + ["€"], mark: []) { [$0 == "€" ? 0x80 : UInt8($0.value)] },
    ]
}

@Suite("Places")
struct PlaceTests {
    /// Comments in attribute values would be no XML: the filler of attributes has no markup.
    private static func document(_ encoding: Encoding, seed: UInt64, elements: Int, newlines: Int = 0) -> RandomDocument
    {
        RandomDocument(
            seed: seed, declaring: encoding.name, alphabet: encoding.alphabet.filter { !$0.hasPrefix("<") },
            elements: elements, newlines: newlines)
    }

    private static func check(_ written: RandomDocument, _ encoding: Encoding) throws {
        var offsets: [Int] = []
        var bytes = encoding.mark
        for scalar in written.text {
            offsets.append(bytes.count)
            bytes += encoding.encode(scalar)
        }
        let document = try Document(parsing: bytes)
        let elements = document.root.descendants.filter { $0.kind == .element }
        try #require(elements.count == written.tags.count)
        let step = max(1, elements.count / 400)
        for index in stride(from: 0, to: elements.count, by: step) {
            let (element, tag) = (elements[index], written.tags[index])
            #expect(element.localName == tag.name)
            #expect(element.line == tag.line, "\(tag)")
            #expect(element.column == tag.column, "\(tag)")
            #expect(element.byteOffset == offsets[tag.scalar], "\(tag)")
        }
    }

    @Test("Line, column and byte of every start tag are exact in every encoding", arguments: Encoding.all)
    private func places(_ encoding: Encoding) throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            try Self.check(Self.document(encoding, seed: seed, elements: 150), encoding)
        }
    }

    @Test("They stay exact beyond 65535 lines", arguments: [Encoding.all[0], Encoding.all[3], Encoding.all[6]])
    private func longDocuments(_ encoding: Encoding) throws {
        let written = Self.document(encoding, seed: 9, elements: 4000, newlines: 20)
        #expect(written.tags.last.map { $0.line > 70_000 } == true)
        try Self.check(written, encoding)
    }
}

@Test("What is in another encoding reads the same")
func transcoding() throws {
    let text = "<?xml version='1.0' encoding='UTF-16'?><a é='日本'>\u{1F600} &lt; é</a>"
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 255), UInt8(unit >> 8)] }
    let root = try Document(parsing: bytes).documentElement
    #expect(root.attribute("é") == "日本" && root.stringValue == "\u{1F600} < é")
    let latin = Array("<?xml version='1.0' encoding='iso-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8)
    #expect(try Document(parsing: latin).documentElement.stringValue == "é")
    let japanese = Array("<?xml version='1.0' encoding='Shift_JIS'?><a>".utf8) + [0x93, 0xFA] + Array("</a>".utf8)
    #expect(try Document(parsing: japanese).documentElement.stringValue == "日")
}
