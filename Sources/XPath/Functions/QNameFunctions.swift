internal import XML

/// F&O 11: qualified names.
enum QNameFunctions {
    static let all: [Function] = [
        Function("resolve-QName($qname as xs:string?, $element as element()) as xs:QName?") {
            (call) throws(XPathError) in
            guard let text = call.text(0), let element = call.node(1) else { return .empty }
            guard let (prefix, local) = XMLNames.split(text.normalized) else {
                throw XPathError("FOCA0002", "'\(text.string)' is no qualified name")
            }
            let namespace = element.node.namespaceURI(forPrefix: prefix)
            guard prefix.isEmpty || namespace != nil else {
                throw XPathError("FONS0004", "the prefix '\(prefix)' is not bound to a namespace here")
            }
            return .atomic(.qname(QualifiedName(prefix: prefix, namespace: namespace ?? "", local: local)))
        },
        Function("QName($paramURI as xs:string?, $paramQName as xs:string) as xs:QName") { (call) throws(XPathError) in
            let text = call.textOrEmpty(1)
            let namespace = call.textOrEmpty(0).string
            guard let (prefix, local) = XMLNames.split(text) else {
                throw XPathError("FOCA0002", "'\(text.string)' is no qualified name")
            }
            guard prefix.isEmpty || !namespace.isEmpty else {
                throw XPathError("FOCA0002", "'\(text.string)' has a prefix, but there is no namespace for it")
            }
            return .atomic(.qname(QualifiedName(prefix: prefix, namespace: namespace, local: local)))
        },
        Function("prefix-from-QName($arg as xs:QName?) as xs:NCName?") { (call) throws(XPathError) in
            guard let name = call.qname(0), !name.prefix.isEmpty else { return .empty }
            return .atomic(Atomic(.ncName, .text(Text(name.prefix))))
        },
        Function("local-name-from-QName($arg as xs:QName?) as xs:NCName?") { (call) throws(XPathError) in
            guard let name = call.qname(0) else { return .empty }
            return .atomic(Atomic(.ncName, .text(Text(name.local))))
        },
        Function("namespace-uri-from-QName($arg as xs:QName?) as xs:anyURI?") { (call) throws(XPathError) in
            guard let name = call.qname(0) else { return .empty }
            return .atomic(.uri(Text(name.namespace)))
        },
        Function("namespace-uri-for-prefix($prefix as xs:string?, $element as element()) as xs:anyURI?") {
            (call) throws(XPathError) in
            guard let element = call.node(1),
                let namespace = element.node.namespaceURI(forPrefix: call.textOrEmpty(0).string)
            else { return .empty }
            return .atomic(.uri(Text(namespace)))
        },
        Function("in-scope-prefixes($element as element()) as xs:string*") { (call) throws(XPathError) in
            guard let element = call.node(0) else { return .empty }
            let prefixes = element.node.namespacesInScope.keys.sorted() + ["xml"]
            return Value(prefixes.map { .string(Text($0)) })
        },
    ]
}
