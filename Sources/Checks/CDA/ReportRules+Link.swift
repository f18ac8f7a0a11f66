internal import Conformance
internal import Imaging
internal import XML

// The link to the images: CR-028 to CR-033. CR-034 needs the national list of domains.
extension ReportRules {
    private static let link = "\(volet), lien vers les images; IHE RAD TF-2 4.106"

    static let linkRules = [
        bodyRule(
            "CR-028", .violation, capture: .warning,
            fr: "Le lien appelle IHEInvokeImageDisplay avec requestType=STUDY, studyUID, Accessionnumber et idCDA.",
            en: "The link invokes IHEInvokeImageDisplay with requestType=STUDY, studyUID, Accessionnumber and idCDA.",
            source: link
        ) { subject, remarks in
            eachLink(subject, &remarks) { entry, remarks in
                let form =
                    "https://…/IHEInvokeImageDisplay?requestType=STUDY&studyUID=…&Accessionnumber=…&idCDA=…"
                if entry.link.form == .wadoURI {
                    return remarks.remark(
                        LocalizedText(
                            fr: "Le lien est une adresse WADO-URI, l'ancienne forme.",
                            en: "The link is a WADO-URI, the former form."),
                        expected: form, actual: entry.link.text, at: place(entry.node, "value"), severity: .warning)
                }
                let codes: Set<ImageDisplayLink.Fault.Code> = [
                    .empty, .escapedTwice, .wrongPath, .wrongRequestType, .missingParameter, .emptyParameter,
                    .repeatedParameter,
                ]
                let faults = entry.link.faults.filter { codes.contains($0.code) }
                guard !faults.isEmpty || entry.link.form != .french else { return }
                remarks.remark(
                    expected: form,
                    actual: ([entry.link.text] + faults.map(\.brief)).joined(separator: "; "),
                    at: place(entry.node, "value"))
            }
        },
        bodyRule(
            "CR-029", .violation, fr: "Le studyUID du lien est l'id de l'examen qui le porte.",
            en: "The studyUID of the link is the id of the exam around it.", source: link
        ) { subject, remarks in
            eachParameter("studyUID", subject, &remarks) { entry, value, remarks in
                guard value != entry.studyUID else { return }
                remarks.remark(
                    expected: entry.studyUID ?? "act/id/@root", actual: value, at: place(entry.node, "value"))
            }
        },
        bodyRule(
            "CR-030", .violation,
            fr:
                "L'Accessionnumber du lien joint par un point la racine et l'extension d'un numéro d'accession de l'en-tête.",
            en:
                "The Accessionnumber of the link joins by a dot the root and the extension of an accession number of the header.",
            source: link
        ) { subject, remarks in
            let expected = subject.reading.accessions.map(\.joined)
            eachParameter("Accessionnumber", subject, &remarks) { entry, value, remarks in
                guard !expected.contains(value) else { return }
                remarks.remark(
                    expected: expected.isEmpty ? "order/ps3-20:accessionNumber" : expected.joined(separator: ", "),
                    actual: value, at: place(entry.node, "value"))
            }
        },
        bodyRule(
            "CR-031", .violation, fr: "L'idCDA du lien est la racine de l'id du document.",
            en: "The idCDA of the link is the root of the id of the document.", source: link
        ) { subject, remarks in
            eachParameter("idCDA", subject, &remarks) { entry, value, remarks in
                guard value != subject.reading.identifier?.root else { return }
                remarks.remark(
                    expected: subject.reading.identifier?.root ?? "ClinicalDocument/id/@root", actual: value,
                    at: place(entry.node, "value"))
            }
        },
        bodyRule(
            "CR-032", .violation, capture: .warning, fr: "Le lien est une adresse https absolue, sans blanc.",
            en: "The link is an absolute https address without blanks.", source: link
        ) { subject, remarks in
            eachLink(subject, &remarks) { entry, remarks in
                let codes: Set<ImageDisplayLink.Fault.Code> = [.empty, .relative, .notHTTPS, .blanks]
                let faults = entry.link.faults.filter { codes.contains($0.code) }
                guard !faults.isEmpty else { return }
                remarks.remark(
                    expected: "https://…/…",
                    actual: ([entry.link.text] + faults.map(\.brief)).joined(separator: "; "),
                    at: place(entry.node, "value"), severity: entry.link.form == .wadoURI ? .warning : nil)
            }
        },
        bodyRule(
            "CR-033", .warning, fr: "Le texte de la section montre le même lien (linkHtml).",
            en: "The text of the section shows the same link (linkHtml).", source: link
        ) { subject, remarks in
            eachLink(subject, &remarks) { entry, remarks in
                guard !entry.narrative.contains(where: { $0.link.text == entry.link.text }) else { return }
                let first = entry.narrative.first
                remarks.remark(
                    expected: entry.link.text, actual: first?.link.text ?? "linkHtml = \(Shown.absent)",
                    at: first.map { place($0.node, "href") } ?? place(entry.node, "value"))
            }
        },
    ]

    private static func eachLink(
        _ subject: ReportSubject, _ remarks: inout Remarks, _ body: (CatalogueLink, inout Remarks) -> Void
    ) {
        let links = subject.reading.links
        guard !links.isEmpty else {
            return remarks.notRun(
                fr: "Le compte rendu n'a pas de lien vers les images dans son catalogue.",
                en: "The report has no link to images in its catalogue.")
        }
        for link in links { body(link, &remarks) }
    }

    /// Looks at the parameter of each link that has it; a link without it is told by CR-028.
    private static func eachParameter(
        _ name: String, _ subject: ReportSubject, _ remarks: inout Remarks,
        _ body: (CatalogueLink, String, inout Remarks) -> Void
    ) {
        guard subject.reading.links.contains(where: { $0.link[name]?.isEmpty == false }) else {
            return remarks.notRun(fr: "Aucun lien n'a de \(name).", en: "No link has \(name).")
        }
        eachLink(subject, &remarks) { link, remarks in
            if let value = link.link[name], !value.isEmpty { body(link, value, &remarks) }
        }
    }
}

extension ImageDisplayLink.Fault {
    /// Its stable name, and the parameter that it is about.
    fileprivate var brief: String { parameter.map { "\(code.rawValue): \($0)" } ?? code.rawValue }
}
