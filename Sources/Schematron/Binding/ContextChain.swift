internal import XML
internal import XPath

/// The steps of contexts, each compiled alone, so that what many contexts have in common (`//h:a[…]/h:b[…]/…`) is asked
/// once of a node and not once a context: the same beginning of two contexts is the same chain.
struct ContextChains: Sendable {
    /// What must lie above a node.
    enum Above: UInt8, Sendable {
        case anything
        case documentNode
        /// The parent matches another chain.
        case parent
        /// Some ancestor does.
        case ancestor
    }

    /// The last step of a chain.
    struct Link: Sendable {
        let step: XPathPattern
        let above: Above
        /// The number of the chain that the parent or an ancestor must match.
        let other: Int
    }

    /// The chains by number.
    private(set) var links: [Link] = []
    private var numbers: [String: Int] = [:]
    private var steps: [String: XPathPattern] = [:]

    /// The number of the chain of an alternative of a context; nil where a step cannot be looked at alone.
    ///
    /// - Parameter compile: compiles a step.
    mutating func chain<Failure: Error>(
        _ tree: SyntaxTree, _ source: [UInt8], _ compile: (String) throws(Failure) -> XPathPattern
    ) throws(Failure) -> Int? {
        var trees = [tree]
        if case .path(let parts) = tree.form { trees = parts }
        var key = ""
        var above = Above.anything
        var chain: Int?
        var isDeep = false
        for tree in trees {
            switch tree.form {
            case .root:
                above = .documentNode
                key = "/"
            case .step(.descendantOrSelf, .kind(.node), let predicates) where predicates.isEmpty: isDeep = true
            case .step(let axis, _, _) where axis == .child || axis == .attribute:
                if chain != nil { above = isDeep ? .ancestor : .parent }
                // Any node lies below the document node.
                if chain == nil, isDeep { above = .anything }
                let text = String(decoding: source[tree.span], as: UTF8.self)
                key += (isDeep ? "//" : "/") + text
                isDeep = false
                chain = try link(key, text, above, chain ?? 0, compile)
            default: return nil
            }
        }
        return isDeep ? nil : chain
    }

    private mutating func link<Failure: Error>(
        _ key: String, _ text: String, _ above: Above, _ other: Int,
        _ compile: (String) throws(Failure) -> XPathPattern
    ) throws(Failure) -> Int {
        if let known = numbers[key] { return known }
        let step: XPathPattern
        if let known = steps[text] { step = known } else { step = try compile(text) }
        steps[text] = step
        links.append(Link(step: step, above: above, other: other))
        numbers[key] = links.count - 1
        return links.count - 1
    }

    /// Frees what is needed only while chains are made.
    mutating func finish() {
        steps = [:]
        numbers = [:]
    }
}

/// Asks chains of the nodes of one document and remembers the last answer of each.
struct ChainMatcher {
    private let parents: [Int32]
    private let links: [ContextChains.Link]
    private var lastRow: [Int32]
    private var lastAnswer: [Bool]

    init(_ chains: ContextChains, _ document: Document) {
        parents = document.nodes.parent
        links = chains.links
        lastRow = Array(repeating: -1, count: links.count)
        lastAnswer = Array(repeating: false, count: links.count)
    }

    /// Whether the node of a row matches the chain of a number.
    mutating func matches(
        _ number: Int, _ row: Int32, _ tree: TreeView, _ evaluation: Evaluation
    ) throws(XPathError) -> Bool {
        if lastRow[number] == row { return lastAnswer[number] }
        // The parent's answer is most often known already, being that of a sibling; to look through all ancestors is
        // worth it only for a node that matches itself.
        var answer: Bool
        if links[number].above == .ancestor {
            answer = try links[number].step.matches(row, of: tree, in: evaluation)
            if answer { answer = try isBelow(links[number].above, links[number].other, row, tree, evaluation) }
        } else {
            answer = try isBelow(links[number].above, links[number].other, row, tree, evaluation)
            if answer { answer = try links[number].step.matches(row, of: tree, in: evaluation) }
        }
        lastRow[number] = row
        lastAnswer[number] = answer
        return answer
    }

    private mutating func isBelow(
        _ above: ContextChains.Above, _ other: Int, _ row: Int32, _ tree: TreeView, _ evaluation: Evaluation
    ) throws(XPathError) -> Bool {
        var parent = parents[Int(row)]
        switch above {
        case .anything: return true
        case .documentNode: return parent == 0
        case .parent: return parent > 0 ? try matches(other, parent, tree, evaluation) : false
        case .ancestor:
            while parent > 0 {
                if try matches(other, parent, tree, evaluation) { return true }
                parent = parents[Int(parent)]
            }
            return false
        }
    }
}
