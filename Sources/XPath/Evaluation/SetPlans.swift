internal import XML

/// `union`, `intersect` and `except`.
final class SetPlan: NodePlan {
    enum Operation: Sendable { case union, intersect, except }

    let first: any Plan
    let others: [(operation: Operation, plan: any Plan)]
    private let isUnionOfNodes: Bool
    /// The steps of `self::a[…] | self::b | …`, where it is no more than that.
    private let selves: [StepPlan]
    /// The numbers of their names.
    private let selfNumbers: [Int]
    let properties: Properties

    init(_ first: any Plan, _ others: [(operation: Operation, plan: any Plan)]) {
        self.first = first
        self.others = others
        isUnionOfNodes =
            first.properties.isNodes
            && others.allSatisfy { $0.operation == .union && $0.plan.properties.isNodes }
        selves = isUnionOfNodes ? Self.selves([first] + others.map(\.plan)) : []
        selfNumbers = selves.map(\.matcher.number)
        var order = first.properties.order.intersection(.subtree)
        var needs = first.properties.needs
        for other in others {
            needs.formUnion(other.plan.properties.needs)
            if other.operation == .union { order.formIntersection(other.plan.properties.order) }
        }
        properties = Properties(.node, needs: needs, order: order.union(.sorted))
    }

    private static func selves(_ plans: [any Plan]) -> [StepPlan] {
        var steps: [StepPlan] = []
        for plan in plans {
            guard let step = plan as? StepPlan, step.axis == .`self`, step.matcher.plainName != nil,
                step.matcher.kinds == .element
            else { return [] }
            steps.append(step)
        }
        return steps
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
        if !selves.isEmpty { return try isAnySelf(focus, evaluation) }
        if try first.exists(focus, evaluation) { return true }
        for index in others.indices where try others[index].plan.exists(focus, evaluation) { return true }
        return false
    }

    /// Whether the context element is one of `selves`: most are told apart by their names alone.
    private func isAnySelf(_ focus: Focus, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        let node = try focus.node()
        let tree = node.tree
        guard tree.kind(node.row) == .element else { return false }
        try evaluation.count()
        let name = tree.names[Int(node.row)]
        for index in selfNumbers.indices {
            let step = selves[index]
            guard tree.id(selfNumbers[index], of: step.matcher) == name else { continue }
            if try step.exists(focus, evaluation) { return true }
        }
        return false
    }
}
