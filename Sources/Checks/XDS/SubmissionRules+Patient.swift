import Conformance
import DICOM
import XDS

/// What an entry says of the patient and the exam besides its codes: `sourcePatientInfo`, the names of the codes, and the
/// modalities against those of the manifest that came.
extension SubmissionRules {
    static let patient: [Rule<SubmissionSubject>] = [
        rule(
            "xds.source-patient-info", capture: .warning,
            fr: "Chaque valeur de sourcePatientInfo est PID-n|…, avec une date de naissance et un sexe réels",
            en: "Each value of sourcePatientInfo is PID-n|…, with a real birth date and a known sex",
            source: "IHE ITI TF-3 4.2.3.2.23; HL7 v2.5, 3.4.2"
        ) { subject, remarks in
            guard subject.entries.contains(where: { !$0.sourcePatientInfo.isEmpty }) else {
                return remarks.notApplicable(
                    fr: "Aucune fiche n'a de sourcePatientInfo", en: "No entry has a sourcePatientInfo")
            }
            for entry in subject.entries {
                let place = subject.place(entry, slot: "sourcePatientInfo")
                for value in entry.sourcePatientInfo {
                    guard let fault = fault(ofPatientInfo: value) else { continue }
                    remarks.remark(fault.message, expected: fault.expected, actual: value, at: place)
                }
            }
        },
        rule(
            "xds.display-name", .warning, fr: "Chaque code a son libellé (rim:Name)",
            en: "Each code has its display name (rim:Name)", source: "IHE ITI TF-3 4.2.3.1.2"
        ) { subject, remarks in
            for entry in subject.entries {
                let single = [
                    entry.classCode, entry.typeCode, entry.formatCode, entry.healthcareFacilityTypeCode,
                    entry.practiceSettingCode,
                ].compactMap { $0 }
                for code in single + entry.confidentialityCodes + entry.eventCodes where isBlank(code.displayName) {
                    remarks.remark(
                        expected: "rim:Name/rim:LocalizedString/@value", actual: "\(code.code) (\(code.scheme))",
                        at: subject.place(code.place) ?? subject.place(entry))
                }
            }
            for set in subject.request.submission.submissionSets {
                guard let code = set.contentTypeCode, isBlank(code.displayName) else { continue }
                remarks.remark(
                    expected: "rim:Name/rim:LocalizedString/@value", actual: "\(code.code) (\(code.scheme))",
                    at: subject.place(code.place) ?? subject.place(set))
            }
        },
        rule(
            "xds.manifest-modalities", .warning,
            fr: "Les modalités d'eventCodeList sont celles des séries du KOS (XCK-005)",
            en: "The modalities of eventCodeList are those of the series of the KOS (XCK-005)", source: Norm.imaging
        ) { subject, remarks in
            withManifests(subject, &remarks) { entry, manifest, remarks in
                // KO, PR, SR and their like are no modality of an exam.
                let told = Set(manifest.descriptionLines.compactMap { SeriesLine($0)?.modality })
                    .intersection(FrenchCode.modalities)
                let schemes = [FrenchOID.dicomTerminology, FrenchOID.modalityValueSet]
                let own = entry.eventCodes.filter { schemes.contains($0.scheme) && subject.isModality($0.code) }
                guard !told.isEmpty, Set(own.map(\.code)) != told else { return }
                remarks.remark(
                    expected: "KOS: \(told.sorted().joined(separator: ", "))",
                    actual: own.isEmpty ? "∅" : own.map(\.code).joined(separator: ", "),
                    at: own.first.flatMap { subject.place($0.place) } ?? subject.place(entry))
            }
        },
    ]

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    /// What is wrong with one value of `sourcePatientInfo`; nil where nothing is.
    private static func fault(ofPatientInfo value: String) -> (message: LocalizedText, expected: String)? {
        let halves = value.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].hasPrefix("PID-"), let number = Int(halves[0].dropFirst(4)), number > 0
        else {
            return (
                LocalizedText(
                    fr: "Une valeur de sourcePatientInfo n'est pas PID-n, une barre et le champ",
                    en: "A value of sourcePatientInfo is not PID-n, a bar and the field"),
                "PID-n|…"
            )
        }
        let field = String(halves[1])
        switch number {
        case 7 where !isBirthDate(field):
            return (
                LocalizedText(
                    fr: "La date de naissance (PID-7) n'existe pas", en: "The birth date (PID-7) does not exist"),
                "PID-7|YYYYMMDD"
            )
        case 8 where !["M", "F", "O", "U", "A", "N"].contains(field):
            return (
                LocalizedText(
                    fr: "Le sexe (PID-8) n'est pas un code d'HL7 (table 0001)",
                    en: "The sex (PID-8) is no code of HL7 (table 0001)"),
                "PID-8|M, F, O, U, A, N"
            )
        default: return nil
        }
    }

    /// A date, perhaps with a time; unknown months or days are left out or, in the INS, zeros.
    private static func isBirthDate(_ text: String) -> Bool {
        let date = DTM(text)
        if date.isCalendarDate { return true }
        guard text.utf8.count == 8, text.hasSuffix("00") else { return false }
        return DTM(String(text.dropLast(text.hasSuffix("0000") ? 4 : 2))).isCalendarDate
    }
}
