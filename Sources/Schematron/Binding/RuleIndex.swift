internal import XML
internal import XPath

/// Finds the rules that may fire on a node, by what its context asks of the node's name, its parent's name, or of a
/// child's attribute (`*[templateId/@root='…']`), so that a node meets few contexts and one walk does for all patterns.
struct RuleIndex: Sendable {
    /// One alternative (between bars) of the context of one rule.
    final class Candidate: Sendable {
        let context: Context
        let pattern: Int32
        let rule: Int32
        let alternative: XPathPattern.Alternative
        /// The number of the chain that is the same step by step, where there is one.
        let chain: Int?
        /// What the node, its parent, the parent's parent, … must have.
        let conditions: [Condition]

        init(
            _ context: Context, pattern: Int, rule: Int, _ alternative: XPathPattern.Alternative,
            _ chain: Int?, _ conditions: [Condition]
        ) {
            self.context = context
            self.pattern = Int32(pattern)
            self.rule = Int32(rule)
            self.alternative = alternative
            self.chain = chain
            self.conditions = conditions
        }
    }

    /// What an element must have: a name (an index in `names`; negative: any), and values (indices in `keys`).
    struct Condition: Sendable {
        let name: Int32
        let keys: [Int32]
    }

    /// What the walk reads of a candidate: no more than numbers.
    struct Trial: Sendable {
        let pattern: Int32
        let rule: Int32
        /// The number of the chain; negative: none.
        let chain: Int32
        /// The range in `clauses`.
        let start: Int32
        let end: Int32
    }

    /// The same of a condition, with its range in `clauseKeys`.
    struct Clause: Sendable {
        let name: Int32
        let start: Int32
        let end: Int32
    }

    /// A context with the variables that it uses.
    final class Context: Sendable {
        let pattern: XPathPattern
        let variables: [Int32]

        init(_ pattern: XPathPattern, _ variables: [Int32]) {
            self.pattern = pattern
            self.variables = variables
        }
    }

    /// The numbers of keys by the value that an attribute of a child has.
    struct ValueGroup: Sendable {
        let child: TestName
        let attribute: TestName
        var keys: [[UInt8]: Int32] = [:]
    }

    /// In the order in which they are tried: by pattern, then by rule.
    private(set) var candidates: [Candidate] = []
    /// By candidate.
    private(set) var trials: [Trial] = []
    private(set) var clauses: [Clause] = []
    private(set) var clauseKeys: [Int32] = []
    private(set) var names: [TestName] = []
    private(set) var groups: [ValueGroup] = []
    /// Those that ask first of all for a value, by the number of its key.
    private(set) var elementsByKey: [[Int32]] = []
    private(set) var elementsByName: [(name: TestName, candidates: [Int32])] = []
    private(set) var elementsByParent: [(name: TestName, candidates: [Int32])] = []
    /// Those that may match any node of a kind, and attributes by no better key.
    private(set) var byKind: [NodeKind: [Int32]] = [:]
    private(set) var chains = ContextChains()
    private var nameIndices: [QName: Int32] = [:]
    private var byName: [QName: [Int32]] = [:]
    private var byParent: [QName: [Int32]] = [:]

    static let kinds: [NodeKind] = [.document, .element, .attribute, .text, .comment, .processingInstruction]

    /// Adds the context of a rule. Rules are added in order.
    ///
    /// - Parameter compile: compiles a step of the context.
    mutating func add<Failure: Error>(
        _ pattern: XPathPattern, variables: [Int32], pattern number: Int, rule: Int,
        _ compile: (String) throws(Failure) -> XPathPattern
    ) throws(Failure) {
        let context = Context(pattern, variables)
        let source = Array(pattern.source.utf8)
        // `current()` is the node that the whole context is asked of.
        let isChained = variables.isEmpty && !pattern.source.contains("current")
        for (alternative, shape) in zip(pattern.alternatives, ContextShape.shapes(of: pattern)) {
            let chain = isChained ? try chains.chain(shape.tree, source, compile) : nil
            var conditions: [Condition] = []
            for step in shape.steps {
                conditions.append(
                    Condition(name: step.name.map { nameIndex($0) } ?? -1, keys: step.keys.map { keyIndex($0) }))
            }
            candidates.append(Candidate(context, pattern: number, rule: rule, alternative, chain, conditions))
            file(Int32(candidates.count - 1), candidates[candidates.count - 1], shape)
            let start = Int32(clauses.count)
            for condition in conditions {
                let first = Int32(clauseKeys.count)
                clauseKeys += condition.keys
                clauses.append(Clause(name: condition.name, start: first, end: Int32(clauseKeys.count)))
            }
            trials.append(
                Trial(
                    pattern: Int32(number), rule: Int32(rule), chain: chain.map(Int32.init) ?? -1, start: start,
                    end: Int32(clauses.count)))
        }
    }

