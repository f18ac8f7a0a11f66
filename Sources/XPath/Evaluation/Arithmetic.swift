/// Arithmetic of two atomic values (XPath 2.0, 3.4 and Appendix B.2).
enum Arithmetic {
    static func apply(
        _ operation: ArithmeticOperator, _ left: Atomic, _ right: Atomic, _ zone: Int
    ) throws(XPathError) -> Atomic {
        if let result = try numbers(operation, left, right) { return result }
        if let result = try moments(operation, left, right, zone) { return result }
        throw XPathError("XPTY0004", "'\(operation.name)' has no meaning between \(left.type) and \(right.type)")
    }

    // MARK: Numbers

    private static func numbers(
        _ operation: ArithmeticOperator, _ left: Atomic, _ right: Atomic
    ) throws(XPathError) -> Atomic? {
        if case .integer(let first) = left.storage, case .integer(let second) = right.storage {
            return try integers(operation, first, second)
        }
        if let first = left.exact, let second = right.exact { return try decimals(operation, first, second) }
        guard left.type.isNumeric, right.type.isNumeric, let first = left.double, let second = right.double else {
            return nil
        }
        if left.type == .double || right.type == .double {
            return try floats(operation, first, second) { .double($0) }
        }
        // B.1: beside a float, a decimal becomes a float.
        return try floats(operation, single(left), single(right)) { .float($0) }
    }

    static func single(_ value: Atomic) throws(XPathError) -> Float {
        guard case .float(let number) = try Casting.cast(value, to: .float).storage else { return .nan }
        return number
    }

    private static let divisionByZero = XPathError("FOAR0001", "division by zero")
    private static let overflow = XPathError("FOAR0002", "the result has more digits than are supported")

    private static func integers(
        _ operation: ArithmeticOperator, _ left: Integer, _ right: Integer
    ) throws(XPathError) -> Atomic {
        let result: Integer
        switch operation {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .divide: return try decimals(.divide, DecimalNumber(left), DecimalNumber(right))
        case .integerDivide, .modulo:
            guard !right.isZero else { throw divisionByZero }
            let (quotient, remainder) = left.divided(by: right)
            result = operation == .modulo ? remainder : quotient
        }
        guard result.isWithinLimit else { throw overflow }
        return .integer(result)
    }

    private static func decimals(
        _ operation: ArithmeticOperator, _ left: DecimalNumber, _ right: DecimalNumber
    ) throws(XPathError) -> Atomic {
        let result: DecimalNumber
        switch operation {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .divide:
            guard !right.isZero else { throw divisionByZero }
            result = left.divided(by: right)
        case .integerDivide:
            guard !right.isZero else { throw divisionByZero }
            return .integer(left.quotientAndRemainder(by: right).quotient)
        case .modulo:
            guard !right.isZero else { throw divisionByZero }
            result = left.quotientAndRemainder(by: right).remainder
        }
        guard result.isWithinLimit else { throw overflow }
        return .decimal(result)
    }

    private static func floats<Number: BinaryFloatingPoint>(
        _ operation: ArithmeticOperator, _ left: Number, _ right: Number, _ wrap: (Number) -> Atomic
    ) throws(XPathError) -> Atomic {
        switch operation {
        case .add: return wrap(left + right)
        case .subtract: return wrap(left - right)
        case .multiply: return wrap(left * right)
        case .divide: return wrap(left / right)
        case .modulo:
            if right.isInfinite && left.isFinite { return wrap(left) }
            return wrap(left.truncatingRemainder(dividingBy: right))
        case .integerDivide:
            guard right != 0 else { throw divisionByZero }
            guard !left.isNaN, !left.isInfinite, !right.isNaN else {
                throw XPathError("FOAR0002", "idiv of \(left) by \(right) is no integer")
            }
            if right.isInfinite { return .integer(0) }
            let quotient = (left / right).rounded(.towardZero)
            guard quotient.isFinite else { throw XPathError("FOAR0002", "idiv of \(left) by \(right) overflows") }
            return .integer(Integer(truncating: Double(quotient)))
        }
    }

    // MARK: Dates and durations

    private static func moments(
        _ operation: ArithmeticOperator, _ left: Atomic, _ right: Atomic, _ zone: Int
    ) throws(XPathError) -> Atomic? {
        switch (left.storage, right.storage) {
        case (.calendar(let first), .calendar(let second)):
            guard operation == .subtract, left.type.base == right.type.base,
                [.dateTime, .date, .time].contains(left.type.base)
            else { return nil }
            let difference = first.instant(implicit: zone) - second.instant(implicit: zone)
            return .dayTime(try DurationValue(nanoseconds: difference))
        case (.calendar(let moment), .duration(let duration)):
            guard operation == .add || operation == .subtract else { return nil }
            let delta = operation == .add ? duration : duration.negated
            return try shifted(moment, left.type, delta, right.type)
        case (.duration(let duration), .calendar(let moment)):
            guard operation == .add else { return nil }
            return try shifted(moment, right.type, duration, left.type)
        case (.duration(let first), .duration(let second)):
            guard left.type == right.type, left.type != .duration else { return nil }
            switch operation {
            case .add: return .duration(try first.adding(second), left.type)
            case .subtract: return .duration(try first.adding(second.negated), left.type)
            case .divide:
                guard !second.isZero else { throw divisionByZero }
                let (one, two) =
                    left.type == .yearMonthDuration
                    ? (DecimalNumber(.small(first.months)), DecimalNumber(.small(second.months)))
                    : (DurationValue.decimal(first.nanoseconds), DurationValue.decimal(second.nanoseconds))
                return .decimal(one.divided(by: two))
            default: return nil
            }
        case (.duration(let duration), _):
            guard left.type != .duration, right.type.isNumeric, operation == .multiply || operation == .divide else {
                return nil
            }
            return .duration(try scaled(duration, operation, right), left.type)
        case (_, .duration(let duration)):
            guard right.type != .duration, left.type.isNumeric, operation == .multiply else { return nil }
            return .duration(try scaled(duration, operation, left), right.type)
        default: return nil
        }
    }

