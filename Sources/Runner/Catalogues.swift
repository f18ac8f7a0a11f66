public import Conformance
internal import Checks

/// The requirements that exist: those of the profiles, then the rules that no profile repeats.
public enum RequirementCatalogue {
    /// The requirements as records without a verdict.
    public static func all(_ profiles: [Profile]) -> [RequirementRecord] {
        var seen: Set<String> = []
        var records: [RequirementRecord] = []
        for profile in profiles {
            for requirement in profile.requirements where seen.insert(requirement.id).inserted {
                records.append(RequirementRecord(requirement, profile: profile.id))
            }
        }
        for rule in RuleBook.descriptors where seen.insert(rule.id).inserted {
            records.append(RequirementRecord(rule, profile: ""))
        }
        return records
    }

    /// The ids of rules, which scenarios may name beside the requirements of their profile.
    public static var ruleIDs: Set<String> { Set(RuleBook.descriptors.map(\.id)) }
}

/// The mutations that steps can ask for.
public enum MutationCatalogue {
    /// A mutation and the transactions that take it.
    public struct Entry: Sendable {
        public let name: String
        public let title: LocalizedText
        public let transactions: [String]
    }

    private static let titles: [String: LocalizedText] = [
        "metadata.set": LocalizedText(
            fr: "ENTRÉE ATTRIBUT VALEUR : change un attribut d'une fiche ou du lot",
            en: "ENTRY ATTRIBUTE VALUE: changes an attribute of an entry or of the submission set"),
        "metadata.remove": LocalizedText(
            fr: "ENTRÉE ATTRIBUT : retire un attribut d'une fiche ou du lot",
            en: "ENTRY ATTRIBUTE: removes an attribute of an entry or of the submission set"),
        "mtom.drop-document": LocalizedText(
            fr: "ENTRÉE : retire le document d'une fiche", en: "ENTRY: removes the document of an entry"),
        "query.set": LocalizedText(
            fr: "id URN : change l'identifiant de la requête", en: "id URN: changes the id of the query"),
        "http.remove-header": LocalizedText(fr: "NOM : retire un en-tête HTTP", en: "NAME: removes an HTTP header"),
        "http.set-header": LocalizedText(
            fr: "NOM VALEUR : change un en-tête HTTP", en: "NAME VALUE: changes an HTTP header"),
        "link.set": LocalizedText(
            fr: "PARAMÈTRE VALEUR : change un paramètre du lien", en: "PARAMETER VALUE: changes a parameter of the link"
        ),
        "link.remove": LocalizedText(
            fr: "PARAMÈTRE : retire un paramètre du lien", en: "PARAMETER: removes a parameter of the link"),
    ]

    /// Every mutation by its name.
    public static let all: [Entry] = {
        var transactions: [String: [String]] = [:]
        for (transaction, driver) in TransactionDrivers.all {
            for name in driver.mutations.keys { transactions[name, default: []].append(transaction) }
        }
        return transactions.keys.sorted().map { name in
            Entry(
                name: name, title: titles[name] ?? LocalizedText(fr: name, en: name),
                transactions: (transactions[name] ?? []).sorted())
        }
    }()
}

extension RequirementRecord {
    /// A requirement of a profile, without a verdict yet.
    init(_ requirement: Requirement, profile: String) {
        self.init(
            id: requirement.id, level: requirement.level, statement: requirement.statement, source: requirement.source,
            isCertain: requirement.isCertain, profile: profile, verdict: .notRun)
    }

    /// A rule as a requirement, without a verdict yet.
    init(_ rule: RuleDescriptor, profile: String) {
        let level: String =
            switch rule.severity {
            case .violation: "SHALL"
            case .warning: "SHOULD"
            case .information: "MAY"
            }
        self.init(
            id: rule.id, level: level, statement: rule.statement, source: rule.source, isCertain: true,
            profile: profile, verdict: .notRun)
    }
}
