extension Parser {
    func isKindTest(_ token: Token) -> Bool {
        let words: [StaticString] = [
            "node", "text", "comment", "processing-instruction", "element", "attribute", "document-node",
            "schema-element", "schema-attribute",
        ]
        return words.contains { isWord(token, $0) }
    }

    mutating func kindTest() throws(XPathError) -> KindTest {
        let token = advance()
        try expect(.leftParenthesis, "'('")
        let test: KindTest
        if isWord(token, "node") {
            test = .node
        } else if isWord(token, "text") {
            test = .text
        } else if isWord(token, "comment") {
            test = .comment
        } else if isWord(token, "processing-instruction") {
            test = .processingInstruction(try processingInstructionName())
        } else if isWord(token, "document-node") {
            test = .document(try documentContent())
        } else if isWord(token, "element") {
            test = try elementOrAttribute(isElement: true)
        } else if isWord(token, "attribute") {
            test = try elementOrAttribute(isElement: false)
        } else {
            let isElement = isWord(token, "schema-element")
            guard peek.kind == .name || peek.kind == .prefixedName else {
                throw fault("expected a name, found \(found)")
            }
            let nameToken = advance()
            let name = try resolve(nameToken, defaultNamespace: isElement ? context.defaultElementNamespace : "")
            try expect(.rightParenthesis, "')'")
            throw XPathError(
                "XPST0008", "'\(name.lexical)' is declared by no schema: schemas are not imported", span: nameToken.span
            )
        }
        try expect(.rightParenthesis, "')'")
        return test
    }

    private mutating func processingInstructionName() throws(XPathError) -> String? {
        if peek.kind == .name { return text(advance()) }
        guard peek.kind == .string else { return nil }
        let token = advance()
        let name = Text(source, Int(token.start) + 1, Int(token.end) - 1).normalized
        guard XMLNames.isName(name, allowingColon: false) else {
            throw XPathError("XPTY0004", "'\(name.string)' is no name of a processing instruction", span: token.span)
        }
        return name.string
    }

    private mutating func documentContent() throws(XPathError) -> KindTest? {
        guard peek.kind != .rightParenthesis else { return nil }
        guard isWord(peek, "element") || isWord(peek, "schema-element"), peek(1).kind == .leftParenthesis else {
            throw fault("expected an element test, found \(found)")
        }
        return try kindTest()
    }

    private mutating func elementOrAttribute(isElement: Bool) throws(XPathError) -> KindTest {
        var name: QualifiedName?
        var matchesUntyped = true
        if peek.kind != .rightParenthesis {
            if !take(.star) {
                guard peek.kind == .name || peek.kind == .prefixedName else {
                    throw fault("expected a name or '*', found \(found)")
                }
                name = try resolve(advance(), defaultNamespace: isElement ? context.defaultElementNamespace : "")
            }
            if take(.comma) {
                matchesUntyped = try typeMatchesUntyped(isElement: isElement)
                if isElement { _ = take(.question) }
            }
        }
        return isElement
            ? .element(name, matchesUntyped: matchesUntyped) : .attribute(name, matchesUntyped: matchesUntyped)
    }

    private mutating func typeMatchesUntyped(isElement: Bool) throws(XPathError) -> Bool {
        guard peek.kind == .name || peek.kind == .prefixedName else {
            throw fault("expected the name of a type, found \(found)")
        }
        let token = advance()
        let name = try resolve(token, defaultNamespace: context.defaultElementNamespace)
        let isKnown: Bool
        var matches = false
        switch name.local {
        case "anyType":
            isKnown = true
            matches = true
        case "untyped":
            isKnown = true
            matches = isElement
        case "anySimpleType", "anyAtomicType", "untypedAtomic":
            isKnown = true
            matches = !isElement
        case "IDREFS", "NMTOKENS", "ENTITIES": isKnown = true
        default: isKnown = AtomicType(localName: name.local) != nil
        }
        guard name.namespace == Namespaces.schema, isKnown else {
            throw XPathError("XPST0008", "'\(name.lexical)' is no known type", span: token.span)
        }
        return matches
    }

    mutating func sequenceType() throws(XPathError) -> SequenceType {
        let token = peek
        let item: ItemType
        if peek(1).kind == .leftParenthesis, token.kind == .name {
            if isWord(token, "empty-sequence") {
                _ = advance()
                _ = advance()
                try expect(.rightParenthesis, "')'")
                return .empty
            }
            if isWord(token, "item") {
                _ = advance()
                _ = advance()
                try expect(.rightParenthesis, "')'")
                item = .item
            } else if isKindTest(token) {
                item = .node(try kindTest())
            } else {
                throw fault("expected a type, found \(found)")
            }
        } else {
            item = .atomic(try atomicType())
        }
        if take(.question) { return .items(item, .zeroOrOne) }
        if take(.star) { return .items(item, .zeroOrMore) }
        if take(.plus) { return .items(item, .oneOrMore) }
        return .items(item, .one)
    }

    private mutating func atomicType() throws(XPathError) -> AtomicType {
        guard peek.kind == .name || peek.kind == .prefixedName else { throw fault("expected a type, found \(found)") }
        let token = advance()
        let name = try resolve(token, defaultNamespace: context.defaultElementNamespace)
        guard name.namespace == Namespaces.schema, let type = AtomicType(localName: name.local) else {
            throw XPathError("XPST0051", "'\(name.lexical)' is no known atomic type", span: token.span)
        }
        return type
    }

    /// The target of `cast as` and `castable as`.
    mutating func singleType() throws(XPathError) -> AtomicType {
        let token = peek
        let type = try atomicType()
        if type == .anyAtomicType || type == .notation {
            throw XPathError("XPST0080", "\(type) cannot be the target of a cast", span: token.span)
        }
        return type
    }
}
