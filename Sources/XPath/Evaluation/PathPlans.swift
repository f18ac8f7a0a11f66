internal import XML

/// Nodes sorted into document order, without duplicates (XPath 2.0, 2.4.1).
func inDocumentOrder(_ nodes: [NodeRef]) -> [NodeRef] {
    var isSorted = true
    var index = 1
    while index < nodes.count {
        if !nodes[index - 1].precedes(nodes[index]) {
            isSorted = false
            break
        }
        index += 1
    }
    if isSorted { return nodes }
    var sorted = nodes
    sorted.sort { $0.precedes($1) }
    var count = 1
    for index in 1..<sorted.count where sorted[index] != sorted[count - 1] {
        sorted[count] = sorted[index]
        count += 1
    }
    sorted.removeLast(sorted.count - count)
    return sorted
}

/// Collects nodes that come in any order and more than once; duplicates never pile up.
private struct NodeCollector {
    private var nodes: [NodeRef] = []
    private var limit = 1 << 16
    private let evaluation: Evaluation

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    mutating func append(_ node: NodeRef) throws(XPathError) {
        nodes.append(node)
        guard nodes.count >= limit else { return }
        nodes = inDocumentOrder(nodes)
        try evaluation.check(items: nodes.count)
        limit = max(limit, nodes.count * 2)
    }

    var sorted: [NodeRef] { inDocumentOrder(nodes) }
}

/// `left/right` where both give nodes.
final class PathPlan: NodePlan {
    let left: any Plan
    let right: any Plan
    let properties: Properties
    private let isStreamed: Bool

    init(_ left: any Plan, _ right: any Plan) {
        self.left = left
        self.right = right
        let (first, second) = (left.properties, right.properties)
        let order = Self.order(first, second)
        isStreamed = order.contains(.sorted)
        var result = order
        result.insert(.sorted)
        let needs = first.needs.union(second.needs.subtracting(.focus))
        properties = Properties(
            .node, isNeverEmpty: first.isNeverEmpty && second.isNeverEmpty,
            isSingle: first.isSingle && second.isSingle, needs: needs, order: result)
    }

    /// How the nodes come when they are taken left by left.
    private static func order(_ left: Properties, _ right: Properties) -> Properties.Order {
        var result: Properties.Order = []
        if left.order.contains(.subtree) && right.order.contains(.subtree) { result.insert(.subtree) }
        if left.isSingle {
            result.formUnion(right.order.intersection([.sorted, .peer]))
        } else if left.order.contains([.sorted, .peer]) && right.order.contains([.sorted, .subtree]) {
            result.insert(.sorted)
            if right.order.contains(.peer) { result.insert(.peer) }
        } else if left.order.contains(.sorted), isAttributeOrSelf(right) {
            result.formUnion([.sorted])
        }
        return result
    }

    private static func isAttributeOrSelf(_ properties: Properties) -> Bool {
        properties.order.contains(.ownRow)
    }

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        if isStreamed { return try unordered(focus, evaluation, body) }
        for node in try sorted(focus, evaluation) where try !body(node) { return false }
        return true
    }

    private func sorted(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> [NodeRef] {
        var collector = NodeCollector(evaluation)
        _ = try unordered(focus, evaluation) { (node) throws(XPathError) in
            try collector.append(node)
            return true
        }
        return collector.sorted
    }

    private func unordered(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        guard right.properties.needsPosition else {
            return try left.forEachNode(focus, evaluation) { (node) throws(XPathError) in
                try right.forEachNode(Focus(node.tree, node.row), evaluation, body)
            }
        }
        let nodes = try left.nodes(focus, evaluation)
        for (index, node) in nodes.enumerated() {
            let inner = Focus(node.tree, node.row, position: index + 1, size: nodes.count)
            if try !right.forEachNode(inner, evaluation, body) { return false }
        }
        return true
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        if !isStreamed { return Value(nodes: try sorted(focus, evaluation)) }
        var nodes: [NodeRef] = []
        _ = try unordered(focus, evaluation) { (node) throws(XPathError) in
            nodes.append(node)
            try evaluation.check(items: nodes.count)
            return true
        }
        return Value(nodes: nodes)
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try !unordered(focus, evaluation) { (_) throws(XPathError) in false }
    }
}

extension Properties.Order {
    /// Each node is the context node or one of its attributes.
    static let ownRow = Properties.Order(rawValue: 8)
}

/// A path of many steps, one list of nodes after the other, so that its length costs no depth.
final class LongPathPlan: NodePlan {
    let steps: [any Plan]
    let properties: Properties

