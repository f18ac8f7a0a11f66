internal import CLibXML2

/// Canonical XML 1.0 and Exclusive XML Canonicalization 1.0.
public enum Canonicalizer {
    /// The algorithms of XML signatures.
    public enum Method: String, Sendable, CaseIterable {
        case inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
        case inclusiveWithComments = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"
        case exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
        case exclusiveWithComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
    }

    /// What of a document is made canonical.
    public enum Selection: Hashable, Sendable {
        /// All of it.
        case document
        /// The element with that identifier: an attribute `ID`, `Id`, `id`, `AssertionID`, `xml:id` or `wsu:Id`.
        ///
        /// Two elements with it are an error: a signature must not be made to mean another element.
        case identifier(String)
        /// The element at that `Node.index` of a `Document` of the same bytes.
        case element(Int32)
        /// The element at that `Node.path`.
        case path(String)
    }

    /// The canonical bytes of (a part of) a document.
    ///
    /// - Parameters:
    ///   - inclusivePrefixes: for the exclusive methods, the PrefixList of `InclusiveNamespaces` (`#default` for the
    ///     default namespace).
    ///   - omitting: elements, by `Node.index`, that are left out with all they hold, as the transform
    ///     "enveloped signature" does with the signature.
    public static func canonicalize(
        _ bytes: [UInt8], method: Method = .exclusive, selecting selection: Selection = .document,
        inclusivePrefixes: [String] = [], omitting: Set<Int32> = [], options: ParsingOptions = .init()
    ) throws(XMLError) -> [UInt8] {
        let document = try Document(parsing: bytes, options: options)
        let node = try find(selection, in: document)
        return try canonicalize(node, method: method, inclusivePrefixes: inclusivePrefixes, omitting: omitting)
    }

    /// The canonical bytes of a document node or an element.
    public static func canonicalize(
        _ node: Node, method: Method = .exclusive, inclusivePrefixes: [String] = [], omitting: Set<Int32> = []
    ) throws(XMLError) -> [UInt8] {
        guard node.kind == .document || node.kind == .element else {
            throw XMLError(.canonicalization, "only a document or an element has a canonical form")
        }
        let scope = VisibleScope(top: node, omitting: omitting)
        let (result, errors) = LibXML.collecting { execute(node.document, method, inclusivePrefixes, scope) }
        guard let result else {
            let message = errors.first?.message ?? "the document has no canonical form"
            throw XMLError(
                .canonicalization, message, line: node.line, column: node.column, byteOffset: node.byteOffset)
        }
        return result
    }

    /// The node that a selection means.
    public static func find(_ selection: Selection, in document: Document) throws(XMLError) -> Node {
        switch selection {
        case .document: return document.root
        case .element(let index):
            let nodes = document.nodes
            guard index > 0, Int(index) < nodes.count, nodes.kind[Int(index)] == .element else {
                throw XMLError(.canonicalization, "there is no element \(index)")
            }
            return Node(document: document, index: index)
        case .path(let path):
            guard let node = elements(of: document).first(where: { $0.path == path }) else {
                throw XMLError(.canonicalization, "there is no element at \(path)")
            }
            return node
        case .identifier(let identifier):
            let found = elements(of: document).filter { element in
                element.attributes.contains { isIdentifier($0) && $0.stringValue == identifier }
            }
            guard let first = found.first else {
                throw XMLError(.canonicalization, "no element has the identifier '\(identifier)'")
            }
            guard found.count == 1 else {
                throw XMLError(
                    .canonicalization, "\(found.count) elements have the identifier '\(identifier)'",
                    line: found[1].line, column: found[1].column, byteOffset: found[1].byteOffset)
            }
            return first
        }
    }

    private static func elements(of document: Document) -> [Node] {
        document.root.descendants.filter { $0.kind == .element }
    }

    private static func isIdentifier(_ attribute: Node) -> Bool {
        switch attribute.namespaceURI {
        case "": ["ID", "Id", "id", "AssertionID"].contains(attribute.localName)
        case "http://www.w3.org/XML/1998/namespace": attribute.localName == "id"
        // WS-Security 1.1 §4.2
        case "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd":
            attribute.localName == "Id"
        default: false
        }
    }

