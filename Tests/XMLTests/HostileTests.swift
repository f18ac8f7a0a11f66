import Foundation
import Testing
import XML

private struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    let code: XMLError.Code
    let line: Int
    let column: Int
    let says: String

    init(_ name: String, _ bytes: [UInt8], _ code: XMLError.Code, _ line: Int, _ column: Int, _ says: String = "") {
        testDescription = name
        self.bytes = bytes
        self.code = code
        self.line = line
        self.column = column
        self.says = says
    }

    init(_ name: String, _ text: String, _ code: XMLError.Code, _ line: Int, _ column: Int, _ says: String = "") {
        self.init(name, Array(text.utf8), code, line, column, says)
    }

    static let laughs = """
        <?xml version="1.0"?>
        <!DOCTYPE lolz [
         <!ENTITY lol "lol">
         <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
         <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">
        ]>
        <lolz>&lol2;</lolz>
        """

    static let all: [Case] = [
        Case("a DOCTYPE", "<?xml version='1.0'?>\n <!DOCTYPE a><a/>", .doctype, 2, 2, "DOCTYPE 'a'"),
        Case(
            "an external entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", .doctype, 1, 1),
        Case("an external DTD", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/<x.dtd'><a/>", .doctype, 1, 1),
        Case("a billion laughs", laughs, .doctype, 2, 1, "DOCTYPE 'lolz'"),
        Case("an HTML page", "<!DOCTYPE html>\n<html><p>Error 500<br></html>", .doctype, 1, 1, "HTML page"),
        Case("an HTML page without DOCTYPE", "<html>\n<body>\n<br>\n</body></html>", .malformed, 4, 1, "br"),
        Case("an entity of HTML", "<a>\n&nbsp;</a>", .malformed, 2, 7, "nbsp"),
        Case("depth 257", String(repeating: "<a>", count: 257), .tooDeep, 1, 769, "256"),
        Case(
            "100,000 attributes", "<r>\n<a" + (0..<100_000).map { " a\($0)=''" }.joined() + "/></r>",
            .tooManyAttributes, 2, 1, "1024"),
        Case(
            "1,025 short attributes",
            "<a" + (0..<1025).map { " \(Character(Unicode.Scalar(0x4E00 + $0) ?? "a"))=''" }.joined() + "/>",
            .tooManyAttributes, 1, 1),
        Case(
            "600 namespaces", "<a" + (0..<600).map { " xmlns:n\($0)='urn:x'" }.joined() + "/>", .tooManyNamespaces, 1, 1
        ),
        Case("a name of 1 MB", "<r><" + String(repeating: "n", count: 1 << 20) + "/></r>", .nameTooLong, 1, 4, "1024"),
        Case(
            "an attribute name of 1 MB", "<r " + String(repeating: "n", count: 1 << 20) + "='1'/>", .nameTooLong, 1, 1),
        Case(
            "a prefix of 1 MB", "<r xmlns:" + String(repeating: "n", count: 1 << 20) + "='urn:x'/>", .nameTooLong, 1, 1),
        Case("a target of 1 MB", "<r><?" + String(repeating: "n", count: 1 << 20) + " x?></r>", .nameTooLong, 1, 4),
        Case("invalid UTF-8", Array("<a>\nxé".utf8) + [0xE9, 0x20] + Array("</a>".utf8), .encoding, 2, 3, "E9"),
        Case("overlong UTF-8", Array("<a>".utf8) + [0xE0, 0x80, 0xAF] + Array("</a>".utf8), .encoding, 1, 4, "UTF-8"),
        Case("a surrogate in UTF-8", Array("<a>".utf8) + [0xED, 0xA0, 0x80], .encoding, 1, 4),
        Case("UTF-8 cut within a character", Array("<a>".utf8) + [0xC3], .encoding, 1, 4),
        Case("half a surrogate pair", [0xFF, 0xFE, 0x3C, 0x00, 0x61, 0x00, 0x00, 0xD8], .encoding, 1, 3),
        Case("an unknown encoding", "<?xml version='1.0' encoding='KLINGON'?><a/>", .encoding, 1, 1, "KLINGON"),
        Case(
            "UTF-16 that is none", "<?xml version='1.0' encoding='UTF-16'?><a/>", .encoding, 1, 31, "not written in it"),
        Case(
            "a mark that contradicts",
            [0xEF, 0xBB, 0xBF] + Array("<?xml version='1.0' encoding='ISO-8859-1'?><a/>".utf8),
            .encoding, 1, 34),
        Case("ASCII with accents", "<?xml version='1.0' encoding='US-ASCII'?><a>é</a>", .encoding, 1, 45),
        Case("UTF-32", [0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0], .encoding, 1, 1, "UTF-32"),
        Case("a truncated document", "<a>\n<b>text", .malformed, 2, 8),
        Case("a truncated tag", "<a>\n<b attr='x", .malformed, 2, 11),
        Case("a truncated declaration", "<?xml version='1.0'", .malformed, 1, 20),
        Case("no byte", [], .empty, 1, 1, "empty"),
        Case("blanks only", " \n\t", .empty, 1, 1, "blanks"),
        Case("a mark only", [0xEF, 0xBB, 0xBF], .empty, 1, 1),
        Case("a NUL", Array("<a>\n".utf8) + [0] + Array("</a>".utf8), .illegalCharacter, 2, 1, "U+0000"),
        Case("a NUL after the end", Array("<a/>".utf8) + [0], .illegalCharacter, 1, 5),
        Case("a control character", "<a>x\u{1B}</a>", .illegalCharacter, 1, 5, "U+001B"),
        Case("a reference to NUL", "<a>&#0;</a>", .illegalCharacter, 1, 8, "invalid xmlChar"),
        Case("U+FFFF", "<a>\u{FFFF}</a>", .illegalCharacter, 1, 4),
        Case("no XML", "Internal Server Error", .malformed, 1, 1),
        Case("JSON", "{\"a\": 1}", .malformed, 1, 1),
        Case("two roots", "<a/>\n<b/>", .malformed, 2, 1),
        Case("text after the end", "<a/>\nx", .malformed, 2, 1),
        Case("tags that do not match", "<a>\n<b></a>", .malformed, 2, 4, "b line 2"),
        Case("one attribute twice", "<a>\n<b x='1' x='2'/></a>", .malformed, 2, 15, "x"),
        Case(
            "one attribute twice by two prefixes", "<a xmlns:p='u' xmlns:q='u'>\n<b p:x='' q:x=''/></a>", .namespace, 2,
            1),
        Case("an undeclared prefix", "<a>\n <p:b/></a>", .namespace, 2, 2, "p"),
        Case("an undeclared prefix of an attribute", "<a>\n <b p:k=''/></a>", .namespace, 2, 2, "p"),
        Case("a prefix taken back", "<a xmlns:p=''/>", .namespace, 1, 1),
        Case("a second XML declaration", "<a/>\n<?xml version='1.0'?>", .malformed, 2, 6),
        Case(
            "a comment before the XML declaration", "<!-- x --><?xml version='1.0'?><a/>", .misplacedDeclaration, 1, 16),
        Case("a bare ampersand", "<a>R&D</a>", .malformed, 1, 7),
        Case("a < in an attribute", "<a b='<'/>", .malformed, 1, 7),
        Case("]]> in text", "<a>\nx]]></a>", .malformed, 2, 2),
    ]
}

