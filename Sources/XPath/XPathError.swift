/// What is wrong with an expression, or went wrong while it was evaluated.
///
/// The code is the W3C's (XPath 2.0 Appendix G, F&O Appendix C).
public struct XPathError: Error, Sendable, CustomStringConvertible {
    /// A W3C error code, or the local name that `fn:error` was given.
    public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The code as it is written, such as `XPST0003`.
        public let rawValue: String

        /// Makes a code from its text.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Makes a code from a literal.
        public init(stringLiteral value: String) { rawValue = value }

        /// The code as it is written.
        public var description: String { rawValue }
    }

    // One word, so that a typed throw costs no more than an untyped one.
    private final class Storage: Sendable {
        let code: Code
        let message: String
        let span: Range<Int>?
        let namespace: String
        let value: XPathValue?

        init(_ code: Code, _ message: String, _ span: Range<Int>?, _ namespace: String, _ value: XPathValue?) {
            self.code = code
            self.message = message
            self.span = span
            self.namespace = namespace
            self.value = value
        }
    }

    private let storage: Storage

    /// Makes an error.
    public init(
        _ code: Code, _ message: String, span: Range<Int>? = nil,
        namespace: String = "http://www.w3.org/2005/xqt-errors", value: XPathValue? = nil
    ) {
        storage = Storage(code, message, span, namespace, value)
    }

    /// The W3C error code.
    public var code: Code { storage.code }

    /// One sentence: what was expected, what was found.
    public var message: String { storage.message }

    /// The bytes of the expression (UTF-8) that the error is about, where known.
    public var span: Range<Int>? { storage.span }

    /// The namespace of the code: the W3C's unless `fn:error` named another one.
    public var namespace: String { storage.namespace }

    /// The error object that `fn:error` was given.
    public var value: XPathValue? { storage.value }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }

    /// The same error, placed at `place` unless a narrower place is known.
    func located(at place: Range<Int>) -> XPathError {
        guard span == nil else { return self }
        return XPathError(code, message, span: place, namespace: namespace, value: value)
    }
}
