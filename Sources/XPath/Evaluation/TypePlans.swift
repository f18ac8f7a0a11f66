internal import XML

extension ItemType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .item: "item()"
        case .atomic(let type): type.description
        case .numeric: "numeric"
        case .node(.node): "node()"
        case .node(.text): "text()"
        case .node(.comment): "comment()"
        case .node(.processingInstruction): "processing-instruction()"
        case .node(.document): "document-node()"
        case .node(.element): "element()"
        case .node(.attribute): "attribute()"
        }
    }

    /// The kinds of item that have the type.
    var kinds: Properties.Kinds {
        switch self {
        case .item: .any
        case .atomic(let type): Properties.Kinds(type)
        case .numeric: .numeric
        case .node: .node
        }
    }
}

extension SequenceType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "empty-sequence()"
        case .items(let type, let occurrence): "\(type)\(occurrence.mark)"
        }
    }
}

/// Whether items are of a type (XPath 2.0, 2.5.4).
struct TypeTest: Sendable {
    let type: SequenceType
    private let matcher: NodeMatcher?

    init(_ type: SequenceType) {
        self.type = type
        if case .items(.node(let kind), _) = type { matcher = NodeMatcher(kind) } else { matcher = nil }
    }

    func matches(_ item: Item) -> Bool {
        guard case .items(let type, _) = type else { return false }
        switch (type, item) {
        case (.item, _): return true
        case (.node, .node(let node)): return matcher?.matches(node) ?? false
        case (.numeric, .atomic(let value)): return value.type.isNumeric
        case (.atomic(let wanted), .atomic(let value)): return value.type.isDerived(from: wanted)
        default: return false
        }
    }

    func matches(_ plan: any Plan, _ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        guard case .items(_, let occurrence) = type else { return try !plan.exists(focus, evaluation) }
        var count = 0
        let isMatch = try plan.forEach(focus, evaluation) { (item) throws(XPathError) in
            count += 1
            return matches(item) && (count == 1 || occurrence.allowsMany)
        }
        return isMatch && (count > 0 || occurrence.allowsEmpty)
    }
}

/// `instance of`
final class InstancePlan: BooleanPlan {
    let operand: any Plan
    let test: TypeTest
    let properties: Properties

    init(_ operand: any Plan, _ type: SequenceType) {
        self.operand = operand
        test = TypeTest(type)
        properties = .one(.boolean, operand.properties.needs)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try test.matches(operand, focus, evaluation)
    }
}

/// `treat as`
final class TreatPlan: Plan {
    let operand: any Plan
    let test: TypeTest
    let span: Range<Int>
    let properties: Properties

    init(_ operand: any Plan, _ type: SequenceType, _ span: Range<Int>) {
        self.operand = operand
        self.span = span
        test = TypeTest(type)
        var properties = operand.properties
        if case .items(let item, let occurrence) = type {
            properties.kinds.formIntersection(item.kinds)
            if !occurrence.allowsMany { properties.isSingle = true }
            if !occurrence.allowsEmpty { properties.isNeverEmpty = true }
        }
        self.properties = properties
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        let value = try operand.evaluate(focus, evaluation)
        guard case .items(_, let occurrence) = test.type else {
            guard value.isEmpty else { throw mismatch("a sequence that is not empty") }
            return value
        }
        let count = value.count
        if count == 0 && !occurrence.allowsEmpty { throw mismatch("the empty sequence") }
        if count > 1 && !occurrence.allowsMany { throw mismatch("\(count) items") }
        try value.forEach { (item) throws(XPathError) in
            guard test.matches(item) else {
                throw mismatch(item.node == nil ? "a value of \(item.atomized.type)" : "another node")
            }
            return true
        }
        return value
    }

    private func mismatch(_ found: String) -> XPathError {
        XPathError("XPDY0050", "expected \(test.type), found \(found)", span: span)
    }
}

/// `cast as` and the constructor functions.
final class CastPlan: AtomicPlan {
    let operand: any Plan
    let type: AtomicType
    let allowsEmpty: Bool
    let span: Range<Int>
    let properties: Properties

    init(_ operand: any Plan, _ type: AtomicType, allowsEmpty: Bool, _ span: Range<Int>) {
        self.operand = operand
        self.type = type
        self.allowsEmpty = allowsEmpty
        self.span = span
        properties = Properties(
            Properties.Kinds(type), isNeverEmpty: !allowsEmpty || operand.properties.isNeverEmpty, isSingle: true,
            needs: operand.properties.needs)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        try located(span) { () throws(XPathError) in
            guard let value = try operand.atomic(focus, evaluation) else {
                if allowsEmpty { return nil }
                throw XPathError("XPTY0004", "the empty sequence cannot be cast to \(type)")
            }
            return try Casting.cast(value, to: type)
        }
    }
}

/// `castable as`
final class CastablePlan: BooleanPlan {
    let operand: any Plan
    let type: AtomicType
    let allowsEmpty: Bool
    let properties: Properties

    init(_ operand: any Plan, _ type: AtomicType, allowsEmpty: Bool) {
        self.operand = operand
        self.type = type
        self.allowsEmpty = allowsEmpty
        properties = .one(.boolean, operand.properties.needs)
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        var found: Atomic?
        var count = 0
        _ = try operand.forEach(focus, evaluation) { (item) throws(XPathError) in
            count += 1
            found = item.atomized
            return count < 2
        }
        guard count < 2 else { return false }
        guard let found else { return allowsEmpty }
        do {
            _ = try Casting.cast(found, to: type)
            return true
        } catch {
            return false
        }
    }
}

