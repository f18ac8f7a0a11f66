internal import Conformance
internal import DICOM

// The document, its equipment and its study: KOS-012 to KOS-017.
extension ManifestRules {
    static let documentRules = [
        rule(
            "KOS-012", .violation,
            fr: "(0008,0023) et (0008,0033), date et heure du contenu, sont présents et valides.",
            en: "(0008,0023) and (0008,0033), date and time of the content, are present and valid.",
            source: "DICOM PS3.3 C.17.6.2"
        ) { subject, remarks in judgeInstant(.contentDate, .contentTime, subject, &remarks) },
        rule(
            "KOS-013", .violation,
            fr: "(0008,0012) et (0008,0013), date et heure de création, sont présents et valides.",
            en: "(0008,0012) and (0008,0013), date and time of creation, are present and valid.",
            source: "\(drim); DICOM PS3.3 C.12.1"
        ) { subject, remarks in judgeInstant(.instanceCreationDate, .instanceCreationTime, subject, &remarks) },
        rule(
            "KOS-014", .warning, fr: "(0008,0201) donne le décalage horaire, de -1200 à +1400.",
            en: "(0008,0201) gives the offset from UTC, from -1200 to +1400.",
            source: "\(drim); DICOM PS3.3 C.12.1"
        ) { subject, remarks in
            guard subject.file.dataSet.string(.timezoneOffsetFromUTC).map(DICOMForm.isOffset) != true else { return }
            remarks.remark(
                expected: "±HHMM", actual: subject.shown(.timezoneOffsetFromUTC),
                at: subject.place(.timezoneOffsetFromUTC))
        },
        rule(
            "KOS-015", .violation, fr: "(0008,0050) Accession Number est présent à la racine, au besoin vide.",
            en: "(0008,0050) Accession Number is present at the root, empty if need be.",
            source: "DICOM PS3.3 C.7.2.1"
        ) { subject, remarks in demandPresent([.accessionNumber], in: TagPath(), subject, &remarks) },
        rule(
            "KOS-016", .warning,
            fr:
                "(0008,0080) contient le nom de la structure, neuf accents circonflexes, puis son identifiant national.",
            en: "(0008,0080) holds the name of the structure, nine carets, then its national identifier.", source: drim
        ) { subject, remarks in
            let parts = (subject.selection.institutionName ?? "").split(
                separator: "^", omittingEmptySubsequences: false)
            if parts.count == 10, !parts[0].isEmpty, parts[1..<9].allSatisfy(\.isEmpty),
                (9...15).contains(parts[9].utf8.count),
                parts[9].utf8.allSatisfy({ (0x30...0x39).contains($0) })
            {
                return
            }
            remarks.remark(
                expected: "…^^^^^^^^^[0-9]{9,15}", actual: subject.shown(.institutionName),
                at: subject.place(.institutionName))
        },
        rule(
            "KOS-017", .violation,
            fr: "Les attributs de type 2 (0008,0070), (0008,0090), (0020,0010) et (0008,1111) sont présents.",
            en: "The type 2 attributes (0008,0070), (0008,0090), (0020,0010) and (0008,1111) are present.",
            source: "DICOM PS3.3 C.7.2.1, C.7.5.1, C.17.6.1"
        ) { subject, remarks in
            demandPresent(
                [.manufacturer, .referringPhysicianName, .studyID, .referencedPerformedProcedureStepSequence],
                in: TagPath(), subject, &remarks)
        },
    ]

