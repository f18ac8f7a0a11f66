public import XML

/// `wsse:Security` of an envelope: where the assertion travels. Source: WS-Security 1.0 §5, SAML Token Profile 1.1.
public struct SecurityHeader: Sendable {
    /// The header block.
    public let node: Node
    /// Every `saml2:Assertion` that is its child.
    public let assertions: [Node]
    /// Assertions anywhere else in the document: nobody's, unless someone is to be misled.
    public let strays: [Node]
    /// How it asks to be understood.
    public let mustUnderstand: MustUnderstand

    /// The first security header of `envelope`; nil where there is none.
    public init?(_ envelope: Envelope) {
        let blocks = envelope.headerBlocks.filter {
            $0.localName == "Security" && $0.namespaceURI == SOAPNamespace.security
        }
        guard let node = blocks.first else { return nil }
        let assertions = node.elements("Assertion", in: SOAPNamespace.saml)
        self.node = node
        self.assertions = assertions
        let all = envelope.document.root.descendants("Assertion", in: SOAPNamespace.saml)
        strays = all.filter { !assertions.contains($0) }
        mustUnderstand = MustUnderstand(of: node, envelope: envelope.version.namespace)
    }

    /// The header block around `content`, to be written in an `OutgoingEnvelope`, whose prefix `soap` it uses.
    public static func element(_ content: [Element], mustUnderstand: Bool = true) -> Element {
        var attributes = [(name: "xmlns:wsse", value: SOAPNamespace.security)]
        if mustUnderstand { attributes.append((name: "soap:mustUnderstand", value: "true")) }
        return Element("wsse:Security", attributes: attributes, content: content.map { .element($0) })
    }
}
