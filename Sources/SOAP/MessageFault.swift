import HTTP
public import XML

/// What a reader saw in a message that is not as the specifications say, with its place.
///
/// A fault is told, never thrown: the message is read on as far as it can be understood.
public struct MessageFault: Error, Sendable, Hashable {
    /// What kind of fault; the raw value is stable and stands in findings: `mtom.<code>`, `soap.<code>`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable text.
        public let rawValue: String

        /// A code by its text.
        public init(rawValue: String) { self.rawValue = rawValue }

        init(_ rawValue: String) { self.rawValue = rawValue }
    }

    /// The kind.
    public var code: Code
    /// The sentence for an English reader.
    public var english: String
    /// The sentence for a French reader.
    public var french: String
    /// What the specification asks.
    public var expected: String?
    /// What was found.
    public var actual: String?
    /// 0-based offset in the message body, where there is one.
    public var byteOffset: Int?
    /// The Content-ID of the part, or `#n` for a part without one.
    public var part: String?
    /// The element in the envelope.
    public var node: Node?

    /// A fault.
    public init(
        _ code: Code, en english: String, fr french: String, expected: String? = nil, actual: String? = nil,
        byteOffset: Int? = nil, part: String? = nil, node: Node? = nil
    ) {
        self.code = code
        self.english = english
        self.french = french
        self.expected = expected
        self.actual = actual
        self.byteOffset = byteOffset
        self.part = part
        self.node = node
    }
}

extension MessageFault.Code {
    // The HTTP side and the answer as a whole.
    public static let noHeaders = Self("no-http-header")
    public static let emptyAnswer = Self("empty")
    public static let htmlAnswer = Self("html")
    public static let notXML = Self("not-xml")
    public static let httpStatus = Self("http-status")
    public static let contentType = Self("content-type")
    public static let bodyUnavailable = Self("body-unavailable")

    // multipart/related and XOP.
    public static let notMultipart = Self("not-multipart")
    public static let boundaryAbsent = Self(MultipartFault.Code.boundaryMissing.rawValue)
    public static let typeParameter = Self("type-parameter")
    public static let startAbsent = Self("start-absent")
    public static let startUnknown = Self("start-unknown")
    public static let startInfo = Self("start-info")
    public static let rootAbsent = Self("root-missing")
    public static let rootContentType = Self("root-content-type")
    public static let rootCharset = Self("root-charset")
    public static let rootLeadingBlanks = Self("root-leading-blanks")
    public static let partAction = Self("part-action")
    public static let headerAction = Self("header-action")
    public static let partWithoutID = Self("part-without-id")
    public static let duplicateContentID = Self(MultipartFault.Code.duplicateContentID.rawValue)
    public static let contentIDForm = Self("content-id-form")
    public static let orphanPart = Self("orphan-part")
    public static let includeUnresolved = Self("include-unresolved")
    public static let includeScheme = Self("include-scheme")
    public static let includeEscape = Self("include-escape")
    public static let includeSiblings = Self("include-siblings")
    public static let inlineBase64 = Self("inline-base64")
    public static let inlineMalformed = Self("inline-malformed")
    public static let transferEncodingBase64 = Self("transfer-encoding-base64")

    // The envelope and its addressing.
    public static let notEnvelope = Self("not-envelope")
    public static let soap11 = Self("soap-1.1")
    public static let bodyAbsent = Self("body-missing")
    public static let bodyEmpty = Self("body-empty")
    public static let bodySeveral = Self("body-several")
    public static let headerOrder = Self("header-order")
    public static let actionAbsent = Self("action-missing")
    public static let messageIDAbsent = Self("message-id-missing")
    public static let messageIDForm = Self("message-id-form")
    public static let toAbsent = Self("to-missing")
    public static let addressingRepeated = Self("addressing-repeated")
    public static let mustUnderstandUnqualified = Self("must-understand-unqualified")
    public static let mustUnderstandAbsent = Self("must-understand-absent")
    public static let mustUnderstandValue = Self("must-understand-value")
    public static let relatesToAbsent = Self("relates-to-missing")
    public static let relatesToOther = Self("relates-to-other")
}

extension MessageFault {
    /// A fault of the multipart grammar; `part` names the part that it is in.
    init(_ fault: MultipartFault, part: String? = nil) {
        self.init(
            Code(rawValue: fault.code.rawValue), en: fault.message,
            fr: FramingWords.french(fault.code) ?? fault.message, expected: FramingWords.values(fault.code)?.expected,
            actual: FramingWords.values(fault.code)?.actual, byteOffset: fault.byteOffset, part: part)
    }
}

/// A place in a message: the part, and the line and column in the bytes as they were received.
public struct MessagePlace: Sendable, Hashable {
    /// The Content-ID of the part.
    public var part: String?
    /// 1-based line in the whole body.
    public var line: Int?
    /// 1-based column, in bytes, on that line.
    public var column: Int?
    /// 0-based byte offset in the whole body.
    public var byte: Int?
    /// The element, as a readable path in the envelope.
    public var xpath: String?

    /// A place; what is not known stays nil.
    public init(part: String? = nil, line: Int? = nil, column: Int? = nil, byte: Int? = nil, xpath: String? = nil) {
        self.part = part
        self.line = line
        self.column = column
        self.byte = byte
        self.xpath = xpath
    }
}
