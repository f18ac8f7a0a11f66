import SOAP
import Testing

@Suite("Base64")
struct Base64Tests {
    @Test(
        "Bytes are encoded as in RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ plain: String, _ text: String) {
        #expect(String(decoding: Base64.encode(Array(plain.utf8)), as: UTF8.self) == text)
        let decoded = Base64.decode(text.utf8)
        #expect(decoded.bytes == Array(plain.utf8) && decoded.firstError == nil)
    }

    @Test("All bytes come back, on one line or several")
    func roundTrip() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(Base64.decode(Base64.encode(bytes)).bytes == bytes)
        let lines = Base64.encode(bytes, lineLength: 76)
        #expect(Base64.decode(lines).bytes == bytes)
        #expect(String(decoding: lines, as: UTF8.self).split(separator: "\r\n").allSatisfy { $0.count <= 76 })
    }

    @Test(
        "What does not belong is told at its place",
        arguments: [("Zm9*v", 3), ("Zg==Zg==", 4), ("Zg", 2), ("Zm9vY", 5), ("Zm9v=", 5)])
    func errors(_ text: String, _ place: Int) {
        #expect(Base64.decode(text.utf8).firstError == place)
    }

    @Test("Blanks and line ends are passed over")
    func blanks() {
        let decoded = Base64.decode(" Zm\r\n9v\t".utf8)
        #expect(decoded.bytes == Array("foo".utf8) && decoded.firstError == nil)
    }
}

@Suite("Percent-escapes of cid URLs")
struct PercentEncodingTests {
    @Test(
        "A text comes back from its escapes",
        arguments: ["0.2", "a b", "é@x", "100%", "<a>", "a+b=c!", "a/b?c#d", "🩻"])
    func roundTrip(_ text: String) {
        let encoded = PercentEncoding.encode(text)
        #expect(PercentEncoding.decode(encoded) == text)
        #expect(!encoded.contains(" ") && !encoded.contains("<") && !encoded.contains("#"))
    }

    @Test("Usual identifiers are left as they are", arguments: ["0.2", "kos@cisis", "uuid-1_2~3"])
    func unreserved(_ text: String) { #expect(PercentEncoding.encode(text) == text) }

    @Test("A broken escape has no value", arguments: ["%", "%4", "a%zz", "%FF"])
    func broken(_ text: String) { #expect(PercentEncoding.decode(text) == nil) }

    @Test("Escapes are read in either case")
    func hexadecimal() { #expect(PercentEncoding.decode("%c3%A9") == "é") }
}

@Suite("Fresh identifiers")
struct IdentifierSourceTests {
    @Test("A seed gives the same identifiers each time, none twice")
    func seed() {
        let (left, right) = (IdentifierSource(seed: 7), IdentifierSource(seed: 7))
        let first = (0..<100).map { _ in left.uuid() }
        #expect(first == (0..<100).map { _ in right.uuid() })
        #expect(Set(first).count == 100)
        #expect(first.allSatisfy { $0.count == 36 && Array($0)[14] == "4" && "89ab".contains(Array($0)[19]) })
    }

    @Test("URNs and OIDs have their form")
    func forms() {
        let source = IdentifierSource()
        #expect(source.urn().hasPrefix("urn:uuid:"))
        #expect(source.oid().hasPrefix("2.25.") && source.oid().count <= 44)
        #expect(source.uuid() != source.uuid())
    }
}
