public import XML

extension XPathExpression {
    /// Why the expression may have found nothing in `document`: names without a prefix that the document has in a
    /// namespace alone. Nil where there is none.
    ///
    ///     no element 'section' is in no namespace; the document has it in 'urn:hl7-org:v3': bind a prefix to that, as
    ///     in p:section
    ///
    /// XPath 2.0, 3.2.1.2: an element name without a prefix is in the default element namespace, never in that of the
    /// document.
    public func namespaceHint(in document: Document) -> String? {
        guard context.defaultElementNamespace.isEmpty else { return nil }
        var wanted: [String] = []
        tree.forEach { part in
            guard case .step(let axis, .name(namespace: "", local: let local?), _) = part.form, axis != .attribute,
                !wanted.contains(local)
            else { return }
            wanted.append(local)
        }
        guard !wanted.isEmpty else { return nil }
        var found: [String: [String]] = [:]
        for node in [document.documentElement] + document.documentElement.descendants where node.kind == .element {
            let namespace = node.namespaceURI
            guard wanted.contains(node.localName), found[node.localName]?.contains(namespace) != true else { continue }
            found[node.localName, default: []].append(namespace)
        }
        for name in wanted {
            guard let namespaces = found[name], !namespaces.contains("") else { continue }
            let list = namespaces.map { "'\($0)'" }.joined(separator: ", ")
            return
                "no element '\(name)' is in no namespace; the document has it in \(list): bind a prefix to that, as in "
                + "p:\(name)"
        }
        return nil
    }
}

extension SyntaxTree {
    /// Calls `body` for this expression and all below it.
    func forEach(_ body: (SyntaxTree) -> Void) {
        body(self)
        for part in parts { part.forEach(body) }
    }

    private var parts: [SyntaxTree] {
        switch form {
        case .literal, .variable, .contextItem, .root: []
        case .sequence(let parts), .path(let parts), .step(_, _, let parts), .call(_, let parts), .or(let parts),
            .and(let parts), .union(let parts):
            parts
        case .filter(let first, let rest): [first] + rest
        case .generalComparison(_, let left, let right), .valueComparison(_, let left, let right),
            .nodeComparison(_, let left, let right), .range(let left, let right):
            [left, right]
        case .arithmetic(let first, let rest): [first] + rest.map(\.1)
        case .intersection(let first, let rest): [first] + rest.map(\.1)
        case .negation(_, let operand), .instance(let operand, _), .treat(let operand, _),
            .castable(let operand, _, _), .cast(let operand, _, _):
            [operand]
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
        case .iteration(let bindings, let body), .quantified(_, let bindings, let body): bindings.map(\.1) + [body]
        }
    }
}
