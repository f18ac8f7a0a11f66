internal import XML

/// A node test, ready to be asked of many nodes.
enum NodeMatcher: Sendable {
    /// Any of these kinds of node.
    case kinds(KindSet)
    case named(KindSet, TestName)
    case wildcard(KindSet, WildcardName)
    /// A document node whose only element is of that kind.
    case document(element: TestName?)
    case never

    /// A set of node kinds as bits.
    struct KindSet: Sendable, Equatable {
        let bits: UInt8

        init(_ kinds: [NodeKind]) { bits = kinds.reduce(0) { $0 | 1 << $1.rawValue } }

        private init(bits: UInt8) { self.bits = bits }

        static let all = KindSet([.document, .element, .attribute, .text, .comment, .processingInstruction])
        static let element = KindSet([.element])
        static let attribute = KindSet([.attribute])

        @inline(__always) func contains(_ kind: NodeKind) -> Bool { bits >> kind.rawValue & 1 != 0 }
    }

    init(_ test: NodeTest, axis: Axis) {
        let principal: KindSet = axis == .attribute ? .attribute : .element
        switch test {
        case .name(let namespace?, let local?):
            self = .named(principal, TestName(QName(local, in: namespace)))
        case .name(nil, nil): self = .kinds(principal)
        case .name(let namespace, let local):
            self = .wildcard(principal, WildcardName(namespace: namespace, local: local))
        case .kind(let kind): self.init(kind)
        }
    }

    init(_ kind: KindTest) {
        switch kind {
        case .node: self = .kinds(.all)
        case .text: self = .kinds(KindSet([.text]))
        case .comment: self = .kinds(KindSet([.comment]))
        case .processingInstruction(let name):
            let kinds = KindSet([.processingInstruction])
            self = name.map { .named(kinds, TestName(QName($0))) } ?? .kinds(kinds)
        case .element(let name, let matchesUntyped): self = Self.named(.element, name, matchesUntyped)
        case .attribute(let name, let matchesUntyped): self = Self.named(.attribute, name, matchesUntyped)
        case .document(nil): self = .kinds(KindSet([.document]))
        case .document(.element(let name, let matchesUntyped)?):
            self =
                matchesUntyped
                ? .document(element: name.map { TestName(QName($0.local, in: $0.namespace)) }) : .never
        case .document: self = .never
        }
    }

    private static func named(_ kinds: KindSet, _ name: QualifiedName?, _ matchesUntyped: Bool) -> NodeMatcher {
        guard matchesUntyped else { return .never }
        guard let name else { return .kinds(kinds) }
        return .named(kinds, TestName(QName(name.local, in: name.namespace)))
    }

    func matches(_ node: NodeRef) -> Bool { matches(node.tree, node.row) }

    @inline(__always)
    func matches(_ tree: TreeView, _ row: Int32) -> Bool {
        switch self {
        case .kinds(let kinds): kinds.contains(tree.kind(row))
        case .named(let kinds, let name):
            kinds.contains(tree.kind(row)) && tree.names[Int(row)] == tree.id(of: name)
        case .wildcard(let kinds, let name):
            kinds.contains(tree.kind(row)) && tree.accepted(by: name)[Int(tree.names[Int(row)])]
        case .document(let element): Self.isDocument(tree, row, element)
        case .never: false
        }
    }

    private static func isDocument(_ tree: TreeView, _ row: Int32, _ element: TestName?) -> Bool {
        guard tree.kind(row) == .document else { return false }
        guard let element else { return true }
        var child = tree.firstChild(row)
        while child < tree.end(row) {
            if tree.kind(child) == .element { return tree.names[Int(child)] == tree.id(of: element) }
            child = tree.end(child)
        }
        return false
    }
}
