/// The readable beginning of a body: text with its lines, XML set in order, or the first bytes in hexadecimal.
struct BodyExcerpt {
    /// How the lines are to be read.
    enum Form: Equatable {
        /// The lines of the body itself: a line number of a finding is a line here.
        case lines
        /// XML of overlong lines, indented for reading.
        case indented
        /// 16 bytes a line.
        case hexadecimal
    }

    let form: Form
    let isXML: Bool
    let lines: [ArraySlice<UInt8>]
    /// How many bytes of the body are shown.
    let shown: Int

    /// How many bytes are shown of a body that isn't text.
    static let hexadecimalLimit = 256

    /// The excerpt of a body that starts with `prefix`: at most `limit` bytes, identities hidden by `mask`.
    init(of prefix: [UInt8], limit: Int, mask: IdentityMask) {
        // Hide first, cut then: half an identity is too much of it.
        let known = Array(prefix.prefix(limit + 64))
        let decoded = Self.decodedUTF16(known)
        let masked = mask.masked(decoded ?? known)
        var bytes = masked.prefix(limit)
        if masked.count > bytes.count { bytes = Self.withoutCutCharacter(bytes) }
        guard Self.isText(bytes) else {
            let head = masked.prefix(Self.hexadecimalLimit)
            form = .hexadecimal
            isXML = false
            lines = Self.hexadecimal(head)
            shown = min(head.count, prefix.count)
            return
        }
        // A hidden secret has another length than it had.
        shown = masked.count == known.count ? bytes.count : min(limit, known.count)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        let first = bytes.first { $0 > 0x20 }
        isXML = first == UInt8(ascii: "<")
        let own = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.last == 0x0D ? line.dropLast() : line
        }
        if isXML, own.contains(where: { $0.count > 240 }) {
            form = .indented
            lines = XMLIndenter.lines(of: bytes)
        } else {
            form = .lines
            lines = own.last?.isEmpty == true && own.count > 1 ? Array(own.dropLast()) : own
        }
    }

    private static func decodedUTF16(_ bytes: [UInt8]) -> [UInt8]? {
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
        var units: [UInt16] = []
        var index = 2
        while index + 1 < bytes.count {
            let low = UInt16(bytes[isLittle ? index : index + 1])
            let high = UInt16(bytes[isLittle ? index + 1 : index])
            units.append(high << 8 | low)
            index += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func withoutCutCharacter(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = bytes.endIndex
        var back = 0
        while back < 4, end > bytes.startIndex, bytes[end - 1] & 0xC0 == 0x80 {
            end -= 1
            back += 1
        }
        guard end > bytes.startIndex, bytes[end - 1] >= 0xC0 else { return bytes }
        let needed = bytes[end - 1] >= 0xF0 ? 3 : bytes[end - 1] >= 0xE0 ? 2 : 1
        return back < needed ? bytes[..<(end - 1)] : bytes
    }

    private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        var controls = 0
        for byte in bytes {
            if byte == 0 { return false }
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { controls += 1 }
        }
        guard controls * 100 <= bytes.count else { return false }
        return String(validating: bytes, as: UTF8.self) != nil || !bytes.contains { $0 >= 0x80 }
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        let digits = Array("0123456789abcdef".utf8)
        var lines: [ArraySlice<UInt8>] = []
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            let row = bytes[offset..<min(offset + 16, bytes.endIndex)]
            var line: [UInt8] = []
            for shift in [12, 8, 4, 0] { line.append(digits[((offset - bytes.startIndex) >> shift) & 15]) }
            line += "  ".utf8
            for byte in row { line += [digits[Int(byte >> 4)], digits[Int(byte & 15)], 0x20] }
            line += [UInt8](repeating: 0x20, count: (16 - row.count) * 3 + 1)
            for byte in row { line.append(0x20..<0x7F ~= byte ? byte : UInt8(ascii: ".")) }
            lines.append(line[...])
            offset += 16
        }
        return lines
    }
}

/// Sets XML on indented lines for reading, without parsing it: the text may be cut, or not be XML at all.
enum XMLIndenter {
    /// Longer runs of text (base64, mostly) are cut.
    private static let textLimit = 400
    private static let deepest = 40

    static func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [[UInt8]] = []
        var depth = 0
        // Whether the line in the making is an open tag, or that and text: its end tag may follow on it.
        var isOpen = false
        var rest = bytes
        while let first = rest.first {
            if first == UInt8(ascii: "<") {
                let token = tag(rest)
                rest = rest[token.endIndex...]
                let second = token.dropFirst().first ?? 0
                if second == UInt8(ascii: "/") {
                    depth = max(depth - 1, 0)
                    if isOpen, !lines.isEmpty {
                        lines[lines.count - 1] += token
                    } else {
                        lines.append(indentation(depth) + token)
                    }
                    isOpen = false
                } else {
                    lines.append(indentation(depth) + token)
                    let isOpening =
                        second != UInt8(ascii: "!") && second != UInt8(ascii: "?")
                        && token.dropLast().last != UInt8(ascii: "/")
                    if isOpening { depth += 1 }
                    isOpen = isOpening
                }
            } else {
                let text = rest.prefix { $0 != UInt8(ascii: "<") }
                rest = rest[text.endIndex...]
                guard let words = trimmed(text) else { continue }
                if isOpen {
                    lines[lines.count - 1] += words
                } else {
                    lines.append(indentation(depth) + words)
                }
            }
        }
        return lines.map { $0[...] }
    }

    private static func indentation(_ depth: Int) -> [UInt8] {
        [UInt8](repeating: 0x20, count: min(depth, deepest) * 2)
    }

    /// From `<` to its `>`, with quoted values and comments as a whole.
    private static func tag(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isComment = bytes.starts(with: "<!--".utf8)
        var quote: UInt8 = 0
        var index = bytes.startIndex + 1
        while index < bytes.endIndex {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: ">") {
                if !isComment || bytes[..<index].suffix(2).elementsEqual("--".utf8) { return bytes[...index] }
            } else if !isComment, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
            index += 1
        }
        return bytes
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let start = text.firstIndex(where: { $0 > 0x20 }), let last = text.lastIndex(where: { $0 > 0x20 }) else {
            return nil
        }
        let words = text[start...last]
        guard words.count > textLimit else { return Array(words) }
        var end = words.startIndex + textLimit
        while end > words.startIndex, words[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(words[..<end]) + Array("… [+\(words.endIndex - end)]".utf8)
    }
}
