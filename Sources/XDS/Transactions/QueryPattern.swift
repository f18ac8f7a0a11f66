/// A text with the wildcards of a stored query: `%` for any characters, `_` for one; `\` takes their meaning away.
///
/// Source: IHE ITI TF-2 3.18.4.1.2.3.5: LIKE of SQL-92, for AuthorPerson.
public struct QueryPattern: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case text(Character), one, any
    }

    private let pieces: [Piece]

    /// A pattern.
    public init(_ text: String) {
        var pieces: [Piece] = []
        var isEscaped = false
        var run = ""
        // By scalars: a wildcard that a combining mark follows is one all the same. What lies between is characters.
        func endRun() {
            pieces += run.map { .text($0) }
            run = ""
        }
        for scalar in text.unicodeScalars {
            if isEscaped {
                run.unicodeScalars.append(scalar)
                isEscaped = false
                continue
            }
            switch scalar {
            case "\\": isEscaped = true
            case "_":
                endRun()
                pieces.append(.one)
            case "%":
                endRun()
                // Several % together mean one: matching stays linear in practice.
                if pieces.last != .any { pieces.append(.any) }
            default: run.unicodeScalars.append(scalar)
            }
        }
        if isEscaped { run += "\\" }
        endRun()
        self.pieces = pieces
    }

    /// Whether the whole of `text` is matched.
    public func matches(_ text: String) -> Bool {
        let characters = Array(text)
        var (position, piece) = (0, 0)
        // The last % and where its match began: the only place to which a failure has to go back.
        var (restart, wildcard): (Int, Int?) = (0, nil)
        while position < characters.count {
            if piece < pieces.count, pieces[piece] == .any {
                wildcard = piece
                restart = position
                piece += 1
            } else if piece < pieces.count, fits(pieces[piece], characters[position]) {
                position += 1
                piece += 1
            } else if let wildcard {
                restart += 1
                position = restart
                piece = wildcard + 1
            } else {
                return false
            }
        }
        return pieces[piece...].allSatisfy { $0 == .any }
    }

    private func fits(_ piece: Piece, _ character: Character) -> Bool {
        switch piece {
        case .text(let own): own == character
        case .one: true
        case .any: false
        }
    }
}

extension StoredQuery {
    /// What the slots called `name` ask: each slot is one clause, and all clauses hold; in a clause one value is enough.
    ///
    /// Source: IHE ITI TF-2 3.18.4.1.2.3.5: AND across slots of the same name, OR inside of one.
    public func clauses(_ name: String) -> [[String]] {
        parameters(name).map(\.literals).filter { !$0.isEmpty }
    }

    /// Whether `found` satisfies every clause of `name`; a query without that parameter asks nothing.
    public func accepts(_ name: String, _ found: [String]) -> Bool {
        clauses(name).allSatisfy { clause in clause.contains { found.contains($0) } }
    }

    /// Whether one of `found` satisfies each clause of `name`, whose values are patterns.
    public func acceptsPattern(_ name: String, _ found: [String]) -> Bool {
        clauses(name).allSatisfy { clause in
            clause.contains { text in
                let pattern = QueryPattern(text)
                return found.contains { pattern.matches($0) }
            }
        }
    }

    /// Whether a code is asked: `code^^scheme`, the display name in the middle not counted.
    public func acceptsCode(_ name: String, _ found: [CodedValue]) -> Bool {
        clauses(name).allSatisfy { clause in
            clause.contains { text in
                guard let code = CodedValue(queryText: text) else { return false }
                return found.contains { $0.matches(code) }
            }
        }
    }

    /// Whether `time` lies between the slots `<name>From`, which counts in, and `<name>To`, which counts out.
    ///
    /// Source: IHE ITI TF-2 3.18.4.1.2.3.7.1. An object without that time is not found.
    public func acceptsTime(_ name: String, _ time: DTM?) -> Bool {
        let (from, to) = (text("\(name)From"), text("\(name)To"))
        guard from != nil || to != nil else { return true }
        guard let time else { return false }
        if let from, time.earliest < DTM(from).earliest { return false }
        if let to, time.earliest >= DTM(to).earliest { return false }
        return true
    }
}

extension StoredQuery.Parameter {
    /// `$name` = `'text'`.
    public static func string(_ name: String, _ text: String) -> Self { Self(name, [QueryValue.string(text).written]) }

    /// `$name` = `('a','b')`.
    public static func list(_ name: String, _ texts: [String]) -> Self { Self(name, [QueryValue.list(texts).written]) }

    /// `$name` = `('code^^scheme',…)`.
    public static func codes(_ name: String, _ codes: [CodedValue]) -> Self { list(name, codes.map(\.queryText)) }

    /// `$name` = `20240101`.
    public static func time(_ name: String, _ time: DTM) -> Self { Self(name, [QueryValue.number(time.text).written]) }
}

extension CodedValue {
    /// Reads `code^^scheme`; nil where it is not of three components.
    public init?(queryText: String) {
        let fields = HL7Fields(queryText, separator: "^")
        guard fields.count == 3, !fields[1].isEmpty, !fields[3].isEmpty else { return nil }
        self.init(fields[1], fields[3], fields[2])
    }
}
