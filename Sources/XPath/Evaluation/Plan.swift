/// What is known of an expression's value and needs before it is evaluated.
struct Properties: Sendable {
    var kinds: Kinds
    /// The least count of items: 0 or 1.
    var isNeverEmpty: Bool
    /// Whether there is at most one item.
    var isSingle: Bool
    var needs: Needs = []
    var order: Order = []

    /// The kinds of item that may occur.
    struct Kinds: OptionSet, Sendable {
        let rawValue: UInt16
        static let node = Kinds(rawValue: 1)
        static let untyped = Kinds(rawValue: 2)
        static let string = Kinds(rawValue: 4)
        static let boolean = Kinds(rawValue: 8)
        static let integer = Kinds(rawValue: 16)
        static let number = Kinds(rawValue: 32)
        static let other = Kinds(rawValue: 64)
        static let numeric: Kinds = [.integer, .number]
        static let atomic: Kinds = [.untyped, .string, .boolean, .integer, .number, .other]
        static let any: Kinds = [.node, .atomic]
    }

    /// What of its surroundings an expression reads.
    struct Needs: OptionSet, Sendable {
        let rawValue: UInt8
        static let item = Needs(rawValue: 1)
        static let position = Needs(rawValue: 2)
        static let size = Needs(rawValue: 4)
        static let local = Needs(rawValue: 8)
        static let external = Needs(rawValue: 16)
        /// Only the document of the context node: an absolute path.
        static let document = Needs(rawValue: 32)
        /// XSLT's `current()`.
        static let current = Needs(rawValue: 64)
        static let focus: Needs = [.item, .position, .size, .document]
    }

    /// How the nodes of a node sequence lie.
    struct Order: OptionSet, Sendable {
        let rawValue: UInt8
        /// In document order, without duplicates.
        static let sorted = Order(rawValue: 1)
        /// No node is an ancestor of another.
        static let peer = Order(rawValue: 2)
        /// All nodes are the context node, its attributes, or below it.
        static let subtree = Order(rawValue: 4)
    }

    init(_ kinds: Kinds, isNeverEmpty: Bool = false, isSingle: Bool = false, needs: Needs = [], order: Order = []) {
        self.kinds = kinds
        self.isNeverEmpty = isNeverEmpty
        self.isSingle = isSingle
        self.needs = needs
        self.order = order
    }

    static func one(_ kinds: Kinds, _ needs: Needs) -> Properties {
        Properties(kinds, isNeverEmpty: true, isSingle: true, needs: needs)
    }

    var isNodes: Bool { kinds == .node }
    /// Whether a predicate with this value may select by position.
    var mayBePosition: Bool { !kinds.isDisjoint(with: .numeric) }
    var needsPosition: Bool { !needs.isDisjoint(with: [.position, .size]) }
}

/// A compiled expression. It is immutable, hence shared by threads; all that changes is in the `Evaluation`.
protocol Plan: AnyObject, Sendable {
    var properties: Properties { get }

    /// The whole value.
    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value

    /// Gives each item to `body` until it says false; whether it never did.
    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool

    /// The same for nodes; XPTY0019 for an item that is none.
    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool

    /// The effective boolean value.
    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool

    /// The typed value of the only item; nil for none, XPTY0004 for several.
    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic?

    /// Whether there is any item.
    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool

    /// The count of items, which may stop at `limit`.
    func count(_ focus: Focus, _ evaluation: Evaluation, limit: Int) throws(XPathError) -> Int
}

extension Plan {
    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try evaluate(focus, evaluation).forEach(body)
    }

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try forEach(focus, evaluation) { (item) throws(XPathError) in
            guard case .node(let node) = item else {
                throw XPathError("XPTY0019", "a step of a path must give nodes, not \(item.atomized.type)")
            }
            return try body(node)
        }
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        var found: Atomic?
        var result = false
        _ = try forEach(focus, evaluation) { (item) throws(XPathError) in
            if found != nil { throw Value.noBoolean }
            switch item {
            case .node:
                result = true
                return false
            case .atomic(let value):
                found = value
                return true
            }
        }
        guard let found else { return result }
        return try found.effectiveBoolean()
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        var found: Atomic?
        _ = try forEach(focus, evaluation) { (item) throws(XPathError) in
            if found != nil { throw XPathError("XPTY0004", "expected one item, found several") }
            found = item.atomized
            return true
        }
        return found
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try !forEach(focus, evaluation) { (_) throws(XPathError) in false }
    }

    func count(_ focus: Focus, _ evaluation: Evaluation, limit: Int) throws(XPathError) -> Int {
        var count = 0
        _ = try forEach(focus, evaluation) { (_) throws(XPathError) in
            count += 1
            return count < limit
        }
        return count
    }
}

/// A plan whose items come one by one.
protocol StreamPlan: Plan {}

extension StreamPlan {
    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        var collector = Collector(evaluation)
        _ = try forEach(focus, evaluation) { (item) throws(XPathError) in
            try collector.append(item)
            return true
        }
        return collector.value
    }
}

/// A plan that gives nodes only.
protocol NodePlan: Plan {}

extension NodePlan {
    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        var nodes: [NodeRef] = []
        _ = try forEachNode(focus, evaluation) { (node) throws(XPathError) in
            nodes.append(node)
            try evaluation.check(items: nodes.count)
            return true
        }
        return Value(nodes: nodes)
    }

    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try forEachNode(focus, evaluation) { (node) throws(XPathError) in try body(.node(node)) }
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try exists(focus, evaluation)
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try !forEachNode(focus, evaluation) { (_) throws(XPathError) in false }
    }

    func count(_ focus: Focus, _ evaluation: Evaluation, limit: Int) throws(XPathError) -> Int {
        var count = 0
        _ = try forEachNode(focus, evaluation) { (_) throws(XPathError) in
            count += 1
            return count < limit
        }
        return count
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        var found: NodeRef?
        _ = try forEachNode(focus, evaluation) { (node) throws(XPathError) in
            if found != nil { throw XPathError("XPTY0004", "expected one node, found several") }
            found = node
            return true
        }
        return found?.atomized
    }
}

/// A plan that gives at most one atomic value.
protocol AtomicPlan: Plan {}

extension AtomicPlan {
    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        Value(try atomic(focus, evaluation))
    }

    func boolean(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try atomic(focus, evaluation)?.effectiveBoolean() ?? false
    }
}

/// A plan that gives one boolean.
protocol BooleanPlan: AtomicPlan {}

extension BooleanPlan {
    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        .boolean(try boolean(focus, evaluation))
    }

    func atomic(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Atomic? {
        .boolean(try boolean(focus, evaluation))
    }
}

/// Runs `body`; an error without a place gets `span`.
@inline(__always)
func located<Result>(_ span: Range<Int>, _ body: () throws(XPathError) -> Result) throws(XPathError) -> Result {
    do {
        return try body()
    } catch {
        throw error.located(at: span)
    }
}
