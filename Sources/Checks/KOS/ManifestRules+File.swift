internal import Conformance
internal import DICOM

// The file and its encoding: KOS-001 to KOS-011.
extension ManifestRules {
    static let fileRules = [
        rule(
            "KOS-001", .violation, fr: "Le fichier commence par 128 octets de préambule puis « DICM ».",
            en: "The file begins with 128 bytes of preamble, then 'DICM'.", source: "DICOM PS3.10 7.1"
        ) { subject, remarks in
            guard !subject.file.hasPreamble else { return }
            let found = subject.bytes.dropFirst(128).prefix(4).map { hexadecimal($0) }.joined(separator: " ")
            remarks.remark(
                expected: "44 49 43 4D", actual: found.isEmpty ? Shown.absent : found,
                at: EvidencePlace(byte: min(128, subject.bytes.count)))
        },
        rule(
            "KOS-002", .violation,
            fr:
                "Les méta-informations (groupe 0002) sont en Explicit VR Little Endian et (0002,0000) donne leur longueur.",
            en: "The file meta information (group 0002) is Explicit VR Little Endian and (0002,0000) gives its length.",
            source: "DICOM PS3.10 7.1"
        ) { subject, remarks in
            tell(
                [.metaMissing, .metaSyntax, .metaLength, .metaLengthMissing], subject, &remarks,
                expected: "(0002,0000), Explicit VR Little Endian")
        },
        rule(
            "KOS-003", .violation, fr: "(0002,0002) désigne la classe Key Object Selection Document Storage.",
            en: "(0002,0002) names the class Key Object Selection Document Storage.",
            source: "DICOM PS3.10 7.1; PS3.4 B.5"
        ) { subject, remarks in
            demandMeta(.mediaStorageSOPClassUID, UID.keyObjectSelection, subject, &remarks)
        },
        rule(
            "KOS-004", .violation, fr: "(0002,0003) est égal à (0008,0018).", en: "(0002,0003) equals (0008,0018).",
            source: "DICOM PS3.10 7.1"
        ) { subject, remarks in
            let named = subject.file.meta.string(.mediaStorageSOPInstanceUID)
            guard let named, subject.selection.sopInstanceUID == nil else {
                return demandMeta(.mediaStorageSOPInstanceUID, subject.selection.sopInstanceUID, subject, &remarks)
            }
            remarks.remark(expected: named, actual: subject.shown(.sopInstanceUID), at: subject.place(.sopInstanceUID))
        },
        rule(
            "KOS-005", .violation,
            fr: "La syntaxe de transfert est Implicit ou Explicit VR Little Endian, et les données sont écrites ainsi.",
            en: "The transfer syntax is Implicit or Explicit VR Little Endian, and the data set is written in it.",
            source: "DICOM PS3.5 A.1, A.2; PS3.10 7.1"
        ) { subject, remarks in
            let allowed = [UID.implicitLittleEndian, UID.explicitLittleEndian]
            let actual = subject.file.meta.string(.transferSyntaxUID)
            if actual.map(allowed.contains) != true {
                remarks.remark(
                    expected: allowed.joined(separator: ", "), actual: subject.shown(.transferSyntaxUID),
                    at: subject.place(.transferSyntaxUID))
            }
            tell([.transferSyntaxWrong], subject, &remarks, expected: actual ?? "")
        },
        rule(
            "KOS-006", .warning, fr: "(0002,0012) Implementation Class UID est présent.",
            en: "(0002,0012) Implementation Class UID is present.", source: "DICOM PS3.10 7.1"
        ) { subject, remarks in
            guard subject.file.meta.string(.implementationClassUID) == nil else { return }
            remarks.remark(
                expected: "UID", actual: subject.shown(.implementationClassUID),
                at: subject.place(.implementationClassUID))
        },
        rule(
            "KOS-007", .violation,
            fr: "Les éléments sont en ordre croissant, sans répétition, et leurs longueurs sont paires.",
            en: "Elements are in ascending order, none twice, and their lengths are even.", source: "DICOM PS3.5 7.1"
        ) { subject, remarks in
            tell(
                [.outOfOrder, .duplicate, .oddLength], subject, &remarks, expected: "(gggg,eeee) ↑, 2 × n")
        },
        rule(
            "KOS-008", .violation, fr: "(0008,0016) est la classe Key Object Selection Document Storage.",
            en: "(0008,0016) is the class Key Object Selection Document Storage.", source: "DICOM PS3.3 A.35.4"
        ) { subject, remarks in demand(.sopClassUID, [UID.keyObjectSelection], subject, &remarks) },
        rule(
            "KOS-009", .violation,
            fr: "Tout UID est fait de nombres sans zéro initial séparés par des points, 64 caractères au plus.",
            en: "Every UID is made of numbers without leading zero, joined by dots, of at most 64 characters.",
            source: "DICOM PS3.5 9.1"
        ) { subject, remarks in
            for root in [subject.file.meta, subject.file.dataSet] {
                root.visit { element, path, _ in
                    guard element.meaning == .UI else { return }
                    for value in element.rawValues.map({ String(decoding: $0, as: UTF8.self) })
                    where !UID.isValid(value) {
                        remarks.remark(
                            expected: "UID (PS3.5 9.1)", actual: value, at: subject.place(path))
                    }
                }
            }
        },
        rule(
            "KOS-010", .violation, fr: "(0008,0060) Modality vaut KO.", en: "(0008,0060) Modality is KO.",
            source: "DICOM PS3.3 C.17.6.1"
        ) { subject, remarks in demand(.modality, ["KO"], subject, &remarks) },
        rule(
            "KOS-011", .violation,
            fr: "Un texte hors ASCII a son jeu de caractères en (0008,0005) et se décode selon lui.",
            en: "Text beyond ASCII has its character set in (0008,0005) and decodes under it.",
            source: "DICOM PS3.3 C.12.1.1.2; PS3.5 6.1"
        ) { subject, remarks in judgeCharacters(subject, &remarks) },
    ]

