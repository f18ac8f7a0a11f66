public import Conformance
internal import Checks
internal import SOAP

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
        "metadata.drop-entry": LocalizedText(
            fr: "ENTRÉE : retire la fiche d'un document, qui reste",
            en: "ENTRY: removes the entry of a document, which stays"
        ),
        "association.add": LocalizedText(
            fr: "RELATION ENTRÉE CIBLE : relie une fiche à une autre (RPLC, APND, XFRM, XFRM_RPLC)",
            en: "RELATION ENTRY TARGET: relates an entry to another (RPLC, APND, XFRM, XFRM_RPLC)"),
        "document.alter": LocalizedText(
            fr: "ENTRÉE : change un octet du document, son empreinte avec lui",
            en: "ENTRY: changes one byte of the document, and its hash with it"),
        "document.tamper": LocalizedText(
            fr: "ENTRÉE : change un octet du document après la signature du lot",
            en: "ENTRY: changes one byte of the document after the submission was signed"),
        "kos.title": LocalizedText(
            fr: "CODE : change le titre du KOS (CID 7010)", en: "CODE: changes the title of the KOS (CID 7010)"),
        "signature.drop": LocalizedText(
            fr: "retire la signature du lot et sa fiche", en: "removes the signature of the submission and its entry"),
        "mtom.drop-root": LocalizedText(
            fr: "vide la partie racine du paquet", en: "empties the root part of the package"),
        "mtom.declare-boundary": LocalizedText(
            fr: "TEXTE : annonce un autre délimiteur que celui du corps",
            en: "TEXT: declares another boundary than that of the body"),
        "soap.set-action": LocalizedText(fr: "URN : change wsa:Action", en: "URN: changes wsa:Action"),
        "retrieve.empty": LocalizedText(fr: "ne demande aucun document", en: "asks for no document"),
        "update.remove": LocalizedText(
            fr: "original|new : retire OriginalStatus ou NewStatus",
            en: "original|new: removes OriginalStatus or NewStatus"
        ),
        "tls.remove": LocalizedText(
            fr: "ne montre aucun certificat client", en: "shows no client certificate"),
        "tls.other-authority": LocalizedText(
            fr: "montre un certificat client d'une autre autorité",
            en: "shows a client certificate of another authority"),
        "tls.expired": LocalizedText(
            fr: "montre un certificat client périmé", en: "shows an expired client certificate"),
        "vihf.remove": LocalizedText(fr: "retire le VIHF du message", en: "removes the VIHF of the message"),
        "query.set": LocalizedText(
            fr: "id|returnType VALEUR : change l'identifiant ou le type de retour de la requête",
            en: "id|returnType VALUE: changes the id or the return type of the query"),
        "query.add": LocalizedText(
            fr: "PARAMÈTRE VALEUR : ajoute un paramètre, écrit tel quel",
            en: "PARAMETER VALUE: adds a parameter, as written"
        ),
        "query.remove": LocalizedText(fr: "PARAMÈTRE : retire un paramètre", en: "PARAMETER: removes a parameter"),
        "query.repeat": LocalizedText(fr: "PARAMÈTRE : répète un paramètre", en: "PARAMETER: repeats a parameter"),
        "query.unquote": LocalizedText(
            fr: "PARAMÈTRE : retire les apostrophes d'un paramètre", en: "PARAMETER: removes the quotes of a parameter"),
        "http.remove-header": LocalizedText(fr: "NOM : retire un en-tête HTTP", en: "NAME: removes an HTTP header"),
        "http.set-header": LocalizedText(
            fr: "NOM VALEUR : change un en-tête HTTP", en: "NAME VALUE: changes an HTTP header"),
        "http.set-method": LocalizedText(fr: "NOM : change la méthode HTTP", en: "NAME: changes the HTTP method"),
        "accept.remove": LocalizedText(
            fr: "PARAMÈTRE : le retire de chaque entrée de Accept", en: "PARAMETER: removes it of each entry of Accept"),
        "url.set": LocalizedText(
            fr: "study|series|instance TEXTE : change l'URL, écrit tel quel",
            en: "study|series|instance TEXT: changes the URL, as written"),
        "images.set": LocalizedText(
            fr: "PARTIE VALEUR : change un élément ou un attribut de la demande",
            en: "PART VALUE: changes an element or an attribute of the request"),
        "images.clear": LocalizedText(
            fr: "PARTIE : vide un élément ou un attribut", en: "PART: empties an element or an attribute"),
        "images.blank": LocalizedText(
            fr: "PARTIE : ne laisse que des blancs", en: "PART: leaves nothing but blanks"),
        "images.remove": LocalizedText(
            fr: "PARTIE : retire un élément ou un attribut", en: "PART: removes an element or an attribute"),
        "images.repeat": LocalizedText(fr: "ÉLÉMENT : répète un élément", en: "ELEMENT: repeats an element"),
        "images.rename": LocalizedText(
            fr: "PARTIE NOM : renomme un élément ou un attribut, préfixe compris",
            en: "PART NAME: renames an element or an attribute, prefix included"),
        "images.move": LocalizedText(
            fr: "ÉLÉMENT PARENT : déplace un élément à la fin d'un autre",
            en: "ELEMENT PARENT: moves an element to the end of another"),
        "images.swap": LocalizedText(
            fr: "PARTIE : échange la première et la dernière valeur", en: "PART: exchanges the first and the last value"
        ),
        "soap.remove-action": LocalizedText(fr: "retire wsa:Action", en: "removes wsa:Action"),
        "soap.empty-body": LocalizedText(fr: "vide le corps SOAP", en: "empties the SOAP body"),
        "soap.version-11": LocalizedText(fr: "envoie une enveloppe SOAP 1.1", en: "sends a SOAP 1.1 envelope"),
        "soap.cut": LocalizedText(fr: "coupe l'enveloppe en son milieu", en: "cuts the envelope in its middle"),
        "mtom.package": LocalizedText(fr: "envoie un paquet MTOM", en: "sends an MTOM package"),
        "tls.not-listed": LocalizedText(
            fr: "montre un certificat client absent de la liste blanche",
            en: "shows a client certificate that the whitelist does not name"),
        "link.rename": LocalizedText(
            fr: "PARAMÈTRE NOM : renomme un paramètre du lien", en: "PARAMETER NAME: renames a parameter of the link"),
        "link.clear": LocalizedText(
            fr: "PARAMÈTRE : vide un paramètre du lien", en: "PARAMETER: empties a parameter of the link"),
        "link.reverse": LocalizedText(
            fr: "renverse l'ordre des paramètres du lien", en: "reverses the order of the parameters of the link"),
        "link.set": LocalizedText(
            fr: "PARAMÈTRE VALEUR : change un paramètre du lien", en: "PARAMETER VALUE: changes a parameter of the link"
        ),
        "link.remove": LocalizedText(
            fr: "PARAMÈTRE : retire un paramètre du lien", en: "PARAMETER: removes a parameter of the link"),
    ]

    private static func title(of name: String) -> LocalizedText {
        if let title = titles[name] { return title }
        let mutation = VIHFMutation.all.first { "vihf.\($0.name)" == name }
        return LocalizedText(
            fr: mutation.map { "VIHF : \($0.french)" } ?? name, en: mutation.map { "VIHF: \($0.english)" } ?? name)
    }

    /// Every mutation by its name.
    public static let all: [Entry] = {
        var transactions: [String: [String]] = [:]
        for (transaction, driver) in TransactionDrivers.all {
            for name in driver.mutations.keys { transactions[name, default: []].append(transaction) }
        }
        return transactions.keys.sorted().map { name in
            Entry(
                name: name, title: title(of: name),
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
