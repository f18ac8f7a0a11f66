/// One breach of a schema.
public struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// libxml2's sentence.
    public let message: String
    /// The line that libxml2 tells, from 1: the one on which the start tag of the element *ends*, as in xmllint.
    public let line: Int
    /// The column, from 1, in code points, where the element's start tag begins; where it begins on an earlier line,
    /// that of the first character of `line` that is no blank.
    public let column: Int
    /// libxml2's number of the fault (`xmlParserErrors`), 1871 for an element that is not expected.
    public let code: Int
    /// The element's `Node.path`; empty where no element is to blame.
    public let path: String
    /// Where the element's start tag begins in the given bytes; nil where no element is to blame.
    public let byteOffset: Int?
    /// The line on which the element's start tag begins, from 1.
    public let startLine: Int

    /// `line:column: message`.
    public var description: String { "\(line):\(column): \(message)" }
}
