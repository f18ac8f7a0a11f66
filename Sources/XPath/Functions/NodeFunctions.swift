internal import XML

/// F&O 2, 14 and 15.5: accessors, nodes and documents.
enum NodeFunctions {
    static let all: [Function] = [
        Function("node-name($arg as node()?) as xs:QName?") { (call) throws(XPathError) in
            guard let node = call.node(0), let name = qualifiedName(node) else { return .empty }
            return .atomic(.qname(name))
        },
        Function("nilled($arg as node()?) as xs:boolean?") { (call) throws(XPathError) in
            // Without a schema no element is nilled (XDM 6.2.4).
            call.node(0)?.kind == .element ? .boolean(false) : .empty
        },
        Function("string($arg as item()?) as xs:string", context: .item) { (call) throws(XPathError) in
            .text(call.arguments[0].first?.text ?? .empty)
        },
        Function("data($arg as item()*) as xs:anyAtomicType*") { (call) throws(XPathError) in
            if case .range = call.arguments[0] { return call.arguments[0] }
            return Value(try call.arguments[0].atomized(call.evaluation))
        },
        Function("base-uri($arg as node()?) as xs:anyURI?", context: .item) { (call) throws(XPathError) in
            guard let node = call.node(0), let uri = baseURI(node, call.evaluation) else { return .empty }
            return .atomic(.uri(Text(uri)))
        },
        Function("document-uri($arg as node()?) as xs:anyURI?") { (call) throws(XPathError) in
            guard let node = call.node(0), node.kind == .document,
                let uri = call.evaluation.host?.uri(of: node.tree.document)
            else { return .empty }
            return .atomic(.uri(Text(uri)))
        },
        Function("name($arg as node()?) as xs:string", context: .item) { (call) throws(XPathError) in
            .text(call.node(0).map { Text($0.node.qualifiedName) } ?? .empty)
        },
        Function("local-name($arg as node()?) as xs:string", context: .item) { (call) throws(XPathError) in
            .text(call.node(0).map { Text($0.node.localName) } ?? .empty)
        },
        Function("namespace-uri($arg as node()?) as xs:anyURI", context: .item) { (call) throws(XPathError) in
            .atomic(.uri(call.node(0).map { Text($0.node.namespaceURI) } ?? .empty))
        },
        Function("lang($testlang as xs:string?, $node as node()) as xs:boolean", context: .item) {
            (call) throws(XPathError) in
            .boolean(isLanguage(call.textOrEmpty(0).string, call.node(1)))
        },
        Function("root($arg as node()?) as node()?", context: .item) { (call) throws(XPathError) in
            guard let node = call.node(0) else { return .empty }
            return .item(.node(NodeRef(node.tree, 0)))
        },
        Function("id($arg as xs:string*, $node as node()) as element()*", context: .item) { (call) throws(XPathError) in
            guard let node = call.node(1) else { return .empty }
            return try elements(call.arguments[0], node, call.evaluation)
        },
        Function("element-with-id($arg as xs:string*, $node as node()) as element()*", context: .item) {
            (call) throws(XPathError) in
            guard let node = call.node(1) else { return .empty }
            return try elements(call.arguments[0], node, call.evaluation)
        },
        Function("idref($arg as xs:string*, $node as node()) as node()*", context: .item) { (call) throws(XPathError) in
            guard let node = call.node(1) else { return .empty }
            return try references(call.arguments[0], node, call.evaluation)
        },
        Function("doc($uri as xs:string?) as document-node()?") { (call) throws(XPathError) in
            guard let uri = call.text(0)?.string else { return .empty }
            try requireReference(uri)
            guard let tree = try call.evaluation.document(uri, base: call.site.baseURI) else {
                throw XPathError("FODC0002", "the document '\(uri)' cannot be had")
            }
            return .item(.node(NodeRef(tree, 0)))
        },
        Function("doc-available($uri as xs:string?) as xs:boolean") { (call) throws(XPathError) in
            guard let uri = call.text(0)?.string else { return .boolean(false) }
            try requireReference(uri)
            do {
                return .boolean(try call.evaluation.document(uri, base: call.site.baseURI) != nil)
            } catch {
                return .boolean(false)
            }
        },
        Function("collection([$arg as xs:string?]) as node()*") { (call) throws(XPathError) in
            let uri = call.text(0)?.string
            if let uri, URIReference(uri) == nil { throw XPathError("FODC0004", "'\(uri)' is no URI reference") }
            let resolved = uri.map { name in call.site.baseURI.flatMap { URIReference.resolve(name, base: $0) } ?? name
            }
            guard let nodes = try call.evaluation.host?.collection(resolved) else {
                throw XPathError(
                    "FODC0002", "there is no collection \(uri.map { "'\($0)'" } ?? "by default")")
            }
            return Value(nodes: nodes.map { call.evaluation.reference($0) })
        },
    ]

