/// Base64 of RFC 4648 that reads what people send: blanks and line ends anywhere, padding or none.
public enum Base64 {
    /// What came out of a text.
    public struct Decoded: Sendable {
        /// The bytes.
        public var bytes: [UInt8]
        /// 0-based offset, in the text, of the first character that has no business there; nil when all is well.
        public var firstError: Int?
    }

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (index, character) in alphabet.enumerated() { table[Int(character)] = UInt8(index) }
        for blank in [0x20, 0x09, 0x0A, 0x0D] { table[blank] = 0xFE }
        table[Int(UInt8(ascii: "="))] = 0xFD
        return table
    }()
    private static let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Decodes `text`; a foreign character is skipped and told.
    public static func decode(_ text: some Collection<UInt8>) -> Decoded {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 3)
        var firstError: Int?
        var accumulator: UInt32 = 0
        var held = 0
        var padding = 0
        for (offset, character) in text.enumerated() {
            let value = values[Int(character)]
            switch value {
            case 0xFE: continue
            case 0xFD: padding += 1
            case 0xFF: firstError = firstError ?? offset
            default:
                if padding > 0 { firstError = firstError ?? offset }
                accumulator = accumulator << 6 | UInt32(value)
                held += 1
                if held == 4 {
                    bytes.append(UInt8(truncatingIfNeeded: accumulator >> 16))
                    bytes.append(UInt8(truncatingIfNeeded: accumulator >> 8))
                    bytes.append(UInt8(truncatingIfNeeded: accumulator))
                    held = 0
                    accumulator = 0
                }
            }
        }
        switch held {
        case 2: bytes.append(UInt8(truncatingIfNeeded: accumulator >> 4))
        case 3:
            bytes.append(UInt8(truncatingIfNeeded: accumulator >> 10))
            bytes.append(UInt8(truncatingIfNeeded: accumulator >> 2))
        default: break
        }
        let wanted = held == 2 ? 2 : held == 3 ? 1 : 0
        if held == 1 || padding != wanted { firstError = firstError ?? text.count }
        return Decoded(bytes: bytes, firstError: firstError)
    }

    /// Encodes `bytes` on one line, or on lines of `lineLength` characters that end with `lineEnd`.
    public static func encode(
        _ bytes: some Collection<UInt8>, lineLength: Int = 0, lineEnd: String = "\r\n"
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + 4)
        var iterator = bytes.makeIterator()
        var column = 0
        while let first = iterator.next() {
            let second = iterator.next()
            let third = second == nil ? nil : iterator.next()
            let group = UInt32(first) << 16 | UInt32(second ?? 0) << 8 | UInt32(third ?? 0)
            if lineLength > 0, column >= lineLength {
                text.append(contentsOf: lineEnd.utf8)
                column = 0
            }
            text.append(alphabet[Int(group >> 18 & 63)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(second == nil ? UInt8(ascii: "=") : alphabet[Int(group >> 6 & 63)])
            text.append(third == nil ? UInt8(ascii: "=") : alphabet[Int(group & 63)])
            column += 4
        }
        return text
    }
}
