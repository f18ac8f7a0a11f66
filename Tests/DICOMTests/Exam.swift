import DICOM

/// An invented exam of UIDs under 2.25.314159.
enum Exam {
    static let patient = ImagingPatient(
        familyName: "DEMOÉLÉGANT", givenName: "ZOÉ", usedNames: ["DEMOUSUEL^ZOÉ"], ins: "279035121518989",
        birthDate: "19790301", sex: "F", birthPlace: "51215", localID: "IPP-0001", localOID: "2.25.314159.1.7")

    static let study = "2.25.314159.2.1"

    static func series(_ number: Int, instances: Int, sopClass: String = UID.ctImage)
        -> KeyObjectSelection.Manifest.Series
    {
        KeyObjectSelection.Manifest.Series(
            uid: "\(study).\(number)", number: number, modality: "CT", region: "Thorax",
            description: "Parenchyme \(number)",
            retrieveURL: "https://db1.example.invalid/rs/studies/\(study)/series/\(study).\(number)",
            retrieveLocationUID: "2.25.314159.1.9", retrieveAETitle: "DRIMBOX",
            instances: (1...instances).map {
                KeyObjectSelection.Manifest.Instance(
                    sopClass: sopClass, sopInstance: "\(study).\(number).\($0)", number: $0)
            })
    }

    static let manifest = KeyObjectSelection.Manifest(
        patient: patient, sopInstanceUID: "2.25.314159.3.1", seriesInstanceUID: "2.25.314159.3",
        studyInstanceUID: study,
        studyDescription: "Scanner du thorax", studyDate: "20260115", studyTime: "101500", contentDate: "20260115",
        contentTime: "113000", timezone: "+0100", institution: "Centre d'imagerie fictif",
        institutionID: "999999999",
        order: KeyObjectSelection.Manifest.Order(
            accession: "ACC0001", accessionOID: "2.25.314159.1.5", placerOrder: "ORD0001", placerOID: "2.25.314159.1.6",
            procedureID: "P1", procedureDescription: "Scanner thoracique"),
        act: "Scanner thoracique sans injection", series: [series(1, instances: 3), series(2, instances: 4)])

    static func image(_ number: Int = 1, series: Int = 1, columns: Int = 64, rows: Int = 48) -> CTImage {
        CTImage(
            patient: patient,
            study: CTImage.Study(
                uid: study, id: "S1", date: "20260115", time: "101500", timezone: "+0100",
                description: "Scanner du thorax", accession: "ACC0001", accessionOID: "2.25.314159.1.5",
                placerOrder: "ORD0001", placerOID: "2.25.314159.1.6", institution: "Centre d'imagerie fictif"),
            series: CTImage.Series(
                uid: "\(study).\(series)", number: series, description: "Parenchyme", bodyPart: "CHEST",
                frameOfReferenceUID: "2.25.314159.2.99"),
            sopInstanceUID: "\(study).\(series).\(number)", number: number, columns: columns, rows: rows)
    }
}
