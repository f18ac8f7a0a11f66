internal import Conformance
internal import DICOM
internal import Imaging
internal import Signatures

// What a manifest shows beside other objects, and other manifests within it: KOS-023, KOS-047, KOS-065 to KOS-068.
extension ManifestRules {
    /// Titles of IOCM that reject what their document names (IHE RAD TF-1, 34; DICOM PS3.16, CID 7011).
    static let rejectionTitles: Set<String> = ["113001", "113037", "113038", "113039"]

    static let contextRules = [
        rule(
            "KOS-023", .warning,
            fr: "L'OID de l'INS est celui de l'usage de la plateforme : production, test ou démonstration.",
            en: "The OID of the INS is that of the platform's use: production, test or demonstration.",
            source: "CI-SIS, référentiel INS"
        ) { subject, remarks in
            guard let usage = subject.context.usage else {
                return remarks.notRun(
                    fr: "L'usage de la plateforme n'est pas connu.", en: "The use of the platform is not known.")
            }
            guard let authority = subject.selection.patientIDOID.flatMap(NationalIdentifier.authority) else {
                return remarks.notRun(fr: "L'OID de l'INS manque.", en: "The OID of the INS is missing.")
            }
            guard authority.usage != usage else { return }
            let path = TagPath([(.issuerOfPatientIDQualifiersSequence, 1)], .universalEntityID)
            let wanted = NationalIdentifier.authorities.filter { $0.usage == usage }.map(\.oid)
            remarks.remark(
                expected: "\(wanted.joined(separator: ", ")) (\(usage))",
                actual: "\(authority.oid) (\(authority.usage))", at: subject.place(path))
        },
        rule(
            "KOS-047", .warning,
            fr: "L'hôte de (0008,1190) est un domaine « db » de la liste blanche nationale.",
            en: "The host of (0008,1190) is a 'db' domain of the national list.",
            source: "CI-SIS, DRIM-M, liste blanche"
        ) { subject, remarks in
            guard let domains = subject.context.domains else {
                return remarks.notRun(
                    fr: "La liste blanche n'est pas donnée (--against).",
                    en: "The national list is not given (--against).")
            }
            let hosts = Set(domains.domains.map { $0.db.lowercased() })
            eachURL(subject, &remarks) { _, series, url, remarks in
                let host = host(of: url)
                guard !hosts.contains(host) else { return }
                remarks.remark(
                    expected: "db: \(domains.domains.prefix(3).map(\.db).joined(separator: ", "))…",
                    actual: host.isEmpty ? visible(url) : host, at: subject.place(series.path.element(.retrieveURL)))
            }
        },
        rule(
            "KOS-065", .violation,
            fr:
                "Une nouvelle version a un autre UID, un numéro (0020,0013) plus grand, et les mêmes examen et accession.",
            en: "A new version has another UID, a greater number (0020,0013), and the same study and accession.",
            source: drim
        ) { subject, remarks in judgeVersion(subject, &remarks) },
        rule(
            "KOS-066", .warning,
            fr: "Le manifeste ne référence aucun autre manifeste, ni lui-même ; un document d'images clés est permis.",
            en: "The manifest refers to no other manifest, nor to itself; a document of key images is allowed.",
            source: drim
        ) { subject, remarks in judgeManifests(subject, &remarks) },
        rule(
            "KOS-067", .violation, fr: "Aucune instance référencée n'est rejetée (IOCM).",
            en: "No instance that is referred to is rejected (IOCM).",
            source: "IHE RAD TF-1 34 (IOCM); DICOM PS3.16 CID 7011"
        ) { subject, remarks in judgeRejections(subject, &remarks) },
        rule(
            "KOS-068", .violation,
            fr: "Un manifeste publié référence au moins une instance : un examen vidé se dépublie.",
            en: "A manifest that is published refers to an instance: an emptied study is unpublished.", source: drim
        ) { subject, remarks in
            guard subject.selection.instances.isEmpty else { return }
            let tag = Tag.currentRequestedProcedureEvidenceSequence
            remarks.remark(
                expected: ">= 1 × (0008,1155)", actual: "0 × (0008,1155)", at: subject.place(tag))
        },
    ]