    // The study, the series and the title: KOS-029 to KOS-035.
    static let titleRules = [
        rule(
            "KOS-029", .violation, fr: "(0020,000D) Study Instance UID est renseigné.",
            en: "(0020,000D) Study Instance UID has a value.", source: "DICOM PS3.3 C.7.2.1"
        ) { subject, remarks in
            guard subject.selection.studyInstanceUID == nil else { return }
            remarks.remark(
                expected: "UID", actual: subject.shown(.studyInstanceUID), at: subject.place(.studyInstanceUID))
        },
        rule(
            "KOS-030", .violation, fr: "La série du manifeste (0020,000E) n'est aucune des séries qu'il référence.",
            en: "The series of the manifest (0020,000E) is none of the series that it refers to.",
            source: "DICOM PS3.3 C.17.6.1; IHE RAD TF-2 4.68"
        ) { subject, remarks in
            guard let own = subject.selection.seriesInstanceUID else {
                return remarks.remark(
                    expected: "UID", actual: subject.shown(.seriesInstanceUID), at: subject.place(.seriesInstanceUID))
            }
            for series in subject.selection.series where series.uid == own {
                remarks.remark(
                    expected: "≠ \(own)", actual: own, at: subject.place(series.path.element(.seriesInstanceUID)))
            }
        },
        rule(
            "KOS-031", .violation,
            fr: "(0020,0011) et (0020,0013) sont des nombres entiers ; (0020,0013), la version, vaut au moins 1.",
            en: "(0020,0011) and (0020,0013) are whole numbers; (0020,0013), the version, is at least 1.",
            source: "DICOM PS3.3 C.17.6.1, C.17.6.2; \(drim)"
        ) { subject, remarks in
            if subject.file.dataSet.integer(.seriesNumber).flatMap({ Int32(exactly: $0) }) == nil {
                remarks.remark(
                    expected: "IS", actual: subject.shown(.seriesNumber), at: subject.place(.seriesNumber))
            }
            if subject.selection.instanceNumber.flatMap({ Int32(exactly: $0) }).map({ $0 >= 1 }) != true {
                remarks.remark(
                    expected: ">= 1", actual: subject.shown(.instanceNumber), at: subject.place(.instanceNumber))
            }
        },
        rule(
            "KOS-032", .violation, fr: "(0040,A040) vaut CONTAINER et (0040,A050) vaut SEPARATE.",
            en: "(0040,A040) is CONTAINER and (0040,A050) is SEPARATE.",
            source: "DICOM PS3.3 C.17.3; PS3.16 TID 2010"
        ) { subject, remarks in
            demand(.valueType, ["CONTAINER"], subject, &remarks)
            demand(.continuityOfContent, ["SEPARATE"], subject, &remarks)
        },
        rule(
            "KOS-033", .violation, fr: "Le titre (0040,A043) est un seul item, (113030, DCM, Manifest).",
            en: "The title (0040,A043) is one item, (113030, DCM, Manifest).",
            source: "IHE RAD TF-2 4.68; DICOM PS3.16 CID 7010"
        ) { subject, remarks in
            let items = subject.file.dataSet.items(.conceptNameCodeSequence)
            guard items.count != 1 || !subject.selection.isManifest else { return }
            let titles = items.map {
                "(\($0.string(.codeValue) ?? ""), \($0.string(.codingSchemeDesignator) ?? ""))"
            }
            remarks.remark(
                expected: "(113030, DCM)", actual: titles.isEmpty ? Shown.absent : titles.joined(separator: ", "),
                at: subject.codePlace(TagPath([], .conceptNameCodeSequence), "113030", "DCM"))
        },
        rule(
            "KOS-034", .warning, fr: "Le libellé du titre est Manifest, majuscules indifférentes.",
            en: "The meaning of the title is Manifest, in any case.", source: "DICOM PS3.16 CID 7010"
        ) { subject, remarks in
            guard let title = subject.selection.title else {
                return remarks.notRun(fr: "Le manifeste n'a pas de titre.", en: "The manifest has no title.")
            }
            guard title.meaning.lowercased() != "manifest" else { return }
            let path = TagPath([(.conceptNameCodeSequence, 1)], .codeMeaning)
            remarks.remark(expected: "Manifest", actual: subject.shown(path), at: subject.place(path))
        },
        rule(
            "KOS-035", .warning, fr: "(0040,A504) désigne le modèle 2010 de DCMR.",
            en: "(0040,A504) names the template 2010 of DCMR.", source: "DICOM PS3.3 C.18.8; PS3.16 TID 2010"
        ) { subject, remarks in
            let items = subject.file.dataSet.items(.contentTemplateSequence)
            let found = items.map {
                "(\($0.string(.mappingResource) ?? ""), \($0.string(.templateIdentifier) ?? ""))"
            }
            guard !found.contains("(DCMR, 2010)") else { return }
            remarks.remark(
                expected: "(DCMR, 2010)", actual: found.isEmpty ? Shown.absent : found.joined(separator: ", "),
                at: subject.place(
                    TagPath([], .contentTemplateSequence),
                    holding: [(.mappingResource, "DCMR"), (.templateIdentifier, "2010")]))
        },
    ]

    private static func judgeInstant(
        _ date: Tag, _ time: Tag, _ subject: ManifestSubject, _ remarks: inout Remarks
    ) {
        if subject.file.dataSet.string(date).map(DICOMForm.isDate) != true {
            remarks.remark(expected: "YYYYMMDD", actual: subject.shown(date), at: subject.place(date))
        }
        if subject.file.dataSet.string(time).map(DICOMForm.isTime) != true {
            remarks.remark(expected: "HHMMSS", actual: subject.shown(time), at: subject.place(time))
        }
    }
}
