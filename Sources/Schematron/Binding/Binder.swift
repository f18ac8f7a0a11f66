internal import XPath

/// Makes a bound schema: chooses the phase, expands, gives every variable its place and compiles.
struct Binder {
    let schema: SchematronSchema
    let library: SchemaLibrary
    let phase: String?
    private(set) var table: ExpressionTable
    private(set) var patterns: [BoundSchema.Pattern] = []
    private(set) var rules: [BoundSchema.Rule] = []
    private(set) var checks: [BoundSchema.Check] = []
    private(set) var globals: [BoundSchema.Use] = []
    private(set) var locals: [BoundSchema.Local] = []
    private(set) var notes: [SchemaNote] = []
    private(set) var index = RuleIndex()

    /// The variables of the whole schema by name.
    private var schemaScope: [String: Int32] = [:]
    private var twinNumbers: [[[String]]: Int32] = [:]
    /// The variables of each active pattern by name.
    private var patternScopes: [[String: Int32]] = []

    init(_ schema: SchematronSchema, phase: String?, library: SchemaLibrary) throws(SchematronError) {
        self.schema = try Expansion.expand(schema)
        self.library = library
        let wanted = phase == nil || phase == "#DEFAULT" ? schema.defaultPhase : phase
        self.phase = wanted == "#ALL" ? nil : wanted
        table = ExpressionTable(schema)
    }

    mutating func bind() throws(SchematronError) {
        let (active, chosen) = try activePatterns()
        // Patterns' variables are variables of the whole schema, as in the reference: all are declared before any
        // expression is bound, whatever their order. A pattern's own come before those of another.
        var declared: [(SchemaLet, pattern: Int?)] = schema.lets.map { ($0, nil) }
        declared += (chosen?.lets ?? []).map { ($0, nil) }
        for (number, pattern) in active.enumerated() { declared += pattern.lets.map { ($0, number) } }
        patternScopes = Array(repeating: [:], count: active.count)
        for (number, item) in declared.enumerated() { declare(item.0, item.pattern, Int32(number)) }
        for (variable, pattern) in declared { globals.append(try use(variable, Scope(pattern: pattern))) }
        for (number, pattern) in active.enumerated() { try bind(pattern, number) }
        index.finish()
    }

    private mutating func declare(_ variable: SchemaLet, _ pattern: Int?, _ number: Int32) {
        let other = pattern.map { patternScopes[$0][variable.name] } ?? schemaScope[variable.name]
        if other != nil {
            notes.append(
                SchemaNote(
                    .repeatedVariable, "the variable $\(variable.name) is declared twice: the first one counts",
                    at: variable.place))
            return
        }
        if let pattern { patternScopes[pattern][variable.name] = number }
        if schemaScope[variable.name] == nil { schemaScope[variable.name] = number }
    }

    private mutating func activePatterns() throws(SchematronError) -> ([SchemaPattern], SchemaPhase?) {
        guard let phase else { return (schema.patterns, nil) }
        guard let chosen = schema.phases.first(where: { $0.id == phase }) else {
            let known = schema.phases.map { "'\($0.id)'" }.joined(separator: ", ")
            throw SchematronError(
                .phase,
                "the phase '\(phase)' is not declared: "
                    + (known.isEmpty ? "the schema has none" : "known are \(known)"),
                at: SourcePlace(file: schema.file))
        }
        let existing = Set(schema.patterns.compactMap(\.id))
        for item in chosen.active where !existing.contains(item.pattern) {
            notes.append(
                SchemaNote(.missingPattern, "the active pattern '\(item.pattern)' does not exist", at: item.place))
        }
        let wanted = Set(chosen.active.map(\.pattern))
        return (schema.patterns.filter { $0.id.map(wanted.contains) ?? false }, chosen)
    }

    private mutating func bind(_ pattern: SchemaPattern, _ number: Int) throws(SchematronError) {
        let scope = Scope(pattern: number)
        var documents: BoundSchema.Use?
        if let expression = pattern.documents {
            documents = try use(expression, "the attribute documents", pattern.place, scope)
        }
        patterns.append(
            BoundSchema.Pattern(
                id: pattern.id, title: pattern.title, paragraphs: pattern.paragraphs, documents: documents))
        var contexts: Set<String> = []
        for rule in pattern.rules {
            if !contexts.insert(rule.context).inserted {
                notes.append(
                    SchemaNote(
                        .shadowedRule, "the rule never fires: an earlier one of its pattern has the same context",
                        at: rule.place))
            }
            try bind(rule, number)
        }
    }

