internal import Synchronization
internal import XML

/// The nodes of one document as the evaluator reads them, for the time of one evaluation.
///
/// The pointers are those of the document's own arrays: they never change, and the view holds the document.
package final class TreeView {
    let document: Document
    /// The place of the document among those of the evaluation: document order between documents.
    let order: Int
    let count: Int32
    let kinds: UnsafePointer<NodeKind>
    let names: UnsafePointer<UInt32>
    let parents: UnsafePointer<Int32>
    let ends: UnsafePointer<Int32>
    let valueOffsets: UnsafePointer<UInt32>
    let valueLengths: UnsafePointer<UInt32>
    private let values: UnsafePointer<UInt8>
    private var ids: ContiguousArray<UInt32> = []
    private var elementRows: (starts: [Int32], rows: [Int32])?
    private var wildcards: [Int: [Bool]] = [:]
    /// Values of paths that depend on nothing but the document, by the number of the plan.
    var hoisted: [Int: Value] = [:]

    private static let unresolved = UInt32.max

    init(_ document: Document, order: Int) {
        self.document = document
        self.order = order
        count = Int32(document.nodes.count)
        kinds = Self.base(document.nodes.kind)
        names = Self.base(document.nodes.name)
        parents = Self.base(document.nodes.parent)
        ends = Self.base(document.nodes.end)
        valueOffsets = Self.base(document.nodes.valueOffset)
        valueLengths = Self.base(document.nodes.valueLength)
        values = Self.base(document.nodes.values)
    }

    private static func base<Element>(_ array: [Element]) -> UnsafePointer<Element> {
        let start = array.withUnsafeBufferPointer { $0.baseAddress }
        // An array without elements has no address, and is never read.
        return start ?? UnsafePointer(UnsafeMutablePointer<Element>.allocate(capacity: 0))
    }

    /// The id that `name` has in this document; 0 if no node has it.
    @inline(__always)
    func id(of name: TestName) -> UInt32 {
        if name.number < ids.count {
            let id = ids[name.number]
            if id != Self.unresolved { return id }
        }
        return resolve(name)
    }

    private func resolve(_ name: TestName) -> UInt32 {
        while ids.count <= name.number { ids.append(Self.unresolved) }
        let id = document.nodes.names.id(of: name.name) ?? 0
        ids[name.number] = id
        return id
    }

    /// Which name ids a test with one wildcard accepts.
    func accepted(by test: WildcardName) -> [Bool] {
        if let known = wildcards[test.number] { return known }
        let result = document.nodes.names.names.enumerated().map { index, name in
            index > 0 && (test.local == nil || name.local == test.local)
                && (test.namespace == nil || name.namespace == test.namespace)
        }
        wildcards[test.number] = result
        return result
    }

    /// The bytes of the string value of a row.
    @inline(__always)
    func bytes(_ row: Int32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: values + Int(valueOffsets[Int(row)]), count: Int(valueLengths[Int(row)]))
    }

    /// The string value of a row, without a copy.
    @inline(__always)
    func text(_ row: Int32) -> Text {
        let start = Int(valueOffsets[Int(row)])
        return Text(document.nodes.values, start, start + Int(valueLengths[Int(row)]))
    }

    @inline(__always) func kind(_ row: Int32) -> NodeKind { kinds[Int(row)] }
    @inline(__always) func end(_ row: Int32) -> Int32 { ends[Int(row)] }
    @inline(__always) func parent(_ row: Int32) -> Int32 { parents[Int(row)] }

    @inline(__always)
    func firstChild(_ row: Int32) -> Int32 {
        let end = ends[Int(row)]
        var child = row + 1
        while child < end, kinds[Int(child)] == .attribute { child += 1 }
        return child
    }

    /// The rows of all elements with a name, in document order: part of an index that is made at the first question.
    func elements(named id: UInt32) -> ArraySlice<Int32> {
        let index = elementRows ?? makeIndex()
        return index.rows[Int(index.starts[Int(id)])..<Int(index.starts[Int(id) + 1])]
    }

    private func makeIndex() -> (starts: [Int32], rows: [Int32]) {
        var starts = [Int32](repeating: 0, count: document.nodes.names.names.count + 2)
        for row in 0..<Int(count) where kinds[row] == .element { starts[Int(names[row]) + 1] += 1 }
        for id in 1..<starts.count { starts[id] += starts[id - 1] }
        var next = starts
        var rows = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
        for row in 0..<Int(count) where kinds[row] == .element {
            let id = Int(names[row])
            rows[Int(next[id])] = Int32(row)
            next[id] += 1
        }
        elementRows = (starts, rows)
        return (starts, rows)
    }
}

/// A node while an evaluation lasts. The evaluation holds the view, so the reference need not.
package struct NodeRef: Hashable {
    unowned(unsafe) let tree: TreeView
    let row: Int32

    @inline(__always)
    init(_ tree: TreeView, _ row: Int32) {
        self.tree = tree
        self.row = row
    }

    @inline(__always)
    package static func == (left: NodeRef, right: NodeRef) -> Bool { left.row == right.row && left.tree === right.tree }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(tree.order)
        hasher.combine(row)
    }

    @inline(__always)
    func precedes(_ other: NodeRef) -> Bool {
        tree === other.tree ? row < other.row : tree.order < other.tree.order
    }

    var kind: NodeKind { tree.kind(row) }
    var text: Text { tree.text(row) }
    var node: Node { Node(document: tree.document, index: row) }

    var parent: NodeRef? {
        let parent = tree.parent(row)
        return parent < 0 ? nil : NodeRef(tree, parent)
    }

    /// The typed value in the untyped data model (XQuery 1.0 and XPath 2.0 Data Model, 6).
    var atomized: Atomic {
        switch kind {
        case .comment, .processingInstruction: .string(text)
        case .document, .element, .attribute, .text: .untyped(text)
        }
    }
}

/// A name that some compiled test looks for, with its number in the process.
struct TestName: Sendable {
    let number: Int
    let name: QName

    private static let numbers = Mutex<[QName: Int]>([:])

    init(_ name: QName) {
        self.name = name
        number = Self.numbers.withLock { numbers in
            if let number = numbers[name] { return number }
            numbers[name] = numbers.count
            return numbers.count - 1
        }
    }
}

/// `*:local` or `prefix:*`, with its number in the process.
struct WildcardName: Sendable {
    let number: Int
    let namespace: String?
    let local: String?

    private static let numbers = Mutex<[[String?]: Int]>([:])

    init(namespace: String?, local: String?) {
        self.namespace = namespace
        self.local = local
        number = Self.numbers.withLock { numbers in
            if let number = numbers[[namespace, local]] { return number }
            numbers[[namespace, local]] = numbers.count
            return numbers.count - 1
        }
    }
}
