internal import Conformance
internal import DICOM
internal import Imaging
internal import XDS
internal import XML

// What the exam is: XCK-005 to XCK-007, XCK-009, XCK-011, XCK-013.
extension CoherenceRules {
    static let contentRules = [
        rule(
            "XCK-005", .warning,
            fr: "Les modalités de la description du KOS sont celles du compte rendu, et sa fiche XDS les porte.",
            en: "The modalities of the description of the KOS are those of the report, and its XDS entry has them."
        ) { subject, remarks in judgeModalities(subject, &remarks) },
        rule(
            "XCK-006", .warning, fr: "Les régions anatomiques du compte rendu sont celles des fiches XDS.",
            en: "The anatomic regions of the report are those of the XDS entries."
        ) { subject, remarks in judgeRegions(subject, &remarks) },
        rule(
            "XCK-007", .violation,
            fr:
                "Nom de naissance, premier prénom, date, sexe et lieu de naissance sont les mêmes dans le compte rendu et le KOS.",
            en: "Birth name, first given name, birth date, sex and birth place are the same in the report and the KOS.",
            source: "\(drim); référentiel INS"
        ) { subject, remarks in judgeTraits(subject, &remarks) },
        rule(
            "XCK-009", .warning,
            fr: "Le début et la fin de l'acte dans la fiche du KOS sont ceux du compte rendu, en temps universel.",
            en: "Start and end of the act in the entry of the KOS are those of the report, in UTC.",
            source: "\(drim); IHE ITI TF-3 table 4.2.3.1.7-2"
        ) { subject, remarks in judgeTimes(subject, &remarks) },
        rule(
            "XCK-011", .warning,
            fr: "L'organisation est la même : exécutant du compte rendu, (0008,0080) du KOS, auteur de sa fiche XDS.",
            en:
                "The organisation is the same: performer of the report, (0008,0080) of the KOS, author of its XDS entry."
        ) { subject, remarks in judgeOrganization(subject, &remarks) },
        rule(
            "XCK-013", .violation, fr: "Les images servies sont celles que le KOS liste.",
            en: "The images that are served are those that the KOS lists."
        ) { subject, remarks in judgeImages(subject, &remarks) },
    ]

    private static func judgeModalities(_ subject: CoherenceSubject, _ remarks: inout Remarks) {
        // KO, PR, SR and their like are no modality of an exam.
        let told = Set(subject.seriesLines.map(\.modality)).intersection(FrenchCode.modalities)
        let report = Set(subject.acts.flatMap(\.modalities).map(\.code))
        let entries = subject.manifestEntries
        guard !told.isEmpty, !report.isEmpty || !entries.isEmpty else { return sayNothingToCompare(&remarks) }
        let place = subject.manifestPlace(.contentSequence)
        if !report.isEmpty {
            for code in told.subtracting(report).sorted() {
                remarks.remark(
                    expected: "CR: \(report.sorted().joined(separator: ", "))", actual: "KOS: \(code)", at: place)
            }
            for code in report.subtracting(told).sorted() {
                remarks.remark(
                    expected: "CR: \(code)", actual: "KOS: \(told.sorted().joined(separator: ", "))", at: place)
            }
        }
        for entry in entries {
            let codes = eventCodes(entry, [FrenchOID.dicomTerminology, FrenchOID.modalityValueSet])
            for code in told.subtracting(codes).sorted() {
                remarks.remark(
                    expected: "KOS: \(code)",
                    actual: "\(CoherenceSubject.entryName(entry)): \(shown(codes))",
                    at: CoherenceSubject.entryPlace(entry))
            }
        }
    }

    private static func judgeRegions(_ subject: CoherenceSubject, _ remarks: inout Remarks) {
        let whole = Set((subject.report?.reading.imagingActs ?? []).flatMap(\.regions).map(\.code))
        let own = Set(subject.acts.flatMap(\.regions).map(\.code))
        let entries = subject.manifestEntries.map { ($0, own) } + subject.reportEntries.map { ($0, whole) }
        guard !whole.isEmpty, !entries.isEmpty else { return sayNothingToCompare(&remarks) }
        for (entry, expected) in entries {
            let codes = eventCodes(entry, [FrenchOID.snomed, FrenchOID.regionValueSet])
            guard codes != expected else { continue }
            remarks.remark(
                expected: "CR: \(shown(expected))", actual: "\(CoherenceSubject.entryName(entry)): \(shown(codes))",
                at: CoherenceSubject.entryPlace(entry))
        }
    }

