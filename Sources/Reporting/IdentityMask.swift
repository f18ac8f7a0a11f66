internal import Conformance

/// Hides national health identifiers (INS) in what people read.
///
/// An INS is thirteen characters and a key of two digits, with `2A` or `2B` for Corsica, written in one piece or in the
/// usual groups (`1 80 01 75 …`). Eleven of its fifteen characters become `*`, so that two patients can still be told
/// apart and no line or column moves. Components of OIDs and hexadecimal digests stay as they are.
struct IdentityMask: Sendable {
    /// False where the person asked to see identities.
    let isActive: Bool

    /// `text` without identities.
    func masked(_ text: String) -> String {
        guard isActive else { return text }
        var copy = text
        let hidden = copy.withUTF8 { Self.hiddenPositions(in: $0) }
        guard !hidden.isEmpty else { return text }
        var bytes = Array(text.utf8)
        for position in hidden { bytes[position] = UInt8(ascii: "*") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `bytes` without identities, as long as before.
    func masked(_ bytes: [UInt8]) -> [UInt8] {
        guard isActive else { return bytes }
        let hidden = bytes.withUnsafeBufferPointer { Self.hiddenPositions(in: $0) }
        guard !hidden.isEmpty else { return bytes }
        var result = bytes
        for position in hidden { result[position] = UInt8(ascii: "*") }
        return result
    }

    /// `check` without identities in what it says: to be done before a text is shortened, lest half of one stays.
    ///
    /// Texts keep 8 KiB, four times what plain reports show.
    func masked(_ check: CheckRecord) -> CheckRecord {
        var check = check
        check.title = masked(check.title)
        check.reason = check.reason.map(masked)
        for index in check.findings.indices { mask(&check.findings[index]) }
        return check
    }

    private func masked(_ text: LocalizedText) -> LocalizedText {
        LocalizedText(fr: maskedStart(text.fr), en: maskedStart(text.en))
    }

    private func maskedStart(_ text: String) -> String {
        let limit = 8192
        return masked(text.utf8.count > limit ? String(decoding: text.utf8.prefix(limit), as: UTF8.self) : text)
    }

    private func mask(_ finding: inout Finding) {
        finding.message = masked(finding.message)
        finding.expected = finding.expected.map(maskedStart)
        finding.actual = finding.actual.map(maskedStart)
        finding.advice = finding.advice.map(masked)
        guard var place = finding.place else { return }
        place.object = place.object.map(maskedStart)
        place.part = place.part.map(maskedStart)
        place.xpath = place.xpath.map(maskedStart)
        place.header = place.header.map(maskedStart)
        finding.place = place
    }

    /// The bytes to replace.
    static func hiddenPositions(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var hidden: [Int] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position].isDigit else {
                position += 1
                continue
            }
            let start = position + escapeLength(at: position, in: bytes)
            if let digits = identifier(at: start, in: bytes), let last = digits.last {
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

    /// The positions of the fifteen characters of an identifier that starts at `start`.
    private static func identifier(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> [Int]? {
        guard start < bytes.count, "123478".utf8.contains(bytes[start]) else { return nil }
        var positions: [Int] = []
        var position = start
        while positions.count < 15 {
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
        return isInDigest(start..<position, bytes) ? nil : positions
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

extension UInt8 {
    /// `0` to `9`.
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// A digit, or `a` to `f` in either case.
    var isHexadecimal: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x66) }
}
