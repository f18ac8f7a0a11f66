internal import Glibc
package import XML

/// The dynamic context of an evaluation (XPath 2.0, 2.1.2): what is there besides the focus.
///
/// It belongs to one thread. Many expressions may be evaluated in it, on any of its documents; nodes of values that are
/// kept between them stay valid as long as it lives.
package final class Evaluation {
    let host: (any XPathHost)?
    let settings: XPathSettings
    /// The values of external variables by slot. Reads one where `value(of:)` is first asked for it.
    private let variables: any VariableSource
    @exclusivity(unchecked) private var locals: ContiguousArray<Value> = []
    @exclusivity(unchecked) private var base = 0
    @exclusivity(unchecked) private var depth = 0
    private let pace: UnsafeMutablePointer<Pace>
    private var trees: [ObjectIdentifier: TreeView] = [:]
    @exclusivity(unchecked) private var lastTree: TreeView?
    private var documents: [[String]: TreeView?] = [:]
    private var regexes: [RegexKey: Regex] = [:]
    private var clock: Int?
    /// The node that XSLT's `current()` gives.
    @exclusivity(unchecked) private(set) var current: NodeRef?

    package init(
        variables: any VariableSource = NoVariables(), host: (any XPathHost)? = nil, settings: XPathSettings = .init()
    ) {
        self.variables = variables
        self.host = host
        self.settings = settings
        pace = .allocate(capacity: 1)
        pace.initialize(to: Pace(settings))
    }

    deinit {
        pace.deinitialize(count: 1)
        pace.deallocate()
        for tree in trees.values { tree.deallocate() }
    }

    // MARK: Documents

    /// The view of a document, the same one each time.
    package func view(_ document: Document) -> TreeView {
        if let lastTree, lastTree.document === document { return lastTree }
        let key = ObjectIdentifier(document)
        let tree = trees[key] ?? TreeView(document, order: trees.count)
        trees[key] = tree
        lastTree = tree
        return tree
    }

    func reference(_ node: Node) -> NodeRef { NodeRef(view(node.document), node.index) }

    /// The document that the host has under a URI, asked for once.
    func document(_ uri: String, base: String?) throws(XPathError) -> TreeView? {
        let key = [uri, base ?? ""]
        if let known = documents[key] { return known }
        let found = try host?.document(uri, base: base)
        let tree = found.map { view($0) }
        documents[key] = .some(tree)
        return tree
    }

    /// How deep the value of a variable may need that of another, each of which may be nested as deep as the parser lets it.
    private static let maximumRunDepth = 64

    private static var tooDeep: XPathError {
        XPathError("XPDY0130", "the values of variables depend on each other more than \(maximumRunDepth) deep")
    }

    // MARK: Frames

    /// Runs an expression with local slots of its own. The outermost one starts the count of steps.
    func run<Result>(
        slots: Int, current node: NodeRef?, _ body: () throws(XPathError) -> Result
    ) throws(XPathError) -> Result {
        let (outerBase, outerCurrent) = (base, current)
        try enter()
        base = locals.count
        current = node
        for _ in 0..<slots { locals.append(.empty) }
        defer {
            leave()
            if slots > 0 { locals.removeLast(slots) }
            base = outerBase
            current = outerCurrent
        }
        return try body()
    }

    /// Starts an expression that has no slots; `leave` ends it. The outermost one starts a count of steps.
    @inline(__always)
    func enter() throws(XPathError) {
        if depth == 0 { pace.pointee.begin() }
        guard depth < Self.maximumRunDepth else { throw Self.tooDeep }
        depth += 1
    }

    @inline(__always) func leave() { depth -= 1 }

    @inline(__always) func local(_ slot: Int) -> Value { locals[base + slot] }

    @inline(__always) func setLocal(_ slot: Int, _ value: Value) { locals[base + slot] = value }

    func external(_ slot: Int, _ name: String) throws(XPathError) -> Value {
        try variables.value(slot, name, in: self)
    }

    // MARK: Limits

    @inline(__always)
    package func count(_ amount: Int = 1) throws(XPathError) {
        pace.pointee.steps &+= amount
        if pace.pointee.steps > pace.pointee.limit {
            if let error = pace.pointee.overrun() { throw error }
        }
    }

    /// The steps so far, of all expressions.
    package var steps: Int { pace.pointee.steps }

    /// Starts the count of all steps anew; the time goes on.
    package func restartCount() { pace.pointee.restart() }

    /// Whether all steps or all time that it may take are spent.
    package var isExhausted: Bool { pace.pointee.isExhausted }

    /// The error that ended it for good, when all steps or all time that it may take are spent.
    package var exhaustion: XPathError? { pace.pointee.exhaustion }

    @inline(__always)
    func check(items: Int) throws(XPathError) {
        if items > settings.maximumItems { throw itemsExceeded }
    }

    private var itemsExceeded: XPathError {
        XPathError("XPDY0130", "a sequence has more than \(settings.maximumItems) items")
    }

    func check(textLength: Int) throws(XPathError) {
        if textLength > settings.maximumTextLength {
            throw XPathError("XPDY0130", "a text is longer than \(settings.maximumTextLength) bytes")
        }
    }

    // MARK: Time

    /// `fn:current-dateTime`, the same as long as the evaluation lasts.
    func now() throws(XPathError) -> CalendarValue {
        let seconds = clock ?? settings.currentTime ?? Int(time(nil))
        clock = seconds
        let zone = settings.implicitTimezone
        return try CalendarValue(year: 1970, month: 1, day: 1, timezone: 0)
            .adding(nanoseconds: Int128(seconds) * 1_000_000_000)
            .adjusted(to: zone)
    }

    // MARK: Regular expressions

    private struct RegexKey: Hashable {
        let pattern: Text
        let flags: Text
    }

    /// A compiled pattern, kept for the next call.
    func regex(_ pattern: Text, _ flags: Text) throws(XPathError) -> Regex {
        let key = RegexKey(pattern: pattern, flags: flags)
        if let known = regexes[key] { return known }
        let regex = try Regex.shared(pattern, flags: flags)
        if regexes.count > 500 { regexes.removeAll() }
        regexes[key] = regex
        return regex
    }
}

