internal import Conformance

/// One line under `mutate:`: an operator and its words.
struct Mutation: Sendable {
    let name: String
    let words: [String]
    let location: SourceLocation

    /// The mutations of `step`; an operator that is not among `known` is the author's error.
    ///
    /// `known` gives the number of words after each operator; the last word takes the rest of the line.
    static func all(of step: Step, known: [String: Int]) throws(LoadError) -> [Mutation] {
        var result: [Mutation] = []
        for mutation in step.mutations {
            let name = mutation.text.prefix { $0 != " " }
            guard let count = known[String(name)] else {
                throw LoadError(
                    mutation.location, "no mutation '\(name)' for this transaction",
                    advice: "known here: \(known.keys.sorted().joined(separator: ", "))", length: name.utf8.count)
            }
            let rest = mutation.text.dropFirst(name.count).drop { $0 == " " }
            let words = rest.isEmpty ? [] : rest.split(separator: " ", maxSplits: max(0, count - 1)).map(String.init)
            guard words.count == count else {
                throw LoadError(
                    mutation.location, "'\(name)' takes \(count) word(s), found \(words.count)",
                    length: mutation.text.utf8.count)
            }
            result.append(Mutation(name: String(name), words: words, location: mutation.location))
        }
        return result
    }
}
