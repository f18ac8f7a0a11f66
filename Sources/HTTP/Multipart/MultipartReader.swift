/// What a multipart body is made of, in order.
public enum MultipartEvent {
    /// A part begins. The offsets count from the first byte of the body.
    case partStarted(headers: HTTPHeaders, headerOffset: Int, bodyOffset: Int)
    /// Content of the part; the bytes live until the handler returns.
    case body(UnsafeRawBufferPointer)
    /// The part ended.
    case partEnded(bodyLength: Int)
    /// A departure from the grammar.
    case fault(MultipartFault)
    /// The close delimiter.
    case closed
}

/// Reads a multipart body (RFC 2046 §5.1) pushed to it in pieces of any size, in constant memory.
///
/// It never refuses: every departure is an event, and the reading that a tolerant receiver would make goes on. The
/// events do not depend on how the body was cut into pieces, but for the cuts of `.body`.
public struct MultipartReader {
    /// What is kept in memory, and told, at most.
    public struct Limits: Sendable {
        /// The headers of one part, in bytes.
        public var headerSize = 64 << 10
        /// The parts of the body.
        public var parts = 100_000
        /// The faults of one code; later ones of that code are dropped.
        public var faultsOfACode = 100

        /// The default limits.
        public init() {}
    }

    private enum State {
        case preamble
        case headers
        case body
        case epilogue
    }

    private let limits: Limits
    private let scanner: DelimiterScanner?
    private var state = State.preamble
    private var carry: [UInt8] = []
    /// The offset of the window's first byte.
    private var base: Int
    private let origin: Int
    private var startsLine = true
    private var head = PartHead(offset: 0)
    private var partCount = 0
    private var bodyLength = 0
    private var preambleLength = 0
    private var epilogue: (offset: Int, length: Int, isBlank: Bool)?
    private var contentIDs: Set<String> = []
    private var faultCounts: [MultipartFault.Code: Int] = [:]
    private var boundaryFault: MultipartFault?

    /// A reader for `boundary`, as its parameter gives it (without quotes and leading hyphens).
    ///
    /// - Parameter offset: what is added to every offset told, for a body that stands inside a captured file.
    public init(boundary: String, limits: Limits = Limits(), offset: Int = 0) {
        self.limits = limits
        base = offset
        origin = offset
        scanner = boundary.isEmpty ? nil : DelimiterScanner(boundary: boundary)
        boundaryFault = Boundary.fault(of: boundary)
    }

