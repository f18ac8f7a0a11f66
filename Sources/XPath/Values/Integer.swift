/// `xs:integer`: an `Int`, or a big integer where that is too small.
enum Integer: Sendable, Hashable {
    case small(Int)
    case large(BigInteger)

    static let zero = Integer.small(0)
    static let one = Integer.small(1)

    init(_ value: BigInteger) {
        if let small = value.int { self = .small(small) } else { self = .large(value) }
    }

    var big: BigInteger {
        switch self {
        case .small(let value): BigInteger(value)
        case .large(let value): value
        }
    }

    var isNegative: Bool {
        switch self {
        case .small(let value): value < 0
        case .large(let value): value.isNegative
        }
    }

    var isZero: Bool { self == .small(0) }

    var isOdd: Bool {
        switch self {
        case .small(let value): value & 1 == 1
        case .large(let value): (value.limbs.first ?? 0) & 1 == 1
        }
    }

    /// The value as `Int`, if it fits.
    var int: Int? {
        guard case .small(let value) = self else { return nil }
        return value
    }

    /// Reads decimal digits with an optional sign; nil if there is anything else or too many of them.
    init?(digits: some Collection<UInt8>) {
        var negative = false
        var rest = digits[...]
        if let sign = rest.first, sign == 0x2B || sign == 0x2D {
            negative = sign == 0x2D
            rest = rest.dropFirst()
        }
        while rest.first == 0x30 && rest.count > 1 { rest = rest.dropFirst() }
        guard !rest.isEmpty, rest.allSatisfy(isDigit) else { return nil }
        if rest.count <= 18 {
            var value = 0
            for digit in rest { value = value * 10 + Int(digit - 0x30) }
            self = .small(negative ? -value : value)
            return
        }
        guard rest.count <= 10_000 else { return nil }
        var limbs: [UInt32] = []
        var group: UInt32 = 0
        var scale: UInt32 = 1
        func flush(_ limbs: inout [UInt32]) {
            var carry = UInt64(group)
            for index in limbs.indices {
                carry += UInt64(limbs[index]) * UInt64(scale)
                limbs[index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            if carry != 0 { limbs.append(UInt32(carry)) }
        }
        for digit in rest {
            group = group * 10 + UInt32(digit - 0x30)
            scale *= 10
            if scale == 1_000_000_000 {
                flush(&limbs)
                group = 0
                scale = 1
            }
        }
        if scale > 1 { flush(&limbs) }
        self.init(BigInteger(isNegative: negative, limbs: limbs))
    }

    /// The integer part of a finite double, exactly.
    init(truncating value: Double) {
        if abs(value) < 9e18 {
            self = .small(Int(value))
            return
        }
        let exponent = Int(value.exponent) - 52
        let significand = value.significandBitPattern | (1 << 52)
        let (words, bits) = exponent.quotientAndRemainder(dividingBy: 32)
        let wide = UInt128(significand) << UInt128(bits)
        var limbs = [UInt32](repeating: 0, count: words)
        for shift in 0..<4 { limbs.append(UInt32(truncatingIfNeeded: wide >> UInt128(shift * 32))) }
        self.init(BigInteger(isNegative: value < 0, limbs: limbs))
    }

    /// The nearest double.
    var double: Double {
        switch self {
        case .small(let value): Double(value)
        case .large: Double(description) ?? (isNegative ? -.infinity : .infinity)
        }
    }

    var magnitude: Integer { isNegative ? negated : self }

    var negated: Integer {
        switch self {
        case .small(let value):
            if value != Int.min { return .small(-value) }
            return .large(BigInteger(isNegative: false, limbs: BigInteger(value).limbs))
        case .large(let value):
            return Integer(BigInteger(isNegative: !value.isNegative, limbs: value.limbs))
        }
    }

    /// Whether the number is small enough to go on with.
    var isWithinLimit: Bool {
        guard case .large(let value) = self else { return true }
        return value.limbs.count <= BigInteger.maximumLimbs
    }

    /// Negative, zero or positive as `self` is less than, equal to or greater than `other`.
    func order(_ other: Integer) -> Int {
        if case .small(let left) = self, case .small(let right) = other {
            return left < right ? -1 : left > right ? 1 : 0
        }
        let (left, right) = (big, other.big)
        if left.isNegative != right.isNegative { return left.isNegative ? -1 : 1 }
        let magnitude = BigInteger.compareMagnitude(left.limbs, right.limbs)
        return left.isNegative ? -magnitude : magnitude
    }

    static func + (left: Integer, right: Integer) -> Integer {
        if case .small(let first) = left, case .small(let second) = right {
            let (sum, overflow) = first.addingReportingOverflow(second)
            if !overflow { return .small(sum) }
        }
        let (first, second) = (left.big, right.big)
        if first.isNegative == second.isNegative {
            let limbs = BigInteger.addMagnitude(first.limbs, second.limbs)
            return Integer(BigInteger(isNegative: first.isNegative, limbs: limbs))
        }
        if BigInteger.compareMagnitude(first.limbs, second.limbs) >= 0 {
            let limbs = BigInteger.subtractMagnitude(first.limbs, second.limbs)
            return Integer(BigInteger(isNegative: first.isNegative, limbs: limbs))
        }
        let limbs = BigInteger.subtractMagnitude(second.limbs, first.limbs)
        return Integer(BigInteger(isNegative: second.isNegative, limbs: limbs))
    }

    static func - (left: Integer, right: Integer) -> Integer {
        if case .small(let first) = left, case .small(let second) = right {
            let (difference, overflow) = first.subtractingReportingOverflow(second)
            if !overflow { return .small(difference) }
        }
        return left + right.negated
    }

    static func * (left: Integer, right: Integer) -> Integer {
        if case .small(let first) = left, case .small(let second) = right {
            let (product, overflow) = first.multipliedReportingOverflow(by: second)
            if !overflow { return .small(product) }
        }
        let (first, second) = (left.big, right.big)
        let limbs = BigInteger.multiplyMagnitude(first.limbs, second.limbs)
        return Integer(BigInteger(isNegative: first.isNegative != second.isNegative, limbs: limbs))
    }

    /// The quotient truncated towards zero and the remainder, with the sign of `self`. The divisor isn't zero.
    func divided(by other: Integer) -> (quotient: Integer, remainder: Integer) {
        if case .small(let left) = self, case .small(let right) = other, !(left == Int.min && right == -1) {
            let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
            return (.small(quotient), .small(remainder))
        }
        let (left, right) = (big, other.big)
        let (quotient, remainder) = BigInteger.divideMagnitude(left.limbs, right.limbs)
        return (
            Integer(BigInteger(isNegative: left.isNegative != right.isNegative, limbs: quotient)),
            Integer(BigInteger(isNegative: left.isNegative, limbs: remainder))
        )
    }

    /// 10 to the power `exponent` ≥ 0.
    static func powerOfTen(_ exponent: Int) -> Integer {
        if exponent <= 18 {
            var value = 1
            for _ in 0..<exponent { value *= 10 }
            return .small(value)
        }
        let half = powerOfTen(exponent / 2)
        return exponent % 2 == 0 ? half * half : half * half * .small(10)
    }
}

extension Integer: CustomStringConvertible {
    var description: String {
        switch self {
        case .small(let value): String(value)
        case .large(let value): (value.isNegative ? "-" : "") + value.magnitudeDigits
        }
    }
}
