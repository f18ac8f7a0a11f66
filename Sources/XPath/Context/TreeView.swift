internal import Synchronization
package import XML

/// The nodes of one document as the evaluator reads them, for the time of one evaluation.
///
/// A pointer to memory that the evaluation frees: reading through it counts no references. The arrays behind the
/// pointers are the document's own; they never change, and the memory holds the document.
package struct TreeView: Equatable {
    private let storage: UnsafeMutablePointer<Storage>

    private struct Storage {
        let document: Document
        let order: Int
        let count: Int32
        let kinds: UnsafePointer<NodeKind>
        let names: UnsafePointer<UInt32>
        let parents: UnsafePointer<Int32>
        let ends: UnsafePointer<Int32>
        let valueOffsets: UnsafePointer<UInt32>
        let valueLengths: UnsafePointer<UInt32>
        let values: UnsafePointer<UInt8>
        var ids: UnsafeMutablePointer<UInt32>
        var idCount: Int
        var elementRows: (starts: [Int32], rows: [Int32])?
        var wildcards: [Int: [Bool]] = [:]
        var hoisted: [Int: Value] = [:]
        var localNames: [Text?] = []
    }

    private static let unresolved = UInt32.max

    /// Makes a view, to be freed by `deallocate`.
    init(_ document: Document, order: Int) {
        storage = .allocate(capacity: 1)
        storage.initialize(
            to: Storage(
                document: document, order: order, count: Int32(document.nodes.count),
                kinds: Self.base(document.nodes.kind), names: Self.base(document.nodes.name),
                parents: Self.base(document.nodes.parent), ends: Self.base(document.nodes.end),
                valueOffsets: Self.base(document.nodes.valueOffset),
                valueLengths: Self.base(document.nodes.valueLength), values: Self.base(document.nodes.values),
                ids: .allocate(capacity: 0), idCount: 0))
    }

    func deallocate() {
        storage.pointee.ids.deallocate()
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// The address of an array's elements. One without elements has none, and is never read: any will do.
    private static func base<Element>(_ array: [Element]) -> UnsafePointer<Element> {
        if let address = array.withUnsafeBufferPointer({ $0.baseAddress }) { return address }
        guard let aligned = UnsafePointer<Element>(bitPattern: MemoryLayout<Element>.alignment) else {
            preconditionFailure("an alignment is no null address")
        }
        return aligned
    }

    @inline(__always) var document: Document { storage.pointee.document }
    /// The nodes of the document.
    package var nodes: NodeTable { document.nodes }
    /// The node of a row.
    package func node(_ row: Int32) -> Node { Node(document: document, index: row) }
    /// The place of the document among those of the evaluation: document order between documents.
    @inline(__always) var order: Int { storage.pointee.order }
    @inline(__always) var count: Int32 { storage.pointee.count }
    @inline(__always) package var names: UnsafePointer<UInt32> { storage.pointee.names }
    @inline(__always) package func kind(_ row: Int32) -> NodeKind { storage.pointee.kinds[Int(row)] }
    @inline(__always) package func end(_ row: Int32) -> Int32 { storage.pointee.ends[Int(row)] }
    @inline(__always) package func parent(_ row: Int32) -> Int32 { storage.pointee.parents[Int(row)] }

    /// The value of a path that depends on nothing but the document, by the number of the plan.
    func hoisted(_ number: Int) -> Value? { storage.pointee.hoisted[number] }

    func setHoisted(_ number: Int, _ value: Value) { storage.pointee.hoisted[number] = value }

    /// The id that the name with a number has in this document; 0 if no node has it.
    @inline(__always)
    func id(_ number: Int, of matcher: NodeMatcher) -> UInt32 {
        if number < storage.pointee.idCount {
            let id = storage.pointee.ids[number]
            if id != Self.unresolved { return id }
        }
        return matcher.name.map(id) ?? 0
    }

    /// The id that `name` has in this document; 0 if no node has it.
    package func id(of name: TestName) -> UInt32 {
        if name.number >= storage.pointee.idCount { grow(to: max(64, name.number * 2)) }
        let known = storage.pointee.ids[name.number]
        if known != Self.unresolved { return known }
        let id = document.nodes.names.id(of: name.name) ?? 0
        storage.pointee.ids[name.number] = id
        return id
    }

    private func grow(to count: Int) {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        larger.initialize(repeating: Self.unresolved, count: count)
        larger.update(from: storage.pointee.ids, count: storage.pointee.idCount)
        storage.pointee.ids.deallocate()
        storage.pointee.ids = larger
        storage.pointee.idCount = count
    }

    /// Whether a test with one wildcard accepts a name id.
    func accepts(_ test: WildcardName, _ id: UInt32) -> Bool {
        if let known = storage.pointee.wildcards[test.number] { return known[Int(id)] }
        let result = document.nodes.names.names.enumerated().map { index, name in
            index > 0 && (test.local == nil || name.local == test.local)
                && (test.namespace == nil || name.namespace == test.namespace)
        }
        storage.pointee.wildcards[test.number] = result
        return result[Int(id)]
    }

    /// The bytes of the string value of a row.
    @inline(__always)
    func bytes(_ row: Int32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: storage.pointee.values + Int(storage.pointee.valueOffsets[Int(row)]),
            count: Int(storage.pointee.valueLengths[Int(row)]))
    }

    /// The string value of a row, without a copy.
    @inline(__always)
    func text(_ row: Int32) -> Text {
        let start = Int(storage.pointee.valueOffsets[Int(row)])
        return Text(document.nodes.values, start, start + Int(storage.pointee.valueLengths[Int(row)]))
    }

    /// The local part of a row's name, made once a name.
    func localName(_ row: Int32) -> Text {
        let id = Int(names[Int(row)])
        if storage.pointee.localNames.isEmpty {
            storage.pointee.localNames = Array(repeating: nil, count: document.nodes.names.names.count)
        }
        if let known = storage.pointee.localNames[id] { return known }
        let made = Text(document.nodes.names.names[id].local)
        storage.pointee.localNames[id] = made
        return made
    }

    @inline(__always)
    package func firstChild(_ row: Int32) -> Int32 {
        let end = end(row)
        var child = row + 1
        while child < end, kind(child) == .attribute { child += 1 }
        return child
    }

    /// The rows of all elements with a name, in document order: part of an index that is made at the first question.
    package func elements(named id: UInt32) -> ArraySlice<Int32> {
        let index = storage.pointee.elementRows ?? makeIndex()
        return index.rows[Int(index.starts[Int(id)])..<Int(index.starts[Int(id) + 1])]
    }

    private func makeIndex() -> (starts: [Int32], rows: [Int32]) {
        var starts = [Int32](repeating: 0, count: document.nodes.names.names.count + 2)
        for row in 0..<count where kind(row) == .element { starts[Int(names[Int(row)]) + 1] += 1 }
        for id in 1..<starts.count { starts[id] += starts[id - 1] }
        var next = starts
        var rows = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
        for row in 0..<count where kind(row) == .element {
            let id = Int(names[Int(row)])
            rows[Int(next[id])] = row
            next[id] += 1
        }
        storage.pointee.elementRows = (starts, rows)
        return (starts, rows)
    }
}

/// A node while an evaluation lasts. The evaluation holds the view, so the reference need not.
package struct NodeRef: Hashable {
    let tree: TreeView
    let row: Int32

    @inline(__always)
    init(_ tree: TreeView, _ row: Int32) {
        self.tree = tree
        self.row = row
    }

    @inline(__always)
    package static func == (left: NodeRef, right: NodeRef) -> Bool { left.row == right.row && left.tree == right.tree }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(tree.order)
        hasher.combine(row)
    }

    @inline(__always)
    func precedes(_ other: NodeRef) -> Bool {
        tree == other.tree ? row < other.row : tree.order < other.tree.order
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
package final class TestName: Sendable {
    let number: Int
    package let name: QName

    private static let numbers = Mutex<[QName: Int]>([:])

    package init(_ name: QName) {
        self.name = name
        number = Self.numbers.withLock { numbers in
            if let number = numbers[name] { return number }
            numbers[name] = numbers.count
            return numbers.count - 1
        }
    }
}

/// `*:local` or `prefix:*`, with its number in the process.
final class WildcardName: Sendable {
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
