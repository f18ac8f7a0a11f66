public import HTTP

/// An MTOM/XOP message to be written, with control over each byte of its framing.
///
/// The defaults are what IHE ITI TF-2 Appendix V asks; every field may be bent to make a faulty message.
public struct MTOMPackage: Sendable {
    /// One part after the root.
    public struct Attachment: Sendable {
        /// The Content-ID without angle brackets; nil leaves the header out.
        public var contentID: String?
        /// The value of Content-Type; nil leaves the header out.
        public var contentType: String?
        /// The value of Content-Transfer-Encoding; `base64`, in any case, encodes a content that is in memory.
        public var transferEncoding: String?
        /// The content; a stream is spent once it was sent.
        public var content: RequestBody

        /// A part.
        public init(
            contentID: String?, contentType: String? = "application/octet-stream",
            transferEncoding: String? = "binary", content: RequestBody
        ) {
            self.contentID = contentID
            self.contentType = contentType
            self.transferEncoding = transferEncoding
            self.content = content
        }
    }

    /// The XML of the root part.
    public var envelope: [UInt8]
    /// The other parts.
    public var attachments: [Attachment]
    /// The action URI of both Content-Types; nil leaves the parameter out.
    public var action: String?
    /// The action of the root part, where it shall differ.
    public var rootAction: String?
    /// The Content-ID of the root part without angle brackets; nil leaves the header out.
    public var rootID: String? = "0.1"
    /// The `start` parameter, angle brackets included; nil leaves it out.
    public var start: String? = "<0.1>"
    /// The `type` parameter; nil leaves it out.
    public var type: String? = "application/xop+xml"
    /// The `start-info` parameter; nil leaves it out.
    public var startInfo: String? = "application/soap+xml"
    /// The Content-Type of the root part; nil for the right one.
    public var rootContentType: String?
    /// The Content-Transfer-Encoding of the root part; nil leaves the header out.
    public var rootTransferEncoding: String? = "binary"
    /// Bytes before the envelope in the root part.
    public var rootPrefix: [UInt8] = []
    /// The framing: boundary, line ends, indentation, close delimiter.
    public var framing: MultipartWriter

    /// A right package.
    public init(envelope: [UInt8], attachments: [Attachment] = [], action: String?, boundary: String) {
        self.envelope = envelope
        self.attachments = attachments
        self.action = action
        framing = MultipartWriter(boundary: boundary)
    }

    /// The value of the HTTP header Content-Type.
    public var contentType: String {
        var parameters: [MediaType.Parameter] = []
        func add(_ name: String, _ value: String?) {
            if let value { parameters.append(MediaType.Parameter(name, value, isQuoted: true)) }
        }
        add("type", type)
        add("start", start)
        add("start-info", startInfo)
        add("action", action)
        return framing.contentType(parameters: parameters)
    }

    /// The whole body; streams are drained.
    public func bytes() throws -> [UInt8] { try framing.serialized(parts) }

    /// The body for the HTTP client: in memory, or streamed when an attachment is.
    public func body() throws -> RequestBody {
        let isStreamed = attachments.contains { attachment in
            if case .stream = attachment.content { true } else { false }
        }
        return isStreamed ? framing.body(parts) : .bytes(try bytes())
    }

    private var parts: [MultipartWriter.Part] {
        let parameter = (rootAction ?? action).map { "; action=\"\($0)\"" } ?? ""
        let type =
            rootContentType ?? "application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\(parameter)"
        let root = MultipartWriter.Part(
            headers: headers(type, rootTransferEncoding, rootID),
            body: encoded(.bytes(rootPrefix + envelope), rootTransferEncoding))
        return [root]
            + attachments.map { attachment in
                MultipartWriter.Part(
                    headers: headers(attachment.contentType, attachment.transferEncoding, attachment.contentID),
                    body: encoded(attachment.content, attachment.transferEncoding))
            }
    }

    private func headers(_ type: String?, _ encoding: String?, _ identifier: String?) -> HTTPHeaders {
        var headers = HTTPHeaders()
        if let type { headers.add("Content-Type", type) }
        if let encoding { headers.add("Content-Transfer-Encoding", encoding) }
        if let identifier { headers.add("Content-ID", "<\(identifier)>") }
        return headers
    }

    private func encoded(_ content: RequestBody, _ encoding: String?) -> RequestBody {
        guard encoding?.lowercased() == "base64", case .bytes(let bytes) = content else { return content }
        return .bytes(Base64.encode(bytes, lineLength: 76, lineEnd: framing.lineEnd.rawValue))
    }
}
