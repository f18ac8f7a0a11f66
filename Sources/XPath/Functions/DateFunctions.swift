/// F&O 10: dates, times and durations.
enum DateFunctions {
    static let all: [Function] = durations + dateTimes + dates + times + adjustments

    private static let durations: [Function] = [
        part("years-from-duration") { .integer($0.years) },
        part("months-from-duration") { .integer($0.monthsOfYear) },
        part("days-from-duration") { .integer($0.days) },
        part("hours-from-duration") { .integer($0.hours) },
        part("minutes-from-duration") { .integer($0.minutes) },
        part("seconds-from-duration") { seconds($0.secondNanoseconds) },
    ]

    private static let dateTimes: [Function] = [
        Function("dateTime($arg1 as xs:date?, $arg2 as xs:time?) as xs:dateTime?") { (call) throws(XPathError) in
            guard let date = call.calendar(0), let time = call.calendar(1) else { return .empty }
            if let first = date.timezone, let second = time.timezone, first != second {
                throw XPathError("FORG0008", "the date and the time are in different time zones")
            }
            let value = CalendarValue(
                year: date.year, month: date.month, day: date.day, nanoseconds: time.nanoseconds,
                timezone: date.timezone ?? time.timezone)
            return .atomic(.calendar(value, .dateTime))
        },
        component("year-from-dateTime", "xs:dateTime") { .integer($0.year) },
        component("month-from-dateTime", "xs:dateTime") { .integer($0.month) },
        component("day-from-dateTime", "xs:dateTime") { .integer($0.day) },
        component("hours-from-dateTime", "xs:dateTime") { .integer($0.hour) },
        component("minutes-from-dateTime", "xs:dateTime") { .integer($0.minute) },
        component("seconds-from-dateTime", "xs:dateTime") { seconds($0.secondNanoseconds) },
        component("timezone-from-dateTime", "xs:dateTime") { zone($0) },
    ]

    private static let dates: [Function] = [
        component("year-from-date", "xs:date") { .integer($0.year) },
        component("month-from-date", "xs:date") { .integer($0.month) },
        component("day-from-date", "xs:date") { .integer($0.day) },
        component("timezone-from-date", "xs:date") { zone($0) },
    ]

    private static let times: [Function] = [
        component("hours-from-time", "xs:time") { .integer($0.hour) },
        component("minutes-from-time", "xs:time") { .integer($0.minute) },
        component("seconds-from-time", "xs:time") { seconds($0.secondNanoseconds) },
        component("timezone-from-time", "xs:time") { zone($0) },
    ]

    private static let adjustments: [Function] = [
        adjustment("adjust-dateTime-to-timezone", .dateTime),
        adjustment("adjust-date-to-timezone", .date),
        adjustment("adjust-time-to-timezone", .time),
    ]

    private static func part(_ name: String, _ value: @escaping @Sendable (DurationValue) -> Atomic) -> Function {
        let result = name.hasPrefix("seconds") ? "xs:decimal?" : "xs:integer?"
        return Function("\(name)($arg as xs:duration?) as \(result)") { (call) throws(XPathError) in
            Value(call.duration(0).map(value))
        }
    }

    private static func component(
        _ name: String, _ type: String, _ value: @escaping @Sendable (CalendarValue) -> Atomic?
    ) -> Function {
        let result =
            name.hasPrefix("seconds")
            ? "xs:decimal?" : name.hasPrefix("timezone") ? "xs:dayTimeDuration?" : "xs:integer?"
        return Function("\(name)($arg as \(type)?) as \(result)") { (call) throws(XPathError) in
            Value(call.calendar(0).flatMap(value))
        }
    }

    private static func seconds(_ nanoseconds: Int) -> Atomic {
        .decimal(DecimalNumber(.small(nanoseconds), scale: 9))
    }

    private static func zone(_ value: CalendarValue) -> Atomic? {
        value.timezone.map { .dayTime(DurationValue(minutes: $0)) }
    }

    private static func adjustment(_ name: String, _ type: AtomicType) -> Function {
        Function("\(name)($arg as \(type)?[, $timezone as xs:dayTimeDuration?]) as \(type)?") {
            (call) throws(XPathError) in
            guard let value = call.calendar(0) else { return .empty }
            var zone: Int? = call.implicitTimezone
            if call.count > 1 {
                zone = try call.duration(1).map { (duration) throws(XPathError) in try minutes(duration) }
            }
            var adjusted: CalendarValue
            switch type {
            case .date:
                adjusted = try value.adjusted(to: zone)
                adjusted.nanoseconds = 0
            case .time:
                let shifted = try value.adjusted(to: zone)
                adjusted = CalendarValue(nanoseconds: shifted.nanoseconds, timezone: shifted.timezone)
            default: adjusted = try value.adjusted(to: zone)
            }
            return .atomic(.calendar(adjusted, type))
        }
    }

    /// A time zone: whole minutes, at most 14 hours (F&O 10.7).
    private static func minutes(_ duration: DurationValue) throws(XPathError) -> Int {
        guard duration.nanoseconds % 60_000_000_000 == 0, abs(duration.nanoseconds) <= 50_400_000_000_000 else {
            throw XPathError("FODT0003", "\(duration.text(as: .dayTimeDuration)) is no time zone")
        }
        return Int(duration.nanoseconds / 60_000_000_000)
    }
}
