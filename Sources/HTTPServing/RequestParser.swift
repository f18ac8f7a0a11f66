internal import HTTP

/// An incremental reader of HTTP/1.1 requests that keeps the exact bytes of each head. Source: RFC 9112.
struct RequestParser {
    /// What came out of the bytes so far.
    enum Event {
        case head(RequestHead)
        case body([UInt8])
        case end
    }

    /// Why the bytes are no request, and the status that says so.
    struct Failure: Error {
        let status: Int
        let message: String
    }

    private enum State {
        case head
        case length(Int64)
        case chunkSize
        case chunkData(Int64)
        case chunkEnd
        case trailer
    }

    private let limits: ServerLimits
    private var buffer: [UInt8] = []
    private var state = State.head
    private var received: Int64 = 0

    init(limits: ServerLimits) { self.limits = limits }

    /// Whether a request has begun and not ended.
    var isInside: Bool {
        if case .head = state { return !buffer.isEmpty }
        return true
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next event; nil when more bytes are needed.
    mutating func next() throws(Failure) -> Event? {
        switch state {
        case .head: return try head()
        case .length(let rest): return try data(rest, chunked: false)
        case .chunkData(let rest): return try data(rest, chunked: true)
        case .chunkSize: return try chunkSize()
        case .chunkEnd:
            guard let line = try line(limit: 2) else { return nil }
            guard line.isEmpty else { throw Failure(status: 400, message: "a chunk does not end with CRLF") }
            state = .chunkSize
            return try next()
        case .trailer:
            guard let line = try line(limit: limits.headSize) else { return nil }
            guard line.isEmpty else { return try next() }
            return finish()
        }
    }

    private mutating func finish() -> Event {
        state = .head
        received = 0
        return .end
    }

    private mutating func head() throws(Failure) -> Event? {
        // RFC 9112 §2.2: empty lines before a request line are ignored.
        let blanks = buffer.prefix { $0 == 0x0D || $0 == 0x0A }.count
        if blanks > 0 { buffer.removeFirst(blanks) }
        guard let end = Self.headEnd(buffer) else {
            guard buffer.count <= limits.headSize else {
                throw Failure(status: 431, message: "the head is longer than \(limits.headSize) bytes")
            }
            return nil
        }
        guard end <= limits.headSize else {
            throw Failure(status: 431, message: "the head is longer than \(limits.headSize) bytes")
        }
        let bytes = Array(buffer[..<end])
        buffer.removeFirst(end)
        let head = try RequestHead(bytes)
        guard head.headers.fields.count <= limits.headerCount else {
            throw Failure(status: 431, message: "more than \(limits.headerCount) header fields")
        }
        if let coding = head.headers.first("Transfer-Encoding") {
            guard coding.lowercased() == "chunked", head.headers.first("Content-Length") == nil else {
                throw Failure(status: 400, message: "Transfer-Encoding '\(coding)' is not read here")
            }
            state = .chunkSize
        } else if let text = head.headers.first("Content-Length") {
            guard let length = Int64(text), length >= 0, Set(head.headers.all("Content-Length")).count == 1 else {
                throw Failure(status: 400, message: "Content-Length '\(text)' is no length")
            }
            guard length <= limits.bodySize else {
                throw Failure(status: 413, message: "the body is longer than \(limits.bodySize) bytes")
            }
            state = .length(length)
        } else {
            state = .length(0)
        }
        return .head(head)
    }

    private mutating func data(_ rest: Int64, chunked: Bool) throws(Failure) -> Event? {
        if rest == 0 {
            guard chunked else { return finish() }
            state = .chunkEnd
            return try next()
        }
        guard !buffer.isEmpty else { return nil }
        let count = Int(min(rest, Int64(buffer.count)))
        let piece = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        received += Int64(count)
        guard received <= limits.bodySize else {
            throw Failure(status: 413, message: "the body is longer than \(limits.bodySize) bytes")
        }
        state = chunked ? .chunkData(rest - Int64(count)) : .length(rest - Int64(count))
        return .body(piece)
    }

    private mutating func chunkSize() throws(Failure) -> Event? {
        guard let line = try line(limit: 1024) else { return nil }
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
        guard let size = Int64(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else {
            throw Failure(status: 400, message: "a chunk size is no hexadecimal number")
        }
        state = size == 0 ? .trailer : .chunkData(size)
        return try next()
    }

    /// A line without its end; nil when it is not all there.
    private mutating func line(limit: Int) throws(Failure) -> [UInt8]? {
        guard let end = buffer.firstIndex(of: 0x0A) else {
            guard buffer.count <= limit else { throw Failure(status: 400, message: "a line is too long") }
            return nil
        }
        var line = Array(buffer[..<end])
        if line.last == 0x0D { line.removeLast() }
        buffer.removeFirst(end + 1)
        return line
    }

    /// The offset after the empty line that ends a head.
    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            let next = end + 1
            if next < bytes.count, bytes[next] == 0x0A { return next + 1 }
            if next + 1 < bytes.count, bytes[next] == 0x0D, bytes[next + 1] == 0x0A { return next + 2 }
            start = next
        }
        return nil
    }
}

/// The request line and header fields of a request.
struct RequestHead {
    let bytes: [UInt8]
    let method: String
    let target: String
    let version: String
    let headers: HTTPHeaders

    init(_ bytes: [UInt8]) throws(RequestParser.Failure) {
        self.bytes = bytes
        let line = bytes.prefix { $0 != 0x0A }
        let words = line.filter { $0 != 0x0D }.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, words[2].starts(with: "HTTP/1.".utf8), !words[1].isEmpty else {
            throw RequestParser.Failure(status: 400, message: "the first line is no HTTP/1.1 request line")
        }
        method = String(decoding: words[0], as: UTF8.self)
        target = String(decoding: words[1], as: UTF8.self)
        version = String(decoding: words[2], as: UTF8.self)
        headers = HTTPHeaders.parse(bytes.dropFirst(line.count + 1)).headers
    }

    /// Whether the connection stays open after the answer.
    var keepsAlive: Bool {
        let connection = headers.first("Connection")?.lowercased() ?? ""
        return version == "HTTP/1.1" ? connection != "close" : connection == "keep-alive"
    }
}
