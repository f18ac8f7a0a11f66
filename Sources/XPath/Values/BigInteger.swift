/// An integer of any size up to `maximumLimbs`, as sign and magnitude in base 2³².
///
/// Only numbers that don't fit `Int` are kept in it: see `Integer`.
struct BigInteger: Sendable, Hashable {
    var isNegative: Bool
    /// Least significant first, without leading zeros.
    var limbs: [UInt32]

    /// About 10,000 decimal digits: a bound that no real number meets and no hostile one passes.
    static let maximumLimbs = 1040

    init(isNegative: Bool, limbs: [UInt32]) {
        var limbs = limbs
        while limbs.last == 0 { limbs.removeLast() }
        self.limbs = limbs
        self.isNegative = isNegative && !limbs.isEmpty
    }

    init(_ value: Int) {
        let magnitude = value.magnitude
        self.init(isNegative: value < 0, limbs: [UInt32(truncatingIfNeeded: magnitude), UInt32(magnitude >> 32)])
    }

    /// The value as `Int`, if it fits.
    var int: Int? {
        guard limbs.count <= 2 else { return nil }
        var magnitude: UInt64 = 0
        for limb in limbs.reversed() { magnitude = magnitude << 32 | UInt64(limb) }
        if isNegative { return magnitude <= UInt64(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
        return magnitude <= UInt64(Int.max) ? Int(magnitude) : nil
    }

    static func compareMagnitude(_ left: [UInt32], _ right: [UInt32]) -> Int {
        if left.count != right.count { return left.count - right.count }
        var index = left.count - 1
        while index >= 0 {
            if left[index] != right[index] { return left[index] < right[index] ? -1 : 1 }
            index -= 1
        }
        return 0
    }

    static func addMagnitude(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        var result: [UInt32] = []
        result.reserveCapacity(long.count + 1)
        var carry: UInt64 = 0
        for index in long.indices {
            carry += UInt64(long[index]) + (index < short.count ? UInt64(short[index]) : 0)
            result.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        if carry != 0 { result.append(UInt32(carry)) }
        return result
    }

    /// `left` − `right` where `left` ≥ `right`.
    static func subtractMagnitude(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result = left
        var borrow: Int64 = 0
        for index in result.indices {
            var difference = Int64(result[index]) - borrow - (index < right.count ? Int64(right[index]) : 0)
            borrow = difference < 0 ? 1 : 0
            if difference < 0 { difference += 1 << 32 }
            result[index] = UInt32(difference)
        }
        return result
    }

    static func multiplyMagnitude(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        guard !left.isEmpty, !right.isEmpty else { return [] }
        var result = [UInt32](repeating: 0, count: left.count + right.count)
        for index in left.indices {
            var carry: UInt64 = 0
            let factor = UInt64(left[index])
            for other in right.indices {
                carry += factor * UInt64(right[other]) + UInt64(result[index + other])
                result[index + other] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            result[index + right.count] = UInt32(carry)
        }
        return result
    }

    /// Divides a magnitude by a small number in place and gives the remainder.
    static func divide(_ limbs: inout [UInt32], by divisor: UInt32) -> UInt32 {
        var remainder: UInt64 = 0
        var index = limbs.count - 1
        while index >= 0 {
            let value = remainder << 32 | UInt64(limbs[index])
            limbs[index] = UInt32(value / UInt64(divisor))
            remainder = value % UInt64(divisor)
            index -= 1
        }
        while limbs.last == 0 { limbs.removeLast() }
        return UInt32(remainder)
    }

    /// Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D.
    static func divideMagnitude(_ left: [UInt32], _ right: [UInt32]) -> (quotient: [UInt32], remainder: [UInt32]) {
        if compareMagnitude(left, right) < 0 { return ([], left) }
        if right.count == 1 {
            var quotient = left
            let remainder = divide(&quotient, by: right[0])
            return (quotient, remainder == 0 ? [] : [remainder])
        }
        let shift = UInt32(right[right.count - 1].leadingZeroBitCount)
        let divisor = shifted(right, by: shift)
        var dividend = shifted(left, by: shift)
        if dividend.count == left.count { dividend.append(0) }
        let size = divisor.count
        var quotient = [UInt32](repeating: 0, count: dividend.count - size)
        let top = UInt64(divisor[size - 1])
        let second = UInt64(divisor[size - 2])
        var position = quotient.count - 1
        while position >= 0 {
            let numerator = UInt64(dividend[position + size]) << 32 | UInt64(dividend[position + size - 1])
            var estimate = numerator / top
            var rest = numerator % top
            while estimate >> 32 != 0 || estimate * second > (rest << 32 | UInt64(dividend[position + size - 2])) {
                estimate -= 1
                rest += top
                if rest >> 32 != 0 { break }
            }
            var borrow: Int64 = 0
            var carry: UInt64 = 0
            for index in 0..<size {
                carry += estimate * UInt64(divisor[index])
                let value = Int64(dividend[position + index]) - borrow - Int64(carry & 0xFFFF_FFFF)
                carry >>= 32
                dividend[position + index] = UInt32(truncatingIfNeeded: value)
                borrow = value < 0 ? 1 : 0
            }
            let value = Int64(dividend[position + size]) - borrow - Int64(carry)
            dividend[position + size] = UInt32(truncatingIfNeeded: value)
            if value < 0 {
                estimate -= 1
                var sum: UInt64 = 0
                for index in 0..<size {
                    sum += UInt64(dividend[position + index]) + UInt64(divisor[index])
                    dividend[position + index] = UInt32(truncatingIfNeeded: sum)
                    sum >>= 32
                }
                dividend[position + size] = dividend[position + size] &+ UInt32(truncatingIfNeeded: sum)
            }
            quotient[position] = UInt32(truncatingIfNeeded: estimate)
            position -= 1
        }
        var remainder = Array(dividend[0..<size])
        if shift > 0 {
            for index in 0..<size {
                let high = index + 1 < size ? remainder[index + 1] : 0
                remainder[index] = remainder[index] >> shift | high << (32 - shift)
            }
        }
        while remainder.last == 0 { remainder.removeLast() }
        while quotient.last == 0 { quotient.removeLast() }
        return (quotient, remainder)
    }

    private static func shifted(_ limbs: [UInt32], by shift: UInt32) -> [UInt32] {
        guard shift > 0 else { return limbs }
        var result: [UInt32] = []
        result.reserveCapacity(limbs.count + 1)
        var carry: UInt32 = 0
        for limb in limbs {
            result.append(limb << shift | carry)
            carry = limb >> (32 - shift)
        }
        if carry != 0 { result.append(carry) }
        return result
    }

    /// The decimal digits of the magnitude.
    var magnitudeDigits: String {
        var limbs = limbs
        var groups: [UInt32] = []
        while !limbs.isEmpty { groups.append(BigInteger.divide(&limbs, by: 1_000_000_000)) }
        guard let first = groups.last else { return "0" }
        var result = String(first)
        for group in groups.dropLast().reversed() {
            let text = String(group)
            result += String(repeating: "0", count: 9 - text.utf8.count) + text
        }
        return result
    }
}
