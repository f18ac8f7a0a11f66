/// One volet's folder while it is read: what was understood of it, and every error.
struct ProfileDraft: Sendable {
    static let profileKeys = ["profile", "version", "title", "sources", "actors", "transactions"]
    static let requirementKeys = ["id", "level", "fr", "en", "source", "certain", "actors", "notTested"]

    let folder: String
    let name: String
    /// The profile's id; the name of the parent folder where profile.yaml doesn't say.
    private(set) var id: String
    private(set) var errors: [LoadError] = []
    private(set) var requirements: [Requirement] = []
    private(set) var requirementsFile: SourceFile?
    private var head: Head?

    private struct Head: Sendable {
        var version: String
        var title: LocalizedText
        var sources: [String]
        var actors: [(actor: Actor, location: SourceLocation)]
        var transactions: [(transaction: Transaction, locations: [SourceLocation])]
        var file: SourceFile
    }

    init(folder: String, name: String) {
        self.folder = folder
        self.name = name
        let parts = name.split(separator: "/")
        id = String(parts.dropLast().last.flatMap { $0 == "Profiles" ? nil : $0 } ?? parts.last ?? "")
        readProfile()
        readRequirements()
    }

    /// The volet by its folder: `dim/acces-images`.
    var voletID: String { name.hasPrefix("Profiles/") ? String(name.dropFirst("Profiles/".count)) : name }
    var actorIDs: [String]? { head?.actors.map(\.actor.id) }
    var transactionIDs: [String]? { head?.transactions.map(\.transaction.id) }
    var requirementIDs: [String]? { requirementsFile.map { _ in requirements.map(\.id) } }

    /// The scenario files, by name.
    var scenarioFiles: [(path: String, name: String)] {
        Folder.names(in: "\(folder)/scenarios").filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
            .map { ("\(folder)/scenarios/\($0)", "\(name)/scenarios/\($0)") }
    }

    func profile(scenarios: [Scenario]) -> Profile? {
        guard let head else { return nil }
        return Profile(
            id: voletID, version: head.version, title: head.title, sources: head.sources,
            actors: head.actors.map(\.actor),
            transactions: head.transactions.map(\.transaction), requirements: requirements, scenarios: scenarios,
            location: SourceLocation(file: head.file.name, line: 1))
    }

    /// The errors that show only when the whole profile is known.
    func crossCheck(actors: [String]?) -> [LoadError] {
        guard let actors else { return [] }
        var errors: [LoadError] = []
        func check(_ id: String, _ location: SourceLocation, _ file: SourceFile) {
            guard !actors.contains(id) else { return }
            let advice =
                Suggestion.advice(for: id, among: actors) ?? "actors of the profile: \(actors.joined(separator: ", "))"
            errors.append(file.error(location, "unknown actor '\(id)'", advice: advice))
        }
        if let head {
            for (transaction, locations) in head.transactions {
                for (id, location) in zip([transaction.initiator, transaction.responder], locations) {
                    check(id, location, head.file)
                }
            }
        }
        if let requirementsFile {
            for requirement in requirements {
                for actor in requirement.actors { check(actor, requirement.location, requirementsFile) }
            }
        }
        return errors
    }

    // MARK: Reading

    private mutating func readProfile() {
        do throws(LoadError) {
            let file = try SourceFile.load(path: "\(folder)/profile.yaml", name: "\(name)/profile.yaml")
            let value = try YAMLReader.read(file)
            var diagnostics = Diagnostics(file)
            defer { errors += diagnostics.errors }
            guard let fields = Fields(value, of: "a profile", keys: Self.profileKeys, &diagnostics) else { return }
            if let id = fields.requiredIdentifier("profile", &diagnostics) { self.id = id }
            let version = fields.requiredText("version", &diagnostics)
            let title = fields.requiredLocalized("title", &diagnostics)
            let sources = fields.texts("sources", &diagnostics).map(\.text)
            let actors = Self.actors(fields, &diagnostics)
            let transactions = Self.transactions(fields, &diagnostics)
            guard let version, let title else { return }
            head = Head(
                version: version, title: title, sources: sources, actors: actors, transactions: transactions,
                file: file)
        } catch {
            errors.append(error)
        }
    }

