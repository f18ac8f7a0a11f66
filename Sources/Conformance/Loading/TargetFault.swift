/// What is wrong with a value of a target file that is written as it should be: a wrong key, a certificate out of date.
public struct TargetFault: Error, Sendable, Hashable {
    /// The keys that lead to the value: `["tls", "expired", "p12"]`.
    public var keys: [String]
    /// The keys that lead to it where it stands under another name.
    public var otherKeys: [String]
    /// What is wrong, with what was expected and what was found.
    public var message: String
    /// What to mend.
    public var advice: String?

    /// A fault of the value at `keys`.
    public init(_ keys: [String], or otherKeys: [String] = [], _ message: String, advice: String? = nil) {
        self.keys = keys
        self.otherKeys = otherKeys
        self.message = message
        self.advice = advice
    }

    /// The place of the value in the file, or of the last key on the way that is there.
    func location(in root: SourceValue) -> SourceLocation {
        let (one, other) = (Self.value(of: keys, in: root), Self.value(of: otherKeys, in: root))
        return (one.depth >= other.depth ? one : other).value.location
    }

    private static func value(of keys: [String], in root: SourceValue) -> (depth: Int, value: SourceValue) {
        var found = (depth: 0, value: root)
        for key in keys {
            guard case .map(let entries, _) = found.value, let entry = entries.first(where: { $0.key == key }) else {
                break
            }
            found = (found.depth + 1, entry.value)
        }
        return found
    }
}
