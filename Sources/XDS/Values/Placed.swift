public import XML

/// Where a value was read; it never counts when values are compared.
public struct ReadPlace: Sendable, Hashable {
    /// The element.
    public let node: Node?

    /// A place; nil for a value that was made, not read.
    public init(_ node: Node? = nil) { self.node = node }

    /// Always equal: two values are the same wherever they stand.
    public static func == (left: ReadPlace, right: ReadPlace) -> Bool { true }

    /// Hashes nothing, as `==` compares nothing.
    public func hash(into hasher: inout Hasher) {}
}
