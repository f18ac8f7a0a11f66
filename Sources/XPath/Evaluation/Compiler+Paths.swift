internal import XML

extension Compiler {
    mutating func step(_ tree: SyntaxTree) throws(XPathError) -> StepPlan {
        guard case .step(let axis, let test, let predicates) = tree.form else {
            preconditionFailure("only steps are compiled as steps")
        }
        if axis == .namespace {
            throw XPathError("XPST0010", "the namespace axis is not supported", span: tree.span)
        }
        return StepPlan(axis, NodeMatcher(test, axis: axis), try self.predicates(predicates))
    }

    mutating func predicates(_ trees: [SyntaxTree]) throws(XPathError) -> [Predicate] {
        var result: [Predicate] = []
        for tree in trees { result.append(Predicate(try compile(tree))) }
        return result
    }

    /// The count of steps up to which a path runs as nested loops.
    private static let maximumNesting = 8

    mutating func path(_ steps: [SyntaxTree], _ span: Range<Int>) throws(XPathError) -> any Plan {
        var parts = try self.parts(steps)
        guard let last = parts.popLast() else { preconditionFailure("a path has steps") }
        if parts.isEmpty { return last.properties.order.contains(.sorted) ? last : ordered(last) }
        for (index, part) in parts.enumerated() where part.properties.kinds.isDisjoint(with: .node) {
            // Only what stands there as a constant: a branch that is never taken is no fault.
            guard part.properties.isNeverEmpty, part.properties.needs.isEmpty else { continue }
            throw XPathError(
                "XPTY0019", "a step of a path must give nodes", span: steps[min(index, steps.count - 1)].span)
        }
        var plan: any Plan
        if parts.count >= Self.maximumNesting {
            plan = LongPathPlan(parts)
        } else {
            plan = parts[0]
            for part in parts.dropFirst() { plan = PathPlan(left(plan, of: part), part) }
        }
        guard last.properties.isNodes else { return MappingPlan(left(plan, of: last), last) }
        let result = PathPlan(left(plan, of: last), last)
        guard parts[0] is RootPlan, result.properties.needs == .document else { return result }
        return HoistedPlan(result, number: number(span))
    }

    /// Where positions are asked for, the nodes on the left come in document order.
    private func left(_ plan: any Plan, of right: any Plan) -> any Plan {
        right.properties.needsPosition ? ordered(plan) : plan
    }

    private func ordered(_ plan: any Plan) -> any Plan {
        plan is StepPlan && !plan.properties.order.contains(.sorted) ? DocumentOrderPlan(plan) : plan
    }

    /// The steps as plans: `//x` is one step where no predicate counts, `./x` is `x`.
    private mutating func parts(_ steps: [SyntaxTree]) throws(XPathError) -> [any Plan] {
        var parts: [any Plan] = []
        var index = 0
        while index < steps.count {
            let tree = steps[index]
            index += 1
            switch tree.form {
            case .contextItem where parts.isEmpty && index < steps.count && isStep(steps[index]): continue
            case .step(.descendantOrSelf, .kind(.node), let predicates) where predicates.isEmpty && index < steps.count:
                if isStep(steps[index]) {
                    let next = try step(steps[index])
                    if let merged = merged(next) {
                        parts.append(merged)
                    } else {
                        parts.append(try step(tree))
                        parts.append(next)
                    }
                    index += 1
                    continue
                }
                parts.append(try step(tree))
            case .step: parts.append(try step(tree))
            default: parts.append(try compile(tree))
            }
        }
        return parts
    }

    private func isStep(_ tree: SyntaxTree) -> Bool {
        if case .step = tree.form { return true }
        return false
    }

    /// `descendant-or-self::node()/` and a step as one step.
    private func merged(_ step: StepPlan) -> StepPlan? {
        guard step.isFreeOfPositions else { return nil }
        switch step.axis {
        case .child, .descendant: return StepPlan(.descendant, step.matcher, step.predicates)
        case .`self`, .descendantOrSelf: return StepPlan(.descendantOrSelf, step.matcher, step.predicates)
        default: return nil
        }
    }
}
