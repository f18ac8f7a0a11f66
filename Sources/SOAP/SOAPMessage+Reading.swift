public import HTTP
public import XML

extension SOAPMessage {
    /// Reads the body of a message.
    ///
    /// - Parameters:
    ///   - bytes: the body as received.
    ///   - contentType: the value of the HTTP header; nil for a captured body without headers, whose boundary is
    ///     then looked for in the body itself.
    ///   - options: the limits of the XML reader.
    public init(reading bytes: [UInt8], contentType: String?, options: ParsingOptions = .init()) {
        var reading = MessageReading(bytes, contentType: contentType, options: options)
        reading.read()
        self.init(
            contentType: reading.mediaType, isMultipart: reading.isMultipart, boundary: reading.boundary,
            parts: reading.parts, rootIndex: reading.rootIndex, document: reading.document,
            envelope: reading.envelope, includes: reading.includes, faults: reading.sortedFaults,
            documentOffset: reading.documentOffset, lineIndex: LineOffsets(bytes))
    }

    /// Reads the answer of an exchange; its transport oddities (status, HTML page, nothing) are faults too.
    ///
    /// - Parameter limit: the greatest body that is read into memory, in bytes.
    public init(reading exchange: HTTPExchange, limit: Int = 512 << 20, options: ParsingOptions = .init()) {
        self.init(reading: exchange.response, limit: limit, options: options)
    }

    /// Reads an HTTP response.
    public init(reading response: HTTPResponse, limit: Int = 512 << 20, options: ParsingOptions = .init()) {
        let header = response.headers.first("Content-Type") ?? ""
        let bytes: [UInt8]
        do {
            bytes = try response.body.bytes(limit: limit)
        } catch {
            self.init(unreadable: error, contentType: header)
            return
        }
        let message = SOAPMessage(reading: bytes, contentType: header, options: options)
        var faults = message.faults
        // SOAP 1.2 Part 2 table 20: a fault travels with 4xx or 5xx; any other envelope with 200.
        if !(200..<300).contains(response.status), message.envelope?.fault == nil {
            faults.insert(
                MessageFault(
                    .httpStatus, en: "HTTP \(response.status) \(response.reason) without a SOAP fault",
                    fr: "HTTP \(response.status) \(response.reason) sans faute SOAP", expected: "200",
                    actual: "\(response.status)"), at: 0)
        }
        self.init(message, faults: faults)
    }

    private init(_ message: SOAPMessage, faults: [MessageFault]) {
        self.init(
            contentType: message.contentType, isMultipart: message.isMultipart, boundary: message.boundary,
            parts: message.parts, rootIndex: message.rootIndex, document: message.document,
            envelope: message.envelope, includes: message.includes, faults: faults,
            documentOffset: message.documentOffset, lineIndex: message.lineIndex)
    }

    private init(unreadable error: HTTPError, contentType: String) {
        let fault = MessageFault(
            .bodyUnavailable, en: "the body cannot be read: \(error.message)",
            fr: "le corps ne peut pas être lu : \(error.message)")
        self.init(
            contentType: MediaType(contentType), isMultipart: false, boundary: nil, parts: [], rootIndex: nil,
            document: nil, envelope: nil, includes: [], faults: [fault], documentOffset: nil,
            lineIndex: LineOffsets([]))
    }
}