    private static func judgeTraits(_ subject: CoherenceSubject, _ remarks: inout Remarks) {
        guard let patient = subject.report?.reading.patient, let manifest = subject.manifest?.selection else {
            return sayNothingToCompare(&remarks)
        }
        let group = (manifest.patientName ?? "").split(separator: "=", omittingEmptySubsequences: false).first ?? ""
        let name = group.split(separator: "^", omittingEmptySubsequences: false).map { String($0) }
        // HL7 has UN and U where DICOM has O.
        let sex = patient.sex.map { ["U", "UN"].contains($0) ? "O" : $0 }
        let traits: [(Tag, String?, String?)] = [
            (.patientName, patient.birthName, name.first),
            (.patientName, patient.firstBirthGivenName, name.count > 1 ? name[1] : nil),
            (.patientBirthDate, patient.birthDate.map { String($0.prefix(8)) }, manifest.patientBirthDate),
            (.patientSex, sex, manifest.patientSex),
            (.patientComments, patient.birthPlace, manifest.dataSet.string(.patientComments)),
        ]
        var count = 0
        for (tag, expected, actual) in traits {
            // What one of them lacks is told by its own rules.
            guard let expected, let actual, !expected.isEmpty, !actual.isEmpty else { continue }
            count += 1
            guard expected.uppercased() != actual.uppercased() else { continue }
            remarks.remark(expected: "CR: \(expected)", actual: "KOS: \(actual)", at: subject.manifestPlace(tag))
        }
        if count == 0 { sayNothingToCompare(&remarks) }
    }

    private static func judgeTimes(_ subject: CoherenceSubject, _ remarks: inout Remarks) {
        var count = 0
        let acts = subject.acts
        for entry in subject.manifestEntries {
            for (time, reported) in [
                (entry.serviceStartTime, acts.compactMap(\.start)), (entry.serviceStopTime, acts.compactMap(\.stop)),
            ] {
                guard let time, !reported.isEmpty else { continue }
                count += 1
                guard !reported.contains(where: { isSame($0, time.text) }) else { continue }
                let isLocal = reported.contains { $0.hasPrefix(time.digits) }
                remarks.remark(
                    expected: "CR: \(reported.joined(separator: ", "))",
                    actual: "\(CoherenceSubject.entryName(entry)): \(time.text)",
                    advice: isLocal
                        ? LocalizedText(
                            fr: "La fiche porte l'heure locale : l'écrire en temps universel.",
                            en: "The entry has the local time: write it in UTC.") : nil,
                    at: CoherenceSubject.entryPlace(entry, time.place))
            }
        }
        if count == 0 { sayNothingToCompare(&remarks) }
    }

    /// Whether a time of the report and one of an entry are the same instant, as far as both are told.
    private static func isSame(_ report: String, _ entry: String) -> Bool {
        guard let told = TimeStamp(report), let found = TimeStamp(entry) else { return false }
        guard told.digits.utf8.count >= 12, found.digits.utf8.count >= 12 else {
            return told.digits.prefix(8) == found.digits.prefix(8)
        }
        let shift = told.seconds - found.seconds
        // Without offset in the report the hour of mainland France is meant: one or two hours east of UTC.
        return told.offset == nil ? [0, 3600, 7200].contains(shift) : shift == 0
    }

    private static func judgeOrganization(_ subject: CoherenceSubject, _ remarks: inout Remarks) {
        var holders = Holders()
        let organizations = subject.acts.flatMap(\.organizations).filter { $0.value != nil }
        holders.report = Held(
            object: "CR", values: organizations.map { Held.Value($0.value ?? "") },
            place: subject.reportPlace(organizations.first))
        let parts = (subject.manifest?.selection.institutionName ?? "").split(
            separator: "^", omittingEmptySubsequences: false)
        if parts.count == 10, !parts[9].isEmpty {
            holders.manifest = [
                Held(
                    object: "KOS", values: [Held.Value(String(parts[9]))],
                    place: subject.manifestPlace(.institutionName))
            ]
        }
        holders.manifestEntries = CoherenceSubject.held(subject.manifestEntries) { entry in
            let institutions = entry.authors.flatMap(\.institutions).filter { !$0.id.isEmpty }
            return (institutions.map { Held.Value($0.id) }, institutions.first?.place)
        }
        holders.judge(&remarks)
    }

    private static func judgeImages(_ subject: CoherenceSubject, _ remarks: inout Remarks) {
        guard let manifest = subject.manifest?.selection, !manifest.instances.isEmpty, !subject.images.isEmpty else {
            return sayNothingToCompare(&remarks)
        }
        let listed = Set(manifest.instances.compactMap(\.sopInstance))
        var served: Set<String> = []
        for image in subject.images {
            guard let uid = image.head?.sopInstanceUID else {
                remarks.remark(
                    expected: "SOP Instance UID", actual: "\(image.name): \(image.error ?? "unreadable")",
                    at: ImageAnswerRules.place(image))
                continue
            }
            served.insert(uid)
            guard !listed.contains(uid) else { continue }
            remarks.remark(
                expected: "KOS: \(listed.count) UID", actual: "\(image.name): \(uid)",
                at: ImageAnswerRules.place(image, "(0008,0018)"))
        }
        for instance in manifest.instances {
            guard let uid = instance.sopInstance, !served.contains(uid) else { continue }
            remarks.remark(
                expected: uid, actual: "absent",
                at: subject.manifestPlace(instance.path.element(.referencedSOPInstanceUID)))
        }
    }

    private static func eventCodes(_ entry: DocumentEntry, _ schemes: [String]) -> Set<String> {
        Set(entry.eventCodes.filter { schemes.contains($0.scheme) }.map(\.code))
    }

    private static func shown(_ codes: Set<String>) -> String {
        codes.isEmpty ? "absent" : codes.sorted().joined(separator: ", ")
    }
}
