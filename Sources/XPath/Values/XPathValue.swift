public import XML

/// What an expression gives: a sequence of items, each a node or an atomic value.
public struct XPathValue: Sendable {
    /// The items in order.
    public let items: [XPathItem]

    /// Makes a sequence.
    public init(_ items: [XPathItem]) { self.items = items }

    /// The sequence of one `xs:string`.
    public init(_ string: String) { items = [XPathItem(atomic: .string(Text(string)))] }

    /// The sequence of one `xs:integer`.
    public init(_ integer: Int) { items = [XPathItem(atomic: .integer(integer))] }

    /// The sequence of one `xs:double`.
    public init(_ double: Double) { items = [XPathItem(atomic: .double(double))] }

    /// The sequence of one `xs:boolean`.
    public init(_ boolean: Bool) { items = [XPathItem(atomic: .boolean(boolean))] }

    /// A sequence of nodes.
    public init(_ nodes: [Node]) { items = nodes.map { XPathItem(node: $0) } }

    /// The empty sequence.
    public static let empty = XPathValue([XPathItem]())

    /// The nodes among the items.
    public var nodes: [Node] { items.compactMap { $0.node } }

    /// The string values of the items.
    public var strings: [String] { items.map { $0.string } }

    /// The string values of the items, joined by blanks.
    public var string: String { strings.joined(separator: " ") }

    /// The effective boolean value (XPath 2.0, 2.4.3); FORG0006 where there is none.
    public func boolean() throws(XPathError) -> Bool {
        guard let first = items.first else { return false }
        guard let atomic = first.atomic else { return true }
        guard items.count == 1 else { throw Value.noBoolean }
        return try atomic.effectiveBoolean()
    }
}

/// A node or an atomic value.
public struct XPathItem: Sendable {
    private enum Content: Sendable {
        case node(Node)
        case atomic(Atomic)
    }

    private let content: Content

    /// A node as an item.
    public init(node: Node) { content = .node(node) }

    init(atomic: Atomic) { content = .atomic(atomic) }

    /// The node, or nil for an atomic value.
    public var node: Node? {
        if case .node(let node) = content { return node }
        return nil
    }

    var atomic: Atomic? {
        if case .atomic(let value) = content { return value }
        return nil
    }

    /// The string value of a node, an atomic value cast to `xs:string`.
    public var string: String {
        switch content {
        case .node(let node): node.stringValue
        case .atomic(let value): value.text.string
        }
    }

    /// The type of an atomic value, such as `xs:integer`; nil for a node.
    public var typeName: String? { atomic?.type.description }

    /// The number that a numeric atomic value is; nil for any other item.
    public var number: Double? { atomic?.double }
}

extension Value {
    init(_ value: XPathValue, in evaluation: Evaluation) {
        self.init(
            value.items.map { item in
                if let node = item.node { return .node(evaluation.reference(node)) }
                return .atomic(item.atomic ?? .string(.empty))
            })
    }

    /// The sequence as it leaves the evaluation.
    package func exported(_ evaluation: Evaluation) throws(XPathError) -> XPathValue {
        try XPathValue(
            array(evaluation).map { item in
                switch item {
                case .node(let node): XPathItem(node: node.node)
                case .atomic(let value): XPathItem(atomic: value)
                }
            })
    }
}