    private static func judgeCharacters(_ subject: ManifestSubject, _ remarks: inout Remarks) {
        judgeTerms(subject, &remarks)
        let unread = subject.file.dataSet.characterSet.unsupportedTerms
        subject.file.dataSet.visit { element, path, dataSet in
            guard element.meaning.isText, element.bytes.contains(where: { $0 >= 0x80 }) else { return }
            let declared = dataSet.characterSet
            let name = declared.terms.isEmpty ? Shown.absent : declared.terms.joined(separator: "\\")
            let text = declared.decode(element.bytes, isPersonName: element.meaning == .PN)
            if !element.meaning.usesSpecificCharacterSet {
                remarks.remark(
                    expected: "ASCII (\(element.meaning.rawValue))", actual: text.text, at: subject.place(path))
            } else if declared.terms.isEmpty {
                remarks.remark(
                    expected: "(0008,0005) = ISO_IR 100, ISO_IR 192",
                    actual: "(0008,0005) = \(Shown.absent): \(text.text)",
                    advice: LocalizedText(
                        fr: "Déclarer ISO_IR 100 ou ISO_IR 192 en (0008,0005) et écrire les textes ainsi.",
                        en: "Declare ISO_IR 100 or ISO_IR 192 in (0008,0005) and write the texts in it."),
                    at: subject.place(path))
            } else if !declared.unsupportedTerms.isEmpty {
                return
            } else if name != "ISO_IR 192", SpecificCharacterSet.looksLikeUTF8(element.bytes) {
                remarks.remark(
                    expected: name, actual: "UTF-8: \(text.text)", at: subject.place(path))
            } else if !text.undecodable.isEmpty {
                remarks.remark(expected: name, actual: text.text, at: subject.place(path))
            }
        }
        if !unread.isEmpty {
            remarks.notRun(
                fr: "Le jeu de caractères \(unread.joined(separator: ", ")) n'est pas décodé ici.",
                en: "The character set \(unread.joined(separator: ", ")) is not decoded here.")
        }
    }

    /// PS3.3, C.12.1.1.2: the terms are of the standard, and several need code extensions.
    private static func judgeTerms(_ subject: ManifestSubject, _ remarks: inout Remarks) {
        subject.file.dataSet.visit { element, path, _ in
            guard element.tag == .specificCharacterSet else { return }
            let set = SpecificCharacterSet(terms: element.strings(.ascii))
            // Type 1C: where it stands, it has a value.
            guard element.isEmpty || !set.unknownTerms.isEmpty || set.combinationFault != nil else { return }
            remarks.remark(
                expected: "ISO_IR 100, ISO_IR 192", actual: subject.shown(path), at: subject.place(path))
        }
    }

    /// Says the faults of these kinds that the reader met.
    static func tell(
        _ codes: Set<DICOMNote.Code>, _ subject: ManifestSubject, _ remarks: inout Remarks, expected: String,
        severity: Severity? = nil
    ) {
        for note in subject.file.notes where codes.contains(note.code) {
            remarks.remark(
                expected: expected,
                actual: note.tagPath.isEmpty ? note.code.rawValue : "\(note.code.rawValue) \(note.tagPath)",
                at: EvidencePlace(byte: note.byteOffset, tag: note.tagPath.isEmpty ? nil : note.tagPath),
                severity: severity)
        }
    }

    private static func demandMeta(
        _ tag: Tag, _ expected: String?, _ subject: ManifestSubject, _ remarks: inout Remarks
    ) {
        let actual = subject.file.meta.string(tag)
        guard actual == nil || actual != expected else { return }
        remarks.remark(expected: expected ?? "UID", actual: subject.shown(tag), at: subject.place(tag))
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
