extension ScenarioReader {
    /// One line under `expect:`: a kind with its argument, and `requirements`, `severity`, `title`.
    mutating func expectation(_ value: SourceValue) -> Expectation? {
        let kinds = ExpectationKind.all.map(\.name)
        guard case .map(let entries, let location) = value else {
            diagnostics.report(
                value.location, "an expectation must be a mapping, found \(value.noun)",
                advice: "write '- status: 200'")
            return nil
        }
        var found: (kind: ExpectationKind, entry: SourceEntry)?
        var isUnknown = false
        for entry in entries where !Self.expectationKeys.contains(entry.key) {
            guard let kind = ExpectationKind.named(entry.key) else {
                isUnknown = true
                diagnostics.report(
                    entry.keyLocation, "unknown expectation '\(entry.key)'",
                    advice: Suggestion.advice(for: entry.key, among: kinds + Self.expectationKeys)
                        ?? "known: \(kinds.joined(separator: ", "))",
                    length: entry.key.unicodeScalars.count)
                continue
            }
            if let first = found {
                diagnostics.report(
                    entry.keyLocation, "an expectation holds one kind, found '\(first.kind.name)' and '\(kind.name)'",
                    advice: "begin it with '- ' to make it another one", length: entry.key.unicodeScalars.count)
            } else {
                found = (kind, entry)
            }
        }
        let fields = Fields(value, of: "an expectation", keys: entries.map(\.key), &diagnostics)
        let requirements = fields?.texts("requirements", &diagnostics) ?? []
        checkNames(requirements)
        let severity = fields?.choice("severity", of: Severity.allCases.map(\.rawValue), &diagnostics)
        let title = fields?.localized("title", &diagnostics)
        guard let (kind, entry) = found else {
            if !isUnknown {
                diagnostics.report(
                    location, "an expectation lacks its kind", advice: "known: \(kinds.joined(separator: ", "))")
            }
            return nil
        }
        checkShape(of: entry, kind)
        return Expectation(
            kind: kind.name, argument: entry.value, requirements: requirements.map(\.text), title: title,
            severity: severity.flatMap(Severity.init(rawValue:)) ?? .violation, location: location)
    }

    private mutating func checkNames(_ requirements: [(text: String, location: SourceLocation)]) {
        guard let known = vocabulary.requirements else { return }
        for (id, location) in requirements where !known.contains(id) {
            diagnostics.report(
                location, "unknown requirement '\(id)'",
                advice: Suggestion.advice(for: id, among: known) ?? "add it to requirements.yaml")
        }
    }

    private mutating func checkShape(of entry: SourceEntry, _ kind: ExpectationKind) {
        let value = entry.value
        switch kind.shape {
        case .text:
            _ = diagnostics.text(value, "'\(kind.name)'")
        case .textsOrMap:
            if case .map = value { return }
            _ = diagnostics.texts(value, "'\(kind.name)'")
        case .texts:
            _ = diagnostics.texts(value, "'\(kind.name)'")
        case .integers:
            let items: [SourceValue] = if case .list(let items, _) = value { items } else { [value] }
            for item in items {
                if let text = item.scalar, Int(text) != nil || !Placeholder.all(in: text).isEmpty { continue }
                diagnostics.report(item.location, "'\(kind.name)' must be a whole number, found \(item.noun)")
            }
        case .flag:
            if value.scalar == "true" || value.scalar == "false" { return }
            diagnostics.report(value.location, "'\(kind.name)' must be true or false, found \(value.noun)")
        case .map:
            if case .map = value { return }
            diagnostics.report(
                value.location, "'\(kind.name)' must be a mapping, found \(value.noun)", advice: "write 'name: value'")
        }
    }
}
