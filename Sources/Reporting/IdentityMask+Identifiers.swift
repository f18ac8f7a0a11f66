/// Finds national health identifiers.
///
/// An INS is thirteen characters and a key of two digits, with `2A` or `2B` for Corsica, written in one piece or in the
/// usual groups (`1 80 01 75 …`), and often without its key. Eleven of its characters become `*`, so that two patients
/// can still be told apart. Components of OIDs, dates (14 digits) and hexadecimal digests stay as they are.
extension IdentityMask {
    /// The bytes of identifiers to replace.
    static func hiddenPositions(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var hidden: [Int] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position].isDigit else {
                position += 1
                continue
            }
            let start = position + escapeLength(at: position, in: bytes)
            let digits = identifier(15, at: start, in: bytes) ?? identifier(13, at: start, in: bytes)
            if let digits, let last = digits.last {
                hidden += digits.prefix(11)
                position = last + 1
                continue
            }
            while position < bytes.count, bytes[position].isDigit { position += 1 }
        }
        return hidden
    }

    /// How many of the digits at `position` end a percent escape, as in `%27180…`.
    private static func escapeLength(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let percent = UInt8(ascii: "%")
        if position >= 1, bytes[position - 1] == percent { return 2 }
        if position >= 2, bytes[position - 2] == percent, bytes[position - 1].isHexadecimal { return 1 }
        return 0
    }

    /// The positions of the characters of an identifier of `length` that starts at `start`.
    ///
    /// One without key has nothing that proves it but its parts, and no letter of a digest may touch it.
    private static func identifier(_ length: Int, at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> [Int]? {
        guard start < bytes.count, "123478".utf8.contains(bytes[start]) else { return nil }
        var positions: [Int] = []
        var position = start
        while positions.count < length {
            if groupStarts.contains(positions.count) { position += blankLength(at: position, in: bytes) }
            guard position < bytes.count else { return nil }
            let isCorsican =
                positions.count == 6 && "ABab".utf8.contains(bytes[position])
                && bytes[positions[5]] == UInt8(ascii: "2")
            guard bytes[position].isDigit || isCorsican else { return nil }
            positions.append(position)
            position += 1
        }
        guard position >= bytes.count || !bytes[position].isDigit else { return nil }
        let dot = UInt8(ascii: ".")
        if start >= 2, bytes[start - 1] == dot, bytes[start - 2].isDigit { return nil }
        if position + 1 < bytes.count, bytes[position] == dot, bytes[position + 1].isDigit { return nil }
        if length == 13 {
            guard isPlausible(positions.map { bytes[$0] }) else { return nil }
            if start > 0, bytes[start - 1].isHexadecimal, !isEscaped(start, bytes) { return nil }
            if position < bytes.count, bytes[position].isHexadecimal { return nil }
        }
        return isInDigest(start..<position, bytes) ? nil : positions
    }

    private static func isEscaped(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        start >= 3 && bytes[start - 3] == UInt8(ascii: "%") && bytes[start - 2].isHexadecimal
    }

    /// Whether month, department, commune and order can be those of a NIR (month 20 and on: not known).
    private static func isPlausible(_ digits: [UInt8]) -> Bool {
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 & 0x0F) } }
        let month = number(3..<5)
        let isCorsican = !digits[6].isDigit
        return 1...12 ~= month || month >= 20 ? (isCorsican || number(5..<7) > 0) && number(10..<13) > 0 : false
    }

    /// Where people set a blank: sex, year, month, department, commune, order, key.
    private static let groupStarts: Set<Int> = [1, 3, 5, 7, 10, 13]

    private static func blankLength(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard position < bytes.count else { return 0 }
        if bytes[position] == 0x20 { return 1 }
        let isNoBreakSpace = position + 1 < bytes.count && bytes[position] == 0xC2 && bytes[position + 1] == 0xA0
        return isNoBreakSpace ? 2 : 0
    }

    private static func isInDigest(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = range.lowerBound
        var end = range.upperBound
        while start > 0, bytes[start - 1].isHexadecimal, range.lowerBound - start < 64 { start -= 1 }
        while end < bytes.count, bytes[end].isHexadecimal, end - range.upperBound < 64 { end += 1 }
        return [32, 40, 64].contains(end - start)
    }
}
