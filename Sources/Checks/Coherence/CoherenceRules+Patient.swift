internal import Conformance
internal import DICOM
internal import Imaging
internal import XDS

// Who the patient is: XCK-007.
extension CoherenceRules {
    static let patientRules = [
        rule(
            "XCK-007", .violation,
            fr:
                "Nom de naissance, premier prénom, date, sexe et lieu de naissance sont les mêmes dans le compte rendu et le KOS ; les images sont de ce patient.",
            en:
                "Birth name, first given name, birth date, sex and birth place are the same in the report and the KOS; the images are of that patient.",
            source: "\(drim); référentiel INS"
        ) { subject, remarks in
            let count = judgeManifest(subject, &remarks) + judgeImages(subject, &remarks)
            if count == 0 { sayNothingToCompare(&remarks) }
        }
    ]

    /// Compares the report and the manifest; how many traits both have.
    private static func judgeManifest(_ subject: CoherenceSubject, _ remarks: inout Remarks) -> Int {
        guard let patient = subject.report?.reading.patient, let manifest = subject.manifest?.selection else {
            return 0
        }
        let group = (manifest.patientName ?? "").split(separator: "=", omittingEmptySubsequences: false).first ?? ""
        let name = group.split(separator: "^", omittingEmptySubsequences: false).map { String($0) }
        let traits: [(Tag, String?, String?)] = [
            (.patientName, patient.birthName, name.first),
            (.patientName, patient.firstBirthGivenName, name.count > 1 ? name[1] : nil),
            (.patientBirthDate, PatientTraits(patient).birthDate, manifest.patientBirthDate),
            (.patientSex, PatientTraits(patient).sex, manifest.patientSex),
            (.patientComments, patient.birthPlace, manifest.dataSet.string(.patientComments)),
        ]
        var count = 0
        for (tag, expected, actual) in traits {
            // What one of them lacks is told by its own rules.
            guard let expected, let actual, !expected.isEmpty, !actual.isEmpty else { continue }
            count += 1
            guard expected.uppercased() != actual.uppercased() else { continue }
            // The identity service writes names without accents.
            let isSameName =
                tag == .patientName
                && PatientTraits(names: ["\(expected)^"]).agreement(withName: "\(actual)^") == .full
            remarks.remark(
                expected: "CR: \(expected)", actual: "KOS: \(actual)", at: subject.manifestPlace(tag),
                severity: isSameName ? .warning : nil)
        }
        return count
    }

    /// Compares the images with the manifest, else with the report, else with an entry; how many images there are.
    private static func judgeImages(_ subject: CoherenceSubject, _ remarks: inout Remarks) -> Int {
        let entries = (subject.manifestEntries + subject.reportEntries).filter { !$0.sourcePatientInfo.isEmpty }
        let report = subject.report?.reading.patient.map { PatientTraits($0) }
        let base: (object: String, traits: PatientTraits)? =
            subject.manifest.map { ("KOS", PatientTraits($0.selection)) } ?? report.map { ("CR", $0) }
            ?? entries.first.map { (CoherenceSubject.entryName($0), PatientTraits($0)) }
        guard var base else { return 0 }
        // Names in use may stand in any of them.
        for names in [report?.names ?? []] + entries.map({ PatientTraits($0).names }) {
            base.traits.names += names.filter { !base.traits.names.contains($0) }
        }
        let heads = subject.images.compactMap { image in image.head.map { (image, $0) } }
        for (image, head) in heads {
            ImageAnswerRules.judgeTraits(image, head, base.traits, base.object, &remarks)
        }
        return heads.count
    }
}

extension PatientTraits {
    /// The patient as the source of an entry knows it: PID-5, PID-7, PID-8.
    init(_ entry: DocumentEntry) {
        func values(_ field: Int) -> [String] {
            entry.sourcePatientInfo.filter { $0.hasPrefix("PID-\(field)|") }.compactMap { value in
                value.split(separator: "|", maxSplits: 1).dropFirst().first.map { String($0) }
            }
        }
        self.init(
            names: values(5).map { name in
                name.split(separator: "^", omittingEmptySubsequences: false).prefix(2).joined(separator: "^")
            },
            birthDate: values(7).first.map { String($0.prefix(8)) },
            // HL7 has UN and U where DICOM has O.
            sex: values(8).first.map { ["U", "UN"].contains($0) ? "O" : $0 })
    }
}
