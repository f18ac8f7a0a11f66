internal import XML

/// An item of a sequence while an evaluation lasts.
package enum Item {
    case node(NodeRef)
    case atomic(Atomic)

    /// The typed value.
    var atomized: Atomic {
        switch self {
        case .node(let node): node.atomized
        case .atomic(let value): value
        }
    }

    /// The string value.
    var text: Text {
        switch self {
        case .node(let node): node.text
        case .atomic(let value): value.text
        }
    }

    var node: NodeRef? {
        if case .node(let node) = self { return node }
        return nil
    }
}

/// A sequence while an evaluation lasts: the shapes that occur most have a form of their own.
package enum Value {
    case empty
    case item(Item)
    case items([Item])
    case nodes([NodeRef])
    /// The integers from one to the other, both included; the first isn't greater.
    case range(Int, Int)

    init(_ items: [Item]) {
        switch items.count {
        case 0: self = .empty
        case 1: self = .item(items[0])
        default: self = .items(items)
        }
    }

    init(nodes: [NodeRef]) {
        switch nodes.count {
        case 0: self = .empty
        case 1: self = .item(.node(nodes[0]))
        default: self = .nodes(nodes)
        }
    }

    init(_ atomics: [Atomic]) { self.init(atomics.map { Item.atomic($0) }) }

    init(_ atomic: Atomic?) {
        guard let atomic else {
            self = .empty
            return
        }
        self = .item(.atomic(atomic))
    }

    static func atomic(_ value: Atomic) -> Value { .item(.atomic(value)) }
    static func boolean(_ value: Bool) -> Value { .item(.atomic(.boolean(value))) }
    static func text(_ value: Text) -> Value { .item(.atomic(.string(value))) }

    var count: Int {
        switch self {
        case .empty: 0
        case .item: 1
        case .items(let items): items.count
        case .nodes(let nodes): nodes.count
        case .range(let lower, let upper): upper - lower + 1
        }
    }

    package var isEmpty: Bool {
        if case .empty = self { return true }
        return false
    }

    /// The item at `index`, which exists.
    subscript(index: Int) -> Item {
        switch self {
        case .empty: preconditionFailure("an empty sequence has no item")
        case .item(let item): item
        case .items(let items): items[index]
        case .nodes(let nodes): .node(nodes[index])
        case .range(let lower, _): .atomic(.integer(lower + index))
        }
    }

    var first: Item? { isEmpty ? nil : self[0] }

    /// Gives each item to `body` until it says false; whether it never did.
    @discardableResult
    func forEach(_ body: (Item) throws(XPathError) -> Bool) throws(XPathError) -> Bool {
        switch self {
        case .empty: return true
        case .item(let item): return try body(item)
        case .items(let items):
            for item in items where try !body(item) { return false }
        case .nodes(let nodes):
            for node in nodes where try !body(.node(node)) { return false }
        case .range(let lower, let upper):
            var value = lower
            while value <= upper {
                if try !body(.atomic(.integer(value))) { return false }
                value += 1
            }
        }
        return true
    }

    /// All items, written out. XPDY0130 if they are too many.
    func array(_ evaluation: Evaluation) throws(XPathError) -> [Item] {
        switch self {
        case .empty: return []
        case .item(let item): return [item]
        case .items(let items): return items
        case .nodes(let nodes): return nodes.map { .node($0) }
        case .range(let lower, let upper):
            try evaluation.check(items: upper - lower + 1)
            return (lower...upper).map { .atomic(.integer($0)) }
        }
    }

    /// The typed values of all items.
    func atomized(_ evaluation: Evaluation) throws(XPathError) -> [Atomic] {
        switch self {
        case .empty: return []
        case .item(let item): return [item.atomized]
        case .items(let items): return items.map { $0.atomized }
        case .nodes(let nodes): return nodes.map { $0.atomized }
        case .range(let lower, let upper):
            try evaluation.check(items: upper - lower + 1)
            return (lower...upper).map { .integer($0) }
        }
    }

    /// The effective boolean value (XPath 2.0, 2.4.3).
    func boolean() throws(XPathError) -> Bool {
        switch self {
        case .empty: return false
        case .item(.atomic(let value)): return try value.effectiveBoolean()
        case .item(.node), .nodes: return true
        case .items(let items):
            if case .node = items[0] { return true }
            throw Value.noBoolean
        case .range(let lower, let upper):
            guard lower == upper else { throw Value.noBoolean }
            return lower != 0
        }
    }

    /// The steps that a function which reads all of it takes: one an item, one each 64 bytes of a text.
    @inline(__always) var weight: Int {
        switch self {
        case .empty, .item(.node): 0
        case .item(.atomic(let value)): value.weight
        case .items(let items): items.count
        case .nodes(let nodes): nodes.count
        case .range: 0
        }
    }

    /// The same, for other rooms.
    package func effectiveBoolean() throws(XPathError) -> Bool { try boolean() }

    /// The bytes that a general comparison compares, where this is one item that is untyped or a string; else nil.
    package var comparedText: [UInt8]? {
        guard case .item(let item) = self, case .text(let text) = item.atomized.storage else { return nil }
        return text.withBytes(Array.init)
    }

    static let noBoolean = XPathError(
        "FORG0006", "a sequence of several atomic values has no effective boolean value")
}

extension Atomic {
    /// One step each 64 bytes of a text.
    @inline(__always) var weight: Int {
        if case .text(let text) = storage { return text.byteCount >> 6 }
        return 0
    }

    func effectiveBoolean() throws(XPathError) -> Bool {
        switch storage {
        case .boolean(let value): return value
        case .text(let text): return !text.isEmpty
        case .integer(let value): return !value.isZero
        case .decimal(let value): return !value.isZero
        case .double(let value): return !(value == 0 || value.isNaN)
        case .float(let value): return !(value == 0 || value.isNaN)
        case .calendar, .duration, .qname, .binary:
            throw XPathError("FORG0006", "a value of \(type) has no effective boolean value")
        }
    }
}

/// Collects items, under the limit of the evaluation.
struct Collector {
    private var items: [Item] = []
    private let evaluation: Evaluation

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    mutating func append(_ item: Item) throws(XPathError) {
        items.append(item)
        try evaluation.check(items: items.count)
    }

    var value: Value { Value(items) }
}
