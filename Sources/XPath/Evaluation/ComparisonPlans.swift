internal import XML

/// `eq`, `ne`, `lt`, `le`, `gt`, `ge` (XPath 2.0, 3.5.1).
final class ValueComparisonPlan: AtomicPlan {
    let operation: ComparisonOperator
    let left: any Plan
    let right: any Plan
    let span: Range<Int>
    let properties: Properties

    init(_ operation: ComparisonOperator, _ left: any Plan, _ right: any Plan, _ span: Range<Int>) {
        self.operation = operation
        self.left = left
        self.right = right
        self.span = span
        let (first, second) = (left.properties, right.properties)
        properties = Properties(
            .boolean, isNeverEmpty: first.isNeverEmpty && second.isNeverEmpty, isSingle: true,
            needs: first.needs.union(second.needs))
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        try located(span) { () throws(XPathError) in
            guard let first = try left.atomic(focus, evaluation) else {
                _ = try right.atomic(focus, evaluation)
                return nil
            }
            guard let second = try right.atomic(focus, evaluation) else { return nil }
            let zone = evaluation.settings.implicitTimezone
            return .boolean(try AtomicComparison.compare(first, operation, second, implicitTimezone: zone))
        }
    }
}

/// `=`, `!=`, `<`, `<=`, `>`, `>=`: whether any pair of items compares (XPath 2.0, 3.5.2).
final class GeneralComparisonPlan: BooleanPlan {
    let operation: ComparisonOperator
    let left: any Plan
    let right: any Plan
    let isCompatible: Bool
    let span: Range<Int>
    /// The right side, where it is a literal.
    private let constant: Atomic?
    let properties: Properties

    init(_ operation: ComparisonOperator, _ left: any Plan, _ right: any Plan, isCompatible: Bool, _ span: Range<Int>) {
        self.operation = operation
        self.left = left
        self.right = right
        self.isCompatible = isCompatible
        constant = (right as? LiteralPlan)?.value
        self.span = span
        properties = .one(.boolean, left.properties.needs.union(right.properties.needs))
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try located(span) { () throws(XPathError) in
            if let constant, !isCompatible {
                let zone = evaluation.settings.implicitTimezone
                return try any(focus, evaluation) { (item) throws(XPathError) in
                    try Self.pair(item, operation, constant, zone)
                }
            }
            let right = try right.evaluate(focus, evaluation)
            if isCompatible { return try compatible(left.evaluate(focus, evaluation), right, evaluation) }
            if case .empty = right {
                // Nothing compares, but an error on the left may still be one.
                return false
            }
            let zone = evaluation.settings.implicitTimezone
            if case .range(let lower, let upper) = right, operation == .equal {
                return try any(focus, evaluation) { (item) throws(XPathError) in
                    try Self.isWithin(item, lower, upper, zone)
                }
            }
            let others = try right.atomized(evaluation)
            if others.count == 1 {
                let other = others[0]
                return try any(focus, evaluation) { (item) throws(XPathError) in
                    try Self.pair(item, operation, other, zone)
                }
            }
            if operation == .equal, others.count > 16, let set = Self.texts(others) {
                return try any(focus, evaluation) { (item) throws(XPathError) in
                    if case .text(let text) = item.storage { return set.contains(text) }
                    for other in others where try Self.pair(item, operation, other, zone) { return true }
                    return false
                }
            }
            return try any(focus, evaluation) { (item) throws(XPathError) in
                try evaluation.count(others.count)
                for other in others where try Self.pair(item, operation, other, zone) { return true }
                return false
            }
        }
    }

    private func any(
        _ focus: Focus, _ evaluation: Evaluation, _ test: (Atomic) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        var result = false
        _ = try left.forEach(focus, evaluation) { (item) throws(XPathError) in
            result = try test(item.atomized)
            return !result
        }
        return result
    }

    private static func texts(_ values: [Atomic]) -> Set<Text>? {
        var result: Set<Text> = []
        for value in values {
            guard case .text(let text) = value.storage else { return nil }
            result.insert(text)
        }
        return result
    }

    private static func isWithin(_ item: Atomic, _ lower: Int, _ upper: Int, _ zone: Int) throws(XPathError) -> Bool {
        if case .integer(.small(let value)) = item.storage { return value >= lower && value <= upper }
        let number = try item.type == .untypedAtomic ? Casting.cast(item, to: .double) : item
        guard let double = number.double else { throw AtomicComparison.notComparable(item, .integer(lower)) }
        return double >= Double(lower) && double <= Double(upper) && double == double.rounded(.towardZero)
    }

