/// A call of a function of one text that needs no argument list.
final class TextCallPlan: AtomicPlan {
    typealias Body = @Sendable (Text) -> Atomic

    private let argument: any Plan
    private let body: Body
    let properties: Properties

    private init(_ argument: any Plan, _ kinds: Properties.Kinds, _ body: @escaping Body) {
        self.argument = argument
        self.body = body
        properties = .one(kinds, argument.properties.needs)
    }

    /// The plan for a function, or nil for one that isn't known here. The argument is a string already.
    static func make(_ name: String, _ argument: any Plan) -> TextCallPlan? {
        switch name {
        case "string-length": TextCallPlan(argument, .integer) { .integer($0.length) }
        case "normalize-space": TextCallPlan(argument, .string) { .string($0.normalized) }
        default: nil
        }
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        guard case .text(let text)? = try argument.atomic(focus, evaluation)?.storage else { return body(.empty) }
        if text.byteCount > 63 { try evaluation.count(text.byteCount >> 6) }
        return body(text)
    }
}

/// A test of two texts: `contains`, `starts-with` and `ends-with`.
final class TextTestPlan: BooleanPlan {
    typealias Body = @Sendable (Text, Text) -> Bool

    private let first: any Plan
    private let second: any Plan
    private let body: Body
    let properties: Properties

    private init(_ first: any Plan, _ second: any Plan, _ body: @escaping Body) {
        self.first = first
        self.second = second
        self.body = body
        properties = .one(.boolean, first.properties.needs.union(second.properties.needs))
    }

    /// The plan for a function, or nil for one that isn't known here. The arguments are strings already.
    static func make(_ name: String, _ first: any Plan, _ second: any Plan) -> TextTestPlan? {
        switch name {
        case "contains": TextTestPlan(first, second) { $0.contains($1) }
        case "starts-with": TextTestPlan(first, second) { $0.hasPrefix($1) }
        case "ends-with": TextTestPlan(first, second) { $0.hasSuffix($1) }
        default: nil
        }
    }

    private func text(_ plan: any Plan, _ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Text {
        guard case .text(let text)? = try plan.atomic(focus, evaluation)?.storage else { return .empty }
        return text
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        let text = try text(first, focus, evaluation)
        if text.byteCount > 63 { try evaluation.count(text.byteCount >> 6) }
        return body(text, try self.text(second, focus, evaluation))
    }
}

/// `fn:matches` with a pattern that is known when the expression is compiled.
final class MatchPlan: BooleanPlan {
    private let input: any Plan
    private let regex: Regex
    let properties: Properties

    init(_ input: any Plan, _ regex: Regex) {
        self.input = input
        self.regex = regex
        properties = .one(.boolean, input.properties.needs)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        guard case .text(let text)? = try input.atomic(focus, evaluation)?.storage else {
            return try regex.isMatch(.empty)
        }
        if text.byteCount > 63 { try evaluation.count(text.byteCount >> 3) }
        return try regex.isMatch(text)
    }
}

/// `fn:string` of one item.
final class StringPlan: AtomicPlan {
    private let operand: any Plan
    let properties: Properties

    /// The operand gives at most one item.
    init(_ operand: any Plan) {
        self.operand = operand
        properties = .one(.string, operand.properties.needs)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        var result = Text.empty
        _ = try operand.forEach(focus, evaluation) { (item) throws(XPathError) in
            result = item.text
            return true
        }
        return .string(result)
    }
}

/// `fn:local-name`
final class LocalNamePlan: AtomicPlan {
    private let operand: any Plan
    let properties: Properties

    /// The operand gives at most one node.
    init(_ operand: any Plan) {
        self.operand = operand
        properties = .one(.string, operand.properties.needs)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        guard case .item(.node(let node)) = try operand.evaluate(focus, evaluation) else { return .string(.empty) }
        return .string(node.tree.localName(node.row))
    }
}

/// `fn:replace` with a pattern and a replacement that are known when the expression is compiled.
final class ReplacePlan: AtomicPlan {
    private let input: any Plan
    private let regex: Regex
    private let pieces: [RegexFunctions.Piece]
    let properties: Properties

    init(_ input: any Plan, _ regex: Regex, _ pieces: [RegexFunctions.Piece]) {
        self.input = input
        self.regex = regex
        self.pieces = pieces
        properties = .one(.string, input.properties.needs)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        // No pattern that matches the empty text comes here.
        guard case .text(let text)? = try input.atomic(focus, evaluation)?.storage, !text.isEmpty else {
            return .string(.empty)
        }
        if text.byteCount > 63 { try evaluation.count(text.byteCount >> 3) }
        return .string(try RegexFunctions.replace(text, regex, pieces, evaluation))
    }
}

/// `fn:substring` between places that are known when the expression is compiled.
final class SubstringPlan: AtomicPlan {
    private let input: any Plan
    private let start: Double
    private let length: Double?
    let properties: Properties

    private init(_ input: any Plan, _ start: Double, _ length: Double?) {
        self.input = input
        self.start = start
        self.length = length
        properties = .one(.string, input.properties.needs)
    }

    /// The plan, or nil where a place is no literal. The arguments are converted already.
    static func make(_ arguments: [any Plan]) -> SubstringPlan? {
        var places: [Double] = []
        for argument in arguments.dropFirst() {
            guard let place = (argument as? LiteralPlan)?.value.double else { return nil }
            places.append(place)
        }
        return SubstringPlan(arguments[0], places[0], places.count > 1 ? places[1] : nil)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        guard case .text(let text)? = try input.atomic(focus, evaluation)?.storage else { return .string(.empty) }
        return .string(StringFunctions.substring(text, from: start, length: length))
    }
}
