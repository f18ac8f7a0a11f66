/// Casts between atomic types (F&O 17).
enum Casting {
    /// FORG0001: the text is no value of the type.
    static func invalid(_ text: Text, _ type: AtomicType) -> XPathError {
        XPathError("FORG0001", "'\(shortened(text))' is not a value of \(type)")
    }

    static func shortened(_ text: Text) -> String {
        text.byteCount <= 60
            ? text.string
            : String(decoding: text.slice(0, 57).bytes[Int(text.start)..<Int(text.start) + 57], as: UTF8.self) + "…"
    }

    static func notAllowed(_ source: AtomicType, _ target: AtomicType) -> XPathError {
        XPathError("XPTY0004", "a value of \(source) cannot be cast to \(target)")
    }

    /// Casts `value` to `target`. FORG0001, XPTY0004, FOCA… as F&O 17 says.
    ///
    /// A cast to `xs:QName` from text needs the namespaces of the expression and is done elsewhere.
    static func cast(_ value: Atomic, to target: AtomicType) throws(XPathError) -> Atomic {
        if value.type == target { return value }
        if case .text(let text) = value.storage, value.type != .anyURI {
            return try parse(text, as: target, from: value.type)
        }
        let base = target.base
        switch base {
        case .string: return try parse(value.text, as: target, from: .string)
        case .untypedAtomic: return .untyped(value.text)
        case .anyAtomicType, .notation: throw XPathError("XPST0080", "\(target) cannot be the target of a cast")
        default: break
        }
        let result = try convert(value, to: base)
        return base == target ? result : try narrow(result, to: target)
    }

    /// Casts a value that isn't text to a base type that isn't text.
    private static func convert(_ value: Atomic, to base: AtomicType) throws(XPathError) -> Atomic {
        switch (value.storage, base) {
        case (.text, .anyURI): return .uri(value.text)
        case (.boolean(let flag), _):
            switch base {
            case .boolean: return .boolean(flag)
            case .integer: return .integer(flag ? 1 : 0)
            case .decimal: return .decimal(DecimalNumber(flag ? .one : .zero))
            case .double: return .double(flag ? 1 : 0)
            case .float: return .float(flag ? 1 : 0)
            default: break
            }
        case (.integer, _), (.decimal, _), (.double, _), (.float, _):
            if let result = try convertNumber(value, to: base) { return result }
        case (.calendar(let calendar), _):
            if let result = convertCalendar(calendar, value.type.base, to: base) { return result }
        case (.duration(let duration), .duration): return .duration(duration, .duration)
        case (.duration(let duration), .yearMonthDuration):
            return .duration(try DurationValue(months: duration.months), .yearMonthDuration)
        case (.duration(let duration), .dayTimeDuration):
            return .duration(try DurationValue(nanoseconds: duration.nanoseconds), .dayTimeDuration)
        case (.binary(let bytes), .hexBinary), (.binary(let bytes), .base64Binary): return Atomic(base, .binary(bytes))
        case (.qname, .qname): return Atomic(.qname, value.storage)
        default: break
        }
        throw notAllowed(value.type, base)
    }

    private static func convertNumber(_ value: Atomic, to base: AtomicType) throws(XPathError) -> Atomic? {
        switch base {
        case .boolean:
            let number = value.double ?? 0
            return .boolean(!(number == 0 || number.isNaN))
        case .double: return .double(value.double ?? .nan)
        case .float:
            switch value.storage {
            case .float(let number): return .float(number)
            case .integer(.small(let number)): return .float(Float(number))
            case .double(let number): return .float(Float(number))
            default: return .float(Float(value.text.string) ?? .nan)
            }
        case .integer: return .integer(try integer(value))
        case .decimal:
            switch value.storage {
            case .integer(let number): return .decimal(DecimalNumber(number))
            case .decimal(let number): return .decimal(number)
            default:
                let number = value.double ?? .nan
                guard number.isFinite else {
                    throw XPathError("FOCA0002", "\(value.text.string) cannot be cast to xs:decimal")
                }
                return .decimal(DecimalNumber(exactly: number))
            }
        default: return nil
        }
    }

    private static func integer(_ value: Atomic) throws(XPathError) -> Integer {
        switch value.storage {
        case .integer(let number): return number
        case .decimal(let number): return number.truncated
        default:
            let number = value.double ?? .nan
            guard number.isFinite else {
                throw XPathError("FOCA0002", "\(value.text.string) cannot be cast to xs:integer")
            }
            return Integer(truncating: number)
        }
    }

    private static func convertCalendar(
        _ value: CalendarValue, _ source: AtomicType, to base: AtomicType
    ) -> Atomic? {
        let zone = value.timezone
        switch (source, base) {
        case (_, source): return .calendar(value, base)
        case (.date, .dateTime): return .calendar(value, base)
        case (.dateTime, .date):
            return .calendar(CalendarValue(year: value.year, month: value.month, day: value.day, timezone: zone), base)
        case (.dateTime, .time): return .calendar(CalendarValue(nanoseconds: value.nanoseconds, timezone: zone), base)
        case (.dateTime, .gYear), (.date, .gYear):
            return .calendar(CalendarValue(year: value.year, month: 1, day: 1, timezone: zone), base)
        case (.dateTime, .gYearMonth), (.date, .gYearMonth):
            return .calendar(CalendarValue(year: value.year, month: value.month, day: 1, timezone: zone), base)
        case (.dateTime, .gMonthDay), (.date, .gMonthDay):
            return .calendar(CalendarValue(month: value.month, day: value.day, timezone: zone), base)
        case (.dateTime, .gMonth), (.date, .gMonth):
            return .calendar(CalendarValue(month: value.month, day: 1, timezone: zone), base)
        case (.dateTime, .gDay), (.date, .gDay): return .calendar(CalendarValue(day: value.day, timezone: zone), base)
        default: return nil
        }
    }

