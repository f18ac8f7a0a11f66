internal import Conformance
internal import DICOM

// The content tree, (0040,A730), and what a manifest does not hold: KOS-055 to KOS-064.
extension ManifestRules {
    private static let tree = "DICOM PS3.16 TID 2010; PS3.3 C.17.3"

    static let contentRules = [
        rule(
            "KOS-055", .violation,
            fr: "L'arbre de contenu (0040,A730) et les références (0040,A375) désignent les mêmes instances.",
            en: "The content tree (0040,A730) and the evidence (0040,A375) name the same instances.",
            source: "DICOM PS3.3 C.17.6.2.1; PS3.16 TID 2010"
        ) { subject, remarks in judgeReferences(subject, &remarks) },
        rule(
            "KOS-056", .violation, fr: "Chaque référence de l'arbre de contenu est liée par CONTAINS.",
            en: "Each reference of the content tree is related by CONTAINS.", source: tree
        ) { subject, remarks in
            eachReference(subject, &remarks) { item, remarks in
                guard item.relationship != "CONTAINS" else { return }
                let path = item.path.element(.relationshipType)
                remarks.remark(expected: "CONTAINS", actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-057", .warning,
            fr: "Le type de chaque référence (IMAGE, WAVEFORM, COMPOSITE) suit la classe de l'instance.",
            en: "The type of each reference (IMAGE, WAVEFORM, COMPOSITE) follows the class of the instance.",
            source: "DICOM PS3.3 C.17.3.2, C.18"
        ) { subject, remarks in
            eachReference(subject, &remarks) { item, remarks in
                guard let kind = item.references.first?.sopClass.flatMap({ SOPClass(uid: $0) })?.kind else { return }
                let expected: [String] =
                    switch kind {
                    case .image: ["IMAGE"]
                    case .waveform: ["WAVEFORM"]
                    case .composite: ["COMPOSITE"]
                    case .imageOrComposite: ["IMAGE", "COMPOSITE"]
                    }
                guard item.valueType.map(expected.contains) != true else { return }
                let path = item.path.element(.valueType)
                remarks.remark(
                    expected: expected.joined(separator: ", "), actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-058", .warning, fr: "Le dernier texte de l'arbre est la description (113012, DCM).",
            en: "The last text of the tree is the description (113012, DCM).", source: tree
        ) { subject, remarks in
            let texts = subject.selection.contentItems.filter { $0.valueType == "TEXT" }
            guard let last = texts.last else {
                return remarks.remark(
                    expected: "TEXT (113012, DCM)", actual: Shown.absent, at: subject.place(.contentSequence))
            }
            // PS3.3, table C.17-5: a text without a concept is none, wherever it stands.
            let nameless = texts.dropLast().filter { $0.concept.map { $0.value.isEmpty || $0.scheme.isEmpty } ?? true }
            let isDescribed = last.concept?.value == "113012" && last.concept?.scheme == "DCM"
            for item in nameless + (isDescribed ? [] : [last]) {
                remarks.remark(
                    expected: "(113012, DCM)",
                    actual: item.concept.map { "(\($0.value), \($0.scheme))" } ?? Shown.absent,
                    at: subject.codePlace(
                        item.path.element(.conceptNameCodeSequence), "113012", "DCM"))
            }
        },
        rule(
            "KOS-059", .warning, fr: "La première ligne de la description commence par « Examen : ».",
            en: "The first line of the description begins with 'Examen : '.", source: drim
        ) { subject, remarks in judgeLine(1, begins: "Examen :", subject, &remarks) },
        rule(
            "KOS-060", .information, fr: "La deuxième ligne de la description commence par « Acte = ».",
            en: "The second line of the description begins with 'Acte = '.", source: drim
        ) { subject, remarks in judgeLine(2, begins: "Acte =", subject, &remarks) },
        rule(
            "KOS-061", .warning,
            fr: "La description a une ligne par série : « Série-<UID> : <modalité> @ [<région>] : <libellé> ».",
            en: "The description has one line a series: 'Série-<UID> : <modality> @ [<region>] : <label>'.",
            source: drim
        ) { subject, remarks in
            guard let lines = descriptionLines(subject, &remarks) else { return }
            let read = lines.map { SeriesLine($0) }
            let wrong = zip(lines, read).filter { $1 == nil && SeriesLine.isMeant($0) }.map(\.0)
            let place = descriptionPlace(subject)
            for line in wrong {
                remarks.remark(
                    expected: "Série-<UID> : <(0008,0060)> @ [<…>] : <(0008,103E)>", actual: line,
                    at: place)
            }
            let count = read.count { $0 != nil }
            let expected = subject.selection.series.count
            if wrong.isEmpty, count != expected {
                remarks.remark(
                    expected: "\(expected) × Série-", actual: "\(count) × Série-", at: place)
            }
        },
        rule(
            "KOS-062", .warning, fr: "Les séries de la description sont celles des références (0040,A375).",
            en: "The series of the description are those of the evidence (0040,A375).", source: drim
        ) { subject, remarks in
            guard let lines = descriptionLines(subject, &remarks) else { return }
            let told = Set(lines.compactMap { SeriesLine($0)?.uid })
            let listed = Set(subject.selection.series.compactMap(\.uid))
            guard !told.isEmpty else {
                return remarks.notRun(
                    fr: "La description ne nomme aucune série.", en: "The description names no series.")
            }
            let place = descriptionPlace(subject)
            for uid in listed.subtracting(told).sorted() {
                remarks.remark(expected: uid, actual: Shown.absent, at: place)
            }
            let expected = listed.sorted().joined(separator: ", ")
            for uid in told.subtracting(listed).sorted() {
                remarks.remark(expected: expected, actual: uid, at: place)
            }
        },
        rule(
            "KOS-063", .violation,
            fr: "Le manifeste n'a ni pixels, ni états de vérification d'un compte rendu structuré.",
            en: "The manifest has neither pixels nor verification states of a structured report.",
            source: "DICOM PS3.3 A.35.4"
        ) { subject, remarks in
            subject.file.dataSet.visit { element, path, _ in
                if element.tag.isPixelData {
                    remarks.remark(expected: Shown.absent, actual: subject.shown(path), at: subject.place(path))
                } else if [Tag.completionFlag, .verificationFlag].contains(element.tag) {
                    remarks.remark(
                        expected: Shown.absent, actual: subject.shown(path), at: subject.place(path), severity: .warning
                    )
                }
            }
        },
        rule(
            "KOS-064", .information, fr: "Un groupe privé est inutile ; s'il y en a un, il est bien formé.",
            en: "A private group is not needed; where there is one, it is well formed.", source: "DICOM PS3.5 7.8"
        ) { subject, remarks in
            for note in subject.file.notes where [.privateCreatorMissing, .forbiddenGroup].contains(note.code) {
                guard Tag(note.tagPath.suffix(11))?.isPrivate == true else { continue }
                remarks.remark(
                    expected: "(gggg,00xx), (gggg,xxnn)", actual: "\(note.code.rawValue) \(note.tagPath)",
                    at: EvidencePlace(byte: note.byteOffset, tag: note.tagPath))
            }
            guard !remarks.hasRemarks else { return }
            subject.file.dataSet.visit { element, path, _ in
                guard element.tag.isPrivateCreator else { return }
                remarks.remark(expected: Shown.absent, actual: subject.shown(path), at: subject.place(path))
            }
        },
    ]

    private static func judgeReferences(_ subject: ManifestSubject, _ remarks: inout Remarks) {
        let selection = subject.selection
        let evidence = selection.instances
        let tree = selection.contentItems.flatMap(\.references)
        guard !evidence.isEmpty || !tree.isEmpty else { return sayNothingReferenced(&remarks) }
        let inEvidence = Set(evidence.compactMap(\.sopInstance))
        let inTree = Set(tree.compactMap(\.sopInstance))
        for instance in evidence {
            guard let uid = instance.sopInstance, !inTree.contains(uid) else { continue }
            remarks.remark(
                expected: "(0040,A730): \(uid)", actual: Shown.absent,
                at: subject.place(instance.path.element(.referencedSOPInstanceUID)))
        }
        for instance in tree {
            guard let uid = instance.sopInstance, !inEvidence.contains(uid) else { continue }
            remarks.remark(
                expected: "(0040,A375)", actual: uid,
                at: subject.place(instance.path.element(.referencedSOPInstanceUID)))
        }
    }

    /// Looks at each item of the tree that refers to an instance.
    private static func eachReference(
        _ subject: ManifestSubject, _ remarks: inout Remarks,
        _ body: (KeyObjectSelection.ContentItem, inout Remarks) -> Void
    ) {
        let items = subject.selection.contentItems.filter { !$0.references.isEmpty }
        guard !items.isEmpty else { return sayNothingReferenced(&remarks) }
        for item in items { body(item, &remarks) }
    }

    private static func descriptionLines(_ subject: ManifestSubject, _ remarks: inout Remarks) -> [String]? {
        let lines = subject.selection.descriptionLines
        guard lines.isEmpty else { return lines }
        remarks.notRun(fr: "Le manifeste n'a pas de description.", en: "The manifest has no description.")
        return nil
    }

    private static func judgeLine(
        _ number: Int, begins start: String, _ subject: ManifestSubject, _ remarks: inout Remarks
    ) {
        guard let lines = descriptionLines(subject, &remarks) else { return }
        let line = lines.count >= number ? lines[number - 1] : nil
        guard let line, line.hasPrefix(start + " ") || line == start else {
            return remarks.remark(
                expected: start + " …", actual: line ?? Shown.absent, at: descriptionPlace(subject))
        }
    }

    private static func descriptionPlace(_ subject: ManifestSubject) -> EvidencePlace {
        let texts = subject.selection.contentItems.filter { $0.valueType == "TEXT" }
        let item = texts.last { $0.concept?.value == "113012" } ?? texts.last
        return item.map { subject.place($0.path.element(.textValue)) } ?? subject.place(.contentSequence)
    }
}

/// A line of the description: `Série-<UID> : <modality> @ [<region>] : <label>`.
///
/// Older manifests write `Serie-`, and the bracket may be left out.
struct SeriesLine: Sendable, Hashable {
    let uid: String
    let modality: String
    /// Without its brackets; empty where there is none.
    let region: String
    let label: String

    init?(_ line: String) {
        guard let match = line.wholeMatch(of: #/S[ée]rie-([0-9.]+) ?: ([A-Z0-9]+) @ *(?:\[(.*?)\])? *:(?: (.*))?/#)
        else {
            return nil
        }
        uid = String(match.1)
        modality = String(match.2)
        region = match.3.map { String($0) } ?? ""
        label = match.4.map { String($0) } ?? ""
    }

    /// Whether a line is meant to be one of a series.
    static func isMeant(_ line: String) -> Bool { line.hasPrefix("Série") || line.hasPrefix("Serie") }
}
