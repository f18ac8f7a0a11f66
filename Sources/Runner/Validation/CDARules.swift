internal import Checks
internal import Conformance
internal import Packs
internal import Schematron
internal import XML

/// What judges CDA documents: the schema and the Schematron that the project ships, and an official kit where one is
/// named. The kit's schema then takes the place of the project's; its value sets are looked up by both.
final class CDARules: Sendable {
    let pack: OfficialPack?
    private let own: OwnJudge
    private let official: CDAJudge?

    init(dataRoot: String, pack: OfficialPack?, limits: ValidationLimits = .init()) {
        self.pack = pack
        own = OwnJudge(dataRoot: dataRoot, valueSets: pack, limits: limits)
        official = pack.map { CDAJudge($0, limits: limits) }
    }

    /// The layers of a document that was parsed: `xml`, `xsd`, then the Schematrons.
    ///
    /// - Parameters:
    ///   - schema: the schema that the person named, and its name.
    ///   - jobs: how many schemas may work at once.
    func layers(
        _ document: Document, schema: (schema: Schema, name: String)? = nil, level: JudgementLevel, jobs: Int = 1
    ) -> [LayerJudgement] {
        var layers: [LayerJudgement] = []
        let imagingReport = Made<PackLayer>()
        if let official {
            let judgement = official.judge(document, jobs: jobs) {
                _ = imagingReport.value { own.judgeImagingReport(document) }
            }
            layers += judgement.layers.map { LayerJudgement($0, by: kit) }
        } else {
            layers.append(LayerJudgement("xml", findings: []))
            if let schema {
                layers.append(LayerJudgement(schema: schema.schema.validate(document), by: schema.name))
            } else {
                layers.append(LayerJudgement(own.validate(document), by: Self.shipped(OwnJudge.schema)))
            }
        }
        var report = Self.weighed(
            LayerJudgement(
                imagingReport.value { own.judgeImagingReport(document) },
                by: Self.shipped(OwnJudge.imagingReport)), level)
        let unseen = report.findings.filter { $0.check == OwnJudge.emptyValueSets }
        report.findings.removeAll { $0.check == OwnJudge.emptyValueSets }
        layers.append(report)
        if official == nil, report.verdict == .notApplicable {
            layers.append(
                LayerJudgement(
                    "schematron:volet", .notRun,
                    fr:
                        "Seul le schéma XML a été jugé : les règles du volet sont dans le kit officiel, à enregistrer par "
                        + "'cisis pack add'",
                    en:
                        "The XML Schema alone was judged: the rules of the volet are in the official kit; register it with "
                        + "'cisis pack add'", isRequired: false))
        }
        if official == nil, ![.notApplicable, .notRun].contains(report.verdict) {
            layers.append(
                LayerJudgement(
                    "schematron:structuration-minimale", .notRun,
                    fr:
                        "La structuration minimale du CI-SIS n'est pas jugée : ses règles sont dans le kit officiel, à "
                        + "enregistrer par 'cisis pack add' ; ici, les seules règles de CISIS sur l'en-tête",
                    en:
                        "The minimal structure of the CI-SIS is not judged: its rules are in the official kit; register it "
                        + "with 'cisis pack add'; here, only CISIS's own rules on the header", isRequired: false))
        }
        if let message = unseen.first?.message {
            layers.append(LayerJudgement("value-sets", .notRun, fr: message.fr, en: message.en, isRequired: false))
        }
        return layers
    }

    /// What each check of the catalogue says of a document that is said to be an imaging report.
    func outcomes(_ document: Document, level: JudgementLevel) -> [RuleOutcome] {
        let schema = official?.validateSchema(document) ?? own.validate(document)
        let report = own.judgeImagingReport(document, isKnown: true)
        let findings = Self.weighed(LayerJudgement(report), level).findings
        return ReportRules.descriptors.map { descriptor in
            if descriptor.id == Self.validity { return Self.outcome(schema) }
            let mine = findings.filter { $0.requirement == descriptor.id }
            if mine.contains(where: { $0.severity == .violation }) {
                return RuleOutcome(id: descriptor.id, verdict: .fail, findings: mine)
            }
            func concerns(_ check: String) -> Bool { OwnJudge.requirement(of: check) == descriptor.id }
            if report.verdict == .notRun {
                return RuleOutcome(id: descriptor.id, verdict: .notRun, reason: report.reason)
            }
            if report.undecided.contains(where: concerns) {
                return RuleOutcome(id: descriptor.id, verdict: .inconclusive, findings: mine, reason: report.reason)
            }
            if report.judged.contains(where: concerns) {
                return RuleOutcome(id: descriptor.id, verdict: .pass, findings: mine)
            }
            return RuleOutcome(
                id: descriptor.id, verdict: .notApplicable,
                reason: LocalizedText(
                    fr: "Le compte rendu ne contient rien que \(descriptor.id) concerne",
                    en: "The report holds nothing that \(descriptor.id) is about"))
        }
    }

    /// What the kit says of a document of an exchange; nil without a kit.
    func kitLayers(_ bytes: [UInt8]) -> [LayerJudgement]? {
        official.map { $0.judge(bytes).layers.map { LayerJudgement($0, by: kit) } }
    }

    private var kit: String? { pack.map { "kit \($0.name)" } }

    // MARK: Weights

    /// The check that a document is valid against the schema.
    private static let validity = "CR-001"

    private static func shipped(_ file: String) -> String { "CISIS \(file)" }

    private static func outcome(_ schema: PackLayer) -> RuleOutcome {
        RuleOutcome(
            id: validity, verdict: schema.verdict,
            findings: schema.findings.map { finding in
                var finding = finding
                finding.requirement = validity
                return finding
            }, reason: schema.reason)
    }

    /// The layer with each finding at the weight that its check has at `level`.
    private static func weighed(_ layer: LayerJudgement, _ level: JudgementLevel) -> LayerJudgement {
        var layer = layer
        layer.findings = layer.findings.map { finding in
            // A captured report may have a link of another form, but not an empty one.
            guard level == .capture, finding.severity == .violation, finding.check != emptyLink,
                let descriptor = descriptors[finding.requirement ?? ""]
            else { return finding }
            var finding = finding
            finding.severity = finding.check == wrongKey ? .warning : descriptor.captureSeverity
            return finding
        }
        if layer.verdict == .fail, !layer.findings.contains(where: { $0.severity == .violation }) {
            layer.verdict = .pass
        }
        return layer
    }

    private static let emptyLink = "CR-028b"
    /// Official examples hold an INS whose key is wrong.
    private static let wrongKey = "CR-006c"

    private static let descriptors = Dictionary(
        uniqueKeysWithValues: ReportRules.descriptors.map { ($0.id, $0) })
}
