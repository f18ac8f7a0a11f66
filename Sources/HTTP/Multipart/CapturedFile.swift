/// What a captured multipart body tells of itself: headers that may stand before it, and its boundary.
struct CapturedFile {
    /// The HTTP or MIME headers before the body.
    private(set) var headers: HTTPHeaders?
    /// Where the body begins.
    private(set) var bodyOffset = 0
    private(set) var boundary: String?

    private static let window = 64 << 10

    init(_ bytes: [UInt8]) {
        let lines = Self.lines(of: bytes)
        guard let first = lines.firstIndex(where: { !ASCII.trimmed($0).isEmpty }) else { return }
        let line = ASCII.trimmed(lines[first])
        if !line.starts(with: "--".utf8), let end = lines[first...].firstIndex(where: { $0.isEmpty }) {
            readHeaders(lines[first..<end], of: bytes)
            if headers != nil { bodyOffset = min(bytes.count, lines[end].startIndex + Self.lineEnd(bytes, lines[end])) }
        }
        if boundary == nil { boundary = Self.firstDelimiter(lines) }
    }

    /// Takes the lines as headers if they are (after a request or status line), with the boundary of their Content-Type.
    private mutating func readHeaders(_ lines: ArraySlice<ArraySlice<UInt8>>, of bytes: [UInt8]) {
        var lines = lines
        if let first = lines.first, Self.isStartLine(first) { lines = lines.dropFirst() }
        guard let head = lines.first, let last = lines.last else { return }
        let parsed = HTTPHeaders.parse(bytes[head.startIndex..<last.endIndex])
        guard parsed.malformed.isEmpty, parsed.headers.fields.allSatisfy({ ASCII.isToken($0.name.utf8) }) else {
            return
        }
        headers = parsed.headers
        let named = parsed.headers.first("Content-Type").flatMap { MediaType($0)?["boundary"] }
        // An empty parameter names no boundary: the first delimiter does.
        boundary = named.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func isStartLine(_ line: ArraySlice<UInt8>) -> Bool {
        let text = ASCII.text(line)
        return text.hasPrefix("HTTP/") || text.hasSuffix(" HTTP/1.1") || text.hasSuffix(" HTTP/1.0")
    }

    /// The lines of the first bytes, without their line ends.
    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.prefix(window).split(separator: ASCII.lf, omittingEmptySubsequences: false)
            .map { $0.last == ASCII.cr ? $0.dropLast() : $0 }
    }

    /// The length of the line end after an empty line.
    private static func lineEnd(_ bytes: [UInt8], _ line: ArraySlice<UInt8>) -> Int {
        line.endIndex < bytes.count && bytes[line.endIndex] == ASCII.cr ? 2 : 1
    }

    /// The first line `--boundary` that a header or blank line follows; else the first line that begins with `--`.
    private static func firstDelimiter(_ lines: [ArraySlice<UInt8>]) -> String? {
        var fallback: String?
        for (index, line) in lines.enumerated() {
            let text = ASCII.trimmed(line)
            guard text.starts(with: "--".utf8), text.count > 2 else { continue }
            let boundary = ASCII.text(text.dropFirst(2))
            guard Boundary.fault(of: boundary) == nil else { continue }
            let next = index + 1 < lines.count ? ASCII.trimmed(lines[index + 1]) : []
            let name = next.prefix { $0 != UInt8(ascii: ":") }
            if next.isEmpty || (name.count < next.count && ASCII.isToken(name)) { return boundary }
            fallback = fallback ?? boundary
        }
        return fallback
    }
}
