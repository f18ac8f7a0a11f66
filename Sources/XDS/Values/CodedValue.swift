/// A code of an affinity domain: code, coding scheme, display name.
public struct CodedValue: Sendable, Hashable {
    /// The code.
    public var code: String
    /// The OID, or the name, of its coding scheme.
    public var scheme: String
    /// The words for people; they do not count when codes are compared with `is`.
    public var displayName: String
    /// Where it was read.
    public var place: ReadPlace

    /// A code.
    public init(_ code: String, _ scheme: String, _ displayName: String, place: ReadPlace = .init()) {
        self.code = code
        self.scheme = scheme
        self.displayName = displayName
        self.place = place
    }

    /// Whether both are the same code of the same scheme.
    public func matches(_ other: CodedValue) -> Bool { code == other.code && scheme == other.scheme }

    /// `code^^scheme`, as stored queries write it.
    public var queryText: String { "\(code)^^\(scheme)" }
}
