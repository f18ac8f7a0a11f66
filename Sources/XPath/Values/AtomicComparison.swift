/// The six comparisons.
package enum ComparisonOperator: UInt8, Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    var reversed: ComparisonOperator {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    @inline(__always) func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }

    @inline(__always) func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    var isOrdering: Bool { self != .equal && self != .notEqual }

    /// As it is written in a value comparison.
    var name: String {
        switch self {
        case .equal: "eq"
        case .notEqual: "ne"
        case .less: "lt"
        case .lessOrEqual: "le"
        case .greater: "gt"
        case .greaterOrEqual: "ge"
        }
    }
}

/// Value comparison of two atomic values (XPath 2.0 Appendix B.2). `xs:untypedAtomic` counts as a string.
enum AtomicComparison {
    static func notComparable(_ left: Atomic, _ right: Atomic) -> XPathError {
        XPathError("XPTY0004", "\(left.type) and \(right.type) cannot be compared")
    }

    /// Whether `left operation right` holds. XPTY0004 if the types don't go together.
    static func compare(
        _ left: Atomic, _ operation: ComparisonOperator, _ right: Atomic, implicitTimezone: Int
    ) throws(XPathError) -> Bool {
        switch (left.storage, right.storage) {
        case (.text(let first), .text(let second)):
            if operation == .equal { return first == second }
            return operation.holds(first.order(second))
        case (.integer(let first), .integer(let second)): return operation.holds(first.order(second))
        case (.float(let first), .float(let second)): return operation.holds(Double(first), Double(second))
        case (.boolean(let first), .boolean(let second)):
            return operation.holds((first ? 1 : 0) - (second ? 1 : 0))
        case (.calendar(let first), .calendar(let second)):
            let type = left.type.base
            guard type == right.type.base, !operation.isOrdering || [.dateTime, .date, .time].contains(type) else {
                break
            }
            let (one, two) = (first.instant(implicit: implicitTimezone), second.instant(implicit: implicitTimezone))
            return operation.holds(one < two ? -1 : one > two ? 1 : 0)
        case (.duration(let first), .duration(let second)):
            if !operation.isOrdering { return operation.holds(first == second ? 0 : 1) }
            guard left.type == right.type, left.type != .duration else { break }
            if left.type == .yearMonthDuration { return operation.holds(first.months - second.months) }
            let (one, two) = (first.nanoseconds, second.nanoseconds)
            return operation.holds(one < two ? -1 : one > two ? 1 : 0)
        case (.qname(let first), .qname(let second)):
            guard !operation.isOrdering, left.type == right.type else { break }
            return operation.holds(first == second ? 0 : 1)
        case (.binary(let first), .binary(let second)):
            guard !operation.isOrdering, left.type == right.type else { break }
            return operation.holds(first == second ? 0 : 1)
        default:
            if let result = numbers(left, operation, right) { return result }
        }
        throw notComparable(left, right)
    }

    private static func numbers(_ left: Atomic, _ operation: ComparisonOperator, _ right: Atomic) -> Bool? {
        if let first = left.exact, let second = right.exact { return operation.holds(first.order(second)) }
        guard let first = left.double, let second = right.double else { return nil }
        // B.1: with a float and no double, the decimal is promoted to float.
        if left.type != .double, right.type != .double {
            return operation.holds(Double(Float(first)), Double(Float(second)))
        }
        return operation.holds(first, second)
    }

    /// `fn:distinct-values`, `fn:index-of` and `fn:deep-equal` find values that don't go together unequal.
    static func areEqual(_ left: Atomic, _ right: Atomic, implicitTimezone: Int) -> Bool {
        (try? compare(left, .equal, right, implicitTimezone: implicitTimezone)) ?? false
    }
}