@Suite("Hostile input")
struct HostileTests {
    @Test("It gives a located error", arguments: Case.all)
    private func hostile(_ input: Case) throws {
        let error = try #require(throws: XMLError.self) { try Document(parsing: input.bytes) }
        #expect(error.code == input.code)
        #expect(input.says.isEmpty || error.message.contains(input.says), "\(error)")
        #expect((error.line, error.column) == (input.line, input.column), "\(error)")
        let offset = try #require(error.byteOffset)
        #expect(offset <= input.bytes.count)
        #expect(!error.message.contains("\n") && error.message.utf8.count < 600)
    }

    @Test("What is just within the limits is read")
    func within() throws {
        let deep = String(repeating: "<a>", count: 256) + String(repeating: "</a>", count: 256)
        #expect(try Document(parsing: Array(deep.utf8)).nodes.count == 257)
        let wide = "<a" + (0..<1024).map { " a\($0)='" + String(repeating: "x", count: 9) + "'" }.joined() + "/>"
        #expect(try Document(parsing: Array(wide.utf8)).documentElement.attributes.count == 1024)
        let long = "<a k='" + String(repeating: "\" ", count: 20_000) + "'/>"
        #expect(try Document(parsing: Array(long.utf8)).documentElement.attribute("k")?.utf8.count == 40_000)
    }

