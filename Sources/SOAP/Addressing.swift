public import XML

/// The WS-Addressing properties of a message.
public struct Addressing: Sendable, Hashable {
    /// What the receiver shall do: the IHE action URI.
    public var action: String?
    /// The message's own id, `urn:uuid:…`.
    public var messageID: String?
    /// The address that is called.
    public var to: String?
    /// Where the answer goes; the anonymous address means this connection.
    public var replyTo: String?
    /// The id of the request that this message answers.
    public var relatesTo: String?

    /// Properties; nil ones are not written.
    public init(
        action: String? = nil, messageID: String? = nil, to: String? = nil, replyTo: String? = nil,
        relatesTo: String? = nil
    ) {
        self.action = action
        self.messageID = messageID
        self.to = to
        self.replyTo = replyTo
        self.relatesTo = relatesTo
    }

    /// The header blocks, `wsa:Action` with a qualified `mustUnderstand`.
    ///
    /// The prefixes `soap` and `wsa` are those that `OutgoingEnvelope` declares.
    public func elements() -> [Element] {
        var blocks: [Element] = []
        if let action { blocks.append(Element("wsa:Action", ["soap:mustUnderstand": "true"], text: action)) }
        if let messageID { blocks.append(Element("wsa:MessageID", text: messageID)) }
        if let to { blocks.append(Element("wsa:To", text: to)) }
        if let replyTo { blocks.append(Element("wsa:ReplyTo", [:], [Element("wsa:Address", text: replyTo)])) }
        if let relatesTo { blocks.append(Element("wsa:RelatesTo", text: relatesTo)) }
        return blocks
    }
}

/// How a header block asks to be understood.
public enum MustUnderstand: Sendable, Hashable {
    /// No such attribute.
    case absent
    /// The SOAP attribute, with its value as written.
    case qualified(String)
    /// An attribute `mustUnderstand` in no namespace: SOAP does not know it.
    case unqualified(String)

    /// Whether the block must be understood by the SOAP rules.
    public var isRequired: Bool {
        guard case .qualified(let value) = self else { return false }
        return ["true", "1"].contains(value.trimmedBlanks)
    }

    /// What `block` says, in an envelope of the namespace `envelope`.
    public init(of block: Node, envelope: String) {
        if let value = block.attribute("mustUnderstand", in: envelope) {
            self = .qualified(value)
        } else if let value = block.attribute("mustUnderstand") {
            self = .unqualified(value)
        } else {
            self = .absent
        }
    }
}

extension String {
    /// Without XML blanks at both ends.
    package var trimmedBlanks: String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