    /// Checks a value of a base type against the facets of a derived one.
    private static func narrow(_ value: Atomic, to target: AtomicType) throws(XPathError) -> Atomic {
        switch value.storage {
        case .integer(let number):
            let (lower, upper) = target.bounds
            if let lower, number.order(lower) < 0 { throw invalid(value.text, target) }
            if let upper, number.order(upper) > 0 { throw invalid(value.text, target) }
        case .calendar(let calendar):
            if target == .dateTimeStamp && calendar.timezone == nil { throw invalid(value.text, target) }
        default: break
        }
        return Atomic(target, value.storage)
    }

    /// Reads the lexical form of `target`.
    static func parse(_ text: Text, as target: AtomicType, from source: AtomicType) throws(XPathError) -> Atomic {
        switch target.base {
        case .untypedAtomic: return .untyped(text)
        case .string: return Atomic(target, .text(try stringValue(text, as: target)))
        case .anyURI:
            let value = text.normalized
            return .uri(value)
        case .boolean:
            switch text.trimmed {
            case "true", "1": return .boolean(true)
            case "false", "0": return .boolean(false)
            default: throw invalid(text, target)
            }
        case .integer:
            guard let number = text.trimmed.withBytes({ Integer(digits: $0) }) else {
                throw tooLong(text) ?? invalid(text, target)
            }
            return target == .integer ? .integer(number) : try narrow(.integer(number), to: target)
        case .decimal:
            guard let number = DecimalNumber(text.trimmed) else { throw tooLong(text) ?? invalid(text, target) }
            return .decimal(number)
        case .double:
            guard let number = FloatingPointFormat.double(text) else { throw invalid(text, target) }
            return .double(number)
        case .float:
            guard let number = FloatingPointFormat.float(text) else { throw invalid(text, target) }
            return .float(number)
        case .dateTime, .date, .time, .gYearMonth, .gYear, .gMonthDay, .gMonth, .gDay:
            guard let value = try CalendarValue(text, as: target) else { throw invalid(text, target) }
            return .calendar(value, target)
        case .duration, .yearMonthDuration, .dayTimeDuration:
            guard let value = try DurationValue(text, as: target) else { throw invalid(text, target) }
            return .duration(value, target)
        case .hexBinary:
            guard let bytes = BinaryFormat.readHexadecimal(text) else { throw invalid(text, target) }
            return Atomic(target, .binary(bytes))
        case .base64Binary:
            guard let bytes = BinaryFormat.readBase64(text) else { throw invalid(text, target) }
            return Atomic(target, .binary(bytes))
        case .qname: throw notAllowed(source, target)
        default: throw XPathError("XPST0080", "\(target) cannot be the target of a cast")
        }
    }

    /// FOCA0003 for a number that has more digits than are supported.
    private static func tooLong(_ text: Text) -> XPathError? {
        let digits = text.trimmed
        guard digits.byteCount > 9_999, digits.withBytes({ $0.allSatisfy { isDigit($0) || $0 == 0x2E || $0 == 0x2D } })
        else { return nil }
        return XPathError("FOCA0003", "the number has \(digits.byteCount) digits; 10,000 are supported")
    }

    /// Applies white space and facets of the string types.
    private static func stringValue(_ text: Text, as type: AtomicType) throws(XPathError) -> Text {
        if type == .string { return text }
        if type == .normalizedString {
            guard text.withBytes({ $0.contains { isXMLSpace($0) && $0 != 0x20 } }) else { return text }
            return Text(text.withBytes { $0.map { isXMLSpace($0) ? 0x20 : $0 } })
        }
        let value = text.normalized
        let isValid: Bool
        switch type {
        case .language: isValid = isLanguage(value)
        case .nmtoken: isValid = !value.isEmpty && value.scalars.allSatisfy { XMLNames.isNameCharacter($0) }
        case .name: isValid = XMLNames.isName(value, allowingColon: true)
        case .ncName, .id, .idref, .entity: isValid = XMLNames.isName(value, allowingColon: false)
        default: isValid = true
        }
        guard isValid else { throw invalid(text, type) }
        return value
    }

    /// `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`
    private static func isLanguage(_ text: Text) -> Bool {
        let parts = text.withBytes { $0.split(separator: 0x2D, omittingEmptySubsequences: false).map(Array.init) }
        for (index, part) in parts.enumerated() {
            guard (1...8).contains(part.count) else { return false }
            for byte in part {
                let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
                guard isLetter || (index > 0 && isDigit(byte)) else { return false }
            }
        }
        return true
    }

    /// Whether F&O 17.1 has no cast from `source` to `target`, whatever the value: a static error.
    static func isNeverAllowed(_ source: AtomicType, _ target: AtomicType) -> Bool {
        let (source, target) = (source.base, target.base)
        if source == target || source == .anyAtomicType { return false }
        switch target {
        case .string, .untypedAtomic: return false
        default: break
        }
        switch source {
        case .untypedAtomic, .string: return false
        case .integer, .decimal, .double, .float, .boolean: return !(target.isNumeric || target == .boolean)
        case .dateTime: return !target.isCalendar
        case .date: return !target.isCalendar || target == .time
        case .duration, .yearMonthDuration, .dayTimeDuration: return !target.isDuration
        case .hexBinary, .base64Binary: return !(target == .hexBinary || target == .base64Binary)
        default: return true
        }
    }
}
