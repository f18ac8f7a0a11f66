import HTTP
import Testing

@Suite struct MultipartMessageTests {
    struct Encoded: Sendable {
        let encoding: String
        let body: String
        let decoded: String
        var faults: [String] = []
    }

    @Test(
        "A transfer encoding is undone, and what is wrong in it is told",
        arguments: [
            Encoded(encoding: "binary", body: "a=b", decoded: "a=b"),
            Encoded(encoding: "8BIT", body: "é", decoded: "é"),
            Encoded(encoding: "7bit", body: "aé", decoded: "aé", faults: ["bad-transfer-encoding@1"]),
            Encoded(encoding: "BASE64", body: "aGVs\r\nbG8=\r\n", decoded: "hello"),
            Encoded(encoding: "base64", body: "aGVsbG8h", decoded: "hello!"),
            Encoded(encoding: "base64", body: "aGVs*bG8=", decoded: "hello", faults: ["bad-transfer-encoding@4"]),
            Encoded(encoding: "base64", body: "aGVsbG8", decoded: "hello", faults: ["bad-transfer-encoding@7"]),
            Encoded(
                encoding: "base64", body: "aGU=bGxv", decoded: "he\u{1B}\u{1B}\u{1B}",
                faults: ["bad-transfer-encoding@4"]),
            Encoded(encoding: "quoted-printable", body: "a=3Db=C3=A9 =\r\nc", decoded: "a=bé c"),
            Encoded(encoding: "quoted-printable", body: "a=zz", decoded: "a=zz", faults: ["bad-transfer-encoding@1"]),
            Encoded(encoding: "uuencode", body: "abc", decoded: "abc", faults: ["unknown-transfer-encoding@0"]),
        ])
    func encodings(_ item: Encoded) throws {
        let head = "--b\r\nContent-Transfer-Encoding: \(item.encoding)\r\n\r\n"
        let message = MultipartMessage(reading: Array("\(head)\(item.body)\r\n--b--".utf8), boundary: "b")
        let decoded = try #require(message.parts.first).decodedBody()
        #expect(String(decoding: decoded.bytes, as: UTF8.self) == item.decoded)
        #expect(decoded.faults.map { "\($0.code.rawValue)@\($0.byteOffset - head.utf8.count)" } == item.faults)
    }

    struct Capture: Sendable {
        let bytes: String
        let boundary: String?
        let bodyOffset: Int?
        var outer: String?
    }

    @Test(
        "The boundary of a captured file is found",
        arguments: [
            Capture(bytes: "--x\r\nA: 1\r\n\r\none\r\n--x--", boundary: "x", bodyOffset: 13),
            Capture(bytes: "\r\n\n  --x\r\nA: 1\r\n\r\none\r\n--x--", boundary: "x", bodyOffset: 18),
            Capture(
                bytes: "Content-Type: multipart/related;\r\n boundary=\"x y\"\r\n\r\n--x y\r\n\r\none\r\n--x y--",
                boundary: "x y", bodyOffset: 62, outer: "multipart/related; boundary=\"x y\""),
            Capture(
                bytes: "POST /a HTTP/1.1\nContent-Type: multipart/related; boundary=x\n\n--x\n\none\n--x--",
                boundary: "x",
                bodyOffset: 67, outer: "multipart/related; boundary=x"),
            Capture(bytes: "--not a header\nplain\n--x\nA: 1\n\none\n--x--", boundary: "x", bodyOffset: 31),
            Capture(
                bytes: "Content-Type: multipart/related; boundary=\r\n\r\n--x\r\n\r\none\r\n--x--", boundary: "x",
                bodyOffset: 53, outer: "multipart/related; boundary="),
            Capture(bytes: "<xml/>", boundary: nil, bodyOffset: nil),
            Capture(bytes: "", boundary: nil, bodyOffset: nil),
        ])
    func captures(_ item: Capture) {
        let bytes = Array(item.bytes.utf8)
        #expect(MultipartMessage.detectBoundary(in: bytes) == item.boundary)
        let message = MultipartMessage(capture: bytes)
        #expect(message.parts.first?.bodyOffset == item.bodyOffset)
        #expect(message.outerHeaders?.first("content-type") == item.outer)
        #expect(message.faults.contains { $0.code == .boundaryMissing } == (item.boundary == nil))
    }

    @Test("A Content-Type without boundary is told, and the boundary is guessed")
    func guessed() {
        let bytes = Array("--x\r\n\r\none\r\n--x--".utf8)
        let message = MultipartMessage(reading: bytes, contentType: MediaType("multipart/related"))
        #expect(message.faults.map(\.code) == [.boundaryMissing])
        #expect(message.parts.count == 1)
        let named = MultipartMessage(reading: bytes, contentType: MediaType("multipart/related; boundary=x"))
        #expect(named.faults.isEmpty)
    }

    @Test("Parts are found by Content-ID, brackets or not")
    func contentIDs() {
        let bytes = Array("--b\r\nContent-ID: <a@b>\r\n\r\none\r\n--b\r\nContent-ID: c\r\n\r\ntwo\r\n--b--".utf8)
        let message = MultipartMessage(reading: bytes, boundary: "b")
        #expect(message.part(contentID: "a@b") != nil)
        #expect(message.part(contentID: "<c>") != nil)
        #expect(message.part(contentID: "d") == nil)
        #expect(ContentID.referenced(by: "cid:a%40b") == "a@b")
        #expect(ContentID.referenced(by: "http://a") == nil)
    }

    @Test(
        "A media type that was written reads as the same",
        arguments: ["a\"\u{301}; b=c", "\\\u{301}", "é", "", "a\\\"b"])
    func writtenMediaTypes(_ value: String) {
        let mediaType = MediaType(
            type: "a", subtype: "b", parameters: [.init("c", value, isQuoted: true), .init("d", "e")])
        #expect(MediaType(mediaType.description) == mediaType)
    }
}
