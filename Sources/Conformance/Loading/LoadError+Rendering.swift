extension LoadError: CustomStringConvertible {
    /// Where and what, the line with a caret, and what to do: three lines for a person.
    ///
    ///     Profiles/dim/x/scenarios/01.yaml:9:5: unknown key 'exepct'
    ///       9 |     exepct:
    ///         |     ^^^^^^ did you mean 'expect'?
    public var description: String {
        let head = "\(location): \(message)"
        guard let excerpt, !excerpt.allSatisfy(\.isWhitespace) else {
            return advice.map { "\(head)\n  \($0)" } ?? head
        }
        let scalars = Array(excerpt.unicodeScalars)
        // A long line is shown around the fault.
        let first = location.column > 100 ? location.column - 40 : 1
        let shown = scalars.dropFirst(first - 1).prefix(120)
        var line = String.UnicodeScalarView()
        for scalar in shown {
            line.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        let number = String(location.line)
        let gutter = String(repeating: " ", count: number.count)
        let offset = min(location.column - first, shown.count)
        let underline = String(repeating: "^", count: max(1, min(length, max(1, shown.count - offset))))
        let caret = String(repeating: " ", count: max(0, offset)) + underline
        let text = String(line).trimmedAtEnd
        return """
            \(head)
              \(number) | \(text)
              \(gutter) | \(caret)\(advice.map { " \($0)" } ?? "")
            """
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var view = self[...]
        while view.last?.isWhitespace ?? false { view.removeLast() }
        return String(view)
    }
}

/// Every author's error of one or several files.
public struct LoadErrors: Error, Sendable, CustomStringConvertible {
    /// In the order of files, then of places.
    public let errors: [LoadError]

    /// The errors, put in the order of files and places, each once.
    public init(_ errors: [LoadError]) {
        var seen: Set<LoadError> = []
        self.errors = errors.filter { seen.insert($0).inserted }.sorted {
            ($0.location.file, $0.location.line, $0.location.column, $0.message)
                < ($1.location.file, $1.location.line, $1.location.column, $1.message)
        }
    }

    /// All of them, for a person.
    public var description: String { errors.map(\.description).joined(separator: "\n") }
}
