internal import Checks
internal import DICOM
internal import HTTP
internal import Imaging
internal import SOAP
internal import Signatures
internal import XML

/// How a captured file is opened.
enum FileReading {
    static func isManifest(_ bytes: [UInt8]) -> Bool {
        guard let meta = try? DICOMFile.readMeta(bytes).meta else { return false }
        return meta.string(.mediaStorageSOPClassUID) == UID.keyObjectSelection
    }

    /// The kind of an XML file by its document element; nil when there is none that is known.
    static func kindOfXML(_ bytes: [UInt8]) -> FileKind? {
        guard let document = try? Document(parsing: bytes) else {
            // What does not parse may still be a CDA or an envelope: the reader of that kind says why it does not.
            let head = text(bytes.prefix(1 << 14))
            if head.contains("ClinicalDocument") { return .cda }
            if head.contains("Envelope") { return .soap }
            if head.contains("SubmitObjectsRequest") || head.contains("RegistryObjectList") { return .metadata }
            if head.contains(Whitelist.rootName) { return .whitelist }
            // The beginning of a style sheet: the document that it shows may come later.
            if head.contains("http://www.w3.org/1999/XSL/Transform") { return .cda }
            return nil
        }
        switch document.documentElement.localName {
        case "ClinicalDocument": return .cda
        case "Envelope": return .soap
        case "SubmitObjectsRequest", "ProvideAndRegisterDocumentSetRequest", "RegistryObjectList",
            "LeafRegistryObjectList":
            return .metadata
        case "Assertion": return document.documentElement.namespaceURI == SOAPNamespace.saml ? .vihf : nil
        case Whitelist.rootName: return .whitelist
        case "RegistryResponse", "AdhocQueryRequest", "AdhocQueryResponse", "RetrieveDocumentSetRequest",
            "RetrieveDocumentSetResponse", "RetrieveImagingDocumentSetRequest":
            return .metadata
        case "stylesheet", "transform":
            // CI-SIS, "auto-présentable": the document stands inside of the style sheet that shows it.
            return document.root.descendants("ClinicalDocument", in: "urn:hl7-org:v3").isEmpty ? nil : .cda
        default: return nil
        }
    }

    /// Whether the bytes begin as XML in UTF-16 does: a mark, or `<` in two bytes.
    static func isUTF16(_ bytes: some Collection<UInt8>) -> Bool {
        let start = Array(bytes.prefix(2))
        return [[0xFE, 0xFF], [0xFF, 0xFE], [0x00, 0x3C], [0x3C, 0x00]].contains(start)
    }

    /// The letters of a head, whatever its encoding: enough to find the name of an element.
    private static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: isUTF16(bytes) ? bytes.filter { $0 != 0 } : Array(bytes), as: UTF8.self)
    }

    static func startsWithHTTP(_ bytes: some Collection<UInt8>) -> Bool {
        let line =
            String(decoding: bytes.prefix(4096), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: true).first ?? ""
        return line.hasPrefix("HTTP/") || CapturedRequest.looksLikeRequest(bytes)
    }

    /// The kind of a message that was captured with its head.
    static func kindOfMessage(_ bytes: [UInt8]) -> FileKind? {
        let (header, body) = message(bytes)
        let type = header.flatMap { MediaType($0) }
        switch type?.essence.lowercased() {
        case "multipart/related":
            return type?["type"]?.lowercased() == dicom && responseHead(bytes) != nil ? .wadoResponse : .mtom
        case dicom: return responseHead(bytes) == nil ? nil : .wadoResponse
        case "application/soap+xml", "text/xml": return .soap
        default:
            // Sent as another type (a demonstrator says application/octet-stream), a message of SOAP is one all the same.
            if body.first(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }) == UInt8(ascii: "<"),
                [.soap, .metadata].contains(kindOfXML(body))
            {
                return .soap
            }
            if looksLikeMultipart(body) { return .mtom }
            return CapturedRequest(reading: bytes).flatMap(kindOfRequest)
        }
    }

    /// The kind of a request that brings no message of SOAP.
    private static func kindOfRequest(_ request: CapturedRequest) -> FileKind? {
        if ContextCall.isRecognized(request) { return .contextCall }
        if ImageRequestSubject.isRecognized(request) { return .wadoRequest }
        // What asks for nothing in particular: a GET of a base URL.
        return request.method == "GET" && !request.target.contains("?") && request.body.isEmpty ? .healthcheck : nil
    }

    static func looksLikeMultipart(_ bytes: [UInt8]) -> Bool {
        MultipartMessage.detectBoundary(in: bytes) != nil
    }

    /// The content type and the content of a capture, the codings of HTTP undone; without a head the whole is the body.
    static func message(_ bytes: [UInt8]) -> (contentType: String?, body: [UInt8]) {
        let transport = CapturedTransport(reading: bytes)
        return (transport.contentType, transport.body)
    }

    /// The status line and the headers of an answer; nil where `bytes` begin with none.
    static func responseHead(_ bytes: [UInt8]) -> HTTPResponse? {
        headEnd(of: bytes).flatMap { HTTPResponse(head: Array(bytes[..<$0]), body: .empty) }
    }

    static func headEnd(of bytes: [UInt8]) -> Int? {
        guard bytes.starts(with: "HTTP/".utf8) else { return nil }
        return (bytes.firstRange(of: Array("\r\n\r\n".utf8)) ?? bytes.firstRange(of: Array("\n\n".utf8)))?.upperBound
    }

    // MARK: Images

    private static let dicom = "application/dicom"

    /// Whether a multipart without head is one of WADO-RS: its first part is a DICOM file, not an envelope.
    static func holdsImages(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self).lowercased()
        guard let end = head.firstRange(of: "\r\n\r\n") ?? head.firstRange(of: "\n\n") else { return false }
        return head[..<end.lowerBound].contains(dicom)
    }

    /// A content type for a multipart that was kept without its head, by the boundary in it.
    static func bareContentType(_ body: [UInt8]) -> String? {
        MultipartMessage.detectBoundary(in: body).map { "multipart/related; boundary=\"\($0)\"" }
    }
}
