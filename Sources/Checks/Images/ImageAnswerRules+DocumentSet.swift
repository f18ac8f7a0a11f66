internal import Conformance
internal import Imaging
internal import XDS

// RAD-69: IDS-009 to IDS-014.
extension ImageAnswerRules {
    private static let source = "IHE RAD TF-2 4.69"
    private static let layer = "rad69"

    static let documentSetRules = [
        rule(
            "IDS-009", .violation, layer: layer, fr: "Chaque instance demandée est rendue une fois, et aucune autre.",
            en: "Each instance that was asked for is answered once, and no other.", source: source
        ) { subject, remarks in
            guard !subject.asked.isEmpty else { return sayNothingAsked(&remarks) }
            judgeSet(subject, &remarks)
        },
        rule(
            "IDS-010", .violation, layer: layer,
            fr: "Chaque document est de type application/dicom et se lit comme fichier DICOM Part 10.",
            en: "Each document is of type application/dicom and reads as a DICOM Part 10 file.",
            source: "\(source); DICOM PS3.10 7"
        ) { subject, remarks in
            eachImage(subject, &remarks) { image, remarks in
                if image.mediaType?.lowercased() != "application/dicom" {
                    remarks.remark(
                        expected: "application/dicom", actual: image.mediaType ?? "absent", at: place(image))
                }
                if image.head == nil {
                    remarks.remark(expected: "DICOM Part 10", actual: image.error ?? "unreadable", at: place(image))
                }
            }
        },
        rule(
            "IDS-011", .violation, layer: layer,
            fr: "La syntaxe de transfert (0002,0010) de chaque image est une de celles de la demande.",
            en: "The transfer syntax (0002,0010) of each image is one of those of the request.", source: source
        ) { subject, remarks in judgeSyntaxes(subject, &remarks) },
        rule(
            "IDS-012", .violation, layer: layer,
            fr: "Chaque image porte les UID d'examen, de série et d'instance demandés, et le patient du KOS.",
            en: "Each image bears the study, series and instance UIDs that were asked for, and the patient of the KOS.",
            source: source
        ) { subject, remarks in judgeIdentity(subject, &remarks) },
    ]

    static let registryRules = [
        rule(
            "IDS-013", .violation, layer: layer,
            fr:
                "Le statut suit ce qui est rendu : Success pour tout, PartialSuccess pour une partie, Failure pour rien.",
            en: "The status follows what came: Success for all, PartialSuccess for some, Failure for none.",
            source: "\(source); IHE ITI TF-3 4.2.4"
        ) { subject, remarks in
            guard let registry = subject.registry, !subject.asked.isEmpty else { return sayNoRegistry(&remarks) }
            let delivered = Set(subject.images.compactMap(\.instanceUID))
            let count = subject.asked.count { delivered.contains($0.instance) }
            let expected =
                count == subject.asked.count
                ? XDSURN.success : count == 0 ? XDSURN.failure : XDSURN.partialSuccess
            guard registry.status != expected else { return }
            remarks.remark(
                expected: "\(expected) (\(count)/\(subject.asked.count))",
                actual: registry.status.isEmpty ? "absent" : registry.status,
                at: registry.place.node.map { ReportRules.place($0, "status") } ?? answer)
        },
        rule(
            "IDS-014", .violation, layer: layer,
            fr:
                "Chaque instance non rendue a sa ligne d'erreur : gravité Error, explication, et son UID dans location.",
            en:
                "Each instance that did not come has its error row: severity Error, explanation, and its UID in location.",
            source: "\(source); IHE ITI TF-3 4.2.4"
        ) { subject, remarks in judgeErrors(subject, &remarks) },
    ]

    private static func sayNoRegistry(_ remarks: inout Remarks) {
        remarks.notRun(
            fr: "Il n'y a pas de RegistryResponse, ou rien n'a été demandé.",
            en: "There is no RegistryResponse, or nothing was asked for.")
    }

