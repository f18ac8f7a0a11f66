internal import Yams

/// Reads one YAML document into a `SourceValue`, under limits.
///
/// Anchors and aliases are read, but what they unfold to is bounded: a file of a few hundred bytes can stand for
/// thousands of millions of nodes.
enum YAMLReader {
    /// The most nodes that a file may hold, aliases unfolded.
    static let maximumNodes = 100_000
    /// The deepest nesting.
    static let maximumDepth = 64

    /// The root of the document.
    static func read(_ file: SourceFile) throws(LoadError) -> SourceValue {
        let start = SourceLocation(file: file.name, line: 1)
        try refuseAliasBombs(file)
        let root: Node?
        do {
            root = try Parser(yaml: file.text, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw located(error, in: file)
        } catch {
            throw LoadError(start, "the YAML cannot be read: \(error)")
        }
        guard let root, root.mark != nil, !(root.scalar.map { $0.string.isEmpty } ?? false) else {
            throw LoadError(start, "the file is empty", advice: "see the other files beside it for the expected keys")
        }
        var count = 0
        return try convert(root, at: start, depth: 0, count: &count, in: file)
    }

    private static func convert(
        _ node: Node, at parent: SourceLocation, depth: Int, count: inout Int, in file: SourceFile
    ) throws(LoadError) -> SourceValue {
        let location = node.mark.map { SourceLocation(file: file.name, line: $0.line, column: $0.column) } ?? parent
        count += 1
        guard count <= maximumNodes else {
            throw file.error(
                location, "the file unfolds to more than \(maximumNodes) values",
                advice: "write fewer values, or no aliases (*name)", length: 1)
        }
        guard depth <= maximumDepth else {
            throw file.error(
                location, "values are nested more than \(maximumDepth) deep", advice: "flatten the file", length: 1)
        }
        switch node {
        case .scalar(let scalar):
            return .scalar(scalar.string, location)
        case .sequence(let sequence):
            var items: [SourceValue] = []
            for item in sequence {
                items.append(try convert(item, at: location, depth: depth + 1, count: &count, in: file))
            }
            return .list(items, location)
        case .mapping(let mapping):
            var entries: [SourceEntry] = []
            for (key, value) in mapping {
                let keyLocation =
                    key.mark.map { SourceLocation(file: file.name, line: $0.line, column: $0.column) } ?? location
                guard let name = key.scalar?.string else {
                    throw file.error(keyLocation, "a key must be text, a list or mapping was found", length: 1)
                }
                let converted = try convert(value, at: keyLocation, depth: depth + 1, count: &count, in: file)
                entries.append(SourceEntry(key: name, keyLocation: keyLocation, value: converted))
            }
            return .map(entries, location)
        case .alias:
            throw file.error(location, "an alias was not resolved", advice: "write the value out")
        }
    }

    /// Refuses a file whose aliases could unfold beyond reason before the parser compares what they stand for.
    ///
    /// `n` anchors whose values hold `k` aliases each stand for at most `kⁿ` values.
    private static func refuseAliasBombs(_ file: SourceFile) throws(LoadError) {
        var anchors = 0
        var aliases = 0
        var first: SourceLocation?
        for (index, line) in file.lines.enumerated() {
            var previous: Unicode.Scalar = " "
            for (column, scalar) in line.unicodeScalars.enumerated() {
                defer { previous = scalar }
                guard scalar == "&" || scalar == "*", " \t[{,:-?".unicodeScalars.contains(previous) else { continue }
                if scalar == "&" { anchors += 1 } else { aliases += 1 }
                first = first ?? SourceLocation(file: file.name, line: index + 1, column: column + 1)
            }
        }
        guard let first, anchors > 1 else { return }
        let fanOut = max(1, aliases / anchors)
        var unfolded = 1
        for _ in 0..<anchors where fanOut > 1 {
            unfolded *= fanOut
            guard unfolded <= 1_000_000 else {
                throw file.error(
                    first, "\(anchors) anchors and \(aliases) aliases could unfold to millions of values",
                    advice: "write the values out instead of nesting aliases", length: 1)
            }
        }
    }

    private static func located(_ error: YamlError, in file: SourceFile) -> LoadError {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let location = SourceLocation(file: file.name, line: mark.line, column: mark.column)
            if problem.contains("another document") {
                return file.error(location, "a second YAML document begins here", advice: "one document per file")
            }
            if let line = file.line(mark.line), line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
                let column = (line.firstIndex(of: "\t").map { line.distance(from: line.startIndex, to: $0) } ?? 0) + 1
                return file.error(
                    SourceLocation(file: file.name, line: mark.line, column: column), "a tab indents this line",
                    advice: "YAML is indented with spaces", length: 1)
            }
            let whole = context.map { "\(problem) \($0.text) that begins at line \($0.mark.line)" } ?? problem
            return file.error(location, "broken YAML: \(whole)", advice: advice(for: problem), length: 1)
        case .reader(let problem, let offset, _, _):
            let before = SourceFile(name: file.name, text: String(file.text.prefix(offset ?? 0)))
            let location = SourceLocation(
                file: file.name, line: before.lines.count,
                column: (before.lines.last?.unicodeScalars.count ?? 0) + 1)
            return file.error(location, "broken YAML: \(problem)", advice: "remove the character", length: 1)
        case .duplicatedKeysInMapping(let duplicates, let context):
            return duplicate(duplicates.first ?? "", first: context.mark, in: file)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return LoadError(SourceLocation(file: file.name, line: 1), "the YAML cannot be read: \(error)")
        }
    }

    private static func advice(for problem: String) -> String? {
        if problem.contains("mapping values are not allowed") {
            return "put the text between quotes when it holds ': '"
        }
        if problem.contains("did not find expected key") || problem.contains("did not find expected '-'") {
            return "align it with its siblings"
        }
        if problem.contains("cannot start any token") {
            return "put the text between quotes"
        }
        return nil
    }

    private static func duplicate(_ key: String, first mark: Mark, in file: SourceFile) -> LoadError {
        let again = file.lines.enumerated().dropFirst(mark.line).first { _, line in
            line.unicodeScalars.dropFirst(mark.column - 1).starts(with: "\(key):".unicodeScalars)
                && line.prefix(max(0, mark.column - 1)).allSatisfy { $0 == " " || $0 == "-" }
        }
        let line = again.map { $0.offset + 1 } ?? mark.line
        return file.error(
            SourceLocation(file: file.name, line: line, column: mark.column), "duplicate key '\(key)'",
            advice: line == mark.line ? "keep one of them" : "it is at line \(mark.line) already: keep one of them",
            length: key.unicodeScalars.count)
    }
}
