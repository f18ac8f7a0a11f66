/// The characters of a data set's text (DICOM PS3.3, C.12.1.1.2; PS3.5, 6.1).
///
/// Read: ISO_IR 6, 13 (katakana), 100, 101, 109, 110, 126, 127, 138, 144, 148, 166, 203 and 192, and the single-byte
/// sets by ISO 2022 escapes. Multi-byte sets (IR 58, 87, 149, 159, GB18030, GBK) are named and their bytes told.
public struct SpecificCharacterSet: Sendable, Hashable {
    /// The defined terms of (0008,0005), in order; empty for the default repertoire.
    public let terms: [String]
    private let initial: Repertoire

    /// Text that was decoded, and the places of the bytes that are no characters.
    public struct Decoded: Sendable, Hashable {
        /// The text, with U+FFFD where a byte is no character.
        public var text: String
        /// The places of those bytes in the value, from 0.
        public var undecodable: [Int]
    }

    /// The characters of the bytes 0x80 to 0xFF.
    enum Repertoire: Sendable, Hashable {
        case ascii, latin1, latin2, latin3, latin4, latin5, latin9, cyrillic, arabic, greek, hebrew, thai, katakana
        case utf8
        case unsupported

        init(term: String) {
            switch term.replacingSpaces() {
            case "", "ISO_IR_6", "ISO_2022_IR_6": self = .ascii
            case "ISO_IR_13", "ISO_2022_IR_13": self = .katakana
            case "ISO_IR_100", "ISO_2022_IR_100": self = .latin1
            case "ISO_IR_101", "ISO_2022_IR_101": self = .latin2
            case "ISO_IR_109", "ISO_2022_IR_109": self = .latin3
            case "ISO_IR_110", "ISO_2022_IR_110": self = .latin4
            case "ISO_IR_126", "ISO_2022_IR_126": self = .greek
            case "ISO_IR_127", "ISO_2022_IR_127": self = .arabic
            case "ISO_IR_138", "ISO_2022_IR_138": self = .hebrew
            case "ISO_IR_144", "ISO_2022_IR_144": self = .cyrillic
            case "ISO_IR_148", "ISO_2022_IR_148": self = .latin5
            case "ISO_IR_166", "ISO_2022_IR_166": self = .thai
            case "ISO_IR_203", "ISO_2022_IR_203": self = .latin9
            case "ISO_IR_192": self = .utf8
            case _: self = .unsupported
            }
        }

        /// The set that the final byte of an escape `ESC - F` brings into the right half (PS3.3, table C.12-3).
        init?(finalByte: UInt8) {
            switch finalByte {
            case 0x41: self = .latin1
            case 0x42: self = .latin2
            case 0x43: self = .latin3
            case 0x44: self = .latin4
            case 0x46: self = .greek
            case 0x47: self = .arabic
            case 0x48: self = .hebrew
            case 0x4C: self = .cyrillic
            case 0x4D: self = .latin5
            case 0x54: self = .thai
            case 0x62: self = .latin9
            case _: return nil
            }
        }

        /// The scalars of the bytes from 0xA0; nil where there is no single-byte right half.
        var rightHalf: [UInt16]? {
            switch self {
            case .ascii, .utf8, .unsupported: nil
            case .latin1: RightHalf.latin1
            case .latin2: RightHalf.latin2
            case .latin3: RightHalf.latin3
            case .latin4: RightHalf.latin4
            case .latin5: RightHalf.latin5
            case .latin9: RightHalf.latin9
            case .cyrillic: RightHalf.cyrillic
            case .arabic: RightHalf.arabic
            case .greek: RightHalf.greek
            case .hebrew: RightHalf.hebrew
            case .thai: RightHalf.thai
            case .katakana: RightHalf.katakana
            }
        }

        /// The character of a byte above 0x7F, or nil.
        func scalar(_ byte: UInt8) -> Unicode.Scalar? {
            guard byte >= 0xA0, let half = rightHalf else { return nil }
            let value = half[Int(byte) - 0xA0]
            return value == 0 ? nil : Unicode.Scalar(value)
        }
    }

    /// The set of the terms of (0008,0005).
    public init(terms: [String]) {
        self.terms = terms
        initial = Repertoire(term: terms.first ?? "")
    }

    /// The default repertoire: ISO_IR 6, no (0008,0005).
    public static let ascii = SpecificCharacterSet(terms: [])
    /// ISO_IR 100: Latin alphabet No. 1.
    public static let latin1 = SpecificCharacterSet(terms: ["ISO_IR 100"])
    /// ISO_IR 192: UTF-8.
    public static let utf8 = SpecificCharacterSet(terms: ["ISO_IR 192"])

    /// The terms that are not read here; empty when all are.
    public var unsupportedTerms: [String] { terms.filter { Repertoire(term: $0) == .unsupported } }

    /// The defined terms of multi-byte sets (PS3.3, tables C.12-4 and C.12-5), which are recognised and not decoded.
    public static let multiByteTerms: Set<String> = [
        "ISO 2022 IR 58", "ISO 2022 IR 87", "ISO 2022 IR 149", "ISO 2022 IR 159", "GB18030", "GBK",
    ]

    /// The terms that the standard does not have (PS3.3, C.12.1.1.2); empty when it has all.
    public var unknownTerms: [String] { unsupportedTerms.filter { !Self.multiByteTerms.contains($0) } }