    private mutating func bind(_ rule: SchemaRule, _ pattern: Int) throws(SchematronError) {
        let context = try table.pattern(rule.context, rule.place)
        let scope = Scope(pattern: pattern)
        let variables = try Self.resolve(
            context.variableNames, scope, patternScopes, schemaScope, "the attribute context", rule.place)
        let table = table
        try index.add(context, variables: variables, pattern: pattern, rule: rules.count) {
            (step) throws(SchematronError) in try table.pattern(step, rule.place)
        }
        let firstCheck = checks.count
        let firstLocal = locals.count
        try bindItems(of: rule, scope)
        rules.append(
            BoundSchema.Rule(
                rule: rule, pattern: pattern, checks: firstCheck..<checks.count, locals: firstLocal..<locals.count))
    }

    /// A rule's variables are seen by what follows them; a later one of the same name hides an earlier one.
    private mutating func bindItems(of rule: SchemaRule, _ outer: Scope) throws(SchematronError) {
        var scope = outer
        for item in rule.items {
            switch item {
            case .variable(let variable):
                locals.append(.value(try use(variable, scope)))
                scope.locals[variable.name] = ~Int32(locals.count - 1)
            case .check(let assertion): checks.append(try bind(assertion, of: rule, scope))
            case .extends: preconditionFailure("the expansion leaves no extends")
            }
        }
    }

    private mutating func bind(
        _ assertion: SchemaAssertion, of rule: SchemaRule, _ scope: Scope
    ) throws(SchematronError) -> BoundSchema.Check {
        var subject: BoundSchema.Use?
        if let expression = assertion.annotation.subject ?? rule.annotation.subject {
            subject = try use(expression, "the attribute subject", assertion.place, scope)
        }
        return BoundSchema.Check(
            assertion: assertion, rule: rules.count,
            test: try test(assertion, scope),
            message: try pieces(assertion.message, scope), subject: subject,
            diagnostics: try remarks(assertion.diagnostics, schema.diagnostics, assertion.place, scope),
            properties: try remarks(assertion.properties, schema.properties, assertion.place, scope))
    }

    private mutating func remarks(
        _ ids: [String], _ known: [SchemaDiagnostic], _ place: SourcePlace, _ scope: Scope
    ) throws(SchematronError) -> [(id: String, message: [BoundSchema.MessagePiece])] {
        var result: [(id: String, message: [BoundSchema.MessagePiece])] = []
        for id in ids {
            guard let remark = known.first(where: { $0.id == id }) else {
                notes.append(SchemaNote(.missingReference, "there is no diagnostic or property '\(id)'", at: place))
                continue
            }
            result.append((id, try pieces(remark.message, scope)))
        }
        return result
    }

    private mutating func pieces(
        _ parts: [MessagePart], _ scope: Scope
    ) throws(SchematronError) -> [BoundSchema.MessagePiece] {
        var pieces: [BoundSchema.MessagePiece] = []
        var text = ""
        // XSLT 2.0, 4.2: a text of blanks alone is no part of the stylesheet that the reference makes of a schema.
        func flush() {
            if !text.utf8.allSatisfy(Blanks.isBlank) { pieces.append(.text(text)) }
            text = ""
        }
        for part in parts {
            if case .text(let more) = part {
                text += more
                continue
            }
            flush()
            switch part {
            case .text: break
            case .value(let select, let place):
                // XSLT 1.0, 7.6.1: the string value of the first node alone.
                let source = schema.queryBinding == .xslt ? "string(\(select))" : select
                pieces.append(.value(try use(source, "the attribute select", place, scope)))
            case .name(let path, let place):
                pieces.append(.value(try use("name(\(path ?? "."))", "the attribute path", place, scope)))
            }
        }
        flush()
        return pieces
    }
}

/// Variables.
extension Binder {
    /// What an expression sees: the variables of the rule so far, of its pattern, of the schema.
    struct Scope {
        let pattern: Int?
        var locals: [String: Int32] = [:]
    }

