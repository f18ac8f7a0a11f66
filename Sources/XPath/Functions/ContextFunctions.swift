internal import XML

/// F&O 3, 4 and 16: errors, traces and the context.
enum ContextFunctions {
    static let all: [Function] = [
        Function("error([$error as xs:QName?, $description as xs:string, $error-object as item()*]) as none") {
            (call) throws(XPathError) in
            guard call.count > 0 else { throw XPathError("FOER0000", "fn:error was called") }
            guard let name = call.qname(0) else {
                guard call.count > 1 else { throw XPathError("XPTY0004", "fn:error takes a name as its only argument") }
                throw XPathError("FOER0000", call.textOrEmpty(1).string)
            }
            let description = call.count > 1 ? call.textOrEmpty(1).string : "fn:error was called"
            let value = call.count > 2 ? try call.arguments[2].exported(call.evaluation) : nil
            throw XPathError(
                XPathError.Code(rawValue: name.local), description, namespace: name.namespace, value: value)
        },
        Function("trace($value as item()*, $label as xs:string) as item()*") { (call) throws(XPathError) in
            call.arguments[0]
        },
        Function("current-dateTime() as xs:dateTime") { (call) throws(XPathError) in
            .atomic(.calendar(try call.evaluation.now(), .dateTime))
        },
        Function("current-date() as xs:date") { (call) throws(XPathError) in
            try Value(Casting.cast(.calendar(call.evaluation.now(), .dateTime), to: .date))
        },
        Function("current-time() as xs:time") { (call) throws(XPathError) in
            try Value(Casting.cast(.calendar(call.evaluation.now(), .dateTime), to: .time))
        },
        Function("implicit-timezone() as xs:dayTimeDuration") { (call) throws(XPathError) in
            .atomic(.dayTime(DurationValue(minutes: call.implicitTimezone)))
        },
        Function("default-collation() as xs:string") { (_) throws(XPathError) in
            .text(Text(CallSite.codepointCollation))
        },
        Function("static-base-uri() as xs:anyURI?") { (call) throws(XPathError) in
            Value(call.site.baseURI.map { .uri(Text($0)) })
        },
    ]
}

/// XSLT 2.0, 16: the functions that Schematron's query bindings `xslt` and `xslt2` add.
enum XSLTFunctions {
    static let all: [Function] = [
        Function("document($uri-sequence as item()*[, $base-node as node()]) as node()*") { (call) throws(XPathError) in
            var found: [NodeRef] = []
            try call.arguments[0].forEach { (item) throws(XPathError) in
                try call.evaluation.count()
                var base = call.site.baseURI
                if let node = call.node(1) ?? item.node { base = NodeFunctions.baseURI(node, call.evaluation) ?? base }
                var uri = item.text.string
                if let hash = uri.utf8.firstIndex(of: 0x23) { uri = String(uri[..<hash]) }
                // XSLT 2.0, 16.1: a document that cannot be had is a recoverable error; the recovery is no node.
                if let tree = try call.evaluation.document(uri, base: base) { found.append(NodeRef(tree, 0)) }
                return true
            }
            return Value(nodes: inDocumentOrder(found))
        },
        Function("current() as item()") { (call) throws(XPathError) in
            guard let node = call.evaluation.current else { throw XPathError("XTDE1360", "there is no current node") }
            return .item(.node(node))
        },
        Function("generate-id($node as node()?) as xs:string", context: .item) { (call) throws(XPathError) in
            guard let node = call.node(0) else { return .text(.empty) }
            return .text(Text("d\(node.tree.order)n\(node.row)"))
        },
    ]
}
