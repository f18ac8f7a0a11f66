public import HTTP
public import SOAP
public import XML

/// One `xdsb:DocumentRequest`.
public struct DocumentRequest: Sendable, Hashable {
    /// The community.
    public var home: String?
    /// The repository; nil when the element is missing.
    public var repositoryUniqueID: String?
    /// The document; nil when the element is missing.
    public var documentUniqueID: String?
    /// Where it was read.
    public var place: ReadPlace

    /// A request.
    public init(
        home: String? = nil, repositoryUniqueID: String?, documentUniqueID: String?, place: ReadPlace = .init()
    ) {
        self.home = home
        self.repositoryUniqueID = repositoryUniqueID
        self.documentUniqueID = documentUniqueID
        self.place = place
    }

    init(reading node: Node) {
        func text(_ name: String) -> String? {
            node.first(name, in: XDSNamespace.xdsb).map { $0.stringValue.trimmedLine }
        }
        self.init(
            home: text("HomeCommunityId"), repositoryUniqueID: text("RepositoryUniqueId"),
            documentUniqueID: text("DocumentUniqueId"), place: ReadPlace(node))
    }

    func element() -> Element {
        var children: [Element] = []
        if let home { children.append(Element("xdsb:HomeCommunityId", text: home)) }
        if let repositoryUniqueID { children.append(Element("xdsb:RepositoryUniqueId", text: repositoryUniqueID)) }
        if let documentUniqueID { children.append(Element("xdsb:DocumentUniqueId", text: documentUniqueID)) }
        return Element("xdsb:DocumentRequest", [:], children)
    }
}

/// The request of ITI-43.
public struct RetrieveDocumentSetRequest: Sendable, Hashable {
    /// What is asked.
    public var documents: [DocumentRequest]
    /// The body element, where it was read.
    public var place = ReadPlace()

    /// A request.
    public init(_ documents: [DocumentRequest]) { self.documents = documents }

    /// The request that the body element `node` is; nil when it is none.
    public init?(reading node: Node) {
        guard node.localName == "RetrieveDocumentSetRequest", node.namespaceURI == XDSNamespace.xdsb else {
            return nil
        }
        documents = node.elements("DocumentRequest", in: XDSNamespace.xdsb).map { DocumentRequest(reading: $0) }
        place = ReadPlace(node)
    }

    /// The body element.
    public func element() -> Element {
        Element(
            "xdsb:RetrieveDocumentSetRequest", ["xmlns:xdsb": XDSNamespace.xdsb], documents.map { $0.element() })
    }
}

/// One `xdsb:DocumentResponse`.
public struct DocumentResponse: Sendable {
    /// The community.
    public var home: String?
    /// The repository.
    public var repositoryUniqueID: String
    /// The document.
    public var documentUniqueID: String
    /// The media type.
    public var mimeType: String
    /// The bytes to send; empty in an answer that was read (see `content`).
    public var body: RequestBody
    /// The bytes of an answer that was read.
    public var content: BinaryContent?
    /// Where it was read.
    public var place: ReadPlace

    /// A document to send.
    public init(
        home: String? = nil, repositoryUniqueID: String, documentUniqueID: String, mimeType: String, body: RequestBody
    ) {
        self.home = home
        self.repositoryUniqueID = repositoryUniqueID
        self.documentUniqueID = documentUniqueID
        self.mimeType = mimeType
        self.body = body
        place = ReadPlace()
    }

    init(reading node: Node, of message: SOAPMessage) {
        func text(_ name: String) -> String? {
            node.first(name, in: XDSNamespace.xdsb).map { $0.stringValue.trimmedLine }
        }
        home = text("HomeCommunityId")
        repositoryUniqueID = text("RepositoryUniqueId") ?? ""
        documentUniqueID = text("DocumentUniqueId") ?? ""
        mimeType = text("mimeType") ?? ""
        body = .empty
        content = node.first("Document", in: XDSNamespace.xdsb).map { message.content(of: $0) }
        place = ReadPlace(node)
    }

    func element(contentID: String) -> Element {
        var children: [Element] = []
        if let home { children.append(Element("xdsb:HomeCommunityId", text: home)) }
        children.append(Element("xdsb:RepositoryUniqueId", text: repositoryUniqueID))
        children.append(Element("xdsb:DocumentUniqueId", text: documentUniqueID))
        children.append(Element("xdsb:mimeType", text: mimeType))
        let include = Element(
            "xop:Include", ["xmlns:xop": SOAPNamespace.xop, "href": "cid:" + PercentEncoding.encode(contentID)])
        children.append(Element("xdsb:Document", [:], [include]))
        return Element("xdsb:DocumentResponse", [:], children)
    }
}

/// The answer of ITI-43 and of RAD-69.
public struct RetrieveDocumentSetResponse: Sendable {
    /// The status and the errors; nil when the element is missing.
    public var registry: RegistryResponse?
    /// What was delivered.
    public var documents: [DocumentResponse]
    /// The body element, where it was read.
    public var place = ReadPlace()

    /// An answer.
    public init(_ registry: RegistryResponse, documents: [DocumentResponse]) {
        self.registry = registry
        self.documents = documents
    }

    /// An answer whose status follows from what was delivered and what failed.
    ///
    /// Source: IHE ITI TF-2 3.43.5: Success, PartialSuccess when some came, Failure when none did.
    public init(documents: [DocumentResponse], errors: [RegistryError]) {
        let failed = errors.contains { !$0.isWarning }
        let status =
            !failed ? XDSURN.success : documents.isEmpty ? XDSURN.failure : XDSURN.partialSuccess
        self.init(RegistryResponse(status: status, errors: errors), documents: documents)
    }

    /// The answer in `message`; nil when its body is none.
    public init?(reading message: SOAPMessage) {
        guard let node = message.envelope?.content ?? message.document?.documentElement,
            node.localName == "RetrieveDocumentSetResponse", node.namespaceURI == XDSNamespace.xdsb
        else { return nil }
        registry = node.first("RegistryResponse", in: XDSNamespace.rs).map { RegistryResponse(reading: $0) }
        documents = node.elements("DocumentResponse", in: XDSNamespace.xdsb).map {
            DocumentResponse(reading: $0, of: message)
        }
        place = ReadPlace(node)
    }

    /// The body element; `contentID` gives the Content-ID of each document's part, by its index.
    public func element(contentID: (Int) -> String) -> Element {
        let head = (registry ?? RegistryResponse()).element()
        return Element(
            "xdsb:RetrieveDocumentSetResponse", ["xmlns:xdsb": XDSNamespace.xdsb],
            [head] + documents.enumerated().map { $0.element.element(contentID: contentID($0.offset)) })
    }

    /// The message, the documents as binary parts of their own media type.
    public func package(_ addressing: Addressing, boundary: String) -> MTOMPackage {
        let identifiers = documents.indices.map { "document\($0 + 1)@cisis" }
        let envelope = OutgoingEnvelope(addressing, content: element { identifiers[$0] })
        return MTOMPackage(
            envelope: envelope.serialized(),
            attachments: zip(documents, identifiers).map { document, identifier in
                MTOMPackage.Attachment(
                    contentID: identifier, contentType: document.mimeType, content: document.body)
            }, action: addressing.action, boundary: boundary)
    }
}
