internal import HTTP

/// The request line and header fields of a request.
struct RequestHead {
    let bytes: [UInt8]
    let method: String
    let target: String
    let version: String
    let headers: HTTPHeaders

    /// Reads a head with its empty line, strict wherever two readers could disagree on where the request ends.
    init(_ bytes: [UInt8]) throws(RequestParser.Failure) {
        self.bytes = bytes
        try Self.refuseControls(bytes)
        let line = bytes.prefix { $0 != ASCII.lf }
        let words = line.filter { $0 != ASCII.cr }.split(separator: ASCII.space, omittingEmptySubsequences: false)
        guard words.count == 3, words[2].starts(with: "HTTP/".utf8), ASCII.isToken(words[0]), !words[1].isEmpty else {
            throw RequestParser.Failure(400, "the first line is no HTTP/1.1 request line")
        }
        method = String(decoding: words[0], as: UTF8.self)
        target = String(decoding: words[1], as: UTF8.self)
        version = String(decoding: words[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            throw RequestParser.Failure(505, "HTTP/1.1 is spoken here, not '\(version)'")
        }
        let parsed = HTTPHeaders.parse(bytes.dropFirst(line.count + 1))
        headers = parsed.headers
        // RFC 9112 §5.1: no white space before the colon; RFC 9110 §5.1: a field name is a token.
        guard parsed.malformed.isEmpty, headers.fields.allSatisfy({ ASCII.isToken($0.name.utf8) }) else {
            throw RequestParser.Failure(400, "a header line is no 'name: value'")
        }
        // RFC 9112 §3.2: a server answers 400 to an HTTP/1.1 request without Host, or with more than one.
        let hosts = headers.all("Host").count
        guard hosts == 1 || (hosts == 0 && version == "HTTP/1.0") else {
            throw RequestParser.Failure(400, "\(hosts) Host fields: exactly one is wanted")
        }
    }

    /// RFC 9110 §5.5, RFC 9112 §2.2: NUL and a CR that no LF follows are dangerous to pass on.
    private static func refuseControls(_ bytes: [UInt8]) throws(RequestParser.Failure) {
        for (index, byte) in bytes.enumerated() {
            let isBareCR = byte == ASCII.cr && (index + 1 == bytes.count || bytes[index + 1] != ASCII.lf)
            if byte == 0 || isBareCR {
                throw RequestParser.Failure(400, "byte \(index) of the head is \(byte == 0 ? "NUL" : "CR without LF")")
            }
        }
    }

    /// The length of the body: nil when it is chunked. Source: RFC 9112 §6.
    func bodyLength() throws(RequestParser.Failure) -> Int64? {
        let codings = headers.all("Transfer-Encoding")
        let lengths = headers.all("Content-Length")
        if !codings.isEmpty {
            guard lengths.isEmpty else {
                throw RequestParser.Failure(400, "both Transfer-Encoding and Content-Length: where it ends is unclear")
            }
            guard codings.count == 1, codings[0].lowercased() == "chunked", version == "HTTP/1.1" else {
                throw RequestParser.Failure(
                    400, "Transfer-Encoding '\(codings.joined(separator: ", "))' is not read here")
            }
            return nil
        }
        guard let text = lengths.first else { return 0 }
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, lengths.allSatisfy({ $0 == text }), let length = Int64(text) else {
            throw RequestParser.Failure(400, "Content-Length '\(lengths.joined(separator: ", "))' is no length")
        }
        return length
    }

    /// Whether the connection stays open after the answer.
    var keepsAlive: Bool {
        let options = Self.options(headers)
        return version == "HTTP/1.1" ? !options.contains("close") : options.contains("keep-alive")
    }

    /// The options of all `Connection` fields, in lower case.
    static func options(_ headers: HTTPHeaders) -> [String] {
        headers.all("Connection").flatMap { $0.split(separator: ",") }
            .map { String(decoding: ASCII.trimmed(Array($0.utf8)), as: UTF8.self).lowercased() }
    }
}
