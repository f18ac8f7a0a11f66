internal import XML

/// The place of a node among the siblings of its kind and name, counted once a parent: a report of a million nodes below
/// one element takes no longer a node than one of ten.
final class SiblingNumbers {
    private struct Key: Hashable {
        let kind: NodeKind
        let namespace: String
        let name: String
    }

    private let key: (Node) -> Key
    private var document: Document?
    private var positions: [Int32] = []
    private var totals: [Int32] = []

    /// Where names are the same: prefixes as written.
    static func asWritten() -> SiblingNumbers {
        SiblingNumbers { Key(kind: $0.kind, namespace: "", name: $0.qualifiedName) }
    }

    /// Where names are the same: namespace and local part.
    static func expanded() -> SiblingNumbers {
        SiblingNumbers { Key(kind: $0.kind, namespace: $0.namespaceURI, name: $0.localName) }
    }

    private init(_ key: @escaping (Node) -> Key) { self.key = key }

    /// The position from 1, and how many there are.
    func place(of node: Node, in parent: Node) -> (position: Int, count: Int) {
        if document !== node.document {
            document = node.document
            positions = Array(repeating: 0, count: node.document.nodes.kind.count)
            totals = positions
        }
        let row = Int(node.index)
        if positions[row] == 0 { number(parent.children) }
        return (Int(positions[row]), Int(totals[row]))
    }

    private func number(_ siblings: [Node]) {
        var slots: [Key: Int] = [:]
        var counts: [Int32] = []
        var taken: [Int] = []
        taken.reserveCapacity(siblings.count)
        for sibling in siblings {
            let slot = slots[key(sibling), default: counts.count]
            if slot == counts.count {
                slots[key(sibling)] = slot
                counts.append(0)
            }
            counts[slot] += 1
            positions[Int(sibling.index)] = counts[slot]
            taken.append(slot)
        }
        for (sibling, slot) in zip(siblings, taken) { totals[Int(sibling.index)] = counts[slot] }
    }
}
