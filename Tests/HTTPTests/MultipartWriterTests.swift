import HTTP
import Synchronization
import Testing

@Suite struct MultipartWriterTests {
    private let parts = [
        MultipartWriter.Part(headers: ["Content-ID": "<0.1>"], body: .bytes(Array("one".utf8))),
        MultipartWriter.Part(headers: ["Content-ID": "<0.2>"], body: .bytes(Array("two".utf8))),
    ]

    @Test("A body is written to the byte")
    func exact() throws {
        let bytes = try MultipartWriter(boundary: "b").serialized(parts)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "--b\r\nContent-ID: <0.1>\r\n\r\none\r\n--b\r\nContent-ID: <0.2>\r\n\r\ntwo\r\n--b--\r\n")
    }

    struct Case: Sendable {
        let change: @Sendable (inout MultipartWriter) -> Void
        let faults: [MultipartFault.Code]
    }

    @Test(
        "What is written wrong is what the reader tells, and the length is announced right",
        arguments: [
            Case(change: { _ in }, faults: []),
            Case(change: { $0.lineEnd = .lf }, faults: [.lineEndsLF]),
            Case(change: { $0.writesCloseDelimiter = false }, faults: [.missingCloseDelimiter]),
            Case(change: { $0.endsWithLineEnd = false }, faults: []),
            Case(
                change: { $0.indentation = " " },
                faults: [.indentedDelimiter, .indentedHeader, .indentedDelimiter, .indentedHeader, .indentedDelimiter]),
            Case(change: { $0.preamble = Array("hi".utf8) }, faults: [.preamble]),
            Case(change: { $0.epilogue = Array("bye".utf8) }, faults: [.epilogue]),
        ])
    func wrong(_ item: Case) throws {
        var writer = MultipartWriter(boundary: "b")
        item.change(&writer)
        let bytes = try writer.serialized(parts)
        let message = MultipartMessage(reading: bytes, boundary: "b")
        #expect(message.faults.map(\.code) == item.faults)
        #expect(message.parts.map { Array($0.body) } == [Array("one".utf8), Array("two".utf8)])
        #expect(writer.length(of: parts) == Int64(bytes.count))
    }

    @Test("Thousands of streamed parts make one stream of known length")
    func stream() throws {
        let writer = MultipartWriter(boundary: "b")
        let many = (0..<3000).map { index in
            let counter = Counter(3)
            return MultipartWriter.Part(
                headers: ["Content-ID": "<\(index)>"],
                body: .stream(length: 300) { counter.takes() ? [UInt8](repeating: 7, count: 100) : nil })
        }
        guard case .stream(let length, let next) = writer.body(many) else {
            Issue.record("not a stream")
            return
        }
        var bytes: [UInt8] = []
        while let piece = try next() { bytes += piece }
        #expect(length == Int64(bytes.count))
        let message = MultipartMessage(reading: bytes, boundary: "b")
        #expect(message.parts.count == 3000)
        #expect(message.faults.isEmpty)
        #expect(message.parts.allSatisfy { $0.body.count == 300 })
    }

    @Test("The Content-Type quotes the boundary as asked")
    func contentType() {
        let writer = MultipartWriter(boundary: "a b")
        #expect(
            writer.contentType(parameters: [MediaType.Parameter("type", "application/xop+xml")], quotesBoundary: true)
                == "multipart/related; type=\"application/xop+xml\"; boundary=\"a b\"")
        #expect(writer.contentType(quotesBoundary: false) == "multipart/related; boundary=a b")
        #expect(writer.contentType(quotesBoundary: nil).hasSuffix("boundary=\"a b\""))
        #expect(MultipartWriter(boundary: "ab").contentType(quotesBoundary: nil).hasSuffix("boundary=ab"))
    }

    private final class Counter: Sendable {
        private let left: Mutex<Int>
        init(_ count: Int) { left = Mutex(count) }
        func takes() -> Bool {
            left.withLock { left in
                left -= 1
                return left >= 0
            }
        }
    }
}
