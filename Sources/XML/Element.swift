/// An element to be written: a value that is put together, then given to `Serializer`.
///
/// Names are written as they are: declare a prefix by an ordinary attribute `xmlns:p`.
public struct Element: Sendable, Equatable {
    /// What an element holds.
    public enum Content: Sendable, Equatable {
        case element(Element)
        case text(String)
    }

    /// The name, prefix included: `rim:Slot`.
    public var name: String
    /// The attributes and namespace declarations, in the order in which they are written.
    public var attributes: [(name: String, value: String)]
    /// The content in order.
    public var content: [Content]

    /// An element that holds elements.
    public init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Element] = []) {
        self.name = name
        self.attributes = attributes.map { (name: $0.key, value: $0.value) }
        content = children.map(Content.element)
    }

    /// An element that holds a text.
    public init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        self.init(name, attributes)
        content = text.isEmpty ? [] : [.text(text)]
    }

    /// An element with whatever content.
    public init(_ name: String, attributes: [(name: String, value: String)], content: [Content]) {
        self.name = name
        self.attributes = attributes
        self.content = content
    }

    /// A copy of a document's element, comments and processing instructions left out.
    ///
    /// The outermost one declares all namespaces in scope, so that the copy means the same anywhere.
    public init(copying node: Node) {
        let declarations = node.namespacesInScope.sorted { $0.key < $1.key }
        self.init(node, declarations: declarations.map { (prefix: $0.key, namespace: $0.value) })
    }

    private init(_ node: Node, declarations: [(prefix: String, namespace: String)]) {
        name = node.qualifiedName
        attributes =
            declarations.map { (name: $0.prefix.isEmpty ? "xmlns" : "xmlns:\($0.prefix)", value: $0.namespace) }
            + node.attributes.map { (name: $0.qualifiedName, value: $0.stringValue) }
        content = []
        for child in node.children {
            if child.kind == .element {
                content.append(.element(Element(child, declarations: child.ownDeclarations)))
            } else if child.kind == .text {
                content.append(.text(child.stringValue))
            }
        }
    }

    /// Adds a child element.
    public mutating func append(_ child: Element) { content.append(.element(child)) }

    /// Adds a text.
    public mutating func append(text: String) { content.append(.text(text)) }

    /// The value of the attribute written `name`; setting nil takes it away, a new one goes last.
    public subscript(name: String) -> String? {
        get { attributes.first { $0.name == name }?.value }
        set {
            let index = attributes.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): attributes[index].value = value
            case (let index?, nil): attributes.remove(at: index)
            case (nil, let value?): attributes.append((name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    public static func == (left: Element, right: Element) -> Bool {
        left.name == right.name && left.content == right.content
            && left.attributes.elementsEqual(right.attributes) { $0 == $1 }
    }
}

extension Node {
    /// The namespaces that this element itself declares; an empty name takes a default namespace back.
    public var ownDeclarations: [(prefix: String, namespace: String)] {
        let nodes = document.nodes
        return nodes.declarations(index).map {
            (
                prefix: nodes.names.prefixes[Int(nodes.declarationPrefix[$0])],
                namespace: nodes.names.namespaces[Int(nodes.declarationNamespace[$0])]
            )
        }
    }
}
