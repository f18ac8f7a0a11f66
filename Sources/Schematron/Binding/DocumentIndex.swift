internal import XML
internal import XPath

/// A rule index laid over the names of one document.
struct DocumentIndex {
    private let candidates: [RuleIndex.Candidate]
    private let kinds: [NodeKind]
    private let names: [UInt32]
    private let parents: [Int32]
    /// By kind: those that may match any node of it.
    private let byKind: [[Int32]]
    /// By name id of the document: those that ask for it, those that ask it of the parent.
    private let byName: [[Int32]]
    private let byParent: [[Int32]]
    /// By row: a list in `keyLists` plus one, 0 for none; empty where no context asks for a value.
    private let keyListOfRow: [Int32]
    /// The keys of the values that a row has.
    private let keyLists: [[Int32]]
    private let elementsByKey: [[Int32]]
    /// The document's name ids of `RuleIndex.names`; 0 where the document has no such name.
    private let nameIDs: [UInt32]
    private var buffer: [Int32] = []

    init(_ index: RuleIndex, _ document: Document) {
        let nodes = document.nodes
        candidates = index.candidates
        kinds = nodes.kind
        names = nodes.name
        parents = nodes.parent
        byKind = (0..<UInt8(RuleIndex.kinds.count)).map { raw in
            NodeKind(rawValue: raw).flatMap { index.byKind[$0] } ?? []
        }
        let all = nodes.names.names
        byName = all.map { index.elementsByName[$0] ?? [] }
        byParent = all.map { index.elementsByParent[$0] ?? [] }
        nameIDs = index.names.map { nodes.names.id(of: $0) ?? 0 }
        elementsByKey = index.elementsByKey
        (keyListOfRow, keyLists) = Self.keys(index, nodes)
    }

    /// Which of the values that contexts ask for the rows have.
    private static func keys(_ index: RuleIndex, _ nodes: NodeTable) -> ([Int32], [[Int32]]) {
        var listOfRow: [Int32] = []
        var lists: [[Int32]] = []
        let names = nodes.name
        for group in index.groups {
            guard let child = nodes.names.id(of: group.child), let attribute = nodes.names.id(of: group.attribute)
            else {
                continue
            }
            if listOfRow.isEmpty { listOfRow = Array(repeating: 0, count: nodes.count) }
            for row in names.indices where names[row] == child && nodes.kind[row] == .element {
                guard let found = nodes.attribute(Int32(row), named: attribute),
                    let key = group.keys[Array(nodes.values[nodes.valueRange(found)])]
                else { continue }
                let parent = Int(nodes.parent[row])
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

    /// Gives the candidates for a row in the order in which they are to be tried, until `body` throws.
    @inline(__always)
    mutating func forEachCandidate(_ row: Int32, _ body: (RuleIndex.Candidate) -> Void) {
        let kind = kinds[Int(row)]
        let general = byKind[Int(kind.rawValue)]
        guard kind == .element else {
            for number in general { body(candidates[Int(number)]) }
            return
        }
        let named = byName[Int(names[Int(row)])]
        let parent = parents[Int(row)]
        let below = parent > 0 ? byParent[Int(names[Int(parent)])] : []
        let keys = keyListOfRow.isEmpty ? 0 : keyListOfRow[Int(row)]
        if general.isEmpty && named.isEmpty && below.isEmpty && keys == 0 { return }
        merge(general, named, below, keys)
        for number in buffer {
            let candidate = candidates[Int(number)]
            if holds(candidate.conditions, row) { body(candidate) }
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

    private func holds(_ conditions: [RuleIndex.Condition], _ row: Int32) -> Bool {
        var element = row
        for condition in conditions {
            guard element > 0 else { return false }
            if condition.name >= 0, names[Int(element)] != nameIDs[Int(condition.name)] { return false }
            if !condition.keys.isEmpty {
                let list = keyListOfRow.isEmpty ? 0 : Int(keyListOfRow[Int(element)])
                guard list > 0, condition.keys.allSatisfy(keyLists[list - 1].contains) else { return false }
            }
            element = parents[Int(element)]
        }
        return true
    }
}
