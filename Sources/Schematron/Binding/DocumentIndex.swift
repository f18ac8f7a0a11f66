internal import XML
internal import XPath

/// A rule index laid over the names of one document.
struct DocumentIndex {
    private let trials: [RuleIndex.Trial]
    private let clauses: [RuleIndex.Clause]
    private let clauseKeys: [Int32]
    private let kinds: [NodeKind]
    private let names: [UInt32]
    private let parents: [Int32]
    /// By kind: those that may match any node of it.
    private let byKind: [[Int32]]
    /// By name id of the document: those that ask for it, those that ask it of the parent.
    private let byName: [[Int32]]
    private let byParent: [[Int32]]
    /// By name id of the document: whether a list of it has any.
    private let hasName: [Bool]
    private let hasParent: [Bool]
    /// By row: a list in `keyLists` plus one, 0 for none; empty where no context asks for a value.
    private let keyListOfRow: [Int32]
    /// The keys of the values that a row has.
    private let keyLists: [[Int32]]
    private let elementsByKey: [[Int32]]
    /// The document's name ids of `RuleIndex.names`; 0 where the document has no such name.
    private let nameIDs: [UInt32]
    private var buffer: [Int32] = []

    init(_ index: RuleIndex, _ tree: TreeView) {
        let nodes = tree.nodes
        trials = index.trials
        clauses = index.clauses
        clauseKeys = index.clauseKeys
        kinds = nodes.kind
        names = nodes.name
        parents = nodes.parent
        byKind = (0..<UInt8(RuleIndex.kinds.count)).map { raw in
            NodeKind(rawValue: raw).flatMap { index.byKind[$0] } ?? []
        }
        let count = nodes.names.names.count
        (byName, hasName) = Self.lists(index.elementsByName, count, tree)
        (byParent, hasParent) = Self.lists(index.elementsByParent, count, tree)
        nameIDs = index.names.map { tree.id(of: $0) }
        elementsByKey = index.elementsByKey
        (keyListOfRow, keyLists) = Self.keys(index, nodes, tree)
    }

    private static func lists(
        _ candidates: [(name: TestName, candidates: [Int32])], _ count: Int, _ tree: TreeView
    ) -> ([[Int32]], [Bool]) {
        var lists = [[Int32]](repeating: [], count: count)
        var hasAny = [Bool](repeating: false, count: count)
        for item in candidates {
            let id = Int(tree.id(of: item.name))
            guard id > 0 else { continue }
            lists[id] = item.candidates
            hasAny[id] = true
        }
        return (lists, hasAny)
    }

    /// Which of the values that contexts ask for the rows have.
    private static func keys(_ index: RuleIndex, _ nodes: NodeTable, _ tree: TreeView) -> ([Int32], [[Int32]]) {
        var listOfRow: [Int32] = []
        var lists: [[Int32]] = []
        for group in index.groups {
            let (child, attribute) = (tree.id(of: group.child), tree.id(of: group.attribute))
            guard child != 0, attribute != 0 else { continue }
            if listOfRow.isEmpty { listOfRow = Array(repeating: 0, count: nodes.count) }
            for row in tree.elements(named: child) {
                guard let found = nodes.attribute(row, named: attribute),
                    let key = group.keys[Array(nodes.values[nodes.valueRange(found)])]
                else { continue }
                let parent = Int(nodes.parent[Int(row)])
                if listOfRow[parent] == 0 {
                    lists.append([key])
                    listOfRow[parent] = Int32(lists.count)
                } else if !lists[Int(listOfRow[parent]) - 1].contains(key) {
                    lists[Int(listOfRow[parent]) - 1].append(key)
                }
            }
        }
        return (listOfRow, lists)
    }

    /// Gives the candidates for a row, by number, in the order in which they are to be tried.
    @inline(__always)
    mutating func forEachCandidate(_ row: Int32, _ body: (Int32, RuleIndex.Trial) -> Void) {
        let kind = kinds[Int(row)]
        let isGeneral = !byKind[Int(kind.rawValue)].isEmpty
        guard kind == .element else {
            if isGeneral { for number in byKind[Int(kind.rawValue)] { body(number, trials[Int(number)]) } }
            return
        }
        let name = Int(names[Int(row)])
        let parent = parents[Int(row)]
        let parentName = parent > 0 ? Int(names[Int(parent)]) : 0
        let keys = keyListOfRow.isEmpty ? 0 : keyListOfRow[Int(row)]
        if !isGeneral && !hasName[name] && !hasParent[parentName] && keys == 0 { return }
        merge(byKind[Int(kind.rawValue)], byName[name], byParent[parentName], keys)
        for number in buffer {
            let trial = trials[Int(number)]
            if holds(trial, row) { body(number, trial) }
        }
    }

    private mutating func merge(_ general: [Int32], _ named: [Int32], _ below: [Int32], _ keys: Int32) {
        buffer.removeAll(keepingCapacity: true)
        buffer += general
        buffer += named
        buffer += below
        // The lists themselves are sorted.
        var isSorted = buffer.count == max(general.count, named.count, below.count)
        if keys != 0 {
            for key in keyLists[Int(keys) - 1] where !elementsByKey[Int(key)].isEmpty {
                isSorted = isSorted && buffer.isEmpty
                buffer += elementsByKey[Int(key)]
            }
        }
        if !isSorted { buffer.sort() }
    }

    private func holds(_ trial: RuleIndex.Trial, _ row: Int32) -> Bool {
        var element = row
        for index in trial.start..<trial.end {
            guard element > 0 else { return false }
            let clause = clauses[Int(index)]
            if clause.name >= 0, names[Int(element)] != nameIDs[Int(clause.name)] { return false }
            if clause.end > clause.start {
                let list = keyListOfRow.isEmpty ? 0 : Int(keyListOfRow[Int(element)])
                guard list > 0 else { return false }
                for key in clause.start..<clause.end where !keyLists[list - 1].contains(clauseKeys[Int(key)]) {
                    return false
                }
            }
            element = parents[Int(element)]
        }
        return true
    }
}
