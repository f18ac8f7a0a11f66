import HTTP
import TestSupport
import Testing

@Suite struct MultipartReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let body: String
        var boundary = "b"
        /// `code@offset`, in order.
        let faults: [String]
        /// The content of each part.
        let parts: [String]
        var testDescription: String { name }
    }

    @Test(
        "Each departure is told with its place, and the parts are still read",
        arguments: [
            Case(
                name: "correct", body: "--b\r\nA: 1\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n", faults: [],
                parts: ["one", "two"]),
            Case(
                name: "no line end after the close delimiter", body: "--b\r\nA: 1\r\n\r\none\r\n--b--", faults: [],
                parts: ["one"]),
            Case(
                name: "one line break before the first delimiter", body: "\r\n--b\r\nA: 1\r\n\r\none\r\n--b--",
                faults: [],
                parts: ["one"]),
            Case(
                name: "white space after delimiters",
                body: "--b  \r\nA: 1\r\n\r\none\r\n--b \t\r\n\r\ntwo\r\n--b-- \r\n",
                faults: [], parts: ["one", "two"]),
            Case(
                name: "folded header", body: "--b\r\nA: 1;\r\n x:y\r\n\r\none\r\n--b--", faults: [], parts: ["one"]),
            Case(name: "no boundary", body: "abc", boundary: "", faults: ["boundary-missing@0"], parts: []),
            Case(
                name: "boundary of 71 characters", body: "--\(String(repeating: "x", count: 71))--",
                boundary: String(repeating: "x", count: 71), faults: ["boundary-illegal@0", "no-part@0"], parts: []),
            Case(
                name: "boundary with an illegal character", body: "--**\r\n\r\none\r\n--**--", boundary: "**",
                faults: ["boundary-illegal@0"], parts: ["one"]),
            Case(
                name: "another boundary", body: "--c\r\n\r\none\r\n--c--", faults: ["boundary-not-found@0"], parts: []),
            Case(name: "nothing at all", body: "", faults: ["boundary-not-found@0"], parts: []),
            Case(
                name: "no close delimiter", body: "--b\r\n\r\none", faults: ["missing-close-delimiter@10"],
                parts: ["one"]),
            Case(
                name: "ends after a delimiter", body: "--b\r\n\r\none\r\n--b",
                faults: ["empty-part@15", "missing-close-delimiter@15"], parts: ["one", ""]),
            Case(
                name: "close delimiter cut by one hyphen", body: "--b\r\n\r\none\r\n--b-",
                faults: ["delimiter-text@12", "missing-close-delimiter@16"], parts: ["one\r\n--b-"]),
            Case(
                name: "ends within headers", body: "--b\r\nA: 1\r\n",
                faults: ["no-blank-line@11", "empty-part@11", "missing-close-delimiter@11"], parts: [""]),
            Case(
                name: "LF line ends, told once", body: "--b\nA: 1\n\none\n--b\n\ntwo\n--b--\n",
                faults: ["line-ends-lf@3"], parts: ["one", "two"]),
            Case(
                name: "LF before one delimiter", body: "--b\r\n\r\none\n--b--", faults: ["line-ends-lf@10"],
                parts: ["one"]),
            Case(
                name: "indented delimiter and headers",
                body: "--b\r\nA: 1\r\n\r\none\r\n  --b\r\n  A: 2\r\n  B: 3\r\n\r\ntwo\r\n\t--b--",
                faults: ["indented-delimiter@20", "indented-header@25", "indented-delimiter@49"],
                parts: ["one", "two"]),
            Case(
                name: "white space in the blank line", body: "--b\r\nA: 1\r\n \r\none\r\n--b--",
                faults: ["indented-header@11"], parts: ["one"]),
            Case(
                name: "delimiter with other text", body: "--b\r\n\r\none\r\n--bc\r\ntwo\r\n--b--",
                faults: ["delimiter-text@12"], parts: ["one\r\n--bc\r\ntwo"]),
            Case(
                name: "delimiter in the middle of a line", body: "--b\r\n\r\none --b\r\n--b--", faults: [],
                parts: ["one --b"]),
            Case(
                name: "header name with a space", body: "--b\r\nContent Type: x\r\n\r\none\r\n--b--",
                faults: ["malformed-header@5"], parts: ["one"]),
            Case(
                name: "content without blank line", body: "--b\r\nA: 1\r\n<?xml?><a:b/>\r\n--b--",
                faults: ["no-blank-line@11"], parts: ["<?xml?><a:b/>"]),
            Case(
                name: "delimiter without blank line", body: "--b\r\nA: 1\r\n--b--",
                faults: ["no-blank-line@11", "empty-part@11"], parts: [""]),
            Case(
                name: "duplicate Content-ID",
                body: "--b\r\nContent-ID: <1>\r\n\r\none\r\n--b\r\ncontent-id: 1\r\n\r\ntwo\r\n--b--",
                faults: ["duplicate-content-id@34"], parts: ["one", "two"]),
            Case(
                name: "preamble", body: "hello\r\n--b\r\n\r\none\r\n--b--", faults: ["preamble@0"], parts: ["one"]),
            Case(
                name: "epilogue", body: "--b\r\n\r\none\r\n--b--\r\nbye", faults: ["epilogue@19"], parts: ["one"]),
            Case(
                name: "epilogue on the same line", body: "--b\r\n\r\none\r\n--b--bye", faults: ["epilogue@17"],
                parts: ["one"]),
            Case(name: "empty part", body: "--b\r\n\r\n\r\n--b--", faults: ["empty-part@7"], parts: [""]),
            Case(name: "no part", body: "--b--\r\n", faults: ["no-part@0"], parts: []),
            Case(
                name: "nested", body: "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\none\r\n--b--",
                faults: ["nested@5"], parts: ["one"]),
        ])
    func table(_ item: Case) {
        let message = MultipartMessage(reading: Array(item.body.utf8), boundary: item.boundary)
        #expect(message.faults.map { "\($0.code.rawValue)@\($0.byteOffset)" } == item.faults)
        #expect(message.parts.map { String(decoding: $0.body, as: UTF8.self) } == item.parts)
        for cut in [1, 2, 3, 7] {
            #expect(
                Trace(item.body.utf8, boundary: item.boundary) { cut }
                    == Trace(item.body.utf8, boundary: item.boundary) { 1 << 20 })
        }
    }

    @Test("Headers beyond the limit are told and the rest is content")
    func headerTooLarge() {
        var limits = MultipartReader.Limits()
        limits.headerSize = 20
        let body = "--b\r\nA: 1\r\nB: \(String(repeating: "x", count: 40))\r\n\r\none\r\n--b--"
        for cut in [1, 5, 1000] {
            let trace = Trace(body.utf8, boundary: "b", limits: limits) { cut }
            #expect(trace.faults == ["header-too-large@5"])
            #expect(trace.parts.map(\.bodyOffset) == [11])
            #expect(trace.parts.first?.text.hasPrefix("B: xxx") == true)
        }
    }

    @Test("More parts than the limit are told once, and read")
    func tooManyParts() {
        var limits = MultipartReader.Limits()
        limits.parts = 2
        let body = String(repeating: "--b\r\n\r\nx\r\n", count: 4) + "--b--"
        let trace = Trace(body.utf8, boundary: "b", limits: limits) { 1000 }
        #expect(trace.faults == ["too-many-parts@25"])
        #expect(trace.parts.count == 4)
    }

    @Test("Events do not depend on how the body was cut", arguments: 0..<40)
    func randomCuts(_ seed: Int) {
        var random = SplitMix(seed: UInt64(seed))
        let pieces = [
            "--b", "--b--", "\r\n", "\n", "\r", "-", "--", " ", "\t", "A: 1", "Content-ID: <1>", "x", "--bb", "b",
            "\r\n--b\r\n", "\r\n\r\n", ":",
        ]
        let text = "--b\r\n" + (0..<120).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let whole = Trace(text.utf8, boundary: "b") { 1 << 20 }
        for _ in 0..<8 {
            let cut = Trace(text.utf8, boundary: "b") { Int.random(in: 1...9, using: &random) }
            #expect(cut == whole, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("A delimiter after 300 blanks is content, however it is cut")
    func manyBlanks() {
        let text = "--b\r\n\r\none\r\n" + String(repeating: " ", count: 300) + "--b\r\nx\r\n--b--"
        let whole = Trace(text.utf8, boundary: "b") { 1 << 20 }
        #expect(whole.parts.count == 1)
        #expect(Trace(text.utf8, boundary: "b") { 1 } == whole)
        #expect(Trace(text.utf8, boundary: "b") { 100 } == whole)
    }

    @Test(
        "The official publication sample gives its three parts and their departures",
        .enabled(if: Corpora.has("drim-m/informatif/XDS/publication.xml"), Comment(rawValue: Corpora.absence)))
    func publication() throws {
        let bytes = try Corpora.bytes("drim-m/informatif/XDS/publication.xml")
        #expect(MultipartMessage.detectBoundary(in: bytes) == "MIMEBoundary_Bound")
        let message = MultipartMessage(capture: bytes)
        #expect(message.parts.map(\.contentID) == ["0.1", "0.3", "0.2"])
        #expect(message.isClosed)
        #expect(
            message.faults.map { "\($0.code.rawValue)@\($0.byteOffset)" } == [
                "line-ends-lf@20", "indented-delimiter@28817", "indented-header@28838", "indented-delimiter@35767",
                "indented-header@35788",
            ])
        let manifest = try #require(message.part(contentID: "<0.2>"))
        #expect(manifest.transferEncoding == "base64")
        let decoded = manifest.decodedBody()
        #expect(decoded.bytes.count == 8450)
        #expect(decoded.faults.isEmpty)
        #expect(Array(decoded.bytes[128..<132]) == Array("DICM".utf8))
    }
}

