public import HTTP

/// An HTTP request as a person saved it to a text file: request line, headers, with any line ends, with or without the
/// blank line that ends a head.
public struct CapturedRequest: Sendable, Hashable {
    /// One header and its line.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: String
        /// 1-based.
        public let line: Int
    }

    /// What is unusual about the writing; it is told, never refused.
    public struct Note: Sendable, Hashable {
        /// A stable name: `line-ends-lf`, `no-blank-line`, `no-version`, `version`, `folded-header`, `malformed-header`,
        /// `blank-before-colon`, `host-missing`, `host-repeated`, `content-length`, `content-length-form`.
        public let code: String
        public let message: String
        public let line: Int
    }

    public let method: String
    /// The URL or path, as written.
    public let target: String
    /// `HTTP/1.1`; empty where the line has none.
    public let version: String
    public let fields: [Field]
    public let body: [UInt8]
    public let notes: [Note]

    /// The headers as a message has them.
    public var headers: HTTPHeaders {
        HTTPHeaders(fields.map { ($0.name, $0.value) })
    }

    /// The first field of this name, read without regard to case.
    public func field(_ name: String) -> Field? { fields.first { $0.name.lowercased() == name.lowercased() } }
    /// All fields of this name.
    public func fields(_ name: String) -> [Field] { fields.filter { $0.name.lowercased() == name.lowercased() } }

    /// Whether the bytes begin like a request: a method in capitals, a blank and a URL or path.
    public static func looksLikeRequest(_ bytes: some Sequence<UInt8>) -> Bool {
        CapturedRequest(reading: Array(bytes.prefix(1 << 16))) != nil
    }

    /// Reads a capture; nil where the first line that is not blank is no request line.
    public init?(reading bytes: [UInt8]) {
        var lines = Lines(bytes)
        var first = lines.next()
        while let line = first, line.text.withoutOuterBlanks.isEmpty { first = lines.next() }
        guard let requestLine = first else { return nil }
        let parts = requestLine.text.split(separator: " ")
        guard parts.count == 2 || (parts.count == 3 && parts[2].hasPrefix("HTTP/")), let method = parts.first,
            (2...10).contains(method.count), method.utf8.allSatisfy({ (65...90).contains($0) }),
            parts[1].contains("/")
        else { return nil }
        self.method = String(method)
        target = String(parts[1])
        version = parts.count == 3 ? String(parts[2]) : ""

        var fields: [Field] = []
        var notes: [Note] = []
        var hasBlankLine = false
        var hasBareLineEnds = requestLine.ending == .lineFeed
        while let line = lines.next() {
            if line.text.isEmpty {
                hasBlankLine = true
                break
            }
            hasBareLineEnds = hasBareLineEnds || line.ending == .lineFeed
            if line.text.first == " " || line.text.first == "\t", let last = fields.popLast() {
                fields.append(
                    Field(
                        name: last.name, value: last.value + " " + line.text.withoutOuterBlanks, line: last.line))
                notes.append(
                    Note(code: "folded-header", message: "a header goes on in a second line", line: line.number))
                continue
            }
            guard let colon = line.text.firstIndex(of: ":"), colon != line.text.startIndex else {
                notes.append(
                    Note(code: "malformed-header", message: "'\(line.text)' is no header: no colon", line: line.number))
                continue
            }
            if let last = line.text[..<colon].last, last == " " || last == "\t" {
                notes.append(
                    Note(
                        code: "blank-before-colon",
                        message: "a blank stands between the name of a header and its colon: a server refuses it",
                        line: line.number))
            }
            fields.append(
                Field(
                    name: line.text[..<colon].withoutOuterBlanks,
                    value: line.text[line.text.index(after: colon)...].withoutOuterBlanks, line: line.number))
        }
        if version.isEmpty {
            notes.append(Note(code: "no-version", message: "no HTTP version", line: requestLine.number))
        }
        if hasBareLineEnds {
            notes.append(Note(code: "line-ends-lf", message: "lines end in LF, not CRLF", line: requestLine.number))
        }
        if !hasBlankLine {
            notes.append(
                Note(code: "no-blank-line", message: "no blank line ends the head", line: max(1, lines.number - 1)))
        }
        self.fields = fields
        body = lines.rest
        self.notes = notes + Self.semanticNotes(version, target, fields, body, at: requestLine.number)
    }

    /// What the head breaks of HTTP beyond its writing: version, Host, Content-Length.
    private static func semanticNotes(
        _ version: String, _ target: String, _ fields: [Field], _ body: [UInt8], at line: Int
    ) -> [Note] {
        var notes: [Note] = []
        func all(_ name: String) -> [Field] { fields.filter { $0.name.lowercased() == name } }
        if !version.isEmpty, !["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3", "HTTP/3.0"].contains(version) {
            notes.append(Note(code: "version", message: "'\(version)' is no version of HTTP", line: line))
        }
        let hosts = all("host")
        // RFC 9112, 3.2: the target that is a whole URL names the host too.
        if hosts.isEmpty, version == "HTTP/1.1", target.hasPrefix("/") {
            notes.append(Note(code: "host-missing", message: "Host is missing: a server answers 400", line: line))
        } else if hosts.count > 1 {
            notes.append(
                Note(code: "host-repeated", message: "Host is repeated: a server answers 400", line: hosts[1].line))
        }
        guard all("transfer-encoding").isEmpty, let length = all("content-length").first else { return notes }
        guard !length.value.isEmpty, length.value.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(length.value)
        else {
            notes.append(
                Note(
                    code: "content-length-form", message: "Content-Length '\(length.value)' is no number",
                    line: length.line))
            return notes
        }
        // An editor adds a line end.
        let kept = body.count - body.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count
        if !(kept...max(kept, body.count)).contains(count) {
            notes.append(
                Note(
                    code: "content-length", message: "Content-Length is \(count), the body has \(body.count) bytes",
                    line: length.line))
        }
        return notes
    }
}

/// Lines of a text file, one by one.
private struct Lines {
    enum Ending { case carriageReturnLineFeed, lineFeed, none }

    private let bytes: [UInt8]
    private var index = 0
    /// The number of the next line.
    private(set) var number = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// What was not read yet.
    var rest: [UInt8] { Array(bytes[index...]) }

    mutating func next() -> (text: String, number: Int, ending: Ending)? {
        guard index < bytes.count else { return nil }
        let start = index
        while index < bytes.count, bytes[index] != 10 { index += 1 }
        var end = index
        var ending = Ending.none
        if index < bytes.count {
            ending = .lineFeed
            if end > start, bytes[end - 1] == 13 {
                end -= 1
                ending = .carriageReturnLineFeed
            }
            index += 1
        }
        defer { number += 1 }
        return (String(decoding: bytes[start..<end], as: UTF8.self), number, ending)
    }
}
