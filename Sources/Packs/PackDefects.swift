internal import Conformance
internal import Schematron

/// The faults of the kit itself that showed while a document was judged: each file is told once.
struct PackDefects {
    static let check = "pack-defect"

    private var known: Set<String> = []

    /// The findings on files that no schema before this one has told of.
    mutating func findings(_ report: ValidationReport) -> [Finding] {
        var findings: [Finding] = []
        // What was looked up in vain is told whole by the notes; an indeterminate assert adds that it was not judged.
        let withUnjudged = Set(report.indeterminate.filter(\.isPackDefect).compactMap { Self.file(in: $0.message) })
        for item in report.indeterminate where item.isPackDefect {
            let file = Self.file(in: item.message) ?? item.message
            guard known.insert(file).inserted else { continue }
            let count = report.indeterminate.count { $0.isPackDefect && Self.file(in: $0.message) == file }
            findings.append(Self.unjudged(file, count))
        }
        for note in report.notes where note.code == .missingLookup {
            let file = Self.file(in: note.message) ?? note.message
            // What a document's own codes name (`concat($path, @codeSystem, '.rdf')`) the kit need not have.
            guard !withUnjudged.contains(file), Self.isNamed(file, in: report.schema.source),
                known.insert(file).inserted
            else { continue }
            findings.append(Self.lookup(file))
        }
        for note in report.schema.notes {
            guard let finding = include(note) else { continue }
            findings.append(finding)
        }
        return findings
    }

    private static func unjudged(_ file: String, _ count: Int) -> Finding {
        Finding(
            check: check, severity: .warning,
            message: LocalizedText(
                fr: "Défaut du kit : le fichier \(file) manque ou est illisible ; \(count) évaluation(s) d'assertion "
                    + "n'ont pas pu être jugées, le reste l'est",
                en: "Pack defect: the file \(file) is absent or unreadable; \(count) evaluation(s) of asserts could "
                    + "not be judged, the rest is"),
            advice: advice)
    }

    private static func lookup(_ file: String) -> Finding {
        Finding(
            check: check, severity: .warning,
            message: LocalizedText(
                fr: "Défaut du kit : le fichier \(file) manque ou est illisible ; les assertions qui le consultent "
                    + "échouent, comme avec l'outil officiel",
                en: "Pack defect: the file \(file) is absent or unreadable; the asserts that look it up fail, as they "
                    + "do with the official tool"),
            advice: advice)
    }

    private mutating func include(_ note: SchemaNote) -> Finding? {
        switch note.code {
        case .missingInclude, .unreadableInclude:
            guard known.insert("\(note.place.file) \(note.message)").inserted else { return nil }
            return Finding(
                check: Self.check, severity: .warning,
                message: LocalizedText(
                    fr: "Défaut du kit : inclusion introuvable ou illisible, ses règles ne sont pas vérifiées — "
                        + "\(note.place) : \(Self.reference(in: note.message))",
                    en: "Pack defect: an include is absent, its rules are not checked — \(note)"),
                advice: Self.advice)
        case .caseInsensitiveInclude:
            guard known.insert("\(note.place.file) \(note.message)").inserted else { return nil }
            return Finding(
                check: Self.check, severity: .information,
                message: LocalizedText(
                    fr: "Défaut du kit : inclusion trouvée à la casse près — \(note.place) : "
                        + Self.reference(in: note.message),
                    en: "Pack defect: an include was found only without regard to letter case — \(note)"))
        default: return nil
        }
    }

    /// What a message of the engine quotes: `the include 'a/b.sch' names …`.
    private static func reference(in message: String) -> String {
        let parts = message.split(separator: "'", omittingEmptySubsequences: false)
        return parts.count > 2 ? String(parts[1]) : message
    }

    /// Whether a variable or a test of the schema names a file by its last component.
    private static func isNamed(_ file: String, in schema: SchematronSchema) -> Bool {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        // A mere extension: what stands before it came from the document, and was empty.
        if name.hasPrefix(".") { return false }
        func names(_ variable: SchemaLet) -> Bool { (variable.value ?? variable.text).contains(name) }
        return schema.lets.contains(where: names)
            || schema.patterns.contains { pattern in
                pattern.lets.contains(where: names)
                    || pattern.rules.contains { rule in
                        rule.items.contains { item in
                            switch item {
                            case .variable(let variable): names(variable)
                            case .check(let assertion): assertion.test.contains(name)
                            case .extends: false
                            }
                        }
                    }
            }
    }

    private static let advice = LocalizedText(
        fr: "Ce n'est pas une faute du document : complétez le kit par 'cisis pack add … --overlay DOSSIER'",
        en: "This is no fault of the document: complete the kit with 'cisis pack add … --overlay FOLDER'")

    /// The file that a message of the engine names: `the file schematrons/… is absent: …`.
    private static func file(in message: String) -> String? {
        guard message.hasPrefix("the file ") else { return nil }
        let rest = message.dropFirst("the file ".count)
        let ends = [" is absent", " cannot be read"].compactMap { rest.firstRange(of: $0)?.lowerBound }
        return ends.min().map { String(rest[..<$0]) }
    }
}
