/// F&O 15.4: aggregates.
enum AggregateFunctions {
    static let all: [Function] = [
        Function("count($arg as item()*) as xs:integer") { (call) throws(XPathError) in
            .atomic(.integer(call.arguments[0].count))
        },
        Function("avg($arg as xs:anyAtomicType*) as xs:anyAtomicType?") { (call) throws(XPathError) in
            let count = call.arguments[0].count
            guard count > 0, let sum = try sum(call, "avg") else { return .empty }
            return .atomic(try Arithmetic.apply(.divide, sum, .integer(count), call.implicitTimezone))
        },
        Function("sum($arg as xs:anyAtomicType*[, $zero as xs:anyAtomicType?]) as xs:anyAtomicType?") {
            (call) throws(XPathError) in
            if let sum = try sum(call, "sum") { return .atomic(sum) }
            return call.count > 1 ? call.arguments[1] : .atomic(.integer(0))
        },
        Function("max($arg as xs:anyAtomicType*[, $collation as xs:string]) as xs:anyAtomicType?") {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(1)
            return Value(try extreme(call, .greater, "max"))
        },
        Function("min($arg as xs:anyAtomicType*[, $collation as xs:string]) as xs:anyAtomicType?") {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(1)
            return Value(try extreme(call, .less, "min"))
        },
    ]

    private static func unusable(_ function: String, _ type: AtomicType) -> XPathError {
        XPathError("FORG0006", "fn:\(function) cannot take a value of \(type) beside the others")
    }

    private static func sum(_ call: Call, _ function: String) throws(XPathError) -> Atomic? {
        if case .range(let lower, let upper) = call.arguments[0] {
            let doubled = (Integer.small(lower) + .small(upper)) * (Integer.small(upper) - .small(lower) + .one)
            return .integer(doubled.divided(by: .small(2)).quotient)
        }
        var total: Atomic?
        try call.arguments[0].forEach { (item) throws(XPathError) in
            try call.evaluation.count()
            var value = item.atomized
            if value.type == .untypedAtomic { value = try Casting.cast(value, to: .double) }
            guard value.type.isNumeric || value.type == .dayTimeDuration || value.type == .yearMonthDuration else {
                throw unusable(function, value.type)
            }
            if let sum = total {
                guard sum.type.isNumeric ? value.type.isNumeric : sum.type == value.type else {
                    throw unusable(function, value.type)
                }
                total = try Arithmetic.apply(.add, sum, value, call.implicitTimezone)
            } else {
                total = value
            }
            return true
        }
        return total
    }

    private static func extreme(
        _ call: Call, _ operation: ComparisonOperator, _ function: String
    ) throws(XPathError) -> Atomic? {
        if case .range(let lower, let upper) = call.arguments[0] {
            return .integer(operation == .greater ? upper : lower)
        }
        var best: Atomic?
        // The type that all numbers are promoted to: 0 exact, 1 float, 2 double.
        var rank = 0
        var hasNaN = false
        var hasString = false
        try call.arguments[0].forEach { (item) throws(XPathError) in
            try call.evaluation.count()
            var value = item.atomized
            if value.type == .untypedAtomic { value = try Casting.cast(value, to: .double) }
            if value.type.base == .string { hasString = true }
            switch value.storage {
            case .float: rank = max(rank, 1)
            case .double: rank = 2
            case .duration where value.type == .duration: throw unusable(function, value.type)
            case .qname, .binary: throw unusable(function, value.type)
            case .calendar where ![.dateTime, .date, .time].contains(value.type.base):
                throw unusable(function, value.type)
            default: break
            }
            guard let current = best else {
                best = value
                hasNaN = value.isNaN
                return true
            }
            guard areComparable(current, value) else { throw unusable(function, value.type) }
            if value.isNaN { hasNaN = true }
            if try AtomicComparison.compare(value, operation, current, implicitTimezone: call.implicitTimezone) {
                best = value
            }
            return true
        }
        guard let best else { return nil }
        if hasNaN { return rank == 2 ? .double(.nan) : .float(.nan) }
        guard best.type.isNumeric else {
            return hasString && best.type == .anyURI ? .string(best.text) : best
        }
        switch rank {
        case 2: return try Casting.cast(best, to: .double)
        case 1: return try Casting.cast(best, to: .float)
        default: return best
        }
    }

    private static func areComparable(_ left: Atomic, _ right: Atomic) -> Bool {
        if left.type.isNumeric { return right.type.isNumeric }
        func kind(_ value: Atomic) -> AtomicType { value.type == .anyURI ? .string : value.type.base }
        return kind(left) == kind(right)
    }
}
