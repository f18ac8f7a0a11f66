/// A point or a period of the calendar: `xs:dateTime`, `xs:date`, `xs:time` and the `xs:g…` types.
///
/// The components that a type lacks hold the reference values of F&O 10.4 (1972-12-31), so that all are compared alike.
struct CalendarValue: Sendable, Hashable {
    /// Astronomical: 0 is the year before 1 (XML Schema 1.1).
    var year: Int
    var month: Int
    var day: Int
    /// Nanoseconds since midnight.
    var nanoseconds: Int
    /// Minutes east of UTC, or nil.
    var timezone: Int?

    static let nanosecondsPerDay = 86_400_000_000_000
    /// Years beyond are refused with FODT0001.
    static let maximumYear = 2_147_483_647

    init(year: Int = 1972, month: Int = 12, day: Int = 31, nanoseconds: Int = 0, timezone: Int? = nil) {
        self.year = year
        self.month = month
        self.day = day
        self.nanoseconds = nanoseconds
        self.timezone = timezone
    }

    var hour: Int { nanoseconds / 3_600_000_000_000 }
    var minute: Int { nanoseconds / 60_000_000_000 % 60 }
    /// Seconds within the minute, in nanoseconds.
    var secondNanoseconds: Int { nanoseconds % 60_000_000_000 }

    /// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date that is `days` after 1970-01-01.
    static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func lastDay(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z, with `implicit` minutes where there is no time zone.
    func instant(implicit: Int) -> Int128 {
        let days = Self.days(year: year, month: month, day: day)
        let offset = (timezone ?? implicit) * 60_000_000_000
        return Int128(days) * Int128(Self.nanosecondsPerDay) + Int128(nanoseconds - offset)
    }

    /// The value that is `delta` later, in the same time zone. FODT0001 out of range.
    func adding(nanoseconds delta: Int128) throws(XPathError) -> CalendarValue {
        let perDay = Int128(Self.nanosecondsPerDay)
        let total = Int128(nanoseconds) + delta
        var dayShift = total / perDay
        var rest = total % perDay
        if rest < 0 {
            rest += perDay
            dayShift -= 1
        }
        let days = Int128(Self.days(year: year, month: month, day: day)) + dayShift
        guard abs(days) < Int128(Self.maximumYear) * 366 else { throw Self.overflow }
        var result = self
        (result.year, result.month, result.day) = Self.date(days: Int(days))
        result.nanoseconds = Int(rest)
        guard abs(result.year) <= Self.maximumYear else { throw Self.overflow }
        return result
    }

    /// The value `months` later; the day is the last of the month if there is no such day.
    func adding(months: Int) throws(XPathError) -> CalendarValue {
        let (sum, overflow) = (month - 1).addingReportingOverflow(months)
        guard !overflow else { throw Self.overflow }
        var result = self
        let carry = sum >= 0 ? sum / 12 : (sum - 11) / 12
        result.year = year + carry
        result.month = sum - carry * 12 + 1
        guard abs(result.year) <= Self.maximumYear else { throw Self.overflow }
        result.day = min(day, Self.lastDay(year: result.year, month: result.month))
        return result
    }

    static let overflow = XPathError("FODT0001", "the date is outside the supported range of years")

    /// The same instant told in another time zone; without one before or after, only the zone changes.
    func adjusted(to zone: Int?) throws(XPathError) -> CalendarValue {
        var result = self
        if let zone, let timezone {
            result = try adding(nanoseconds: Int128(zone - timezone) * 60_000_000_000)
        }
        result.timezone = zone
        return result
    }
}

// MARK: - Text

extension CalendarValue {
    /// Reads the lexical form of `type`; nil if it is none. FODT0001 for a year that is too large.
    init?(_ text: Text, as type: AtomicType) throws(XPathError) {
        var reader = CalendarReader(text: text.trimmed)
        var value = CalendarValue()
        let base = type.base
        switch base {
        case .dateTime, .date, .gYearMonth, .gYear:
            guard let year = reader.year() else { return nil }
            value.year = year.value
            if base == .gYear {
                value.month = 1
                value.day = 1
                if year.isTooLarge { throw Self.overflow }
                break
            }
            guard reader.take(0x2D), let month = reader.two(1, 12) else { return nil }
            value.month = month
            value.day = 1
            if base == .gYearMonth {
                if year.isTooLarge { throw Self.overflow }
                break
            }
            guard reader.take(0x2D), let day = reader.two(1, 31) else { return nil }
            if year.isTooLarge { throw Self.overflow }
            guard day <= Self.lastDay(year: year.value, month: month) else { return nil }
            value.day = day
            if base == .dateTime {
                guard reader.take(0x54), let time = reader.time() else { return nil }
                value.nanoseconds = time
            }
        case .time:
            guard let time = reader.time() else { return nil }
            value.nanoseconds = time % Self.nanosecondsPerDay
        case .gMonthDay:
            guard reader.take(0x2D), reader.take(0x2D), let month = reader.two(1, 12), reader.take(0x2D),
                let day = reader.two(1, 31), day <= Self.lastDay(year: 1972, month: month)
            else { return nil }
            value.month = month
            value.day = day
        case .gMonth:
            guard reader.take(0x2D), reader.take(0x2D), let month = reader.two(1, 12) else { return nil }
            value.month = month
            value.day = 1
        case .gDay:
            guard reader.take(0x2D), reader.take(0x2D), reader.take(0x2D), let day = reader.two(1, 31) else {
                return nil
            }
            value.day = day
        default:
            return nil
        }
        guard let zone = reader.timezone() else { return nil }
        value.timezone = zone.minutes
        if type == .dateTimeStamp && zone.minutes == nil { return nil }
        if value.nanoseconds == Self.nanosecondsPerDay {
            value.nanoseconds = 0
            value = try value.adding(nanoseconds: Int128(Self.nanosecondsPerDay))
        }
        self = value
    }

