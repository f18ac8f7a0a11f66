internal import Conformance
internal import DICOM
internal import Imaging
internal import XML

// The section "Catalogue d'objets DICOM": CR-022 to CR-027, CR-038 to CR-040.
extension ReportRules {
    private static let catalogue = "\(volet), section Catalogue d'objets DICOM; DICOM PS3.20 9.17, 10.4"

    static let catalogueRules = [
        bodyRule(
            "CR-022", .violation,
            fr: "Chaque section Acte a exactement un catalogue d'objets DICOM, codé 121181, avec un texte.",
            en: "Each Act section has exactly one DICOM object catalogue, coded 121181, with a text.", source: catalogue
        ) { subject, remarks in
            let acts = actSections(subject)
            guard !acts.isEmpty else {
                return remarks.notRun(fr: "Le corps n'a pas de section Acte.", en: "The body has no Act section.")
            }
            for act in acts {
                let found = act.descendants("section", in: ImagingReport.namespace)
                    .filter { $0.hasTemplate(ObjectCatalogue.template) }
                if found.count != 1 {
                    remarks.remark(
                        expected: "1 × section \(ObjectCatalogue.template)", actual: "\(found.count) × section",
                        at: place(act))
                }
                for section in found {
                    let code = section.firstCDA("code")
                    if code?.attribute("code") != "121181" {
                        remarks.remark(
                            expected: "121181", actual: code?.attribute("code") ?? Shown.absent,
                            at: place(code ?? section))
                    }
                    if section.firstCDA("text") == nil { sayMissing("text", in: section, &remarks) }
                }
            }
        },
        bodyRule(
            "CR-023", .violation, fr: "L'examen du catalogue est un de ceux de l'en-tête (serviceEvent/id).",
            en: "The exam of the catalogue is one of those of the header (serviceEvent/id).", source: catalogue
        ) { subject, remarks in
            let expected = subject.reading.studyUIDs
            eachExam(subject, &remarks) { exam, remarks in
                guard exam.studyUID.map(expected.contains) != true else { return }
                remarks.remark(
                    expected: expected.isEmpty ? "serviceEvent/id" : expected.joined(separator: ", "),
                    actual: exam.studyUID ?? Shown.absent, at: place(exam.node.firstCDA("id") ?? exam.node))
            }
        },
        bodyRule(
            "CR-024", .violation, fr: "L'examen du catalogue a sa date (effectiveTime) et exactement une série.",
            en: "The exam of the catalogue has its date (effectiveTime) and exactly one series.", source: catalogue
        ) { subject, remarks in
            eachExam(subject, &remarks) { exam, remarks in
                if exam.effectiveTime == nil { sayMissing("effectiveTime", in: exam.node, &remarks) }
                if exam.series.count != 1 {
                    remarks.remark(
                        expected: "1 × act \(ObjectCatalogue.seriesTemplate)", actual: "\(exam.series.count) × act",
                        at: place(exam.node))
                }
            }
        },
        bodyRule(
            "CR-025", .violation, fr: "La série du catalogue a une modalité et une observation d'instance.",
            en: "The series of the catalogue has one modality and one observation of an instance.", source: catalogue
        ) { subject, remarks in
            eachSeries(subject, &remarks) { series, remarks in
                if series.modalities.count != 1 {
                    remarks.remark(
                        expected: "1 × code/qualifier/value", actual: "\(series.modalities.count) × value",
                        at: place(series.node))
                }
                if series.observations.count != 1 {
                    remarks.remark(
                        expected: "1 × observation \(ObjectCatalogue.observationTemplate)",
                        actual: "\(series.observations.count) × observation", at: place(series.node))
                }
            }
        },
        bodyRule(
            "CR-026", .violation,
            fr: "L'observation d'instance est de classe DGIMG et codée par une classe SOP de stockage.",
            en: "The observation of an instance is of class DGIMG and coded by a storage SOP class.", source: catalogue
        ) { subject, remarks in
            eachObservation(subject, &remarks) { observation, remarks in
                let node = observation.node
                if node.attribute("classCode") != "DGIMG" {
                    remarks.remark(
                        expected: "DGIMG", actual: node.attribute("classCode") ?? Shown.absent,
                        at: place(node, "classCode"))
                }
                guard let code = observation.code, SOPClass(uid: code.code) != nil else {
                    return remarks.remark(
                        expected: "PS3.4 B.5", actual: observation.code?.code ?? Shown.absent,
                        at: place(observation.code?.node ?? node, "code"))
                }
            }
        },
        bodyRule(
            "CR-027", .violation, fr: "Le texte de l'observation est de type application/dicom et porte une référence.",
            en: "The text of the observation is of type application/dicom and holds a reference.", source: catalogue
        ) { subject, remarks in
            let texts = subject.reading.catalogues.flatMap(\.exams).flatMap(\.series).flatMap(\.observations)
                .filter { $0.text != nil }
            guard !texts.isEmpty else {
                return remarks.notRun(
                    fr: "Aucune observation du catalogue n'a de texte.",
                    en: "No observation of the catalogue has a text.")
            }
            for observation in texts {
                guard let text = observation.text else { continue }
                if text.attribute("mediaType") != "application/dicom" {
                    remarks.remark(
                        expected: "application/dicom", actual: text.attribute("mediaType") ?? Shown.absent,
                        at: place(text, "mediaType"))
                }
                if observation.reference == nil { sayMissing("reference", in: text, &remarks) }
            }
        },
        bodyRule(
            "CR-038", .warning, fr: "L'observation d'instance porte le lien vers les images (text/reference).",
            en: "The observation of an instance holds the link to the images (text/reference).", source: catalogue
        ) { subject, remarks in
            eachObservation(subject, &remarks) { observation, remarks in
                guard observation.reference == nil else { return }
                sayMissing("text/reference", in: observation.node, &remarks)
            }
        },
        bodyRule(
            "CR-039", .violation,
            fr: "La section Catalogue a un id, un titre, le code 121181, un texte et ses deux templateId.",
            en: "The Catalogue section has an id, a title, the code 121181, a text and its two templateIds.",
            source: catalogue
        ) { subject, remarks in
            guard !subject.reading.catalogues.isEmpty else { return sayNoCatalogue(&remarks) }
            for section in subject.reading.catalogues.map(\.node) {
                for name in ["id", "title", "code", "text"] where section.firstCDA(name) == nil {
                    sayMissing(name, in: section, &remarks)
                }
                if let code = section.firstCDA("code"), code.attribute("code") != "121181" {
                    remarks.remark(
                        expected: "121181", actual: code.attribute("code") ?? Shown.absent, at: place(code, "code"))
                }
                if !section.hasTemplate(ObjectCatalogue.dicomTemplate) {
                    sayMissing("templateId[@root='\(ObjectCatalogue.dicomTemplate)']", in: section, &remarks)
                }
            }
        },
        bodyRule(
            "CR-040", .warning, fr: "Le catalogue a l'acte de l'examen (code 113014).",
            en: "The catalogue has the act of the exam (code 113014).", source: catalogue
        ) { subject, remarks in
            guard !subject.reading.catalogues.isEmpty else { return sayNoCatalogue(&remarks) }
            for one in subject.reading.catalogues where one.exams.isEmpty {
                sayMissing("entry/act[templateId/@root='\(ObjectCatalogue.examTemplate)']", in: one.node, &remarks)
            }
        },
    ]

