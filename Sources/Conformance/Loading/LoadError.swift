/// What the author of a file wrote wrong: where, what, and how to mend it.
public struct LoadError: Error, Sendable, Hashable {
    /// Where.
    public var location: SourceLocation
    /// What is wrong, with what was expected and what was found.
    public var message: String
    /// What to do: `did you mean 'expect'?`.
    public var advice: String?
    /// The line of the file, for the caret.
    public var excerpt: String?
    /// How many columns the caret underlines.
    public var length: Int

    /// An author's error.
    public init(
        _ location: SourceLocation, _ message: String, advice: String? = nil, excerpt: String? = nil, length: Int = 1
    ) {
        self.location = location
        self.message = message
        self.advice = advice
        self.excerpt = excerpt
        self.length = length
    }
}
