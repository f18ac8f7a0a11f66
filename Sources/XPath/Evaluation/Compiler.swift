internal import Synchronization

/// Turns a syntax tree into a plan: variables get slots, calls their functions, hot shapes plans of their own.
struct Compiler {
    let context: XPathStaticContext
    let source: [UInt8]
    let site: CallSite
    private var scope: [(name: QualifiedName, slot: Int, kinds: Properties.Kinds)] = []
    private(set) var slotCount = 0
    private var bindingDepth = 0
    /// The external variables in the order of their slots, where the caller gave none.
    private(set) var externals: [String] = []

    /// How many variables of `for`, `some` and `every` may be nested in each other.
    private static let maximumBindings = 200

    init(_ context: XPathStaticContext, source: [UInt8]) {
        self.context = context
        self.source = source
        site = CallSite(baseURI: context.baseURI)
    }

    mutating func compile(_ tree: SyntaxTree) throws(XPathError) -> any Plan {
        switch tree.form {
        case .literal(let value): return LiteralPlan(value)
        case .variable(let name): return try variable(name, tree.span)
        case .sequence(let parts):
            var plans: [any Plan] = []
            for part in parts { plans.append(try compile(part)) }
            return SequencePlan(plans)
        case .contextItem: return ContextItemPlan()
        case .root: return RootPlan()
        case .path(let steps): return try path(steps, tree.span)
        case .step:
            let step = try step(tree)
            return step.properties.order.contains(.sorted) ? step : DocumentOrderPlan(step)
        case .filter(let primary, let predicates):
            let input = try compile(primary)
            return FilterPlan(input, try self.predicates(predicates))
        case .call(let name, let arguments): return try call(name, arguments, tree.span)
        case .or(let operands): return LogicalPlan.make(isAnd: false, try compile(operands))
        case .and(let operands): return LogicalPlan.make(isAnd: true, try compile(operands))
        case .generalComparison(let operation, let left, let right):
            return try generalComparison(operation, left, right, tree.span)
        case .valueComparison(let operation, let left, let right):
            let (first, second) = (try compile(left), try compile(right))
            return counting(operation, first, second) ?? ValueComparisonPlan(operation, first, second, tree.span)
        case .nodeComparison(let operation, let left, let right):
            return NodeComparisonPlan(operation, try compile(left), try compile(right), tree.span)
        case .range(let lower, let upper):
            let integer = SequenceType.items(.atomic(.integer), .zeroOrOne)
            return RangePlan(
                ConversionPlan.make(first(try compile(lower)), integer, role: "the start of a range", lower.span),
                ConversionPlan.make(first(try compile(upper)), integer, role: "the end of a range", upper.span))
        case .arithmetic(let start, let others):
            let first = try number(start)
            var plans: [(operation: ArithmeticOperator, plan: any Plan)] = []
            for (operation, operand) in others { plans.append((operation, try number(operand))) }
            return ArithmeticPlan(first, plans, isCompatible: context.isXPath1Compatible, tree.span)
        case .negation(let isNegative, let operand):
            return NegationPlan(
                isNegative: isNegative, try compile(operand), isCompatible: context.isXPath1Compatible, tree.span)
        case .union(let operands):
            let plans = try compile(operands)
            return SetPlan(plans[0], plans.dropFirst().map { (.union, $0) })
        case .intersection(let start, let others):
            let first = try compile(start)
            var plans: [(operation: SetPlan.Operation, plan: any Plan)] = []
            for (isIntersect, operand) in others {
                plans.append((isIntersect ? .intersect : .except, try compile(operand)))
            }
            return SetPlan(first, plans)
        case .instance(let operand, let type): return InstancePlan(try compile(operand), type)
        case .treat(let operand, let type): return TreatPlan(try compile(operand), type, tree.span)
        case .castable(let operand, let type, let allowsEmpty):
            if type == .qname, case .literal(let value) = operand.form, value.type == .string {
                return LiteralPlan(.boolean((try? qname(value, operand.span)) != nil))
            }
            return CastablePlan(try compile(operand), type, allowsEmpty: allowsEmpty)
        case .cast(let operand, let type, let allowsEmpty):
            if type == .qname, case .literal(let value) = operand.form, value.type == .string {
                return LiteralPlan(try qname(value, operand.span))
            }
            return cast(try compile(operand), type, allowsEmpty: allowsEmpty, tree.span)
        case .conditional(let condition, let then, let otherwise):
            return ConditionalPlan(try compile(condition), try compile(then), try compile(otherwise))
        case .iteration(let bindings, let body):
            return try binding(bindings[...], tree.span) { (compiler) throws(XPathError) in
                try compiler.compile(body)
            } wrap: {
                IterationPlan(slot: $0, $1, $2)
            }
        case .quantified(let isEvery, let bindings, let body):
            return try binding(bindings[...], tree.span) { (compiler) throws(XPathError) in
                try compiler.compile(body)
            } wrap: {
                QuantifiedPlan(isEvery: isEvery, slot: $0, $1, $2)
            }
        }
    }

    private mutating func compile(_ trees: [SyntaxTree]) throws(XPathError) -> [any Plan] {
        var plans: [any Plan] = []
        plans.reserveCapacity(trees.count)
        for tree in trees { plans.append(try compile(tree)) }
        return plans
    }

    /// In XPath 1.0 compatibility mode, the first item stands for all.
    private func first(_ plan: any Plan) -> any Plan {
        context.isXPath1Compatible && !plan.properties.isSingle ? CompatibleArgumentPlan(plan, .item) : plan
    }

