/// `xs:duration` and the two ordered durations: months and nanoseconds, both of the same sign.
struct DurationValue: Sendable, Hashable {
    let months: Int
    let nanoseconds: Int128

    static let zero = DurationValue(uncheckedMonths: 0, 0)
    static let overflow = XPathError("FODT0002", "the duration is outside the supported range")
    private static let maximumNanoseconds = Int128(Int.max) * 1_000_000_000

    private init(uncheckedMonths months: Int, _ nanoseconds: Int128) {
        self.months = months
        self.nanoseconds = nanoseconds
    }

    /// Makes a duration; FODT0002 out of range.
    init(months: Int = 0, nanoseconds: Int128 = 0) throws(XPathError) {
        guard months != Int.min, abs(nanoseconds) <= Self.maximumNanoseconds else { throw Self.overflow }
        self.init(uncheckedMonths: months, nanoseconds)
    }

    /// The duration of minutes.
    init(minutes: Int) { self.init(uncheckedMonths: 0, Int128(minutes) * 60_000_000_000) }

    var isNegative: Bool { months < 0 || nanoseconds < 0 }
    var isZero: Bool { months == 0 && nanoseconds == 0 }

    var years: Int { months / 12 }
    var monthsOfYear: Int { months % 12 }
    var days: Int { Int(nanoseconds / Int128(CalendarValue.nanosecondsPerDay)) }
    var hours: Int { Int(nanoseconds / 3_600_000_000_000 % 24) }
    var minutes: Int { Int(nanoseconds / 60_000_000_000 % 60) }
    /// Seconds within the minute, in nanoseconds.
    var secondNanoseconds: Int { Int(nanoseconds % 60_000_000_000) }

    /// Reads the lexical form of `type`; nil if it is none.
    init?(_ text: Text, as type: AtomicType) throws(XPathError) {
        let text = text.trimmed
        var position = 0
        let count = text.byteCount
        func next() -> UInt8? { position < count ? text[position] : nil }
        let negative = next() == 0x2D
        if negative { position += 1 }
        guard next() == 0x50 else { return nil }
        position += 1
        var months = Int128(0)
        var nanoseconds = Int128(0)
        var inTime = false
        var lastRank = 0
        var isEmpty = true
        while let byte = next() {
            if byte == 0x54 {
                guard !inTime, position + 1 < count else { return nil }
                inTime = true
                lastRank = 3
                position += 1
                continue
            }
            let start = position
            while let digit = next(), isDigit(digit) { position += 1 }
            guard position > start, let whole = Integer(digits: text.slice(start, position).withBytes(Array.init))
            else {
                return nil
            }
            var fraction = 0
            var hasFraction = false
            if next() == 0x2E {
                position += 1
                hasFraction = true
                let fractionStart = position
                var unit = 100_000_000
                while let digit = next(), isDigit(digit) {
                    fraction += Int(digit - 0x30) * unit
                    unit /= 10
                    position += 1
                }
                guard position > fractionStart else { return nil }
            }
            guard let designator = next() else { return nil }
            position += 1
            let rank: Int
            switch (inTime, designator) {
            case (false, 0x59): rank = 1
            case (false, 0x4D): rank = 2
            case (false, 0x44): rank = 3
            case (true, 0x48): rank = 4
            case (true, 0x4D): rank = 5
            case (true, 0x53): rank = 6
            default: return nil
            }
            guard rank > lastRank, !hasFraction || rank == 6 else { return nil }
            if type == .yearMonthDuration && rank > 2 { return nil }
            if type == .dayTimeDuration && rank < 3 { return nil }
            guard let amount = whole.int.map({ Int128($0) }) else { throw Self.overflow }
            switch rank {
            case 1: months += amount * 12
            case 2: months += amount
            case 3: nanoseconds += amount * Int128(CalendarValue.nanosecondsPerDay)
            case 4: nanoseconds += amount * 3_600_000_000_000
            case 5: nanoseconds += amount * 60_000_000_000
            default: nanoseconds += amount * 1_000_000_000 + Int128(fraction)
            }
            lastRank = rank
            isEmpty = false
        }
        guard !isEmpty else { return nil }
        guard let wholeMonths = Int(exactly: negative ? -months : months) else { throw Self.overflow }
        try self.init(months: wholeMonths, nanoseconds: negative ? -nanoseconds : nanoseconds)
    }

    /// The canonical lexical form as `type`.
    func text(as type: AtomicType) -> String {
        if isZero { return type == .yearMonthDuration ? "P0M" : "PT0S" }
        var result = isNegative ? "-P" : "P"
        let (years, months) = (abs(self.years), abs(monthsOfYear))
        if years > 0 { result += "\(years)Y" }
        if months > 0 { result += "\(months)M" }
        if abs(days) > 0 { result += "\(abs(days))D" }
        let (hours, minutes, seconds) = (abs(self.hours), abs(self.minutes), abs(secondNanoseconds))
        if hours > 0 || minutes > 0 || seconds > 0 {
            result += "T"
            if hours > 0 { result += "\(hours)H" }
            if minutes > 0 { result += "\(minutes)M" }
            if seconds > 0 { result += "\(seconds / 1_000_000_000)\(fractionText(seconds % 1_000_000_000))S" }
        }
        return result
    }

    var negated: DurationValue { DurationValue(uncheckedMonths: -months, -nanoseconds) }

    func adding(_ other: DurationValue) throws(XPathError) -> DurationValue {
        let (sum, overflow) = months.addingReportingOverflow(other.months)
        guard !overflow else { throw Self.overflow }
        return try DurationValue(months: sum, nanoseconds: nanoseconds + other.nanoseconds)
    }

    /// The duration times a finite number: months round half up (F&O 10.6.3), nanoseconds towards the nearest.
    func multiplied(by factor: DecimalNumber) throws(XPathError) -> DurationValue {
        try scaled { number in number * factor }
    }

    /// The duration divided by a finite number that isn't zero.
    func divided(by divisor: DecimalNumber) throws(XPathError) -> DurationValue {
        try scaled { number in number.divided(by: divisor) }
    }

    private func scaled(_ change: (DecimalNumber) -> DecimalNumber) throws(XPathError) -> DurationValue {
        let wholeMonths = change(DecimalNumber(.small(months))).rounded(.halfUp).coefficient
        let whole = change(DurationValue.decimal(nanoseconds)).rounded(.halfUp).coefficient
        guard let newMonths = wholeMonths.int, let newNanoseconds = DurationValue.wide(whole) else {
            throw Self.overflow
        }
        return try DurationValue(months: newMonths, nanoseconds: newNanoseconds)
    }

    /// A wide integer as a decimal.
    static func decimal(_ value: Int128) -> DecimalNumber {
        if let small = Int(exactly: value) { return DecimalNumber(.small(small)) }
        let (high, low) = value.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
        return DecimalNumber(.small(Int(high)) * .powerOfTen(18) + .small(Int(low)))
    }

    private static func wide(_ value: Integer) -> Int128? {
        if let small = value.int { return Int128(small) }
        let (high, low) = value.divided(by: .powerOfTen(18))
        guard let first = high.int, let second = low.int, abs(first) < 1_000_000_000_000_000_000 else { return nil }
        return Int128(first) * 1_000_000_000_000_000_000 + Int128(second)
    }
}
