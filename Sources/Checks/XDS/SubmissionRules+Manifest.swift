import Conformance
import DICOM
import XDS

/// The entry of the KOS, and the KOS that came.
extension SubmissionRules {
    static let manifest: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-017", fr: "mimeType de la fiche du KOS est application/dicom",
            en: "mimeType of the KOS entry is application/dicom", source: Norm.imaging
        ) { subject, remarks in
            forEachManifestEntry(subject, &remarks) { entry, remarks in
                guard entry.mimeType != "application/dicom" else { return }
                remarks.remark(expected: "application/dicom", actual: entry.mimeType, at: subject.place(entry))
            }
        },
        codeRule("PNR-018", "typeCode", FrenchCode.kosType) { $0.typeCode },
        codeRule("PNR-019", "classCode", FrenchCode.kosClass) { $0.classCode },
        codeRule("PNR-020", "formatCode", FrenchCode.kosFormat) { $0.formatCode },
        rule(
            "PNR-021", fr: "uniqueId de la fiche du KOS est le SOP Instance UID du KOS",
            en: "uniqueId of the KOS entry is the SOP Instance UID of the KOS", source: "IHE RAD TF-3 4.68.4.1.2.3"
        ) { subject, remarks in
            forEachManifest(subject, &remarks) { entry, selection, remarks in
                guard entry.uniqueID != selection.sopInstanceUID else { return }
                remarks.remark(
                    expected: selection.sopInstanceUID ?? "∅", actual: entry.uniqueID,
                    at: subject.place(entry, identifier: XDSUUID.uniqueID))
            }
        },
    ]

    static let manifestReferences: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-031", fr: "referenceIdList du KOS a un numéro d'accession avec l'OID de son autorité",
            en: "referenceIdList of the KOS has one accession number with the OID of its authority",
            source: Norm.imaging
        ) { subject, remarks in
            forEachManifestEntry(subject, &remarks) { entry, remarks in
                let found = entry.references(.accession)
                guard found.count != 1 || found.contains(where: { $0.id.isEmpty || $0.authority?.isOID != true })
                else { return }
                remarks.remark(
                    expected: "…^^^&OID&ISO^\(CXi.Kind.accession.rawValue)",
                    actual: found.isEmpty ? "∅" : found.map(\.text).joined(separator: ", "),
                    at: subject.place(entry, slot: referenceSlot))
            }
        },
        rule(
            "PNR-032", fr: "referenceIdList du KOS a un studyInstanceUID, celui de l'examen du KOS",
            en: "referenceIdList of the KOS has one studyInstanceUID, that of the KOS's study", source: Norm.imaging
        ) { subject, remarks in
            let read = Dictionary(subject.manifests.map { ($0.entry.id, $0.selection) }) { first, _ in first }
            forEachManifestEntry(subject, &remarks) { entry, remarks in
                let found = entry.references(.studyInstanceUID)
                let study = read[entry.id]?.studyInstanceUID
                guard found.count != 1 || (study != nil && found.first?.id != study) else { return }
                remarks.remark(
                    expected: study ?? "1 \(CXi.Kind.studyInstanceUID.rawValue)",
                    actual: found.isEmpty ? "∅" : found.map(\.text).joined(separator: ", "),
                    at: subject.place(entry, slot: referenceSlot))
            }
        },
        rule(
            "PNR-033", fr: "Numéro d'accession et autorité de la fiche sont ceux du KOS",
            en: "Accession number and authority of the entry are those of the KOS", source: Norm.imaging
        ) { subject, remarks in
            forEachManifest(subject, &remarks) { entry, selection, remarks in
                let known = selection.requests.compactMap(\.accession)
                guard !known.isEmpty, let own = entry.references(.accession).first else { return }
                let agrees = known.contains {
                    $0.value == own.id && ($0.issuerOID == nil || $0.issuerOID == own.authority?.universalID)
                }
                guard !agrees else { return }
                remarks.remark(
                    expected: known.map { "\($0.value) (\($0.issuerOID ?? "∅"))" }.joined(separator: ", "),
                    actual: "\(own.id) (\(own.authority?.universalID ?? "∅"))",
                    at: subject.place(own.place) ?? subject.place(entry))
            }
        },
        rule(
            "PNR-035", fr: "Les types de referenceIdList sont accession, order ou studyInstanceUID",
            en: "The types of referenceIdList are accession, order or studyInstanceUID",
            source: "\(Norm.sharing), JDV_J231"
        ) { subject, remarks in
            for entry in subject.contentEntries {
                for reference in entry.referenceIDs where !CXi.Kind.dmp.contains(reference.kind) {
                    remarks.remark(
                        expected: CXi.Kind.dmp.map(\.rawValue).joined(separator: ", "),
                        actual: reference.kind.rawValue, at: subject.place(reference.place) ?? subject.place(entry))
                }
            }
        },
        rule(
            "PNR-036", fr: "patientId est <INS>^^^&<OID>&ISO^NH, et l'INS est le PatientID du KOS",
            en: "patientId is <INS>^^^&<OID>&ISO^NH, and the INS is the PatientID of the KOS",
            source: "IHE ITI TF-3 table 4.2.3.1.7-2; \(Norm.sharing)"
        ) { subject, remarks in
            for entry in subject.entries {
                let patient = entry.patientID
                let isINS = FrenchOID.ins.contains(patient?.authority?.universalID ?? "")
                let place = subject.place(entry, identifier: XDSUUID.patientID)
                if let patient, patient.defect == nil, patient.type == "NH", isINS {
                    remarks.judgeNationalIdentifier(patient.id, at: place, keySeverity: remarks.keySeverity)
                } else {
                    remarks.remark(
                        expected: "<INS>^^^&\(FrenchOID.insNIR)&ISO^NH", actual: patient?.text ?? "∅", at: place)
                }
            }
            for (entry, selection) in subject.manifests {
                guard let patient = selection.patientID, let own = entry.patientID, own.id != patient else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "L'INS de la fiche n'est pas le PatientID du KOS",
                        en: "The INS of the entry is not the PatientID of the KOS"),
                    expected: patient, actual: own.id, at: subject.place(entry, identifier: XDSUUID.patientID))
            }
        },
    ]

    private static let referenceSlot = "urn:ihe:iti:xds:2013:referenceIdList"

    private static func codeRule(
        _ id: String, _ name: String, _ expected: CodedValue,
        _ value: @escaping @Sendable (DocumentEntry) -> CodedValue?
    ) -> Rule<SubmissionSubject> {
        rule(
            id, fr: "\(name) de la fiche du KOS est \(expected.code) (\(expected.scheme))",
            en: "\(name) of the KOS entry is \(expected.code) (\(expected.scheme))", source: Norm.imaging
        ) { subject, remarks in
            forEachManifestEntry(subject, &remarks) { entry, remarks in
                let actual = value(entry)
                guard actual?.matches(expected) != true else { return }
                remarks.remark(
                    expected: "\(expected.code) (\(expected.scheme))",
                    actual: actual.map { "\($0.code) (\($0.scheme))" } ?? "∅",
                    at: actual.flatMap { subject.place($0.place) } ?? subject.place(entry))
            }
        }
    }

    private static func forEachManifestEntry(
        _ subject: SubmissionSubject, _ remarks: inout Remarks, _ body: (DocumentEntry, inout Remarks) -> Void
    ) {
        let entries = subject.entries.filter(\.isKOS)
        guard !entries.isEmpty else { return remarks.noEntry("KOS") }
        for entry in entries { body(entry, &remarks) }
    }

    private static func forEachManifest(
        _ subject: SubmissionSubject, _ remarks: inout Remarks,
        _ body: (DocumentEntry, KeyObjectSelection, inout Remarks) -> Void
    ) {
        guard subject.entries.contains(where: \.isKOS) else { return remarks.noEntry("KOS") }
        let manifests = subject.manifests
        guard !manifests.isEmpty else {
            remarks.notRun(
                fr: "Aucun KOS lisible n'accompagne la fiche", en: "No readable KOS comes with the entry")
            return
        }
        for (entry, selection) in manifests { body(entry, selection, &remarks) }
    }
}
