/// Reads an expression (XPath 2.0 Appendix A) and resolves its names.
struct Parser {
    let source: [UInt8]
    let context: XPathStaticContext
    private let tokens: ContiguousArray<Token>
    private var position = 0
    private var depth = 0

    /// How deep expressions may be nested in each other.
    static let maximumDepth = 200

    init(_ source: [UInt8], context: XPathStaticContext) throws(XPathError) {
        self.source = source
        self.context = context
        var lexer = Lexer(source)
        try lexer.run()
        tokens = lexer.tokens
    }

    mutating func parse() throws(XPathError) -> SyntaxTree {
        if peek.kind == .end { throw fault("the expression is empty") }
        let tree = try expression()
        guard peek.kind == .end else { throw fault("expected the end of the expression, found \(found)") }
        return tree
    }

    // MARK: Tokens

    var peek: Token { tokens[position] }

    func peek(_ distance: Int) -> Token { tokens[min(position + distance, tokens.count - 1)] }

    mutating func advance() -> Token {
        let token = tokens[position]
        if token.kind != .end { position += 1 }
        return token
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        guard peek.kind == kind else { return false }
        position += 1
        return true
    }

    mutating func expect(_ kind: Token.Kind, _ what: String) throws(XPathError) {
        guard take(kind) else { throw fault("expected \(what), found \(found)") }
    }

    func text(_ token: Token) -> String { String(decoding: source[token.span], as: UTF8.self) }

    /// Whether the token is the word `word`.
    func isWord(_ token: Token, _ word: StaticString) -> Bool {
        guard token.kind == .name, Int(token.end - token.start) == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { expected in
            for offset in 0..<expected.count where source[Int(token.start) + offset] != expected[offset] {
                return false
            }
            return true
        }
    }

    mutating func takeWord(_ word: StaticString) -> Bool {
        guard isWord(peek, word) else { return false }
        position += 1
        return true
    }

    mutating func expectWord(_ word: StaticString) throws(XPathError) {
        guard takeWord(word) else { throw fault("expected '\(word)', found \(found)") }
    }

    var found: String { peek.kind == .end ? "the end" : "'\(text(peek))'" }

    func fault(_ message: String) -> XPathError { XPathError("XPST0003", message, span: peek.span) }

    func span(from start: Token) -> Range<Int> {
        Int(start.start)..<max(Int(start.end), position > 0 ? Int(tokens[position - 1].end) : 0)
    }