/// Gives the values of external variables, so that they can be made only when they are used.
package protocol VariableSource: AnyObject {
    /// The value of the variable of a slot.
    func value(_ slot: Int, _ name: String, in evaluation: Evaluation) throws(XPathError) -> Value
}

/// No variable at all.
package final class NoVariables: VariableSource {
    package init() {}

    package func value(_ slot: Int, _ name: String, in evaluation: Evaluation) throws(XPathError) -> Value {
        throw XPathError("XPDY0002", "the variable $\(name) has no value")
    }
}

/// Variables by name, as a caller of the public interface gives them.
final class NamedVariables: VariableSource {
    private let values: [String: XPathValue]
    private var converted: [String: Value] = [:]

    init(_ values: [String: XPathValue]) { self.values = values }

    func value(_ slot: Int, _ name: String, in evaluation: Evaluation) throws(XPathError) -> Value {
        if let known = converted[name] { return known }
        guard let value = values[name] else { throw XPathError("XPDY0002", "the variable $\(name) has no value") }
        let result = Value(value, in: evaluation)
        converted[name] = result
        return result
    }
}

/// The context item, its position and the size of what it is taken from (XPath 2.0, 2.1.2).
struct Focus {
    let tree: TreeView?
    let row: Int32
    let position: Int
    /// 0 where no part of the expression asks for it.
    let size: Int
    unowned(unsafe) private let atomic: AtomicBox?

    /// Holds an atomic context item; whoever makes a focus of it keeps it for as long.
    final class AtomicBox {
        let value: Atomic
        init(_ value: Atomic) { self.value = value }
    }

    /// No context item.
    static var absent: Focus { Focus() }

    private init() {
        tree = nil
        row = 0
        position = 0
        size = 0
        atomic = nil
    }

    @inline(__always)
    init(_ tree: TreeView, _ row: Int32, position: Int = 1, size: Int = 1) {
        self.tree = tree
        self.row = row
        self.position = position
        self.size = size
        atomic = nil
    }

    private init(_ box: AtomicBox, position: Int, size: Int) {
        tree = nil
        row = 0
        self.position = position
        self.size = size
        atomic = box
    }

    /// Runs `body` with `item` as the context item.
    static func with<Result>(
        _ item: Item, position: Int, size: Int, _ body: (Focus) throws(XPathError) -> Result
    ) throws(XPathError) -> Result {
        switch item {
        case .node(let node): return try body(Focus(node.tree, node.row, position: position, size: size))
        case .atomic(let value):
            let box = AtomicBox(value)
            defer { withExtendedLifetime(box) {} }
            return try body(Focus(box, position: position, size: size))
        }
    }

    var item: Item? {
        if let tree { return .node(NodeRef(tree, row)) }
        return atomic.map { .atomic($0.value) }
    }

    /// The context item, which must be a node.
    @inline(__always)
    func node() throws(XPathError) -> NodeRef {
        if let tree { return NodeRef(tree, row) }
        throw missing
    }

    /// XPDY0002 without a context item, XPTY0020 where it is no node.
    private var missing: XPathError {
        atomic == nil
            ? XPathError("XPDY0002", "there is no context item")
            : XPathError("XPTY0020", "the context item is no node")
    }

    func requireItem() throws(XPathError) -> Item {
        guard let item else { throw XPathError("XPDY0002", "there is no context item") }
        return item
    }
}
