/// A constant.
final class LiteralPlan: AtomicPlan {
    let value: Atomic
    let properties: Properties

    init(_ value: Atomic) {
        self.value = value
        properties = .one(Properties.Kinds(value.type), [])
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? { value }
}

extension Properties.Kinds {
    /// The kind that values of a type are of.
    init(_ type: AtomicType) {
        switch type.base {
        case .anyAtomicType: self = .atomic
        case .untypedAtomic: self = .untyped
        case .string, .anyURI: self = .string
        case .boolean: self = .boolean
        case .integer: self = .integer
        case .decimal: self = .numeric
        case .float, .double: self = .number
        default: self = .other
        }
    }
}

/// A variable of `for`, `some` or `every`.
final class LocalPlan: Plan {
    let slot: Int
    let properties: Properties

    init(slot: Int, kinds: Properties.Kinds) {
        self.slot = slot
        properties = .one(kinds, [.local])
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value { evaluation.local(slot) }
}

/// A variable of the caller.
final class ExternalPlan: Plan {
    let slot: Int
    let name: String
    let span: Range<Int>
    let properties = Properties(.any, needs: [.external])

    init(slot: Int, name: String, span: Range<Int>) {
        self.slot = slot
        self.name = name
        self.span = span
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        try located(span) { () throws(XPathError) in try evaluation.external(slot, name) }
    }
}

/// `a, b` and `()`
final class SequencePlan: StreamPlan {
    let parts: [any Plan]
    let properties: Properties

    init(_ parts: [any Plan]) {
        self.parts = parts
        var kinds: Properties.Kinds = []
        var needs: Properties.Needs = []
        for part in parts {
            kinds.formUnion(part.properties.kinds)
            needs.formUnion(part.properties.needs)
        }
        properties = Properties(
            kinds, isNeverEmpty: parts.contains { $0.properties.isNeverEmpty }, isSingle: parts.isEmpty, needs: needs)
    }

    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        for part in parts where try !part.forEach(focus, evaluation, body) { return false }
        return true
    }
}

/// `and` and `or`.
final class LogicalPlan: BooleanPlan {
    let isAnd: Bool
    let operands: [any Plan]
    let properties: Properties

    init(isAnd: Bool, _ operands: [any Plan]) {
        self.isAnd = isAnd
        self.operands = operands
        properties = .one(.boolean, operands.reduce([]) { $0.union($1.properties.needs) })
    }

    /// The plan: few operands one in the other, which costs less than a list of them.
    static func make(isAnd: Bool, _ operands: [any Plan]) -> any Plan {
        guard operands.count <= 8, var plan = operands.last else { return LogicalPlan(isAnd: isAnd, operands) }
        for operand in operands.dropLast().reversed() { plan = LogicalPairPlan(isAnd: isAnd, operand, plan) }
        return plan
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        for index in operands.indices where try operands[index].boolean(focus, evaluation) != isAnd { return !isAnd }
        return isAnd
    }
}

/// `and` and `or` of two.
final class LogicalPairPlan: BooleanPlan {
    let isAnd: Bool
    let first: any Plan
    let second: any Plan
    let properties: Properties

    init(isAnd: Bool, _ first: any Plan, _ second: any Plan) {
        self.isAnd = isAnd
        self.first = first
        self.second = second
        properties = .one(.boolean, first.properties.needs.union(second.properties.needs))
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        if try first.boolean(focus, evaluation) != isAnd { return !isAnd }
        return try second.boolean(focus, evaluation)
    }
}

/// `if (condition) then … else …`
final class ConditionalPlan: Plan {
    let condition: any Plan
    let then: any Plan
    let otherwise: any Plan
    let properties: Properties

    init(_ condition: any Plan, _ then: any Plan, _ otherwise: any Plan) {
        self.condition = condition
        self.then = then
        self.otherwise = otherwise
        let (first, second) = (then.properties, otherwise.properties)
        properties = Properties(
            first.kinds.union(second.kinds), isNeverEmpty: first.isNeverEmpty && second.isNeverEmpty,
            isSingle: first.isSingle && second.isSingle,
            needs: condition.properties.needs.union(first.needs).union(second.needs))
    }

    private func branch(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> any Plan {
        try condition.boolean(focus, evaluation) ? then : otherwise
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        try branch(focus, evaluation).evaluate(focus, evaluation)
    }

    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try branch(focus, evaluation).forEach(focus, evaluation, body)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try branch(focus, evaluation).boolean(focus, evaluation)
    }
}

/// `for $x in … return …` with one variable; more are nested.
final class IterationPlan: StreamPlan {
    let slot: Int
    let input: any Plan
    let body: any Plan
    let properties: Properties

    init(slot: Int, _ input: any Plan, _ body: any Plan) {
        self.slot = slot
        self.input = input
        self.body = body
        let (first, second) = (input.properties, body.properties)
        properties = Properties(
            second.kinds, isNeverEmpty: first.isNeverEmpty && second.isNeverEmpty,
            isSingle: first.isSingle && second.isSingle, needs: first.needs.union(second.needs))
    }

    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ take: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try input.forEach(focus, evaluation) { (item) throws(XPathError) in
            try evaluation.count()
            evaluation.setLocal(slot, .item(item))
            return try body.forEach(focus, evaluation, take)
        }
    }
}