    /// Says which instances are missing, came twice, or were not asked for.
    static func judgeSet(_ subject: ImageAnswerSubject, _ remarks: inout Remarks, tellsMissing: Bool = true) {
        let asked = Set(subject.asked.map(\.instance))
        var seen: Set<String> = []
        for image in subject.images {
            guard let uid = image.instanceUID else {
                remarks.remark(expected: "SOP Instance UID", actual: image.error ?? "absent", at: place(image))
                continue
            }
            if !asked.contains(uid) {
                remarks.remark(expected: "\(asked.count) UID", actual: uid, at: place(image))
            } else if !seen.insert(uid).inserted {
                remarks.remark(expected: "1 × \(uid)", actual: "2 × \(uid)", at: place(image))
            }
        }
        for uid in subject.asked.map(\.instance) where tellsMissing && !seen.contains(uid) {
            remarks.remark(expected: uid, actual: "absent", at: answer)
        }
    }

    private static func judgeIdentity(_ subject: ImageAnswerSubject, _ remarks: inout Remarks) {
        guard !subject.asked.isEmpty else { return sayNothingAsked(&remarks) }
        eachHead(subject, &remarks) { image, head, remarks in
            if let declared = image.declaredUID, declared != head.sopInstanceUID {
                remarks.remark(
                    expected: declared, actual: head.sopInstanceUID ?? "absent", at: place(image, "(0008,0018)"))
            }
            if let wanted = subject.asked.first(where: { $0.instance == image.instanceUID }) {
                if head.studyInstanceUID != wanted.study {
                    remarks.remark(
                        expected: wanted.study, actual: head.studyInstanceUID ?? "absent",
                        at: place(image, "(0020,000D)"))
                }
                if head.seriesInstanceUID != wanted.series {
                    remarks.remark(
                        expected: wanted.series, actual: head.seriesInstanceUID ?? "absent",
                        at: place(image, "(0020,000E)"))
                }
            }
            guard let patient = subject.patientID else { return }
            let found = ([head.patientID].compactMap { $0 } + head.otherPatientIDs).map(\.value)
            guard !found.contains(patient) else { return }
            remarks.remark(
                expected: patient, actual: found.isEmpty ? "absent" : found.joined(separator: ", "),
                at: place(image, "(0010,1002)"))
        }
    }

    private static func judgeErrors(_ subject: ImageAnswerSubject, _ remarks: inout Remarks) {
        guard let registry = subject.registry, !subject.asked.isEmpty else { return sayNoRegistry(&remarks) }
        let delivered = Set(subject.images.compactMap(\.instanceUID))
        let missing = subject.asked.map(\.instance).filter { !delivered.contains($0) }
        let errors = registry.errors.filter { !$0.isWarning }
        guard !missing.isEmpty || !errors.isEmpty else {
            return remarks.notApplicable(
                fr: "Tout a été rendu, sans erreur.", en: "Everything came, without error.")
        }
        // An error of the whole request is about no instance.
        let isWhole = delivered.isEmpty && errors.contains { $0.location == nil && $0.code != .documentUniqueIDError }
        for error in errors {
            let place = error.place.node.map { ReportRules.place($0) } ?? answer
            if error.severity != XDSURN.error {
                remarks.remark(expected: XDSURN.error, actual: error.severity, at: place)
            }
            if error.context.isEmpty { remarks.remark(expected: "codeContext", actual: "empty", at: place) }
            if !isWhole, error.location.map(missing.contains) != true {
                remarks.remark(
                    expected: missing.isEmpty ? "no error" : missing.joined(separator: ", "),
                    actual: "location = \(error.location ?? "absent")", at: place)
            }
        }
        guard !isWhole else { return }
        let told = Set(registry.errors.compactMap(\.location))
        for uid in missing where !told.contains(uid) {
            remarks.remark(expected: "RegistryError, location = \(uid)", actual: "no row for \(uid)", at: answer)
        }
    }
}
