/// One fast pass over a text: finds what is no UTF-8 or no XML character, and where lines start.
enum UTF8Scan {
    struct Fault {
        let code: XMLError.Code
        let message: String
        let offset: Int
    }

    /// The first fault from `start` on; `lines` knows all lines up to it.
    static func firstFault(_ text: [UInt8], from start: Int, lines: inout LineIndex) -> Fault? {
        lines.reserve(text.count / 48)
        return text.withUnsafeBytes { scan($0, from: start, &lines) }
    }

    private static func scan(_ text: UnsafeRawBufferPointer, from start: Int, _ lines: inout LineIndex) -> Fault? {
        var index = start
        let count = text.count
        while index < count {
            // Eight bytes at a time while all are in U+0020…U+007F. A borrow can only send a word the slow way.
            while index + 8 <= count {
                let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                guard (word | (word &- 0x2020_2020_2020_2020)) & 0x8080_8080_8080_8080 == 0 else { break }
                index += 8
            }
            let stop = min(index + 8, count)
            while index < stop {
                let byte = text[index]
                if byte >= 0x20 {
                    guard byte < 0x80 else {
                        let length = sequenceLength(text, index)
                        guard length > 0 else { return encodingFault(text, index) }
                        index += length
                        continue
                    }
                } else if byte == 0x0A {
                    lines.lineEnds(at: index)
                } else if byte != 0x09, byte != 0x0D {
                    let name = "U+00" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                    return Fault(
                        code: .illegalCharacter, message: "the character \(name) is not allowed in XML", offset: index)
                }
                index += 1
            }
        }
        return nil
    }

    /// The length of the sequence at `index` (Unicode 15 table 3-7), 0 where it is none.
    private static func sequenceLength(_ text: UnsafeRawBufferPointer, _ index: Int) -> Int {
        let lead = text[index]
        func byte(_ offset: Int) -> UInt8 { index + offset < text.count ? text[index + offset] : 0 }
        func continues(_ offset: Int) -> Bool { byte(offset) & 0xC0 == 0x80 }
        switch lead {
        case 0xC2...0xDF: return continues(1) ? 2 : 0
        case 0xE0: return byte(1) >= 0xA0 && continues(1) && continues(2) ? 3 : 0
        case 0xED: return byte(1) < 0xA0 && continues(1) && continues(2) ? 3 : 0
        case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
        case 0xF0: return byte(1) >= 0x90 && continues(1) && continues(2) && continues(3) ? 4 : 0
        case 0xF4: return byte(1) < 0x90 && continues(1) && continues(2) && continues(3) ? 4 : 0
        case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }

    private static func encodingFault(_ text: UnsafeRawBufferPointer, _ index: Int) -> Fault {
        let shown = text[index..<min(index + 4, text.count)].map { String($0, radix: 16, uppercase: true) }
        return Fault(
            code: .encoding, message: "the bytes \(shown.joined(separator: " ")) are not UTF-8", offset: index)
    }
}
