/// `union`, `intersect` and `except`.
final class SetPlan: NodePlan {
    enum Operation: Sendable { case union, intersect, except }

    let first: any Plan
    let others: [(operation: Operation, plan: any Plan)]
    private let isUnionOfNodes: Bool
    let properties: Properties

    init(_ first: any Plan, _ others: [(operation: Operation, plan: any Plan)]) {
        self.first = first
        self.others = others
        isUnionOfNodes =
            first.properties.isNodes
            && others.allSatisfy { $0.operation == .union && $0.plan.properties.isNodes }
        var order = first.properties.order.intersection(.subtree)
        var needs = first.properties.needs
        for other in others {
            needs.formUnion(other.plan.properties.needs)
            if other.operation == .union { order.formIntersection(other.plan.properties.order) }
        }
        properties = Properties(.node, needs: needs, order: order.union(.sorted))
    }

    private func operand(_ plan: any Plan, _ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> [NodeRef] {
        var nodes: [NodeRef] = []
        _ = try plan.forEach(focus, evaluation) { (item) throws(XPathError) in
            guard case .node(let node) = item else {
                throw XPathError("XPTY0004", "union, intersect and except take nodes, not \(item.atomized.type)")
            }
            nodes.append(node)
            try evaluation.check(items: nodes.count)
            return true
        }
        return nodes
    }

    func forEachNode(
        _ focus: Focus, _ evaluation: Evaluation, _ body: (NodeRef) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        var nodes = inDocumentOrder(try operand(first, focus, evaluation))
        var isSorted = true
        for (operation, plan) in others {
            let other = try operand(plan, focus, evaluation)
            switch operation {
            case .union:
                nodes += other
                isSorted = false
                try evaluation.check(items: nodes.count)
            case .intersect, .except:
                if !isSorted { nodes = inDocumentOrder(nodes) }
                isSorted = true
                let set = Set(other)
                nodes = nodes.filter { set.contains($0) == (operation == .intersect) }
            }
        }
        if !isSorted { nodes = inDocumentOrder(nodes) }
        for node in nodes where try !body(node) { return false }
        return true
    }

    func exists(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        // Of a union, the first node of any operand will do.
        guard isUnionOfNodes else {
            return try !forEachNode(focus, evaluation) { (_) throws(XPathError) in false }
        }
        if try first.exists(focus, evaluation) { return true }
        for index in others.indices where try others[index].plan.exists(focus, evaluation) { return true }
        return false
    }
}
