/// Why a kit cannot be registered or used.
public struct PackError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault; open, so that a `switch` over it needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A file or folder that cannot be read or written.
        public static let unreadable = Code(rawValue: "unreadable")
        /// No official kit: schemas are not where they should be.
        public static let notKit = Code(rawValue: "not-a-kit")
        /// An archive that breaks the zip format.
        public static let malformedArchive = Code(rawValue: "malformed-archive")
        /// An archive of a kind that is not read: encrypted, another method than deflate.
        public static let unsupportedArchive = Code(rawValue: "unsupported-archive")
        /// An archive that may be right, in a form that the tool does not read: ZIP64, several volumes.
        public static let unreadForm = Code(rawValue: "unread-form")
        /// A path that leads out of the pack, or a link that does.
        public static let outside = Code(rawValue: "outside")
        /// Over a limit.
        public static let tooLarge = Code(rawValue: "too-large")
        /// A name that cannot be one of a pack.
        public static let name = Code(rawValue: "name")
        /// A name that is taken.
        public static let exists = Code(rawValue: "exists")
        /// No pack of that name, or none at all.
        public static let unknown = Code(rawValue: "unknown")
        /// A registered pack whose record is spoilt.
        public static let spoilt = Code(rawValue: "spoilt")
    }

    /// The kind of fault.
    public let code: Code
    /// One sentence: what was met and what to do.
    public let message: String
    /// The same in French, where it is known.
    public let french: String

    public init(_ code: Code, _ message: String, fr: String? = nil) {
        self.code = code
        self.message = message
        french = fr ?? message
    }

    /// Whether the tool sets the limit that was met: what was given is not to blame.
    public var isOurLimit: Bool { code == .tooLarge || code == .unreadForm }

    /// `message [code]`
    public var description: String { "\(message) [\(code.rawValue)]" }
}
