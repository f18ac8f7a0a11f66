/// A token of an expression and where it stands.
struct Token: Sendable {
    enum Kind: UInt8, Sendable {
        case end
        case integer, decimal, double, string
        /// `local`, `prefix:local`, `prefix:*`, `*:local`
        case name, prefixedName, prefixWildcard, localWildcard
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket
        case comma, dot, dotDot, slash, doubleSlash, at, axis, pipe, dollar, question
        case plus, minus, star
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, precedes, follows
    }

    let kind: Kind
    let start: Int32
    let end: Int32

    var span: Range<Int> { Int(start)..<Int(end) }
}

/// Splits an expression into tokens (XPath 2.0 A.2). All the text is read before parsing begins.
struct Lexer {
    private let source: [UInt8]
    private var position = 0
    private(set) var tokens: ContiguousArray<Token> = []

    /// The greatest expression.
    static let maximumSize = 10 << 20
    /// The most tokens, each of which may become a plan.
    static let maximumTokens = 1_000_000

    init(_ source: [UInt8]) { self.source = source }

    mutating func run() throws(XPathError) {
        guard source.count <= Self.maximumSize else {
            throw XPathError("XPDY0130", "the expression has \(source.count) bytes; \(Self.maximumSize) are supported")
        }
        tokens.reserveCapacity(source.count / 4 + 2)
        while let token = try next() {
            guard tokens.count < Self.maximumTokens else {
                throw XPathError(
                    "XPDY0130", "the expression has more than \(Self.maximumTokens) words and marks", span: token.span)
            }
            tokens.append(token)
        }
        tokens.append(Token(kind: .end, start: Int32(source.count), end: Int32(source.count)))
    }

    private func byte(_ offset: Int) -> UInt8 {
        let index = position + offset
        return index < source.count ? source[index] : 0
    }

    private func fault(_ message: String, _ span: Range<Int>) -> XPathError {
        XPathError("XPST0003", message, span: span)
    }

    private mutating func skipSpace() throws(XPathError) {
        while position < source.count {
            if isXMLSpace(source[position]) {
                position += 1
            } else if source[position] == 0x28 && byte(1) == 0x3A {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(XPathError) {
        let start = position
        var depth = 0
        while position < source.count {
            if source[position] == 0x28 && byte(1) == 0x3A {
                depth += 1
                position += 2
            } else if source[position] == 0x3A && byte(1) == 0x29 {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                position += 1
            }
        }
        throw fault("the comment has no end", start..<source.count)
    }

    private mutating func next() throws(XPathError) -> Token? {
        try skipSpace()
        guard position < source.count else { return nil }
        let start = position
        let kind = try scan()
        return Token(kind: kind, start: Int32(start), end: Int32(position))
    }

    private mutating func take(_ count: Int, _ kind: Token.Kind) -> Token.Kind {
        position += count
        return kind
    }

    private mutating func scan() throws(XPathError) -> Token.Kind {
        let first = source[position]
        switch first {
        case 0x28: return take(1, .leftParenthesis)
        case 0x29: return take(1, .rightParenthesis)
        case 0x5B: return take(1, .leftBracket)
        case 0x5D: return take(1, .rightBracket)
        case 0x2C: return take(1, .comma)
        case 0x2E:
            if byte(1) == 0x2E { return take(2, .dotDot) }
            return isDigit(byte(1)) ? try number() : take(1, .dot)
        case 0x2F: return byte(1) == 0x2F ? take(2, .doubleSlash) : take(1, .slash)
        case 0x40: return take(1, .at)
        case 0x3A where byte(1) == 0x3A: return take(2, .axis)
        case 0x7C where byte(1) != 0x7C: return take(1, .pipe)
        case 0x24: return take(1, .dollar)
        case 0x3F: return take(1, .question)
        case 0x2B: return take(1, .plus)
        case 0x2D: return take(1, .minus)
        case 0x2A:
            if byte(1) == 0x3A, nameLength(at: position + 2) > 0 {
                position += 2
                position += nameLength(at: position)
                return .localWildcard
            }
            return take(1, .star)
        case 0x3D where byte(1) != 0x3E: return take(1, .equal)
        case 0x21 where byte(1) == 0x3D: return take(2, .notEqual)
        case 0x3C:
            return byte(1) == 0x3D ? take(2, .lessOrEqual) : byte(1) == 0x3C ? take(2, .precedes) : take(1, .less)
        case 0x3E:
            return byte(1) == 0x3D ? take(2, .greaterOrEqual) : byte(1) == 0x3E ? take(2, .follows) : take(1, .greater)
        case 0x22, 0x27: return try string(first)
        case 0x30...0x39: return try number()
        default: return try name()
        }
    }

    private mutating func string(_ quote: UInt8) throws(XPathError) -> Token.Kind {
        let start = position
        position += 1
        while position < source.count {
            if source[position] == quote {
                if byte(1) != quote { return take(1, .string) }
                position += 1
            }
            position += 1
        }
        throw fault("the string literal has no end", start..<source.count)
    }

    private mutating func number() throws(XPathError) -> Token.Kind {
        let start = position
        var kind = Token.Kind.integer
        while isDigit(byte(0)) { position += 1 }
        if byte(0) == 0x2E {
            kind = .decimal
            position += 1
            while isDigit(byte(0)) { position += 1 }
        }
        if byte(0) | 0x20 == 0x65 {
            var length = 1
            if byte(1) == 0x2B || byte(1) == 0x2D { length = 2 }
            guard isDigit(byte(length)) else { throw fault("an exponent needs digits", start..<position + length) }
            kind = .double
            position += length
            while isDigit(byte(0)) { position += 1 }
        }
        if nameLength(at: position) > 0 {
            throw fault("a number must not touch the name after it", start..<position + 1)
        }
        return kind
    }

    private mutating func name() throws(XPathError) -> Token.Kind {
        let length = nameLength(at: position)
        guard length > 0 else {
            var end = position
            let buffer = Text(source, position, source.count)
            let scalar = buffer.withBytes { bytes in
                var offset = 0
                let scalar = UTF8Decoding.next(bytes, &offset)
                end += offset
                return scalar
            }
            throw fault("unexpected character '\(scalar)'", position..<end)
        }
        position += length
        guard byte(0) == 0x3A, byte(1) != 0x3A else { return .name }
        if byte(1) == 0x2A { return take(2, .prefixWildcard) }
        let localLength = nameLength(at: position + 1)
        guard localLength > 0 else { return .name }
        position += 1 + localLength
        return .prefixedName
    }

    /// The bytes of the NCName at `start`; 0 if there is none.
    private func nameLength(at start: Int) -> Int {
        var index = start
        while index < source.count {
            let byte = source[index]
            if byte < 0x80 {
                let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x5F
                guard isLetter || (index > start && (isDigit(byte) || byte == 0x2D || byte == 0x2E)) else { break }
                index += 1
                continue
            }
            var next = index
            let scalar = source.withUnsafeBufferPointer { UTF8Decoding.next($0, &next) }
            let isAllowed = index > start ? XMLNames.isNameCharacter(scalar) : XMLNames.isNameStart(scalar)
            guard isAllowed, scalar != "\u{FFFD}" else { break }
            index = next
        }
        return index - start
    }
}