    static func sayNoCatalogue(_ remarks: inout Remarks) {
        remarks.notRun(
            fr: "Le corps n'a pas de catalogue d'objets DICOM complet.",
            en: "The body has no complete DICOM object catalogue.")
    }

    private static func eachExam(
        _ subject: ReportSubject, _ remarks: inout Remarks, _ body: (ObjectCatalogue.Exam, inout Remarks) -> Void
    ) {
        let exams = subject.reading.catalogues.flatMap(\.exams)
        guard !exams.isEmpty else { return sayNoCatalogue(&remarks) }
        for exam in exams { body(exam, &remarks) }
    }

    private static func eachSeries(
        _ subject: ReportSubject, _ remarks: inout Remarks, _ body: (ObjectCatalogue.Series, inout Remarks) -> Void
    ) {
        let series = subject.reading.catalogues.flatMap(\.exams).flatMap(\.series)
        guard !series.isEmpty else { return sayNoCatalogue(&remarks) }
        for one in series { body(one, &remarks) }
    }

    private static func eachObservation(
        _ subject: ReportSubject, _ remarks: inout Remarks,
        _ body: (ObjectCatalogue.Observation, inout Remarks) -> Void
    ) {
        let observations = subject.reading.catalogues.flatMap(\.exams).flatMap(\.series).flatMap(\.observations)
        guard !observations.isEmpty else { return sayNoCatalogue(&remarks) }
        for observation in observations { body(observation, &remarks) }
    }
}
