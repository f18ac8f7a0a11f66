extension Parser {
    private static let anyNode = SyntaxTree.Form.step(.descendantOrSelf, .kind(.node), [])

    mutating func path() throws(XPathError) -> SyntaxTree {
        let start = peek
        var steps: [SyntaxTree] = []
        if peek.kind == .slash {
            steps.append(SyntaxTree(.root, advance().span))
            guard startsStep(peek) else { return steps[0] }
        } else if peek.kind == .doubleSlash {
            let slashes = advance().span
            steps.append(SyntaxTree(.root, slashes))
            steps.append(SyntaxTree(Self.anyNode, slashes))
        }
        steps.append(try step())
        while peek.kind == .slash || peek.kind == .doubleSlash {
            let slash = advance()
            if slash.kind == .doubleSlash { steps.append(SyntaxTree(Self.anyNode, slash.span)) }
            steps.append(try step())
        }
        return steps.count == 1 ? steps[0] : SyntaxTree(.path(steps), span(from: start))
    }

    /// Whether a step can begin with the token: what follows a lone `/` (XPath 2.0 A.1.2, leading-lone-slash).
    private func startsStep(_ token: Token) -> Bool {
        switch token.kind {
        case .integer, .decimal, .double, .string, .name, .prefixedName, .prefixWildcard, .localWildcard,
            .leftParenthesis, .dot, .dotDot, .at, .dollar, .star:
            true
        default: false
        }
    }

    private mutating func step() throws(XPathError) -> SyntaxTree {
        let start = peek
        let form: SyntaxTree.Form
        switch start.kind {
        case .at:
            _ = advance()
            form = .step(.attribute, try nodeTest(.attribute), try predicates())
        case .dotDot:
            _ = advance()
            form = .step(.parent, .kind(.node), try predicates())
        case .star, .prefixWildcard, .localWildcard:
            form = .step(.child, try nodeTest(.child), try predicates())
        case .name where peek(1).kind == .axis:
            guard let axis = Axis(name: text(start)) else { throw fault("'\(text(start))' is no axis") }
            _ = advance()
            _ = advance()
            form = .step(axis, try nodeTest(axis), try predicates())
        case .name where peek(1).kind == .leftParenthesis && isKindTest(start):
            let isAttribute = isWord(start, "attribute") || isWord(start, "schema-attribute")
            let axis: Axis = isAttribute ? .attribute : .child
            form = .step(axis, .kind(try kindTest()), try predicates())
        case .name where peek(1).kind != .leftParenthesis, .prefixedName where peek(1).kind != .leftParenthesis:
            form = .step(.child, try nodeTest(.child), try predicates())
        default:
            let primary = try primary()
            let predicates = try predicates()
            if predicates.isEmpty { return primary }
            form = .filter(primary, predicates)
        }
        return SyntaxTree(form, span(from: start))
    }

    private mutating func predicates() throws(XPathError) -> [SyntaxTree] {
        var predicates: [SyntaxTree] = []
        while take(.leftBracket) {
            predicates.append(try expression())
            try expect(.rightBracket, "']'")
        }
        return predicates
    }

    private mutating func nodeTest(_ axis: Axis) throws(XPathError) -> NodeTest {
        let token = peek
        let elementDefault = axis == .attribute || axis == .namespace ? "" : context.defaultElementNamespace
        switch token.kind {
        case .star:
            _ = advance()
            return .name(namespace: nil, local: nil)
        case .prefixWildcard:
            _ = advance()
            let prefix = String(text(token).dropLast(2))
            return .name(namespace: try namespace(prefix, token.span), local: nil)
        case .localWildcard:
            _ = advance()
            return .name(namespace: nil, local: String(text(token).dropFirst(2)))
        case .name where peek(1).kind == .leftParenthesis:
            guard isKindTest(token) else { throw fault("expected a node test, found \(found)") }
            return .kind(try kindTest())
        case .name, .prefixedName:
            let name = try resolve(advance(), defaultNamespace: elementDefault)
            return .name(namespace: name.namespace, local: name.local)
        default: throw fault("expected a node test, found \(found)")
        }
    }

    // MARK: Primary expressions

    private mutating func primary() throws(XPathError) -> SyntaxTree {
        let token = peek
        switch token.kind {
        case .integer, .decimal, .double, .string:
            _ = advance()
            return SyntaxTree(.literal(try literal(token)), token.span)
        case .dollar:
            _ = advance()
            let name = try variableName()
            return SyntaxTree(.variable(name), span(from: token))
        case .dot:
            _ = advance()
            return SyntaxTree(.contextItem, token.span)
        case .leftParenthesis:
            _ = advance()
            if take(.rightParenthesis) { return SyntaxTree(.sequence([]), span(from: token)) }
            let inner = try expression()
            try expect(.rightParenthesis, "')'")
            // A path in parentheses stays one operand: predicates after it count over the whole.
            return SyntaxTree(inner.form, span(from: token))
        case .name, .prefixedName: return try call()
        default: throw fault("expected an expression, found \(found)")
        }
    }

    private func literal(_ token: Token) throws(XPathError) -> Atomic {
        let raw = Text(source, Int(token.start), Int(token.end))
        switch token.kind {
        case .integer:
            guard let value = raw.withBytes({ Integer(digits: $0) }) else {
                throw XPathError("FOCA0003", "the integer literal has more than 10,000 digits", span: token.span)
            }
            return .integer(value)
        case .decimal:
            guard let value = DecimalNumber(raw) else {
                throw XPathError("FOCA0006", "the decimal literal has more than 10,000 digits", span: token.span)
            }
            return .decimal(value)
        case .double:
            guard let value = FloatingPointFormat.double(raw) else { throw fault("'\(raw.string)' is no number") }
            return .double(value)
        default:
            let quote = source[Int(token.start)]
            let inner = Text(source, Int(token.start) + 1, Int(token.end) - 1)
            guard inner.withBytes({ $0.contains(quote) }) else { return .string(Text(inner.withBytes(Array.init))) }
            var bytes: [UInt8] = []
            var offset = 0
            while offset < inner.byteCount {
                bytes.append(inner[offset])
                offset += inner[offset] == quote ? 2 : 1
            }
            return .string(Text(bytes))
        }
    }

    private mutating func call() throws(XPathError) -> SyntaxTree {
        let token = peek
        if token.kind == .name {
            // XPath 2.0 A.3: names that are no function names, since they start something else.
            for word: StaticString in ["if", "item", "empty-sequence", "typeswitch"] where isWord(token, word) {
                throw fault("'\(word)' cannot be the name of a function")
            }
        }
        let name = try resolve(advance(), defaultNamespace: Namespaces.functions)
        try expect(.leftParenthesis, "'('")
        var arguments: [SyntaxTree] = []
        if !take(.rightParenthesis) {
            repeat { arguments.append(try single()) } while take(.comma)
            try expect(.rightParenthesis, "')'")
        }
        return SyntaxTree(.call(name, arguments), span(from: token))
    }
}
