extension KeyObjectSelection {
    /// What a manifest says, from which its file is made: the KOS that the source publishes in the DMP.
    public struct Manifest: Sendable, Hashable {
        /// The patient; the INS is the Patient ID of a manifest.
        public var patient: ImagingPatient
        /// SOP Instance UID of the manifest.
        public var sopInstanceUID: String
        /// Series Instance UID of the manifest; differs from those of the exam.
        public var seriesInstanceUID: String
        /// Version of the manifest, from 1.
        public var instanceNumber = 1
        /// UID of the exam.
        public var studyInstanceUID: String
        /// Study ID; may be empty.
        public var studyID = ""
        /// Label of the exam.
        public var studyDescription: String
        /// Date of the exam: `YYYYMMDD`.
        public var studyDate: String
        /// Time of the exam: `HHMMSS`.
        public var studyTime: String
        /// Date at which the manifest is made: `YYYYMMDD`.
        public var contentDate: String
        /// Time at which the manifest is made: `HHMMSS`.
        public var contentTime: String
        /// Offset from UTC of all times: `+0100`.
        public var timezone: String
        /// Manufacturer of the source.
        public var manufacturer = "CISIS"
        /// Name of the institution.
        public var institution: String
        /// National number of the institution: 9 to 15 digits.
        public var institutionID: String
        /// Referring physician as a person name; may be empty.
        public var referringPhysician = ""
        /// The order.
        public var order: Order
        /// Label of the act, for the description.
        public var act: String
        /// The series of the exam.
        public var series: [Series]

        /// The order that the exam answers.
        public struct Order: Sendable, Hashable {
            /// Accession number: at most 16 characters.
            public var accession: String
            /// OID of its issuer.
            public var accessionOID: String
            /// Order of the placer; may be empty.
            public var placerOrder: String
            /// OID of its issuer.
            public var placerOID: String
            /// Requested procedure: identifier and label; may be empty.
            public var procedureID: String
            /// Label of the requested procedure; may be empty.
            public var procedureDescription: String

            /// An order.
            public init(
                accession: String, accessionOID: String, placerOrder: String = "", placerOID: String = "",
                procedureID: String = "", procedureDescription: String = ""
            ) {
                self.accession = accession
                self.accessionOID = accessionOID
                self.placerOrder = placerOrder
                self.placerOID = placerOID
                self.procedureID = procedureID
                self.procedureDescription = procedureDescription
            }
        }

        /// A series of the exam.
        public struct Series: Sendable, Hashable {
            /// Series Instance UID.
            public var uid: String
            /// Series number.
            public var number: Int
            /// Modality: `CT`.
            public var modality: String
            /// Anatomic region, for the description; may be empty.
            public var region: String
            /// Label of the series.
            public var description: String
            /// Where it is retrieved by WADO-RS: `<base>/studies/<study>/series/<series>`.
            public var retrieveURL: String
            /// OID of the repository that answers RAD-69; nil leaves it out.
            public var retrieveLocationUID: String?
            /// AE title; nil leaves it out.
            public var retrieveAETitle: String?
            /// The instances.
            public var instances: [Instance]

            /// A series.
            public init(
                uid: String, number: Int, modality: String, region: String, description: String, retrieveURL: String,
                retrieveLocationUID: String? = nil, retrieveAETitle: String? = nil, instances: [Instance]
            ) {
                self.uid = uid
                self.number = number
                self.modality = modality
                self.region = region
                self.description = description
                self.retrieveURL = retrieveURL
                self.retrieveLocationUID = retrieveLocationUID
                self.retrieveAETitle = retrieveAETitle
                self.instances = instances
            }
        }

        /// An instance of the exam.
        public struct Instance: Sendable, Hashable {
            /// SOP Class UID.
            public var sopClass: String
            /// SOP Instance UID.
            public var sopInstance: String
            /// Instance number.
            public var number: Int
            /// Frames, where there are several.
            public var frames: Int?

            /// An instance.
            public init(sopClass: String, sopInstance: String, number: Int, frames: Int? = nil) {
                self.sopClass = sopClass
                self.sopInstance = sopInstance
                self.number = number
                self.frames = frames
            }
        }

