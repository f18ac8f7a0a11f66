internal import Conformance
internal import HTTP
internal import Imaging
internal import XDS

// RAD-69: IDS-009 to IDS-014.
extension ImageAnswerRules {
    private static let source = "IHE RAD TF-2 4.69"
    private static let layer = "rad69"

    static let documentSetRules = [
        rule(
            "IDS-009", .violation, layer: layer,
            fr: "Chaque instance demandée est rendue une fois, de l'entrepôt demandé, et aucune autre.",
            en: "Each instance that was asked for is answered once, of the repository asked, and no other.",
            source: source
        ) { subject, remarks in
            guard !subject.asked.isEmpty else { return sayNothingAsked(&remarks) }
            judgeSet(subject, &remarks)
            let asked = subject.askedByInstance
            for image in subject.images {
                guard let declared = image.declaredRepository,
                    let wanted = image.instanceUID.flatMap({ asked[$0] })?.repository, wanted != declared
                else { continue }
                remarks.remark(
                    expected: "RepositoryUniqueId = \(wanted)",
                    actual: "RepositoryUniqueId = \(declared.isEmpty ? Shown.absent : declared)", at: place(image))
            }
        },
        rule(
            "IDS-010", .violation, layer: layer,
            fr: "Chaque document est de type application/dicom et se lit comme fichier DICOM Part 10, pixels compris.",
            en: "Each document is of type application/dicom and reads as a DICOM Part 10 file, its pixels included.",
            source: "\(source); DICOM PS3.10 7; PS3.3 C.7.6.3; PS3.5 8, A.4"
        ) { subject, remarks in
            eachImage(subject, &remarks) { image, remarks in judgeFile(image, &remarks) }
        },
        rule(
            "IDS-011", .violation, layer: layer,
            fr:
                "La syntaxe de transfert (0002,0010) de chaque image est une de celles de la demande, et celle de ses pixels.",
            en:
                "The transfer syntax (0002,0010) of each image is one of those of the request, and that of its pixels.",
            source: "\(source); DICOM PS3.5 A.4; PS3.10 7"
        ) { subject, remarks in
            judgeSyntaxes(subject, &remarks)
            eachHead(subject, &remarks) { image, head, remarks in
                judgeEncoding(image, head, &remarks)
                let announced = image.mediaType.flatMap { MediaType($0) }?["transfer-syntax"]
                guard let announced, announced != head.transferSyntax else { return }
                remarks.remark(
                    expected: "transfer-syntax=\(head.transferSyntax)", actual: "transfer-syntax=\(announced)",
                    at: place(image))
            }
        },
        rule(
            "IDS-012", .violation, layer: layer,
            fr:
                "Chaque image porte les UID d'examen, de série, d'instance et de classe demandés, et le patient du KOS.",
            en:
                "Each image bears the study, series, instance and class UIDs that were asked for, and the patient of the KOS.",
            source: "\(source); DICOM PS3.10 7.1"
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
                actual: registry.status.isEmpty ? Shown.absent : registry.status,
                at: registry.place.node.map { EvidencePlace($0, attribute: "status") } ?? answer)
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
                remarks.remark(expected: "SOP Instance UID", actual: image.error ?? Shown.absent, at: place(image))
                continue
            }
            if !asked.contains(uid) {
                remarks.remark(expected: "∈ \(asked.count) UID", actual: uid, at: place(image))
            } else if !seen.insert(uid).inserted {
                remarks.remark(expected: "1 × \(uid)", actual: "2 × \(uid)", at: place(image))
            }
        }
        for uid in subject.asked.map(\.instance) where tellsMissing && !seen.contains(uid) {
            remarks.remark(expected: uid, actual: Shown.absent, at: answer)
        }
    }

    private static func judgeIdentity(_ subject: ImageAnswerSubject, _ remarks: inout Remarks) {
        if subject.asked.isEmpty { sayNothingAsked(&remarks) }
        let asked = subject.askedByInstance
        eachHead(subject, &remarks) { image, head, remarks in
            if let declared = image.declaredUID, declared != head.sopInstanceUID {
                remarks.remark(
                    expected: declared, actual: head.sopInstanceUID ?? Shown.absent, at: place(image, "(0008,0018)"))
            }
            judgeMeta(image, head, &remarks)
            if let wanted = image.instanceUID.flatMap({ asked[$0] }) {
                for (tag, expected, actual) in [
                    ("(0020,000D)", wanted.study, head.studyInstanceUID),
                    ("(0020,000E)", wanted.series, head.seriesInstanceUID),
                ] where actual != expected {
                    remarks.remark(expected: expected, actual: actual ?? Shown.absent, at: place(image, tag))
                }
                judgeClass(image, head, wanted, &remarks)
            }
            judgePatient(subject, image, head, &remarks)
        }
    }

    private static func judgePatient(
        _ subject: ImageAnswerSubject, _ image: ReceivedImage, _ head: ImageHeader, _ remarks: inout Remarks
    ) {
        if let identifier = subject.patientID ?? subject.patient?.identifier {
            let found = ([head.patientID].compactMap { $0 } + head.otherPatientIDs).map(\.value)
            let others = head.nationalIdentifiers.map(\.value).filter { $0 != identifier }
            if !found.contains(identifier) || !others.isEmpty {
                let told = others.isEmpty ? found : others
                remarks.remark(
                    expected: identifier, actual: told.isEmpty ? Shown.absent : told.joined(separator: ", "),
                    at: place(image, "(0010,1002)"))
            }
        }
        if let patient = subject.patient { judgeTraits(image, head, patient, "KOS", &remarks) }
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
        let expected = Set(missing)
        let shown = missing.isEmpty ? "0 × RegistryError" : missing.joined(separator: ", ")
        for error in errors {
            let place = error.place.node.map { EvidencePlace($0) } ?? answer
            if error.severity != XDSURN.error {
                remarks.remark(expected: XDSURN.error, actual: error.severity, at: place)
            }
            if error.context.isEmpty {
                remarks.remark(expected: "codeContext", actual: "codeContext = \(Shown.empty)", at: place)
            }
            if !isWhole, error.location.map(expected.contains) != true {
                remarks.remark(
                    expected: shown, actual: "location = \(error.location ?? Shown.absent)", at: place)
            }
        }
        guard !isWhole else { return }
        for uid in missing where !errors.contains(where: { $0.location == uid }) {
            let warning = registry.errors.first { $0.location == uid }
            remarks.remark(
                expected: "RegistryError, severity = \(XDSURN.error), location = \(uid)",
                actual: warning.map { "severity = \($0.severity)" } ?? Shown.absent,
                at: warning?.place.node.map { EvidencePlace($0) } ?? answer)
        }
    }
}
