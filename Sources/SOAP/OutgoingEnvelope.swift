public import XML

/// A SOAP 1.2 envelope to be written.
public struct OutgoingEnvelope: Sendable {
    /// The addressing properties.
    public var addressing: Addressing
    /// Further header blocks, after those of the addressing.
    public var headerBlocks: [Element]
    /// The content of the body.
    public var content: [Element]
    /// The SOAP version whose namespace is written.
    public var version: Envelope.Version

    /// An envelope around one body element.
    public init(
        _ addressing: Addressing, headerBlocks: [Element] = [], content: Element?,
        version: Envelope.Version = .soap12
    ) {
        self.addressing = addressing
        self.headerBlocks = headerBlocks
        self.content = content.map { [$0] } ?? []
        self.version = version
    }

    /// An answer with a SOAP fault.
    public init(fault: Fault, relatesTo: String? = nil, version: Envelope.Version = .soap12) {
        // WS-Addressing 1.0 SOAP Binding 6: the action of a fault that WS-Addressing defines, else of any SOAP fault.
        let action =
            fault.subcode?.namespace == SOAPNamespace.addressing
            ? SOAPNamespace.addressing + "/fault" : SOAPNamespace.addressing + "/soap/fault"
        self.init(
            Addressing(action: action, relatesTo: relatesTo), content: fault.element(version: version),
            version: version)
    }

    /// The envelope as an element with the prefixes `soap` and `wsa` declared.
    public func element() -> Element {
        let blocks = addressing.elements() + headerBlocks
        var children: [Element] = []
        if !blocks.isEmpty { children.append(Element("soap:Header", [:], blocks)) }
        children.append(Element("soap:Body", [:], content))
        return Element(
            "soap:Envelope", ["xmlns:soap": version.namespace, "xmlns:wsa": SOAPNamespace.addressing], children)
    }

    /// The envelope in UTF-8 with an XML declaration.
    public func serialized() -> [UInt8] { Serializer.serialize(element()) }
}