        /// A manifest; the properties that have a default can be changed after.
        public init(
            patient: ImagingPatient, sopInstanceUID: String, seriesInstanceUID: String, studyInstanceUID: String,
            studyDescription: String, studyDate: String, studyTime: String, contentDate: String, contentTime: String,
            timezone: String, institution: String, institutionID: String, order: Order, act: String, series: [Series]
        ) {
            self.patient = patient
            self.sopInstanceUID = sopInstanceUID
            self.seriesInstanceUID = seriesInstanceUID
            self.studyInstanceUID = studyInstanceUID
            self.studyDescription = studyDescription
            self.studyDate = studyDate
            self.studyTime = studyTime
            self.contentDate = contentDate
            self.contentTime = contentTime
            self.timezone = timezone
            self.institution = institution
            self.institutionID = institutionID
            self.order = order
            self.act = act
            self.series = series
        }
    }
}

extension KeyObjectSelection.Manifest {
    /// The description in the layout of the ANS: the exam, the act, then one line a series, each ended by CR LF (PS3.5, 6.1.3).
    public var text: String {
        var lines = ["Examen : \(studyDescription)", "Acte = \(act)"]
        for one in series {
            let region = one.region.isEmpty ? "" : "[\(one.region)]"
            lines.append("Série-\(one.uid) : \(one.modality) @ \(region) : \(one.description)")
        }
        return lines.joined(separator: "\r\n")
    }

    /// Name and number of the institution in the shape of an XON; the name is cut so that 64 characters hold both.
    public var institutionName: String {
        let end = "^^^^^^^^^" + institutionID
        return institution.prefix(max(0, 64 - end.count)) + end
    }

    /// The file of the manifest: Part 10, Key Object Selection Document Storage.
    public func file(transferSyntax: String = UID.explicitLittleEndian) -> DICOMFile {
        let characterSet = SpecificCharacterSet.fitting(
            patient.texts + [
                text, institution, order.procedureDescription, studyDescription, referringPhysician, manufacturer,
            ])
        var dataSet = DataSet(characterSet: characterSet)
        dataSet.set(.specificCharacterSet, characterSet.terms)
        setDocument(&dataSet)
        setPatient(&dataSet)
        setStudy(&dataSet)
        setContent(&dataSet)
        return DICOMFile(dataSet: dataSet, transferSyntax: transferSyntax)
    }

    // SOP Common, Key Object Document Series, General Equipment, Key Object Document.
    private func setDocument(_ dataSet: inout DataSet) {
        dataSet.set(.instanceCreationDate, contentDate)
        dataSet.set(.instanceCreationTime, contentTime)
        dataSet.set(.sopClassUID, UID.keyObjectSelection)
        dataSet.set(.sopInstanceUID, sopInstanceUID)
        dataSet.set(.seriesDate, contentDate)
        dataSet.set(.seriesTime, contentTime)
        dataSet.set(.contentDate, contentDate)
        dataSet.set(.contentTime, contentTime)
        dataSet.set(.modality, "KO")
        dataSet.set(.manufacturer, manufacturer)
        dataSet.set(.institutionName, institutionName)
        dataSet.set(.timezoneOffsetFromUTC, timezone)
        dataSet.setEmpty(.referencedPerformedProcedureStepSequence)
        dataSet.set(.seriesInstanceUID, seriesInstanceUID)
        dataSet.set(.seriesNumber, 59)
        dataSet.set(.instanceNumber, instanceNumber)
    }

    private func setPatient(_ dataSet: inout DataSet) {
        patient.setTraits(&dataSet)
        dataSet.set(.patientID, patient.ins)
        dataSet.set(.issuerOfPatientID, patient.insIssuer)
        dataSet.set(.issuerOfPatientIDQualifiersSequence, items: [.universalEntity(patient.insOID)])
        let others = [patient.insItem(dataSet.characterSet), patient.localItem(dataSet.characterSet)]
        dataSet.set(.otherPatientIDsSequence, items: others.compactMap { $0 })
        dataSet.set(.patientComments, patient.birthPlace)
    }

    private func setStudy(_ dataSet: inout DataSet) {
        dataSet.set(.studyInstanceUID, studyInstanceUID)
        dataSet.set(.studyID, studyID)
        dataSet.set(.studyDate, studyDate)
        dataSet.set(.studyTime, studyTime)
        dataSet.set(.studyDescription, studyDescription)
        dataSet.setEmpty(.accessionNumber)
        dataSet.set(.referringPhysicianName, referringPhysician)
    }

