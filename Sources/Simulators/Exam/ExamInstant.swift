/// An instant of the exam with the offset of its place, in the writings of CDA, DICOM and XDS.
public struct ExamInstant: Sendable, Hashable {
    /// Fourteen digits, local: `20260312093000`.
    public let local: String
    /// Minutes east of UTC.
    public let offset: Int

    /// An instant; nil unless `local` is a date and time of fourteen digits.
    public init?(_ local: String, offset: Int = 60) {
        guard local.utf8.count == 14, local.utf8.allSatisfy({ (48...57).contains($0) }), abs(offset) <= 14 * 60 else {
            return nil
        }
        self.local = local
        self.offset = offset
    }

    init(known local: String) {
        self.local = local
        offset = 60
    }

    /// `20260312093000+0100`.
    public var cda: String { local + zone }
    /// `+0100`, as (0008,0201).
    public var zone: String {
        let minutes = abs(offset)
        return (offset < 0 ? "-" : "+") + Self.padded(minutes / 60, 2) + Self.padded(minutes % 60, 2)
    }
    /// `20260312`.
    public var date: String { String(local.prefix(8)) }
    /// `093000`.
    public var time: String { String(local.suffix(6)) }

    /// Fourteen digits in UTC, as XDS metadata.
    public var utc: String {
        let digits = local.utf8.map { Int($0) - 48 }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        let minutes = number(8..<10) * 60 + number(10..<12) - offset
        let shift = minutes < 0 ? -1 : minutes / 1440
        let day = Self.days(year: number(0..<4), month: number(4..<6), day: number(6..<8)) + shift
        let (year, month, date) = Self.civil(day)
        let rest = minutes - shift * 1440
        return Self.padded(year, 4) + Self.padded(month, 2) + Self.padded(date, 2) + Self.padded(rest / 60, 2)
            + Self.padded(rest % 60, 2) + Self.padded(number(12..<14), 2)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
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
