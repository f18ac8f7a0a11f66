internal import XML

/// A node test, ready to be asked of many nodes.
final class NodeMatcher: Sendable {
    /// The kinds of node that may match.
    let kinds: KindSet
    /// The name that a node must have, where one is asked for.
    let name: TestName?
    /// The number of the name, or -1.
    let number: Int
    let form: Form

    enum Form: Sendable {
        /// `kinds` and `name` say all.
        case plain
        case wildcard(WildcardName)
        /// A document node whose only element has that name.
        case document(TestName)
        case never
    }

    /// A set of node kinds as bits.
    struct KindSet: Sendable, Equatable {
        let bits: UInt8

        init(_ kinds: [NodeKind]) { bits = kinds.reduce(0) { $0 | 1 << $1.rawValue } }

        static let all = KindSet([.document, .element, .attribute, .text, .comment, .processingInstruction])
        static let element = KindSet([.element])
        static let attribute = KindSet([.attribute])
        static let document = KindSet([.document])

        @inline(__always) func contains(_ kind: NodeKind) -> Bool { bits >> kind.rawValue & 1 != 0 }
    }

    private init(_ kinds: KindSet, _ name: TestName? = nil, _ form: Form = .plain) {
        self.kinds = kinds
        self.name = name
        number = name?.number ?? -1
        self.form = form
    }

    convenience init(_ test: NodeTest, axis: Axis) {
        let principal: KindSet = axis == .attribute ? .attribute : .element
        switch test {
        case .name(let namespace?, let local?): self.init(principal, TestName(QName(local, in: namespace)))
        case .name(nil, nil): self.init(principal)
        case .name(let namespace, let local):
            self.init(principal, nil, .wildcard(WildcardName(namespace: namespace, local: local)))
        case .kind(let kind): self.init(kind)
        }
    }

    convenience init(_ kind: KindTest) {
        switch kind {
        case .node: self.init(.all)
        case .text: self.init(KindSet([.text]))
        case .comment: self.init(KindSet([.comment]))
        case .processingInstruction(let name):
            self.init(KindSet([.processingInstruction]), name.map { TestName(QName($0)) })
        case .element(let name, let matchesUntyped):
            self.init(.element, Self.name(name), matchesUntyped ? .plain : .never)
        case .attribute(let name, let matchesUntyped):
            self.init(.attribute, Self.name(name), matchesUntyped ? .plain : .never)
        case .document(nil): self.init(.document)
        case .document(.element(let name, let matchesUntyped)?):
            guard matchesUntyped else {
                self.init(.document, nil, .never)
                return
            }
            self.init(.document, nil, Self.name(name).map { .document($0) } ?? .plain)
        case .document: self.init(.document, nil, .never)
        }
    }

    private static func name(_ name: QualifiedName?) -> TestName? {
        name.map { TestName(QName($0.local, in: $0.namespace)) }
    }

    /// The name of a test for nodes of one kind and name, else nil.
    var plainName: TestName? {
        if case .plain = form { return name }
        return nil
    }

    func matches(_ node: NodeRef) -> Bool { matches(node.tree, node.row) }

    @inline(__always)
    func matches(_ tree: TreeView, _ row: Int32) -> Bool {
        guard kinds.contains(tree.kind(row)) else { return false }
        if number >= 0, tree.names[Int(row)] != tree.id(number, of: self) { return false }
        if case .plain = form { return true }
        return hasForm(tree, row)
    }

    /// The part of a test that kind and name don't say.
    func hasForm(_ tree: TreeView, _ row: Int32) -> Bool {
        switch form {
        case .plain: true
        case .wildcard(let name): tree.accepts(name, tree.names[Int(row)])
        case .document(let element): Self.isDocument(tree, row, element)
        case .never: false
        }
    }

    private static func isDocument(_ tree: TreeView, _ row: Int32, _ element: TestName) -> Bool {
        var child = tree.firstChild(row)
        while child < tree.end(row) {
            if tree.kind(child) == .element { return tree.names[Int(child)] == tree.id(of: element) }
            child = tree.end(child)
        }
        return false
    }
}