/// The events of one reading, with adjacent content joined.
private struct Trace: Equatable {
    struct Part: Equatable {
        var headers: HTTPHeaders
        var headerOffset: Int
        var bodyOffset: Int
        var text = ""
        var bytes: [UInt8] = []
        var length = -1
    }

    var parts: [Part] = []
    var faults: [String] = []
    var closes = 0

    init(
        _ bytes: some Sequence<UInt8>, boundary: String, limits: MultipartReader.Limits = .init(), cut: () -> Int
    ) {
        var reader = MultipartReader(boundary: boundary, limits: limits)
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(cut())
            rest = rest.dropFirst(piece.count)
            piece.withUnsafeBytes { reader.feed($0) { take($0) } }
        }
        reader.finish { take($0) }
        for index in parts.indices { parts[index].text = String(decoding: parts[index].bytes, as: UTF8.self) }
    }

    private mutating func take(_ event: MultipartEvent) {
        switch event {
        case .partStarted(let headers, let headerOffset, let bodyOffset):
            parts.append(Part(headers: headers, headerOffset: headerOffset, bodyOffset: bodyOffset))
        case .body(let bytes): parts[parts.count - 1].bytes += bytes
        case .partEnded(let length): parts[parts.count - 1].length = length
        case .fault(let fault): faults.append("\(fault.code.rawValue)@\(fault.byteOffset)")
        case .closed: closes += 1
        }
    }
}

/// A small seeded generator, so that a failing case can be run again.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
