internal import Checks
internal import Conformance
internal import Imaging
internal import XML

/// A link that a report holds, wherever it stands: in an entry of its catalogue, in its narrative, in its PDF.
struct FoundLink: Sendable {
    /// Where it was found.
    enum Source: Sendable {
        case entry(CatalogueLink)
        case narrative(Node)
        /// The text of a PDF (a report of level 1).
        case text
    }

    let link: ImageDisplayLink
    let source: Source

    /// Its place in the report.
    var place: EvidencePlace {
        switch source {
        case .entry(let entry): EvidencePlace.of(entry.node)
        case .narrative(let node): EvidencePlace.of(node)
        case .text: EvidencePlace(object: "PDF")
        }
    }

    /// The links of a structured report: those of the entries, then those of the narrative that no entry has.
    static func all(in report: ImagingReport) -> [FoundLink] {
        let entries = report.links.map { FoundLink(link: $0.link, source: .entry($0)) }
        let known = Set(entries.map(\.link.text))
        var seen: Set<String> = []
        let narrative = report.catalogues.flatMap(\.narrative).filter {
            !known.contains($0.link.text) && seen.insert($0.link.text).inserted
        }
        return entries + narrative.map { FoundLink(link: $0.link, source: .narrative($0.node)) }
    }
}

/// What the writing of a link says, without any exchange: its form, then whether it agrees with the report.
struct LinkHop {
    let found: FoundLink
    let report: ImagingReport

    private var link: ImageDisplayLink { found.link }

    // MARK: Form

    /// The writing of the link: LNK-003 and the form of the volet.
    func form(_ name: String) -> LayerJudgement {
        // Of an empty link all the rest is missing too.
        let empty = link.faults.filter { $0.code == .empty }
        var layer = LayerJudgement(name, findings: (empty.isEmpty ? link.faults : empty).map(finding))
        guard link.form == .wadoURI else { return layer }
        layer.findings.append(
            Finding(
                check: "link.former", severity: .warning,
                message: LocalizedText(
                    fr: "Le lien a la forme d'une version antérieure (WADO-URI)",
                    en: "The link has the form of an earlier version (WADO-URI)"),
                expected:
                    "https://…/\(ImageDisplayLink.resource)?requestType=STUDY&studyUID=…&Accessionnumber=…&idCDA=…",
                actual: link.text,
                advice: LocalizedText(
                    fr: "Écrire le lien de la forme courante, qui nomme l'étude, l'accession number et le CR.",
                    en: "Write the link in the present form, which names study, accession number and report."),
                place: found.place))
        if layer.verdict == .pass {
            layer.verdict = .inconclusive
            layer.reason = LocalizedText(
                fr:
                    "Un lien de forme antérieure ne nomme ni l'accession number ni le compte rendu : il ne peut pas être suivi",
                en: "A link of the former form names neither accession number nor report: it cannot be followed")
        }
        return layer
    }

    private func finding(_ fault: ImageDisplayLink.Fault) -> Finding {
        let parameter = fault.parameter ?? ""
        let told: (severity: Severity, fr: String, expected: String) =
            switch fault.code {
            case .empty: (.violation, "Le lien est vide", "https://…")
            case .relative: (.violation, "Le lien n'est pas une URL absolue", "https://…")
            // What the former form demanded is not judged.
            case .notHTTPS: (link.form == .wadoURI ? .warning : .violation, "Le lien n'est pas en https", "https://…")
            case .blanks: (.warning, "Le lien contient des blancs", "https://… (RFC 3986)")
            case .secret:
                (
                    .warning, "Le lien porte un jeton ou un mot de passe : il reste dans le compte rendu (SEC-020)",
                    "https://…?requestType=STUDY&…"
                )
            case .escapedTwice: (.violation, "L'esperluette du lien est échappée deux fois (&amp;amp;)", "&amp;")
            case .wrongPath:
                (
                    .violation, "Le chemin du lien ne finit pas par /\(ImageDisplayLink.resource)",
                    "/\(ImageDisplayLink.resource)"
                )
            case .wrongRequestType: (.violation, "requestType n'est pas STUDY", "requestType=STUDY")
            case .missingParameter: (.violation, "Le paramètre \(parameter) manque", "\(parameter)=…")
            case .emptyParameter: (.violation, "Le paramètre \(parameter) est vide", "\(parameter)=…")
            case .repeatedParameter: (.violation, "Le paramètre \(parameter) est répété", "1 × \(parameter)")
            default: (.violation, fault.message, "")
            }
        return Finding(
            check: "link.\(fault.code.rawValue)", requirement: fault.code == .wrongRequestType ? "LNK-003" : nil,
            severity: told.severity, message: LocalizedText(fr: told.fr, en: fault.message.capitalizedFirst),
            expected: told.expected, actual: link.text.isEmpty ? "∅" : link.text, place: found.place)
    }

    // MARK: Agreement

    /// Whether the link names the study, the accession number and the id of its own report: LNK-005.
    func agreement(_ name: String) -> LayerJudgement {
        guard link.form != .wadoURI else {
            return LayerJudgement(
                name, .notRun, fr: "Le lien n'est pas de la forme courante", en: "The link has not the present form",
                isRequired: false)
        }
        var findings: [Finding] = []
        func compare(_ value: String?, _ known: [String], _ what: (fr: String, en: String)) {
            guard let value, !value.isEmpty, !known.contains(value) else { return }
            findings.append(
                Finding(
                    check: "link.agreement", requirement: "LNK-005", severity: .violation,
                    message: LocalizedText(
                        fr: "Le lien ne nomme pas \(what.fr) du compte rendu",
                        en: "The link does not name \(what.en) of the report"),
                    expected: known.isEmpty ? "∅" : known.joined(separator: " | "), actual: value, place: found.place))
        }
        var studies = report.studyUIDs
        if case .entry(let entry) = found.source, let own = entry.studyUID { studies = [own] }
        compare(link.studyUID, studies, ("l'étude", "the study"))
        compare(link.accession, report.accessions.map(\.joined), ("l'accession number", "the accession number"))
        let identifiers = [report.identifier?.root, report.identifier?.joined].compactMap { $0 }
        compare(link.documentID, identifiers, ("l'identifiant", "the id"))
        if case .entry(let entry) = found.source, !entry.narrative.isEmpty,
            !entry.narrative.contains(where: { $0.link.text == link.text })
        {
            findings.append(
                Finding(
                    check: "link.narrative", severity: .warning,
                    message: LocalizedText(
                        fr: "Le lien de l'entrée n'est pas celui que le texte affiche",
                        en: "The link of the entry is not the one that the text shows"),
                    expected: link.text, actual: entry.narrative.map(\.link.text).joined(separator: " | "),
                    place: entry.narrative.first.map { EvidencePlace.of($0.node) }))
        }
        return LayerJudgement(name, findings: findings)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension EvidencePlace {
    /// A node of the report.
    fileprivate static func of(_ node: Node) -> EvidencePlace {
        EvidencePlace(line: node.line, column: node.column, byte: node.byteOffset, xpath: node.path)
    }
}
