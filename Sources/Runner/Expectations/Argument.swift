internal import Conformance

/// The argument of an expectation or step, read by shape; what does not fit is the author's error at its place.
struct Argument: Sendable {
    let value: SourceValue

    init(_ value: SourceValue) { self.value = value }

    /// One text.
    func text() throws(LoadError) -> String {
        guard case .scalar(let text, _) = value else {
            throw LoadError(value.location, "a text is expected here")
        }
        return text
    }

    /// One text or a list of texts.
    ///
    /// An empty list is refused, unless it means something: no transfer syntax, no instance.
    func texts(mayBeEmpty: Bool = false) throws(LoadError) -> [String] {
        guard case .list(let items, _) = value else { return [try text()] }
        guard !items.isEmpty || mayBeEmpty else {
            throw LoadError(value.location, "the list is empty: nothing would be judged")
        }
        var texts: [String] = []
        for item in items { texts.append(try Argument(item).text()) }
        return texts
    }

    /// One integer or a list of integers.
    func integers() throws(LoadError) -> [Int] {
        var numbers: [Int] = []
        for text in try texts() {
            guard let number = Int(text) else {
                throw LoadError(value.location, "a whole number is expected here, found '\(text)'")
            }
            numbers.append(number)
        }
        return numbers
    }

    /// `true`; `false` is refused, since an expectation that expects nothing is a mistake.
    func flag() throws(LoadError) {
        guard try text() == "true" else {
            throw LoadError(value.location, "'true' is expected here", advice: "remove the line to expect nothing")
        }
    }

    /// The entries of a mapping, whose keys must be among `keys`.
    func map(keys: [String]) throws(LoadError) -> [String: Argument] {
        guard case .map(let entries, _) = value else {
            throw LoadError(value.location, "a mapping of \(keys.joined(separator: ", ")) is expected here")
        }
        return try Argument.map(entries, keys: keys)
    }

    /// `entries` by key; a key that is not among `keys` is refused.
    static func map(_ entries: [SourceEntry], keys: [String]) throws(LoadError) -> [String: Argument] {
        var result: [String: Argument] = [:]
        for entry in entries {
            guard keys.contains(entry.key) else {
                throw LoadError(
                    entry.keyLocation, "unknown key '\(entry.key)'",
                    advice: "known here: \(keys.joined(separator: ", "))", length: entry.key.utf8.count)
            }
            result[entry.key] = Argument(entry.value)
        }
        return result
    }
}
