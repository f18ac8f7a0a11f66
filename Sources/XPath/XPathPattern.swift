public import XML

/// A match pattern of XSLT 2.0 (5.5), the context of a Schematron rule.
public struct XPathPattern: Sendable {
    // One word, so that a copy costs one reference.
    private final class Storage: Sendable {
        let source: String
        let alternatives: [Alternative]
        let variableNames: [String]
        let tree: SyntaxTree
        let slots: Int
        /// The only step, where nothing in it reads a local variable or `current()`.
        let single: Step?

        init(_ source: String, _ alternatives: [Alternative], _ names: [String], _ tree: SyntaxTree, _ slots: Int) {
            self.source = source
            self.alternatives = alternatives
            variableNames = names
            self.tree = tree
            self.slots = slots
            let isFrameless =
                slots == 0 && alternatives.allSatisfy { $0.steps.allSatisfy { !$0.needs.contains(.current) } }
            let isSingle = alternatives.count == 1 && alternatives[0].steps.count == 1 && !alternatives[0].isAbsolute
            single = isFrameless && isSingle ? alternatives[0].steps[0] : nil
        }
    }

    private let storage: Storage

    /// The pattern as written.
    public var source: String { storage.source }
    /// The patterns between the bars.
    package var alternatives: [Alternative] { storage.alternatives }
    /// The external variables that it uses, by slot, where the static context gave no slots.
    package var variableNames: [String] { storage.variableNames }
    /// The syntax tree.
    package var tree: SyntaxTree { storage.tree }

    /// One pattern without a bar.
    package final class Alternative: Sendable {
        /// Whether it starts with `/` or `//`.
        package let isAbsolute: Bool
        /// The steps from the left.
        let steps: [Step]
        /// The name that the node must have, where the last step is the test of one.
        package let lastName: QName?
        /// Whether the node must be an element, attribute, … ; nil where several kinds are possible.
        package let lastKind: NodeKind?

        init(isAbsolute: Bool, steps: [Step], lastName: QName?, lastKind: NodeKind?) {
            self.isAbsolute = isAbsolute
            self.steps = steps
            self.lastName = lastName
            self.lastKind = lastKind
        }
    }

    final class Step: Sendable {
        let plan: StepPlan
        /// Whether any number of nodes may lie between this step and what is left of it.
        let isDeep: Bool
        let isPositional: Bool
        /// What the predicates read.
        let needs: Properties.Needs

        init(plan: StepPlan, isDeep: Bool, isPositional: Bool) {
            self.plan = plan
            self.isDeep = isDeep
            self.isPositional = isPositional
            needs = plan.predicates.reduce(into: []) { $0.formUnion($1.needs) }
        }
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
        storage = Storage(source, alternatives, compiler.externals, tree, compiler.slotCount)
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
            name = last.plan.matcher.plainName?.name
            kind = Self.kinds.first { NodeMatcher.KindSet([$0]) == last.plan.matcher.kinds }
        } else {
            kind = .document
        }
        return Alternative(isAbsolute: isAbsolute, steps: steps, lastName: name, lastKind: kind)
    }

    private static let kinds: [NodeKind] = [
        .document, .element, .attribute, .text, .comment, .processingInstruction,
    ]

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
        if let single = storage.single {
            try evaluation.enter()
            defer { evaluation.leave() }
            do {
                return try Self.holds(single, NodeRef(tree, row), evaluation)
            } catch {
                guard error.code != "XPDY0130" else { throw error }
                return false
            }
        }
        for alternative in storage.alternatives where try matches(alternative, row, of: tree, in: evaluation) {
            return true
        }
        return false
    }

    /// Whether the node of a row matches one of the alternatives.
    package func matches(
        _ alternative: Alternative, _ row: Int32, of tree: TreeView, in evaluation: Evaluation
    ) throws(XPathError) -> Bool {
        let node = NodeRef(tree, row)
        guard let last = alternative.steps.indices.last else { return row == 0 }
        do {
            return try evaluation.run(slots: storage.slots, current: node) { () throws(XPathError) in
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
        let predicates = step.plan.predicates
        let focus = Focus(node.tree, node.row, position: 1, size: 1)
        for index in predicates.indices where try !predicates[index].holds(focus, evaluation) { return false }
        return true
    }
}