    /// Compares two items as XPath 2.0, 3.5.2 says: what is untyped takes the type of the other.
    @inline(__always)
    static func pair(
        _ left: Atomic, _ operation: ComparisonOperator, _ right: Atomic, _ zone: Int
    ) throws(XPathError) -> Bool {
        if left.type == .untypedAtomic {
            if case .text = right.storage {
                return try AtomicComparison.compare(left, operation, right, implicitTimezone: zone)
            }
            return try AtomicComparison.compare(like(left, right), operation, right, implicitTimezone: zone)
        }
        if right.type == .untypedAtomic {
            if case .text = left.storage {
                return try AtomicComparison.compare(left, operation, right, implicitTimezone: zone)
            }
            return try AtomicComparison.compare(left, operation, like(right, left), implicitTimezone: zone)
        }
        return try AtomicComparison.compare(left, operation, right, implicitTimezone: zone)
    }

    private static func like(_ value: Atomic, _ other: Atomic) throws(XPathError) -> Atomic {
        if other.type.isNumeric {
            if case .text(let text) = value.storage, let number = FloatingPointFormat.double(text) {
                return .double(number)
            }
            return try Casting.cast(value, to: .double)
        }
        return try Casting.cast(value, to: other.type)
    }

    /// XPath 1.0 compatibility mode: booleans and numbers decide how both sides are read.
    private func compatible(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        func isBoolean(_ value: Value) -> Bool {
            if case .item(.atomic(let atomic)) = value { return atomic.type == .boolean }
            return false
        }
        let zone = evaluation.settings.implicitTimezone
        if isBoolean(left) || isBoolean(right) {
            let (first, second) = (Atomic.boolean(try left.boolean()), Atomic.boolean(try right.boolean()))
            return try AtomicComparison.compare(first, operation, second, implicitTimezone: zone)
        }
        let others = try right.atomized(evaluation)
        for first in try left.atomized(evaluation) {
            try evaluation.count(others.count)
            for second in others {
                if operation.isOrdering || first.type.isNumeric || second.type.isNumeric {
                    if operation.holds(NumberFunctions.number(first), NumberFunctions.number(second)) { return true }
                } else if try Self.pair(first, operation, second, zone) {
                    return true
                }
            }
        }
        return false
    }
}

/// `path = 'literal'` and `path != 'literal'`: bytes are compared where they stand.
final class TextComparisonPlan: BooleanPlan {
    let isEqual: Bool
    let path: any Plan
    /// The path, where it is `@name`.
    private let attribute: StepPlan?
    let text: Text
    let properties: Properties

    init(isEqual: Bool, _ path: any Plan, _ text: Text) {
        self.isEqual = isEqual
        self.path = path
        if let step = path as? StepPlan, step.isNamedAttribute { attribute = step } else { attribute = nil }
        self.text = text
        properties = .one(.boolean, path.properties.needs)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        if let attribute {
            guard let node = try attribute.attribute(focus) else { return false }
            return matches(node)
        }
        return try !path.forEachNode(focus, evaluation) { (node) throws(XPathError) in !matches(node) }
    }

    @inline(__always)
    private func matches(_ node: NodeRef) -> Bool {
        let bytes = node.tree.bytes(node.row)
        guard bytes.count == text.byteCount else { return !isEqual }
        let isSame = text.withBytes { expected in
            for index in 0..<bytes.count where bytes[index] != expected[index] { return false }
            return true
        }
        return isSame == isEqual
    }
}

/// `count(x) op n`: counts no further than the answer needs.
final class CountComparisonPlan: BooleanPlan {
    let operation: ComparisonOperator
    let operand: any Plan
    let limit: Int
    let properties: Properties

    init(_ operation: ComparisonOperator, _ operand: any Plan, _ limit: Int) {
        self.operation = operation
        self.operand = operand
        self.limit = limit
        properties = .one(.boolean, operand.properties.needs)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        let enough = limit < 0 ? 1 : limit == Int.max ? limit : limit + 1
        return operation.holds(try operand.count(focus, evaluation, limit: enough) - limit)
    }
}

/// `is`, `<<` and `>>`.
final class NodeComparisonPlan: AtomicPlan {
    let operation: NodeComparison
    let left: any Plan
    let right: any Plan
    let span: Range<Int>
    let properties: Properties

    init(_ operation: NodeComparison, _ left: any Plan, _ right: any Plan, _ span: Range<Int>) {
        self.operation = operation
        self.left = left
        self.right = right
        self.span = span
        properties = Properties(
            .boolean, isSingle: true, needs: left.properties.needs.union(right.properties.needs))
    }

    private func operand(_ plan: any Plan, _ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> NodeRef? {
        let value = try plan.evaluate(focus, evaluation)
        guard let first = value.first else { return nil }
        guard value.count == 1, case .node(let node) = first else {
            throw XPathError("XPTY0004", "a comparison of nodes takes one node on each side", span: span)
        }
        return node
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        let (first, second) = (try operand(left, focus, evaluation), try operand(right, focus, evaluation))
        guard let first, let second else { return nil }
        switch operation {
        case .same: return .boolean(first == second)
        case .precedes: return .boolean(first.precedes(second))
        case .follows: return .boolean(second.precedes(first))
        }
    }
}
