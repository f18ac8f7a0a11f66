/// An HL7 v2 message in its ER7 encoding (HL7 v2.5, chapter 2): segments of fields, read without being judged.
///
/// Its faults are told, and whatever can be read is read. Numbers are those of HL7: the first field is 1, and MSH-1 is the
/// field separator itself.
public struct HL7Message: Sendable {
    /// The message as it came, without its MLLP frame.
    public let bytes: [UInt8]
    /// The separators that MSH-1 and MSH-2 declare.
    public let separators: HL7Separators
    /// How its text is encoded.
    public let characterSet: HL7CharacterSet
    /// The segments in their order.
    public let segments: [HL7Segment]
    /// What is wrong with the encoding, in the order of the bytes.
    public let faults: [HL7Fault]

    /// The first segment called `name`.
    public func first(_ name: String) -> HL7Segment? { segments.first { $0.name == name } }

    /// The segments called `name`.
    public func all(_ name: String) -> [HL7Segment] { segments.filter { $0.name == name } }

    /// MSH-9: code, trigger and structure, with `^` between.
    public var type: String { first("MSH")?[9].components.joined(separator: "^") ?? "" }
    /// MSH-10.
    public var controlID: String { first("MSH")?[10].text ?? "" }
    /// MSH-12: `2.5`, `2.6`.
    public var version: String { first("MSH")?[12].component(1) ?? "" }
}

/// The characters that part a message (HL7 v2.5, 2.5.4).
public struct HL7Separators: Sendable, Hashable {
    public var field: UInt8 = UInt8(ascii: "|")
    public var component: UInt8 = UInt8(ascii: "^")
    public var repetition: UInt8 = UInt8(ascii: "~")
    public var escape: UInt8 = UInt8(ascii: "\\")
    public var subcomponent: UInt8 = UInt8(ascii: "&")

    /// The usual ones: `|^~\&`.
    public init() {}
}

/// How text is encoded, as MSH-18 says (HL7 table 0211).
public enum HL7CharacterSet: String, Sendable, CaseIterable {
    case ascii = "ASCII"
    case latin1 = "8859/1"
    case latin9 = "8859/15"
    case utf8 = "UNICODE UTF-8"

    /// The text of `bytes`; what no character stands for becomes U+FFFD.
    func decode(_ bytes: some Collection<UInt8>) -> String {
        switch self {
        case .ascii, .utf8: return String(decoding: bytes, as: UTF8.self)
        case .latin1: return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case .latin9:
            return String(
                String.UnicodeScalarView(bytes.map { Self.latin9Differences[$0] ?? Unicode.Scalar($0) }))
        }
    }

    /// Where ISO 8859-15 differs from ISO 8859-1.
    private static let latin9Differences: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}

/// What is wrong with the encoding of a message or its frame.
public struct HL7Fault: Sendable, Hashable {
    /// What it is: an open set.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        /// A segment ends by LF, or CR and LF, in the place of CR.
        public static let segmentEnd = Code(rawValue: "segment-end")
        /// Blanks or a byte order mark before MSH.
        public static let leadingBlanks = Code(rawValue: "leading-blanks")
        /// A line that begins with no segment name of three letters and digits.
        public static let segmentName = Code(rawValue: "segment-name")
        /// MSH-18 names no character set that is known here.
        public static let characterSet = Code(rawValue: "character-set")
        /// Bytes that the declared character set does not have.
        public static let character = Code(rawValue: "character")
        /// More segments than are read.
        public static let tooMany = Code(rawValue: "too-many-segments")
        /// The frame does not begin by VT.
        public static let frameStart = Code(rawValue: "frame-start")
        /// The frame does not end by FS and CR.
        public static let frameEnd = Code(rawValue: "frame-end")
        /// The frame is larger than what is taken.
        public static let tooLarge = Code(rawValue: "too-large")
    }

    public let code: Code
    public let french: String
    public let english: String
    /// Where in the message, or in the stream for a fault of a frame.
    public let byteOffset: Int

    init(_ code: Code, fr: String, en: String, at byteOffset: Int) {
        self.code = code
        french = fr
        english = en
        self.byteOffset = byteOffset
    }

    private init(_ fault: HL7Fault, at byteOffset: Int) {
        (code, french, english, self.byteOffset) = (fault.code, fault.french, fault.english, byteOffset)
    }

    /// The fault with its place `distance` bytes on.
    func moved(by distance: Int) -> HL7Fault { HL7Fault(self, at: max(0, byteOffset + distance)) }
}

/// Why bytes are no HL7 v2 message.
public struct HL7Error: Error, Sendable, Hashable {
    public let french: String
    public let english: String
    public let byteOffset: Int

    init(fr: String, en: String, at byteOffset: Int) {
        french = fr
        english = en
        self.byteOffset = byteOffset
    }
}
