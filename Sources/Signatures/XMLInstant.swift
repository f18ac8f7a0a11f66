public import Foundation

/// An instant as XML Schema writes it: `2026-11-24T13:00:00.123Z`.
public struct XMLInstant: Sendable, Hashable {
    public let date: Date
    /// Whether it was written in UTC: with `Z`.
    public let isUTC: Bool
    /// Whether it has a zone at all; without, it was taken as UTC.
    public let hasZone: Bool

    /// Reads an `xs:dateTime`; nil where it is none.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        func number(_ count: Int, _ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
            rest = rest.dropFirst(count)
            let value = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
            return range.contains(value) ? value : nil
        }
        func sign(_ expected: Character) -> Bool {
            guard rest.first == expected.asciiValue else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4, 1...9999), sign("-"), let month = number(2, 1...12), sign("-"),
            let day = number(2, 1...31), sign("T"), let hour = number(2, 0...23), sign(":"),
            let minute = number(2, 0...59), sign(":"), let second = number(2, 0...60)
        else { return nil }
        var fraction = 0.0
        if sign(".") {
            let digits = rest.prefix { (48...57).contains($0) }
            guard !digits.isEmpty, digits.count <= 18 else { return nil }
            fraction = Double("0." + String(decoding: digits, as: UTF8.self)) ?? 0
            rest = rest.dropFirst(digits.count)
        }
        var offset = 0
        isUTC = rest.elementsEqual("Z".utf8)
        hasZone = !rest.isEmpty
        if !isUTC, hasZone {
            let isEast = rest.first == UInt8(ascii: "+")
            guard isEast || rest.first == UInt8(ascii: "-") else { return nil }
            rest = rest.dropFirst()
            guard let hours = number(2, 0...14), sign(":"), let minutes = number(2, 0...59), rest.isEmpty else {
                return nil
            }
            offset = (hours * 60 + minutes) * (isEast ? 60 : -60)
        }
        guard day <= Self.length(month, year) else { return nil }
        let days = Self.days(year, month, day)
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset
        date = Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// `2026-11-24T13:00:00Z`, with milliseconds where asked.
    public static func text(_ date: Date, milliseconds: Bool = false) -> String {
        let total = Int((date.timeIntervalSince1970 * 1000).rounded(.down))
        let (seconds, rest) = (total.floored(1000), total - total.floored(1000) * 1000)
        let day = seconds.floored(86_400)
        let time = seconds - day * 86_400
        let (year, month, date) = civil(day)
        let clock = "\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
        let fraction = milliseconds ? ".\(padded(rest, 3))" : ""
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))T\(clock)\(fraction)Z"
    }

    private static func padded(_ value: Int, _ count: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    private static func length(_ month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    // Days from 1970-01-01 and back, of the proleptic Gregorian calendar: eras of 400 years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floored(400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.floored(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }
}

extension Int {
    /// The quotient rounded down.
    fileprivate func floored(_ divisor: Int) -> Int { self >= 0 ? self / divisor : (self - divisor + 1) / divisor }
}
