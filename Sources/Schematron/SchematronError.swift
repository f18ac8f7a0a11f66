/// Why a Schematron schema cannot be used, and where.
public struct SchematronError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault; open, so that a `switch` over it needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A file that cannot be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// A path that leads out of the root: absolute, with a scheme, or through too many `..`.
        public static let outsideRoot = Code(rawValue: "outside-root")
        /// Not well-formed XML, or over a limit.
        public static let malformed = Code(rawValue: "malformed")
        /// Not a Schematron schema.
        public static let notSchematron = Code(rawValue: "not-schematron")
        /// A query binding that is not known.
        public static let queryBinding = Code(rawValue: "query-binding")
        /// A phase that the schema does not declare.
        public static let phase = Code(rawValue: "phase")
        /// An element that lacks an attribute, or stands where it may not.
        public static let structure = Code(rawValue: "structure")
        /// A reference to an abstract pattern or rule that does not exist, or that leads back to itself.
        public static let reference = Code(rawValue: "reference")
        /// Includes or extends nested too deep, or a schema that grows over the limits.
        public static let tooLarge = Code(rawValue: "too-large")
    }

    /// The kind of fault; the code of the XPath norm (`XPST0003`) where an expression is wrong.
    public let code: Code
    /// One sentence: what was met and what to do.
    public let message: String
    /// Where.
    public let place: SourcePlace

    public init(_ code: Code, _ message: String, at place: SourcePlace) {
        self.code = code
        self.message = message
        self.place = place
    }

    /// `file:line:column: message [code]`
    public var description: String { "\(place): \(message) [\(code.rawValue)]" }
}

/// A place in a file of a schema.
public struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
    /// The path relative to the root of the schemas.
    public let file: String
    /// The line, from 1; 0 where the whole file is meant.
    public let line: Int
    /// The column in code points, from 1.
    public let column: Int

    public init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, or the file alone.
    public var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}

/// Something odd in a schema that does not stop it.
public struct SchemaNote: Hashable, Sendable, CustomStringConvertible {
    /// The kind; open.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// An include whose file is absent: what it would bring is not checked.
        public static let missingInclude = Code(rawValue: "missing-include")
        /// An include whose file cannot be read as XML.
        public static let unreadableInclude = Code(rawValue: "unreadable-include")
        /// An include that was found only when letter case was disregarded.
        public static let caseInsensitiveInclude = Code(rawValue: "case-insensitive-include")
        /// A phase names a pattern that does not exist.
        public static let missingPattern = Code(rawValue: "missing-pattern")
        /// A pattern or rule that a `is-a` or `extends` names does not exist.
        public static let missingReference = Code(rawValue: "missing-reference")
        /// An element that Schematron does not know where it stands.
        public static let unknownElement = Code(rawValue: "unknown-element")
        /// A rule that can never fire: an earlier one of its pattern has the same context.
        public static let shadowedRule = Code(rawValue: "shadowed-rule")
        /// A variable that is declared twice in one scope.
        public static let repeatedVariable = Code(rawValue: "repeated-variable")
        /// A file that an expression looks up is absent.
        public static let missingLookup = Code(rawValue: "missing-lookup")
        /// A file taken from an overlay.
        public static let overlay = Code(rawValue: "overlay")
    }

    public let code: Code
    /// One sentence.
    public let message: String
    /// Where in the schema.
    public let place: SourcePlace

    public init(_ code: Code, _ message: String, at place: SourcePlace) {
        self.code = code
        self.message = message
        self.place = place
    }

    /// `file:line:column: message [code]`
    public var description: String { "\(place): \(message) [\(code.rawValue)]" }
}
