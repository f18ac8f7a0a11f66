/// Characters as a slice of UTF-8 bytes, so that a string value of a document is never copied.
///
/// Equality and order are those of the Unicode codepoint collation: UTF-8 byte order is code point order.
struct Text: Sendable {
    let bytes: [UInt8]
    let start: Int32
    let end: Int32

    static let empty = Text([])

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        start = 0
        end = Int32(bytes.count)
    }

    init(_ bytes: [UInt8], _ start: Int, _ end: Int) {
        self.bytes = bytes
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    init(_ string: String) { self.init(Array(string.utf8)) }

    @inline(__always) var byteCount: Int { Int(end &- start) }
    @inline(__always) var isEmpty: Bool { start == end }

    /// The characters as a `String`.
    var string: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[Int(start)..<Int(end)])) }
    }

    /// The byte at `offset` from the start of the slice.
    @inline(__always) subscript(offset: Int) -> UInt8 { bytes[Int(start) &+ offset] }

    /// The bytes from `lower` to `upper`, counted from the start of the slice.
    func slice(_ lower: Int, _ upper: Int) -> Text { Text(bytes, Int(start) + lower, Int(start) + upper) }

    /// The number of code points: bytes that don't continue a character.
    var length: Int {
        withBytes { buffer in
            var count = 0
            for byte in buffer where byte & 0xC0 != 0x80 { count &+= 1 }
            return count
        }
    }

    var isASCII: Bool { withBytes { buffer in !buffer.contains { $0 >= 0x80 } } }

    /// The code points, decoded.
    var scalars: [Unicode.Scalar] {
        withBytes { buffer in
            var result: [Unicode.Scalar] = []
            result.reserveCapacity(buffer.count)
            var position = 0
            while position < buffer.count { result.append(UTF8Decoding.next(buffer, &position)) }
            return result
        }
    }

    /// The slice without XML white space at both ends.
    var trimmed: Text {
        var lower = Int(start)
        var upper = Int(end)
        while lower < upper, isXMLSpace(bytes[lower]) { lower += 1 }
        while lower < upper, isXMLSpace(bytes[upper - 1]) { upper -= 1 }
        return Text(bytes, lower, upper)
    }

    /// White space collapsed as `fn:normalize-space` does.
    var normalized: Text {
        var needsWork = false
        var previousIsSpace = true
        for index in Int(start)..<Int(end) {
            let byte = bytes[index]
            if isXMLSpace(byte) {
                if previousIsSpace || byte != 0x20 { needsWork = true }
                previousIsSpace = true
            } else {
                previousIsSpace = false
            }
        }
        if previousIsSpace && !isEmpty { needsWork = true }
        guard needsWork else { return self }
        var result: [UInt8] = []
        result.reserveCapacity(byteCount)
        for index in Int(start)..<Int(end) {
            let byte = bytes[index]
            if isXMLSpace(byte) {
                if let last = result.last, last != 0x20 { result.append(0x20) }
            } else {
                result.append(byte)
            }
        }
        if result.last == 0x20 { result.removeLast() }
        return Text(result)
    }

    /// Where `other` first occurs at or after `from`, in bytes, or nil.
    func firstOffset(of other: Text, from: Int = 0) -> Int? {
        withBytes { haystack in
            other.withBytes { needle in
                guard let first = needle.first else { return from }
                guard haystack.count - from >= needle.count else { return nil }
                let last = haystack.count - needle.count
                var index = from
                outer: while index <= last {
                    guard haystack[index] == first else {
                        index &+= 1
                        continue
                    }
                    var offset = 1
                    while offset < needle.count {
                        if haystack[index &+ offset] != needle[offset] {
                            index &+= 1
                            continue outer
                        }
                        offset &+= 1
                    }
                    return index
                }
                return nil
            }
        }
    }

    func contains(_ other: Text) -> Bool { firstOffset(of: other) != nil }

    func hasPrefix(_ other: Text) -> Bool {
        byteCount >= other.byteCount && slice(0, other.byteCount) == other
    }

    func hasSuffix(_ other: Text) -> Bool {
        byteCount >= other.byteCount && slice(byteCount - other.byteCount, byteCount) == other
    }

    static func concatenating(_ parts: [Text]) -> Text {
        var result: [UInt8] = []
        result.reserveCapacity(parts.reduce(0) { $0 + $1.byteCount })
        for part in parts { part.append(to: &result) }
        return Text(result)
    }

    func append(to result: inout [UInt8]) {
        withBytes { result.append(contentsOf: $0) }
    }
}

extension Text: Hashable, Comparable {
    @inline(__always)
    static func == (left: Text, right: Text) -> Bool {
        let count = left.byteCount
        guard count == right.byteCount else { return false }
        return left.bytes.withUnsafeBufferPointer { leftBytes in
            right.bytes.withUnsafeBufferPointer { rightBytes in
                var index = Int(left.start)
                var other = Int(right.start)
                let end = Int(left.end)
                while index < end {
                    if leftBytes[index] != rightBytes[other] { return false }
                    index &+= 1
                    other &+= 1
                }
                return true
            }
        }
    }

    static func < (left: Text, right: Text) -> Bool { left.order(right) < 0 }

    /// Negative, zero or positive as `self` comes before, equals or comes after `other`.
    func order(_ other: Text) -> Int {
        withBytes { left in
            other.withBytes { right in
                let count = min(left.count, right.count)
                var index = 0
                while index < count {
                    if left[index] != right[index] { return Int(left[index]) - Int(right[index]) }
                    index &+= 1
                }
                return left.count - right.count
            }
        }
    }

    func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension Text: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self.init(value) }
}

@inline(__always)
func isXMLSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// Reads code points from UTF-8 that is known to be well formed; what is not becomes U+FFFD.
enum UTF8Decoding {
    @inline(__always)
    static func next(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Unicode.Scalar {
        let first = bytes[position]
        position &+= 1
        if first < 0x80 { return Unicode.Scalar(first) }
        return following(first, bytes, &position)
    }

    static func following(
        _ first: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int
    ) -> Unicode.Scalar {
        let extra = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0
        var value = UInt32(first) & (extra == 3 ? 0x07 : extra == 2 ? 0x0F : extra == 1 ? 0x1F : 0)
        guard extra > 0, position + extra <= bytes.count else { return "\u{FFFD}" }
        for _ in 0..<extra {
            value = value << 6 | UInt32(bytes[position] & 0x3F)
            position &+= 1
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}

extension [UInt8] {
    /// Appends a code point as UTF-8.
    mutating func append(scalar: Unicode.Scalar) {
        if scalar.value < 0x80 {
            append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [0xEF, 0xBF, 0xBD])
        }
    }
}
