internal import XML

/// A call of a function of the table.
final class CallPlan: Plan {
    private let body: Function.Body
    let arguments: [any Plan]
    let site: CallSite
    let span: Range<Int>
    let properties: Properties

    init(_ function: Function, _ arguments: [any Plan], _ site: CallSite, _ span: Range<Int>) {
        body = function.body
        self.arguments = arguments
        self.site = site
        self.span = span
        var needs = arguments.reduce(into: Properties.Needs()) { $0.formUnion($1.properties.needs) }
        if function.name == "current" { needs.insert(.current) }
        switch function.result {
        case .empty: properties = Properties([], needs: needs)
        case .items(let item, let occurrence):
            var order: Properties.Order = []
            if item.kinds == .node { order = occurrence.allowsMany ? .sorted : [.sorted, .peer] }
            if case .items(.node(.node), .zeroOrMore) = function.result { order = [] }
            properties = Properties(
                item.kinds, isNeverEmpty: !occurrence.allowsEmpty, isSingle: !occurrence.allowsMany, needs: needs,
                order: order)
        }
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        try evaluation.count()
        var values: [Value] = []
        values.reserveCapacity(arguments.count)
        for index in arguments.indices { values.append(try arguments[index].evaluate(focus, evaluation)) }
        for index in values.indices {
            let weight = values[index].weight
            if weight > 0 { try evaluation.count(weight) }
        }
        do {
            return try body(Call(arguments: values, evaluation: evaluation, site: site))
        } catch {
            throw error.located(at: span)
        }
    }
}

/// `fn:not` and `fn:boolean`.
final class BooleanCallPlan: BooleanPlan {
    let isNegated: Bool
    let operand: any Plan
    let span: Range<Int>
    let properties: Properties

    init(isNegated: Bool, _ operand: any Plan, _ span: Range<Int>) {
        self.isNegated = isNegated
        self.operand = operand
        self.span = span
        properties = .one(.boolean, operand.properties.needs)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try located(span) { () throws(XPathError) in try operand.boolean(focus, evaluation) != isNegated }
    }
}

/// `fn:exists` and `fn:empty`.
final class ExistsPlan: BooleanPlan {
    let wanted: Bool
    let operand: any Plan
    let properties: Properties

    init(wanted: Bool, _ operand: any Plan) {
        self.wanted = wanted
        self.operand = operand
        properties = .one(.boolean, operand.properties.needs)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try operand.exists(focus, evaluation) == wanted
    }
}

/// `fn:count`
final class CountPlan: AtomicPlan {
    let operand: any Plan
    let properties: Properties

    init(_ operand: any Plan) {
        self.operand = operand
        properties = .one(.integer, operand.properties.needs)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        if operand is RangePlan || !operand.properties.isNodes {
            return .integer(try operand.evaluate(focus, evaluation).count)
        }
        return .integer(try operand.count(focus, evaluation, limit: Int.max))
    }
}

/// `fn:position`
final class PositionPlan: AtomicPlan {
    let properties = Properties.one(.integer, [.item, .position])

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        guard focus.position > 0 else { throw XPathError("XPDY0002", "there is no context item, hence no position") }
        return .integer(focus.position)
    }
}

/// `fn:last`
final class LastPlan: AtomicPlan {
    let properties = Properties.one(.integer, [.item, .position, .size])

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        guard focus.position > 0 else { throw XPathError("XPDY0002", "there is no context item, hence no last one") }
        return .integer(focus.size)
    }
}

/// XPath 1.0 compatibility mode: only the first item of an argument counts, as a string or number if one is wanted
/// (XPath 2.0, 3.1.5).
final class CompatibleArgumentPlan: Plan {
    enum Form: Sendable { case item, string, number }

    let operand: any Plan
    let form: Form
    let properties: Properties

    init(_ operand: any Plan, _ form: Form) {
        self.operand = operand
        self.form = form
        let kinds: Properties.Kinds = form == .item ? operand.properties.kinds : form == .string ? .string : .number
        properties = Properties(
            kinds, isNeverEmpty: form != .item || operand.properties.isNeverEmpty, isSingle: true,
            needs: operand.properties.needs, order: [.sorted, .peer])
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        var first: Item?
        _ = try operand.forEach(focus, evaluation) { (item) throws(XPathError) in
            first = item
            return false
        }
        switch form {
        case .item: return first.map { .item($0) } ?? .empty
        case .string: return .text(first?.text ?? .empty)
        case .number: return .atomic(.double(first.map { NumberFunctions.number($0.atomized) } ?? .nan))
        }
    }
}
