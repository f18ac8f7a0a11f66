/// A line of a table written as text: words, then a rest that may hold spaces.
struct TableLine {
    private var bytes: Substring.UTF8View

    /// What `make` reads of each line of `table`; a nil leaves the line out.
    static func parse<T>(_ table: StaticString, _ make: (inout TableLine) -> T?) -> [T] {
        table.description.split(separator: "\n").compactMap { text in
            var line = TableLine(bytes: text.utf8)
            return make(&line)
        }
    }

    /// Takes the next word.
    mutating func word() -> String {
        let end = bytes.firstIndex(of: 0x20) ?? bytes.endIndex
        let word = String(Substring(bytes[..<end]))
        bytes = end == bytes.endIndex ? bytes[end...] : bytes[bytes.index(after: end)...]
        return word
    }

    /// What is left.
    func rest() -> String { String(Substring(bytes)) }
}
