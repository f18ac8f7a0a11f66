public import XML

/// A compiled XPath 2.0 expression, shared by threads.
///
///     let titles = try XPathExpression("//h:title[. != '']", namespaces: ["h": "urn:hl7-org:v3"])
///     let nodes = try titles.nodes(at: document.root)
///
/// Errors carry the W3C codes (XPath 2.0 Appendix G, F&O Appendix C) and the place in the expression. The data model is
/// that of documents without a schema; the only collation is that of code points.
public struct XPathExpression: Sendable {
    // One word, so that a copy costs one reference.
    private final class Storage: Sendable {
        let source: String
        let context: XPathStaticContext
        let tree: SyntaxTree
        let variableNames: [String]
        let plan: any Plan
        let slots: Int
        /// Whether nothing in it reads a local variable or `current()`.
        let isFrameless: Bool

        init(_ source: String, _ tree: SyntaxTree, _ plan: any Plan, _ compiler: Compiler) {
            self.source = source
            context = compiler.context
            self.tree = tree
            variableNames = compiler.externals
            self.plan = plan
            slots = compiler.slotCount
            isFrameless = slots == 0 && !plan.properties.needs.contains(.current)
        }
    }

    private let storage: Storage

    /// The expression as written.
    public var source: String { storage.source }
    /// Its static context.
    public var context: XPathStaticContext { storage.context }
    /// The syntax tree.
    package var tree: SyntaxTree { storage.tree }
    /// The external variables that it uses, by slot, where the static context gave no slots.
    package var variableNames: [String] { storage.variableNames }
    private var plan: any Plan { storage.plan }

    /// Compiles an expression.
    ///
    /// Throws the static errors: XPST0003 for syntax, XPST0008 for a variable, XPST0017 for a function, XPST0051 for a
    /// type, XPST0081 for a prefix; XPDY0130 where a limit is met.
    public init(
        _ source: String, namespaces: [String: String] = [:], defaultElementNamespace: String = "",
        variables: Set<String> = []
    ) throws(XPathError) {
        try self.init(
            source,
            context: XPathStaticContext(
                namespaces: namespaces, defaultElementNamespace: defaultElementNamespace, variables: variables))
    }

    /// Compiles an expression in a static context.
    public init(_ source: String, context: XPathStaticContext) throws(XPathError) {
        let bytes = Array(source.utf8)
        var parser = try Parser(bytes, context: context)
        try self.init(source, parser.parse(), bytes, context)
    }

    private init(
        _ source: String, _ tree: SyntaxTree, _ bytes: [UInt8], _ context: XPathStaticContext
    ) throws(XPathError) {
        var compiler = Compiler(context, source: bytes)
        let plan = try compiler.compile(tree)
        storage = Storage(source, tree, plan, compiler)
    }

    /// A syntax tree of the project's own making, compiled; `source` is what its spans count in.
    package init(_ tree: SyntaxTree, source: String, context: XPathStaticContext) throws(XPathError) {
        try self.init(source, tree, Array(source.utf8), context)
    }

    /// The whole value with `node` as the context item; without one, what needs it is XPDY0002.
    public func evaluate(
        at node: Node?, variables: [String: XPathValue] = [:], host: (any XPathHost)? = nil,
        settings: XPathSettings = .init()
    ) throws(XPathError) -> XPathValue {
        let evaluation = Self.evaluation(variables, host, settings)
        return try value(at: node, in: evaluation).exported(evaluation)
    }

    /// The effective boolean value.
    public func boolean(
        at node: Node?, variables: [String: XPathValue] = [:], host: (any XPathHost)? = nil,
        settings: XPathSettings = .init()
    ) throws(XPathError) -> Bool {
        try boolean(at: node, in: Self.evaluation(variables, host, settings))
    }

    /// The string values of all items, joined by blanks, as `xsl:value-of` writes them.
    public func string(
        at node: Node?, variables: [String: XPathValue] = [:], host: (any XPathHost)? = nil,
        settings: XPathSettings = .init()
    ) throws(XPathError) -> String {
        try string(at: node, in: Self.evaluation(variables, host, settings))
    }

    /// The nodes of the value; XPTY0004 where an item is none.
    public func nodes(
        at node: Node?, variables: [String: XPathValue] = [:], host: (any XPathHost)? = nil,
        settings: XPathSettings = .init()
    ) throws(XPathError) -> [Node] {
        let value = try evaluate(at: node, variables: variables, host: host, settings: settings)
        let nodes = value.nodes
        guard nodes.count == value.items.count else {
            throw XPathError("XPTY0004", "the expression gives atomic values, not nodes only")
        }
        return nodes
    }

    private static func evaluation(
        _ variables: [String: XPathValue], _ host: (any XPathHost)?, _ settings: XPathSettings
    ) -> Evaluation {
        Evaluation(variables: NamedVariables(variables), host: host, settings: settings)
    }

    // MARK: In an evaluation that goes on

    private func run<Result>(
        _ node: Node?, _ evaluation: Evaluation, _ body: (Focus) throws(XPathError) -> Result
    ) throws(XPathError) -> Result {
        guard let node else {
            return try evaluation.run(slots: storage.slots, current: nil) { () throws(XPathError) in try body(.absent) }
        }
        return try run(evaluation.view(node.document), node.index, evaluation, body)
    }

    @inline(__always)
    private func run<Result>(
        _ tree: TreeView, _ row: Int32, _ evaluation: Evaluation, _ body: (Focus) throws(XPathError) -> Result
    ) throws(XPathError) -> Result {
        if storage.isFrameless {
            try evaluation.enter()
            defer { evaluation.leave() }
            return try body(Focus(tree, row))
        }
        return try evaluation.run(slots: storage.slots, current: NodeRef(tree, row)) { () throws(XPathError) in
            try body(Focus(tree, row))
        }
    }

    /// The value in an evaluation that holds it.
    package func value(at node: Node?, in evaluation: Evaluation) throws(XPathError) -> Value {
        try run(node, evaluation) { (focus) throws(XPathError) in try plan.evaluate(focus, evaluation) }
    }

    /// The effective boolean value.
    package func boolean(at node: Node?, in evaluation: Evaluation) throws(XPathError) -> Bool {
        try run(node, evaluation) { (focus) throws(XPathError) in try plan.boolean(focus, evaluation) }
    }

    /// The string values of all items, joined by blanks.
    package func string(at node: Node?, in evaluation: Evaluation) throws(XPathError) -> String {
        try value(at: node, in: evaluation).string()
    }

    /// The value at a row of a view.
    package func value(at row: Int32, of tree: TreeView, in evaluation: Evaluation) throws(XPathError) -> Value {
        try run(tree, row, evaluation) { (focus) throws(XPathError) in try plan.evaluate(focus, evaluation) }
    }

    /// The effective boolean value at a row of a view.
    package func boolean(at row: Int32, of tree: TreeView, in evaluation: Evaluation) throws(XPathError) -> Bool {
        try run(tree, row, evaluation) { (focus) throws(XPathError) in try plan.boolean(focus, evaluation) }
    }
}

extension Value {
    /// The string values of all items, joined by blanks.
    package func string() throws(XPathError) -> String {
        if case .item(let item) = self { return item.text.string }
        var bytes: [UInt8] = []
        var isFirst = true
        try forEach { (item) throws(XPathError) in
            if !isFirst { bytes.append(0x20) }
            isFirst = false
            item.text.append(to: &bytes)
            return true
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
