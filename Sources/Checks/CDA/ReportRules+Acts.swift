internal import Conformance
internal import DICOM
internal import Imaging
internal import XDS
internal import XML

// The acts of the header and the sections of the body: CR-011 to CR-017, CR-020, CR-021, CR-035.
extension ReportRules {
    private static let actSection = "1.2.250.1.213.1.1.2.206"
    private static let conclusionSection = "1.2.250.1.213.1.1.2.209"
    private static let technique = "1.2.250.1.213.1.1.3.153"

    static let actRules = [
        rule(
            "CR-011", .violation, fr: "L'id de chaque acte d'imagerie est l'UID de l'examen, sans extension.",
            en: "The id of each imaging act is the UID of the study, without extension.",
            source: "\(volet); DICOM PS3.5 9.1"
        ) { subject, remarks in
            eachAct(subject, &remarks) { act, remarks in
                guard let identifier = act.identifiers.first else {
                    return sayMissing("id/@root", in: act.node, &remarks)
                }
                if !UID.isValid(identifier.root) {
                    remarks.remark(
                        expected: "UID (PS3.5 9.1)", actual: identifier.root, at: place(identifier.node, "root"))
                }
                guard let value = identifier.value else { return }
                // An older writing holds the name of the attribute there: read and told.
                remarks.remark(
                    expected: "@extension = \(Shown.absent)", actual: value, at: place(identifier.node, "extension"),
                    severity: value == "studyInstanceUID" ? .warning : nil)
            }
        },
        rule(
            "CR-012", .warning, fr: "Chaque acte a un seul UID d'examen, qu'aucun autre ne répète.",
            en: "Each act has one study UID, which no other repeats."
        ) { subject, remarks in
            var seen: Set<String> = []
            eachAct(subject, &remarks) { act, remarks in
                if act.identifiers.count > 1 {
                    remarks.remark(
                        expected: "1 × id", actual: "\(act.identifiers.count) × id", at: place(act.node))
                }
                guard let uid = act.studyUID, !seen.insert(uid).inserted else { return }
                remarks.remark(expected: "1 × UID", actual: uid, at: place(act.node))
            }
        },
        rule(
            "CR-014", .violation,
            fr: "Chaque acte a au moins une modalité : traduction DICOM du jeu de valeurs, qualifiée par 121139.",
            en: "Each act has at least one modality: DICOM translation of the value set, qualified by 121139.",
            source: "\(volet), JDV des modalités d'imagerie"
        ) { subject, remarks in
            eachAct(subject, &remarks) { act, remarks in
                judge(
                    act.modalities, of: act, qualifier: "121139", values: FrenchCode.modalities,
                    system: ImagingReport.CodeSystem.dicom, &remarks)
            }
        },
        rule(
            "CR-015", .warning,
            fr: "Chaque acte a au moins une région : traduction SNOMED CT du jeu de valeurs, qualifiée par 39111-0.",
            en: "Each act has at least one region: SNOMED CT translation of the value set, qualified by 39111-0.",
            source: "\(volet), JDV des régions anatomiques"
        ) { subject, remarks in
            eachAct(subject, &remarks) { act, remarks in
                judge(
                    act.regions, of: act, qualifier: "39111-0", values: FrenchCode.regions,
                    system: ImagingReport.CodeSystem.snomed, &remarks)
            }
        },
        rule(
            "CR-016", .violation, fr: "Chaque acte a son début (effectiveTime/low).",
            en: "Each act has its start (effectiveTime/low)."
        ) { subject, remarks in
            eachAct(subject, &remarks) { act, remarks in
                let low = act.node.firstCDA("effectiveTime")?.firstCDA("low")
                guard low?.attribute("value")?.isEmpty ?? true else { return }
                sayMissing("effectiveTime/low/@value", in: act.node, &remarks)
            }
        },
        rule(
            "CR-017", .violation, fr: "Chaque acte a l'identifiant de l'organisation de son exécutant.",
            en: "Each act has the identifier of the organisation of its performer."
        ) { subject, remarks in
            eachAct(subject, &remarks) { act, remarks in
                guard act.organizations.isEmpty else { return }
                sayMissing("performer/assignedEntity/representedOrganization/id/@root", in: act.node, &remarks)
            }
        },
        bodyRule(
            "CR-020", .violation, fr: "Le corps a exactement une section Conclusion, avec son texte.",
            en: "The body has exactly one Conclusion section, with its text."
        ) { subject, remarks in
            let sections = sections(conclusionSection, subject)
            if sections.count != 1 {
                remarks.remark(
                    expected: "1 × section \(conclusionSection)", actual: "\(sections.count) × section",
                    at: place(subject.reading.root))
            }
            for section in sections where section.firstCDA("text")?.stringValue.isEmpty ?? true {
                sayMissing("text", in: section, &remarks)
            }
        },
        bodyRule(
            "CR-021", .warning, fr: "Le corps a autant de sections Acte que l'en-tête a d'actes d'imagerie.",
            en: "The body has as many Act sections as the header has imaging acts."
        ) { subject, remarks in
            let count = sections(actSection, subject).count
            let expected = subject.reading.imagingActs.count
            guard count != expected || count == 0 else { return }
            remarks.remark(
                expected: "\(max(expected, 1)) × section \(actSection)", actual: "\(count) × section",
                at: place(subject.reading.root))
        },
        bodyRule(
            "CR-035", .warning, fr: "La modalité de chaque entrée Technique est une de celles de l'en-tête.",
            en: "The modality of each Technique entry is one of those of the header."
        ) { subject, remarks in
            let expected = Set(subject.reading.imagingActs.flatMap(\.modalities).map(\.code))
            let methods = sections(actSection, subject).flatMap { section in
                section.cda("entry").flatMap { $0.elements }.filter { $0.hasTemplate(technique) }
                    .flatMap { $0.cda("methodCode") }
            }
            guard !expected.isEmpty, !methods.isEmpty else {
                return remarks.notRun(
                    fr: "L'en-tête n'a pas de modalité ou le corps n'a pas d'entrée Technique.",
                    en: "The header has no modality or the body has no Technique entry.")
            }
            for method in methods where !expected.contains(method.attribute("code") ?? "") {
                remarks.remark(
                    expected: expected.sorted().joined(separator: ", "),
                    actual: method.attribute("code") ?? Shown.absent,
                    at: place(method, "code"))
            }
        },
    ]

