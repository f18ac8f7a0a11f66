internal import Conformance
internal import Schematron
internal import XML

/// How layers are made from what the engines say.
enum LayerMaking {
    /// What cannot be parsed fails the layer `xml`.
    static func syntax(_ error: XMLError) -> PackLayer {
        var layer = PackLayer("xml", .fail)
        layer.findings = [
            Finding(
                check: "xml.\(error.code.rawValue)", severity: .violation,
                message: LocalizedText(
                    fr: "Le XML ne peut pas être lu : \(error.french)",
                    en: "The XML cannot be read: \(error.english)"),
                place: EvidencePlace(line: error.line, column: error.column, byte: error.byteOffset))
        ]
        return layer
    }

    static func schema(_ violations: [SchemaViolation]) -> PackLayer {
        var layer = PackLayer("xsd", violations.isEmpty ? .pass : .fail)
        layer.findings = violations.map { violation in
            Finding(
                check: "xsd.violation", severity: .violation,
                message: LocalizedText(
                    fr: "Non conforme au schéma : \(violation.french)",
                    en: "Not valid against the schema: \(violation.message)"),
                place: EvidencePlace(
                    line: violation.line, column: violation.column, byte: violation.byteOffset,
                    xpath: violation.path.isEmpty ? nil : violation.path))
        }
        return layer
    }

    /// - Parameter hasFired: whether any schema of the pack fired a rule on this document.
    static func layer(_ report: ValidationReport, hasFired: Bool, _ defects: inout PackDefects) -> PackLayer {
        var layer = PackLayer(OfficialPack.layer(of: report.schema.name), verdict(report))
        layer.firedRules = report.firedRules
        let languages = Dictionary(
            report.schema.source.diagnostics.map { ($0.id, $0.language) }, uniquingKeysWith: { first, _ in first })
        layer.findings = report.outcomes.map { finding($0, in: report, languages) }
        layer.findings += report.indeterminate.filter { !$0.isPackDefect }.map { finding($0, in: report) }
        layer.findings += defects.findings(report)
        if report.firedRules == 0, !report.indeterminate.contains(where: { !$0.isPackDefect }) {
            layer.verdict = hasFired ? .notApplicable : .inconclusive
            layer.reason = LocalizedText(
                fr: "Aucune règle de ce schéma ne s'applique au document", en: "No rule of this schema fired")
        } else if layer.verdict == .inconclusive {
            layer.reason =
                report.indeterminate.allSatisfy(\.isPackDefect)
                ? LocalizedText(
                    fr: "Un défaut du kit empêche de juger toutes les règles qui s'appliquent",
                    en: "A defect of the kit keeps every rule that fired from being judged")
                : LocalizedText(
                    fr: "Le contenu du document empêche de juger certaines règles",
                    en: "The document's content keeps some rules from being judged")
        }
        return layer
    }

    private static func verdict(_ report: ValidationReport) -> Verdict {
        switch report.verdict {
        case .pass: .pass
        case .fail: .fail
        case .inconclusive: .inconclusive
        case .error: .error
        }
    }

    /// Tells in `layer` the ids of the asserts whose rule fired: which were judged, and which could not be.
    static func tellAsserts(of report: ValidationReport, in layer: inout PackLayer) {
        let ids = { (checks: [Int]) in Set(checks.map { report.schema.stableID(ofCheck: $0) }) }
        layer.undecided = ids(report.indeterminate.compactMap(\.check))
        let fired = Set(report.firings.map(\.rule)).flatMap { Array(report.schema.rules[Int($0)].checks) }
        layer.judged = ids(fired).subtracting(layer.undecided)
    }

    /// A diagnostic whose `xml:lang` is English is the message in English; the others are added to both languages.
    private static func finding(
        _ outcome: ValidationReport.Outcome, in report: ValidationReport, _ languages: [String: String?]
    ) -> Finding {
        let severity: Severity =
            switch report.severity(of: outcome) {
            case .error: .violation
            case .warning: .warning
            case .information: .information
            }
        let isEnglish = { (id: String) in languages[id].flatMap { $0 }?.hasPrefix("en") ?? false }
        let english = outcome.diagnostics.filter { isEnglish($0.id) }.map(\.text).joined(separator: " ")
        let remarks = outcome.diagnostics.filter { !isEnglish($0.id) }.map { " — " + $0.text }.joined()
        let text = outcome.text.isEmpty ? report.assertion(of: outcome).test : outcome.text
        return Finding(
            check: report.stableID(of: outcome), severity: severity,
            message: LocalizedText(fr: text + remarks, en: (english.isEmpty ? text : english) + remarks),
            place: place(outcome.node))
    }

    private static func finding(_ item: ValidationReport.Indeterminate, in report: ValidationReport) -> Finding {
        Finding(
            check: item.check.map { report.schema.stableID(ofCheck: $0) } ?? "schematron.indeterminate",
            severity: .warning,
            message: LocalizedText(
                fr: "Règle non jugée (\(item.code)) : \(item.message)",
                en: "Rule not judged (\(item.code)): \(item.message)"),
            place: place(item.node))
    }

    private static func place(_ node: Node) -> EvidencePlace {
        EvidencePlace(
            line: node.line, column: node.column, byte: node.byteOffset,
            xpath: node.kind == .document ? "/" : node.path)
    }

    /// The generic schemas that the kit should have.
    static func absent(_ schemas: [String]) -> [PackLayer] {
        schemas.map { path in
            PackLayer(
                OfficialPack.layer(of: path), .notRun,
                LocalizedText(
                    fr: "Le kit ne contient pas \(path) : enregistrez un kit complet",
                    en: "The kit lacks \(path): register a whole kit"))
        }
    }

    /// The layer that stands in the place of the volet's where it has no schema.
    static func volet(_ choice: VoletChoice) -> PackLayer? {
        switch choice {
        case .volet: return nil
        case .levelOne:
            return PackLayer(
                "schematron:volet", .notApplicable,
                LocalizedText(
                    fr: "Document de niveau 1 : seuls les schématrons génériques s'appliquent",
                    en: "A document of level 1: only the generic schemas apply"))
        case .undeclared:
            return PackLayer(
                "schematron:volet", .notApplicable,
                LocalizedText(
                    fr: "Le document ne déclare aucun modèle du CI-SIS (templateId \(Volet.arc)…)",
                    en: "The document declares no model of the CI-SIS (templateId \(Volet.arc)…)"))
        case .absent(let template):
            return PackLayer(
                "schematron:volet", .notRun,
                LocalizedText(
                    fr: "Le kit n'a pas de schématron pour le modèle \(template) : enregistrez un kit qui l'a",
                    en: "The kit has no schema for the model \(template): register a kit that has it"))
        case .notDocument:
            return PackLayer(
                "schematron:volet", .inconclusive,
                LocalizedText(
                    fr: "Le fichier ne contient pas de ClinicalDocument", en: "The file holds no ClinicalDocument"))
        }
    }
}
