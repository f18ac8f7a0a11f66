/// One `rim:Value` of a stored query: `'text'`, `20240101`, `('a','b')`.
///
/// Source: IHE ITI TF-2 3.18.4.1.2.3.5: strings in single quotes, a quote inside doubled, numbers bare, lists between
/// parentheses.
public struct QueryValue: Sendable, Hashable {
    /// One literal.
    public struct Literal: Sendable, Hashable {
        /// The text, quotes undone.
        public var text: String
        /// Whether it stood in single quotes.
        public var isQuoted: Bool

        /// A literal.
        public init(_ text: String, isQuoted: Bool = true) {
            self.text = text
            self.isQuoted = isQuoted
        }

        /// Whether it is digits only.
        public var isNumber: Bool { !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }

        var written: String {
            guard isQuoted else { return text }
            let pieces = text.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false).map { String($0) }
            return "'" + pieces.joined(separator: "''") + "'"
        }
    }

    /// The literals.
    public var literals: [Literal]
    /// Whether they stood between parentheses.
    public var isList: Bool
    /// What the syntax of the value breaks; nil when nothing does.
    public var defect: String?

    /// A list of strings: `('a','b')`.
    public static func list(_ texts: [String]) -> QueryValue { QueryValue(texts.map { Literal($0) }, isList: true) }

    /// A string: `'a'`.
    public static func string(_ text: String) -> QueryValue { QueryValue([Literal(text)], isList: false) }

    /// A number: `20240101`.
    public static func number(_ text: String) -> QueryValue {
        QueryValue([Literal(text, isQuoted: false)], isList: false)
    }

    /// A value.
    public init(_ literals: [Literal], isList: Bool) {
        self.literals = literals
        self.isList = isList
    }

    /// The value as it is written.
    public var written: String {
        let text = literals.map(\.written).joined(separator: ",")
        return isList ? "(\(text))" : text
    }

    /// Reads a value as well as it goes; what breaks the syntax is kept in `defect`.
    public init(parsing text: String) {
        var scanner = Scanner(text)
        isList = scanner.take("(")
        literals = []
        repeat {
            guard let literal = scanner.literal() else {
                scanner.defect = scanner.defect ?? "an empty literal"
                break
            }
            literals.append(literal)
        } while scanner.take(",")
        if isList, !scanner.take(")") { scanner.defect = scanner.defect ?? "the list has no closing parenthesis" }
        if !scanner.isAtEnd { scanner.defect = scanner.defect ?? "text after the value" }
        if !isList, literals.count > 1 { scanner.defect = scanner.defect ?? "a list without parentheses" }
        for literal in literals where !literal.isQuoted && !literal.isNumber {
            scanner.defect = scanner.defect ?? "a string without single quotes"
        }
        defect = scanner.defect
    }

    /// Scans scalars: a quote or comma that a combining mark follows is one all the same.
    private struct Scanner {
        private let scalars: [Unicode.Scalar]
        private var index = 0
        var defect: String?

        init(_ text: String) { scalars = Array(text.unicodeScalars) }

        var isAtEnd: Bool { scalars[index...].allSatisfy(\.properties.isWhitespace) }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            skipBlanks()
            guard index < scalars.count, scalars[index] == scalar else { return false }
            index += 1
            return true
        }

        mutating func literal() -> Literal? {
            skipBlanks()
            guard index < scalars.count else { return nil }
            return scalars[index] == "'" ? quoted() : bare()
        }

        private mutating func quoted() -> Literal {
            index += 1
            var text = String.UnicodeScalarView()
            while index < scalars.count {
                if scalars[index] == "'" {
                    guard index + 1 < scalars.count, scalars[index + 1] == "'" else {
                        index += 1
                        return Literal(String(text))
                    }
                    index += 1
                }
                text.append(scalars[index])
                index += 1
            }
            defect = defect ?? "a quote is not closed"
            return Literal(String(text))
        }

        private mutating func bare() -> Literal? {
            let start = index
            while index < scalars.count, !",()".unicodeScalars.contains(scalars[index]) { index += 1 }
            let text = String(String.UnicodeScalarView(scalars[start..<index])).trimmedLine
            return text.isEmpty ? nil : Literal(text, isQuoted: false)
        }

        private mutating func skipBlanks() {
            while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
        }
    }
}
