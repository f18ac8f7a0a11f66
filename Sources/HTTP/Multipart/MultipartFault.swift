/// A departure from the multipart grammar (RFC 2046 §5.1), told and not refused.
public struct MultipartFault: Sendable, Hashable {
    /// What kind of departure; new kinds may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable spelling.
        public let rawValue: String

        /// A code from its spelling.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No boundary parameter, and none could be found in the bytes.
        public static let boundaryMissing = Code(rawValue: "boundary-missing")
        /// The boundary is longer than 70 characters, ends with a space, or holds a character it may not.
        public static let boundaryIllegal = Code(rawValue: "boundary-illegal")
        /// No delimiter with this boundary anywhere.
        public static let boundaryNotFound = Code(rawValue: "boundary-not-found")
        /// The body ends without `--boundary--`.
        public static let missingCloseDelimiter = Code(rawValue: "missing-close-delimiter")
        /// A delimiter or header line ends with LF alone; told once, at the first.
        public static let lineEndsLF = Code(rawValue: "line-ends-lf")
        /// White space before `--boundary`.
        public static let indentedDelimiter = Code(rawValue: "indented-delimiter")
        /// A line begins with `--boundary` but goes on with other text: it was read as content.
        public static let delimiterText = Code(rawValue: "delimiter-text")
        /// White space before the first header name of a part.
        public static let indentedHeader = Code(rawValue: "indented-header")
        /// The headers of a part exceed the limit.
        public static let headerTooLarge = Code(rawValue: "header-too-large")
        /// A header line whose name is no token.
        public static let malformedHeader = Code(rawValue: "malformed-header")
        /// The content begins, or a delimiter comes, before the blank line that ends the headers.
        public static let noBlankLine = Code(rawValue: "no-blank-line")
        /// Two parts bear the same Content-ID.
        public static let duplicateContentID = Code(rawValue: "duplicate-content-id")
        /// Bytes before the first delimiter.
        public static let preamble = Code(rawValue: "preamble")
        /// Bytes after the close delimiter.
        public static let epilogue = Code(rawValue: "epilogue")
        /// A part without content.
        public static let emptyPart = Code(rawValue: "empty-part")
        /// A close delimiter without any part.
        public static let noPart = Code(rawValue: "no-part")
        /// More parts than the limit; told once.
        public static let tooManyParts = Code(rawValue: "too-many-parts")
        /// A part is itself multipart.
        public static let nested = Code(rawValue: "nested")
        /// The transfer encoding is not one of RFC 2045 §6.1.
        public static let unknownEncoding = Code(rawValue: "unknown-transfer-encoding")
        /// The content is not what its transfer encoding says.
        public static let badEncoding = Code(rawValue: "bad-transfer-encoding")
    }

    /// The kind.
    public let code: Code
    /// One line in English.
    public let message: String
    /// Where, from the first byte of the body (or of the captured file).
    public let byteOffset: Int

    /// A fault.
    public init(_ code: Code, _ message: String, at byteOffset: Int) {
        self.code = code
        self.message = message
        self.byteOffset = byteOffset
    }
}

/// The grammar of a boundary (RFC 2046 §5.1.1).
enum Boundary {
    static let maximumLength = 70

    /// What is wrong with `boundary`; nil where nothing is.
    static func fault(of boundary: String) -> MultipartFault? {
        let bytes = Array(boundary.utf8)
        if bytes.isEmpty {
            return MultipartFault(
                .boundaryMissing, "no boundary: the Content-Type needs a boundary parameter", at: 0)
        }
        if bytes.count > maximumLength {
            return MultipartFault(
                .boundaryIllegal, "the boundary has \(bytes.count) characters; at most \(maximumLength) are allowed",
                at: 0)
        }
        if let byte = bytes.first(where: { !isLegal($0) }) {
            return MultipartFault(
                .boundaryIllegal, "the boundary '\(boundary)' holds \(name(of: byte)), which no boundary may hold",
                at: 0)
        }
        if bytes.last == ASCII.space {
            return MultipartFault(.boundaryIllegal, "the boundary '\(boundary)' ends with a space", at: 0)
        }
        return nil
    }

    private static func name(of byte: UInt8) -> String {
        (0x21...0x7E).contains(byte) ? "'\(UnicodeScalar(byte))'" : "byte \(byte)"
    }

    private static func isLegal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default:
            "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}