/// `some` and `every` with one variable; more are nested.
final class QuantifiedPlan: BooleanPlan {
    let isEvery: Bool
    let slot: Int
    let input: any Plan
    let condition: any Plan
    let properties: Properties

    init(isEvery: Bool, slot: Int, _ input: any Plan, _ condition: any Plan) {
        self.isEvery = isEvery
        self.slot = slot
        self.input = input
        self.condition = condition
        properties = .one(.boolean, input.properties.needs.union(condition.properties.needs))
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        var result = isEvery
        _ = try input.forEach(focus, evaluation) { (item) throws(XPathError) in
            try evaluation.count()
            evaluation.setLocal(slot, .item(item))
            if try condition.boolean(focus, evaluation) == isEvery { return true }
            result = !isEvery
            return false
        }
        return result
    }
}

/// `a to b`
final class RangePlan: Plan {
    let lower: any Plan
    let upper: any Plan
    let properties: Properties

    /// Both operands give integers already.
    init(_ lower: any Plan, _ upper: any Plan) {
        self.lower = lower
        self.upper = upper
        properties = Properties(.integer, needs: lower.properties.needs.union(upper.properties.needs))
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        guard case .integer(let first)? = try lower.atomic(focus, evaluation)?.storage,
            case .integer(let last)? = try upper.atomic(focus, evaluation)?.storage,
            first.order(last) <= 0
        else { return .empty }
        guard let start = first.int, let end = last.int, !end.subtractingReportingOverflow(start).overflow,
            end - start < Int.max
        else {
            return try large(first, last, evaluation)
        }
        return start == end ? .atomic(.integer(start)) : .range(start, end)
    }

    /// A range beyond the integers of 64 bits, written out.
    private func large(_ first: Integer, _ last: Integer, _ evaluation: Evaluation) throws(XPathError) -> Value {
        try evaluation.check(items: (last - first).int ?? Int.max)
        var items: [Item] = []
        var value = first
        while value.order(last) <= 0 {
            items.append(.atomic(.integer(value)))
            value = value + .one
        }
        return Value(items)
    }

    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try evaluate(focus, evaluation).forEach { (item) throws(XPathError) in
            try evaluation.count()
            return try body(item)
        }
    }
}

/// A primary expression with predicates.
final class FilterPlan: StreamPlan {
    let input: any Plan
    let predicates: [Predicate]
    private let needsSize: Bool
    let properties: Properties

    init(_ input: any Plan, _ predicates: [Predicate]) {
        self.input = input
        self.predicates = predicates
        needsSize = predicates.contains { $0.needsSize }
        var properties = input.properties
        properties.isNeverEmpty = false
        for predicate in predicates {
            properties.needs.formUnion(predicate.needs.subtracting(.focus))
            if predicate.picksOne {
                properties.isSingle = true
                if properties.isNodes { properties.order.formUnion([.sorted, .peer]) }
            }
        }
        self.properties = properties
    }

    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        if input.properties.isSingle {
            guard let item = try single(focus, evaluation) else { return true }
            return try body(item)
        }
        if needsSize {
            for item in try counted(focus, evaluation) where try !body(item) { return false }
            return true
        }
        var positions = [Int](repeating: 0, count: predicates.count)
        var stopped = false
        _ = try input.forEach(focus, evaluation) { (item) throws(XPathError) in
            try evaluation.count()
            var isLast = false
            for index in predicates.indices {
                positions[index] += 1
                let holds = try Focus.with(item, position: positions[index], size: 0) { (inner) throws(XPathError) in
                    try predicates[index].holds(inner, evaluation)
                }
                guard holds else {
                    // Nothing after the only position that a first predicate wants can pass.
                    if index == 0, predicates[0].kind == .position { return positions[0] < predicates[0].position }
                    return true
                }
                if index == 0, predicates[0].kind == .position { isLast = true }
            }
            if try !body(item) {
                stopped = true
                return false
            }
            return !isLast
        }
        return !stopped
    }

    /// The item of an input that has at most one, if all predicates hold.
    private func single(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Item? {
        guard case .item(let item) = try input.evaluate(focus, evaluation) else { return nil }
        try evaluation.count()
        let holds = try Focus.with(item, position: 1, size: 1) { (inner) throws(XPathError) in
            for predicate in predicates where try !predicate.holds(inner, evaluation) { return false }
            return true
        }
        return holds ? item : nil
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        if properties.isNodes { return try exists(focus, evaluation) }
        if input.properties.isSingle {
            guard let item = try single(focus, evaluation) else { return false }
            return try Value.item(item).boolean()
        }
        return try evaluate(focus, evaluation).boolean()
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        if input.properties.isSingle { return try single(focus, evaluation) != nil }
        return try !forEach(focus, evaluation) { (_) throws(XPathError) in false }
    }

    /// The way for predicates that ask for the count of items.
    private func counted(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> [Item] {
        var value = try input.evaluate(focus, evaluation)
        for predicate in predicates {
            let count = value.count
            if count == 0 { return [] }
            if predicate.kind == .last {
                value = .item(value[count - 1])
                continue
            }
            var collector = Collector(evaluation)
            var position = 0
            try value.forEach { (item) throws(XPathError) in
                try evaluation.count()
                position += 1
                let holds = try Focus.with(item, position: position, size: count) { (inner) throws(XPathError) in
                    try predicate.holds(inner, evaluation)
                }
                if holds { try collector.append(item) }
                return true
            }
            value = collector.value
        }
        return try value.array(evaluation)
    }
}
