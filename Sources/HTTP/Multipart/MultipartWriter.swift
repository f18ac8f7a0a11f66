import Synchronization

/// Writes multipart bodies under exact control, wrong ones included.
public struct MultipartWriter: Sendable {
    /// One part to write.
    public struct Part: Sendable {
        /// The header fields, written in this order.
        public var headers: HTTPHeaders
        /// The content, written as it is: no transfer encoding is applied.
        public var body: RequestBody

        /// A part.
        public init(headers: HTTPHeaders = [:], body: RequestBody) {
            self.headers = headers
            self.body = body
        }
    }

    /// How lines end.
    public enum LineEnd: String, Sendable {
        /// CRLF, as RFC 2046 wants.
        case crlf = "\r\n"
        /// LF alone: wrong.
        case lf = "\n"
    }

    /// The boundary, without the leading hyphens.
    public var boundary: String
    /// The end of delimiter and header lines.
    public var lineEnd = LineEnd.crlf
    /// Whether `--boundary--` ends the body; leaving it out is wrong.
    public var writesCloseDelimiter = true
    /// Whether a line end follows the close delimiter.
    public var endsWithLineEnd = true
    /// White space before delimiters and header lines; any is wrong.
    public var indentation = ""
    /// Bytes before the first delimiter.
    public var preamble: [UInt8] = []
    /// Bytes after the close delimiter's line.
    public var epilogue: [UInt8] = []

    /// A writer of correct bodies, to be made wrong by its properties.
    public init(boundary: String) { self.boundary = boundary }

    /// A boundary of 24 random letters and digits.
    public static func makeBoundary(using generator: inout some RandomNumberGenerator) -> String {
        let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return String((0..<24).map { _ in letters[Int.random(in: letters.indices, using: &generator)] })
    }

    /// The Content-Type of the body.
    ///
    /// - Parameter quotesBoundary: whether the boundary stands between quotes; nil quotes where it must.
    public func contentType(
        _ essence: String = "multipart/related", parameters: [MediaType.Parameter] = [], quotesBoundary: Bool? = true
    ) -> String {
        var type = MediaType(essence) ?? MediaType(type: "multipart", subtype: "related")
        type.parameters += parameters + [MediaType.Parameter("boundary", boundary, isQuoted: quotesBoundary)]
        return type.description
    }

    /// The whole body in memory.
    public func serialized(_ parts: [Part]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let next = Pieces(self, parts).next
        while let piece = try next() { bytes += piece }
        return bytes
    }

    /// The body as a stream, for any number of parts of any size; its length is known where that of all parts is.
    public func body(_ parts: [Part]) -> RequestBody {
        let pieces = Pieces(self, parts)
        return .stream(length: length(of: parts)) { try pieces.next() }
    }

    /// The body of parts made one by one, nil at the end; its length is unknown, so it is sent chunked.
    public func body(next: @escaping @Sendable () throws -> Part?) -> RequestBody {
        let pieces = Pieces(self, nextPart: next)
        return .stream(length: nil) { try pieces.next() }
    }

    /// The length of the body; nil where that of a part is unknown.
    public func length(of parts: [Part]) -> Int64? {
        var total = Int64(preamble.count + closing(after: parts.count).count)
        for (index, part) in parts.enumerated() {
            guard let length = part.body.length else { return nil }
            total += Int64(opening(part, isFirst: index == 0).count) + length
        }
        return total
    }

    /// The delimiter, headers and blank line before a part's content.
    fileprivate func opening(_ part: Part, isFirst: Bool) -> [UInt8] {
        let end = lineEnd.rawValue
        // RFC 2046 §5.1.1: the line break before a delimiter belongs to the delimiter.
        var text = isFirst && preamble.isEmpty ? "" : end
        text += "\(indentation)--\(boundary)\(end)"
        for field in part.headers.fields { text += "\(indentation)\(field.name): \(field.value)\(end)" }
        return Array((text + end).utf8)
    }

    fileprivate func closing(after count: Int) -> [UInt8] {
        guard writesCloseDelimiter else { return epilogue }
        let end = lineEnd.rawValue
        let text = "\(count == 0 && preamble.isEmpty ? "" : end)\(indentation)--\(boundary)--"
        return Array((text + (endsWithLineEnd ? end : "")).utf8) + epilogue
    }

    /// The pieces of one body; many small ones are joined.
    private final class Pieces: Sendable {
        private struct State {
            var partCount = 0
            var reader: (@Sendable () throws -> [UInt8]?)?
            var isStarted = false
            var isDone = false
        }

        private static let size = 256 << 10
        private let writer: MultipartWriter
        private let nextPart: @Sendable () throws -> Part?
        private let state = Mutex(State())

        init(_ writer: MultipartWriter, nextPart: @escaping @Sendable () throws -> Part?) {
            self.writer = writer
            self.nextPart = nextPart
        }

        convenience init(_ writer: MultipartWriter, _ parts: [Part]) {
            let cursor = PartCursor(parts)
            self.init(writer) { cursor.next() }
        }

        @Sendable func next() throws -> [UInt8]? {
            try state.withLock { state in
                var piece: [UInt8] = []
                while !state.isDone, piece.count < Self.size { try advance(&state, &piece) }
                return piece.isEmpty ? nil : piece
            }
        }

        private func advance(_ state: inout State, _ piece: inout [UInt8]) throws {
            if !state.isStarted {
                state.isStarted = true
                piece += writer.preamble
            }
            if let reader = state.reader {
                if let bytes = try reader() { piece += bytes } else { state.reader = nil }
                return
            }
            if let part = try nextPart() {
                piece += writer.opening(part, isFirst: state.partCount == 0)
                state.partCount += 1
                state.reader = part.body.makeReader()
            } else {
                piece += writer.closing(after: state.partCount)
                state.isDone = true
            }
        }
    }

    private final class PartCursor: Sendable {
        private let parts: [Part]
        private let index = Mutex(0)

        init(_ parts: [Part]) { self.parts = parts }

        func next() -> Part? {
            index.withLock { index in
                guard index < parts.count else { return nil }
                index += 1
                return parts[index - 1]
            }
        }
    }
}
