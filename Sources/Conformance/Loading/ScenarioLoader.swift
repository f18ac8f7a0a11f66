/// What was read, and what its author wrote wrong.
public struct Loaded<Value: Sendable>: Sendable {
    /// The value, as far as it could be read.
    public let value: Value?
    /// Every error, in no order; a value with errors must not be run.
    public let errors: [LoadError]
}

/// The names that a scenario may use: nil where any will do.
public struct ScenarioVocabulary: Sendable {
    /// The profile that the scenario belongs to.
    public var profile: String
    /// Roles.
    public var actors: [String]?
    /// What `send:` may name.
    public var transactions: [String]?
    /// What `requirements:` may name.
    public var requirements: [String]?

    /// A vocabulary.
    public init(
        profile: String, actors: [String]? = nil, transactions: [String]? = nil, requirements: [String]? = nil
    ) {
        self.profile = profile
        self.actors = actors
        self.transactions = transactions
        self.requirements = requirements
    }
}

/// Loads scenarios from YAML, and reports every error with its place.
public enum ScenarioLoader {
    /// Loads the scenario at `path`; `name` stands for it in messages and records.
    public static func load(path: String, name: String, vocabulary: ScenarioVocabulary) -> Loaded<Scenario> {
        do throws(LoadError) {
            return read(try SourceFile.load(path: path, name: name), vocabulary)
        } catch {
            return Loaded(value: nil, errors: [error])
        }
    }

    /// Reads the scenario that `text` holds; `name` stands for it in messages and records.
    public static func read(text: String, name: String, vocabulary: ScenarioVocabulary) -> Loaded<Scenario> {
        read(SourceFile(name: name, text: text), vocabulary)
    }

    static func read(_ file: SourceFile, _ vocabulary: ScenarioVocabulary) -> Loaded<Scenario> {
        var reader = ScenarioReader(vocabulary: vocabulary, diagnostics: Diagnostics(file))
        do throws(LoadError) {
            let scenario = reader.scenario(try YAMLReader.read(file))
            return Loaded(value: scenario, errors: reader.diagnostics.errors)
        } catch {
            return Loaded(value: nil, errors: [error])
        }
    }
}

/// Reads the values of one scenario file.
struct ScenarioReader {
    static let keys = [
        "scenario", "title", "summary", "role", "requirements", "tags", "variables", "steps",
    ]
    static let stepKeys = ["send", "await", "check", "id", "title", "to", "with", "mutate", "capture", "expect"]
    static let expectationKeys = ["requirements", "severity", "title"]
    /// Where a capture is read from.
    static let captureKeys = ["xpath", "header", "entry", "value"]

    let vocabulary: ScenarioVocabulary
    var diagnostics: Diagnostics

    mutating func scenario(_ value: SourceValue) -> Scenario? {
        guard let fields = Fields(value, of: "a scenario", keys: Self.keys, &diagnostics) else { return nil }
        let id = fields.requiredIdentifier("scenario", &diagnostics)
        let title = fields.requiredLocalized("title", &diagnostics)
        let summary = fields.localized("summary", &diagnostics)
        let role = role(fields)
        let requirements = requirements(fields)
        let tags = fields.texts("tags", &diagnostics).map(\.text)
        let variables = variables(fields)
        let steps = steps(fields)
        guard let id, let title, let role else { return nil }
        return Scenario(
            id: id, title: title, summary: summary, profile: vocabulary.profile, role: role,
            requirements: requirements, tags: tags, variables: variables, steps: steps,
            location: SourceLocation(file: diagnostics.file.name, line: fields.location.line))
    }

    private mutating func role(_ fields: Fields) -> String? {
        guard let value = fields.required("role", &diagnostics),
            let role = diagnostics.text(value, "'role'")
        else { return nil }
        if let actors = vocabulary.actors, !actors.contains(role) {
            diagnostics.report(
                value.location, "unknown actor '\(role)'",
                advice: Suggestion.advice(for: role, among: actors)
                    ?? "actors of the profile: \(actors.joined(separator: ", "))")
        }
        return role
    }

    private mutating func requirements(_ fields: Fields) -> [(id: String, location: SourceLocation)] {
        let named = fields.texts("requirements", &diagnostics)
        var seen: Set<String> = []
        for (id, location) in named {
            if !seen.insert(id).inserted {
                diagnostics.report(location, "requirement '\(id)' is named twice", advice: "keep one of them")
            } else if let known = vocabulary.requirements, !known.contains(id) {
                diagnostics.report(
                    location, "unknown requirement '\(id)'",
                    advice: Suggestion.advice(for: id, among: known) ?? "add it to requirements.yaml")
            }
        }
        return named.map { (id: $0.text, location: $0.location) }
    }

