/// Replaces secrets that reached a text: the record should hold none, and no report may show one.
enum SecretMask {
    /// What stands for a secret.
    static let sign = "●●●"

    private enum Kind {
        /// `Bearer <token>`.
        case token
        /// `access_token=<value>`, in a URL, a form or JSON.
        case parameter
        /// `Authorization: <scheme> <value>`.
        case credentials
        /// `Set-Cookie: <all of the line>`.
        case line
    }

    private static let marks: [(word: [UInt8], kind: Kind)] = [
        (Array("bearer ".utf8), .token), (Array("access_token".utf8), .parameter),
        (Array("refresh_token".utf8), .parameter), (Array("id_token".utf8), .parameter),
        (Array("client_secret".utf8), .parameter), (Array("authorization:".utf8), .credentials),
        (Array("cookie:".utf8), .line),
    ]

    /// What follows `Bearer` in a sentence.
    private static let words = ["token", "tokens", "actif", "active", "absent"].map { Array($0.utf8) }

    /// `bytes` with a sign for each secret; nil where there is none.
    static func redacted(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8]?
        var copied = 0
        var index = 0
        while index < bytes.count {
            guard let range = secret(at: index, in: bytes) else {
                index += 1
                continue
            }
            var open = result ?? []
            open.append(contentsOf: bytes[copied..<range.lowerBound])
            open += sign.utf8
            result = open
            copied = range.upperBound
            index = range.upperBound
        }
        result?.append(contentsOf: bytes[copied...])
        return result
    }

    /// The value of a secret whose mark starts at `index`.
    private static func secret(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        switch bytes[index] | 0x20 {
        case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "c"), UInt8(ascii: "i"), UInt8(ascii: "r"): break
        default: return nil
        }
        guard let mark = marks.first(where: { begins(with: $0.word, at: index, in: bytes) }) else { return nil }
        var start = index + mark.word.count
        switch mark.kind {
        case .token:
            start = end(of: start, in: bytes) { $0 == 0x20 }
            let end = end(of: start, in: bytes, while: isOfToken)
            // `Bearer realm="…"` is a challenge.
            let isChallenge =
                end > start && bytes[end - 1] == UInt8(ascii: "=") && end < bytes.count
                && bytes[end] == UInt8(ascii: "\"")
            let isWord = words.contains { $0.count == end - start && bytes[start..<end].elementsEqual($0) }
            return end > start && !isChallenge && !isWord ? start..<end : nil
        case .parameter:
            let value = end(of: start, in: bytes) { "\"' \\:=".utf8.contains($0) }
            guard bytes[start..<value].contains(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }) else {
                return nil
            }
            let end = end(of: value, in: bytes) { $0 > 0x20 && !"&\"'<>,;}#\\".utf8.contains($0) }
            return end > value ? value..<end : nil
        case .credentials:
            start = end(of: start, in: bytes) { $0 == 0x20 }
            let scheme = end(of: start, in: bytes) { $0 > 0x20 }
            let value = end(of: scheme, in: bytes) { $0 == 0x20 }
            let end = end(of: value, in: bytes) { $0 > 0x20 }
            if end > value { return value..<end }
            return scheme > start ? start..<scheme : nil
        case .line:
            start = end(of: start, in: bytes) { $0 == 0x20 }
            let end = end(of: start, in: bytes) { $0 != 0x0A && $0 != 0x0D }
            return end > start ? start..<end : nil
        }
    }

    /// Without regard to case.
    private static func begins(with word: [UInt8], at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard index + word.count <= bytes.count else { return false }
        for (offset, byte) in word.enumerated() {
            let other = bytes[index + offset]
            guard other == byte || (0x41...0x5A ~= other && other | 0x20 == byte) else { return false }
        }
        return true
    }

    private static func end(
        of start: Int, in bytes: UnsafeBufferPointer<UInt8>, while isInside: (UInt8) -> Bool
    ) -> Int {
        var index = start
        while index < bytes.count, isInside(bytes[index]) { index += 1 }
        return index
    }

    private static func isOfToken(_ byte: UInt8) -> Bool {
        byte.isDigit || 0x61...0x7A ~= byte | 0x20 || "-._~+/=".utf8.contains(byte)
    }
}