    // MARK: libxml2

    private static func execute(
        _ document: Document, _ method: Method, _ prefixes: [String], _ scope: VisibleScope
    ) -> [UInt8]? {
        guard let tree = LibXML.tree(document.source, name: "") else { return nil }
        defer { xmlFreeDoc(tree) }
        scope.resolve(tree)
        guard let output = xmlAllocOutputBuffer(nil) else { return nil }
        defer { xmlOutputBufferClose(output) }
        let isExclusive = method == .exclusive || method == .exclusiveWithComments
        let withComments: Int32 = method == .inclusiveWithComments || method == .exclusiveWithComments ? 1 : 0
        let mode = isExclusive ? XML_C14N_EXCLUSIVE_1_0 : XML_C14N_1_0
        let result = withPrefixes(isExclusive ? prefixes : []) { list in
            xmlC14NExecute(
                tree,
                { scope, node, parent in
                    guard let scope else { return 1 }
                    let visible = Unmanaged<VisibleScope>.fromOpaque(scope).takeUnretainedValue()
                    return visible.isVisible(node, parent) ? 1 : 0
                }, Unmanaged.passUnretained(scope).toOpaque(), Int32(mode.rawValue), list, withComments, output)
        }
        guard result >= 0, xmlOutputBufferFlush(output) >= 0, let content = xmlOutputBufferGetContent(output) else {
            return nil
        }
        return [UInt8](UnsafeBufferPointer(start: content, count: xmlOutputBufferGetSize(output)))
    }

    /// The prefixes as a C list that ends with a null pointer.
    private static func withPrefixes(
        _ prefixes: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> Int32 {
        guard !prefixes.isEmpty else { return body(nil) }
        var list = prefixes.map { xmlStrdup(Array($0.utf8) + [0]) }
        defer { for prefix in list { cisis_xmlFree(prefix) } }
        list.append(nil)
        return list.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    }
}

/// What of libxml2's tree is to be seen: a subtree, without others. It lives on one thread.
private final class VisibleScope {
    private let top: Int32
    private let omitted: Set<Int32>
    private let nodes: NodeTable
    private var topNode: UnsafeMutablePointer<xmlNode>?
    private var omittedNodes: Set<UnsafeMutablePointer<xmlNode>> = []

    init(top: Node, omitting: Set<Int32>) {
        self.top = top.index
        omitted = omitting
        nodes = top.document.nodes
    }

    /// Finds the elements in libxml2's tree: the n-th element is the n-th element.
    func resolve(_ tree: xmlDocPtr) {
        guard top > 0 || !omitted.isEmpty else { return }
        var node = xmlDocGetRootElement(tree)
        let root = node
        for row in nodes.kind.indices where nodes.kind[row] == .element {
            guard let current = node else { return }
            if Int32(row) == top { topNode = current }
            if omitted.contains(Int32(row)) { omittedNodes.insert(current) }
            node = Self.next(current, root)
        }
    }

    private static func next(
        _ node: UnsafeMutablePointer<xmlNode>, _ root: UnsafeMutablePointer<xmlNode>?
    ) -> UnsafeMutablePointer<xmlNode>? {
        if let child = xmlFirstElementChild(node) { return child }
        var current: UnsafeMutablePointer<xmlNode>? = node
        while let here = current, here != root {
            if let sibling = xmlNextElementSibling(here) { return sibling }
            current = here.pointee.parent
        }
        return nil
    }

    /// A namespace node has no parent of its own: `parent` is its element.
    func isVisible(_ node: UnsafeMutablePointer<xmlNode>?, _ parent: UnsafeMutablePointer<xmlNode>?) -> Bool {
        guard top > 0 || !omittedNodes.isEmpty else { return true }
        let isNamespace = node?.pointee.type == XML_NAMESPACE_DECL
        var current = isNamespace ? parent : node
        while let here = current {
            if omittedNodes.contains(here) { return false }
            if here == topNode { return true }
            guard here.pointee.type != XML_DOCUMENT_NODE else { return top == 0 }
            current = here.pointee.parent
        }
        return false
    }
}
