internal import Conformance

/// The words of the reports that several of them share.
enum Wording {
    static let noStep = LocalizedText(fr: "Le scénario ne contient aucune étape.", en: "The scenario holds no step.")
    static let noCheck = LocalizedText(
        fr: "Aucun point de contrôle ne porte sur cette étape.", en: "No check looks at this step.")
    static let interrupted = LocalizedText(
        fr: "Le rejeu a été interrompu avant la fin du plan : ce rapport est partiel.",
        en: "The run was interrupted before the end of its plan: this report is partial.")
    static let unverifiedServer = LocalizedText(
        fr:
            "Le fichier cible demande de ne pas vérifier les certificats des serveurs : l'identité du système n'est pas prouvée.",
        en: "The target file asks not to verify server certificates: the identity of the system is not proven.")
    static let nothingReplayed = LocalizedText(fr: "Aucun scénario n'a été rejoué.", en: "No scenario was replayed.")
    static let nothingPassed = LocalizedText(
        fr: "Aucun scénario n'a pu être jugé jusqu'au bout.", en: "No scenario could be judged to its end.")
    static let wholeRun = LocalizedText(fr: "Ensemble du rejeu", en: "The whole run")
    static let noFinding = LocalizedText(
        fr: "Le contrôle a échoué sans qu'un constat l'explique.", en: "The check failed without a finding.")
    static let noReason = LocalizedText(fr: "Aucune raison n'est indiquée.", en: "No reason was given.")
    static let unjudged = LocalizedText(
        fr: "Aucun contrôle de ce rejeu ne l'a jugée.", en: "No check of this run judged it.")
    static let rehearsal = LocalizedText(
        fr: "Répétition technique avant homologation : ce rapport n'est pas une décision de l'ANS.",
        en: "A technical rehearsal before certification: this report is not a decision of the ANS.")

    /// What the run comes to, by its exit code.
    static func conclusion(of record: RunRecord) -> LocalizedText {
        switch record.exitCode {
        case 0: conformant(record)
        case 1: LocalizedText(fr: "Non conforme", en: "Not conformant")
        default: LocalizedText(fr: "Jugement impossible", en: "Could not judge")
        }
    }

    /// A run that left scenarios out is conformant as far as it went, and says how far.
    private static func conformant(_ record: RunRecord) -> LocalizedText {
        let skipped = record.scenarios.count { $0.verdict == .skipped }
        guard skipped > 0 else { return LocalizedText(fr: "Conforme", en: "Conformant") }
        let passed = record.scenarios.count { $0.verdict == .pass }
        let isPlural = passed > 1
        let fr = isPlural ? "les \(passed) scénarios rejoués" : "le seul scénario rejoué"
        let en = isPlural ? "the \(passed) replayed scenarios" : "the only replayed scenario"
        return LocalizedText(
            fr: "Conforme sur \(fr) ; \(skipped) écarté\(skipped > 1 ? "s" : "")",
            en: "Conformant on \(en); \(skipped) skipped")
    }

    /// The title of the page, which names tool and system once.
    static func title(of record: RunRecord) -> String {
        let tool = record.target.name.lowercased().contains("cisis") ? [] : ["CISIS"]
        return ([conclusion(of: record).fr, record.target.name] + tool).filter { !$0.isEmpty }.joined(separator: " – ")
    }

    /// How many scenarios were replayed, how they ended, and how many requirements are not met.
    static func outcome(of summary: RunSummary) -> LocalizedText {
        let total = summary.scenarios.total
        guard total > 0 else { return nothingReplayed }
        let replayed = total - summary.scenarios[.skipped] - summary.scenarios[.notApplicable]
        let ending = replayed > 1 ? "s" : ""
        let failed = summary.requirements[.fail]
        var fr = "\(replayed) scénario\(ending) rejoué\(ending)" + (replayed < total ? " sur \(total)" : "")
        var en = "\(replayed)" + (replayed < total ? " of \(total)" : "") + " scenario\(total > 1 ? "s" : "") replayed"
        fr += " : \(summary.scenarios.words(in: .fr).joined(separator: ", "))."
        en += ": \(summary.scenarios.words(in: .en).joined(separator: ", "))."
        if failed > 0 {
            fr += failed > 1 ? " \(failed) exigences ne sont pas respectées." : " 1 exigence n'est pas respectée."
            en += failed > 1 ? " \(failed) requirements are not met." : " 1 requirement is not met."
        }
        return LocalizedText(fr: fr, en: en)
    }

    /// What a requirement's level means.
    static func level(_ level: String) -> LocalizedText {
        let words = ["SHALL": "obligatoire", "SHOULD": "recommandé", "MAY": "facultatif"]
        return LocalizedText(fr: words[level].map { "\($0) (\(level))" } ?? level, en: level)
    }

    private static let objects = [
        "response body": "corps de la réponse", "request body": "corps de la requête",
        "response head": "en-tête de la réponse", "request head": "en-tête de la requête",
        "status line": "ligne d'état", "transport": "échange HTTP", "root part": "partie racine", "part": "partie",
        "tag tree": "arbre des attributs",
    ]

    /// What evidence is called: the objects of exchanges have names of the tool, the rest keep theirs.
    static func object(_ name: String) -> LocalizedText {
        let spaced = name.replacing("-", with: " ")
        if let french = objects[spaced] { return LocalizedText(fr: french, en: spaced) }
        let isPart = name.hasPrefix("part ")
        return LocalizedText(fr: isPart ? "partie \(name.dropFirst(5))" : name, en: name)
    }

    /// `label : value`, with the blank that French sets before the colon.
    static func field(_ label: String, _ value: String, in language: Language) -> String {
        "\(label)\(language == .fr ? " :" : ":") \(value)"
    }

