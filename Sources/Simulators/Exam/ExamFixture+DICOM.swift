public import DICOM

extension ExamFixture {
    /// The patient in the terms of DICOM.
    var imagingPatient: ImagingPatient {
        ImagingPatient(
            familyName: patient.birthName, givenName: patient.firstBirthGivenName,
            usedNames: ["\(patient.usedName)^\(patient.usedGivenName)"], ins: patient.nationalIdentifier.value,
            insOID: patient.nationalIdentifier.root, birthDate: patient.birthDate, sex: patient.sex,
            birthPlace: patient.birthPlaceCode, localID: patient.localIdentifier.value,
            localOID: patient.localIdentifier.root)
    }

    /// What the KOS says.
    public func manifest() -> KeyObjectSelection.Manifest {
        var manifest = KeyObjectSelection.Manifest(
            patient: imagingPatient, sopInstanceUID: manifestUID, seriesInstanceUID: manifestSeriesUID,
            studyInstanceUID: studyUID, studyDescription: act.display, studyDate: start.date, studyTime: start.time,
            contentDate: reported.date, contentTime: reported.time, timezone: reported.zone,
            institution: organization.name, institutionID: organization.identifier,
            order: KeyObjectSelection.Manifest.Order(
                accession: accession.value, accessionOID: accession.root, placerOrder: order.value,
                placerOID: order.root, procedureID: procedure.code, procedureDescription: act.display),
            act: act.display,
            series: series.map { one in
                KeyObjectSelection.Manifest.Series(
                    uid: one.uid, number: one.number, modality: modality.code, region: region.display,
                    description: one.description, retrieveURL: retrieveURL(of: one),
                    retrieveLocationUID: retrieveLocationUID, retrieveAETitle: retrieveAETitle,
                    instances: one.instances.map {
                        KeyObjectSelection.Manifest.Instance(
                            sopClass: sopClass.code, sopInstance: $0.uid, number: $0.number)
                    })
            })
        manifest.instanceNumber = manifestNumber
        manifest.studyID = "1"
        return manifest
    }

    /// The bytes of the KOS, as it is stored and hashed.
    public func manifestBytes() -> [UInt8] { manifest().file().serialized() }

    /// One image of the exam: Part 10, explicit VR little endian, with the INS in (0010,1002) as a source serves it.
    public func image(_ instance: Instance, of series: Series) -> DICOMFile {
        CTImage(
            patient: imagingPatient,
            study: CTImage.Study(
                uid: studyUID, id: "1", date: start.date, time: start.time, timezone: start.zone,
                description: act.display, accession: accession.value, accessionOID: accession.root,
                placerOrder: order.value, placerOID: order.root, institution: organization.name),
            series: CTImage.Series(
                uid: series.uid, number: series.number, description: series.description, bodyPart: "CHEST",
                frameOfReferenceUID: derived.uid("frame-of-reference")),
            sopInstanceUID: instance.uid, number: instance.number, columns: series.columns, rows: series.rows
        ).file()
    }

    /// The bytes of one image.
    public func imageBytes(_ instance: Instance, of series: Series) -> [UInt8] {
        image(instance, of: series).serialized()
    }
}
