public import HTTP

/// One MIME part of a message, its transfer encoding undone.
public struct MessagePart: Sendable {
    /// 0-based position among the parts.
    public let index: Int
    /// The headers as written.
    public let headers: HTTPHeaders
    /// The Content-ID without its angle brackets.
    public let contentID: String?
    /// The content type, when it can be read.
    public let contentType: MediaType?
    /// The transfer encoding in lower case; `binary` when the header is absent.
    public let transferEncoding: String
    /// 0-based offset of the part's first header in the message body.
    public let headerOffset: Int
    /// 0-based offset of the part's content in the message body.
    public let bodyOffset: Int
    /// The length of the content as it travelled.
    public let encodedLength: Int
    /// Whether a transfer encoding was undone, so that `content` is not the bytes at `bodyOffset`.
    public let isDecoded: Bool
    /// The content, decoded.
    public let content: ArraySlice<UInt8>

    /// The content, decoded.
    public var bytes: [UInt8] { Array(content) }

    /// How findings name the part: its Content-ID, else `#n`.
    public var name: String { contentID ?? "#\(index + 1)" }
}

extension MessagePart {
    /// The part `index` of a multipart message, with the faults of its headers and encoding.
    init(_ part: MultipartMessage.Part, index: Int, faults: inout [MessageFault]) {
        let identifier = part.headers.first("Content-ID")
        let bare = part.contentID
        let name = bare ?? "#\(index + 1)"
        if let identifier, let bare, identifier.trimmedBlanks == bare {
            // RFC 2392: Content-ID holds the identifier between angle brackets, the cid URL holds it without.
            faults.append(
                MessageFault(
                    .contentIDForm, en: "the Content-ID has no angle brackets",
                    fr: "le Content-ID n'est pas entre chevrons", expected: "<\(bare)>", actual: identifier,
                    byteOffset: part.headerOffset, part: name))
        }
        let count = part.headers.fields.count { $0.name.lowercased() == "content-id" }
        if count > 1 {
            // RFC 2045 7: a part has one Content-ID at most; which one a reader takes is chance.
            faults.append(
                MessageFault(
                    .contentIDForm, en: "the part has \(count) Content-ID headers",
                    fr: "la partie a \(count) en-têtes Content-ID", expected: "1 Content-ID", actual: "\(count)",
                    byteOffset: part.headerOffset, part: name))
        }
        let isPlain = [nil, "binary", "8bit"].contains(part.transferEncoding)
        var content = part.body
        if !isPlain {
            let decoded = part.decodedBody()
            content = decoded.bytes[...]
            for fault in decoded.faults { faults.append(MessageFault(fault, part: name)) }
        }
        if ["base64", "quoted-printable"].contains(part.transferEncoding) {
            // XOP 1.0 4.1 and MTOM 3.2 mean binary parts; the official samples hold base64 ones.
            faults.append(
                MessageFault(
                    .transferEncodingBase64, en: "the part does not travel in binary",
                    fr: "la partie n'est pas transmise en binaire",
                    expected: "Content-Transfer-Encoding: binary",
                    actual: part.headers.first("Content-Transfer-Encoding"), byteOffset: part.headerOffset, part: name))
        }
        self.init(
            index: index, headers: part.headers, contentID: bare, contentType: part.contentType,
            transferEncoding: part.transferEncoding ?? "binary", headerOffset: part.headerOffset,
            bodyOffset: part.bodyOffset, encodedLength: part.body.count, isDecoded: !isPlain, content: content)
    }
}
