import Cryptography
import HTTP
public import SOAP
public import XML

/// A document that travels with a submission.
public struct SubmittedDocument: Sendable {
    /// The id of its entry.
    public var id: String
    /// The bytes.
    public var bytes: [UInt8]
    /// How the bytes came; nil for a document that was made.
    public var content: BinaryContent?
    /// The element, where it was read.
    public var place: ReadPlace

    /// A document.
    public init(id: String, bytes: [UInt8]) {
        self.id = id
        self.bytes = bytes
        place = ReadPlace()
    }

    /// A document of a message that was read.
    init(_ node: Node, of message: SOAPMessage) {
        let content = message.content(of: node)
        id = node.attribute("id") ?? ""
        bytes = content.bytes
        self.content = content
        place = ReadPlace(node)
    }
}

/// The request of ITI-41 and RAD-68.
public struct ProvideAndRegisterRequest: Sendable {
    /// The metadata.
    public var submission: Submission
    /// The documents.
    public var documents: [SubmittedDocument]
    /// The body element, where it was read.
    public var place = ReadPlace()

    /// A request.
    public init(submission: Submission, documents: [SubmittedDocument]) {
        self.submission = submission
        self.documents = documents
    }

    /// The request in `message`; nil when its body is none.
    ///
    /// Bare metadata without an envelope are read too.
    public init?(reading message: SOAPMessage) {
        guard let node = message.envelope?.content ?? message.document?.documentElement,
            node.localName == "ProvideAndRegisterDocumentSetRequest" || node.localName == "SubmitObjectsRequest",
            [XDSNamespace.xdsb, XDSNamespace.lcm].contains(node.namespaceURI)
        else { return nil }
        submission = Submission.list(in: node).map { Submission(reading: $0) } ?? Submission()
        documents = node.elements("Document", in: XDSNamespace.xdsb).map { SubmittedDocument($0, of: message) }
        place = ReadPlace(node)
    }

    /// The body element; `contentID` gives the Content-ID of each document's part, by its index.
    public func element(contentID: (Int) -> String) -> Element {
        let metadata = Element(
            "lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [submission.element()])
        let parts = documents.enumerated().map { index, document in
            let include = Element(
                "xop:Include",
                ["xmlns:xop": SOAPNamespace.xop, "href": "cid:" + PercentEncoding.encode(contentID(index))])
            return Element("xdsb:Document", ["id": document.id], [include])
        }
        return Element(
            "xdsb:ProvideAndRegisterDocumentSetRequest", ["xmlns:xdsb": XDSNamespace.xdsb], [metadata] + parts)
    }

    /// The message, the documents as binary parts `0.2`, `0.3`, ….
    ///
    /// - Parameters:
    ///   - addressing: `action` defaults to that of ITI-41.
    ///   - headerBlocks: further header blocks, such as `wsse:Security`.
    ///   - boundary: the MIME boundary; no document may hold it.
    public func package(
        _ addressing: Addressing, headerBlocks: [Element] = [], boundary: String
    ) -> MTOMPackage {
        var addressing = addressing
        addressing.action = addressing.action ?? XDSTransaction.provideAndRegister.action
        let identifiers = documents.indices.map { "0.\($0 + 2)" }
        let envelope = OutgoingEnvelope(
            addressing, headerBlocks: headerBlocks, content: element { identifiers[$0] })
        return MTOMPackage(
            envelope: envelope.serialized(),
            attachments: zip(documents, identifiers).map { document, identifier in
                MTOMPackage.Attachment(contentID: identifier, content: .bytes(document.bytes))
            }, action: addressing.action, boundary: boundary)
    }

    /// The document of the entry `id`.
    public func document(_ id: String) -> SubmittedDocument? { documents.first { $0.id == id } }
}

extension SubmittedDocument {
    /// The SHA-1 of the bytes in lower case hexadecimal, as `hash` of the entry. Source: IHE ITI TF-3 4.2.3.2.10.
    public var hash: String { MessageDigest.hexadecimal(of: bytes, .sha1) }
}
