import Foundation
import Testing
import XML

/// A folder that is there while the test runs.
private struct Folder {
    let url: URL

    init(_ files: [String: String]) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("schema-\(UUID().uuidString)")
        for (name, text) in files {
            let file = url.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
    func remove() { try? FileManager.default.removeItem(at: url) }
}

private func schema(_ body: String, _ head: String = "") -> String {
    """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t" targetNamespace="urn:t"
        elementFormDefault="qualified">
    \(head)
    \(body)
    </xs:schema>
    """
}

private let orderSchema = schema(
    """
    <xs:element name="order"><xs:complexType><xs:sequence>
      <xs:element name="item" maxOccurs="unbounded"><xs:complexType>
        <xs:attribute name="count" type="xs:positiveInteger" use="required"/>
      </xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    """)

@Suite("Schema")
struct SchemaTests {
    @Test("A valid document gives no violation, an invalid one each with its place")
    func places() throws {
        let folder = try Folder(["order.xsd": orderSchema])
        defer { folder.remove() }
        let schema = try Schema(contentsOfFile: folder.path("order.xsd"))
        #expect(schema.warnings.isEmpty)
        #expect(schema.validate(Array("<order xmlns='urn:t'><item count='1'/></order>".utf8)).isEmpty)
        let source = """
            <order xmlns="urn:t">
              <item count="1"/><item count="none"/>
              <item
                 />
              <other/>
            </order>
            """
        let violations = schema.validate(Array(source.utf8))
        #expect(violations.map(\.line) == [2, 4, 5])
        #expect(violations.map(\.column) == [20, 6, 3])
        #expect(violations.map(\.startLine) == [2, 3, 5])
        #expect(violations.map(\.byteOffset) == [41, 64, 80])
        #expect(violations.map(\.code) == [1824, 1868, 1871])
        #expect(violations.map(\.path) == ["/order/item[2]", "/order/item[3]", "/order/other"])
        #expect(violations[0].message.contains("'none' is not a valid value"))
    }

    @Test("A document that does not parse gives its parse error")
    func malformed() throws {
        let folder = try Folder(["order.xsd": orderSchema])
        defer { folder.remove() }
        let schema = try Schema(contentsOfFile: folder.path("order.xsd"))
        let violations = schema.validate(Array("<order>\n<item></order>".utf8))
        #expect(violations.count == 1 && violations[0].line == 2 && violations[0].column == 7)
        #expect(schema.validate(Array("<!DOCTYPE order><order/>".utf8)).first?.message.contains("DOCTYPE") == true)
        #expect(schema.validate([]).count == 1)
    }

    @Test("Places are right beyond 65535 lines and in UTF-16")
    func farPlaces() throws {
        let folder = try Folder(["order.xsd": orderSchema])
        defer { folder.remove() }
        let schema = try Schema(contentsOfFile: folder.path("order.xsd"))
        let source =
            "<order xmlns='urn:t'>" + String(repeating: "<item count='1'/>\n", count: 70_000)
            + " <item count='é'/></order>"
        let violation = try #require(schema.validate(Array(source.utf8)).first)
        #expect(violation.line == 70_001 && violation.column == 2)
        let wide = Array("<order xmlns='urn:t'>\n<item count='é'/></order>".utf16).flatMap {
            [UInt8($0 & 255), UInt8($0 >> 8)]
        }
        let other = try #require(schema.validate([0xFF, 0xFE] + wide).first)
        #expect(other.line == 2 && other.column == 1 && other.byteOffset == 46)
    }

    @Test("Includes below the schema's folder are read")
    func includes() throws {
        let folder = try Folder([
            "a.xsd": schema("<xs:element name='a' type='T'/>", "<xs:include schemaLocation='parts/t.xsd'/>"),
            "parts/t.xsd": schema("<xs:simpleType name='T'><xs:restriction base='xs:int'/></xs:simpleType>"),
        ])
        defer { folder.remove() }
        let schema = try Schema(contentsOfFile: folder.path("a.xsd"))
        #expect(schema.validate(Array("<a xmlns='urn:t'>1</a>".utf8)).isEmpty)
        #expect(schema.validate(Array("<a xmlns='urn:t'>x</a>".utf8)).count == 1)
    }

