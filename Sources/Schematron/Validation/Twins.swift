internal import XML
internal import XPath

/// A part of a test that asks whether a sibling of the same local name is like the context element:
/// `$others[@root = $root][@extension = $extension]`, where `$others` are those siblings and `$root` is `@root`.
///
/// What makes siblings alike is worked out once for all of a name below one parent: to ask it of each of them takes
/// time in proportion to their count, not to its square.
final class Twins: Sendable {
    /// Which part of which test, the same for all rules that say the same.
    let number: Int32
    /// What a sibling must satisfy by itself.
    let filters: [BoundSchema.Use]
    /// What must be equal on both elements.
    let keys: [BoundSchema.Use]
    /// What must be true of the context element.
    let conditions: [BoundSchema.Use]
    /// The part as written.
    let general: BoundSchema.Use

    init(
        number: Int32, filters: [BoundSchema.Use], keys: [BoundSchema.Use], conditions: [BoundSchema.Use],
        general: BoundSchema.Use
    ) {
        self.number = number
        self.filters = filters
        self.keys = keys
        self.conditions = conditions
        self.general = general
    }
}

/// Which siblings of one document are alike, remembered while a schema judges it.
final class Kin {
    private struct FamilyKey: Hashable {
        let number: Int32
        let parent: Int32
        let name: Int32
    }

    /// The elements of one name below one parent.
    private struct Family {
        /// By row: which of `counts` it belongs to; absent where a key has no value.
        var groups: [Int32: Int] = [:]
        var counts: [Int] = []
        /// Those that the filters refuse: they aren't counted.
        var refused: Set<Int32> = []
    }

    private enum Found {
        case family(Family)
        /// A single element.
        case alone
        /// The part must be evaluated as written.
        case unclear
    }

    @exclusivity(unchecked) private var families: [FamilyKey: Found] = [:]
    @exclusivity(unchecked) private var tree: TreeView?
    /// By name id: the least id with the same local part.
    @exclusivity(unchecked) private var localIDs: [Int32] = []

    typealias Evaluate = (BoundSchema.Use, Int32) throws(XPathError) -> Value

    /// Forgets all.
    func forget() {
        families.removeAll(keepingCapacity: true)
        tree = nil
    }

    /// Whether a sibling is like the element of a row; nil where the part must be evaluated as written.
    func hasTwin(
        _ row: Int32, _ tree: TreeView, _ twins: Twins, _ evaluate: Evaluate
    ) throws(XPathError) -> Bool? {
        if self.tree != tree {
            forget()
            self.tree = tree
            localIDs = Self.localIDs(tree.nodes.names)
        }
        guard tree.kind(row) == .element, tree.parent(row) > 0 else { return nil }
        let key = FamilyKey(
            number: twins.number, parent: tree.parent(row), name: localIDs[Int(tree.names[Int(row)])])
        let found: Found
        if let known = families[key] {
            found = known
        } else {
            found = family(key, tree, twins, evaluate)
            families[key] = found
        }
        switch found {
        case .alone: return false
        case .unclear: return nil
        case .family(let family):
            guard let group = family.groups[row] else { return false }
            let others = family.counts[group] - (family.refused.contains(row) ? 0 : 1)
            guard others > 0 else { return false }
            for condition in twins.conditions where try !evaluate(condition, row).effectiveBoolean() { return false }
            return true
        }
    }

    private func family(_ key: FamilyKey, _ tree: TreeView, _ twins: Twins, _ evaluate: Evaluate) -> Found {
        var rows: [Int32] = []
        let end = tree.end(key.parent)
        var child = tree.firstChild(key.parent)
        while child < end {
            if tree.kind(child) == .element, localIDs[Int(tree.names[Int(child)])] == key.name { rows.append(child) }
            child = tree.end(child)
        }
        guard rows.count > 1 else { return .alone }
        var family = Family()
        var numbers: [[UInt8]: Int] = [:]
        do {
            for row in rows {
                let text: [UInt8]
                switch try likeness(row, twins.keys, evaluate) {
                case .text(let found): text = found
                case .absent: continue
                case .unclear: return .unclear
                }
                let group = numbers[text] ?? family.counts.count
                if group == family.counts.count {
                    numbers[text] = group
                    family.counts.append(0)
                }
                family.groups[row] = group
                var passes = true
                for filter in twins.filters where passes { passes = try evaluate(filter, row).effectiveBoolean() }
                if passes { family.counts[group] += 1 } else { family.refused.insert(row) }
            }
        } catch {
            return .unclear
        }
        return .family(family)
    }

    private enum Likeness {
        /// The values of all keys.
        case text([UInt8])
        /// A key has no value: the element is like no other.
        case absent
        /// A key has several values, or one that is no text.
        case unclear
    }

    private func likeness(
        _ row: Int32, _ keys: [BoundSchema.Use], _ evaluate: Evaluate
    ) throws(XPathError) -> Likeness {
        var text: [UInt8] = []
        for key in keys {
            let value = try evaluate(key, row)
            if value.isEmpty { return .absent }
            guard let part = value.comparedText else { return .unclear }
            text += part
            text.append(Self.separator)
        }
        return .text(text)
    }

    /// No byte of UTF-8.
    private static let separator: UInt8 = 0xFF

    private static func localIDs(_ names: NameTable) -> [Int32] {
        var known: [String: Int32] = [:]
        return names.names.indices.map { index in
            let local = names.names[index].local
            if let id = known[local] { return id }
            known[local] = Int32(index)
            return Int32(index)
        }
    }
}