    private static func judgeVersion(_ subject: ManifestSubject, _ remarks: inout Remarks) {
        guard let previous = subject.context.previous else {
            return remarks.notRun(
                fr: "La version précédente n'est pas donnée (--against).",
                en: "The version before is not given (--against).")
        }
        let selection = subject.selection
        if selection.sopInstanceUID == previous.sopInstanceUID {
            remarks.remark(
                expected: "≠ \(previous.sopInstanceUID ?? "")", actual: subject.shown(.sopInstanceUID),
                at: subject.place(.sopInstanceUID))
        }
        let former = previous.instanceNumber ?? 0
        if (selection.instanceNumber ?? 0) <= former {
            remarks.remark(
                expected: "> \(former)", actual: subject.shown(.instanceNumber), at: subject.place(.instanceNumber))
        }
        if selection.studyInstanceUID != previous.studyInstanceUID {
            remarks.remark(
                expected: previous.studyInstanceUID, actual: subject.shown(.studyInstanceUID),
                at: subject.place(.studyInstanceUID))
        }
        if selection.accession != previous.accession {
            let path = TagPath([(.referencedRequestSequence, 1)], .accessionNumber)
            func shown(_ identifier: KeyObjectSelection.Identifier?) -> String {
                identifier.map { "\($0.value) (\($0.issuerOID ?? Shown.absent))" } ?? Shown.absent
            }
            remarks.remark(
                expected: shown(previous.accession), actual: shown(selection.accession), at: subject.place(path))
        }
    }

    /// A document of key objects that an instance of the evidence names as its own (DRIM-M, extension KIN).
    private struct KeyObjectNote {
        let instance: KeyObjectSelection.Instance
        let path: TagPath
        let uid: String?
        let title: String?
    }

    private static func notes(_ subject: ManifestSubject) -> [KeyObjectNote] {
        subject.selection.instances.flatMap { instance -> [KeyObjectNote] in
            let path = instance.path.element(.referencedSOPSequence)
            let items = subject.element(path)?.items ?? []
            return items.enumerated().map { index, item in
                KeyObjectNote(
                    instance: instance, path: instance.path.item(.referencedSOPSequence, index + 1),
                    uid: item.string(.referencedSOPInstanceUID),
                    title: item.items(.conceptNameCodeSequence).first?.string(.codeValue))
            }
        }
    }

    private static func judgeManifests(_ subject: ManifestSubject, _ remarks: inout Remarks) {
        let notes = notes(subject)
        let titles = Dictionary(notes.compactMap { note in note.uid.map { ($0, note.title) } }) { first, _ in first }
        var untold: [String] = []
        for instance in subject.selection.instances where instance.sopClass == UID.keyObjectSelection {
            let uid = instance.sopInstance ?? ""
            let isSame = uid == subject.selection.sopInstanceUID || uid == subject.context.previous?.sopInstanceUID
            if !isSame {
                guard let title = titles[uid] ?? nil else {
                    untold.append(uid)
                    continue
                }
                if title != "113030" { continue }
            }
            remarks.remark(
                expected: "≠ (113030, DCM)", actual: uid,
                at: subject.place(instance.path.element(.referencedSOPInstanceUID)))
        }
        for note in notes where note.title == "113030" {
            remarks.remark(
                expected: "≠ (113030, DCM)", actual: "(113030, DCM)",
                at: subject.place(note.path.element(.conceptNameCodeSequence)))
        }
        if !untold.isEmpty {
            remarks.notRun(
                fr: "Le titre des documents \(untold.joined(separator: ", ")) n'est pas dans le manifeste.",
                en: "The title of the documents \(untold.joined(separator: ", ")) is not in the manifest.")
        }
    }

    private static func judgeRejections(_ subject: ManifestSubject, _ remarks: inout Remarks) {
        let notes = notes(subject)
        for note in notes where note.title.map(rejectionTitles.contains) == true {
            remarks.remark(
                expected: "≠ \(rejectionTitles.sorted().joined(separator: ", "))", actual: note.title ?? "",
                at: subject.place(note.path.element(.conceptNameCodeSequence)))
        }
        let rejected = subject.context.rejected ?? []
        for instance in subject.selection.instances {
            guard let uid = instance.sopInstance, rejected.contains(uid) else { continue }
            remarks.remark(
                expected: Shown.absent, actual: uid,
                at: subject.place(instance.path.element(.referencedSOPInstanceUID)))
        }
        guard subject.context.rejected == nil else { return }
        remarks.notRun(
            fr: "Les notes de rejet de la source ne sont pas connues.",
            en: "The rejection notes of the source are not known.")
    }

    /// The host of an absolute address in lower case; empty where there is none.
    private static func host(of url: String) -> String {
        guard let start = url.firstRange(of: "://")?.upperBound else { return "" }
        return url[start...].prefix { !"/?#:".contains($0) }.lowercased()
    }
}
