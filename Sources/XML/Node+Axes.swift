extension Node {
    /// The parent; an attribute's is its element, the document node's is nil.
    public var parent: Node? {
        let parent = document.nodes.parent[Int(index)]
        return parent < 0 ? nil : Node(document: document, index: parent)
    }

    /// The children: elements, texts, comments and processing instructions.
    public var children: [Node] {
        var result: [Node] = []
        forEachChild { result.append($0) }
        return result
    }

    /// The child elements.
    public var elements: [Node] {
        var result: [Node] = []
        forEachChild { if $0.kind == .element { result.append($0) } }
        return result
    }

    /// The attributes in written order; namespace declarations are not among them.
    public var attributes: [Node] {
        let nodes = document.nodes
        var row = index + 1
        var result: [Node] = []
        guard kind == .element else { return result }
        while row < nodes.end[Int(index)], nodes.kind[Int(row)] == .attribute {
            result.append(Node(document: document, index: row))
            row += 1
        }
        return result
    }

    /// The ancestors, the parent first, the document node last.
    public var ancestors: [Node] {
        var result: [Node] = []
        var node = parent
        while let next = node {
            result.append(next)
            node = next.parent
        }
        return result
    }

    /// The children of the parent after this node; none for an attribute.
    public var followingSiblings: [Node] {
        guard kind != .attribute, let parent else { return [] }
        let nodes = document.nodes
        var result: [Node] = []
        var row = nodes.end[Int(index)]
        while row < nodes.end[Int(parent.index)] {
            result.append(Node(document: document, index: row))
            row = nodes.end[Int(row)]
        }
        return result
    }

    /// The children of the parent before this node, in document order; none for an attribute.
    public var precedingSiblings: [Node] {
        guard kind != .attribute, let parent else { return [] }
        return parent.children.filter { $0.index < index }
    }

    /// The descendants in document order, without attributes.
    public var descendants: [Node] {
        let nodes = document.nodes
        return (index + 1..<max(index + 1, nodes.end[Int(index)])).lazy
            .filter { nodes.kind[Int($0)] != .attribute }
            .map { Node(document: document, index: $0) }
    }

    /// The child elements of that name.
    public func elements(_ local: String, in namespace: String) -> [Node] {
        guard let id = document.nodes.names.id(of: QName(local, in: namespace)) else { return [] }
        var result: [Node] = []
        forEachChild { if $0.isElement(id) { result.append($0) } }
        return result
    }

    /// The first child element of that name.
    public func first(_ local: String, in namespace: String) -> Node? {
        let nodes = document.nodes
        guard let id = nodes.names.id(of: QName(local, in: namespace)) else { return nil }
        var child = nodes.firstChild(index)
        while child < nodes.end[Int(index)] {
            if nodes.name[Int(child)] == id, nodes.kind[Int(child)] == .element {
                return Node(document: document, index: child)
            }
            child = nodes.end[Int(child)]
        }
        return nil
    }

    /// The descendant elements of that name, in document order.
    public func descendants(_ local: String, in namespace: String) -> [Node] {
        let nodes = document.nodes
        guard let id = nodes.names.id(of: QName(local, in: namespace)) else { return [] }
        var result: [Node] = []
        var row = index + 1
        while row < nodes.end[Int(index)] {
            if nodes.name[Int(row)] == id, nodes.kind[Int(row)] == .element {
                result.append(Node(document: document, index: row))
            }
            row += 1
        }
        return result
    }

    /// The value of the attribute of that name.
    public func attribute(_ local: String, in namespace: String = "") -> String? {
        attributeNode(local, in: namespace)?.stringValue
    }

    /// The attribute of that name.
    public func attributeNode(_ local: String, in namespace: String = "") -> Node? {
        guard kind == .element, let id = document.nodes.names.id(of: QName(local, in: namespace)),
            let row = document.nodes.attribute(index, named: id)
        else { return nil }
        return Node(document: document, index: row)
    }

    private func isElement(_ id: UInt32) -> Bool { document.nodes.name[Int(index)] == id && kind == .element }

    private func forEachChild(_ body: (Node) -> Void) {
        let nodes = document.nodes
        var child = nodes.firstChild(index)
        while child < nodes.end[Int(index)] {
            body(Node(document: document, index: child))
            child = nodes.end[Int(child)]
        }
    }
}