    /// The canonical lexical form as `type`.
    func text(as type: AtomicType) -> String {
        var result = ""
        switch type.base {
        case .dateTime: result = "\(yearText)-\(pad(month))-\(pad(day))T\(timeText)"
        case .date: result = "\(yearText)-\(pad(month))-\(pad(day))"
        case .time: result = timeText
        case .gYearMonth: result = "\(yearText)-\(pad(month))"
        case .gYear: result = yearText
        case .gMonthDay: result = "--\(pad(month))-\(pad(day))"
        case .gMonth: result = "--\(pad(month))"
        default: result = "---\(pad(day))"
        }
        if let timezone {
            if timezone == 0 { return result + "Z" }
            let minutes = abs(timezone)
            result += "\(timezone < 0 ? "-" : "+")\(pad(minutes / 60)):\(pad(minutes % 60))"
        }
        return result
    }

    private var yearText: String {
        let digits = String(abs(year))
        return (year < 0 ? "-" : "") + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    private var timeText: String {
        let seconds = secondNanoseconds / 1_000_000_000
        return "\(pad(hour)):\(pad(minute)):\(pad(seconds))" + fractionText(secondNanoseconds % 1_000_000_000)
    }

    private func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}

/// The digits after the point of a second, with the point; empty if there are none.
func fractionText(_ nanoseconds: Int) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = String(nanoseconds)
    digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
    while digits.utf8.last == 0x30 { digits.removeLast() }
    return "." + digits
}

/// Reads the parts of a calendar value from bytes.
private struct CalendarReader {
    let text: Text
    var position = 0

    var next: UInt8? { position < text.byteCount ? text[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func two(_ lower: Int, _ upper: Int) -> Int? {
        guard position + 2 <= text.byteCount, isDigit(text[position]), isDigit(text[position + 1]) else { return nil }
        let value = Int(text[position] - 0x30) * 10 + Int(text[position + 1] - 0x30)
        position += 2
        return value >= lower && value <= upper ? value : nil
    }

    mutating func year() -> (value: Int, isTooLarge: Bool)? {
        let negative = take(0x2D)
        let start = position
        var value = 0
        while let digit = next, isDigit(digit) {
            value = min(value * 10 + Int(digit - 0x30), CalendarValue.maximumYear + 1)
            position += 1
        }
        let count = position - start
        guard count >= 4, count == 4 || text[start] != 0x30 else { return nil }
        return (negative ? -value : value, value > CalendarValue.maximumYear)
    }

    /// Nanoseconds since midnight; exactly one day for 24:00:00.
    mutating func time() -> Int? {
        guard let hour = two(0, 24), take(0x3A), let minute = two(0, 59), take(0x3A), let second = two(0, 59) else {
            return nil
        }
        var fraction = 0
        if take(0x2E) {
            var unit = 100_000_000
            let start = position
            var hasRest = false
            while let digit = next, isDigit(digit) {
                fraction += Int(digit - 0x30) * unit
                if unit == 0 && digit != 0x30 { hasRest = true }
                unit /= 10
                position += 1
            }
            guard position > start else { return nil }
            if hour == 24 && hasRest { return nil }
        }
        if hour == 24 && (minute > 0 || second > 0 || fraction > 0) { return nil }
        return ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + fraction
    }

    /// The time zone up to the end of the text; nil if what is left is none.
    mutating func timezone() -> (minutes: Int?, Void)? {
        if position == text.byteCount { return (nil, ()) }
        if take(0x5A) { return position == text.byteCount ? (0, ()) : nil }
        let negative = next == 0x2D
        guard negative || next == 0x2B else { return nil }
        position += 1
        guard let hours = two(0, 14), take(0x3A), let minutes = two(0, 59), position == text.byteCount,
            hours < 14 || minutes == 0
        else { return nil }
        let total = hours * 60 + minutes
        return (negative ? -total : total, ())
    }
}