    /// The cause of a verdict that has no finding.
    static func reason(of check: CheckRecord) -> LocalizedText {
        check.reason ?? (check.verdict == .fail ? noFinding : noReason)
    }

    /// Seconds for a person: `0,42 s` or `0.42 s`.
    static func duration(_ seconds: Double) -> LocalizedText {
        let text = Number.decimal(seconds, digits: seconds < 10 ? 2 : 1)
        return LocalizedText(fr: text.replacing(".", with: ",") + " s", en: text + " s")
    }

    /// Bytes for a person: `812 octets`, `16 Kio`, `1,2 Mio`.
    static func size(_ bytes: Int64) -> LocalizedText {
        guard bytes >= 1024 else {
            let ending = bytes > 1 ? "s" : ""
            return LocalizedText(fr: "\(bytes) octet\(ending)", en: "\(bytes) byte\(bytes == 1 ? "" : "s")")
        }
        let isMega = bytes >= 1 << 20
        let value = Double(bytes) / (isMega ? 1_048_576 : 1024)
        let text = Number.decimal(value, digits: value < 10 ? 1 : 0)
        return LocalizedText(
            fr: text.replacing(".", with: ",") + (isMega ? " Mio" : " Kio"), en: text + (isMega ? " MiB" : " KiB"))
    }
}

extension Verdict {
    /// From the gravest to the lightest, as reports list them.
    static let byGravity = Verdict.allCases.sorted(by: >)

    /// The verdict as a word: it is never said by colour alone.
    var word: LocalizedText {
        switch self {
        case .notApplicable: LocalizedText(fr: "sans objet", en: "not applicable")
        case .pass: LocalizedText(fr: "réussi", en: "pass")
        case .skipped: LocalizedText(fr: "écarté", en: "skipped")
        case .notRun: LocalizedText(fr: "non exécuté", en: "not run")
        case .inconclusive: LocalizedText(fr: "non concluant", en: "inconclusive")
        case .error: LocalizedText(fr: "erreur du banc", en: "harness error")
        case .fail: LocalizedText(fr: "échec", en: "fail")
        }
    }

    /// So many of them: `2 échecs`, `2 failed`; requirements are feminine in French.
    func counted(_ number: Int, isFeminine: Bool = false) -> LocalizedText {
        let isPlural = number > 1
        let ending = (isFeminine ? "e" : "") + (isPlural ? "s" : "")
        let french =
            switch self {
            case .notApplicable: word.fr
            case .fail: isPlural ? "échecs" : word.fr
            case .error: isPlural ? "erreurs du banc" : word.fr
            case .notRun, .inconclusive, .pass, .skipped: word.fr + ending
            }
        let english =
            switch self {
            case .pass: "passed"
            case .fail: "failed"
            case .error: isPlural ? "harness errors" : word.en
            case .notApplicable, .skipped, .notRun, .inconclusive: word.en
            }
        return LocalizedText(fr: "\(number) \(french)", en: "\(number) \(english)")
    }

    /// A sign that goes before the word.
    var sign: String {
        switch self {
        case .notApplicable: "·"
        case .pass: "✓"
        case .skipped: "–"
        case .notRun: "○"
        case .inconclusive: "?"
        case .error: "!"
        case .fail: "✗"
        }
    }
}

extension Severity {
    /// The severity as a word.
    var word: LocalizedText {
        switch self {
        case .violation: LocalizedText(fr: "écart", en: "violation")
        case .warning: LocalizedText(fr: "avertissement", en: "warning")
        case .information: LocalizedText(fr: "information", en: "information")
        }
    }
}

extension EvidencePlace {
    /// The place for a person: the object first, then ever closer.
    func description(in language: Language) -> String {
        let isFrench = language == .fr
        var words: [String] = []
        if let object { words.append(Wording.object(object).text(in: language)) }
        if let part { words.append((isFrench ? "partie " : "part ") + part) }
        if let header { words.append((isFrench ? "en-tête " : "header ") + header) }
        if let line {
            let place = (isFrench ? "ligne " : "line ") + String(line)
            words.append(column.map { place + (isFrench ? ", colonne " : ", column ") + String($0) } ?? place)
        }
        if let byte { words.append((isFrench ? "octet " : "byte ") + String(byte)) }
        if let tag { words.append((isFrench ? "attribut DICOM " : "DICOM attribute ") + tag) }
        if let xpath { words.append(xpath) }
        return words.joined(separator: " · ")
    }
}

/// Numbers as text, without the platform's locale.
enum Number {
    /// `value` with `digits` decimals; what is no number or below 0 is 0.
    static func decimal(_ value: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
        let bounded = value.isFinite ? min(max(value, 0), 1e12) : 0
        let scaled = Int((bounded * Double(scale)).rounded())
        guard digits > 0 else { return String(scaled) }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}

extension String {
    /// At most `limit` Unicode scalars; the end is cut, and says so by `…`.
    func shortened(to limit: Int) -> String {
        let scalars = unicodeScalars
        guard let end = scalars.index(startIndex, offsetBy: limit, limitedBy: endIndex), end < endIndex else {
            return self
        }
        return String(scalars[..<scalars.index(before: end)]) + "…"
    }

    /// At most `limit` Unicode scalars; the start is cut, for paths and places whose end tells most.
    func shortenedAtStart(to limit: Int) -> String {
        let scalars = unicodeScalars
        guard let start = scalars.index(endIndex, offsetBy: -limit, limitedBy: startIndex), start > startIndex else {
            return self
        }
        return "…" + String(scalars[scalars.index(after: start)...])
    }
}
