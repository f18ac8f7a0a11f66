internal import CLibXML2

/// The encoding of a document, found as XML 1.0 appendix F says, and its transcoding to UTF-8.
struct TextEncoding {
    private enum Form { case utf8, ascii, latin1, utf16(bigEndian: Bool), named(String) }

    private let form: Form
    /// The length of the byte order mark.
    let markLength: Int

    var isUTF8: Bool {
        switch form {
        case .utf8, .ascii: true
        default: false
        }
    }

    init(detecting bytes: [UInt8]) throws(XMLError) {
        if bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE, 0x00, 0x00]) {
            throw XMLError(.encoding, "UTF-32 is not supported", line: 1, column: 1, byteOffset: 0)
        }
        if bytes.starts(with: [0x4C, 0x6F, 0xA7, 0x94]) {
            throw XMLError(.encoding, "EBCDIC is not supported", line: 1, column: 1, byteOffset: 0)
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            (form, markLength) = (.utf16(bigEndian: true), 2)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            (form, markLength) = (.utf16(bigEndian: false), 2)
        } else if bytes.starts(with: [0x00, 0x3C, 0x00]) {
            (form, markLength) = (.utf16(bigEndian: true), 0)
        } else if bytes.count > 3, bytes[0] == 0x3C, bytes[1] == 0, bytes[3] == 0 {
            (form, markLength) = (.utf16(bigEndian: false), 0)
        } else {
            markLength = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            form = try Self.form(declared: Self.declaredEncoding(bytes, from: markLength), hasMark: markLength > 0)
        }
    }

    private static func form(declared: (name: String, offset: Int)?, hasMark: Bool) throws(XMLError) -> Form {
        guard let declared else { return .utf8 }
        let name = declared.name.uppercased()
        if name == "UTF-8" || name == "UTF8" { return .utf8 }
        func refusal(_ message: String) -> XMLError {
            XMLError(.encoding, message, line: 1, column: declared.offset + 1, byteOffset: declared.offset)
        }
        if hasMark { throw refusal("the document declares \(declared.name) but starts with the mark of UTF-8") }
        switch name {
        case "US-ASCII", "ASCII": return .ascii
        case "ISO-8859-1", "ISO_8859-1", "LATIN1": return .latin1
        case "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UCS-2", "UCS-4", "ISO-10646-UCS-2", "ISO-10646-UCS-4":
            throw refusal("the document declares \(declared.name) but is not written in it")
        default: return .named(declared.name)
        }
    }

    /// The `encoding` of the XML declaration, which is ASCII in all encodings left here.
    private static func declaredEncoding(_ bytes: [UInt8], from start: Int) -> (name: String, offset: Int)? {
        var index = start
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        let head = Array(bytes[index..<min(index + 512, bytes.count)])
        guard head.starts(with: "<?xml".utf8) else { return nil }
        let declaration = head.prefix { $0 != 0x3E }
        let key = Array("encoding".utf8)
        guard let at = declaration.indices.first(where: { declaration[$0...].starts(with: key) }) else { return nil }
        guard let open = declaration[at...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }) else { return nil }
        let name = declaration[(open + 1)...].prefix { $0 != declaration[open] }
        return (String(decoding: name, as: UTF8.self), index + open + 1)
    }

    /// The text in UTF-8; a UTF-8 document comes back as it is, mark included.
    func decode(_ bytes: [UInt8]) throws(XMLError) -> (text: [UInt8], origin: SourceText.Origin) {
        switch form {
        case .utf8: return (bytes, .same)
        case .ascii:
            guard let high = bytes.firstIndex(where: { $0 >= 0x80 }) else { return (bytes, .same) }
            throw Self.fault("the document declares ASCII but holds the byte \(bytes[high])", high, bytes)
        case .latin1: return (Self.latin1(bytes), .singleByte)
        case .utf16(let bigEndian): return (try utf16(bytes, bigEndian), .utf16(mark: markLength))
        case .named(let name): return (try Self.transcode(bytes, name), Self.origin(name))
        }
    }

    private static func fault(_ message: String, _ offset: Int, _ bytes: [UInt8]) -> XMLError {
        let before = bytes[..<offset]
        let line = before.reduce(into: 1) { $0 += $1 == 0x0A ? 1 : 0 }
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return XMLError(.encoding, message, line: line, column: offset - start + 1, byteOffset: offset)
    }

    private static func latin1(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 16)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(0xC0 | byte >> 6)
                text.append(0x80 | byte & 0x3F)
            }
        }
        return text
    }

    private func utf16(_ bytes: [UInt8], _ bigEndian: Bool) throws(XMLError) -> [UInt8] {
        guard bytes.count % 2 == 0 else {
            throw XMLError(.encoding, "UTF-16 needs an even count of bytes", byteOffset: bytes.count - 1)
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var line = 1
        var column = 1
        var index = markLength
        func unit(_ at: Int) -> UInt32 {
            bigEndian ? UInt32(bytes[at]) << 8 | UInt32(bytes[at + 1]) : UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at])
        }
        while index < bytes.count {
            var value = unit(index)
            var length = 2
            if (0xD800...0xDBFF).contains(value), index + 2 < bytes.count, (0xDC00...0xDFFF).contains(unit(index + 2)) {
                value = 0x10000 + (value & 0x3FF) << 10 + (unit(index + 2) & 0x3FF)
                length = 4
            }
            guard let scalar = Unicode.Scalar(value) else {
                throw XMLError(
                    .encoding, "half a surrogate pair in UTF-16", line: line, column: column, byteOffset: index)
            }
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            (line, column) = value == 0x0A ? (line + 1, 1) : (line, column + 1)
            index += length
        }
        return text
    }

    /// Encodings of one byte a character, where offsets lead back exactly.
    private static func origin(_ name: String) -> SourceText.Origin {
        let upper = name.uppercased()
        let single = ["ISO-8859-", "ISO8859-", "WINDOWS-125", "CP125", "CP437", "CP850", "MACINTOSH", "KOI8-"]
        return single.contains { upper.hasPrefix($0) } ? .singleByte : .transcoded
    }

    private static func transcode(_ bytes: [UInt8], _ name: String) throws(XMLError) -> [UInt8] {
        LibXML.start()
        guard let handler = xmlFindCharEncodingHandler(name) else {
            throw XMLError(.encoding, "the encoding '\(name)' is not known", line: 1, column: 1, byteOffset: 0)
        }
        defer { xmlCharEncCloseFunc(handler) }
        guard let source = xmlBufferCreate(), let target = xmlBufferCreate() else {
            preconditionFailure("out of memory")
        }
        defer {
            xmlBufferFree(source)
            xmlBufferFree(target)
        }
        // In pieces: libxml2 makes one call's output no greater than its buffer.
        var fed = 0
        return try bytes.withUnsafeBufferPointer { (input) throws(XMLError) in
            while fed < input.count || source.pointee.use > 0 {
                let piece = min(4096, input.count - fed)
                if piece > 0, let base = input.baseAddress { xmlBufferAdd(source, base + fed, Int32(piece)) }
                fed += piece
                let before = source.pointee.use
                let result = LibXML.collecting { xmlCharEncInFunc(handler, target, source) }.value
                guard result != -2, piece > 0 || source.pointee.use < before else {
                    let offset = fed - Int(source.pointee.use)
                    throw fault("the byte \(input[offset]) is not of the declared encoding '\(name)'", offset, bytes)
                }
            }
            return [UInt8](UnsafeBufferPointer(start: target.pointee.content, count: Int(target.pointee.use)))
        }
    }
}