    /// Why the terms may not stand together (PS3.3, C.12.1.1.2): without code extensions there is one; nil where they may.
    public var combinationFault: String? {
        guard terms.count > 1 else { return nil }
        let alone = terms.first { !$0.isEmpty && !$0.replacingSpaces().hasPrefix("ISO_2022") }
        return alone.map { "'\($0)' stands beside other character sets, but has no code extensions" }
    }

    /// Whether escapes may change the set within a value.
    public var hasCodeExtensions: Bool { terms.contains { $0.replacingSpaces().hasPrefix("ISO_2022") } }

    /// The text of a value; `^` and `=` bring back the first set in a person name.
    public func decode(_ bytes: some Collection<UInt8>, isPersonName: Bool = false) -> Decoded {
        initial == .utf8 ? Self.decodeUTF8(bytes) : decodeSingleBytes(Array(bytes), isPersonName: isPersonName)
    }

    private static func decodeUTF8(_ bytes: some Collection<UInt8>) -> Decoded {
        var parser = Unicode.UTF8.ForwardParser()
        var source = bytes.makeIterator()
        var scalars = String.UnicodeScalarView()
        var undecodable: [Int] = []
        var offset = 0
        while true {
            switch parser.parseScalar(from: &source) {
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                if scalar.isForbiddenControl { undecodable.append(offset) }
                scalars.append(scalar)
                offset += encoded.count
            case .error(let length):
                undecodable.append(offset)
                scalars.append("\u{FFFD}")
                offset += max(1, length)
            case .emptyInput:
                return Decoded(text: String(scalars), undecodable: undecodable)
            }
        }
    }

    private func decodeSingleBytes(_ bytes: [UInt8], isPersonName: Bool) -> Decoded {
        var scalars = String.UnicodeScalarView()
        var undecodable: [Int] = []
        var current: Repertoire = initial
        var isMultiByte = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x1B {
                let (length, change) = escape(bytes, at: index)
                switch change {
                case .rightHalf(let repertoire): (current, isMultiByte) = (repertoire, false)
                case .leftHalf: isMultiByte = false
                case .multiByte: isMultiByte = true
                case .unknown:
                    undecodable.append(index)
                    scalars.append("\u{FFFD}")
                }
                index += length
                continue
            }
            if [0x09, 0x0A, 0x0C, 0x0D].contains(byte) || isPersonName && (byte == 0x5E || byte == 0x3D) {
                (current, isMultiByte) = (initial, false)
            }
            let scalar = byte < 0x80 && !isMultiByte ? Unicode.Scalar(byte) : isMultiByte ? nil : current.scalar(byte)
            if let scalar, !scalar.isForbiddenControl {
                scalars.append(scalar)
            } else {
                undecodable.append(index)
                scalars.append(scalar ?? "\u{FFFD}")
            }
            index += 1
        }
        return Decoded(text: String(scalars), undecodable: undecodable)
    }

    private enum Change { case rightHalf(Repertoire), leftHalf, multiByte, unknown }

    /// The length and the meaning of the escape at `index` (PS3.3, tables C.12-3 and C.12-4).
    private func escape(_ bytes: [UInt8], at index: Int) -> (Int, Change) {
        guard index + 2 < bytes.count, hasCodeExtensions else { return (1, .unknown) }
        switch (bytes[index + 1], bytes[index + 2]) {
        case (0x28, 0x42), (0x28, 0x4A): return (3, .leftHalf)
        case (0x29, 0x49): return (3, .rightHalf(.katakana))
        case (0x2D, let final): return (3, Repertoire(finalByte: final).map { .rightHalf($0) } ?? .unknown)
        case (0x24, 0x28), (0x24, 0x29): return (min(4, bytes.count - index), .multiByte)
        case (0x24, _): return (3, .multiByte)
        case _: return (1, .unknown)
        }
    }

    /// The bytes of `text`, with `?` for each character that the first set does not have, and those characters.
    public func encode(_ text: String) -> (bytes: [UInt8], lost: [Unicode.Scalar]) {
        if initial == .utf8 { return (Array(text.utf8), []) }
        var bytes: [UInt8] = []
        var lost: [Unicode.Scalar] = []
        bytes.reserveCapacity(text.utf8.count)
        let half = initial.rightHalf
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
            } else if let value = UInt16(exactly: scalar.value), let index = half?.firstIndex(of: value) {
                bytes.append(UInt8(0xA0 + index))
            } else {
                bytes.append(UInt8(ascii: "?"))
                lost.append(scalar)
            }
        }
        return (bytes, lost)
    }

    /// Whether bytes above 0x7F are there and all of them make up UTF-8: text of that encoding under another declaration.
    public static func looksLikeUTF8(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.contains { $0 >= 0x80 } && decodeUTF8(bytes).undecodable.isEmpty
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character that text may not hold: all but TAB, LF, FF, CR (PS3.5, 6.1.3).
    var isForbiddenControl: Bool {
        switch value {
        case 0x09, 0x0A, 0x0C, 0x0D: false
        case 0..<0x20, 0x7F..<0xA0: true
        case _: false
        }
    }
}

extension String {
    /// With an underscore for each space: ISO_IR 100 and ISO_IR_100 are taken as one.
    fileprivate func replacingSpaces() -> String { String(map { $0 == " " ? "_" : $0 }) }
}
