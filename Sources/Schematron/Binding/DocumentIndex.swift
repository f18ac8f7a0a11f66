internal import XML
internal import XPath

/// A rule index laid over the names of one document.
struct DocumentIndex {
    private let index: RuleIndex
    private let nodes: NodeTable
    /// By name id of the document.
    private let byName: [[Int32]]
    private let byParent: [[Int32]]
    /// The document's name ids of `RuleIndex.names`; 0 where the document has no such name.
    private let nameIDs: [UInt32]
    private let groups: [(child: UInt32, attribute: UInt32, candidates: [[UInt8]: [Int32]])]
    private let byKind: [[Int32]]
    private var buffer: [Int32] = []

    init(_ index: RuleIndex, _ document: Document) {
        self.index = index
        nodes = document.nodes
        let names = document.nodes.names
        var byName: [[Int32]] = []
        var byParent: [[Int32]] = []
        byName.reserveCapacity(names.names.count)
        byParent.reserveCapacity(names.names.count)
        for name in names.names {
            byName.append(index.elementsByName[name] ?? [])
            byParent.append(index.elementsByParent[name] ?? [])
        }
        self.byName = byName
        self.byParent = byParent
        nameIDs = index.names.map { names.id(of: $0) ?? 0 }
        groups = index.groups.compactMap { group in
            guard let child = names.id(of: group.child), let attribute = names.id(of: group.attribute) else {
                return nil
            }
            return (child, attribute, group.candidates)
        }
        byKind = (0..<UInt8(RuleIndex.kinds.count)).map { raw in
            NodeKind(rawValue: raw).flatMap { index.byKind[$0] } ?? []
        }
    }

    /// Gives the candidates for a row in the order in which they are to be tried, until `body` throws.
    mutating func forEachCandidate<Failure: Error>(
        _ row: Int32, _ body: (RuleIndex.Candidate) throws(Failure) -> Void
    ) throws(Failure) {
        let kind = nodes.kind[Int(row)]
        let general = byKind[Int(kind.rawValue)]
        guard kind == .element else {
            for number in general { try body(index.candidates[Int(number)]) }
            return
        }
        buffer.removeAll(keepingCapacity: true)
        buffer += general
        buffer += byName[Int(nodes.name[Int(row)])]
        let parent = nodes.parent[Int(row)]
        if parent > 0 { buffer += byParent[Int(nodes.name[Int(parent)])] }
        if !groups.isEmpty { appendByValue(row) }
        if buffer.count > 1 { buffer.sort() }
        var previous: Int32 = -1
        for number in buffer where number != previous {
            previous = number
            let candidate = index.candidates[Int(number)]
            if hasAncestors(candidate, row) { try body(candidate) }
        }
    }

    private mutating func appendByValue(_ row: Int32) {
        let end = nodes.end[Int(row)]
        var child = nodes.firstChild(row)
        while child < end {
            if nodes.kind[Int(child)] == .element {
                let name = nodes.name[Int(child)]
                for group in groups where group.child == name {
                    guard let attribute = nodes.attribute(child, named: group.attribute) else { continue }
                    if let found = group.candidates[Array(nodes.values[nodes.valueRange(attribute)])] {
                        buffer += found
                    }
                }
            }
            child = nodes.end[Int(child)]
        }
    }

    private func hasAncestors(_ candidate: RuleIndex.Candidate, _ row: Int32) -> Bool {
        var ancestor = nodes.parent[Int(row)]
        for name in candidate.ancestors {
            guard ancestor > 0, nodes.name[Int(ancestor)] == nameIDs[Int(name)] else { return false }
            ancestor = nodes.parent[Int(ancestor)]
        }
        return true
    }
}