    private mutating func variables(
        _ fields: Fields
    ) -> [(name: String, value: String, location: SourceLocation)] {
        fields.map("variables", &diagnostics).compactMap { entry in
            guard let value = entry.value.scalar else {
                diagnostics.report(
                    entry.value.location, "variable '\(entry.key)' must be text, found \(entry.value.noun)")
                return nil
            }
            diagnostics.checkIdentifier(entry.key, at: entry.keyLocation)
            return (entry.key, value, entry.keyLocation)
        }
    }

    private mutating func steps(_ fields: Fields) -> [Step] {
        guard fields.required("steps", &diagnostics) != nil else { return [] }
        let items = fields.list("steps", &diagnostics)
        if case .list(let items, let location)? = fields["steps"]?.value, items.isEmpty {
            diagnostics.report(location, "'steps' is empty", advice: "add a step: '- send: …'")
        }
        var taken: [String: SourceLocation] = [:]
        var steps: [Step] = []
        for item in items {
            guard let step = step(item, taken: &taken) else { continue }
            steps.append(step)
        }
        return steps
    }

    private mutating func step(_ value: SourceValue, taken: inout [String: SourceLocation]) -> Step? {
        guard let fields = Fields(value, of: "a step", keys: Self.stepKeys, &diagnostics) else { return nil }
        let action = action(fields)
        let id = stepID(fields, action: action, taken: &taken)
        let title = fields.localized("title", &diagnostics)
        let to = fields.text("to", &diagnostics)
        let arguments = fields.map("with", &diagnostics)
        let mutations = fields.texts("mutate", &diagnostics)
        let captures = captures(fields)
        let expectations = fields.list("expect", &diagnostics).compactMap { expectation($0) }
        guard let action else { return nil }
        return Step(
            id: id, title: title, action: action, to: to, with: arguments,
            mutations: mutations.map { (text: $0.text, location: $0.location) }, captures: captures,
            expectations: expectations, location: fields.location)
    }

    private mutating func action(_ fields: Fields) -> Step.Action? {
        let actions = ["send", "await", "check"].compactMap { fields[$0] }
        guard let action = actions.first else {
            diagnostics.report(
                fields.location, "a step lacks its action",
                advice: "begin it with '- send: …', '- await: …' or '- check: …'")
            return nil
        }
        if let second = actions.dropFirst().first {
            diagnostics.report(
                second.keyLocation, "a step holds one of 'send', 'await' and 'check', not two",
                advice: "make it two steps")
            return nil
        }
        switch action.key {
        case "send": return transaction(action).map { .send(transaction: $0) }
        case "await": return transaction(action).map { .receive(transaction: $0) }
        default: return diagnostics.text(action.value, "'check'").map { .check(subject: $0) }
        }
    }

    private mutating func transaction(_ entry: SourceEntry) -> String? {
        guard let transaction = diagnostics.text(entry.value, "'\(entry.key)'") else { return nil }
        if let known = vocabulary.transactions, !known.contains(transaction) {
            diagnostics.report(
                entry.value.location, "unknown transaction '\(transaction)'",
                advice: Suggestion.advice(for: transaction, among: known)
                    ?? "transactions of the profile: \(known.joined(separator: ", "))")
        }
        return transaction
    }

    /// The id that the author gave, or one made of the action, unique in the scenario.
    private mutating func stepID(
        _ fields: Fields, action: Step.Action?, taken: inout [String: SourceLocation]
    ) -> String {
        if fields["id"] != nil, let id = fields.requiredIdentifier("id", &diagnostics) {
            let location = fields["id"]?.value.location ?? fields.location
            if let first = taken.updateValue(location, forKey: id) {
                diagnostics.report(
                    location, "step id '\(id)' is used twice", advice: "the first is at line \(first.line)")
            }
            return id
        }
        let stem =
            switch action {
            case .send(let transaction)?, .receive(let transaction)?:
                transaction.lowercased().replacing(".", with: "-")
            case .check(let subject)?: subject.lowercased()
            case nil: "step"
            }
        var id = stem
        var number = 1
        while taken[id] != nil {
            number += 1
            id = "\(stem)-\(number)"
        }
        taken[id] = fields.location
        return id
    }

    private mutating func captures(
        _ fields: Fields
    ) -> [(name: String, value: SourceValue, location: SourceLocation)] {
        fields.map("capture", &diagnostics).map { entry in
            diagnostics.checkIdentifier(entry.key, at: entry.keyLocation)
            if let source = Fields(
                entry.value, of: "capture '\(entry.key)'", keys: Self.captureKeys, &diagnostics),
                case .map(let entries, let location) = entry.value
            {
                if entries.count != 1 {
                    diagnostics.report(
                        location, "capture '\(entry.key)' must hold one of \(Self.captureKeys.joined(separator: ", "))")
                }
                for key in Self.captureKeys { _ = source.text(key, &diagnostics) }
            }
            return (entry.key, entry.value, entry.keyLocation)
        }
    }
}
