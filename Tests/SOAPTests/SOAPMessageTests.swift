import HTTP
import SOAP
import TestSupport
import Testing
import XML

/// A small MTOM message, right by default.
private func package(_ bend: (inout MTOMPackage) -> Void = { _ in }) -> MTOMPackage {
    let include = Element("xop:Include", ["xmlns:xop": SOAPNamespace.xop, "href": "cid:0.2"])
    let envelope = OutgoingEnvelope(
        Addressing(action: "urn:a", messageID: "urn:uuid:1"), content: Element("a", [:], [Element("d", [:], [include])])
    )
    var package = MTOMPackage(
        envelope: envelope.serialized(),
        attachments: [MTOMPackage.Attachment(contentID: "0.2", content: .bytes([0, 13, 10, 255]))], action: "urn:a",
        boundary: "limit")
    bend(&package)
    return package
}

private func read(_ package: MTOMPackage) throws -> SOAPMessage {
    SOAPMessage(reading: try package.bytes(), contentType: package.contentType)
}

@Suite("Messages are read as they came")
struct SOAPMessageTests {
    @Test("A right package has no fault, and its document has the bytes of its part")
    func right() throws {
        let message = try read(package())
        #expect(message.faults.isEmpty)
        #expect(message.isMultipart && message.boundary == "limit" && message.rootIndex == 0)
        let element = try #require(message.envelope?.content?.descendants("d", in: "").first)
        let content = message.content(of: element)
        #expect(content.bytes == [0, 13, 10, 255] && content.origin == .part(1) && content.isResolved)
        #expect(message.part("0.2")?.bytes == [0, 13, 10, 255])
        #expect(message.has(.soap11) == false)
    }

    @Test("A streamed attachment gives the same bytes as one in memory")
    func streamed() throws {
        let inMemory = try package().bytes()
        let source = Source([0, 13, 10, 255])
        let streamed = package { $0.attachments[0].content = .stream(length: 4) { source.next() } }
        #expect(try streamed.bytes() == inMemory)
    }

    @Test("Inline base64 stands for the bytes too, an unresolved reference for none")
    func binary() throws {
        let document = try Document(
            parsing: Array("<a><b> AAE\nC </b><c><i:Include xmlns:i='\(SOAPNamespace.xop)' href='cid:9'/></c></a>".utf8)
        )
        let message = SOAPMessage(reading: document.bytes, contentType: "application/soap+xml")
        let root = try #require(message.document?.documentElement)
        let inline = message.content(of: root.elements("b", in: "")[0])
        #expect(inline.bytes == [0, 1, 2] && inline.origin == .inline)
        let lost = message.content(of: root.elements("c", in: "")[0])
        #expect(!lost.isResolved && lost.origin == .unresolved("cid:9"))
    }

    @Test("A base64 part is decoded, whatever the case of its header")
    func base64() throws {
        let message = try read(package { $0.attachments[0].transferEncoding = "BASE64" })
        #expect(message.part("0.2")?.bytes == [0, 13, 10, 255])
        #expect(message.part("0.2")?.isDecoded == true)
        #expect(message.faults.map(\.code) == [.transferEncodingBase64])
    }

    @Test("start chooses the root, in any place")
    func start() throws {
        let bytes = try package().bytes()
        var text = String(decoding: bytes, as: UTF8.self)
        text = text.replacing("<0.1>", with: "<root@x>")
        let type = package().contentType.replacing("<0.1>", with: "<root@x>")
        #expect(SOAPMessage(reading: Array(text.utf8), contentType: type).rootPart?.contentID == "root@x")
    }

    @Test("The place of an element is counted in the whole body")
    func place() throws {
        let bytes = try package().bytes()
        let message = try read(package())
        let node = try #require(message.includes.first?.node)
        let place = message.place(of: node)
        let byte = try #require(place.byte)
        #expect(bytes[byte...].starts(with: Array("<xop:Include".utf8)))
        #expect(place.line == bytes[..<byte].count { $0 == 10 } + 1)
        #expect(place.part == "0.1")
    }

    @Test("A captured body finds its boundary by itself, with or without HTTP headers before it")
    func captured() throws {
        let bytes = try package().bytes()
        let alone = SOAPMessage(reading: bytes, contentType: nil)
        #expect(alone.boundary == "limit" && alone.parts.count == 2 && alone.has(.noHeaders))
        let head = "POST /x HTTP/1.1\r\nContent-Type: \(package().contentType)\r\n\r\n"
        let whole = SOAPMessage(reading: Array(head.utf8) + bytes, contentType: nil)
        #expect(whole.parts.count == 2 && !whole.has(.noHeaders))
        #expect(whole.contentType?["start"] == "<0.1>")
        #expect(whole.envelope != nil)
    }

    @Test("A captured envelope without multipart is read")
    func bare() {
        let bytes = OutgoingEnvelope(Addressing(action: "urn:a"), content: Element("a")).serialized()
        let message = SOAPMessage(reading: bytes, contentType: nil)
        #expect(message.envelope?.addressing.action == "urn:a" && !message.isMultipart)
    }

