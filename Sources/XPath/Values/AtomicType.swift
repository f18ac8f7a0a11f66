/// The built-in atomic types (XPath 2.0, 2.5.1; XML Schema 1.1 part 2).
package enum AtomicType: UInt8, Sendable, Hashable, CaseIterable {
    case anyAtomicType, untypedAtomic
    case string, normalizedString, token, language, nmtoken, name, ncName, id, idref, entity
    case boolean
    case decimal, integer, nonPositiveInteger, negativeInteger, long, int, short, byte
    case nonNegativeInteger, unsignedLong, unsignedInt, unsignedShort, unsignedByte, positiveInteger
    case float, double
    case duration, yearMonthDuration, dayTimeDuration
    case dateTime, dateTimeStamp, date, time, gYearMonth, gYear, gMonthDay, gDay, gMonth
    case base64Binary, hexBinary, anyURI, qname, notation

    /// The name in the XML Schema namespace.
    var localName: String { Self.names[Int(rawValue)] }

    private static let byName: [String: AtomicType] = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.localName, $0) })

    /// The type that is called `name` in the XML Schema namespace.
    init?(localName name: String) {
        guard let found = Self.byName[name] else { return nil }
        self = found
    }

    /// The type that this one is derived from; nil for `anyAtomicType`.
    var parent: AtomicType? {
        switch self {
        case .anyAtomicType: nil
        case .normalizedString: .string
        case .token: .normalizedString
        case .language, .nmtoken, .name: .token
        case .ncName: .name
        case .id, .idref, .entity: .ncName
        case .integer: .decimal
        case .nonPositiveInteger, .long, .nonNegativeInteger: .integer
        case .negativeInteger: .nonPositiveInteger
        case .int: .long
        case .short: .int
        case .byte: .short
        case .unsignedLong, .positiveInteger: .nonNegativeInteger
        case .unsignedInt: .unsignedLong
        case .unsignedShort: .unsignedInt
        case .unsignedByte: .unsignedShort
        case .yearMonthDuration, .dayTimeDuration: .duration
        case .dateTimeStamp: .dateTime
        case .untypedAtomic, .string, .boolean, .decimal, .float, .double, .duration, .dateTime, .date, .time,
            .gYearMonth, .gYear, .gMonthDay, .gDay, .gMonth, .base64Binary, .hexBinary, .anyURI, .qname, .notation:
            .anyAtomicType
        }
    }

    /// Whether this is `other` or derived from it.
    func isDerived(from other: AtomicType) -> Bool {
        if self == other || other == .anyAtomicType { return true }
        var current = parent
        while let type = current {
            if type == other { return true }
            current = type.parent
        }
        return false
    }

    /// The primitive type, with `integer` and the two ordered durations standing for themselves.
    var base: AtomicType {
        switch self {
        case .normalizedString, .token, .language, .nmtoken, .name, .ncName, .id, .idref, .entity: .string
        case .nonPositiveInteger, .negativeInteger, .long, .int, .short, .byte, .nonNegativeInteger, .unsignedLong,
            .unsignedInt, .unsignedShort, .unsignedByte, .positiveInteger:
            .integer
        case .dateTimeStamp: .dateTime
        default: self
        }
    }

    var isNumeric: Bool {
        switch base {
        case .decimal, .integer, .float, .double: true
        default: false
        }
    }

    var isDuration: Bool {
        self == .duration || self == .yearMonthDuration || self == .dayTimeDuration
    }

    var isCalendar: Bool {
        switch base {
        case .dateTime, .date, .time, .gYearMonth, .gYear, .gMonthDay, .gDay, .gMonth: true
        default: false
        }
    }

    /// The least and the greatest value of an integer type that has bounds.
    var bounds: (lower: Integer?, upper: Integer?) {
        switch self {
        case .nonPositiveInteger: (nil, .zero)
        case .negativeInteger: (nil, .small(-1))
        case .long: (.small(Int.min), .small(Int.max))
        case .int: (.small(-2_147_483_648), .small(2_147_483_647))
        case .short: (.small(-32768), .small(32767))
        case .byte: (.small(-128), .small(127))
        case .nonNegativeInteger: (.zero, nil)
        case .unsignedLong: (.zero, .small(Int.max) + .small(Int.max) + .one)
        case .unsignedInt: (.zero, .small(4_294_967_295))
        case .unsignedShort: (.zero, .small(65535))
        case .unsignedByte: (.zero, .small(255))
        case .positiveInteger: (.one, nil)
        default: (nil, nil)
        }
    }
}

extension AtomicType: CustomStringConvertible {
    package var description: String { "xs:" + localName }

    private static let names = [
        "anyAtomicType", "untypedAtomic", "string", "normalizedString", "token", "language", "NMTOKEN", "Name",
        "NCName", "ID", "IDREF", "ENTITY", "boolean", "decimal", "integer", "nonPositiveInteger", "negativeInteger",
        "long", "int", "short", "byte", "nonNegativeInteger", "unsignedLong", "unsignedInt", "unsignedShort",
        "unsignedByte", "positiveInteger", "float", "double", "duration", "yearMonthDuration", "dayTimeDuration",
        "dateTime", "dateTimeStamp", "date", "time", "gYearMonth", "gYear", "gMonthDay", "gDay", "gMonth",
        "base64Binary", "hexBinary", "anyURI", "QName", "NOTATION",
    ]
}
