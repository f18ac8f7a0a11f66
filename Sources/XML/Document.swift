/// An XML document, frozen: arrays that any number of threads may read at once.
///
/// The tree is that of XPath: CDATA sections are text, adjoining texts are one node, namespace declarations are no
/// attributes. A DOCTYPE is refused (`XMLError.Code.doctype`), hence there are no entities but XML's five.
public final class Document: Sendable {
    /// The name it goes by in messages, a file's path for one.
    public let name: String
    /// The bytes as they were given.
    public let bytes: [UInt8]
    /// The nodes.
    package let nodes: NodeTable
    package let siblingPlaces = SiblingPlaces()
    let source: SourceText
    private let documentElementIndex: Int32

    /// Parses `bytes` under the limits of `options`.
    ///
    /// UTF-8, UTF-16 and whatever encoding libxml2 knows are read. The error says the place of the first fault.
    public init(parsing bytes: [UInt8], name: String = "", options: ParsingOptions = .init()) throws(XMLError) {
        self.name = name
        self.bytes = bytes
        source = try SourceText(bytes, options)
        nodes = try TreeBuilder.build(source, options)
        var child = nodes.firstChild(0)
        while child < nodes.end[0], nodes.kind[Int(child)] != .element { child = nodes.end[Int(child)] }
        documentElementIndex = child
    }

    /// The document node.
    public var root: Node { Node(document: self, index: 0) }

    /// The outermost element.
    public var documentElement: Node { Node(document: self, index: documentElementIndex) }

    /// Whether the bytes start with a byte order mark.
    public var hasByteOrderMark: Bool { source.hasByteOrderMark }

    /// The count of blanks before the XML declaration or the first tag; see `ParsingOptions.toleratesLeadingBlanks`.
    public var leadingBlanks: Int { source.leadingBlanks }

    /// The document in UTF-8: the bytes themselves, or transcoded. `NodeTable.position` counts in it.
    package var text: [UInt8] { source.text }
}
