import Conformance
import DICOM
import XDS

/// Replacement, and what must have come before a submission: what the message and the registry tell together.
extension SubmissionRules {
    static let replacement: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-056", fr: "RPLC vise l'entryUUID (urn:uuid:) d'une fiche Approved ; une fiche n'en remplace qu'une",
            en: "RPLC aims at the entryUUID (urn:uuid:) of an Approved entry; an entry replaces only one",
            source: "IHE ITI TF-3 4.2.2.2; IHE ITI TF-2 3.42.4.1.3.5"
        ) { subject, remarks in
            let links = replacements(subject)
            guard !links.isEmpty else { return remarks.noReplacement() }
            for (index, link) in links.enumerated() {
                sayTwice(link, after: links[..<index], subject, &remarks)
                if !UUIDText.isURN(link.target) {
                    remarks.remark(
                        expected: "targetObject=\"urn:uuid:…\"", actual: link.target, at: subject.place(link.place))
                    continue
                }
                if subject.request.submission.entry(link.source) == nil {
                    remarks.remark(
                        expected: "sourceObject: ExtrinsicObject@id", actual: link.source,
                        at: subject.place(link.place))
                }
                guard let registered = subject.context.registered else { continue }
                let old = registered.first { $0.id == link.target }
                guard old?.availabilityStatus != XDSURN.approved else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "La cible du RPLC n'est pas une fiche Approved du registre",
                        en: "The target of the RPLC is no Approved entry of the registry"),
                    expected: XDSURN.approved, actual: old?.availabilityStatus ?? "∅", at: subject.place(link.place))
            }
        },
        rule(
            "PNR-057", fr: "Le KOS de remplacement a le même patient et le même examen, et un nouvel uniqueId",
            en: "The replacing KOS has the same patient and study, and a new uniqueId", source: Norm.imaging
        ) { subject, remarks in
            let links = replacements(subject)
            guard !links.isEmpty else { return remarks.noReplacement() }
            guard let registered = subject.context.registered else {
                return remarks.notRun(
                    fr: "Les fiches du registre ne sont pas connues", en: "The entries of the registry are not known")
            }
            for link in links {
                guard let entry = subject.request.submission.entry(link.source),
                    let old = registered.first(where: { $0.id == link.target })
                else { continue }
                judge(entry, replacing: old, subject, &remarks)
            }
        },
    ]

    static let circumstances: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-062", .warning, fr: "Le KOS n'est pas publié tant que l'INS n'est pas qualifiée (PID-32 VALI)",
            en: "The KOS is not published while the INS is not qualified (PID-32 VALI)", source: Norm.sharing
        ) { subject, remarks in
            guard let state = subject.context.identityState else {
                return remarks.notRun(
                    fr: "Le message HL7v2 de l'identité n'est pas connu",
                    en: "The HL7v2 message of the identity is not known")
            }
            guard let entry = subject.entries.first(where: \.isKOS) else { return remarks.noEntry("KOS") }
            guard state != "VALI" else { return }
            remarks.remark(
                expected: "PID-32: VALI", actual: state.isEmpty ? "∅" : "PID-32: \(state)", at: subject.place(entry))
        },
        rule(
            "PNR-063",
            fr: "Le KOS n'est émis qu'après le compte rendu validé, avec l'accession et le patient du PACS",
            en: "The KOS is sent only after the validated report, with accession and patient of the PACS",
            source: Norm.imaging
        ) { subject, remarks in
            guard let trigger = subject.context.trigger else {
                return remarks.notRun(
                    fr: "Ce qui a précédé la soumission n'est pas connu",
                    en: "What came before the submission is not known")
            }
            let entries = subject.entries.filter(\.isKOS)
            guard let first = entries.first else { return remarks.noEntry("KOS") }
            if !trigger.hasValidatedReport {
                remarks.remark(
                    LocalizedText(
                        fr: "Le KOS est émis sans qu'un compte rendu validé soit arrivé",
                        en: "The KOS is sent although no validated report had arrived"),
                    expected: "CR", actual: "∅", at: subject.place(first))
            }
            for entry in entries {
                judge(entry.references(.accession).map(\.id), trigger.accessions, entry, subject, &remarks)
                let patients = [entry.patientID?.id, entry.sourcePatientID?.id].compactMap { $0 }
                judge(patients, trigger.patientIDs, entry, subject, &remarks)
            }
        },
    ]

    // IHE ITI TF-3 4.2.2.2.3: what is replaced becomes Deprecated, hence is no target of a second replacement.
    private static func sayTwice(
        _ link: Association, after others: ArraySlice<Association>, _ subject: SubmissionSubject,
        _ remarks: inout Remarks
    ) {
        if others.contains(where: { $0.source == link.source }) {
            remarks.remark(
                LocalizedText(
                    fr: "La fiche \(link.source) remplace plusieurs fiches",
                    en: "The entry \(link.source) replaces several entries"),
                expected: "1 RPLC", actual: "2 RPLC", at: subject.place(link.place))
        } else if others.contains(where: { $0.target == link.target }) {
            remarks.remark(
                LocalizedText(
                    fr: "La fiche \(link.target) est remplacée par plusieurs fiches du lot",
                    en: "The entry \(link.target) is replaced by several entries of the set"),
                expected: "1 RPLC", actual: "2 RPLC", at: subject.place(link.place))
        }
    }

    private static func replacements(_ subject: SubmissionSubject) -> [Association] {
        subject.request.submission.associations.filter {
            [XDSURN.replaces, XDSURN.transformsAndReplaces].contains($0.type)
        }
    }

    private static func judge(
        _ entry: DocumentEntry, replacing old: DocumentEntry, _ subject: SubmissionSubject, _ remarks: inout Remarks
    ) {
        if let own = entry.patientID, let other = old.patientID, !own.names(same: other) {
            remarks.remark(
                expected: "patientId \(other.text)", actual: own.text,
                at: subject.place(entry, identifier: XDSUUID.patientID))
        }
        if entry.uniqueID == old.uniqueID {
            remarks.remark(
                expected: "uniqueId ≠ \(old.uniqueID)", actual: entry.uniqueID,
                at: subject.place(entry, identifier: XDSUUID.uniqueID))
        }
        let (own, other) = (entry.references(.studyInstanceUID), old.references(.studyInstanceUID))
        guard let study = own.first, !other.isEmpty, !other.contains(where: { $0.id == study.id }) else { return }
        remarks.remark(
            expected: "studyInstanceUID \(other.map(\.id).joined(separator: ", "))", actual: study.id,
            at: subject.place(study.place) ?? subject.place(entry))
    }

    private static func judge(
        _ values: [String], _ known: [String], _ entry: DocumentEntry, _ subject: SubmissionSubject,
        _ remarks: inout Remarks
    ) {
        guard !known.isEmpty, !values.contains(where: known.contains) else { return }
        remarks.remark(
            expected: "PACS: \(known.joined(separator: ", "))",
            actual: values.isEmpty ? "∅" : values.joined(separator: ", "), at: subject.place(entry))
    }
}

extension Remarks {
    /// The submission replaces nothing.
    mutating func noReplacement() {
        notApplicable(fr: "La soumission ne remplace aucun document", en: "The submission replaces no document")
    }
}
