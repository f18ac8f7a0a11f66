/// A regular expression as a tree.
indirect enum RegexNode: Sendable {
    case empty
    case set(CharacterSet)
    case anyCharacter
    case sequence([RegexNode])
    case alternatives([RegexNode])
    case group(Int, RegexNode)
    case repetition(RegexNode, minimum: Int, maximum: Int?, isGreedy: Bool)
    case start
    case end
    case backReference(Int)
}

/// Reads the regular expressions of F&O 7.6.1: those of XML Schema part 2, appendix F, with anchors, reluctant
/// quantifiers, capturing and back-references.
struct RegexParser {
    private let pattern: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private let flags: RegexFlags
    private(set) var groupCount = 0
    private var closedGroups: Set<Int> = []
    private(set) var hasBackReference = false

    static let maximumDepth = 200

    init(_ pattern: Text, flags: RegexFlags) {
        var scalars = pattern.scalars
        if flags.ignoresSpace { scalars = Self.withoutSpace(scalars) }
        self.pattern = scalars
        self.flags = flags
    }

    /// Flag `x`: white space falls away, but not within a character class.
    private static func withoutSpace(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var classDepth = 0
        var isEscaped = false
        for scalar in scalars {
            if classDepth == 0, scalar.value < 0x80, isXMLSpace(UInt8(scalar.value)) { continue }
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "[" {
                classDepth += 1
            } else if scalar == "]" {
                classDepth = max(0, classDepth - 1)
            }
            result.append(scalar)
        }
        return result
    }

    mutating func parse() throws(XPathError) -> RegexNode {
        let node = try alternatives()
        guard position == pattern.count else { throw fault("unmatched ')'") }
        return node
    }

    private func fault(_ message: String) -> XPathError {
        let text = String(String.UnicodeScalarView(pattern.prefix(80)))
        return XPathError("FORX0002", "regular expression '\(text)', character \(position + 1): \(message)")
    }

