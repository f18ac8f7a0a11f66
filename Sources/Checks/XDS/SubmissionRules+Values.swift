import Conformance
import XDS

/// The values that the French profile fixes for every entry: codes, authors, times.
extension SubmissionRules {
    static let values: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-027", fr: "Les autres confidentialityCode sont les trois codes français",
            en: "The other confidentialityCodes are the three French codes", source: "\(Norm.sharing), JDV_J08"
        ) { subject, remarks in
            let hl7: Set<String> = ["N", "R", "V"]
            let french = [
                FrenchCode.hiddenFromProfessionals, FrenchCode.hiddenFromPatient, FrenchCode.hiddenFromRepresentatives,
            ]
            for entry in subject.entries {
                for code in entry.confidentialityCodes {
                    let isHL7 = code.scheme == FrenchOID.hl7Confidentiality && hl7.contains(code.code)
                    guard !isHL7, !french.contains(where: { $0.matches(code) }) else { continue }
                    remarks.remark(
                        expected: french.map(\.code).joined(separator: ", "), actual: "\(code.code) (\(code.scheme))",
                        at: subject.place(code.place) ?? subject.place(entry))
                }
            }
        },
        rule(
            "PNR-028", fr: "eventCodeList du KOS a une modalité du jeu de valeurs, et aucune n'est KO",
            en: "eventCodeList of the KOS has a modality of the value set, and none is KO",
            source: "\(Norm.imaging), JDV 1.2.250.1.213.1.1.5.618"
        ) { subject, remarks in
            let entries = subject.entries.filter(\.isKOS)
            guard !entries.isEmpty else { return remarks.noEntry("KOS") }
            let schemes = [FrenchOID.dicomTerminology, FrenchOID.modalityValueSet]
            for entry in entries {
                let codes = entry.eventCodes.filter { schemes.contains($0.scheme) }.map(\.code)
                let isKnown = codes.contains { subject.isModality($0) }
                guard !isKnown || codes.contains("KO") else { continue }
                let wrong = entry.eventCodes.first { schemes.contains($0.scheme) && $0.code == "KO" }
                remarks.remark(
                    expected: "CT, MR, …", actual: codes.isEmpty ? "∅" : codes.joined(separator: ", "),
                    at: wrong.flatMap { subject.place($0.place) } ?? subject.place(entry))
            }
        },
        rule(
            "PNR-029", .warning, fr: "eventCodeList du KOS a une région anatomique du jeu de valeurs",
            en: "eventCodeList of the KOS has an anatomic region of the value set",
            source: "\(Norm.imaging), JDV \(FrenchOID.regionValueSet)"
        ) { subject, remarks in
            let entries = subject.entries.filter(\.isKOS)
            guard !entries.isEmpty else { return remarks.noEntry("KOS") }
            let schemes = [FrenchOID.snomed, FrenchOID.regionValueSet]
            for entry in entries {
                let codes = entry.eventCodes.filter { schemes.contains($0.scheme) }.map(\.code)
                guard !codes.contains(where: { subject.isRegion($0) }) else { continue }
                remarks.remark(
                    expected: "774007, 67734004, … (\(FrenchOID.snomed))",
                    actual: codes.isEmpty ? "∅" : codes.joined(separator: ", "), at: subject.place(entry))
            }
        },
        rule(
            "PNR-030", .warning, fr: "Les eventCode ont le système de codage réel, non l'OID du jeu de valeurs",
            en: "The eventCodes have the real coding system, not the OID of the value set", source: Norm.imaging
        ) { subject, remarks in
            let older = [
                FrenchOID.modalityValueSet: FrenchOID.dicomTerminology, FrenchOID.regionValueSet: FrenchOID.snomed,
            ]
            for entry in subject.entries {
                for code in entry.eventCodes {
                    guard let current = older[code.scheme] else { continue }
                    remarks.remark(
                        expected: current, actual: code.scheme,
                        at: subject.place(code.place) ?? subject.place(entry))
                }
            }
        },
        rule(
            "PNR-037", capture: .warning, fr: "sourcePatientId a une autorité et le type PI",
            en: "sourcePatientId has an authority and the type PI", source: Norm.sharing
        ) { subject, remarks in
            for entry in subject.entries {
                let patient = entry.sourcePatientID
                guard patient?.type != "PI" || patient?.authority?.isOID != true else { continue }
                remarks.remark(
                    expected: "<IPP>^^^&<OID>&ISO^PI", actual: patient?.text ?? "∅",
                    at: subject.place(entry, slot: "sourcePatientId"))
            }
        },
        rule(
            "PNR-040", fr: "authorPerson a l'autorité \(FrenchOID.professional) et le type IDNPS ou EI",
            en: "authorPerson has the authority \(FrenchOID.professional) and the type IDNPS or EI",
            source: Norm.sharing
        ) { subject, remarks in
            for person in subject.entries.flatMap({ $0.authors.compactMap(\.person) }) {
                let isKnown = person.authority?.universalID == FrenchOID.professional
                guard !isKnown || !["IDNPS", "EI"].contains(person.identifierType) else { continue }
                remarks.remark(
                    expected: "…^^^^^^&\(FrenchOID.professional)&ISO^D^^^IDNPS", actual: person.text,
                    at: subject.place(person.place))
            }
        },
        rule(
            "PNR-041", fr: "authorInstitution a l'autorité \(FrenchOID.organisation), le type IDNST et un identifiant",
            en: "authorInstitution has the authority \(FrenchOID.organisation), the type IDNST and an id",
            source: Norm.sharing
        ) { subject, remarks in
            for institution in subject.entries.flatMap({ $0.authors.flatMap(\.institutions) }) {
                let isKnown = institution.authority?.universalID == FrenchOID.organisation
                guard !isKnown || institution.identifierType != "IDNST" || institution.id.isEmpty else { continue }
                remarks.remark(
                    expected: "…^^^^^&\(FrenchOID.organisation)&ISO^IDNST^^^…", actual: institution.text,
                    at: subject.place(institution.place))
            }
        },
        rule(
            "PNR-044", fr: "practiceSettingCode est du jeu de valeurs", en: "practiceSettingCode is of the value set",
            source: "\(Norm.sharing), JDV_J04"
        ) { subject, remarks in
            for entry in subject.entries {
                guard let code = entry.practiceSettingCode else { continue }
                let demand = CodeDemand.practiceSetting
                guard !demand.accepts(code, subject.context.valueSets) else { continue }
                remarks.remark(
                    expected: demand.expected(subject.context.valueSets), actual: "\(code.code) (\(code.scheme))",
                    at: subject.place(code.place) ?? subject.place(entry))
            }
        },
        rule(
            "PNR-045", fr: "serviceStartTime est présent, en 14 chiffres, et ne suit pas serviceStopTime",
            en: "serviceStartTime is there, in 14 digits, and not after serviceStopTime", source: Norm.sharing
        ) { subject, remarks in
            for entry in subject.entries {
                guard let start = entry.serviceStartTime, start.isCalendarDate, start.digits.count == 14 else {
                    remarks.remark(
                        startDefect(entry.serviceStartTime), expected: "YYYYMMDDhhmmss",
                        actual: entry.serviceStartTime?.text ?? "∅",
                        at: subject.place(entry, slot: "serviceStartTime"))
                    continue
                }
                guard let stop = entry.serviceStopTime, stop.latest < start.earliest else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "serviceStartTime suit serviceStopTime", en: "serviceStartTime is after serviceStopTime"),
                    expected: "≤ \(stop.text)", actual: start.text,
                    at: subject.place(entry, slot: "serviceStartTime"), severity: .warning)
            }
        },
    ]
}

extension SubmissionRules {
    /// What is wrong with a serviceStartTime.
    private static func startDefect(_ time: DTM?) -> LocalizedText {
        guard let time else {
            return LocalizedText(fr: "serviceStartTime est absent", en: "serviceStartTime is missing")
        }
        return time.isCalendarDate
            ? LocalizedText(
                fr: "serviceStartTime n'a pas 14 chiffres", en: "serviceStartTime has not 14 digits")
            : LocalizedText(
                fr: "serviceStartTime n'est pas une date du calendrier",
                en: "serviceStartTime is no date of the calendar")
    }
}

extension SubmissionSubject {
    /// Whether `code` is a modality of the value set, whichever of the two schemes it is written with.
    func isModality(_ code: String) -> Bool {
        codes(FrenchOID.modalityValueSet).map { $0.contains(code) } ?? FrenchCode.modalities.contains(code)
    }

    /// Whether `code` is an anatomic region of the value set.
    func isRegion(_ code: String) -> Bool {
        codes(FrenchOID.regionValueSet).map { $0.contains(code) } ?? FrenchCode.regions.contains(code)
    }

    private func codes(_ key: String) -> Set<String>? {
        context.valueSets.listed(key).map { Set($0.concepts.map(\.code)) }
    }
}
