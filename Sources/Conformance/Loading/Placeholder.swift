/// A `${name}` in a text: a variable, a capture, or a fact of the run.
///
/// `$${` stands for a literal `${`.
public struct Placeholder: Sendable, Hashable {
    /// What stands between the braces, without blanks around it.
    public let name: String
    /// Where it begins, in Unicode scalars from the start of the text.
    public let offset: Int
    /// Its length in Unicode scalars, braces included.
    public let length: Int

    /// The dotted names that the runner knows without being told: `${exam.studyInstanceUID}`.
    public static let namespaces = ["exam", "target", "run"]

    /// Every placeholder of `text`, in order; one that isn't closed has an empty name.
    public static func all(in text: String) -> [Placeholder] {
        let scalars = Array(text.unicodeScalars)
        var result: [Placeholder] = []
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "$" else {
                index += 1
                continue
            }
            if scalars[index...].starts(with: "$${".unicodeScalars) {
                index += 3
                continue
            }
            guard scalars[index...].starts(with: "${".unicodeScalars) else {
                index += 1
                continue
            }
            let end = scalars[index...].firstIndex(of: "}") ?? scalars.endIndex
            var name = String.UnicodeScalarView(scalars[min(index + 2, end)..<end].drop { $0 == " " })
            while name.last == " " { name.removeLast() }
            let length = min(end + 1, scalars.count) - index
            result.append(
                Placeholder(name: end == scalars.endIndex ? "" : String(name), offset: index, length: length))
            index += max(length, 1)
        }
        return result
    }
}