    static func qualifiedName(_ node: NodeRef) -> QualifiedName? {
        let node = node.node
        guard node.kind == .element || node.kind == .attribute || node.kind == .processingInstruction,
            let name = node.name
        else { return nil }
        return QualifiedName(prefix: node.prefix, namespace: name.namespace, local: name.local)
    }

    /// The base URI: `xml:base` from the document's URI inwards (XDM 6.2.2).
    static func baseURI(_ node: NodeRef, _ evaluation: Evaluation) -> String? {
        var bases: [String] = []
        var current: NodeRef? = node
        while let ancestor = current {
            if ancestor.kind == .element, let base = ancestor.node.attribute("base", in: Namespaces.xml) {
                bases.append(base)
            }
            current = ancestor.parent
        }
        var result = evaluation.host?.uri(of: node.tree.document)
        for base in bases.reversed() {
            if let outer = result { result = URIReference.resolve(base, base: outer) ?? base } else { result = base }
        }
        return result
    }

    private static func isLanguage(_ wanted: String, _ node: NodeRef?) -> Bool {
        var current = node
        while let ancestor = current {
            if ancestor.kind == .element, let language = ancestor.node.attribute("lang", in: Namespaces.xml) {
                let (found, wanted) = (language.lowercased(), wanted.lowercased())
                return found == wanted || found.hasPrefix(wanted + "-")
            }
            current = ancestor.parent
        }
        return false
    }

    /// F&O 15.5.4: what is a valid URI is up to the processor. Blanks and the like are as good as escaped, as for Saxon.
    private static func requireReference(_ uri: String) throws(XPathError) {
        let lenient = uri.utf8.map { $0 <= 0x20 || Self.escapable.contains($0) ? 0x5F : $0 }
        guard URIReference(String(decoding: lenient, as: UTF8.self)) != nil else {
            throw XPathError("FODC0005", "'\(uri)' is no URI reference")
        }
    }

    private static let escapable = Set("<>\"{}|\\^`".utf8)

    private static func words(_ text: Text) -> [Text] {
        text.withBytes { $0.split(whereSeparator: isXMLSpace).map { Text(Array($0)) } }
    }

    /// The attributes that are identifiers or references: `xml:id`, and what the host knows from a DTD.
    private static func forEachAttribute(
        _ tree: TreeView, _ role: XPathAttributeRole, _ evaluation: Evaluation,
        _ body: (Int32) throws(XPathError) -> Void
    ) throws(XPathError) {
        let id = tree.document.nodes.names.id(of: QName("id", in: Namespaces.xml))
        var row: Int32 = 0
        while row < tree.count {
            if tree.kind(row) == .attribute {
                let isNamed = role == .identifier && tree.names[Int(row)] == id
                let node = NodeRef(tree, row).node
                if isNamed || evaluation.host?.role(ofAttribute: node) == role { try body(row) }
            }
            row += 1
        }
        try evaluation.count(Int(tree.count))
    }

    private static func elements(
        _ values: Value, _ node: NodeRef, _ evaluation: Evaluation
    ) throws(XPathError) -> Value {
        var wanted: Set<Text> = []
        try values.forEach { (item) throws(XPathError) in
            wanted.formUnion(words(item.text))
            return true
        }
        let tree = node.tree
        var result: [NodeRef] = []
        try forEachAttribute(tree, .identifier, evaluation) { (row) throws(XPathError) in
            if wanted.remove(tree.text(row).normalized) != nil { result.append(NodeRef(tree, tree.parent(row))) }
        }
        return Value(nodes: result)
    }

    private static func references(
        _ values: Value, _ node: NodeRef, _ evaluation: Evaluation
    ) throws(XPathError) -> Value {
        var wanted: Set<Text> = []
        try values.forEach { (item) throws(XPathError) in
            wanted.insert(item.text)
            return true
        }
        let tree = node.tree
        var result: [NodeRef] = []
        try forEachAttribute(tree, .reference, evaluation) { (row) throws(XPathError) in
            if words(tree.text(row)).contains(where: wanted.contains) { result.append(NodeRef(tree, row)) }
        }
        return Value(nodes: result)
    }
}
