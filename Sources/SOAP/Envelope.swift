public import XML

/// A SOAP envelope, read from a document without refusing it.
public struct Envelope: Sendable {
    /// Which SOAP it is.
    public enum Version: String, Sendable, Hashable {
        case soap12 = "1.2"
        case soap11 = "1.1"

        /// The namespace of the envelope.
        public var namespace: String {
            switch self {
            case .soap12: SOAPNamespace.soap12
            case .soap11: SOAPNamespace.soap11
            }
        }
    }

    /// The document that it was read from.
    public let document: Document
    /// Which SOAP it is.
    public let version: Version
    /// `soap:Header`.
    public let header: Node?
    /// The header blocks, in order.
    public let headerBlocks: [Node]
    /// `soap:Body`.
    public let body: Node?
    /// The first element of the body.
    public let content: Node?
    /// The addressing properties.
    public let addressing: Addressing
    /// The header blocks of the addressing properties, by local name (`Action`, `MessageID`, …).
    public let addressingBlocks: [String: Node]
    /// The SOAP fault of the body.
    public let fault: Fault?
    /// What is not as SOAP 1.2 and WS-Addressing say.
    public let faults: [MessageFault]

    /// The envelope of `document`; nil, with no judgement, when its root is no SOAP envelope.
    public init?(_ document: Document) {
        let root = document.documentElement
        guard root.localName == "Envelope" else { return nil }
        switch root.namespaceURI {
        case SOAPNamespace.soap12: version = .soap12
        case SOAPNamespace.soap11: version = .soap11
        default: return nil
        }
        self.document = document
        let namespace = version.namespace
        let header = root.first("Header", in: namespace)
        let body = root.first("Body", in: namespace)
        let blocks = header.map { Array($0.elements) } ?? []
        self.header = header
        self.body = body
        headerBlocks = blocks
        content = body.flatMap { Array($0.elements).first }
        let reading = AddressingReading(blocks, envelope: namespace)
        addressing = reading.addressing
        addressingBlocks = reading.blocks
        fault = content.flatMap { Fault(reading: $0) }
        faults = Self.structureFaults(root: root, header: header, body: body, version: version) + reading.faults
    }

    /// How the block `name` of WS-Addressing asks to be understood.
    public func mustUnderstand(_ name: String) -> MustUnderstand {
        addressingBlocks[name].map { MustUnderstand(of: $0, envelope: version.namespace) } ?? .absent
    }

    private static func structureFaults(root: Node, header: Node?, body: Node?, version: Version) -> [MessageFault] {
        var faults: [MessageFault] = []
        if version == .soap11 {
            faults.append(
                MessageFault(
                    .soap11, en: "the envelope is SOAP 1.1", fr: "l'enveloppe est en SOAP 1.1",
                    expected: SOAPNamespace.soap12, actual: SOAPNamespace.soap11, node: root))
        }
        guard let body else {
            faults.append(
                MessageFault(
                    .bodyAbsent, en: "the envelope has no Body", fr: "l'enveloppe n'a pas de Body",
                    expected: "soap:Body", node: root))
            return faults
        }
        if let header, body < header {
            faults.append(
                MessageFault(
                    .headerOrder, en: "the Header comes after the Body", fr: "le Header suit le Body",
                    expected: "soap:Header, soap:Body", actual: "soap:Body, soap:Header", node: header))
        }
        let count = Array(body.elements).count
        if count == 0 {
            faults.append(
                MessageFault(
                    .bodyEmpty, en: "the Body is empty", fr: "le Body est vide", expected: "1", actual: "0", node: body)
            )
        } else if count > 1 {
            faults.append(
                MessageFault(
                    .bodySeveral, en: "the Body has several elements", fr: "le Body a plusieurs éléments",
                    expected: "1", actual: "\(count)", node: body))
        }
        return faults
    }
}

/// The addressing blocks of a header, read with their faults.
private struct AddressingReading {
    var addressing = Addressing()
    var blocks: [String: Node] = [:]
    var faults: [MessageFault] = []

    init(_ headerBlocks: [Node], envelope: String) {
        for block in headerBlocks where block.namespaceURI == SOAPNamespace.addressing {
            let name = block.localName
            if blocks[name] != nil {
                // WS-Addressing 1.0 Core 3.1: RelatesTo may be repeated, the others may not.
                guard name != "RelatesTo" else { continue }
                faults.append(
                    MessageFault(
                        .addressingRepeated, en: "wsa:\(name) is there more than once",
                        fr: "wsa:\(name) figure plus d'une fois", expected: "1", actual: "≥ 2", node: block))
                continue
            }
            blocks[name] = block
            read(block)
            checkMustUnderstand(of: block, envelope: envelope)
        }
    }

    private mutating func read(_ block: Node) {
        let value = block.stringValue.trimmedBlanks
        switch block.localName {
        case "Action": addressing.action = value
        case "MessageID": addressing.messageID = value
        case "To": addressing.to = value
        case "ReplyTo":
            addressing.replyTo = block.first("Address", in: SOAPNamespace.addressing)?.stringValue.trimmedBlanks
        case "RelatesTo": addressing.relatesTo = value
        default: break
        }
    }

    private mutating func checkMustUnderstand(of block: Node, envelope: String) {
        switch MustUnderstand(of: block, envelope: envelope) {
        case .absent: break
        case .unqualified(let value):
            faults.append(
                MessageFault(
                    .mustUnderstandUnqualified,
                    en: "mustUnderstand of wsa:\(block.localName) is in no namespace: SOAP does not see it",
                    fr: "mustUnderstand de wsa:\(block.localName) est sans espace de noms : SOAP ne le voit pas",
                    expected: "soap:mustUnderstand", actual: "mustUnderstand=\"\(value)\"", node: block))
        case .qualified(let value):
            guard !["true", "false", "1", "0"].contains(value.trimmedBlanks) else { return }
            faults.append(
                MessageFault(
                    .mustUnderstandValue, en: "soap:mustUnderstand of wsa:\(block.localName) is no boolean",
                    fr: "soap:mustUnderstand de wsa:\(block.localName) n'est pas un booléen",
                    expected: "true, false, 1, 0", actual: value, node: block))
        }
    }
}
