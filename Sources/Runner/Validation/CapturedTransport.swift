internal import Conformance
internal import HTTP
internal import Imaging
internal import Packs

/// A message as it was captured with its HTTP head: its content, the codings of HTTP undone, and what is odd about them.
struct CapturedTransport {
    var contentType: String?
    /// The content, or the body as it came where its codings cannot be undone.
    var body: [UInt8]
    /// What is wrong or worth saying of the codings.
    var findings: [Finding] = []
    /// Why the content cannot be read here; the message is not to blame.
    var obstacle: LocalizedText?

    /// The largest content that is made of a coded body, in bytes.
    private static let limit = 512 << 20

    /// The message in `bytes`; without a head the whole is the body.
    init(reading bytes: [UInt8]) {
        let headers: HTTPHeaders
        if let request = CapturedRequest(reading: bytes) {
            headers = request.headers
            body = request.body
        } else if let end = FileReading.headEnd(of: bytes), let response = FileReading.responseHead(bytes) {
            headers = response.headers
            body = Array(bytes[end...])
        } else {
            body = bytes
            return
        }
        contentType = headers.first("Content-Type")
        for name in ["Transfer-Encoding", "Content-Encoding"] {
            // The coding that was applied last stands last.
            for coding in Self.codings(headers, name).reversed() where obstacle == nil { undo(coding, name) }
        }
    }

    private static func codings(_ headers: HTTPHeaders, _ name: String) -> [String] {
        headers.fields.filter { $0.name.lowercased() == name.lowercased() }
            .flatMap { $0.value.split(separator: ",") }
            .map { $0.lowercased().filter { !$0.isWhitespace } }
            .filter { !$0.isEmpty && $0 != "identity" }
    }

    private mutating func undo(_ coding: String, _ header: String) {
        switch coding {
        case "chunked": undoChunks()
        case "gzip", "x-gzip", "deflate": decompress(coding, header)
        default:
            obstacle = LocalizedText(
                fr:
                    "Le codage \(header): \(coding) n'est pas lu par l'outil : donner le corps décodé, sans cet en-tête",
                en:
                    "The coding \(header): \(coding) is not read by the tool: give the decoded body, without this header"
            )
        }
    }

    // MARK: Chunks (RFC 9112 7.1)

    private mutating func undoChunks() {
        var chunks = ChunkReading(body)
        guard chunks.begins else {
            return sayUndone("chunked", "Transfer-Encoding")
        }
        chunks.read()
        body = chunks.content
        guard let offset = chunks.brokenAt else { return }
        findings.append(
            Finding(
                check: "http.chunked", severity: .violation,
                message: LocalizedText(
                    fr:
                        "Les morceaux (chunked) du corps ne peuvent pas être lus, à partir de l'octet \(offset) du corps",
                    en: "The chunks of the body cannot be read, from byte \(offset) of the body"),
                expected: "<hex> CRLF … 0 CRLF CRLF", actual: chunks.brokenLine,
                advice: LocalizedText(
                    fr: "Écrire la longueur de chaque morceau en hexadécimal et finir par un morceau de longueur 0.",
                    en: "Write the length of each chunk in hexadecimal and end with a chunk of length 0."),
                place: EvidencePlace(byte: offset, header: "Transfer-Encoding")))
    }

    // MARK: Compression

    private mutating func decompress(_ coding: String, _ header: String) {
        guard ContentCoding.isCompressed(body[...]) else { return sayUndone(coding, header) }
        switch ContentCoding.decoded(body[...], limit: Self.limit) {
        case .content(let content): body = content
        case .malformed:
            findings.append(
                Finding(
                    check: "http.content-coding", severity: .violation,
                    message: LocalizedText(
                        fr: "Le corps n'est pas ce que dit \(header) : il ne peut pas être décompressé",
                        en: "The body is not what \(header) says: it cannot be decompressed"),
                    expected: coding, actual: "\(body.count) bytes",
                    advice: LocalizedText(
                        fr: "Envoyer un flux \(coding) entier, ou ôter l'en-tête \(header).",
                        en: "Send a whole stream of \(coding), or remove the header \(header)."),
                    place: EvidencePlace(header: header)))
        case .tooLarge:
            obstacle = LocalizedText(
                fr:
                    "Décompressé, le corps dépasse les \(Self.limit) octets que lit l'outil : c'est sa limite, le message "
                    + "n'est pas jugé",
                en: "Decompressed, the body passes the \(Self.limit) bytes that the tool reads: that is its limit, the "
                    + "message is not judged")
        }
    }

    /// Tools that capture undo codings and keep the headers.
    private mutating func sayUndone(_ coding: String, _ header: String) {
        findings.append(
            Finding(
                check: "http.coding-undone", severity: .information,
                message: LocalizedText(
                    fr: "\(header) annonce \(coding), mais le corps capturé est déjà décodé : il est lu tel quel",
                    en: "\(header) announces \(coding), but the body captured is decoded already: it is read as it is"),
                expected: coding, actual: "∅", place: EvidencePlace(header: header)))
    }
}

/// The chunks of a body, undone one by one.
private struct ChunkReading {
    private let bytes: [UInt8]
    private var offset = 0
    private(set) var content: [UInt8] = []
    /// Where the first byte that is none of chunks stands.
    private(set) var brokenAt: Int?
    private(set) var brokenLine = ""

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the body begins with the length of a chunk.
    var begins: Bool {
        var copy = self
        return copy.line().flatMap { Self.length($0) } != nil
    }

    mutating func read() {
        while true {
            let start = offset
            guard let line = line(), let length = Self.length(line) else { return breakOff(at: start) }
            guard length > 0 else { return }
            guard length <= bytes.count - offset else {
                content += bytes[offset...]
                return breakOff(at: start)
            }
            content += bytes[offset..<offset + length]
            offset += length
            let end = offset
            guard self.line()?.isEmpty == true else { return breakOff(at: end) }
        }
    }

    private mutating func breakOff(at start: Int) {
        brokenAt = start
        brokenLine = String(decoding: bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }.prefix(40), as: UTF8.self)
        if brokenLine.isEmpty { brokenLine = "∅" }
    }

    /// The next line, its end cut off; nil where none ends within a line's length.
    private mutating func line() -> ArraySlice<UInt8>? {
        guard let end = bytes[offset...].prefix(4096).firstIndex(of: 0x0A) else { return nil }
        var line = bytes[offset..<end]
        if line.last == 0x0D { line = line.dropLast() }
        offset = end + 1
        return line
    }

    private static func length(_ line: ArraySlice<UInt8>) -> Int? {
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
        guard (1...8).contains(digits.count) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
