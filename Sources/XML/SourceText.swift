/// A document's bytes as UTF-8, checked: well-formed UTF-8, without a character below U+0020 that XML forbids.
struct SourceText: Sendable {
    /// How an offset in `text` leads back to the given bytes.
    enum Origin: Sendable {
        /// The bytes themselves.
        case same
        /// One byte a character.
        case singleByte
        /// Two bytes a UTF-16 code unit, after a byte order mark of so many bytes.
        case utf16(mark: Int)
        /// Another encoding: offsets are those of the UTF-8 text.
        case transcoded
    }

    /// UTF-8.
    let text: [UInt8]
    let origin: Origin
    let hasByteOrderMark: Bool
    /// Where XML starts in `text`: after the byte order mark and any blanks that are tolerated.
    let start: Int
    let leadingBlanks: Int
    let lines: LineIndex

    init(_ bytes: [UInt8], _ options: ParsingOptions) throws(XMLError) {
        let limit = min(options.maximumSize, Int(Int32.max) - 16)
        guard bytes.count <= limit else {
            throw XMLError(.tooLarge, "the document has \(bytes.count) bytes, more than the \(limit) allowed")
        }
        let encoding = try TextEncoding(detecting: bytes)
        let decoded: (text: [UInt8], origin: Origin) = try encoding.decode(bytes)
        guard decoded.text.count <= limit else {
            throw XMLError(.tooLarge, "the document has more than the \(limit) bytes allowed, written in UTF-8")
        }
        text = decoded.text
        origin = decoded.origin
        hasByteOrderMark = encoding.markLength > 0
        let mark = encoding.isUTF8 ? encoding.markLength : 0
        var lines = LineIndex()
        if let fault = UTF8Scan.firstFault(text, from: mark, lines: &lines) {
            let place = lines.place(fault.offset, in: text)
            throw XMLError(
                fault.code, fault.message, line: place.line, column: place.column,
                byteOffset: Self.sourceOffset(fault.offset, text, origin))
        }
        self.lines = lines
        var start = mark
        while start < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[start]) { start += 1 }
        guard start < text.count else {
            throw XMLError(
                .empty, bytes.isEmpty ? "the document is empty" : "the document holds no XML: nothing but blanks",
                line: 1, column: 1, byteOffset: 0)
        }
        leadingBlanks = start - mark
        self.start = options.toleratesLeadingBlanks ? start : mark
    }

    /// The offset in the given bytes of an offset in `text`.
    func sourceOffset(_ offset: Int) -> Int { Self.sourceOffset(offset, text, origin) }

    func error(_ code: XMLError.Code, _ message: String, at offset: Int) -> XMLError {
        let place = lines.place(offset, in: text)
        return XMLError(code, message, line: place.line, column: place.column, byteOffset: sourceOffset(offset))
    }

    private static func sourceOffset(_ offset: Int, _ text: [UInt8], _ origin: Origin) -> Int {
        switch origin {
        case .same, .transcoded: return offset
        case .singleByte: return text[..<offset].reduce(into: 0) { $0 += $1 & 0xC0 == 0x80 ? 0 : 1 }
        case .utf16(let mark):
            return text[..<offset].reduce(into: mark) { $0 += $1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 4 : 2 }
        }
    }
}