    @Test("A document larger than the limit is refused by its size alone")
    func size() throws {
        var options = ParsingOptions()
        options.maximumSize = 1000
        let text = "<a>" + String(repeating: "x", count: 993) + "</a>"
        #expect(throws: Never.self) { try Document(parsing: Array(text.utf8), options: options) }
        let error = #expect(throws: XMLError.self) { try Document(parsing: Array((text + " ").utf8), options: options) }
        #expect(error?.code == .tooLarge && error?.message.contains("1001") == true)
        let huge = #expect(throws: XMLError.self) {
            try Document(parsing: [UInt8](repeating: 0x20, count: (64 << 20) + 1))
        }
        #expect(huge?.code == .tooLarge)
    }

    @Test("A file of a gigabyte of zeros is refused unread")
    func zeros() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("zeros-\(UUID().uuidString)").path
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 1 << 30)
        try handle.close()
        let error = #expect(throws: XMLError.self) { try Document(contentsOfFile: path) }
        #expect(error?.code == .tooLarge)
        let absent = #expect(throws: XMLError.self) { try Document(contentsOfFile: path + "-absent") }
        #expect(absent?.code == .unreadable)
        let folder = #expect(throws: XMLError.self) { try Document(contentsOfFile: NSTemporaryDirectory()) }
        #expect(folder?.code == .unreadable)
    }

    @Test("A file is read whole")
    func file() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("a-\(UUID().uuidString).xml").path
        try Data("<a>é</a>".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let document = try Document(contentsOfFile: path)
        #expect(document.documentElement.stringValue == "é" && document.name == path)
    }

    @Test("Texts and nodes have limits")
    func others() throws {
        var options = ParsingOptions()
        options.maximumTextLength = 10
        for text in [
            "<a>12345<![CDATA[678901]]></a>", "<a k='12345678901'/>", "<a><!--12345678901--></a>",
            "<a><?p 12345678901?></a>",
        ] {
            let error = #expect(throws: XMLError.self) { try Document(parsing: Array(text.utf8), options: options) }
            #expect(error?.code == .textTooLong, "\(text)")
        }
        #expect(throws: Never.self) {
            try Document(parsing: Array("<a k='1234567890'>1234567890</a>".utf8), options: options)
        }
        options = ParsingOptions()
        options.maximumNodes = 4
        #expect(throws: Never.self) { try Document(parsing: Array("<a b=''>t</a>".utf8), options: options) }
        for text in ["<a b=''>t<c/></a>", "<a b='' c='' d=''/>", "<a b=''>t<!-- --></a>", "<a b=''><c/>t</a>"] {
            let error = #expect(throws: XMLError.self) { try Document(parsing: Array(text.utf8), options: options) }
            #expect(error?.code == .tooManyNodes, "\(text)")
        }
    }

    @Test("Random damage gives an error or a document, never a crash")
    func damage() {
        var random = SeededGenerator(seed: 7)
        let written = RandomDocument(
            seed: 3, declaring: "UTF-8", alphabet: ["x", "é", "&amp;", "\n"], elements: 12, newlines: 0)
        let bytes = Array(String(written.text).utf8)
        var outcomes = (good: 0, bad: 0)
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged[at] = UInt8.random(in: 0...255, using: &random)
                case 1: damaged.remove(at: at)
                case 2: damaged.insert(contentsOf: Array("<![CDATA[".utf8), at: at)
                default: damaged.removeSubrange(at..<min(at + 20, damaged.count))
                }
            }
            do {
                _ = try Document(parsing: damaged)
                outcomes.good += 1
            } catch {
                outcomes.bad += 1
                #expect(error.line >= 1 && error.column >= 1)
            }
        }
        #expect(outcomes.good > 20 && outcomes.bad > 1000)
    }
}
