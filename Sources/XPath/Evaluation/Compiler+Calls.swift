extension Compiler {
    mutating func call(
        _ name: QualifiedName, _ arguments: [SyntaxTree], _ span: Range<Int>
    ) throws(XPathError) -> any Plan {
        if name.namespace == Namespaces.schema { return try constructor(name, arguments, span) }
        var found: Function?
        if name.namespace == Namespaces.functions {
            if name.local == "position" || name.local == "last" {
                guard arguments.isEmpty else { throw wrongArity(name, "no argument", arguments.count, span) }
                return name.local == "position" ? PositionPlan() : LastPlan()
            }
            found = Function.standard[name.local]
            if found == nil, context.allowsXSLTFunctions { found = Function.xslt[name.local] }
        }
        guard let function = found else {
            throw XPathError("XPST0017", "there is no function '\(name.lexical)'", span: span)
        }
        guard function.accepts(arguments.count) else {
            throw wrongArity(name, function.arity, arguments.count, span)
        }
        var plans: [any Plan] = []
        for argument in arguments { plans.append(try compile(argument)) }
        if let special = special(function.name, plans, span) { return special }
        if plans.count < function.required, function.context != .none {
            plans.append(contextArgument(function, span))
        }
        for index in plans.indices {
            let type = function.parameter(index)
            let place = index < arguments.count ? arguments[index].span : span
            let plan = ConversionPlan.make(
                compatible(plans[index], type), type, role: "argument \(index + 1) of fn:\(function.name)", place)
            if let conversion = plan as? ConversionPlan, let literal = conversion.operand as? LiteralPlan {
                plans[index] = try conversion.literal(literal.value)
            } else {
                plans[index] = plan
            }
        }
        if Self.foldable.contains(function.name), plans.allSatisfy({ $0 is LiteralPlan }) {
            return folded(CallPlan(function, plans, site, span))
        }
        return direct(function.name, plans, span) ?? CallPlan(function, plans, site, span)
    }

    /// Functions of nothing but their arguments, whose calls with literals are values.
    private static let foldable: Set<String> = [
        "QName", "concat", "upper-case", "lower-case", "normalize-space", "string-length", "substring", "translate",
    ]

    /// The value of a plan that needs nothing, or the plan itself where it has none or several.
    func folded(_ plan: any Plan) -> any Plan {
        guard let value = try? plan.evaluate(.absent, Evaluation()), case .item(.atomic(let atomic)) = value else {
            return plan
        }
        return LiteralPlan(atomic)
    }

    private func wrongArity(_ name: QualifiedName, _ takes: String, _ given: Int, _ span: Range<Int>) -> XPathError {
        XPathError("XPST0017", "the function '\(name.lexical)' takes \(takes), not \(given)", span: span)
    }

    private func contextArgument(_ function: Function, _ span: Range<Int>) -> any Plan {
        guard function.context == .string, let string = Function.standard["string"] else { return ContextItemPlan() }
        return CallPlan(string, [ContextItemPlan()], site, span)
    }

    /// Calls that need no whole argument.
    private func special(_ name: String, _ arguments: [any Plan], _ span: Range<Int>) -> (any Plan)? {
        switch (name, arguments.count) {
        case ("true", 0): LiteralPlan(.boolean(true))
        case ("false", 0): LiteralPlan(.boolean(false))
        case ("not", 1): BooleanCallPlan(isNegated: true, arguments[0], span)
        case ("boolean", 1): BooleanCallPlan(isNegated: false, arguments[0], span)
        case ("exists", 1): ExistsPlan(wanted: true, arguments[0])
        case ("empty", 1): ExistsPlan(wanted: false, arguments[0])
        case ("count", 1): CountPlan(arguments[0])
        default: nil
        }
    }

    /// Calls that need no argument list; the arguments are converted already.
    private func direct(_ name: String, _ arguments: [any Plan], _ span: Range<Int>) -> (any Plan)? {
        switch arguments.count {
        case 1:
            if name == "string", arguments[0].properties.isSingle { return StringPlan(arguments[0]) }
            if name == "local-name" { return LocalNamePlan(arguments[0]) }
            return TextCallPlan.make(name, arguments[0])
        case 2, 3:
            if name == "matches" { return match(arguments) }
            if name == "replace" { return replacement(arguments) }
            if name == "substring" { return SubstringPlan.make(arguments) }
            return arguments.count == 2 ? TextTestPlan.make(name, arguments[0], arguments[1]) : nil
        default: return nil
        }
    }

    private func literal(_ plan: any Plan) -> Text? {
        let operand = (plan as? ConversionPlan)?.operand ?? plan
        guard let literal = operand as? LiteralPlan, literal.value.type == .string else { return nil }
        return literal.value.text
    }

    /// `fn:replace` with literals for pattern and replacement; what is faulty stays an error of the evaluation.
    private func replacement(_ arguments: [any Plan]) -> (any Plan)? {
        guard arguments.count == 3, let pattern = literal(arguments[1]), let text = literal(arguments[2]),
            let regex = try? Regex.shared(pattern, flags: .empty), (try? regex.matchesEmpty()) == false,
            let pieces = try? RegexFunctions.replacement(text, groupCount: regex.program.groupCount)
        else { return nil }
        return ReplacePlan(arguments[0], regex, pieces)
    }

    /// `fn:matches` with literals for pattern and flags; a faulty pattern stays an error of the evaluation.
    private func match(_ arguments: [any Plan]) -> (any Plan)? {
        guard let pattern = literal(arguments[1]) else { return nil }
        var flags = Text.empty
        if arguments.count == 3 {
            guard let given = literal(arguments[2]) else { return nil }
            flags = given
        }
        guard let regex = try? Regex.shared(pattern, flags: flags) else { return nil }
        return MatchPlan(arguments[0], regex)
    }

    /// XPath 1.0 compatibility mode (XPath 2.0, 3.1.5): the first item, as a string or a number.
    private func compatible(_ plan: any Plan, _ type: SequenceType) -> any Plan {
        guard context.isXPath1Compatible, case .items(let item, let occurrence) = type, !occurrence.allowsMany else {
            return plan
        }
        switch item {
        case .atomic(.string): return CompatibleArgumentPlan(plan, .string)
        case .atomic(.double), .numeric: return CompatibleArgumentPlan(plan, .number)
        default: return CompatibleArgumentPlan(plan, .item)
        }
    }

    /// F&O 5: `xs:date(…)` is a cast that lets the empty sequence through.
    private mutating func constructor(
        _ name: QualifiedName, _ arguments: [SyntaxTree], _ span: Range<Int>
    ) throws(XPathError) -> any Plan {
        guard let type = AtomicType(localName: name.local), type != .anyAtomicType, type != .notation else {
            throw XPathError("XPST0017", "there is no function '\(name.lexical)'", span: span)
        }
        guard arguments.count == 1 else { throw wrongArity(name, "1 argument", arguments.count, span) }
        if type == .qname, case .literal(let value) = arguments[0].form, value.type == .string {
            return LiteralPlan(try qname(value, span))
        }
        return cast(try compile(arguments[0]), type, allowsEmpty: true, span)
    }
}
