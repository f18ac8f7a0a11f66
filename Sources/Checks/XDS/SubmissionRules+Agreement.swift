import Conformance
import DICOM
import Imaging
import XDS

/// What the entry of the KOS says of the KOS, and the entry of the report of the report.
extension SubmissionRules {
    static let manifestAgreement: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-025", .warning, fr: "creationTime de la fiche est la date de création du KOS (0008,0012) (0008,0013)",
            en: "creationTime of the entry is the creation date of the KOS (0008,0012) (0008,0013)",
            source: Norm.imaging
        ) { subject, remarks in
            withManifests(subject, &remarks) { entry, manifest, remarks in
                guard let date = manifest.dataSet.string(.instanceCreationDate), let own = entry.creationTime else {
                    return
                }
                let time = manifest.dataSet.string(.instanceCreationTime)?.prefix { $0.isNumber } ?? ""
                let zone = manifest.dataSet.string(.timezoneOffsetFromUTC) ?? ""
                guard let told = TimeStamp(date + time + zone), let found = TimeStamp(own.digits),
                    !isSame(told, found)
                else { return }
                remarks.remark(
                    expected: "KOS: \(told.text)", actual: own.text, at: subject.place(entry, slot: "creationTime"))
            }
        },
        rule(
            "PNR-034", .warning, fr: "Le numéro de prescription de la fiche est celui du KOS (0040,2016)",
            en: "The order number of the entry is that of the KOS (0040,2016)", source: Norm.imaging
        ) { subject, remarks in
            withManifests(subject, &remarks) { entry, manifest, remarks in
                let known = manifest.requests.compactMap(\.placerOrder).filter { !$0.value.isEmpty }
                guard !known.isEmpty else { return }
                let own = entry.references(.order)
                let agrees = own.contains { reference in
                    known.contains {
                        $0.value == reference.id
                            && ($0.issuerOID == nil || reference.authority == nil
                                || $0.issuerOID == reference.authority?.universalID)
                    }
                }
                guard !agrees else { return }
                remarks.remark(
                    expected: known.map { "KOS: \($0.value) (\($0.issuerOID ?? "∅"))" }.joined(separator: ", "),
                    actual: own.isEmpty ? "∅" : own.map(\.text).joined(separator: ", "),
                    at: own.first.flatMap { subject.place($0.place) }
                        ?? subject.place(entry, slot: "urn:ihe:iti:xds:2013:referenceIdList"))
            }
        },
        rule(
            "PNR-038", .warning,
            fr: "sourcePatientInfo (PID-5, PID-7, PID-8) et le KOS ont le même nom, la même date et le même sexe",
            en: "sourcePatientInfo (PID-5, PID-7, PID-8) and the KOS have the same name, birth date and sex",
            source: Norm.imaging
        ) { subject, remarks in
            withManifests(subject, &remarks) { entry, manifest, remarks in
                let traits = PatientTraits(manifest)
                let place = subject.place(entry, slot: "sourcePatientInfo")
                if let name = entry.patientInfo(5), !traits.names.isEmpty {
                    let own = name.split(separator: "^", omittingEmptySubsequences: false).prefix(2).joined(
                        separator: "^")
                    if traits.agreement(withName: own) == .none {
                        remarks.remark(
                            expected: "KOS: \(traits.names.joined(separator: ", "))", actual: "PID-5: \(name)",
                            at: place)
                    }
                }
                if let birth = entry.patientInfo(7), let known = traits.birthDate, birth.prefix(8) != known {
                    remarks.remark(expected: "KOS: \(known)", actual: "PID-7: \(birth)", at: place)
                }
                if let sex = entry.patientInfo(8), let known = traits.sex,
                    (["U", "UN"].contains(sex) ? "O" : sex) != known
                {
                    remarks.remark(expected: "KOS: \(known)", actual: "PID-8: \(sex)", at: place)
                }
            }
        },
        rule(
            "PNR-039", .warning, fr: "Le lieu de naissance (PID-11) est celui du KOS (0010,4000)",
            en: "The birth place (PID-11) is that of the KOS (0010,4000)", source: Norm.imaging
        ) { subject, remarks in
            withManifests(subject, &remarks) { entry, manifest, remarks in
                guard let known = manifest.dataSet.string(.patientComments), !known.isEmpty,
                    let address = entry.patientInfo(11)
                else { return }
                let parts = address.split(separator: "^", omittingEmptySubsequences: false)
                guard !parts.contains(where: { $0 == known }) else { return }
                remarks.remark(
                    expected: "KOS: \(known)", actual: "PID-11: \(address)",
                    at: subject.place(entry, slot: "sourcePatientInfo"))
            }
        },
    ]

    static let reportAgreement: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-066", fr: "uniqueId de la fiche du compte rendu est l'id du CDA (root ou root^extension)",
            en: "uniqueId of the report's entry is the id of the CDA (root or root^extension)", source: Norm.sharing
        ) { subject, remarks in
            withReports(subject, &remarks) { report, remarks in
                guard let own = report.reading.identifier, own.uniqueID != report.entry.uniqueID else { return }
                remarks.remark(
                    expected: "CR: \(own.uniqueID)", actual: report.entry.uniqueID,
                    at: subject.place(report.entry, identifier: XDSUUID.uniqueID))
            }
        },
        rule(
            "PNR-067", .warning,
            fr: "creationTime de la fiche du compte rendu est son effectiveTime, en temps universel",
            en: "creationTime of the report's entry is its effectiveTime, in UTC", source: Norm.sharing
        ) { subject, remarks in
            withReports(subject, &remarks) { report, remarks in
                guard let text = report.reading.effectiveTime, let told = TimeStamp(text),
                    let own = report.entry.creationTime, let found = TimeStamp(own.digits), !isSame(told, found)
                else { return }
                remarks.remark(
                    expected: "CR: \(told.utc) (\(text))", actual: own.text,
                    at: subject.place(report.entry, slot: "creationTime"))
            }
        },
        rule(
            "PNR-068", fr: "Le numéro d'accession de la fiche du compte rendu est celui de la fiche du KOS",
            en: "The accession number of the report's entry is that of the KOS entry", source: Norm.imaging
        ) { subject, remarks in
            let manifests = subject.entries.filter(\.isKOS).flatMap { $0.references(.accession) }
            let reports = subject.reports
            guard !reports.isEmpty else { return remarks.noEntry("CR") }
            guard !manifests.isEmpty else { return remarks.noEntry("KOS") }
            for entry in reports {
                let own = entry.references(.accession)
                let agrees = own.contains { accession in
                    manifests.contains { $0.id == accession.id && $0.authority == accession.authority }
                }
                guard !agrees else { continue }
                remarks.remark(
                    expected: "KOS: \(manifests.map(\.text).joined(separator: ", "))",
                    actual: own.isEmpty ? "∅" : own.map(\.text).joined(separator: ", "),
                    at: own.first.flatMap { subject.place($0.place) }
                        ?? subject.place(entry, slot: "urn:ihe:iti:xds:2013:referenceIdList"))
            }
        },
    ]

    /// Whether two times are the same instant, as far as both are told; the first may be a local time of France.
    static func isSame(_ told: TimeStamp, _ found: TimeStamp) -> Bool {
        let length = min(told.digits.utf8.count, found.digits.utf8.count)
        guard length >= 12 else { return told.digits.prefix(length) == found.digits.prefix(length) }
        let shift = told.seconds - found.seconds
        let tolerance = length >= 14 ? 0 : 59
        let shifts = told.offset == nil ? [0, 3600, 7200] : [0]
        return shifts.contains { abs(shift - $0) <= tolerance }
    }

    static func withManifests(
        _ subject: SubmissionSubject, _ remarks: inout Remarks,
        _ body: (DocumentEntry, KeyObjectSelection, inout Remarks) -> Void
    ) {
        guard subject.entries.contains(where: \.isKOS) else { return remarks.noEntry("KOS") }
        let manifests = subject.manifests
        guard !manifests.isEmpty else {
            return remarks.notRun(
                fr: "Aucun KOS lisible n'accompagne la fiche", en: "No readable KOS comes with the entry")
        }
        for (entry, manifest) in manifests { body(entry, manifest, &remarks) }
    }

    private static func withReports(
        _ subject: SubmissionSubject, _ remarks: inout Remarks, _ body: (DeliveredReport, inout Remarks) -> Void
    ) {
        guard !subject.reports.isEmpty else { return remarks.noEntry("CR") }
        guard !subject.deliveredReports.isEmpty else {
            return remarks.notRun(
                fr: "Aucun compte rendu lisible n'accompagne la fiche", en: "No readable report comes with the entry")
        }
        for report in subject.deliveredReports { body(report, &remarks) }
    }
}