    /// An operand of arithmetic; XPTY0004 for a literal that can be none.
    private mutating func number(_ tree: SyntaxTree) throws(XPathError) -> any Plan {
        let plan = try compile(tree)
        if !context.isXPath1Compatible, let literal = plan as? LiteralPlan,
            !literal.properties.kinds.isDisjoint(with: [.string, .boolean])
        {
            throw XPathError(
                "XPTY0004", "a value of \(literal.value.type) is no operand of arithmetic", span: tree.span)
        }
        return plan
    }

    func cast(_ operand: any Plan, _ type: AtomicType, allowsEmpty: Bool, _ span: Range<Int>) -> any Plan {
        let plan = CastPlan(operand, type, allowsEmpty: allowsEmpty, span)
        return operand is LiteralPlan ? folded(plan) : plan
    }

    // MARK: Variables

    private mutating func variable(_ name: QualifiedName, _ span: Range<Int>) throws(XPathError) -> any Plan {
        if let local = scope.last(where: { $0.name == name }) { return LocalPlan(slot: local.slot, kinds: local.kinds) }
        let lexical = name.lexical
        if let slot = context.variableSlots[lexical] { return ExternalPlan(slot: slot, name: lexical, span: span) }
        if let allowed = context.variables, !allowed.contains(lexical) {
            throw XPathError("XPST0008", "the variable $\(lexical) is not declared", span: span)
        }
        if let slot = externals.firstIndex(of: lexical) { return ExternalPlan(slot: slot, name: lexical, span: span) }
        externals.append(lexical)
        return ExternalPlan(slot: externals.count - 1, name: lexical, span: span)
    }

    private mutating func binding(
        _ bindings: ArraySlice<(QualifiedName, SyntaxTree)>, _ span: Range<Int>,
        body: (inout Compiler) throws(XPathError) -> any Plan, wrap: (Int, any Plan, any Plan) -> any Plan
    ) throws(XPathError) -> any Plan {
        guard let (name, input) = bindings.first else { return try body(&self) }
        bindingDepth += 1
        defer { bindingDepth -= 1 }
        guard bindingDepth <= Self.maximumBindings else {
            throw XPathError(
                "XPDY0130", "more than \(Self.maximumBindings) variables are nested in each other", span: span)
        }
        let plan = try compile(input)
        let slot = slotCount
        slotCount += 1
        scope.append((name, slot, plan.properties.kinds))
        defer { scope.removeLast() }
        return wrap(slot, plan, try binding(bindings.dropFirst(), span, body: body, wrap: wrap))
    }

    // MARK: Comparisons

    private mutating func generalComparison(
        _ operation: ComparisonOperator, _ left: SyntaxTree, _ right: SyntaxTree, _ span: Range<Int>
    ) throws(XPathError) -> any Plan {
        let (first, second) = (try compile(left), try compile(right))
        if let counting = counting(operation, first, second) { return counting }
        if let special = text(operation, first, second) ?? text(operation, second, first) { return special }
        // The side with fewer items is the one that is kept.
        if first.properties.isSingle && !second.properties.isSingle && !(second is RangePlan)
            && !context.isXPath1Compatible
        {
            return GeneralComparisonPlan(operation.reversed, second, first, isCompatible: false, span)
        }
        return GeneralComparisonPlan(operation, first, second, isCompatible: context.isXPath1Compatible, span)
    }

    private func text(_ operation: ComparisonOperator, _ path: any Plan, _ other: any Plan) -> (any Plan)? {
        guard !operation.isOrdering, path.properties.isNodes, let literal = other as? LiteralPlan,
            literal.value.type == .string, case .text(let text) = literal.value.storage
        else { return nil }
        return TextComparisonPlan(isEqual: operation == .equal, path, text)
    }

    private func counting(_ operation: ComparisonOperator, _ left: any Plan, _ right: any Plan) -> (any Plan)? {
        func limit(_ plan: any Plan) -> Int? {
            guard let literal = plan as? LiteralPlan, case .integer(let value) = literal.value.storage else {
                return nil
            }
            return value.int
        }
        if let count = left as? CountPlan, count.operand.properties.isNodes, let limit = limit(right) {
            return CountComparisonPlan(operation, count.operand, limit)
        }
        if let count = right as? CountPlan, count.operand.properties.isNodes, let limit = limit(left) {
            return CountComparisonPlan(operation.reversed, count.operand, limit)
        }
        return nil
    }

    // MARK: Names as values

    /// A literal cast to `xs:QName` (XPath 2.0, 3.10.2): its prefix is one of the expression.
    func qname(_ value: Atomic, _ span: Range<Int>) throws(XPathError) -> Atomic {
        guard let (prefix, local) = XMLNames.split(value.text.trimmed) else {
            throw XPathError("FORG0001", "'\(value.text.string)' is not a value of xs:QName", span: span)
        }
        if prefix.isEmpty {
            return .qname(QualifiedName(namespace: context.defaultElementNamespace, local: local))
        }
        guard let namespace = context.namespace(of: prefix) else {
            throw XPathError("FONS0004", "the prefix '\(prefix)' is not bound to a namespace", span: span)
        }
        return .qname(QualifiedName(prefix: prefix, namespace: namespace, local: local))
    }

    // MARK: Paths that are evaluated once a document

    private struct Numbers {
        var known: [String: Int] = [:]
        var last = 0
    }

    private static let numbers = Mutex(Numbers())
    /// How many paths are known by their text.
    private static let maximumKnown = 100_000

    /// The number that this path has wherever the same text stands in the same namespaces.
    func number(_ span: Range<Int>) -> Int {
        let key = context.scopeKey + String(decoding: source[span], as: UTF8.self)
        return Self.numbers.withLock { numbers in
            if let number = numbers.known[key] { return number }
            numbers.last += 1
            if numbers.known.count < Self.maximumKnown { numbers.known[key] = numbers.last }
            return numbers.last
        }
    }
}
