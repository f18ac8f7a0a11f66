import HTTP
import SOAP
import XDS
import XML

/// What the bodies of XDS and XDS-I say of the framing that they need.
enum MessageBody {
    /// The namespaces of body elements.
    static let namespaces: Set<String> = [
        XDSNamespace.xdsb, XDSNamespace.xdsi, XDSNamespace.lcm, XDSNamespace.query, XDSNamespace.rs, XDSNamespace.rim,
    ]

    /// The elements of `content` that stand for documents.
    static func documents(in content: Node) -> [Node] {
        guard content.namespaceURI == XDSNamespace.xdsb else { return [] }
        return content.descendants("Document", in: XDSNamespace.xdsb)
    }
}

/// What only the whole message tells: what should be there and is not.
extension MessageRules {
    /// The faults that reading alone does not tell.
    static func missing(in message: SOAPMessage, direction: Direction?) -> [MessageFault] {
        var faults = contentFaults(message)
        if let envelope = message.envelope { faults += addressingFaults(envelope, direction: direction) }
        return faults
    }

    private static func contentFaults(_ message: SOAPMessage) -> [MessageFault] {
        guard let content = message.envelope?.content ?? message.document?.documentElement else { return [] }
        let documents = MessageBody.documents(in: content)
        guard !documents.isEmpty || content.localName == "ProvideAndRegisterDocumentSetRequest" else { return [] }
        var faults: [MessageFault] = []
        if !message.isMultipart {
            faults.append(
                MessageFault(
                    .notMultipart, en: "a message with documents is no MTOM package",
                    fr: "un message porteur de documents n'est pas un paquet MTOM",
                    expected: "multipart/related; type=\"application/xop+xml\"",
                    actual: message.contentType?.essence ?? "XML"))
        }
        for document in documents {
            let binary = message.content(of: document)
            guard case .inline = binary.origin else { continue }
            let decoded = Base64.decode(document.stringValue.utf8)
            if let offset = decoded.firstError {
                faults.append(
                    MessageFault(
                        .inlineMalformed, en: "the document is neither xop:Include nor readable base64",
                        fr: "le document n'est ni un xop:Include ni du base64 lisible",
                        expected: "xop:Include", actual: "base64, character \(offset + 1)", node: document))
            } else {
                faults.append(
                    MessageFault(
                        .inlineBase64, en: "the document stands as base64 text in the envelope",
                        fr: "le document figure en texte base64 dans l'enveloppe", expected: "xop:Include",
                        actual: "\(decoded.bytes.count) bytes", node: document))
            }
        }
        return faults
    }

    private static func addressingFaults(_ envelope: Envelope, direction: Direction?) -> [MessageFault] {
        let addressing = envelope.addressing
        let place = envelope.header ?? envelope.document.documentElement
        var faults: [MessageFault] = []
        if addressing.action?.isEmpty ?? true {
            faults.append(
                MessageFault(
                    .actionAbsent, en: "the header has no wsa:Action", fr: "l'en-tête n'a pas de wsa:Action",
                    expected: "wsa:Action", node: place))
        } else if envelope.mustUnderstand("Action") == .absent {
            faults.append(
                MessageFault(
                    .mustUnderstandAbsent, en: "wsa:Action has no soap:mustUnderstand",
                    fr: "wsa:Action n'a pas de soap:mustUnderstand", expected: "soap:mustUnderstand=\"true\"",
                    node: envelope.addressingBlocks["Action"]))
        }
        if let identifier = addressing.messageID, !identifier.isEmpty {
            if !UUIDText.isURN(identifier) {
                faults.append(
                    MessageFault(
                        .messageIDForm, en: "wsa:MessageID is no urn:uuid: of a UUID",
                        fr: "wsa:MessageID n'est pas de la forme urn:uuid: suivie d'un UUID",
                        expected: "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", actual: identifier,
                        node: envelope.addressingBlocks["MessageID"]))
            }
        } else if direction == .request {
            faults.append(
                MessageFault(
                    .messageIDAbsent, en: "the request has no wsa:MessageID",
                    fr: "la requête n'a pas de wsa:MessageID", expected: "wsa:MessageID", node: place))
        }
        if direction == .request, addressing.to?.isEmpty ?? true {
            faults.append(
                MessageFault(
                    .toAbsent, en: "the request has no wsa:To", fr: "la requête n'a pas de wsa:To",
                    expected: "wsa:To", node: place))
        }
        return faults
    }
}
