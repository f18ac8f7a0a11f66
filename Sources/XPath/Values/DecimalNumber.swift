/// `xs:decimal`: coefficient × 10^−scale, without trailing zeros, so that equal numbers are equal values.
struct DecimalNumber: Sendable, Hashable {
    let coefficient: Integer
    let scale: Int

    /// The digits after the point that a division keeps at least, as Saxon does.
    static let divisionScale = 18

    init(_ coefficient: Integer, scale: Int = 0) {
        var coefficient = coefficient
        var scale = scale
        if coefficient.isZero { scale = 0 }
        if case .small(var value) = coefficient {
            while scale > 0, value % 10 == 0 {
                value /= 10
                scale -= 1
            }
            coefficient = .small(value)
        } else {
            while scale > 0 {
                let (quotient, remainder) = coefficient.divided(by: .small(10))
                guard remainder.isZero else { break }
                coefficient = quotient
                scale -= 1
            }
        }
        self.coefficient = coefficient
        self.scale = scale
    }

    /// Reads `[+-]? (digits [. digits?] | . digits)`.
    init?(_ text: Text) {
        guard text.byteCount <= 10_010 else { return nil }
        var digits: [UInt8] = []
        digits.reserveCapacity(text.byteCount)
        var scale = 0
        var seenPoint = false
        var seenDigit = false
        for offset in 0..<text.byteCount {
            let byte = text[offset]
            if isDigit(byte) {
                digits.append(byte)
                seenDigit = true
                if seenPoint { scale += 1 }
            } else if byte == 0x2E && !seenPoint {
                seenPoint = true
            } else if offset == 0 && (byte == 0x2B || byte == 0x2D) {
                digits.append(byte)
            } else {
                return nil
            }
        }
        guard seenDigit, let coefficient = Integer(digits: digits) else { return nil }
        self.init(coefficient, scale: scale)
    }

    /// The exact value of a finite double.
    init(exactly value: Double) {
        guard value != 0 else {
            self.init(.zero)
            return
        }
        let exponent = Int(value.exponent)
        if exponent >= 52 {
            self.init(Integer(truncating: value))
            return
        }
        // significand × 2^(exponent − 52) = significand × 5^k × 10^−k
        var significand = Int(value.isNormal ? value.significandBitPattern | (1 << 52) : value.significandBitPattern)
        var power = value.isNormal ? 52 - exponent : 1074
        while power > 0, significand & 1 == 0 {
            significand >>= 1
            power -= 1
        }
        var scaled = Integer.small(value < 0 ? -significand : significand)
        var remaining = power
        while remaining > 0 {
            let step = min(remaining, 26)
            var five = 1
            for _ in 0..<step { five *= 5 }
            scaled = scaled * .small(five)
            remaining -= step
        }
        self.init(scaled, scale: power)
    }

    var isInteger: Bool { scale == 0 }
    var isZero: Bool { coefficient.isZero }
    var isNegative: Bool { coefficient.isNegative }
    var isWithinLimit: Bool { coefficient.isWithinLimit && scale <= 10_000 }

    /// The integer part, towards zero.
    var truncated: Integer {
        scale == 0 ? coefficient : coefficient.divided(by: .powerOfTen(scale)).quotient
    }

    /// The nearest double.
    var double: Double {
        if scale == 0 { return coefficient.double }
        if case .small(let value) = coefficient, value.magnitude < 1 << 53, scale <= 22 {
            return Double(value) / Self.powers[scale]
        }
        return Double("\(coefficient)e-\(scale)") ?? 0
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The coefficient at a greater scale.
    private func coefficient(at wanted: Int) -> Integer {
        wanted == scale ? coefficient : coefficient * .powerOfTen(wanted - scale)
    }

    func order(_ other: DecimalNumber) -> Int {
        let common = max(scale, other.scale)
        return coefficient(at: common).order(other.coefficient(at: common))
    }

    var negated: DecimalNumber { DecimalNumber(coefficient.negated, scale: scale) }

    static func + (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber {
        let common = max(left.scale, right.scale)
        return DecimalNumber(left.coefficient(at: common) + right.coefficient(at: common), scale: common)
    }

    static func - (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber { left + right.negated }

    static func * (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber {
        DecimalNumber(left.coefficient * right.coefficient, scale: left.scale + right.scale)
    }

    /// The quotient, rounded half down at 18 digits after the point or the greater scale of the two.
    func divided(by other: DecimalNumber) -> DecimalNumber {
        let wanted = max(Self.divisionScale, max(scale, other.scale))
        // (a / 10^s) / (b / 10^t) = a × 10^(t + wanted − s) / b at scale `wanted`.
        let shift = other.scale + wanted - scale
        let numerator = coefficient * .powerOfTen(shift)
        var (quotient, remainder) = numerator.divided(by: other.coefficient)
        let twice = remainder.magnitude + remainder.magnitude
        if twice.order(other.coefficient.magnitude) > 0 {
            quotient = quotient + .small(numerator.isNegative == other.coefficient.isNegative ? 1 : -1)
        }
        return DecimalNumber(quotient, scale: wanted)
    }

    /// The integer quotient towards zero and the remainder with the sign of `self`.
    func quotientAndRemainder(by other: DecimalNumber) -> (quotient: Integer, remainder: DecimalNumber) {
        let common = max(scale, other.scale)
        let (quotient, remainder) = coefficient(at: common).divided(by: other.coefficient(at: common))
        return (quotient, DecimalNumber(remainder, scale: common))
    }

    /// How a digit that falls away changes the one before it.
    enum Rounding { case floor, ceiling, halfUp, halfEven }

    /// The number rounded at `digits` after the point (negative: before it).
    func rounded(_ rounding: Rounding, digits: Int = 0) -> DecimalNumber {
        if digits >= scale { return self }
        guard scale - digits <= 20_000 else { return DecimalNumber(.zero) }
        let unit = Integer.powerOfTen(scale - digits)
        var (quotient, remainder) = coefficient.divided(by: unit)
        let negative = coefficient.isNegative
        let half = (remainder.magnitude + remainder.magnitude).order(unit)
        switch rounding {
        case .floor: if !remainder.isZero && negative { quotient = quotient - .one }
        case .ceiling: if !remainder.isZero && !negative { quotient = quotient + .one }
        case .halfUp:
            // F&O 6.4.4: towards positive infinity when two are equally near.
            if half > 0 || (half == 0 && !negative) { quotient = quotient + .small(negative ? -1 : 1) }
        case .halfEven:
            if half > 0 || (half == 0 && quotient.isOdd) { quotient = quotient + .small(negative ? -1 : 1) }
        }
        if digits < 0 { return DecimalNumber(quotient * .powerOfTen(-digits)) }
        return DecimalNumber(quotient, scale: digits)
    }
}

extension DecimalNumber: CustomStringConvertible {
    /// The canonical form: no exponent, no point for an integer.
    var description: String {
        let digits = coefficient.magnitude.description
        let sign = coefficient.isNegative ? "-" : ""
        guard scale > 0 else { return sign + digits }
        let count = digits.utf8.count
        if count <= scale { return "\(sign)0." + String(repeating: "0", count: scale - count) + digits }
        return sign + digits.prefix(count - scale) + "." + digits.suffix(scale)
    }
}
