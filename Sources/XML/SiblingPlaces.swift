internal import Synchronization

/// The places of a document's nodes among their siblings, worked out once a parent: to write the paths of all children
/// of one element takes time in proportion to their count, not to its square.
package final class SiblingPlaces: Sendable {
    /// Which siblings are counted.
    package enum Likeness: UInt8, Sendable {
        /// Those of the same kind and expanded name.
        case name
        /// Elements whose name is written alike.
        case writtenName
    }

    private struct Key: Hashable {
        let parent: Int32
        let likeness: Likeness
    }

    private struct Family {
        var rows: [Int32] = []
        var places: [Int32] = []
        /// By row: which of `counts` it belongs to.
        var groups: [Int32] = []
        var counts: [Int32] = []
    }

    private enum Group: Hashable {
        case name(NodeKind, UInt32)
        case written(prefix: UInt32, local: String)
    }

    private let families = Mutex<[Key: Family]>([:])

    init() {}

    /// The place of a child among the siblings that are like it, from 1, and how many those are, itself included.
    package func place(of row: Int32, by likeness: Likeness, in nodes: NodeTable) -> (place: Int, count: Int) {
        let key = Key(parent: nodes.parent[Int(row)], likeness: likeness)
        return families.withLock { families in
            if families[key] == nil { families[key] = Self.family(key, nodes) }
            guard let family = families[key] else { return (1, 1) }
            var low = 0
            var high = family.rows.count
            while low < high {
                let middle = (low + high) / 2
                if family.rows[middle] < row { low = middle + 1 } else { high = middle }
            }
            guard low < family.rows.count, family.rows[low] == row else { return (1, 1) }
            return (Int(family.places[low]), Int(family.counts[Int(family.groups[low])]))
        }
    }

    private static func family(_ key: Key, _ nodes: NodeTable) -> Family {
        var family = Family()
        guard key.parent >= 0 else { return family }
        var numbers: [Group: Int32] = [:]
        var child = nodes.firstChild(key.parent)
        let end = nodes.end[Int(key.parent)]
        while child < end {
            let row = Int(child)
            defer { child = nodes.end[row] }
            let group: Group
            switch key.likeness {
            case .name: group = .name(nodes.kind[row], nodes.name[row])
            case .writtenName:
                guard nodes.kind[row] == .element else { continue }
                group = .written(prefix: nodes.prefix[row], local: nodes.names[nodes.name[row]].local)
            }
            let number = numbers[group] ?? Int32(family.counts.count)
            if Int(number) == family.counts.count {
                numbers[group] = number
                family.counts.append(0)
            }
            family.counts[Int(number)] += 1
            family.rows.append(child)
            family.places.append(family.counts[Int(number)])
            family.groups.append(number)
        }
        return family
    }
}
