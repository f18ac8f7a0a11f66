public import XML

/// A match pattern of XSLT 2.0 (5.5), the context of a Schematron rule.
public struct XPathPattern: Sendable {
    /// The pattern as written.
    public let source: String
    /// The patterns between the bars.
    package let alternatives: [Alternative]
    /// The external variables that it uses, by slot, where the static context gave no slots.
    package let variableNames: [String]
    /// The syntax tree.
    package let tree: SyntaxTree
    private let slots: Int

    /// One pattern without a bar.
    package struct Alternative: Sendable {
        /// Whether it starts with `/` or `//`.
        package let isAbsolute: Bool
        /// The steps from the left.
        let steps: [Step]
        /// The name that the node must have, where the last step is the test of one.
        package let lastName: QName?
        /// Whether the node must be an element, attribute, … ; nil where several kinds are possible.
        package let lastKind: NodeKind?
    }

    struct Step: Sendable {
        let plan: StepPlan
        /// Whether any number of nodes may lie between this step and what is left of it.
        let isDeep: Bool
        let isPositional: Bool
    }

    /// Compiles a pattern. XTSE0340 for an expression that is none, else as `XPathExpression`.
    public init(_ source: String, context: XPathStaticContext) throws(XPathError) {
        let bytes = Array(source.utf8)
        var parser = try Parser(bytes, context: context)
        let tree = try parser.parse()
        var compiler = Compiler(context, source: bytes)
        var trees = [tree]
        if case .union(let parts) = tree.form { trees = parts }
        var alternatives: [Alternative] = []
        for tree in trees { alternatives.append(try Self.alternative(tree, &compiler)) }
        self.source = source
        self.tree = tree
        self.alternatives = alternatives
        slots = compiler.slotCount
        variableNames = compiler.externals
    }

    private static func alternative(_ tree: SyntaxTree, _ compiler: inout Compiler) throws(XPathError) -> Alternative {
        var trees = [tree]
        if case .path(let steps) = tree.form { trees = steps }
        var isAbsolute = false
        if case .root = trees[0].form {
            isAbsolute = true
            trees.removeFirst()
        }
        var steps: [Step] = []
        var isDeep = false
        for tree in trees {
            guard case .step(let axis, let test, let predicates) = tree.form else { throw noPattern(tree) }
            if axis == .descendantOrSelf, case .kind(.node) = test, predicates.isEmpty {
                isDeep = true
                continue
            }
            guard axis == .child || axis == .attribute else { throw noPattern(tree) }
            let plan = try compiler.step(tree)
            steps.append(Step(plan: plan, isDeep: isDeep, isPositional: !plan.isFreeOfPositions))
            isDeep = false
        }
        guard !isDeep else { throw noPattern(tree) }
        var name: QName?
        var kind: NodeKind?
        if let last = steps.last {
            switch last.plan.matcher {
            case .named(let kinds, let test):
                name = test.name
                kind = kinds == .element ? .element : kinds == .attribute ? .attribute : .processingInstruction
            case .kinds(.element), .wildcard(.element, _): kind = .element
            case .kinds(.attribute), .wildcard(.attribute, _): kind = .attribute
            default: break
            }
        } else {
            kind = .document
        }
        return Alternative(isAbsolute: isAbsolute, steps: steps, lastName: name, lastKind: kind)
    }

    private static func noPattern(_ tree: SyntaxTree) -> XPathError {
        XPathError(
            "XTSE0340", "a pattern has steps along the child and attribute axes only", span: tree.span)
    }

    /// Whether `node` matches. A dynamic error in a predicate is no match (XSLT 2.0, 5.5.4); XPDY0130 is thrown.
    public func matches(
        _ node: Node, variables: [String: XPathValue] = [:], host: (any XPathHost)? = nil,
        settings: XPathSettings = .init()
    ) throws(XPathError) -> Bool {
        let evaluation = Evaluation(variables: NamedVariables(variables), host: host, settings: settings)
        return try matches(node.index, of: evaluation.view(node.document), in: evaluation)
    }

    /// Whether the node of a row matches.
    package func matches(_ row: Int32, of tree: TreeView, in evaluation: Evaluation) throws(XPathError) -> Bool {
        for alternative in alternatives where try matches(alternative, row, of: tree, in: evaluation) { return true }
        return false
    }

    /// Whether the node of a row matches one of the alternatives.
    package func matches(
        _ alternative: Alternative, _ row: Int32, of tree: TreeView, in evaluation: Evaluation
    ) throws(XPathError) -> Bool {
        let node = NodeRef(tree, row)
        guard let last = alternative.steps.indices.last else { return row == 0 }
        do {
            return try evaluation.run(slots: slots, current: node) { () throws(XPathError) in
                try Self.matches(alternative, last, node, evaluation)
            }
        } catch {
            guard error.code != "XPDY0130" else { throw error }
            return false
        }
    }

    private static func matches(
        _ alternative: Alternative, _ index: Int, _ node: NodeRef, _ evaluation: Evaluation
    ) throws(XPathError) -> Bool {
        let step = alternative.steps[index]
        guard try holds(step, node, evaluation), let parent = node.parent else { return false }
        guard index > 0 else { return !alternative.isAbsolute || step.isDeep || parent.row == 0 }
        if !step.isDeep { return try matches(alternative, index - 1, parent, evaluation) }
        var ancestor: NodeRef? = parent
        while let current = ancestor {
            if try matches(alternative, index - 1, current, evaluation) { return true }
            ancestor = current.parent
        }
        return false
    }

    /// Whether the node is among those that the step selects from its parent.
    private static func holds(_ step: Step, _ node: NodeRef, _ evaluation: Evaluation) throws(XPathError) -> Bool {
        let isAttribute = node.kind == .attribute
        guard isAttribute == (step.plan.axis == .attribute), step.plan.matcher.matches(node), let parent = node.parent
        else { return false }
        if step.isPositional {
            return try !step.plan.forEachNode(Focus(parent.tree, parent.row), evaluation) {
                (other) throws(XPathError) in
                other != node
            }
        }
        for predicate in step.plan.predicates {
            guard try predicate.holds(Focus(node.tree, node.row, position: 1, size: 1), evaluation) else {
                return false
            }
        }
        return true
    }
}
