/// Why bytes are not read as DICOM, with the place of the cause.
public struct DICOMError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of cause; open, so that a switch keeps a default.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name.
        public let rawValue: String
        /// A code of that name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The bytes are no DICOM file.
        public static let notDICOM = Code(rawValue: "not-dicom")
        /// The bytes end within an element, item or sequence.
        public static let truncated = Code(rawValue: "truncated")
        /// A length passes the end of what holds the element.
        public static let overrun = Code(rawValue: "overrun")
        /// A structure that the standard has no place for.
        public static let malformed = Code(rawValue: "malformed")
        /// More nested than the limit.
        public static let tooDeep = Code(rawValue: "too-deep")
        /// More elements than the limit.
        public static let tooMany = Code(rawValue: "too-many")
        /// A transfer syntax that is not read here.
        public static let transferSyntax = Code(rawValue: "transfer-syntax")
    }

    /// The kind of cause.
    public let code: Code
    /// What was met, what was expected, in one line.
    public let message: String
    /// Where in the bytes, from 0.
    public let byteOffset: Int
    /// The element: `(0040,A375)[1]/(0008,1115)`; empty before any element.
    public let tagPath: String

    /// An error at a place.
    public init(_ code: Code, _ message: String, byteOffset: Int, tagPath: String = "") {
        self.code = code
        self.message = message
        self.byteOffset = byteOffset
        self.tagPath = tagPath
    }

    /// One line: place, message.
    public var description: String {
        "byte \(byteOffset)\(tagPath.isEmpty ? "" : ", \(tagPath)"): \(message) [\(code.rawValue)]"
    }
}

/// A fault of a file that could be read nevertheless.
public struct DICOMNote: Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault; open, so that a switch keeps a default.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name.
        public let rawValue: String
        /// A code of that name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No 128 bytes of preamble and `DICM` before the file meta information (PS3.10, 7.1).
        public static let preambleMissing = Code(rawValue: "preamble-missing")
        /// No file meta information: the file begins with the data set.
        public static let metaMissing = Code(rawValue: "meta-missing")
        /// The file meta information is not Explicit VR Little Endian (PS3.10, 7.1).
        public static let metaSyntax = Code(rawValue: "meta-syntax")
        /// (0002,0000) is absent.
        public static let metaLengthMissing = Code(rawValue: "meta-length-missing")
        /// (0002,0000) differs from the bytes that follow.
        public static let metaLength = Code(rawValue: "meta-length")
        /// (0002,0010) is absent or empty.
        public static let transferSyntaxMissing = Code(rawValue: "transfer-syntax-missing")
        /// (0002,0010) is no syntax of the table.
        public static let transferSyntaxUnknown = Code(rawValue: "transfer-syntax-unknown")
        /// The data set is not written in the syntax that (0002,0010) names.
        public static let transferSyntaxWrong = Code(rawValue: "transfer-syntax-wrong")
        /// A length is odd (PS3.5, 7.1.1).
        public static let oddLength = Code(rawValue: "odd-length")
        /// A tag is lower than the one before (PS3.5, 7.1).
        public static let outOfOrder = Code(rawValue: "out-of-order")
        /// A tag is there twice; the first one is kept.
        public static let duplicate = Code(rawValue: "duplicate")
        /// A VR that the standard does not know.
        public static let unknownVR = Code(rawValue: "unknown-vr")
        /// The VR differs from that of the dictionary.
        public static let unexpectedVR = Code(rawValue: "unexpected-vr")
        /// A private element without its creator (PS3.5, 7.8.1).
        public static let privateCreatorMissing = Code(rawValue: "private-creator-missing")
        /// An item or delimiter where none is expected, or a delimiter with a length.
        public static let delimiter = Code(rawValue: "delimiter")
        /// A file meta element (group 0002), a command or a delimiter group within the data set.
        public static let forbiddenGroup = Code(rawValue: "forbidden-group")
        /// Pixel data end before their length.
        public static let pixelDataCut = Code(rawValue: "pixel-data-cut")
        /// An offset table of encapsulated pixel data that leads nowhere (PS3.5, A.4).
        public static let offsetTable = Code(rawValue: "offset-table")
        /// Bytes after the last element.
        public static let trailingBytes = Code(rawValue: "trailing-bytes")
        /// (0008,0005) names a multi-byte set of the standard, whose characters are not decoded here.
        public static let characterSetUnread = Code(rawValue: "character-set-unread")
        /// (0008,0005) names a set that the standard does not have.
        public static let characterSetUnknown = Code(rawValue: "character-set-unknown")
        /// A byte that is no character of the declared set.
        public static let undecodable = Code(rawValue: "undecodable")
        /// UTF-8 under a declaration of another set.
        public static let disguisedUTF8 = Code(rawValue: "utf8-undeclared")
        /// More faults than the list holds.
        public static let more = Code(rawValue: "more-faults")
    }

    /// The kind of fault.
    public let code: Code
    /// What was met, what was expected, in one line.
    public let message: String
    /// Where in the bytes, from 0.
    public let byteOffset: Int
    /// The element; empty where the fault is of the file.
    public let tagPath: String

    /// A fault at a place.
    public init(_ code: Code, _ message: String, byteOffset: Int, tagPath: String = "") {
        self.code = code
        self.message = message
        self.byteOffset = byteOffset
        self.tagPath = tagPath
    }

    /// One line: place, message.
    public var description: String {
        "byte \(byteOffset)\(tagPath.isEmpty ? "" : ", \(tagPath)"): \(message) [\(code.rawValue)]"
    }
}
