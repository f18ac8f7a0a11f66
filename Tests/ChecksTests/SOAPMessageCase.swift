import HTTP
import SOAP
import XDS
import XML

/// Messages for the tests of framing and envelope: one right one, and how to bend it.
enum SOAPMessageCase {
    static let action = XDSTransaction.provideAndRegister.action
    static let messageID = "urn:uuid:6f1ff37c-2b3a-4b6e-9d55-4f2d3c1f0a01"
    static let content = Element(
        "xdsb:ProvideAndRegisterDocumentSetRequest", ["xmlns:xdsb": XDSNamespace.xdsb],
        [
            Element("lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm]),
            Element(
                "xdsb:Document", ["id": "Document01"],
                [Element("xop:Include", ["xmlns:xop": SOAPNamespace.xop, "href": "cid:0.2"])]),
        ])

    static var addressing: Addressing {
        Addressing(action: action, messageID: messageID, to: "http://127.0.0.1/repository")
    }

    /// A right envelope as text, to be edited.
    static var envelope: String {
        String(decoding: OutgoingEnvelope(addressing, content: content).serialized(), as: UTF8.self)
    }

    /// A right package, to be bent.
    static func package(_ envelope: String = envelope) -> MTOMPackage {
        MTOMPackage(
            envelope: Array(envelope.utf8),
            attachments: [MTOMPackage.Attachment(contentID: "0.2", content: .bytes(Array("document".utf8)))],
            action: action, boundary: "limit")
    }

    static func read(_ package: MTOMPackage) -> SOAPMessage {
        SOAPMessage(reading: (try? package.bytes()) ?? [], contentType: package.contentType)
    }

    static func read(_ envelope: String) -> SOAPMessage { read(package(envelope)) }

    /// The right package with its bytes, as text, edited; `contentType` edits that of HTTP.
    static func read(
        bytes edit: (inout String) -> Void, contentType editType: (inout String) -> Void = { _ in }
    ) -> SOAPMessage {
        let package = package()
        var text = String(decoding: (try? package.bytes()) ?? [], as: UTF8.self)
        var type = package.contentType
        edit(&text)
        editType(&type)
        return SOAPMessage(reading: Array(text.utf8), contentType: type)
    }

    /// An answer to `messageID`.
    static func answer(
        action: String = XDSTransaction.provideAndRegister.responseAction, relatesTo: String? = messageID,
        content: Element = RegistryResponse().element()
    ) -> SOAPMessage {
        let envelope = OutgoingEnvelope(
            Addressing(action: action, messageID: messageID, relatesTo: relatesTo), content: content)
        return SOAPMessage(
            reading: envelope.serialized(), contentType: "application/soap+xml; charset=UTF-8; action=\"\(action)\"")
    }

    static func answer(status: Int, _ message: String = envelope) -> SOAPMessage {
        let bytes = Array(message.utf8)
        return SOAPMessage(
            reading: HTTPResponse(
                version: "HTTP/1.1", status: status, reason: "Reason",
                headers: HTTPHeaders([("Content-Type", "application/soap+xml")]), body: RecordedBody(bytes)))
    }
}

extension String {
    /// With the first `old` replaced.
    func changing(_ old: String, to new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return replacingCharacters(in: range, with: new)
    }

    private func firstRange(of text: String) -> Range<String.Index>? {
        ranges(of: text).first
    }

    private func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }

    mutating func change(_ old: String, to new: String) { self = changing(old, to: new) }
}
