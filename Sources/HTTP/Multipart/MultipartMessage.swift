/// A multipart body in memory: its parts, and all departures from the grammar.
public struct MultipartMessage: Sendable {
    /// One part.
    public struct Part: Sendable {
        /// Its header fields.
        public let headers: HTTPHeaders
        /// The offset of its first header line.
        public let headerOffset: Int
        /// The offset of its content.
        public let bodyOffset: Int
        /// Its content as it stands in the message.
        public let body: ArraySlice<UInt8>

        /// The Content-ID without angle brackets.
        public var contentID: String? { headers.first("Content-ID").map(ContentID.bare) }

        /// The Content-Type; nil where it is absent or no media type.
        public var contentType: MediaType? { headers.first("Content-Type").flatMap { MediaType($0) } }

        /// The Content-Transfer-Encoding in lower case; nil where it is absent.
        public var transferEncoding: String? { headers.first("Content-Transfer-Encoding")?.lowercased() }

        /// The content with its transfer encoding undone, and what was wrong with it.
        ///
        /// Binary, 8bit, 7bit and unknown encodings give the bytes as they are.
        public func decodedBody() -> (bytes: [UInt8], faults: [MultipartFault]) {
            TransferEncoding.decode(body, transferEncoding, at: bodyOffset)
        }
    }

    /// The boundary that was used; empty where there was none.
    public let boundary: String
    /// The parts in order.
    public let parts: [Part]
    /// The faults in the order in which they were met.
    public let faults: [MultipartFault]
    /// Whether the close delimiter was there.
    public let isClosed: Bool
    /// The HTTP or MIME headers before the body, for a captured file that begins with them.
    public let outerHeaders: HTTPHeaders?

    /// Reads a body with the boundary of its Content-Type.
    public init(reading bytes: [UInt8], boundary: String) {
        self.init(bytes, boundary: boundary, from: 0, outerHeaders: nil)
    }

    /// Reads a body of this Content-Type; without a boundary parameter, which is told, the boundary is guessed.
    public init(reading bytes: [UInt8], contentType: MediaType?) {
        if let boundary = contentType?["boundary"], !boundary.isEmpty {
            self.init(reading: bytes, boundary: boundary)
        } else {
            let message = "the Content-Type has no boundary parameter"
            self.init(
                bytes, boundary: Self.detectBoundary(in: bytes) ?? "", from: 0, outerHeaders: nil,
                faults: [MultipartFault(.boundaryMissing, message, at: 0)])
        }
    }

    /// Reads a captured file: a body alone, or after its HTTP or MIME headers; blank lines may come first.
    ///
    /// All offsets count from the first byte of the file.
    public init(capture bytes: [UInt8]) {
        let capture = CapturedFile(bytes)
        self.init(bytes, boundary: capture.boundary ?? "", from: capture.bodyOffset, outerHeaders: capture.headers)
    }

    /// The boundary of a captured file: that of its own Content-Type, else of its first delimiter line.
    public static func detectBoundary(in bytes: [UInt8]) -> String? {
        CapturedFile(bytes).boundary
    }

    /// The first part whose Content-ID, brackets aside, is `id`.
    public func part(contentID id: String) -> Part? {
        let bare = ContentID.bare(id)
        return parts.first { $0.contentID == bare }
    }

    private init(
        _ bytes: [UInt8], boundary: String, from start: Int, outerHeaders: HTTPHeaders?, faults: [MultipartFault] = []
    ) {
        var collector = Collector(bytes: bytes, faults: faults)
        var reader = MultipartReader(boundary: boundary, offset: start)
        bytes.withUnsafeBytes { buffer in
            reader.feed(UnsafeRawBufferPointer(rebasing: buffer[start...])) { collector.take($0) }
            reader.finish { collector.take($0) }
        }
        self.boundary = boundary
        parts = collector.parts
        self.faults = collector.faults
        isClosed = collector.isClosed
        self.outerHeaders = outerHeaders
    }

    private struct Collector {
        let bytes: [UInt8]
        var parts: [Part] = []
        var faults: [MultipartFault]
        var isClosed = false
        private var open: (headers: HTTPHeaders, headerOffset: Int, bodyOffset: Int)?

        init(bytes: [UInt8], faults: [MultipartFault]) {
            self.bytes = bytes
            self.faults = faults
        }

        mutating func take(_ event: MultipartEvent) {
            switch event {
            case .partStarted(let headers, let headerOffset, let bodyOffset):
                open = (headers, headerOffset, bodyOffset)
            case .body:
                break
            case .partEnded(let length):
                guard let open else { return }
                parts.append(
                    Part(
                        headers: open.headers, headerOffset: open.headerOffset, bodyOffset: open.bodyOffset,
                        body: bytes[open.bodyOffset..<(open.bodyOffset + length)]))
            case .fault(let fault):
                faults.append(fault)
            case .closed:
                isClosed = true
            }
        }
    }
}

/// Content-ID and `cid:` references (RFC 2392).
public enum ContentID {
    /// The id without white space and angle brackets.
    public static func bare(_ text: String) -> String {
        let trimmed = ASCII.trimmed(Array(text.utf8))
        guard trimmed.first == UInt8(ascii: "<"), trimmed.last == UInt8(ascii: ">"), trimmed.count >= 2 else {
            return ASCII.text(trimmed)
        }
        return ASCII.text(trimmed.dropFirst().dropLast())
    }

    /// The id that a `cid:` URL names, percent-decoded; nil where it is no such URL.
    public static func referenced(by url: String) -> String? {
        guard url.lowercased().hasPrefix("cid:") else { return nil }
        return URLTarget.percentDecoded(url.dropFirst(4))
    }
}
