internal import HTTP

/// An incremental reader of HTTP/1.1 requests that keeps the exact bytes of each head. Source: RFC 9112.
///
/// Its work grows with the bytes fed, however they are cut; what it keeps is bounded by the limits.
struct RequestParser {
    /// What came out of the bytes so far.
    enum Event {
        case head(RequestHead)
        case body(ArraySlice<UInt8>)
        case end
    }

    /// Why the bytes are no request, and the status that says so.
    struct Failure: Error {
        let status: Int
        let message: String

        init(_ status: Int, _ message: String) {
            self.status = status
            self.message = message
        }
    }

    private enum State {
        case head
        case body(rest: Int64)
        case chunkSize
        case chunkData(rest: Int64)
        case chunkEnd
        case trailer
    }

    private enum Step {
        case event(Event)
        /// The state changed: look again.
        case again
        /// More bytes are needed.
        case wait
    }

    /// A chunk's size with its extensions.
    private static let chunkLineLimit = 1024

    private let limits: ServerLimits
    private var buffer: [UInt8] = []
    /// The first byte that was not used.
    private var start = 0
    /// Where the head's current line begins, and up to where it was looked at.
    private var lineStart = 0
    private var scanned = 0
    private var state = State.head
    private var received: Int64 = 0
    private var trailerSize = 0

    /// The first line of the request that is being read, once its head is whole.
    private var told: String?

    init(limits: ServerLimits) { self.limits = limits }

    /// What can be shown of the first line of the request that is being read; the query of an address may hold a secret.
    var firstLine: String { told ?? Self.shown(buffer[start...]) }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        let line = bytes.prefix(200).prefix { $0 != ASCII.lf && $0 != ASCII.cr && $0 != UInt8(ascii: "?") }
        return String(line.map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "·" })
    }

    /// Whether a request has begun and not ended.
    var isInside: Bool {
        if case .head = state { return start < buffer.count }
        return true
    }

    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        if start > 0 {
            buffer.removeFirst(start)
            lineStart -= start
            scanned -= start
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next event; nil when more bytes are needed.
    mutating func next() throws(Failure) -> Event? {
        while true {
            switch try step() {
            case .event(let event): return event
            case .again: continue
            case .wait: return nil
            }
        }
    }

    private mutating func step() throws(Failure) -> Step {
        switch state {
        case .head: return try head()
        case .body(let rest): return try data(rest, isChunk: false)
        case .chunkData(let rest): return try data(rest, isChunk: true)
        case .chunkSize: return try chunkSize()
        case .chunkEnd:
            guard let line = try line(limit: 2) else { return .wait }
            guard line.isEmpty else { throw Failure(400, "a chunk does not end with CRLF") }
            state = .chunkSize
            return .again
        case .trailer:
            guard let line = try line(limit: limits.headSize) else { return .wait }
            trailerSize += line.count + 2
            guard trailerSize <= limits.headSize else {
                throw Failure(431, "the trailer is longer than \(limits.headSize) bytes")
            }
            return line.isEmpty ? finish() : .again
        }
    }

    private mutating func finish() -> Step {
        state = .head
        told = nil
        received = 0
        trailerSize = 0
        lineStart = start
        scanned = start
        return .event(.end)
    }

    private mutating func head() throws(Failure) -> Step {
        // RFC 9112 §2.2: empty lines before a request line are ignored.
        while start < buffer.count, lineStart == start, buffer[start] == ASCII.cr || buffer[start] == ASCII.lf {
            start += 1
            lineStart = start
            scanned = start
        }
        // A TLS handshake, or anything else that is no HTTP, would be waited for in vain.
        guard start == buffer.count || ASCII.isToken(buffer[start]) else {
            throw Failure(400, "what came is no HTTP: does the peer speak TLS to a plain port?")
        }
        let end = headEnd()
        guard (end ?? buffer.count) - start <= limits.headSize else {
            throw Failure(431, "the head is longer than \(limits.headSize) bytes")
        }
        guard let end else { return .wait }
        told = Self.shown(buffer[start..<end])
        let head = try RequestHead(Array(buffer[start..<end]))
        start = end
        guard head.headers.fields.count <= limits.headerCount else {
            throw Failure(431, "more than \(limits.headerCount) header fields")
        }
        if let length = try head.bodyLength() {
            guard length <= limits.bodySize else { throw tooLarge }
            state = .body(rest: length)
        } else {
            state = .chunkSize
        }
        return .event(.head(head))
    }

    /// The place after the empty line that ends a head.
    private mutating func headEnd() -> Int? {
        while let end = buffer[scanned...].firstIndex(of: ASCII.lf) {
            let isEmpty = end == lineStart || (end == lineStart + 1 && buffer[lineStart] == ASCII.cr)
            lineStart = end + 1
            scanned = end + 1
            if isEmpty { return end + 1 }
        }
        scanned = buffer.count
        return nil
    }

    private var tooLarge: Failure { Failure(413, "the body is longer than \(limits.bodySize) bytes") }

    private mutating func data(_ rest: Int64, isChunk: Bool) throws(Failure) -> Step {
        if rest == 0 {
            guard isChunk else { return finish() }
            state = .chunkEnd
            return .again
        }
        guard start < buffer.count else { return .wait }
        let count = Int(min(rest, Int64(buffer.count - start)))
        let piece = buffer[start..<(start + count)]
        start += count
        received += Int64(count)
        let left = rest - Int64(count)
        state = isChunk ? .chunkData(rest: left) : .body(rest: left)
        return .event(.body(piece))
    }

    private mutating func chunkSize() throws(Failure) -> Step {
        guard let line = try line(limit: Self.chunkLineLimit) else { return .wait }
        let digits = line.prefix { $0 != UInt8(ascii: ";") && !ASCII.isBlank($0) }
        guard !digits.isEmpty, digits.allSatisfy({ ASCII.hexadecimal($0) != nil }),
            let size = Int64(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw Failure(400, "a chunk size is no hexadecimal number") }
        guard size <= limits.bodySize - received else { throw tooLarge }
        state = size == 0 ? .trailer : .chunkData(rest: size)
        return .again
    }

    /// A line without its CRLF; nil when it is not all there. Within chunks a bare LF is refused: readers differ on it.
    private mutating func line(limit: Int) throws(Failure) -> ArraySlice<UInt8>? {
        let window = buffer[start..<min(buffer.count, start + limit + 2)]
        guard let end = window.firstIndex(of: ASCII.lf) else {
            guard window.count < limit + 2 else { throw Failure(400, "a line of the chunked framing is too long") }
            return nil
        }
        guard end > start, buffer[end - 1] == ASCII.cr else {
            throw Failure(400, "a line of the chunked framing does not end with CRLF")
        }
        let line = buffer[start..<(end - 1)]
        start = end + 1
        return line
    }
}
