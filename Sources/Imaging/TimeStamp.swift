/// A date and time of the field: `YYYY[MM[DD[HH[MM[SS[.f…]]]]]][±ZZZZ]` of CDA and HL7, or DICOM's date and time joined.
public struct TimeStamp: Sendable, Hashable {
    /// As it was written.
    public let text: String
    /// The digits before a fraction and an offset.
    public let digits: String
    /// Minutes east of UTC; nil where none is written.
    public let offset: Int?

    /// Reads a time; nil where it has not the form or names no real date.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let digitCount = bytes.prefix { (48...57).contains($0) }.count
        guard [4, 6, 8, 10, 12, 14].contains(digitCount) else { return nil }
        var rest = bytes[digitCount...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst().drop { (48...57).contains($0) }
        }
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            let zone = rest.dropFirst().map { Int($0) - 48 }
            guard zone.count == 4, zone.allSatisfy({ (0...9).contains($0) }) else { return nil }
            let minutes = (zone[0] * 10 + zone[1]) * 60 + zone[2] * 10 + zone[3]
            offset = sign == UInt8(ascii: "-") ? -minutes : minutes
            rest = []
        } else {
            offset = nil
        }
        guard rest.isEmpty else { return nil }
        self.text = text
        digits = String(decoding: bytes[..<digitCount], as: UTF8.self)
        let month = part(4, 2, least: 1)
        guard (1...12).contains(month),
            (1...Self.length(ofMonth: month, year: part(0, 4, least: 0))).contains(part(6, 2, least: 1)),
            part(8, 2, least: 0) < 24, part(10, 2, least: 0) < 60, part(12, 2, least: 0) <= 60
        else { return nil }
    }

    /// Seconds since 1970-01-01 in UTC, a time without offset taken as UTC; finer parts that are not written count as
    /// their least.
    public var seconds: Int { secondsAsWritten - (offset ?? 0) * 60 }

    /// Seconds since 1970-01-01 of the digits, whatever the offset.
    public var secondsAsWritten: Int {
        let days = Calendar.days(year: part(0, 4, least: 0), month: part(4, 2, least: 1), day: part(6, 2, least: 1))
        return ((days * 24 + part(8, 2, least: 0)) * 60 + part(10, 2, least: 0)) * 60 + part(12, 2, least: 0)
    }

    /// Fourteen digits of an instant in UTC.
    public static func utc(seconds: Int) -> String {
        let (day, rest) = (
            seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400, ((seconds % 86_400) + 86_400) % 86_400
        )
        let (year, month, date) = Calendar.civil(day)
        return padded(year, 4) + padded(month, 2) + padded(date, 2) + padded(rest / 3600, 2)
            + padded(rest / 60 % 60, 2) + padded(rest % 60, 2)
    }

    /// The fourteen digits of this instant in UTC.
    public var utc: String { Self.utc(seconds: seconds) }

    private func part(_ start: Int, _ length: Int, least: Int) -> Int {
        let bytes = Array(digits.utf8)
        guard start + length <= bytes.count else { return least }
        return bytes[start..<start + length].reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

/// Days of the proleptic Gregorian calendar, counted from 1970-01-01.
private enum Calendar {
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }
}
