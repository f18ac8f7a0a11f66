internal import Conformance

/// The bytes of an HTML page in the making.
///
/// Markup can only be a literal of this source; everything else goes through `text` or `attribute`, which escape it.
/// The result is also well-formed XML, so that a parser can check it.
struct HTMLBuffer {
    private(set) var bytes: [UInt8] = []
    let mask: IdentityMask

    /// A longer text is cut, and says how much of it is missing: the record and the evidence hold it whole.
    static let textLimit = 4000

    init(mask: IdentityMask) {
        self.mask = mask
        bytes.reserveCapacity(1 << 18)
    }

    /// Markup of this source.
    mutating func markup(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text from anywhere: identities hidden, escaped, control characters visible, cut at `limit` bytes.
    mutating func text(_ value: String, limit: Int = HTMLBuffer.textLimit) {
        let whole = value.utf8.count
        // Hide first, cut then: half an identity is too much of it.
        let start = whole > limit + 64 ? String(decoding: value.utf8.prefix(limit + 64), as: UTF8.self) : value
        var masked = mask.masked(start)
        masked.withUTF8 { buffer in
            // A hidden secret has another length than it had.
            let rest = whole - start.utf8.count + buffer.count
            var end = buffer.count
            if whole > limit, end > limit {
                end = limit
                while end > 0, buffer[end] & 0xC0 == 0x80 { end -= 1 }
            }
            escape(UnsafeBufferPointer(rebasing: buffer[..<end]))
            if end < rest { bytes += "… [+\(rest - end)]".utf8 }
        }
    }

    /// A number.
    mutating func number(_ value: some BinaryInteger) { bytes += String(value).utf8 }

    /// Text in both languages, of which the page shows one.
    mutating func both(_ text: LocalizedText) {
        guard text.fr != text.en else { return self.text(text.fr) }
        markup("<span lang=\"fr\">")
        self.text(text.fr)
        markup("</span><span lang=\"en\">")
        self.text(text.en)
        markup("</span>")
    }

    /// Words of this source in both languages.
    mutating func both(_ fr: StaticString, _ en: StaticString) {
        markup("<span lang=\"fr\">")
        markup(fr)
        markup("</span><span lang=\"en\">")
        markup(en)
        markup("</span>")
    }

    /// ` name="value"`, escaped.
    mutating func attribute(_ name: StaticString, _ value: String) {
        markup(" ")
        markup(name)
        markup("=\"")
        text(value)
        markup("\"")
    }

    /// Bytes that are UTF-8 already masked: escaped, control characters visible.
    mutating func escape(_ buffer: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < buffer.count {
            let byte = buffer[index]
            switch byte {
            case UInt8(ascii: "&"): markup("&amp;")
            case UInt8(ascii: "<"): markup("&lt;")
            case UInt8(ascii: ">"): markup("&gt;")
            case UInt8(ascii: "\""): markup("&quot;")
            case UInt8(ascii: "'"): markup("&#39;")
            case 0x09, 0x0A: bytes.append(byte)
            case 0x00..<0x20: bytes += [0xE2, 0x90, 0x80 + byte]  // control pictures: U+2400 and on
            case 0x7F: markup("␡")
            case 0xC2, 0xD8, 0xE2, 0xEF: index += escapeSpecial(buffer, at: index) - 1
            default: bytes.append(byte)
            }
            index += 1
        }
    }

    /// C1 controls, direction marks and noncharacters become visible; the rest is copied. Gives the bytes read.
    private mutating func escapeSpecial(_ buffer: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let length = buffer[index] >= 0xE0 ? 3 : 2
        guard index + length <= buffer.count else {
            bytes.append(buffer[index])
            return 1
        }
        let slice = buffer[index..<index + length]
        var value = UInt32(buffer[index] & (length == 3 ? 0x0F : 0x1F))
        for byte in slice.dropFirst() { value = value << 6 | UInt32(byte & 0x3F) }
        let isControl = 0x80...0x9F ~= value && value != 0x85
        let isDirectional = Unicode.Scalar(value)?.isDirectional ?? false
        if isControl || isDirectional || value >= 0xFFFE {
            bytes += "[U+\(String(value, radix: 16, uppercase: true))]".utf8
        } else {
            bytes.append(contentsOf: slice)
        }
        return length
    }
}

/// Names of places in the page, the same in every run: `scenario/step/check`, `EX_DIM-001`.
enum Anchor {
    /// An id without blanks and without what a URL would escape.
    static func name(_ path: String) -> String {
        var result = ""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/": result.unicodeScalars.append(scalar)
            default: result += "~" + String(scalar.value, radix: 16)
            }
        }
        return result.isEmpty ? "~" : result
    }
}
