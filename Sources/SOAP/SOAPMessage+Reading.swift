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
            fr: "le corps ne peut pas être lu : \(error.message)", expected: "Content-Length",
            actual: error.code.rawValue)
        self.init(
            contentType: MediaType(contentType), isMultipart: false, boundary: nil, parts: [], rootIndex: nil,
            document: nil, envelope: nil, includes: [], faults: [fault], documentOffset: nil,
            lineIndex: LineOffsets([]))
    }
}
