import HTTP
import XML

/// The work of reading one message, step by step.
struct MessageReading {
    let bytes: [UInt8]
    let header: String?
    let options: ParsingOptions
    var mediaType: MediaType?
    var isMultipart = false
    var boundary: String?
    var parts: [MessagePart] = []
    var rootIndex: Int?
    var document: Document?
    var envelope: Envelope?
    var includes: [SOAPMessage.Inclusion] = []
    var faults: [MessageFault] = []
    var documentOffset: Int?

    init(_ bytes: [UInt8], contentType: String?, options: ParsingOptions) {
        self.bytes = bytes
        header = contentType
        self.options = options
    }

    mutating func read() {
        readContentType()
        guard !isBlank(bytes[...]) else {
            faults.append(
                MessageFault(
                    .emptyAnswer, en: "the body is empty", fr: "le corps est vide", expected: "soap:Envelope",
                    actual: "0 bytes", byteOffset: 0))
            return
        }
        split()
        guard let rootIndex else { return }
        parse(parts[rootIndex])
        guard document != nil else { return }
        if isMultipart { checkRoot(parts[rootIndex]) }
        resolveIncludes()
        checkActions()
    }

    /// The faults in the order of the bytes; those without a place come first.
    var sortedFaults: [MessageFault] {
        faults.enumerated().sorted { left, right in
            let (first, second) = (offset(of: left.element), offset(of: right.element))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }

    private func offset(of fault: MessageFault) -> Int {
        fault.byteOffset ?? fault.node.map { (documentOffset ?? 0) + $0.byteOffset } ?? -1
    }

    private func isBlank(_ slice: ArraySlice<UInt8>) -> Bool { slice.allSatisfy { isBlankByte($0) } }

    private mutating func readContentType() {
        guard let header else {
            faults.append(
                MessageFault(
                    .noHeaders, en: "no HTTP header is known: boundary, type and start cannot be judged",
                    fr: "aucun en-tête HTTP n'est connu : boundary, type et start ne peuvent pas être jugés",
                    expected: "Content-Type: …; boundary=…"))
            return
        }
        mediaType = MediaType(header)
        guard let mediaType else {
            faults.append(
                MessageFault(
                    .contentType, en: "the Content-Type cannot be read",
                    fr: "le Content-Type ne peut pas être lu",
                    expected: "multipart/related or application/soap+xml", actual: header))
            return
        }
        let essence = mediaType.essence.lowercased()
        if !["multipart/related", "application/soap+xml"].contains(essence) {
            faults.append(
                MessageFault(
                    .contentType, en: "the Content-Type is none of SOAP 1.2",
                    fr: "le Content-Type n'est pas celui de SOAP 1.2",
                    expected: "multipart/related or application/soap+xml", actual: essence))
        }
    }

    /// Cuts the body into parts and chooses the root.
    private mutating func split() {
        let essence = mediaType?.essence.lowercased() ?? ""
        let named = mediaType?["boundary"].flatMap { $0.isEmpty ? nil : $0 }
        let isDeclared = essence.hasPrefix("multipart/")
        if isDeclared, named == nil {
            faults.append(
                MessageFault(
                    .boundaryAbsent, en: "the Content-Type has no boundary parameter",
                    fr: "le Content-Type n'a pas de paramètre boundary", expected: "boundary=…", actual: header))
        }
        // What is sent as another type is told of already; its parts are read all the same.
        let looksMultipart =
            (header == nil || faults.contains { $0.code == .contentType }) && firstContentByte != UInt8(ascii: "<")
        guard let found = named ?? (isDeclared || looksMultipart ? MultipartMessage.detectBoundary(in: bytes) : nil),
            isDeclared || looksMultipart
        else {
            takeWhole()
            return
        }
        isMultipart = true
        boundary = found
        let message =
            header == nil ? MultipartMessage(capture: bytes) : MultipartMessage(reading: bytes, boundary: found)
        for fault in message.faults { faults.append(MessageFault(fault)) }
        if let type = message.outerHeaders?.first("Content-Type") {
            mediaType = MediaType(type)
            faults.removeAll { $0.code == .noHeaders }
        }
        for (index, part) in message.parts.enumerated() {
            parts.append(MessagePart(part, index: index, faults: &faults))
        }
        guard !parts.isEmpty else {
            faults.append(
                MessageFault(
                    .rootAbsent, en: "no part was found between the delimiters",
                    fr: "aucune partie n'a été trouvée entre les délimiteurs", expected: "--\(found)", byteOffset: 0))
            return
        }
        if mediaType != nil { checkParameters() }
        chooseRoot()
        checkIdentifiers()
    }

    private mutating func takeWhole() {
        parts = [
            MessagePart(
                index: 0, headers: HTTPHeaders(), contentID: nil, contentType: mediaType, transferEncoding: "binary",
                headerOffset: 0, bodyOffset: 0, encodedLength: bytes.count, isDecoded: false, content: bytes[...])
        ]
        rootIndex = 0
    }

    private var firstContentByte: UInt8? { bytes.first { !isBlankByte($0) } }

    private func isBlankByte(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    // RFC 2387 3.1–3.3 and XOP 1.0 4.1: type, start and start-info of the multipart.
    private mutating func checkParameters() {
        guard let mediaType, mediaType.essence.lowercased() == "multipart/related" else { return }
        let type = mediaType["type"]
        if type?.lowercased() != "application/xop+xml" {
            faults.append(
                MessageFault(
                    .typeParameter, en: "the type parameter of the Content-Type is not application/xop+xml",
                    fr: "le paramètre type du Content-Type n'est pas application/xop+xml",
                    expected: "application/xop+xml", actual: type ?? "(absent)"))
        }
        let info = mediaType["start-info"]
        if info.flatMap({ MediaType($0)?.essence.lowercased() }) != "application/soap+xml" {
            faults.append(
                MessageFault(
                    .startInfo, en: "the start-info parameter of the Content-Type is not application/soap+xml",
                    fr: "le paramètre start-info du Content-Type n'est pas application/soap+xml",
                    expected: "application/soap+xml", actual: info ?? "(absent)"))
        }
    }

    private mutating func chooseRoot() {
        rootIndex = 0
        guard let start = mediaType?["start"] else {
            if parts.count > 1 {
                faults.append(
                    MessageFault(
                        .startAbsent, en: "no start parameter: the first part is taken as root",
                        fr: "pas de paramètre start : la première partie est prise comme racine",
                        expected: "start=\"<\(parts[0].contentID ?? "…")>\""))
            }
            return
        }
        let bare = ContentID.bare(start)
        if let index = parts.firstIndex(where: { $0.contentID == bare }) {
            rootIndex = index
            return
        }
        faults.append(
            MessageFault(
                .startUnknown, en: "the start parameter names no part: the first part is taken as root",
                fr: "le paramètre start ne désigne aucune partie : la première est prise comme racine",
                expected: parts.compactMap(\.contentID).map { "<\($0)>" }.joined(separator: ", "), actual: start))
    }

    private mutating func checkIdentifiers() {
        for part in parts where part.contentID == nil && part.index != rootIndex {
            faults.append(
                MessageFault(
                    .partWithoutID, en: "the part has no Content-ID: nothing can refer to it",
                    fr: "la partie n'a pas de Content-ID : rien ne peut y renvoyer", expected: "Content-ID: <…>",
                    byteOffset: part.headerOffset, part: part.name))
        }
    }

    private mutating func parse(_ part: MessagePart) {
        var content = part.content
        while let first = content.first, isBlankByte(first) { content = content.dropFirst() }
        let blanks = part.content.count - content.count
        if blanks > 0, content.starts(with: Array("<?xml".utf8)) {
            // XML 1.0 2.8: the declaration stands at the very start of the entity, or it is no declaration.
            faults.append(
                MessageFault(
                    .rootLeadingBlanks, en: "blanks stand before the XML declaration: they were skipped",
                    fr: "des blancs précèdent la déclaration XML : ils ont été sautés", expected: "<?xml at once",
                    actual: "\(blanks) bytes before it", byteOffset: part.bodyOffset, part: part.name))
        }
        let start = part.bodyOffset + blanks
        while let last = content.last, isBlankByte(last) { content = content.dropLast() }
        if looksLikeHTML(content) {
            faults.append(
                MessageFault(
                    .htmlAnswer, en: "the content is an HTML page, not a SOAP envelope",
                    fr: "le contenu est une page HTML, pas une enveloppe SOAP", expected: "soap:Envelope",
                    actual: excerpt(content), byteOffset: start, part: isMultipart ? part.name : nil))
            return
        }
        do {
            let document = try Document(parsing: Array(content), name: part.name, options: options)
            self.document = document
            documentOffset = part.isDecoded ? nil : start
            envelope = Envelope(document)
        } catch {
            faults.append(
                MessageFault(
                    .notXML, en: "not XML that can be read, line \(error.line): \(error.message)",
                    fr: "XML illisible, ligne \(error.line) : \(error.message)", expected: "soap:Envelope",
                    actual: excerpt(content), byteOffset: start + (error.byteOffset ?? 0),
                    part: isMultipart ? part.name : nil))
            return
        }
        if let envelope {
            faults += envelope.faults
        } else if let root = document?.documentElement {
            faults.append(
                MessageFault(
                    .notEnvelope, en: "the root element is no SOAP envelope",
                    fr: "l'élément racine n'est pas une enveloppe SOAP", expected: "{\(SOAPNamespace.soap12)}Envelope",
                    actual: "{\(root.namespaceURI)}\(root.localName)", node: root))
        }
    }

    private func looksLikeHTML(_ content: ArraySlice<UInt8>) -> Bool {
        let head = String(decoding: content.prefix(512), as: UTF8.self).lowercased()
        return head.hasPrefix("<!doctype html") || head.hasPrefix("<html")
            || (mediaType?.essence.lowercased() == "text/html" && head.contains("<html"))
    }

    private func excerpt(_ content: ArraySlice<UInt8>) -> String {
        String(decoding: content.prefix(80), as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
            ?? ""
    }
}
