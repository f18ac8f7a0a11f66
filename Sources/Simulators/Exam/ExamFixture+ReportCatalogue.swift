import Imaging
import XML

extension ExamFixture {
    /// The section that ties the report to its images: one generic series and one generic SOP observation, and the link
    /// in the entry as in the narrative.
    var catalogue: Element {
        let observation = Element(
            "observation", ["classCode": "DGIMG", "moodCode": "EVN"],
            CDA.templates(["1.2.840.10008.9.18", ObjectCatalogue.observationTemplate]) + [
                CDA.identifier(series.first?.instances.first?.uid ?? derived.uid("generic-instance")),
                CDA.code("code", sopClass, [CDA.original("examen-lien")]),
                Element("text", ["mediaType": "application/dicom"], [CDA.reference(link.text)]),
                Element("effectiveTime", ["value": start.cda]),
            ])
        let modalityOfSeries = Element(
            "qualifier", [:],
            [
                CDA.code("name", CDA.dicomCode("121139", "Modalité")),
                CDA.code("value", modality, [CDA.original("examen-modalite")]),
            ])
        let seriesAct = Element(
            "act", ["classCode": "ACT", "moodCode": "EVN"],
            CDA.templates(["1.2.840.10008.9.17", ObjectCatalogue.seriesTemplate]) + [
                CDA.identifier(series.first?.uid ?? derived.uid("generic-series")),
                CDA.code("code", CDA.dicomCode("113015", "Séries"), [modalityOfSeries]),
                Element("effectiveTime", ["value": start.cda]),
                Element("entryRelationship", ["typeCode": "COMP"], [observation]),
            ])
        let exam = Element(
            "act", ["classCode": "ACT", "moodCode": "EVN"],
            CDA.templates(["1.2.840.10008.9.16", ObjectCatalogue.examTemplate]) + [
                CDA.identifier(studyUID), CDA.code("code", CDA.dicomCode("113014", "Examen")),
                Element("effectiveTime", ["value": start.cda]),
                Element("entryRelationship", ["typeCode": "COMP"], [seriesAct]),
            ])
        let anchor = Element(
            "content", ["ID": "examen-lien"],
            [Element("linkHtml", ["href": link.text], text: "Images de l'examen")])
        return CDA.section(
            templates: [ObjectCatalogue.dicomTemplate, ObjectCatalogue.template], id: derived.uuid("section/catalogue"),
            code: CDA.dicomCode("121181", "Catalogue d'objets DICOM"), title: "Catalogue d'objets DICOM",
            text: [
                CDA.table([
                    ("Examen", CDA.content("examen", studyUID)),
                    ("Modalité d'acquisition", CDA.content("examen-modalite", modality.display)),
                    ("Lien vers les images", anchor),
                ])
            ],
            [CDA.entry(exam)])
    }
}
