internal import Conformance
internal import DICOM

// The evidence, (0040,A375): KOS-042 to KOS-054. KOS-047 needs the national list of domains.
extension ManifestRules {
    private static let evidence = "DICOM PS3.3 C.17.6.2, C.17.2.1"
    private static let xdsi = "IHE RAD TF-2 4.68, XDS-I.b"

    static let evidenceRules = [
        rule(
            "KOS-042", .violation, fr: "(0040,A375) référence exactement un examen.",
            en: "(0040,A375) refers to exactly one study.", source: "\(evidence); \(drim)"
        ) { subject, remarks in
            guard subject.selection.studies.count != 1 else { return }
            let tag = Tag.currentRequestedProcedureEvidenceSequence
            remarks.remark(expected: "1 × (FFFE,E000)", actual: subject.shown(tag), at: subject.place(tag))
        },
        rule(
            "KOS-043", .violation, fr: "L'examen référencé est celui de la racine (0020,000D).",
            en: "The referenced study is that of the root (0020,000D).", source: evidence
        ) { subject, remarks in
            let studies = subject.selection.studies
            guard !studies.isEmpty else { return sayNothingReferenced(&remarks) }
            for study in studies where study.uid == nil || study.uid != subject.selection.studyInstanceUID {
                let path = study.path.element(.studyInstanceUID)
                remarks.remark(
                    expected: subject.shown(.studyInstanceUID), actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-044", .violation, fr: "L'examen a au moins une série (0008,1115), et aucune n'est répétée.",
            en: "The study has at least one series (0008,1115), and none is repeated.", source: evidence
        ) { subject, remarks in
            let studies = subject.selection.studies
            guard !studies.isEmpty else { return sayNothingReferenced(&remarks) }
            for study in studies where study.series.isEmpty {
                let path = study.path.element(.referencedSeriesSequence)
                remarks.remark(expected: ">= 1 × (FFFE,E000)", actual: subject.shown(path), at: subject.place(path))
            }
            var seen: Set<String> = []
            for series in subject.selection.series {
                let path = series.path.element(.seriesInstanceUID)
                if let uid = series.uid, seen.insert(uid).inserted { continue }
                remarks.remark(
                    expected: "1 × UID", actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-045", .violation, fr: "Chaque série a son adresse d'accès (0008,1190) Retrieve URL.",
            en: "Each series has its (0008,1190) Retrieve URL.", source: "\(xdsi); \(drim)"
        ) { subject, remarks in
            eachSeries(subject, &remarks) { _, series, remarks in
                guard series.retrieveURL == nil else { return }
                let path = series.path.element(.retrieveURL)
                remarks.remark(
                    expected: "https://…/studies/…/series/\(series.uid ?? "")", actual: subject.shown(path),
                    at: subject.place(path))
            }
        },
        rule(
            "KOS-046", .violation, capture: .warning,
            fr:
                "(0008,1190) est une adresse https absolue, sans blanc, qui se termine par /studies/<examen>/series/<série>.",
            en:
                "(0008,1190) is an absolute https address without blanks that ends in /studies/<study>/series/<series>.",
            source: "\(drim); DICOM PS3.18 10.4"
        ) { subject, remarks in
            eachURL(subject, &remarks) { study, series, url, remarks in
                let end = "/studies/\(study.uid ?? "")/series/\(series.uid ?? "")"
                let rest = url.hasPrefix("https://") ? url.dropFirst("https://".count) : ""
                let hasBlank = url.unicodeScalars.contains { $0.properties.isWhitespace }
                guard !hasBlank, !rest.isEmpty, rest.first != "/", url.hasSuffix(end) else {
                    let path = series.path.element(.retrieveURL)
                    return remarks.remark(
                        expected: "https://<DRIMbox>\(end)", actual: visible(url),
                        advice: hasBlank
                            ? LocalizedText(
                                fr: "Ôter les blancs et les fins de ligne autour de l'adresse.",
                                en: "Remove blanks and line ends around the address.") : nil,
                        at: subject.place(path))
                }
            }
        },
        rule(
            "KOS-048", .violation, capture: .warning,
            fr: "(0008,1190) ne contient ni « null », ni l'hôte local, ni requête.",
            en: "(0008,1190) holds no 'null', no local host and no query.", source: drim
        ) { subject, remarks in
            eachURL(subject, &remarks) { _, series, url, remarks in
                let parts = url.lowercased().split { "/ \r\n".contains($0) }
                let local = ["localhost", "127.", "[::1]", "0.0.0.0"]
                let wrong =
                    parts.first { $0 == "null" } ?? parts.first { part in local.contains { part.hasPrefix($0) } }
                    ?? (url.contains { "?#".contains($0) } ? "?" : nil)
                guard let wrong else { return }
                remarks.remark(
                    expected: "≠ \(wrong)", actual: visible(url),
                    at: subject.place(series.path.element(.retrieveURL)))
            }
        },
        rule(
            "KOS-049", .warning, fr: "Chaque série a (0040,E011) Retrieve Location UID, que demande RAD-69.",
            en: "Each series has (0040,E011) Retrieve Location UID, which RAD-69 needs.", source: xdsi
        ) { subject, remarks in
            eachSeries(subject, &remarks) { _, series, remarks in
                guard series.retrieveLocationUID == nil else { return }
                let path = series.path.element(.retrieveLocationUID)
                remarks.remark(expected: "UID", actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-050", .information, fr: "Chaque série a (0008,0054) Retrieve AE Title.",
            en: "Each series has (0008,0054) Retrieve AE Title.", source: xdsi
        ) { subject, remarks in
            eachSeries(subject, &remarks) { _, series, remarks in
                guard series.retrieveAETitle == nil else { return }
                let path = series.path.element(.retrieveAETitle)
                remarks.remark(expected: "AE", actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-051", .violation, fr: "Chaque série a au moins une instance (0008,1199), avec sa classe et son UID.",
            en: "Each series has at least one instance (0008,1199), with its class and its UID.",
            source: "DICOM PS3.3 C.17.2.1, 10.8"
        ) { subject, remarks in
            eachSeries(subject, &remarks) { _, series, remarks in
                let path = series.path.element(.referencedSOPSequence)
                if series.instances.isEmpty {
                    remarks.remark(expected: ">= 1 × (FFFE,E000)", actual: subject.shown(path), at: subject.place(path))
                }
                for instance in series.instances {
                    for tag in [Tag.referencedSOPClassUID, .referencedSOPInstanceUID] {
                        let path = instance.path.element(tag)
                        guard subject.element(path)?.isEmpty ?? true else { continue }
                        remarks.remark(expected: "\(tag) UID", actual: subject.shown(path), at: subject.place(path))
                    }
                }
            }
        },
        rule(
            "KOS-052", .violation, fr: "Aucune instance n'est référencée deux fois.",
            en: "No instance is referred to twice.", source: "\(evidence); \(xdsi)"
        ) { subject, remarks in
            var seen: Set<String> = []
            eachInstance(subject, &remarks) { instance, remarks in
                guard let uid = instance.sopInstance, !seen.insert(uid).inserted else { return }
                remarks.remark(
                    expected: "1 × UID", actual: uid,
                    at: subject.place(instance.path.element(.referencedSOPInstanceUID)))
            }
        },
        rule(
            "KOS-053", .warning, fr: "La classe de chaque instance est une classe de stockage connue.",
            en: "The class of each instance is a known storage class.", source: "DICOM PS3.4 B.5; PS3.6 A"
        ) { subject, remarks in
            eachInstance(subject, &remarks) { instance, remarks in
                guard let uid = instance.sopClass, SOPClass(uid: uid) == nil else { return }
                remarks.remark(
                    expected: "PS3.4 B.5", actual: uid,
                    at: subject.place(instance.path.element(.referencedSOPClassUID)))
            }
        },
        rule(
            "KOS-054", .information, fr: "Une instance de classe multi-images dit son nombre d'images (0028,0008).",
            en: "An instance of a multi-frame class tells its number of frames (0028,0008).", source: drim
        ) { subject, remarks in
            let multiFrame = subject.selection.instances.filter {
                $0.sopClass.flatMap { SOPClass(uid: $0) }?.isMultiFrame == true
            }
            guard !multiFrame.isEmpty else {
                return remarks.notApplicable(
                    fr: "Aucune instance n'est d'une classe multi-images.",
                    en: "No instance is of a multi-frame class.")
            }
            for instance in multiFrame where (instance.frames ?? 0) <= 1 {
                let path = instance.path.element(.numberOfFrames)
                remarks.remark(expected: "> 1", actual: subject.shown(path), at: subject.place(path))
            }
        },
    ]

    static func sayNothingReferenced(_ remarks: inout Remarks) {
        remarks.notRun(
            fr: "Le manifeste ne référence rien : rien n'est à juger.",
            en: "The manifest refers to nothing: there is nothing to judge.")
    }

    private static func eachSeries(
        _ subject: ManifestSubject, _ remarks: inout Remarks,
        _ body: (KeyObjectSelection.Study, KeyObjectSelection.Series, inout Remarks) -> Void
    ) {
        guard !subject.selection.series.isEmpty else { return sayNothingReferenced(&remarks) }
        for study in subject.selection.studies {
            for series in study.series { body(study, series, &remarks) }
        }
    }

    static func eachURL(
        _ subject: ManifestSubject, _ remarks: inout Remarks,
        _ body: (KeyObjectSelection.Study, KeyObjectSelection.Series, String, inout Remarks) -> Void
    ) {
        guard subject.selection.series.contains(where: { $0.retrieveURL != nil }) else {
            return remarks.notRun(fr: "Aucune série n'a d'adresse.", en: "No series has an address.")
        }
        eachSeries(subject, &remarks) { study, series, remarks in
            if let url = series.retrieveURL { body(study, series, url, &remarks) }
        }
    }

    private static func eachInstance(
        _ subject: ManifestSubject, _ remarks: inout Remarks,
        _ body: (KeyObjectSelection.Instance, inout Remarks) -> Void
    ) {
        let instances = subject.selection.instances
        guard !instances.isEmpty else { return sayNothingReferenced(&remarks) }
        for instance in instances { body(instance, &remarks) }
    }

    /// With line ends that can be seen.
    static func visible(_ text: String) -> String {
        String(
            text.unicodeScalars.flatMap { scalar -> [Character] in
                switch scalar {
                case "\n": ["\\", "n"]
                case "\r": ["\\", "r"]
                case "\t": ["\\", "t"]
                default: [Character(scalar)]
                }
            })
    }
}