    private static func shifted(
        _ moment: CalendarValue, _ type: AtomicType, _ duration: DurationValue, _ durationType: AtomicType
    ) throws(XPathError) -> Atomic? {
        let base = type.base
        switch (base, durationType) {
        case (.dateTime, .dayTimeDuration):
            return .calendar(try moment.adding(nanoseconds: duration.nanoseconds), .dateTime)
        case (.dateTime, .yearMonthDuration), (.date, .yearMonthDuration):
            return .calendar(try moment.adding(months: duration.months), base)
        case (.date, .dayTimeDuration):
            var result = try moment.adding(nanoseconds: duration.nanoseconds)
            result.nanoseconds = 0
            return .calendar(result, .date)
        case (.time, .dayTimeDuration):
            let sum = try moment.adding(nanoseconds: duration.nanoseconds % Int128(CalendarValue.nanosecondsPerDay))
            return .calendar(CalendarValue(nanoseconds: sum.nanoseconds, timezone: moment.timezone), .time)
        default: return nil
        }
    }

    private static func scaled(
        _ duration: DurationValue, _ operation: ArithmeticOperator, _ factor: Atomic
    ) throws(XPathError) -> DurationValue {
        var number = factor.exact
        if number == nil, let double = factor.double {
            if double.isNaN { throw XPathError("FOCA0005", "a duration cannot be multiplied or divided by NaN") }
            if double.isInfinite {
                guard operation == .divide else { throw DurationValue.overflow }
                number = nil
                return .zero
            }
            number = DecimalNumber(exactly: double)
        }
        guard let number else { return .zero }
        if operation == .multiply { return try duration.multiplied(by: number) }
        guard !number.isZero else {
            throw XPathError(factor.exact == nil ? "FODT0002" : "FODT0002", "a duration divided by zero")
        }
        return try duration.divided(by: number)
    }
}

/// A chain of `+ -` or `* div idiv mod`, from left to right.
final class ArithmeticPlan: AtomicPlan {
    let first: any Plan
    let others: [(operation: ArithmeticOperator, plan: any Plan)]
    let isCompatible: Bool
    let span: Range<Int>
    let properties: Properties

    init(
        _ first: any Plan, _ others: [(operation: ArithmeticOperator, plan: any Plan)], isCompatible: Bool,
        _ span: Range<Int>
    ) {
        self.first = first
        self.others = others
        self.isCompatible = isCompatible
        self.span = span
        var needs = first.properties.needs
        var isNeverEmpty = first.properties.isNeverEmpty
        var kinds = first.properties.kinds
        for other in others {
            needs.formUnion(other.plan.properties.needs)
            isNeverEmpty = isNeverEmpty && other.plan.properties.isNeverEmpty
            kinds.formUnion(other.plan.properties.kinds)
        }
        let isNumeric = kinds.isDisjoint(with: [.other]) && kinds.isDisjoint(with: .node)
        properties = Properties(
            isNumeric || isCompatible ? .numeric : [.numeric, .other], isNeverEmpty: isNeverEmpty || isCompatible,
            isSingle: true, needs: needs)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        try located(span) { () throws(XPathError) in
            let zone = evaluation.settings.implicitTimezone
            guard var result = try operand(first, focus, evaluation) else { return nil }
            for (operation, plan) in others {
                guard let right = try operand(plan, focus, evaluation) else { return nil }
                result = try Arithmetic.apply(operation, result, right, zone)
            }
            return result
        }
    }

    private func operand(_ plan: any Plan, _ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        if isCompatible {
            let value = try plan.evaluate(focus, evaluation)
            guard let first = value.first?.atomized else { return .double(.nan) }
            return first.type.isDuration || first.type.isCalendar ? first : .double(NumberFunctions.number(first))
        }
        guard let value = try plan.atomic(focus, evaluation) else { return nil }
        return value.type == .untypedAtomic ? try Casting.cast(value, to: .double) : value
    }
}

/// Unary plus and minus.
final class NegationPlan: AtomicPlan {
    let isNegative: Bool
    let operand: any Plan
    let isCompatible: Bool
    let span: Range<Int>
    let properties: Properties

    init(isNegative: Bool, _ operand: any Plan, isCompatible: Bool, _ span: Range<Int>) {
        self.isNegative = isNegative
        self.operand = operand
        self.isCompatible = isCompatible
        self.span = span
        properties = Properties(
            .numeric, isNeverEmpty: operand.properties.isNeverEmpty, isSingle: true, needs: operand.properties.needs)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        try located(span) { () throws(XPathError) in
            if isCompatible {
                guard let first = try operand.evaluate(focus, evaluation).first?.atomized else { return .double(.nan) }
                let number = NumberFunctions.number(first)
                return .double(isNegative ? -number : number)
            }
            guard var value = try operand.atomic(focus, evaluation) else { return nil }
            if value.type == .untypedAtomic { value = try Casting.cast(value, to: .double) }
            switch value.storage {
            case .integer(let number): return .integer(isNegative ? number.negated : number)
            case .decimal(let number): return .decimal(isNegative ? number.negated : number)
            case .double(let number): return .double(isNegative ? -number : number)
            case .float(let number): return .float(isNegative ? -number : number)
            default: throw XPathError("XPTY0004", "a sign needs a number, not \(value.type)")
            }
        }
    }
}
