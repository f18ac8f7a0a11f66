/// Why an XML document, schema or stylesheet could not be used, and where.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault; open, so that a `switch` over it needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Not well-formed (XML 1.0 §2.1).
        public static let malformed = Code(rawValue: "malformed")
        /// A document type declaration: refused before any of it is read.
        public static let doctype = Code(rawValue: "doctype")
        /// No byte, or nothing but blanks.
        public static let empty = Code(rawValue: "empty")
        /// Something before the XML declaration (XML 1.0 §2.8).
        public static let misplacedDeclaration = Code(rawValue: "misplaced-declaration")
        /// A prefix without declaration, or another breach of Namespaces in XML.
        public static let namespace = Code(rawValue: "namespace")
        /// More bytes than `ParsingOptions.maximumSize`.
        public static let tooLarge = Code(rawValue: "too-large")
        /// More nesting than `ParsingOptions.maximumDepth`.
        public static let tooDeep = Code(rawValue: "too-deep")
        /// More attributes on one element than `ParsingOptions.maximumAttributes`.
        public static let tooManyAttributes = Code(rawValue: "too-many-attributes")
        /// More namespace declarations in scope than `ParsingOptions.maximumNamespaces`.
        public static let tooManyNamespaces = Code(rawValue: "too-many-namespaces")
        /// More nodes than `ParsingOptions.maximumNodes`.
        public static let tooManyNodes = Code(rawValue: "too-many-nodes")
        /// A name longer than `ParsingOptions.maximumNameLength`.
        public static let nameTooLong = Code(rawValue: "name-too-long")
        /// A text or attribute value longer than `ParsingOptions.maximumTextLength`.
        public static let textTooLong = Code(rawValue: "text-too-long")
        /// Bytes that are not of the declared or detected encoding, or an encoding that is not known.
        public static let encoding = Code(rawValue: "encoding")
        /// A character that XML forbids (XML 1.0 §2.2), NUL for one.
        public static let illegalCharacter = Code(rawValue: "illegal-character")
        /// A file that cannot be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// A schema that does not compile.
        public static let schema = Code(rawValue: "schema")
        /// A stylesheet that does not compile, or stopped.
        public static let stylesheet = Code(rawValue: "stylesheet")
        /// An XPath that does not parse or cannot be evaluated.
        public static let path = Code(rawValue: "path")
        /// Canonical XML that cannot be made, or a subtree that cannot be found.
        public static let canonicalization = Code(rawValue: "canonicalization")
    }

    /// The kind of fault.
    public let code: Code
    /// One sentence: what was met.
    public let message: String
    /// The line, from 1; 0 where no place is known.
    public let line: Int
    /// The column in code points, from 1; 0 where no place is known.
    public let column: Int
    /// The offset in the bytes that were given, from 0; nil where no place is known.
    public let byteOffset: Int?

    /// Makes an error; leave the place out where there is none.
    public init(_ code: Code, _ message: String, line: Int = 0, column: Int = 0, byteOffset: Int? = nil) {
        self.code = code
        self.message = message
        self.line = line
        self.column = column
        self.byteOffset = byteOffset
    }

    /// `line:column: message`, or the message alone.
    public var description: String { line > 0 ? "\(line):\(column): \(message)" : message }
}
