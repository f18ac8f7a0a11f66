/// A parsed expression: what it is and the bytes that it was read from.
package struct SyntaxTree: Sendable {
    package let form: Form
    package let span: Range<Int>

    /// The text of a string literal; nil for anything else.
    package var literalString: String? {
        guard case .literal(let value) = form, value.type == .string else { return nil }
        return value.text.string
    }

    init(_ form: Form, _ span: Range<Int>) {
        self.form = form
        self.span = span
    }

    package indirect enum Form: Sendable {
        case literal(Atomic)
        case variable(QualifiedName)
        /// `a, b` and `()`
        case sequence([SyntaxTree])
        case contextItem
        /// `/` alone or before the first step.
        case root
        /// Steps joined by `/`; `//` has been written out.
        case path([SyntaxTree])
        case step(Axis, NodeTest, [SyntaxTree])
        case filter(SyntaxTree, [SyntaxTree])
        case call(QualifiedName, [SyntaxTree])
        case or([SyntaxTree])
        case and([SyntaxTree])
        case generalComparison(ComparisonOperator, SyntaxTree, SyntaxTree)
        case valueComparison(ComparisonOperator, SyntaxTree, SyntaxTree)
        case nodeComparison(NodeComparison, SyntaxTree, SyntaxTree)
        case range(SyntaxTree, SyntaxTree)
        /// A chain of one precedence, from left to right.
        case arithmetic(SyntaxTree, [(ArithmeticOperator, SyntaxTree)])
        case negation(isNegative: Bool, SyntaxTree)
        case union([SyntaxTree])
        /// A chain of `intersect` (true) and `except` (false).
        case intersection(SyntaxTree, [(isIntersect: Bool, SyntaxTree)])
        case instance(SyntaxTree, SequenceType)
        case treat(SyntaxTree, SequenceType)
        case castable(SyntaxTree, AtomicType, allowsEmpty: Bool)
        case cast(SyntaxTree, AtomicType, allowsEmpty: Bool)
        case conditional(SyntaxTree, SyntaxTree, SyntaxTree)
        case iteration([(QualifiedName, SyntaxTree)], SyntaxTree)
        case quantified(isEvery: Bool, [(QualifiedName, SyntaxTree)], SyntaxTree)
    }
}

/// The thirteen axes.
package enum Axis: UInt8, Sendable {
    case child, descendant, attribute, `self`, descendantOrSelf, followingSibling, following, namespace
    case parent, ancestor, precedingSibling, preceding, ancestorOrSelf

    private static let byName: [String: Axis] = [
        "child": .child, "descendant": .descendant, "attribute": .attribute, "self": .self,
        "descendant-or-self": .descendantOrSelf, "following-sibling": .followingSibling, "following": .following,
        "namespace": .namespace, "parent": .parent, "ancestor": .ancestor, "preceding-sibling": .precedingSibling,
        "preceding": .preceding, "ancestor-or-self": .ancestorOrSelf,
    ]

    init?(name: String) {
        guard let axis = Self.byName[name] else { return nil }
        self = axis
    }

    /// Whether positions count against document order.
    var isReverse: Bool { rawValue >= Axis.parent.rawValue }
}

/// What a step selects on its axis.
package enum NodeTest: Sendable {
    /// A name test: nil stands for `*`.
    case name(namespace: String?, local: String?)
    case kind(KindTest)
}

/// The kind tests (XPath 2.0 2.5.4).
package indirect enum KindTest: Sendable {
    case node
    case text
    case comment
    case processingInstruction(String?)
    case document(KindTest?)
    /// A name (nil: any) and whether the type that was asked for is that of untyped data.
    case element(QualifiedName?, matchesUntyped: Bool)
    case attribute(QualifiedName?, matchesUntyped: Bool)
}

package enum ArithmeticOperator: UInt8, Sendable {
    case add, subtract, multiply, divide, integerDivide, modulo

    var name: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "div"
        case .integerDivide: "idiv"
        case .modulo: "mod"
        }
    }
}

package enum NodeComparison: UInt8, Sendable { case same, precedes, follows }

/// How many items a sequence type allows.
package enum Occurrence: UInt8, Sendable {
    case one, zeroOrOne, zeroOrMore, oneOrMore

    var allowsEmpty: Bool { self == .zeroOrOne || self == .zeroOrMore }
    var allowsMany: Bool { self == .zeroOrMore || self == .oneOrMore }

    var mark: String {
        switch self {
        case .one: ""
        case .zeroOrOne: "?"
        case .zeroOrMore: "*"
        case .oneOrMore: "+"
        }
    }
}

/// A sequence type (XPath 2.0 2.5.3).
package enum SequenceType: Sendable {
    case empty
    case items(ItemType, Occurrence)
}

package enum ItemType: Sendable {
    case item
    case atomic(AtomicType)
    /// `numeric` of the function signatures.
    case numeric
    case node(KindTest)
}