    @Test("Includes outside of it are refused, unless the root is said to be higher")
    func outside() throws {
        let folder = try Folder([
            "in/a.xsd": schema("<xs:element name='a' type='T'/>", "<xs:include schemaLocation='../t.xsd'/>"),
            "t.xsd": schema("<xs:simpleType name='T'><xs:restriction base='xs:int'/></xs:simpleType>"),
        ])
        defer { folder.remove() }
        let error = #expect(throws: XMLError.self) { try Schema(contentsOfFile: folder.path("in/a.xsd")) }
        #expect(error?.code == .schema && error?.message.contains("t.xsd") == true, "\(String(describing: error))")
        #expect(throws: Never.self) { try Schema(contentsOfFile: folder.path("in/a.xsd"), root: folder.url.path) }
    }

    @Test("The network is never asked")
    func network() throws {
        let listener = try LoopbackListener()
        let folder = try Folder([
            "a.xsd": """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
            <xs:import namespace="urn:u" schemaLocation="http://127.0.0.1:\(listener.port)/u.xsd"/>
            <xs:element name="a"/></xs:schema>
            """
        ])
        defer { folder.remove() }
        let schema = try Schema(contentsOfFile: folder.path("a.xsd"))
        #expect(schema.warnings.contains { $0.contains("u.xsd") }, "\(schema.warnings)")
        let hint = "http://www.w3.org/2001/XMLSchema-instance"
        let location = "urn:t http://127.0.0.1:\(listener.port)/t.xsd"
        let source = "<a xmlns='urn:t' xmlns:x='\(hint)' x:schemaLocation='\(location)'/>"
        #expect(schema.validate(Array(source.utf8)).isEmpty)
        let style = """
            <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
            <xsl:template match="/"><o><xsl:copy-of select="document('http://127.0.0.1:\(listener.port)/x')"/></o></xsl:template>
            </xsl:stylesheet>
            """
        _ = try? Stylesheet(Array(style.utf8)).transform(Array("<a/>".utf8))
        #expect(!listener.wasAsked())
        // Proof that the listener would tell.
        listener.ask()
        #expect(listener.wasAsked())
    }

    @Test("A schema that does not compile says where and why")
    func broken() throws {
        let folder = try Folder([
            "bad.xsd": schema("\n<xs:element name='a' type='Absent'/>"), "cut.xsd": "<xs:schema",
        ])
        defer { folder.remove() }
        let bad = #expect(throws: XMLError.self) { try Schema(contentsOfFile: folder.path("bad.xsd")) }
        #expect(bad?.code == .schema && bad?.line == 5 && bad?.message.contains("Absent") == true)
        let cut = #expect(throws: XMLError.self) { try Schema(contentsOfFile: folder.path("cut.xsd")) }
        #expect(cut?.code == .schema && cut?.message.contains("cut.xsd") == true)
        let absent = #expect(throws: XMLError.self) { try Schema(contentsOfFile: folder.path("absent.xsd")) }
        #expect(absent?.code == .unreadable)
    }

    @Test("Many threads share one schema")
    func threads() async throws {
        let folder = try Folder(["order.xsd": orderSchema])
        defer { folder.remove() }
        let schema = try Schema(contentsOfFile: folder.path("order.xsd"))
        let path = folder.path("order.xsd")
        await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var wrong = 0
                    for round in 0..<100 {
                        let bad = (task + round) % 3
                        let items = String(repeating: "<item count='1'/>", count: 20)
                        let source = "<order xmlns='urn:t'>\(items)\(String(repeating: "<item/>", count: bad))</order>"
                        if schema.validate(Array(source.utf8)).count != bad { wrong += 1 }
                        if (try? Document(parsing: Array((source + "<").utf8))) != nil { wrong += 1 }
                        if round % 25 == 0, (try? Schema(contentsOfFile: path)) == nil { wrong += 1 }
                        let canonical = try? Canonicalizer.canonicalize(Array(source.utf8))
                        if canonical?.count != (try? Document(parsing: canonical ?? []))?.bytes.count { wrong += 1 }
                    }
                    return wrong
                }
            }
            for await wrong in group { #expect(wrong == 0) }
        }
    }
}