    @Test(
        "The official signed submission is opened: three parts, its faults told",
        .enabled(if: Corpora.has("drim-m/informatif/XDS/publication.xml"), Comment(rawValue: Corpora.absence)))
    func publication() throws {
        let message = SOAPMessage(reading: try Corpora.bytes("drim-m/informatif/XDS/publication.xml"), contentType: nil)
        #expect(
            message.parts.map(\.contentID) == ["0.1", "0.3", "0.2"]
                || message.parts.map(\.contentID) == ["0.1", "0.2", "0.3"])
        #expect(message.envelope?.addressing.action == "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b")
        #expect(message.includes.allSatisfy { $0.partIndex != nil })
        #expect(
            message.has(.partAction) && message.has(.mustUnderstandUnqualified) && message.has(.transferEncodingBase64))
    }

    @Test(
        "The packages of the NIST are read, and their references resolved",
        .enabled(if: Corpora.has("nist/testkit/PnrXop"), Comment(rawValue: Corpora.absence)),
        arguments: ["Xop", "encodedURL"])
    func nist(_ name: String) throws {
        let message = SOAPMessage(reading: try Corpora.bytes("nist/testkit/PnrXop/\(name)/body.txt"), contentType: nil)
        #expect(message.isMultipart && message.envelope != nil)
        #expect(!message.includes.isEmpty && message.includes.allSatisfy { $0.partIndex != nil })
    }
}

/// Gives bytes once, then nothing.
private final class Source: @unchecked Sendable {
    // Sendable: one writer drains it, on one thread.
    private var bytes: [UInt8]?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func next() -> [UInt8]? {
        defer { bytes = nil }
        return bytes
    }
}

@Suite("Hostile messages")
struct HostileMessageTests {
    private func root(_ text: String) -> SOAPMessage {
        SOAPMessage(reading: Array(text.utf8), contentType: "application/soap+xml")
    }

    @Test("A package cut at any byte is read without a crash, and told")
    func truncated() throws {
        let right = package()
        let bytes = try right.bytes()
        for length in 0..<bytes.count {
            let message = SOAPMessage(reading: Array(bytes[..<length]), contentType: right.contentType)
            // Only the line end after the close delimiter may be missing.
            if length < bytes.count - 2 { #expect(!message.faults.isEmpty, "cut at \(length)") }
        }
    }

    @Test(
        "External and exploding entities are refused with the DOCTYPE, alone and in a root part",
        arguments: [
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
            "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
        ])
    func entities(_ text: String) throws {
        let alone = root(text)
        #expect(alone.has(.notXML) && alone.document == nil)
        let packed = try read(package { $0.envelope = Array(text.utf8) })
        #expect(packed.has(.notXML) && packed.envelope == nil && packed.parts.count == 2)
    }

    @Test("64 levels are read, a depth over the limit is refused")
    func depth() {
        func nested(_ levels: Int) -> String {
            String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
        }
        #expect(root(nested(64)).document != nil)
        #expect(root(nested(10_000)).has(.notXML))
    }

    @Test("Two parts of one Content-ID are told; the first is taken")
    func duplicate() throws {
        let message = try read(
            package {
                $0.attachments.append(MTOMPackage.Attachment(contentID: "0.2", content: .bytes([9])))
            })
        #expect(message.has(.duplicateContentID))
        #expect(message.part("0.2")?.bytes == [0, 13, 10, 255])
    }

    @Test("A huge Content-ID is refused without being kept")
    func hugeIdentifier() throws {
        let message = try read(package { $0.attachments[0].contentID = String(repeating: "x", count: 1 << 20) })
        #expect(message.has(MessageFault.Code(rawValue: "header-too-large")))
        #expect(message.has(.includeUnresolved))
    }

    @Test(
        "A reference out of the message is never followed",
        arguments: ["http://127.0.0.1:1/x", "file:///etc/passwd", ""])
    func outside(_ href: String) throws {
        let text = String(decoding: package().envelope, as: UTF8.self).replacing("cid:0.2", with: href)
        let message = try read(package { $0.envelope = Array(text.utf8) })
        #expect(message.has(.includeScheme) && message.includes.first?.partIndex == nil)
    }

    @Test(
        "Answers that are none are told",
        arguments: [
            ("", "application/soap+xml", "empty"), ("  \r\n ", "application/soap+xml", "empty"),
            ("<!DOCTYPE html><html/>", "text/html", "html"), ("nothing", "text/plain", "not-xml"),
            ("\u{0}\u{0}\u{0}", "application/soap+xml", "not-xml"), ("<a>", "text/xml", "not-xml"),
            ("<a/>", "text/xml", "not-envelope"), ("x", "multipart/related; boundary=b", "root-missing"),
        ])
    func none(_ text: String, _ type: String, _ code: String) {
        let message = SOAPMessage(reading: Array(text.utf8), contentType: type)
        #expect(message.has(MessageFault.Code(rawValue: code)), "\(message.faults.map(\.code.rawValue))")
        #expect(message.envelope == nil)
    }

    @Test("Faults have sentences in two languages and come in the order of the bytes")
    func sentences() throws {
        let message = try read(
            package {
                $0.framing.indentation = " "
                $0.framing.lineEnd = .lf
                $0.rootAction = "urn:b"
                $0.attachments[0].transferEncoding = "base64"
            })
        #expect(message.faults.count >= 5)
        #expect(message.faults.allSatisfy { !$0.english.isEmpty && !$0.french.isEmpty && $0.english != $0.french })
        let offsets = message.faults.compactMap(\.byteOffset)
        #expect(offsets == offsets.sorted())
    }
}
