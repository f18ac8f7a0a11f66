internal import XML
internal import XPath

/// The steps of a context, each compiled alone, so that what many contexts have in common (`//h:a[…]/h:b[…]/…`) is asked
/// once of a node and not once a context.
final class ContextChain: Sendable {
    /// What must lie above the node.
    enum Above: Sendable {
        case anything
        case documentNode
        /// The parent matches.
        case parent(ContextChain)
        /// Some ancestor matches.
        case ancestor(ContextChain)
    }

    /// The number of the chain among those of the schema.
    let number: Int
    let step: XPathPattern
    let above: Above

    init(_ number: Int, _ step: XPathPattern, _ above: Above) {
        self.number = number
        self.step = step
        self.above = above
    }
}

/// Makes the chains of a schema: the same beginning of two contexts is the same chain.
struct ContextChains {
    private var chains: [String: ContextChain] = [:]
    private var steps: [String: XPathPattern] = [:]

    /// How many there are.
    var count: Int { chains.count }

    /// The chain of an alternative of a context; nil where a step cannot be looked at alone.
    ///
    /// - Parameter compile: compiles a step.
    mutating func chain<Failure: Error>(
        _ tree: SyntaxTree, _ source: [UInt8], _ compile: (String) throws(Failure) -> XPathPattern
    ) throws(Failure) -> ContextChain? {
        var trees = [tree]
        if case .path(let parts) = tree.form { trees = parts }
        var key = ""
        var above = ContextChain.Above.anything
        var chain: ContextChain?
        var isDeep = false
        for tree in trees {
            switch tree.form {
            case .root:
                above = .documentNode
                key = "/"
            case .step(.descendantOrSelf, .kind(.node), let predicates) where predicates.isEmpty: isDeep = true
            case .step(let axis, _, _) where axis == .child || axis == .attribute:
                if let chain { above = isDeep ? .ancestor(chain) : .parent(chain) }
                // Any node lies below the document node.
                if chain == nil, isDeep { above = .anything }
                let text = String(decoding: source[tree.span], as: UTF8.self)
                key += (isDeep ? "//" : "/") + text
                isDeep = false
                chain = try link(key, text, above, compile)
            default: return nil
            }
        }
        return isDeep ? nil : chain
    }

    private mutating func link<Failure: Error>(
        _ key: String, _ text: String, _ above: ContextChain.Above, _ compile: (String) throws(Failure) -> XPathPattern
    ) throws(Failure) -> ContextChain {
        if let known = chains[key] { return known }
        if steps[text] == nil { steps[text] = try compile(text) }
        guard let step = steps[text] else { preconditionFailure("the step was compiled just now") }
        let chain = ContextChain(chains.count, step, above)
        chains[key] = chain
        return chain
    }

    /// Frees what is needed only while chains are made.
    mutating func finish() { steps = [:] }
}

/// Asks chains of the nodes of one document and remembers the last answer of each.
struct ChainMatcher {
    private let parents: [Int32]
    private var lastRow: [Int32]
    private var lastAnswer: [Bool]

    init(_ count: Int, _ document: Document) {
        parents = document.nodes.parent
        lastRow = Array(repeating: -1, count: count)
        lastAnswer = Array(repeating: false, count: count)
    }

    /// Whether the node of a row matches.
    mutating func matches(
        _ chain: ContextChain, _ row: Int32, _ tree: TreeView, _ evaluation: Evaluation
    ) throws(XPathError) -> Bool {
        if lastRow[chain.number] == row { return lastAnswer[chain.number] }
        // The parent's answer is most often known already, being that of a sibling; to look through all ancestors is
        // worth it only for a node that matches itself.
        var answer: Bool
        if case .ancestor = chain.above {
            answer = try chain.step.matches(row, of: tree, in: evaluation)
            if answer { answer = try isBelow(chain.above, row, tree, evaluation) }
        } else {
            answer = try isBelow(chain.above, row, tree, evaluation)
            if answer { answer = try chain.step.matches(row, of: tree, in: evaluation) }
        }
        lastRow[chain.number] = row
        lastAnswer[chain.number] = answer
        return answer
    }

    private mutating func isBelow(
        _ above: ContextChain.Above, _ row: Int32, _ tree: TreeView, _ evaluation: Evaluation
    ) throws(XPathError) -> Bool {
        var parent = parents[Int(row)]
        switch above {
        case .anything: return true
        case .documentNode: return parent == 0
        case .parent(let chain): return parent > 0 ? try matches(chain, parent, tree, evaluation) : false
        case .ancestor(let chain):
            while parent > 0 {
                if try matches(chain, parent, tree, evaluation) { return true }
                parent = parents[Int(parent)]
            }
            return false
        }
    }
}
