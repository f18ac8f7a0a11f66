/// The path and query of a URL or request target (RFC 3986 §3.3, §3.4), strict, with the raw text kept.
public struct URLTarget: Sendable, Hashable {
    /// One `name=value` of a query.
    public struct Item: Sendable, Hashable {
        /// The name, decoded.
        public let name: String
        /// The value, decoded; nil where there is no `=`.
        public let value: String?
        /// The item as it stood.
        public let raw: String
    }

    /// The text as given.
    public let raw: String
    /// The scheme in lower case; nil for a request target.
    public let scheme: String?
    /// `host` or `host:port` as it stood; nil for a request target.
    public let authority: String?
    /// The path as it stood.
    public let rawPath: String
    /// The query as it stood, without the question mark; nil where there is none.
    public let rawQuery: String?
    /// The segments of the path between slashes, each decoded; `/a//b` has an empty one.
    public let segments: [String]
    /// The items of the query in order, decoded; `+` stays `+`.
    public let items: [Item]

    /// Reads a request target (`/path?query`) or an absolute URL.
    ///
    /// - Throws: `.malformed`, with the byte offset, for a byte that a URL may not hold, a `%` without two
    ///   hexadecimal digits, or decoded text that is not UTF-8.
    public init(_ text: String) throws(HTTPError) {
        raw = text
        try Self.refuseIllegal(text)
        var rest = Substring(text)
        if let end = rest.firstIndex(of: "#") { rest = rest[..<end] }
        if !rest.hasPrefix("/"), let colon = rest.firstRange(of: "://") {
            scheme = rest[..<colon.lowerBound].lowercased()
            rest = rest[colon.upperBound...]
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        } else {
            scheme = nil
            authority = nil
        }
        let mark = rest.firstIndex(of: "?")
        rawPath = String(rest[..<(mark ?? rest.endIndex)])
        rawQuery = mark.map { String(rest[rest.index(after: $0)...]) }
        var segments: [String] = []
        let path = rawPath.hasPrefix("/") ? rawPath.dropFirst() : rawPath[...]
        for segment in path.split(separator: "/", omittingEmptySubsequences: false) where !path.isEmpty {
            segments.append(try Self.decoded(segment, in: text))
        }
        self.segments = segments
        var items: [Item] = []
        for item in (rawQuery ?? "").split(separator: "&") {
            let halves = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? try Self.decoded(halves[1], in: text) : nil
            items.append(Item(name: try Self.decoded(halves[0], in: text), value: value, raw: String(item)))
        }
        self.items = items
    }

    /// The path, decoded.
    public var path: String { "/" + segments.joined(separator: "/") }

    /// The value of the first item named `name`, exact case.
    public func first(_ name: String) -> String? { items.first { $0.name == name }?.value }

    /// The values of all items named `name`.
    public func all(_ name: String) -> [String] { items.filter { $0.name == name }.compactMap(\.value) }

    /// `text` with every byte outside the unreserved set (RFC 3986 §2.3) written `%XX`.
    ///
    /// - Parameter keeping: further characters to leave as they are, as `"/"` for a path.
    public static func percentEncoded(_ text: String, keeping: String = "") -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || keeping.utf8.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// `text` with every `%XX` decoded; nil where a `%` has no two digits or the result is not UTF-8.
    public static func percentDecoded(_ text: some StringProtocol) -> String? {
        var decoded: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = bytes.popFirst().flatMap(ASCII.hexadecimal),
                let low = bytes.popFirst().flatMap(ASCII.hexadecimal)
            else { return nil }
            decoded.append(high << 4 | low)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    /// `name=value&…`, each side percent encoded.
    public static func query(_ items: [(String, String)]) -> String {
        items.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default:
            "-._~".utf8.contains(byte)
        }
    }

    private static func decoded(_ text: Substring, in whole: String) throws(HTTPError) -> String {
        guard let decoded = percentDecoded(text) else {
            throw HTTPError(.malformed, "'\(text)' in URL '\(whole)': its %XX do not make UTF-8 text")
        }
        return decoded
    }

    private static func refuseIllegal(_ text: String) throws(HTTPError) {
        let bytes = Array(text.utf8)
        for (offset, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "%") {
                let digits = bytes.dropFirst(offset + 1).prefix(2)
                guard digits.count == 2, digits.allSatisfy({ ASCII.hexadecimal($0) != nil }) else {
                    throw HTTPError(
                        .malformed, "URL '\(text)': the % at byte \(offset) is not followed by two hexadecimal digits")
                }
            } else if byte <= 0x20 || byte >= 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
                throw HTTPError(
                    .malformed, "URL '\(text)': byte \(offset) may not stand in a URL: write it as %XX")
            }
        }
    }
}
