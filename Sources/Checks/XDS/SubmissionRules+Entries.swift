import Conformance
import XDS

/// What every entry has, and the entry of the imaging report.
extension SubmissionRules {
    static let entries: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-022", fr: "languageCode est fr-FR", en: "languageCode is fr-FR", source: Norm.sharing
        ) { subject, remarks in
            for entry in subject.contentEntries where entry.languageCode != "fr-FR" {
                remarks.remark(
                    expected: "fr-FR", actual: entry.languageCode ?? "∅",
                    at: subject.place(entry, slot: "languageCode"))
            }
        },
        rule(
            "PNR-026", fr: "confidentialityCode a N (2.16.840.1.113883.5.25)",
            en: "confidentialityCode has N (2.16.840.1.113883.5.25)", source: "\(Norm.sharing), JDV_J08"
        ) { subject, remarks in
            for entry in subject.entries
            where !entry.confidentialityCodes.contains(where: { $0.matches(FrenchCode.normal) }) {
                remarks.remark(
                    expected: "N (\(FrenchOID.hl7Confidentiality))",
                    actual: entry.confidentialityCodes.isEmpty
                        ? "∅" : entry.confidentialityCodes.map { "\($0.code) (\($0.scheme))" }.joined(separator: ", "),
                    at: subject.place(entry))
            }
        },
        rule(
            "PNR-042", fr: "legalAuthenticator a une valeur, celle d'une personne",
            en: "legalAuthenticator has one value, that of a person", source: Norm.sharing
        ) { subject, remarks in
            for entry in subject.entries {
                let count = entry.source.object?.slot("legalAuthenticator")?.values.count ?? 0
                if let person = entry.legalAuthenticator, person.nameType == "U" || person.identifierType == "EI" {
                    remarks.remark(
                        LocalizedText(
                            fr: "legalAuthenticator est un dispositif : un document est validé par une personne",
                            en: "legalAuthenticator is a device: a document is authenticated by a person"),
                        expected: "…^D^^^IDNPS", actual: person.text,
                        at: subject.place(entry, slot: "legalAuthenticator"))
                }
                guard count != 1 || entry.legalAuthenticator?.id.isEmpty != false else { continue }
                remarks.remark(
                    expected: "1 XCN", actual: entry.legalAuthenticator?.text ?? "∅",
                    at: subject.place(entry, slot: "legalAuthenticator"))
            }
        },
        rule(
            "PNR-046", .warning, fr: "Aucun DTM n'a de décalage horaire ni de fraction",
            en: "No DTM has a UTC offset or a fraction", source: "IHE ITI TF-3 table 4.2.3.1.7-2"
        ) { subject, remarks in
            for entry in subject.entries {
                for time in [entry.creationTime, entry.serviceStartTime, entry.serviceStopTime] {
                    guard let time, !time.suffix.isEmpty else { continue }
                    remarks.remark(
                        expected: "YYYYMMDDhhmmss", actual: time.text,
                        at: subject.place(time.place) ?? subject.place(entry))
                }
            }
        },
        rule("PNR-047", fr: "La fiche a un titre", en: "The entry has a title", source: Norm.sharing) {
            subject, remarks in
            for entry in subject.entries where entry.title?.isEmpty != false {
                remarks.remark(expected: "rim:Name", actual: "∅", at: subject.place(entry))
            }
        },
    ]

    static let report: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-064", fr: "La fiche du compte rendu est text/xml, de typeCode 18748-4 et de classCode 10",
            en: "The entry of the report is text/xml, of typeCode 18748-4 and classCode 10", source: Norm.imaging
        ) { subject, remarks in
            let reports = subject.reports
            guard !reports.isEmpty else { return remarks.noEntry("CR") }
            for entry in reports {
                let actual = [
                    entry.mimeType, entry.typeCode.map { "\($0.code) (\($0.scheme))" } ?? "∅",
                    entry.classCode.map { "\($0.code) (\($0.scheme))" } ?? "∅",
                ]
                let isMediaType = ["text/xml", "application/xslt+xml"].contains(entry.mimeType)
                guard
                    !isMediaType || entry.typeCode?.matches(FrenchCode.reportType) != true
                        || entry.classCode?.matches(FrenchCode.reportClass) != true
                else { continue }
                remarks.remark(
                    expected: "text/xml, 18748-4 (\(FrenchOID.loinc)), 10 (\(FrenchOID.classCode))",
                    actual: actual.joined(separator: ", "), at: subject.place(entry))
            }
        },
        rule(
            "PNR-065", fr: "formatCode du compte rendu est celui du niveau 1 (PDF) ou du niveau 3",
            en: "formatCode of the report is that of level 1 (PDF) or of level 3", source: "CI-SIS, NOS, JDV_J10"
        ) { subject, remarks in
            let reports = subject.reports
            guard !reports.isEmpty else { return remarks.noEntry("CR") }
            let accepted = [FrenchCode.reportFormatN3, FrenchCode.reportFormatN1]
            for entry in reports {
                guard let code = entry.formatCode, !accepted.contains(where: { $0.matches(code) }) else { continue }
                remarks.remark(
                    expected: accepted.map(\.code).joined(separator: ", "), actual: "\(code.code) (\(code.scheme))",
                    at: subject.place(code.place) ?? subject.place(entry))
            }
        },
    ]
}

extension SubmissionSubject {
    /// The entries of imaging reports: by type or by the format of structured ones, else XML about the exam of the KOS.
    ///
    /// A submission may hold documents of other kinds (IHE ITI TF-3 4.2.1): what is about no exam is none of them.
    var reports: [DocumentEntry] {
        let others = contentEntries.filter { !$0.isKOS }
        let known = others.filter {
            $0.isImagingReport || $0.formatCode?.code == FrenchCode.reportFormatN3.code
        }
        guard known.isEmpty else { return known }
        let exams = entries.filter(\.isKOS).flatMap(\.examReferences)
        return others.filter { entry in
            (entry.mimeType == "text/xml" || entry.formatCode?.code == FrenchCode.reportFormatN1.code)
                && entry.examReferences.contains(where: exams.contains)
        }
    }
}

extension DocumentEntry {
    /// What names the exam: accession numbers and studies.
    fileprivate var examReferences: [String] { (references(.accession) + references(.studyInstanceUID)).map(\.id) }
}
