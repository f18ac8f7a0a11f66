import Cryptography
public import XDS

/// A document of the exam that can be submitted.
public enum ExamDocument: String, Sendable, Hashable, CaseIterable {
    /// The report (CDA).
    case report = "cr"
    /// The manifest (KOS).
    case manifest = "kos"

    /// The id of its entry in a submission.
    public var entryID: String {
        switch self {
        case .report: "DocumentCR"
        case .manifest: "DocumentKOS"
        }
    }
}

extension ExamFixture {
    /// The id of the submission set in a submission.
    public static let submissionSetID = "SubmissionSet01"

    /// The patient as the XDS metadata name them: `<INS>^^^&<oid>&ISO^NH`.
    public var patientCX: CX {
        CX(id: patient.nationalIdentifier.value, oid: patient.nationalIdentifier.root, type: "NH")
    }

    /// The accession number as a reference of an entry.
    public var accessionReference: CXi { CXi(id: accession.value, oid: accession.root, kind: .accession) }

    /// Accession, order and study, as an entry refers to them; the study has no authority (IHE form).
    public var references: [CXi] {
        [
            accessionReference, CXi(id: order.value, oid: order.root, kind: .order),
            CXi(id: studyUID, oid: nil, kind: .studyInstanceUID),
        ]
    }

    /// The uniqueId of a document in XDS.
    public func uniqueID(of document: ExamDocument) -> String {
        switch document {
        case .report: documentID
        case .manifest: manifestUID
        }
    }

    /// The bytes of a document.
    public func bytes(of document: ExamDocument) -> [UInt8] {
        switch document {
        case .report: reportBytes()
        case .manifest: manifestBytes()
        }
    }

    /// The request of ITI-41 that submits documents of the exam.
    ///
    /// - Parameter replacing: the entryUUID in the registry of the document that one of these replaces.
    public func submissionRequest(
        _ documents: [ExamDocument] = [.report, .manifest], replacing: [ExamDocument: String] = [:]
    ) -> ProvideAndRegisterRequest {
        let contents = documents.map { SubmittedDocument(id: $0.entryID, bytes: bytes(of: $0)) }
        var submission = Submission()
        submission.entries = zip(documents, contents).map { entry(of: $0, bytes: $1.bytes) }
        submission.submissionSets = [submissionSet(documents)]
        submission.associations = documents.enumerated().map { index, document in
            Association.member(
                id: "Association\(index + 1)", set: Self.submissionSetID, entry: document.entryID)
        }
        for document in documents {
            guard let target = replacing[document] else { continue }
            submission.associations.append(
                Association(
                    id: "Replacement-\(document.rawValue)", type: XDSURN.replaces, source: document.entryID,
                    target: target))
        }
        return ProvideAndRegisterRequest(submission: submission, documents: contents)
    }

    /// The entry of a document, with the values of the CI-SIS (volet Partage de documents de santé; DRIM-M for the KOS).
    public func entry(of document: ExamDocument, bytes: [UInt8]) -> DocumentEntry {
        var entry = DocumentEntry(
            id: document.entryID, mimeType: document == .report ? "text/xml" : "application/dicom",
            uniqueID: uniqueID(of: document))
        switch document {
        case .report:
            entry.title = reportTitle
            entry.classCode = FrenchCode.reportClass
            entry.typeCode = FrenchCode.reportType
            entry.formatCode = FrenchCode.reportFormatN3
            entry.authors = [practitionerAuthor]
            entry.eventCodes = [
                CodedValue(act.code, act.system, act.display), eventCode(modality), eventCode(region),
            ]
        case .manifest:
            entry.title = "Reference d'Objets d'un Examen d'Imagerie"
            entry.comments = "KOS"
            entry.classCode = FrenchCode.kosClass
            entry.typeCode = FrenchCode.kosType
            entry.formatCode = FrenchCode.kosFormat
            entry.authors = [
                Author(
                    person: XCN(
                        id: "899700000001", family: "DRIMbox d'essai", given: "CISIS", isDevice: true),
                    institutions: [XON(name: organization.name, id: organization.identifier)])
            ]
            entry.eventCodes = [eventCode(modality), eventCode(region)]
        }
        setContext(&entry)
        entry.hash = MessageDigest.hexadecimal(of: bytes, .sha1)
        entry.size = String(bytes.count)
        return entry
    }

    private func setContext(_ entry: inout DocumentEntry) {
        entry.healthcareFacilityTypeCode = eventCode(organization.facility)
        entry.practiceSettingCode = eventCode(organization.practiceSetting)
        entry.confidentialityCodes = [FrenchCode.normal]
        entry.creationTime = DTM(reported.utc)
        entry.serviceStartTime = DTM(start.utc)
        entry.serviceStopTime = DTM(stop.utc)
        entry.languageCode = "fr-FR"
        entry.legalAuthenticator = XCN(id: author.identifier, family: author.family, given: author.given)
        entry.sourcePatientID = CX(id: patient.localIdentifier.value, oid: patient.localIdentifier.root, type: "PI")
        entry.sourcePatientInfo = [
            "PID-5|\(patient.birthName)^\(patient.firstBirthGivenName)^^^^^L", "PID-7|\(patient.birthDate)",
            "PID-8|\(patient.sex)", "PID-11|^^^^^^BDL^^\(patient.birthPlaceCode)",
        ]
        entry.patientID = patientCX
        entry.referenceIDs = references
    }

    private func submissionSet(_ documents: [ExamDocument]) -> SubmissionSet {
        let names = documents.map(\.rawValue).joined(separator: "+")
        var set = SubmissionSet(
            id: Self.submissionSetID, uniqueID: derived.uid("submission-set/\(names)/\(manifestUID)/\(documentID)"))
        set.title = "Examen d'imagerie"
        set.authors = [practitionerAuthor]
        set.contentTypeCode = CodedValue("07", FrenchOID.contentType, "Consultation")
        set.patientID = patientCX
        set.sourceID = sourceID
        set.submissionTime = DTM(reported.utc)
        return set
    }

    private var practitionerAuthor: Author {
        Author(
            person: XCN(id: author.identifier, family: author.family, given: author.given),
            institutions: [XON(name: organization.name, id: organization.identifier)],
            specialties: ["\(author.specialty.code)^\(author.specialty.display)^\(author.specialty.system)"])
    }

    private func eventCode(_ value: Coded) -> CodedValue { CodedValue(value.code, value.system, value.display) }
}