    init(_ steps: [any Plan]) {
        self.steps = steps
        var needs = steps[0].properties.needs
        for step in steps.dropFirst() { needs.formUnion(step.properties.needs.subtracting(.focus)) }
        properties = Properties(.node, needs: needs, order: [.sorted])
    }

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        var nodes = try steps[0].nodes(focus, evaluation)
        for step in steps.dropFirst() {
            var next = NodeCollector(evaluation)
            for (index, node) in nodes.enumerated() {
                let inner = Focus(node.tree, node.row, position: index + 1, size: nodes.count)
                _ = try step.forEachNode(inner, evaluation) { (node) throws(XPathError) in
                    try next.append(node)
                    return true
                }
            }
            nodes = next.sorted
            if nodes.isEmpty { return true }
        }
        for node in nodes where try !body(node) { return false }
        return true
    }
}

/// `left/right` where the last step may give atomic values (XPath 2.0, 3.2).
final class MappingPlan: StreamPlan {
    let left: any Plan
    let right: any Plan
    let properties: Properties

    init(_ left: any Plan, _ right: any Plan) {
        self.left = left
        self.right = right
        let needs = left.properties.needs.union(right.properties.needs.subtracting(.focus))
        properties = Properties(
            right.properties.kinds, isNeverEmpty: left.properties.isNeverEmpty && right.properties.isNeverEmpty,
            isSingle: left.properties.isSingle && right.properties.isSingle, needs: needs)
    }

    func forEach(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (Item) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        var nodes: [NodeRef] = []
        var hasAtomic = false
        func take(_ item: Item) throws(XPathError) -> Bool {
            switch item {
            case .node(let node):
                if hasAtomic { throw Self.mixed }
                nodes.append(node)
                try evaluation.check(items: nodes.count)
                return true
            case .atomic:
                if !nodes.isEmpty { throw Self.mixed }
                hasAtomic = true
                return try body(item)
            }
        }
        var goesOn = true
        if right.properties.needsPosition {
            let left = try left.nodes(focus, evaluation)
            for (index, node) in left.enumerated() where goesOn {
                let inner = Focus(node.tree, node.row, position: index + 1, size: left.count)
                goesOn = try right.forEach(inner, evaluation, take)
            }
        } else {
            goesOn = try left.forEachNode(focus, evaluation) { (node) throws(XPathError) in
                try right.forEach(Focus(node.tree, node.row), evaluation, take)
            }
        }
        guard goesOn else { return false }
        if nodes.isEmpty { return true }
        for node in inDocumentOrder(nodes) where try !body(.node(node)) { return false }
        return true
    }

    private static let mixed = XPathError("XPTY0018", "the last step of a path gives both nodes and atomic values")
}

/// Nodes brought into document order: a step along a reverse axis that is no step of a longer path.
final class DocumentOrderPlan: NodePlan {
    let inner: any Plan
    let properties: Properties

    init(_ inner: any Plan) {
        self.inner = inner
        var properties = inner.properties
        properties.order.insert(.sorted)
        self.properties = properties
    }

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        for node in inDocumentOrder(try inner.nodes(focus, evaluation)) where try !body(node) { return false }
        return true
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try inner.exists(focus, evaluation)
    }
}

/// An absolute path that depends on nothing but the document: evaluated once for each document of an evaluation.
final class HoistedPlan: NodePlan {
    let inner: any Plan
    let number: Int
    let properties: Properties

    init(_ inner: any Plan, number: Int) {
        self.inner = inner
        self.number = number
        properties = inner.properties
    }

    func evaluate(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Value {
        let tree = try focus.node().tree
        if let known = tree.hoisted(number) { return known }
        let value = try inner.evaluate(Focus(tree, 0), evaluation)
        tree.setHoisted(number, value)
        return value
    }

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        try evaluate(focus, evaluation).forEach { (item) throws(XPathError) in
            guard case .node(let node) = item else { return true }
            try evaluation.count()
            return try body(node)
        }
    }

    func count(_ focus: Focus, _ evaluation: Evaluation, limit: Int) throws(XPathError) -> Int {
        try evaluate(focus, evaluation).count
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        try !evaluate(focus, evaluation).isEmpty
    }
}

extension Plan {
    /// All nodes of the value.
    func nodes(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> [NodeRef] {
        var nodes: [NodeRef] = []
        _ = try forEachNode(focus, evaluation) { (node) throws(XPathError) in
            nodes.append(node)
            try evaluation.check(items: nodes.count)
            return true
        }
        return nodes
    }
}