    private mutating func use(_ variable: SchemaLet, _ scope: Scope) throws(SchematronError) -> BoundSchema.Use {
        if let value = variable.value {
            return try use(value, "the value of $\(variable.name)", variable.place, scope)
        }
        // XSLT 2.0, 9.3: a variable with content is a tree, whose typed value is untyped.
        let function = schema.queryBinding == .xslt ? "string" : "xs:untypedAtomic"
        let quoted = variable.text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        return try use("\(function)('\(quoted)')", "the text of $\(variable.name)", variable.place, scope)
    }

    private mutating func use(
        _ source: String, _ role: String, _ place: SourcePlace, _ scope: Scope
    ) throws(SchematronError) -> BoundSchema.Use {
        let (patternScopes, schemaScope) = (patternScopes, schemaScope)
        return try table.use(source, role, place) { (names) throws(SchematronError) in
            try Self.resolve(names, scope, patternScopes, schemaScope, role, place)
        }
    }

    /// The test of an assertion, with those parts taken out of it that are evaluated in a way of their own.
    private mutating func test(_ assertion: SchemaAssertion, _ scope: Scope) throws(SchematronError) -> BoundSchema.Use
    {
        let role = "the attribute test"
        var whole = try use(assertion.test, role, assertion.place, scope)
        if let written = table.written(
            whole.expression, values: values(whole.expression.variableNames, scope))
        {
            whole = try use(written, role, assertion.place, scope)
        }
        guard let split = table.parts(of: whole.expression, values: values(whole.expression.variableNames, scope))
        else { return whole }
        func made(_ source: String) throws(SchematronError) -> BoundSchema.Use {
            try use(source, role, assertion.place, scope)
        }
        var inner = scope
        for (name, part) in split.parts {
            switch part {
            case .lookup(let shape):
                locals.append(
                    .lookup(
                        Lookup(
                            file: try made(shape.file), element: shape.element,
                            conditions: shape.conditions.map(\.path),
                            keys: try shape.conditions.map { (condition) throws(SchematronError) in
                                try made(condition.key)
                            }, general: try made(shape.source))))
            case .twins(let shape):
                locals.append(
                    .twins(
                        Twins(
                            number: twinNumber(shape), filters: try shape.filters.map(made),
                            keys: try shape.keys.map(made), conditions: try shape.conditions.map(made),
                            general: try made(shape.source))))
            }
            inner.locals[name] = ~Int32(locals.count - 1)
        }
        return try use(split.source, role, assertion.place, inner)
    }

    /// The variables of the rule among `names`.
    private func values(_ names: [String], _ scope: Scope) -> [String: RuleVariable] {
        var values: [String: RuleVariable] = [:]
        for name in names {
            guard let use = value(of: scope.locals[name]) else { continue }
            var inner: [String: XPathExpression] = [:]
            for (name, place) in zip(use.expression.variableNames, use.variables) {
                inner[name] = value(of: place)?.expression
            }
            values[name] = RuleVariable(expression: use.expression, inner: inner)
        }
        return values
    }

    private func value(of place: Int32?) -> BoundSchema.Use? {
        guard let place, place < 0, case .value(let use) = locals[Int(~place)] else { return nil }
        return use
    }

    /// The number of a way to be alike: the same for the same keys and filters.
    private mutating func twinNumber(_ shape: TwinShape) -> Int32 {
        let key = [shape.keys, shape.filters]
        let number = twinNumbers[key] ?? Int32(twinNumbers.count)
        twinNumbers[key] = number
        return number
    }

    private static func resolve(
        _ names: [String], _ scope: Scope, _ patternScopes: [[String: Int32]], _ schemaScope: [String: Int32],
        _ role: String, _ place: SourcePlace
    ) throws(SchematronError) -> [Int32] {
        var result: [Int32] = []
        for name in names {
            let found = scope.locals[name] ?? scope.pattern.flatMap { patternScopes[$0][name] } ?? schemaScope[name]
            guard let found else {
                throw SchematronError(
                    SchematronError.Code(rawValue: "XPST0008"),
                    "\(role): the variable $\(name) is not declared before it is used, nor in an active pattern",
                    at: place)
            }
            result.append(found)
        }
        return result
    }
}
