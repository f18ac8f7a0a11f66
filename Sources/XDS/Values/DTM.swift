/// A date and time, DTM: `YYYY[MM[DD[hh[mm[ss]]]]]`, in UTC.
///
/// Source: IHE ITI TF-3 table 4.2.3.1.7-2.
public struct DTM: Sendable, Hashable {
    /// The text as written.
    public let text: String
    /// Where it was read.
    public let place: ReadPlace

    /// Reads a text, well-formed or not.
    public init(_ text: String, place: ReadPlace = .init()) {
        self.text = text
        self.place = place
    }

    /// The second that is `seconds` after 1970-01-01T00:00:00Z, in 14 digits.
    public init(secondsSince1970 seconds: Int) {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = seconds - days * 86_400
        let (year, month, day) = Self.civil(days)
        self.init(
            Self.pad(year, 4) + Self.pad(month, 2) + Self.pad(day, 2) + Self.pad(rest / 3600, 2)
                + Self.pad(rest / 60 % 60, 2) + Self.pad(rest % 60, 2))
    }

    /// The leading digits.
    public var digits: String { String(text.prefix { $0.isASCII && $0.isNumber }) }
    /// What follows the digits: an offset or a fraction that XDS does not allow.
    public var suffix: String { String(text.dropFirst(digits.count)) }
    /// The UTC offset `+0100` or `-0500` of the suffix, or `Z`.
    public var offset: String? {
        guard let start = suffix.firstIndex(where: { "+-Z".contains($0) }) else { return nil }
        return String(suffix[start...])
    }
    /// Whether the suffix holds a fraction of a second.
    public var hasFraction: Bool { suffix.hasPrefix(".") }

    /// Whether it is digits only, of a legal length, and a date of the calendar.
    public var isValid: Bool { suffix.isEmpty && isCalendarDate }

    /// Whether the digits are of a legal length and a date of the calendar.
    public var isCalendarDate: Bool {
        let digits = Array(digits.utf8).map { Int($0) - 48 }
        guard [4, 6, 8, 10, 12, 14].contains(digits.count) else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        if digits.count >= 6, !(1...12).contains(number(4..<6)) { return false }
        if digits.count >= 8 {
            let month = number(4..<6)
            let year = number(0..<4)
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            if !(1...lengths[month - 1]).contains(number(6..<8)) { return false }
        }
        if digits.count >= 10, number(8..<10) > 23 { return false }
        if digits.count >= 12, number(10..<12) > 59 { return false }
        return digits.count < 14 || number(12..<14) <= 60
    }

    /// The first second that the value covers, in 14 digits: missing parts filled with the least.
    public var earliest: String { Self.fill(digits, with: "00000101000000") }
    /// The last second that the value covers, in 14 digits.
    public var latest: String { Self.fill(digits, with: "99991231235959") }

    private static func fill(_ digits: String, with pattern: String) -> String {
        digits.count >= 14 ? String(digits.prefix(14)) : digits + String(pattern.dropFirst(digits.count))
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// The Gregorian date of a day counted from 1970-01-01.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