    private static func actors(
        _ fields: Fields, _ diagnostics: inout Diagnostics
    ) -> [(actor: Actor, location: SourceLocation)] {
        _ = fields.required("actors", &diagnostics)
        var seen: Set<String> = []
        return fields.list("actors", &diagnostics).compactMap { item in
            guard let actor = Fields(item, of: "an actor", keys: ["id", "title"], &diagnostics) else { return nil }
            let id = actor.requiredIdentifier("id", &diagnostics)
            let title = actor.requiredLocalized("title", &diagnostics)
            guard let id, let title else { return nil }
            let location = actor["id"]?.value.location ?? actor.location
            if !seen.insert(id).inserted {
                diagnostics.report(location, "actor '\(id)' is defined twice", advice: "keep one of them")
            }
            return (Actor(id: id, title: title), location)
        }
    }

    private static func transactions(
        _ fields: Fields, _ diagnostics: inout Diagnostics
    ) -> [(transaction: Transaction, locations: [SourceLocation])] {
        _ = fields.required("transactions", &diagnostics)
        var seen: Set<String> = []
        return fields.list("transactions", &diagnostics).compactMap { item in
            let keys = ["id", "title", "initiator", "responder"]
            guard let transaction = Fields(item, of: "a transaction", keys: keys, &diagnostics) else { return nil }
            let id = transaction.requiredIdentifier("id", &diagnostics)
            let title = transaction.requiredLocalized("title", &diagnostics)
            let initiator = transaction.requiredText("initiator", &diagnostics)
            let responder = transaction.requiredText("responder", &diagnostics)
            guard let id, let title, let initiator, let responder else { return nil }
            if !seen.insert(id).inserted {
                diagnostics.report(
                    transaction["id"]?.value.location ?? transaction.location, "transaction '\(id)' is defined twice",
                    advice: "keep one of them")
            }
            let locations = ["initiator", "responder"].map { transaction[$0]?.value.location ?? transaction.location }
            return (Transaction(id: id, title: title, initiator: initiator, responder: responder), locations)
        }
    }

    private mutating func readRequirements() {
        do throws(LoadError) {
            let file = try SourceFile.load(path: "\(folder)/requirements.yaml", name: "\(name)/requirements.yaml")
            let value = try YAMLReader.read(file)
            var diagnostics = Diagnostics(file)
            defer { errors += diagnostics.errors }
            guard case .list(let items, _) = value else {
                diagnostics.report(
                    value.location, "the requirements must be a list, found \(value.noun)",
                    advice: "begin each with '- id: …'")
                return
            }
            requirements = items.compactMap { Self.requirement($0, &diagnostics) }
            requirementsFile = file
        } catch {
            errors.append(error)
        }
    }

    private static func requirement(_ value: SourceValue, _ diagnostics: inout Diagnostics) -> Requirement? {
        guard let fields = Fields(value, of: "a requirement", keys: requirementKeys, &diagnostics) else { return nil }
        let id = fields.requiredText("id", &diagnostics)
        if let id, id.contains(where: { $0.isWhitespace || $0.isNewline }) {
            diagnostics.report(
                fields["id"]?.value.location ?? fields.location, "the requirement id '\(id)' holds blanks",
                advice: "write it as the specification does, without blanks")
        }
        _ = fields.required("level", &diagnostics)
        let level = fields.choice("level", of: ["SHALL", "SHOULD", "MAY"], &diagnostics)
        let french = fields.requiredText("fr", &diagnostics)
        let english = fields.requiredText("en", &diagnostics)
        let source = fields.text("source", &diagnostics) ?? ""
        let isCertain = fields.flag("certain", default: true, &diagnostics)
        let actors = fields.texts("actors", &diagnostics).map(\.text)
        let notTested = fields.text("notTested", &diagnostics)
        guard let id, let level, let french, let english else { return nil }
        return Requirement(
            id: id, level: level, statement: LocalizedText(fr: french, en: english), source: source,
            isCertain: isCertain, actors: actors, notTested: notTested,
            location: fields["id"]?.value.location ?? fields.location)
    }
}
