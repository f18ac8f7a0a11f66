/// F&O 7: strings.
enum StringFunctions {
    static let all: [Function] = [
        Function("codepoints-to-string($arg as xs:integer*) as xs:string") { (call) throws(XPathError) in
            var bytes: [UInt8] = []
            for value in try call.arguments[0].atomized(call.evaluation) {
                guard case .integer(let integer) = value.storage, let code = integer.int, code > 0, code <= 0x10FFFF,
                    XMLNames.isCharacter(UInt32(code)), let scalar = Unicode.Scalar(UInt32(code))
                else { throw XPathError("FOCH0001", "\(value.text.string) is not the code point of an XML character") }
                bytes.append(scalar: scalar)
            }
            return .text(Text(bytes))
        },
        Function("string-to-codepoints($arg as xs:string?) as xs:integer*") { (call) throws(XPathError) in
            Value(call.textOrEmpty(0).scalars.map { .integer(Int($0.value)) })
        },
        Function(
            "compare($comparand1 as xs:string?, $comparand2 as xs:string?[, $collation as xs:string]) as xs:integer?"
        ) { (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            guard let left = call.text(0), let right = call.text(1) else { return .empty }
            return .atomic(.integer(left.order(right).signum()))
        },
        Function("codepoint-equal($comparand1 as xs:string?, $comparand2 as xs:string?) as xs:boolean?") {
            (call) throws(XPathError) in
            guard let left = call.text(0), let right = call.text(1) else { return .empty }
            return .boolean(left == right)
        },
        Function("concat($arg1 as xs:anyAtomicType?, $arg2 as xs:anyAtomicType?, ...) as xs:string") {
            (call) throws(XPathError) in
            var bytes: [UInt8] = []
            for index in 0..<call.count {
                call.text(index)?.append(to: &bytes)
                try call.evaluation.check(textLength: bytes.count)
            }
            return .text(Text(bytes))
        },
        Function("string-join($arg1 as xs:string*, $arg2 as xs:string) as xs:string") { (call) throws(XPathError) in
            let separator = call.textOrEmpty(1)
            var bytes: [UInt8] = []
            var isFirst = true
            try call.arguments[0].forEach { (item) throws(XPathError) in
                if !isFirst { separator.append(to: &bytes) }
                isFirst = false
                item.text.append(to: &bytes)
                try call.evaluation.check(textLength: bytes.count)
                return true
            }
            return .text(Text(bytes))
        },
        Function(
            "substring($sourceString as xs:string?, $startingLoc as xs:double[, $length as xs:double]) as xs:string"
        ) { (call) throws(XPathError) in
            .text(substring(call.textOrEmpty(0), from: call.double(1) ?? .nan, length: call.double(2)))
        },
        Function("string-length($arg as xs:string?) as xs:integer", context: .string) { (call) throws(XPathError) in
            .atomic(.integer(call.textOrEmpty(0).length))
        },
        Function("normalize-space($arg as xs:string?) as xs:string", context: .string) { (call) throws(XPathError) in
            .text(call.textOrEmpty(0).normalized)
        },
        Function("normalize-unicode($arg as xs:string?[, $normalizationForm as xs:string]) as xs:string") {
            (call) throws(XPathError) in
            let name = call.text(1)?.trimmed.string.uppercased() ?? "NFC"
            let text = call.textOrEmpty(0)
            if name.isEmpty { return .text(text) }
            guard let form = UnicodeNormalization.Form(rawValue: name) else {
                throw XPathError("FOCH0003", "'\(name)' is no supported normalization form: NFC, NFD, NFKC, NFKD are")
            }
            return .text(UnicodeNormalization.normalize(text, form))
        },
        Function("upper-case($arg as xs:string?) as xs:string") { (call) throws(XPathError) in
            .text(mapped(call.textOrEmpty(0)) { $0.properties.uppercaseMapping })
        },
        Function("lower-case($arg as xs:string?) as xs:string") { (call) throws(XPathError) in
            .text(mapped(call.textOrEmpty(0)) { $0.properties.lowercaseMapping })
        },
        Function("translate($arg as xs:string?, $mapString as xs:string, $transString as xs:string) as xs:string") {
            (call) throws(XPathError) in
            .text(translate(call.textOrEmpty(0), call.textOrEmpty(1), call.textOrEmpty(2)))
        },
        Function("contains($arg1 as xs:string?, $arg2 as xs:string?[, $collation as xs:string]) as xs:boolean") {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            return .boolean(call.textOrEmpty(0).contains(call.textOrEmpty(1)))
        },
        Function("starts-with($arg1 as xs:string?, $arg2 as xs:string?[, $collation as xs:string]) as xs:boolean") {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            return .boolean(call.textOrEmpty(0).hasPrefix(call.textOrEmpty(1)))
        },
        Function("ends-with($arg1 as xs:string?, $arg2 as xs:string?[, $collation as xs:string]) as xs:boolean") {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            return .boolean(call.textOrEmpty(0).hasSuffix(call.textOrEmpty(1)))
        },
        Function(
            "substring-before($arg1 as xs:string?, $arg2 as xs:string?[, $collation as xs:string]) as xs:string"
        ) { (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            let (text, part) = (call.textOrEmpty(0), call.textOrEmpty(1))
            guard let offset = text.firstOffset(of: part) else { return .text(.empty) }
            return .text(text.slice(0, offset))
        },
        Function(
            "substring-after($arg1 as xs:string?, $arg2 as xs:string?[, $collation as xs:string]) as xs:string"
        ) { (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            let (text, part) = (call.textOrEmpty(0), call.textOrEmpty(1))
            guard let offset = text.firstOffset(of: part) else { return .text(.empty) }
            return .text(text.slice(offset + part.byteCount, text.byteCount))
        },
    ]

    /// F&O 7.4.3: the characters whose position p has `p >= round(start)` and `p < round(start) + round(length)`.
    static func substring(_ text: Text, from start: Double, length: Double?) -> Text {
        let first = NumberFunctions.round(start)
        let last = length.map { first + NumberFunctions.round($0) } ?? .infinity
        guard !first.isNaN, !last.isNaN, last > 1, first < last else { return .empty }
        // Positions outside the text are as good as its ends.
        let bound = Double(text.byteCount + 1)
        let lower = Int(min(max(first, 1), bound)) - 1
        let upper = Int(min(last, bound)) - 1
        guard lower < upper else { return .empty }
        return text.withBytes { bytes in
            var index = 0
            var position = 0
            var startOffset = bytes.count
            while index < bytes.count {
                if bytes[index] & 0xC0 != 0x80 {
                    if position == lower { startOffset = index }
                    if position == upper { break }
                    position += 1
                }
                index += 1
            }
            return startOffset < index ? text.slice(startOffset, index) : .empty
        }
    }

    private static func mapped(_ text: Text, _ mapping: (Unicode.Scalar) -> String) -> Text {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.byteCount)
        for scalar in text.scalars { bytes += mapping(scalar).utf8 }
        return Text(bytes)
    }

    private static func translate(_ text: Text, _ from: Text, _ to: Text) -> Text {
        let replacements = to.scalars
        var map: [Unicode.Scalar: Unicode.Scalar?] = [:]
        for (index, scalar) in from.scalars.enumerated() where map[scalar] == nil {
            map[scalar] = .some(index < replacements.count ? replacements[index] : nil)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.byteCount)
        for scalar in text.scalars {
            guard let mapped = map[scalar] else {
                bytes.append(scalar: scalar)
                continue
            }
            if let replacement = mapped { bytes.append(scalar: replacement) }
        }
        return Text(bytes)
    }
}

/// F&O 7.6: regular expressions.
enum RegexFunctions {
    static let all: [Function] = [
        Function("matches($input as xs:string?, $pattern as xs:string[, $flags as xs:string]) as xs:boolean") {
            (call) throws(XPathError) in
            let regex = try call.evaluation.regex(call.textOrEmpty(1), call.textOrEmpty(2))
            return .boolean(try regex.isMatch(call.textOrEmpty(0)))
        },
        Function(
            "replace($input as xs:string?, $pattern as xs:string, $replacement as xs:string[, $flags as xs:string]) as xs:string"
        ) { (call) throws(XPathError) in
            let regex = try call.evaluation.regex(call.textOrEmpty(1), call.textOrEmpty(3))
            if try regex.matchesEmpty() { throw matchesEmpty("replace") }
            let pieces = try replacement(call.textOrEmpty(2), groupCount: regex.program.groupCount)
            return .text(try replace(call.textOrEmpty(0), regex, pieces, call.evaluation))
        },
        Function("tokenize($input as xs:string?, $pattern as xs:string[, $flags as xs:string]) as xs:string*") {
            (call) throws(XPathError) in
            let regex = try call.evaluation.regex(call.textOrEmpty(1), call.textOrEmpty(2))
            if try regex.matchesEmpty() { throw matchesEmpty("tokenize") }
            let text = call.textOrEmpty(0)
            guard !text.isEmpty else { return .empty }
            var tokens: [Atomic] = []
            var position = 0
            while let match = try regex.firstMatch(in: text, from: position, wantsGroups: false) {
                tokens.append(.string(text.slice(position, match[0])))
                position = match[1]
                try call.evaluation.check(items: tokens.count)
            }
            tokens.append(.string(text.slice(position, text.byteCount)))
            return Value(tokens)
        },
    ]

    static func replace(
        _ text: Text, _ regex: Regex, _ pieces: [Piece], _ evaluation: Evaluation
    ) throws(XPathError) -> Text {
        var bytes: [UInt8] = []
        var position = 0
        while let match = try regex.firstMatch(in: text, from: position, wantsGroups: true) {
            try evaluation.count()
            text.slice(position, match[0]).append(to: &bytes)
            for piece in pieces {
                switch piece {
                case .text(let literal): literal.append(to: &bytes)
                case .group(let number):
                    let (lower, upper) = (match[2 * number], match[2 * number + 1])
                    if lower >= 0, upper >= lower { text.slice(lower, upper).append(to: &bytes) }
                }
            }
            position = match[1]
            try evaluation.check(textLength: bytes.count)
        }
        if position == 0 && bytes.isEmpty { return text }
        text.slice(position, text.byteCount).append(to: &bytes)
        return Text(bytes)
    }

    private static func matchesEmpty(_ function: String) -> XPathError {
        XPathError("FORX0003", "the pattern of fn:\(function) must not match the empty string")
    }

    /// A part of a replacement.
    enum Piece: Sendable {
        case text(Text)
        case group(Int)
    }

    /// F&O 7.6.3: `$N` is a group, `\$` and `\\` are themselves.
    static func replacement(_ text: Text, groupCount: Int) throws(XPathError) -> [Piece] {
        var pieces: [Piece] = []
        var literal: [UInt8] = []
        var index = 0
        let count = text.byteCount
        while index < count {
            let byte = text[index]
            index += 1
            if byte == 0x5C {
                guard index < count, text[index] == 0x5C || text[index] == 0x24 else {
                    throw XPathError("FORX0004", "in a replacement, '\\' must come before '$' or '\\'")
                }
                literal.append(text[index])
                index += 1
            } else if byte == 0x24 {
                guard index < count, isDigit(text[index]) else {
                    throw XPathError("FORX0004", "in a replacement, '$' must come before a digit")
                }
                var number = Int(text[index] - 0x30)
                index += 1
                while index < count, isDigit(text[index]), number * 10 + Int(text[index] - 0x30) <= groupCount {
                    number = number * 10 + Int(text[index] - 0x30)
                    index += 1
                }
                if !literal.isEmpty { pieces.append(.text(Text(literal))) }
                literal = []
                if number <= groupCount { pieces.append(.group(number)) }
            } else {
                literal.append(byte)
            }
        }
        if !literal.isEmpty { pieces.append(.text(Text(literal))) }
        return pieces
    }
}