/// The function conversion rules (XPath 2.0, 3.1.5): atomization, casting of untyped values, promotion.
final class ConversionPlan: Plan {
    let operand: any Plan
    let type: ItemType
    let occurrence: Occurrence
    let role: String
    let span: Range<Int>
    private let test: TypeTest
    /// The operand, where it is `@name`.
    private let attribute: StepPlan?
    let properties: Properties

    init(_ operand: any Plan, _ type: ItemType, _ occurrence: Occurrence, role: String, _ span: Range<Int>) {
        self.operand = operand
        self.type = type
        self.occurrence = occurrence
        self.role = role
        self.span = span
        test = TypeTest(.items(type, occurrence))
        if let step = operand as? StepPlan, step.isNamedAttribute { attribute = step } else { attribute = nil }
        properties = Properties(
            type.kinds, isNeverEmpty: !occurrence.allowsEmpty || operand.properties.isNeverEmpty,
            isSingle: !occurrence.allowsMany || operand.properties.isSingle, needs: operand.properties.needs,
            order: operand.properties.order)
    }

    /// The conversion, or the operand itself where its value fits already.
    static func make(
        _ operand: any Plan, _ type: SequenceType, role: String, _ span: Range<Int>
    ) -> any Plan {
        guard case .items(let item, let occurrence) = type else { return operand }
        if let literal = operand as? LiteralPlan, case .atomic(let wanted) = item, literal.value.type == wanted {
            return operand
        }
        let properties = operand.properties
        let countFits =
            (occurrence.allowsMany || properties.isSingle)
            && (occurrence.allowsEmpty || properties.isNeverEmpty)
        if countFits {
            switch item {
            case .item: return operand
            case .node(.node) where properties.isNodes: return operand
            case .atomic(.anyAtomicType) where properties.kinds.isDisjoint(with: .node): return operand
            case .atomic(.boolean) where properties.kinds == .boolean: return operand
            case .numeric where properties.kinds.isSubset(of: .numeric): return operand
            default: break
            }
        }
        return ConversionPlan(operand, item, occurrence, role: role, span)
    }

    /// A literal, converted once and for all; XPTY0004 where it never fits.
    func literal(_ value: Atomic) throws(XPathError) -> LiteralPlan {
        LiteralPlan(try converted(.atomic(value)).atomized)
    }

    private func mismatch(_ found: String) -> XPathError {
        XPathError("XPTY0004", "\(role) must be \(type)\(occurrence.mark), not \(found)", span: span)
    }

    private func converted(_ item: Item) throws(XPathError) -> Item {
        switch type {
        case .item: return item
        case .node:
            guard test.matches(item) else {
                throw mismatch(item.node == nil ? "a value of \(item.atomized.type)" : "another kind of node")
            }
            return item
        case .numeric:
            let value = item.atomized
            if value.type == .untypedAtomic {
                return .atomic(try located(span) { () throws(XPathError) in try Casting.cast(value, to: .double) })
            }
            guard value.type.isNumeric else { throw mismatch("\(value.type)") }
            return .atomic(value)
        case .atomic(let wanted): return .atomic(try converted(item.atomized, wanted))
        }
    }

    private func converted(_ value: Atomic, _ wanted: AtomicType) throws(XPathError) -> Atomic {
        if value.type == wanted || wanted == .anyAtomicType { return value }
        if value.type == .untypedAtomic {
            if wanted == .string, case .text(let text) = value.storage { return .string(text) }
            if wanted == .qname { throw mismatch("xs:untypedAtomic") }
            return try located(span) { () throws(XPathError) in try Casting.cast(value, to: wanted) }
        }
        if value.type.isDerived(from: wanted) { return value }
        switch wanted {
        case .double where value.type.isNumeric: return .double(value.double ?? .nan)
        case .float where value.type.isNumeric && value.type != .double: return .float(try Arithmetic.single(value))
        case .string where value.type == .anyURI: return .string(value.text)
        default: throw mismatch("\(value.type)")
        }
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        if !occurrence.allowsMany, case .atomic = type { return Value(try atomic(focus, evaluation)) }
        let value = try operand.evaluate(focus, evaluation)
        let count = value.count
        if count == 0 {
            if !occurrence.allowsEmpty { throw mismatch("the empty sequence") }
            return .empty
        }
        if count > 1 && !occurrence.allowsMany { throw mismatch("a sequence of \(count) items") }
        switch (type, value) {
        case (.item, _), (.node(.node), .nodes): return value
        case (.numeric, .range), (.atomic(.anyAtomicType), .range), (.atomic(.integer), .range): return value
        default: break
        }
        var result: [Item] = []
        result.reserveCapacity(min(count, 1000))
        try value.forEach { (item) throws(XPathError) in
            result.append(try converted(item))
            try evaluation.check(items: result.count)
            return true
        }
        return Value(result)
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        if let attribute {
            if let node = try attribute.attribute(focus) { return try converted(.node(node)).atomized }
            if occurrence.allowsEmpty { return nil }
            throw mismatch("the empty sequence")
        }
        var found: Item?
        _ = try operand.forEach(focus, evaluation) { (item) throws(XPathError) in
            if found != nil { throw mismatch("a sequence of several items") }
            found = item
            return true
        }
        guard let found else {
            if occurrence.allowsEmpty { return nil }
            throw mismatch("the empty sequence")
        }
        return try converted(found).atomized
    }
}