    private func setContent(_ dataSet: inout DataSet) {
        let characterSet = dataSet.characterSet
        dataSet.set(.valueType, "CONTAINER")
        dataSet.set(.conceptNameCodeSequence, items: [.code("113030", "DCM", "Manifest", characterSet)])
        dataSet.set(.continuityOfContent, "SEPARATE")
        var template = DataSet()
        template.set(.mappingResource, "DCMR")
        template.set(.templateIdentifier, "2010")
        dataSet.set(.contentTemplateSequence, items: [template])
        dataSet.set(.referencedRequestSequence, items: [request(characterSet)])
        dataSet.set(.currentRequestedProcedureEvidenceSequence, items: [evidence(characterSet)])
        dataSet.set(.contentSequence, items: contentItems(characterSet))
    }

    private func request(_ characterSet: SpecificCharacterSet) -> DataSet {
        var item = DataSet(characterSet: characterSet)
        item.set(.accessionNumber, order.accession)
        item.set(.issuerOfAccessionNumberSequence, items: [.universalEntity(order.accessionOID)])
        item.setEmpty(.referencedStudySequence)
        item.set(.studyInstanceUID, studyInstanceUID)
        item.set(.requestedProcedureDescription, order.procedureDescription)
        item.setEmpty(.requestedProcedureCodeSequence)
        if !order.placerOID.isEmpty {
            item.set(.orderPlacerIdentifierSequence, items: [.universalEntity(order.placerOID)])
        }
        item.set(.requestedProcedureID, order.procedureID)
        item.set(.placerOrderNumberImagingServiceRequest, order.placerOrder)
        item.setEmpty(.fillerOrderNumberImagingServiceRequest)
        return item
    }

    private func evidence(_ characterSet: SpecificCharacterSet) -> DataSet {
        var study = DataSet(characterSet: characterSet)
        study.set(.studyInstanceUID, studyInstanceUID)
        study.set(
            .referencedSeriesSequence,
            items: series.map { one in
                var item = DataSet(characterSet: characterSet)
                item.set(.seriesInstanceUID, one.uid)
                item.set(.seriesNumber, one.number)
                item.set(.retrieveURL, one.retrieveURL)
                if let uid = one.retrieveLocationUID { item.set(.retrieveLocationUID, uid) }
                if let title = one.retrieveAETitle { item.set(.retrieveAETitle, title) }
                item.set(.referencedSOPSequence, items: one.instances.map { reference($0, isEvidence: true) })
                return item
            })
        return study
    }

    private func reference(_ instance: Instance, isEvidence: Bool) -> DataSet {
        var item = DataSet()
        item.set(.referencedSOPClassUID, instance.sopClass)
        item.set(.referencedSOPInstanceUID, instance.sopInstance)
        guard isEvidence else { return item }
        item.set(.instanceNumber, instance.number)
        if let frames = instance.frames { item.set(.numberOfFrames, frames) }
        return item
    }

    // PS3.16, TID 2010: the references, then the description; their order is free, the ANS puts the text last.
    private func contentItems(_ characterSet: SpecificCharacterSet) -> [DataSet] {
        var items = series.flatMap(\.instances).map { instance in
            var item = DataSet(characterSet: characterSet)
            item.set(.relationshipType, "CONTAINS")
            item.set(.valueType, valueType(of: instance.sopClass))
            item.set(.referencedSOPSequence, items: [reference(instance, isEvidence: false)])
            return item
        }
        var description = DataSet(characterSet: characterSet)
        description.set(.relationshipType, "CONTAINS")
        description.set(.valueType, "TEXT")
        description.set(
            .conceptNameCodeSequence, items: [.code("113012", "DCM", "Key Object Description", characterSet)])
        description.set(.textValue, text)
        items.append(description)
        return items
    }

    private func valueType(of sopClass: String) -> String {
        switch SOPClass(uid: sopClass)?.kind {
        case .image, .imageOrComposite: "IMAGE"
        case .waveform: "WAVEFORM"
        case .composite, nil: "COMPOSITE"
        }
    }
}
