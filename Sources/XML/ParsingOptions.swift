/// The limits under which a document is read.
///
/// There is no way to allow a DTD, entities other than the five of XML, or the network.
public struct ParsingOptions: Hashable, Sendable {
    /// The greatest document, in bytes; never more than 2 GiB.
    public var maximumSize = 64 << 20
    /// The greatest depth of elements.
    public var maximumDepth = 256
    /// The most attributes and namespace declarations on one element.
    public var maximumAttributes = 1024
    /// The most namespace declarations in scope at once.
    public var maximumNamespaces = 512
    /// The most nodes, attributes included.
    public var maximumNodes = 8_000_000
    /// The longest prefix, local name, processing instruction target or namespace name, in bytes.
    public var maximumNameLength = 1024
    /// The longest text or attribute value, in bytes.
    public var maximumTextLength = 64 << 20
    /// Whether blanks before the XML declaration, or before the first tag, are stepped over and told by
    /// `Document.leadingBlanks` instead of refused. They are not XML, but senders produce them.
    public var toleratesLeadingBlanks = false

    public init() {}
}
