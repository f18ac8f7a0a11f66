internal import XML

/// A node test bound to one document, for loops over rows.
struct BoundTest {
    private let kinds: NodeMatcher.KindSet
    /// 0 for any name.
    private let name: UInt32
    private let isPlain: Bool
    /// Whether no node of the document can match.
    let isHopeless: Bool
    private let matcher: Unmanaged<NodeMatcher>

    @inline(__always)
    init(_ matcher: NodeMatcher, _ tree: TreeView) {
        self.matcher = .passUnretained(matcher)
        kinds = matcher.kinds
        if case .plain = matcher.form { isPlain = true } else { isPlain = false }
        if matcher.number >= 0 {
            name = tree.id(matcher.number, of: matcher)
            isHopeless = name == 0
        } else {
            name = 0
            isHopeless = false
        }
    }

    /// The id of the name that elements are looked for under; 0 where it is not that plain.
    @inline(__always) var elementName: UInt32 { isPlain && kinds == .element ? name : 0 }

    @inline(__always)
    func matches(_ tree: TreeView, _ row: Int32) -> Bool {
        guard kinds.contains(tree.kind(row)), name == 0 || tree.names[Int(row)] == name else { return false }
        return isPlain || matcher._withUnsafeGuaranteedRef { $0.hasForm(tree, row) }
    }
}

extension Axis {
    /// Gives the rows of the axis from `row` that pass the test to `body`, in the order of the axis, until it says
    /// false; whether it never did.
    @inline(__always)
    func forEach(
        _ tree: TreeView, _ row: Int32, _ test: BoundTest, _ evaluation: Evaluation,
        _ body: (Int32) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        if test.isHopeless { return true }
        switch self {
        case .child:
            let end = tree.end(row)
            var child = tree.firstChild(row)
            var looked = 0
            while child < end {
                if test.matches(tree, child), try !body(child) { return false }
                child = tree.end(child)
                looked &+= 1
            }
            if looked > 15 { try evaluation.count(looked >> 4) }
        case .attribute:
            let end = tree.end(row)
            var attribute = row + 1
            guard tree.kind(row) == .element else { return true }
            while attribute < end, tree.kind(attribute) == .attribute {
                if test.matches(tree, attribute), try !body(attribute) { return false }
                attribute += 1
            }
        case .`self`:
            if test.matches(tree, row) { return try body(row) }
        case .parent:
            let parent = tree.parent(row)
            if parent >= 0, test.matches(tree, parent) { return try body(parent) }
        case .descendant: return try Self.descendants(tree, row, test, evaluation, body)
        case .descendantOrSelf:
            if test.matches(tree, row), try !body(row) { return false }
            return try Self.descendants(tree, row, test, evaluation, body)
        case .ancestor, .ancestorOrSelf:
            var ancestor = self == .ancestor ? tree.parent(row) : row
            while ancestor >= 0 {
                if test.matches(tree, ancestor), try !body(ancestor) { return false }
                ancestor = tree.parent(ancestor)
            }
        case .followingSibling:
            let parent = tree.parent(row)
            guard parent >= 0, tree.kind(row) != .attribute else { return true }
            let end = tree.end(parent)
            var sibling = tree.end(row)
            var looked = 0
            while sibling < end {
                if test.matches(tree, sibling), try !body(sibling) { return false }
                sibling = tree.end(sibling)
                looked &+= 1
            }
            if looked > 15 { try evaluation.count(looked >> 4) }
        case .precedingSibling:
            let parent = tree.parent(row)
            guard parent >= 0, tree.kind(row) != .attribute else { return true }
            var sibling = row - 1
            var looked = 0
            while sibling > parent {
                looked &+= 1
                // The row before is the sibling, or its last descendant.
                while tree.parent(sibling) != parent { sibling = tree.parent(sibling) }
                if tree.kind(sibling) == .attribute { break }
                if test.matches(tree, sibling), try !body(sibling) { return false }
                sibling -= 1
            }
            if looked > 15 { try evaluation.count(looked >> 4) }
        case .following:
            var next = tree.kind(row) == .attribute ? tree.firstChild(tree.parent(row)) : tree.end(row)
            try evaluation.count(Int(tree.count - next) >> 4)
            while next < tree.count {
                if tree.kind(next) != .attribute, test.matches(tree, next), try !body(next) { return false }
                next += 1
            }
        case .preceding:
            let origin = tree.kind(row) == .attribute ? tree.parent(row) : row
            var previous = origin - 1
            try evaluation.count(Int(origin) >> 4)
            while previous > 0 {
                // What ends after the origin begins is an ancestor.
                if tree.kind(previous) != .attribute, tree.end(previous) <= origin, test.matches(tree, previous),
                    try !body(previous)
                {
                    return false
                }
                previous -= 1
            }
        case .namespace: break
        }
        return true
    }

    private static func descendants(
        _ tree: TreeView, _ row: Int32, _ test: BoundTest, _ evaluation: Evaluation,
        _ body: (Int32) throws(XPathError) -> Bool
    ) throws(XPathError) -> Bool {
        let end = tree.end(row)
        var next = row + 1
        let name = test.elementName
        if name != 0, end - next > 48 {
            let rows = tree.elements(named: name)
            var low = rows.startIndex
            var high = rows.endIndex
            while low < high {
                let middle = (low + high) / 2
                if rows[middle] < next { low = middle + 1 } else { high = middle }
            }
            while low < rows.endIndex, rows[low] < end {
                if try !body(rows[low]) { return false }
                low += 1
            }
            return true
        }
        try evaluation.count(Int(end - next) >> 4)
        while next < end {
            if tree.kind(next) != .attribute, test.matches(tree, next), try !body(next) { return false }
            next += 1
        }
        return true
    }
}