    static func sections(_ template: String, _ subject: ReportSubject) -> [Node] {
        subject.reading.root.descendants("section", in: ImagingReport.namespace).filter { $0.hasTemplate(template) }
    }

    /// The Act sections of the body.
    static func actSections(_ subject: ReportSubject) -> [Node] { sections(actSection, subject) }

    private static func eachAct(
        _ subject: ReportSubject, _ remarks: inout Remarks, _ body: (ImagingReport.Act, inout Remarks) -> Void
    ) {
        guard !subject.reading.imagingActs.isEmpty else {
            return remarks.notRun(
                fr: "L'en-tête n'a pas d'acte d'imagerie (documentationOf).",
                en: "The header has no imaging act (documentationOf).")
        }
        for act in subject.reading.imagingActs { body(act, &remarks) }
    }

    private static func judge(
        _ codes: [ImagingReport.Code], of act: ImagingReport.Act, qualifier: String, values: Set<String>,
        system: String, _ remarks: inout Remarks
    ) {
        if codes.isEmpty { sayMissing("code/translation[@codeSystem='\(system)']", in: act.node, &remarks) }
        for code in codes {
            if !values.contains(code.code) {
                remarks.remark(expected: "JDV", actual: code.code, at: place(code.node, "code"))
            }
            let names = code.node.cda("qualifier").flatMap { $0.cda("name") }.map { $0.attribute("code") ?? "" }
            if !names.contains(qualifier) {
                remarks.remark(
                    expected: "qualifier/name/@code = \(qualifier)",
                    actual: names.isEmpty ? Shown.absent : names.joined(separator: ", "), at: place(code.node))
            }
        }
    }
}
