internal import XML

/// A predicate, sorted by what it asks.
final class Predicate: Sendable {
    enum Kind: UInt8, Sendable {
        /// `[3]`
        case position
        /// `[last()]`
        case last
        /// A condition that is never a number.
        case condition
        /// A condition, or a number that is compared with the position.
        case general
    }

    let kind: Kind
    /// The position of `[3]`; 0 for a number that is none.
    let position: Int
    private let plan: any Plan
    /// Whether the result depends on the place among the candidates.
    let isPositional: Bool
    /// Whether the count of candidates must be known first.
    let needsSize: Bool

    init(_ plan: any Plan) {
        self.plan = plan
        let properties = plan.properties
        if let literal = plan as? LiteralPlan, let value = literal.value.double {
            kind = .position
            position = Int(exactly: value) ?? 0
        } else {
            kind = plan is LastPlan ? .last : properties.mayBePosition ? .general : .condition
            position = 0
        }
        isPositional = kind != .condition || properties.needsPosition
        needsSize = properties.needs.contains(.size)
    }

    /// Whether at most one candidate can pass.
    var picksOne: Bool { kind == .position || kind == .last }

    var needs: Properties.Needs { plan.properties.needs }

    @inline(__always)
    func holds(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        switch kind {
        case .condition: return try plan.boolean(focus, evaluation)
        case .position: return focus.position == position
        case .last: return focus.position == focus.size
        case .general:
            let value = try plan.evaluate(focus, evaluation)
            if case .item(.atomic(let atomic)) = value, let number = atomic.double {
                return number == Double(focus.position)
            }
            return try value.boolean()
        }
    }
}

/// One step along an axis, with its predicates; nodes come in the order of the axis.
final class StepPlan: NodePlan {
    let axis: Axis
    let matcher: NodeMatcher
    let predicates: [Predicate]
    let properties: Properties
    private let isSimple: Bool
    private let needsSize: Bool
    private let isFree: Bool
    /// Whether it is `@name`, at most one node that `attribute` finds.
    let isNamedAttribute: Bool

    init(_ axis: Axis, _ matcher: NodeMatcher, _ predicates: [Predicate]) {
        self.axis = axis
        self.matcher = matcher
        self.predicates = predicates
        isSimple = predicates.isEmpty
        needsSize = predicates.contains { $0.needsSize }
        isFree = !predicates.contains { $0.isPositional }
        var order: Properties.Order
        switch axis {
        case .child: order = [.sorted, .peer, .subtree]
        case .attribute, .`self`: order = [.sorted, .peer, .subtree, .ownRow]
        case .descendant, .descendantOrSelf: order = [.sorted, .subtree]
        case .parent: order = [.sorted, .peer]
        case .followingSibling: order = [.sorted, .peer]
        case .following: order = [.sorted]
        case .precedingSibling, .preceding, .ancestor, .ancestorOrSelf, .namespace: order = []
        }
        let picksOne = predicates.contains { $0.picksOne }
        isNamedAttribute = predicates.isEmpty && axis == .attribute && matcher.plainName != nil
        let isSingle =
            axis == .`self` || axis == .parent || picksOne || (axis == .attribute && matcher.plainName != nil)
        if isSingle { order.formUnion([.sorted, .peer]) }
        var needs: Properties.Needs = [.item]
        for predicate in predicates { needs.formUnion(predicate.needs.subtracting(.focus)) }
        properties = Properties(.node, isSingle: isSingle, needs: needs, order: order)
    }

    /// Whether no predicate depends on the place among the candidates.
    var isFreeOfPositions: Bool { isFree }

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        if isNamedAttribute {
            guard let node = try attribute(focus) else { return true }
            return try body(node)
        }
        let node = try focus.node()
        let tree = node.tree
        let test = BoundTest(matcher, tree)
        if isSimple {
            return try axis.forEach(tree, node.row, test, evaluation) { (row) throws(XPathError) in
                try evaluation.count()
                return try body(NodeRef(tree, row))
            }
        }
        if needsSize { return try counted(tree, node.row, test, evaluation, body) }
        if predicates.count == 1 {
            let predicate = predicates[0]
            var position = 0
            var stopped = false
            _ = try axis.forEach(tree, node.row, test, evaluation) { (row) throws(XPathError) in
                position += 1
                try evaluation.count()
                guard try predicate.holds(Focus(tree, row, position: position, size: 0), evaluation) else {
                    return true
                }
                if try !body(NodeRef(tree, row)) {
                    stopped = true
                    return false
                }
                if predicate.kind == .position { return false }
                return true
            }
            return !stopped
        }
        if isFree {
            return try axis.forEach(tree, node.row, test, evaluation) { (row) throws(XPathError) in
                try evaluation.count()
                let focus = Focus(tree, row)
                for predicate in predicates where try !predicate.holds(focus, evaluation) { return true }
                return try body(NodeRef(tree, row))
            }
        }
        var positions = [Int](repeating: 0, count: predicates.count)
        return try axis.forEach(tree, node.row, test, evaluation) { (row) throws(XPathError) in
            try evaluation.count()
            for index in predicates.indices {
                positions[index] += 1
                let focus = Focus(tree, row, position: positions[index], size: 0)
                guard try predicates[index].holds(focus, evaluation) else { return true }
            }
            return try body(NodeRef(tree, row))
        }
    }

    /// The way for predicates that ask for the count of candidates.
    private func counted(
        _ tree: TreeView, _ row: Int32, _ test: BoundTest, _ evaluation: Evaluation,
        _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        var rows: [Int32] = []
        _ = try axis.forEach(tree, row, test, evaluation) { (row) throws(XPathError) in
            rows.append(row)
            return true
        }
        for predicate in predicates {
            try evaluation.count(rows.count)
            if predicate.kind == .last {
                rows = rows.suffix(1)
                continue
            }
            var kept: [Int32] = []
            for (index, row) in rows.enumerated() {
                let focus = Focus(tree, row, position: index + 1, size: rows.count)
                if try predicate.holds(focus, evaluation) { kept.append(row) }
            }
            rows = kept
        }
        for row in rows where try !body(NodeRef(tree, row)) { return false }
        return true
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        if isNamedAttribute { return try attribute(focus) != nil }
        return try !forEachNode(focus, evaluation) { (_) throws(XPathError) in false }
    }

    /// The attribute of that name of the context element.
    @inline(__always)
    func attribute(_ focus: Focus) throws(XPathError) -> NodeRef? {
        let node = try focus.node()
        let tree = node.tree
        let id = tree.id(matcher.number, of: matcher)
        guard id != 0, tree.kind(node.row) == .element else { return nil }
        let end = tree.end(node.row)
        var row = node.row + 1
        while row < end, tree.kind(row) == .attribute {
            if tree.names[Int(row)] == id { return NodeRef(tree, row) }
            row += 1
        }
        return nil
    }
}

/// `/`: the document node of the tree that the context node is in.
final class RootPlan: NodePlan {
    let properties = Properties(
        .node, isNeverEmpty: true, isSingle: true, needs: [.document], order: [.sorted, .peer])

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try body(NodeRef(try focus.node().tree, 0))
    }
}

/// `.`
final class ContextItemPlan: Plan {
    let properties = Properties(
        .any, isNeverEmpty: true, isSingle: true, needs: [.item], order: [.sorted, .peer, .subtree])

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        .item(try focus.requireItem())
    }
}
