/// One node of a document: a reference to it and a row. Order is document order.
public struct Node: Sendable, Hashable, Comparable {
    /// The document.
    public let document: Document
    /// The row; 0 is the document node, an element's attributes follow it at once.
    public let index: Int32

    /// The node of a row that the document has.
    package init(document: Document, index: Int32) {
        self.document = document
        self.index = index
    }

    public static func == (left: Node, right: Node) -> Bool {
        left.index == right.index && left.document === right.document
    }

    /// Document order; between documents, one that is stable while both live.
    public static func < (left: Node, right: Node) -> Bool {
        left.document === right.document
            ? left.index < right.index : ObjectIdentifier(left.document) < ObjectIdentifier(right.document)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(document))
        hasher.combine(index)
    }

    private var row: Int { Int(index) }

    /// The kind.
    public var kind: NodeKind { document.nodes.kind[row] }

    /// The expanded name of an element or attribute, the target of a processing instruction; nil for others.
    public var name: QName? {
        let id = document.nodes.name[row]
        return id == 0 ? nil : document.nodes.names[id]
    }

    /// The local part of the name; empty where there is no name.
    public var localName: String { document.nodes.names[document.nodes.name[row]].local }

    /// The namespace name; empty where there is none.
    public var namespaceURI: String { document.nodes.names[document.nodes.name[row]].namespace }

    /// The prefix as written; empty where there is none.
    public var prefix: String { document.nodes.names.prefixes[Int(document.nodes.prefix[row])] }

    /// The name as written: `prefix:local`, or the local part.
    public var qualifiedName: String { prefix.isEmpty ? localName : "\(prefix):\(localName)" }

    /// The string value (XPath 1.0 §5): all text within an element, the value of an attribute.
    public var stringValue: String { document.nodes.string(index) }

    /// The UTF-8 bytes of `stringValue`.
    public var stringBytes: ArraySlice<UInt8> { document.nodes.values[document.nodes.valueRange(index)] }

    /// The line of the start tag, from 1. An attribute's and a text's place is its element's.
    public var line: Int { document.source.lines.line(Int(document.nodes.position[row])) }

    /// The column of the start tag in code points, from 1.
    public var column: Int { document.source.lines.place(Int(document.nodes.position[row]), in: document.text).column }

    /// The offset of the start tag in `Document.bytes`, from 0.
    ///
    /// Exact for UTF-8, UTF-16 and encodings of one byte a character; for others that of the text in UTF-8.
    public var byteOffset: Int { document.source.sourceOffset(Int(document.nodes.position[row])) }

    /// The namespace that `prefix` stands for here, the default namespace for an empty prefix; nil where none.
    public func namespaceURI(forPrefix prefix: String) -> String? {
        if prefix == "xml" { return "http://www.w3.org/XML/1998/namespace" }
        let nodes = document.nodes
        guard let id = nodes.names.prefixID(of: prefix) else { return nil }
        var row = index
        while row > 0 {
            for entry in nodes.declarations(row) where nodes.declarationPrefix[entry] == id {
                let namespace = nodes.declarationNamespace[entry]
                return namespace == 0 ? nil : nodes.names.namespaces[Int(namespace)]
            }
            row = nodes.parent[Int(row)]
        }
        return nil
    }

    /// The namespaces in scope by prefix, the default namespace under the empty one, without `xml`.
    public var namespacesInScope: [String: String] {
        let nodes = document.nodes
        var found: [UInt32: UInt32] = [:]
        var row = index
        while row > 0 {
            for entry in nodes.declarations(row) where found[nodes.declarationPrefix[entry]] == nil {
                found[nodes.declarationPrefix[entry]] = nodes.declarationNamespace[entry]
            }
            row = nodes.parent[Int(row)]
        }
        var result: [String: String] = [:]
        for (prefix, namespace) in found where namespace != 0 {
            result[nodes.names.prefixes[Int(prefix)]] = nodes.names.namespaces[Int(namespace)]
        }
        return result
    }
}