    mutating func nested<Result>(
        _ body: (inout Parser) throws(XPathError) -> Result
    ) throws(XPathError) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw XPathError(
                "XPDY0130", "expressions are nested more than \(Self.maximumDepth) deep", span: peek.span)
        }
        return try body(&self)
    }

    // MARK: Names

    /// The expanded name of a name token; `defaultNamespace` holds without a prefix.
    func resolve(_ token: Token, defaultNamespace: String) throws(XPathError) -> QualifiedName {
        let lexical = text(token)
        guard token.kind == .prefixedName, let colon = lexical.utf8.firstIndex(of: 0x3A) else {
            return QualifiedName(namespace: defaultNamespace, local: lexical)
        }
        let prefix = String(lexical[..<colon])
        let local = String(lexical[lexical.utf8.index(after: colon)...])
        return QualifiedName(prefix: prefix, namespace: try namespace(prefix, token.span), local: local)
    }

    func namespace(_ prefix: String, _ span: Range<Int>) throws(XPathError) -> String {
        guard let namespace = context.namespace(of: prefix) else {
            throw XPathError("XPST0081", "the prefix '\(prefix)' is not bound to a namespace", span: span)
        }
        return namespace
    }

    // MARK: Expressions

    mutating func expression() throws(XPathError) -> SyntaxTree {
        let start = peek
        let first = try single()
        guard peek.kind == .comma else { return first }
        var items = [first]
        while take(.comma) { items.append(try single()) }
        return SyntaxTree(.sequence(items), span(from: start))
    }

    mutating func single() throws(XPathError) -> SyntaxTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw XPathError(
                "XPDY0130", "expressions are nested more than \(Self.maximumDepth) deep", span: peek.span)
        }
        if peek.kind == .name {
            if peek(1).kind == .dollar {
                if isWord(peek, "for") { return try iteration() }
                if isWord(peek, "some") || isWord(peek, "every") { return try quantified() }
            }
            if peek(1).kind == .leftParenthesis, isWord(peek, "if") { return try conditional() }
        }
        return try operation(1)
    }

    private mutating func bindings() throws(XPathError) -> [(QualifiedName, SyntaxTree)] {
        var bindings: [(QualifiedName, SyntaxTree)] = []
        repeat {
            try expect(.dollar, "'$'")
            let name = try variableName()
            try expectWord("in")
            bindings.append((name, try single()))
        } while take(.comma)
        return bindings
    }

    mutating func variableName() throws(XPathError) -> QualifiedName {
        guard peek.kind == .name || peek.kind == .prefixedName else {
            throw fault("expected the name of a variable, found \(found)")
        }
        return try resolve(advance(), defaultNamespace: "")
    }

    private mutating func iteration() throws(XPathError) -> SyntaxTree {
        let start = advance()
        let bindings = try bindings()
        try expectWord("return")
        let body = try single()
        return SyntaxTree(.iteration(bindings, body), span(from: start))
    }

    private mutating func quantified() throws(XPathError) -> SyntaxTree {
        let start = advance()
        let bindings = try bindings()
        try expectWord("satisfies")
        let body = try single()
        return SyntaxTree(.quantified(isEvery: isWord(start, "every"), bindings, body), span(from: start))
    }

    private mutating func conditional() throws(XPathError) -> SyntaxTree {
        let start = advance()
        try expect(.leftParenthesis, "'('")
        let condition = try expression()
        try expect(.rightParenthesis, "')'")
        try expectWord("then")
        let then = try single()
        try expectWord("else")
        let otherwise = try single()
        return SyntaxTree(.conditional(condition, then, otherwise), span(from: start))
    }

    // MARK: Operators

    /// The levels of precedence, weakest first.
    private enum Level {
        static let or = 1
        static let and = 2
        static let comparison = 3
        static let range = 4
        static let additive = 5
        static let multiplicative = 6
        static let union = 7
        static let intersection = 8
        static let instance = 9
        static let treat = 10
        static let castable = 11
        static let cast = 12
    }

    /// The level of the operator that comes next; 0 if there is none.
    private var level: Int {
        let token = peek
        switch token.kind {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .precedes, .follows:
            return Level.comparison
        case .plus, .minus: return Level.additive
        case .star: return Level.multiplicative
        case .pipe: return Level.union
        case .name: break
        default: return 0
        }
        switch source[Int(token.start)] {
        case 0x6F where isWord(token, "or"): return Level.or
        case 0x61 where isWord(token, "and"): return Level.and
        case 0x65 where isWord(token, "eq"), 0x6E where isWord(token, "ne"), 0x6C where isWord(token, "lt"),
            0x6C where isWord(token, "le"), 0x67 where isWord(token, "gt"), 0x67 where isWord(token, "ge"),
            0x69 where isWord(token, "is"):
            return Level.comparison
        case 0x74 where isWord(token, "to"): return Level.range
        case 0x64 where isWord(token, "div"), 0x69 where isWord(token, "idiv"), 0x6D where isWord(token, "mod"):
            return Level.multiplicative
        case 0x75 where isWord(token, "union"): return Level.union
        case 0x69 where isWord(token, "intersect"), 0x65 where isWord(token, "except"): return Level.intersection
        case 0x69 where isWord(token, "instance"): return Level.instance
        case 0x74 where isWord(token, "treat"): return Level.treat
        case 0x63 where isWord(token, "castable"): return Level.castable
        case 0x63 where isWord(token, "cast"): return Level.cast
        default: return 0
        }
    }

    /// Reads operands and the operators of level `minimum` and above.
    private mutating func operation(_ minimum: Int) throws(XPathError) -> SyntaxTree {
        let start = peek
        var left = try unary()
        // The operators from comparison on, without chains of their own, come at most once: `maximum` goes down.
        var maximum = Level.cast
        while true {
            let level = self.level
            guard level >= minimum, level > 0, level <= maximum else { return left }
            let form: SyntaxTree.Form
            switch level {
            case Level.or, Level.and, Level.union:
                var operands = [left]
                while self.level == level {
                    _ = advance()
                    operands.append(try operation(level + 1))
                }
                form = level == Level.or ? .or(operands) : level == Level.and ? .and(operands) : .union(operands)
            case Level.additive, Level.multiplicative:
                var operands: [(ArithmeticOperator, SyntaxTree)] = []
                while self.level == level {
                    let symbol = arithmeticOperator(advance())
                    operands.append((symbol, try operation(level + 1)))
                }
                form = .arithmetic(left, operands)
            case Level.intersection:
                var operands: [(isIntersect: Bool, SyntaxTree)] = []
                while self.level == level {
                    let isIntersect = isWord(advance(), "intersect")
                    operands.append((isIntersect, try operation(level + 1)))
                }
                form = .intersection(left, operands)
            case Level.comparison: form = try comparison(left)
            case Level.range:
                _ = advance()
                form = .range(left, try operation(level + 1))
            default: form = try typeOperation(level, left)
            }
            left = SyntaxTree(form, span(from: start))
            maximum = level - 1
        }
    }

    private func arithmeticOperator(_ token: Token) -> ArithmeticOperator {
        switch token.kind {
        case .plus: .add
        case .minus: .subtract
        case .star: .multiply
        default: isWord(token, "div") ? .divide : isWord(token, "idiv") ? .integerDivide : .modulo
        }
    }

    private mutating func comparison(_ left: SyntaxTree) throws(XPathError) -> SyntaxTree.Form {
        let token = advance()
        let right = try operation(Level.range)
        switch token.kind {
        case .equal: return .generalComparison(.equal, left, right)
        case .notEqual: return .generalComparison(.notEqual, left, right)
        case .less: return .generalComparison(.less, left, right)
        case .lessOrEqual: return .generalComparison(.lessOrEqual, left, right)
        case .greater: return .generalComparison(.greater, left, right)
        case .greaterOrEqual: return .generalComparison(.greaterOrEqual, left, right)
        case .precedes: return .nodeComparison(.precedes, left, right)
        case .follows: return .nodeComparison(.follows, left, right)
        default: break
        }
        if isWord(token, "is") { return .nodeComparison(.same, left, right) }
        let symbol: ComparisonOperator =
            isWord(token, "eq")
            ? .equal
            : isWord(token, "ne")
                ? .notEqual
                : isWord(token, "lt")
                    ? .less : isWord(token, "le") ? .lessOrEqual : isWord(token, "gt") ? .greater : .greaterOrEqual
        return .valueComparison(symbol, left, right)
    }

    private mutating func typeOperation(_ level: Int, _ left: SyntaxTree) throws(XPathError) -> SyntaxTree.Form {
        _ = advance()
        if level == Level.instance {
            try expectWord("of")
            return .instance(left, try sequenceType())
        }
        try expectWord("as")
        if level == Level.treat { return .treat(left, try sequenceType()) }
        let type = try singleType()
        let allowsEmpty = take(.question)
        return level == Level.castable
            ? .castable(left, type, allowsEmpty: allowsEmpty) : .cast(left, type, allowsEmpty: allowsEmpty)
    }

    private mutating func unary() throws(XPathError) -> SyntaxTree {
        guard peek.kind == .minus || peek.kind == .plus else { return try path() }
        let start = peek
        var isNegative = false
        while peek.kind == .minus || peek.kind == .plus {
            if advance().kind == .minus { isNegative.toggle() }
        }
        let operand = try path()
        return SyntaxTree(.negation(isNegative: isNegative, operand), span(from: start))
    }
}
