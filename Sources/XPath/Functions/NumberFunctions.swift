/// F&O 6: numbers.
enum NumberFunctions {
    static let all: [Function] = [
        Function("number($arg as xs:anyAtomicType?) as xs:double", context: .item) { (call) throws(XPathError) in
            .atomic(.double(call.atomic(0).map(number) ?? .nan))
        },
        Function("abs($arg as numeric?) as numeric?") { (call) throws(XPathError) in
            try mapped(call) {
                $0.magnitude
            } decimal: {
                $0.isNegative ? $0.negated : $0
            } double: {
                $0.magnitude
            }
        },
        Function("ceiling($arg as numeric?) as numeric?") { (call) throws(XPathError) in
            try mapped(call) {
                $0
            } decimal: {
                $0.rounded(.ceiling)
            } double: {
                $0.rounded(.up)
            }
        },
        Function("floor($arg as numeric?) as numeric?") { (call) throws(XPathError) in
            try mapped(call) {
                $0
            } decimal: {
                $0.rounded(.floor)
            } double: {
                $0.rounded(.down)
            }
        },
        Function("round($arg as numeric?) as numeric?") { (call) throws(XPathError) in
            try mapped(call) {
                $0
            } decimal: {
                $0.rounded(.halfUp)
            } double: {
                round($0)
            }
        },
        Function("round-half-to-even($arg as numeric?[, $precision as xs:integer]) as numeric?") {
            (call) throws(XPathError) in
            let precision = call.integer(1) ?? .zero
            // Beyond these no digit of any number is left, or all are.
            let digits =
                precision.int.map { max(-20_000, min($0, 20_000)) } ?? (precision.isNegative ? -20_000 : 20_000)
            guard let value = call.atomic(0) else { return .empty }
            switch value.storage {
            case .integer(let number):
                return .atomic(.integer(DecimalNumber(number).rounded(.halfEven, digits: digits).truncated))
            case .decimal(let number): return .atomic(.decimal(number.rounded(.halfEven, digits: digits)))
            case .double(let number):
                guard number.isFinite, number != 0 else { return .atomic(value) }
                let rounded = DecimalNumber(exactly: number).rounded(.halfEven, digits: digits).double
                return .atomic(.double(rounded == 0 && number < 0 ? -0.0 : rounded))
            case .float(let number):
                guard number.isFinite, number != 0 else { return .atomic(value) }
                let exact = DecimalNumber(exactly: Double(number)).rounded(.halfEven, digits: digits)
                let rounded = Float(exact.description) ?? number
                return .atomic(.float(rounded == 0 && number < 0 ? -0.0 : rounded))
            default: return .atomic(value)
            }
        },
    ]

    /// `fn:number`: NaN for what is no number.
    static func number(_ value: Atomic) -> Double {
        switch value.storage {
        case .text(let text):
            value.type == .anyURI ? .nan : FloatingPointFormat.double(text) ?? .nan
        case .boolean(let flag): flag ? 1 : 0
        default: value.double ?? .nan
        }
    }

    /// Half way goes towards positive infinity (F&O 6.4.4).
    static func round(_ value: Double) -> Double {
        guard value.isFinite, value.magnitude < 4_503_599_627_370_496 else { return value }
        if value < 0, value >= -0.5 { return -0.0 }
        let lower = value.rounded(.down)
        return value - lower >= 0.5 ? lower + 1 : lower == 0 && value.sign == .minus ? -0.0 : lower
    }

    private static func mapped(
        _ call: Call, _ integer: (Integer) -> Integer, decimal: (DecimalNumber) -> DecimalNumber,
        double: (Double) -> Double
    ) throws(XPathError) -> Value {
        guard let value = call.atomic(0) else { return .empty }
        switch value.storage {
        case .integer(let number): return .atomic(.integer(integer(number)))
        case .decimal(let number): return .atomic(.decimal(decimal(number)))
        case .double(let number): return .atomic(.double(double(number)))
        case .float(let number): return .atomic(.float(Float(double(Double(number)))))
        default: return .atomic(value)
        }
    }
}