    /// Takes the next bytes and hands over what they complete.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer, _ handler: (MultipartEvent) throws -> Void) rethrows {
        try tellBoundary(handler)
        if carry.isEmpty {
            let used = try process(bytes, isLast: false, handler)
            carry.append(contentsOf: bytes[used...])
        } else {
            carry.append(contentsOf: bytes)
            try processCarry(isLast: false, handler)
        }
    }

    /// Says that no more bytes come, and hands over what remains.
    public mutating func finish(_ handler: (MultipartEvent) throws -> Void) rethrows {
        try tellBoundary(handler)
        try processCarry(isLast: true, handler)
        switch state {
        case .preamble:
            if scanner != nil {
                try tell(.boundaryNotFound, "no line of the \(base - origin) bytes is the delimiter", origin, handler)
            }
        case .headers, .body:
            if state == .headers {
                if !head.isEmpty { try tell(.noBlankLine, "the body ends within the headers of a part", base, handler) }
                try startPart(bodyAt: base, handler)
            }
            try endPart(handler)
            try tell(.missingCloseDelimiter, "the body ends without the close delimiter", base, handler)
        case .epilogue:
            if let epilogue, epilogue.length > 0 {
                try tell(
                    .epilogue, "\(epilogue.length) bytes after the close delimiter", epilogue.offset, handler)
            }
        }
    }

    private mutating func processCarry(isLast: Bool, _ handler: (MultipartEvent) throws -> Void) rethrows {
        let window = carry
        carry = []
        let used = try window.withUnsafeBytes { try process($0, isLast: isLast, handler) }
        carry = used == window.count ? [] : Array(window[used...])
    }

    /// Reads the window as far as it can be decided; returns the bytes used.
    private mutating func process(
        _ window: UnsafeRawBufferPointer, isLast: Bool, _ handler: (MultipartEvent) throws -> Void
    ) rethrows -> Int {
        guard let scanner else {
            base += window.count
            return window.count
        }
        var place = 0
        var isWaiting = false
        while !isWaiting, place < window.count {
            switch state {
            case .preamble, .body:
                isWaiting = try readContent(window, &place, scanner, isLast: isLast, handler)
            case .headers:
                isWaiting = try readHeaderLine(window, &place, scanner, isLast: isLast, handler)
            case .epilogue:
                readEpilogue(window, &place)
            }
        }
        base += place
        return place
    }

    // MARK: Content

    /// Reads up to the next delimiter; true where more bytes are needed.
    private mutating func readContent(
        _ window: UnsafeRawBufferPointer, _ place: inout Int, _ scanner: DelimiterScanner, isLast: Bool,
        _ handler: (MultipartEvent) throws -> Void
    ) rethrows -> Bool {
        var texts: [Int] = []
        let result = scanner.find(in: window, from: place, startsLine: startsLine, isLast: isLast) { texts.append($0) }
        let end: Int
        switch result {
        case .content(let safe): end = safe
        case .delimiter(let delimiter): end = delimiter.contentEnd
        }
        // A marker beyond `end` is looked at again with the bytes to come.
        for text in texts where text < end {
            try tell(
                .delimiterText, "a line begins with the delimiter and goes on with other text", base + text, handler)
        }
        try consume(window, place..<end, handler)
        if end > place { startsLine = false }
        place = end
        guard case .delimiter(let delimiter) = result else { return true }
        if state == .body { try endPart(handler) }
        try take(delimiter, &place, handler)
        return false
    }

    private mutating func consume(
        _ window: UnsafeRawBufferPointer, _ range: Range<Int>, _ handler: (MultipartEvent) throws -> Void
    ) rethrows {
        guard !range.isEmpty else { return }
        if state == .preamble {
            preambleLength += range.count
        } else {
            bodyLength += range.count
            try handler(.body(UnsafeRawBufferPointer(rebasing: window[range])))
        }
    }

    private mutating func take(
        _ delimiter: DelimiterScanner.Delimiter, _ place: inout Int, _ handler: (MultipartEvent) throws -> Void
    ) rethrows {
        if state == .preamble, preambleLength > 0 {
            try tell(.preamble, "\(preambleLength) bytes before the first delimiter", origin, handler)
        }
        if let lf = delimiter.bareLF { try tellLF(at: base + lf, handler) }
        if delimiter.isIndented {
            try tell(.indentedDelimiter, "white space before the delimiter", base + delimiter.marker, handler)
        }
        place = delimiter.next
        if delimiter.isClose {
            if partCount == 0 {
                try tell(.noPart, "the close delimiter comes before any part", base + delimiter.marker, handler)
            }
            state = .epilogue
            try handler(.closed)
        } else {
            state = .headers
            head = PartHead(offset: base + delimiter.next)
        }
    }

    // MARK: Headers

    /// Reads one header line; true where more bytes are needed.
    private mutating func readHeaderLine(
        _ window: UnsafeRawBufferPointer, _ place: inout Int, _ scanner: DelimiterScanner, isLast: Bool,
        _ handler: (MultipartEvent) throws -> Void
    ) rethrows -> Bool {
        let lf = window[place...].firstIndex(of: ASCII.lf)
        let lineEnd = lf.map { $0 + 1 } ?? window.count
        if base + lineEnd - head.offset > limits.headerSize {
            try tell(
                .headerTooLarge, "the headers of part \(partCount + 1) exceed \(limits.headerSize) bytes", head.offset,
                handler)
            try startPart(bodyAt: base + place, handler)
            return false
        }
        if lf == nil, !isLast { return true }
        if var delimiter = scanner.delimiter(atLine: place, in: window, isLast: isLast) {
            // RFC 2046 lets a part have neither headers nor body; with headers, the blank line is wanted.
            if !head.isEmpty {
                try tell(
                    .noBlankLine, "a delimiter comes before the blank line that ends the headers", base + place, handler
                )
            }
            try startPart(bodyAt: base + place, handler)
            try endPart(handler)
            delimiter.bareLF = delimiter.bareLF.flatMap { $0 >= place ? $0 : nil }
            try take(delimiter, &place, handler)
            return false
        }
        let line = UnsafeRawBufferPointer(rebasing: window[place..<lineEnd])
        switch head.read(line, at: base + place) {
        case .field(let faults):
            for fault in faults { try tell(fault.code, fault.message, fault.byteOffset, handler) }
        case .bodyBegins:
            try tell(
                .noBlankLine, "the content of part \(partCount + 1) begins without a blank line after the headers",
                base + place, handler)
            try startPart(bodyAt: base + place, handler)
            return false
        case .end(let faults):
            for fault in faults { try tell(fault.code, fault.message, fault.byteOffset, handler) }
            if let lf, lf == place || window[lf - 1] != ASCII.cr { try tellLF(at: base + lf, handler) }
            place = lineEnd
            try startPart(bodyAt: base + place, handler)
            return false
        }
        if let lf, lf == place || window[lf - 1] != ASCII.cr { try tellLF(at: base + lf, handler) }
        place = lineEnd
        return false
    }

    private mutating func startPart(bodyAt offset: Int, _ handler: (MultipartEvent) throws -> Void) rethrows {
        partCount += 1
        if partCount == limits.parts + 1 {
            try tell(.tooManyParts, "more than \(limits.parts) parts", head.offset, handler)
        }
        let headers = head.headers
        if let id = headers.first("Content-ID").map(ContentID.bare), partCount <= limits.parts,
            !contentIDs.insert(id).inserted
        {
            try tell(.duplicateContentID, "part \(partCount) bears the Content-ID <\(id)> again", head.offset, handler)
        }
        if let type = headers.first("Content-Type").flatMap({ MediaType($0) }), type.type == "multipart" {
            try tell(.nested, "part \(partCount) is itself \(type.essence)", head.offset, handler)
        }
        state = .body
        startsLine = true
        bodyLength = 0
        try handler(.partStarted(headers: headers, headerOffset: head.offset, bodyOffset: offset))
        head.bodyOffset = offset
    }

    private mutating func endPart(_ handler: (MultipartEvent) throws -> Void) rethrows {
        if bodyLength == 0 {
            try tell(.emptyPart, "part \(partCount) has no content", head.bodyOffset, handler)
        }
        try handler(.partEnded(bodyLength: bodyLength))
    }

    // MARK: Epilogue

    /// RFC 2046 §5.1.1: the close delimiter may be followed by white space and one line break.
    private mutating func readEpilogue(_ window: UnsafeRawBufferPointer, _ place: inout Int) {
        var record = epilogue ?? (offset: base + place, length: 0, isBlank: true)
        while record.isBlank, place < window.count {
            let byte = window[place]
            record.offset = base + place
            place += 1
            if byte == ASCII.lf {
                record.isBlank = false
                record.offset += 1
            } else if byte != ASCII.cr, !ASCII.isBlank(byte) {
                record.isBlank = false
                record.length += 1
            }
        }
        record.length += window.count - place
        place = window.count
        epilogue = record
    }

    // MARK: Telling

    private mutating func tellBoundary(_ handler: (MultipartEvent) throws -> Void) rethrows {
        guard let fault = boundaryFault else { return }
        boundaryFault = nil
        try tell(fault.code, fault.message, origin, handler)
    }

    private mutating func tellLF(at offset: Int, _ handler: (MultipartEvent) throws -> Void) rethrows {
        guard faultCounts[.lineEndsLF] == nil else { return }
        try tell(.lineEndsLF, "a delimiter or header line ends with LF alone; CRLF is wanted", offset, handler)
    }

    private mutating func tell(
        _ code: MultipartFault.Code, _ message: String, _ offset: Int, _ handler: (MultipartEvent) throws -> Void
    ) rethrows {
        let count = faultCounts[code, default: 0]
        guard count < limits.faultsOfACode else { return }
        faultCounts[code] = count + 1
        try handler(.fault(MultipartFault(code, message, at: offset)))
    }
}
