/// The characters of names (XML 1.0 fifth edition, productions 4 and 4a).
enum XMLNames {
    static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3A, 0x5F, 0x41...0x5A, 0x61...0x7A: true
        case 0..<0xC0: false
        case 0xD7, 0xF7: false
        case 0xC0...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
            0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            true
        default: false
        }
    }

    static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: isNameStart(scalar)
        }
    }

    static func isName(_ text: Text, allowingColon: Bool) -> Bool {
        let scalars = text.scalars
        guard let first = scalars.first, isNameStart(first) else { return false }
        guard scalars.allSatisfy(isNameCharacter) else { return false }
        return allowingColon || !scalars.contains(":")
    }

    /// The prefix (empty if none) and local part of a lexical QName; nil if it is none.
    static func split(_ text: Text) -> (prefix: String, local: String)? {
        let colon = text.withBytes { $0.firstIndex(of: 0x3A) }
        guard let colon else { return isName(text, allowingColon: false) ? ("", text.string) : nil }
        let prefix = text.slice(0, colon)
        let local = text.slice(colon + 1, text.byteCount)
        guard isName(prefix, allowingColon: false), isName(local, allowingColon: false) else { return nil }
        return (prefix.string, local.string)
    }

    /// Whether XML 1.0 allows the character in a document (production 2).
    static func isCharacter(_ value: UInt32) -> Bool {
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
