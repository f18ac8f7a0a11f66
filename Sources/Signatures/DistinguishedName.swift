/// The name of a certificate's subject or issuer. Source: RFC 4514 (RFC 2253), the most specific part first.
public struct DistinguishedName: Sendable, Hashable, CustomStringConvertible {
    /// One `type=value`.
    public struct Part: Sendable, Hashable {
        /// The type in upper case: `CN`, `OU`, `O`, or a dotted OID.
        public let type: String
        public let value: String
    }

    /// The parts as they are written.
    public let parts: [Part]
    /// The text that was read.
    public let text: String

    /// Reads a text; nil where it is none: empty, or a part without `=`.
    public init?(_ text: String) {
        var parts: [Part] = []
        for piece in Self.split(text) {
            guard let equal = piece.firstIndex(where: { $0.scalar == "=" && !$0.isEscaped }) else { return nil }
            let type = Self.trimmed(piece[..<equal])
            guard !type.isEmpty else { return nil }
            parts.append(Part(type: Self.canonical(type), value: Self.trimmed(piece[piece.index(after: equal)...])))
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
        self.text = text
    }

    /// The values of the parts of that type, in order.
    public subscript(_ type: String) -> [String] { parts.filter { $0.type == type }.map(\.value) }

    /// The first `CN`.
    public var commonName: String? { self["CN"].first }
    /// The first `O`.
    public var organisation: String? { self["O"].first }
    /// The `OU`s.
    public var units: [String] { self["OU"] }

    /// Whether both have the same parts in the same order; blanks and case of the values do not count (RFC 5280 §7.1).
    public func names(same other: DistinguishedName) -> Bool { key == other.key }

    /// Whether both have the same parts, whatever the order.
    public func names(sameInAnyOrder other: DistinguishedName) -> Bool { key.sorted() == other.key.sorted() }

    /// RFC 4514 with `, ` between the parts.
    public var description: String {
        parts.map { "\($0.type)=\(Self.escaped($0.value))" }.joined(separator: ", ")
    }

    private var key: [String] {
        parts.map { part in
            part.type + "=" + part.value.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        }
    }

    // MARK: Reading

    private struct Letter {
        let scalar: Unicode.Scalar
        let isEscaped: Bool
    }

    private static func split(_ text: String) -> [[Letter]] {
        var pieces: [[Letter]] = []
        var piece: [Letter] = []
        var isQuoted = false
        var bytes: [UInt8] = []
        let scalars = Array(text.unicodeScalars)
        var index = 0
        func flush() {
            for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
                piece.append(Letter(scalar: scalar, isEscaped: true))
            }
            bytes = []
        }
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "\\", index + 2 < scalars.count, let high = hexadecimal(scalars[index + 1]),
                let low = hexadecimal(scalars[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
                continue
            }
            flush()
            if scalar == "\\", index + 1 < scalars.count {
                piece.append(Letter(scalar: scalars[index + 1], isEscaped: true))
                index += 2
                continue
            }
            index += 1
            if scalar == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, scalar == "," || scalar == "+" || scalar == ";" {
                pieces.append(piece)
                piece = []
            } else {
                piece.append(Letter(scalar: scalar, isEscaped: isQuoted))
            }
        }
        flush()
        pieces.append(piece)
        return pieces
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> UInt8? {
        Character(scalar).hexDigitValue.map { UInt8($0) }
    }

    private static func trimmed(_ letters: ArraySlice<Letter>) -> String {
        let isBlank: (Letter) -> Bool = { $0.scalar.properties.isWhitespace && !$0.isEscaped }
        let end = letters.lastIndex { !isBlank($0) }.map { letters.index(after: $0) } ?? letters.startIndex
        let start = letters[..<end].firstIndex { !isBlank($0) } ?? end
        return String(String.UnicodeScalarView(letters[start..<end].map(\.scalar)))
    }

    private static func canonical(_ type: String) -> String {
        switch type.uppercased() {
        case "S": "ST"
        case "E", "EMAIL", "EMAILADDRESS": "EMAILADDRESS"
        case "OID.2.5.4.97", "2.5.4.97": "ORGANIZATIONIDENTIFIER"
        default: type.uppercased()
        }
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            if ",+\"\\<>;".unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
