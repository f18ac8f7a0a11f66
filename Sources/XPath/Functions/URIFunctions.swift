/// F&O 7.4.10 to 7.4.12 and 8: URIs.
enum URIFunctions {
    static let all: [Function] = [
        Function("encode-for-uri($uri-part as xs:string?) as xs:string") { (call) throws(XPathError) in
            .text(escaped(call.textOrEmpty(0)) { isUnreserved($0) })
        },
        Function("iri-to-uri($iri as xs:string?) as xs:string") { (call) throws(XPathError) in
            .text(escaped(call.textOrEmpty(0)) { !isForbidden($0) })
        },
        Function("escape-html-uri($uri as xs:string?) as xs:string") { (call) throws(XPathError) in
            .text(escaped(call.textOrEmpty(0)) { $0 >= 0x20 && $0 < 0x7F })
        },
        Function("resolve-uri($relative as xs:string?[, $base as xs:string]) as xs:anyURI?") {
            (call) throws(XPathError) in
            guard let relative = call.text(0) else { return .empty }
            guard let base = call.text(1)?.string ?? call.site.baseURI else {
                throw XPathError("FONS0005", "the expression has no base URI")
            }
            guard URIReference(relative.string) != nil else {
                throw XPathError("FORG0002", "'\(relative.string)' is no URI reference")
            }
            guard URIReference(base)?.fragment == nil else {
                throw XPathError("FORG0002", "the base URI '\(base)' has a fragment")
            }
            guard let result = URIReference.resolve(relative.string, base: base) else {
                throw XPathError("FORG0002", "'\(base)' is no absolute URI")
            }
            return .atomic(.uri(Text(result)))
        },
    ]

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func escaped(_ text: Text, _ isKept: (UInt8) -> Bool) -> Text {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.byteCount)
        text.withBytes { buffer in
            for byte in buffer {
                if byte < 0x80, isKept(byte) {
                    bytes.append(byte)
                } else {
                    bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
        }
        return Text(bytes)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
        return isLetter || isDigit(byte) || byte == 0x2D || byte == 0x5F || byte == 0x2E || byte == 0x7E
    }

    /// What no URI may hold: controls, blanks and `< > " { } | \ ^` and the grave accent.
    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x7F || [0x3C, 0x3E, 0x22, 0x7B, 0x7D, 0x7C, 0x5C, 0x5E, 0x60].contains(byte)
    }
}

/// The parts of a URI reference (RFC 3986).
struct URIReference {
    var scheme: String?
    var authority: String?
    var path = ""
    var query: String?
    var fragment: String?

    /// Splits a reference; nil if it is none.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        for byte in rest where byte <= 0x20 || [0x3C, 0x3E, 0x22, 0x7B, 0x7D, 0x7C, 0x5C, 0x5E, 0x60].contains(byte) {
            return nil
        }
        for (index, byte) in rest.enumerated() where byte == 0x25 {
            let hexadecimal = rest.dropFirst(index + 1).prefix(2)
            let isEscape =
                hexadecimal.count == 2
                && hexadecimal.allSatisfy { isDigit($0) || (($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66) }
            if !isEscape { return nil }
        }
        func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
        if let hash = rest.firstIndex(of: 0x23) {
            let after = rest[(hash + 1)...]
            if after.contains(0x23) { return nil }
            fragment = string(after)
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: 0x3F) {
            query = string(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        if let colon = rest.firstIndex(of: 0x3A), !rest[..<colon].contains(0x2F) {
            let name = rest[..<colon]
            guard let first = name.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A,
                name.allSatisfy({
                    ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || isDigit($0) || [0x2B, 0x2D, 0x2E].contains($0)
                })
            else { return nil }
            scheme = string(name)
            rest = rest[(colon + 1)...]
        }
        if rest.starts(with: [0x2F, 0x2F]) {
            let after = rest.dropFirst(2)
            let end = after.firstIndex(of: 0x2F) ?? after.endIndex
            authority = string(after[..<end])
            rest = after[end...]
        }
        path = string(rest)
    }

    var text: String {
        var result = ""
        if let scheme { result += "\(scheme):" }
        if let authority { result += "//\(authority)" }
        result += path
        if let query { result += "?\(query)" }
        if let fragment { result += "#\(fragment)" }
        return result
    }

    /// RFC 3986, 5.2.2; nil unless `base` is absolute and both are URI references.
    static func resolve(_ relative: String, base: String) -> String? {
        guard var reference = URIReference(relative) else { return nil }
        if reference.scheme != nil { return reference.text }
        guard let base = URIReference(base), base.scheme != nil, base.authority != nil || base.path.hasPrefix("/")
        else {
            return nil
        }
        reference.scheme = base.scheme
        if reference.authority == nil {
            reference.authority = base.authority
            if reference.path.isEmpty {
                reference.path = base.path
                if reference.query == nil { reference.query = base.query }
            } else if !reference.path.hasPrefix("/") {
                let slash = base.path.utf8.lastIndex(of: 0x2F)
                let folder = slash.map { String(base.path[...$0]) } ?? "/"
                reference.path = withoutDots(folder + reference.path)
            } else {
                reference.path = withoutDots(reference.path)
            }
        } else {
            reference.path = withoutDots(reference.path)
        }
        return reference.text
    }

    private static func withoutDots(_ path: String) -> String {
        var output: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { output.append("") }
            case "..":
                if output.count > 1 { output.removeLast() }
                if isLast { output.append("") }
            default: output.append(segment)
            }
        }
        return output.joined(separator: "/")
    }
}