/// The work of reading one message, step by step.
private struct MessageReading {
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
                    .emptyAnswer, en: "the body is empty", fr: "le corps est vide", expected: "a SOAP envelope",
                    byteOffset: 0))
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
                    fr: "aucun en-tête HTTP n'est connu : boundary, type et start ne peuvent pas être jugés"))
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
        let looksMultipart = header == nil && firstContentByte != UInt8(ascii: "<")
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

    // XOP 1.0 4.1 and SOAP MTOM 3.2: the root part is application/xop+xml whose type is that of the SOAP message.
    private mutating func checkRoot(_ root: MessagePart) {
        let type = root.contentType
        let inner = type?["type"].flatMap { MediaType($0)?.essence.lowercased() }
        if type?.essence.lowercased() != "application/xop+xml" || inner != "application/soap+xml" {
            faults.append(
                MessageFault(
                    .rootContentType, en: "the root part is not application/xop+xml with type=\"application/soap+xml\"",
                    fr: "la partie racine n'est pas application/xop+xml avec type=\"application/soap+xml\"",
                    expected: "application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"",
                    actual: root.headers.first("Content-Type") ?? "(absent)", byteOffset: root.headerOffset,
                    part: root.name))
        }
        if let charset = type?["charset"], !["utf-8", "utf-16"].contains(charset.lowercased()) {
            faults.append(
                MessageFault(
                    .rootCharset, en: "the charset of the root part is neither UTF-8 nor UTF-16",
                    fr: "le charset de la partie racine n'est ni UTF-8 ni UTF-16", expected: "UTF-8", actual: charset,
                    byteOffset: root.headerOffset, part: root.name))
        }
    }

    private mutating func resolveIncludes() {
        guard let document else { return }
        var used: Set<Int> = []
        for node in document.documentElement.descendants("Include", in: SOAPNamespace.xop) {
            let href = node.attribute("href") ?? ""
            let index = resolve(href, at: node)
            if let index { used.insert(index) }
            includes.append(SOAPMessage.Inclusion(node: node, href: href, partIndex: index))
            // XOP 1.0 3.2: xop:Include is the sole child of the element whose content it stands for.
            if let parent = node.parent, hasSiblings(node, in: parent) {
                faults.append(
                    MessageFault(
                        .includeSiblings, en: "xop:Include is not the only content of its element",
                        fr: "xop:Include n'est pas le seul contenu de son élément", node: node))
            }
        }
        guard isMultipart else { return }
        for part in parts where part.index != rootIndex && part.contentID != nil && !used.contains(part.index) {
            faults.append(
                MessageFault(
                    .orphanPart, en: "nothing refers to the part", fr: "rien ne renvoie à la partie",
                    expected: "xop:Include href=\"cid:\(part.name)\"", byteOffset: part.headerOffset,
                    part: part.name))
        }
    }

    private func hasSiblings(_ node: Node, in parent: Node) -> Bool {
        parent.children.contains { child in
            switch child.kind {
            case .element: child != node
            case .text: !child.stringValue.trimmedBlanks.isEmpty
            case .document, .attribute, .comment, .processingInstruction: false
            }
        }
    }

    private mutating func resolve(_ href: String, at node: Node) -> Int? {
        guard href.lowercased().hasPrefix("cid:") else {
            // Nothing but the message's own parts is ever looked at.
            faults.append(
                MessageFault(
                    .includeScheme, en: "href of xop:Include is no cid: URL; it is not fetched",
                    fr: "href de xop:Include n'est pas une URL cid: ; elle n'est pas suivie", expected: "cid:…",
                    actual: href, node: node))
            return nil
        }
        let escaped = String(href.dropFirst(4))
        let decoded = PercentEncoding.decode(escaped)
        if let index = parts.firstIndex(where: { $0.contentID == decoded }) { return index }
        // RFC 2392 2: a cid URL is percent-encoded; some writers encode nothing, or encode the Content-ID too.
        let other = parts.firstIndex { part in
            guard let identifier = part.contentID else { return false }
            return identifier == escaped || decoded.map { PercentEncoding.decode(identifier) == $0 } ?? false
        }
        guard let other else {
            faults.append(
                MessageFault(
                    .includeUnresolved, en: "href of xop:Include names no part",
                    fr: "href de xop:Include ne désigne aucune partie",
                    expected: parts.compactMap(\.contentID).map { "cid:\($0)" }.joined(separator: ", "), actual: href,
                    node: node))
            return nil
        }
        faults.append(
            MessageFault(
                .includeEscape, en: "href of xop:Include and Content-ID agree only when percent-escapes are overlooked",
                fr: "href de xop:Include et Content-ID ne concordent qu'en négligeant les échappements %",
                expected: "cid:" + PercentEncoding.encode(parts[other].contentID ?? ""), actual: href, node: node))
        return other
    }

    // The action is said up to three times: Content-Type of the message, Content-Type of the root part, wsa:Action.
    private mutating func checkActions() {
        guard let envelope, let action = envelope.addressing.action, !action.isEmpty else { return }
        if let said = mediaType?["action"], said != action {
            faults.append(
                MessageFault(
                    .headerAction, en: "the action parameter of the Content-Type is not wsa:Action",
                    fr: "le paramètre action du Content-Type n'est pas wsa:Action", expected: action, actual: said))
        }
        guard isMultipart, let rootIndex, let said = parts[rootIndex].contentType?["action"], said != action else {
            return
        }
        faults.append(
            MessageFault(
                .partAction, en: "the action parameter of the root part is not wsa:Action",
                fr: "le paramètre action de la partie racine n'est pas wsa:Action", expected: action, actual: said,
                byteOffset: parts[rootIndex].headerOffset, part: parts[rootIndex].name))
    }
}