    private var next: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func alternatives() throws(XPathError) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw fault("groups are nested more than \(Self.maximumDepth) deep") }
        var branches = [try branch()]
        while take("|") { branches.append(try branch()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func branch() throws(XPathError) -> RegexNode {
        var pieces: [RegexNode] = []
        while let scalar = next, scalar != "|", scalar != ")" { pieces.append(try piece()) }
        return pieces.isEmpty ? .empty : pieces.count == 1 ? pieces[0] : .sequence(pieces)
    }

    private mutating func piece() throws(XPathError) -> RegexNode {
        let atom = try atom()
        guard let scalar = next else { return atom }
        var minimum = 0
        var maximum: Int?
        switch scalar {
        case "?": maximum = 1
        case "*": break
        case "+": minimum = 1
        case "{": (minimum, maximum) = try quantity()
        default: return atom
        }
        if scalar != "{" { position += 1 }
        let isGreedy = !take("?")
        if let quantifier = next, ["?", "*", "+", "{"].contains(quantifier) {
            throw fault("'\(quantifier)' has nothing to repeat")
        }
        return .repetition(atom, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
    }

    /// `{n}`, `{n,}` or `{n,m}`.
    private mutating func quantity() throws(XPathError) -> (Int, Int?) {
        position += 1
        guard let minimum = number() else { throw fault("expected a number after '{'") }
        var maximum: Int? = minimum
        if take(",") { maximum = number() }
        guard take("}") else { throw fault("expected '}' after a quantity") }
        if let maximum, maximum < minimum { throw fault("the maximum \(maximum) is less than the minimum \(minimum)") }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), RegexProgram.unreachableCount)
            position += 1
        }
        return value
    }

    private mutating func atom() throws(XPathError) -> RegexNode {
        guard let scalar = next else { throw fault("unexpected end") }
        if flags.isLiteral {
            position += 1
            return literal(scalar)
        }
        switch scalar {
        case "(":
            position += 1
            if next == "?" { throw fault("'(?' is no XPath 2.0 group") }
            groupCount += 1
            let number = groupCount
            let inner = try alternatives()
            guard take(")") else { throw fault("expected ')'") }
            closedGroups.insert(number)
            return .group(number, inner)
        case "[":
            position += 1
            return .set(try characterClass())
        case ".":
            position += 1
            return .anyCharacter
        case "^":
            position += 1
            return .start
        case "$":
            position += 1
            return .end
        case "\\":
            return try escape()
        case "?", "*", "+", "{", "}", "]":
            throw fault("'\(scalar)' must be escaped here")
        default:
            position += 1
            return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> RegexNode {
        var set = CharacterSet()
        set.insert(scalar.value...scalar.value)
        if flags.ignoresCase { set.addCaseVariants() }
        set.seal()
        return .set(set)
    }

    private mutating func escape() throws(XPathError) -> RegexNode {
        position += 1
        guard let scalar = next else { throw fault("'\\' at the end") }
        if ("1"..."9").contains(scalar) { return try backReference() }
        if scalar == "0" { throw fault("'\\0' is no back-reference") }
        if let single = try singleEscape(scalar) {
            position += 1
            return literal(single)
        }
        var set = CharacterSet()
        set.insert(try multipleEscape())
        set.seal()
        return .set(set)
    }

    /// F&O 7.6.1: as many digits as there are groups before, and the group must be closed.
    private mutating func backReference() throws(XPathError) -> RegexNode {
        var number = 0
        while let digit = next, ("0"..."9").contains(digit) {
            let longer = number * 10 + Int(digit.value - 0x30)
            if number > 0 && longer > groupCount { break }
            number = longer
            position += 1
        }
        guard closedGroups.contains(number) else {
            throw fault("'\\\(number)' refers to no group that is closed before it")
        }
        hasBackReference = true
        return .backReference(number)
    }

    private func singleEscape(_ scalar: Unicode.Scalar) throws(XPathError) -> Unicode.Scalar? {
        switch scalar {
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "\\", "|", ".", "?", "*", "+", "(", ")", "{", "}", "-", "[", "]", "^", "$": scalar
        default: nil
        }
    }

    /// `\s`, `\d`, `\p{…}` and their like; `position` is at the letter.
    private mutating func multipleEscape() throws(XPathError) -> CharacterSet.Part {
        guard let scalar = next else { throw fault("'\\' at the end") }
        position += 1
        switch scalar {
        case "s": return .space(negated: false)
        case "S": return .space(negated: true)
        case "d": return .categories(1 << 8, negated: false)
        case "D": return .categories(1 << 8, negated: true)
        case "w": return .word(negated: false)
        case "W": return .word(negated: true)
        case "i": return .nameStart(negated: false)
        case "I": return .nameStart(negated: true)
        case "c": return .nameCharacter(negated: false)
        case "C": return .nameCharacter(negated: true)
        case "p", "P":
            guard take("{") else { throw fault("expected '{' after '\\\(scalar)'") }
            var name = ""
            while let character = next, character != "}" {
                name.unicodeScalars.append(character)
                position += 1
            }
            guard take("}") else { throw fault("expected '}' after '\\\(scalar){'") }
            if name.hasPrefix("Is") {
                guard let block = UnicodeBlocks.range(String(name.dropFirst(2))) else {
                    throw fault("'\(name)' is no block")
                }
                var set = CharacterSet()
                for range in block { set.insert(range) }
                set.seal()
                return .set(CharacterSetBox(set), negated: scalar == "P")
            }
            guard let mask = UnicodeCategories.mask(name) else { throw fault("'\(name)' is no category") }
            return .categories(mask, negated: scalar == "P")
        default:
            position -= 1
            throw fault("'\\\(scalar)' is no escape")
        }
    }

    /// A class after its `[`.
    private mutating func characterClass() throws(XPathError) -> CharacterSet {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw fault("classes are nested more than \(Self.maximumDepth) deep") }
        var set = CharacterSet()
        let isNegated = take("^")
        var isFirst = true
        // XML Schema 1.1 part 2, G.4.2: a hyphen right after a range is itself.
        var isAfterRange = false
        var subtracted: CharacterSet?
        members: while true {
            guard let scalar = next else { throw fault("expected ']'") }
            let start = position
            switch scalar {
            case "]":
                if isFirst { throw fault("a class cannot be empty") }
                position += 1
                break members
            case "-" where position + 1 < pattern.count && pattern[position + 1] == "[":
                if isFirst { throw fault("nothing to subtract from") }
                position += 2
                subtracted = try characterClass()
                guard take("]") else { throw fault("expected ']' after a subtracted class") }
                break members
            case "[": throw fault("'[' must be escaped in a class")
            case "\\":
                position += 1
                guard let escaped = next else { throw fault("'\\' at the end") }
                if let single = try singleEscape(escaped) {
                    position += 1
                    try rangeOrSingle(single, into: &set)
                } else {
                    set.insert(try multipleEscape())
                    if next == "-", position + 1 < pattern.count, pattern[position + 1] != "]",
                        pattern[position + 1] != "["
                    {
                        throw fault("a range cannot start with a class escape")
                    }
                }
            default:
                position += 1
                let isHyphen = isAfterRange && !follows("-", at: 1)
                if scalar == "-" && !isFirst && !isHyphen && next != "]" && !(next == "-" && follows("[", at: 1)) {
                    throw fault("'-' must be escaped here")
                }
                try rangeOrSingle(scalar, into: &set)
            }
            isAfterRange = pattern[position - 2] == "-" && position - 2 > start
            isFirst = false
        }
        if flags.ignoresCase { set.addCaseVariants() }
        if isNegated { set.negate() }
        if let subtracted { set.subtract(subtracted) }
        set.seal()
        return set
    }

    private func follows(_ scalar: Unicode.Scalar, at distance: Int) -> Bool {
        position + distance < pattern.count && pattern[position + distance] == scalar
    }

    private mutating func rangeOrSingle(_ first: Unicode.Scalar, into set: inout CharacterSet) throws(XPathError) {
        guard next == "-", position + 1 < pattern.count, pattern[position + 1] != "]", pattern[position + 1] != "["
        else {
            set.insert(first.value...first.value)
            return
        }
        position += 1
        guard var last = next else { throw fault("expected ']'") }
        position += 1
        if last == "\\" {
            guard let escaped = next, let single = try singleEscape(escaped) else {
                throw fault("a range cannot end with a class escape")
            }
            position += 1
            last = single
        }
        guard first.value <= last.value else { throw fault("the range '\(first)-\(last)' is reversed") }
        set.insert(first.value...last.value)
    }
}
