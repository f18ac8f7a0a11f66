internal import Conformance

/// The named texts of a scenario: its variables, what earlier steps captured, and what the run gives.
struct Variables: Sendable {
    private var values: [String: String] = [:]

    init(_ values: [String: String] = [:]) { self.values = values }

    subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Every name, sorted.
    var names: [String] { values.keys.sorted() }

    /// `text` with each `${name}` replaced; `$${` stands for `${`.
    ///
    /// - Throws: `MissingVariable` for a name that nothing has set.
    func expand(_ text: String) throws(MissingVariable) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            let after = rest[rest.index(after: dollar)...]
            if after.hasPrefix("${") {
                result += "${"
                rest = after.dropFirst(2)
            } else if after.first == "{", let close = after.firstIndex(of: "}") {
                let name = String(after[after.index(after: after.startIndex)..<close])
                guard let value = values[name] else { throw MissingVariable(name: name) }
                result += value
                rest = after[after.index(after: close)...]
            } else {
                result += "$"
                rest = after
            }
        }
        return result + rest
    }
}

/// A `${name}` that nothing has set.
struct MissingVariable: Error {
    let name: String
}