    private mutating func nameIndex(_ name: QName) -> Int32 {
        if let known = nameIndices[name] { return known }
        names.append(TestName(name))
        nameIndices[name] = Int32(names.count - 1)
        return Int32(names.count - 1)
    }

    private mutating func keyIndex(_ key: ContextShape.Key) -> Int32 {
        var group =
            groups.firstIndex { $0.child.name == key.child && $0.attribute.name == key.attribute } ?? groups.count
        if group == groups.count {
            groups.append(ValueGroup(child: TestName(key.child), attribute: TestName(key.attribute)))
            group = groups.count - 1
        }
        if let known = groups[group].keys[key.value] { return known }
        elementsByKey.append([])
        groups[group].keys[key.value] = Int32(elementsByKey.count - 1)
        return Int32(elementsByKey.count - 1)
    }

    private mutating func file(_ number: Int32, _ candidate: Candidate, _ shape: ContextShape) {
        guard let kind = candidate.alternative.lastKind else {
            for kind in Self.kinds { byKind[kind, default: []].append(number) }
            return
        }
        guard kind == .element else { return byKind[kind, default: []].append(number) }
        if let key = candidate.conditions.first?.keys.first {
            elementsByKey[Int(key)].append(number)
        } else if let name = candidate.alternative.lastName {
            byName[name, default: []].append(number)
        } else if shape.steps.count > 1, let parent = shape.steps[1].name {
            byParent[parent, default: []].append(number)
        } else {
            byKind[.element, default: []].append(number)
        }
    }

    /// Whether any rule may fire on a node of this kind.
    func mayMatch(_ kind: NodeKind) -> Bool { byKind[kind] != nil }

    /// Frees what is needed only while rules are added.
    mutating func finish() {
        nameIndices = [:]
        elementsByName = byName.map { (TestName($0.key), $0.value) }
        elementsByParent = byParent.map { (TestName($0.key), $0.value) }
        (byName, byParent) = ([:], [:])
        chains.finish()
    }
}

/// What can be read off an alternative of a match pattern: conditions without which it can't match.
struct ContextShape {
    /// `child/@attribute = 'value'`
    struct Key {
        let child: QName
        let attribute: QName
        let value: [UInt8]
    }

    struct Step {
        let name: QName?
        let keys: [Key]
    }

    /// The last step, that of the parent, … as far as `/` joins them.
    private(set) var steps: [Step] = []
    let tree: SyntaxTree

    /// The shapes of the alternatives, in their order.
    static func shapes(of pattern: XPathPattern) -> [ContextShape] {
        var trees = [pattern.tree]
        if case .union(let parts) = pattern.tree.form { trees = parts }
        return trees.map { ContextShape($0) }
    }

    private init(_ tree: SyntaxTree) {
        self.tree = tree
        var trees = [tree]
        if case .path(let parts) = tree.form { trees = parts }
        while let tree = trees.popLast() {
            // `//` is written out as a step along another axis.
            guard case .step(.child, .name(let namespace, let local), let predicates) = tree.form else { break }
            var name: QName?
            if let namespace, let local { name = QName(local, in: namespace) }
            steps.append(Step(name: name, keys: predicates.flatMap { Self.keys($0) }))
        }
    }

    private static func keys(_ tree: SyntaxTree) -> [Key] {
        switch tree.form {
        case .and(let operands): return operands.flatMap { keys($0) }
        case .generalComparison(.equal, let left, let right):
            return [key(left, right) ?? key(right, left)].compactMap { $0 }
        default: return []
        }
    }

    private static func key(_ path: SyntaxTree, _ literal: SyntaxTree) -> Key? {
        guard case .path(let steps) = path.form, steps.count == 2,
            case .step(.child, .name(let childNamespace?, let child?), let first) = steps[0].form, first.isEmpty,
            case .step(.attribute, .name(let namespace?, let attribute?), let second) = steps[1].form, second.isEmpty,
            let value = literal.literalString
        else { return nil }
        return Key(
            child: QName(child, in: childNamespace), attribute: QName(attribute, in: namespace),
            value: Array(value.utf8))
    }
}
