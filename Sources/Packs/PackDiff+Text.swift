public import Conformance

extension PackDiff {
    /// Whether nothing differs.
    public var isEmpty: Bool {
        schemas.isEmpty && failures.isEmpty && valueSets.came.isEmpty && valueSets.went.isEmpty
            && valueSets.changed.isEmpty
    }

    /// The comparison as lines for a reader: `+` came, `-` went, `~` changed.
    public func lines(_ language: Language) -> [String] {
        let french = language == .fr
        var lines: [String] = []
        for schema in schemas {
            let counts = "+\(schema.came.count) -\(schema.went.count) ~\(schema.changed.count)"
            let state =
                switch schema.state {
                case .came: french ? "nouveau schéma" : "new schema"
                case .went: french ? "schéma retiré" : "schema taken away"
                case .changed: french ? "schéma modifié" : "schema changed"
                }
            lines.append("\(schema.schema): \(state) (\(counts))")
            // A schema that came or went whole says it by its count.
            guard schema.state == .changed else { continue }
            lines += schema.came.flatMap { Self.lines("+", $0) }
            lines += schema.went.flatMap { Self.lines("-", $0) }
            for change in schema.changed { lines += Self.lines(change) }
        }
        for (sign, files) in [("+", valueSets.came), ("-", valueSets.went), ("~", valueSets.changed)] {
            lines += files.map { "\(sign) \($0)" }
        }
        lines += failures.map { "! \($0.pack): \($0.schema): \($0.message)" }
        lines.append(
            french
                ? "\(sameSchemas) schémas identiques, \(schemas.count) différents ; jeux de valeurs : "
                    + "+\(valueSets.came.count) -\(valueSets.went.count) ~\(valueSets.changed.count)"
                : "\(sameSchemas) schemas alike, \(schemas.count) different; value sets: "
                    + "+\(valueSets.came.count) -\(valueSets.went.count) ~\(valueSets.changed.count)")
        return lines
    }

    private static func lines(_ sign: String, _ assertion: Assertion) -> [String] {
        ["  \(sign) \(assertion.id): \(assertion.message)", "      \(assertion.context) | \(assertion.test)"]
    }

    private static func lines(_ change: Change) -> [String] {
        let ids = change.old.id == change.new.id ? change.new.id : "\(change.old.id) → \(change.new.id)"
        var lines = ["  ~ \(ids): \(change.members.joined(separator: ", "))"]
        for member in change.members {
            let (old, new) =
                switch member {
                case "context": (change.old.context, change.new.context)
                case "test": (change.old.test, change.new.test)
                case "role": (change.old.role, change.new.role)
                default: (change.old.message, change.new.message)
                }
            lines += ["      - \(old)", "      + \(new)"]
        }
        return lines
    }
}

/// A layer of a document whose verdict two packs give differently.
public struct VerdictChange: Hashable, Sendable {
    /// The layer, or `*` for the whole document.
    public let layer: String
    /// The verdict by the first pack; nil where it has no such layer.
    public let old: Verdict?
    /// The verdict by the second pack; nil where it has no such layer.
    public let new: Verdict?

    /// The layers that differ, the whole document first.
    public static func between(_ old: PackJudgement, _ new: PackJudgement) -> [VerdictChange] {
        var changes: [VerdictChange] = []
        if old.verdict != new.verdict { changes.append(.init(layer: "*", old: old.verdict, new: new.verdict)) }
        var names = old.layers.map(\.layer)
        names += new.layers.map(\.layer).filter { !names.contains($0) }
        for name in names {
            let before = old.layers.first { $0.layer == name }?.verdict
            let after = new.layers.first { $0.layer == name }?.verdict
            if before != after { changes.append(.init(layer: name, old: before, new: after)) }
        }
        return changes
    }
}
