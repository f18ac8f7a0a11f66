public import XML

/// What an evaluation asks the world for. It never opens a file or a socket by itself.
public protocol XPathHost: Sendable {
    /// The document that `fn:doc` or XSLT's `document()` names, or nil where there is none.
    ///
    /// `uri` is as written; `base` is the URI to resolve it against, the static one or that of a node. The same file
    /// must give the same object each time, or its nodes are not identical.
    func document(_ uri: String, base: String?) throws(XPathError) -> Document?

    /// The nodes of a collection, nil for the default one; nil where there is no such collection.
    func collection(_ uri: String?) throws(XPathError) -> [Node]?

    /// The absolute URI of a document that it gave out, for `fn:base-uri` and `fn:document-uri`.
    func uri(of document: Document) -> String?

    /// What a DTD declares an attribute to be, for `fn:id` and `fn:idref`; nil for any other. `xml:id` needs no DTD.
    func role(ofAttribute attribute: Node) -> XPathAttributeRole?
}

/// The attribute types of a DTD that `fn:id` and `fn:idref` look for.
public enum XPathAttributeRole: Sendable {
    /// `ID`
    case identifier
    /// `IDREF` or `IDREFS`
    case reference
}

extension XPathHost {
    /// No document.
    public func document(_ uri: String, base: String?) throws(XPathError) -> Document? { nil }

    /// No collection.
    public func collection(_ uri: String?) throws(XPathError) -> [Node]? { nil }

    /// No URI.
    public func uri(of document: Document) -> String? { nil }

    /// No DTD.
    public func role(ofAttribute attribute: Node) -> XPathAttributeRole? { nil }
}

/// The clock and the limits of an evaluation.
public struct XPathSettings: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z that `fn:current-dateTime` tells; nil reads the clock once an evaluation.
    public var currentTime: Int?
    /// The implicit time zone, in minutes east of UTC.
    public var implicitTimezone = 0
    /// The most items of one sequence; beyond is XPDY0130.
    public var maximumItems = 10_000_000
    /// The most steps (turns of a loop) of an expression; beyond is XPDY0130.
    public var maximumSteps = 200_000_000
    /// The most steps of all expressions of one evaluation together; beyond, each further one is XPDY0130.
    public var maximumTotalSteps: Int?
    /// When all evaluation ends with XPDY0130; looked at about every millisecond.
    public var deadline: ContinuousClock.Instant?
    /// The longest text that an evaluation makes, in bytes; beyond is XPDY0130.
    public var maximumTextLength = 256 << 20

    /// The defaults: the clock, UTC, ten million items, two hundred million steps.
    public init() {}
}
