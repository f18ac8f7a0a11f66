/// What the flags argument asks for (F&O 7.6.1.1).
struct RegexFlags: Sendable, Hashable {
    var dotMatchesAll = false
    var isMultiline = false
    var ignoresCase = false
    var ignoresSpace = false
    var isLiteral = false

    init(_ text: Text = .empty) throws(XPathError) {
        for scalar in text.scalars {
            switch scalar {
            case "s": dotMatchesAll = true
            case "m": isMultiline = true
            case "i": ignoresCase = true
            case "x": ignoresSpace = true
            default: throw XPathError("FORX0001", "'\(scalar)' is no flag of a regular expression: s, m, i, x are")
            }
        }
    }
}

/// One step of a compiled regular expression.
struct RegexInstruction: Sendable {
    enum Operation: UInt8, Sendable {
        case character, set, any, split, jump, save, start, end, backReference, match
    }

    let operation: Operation
    /// The character, the number of the set, the slot, the group, or where to go first.
    var first: Int32
    /// Where to go otherwise.
    var second: Int32 = 0
}

/// A regular expression compiled to the steps of a Pike machine.
struct RegexProgram: Sendable {
    private(set) var instructions: [RegexInstruction] = []
    private(set) var sets: [CharacterSet] = []
    let groupCount: Int
    let hasBackReference: Bool
    let flags: RegexFlags

    /// Quantities are copied out, so they are bounded together.
    static let maximumInstructions = 200_000
    /// More characters than any text has.
    static let unreachableCount = Int(Int32.max)

    init(_ pattern: Text, flags: RegexFlags) throws(XPathError) {
        var parser = RegexParser(pattern, flags: flags)
        let node = try parser.parse()
        groupCount = parser.groupCount
        hasBackReference = parser.hasBackReference
        self.flags = flags
        try emit(.save, 0)
        try compile(node)
        try emit(.save, 1)
        try emit(.match)
    }

    /// Whether a match can only start where the text starts.
    var isAnchored: Bool {
        guard !flags.isMultiline, instructions.count > 1 else { return false }
        var index = 1
        while instructions[index].operation == .save { index += 1 }
        return instructions[index].operation == .start
    }

    @discardableResult
    private mutating func emit(
        _ operation: RegexInstruction.Operation, _ first: Int = 0, _ second: Int = 0
    ) throws(XPathError) -> Int {
        guard instructions.count < Self.maximumInstructions else {
            throw XPathError("XPDY0130", "the regular expression is too large once its quantities are written out")
        }
        instructions.append(RegexInstruction(operation: operation, first: Int32(first), second: Int32(second)))
        return instructions.count - 1
    }

    private mutating func compile(_ node: RegexNode) throws(XPathError) {
        switch node {
        case .empty: break
        case .set(let set):
            if let value = set.single {
                try emit(.character, Int(value))
            } else {
                sets.append(set)
                try emit(.set, sets.count - 1)
            }
        case .anyCharacter: try emit(.any)
        case .sequence(let parts): for part in parts { try compile(part) }
        case .alternatives(let branches):
            var ends: [Int] = []
            for (index, branch) in branches.enumerated() {
                guard index < branches.count - 1 else {
                    try compile(branch)
                    break
                }
                let split = try emit(.split)
                instructions[split].first = Int32(instructions.count)
                try compile(branch)
                ends.append(try emit(.jump))
                instructions[split].second = Int32(instructions.count)
            }
            for end in ends { instructions[end].first = Int32(instructions.count) }
        case .group(let number, let inner):
            try emit(.save, number * 2)
            try compile(inner)
            try emit(.save, number * 2 + 1)
        case .repetition(let inner, let minimum, let maximum, let isGreedy):
            try compileRepetition(inner, minimum, maximum, isGreedy)
        case .start: try emit(.start)
        case .end: try emit(.end)
        case .backReference(let number): try emit(.backReference, number)
        }
    }

    private mutating func compileRepetition(
        _ inner: RegexNode, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool
    ) throws(XPathError) {
        if maximum == 0 { return }
        if minimum >= Self.unreachableCount {
            // No text is that long.
            var nothing = CharacterSet()
            nothing.seal()
            sets.append(nothing)
            try emit(.set, sets.count - 1)
            return
        }
        let maximum = maximum.flatMap { $0 >= Self.unreachableCount ? nil : $0 }
        func set(_ split: Int, inside: Int, outside: Int) {
            instructions[split].first = Int32(isGreedy ? inside : outside)
            instructions[split].second = Int32(isGreedy ? outside : inside)
        }
        for _ in 0..<max(0, minimum - 1) { try compile(inner) }
        guard let maximum else {
            if minimum > 0 {
                let start = instructions.count
                try compile(inner)
                let split = try emit(.split)
                set(split, inside: start, outside: instructions.count)
            } else {
                let split = try emit(.split)
                try compile(inner)
                try emit(.jump, split)
                set(split, inside: split + 1, outside: instructions.count)
            }
            return
        }
        if minimum > 0 { try compile(inner) }
        var splits: [Int] = []
        for _ in 0..<max(0, maximum - minimum) {
            splits.append(try emit(.split))
            try compile(inner)
        }
        for split in splits { set(split, inside: split + 1, outside: instructions.count) }
    }
}
