internal import Conformance
internal import DICOM
internal import Imaging
internal import XDS
internal import XML

// What the exam is: XCK-005, XCK-006, XCK-009 to XCK-011, XCK-013.
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
            "XCK-009", .warning,
            fr: "Le début et la fin de l'acte dans la fiche du KOS sont ceux du compte rendu, en temps universel.",
            en: "Start and end of the act in the entry of the KOS are those of the report, in UTC.",
            source: "\(drim); IHE ITI TF-3 table 4.2.3.1.7-2"
        ) { subject, remarks in judgeTimes(subject, &remarks) },
        rule(
            "XCK-010", .violation,
            fr: "La confidentialité du KOS est celle du compte rendu, masquages compris.",
            en: "The confidentiality of the KOS is that of the report, what is masked included.",
            source: "\(drim); ANS, questions fréquentes DRIM-M"
        ) { subject, remarks in judgeConfidentiality(subject, &remarks) },
        rule(
            "XCK-011", .warning,
            fr: "L'organisation est la même : exécutant du compte rendu, (0008,0080) du KOS, auteur de sa fiche XDS.",
            en:
                "The organisation is the same: performer of the report, (0008,0080) of the KOS, author of its XDS entry."
        ) { subject, remarks in judgeOrganization(subject, &remarks) },
        rule(
            "XCK-013", .violation,
            fr: "Les images servies sont celles que le KOS liste, de la classe qu'il leur donne.",
            en: "The images that are served are those that the KOS lists, of the class that it gives them."
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

    /// The entries of KOS and report hold the same codes; the report itself holds the HL7 code alone.
    private static func judgeConfidentiality(_ subject: CoherenceSubject, _ remarks: inout Remarks) {
        func hold(_ entry: DocumentEntry) -> Set<String> { Set(entry.confidentialityCodes.map(\.code)) }
        let ofReport = subject.reportEntries.first
        let node = subject.report?.reading.root.cda("confidentialityCode").first
        let ofDocument = node?.attribute("code")
        var count = 0
        for entry in subject.manifestEntries {
            let codes = hold(entry)
            if let ofReport {
                count += 1
                let expected = hold(ofReport)
                guard codes == expected else {
                    remarks.remark(
                        expected: "\(CoherenceSubject.entryName(ofReport)): \(shown(expected))",
                        actual: "\(CoherenceSubject.entryName(entry)): \(shown(codes))",
                        at: CoherenceSubject.entryPlace(entry))
                    continue
                }
            }
            guard let ofDocument else { continue }
            count += 1
            guard !codes.contains(ofDocument) else { continue }
            remarks.remark(
                expected: "CR: \(ofDocument)", actual: "\(CoherenceSubject.entryName(entry)): \(shown(codes))",
                at: CoherenceSubject.entryPlace(entry))
        }
        if count == 0 { sayNothingToCompare(&remarks) }
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
        let listed = Dictionary(
            manifest.instances.compactMap { instance in instance.sopInstance.map { ($0, instance) } }
        ) { first, _ in first }
        var served: Set<String> = []
        for image in subject.images {
            guard let head = image.head, let uid = head.sopInstanceUID else {
                remarks.remark(
                    expected: "(0008,0018)", actual: "\(image.name): \(image.error ?? Shown.absent)",
                    at: ImageAnswerRules.place(image))
                continue
            }
            let isSecond = !served.insert(uid).inserted
            guard let instance = listed[uid], !isSecond || !subject.imagesAreComplete else {
                remarks.remark(
                    expected: isSecond ? "1 × \(uid)" : "KOS: \(listed.count) UID",
                    actual: isSecond ? "2 × \(uid)" : "\(image.name): \(uid)",
                    at: ImageAnswerRules.place(image, "(0008,0018)"))
                continue
            }
            guard let expected = instance.sopClass, head.sopClassUID != expected else { continue }
            remarks.remark(
                expected: "KOS: \(expected)", actual: "\(image.name): \(head.sopClassUID ?? Shown.absent)",
                at: ImageAnswerRules.place(image, "(0008,0016)"))
        }
        let missing = manifest.instances.filter { $0.sopInstance.map { !served.contains($0) } ?? false }
        guard subject.imagesAreComplete else {
            if !missing.isEmpty {
                let (given, all) = (manifest.instances.count - missing.count, manifest.instances.count)
                remarks.notRun(
                    fr: "\(given) des \(all) images que le KOS liste ont été données : les autres ne sont pas jugées.",
                    en: "\(given) of the \(all) images that the KOS lists were given: the others are not judged.")
            }
            return
        }
        for instance in missing {
            remarks.remark(
                expected: instance.sopInstance, actual: Shown.absent,
                at: subject.manifestPlace(instance.path.element(.referencedSOPInstanceUID)))
        }
    }

    private static func eventCodes(_ entry: DocumentEntry, _ schemes: [String]) -> Set<String> {
        Set(entry.eventCodes.filter { schemes.contains($0.scheme) }.map(\.code))
    }

    private static func shown(_ codes: Set<String>) -> String {
        codes.isEmpty ? Shown.absent : codes.sorted().joined(separator: ", ")
    }
}
