internal import Conformance
internal import DICOM

// Values, their number, their representation, and the frame around them: KOS-071 to KOS-073, KOS-075.
extension ManifestRules {
    static let valueRules = [
        rule(
            "KOS-071", .violation, capture: .warning,
            fr: "Toute valeur a la forme de sa représentation : caractères, longueur, date, heure, nombre.",
            en: "Each value has the form of its representation: characters, length, date, time, number.",
            source: "DICOM PS3.5 6.2, table 6.2-1"
        ) { subject, remarks in
            eachElement(subject) { element, path, dataSet in
                if element.meaning.isText, element.meaning != .UI, element.bytes.last == 0 {
                    // PS3.5, 6.2: spaces pad text; readers take both, as the official samples need.
                    remarks.remark(
                        expected: "\(element.meaning.rawValue): 0x20", actual: "0x00", at: subject.place(path),
                        severity: .warning)
                }
                guard !isToldByOwnRule(element, path, dataSet, subject) else { return }
                guard let (value, form) = ValueForm.fault(of: element, dataSet.characterSet) else { return }
                remarks.remark(
                    expected: "\(element.meaning.rawValue): \(form)", actual: visible(value), at: subject.place(path))
            }
        },
        rule(
            "KOS-072", .violation, fr: "Un attribut qui n'admet qu'une valeur n'en a pas plusieurs.",
            en: "An attribute that takes one value has not several.", source: "DICOM PS3.5 6.4; PS3.6 6"
        ) { subject, remarks in
            eachElement(subject) { element, path, _ in
                guard ManifestModules.singleValued.contains(element.tag), element.rawValues.count > 1 else { return }
                guard !(path.steps.isEmpty && comparedWhole.contains(element.tag)) else { return }
                remarks.remark(expected: "VM 1", actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-073", .violation, fr: "Tout élément porte la représentation (VR) que lui donne la norme.",
            en: "Each element bears the representation (VR) that the standard gives it.",
            source: "DICOM PS3.5 7.1.2; PS3.6 6"
        ) { subject, remarks in
            for note in subject.file.notes where [.unknownVR, .unexpectedVR].contains(note.code) {
                let tag = Tag(note.tagPath.suffix(11))
                let element = tag.flatMap { DataDictionary.entry($0) }
                let known = element.map { ([$0.vr] + $0.alternatives).map(\.rawValue).joined(separator: ", ") }
                let at = note.byteOffset + 4
                let letters = at + 2 <= subject.bytes.count ? Array(subject.bytes[at..<at + 2]) : []
                remarks.remark(
                    expected: "\(known ?? "UN") (\(element?.keyword ?? ""))", actual: shownLetters(letters),
                    at: EvidencePlace(byte: note.byteOffset, tag: note.tagPath))
            }
        },
        rule(
            "KOS-075", .violation,
            fr: "Items et séquences se ferment où ils doivent, et rien ne suit le dernier élément.",
            en: "Items and sequences end where they must, and nothing follows the last element.",
            source: "DICOM PS3.5 7.5; PS3.10 7.2"
        ) { subject, remarks in
            tell([.delimiter, .trailingBytes], subject, &remarks, expected: "(FFFE,E00D), (FFFE,E0DD): PS3.5 7.5")
            for note in subject.file.notes where note.code == .forbiddenGroup {
                guard let tag = Tag(note.tagPath.suffix(11)), !tag.isPrivate else { continue }
                remarks.remark(
                    expected: Shown.absent, actual: tag.description,
                    at: EvidencePlace(byte: note.byteOffset, tag: note.tagPath))
            }
        },
    ]

    private static func shownLetters(_ letters: [UInt8]) -> String {
        letters.allSatisfy { (0x21...0x7E).contains($0) }
            ? String(decoding: letters, as: UTF8.self) : "0x" + Shown.hexadecimal(letters)
    }

    /// Visits the file meta information and the data set.
    private static func eachElement(_ subject: ManifestSubject, _ body: (DataElement, TagPath, DataSet) -> Void) {
        subject.file.meta.visit(body)
        subject.file.dataSet.visit(body)
    }

    /// Attributes of the root whose rule compares the whole value, several values included.
    private static let comparedWhole: Set<Tag> = [
        .sopClassUID, .modality, .issuerOfPatientID, .patientSex, .valueType, .continuityOfContent,
    ]

    /// Attributes of the root whose form a rule of their own judges: national, or not.
    private static let judgedAtRoot: [Tag: Bool] = [
        .sopClassUID: false, .modality: false, .contentDate: false, .contentTime: false, .seriesNumber: true,
        .instanceNumber: true, .valueType: false, .continuityOfContent: false, .instanceCreationDate: true,
        .instanceCreationTime: true, .timezoneOffsetFromUTC: true, .patientBirthDate: true, .patientSex: true,
        .issuerOfPatientID: true,
    ]

    private static func isToldByOwnRule(
        _ element: DataElement, _ path: TagPath, _ dataSet: DataSet, _ subject: ManifestSubject
    ) -> Bool {
        // KOS-009 judges every UID; KOS-011 the characters beyond ASCII of codes and numbers.
        if element.meaning == .UI { return true }
        if !element.meaning.usesSpecificCharacterSet, element.meaning.isText,
            element.bytes.contains(where: { $0 >= 0x80 })
        {
            return true
        }
        if path.steps.isEmpty, let isNational = judgedAtRoot[element.tag] {
            return !isNational || subject.context.profile == .dim
        }
        switch element.tag {
        case .relationshipType, .valueType:
            // KOS-056 and KOS-057 judge those of references.
            return path.steps.first?.tag == .contentSequence && !dataSet.items(.referencedSOPSequence).isEmpty
        case .retrieveURL: return subject.context.profile == .dim && path.steps.count == 2
        default: return false
        }
    }
}

extension ManifestModules {
    /// Attributes of a manifest that take one value (PS3.6, chapter 6).
    static let singleValued: Set<Tag> = {
        var tags: Set<Tag> = [
            .instanceCreationDate, .instanceCreationTime, .seriesDate, .seriesTime, .studyDescription,
            .institutionName, .timezoneOffsetFromUTC, .issuerOfPatientID, .retrieveLocationUID, .numberOfFrames,
            .seriesDescription, .completionFlag, .verificationFlag, .implementationVersionName,
        ]
        func add(_ attributes: [Attribute]) {
            for attribute in attributes {
                tags.insert(attribute.tag)
                add(attribute.items)
            }
        }
        add(meta)
        add(root)
        return tags
    }()
}
