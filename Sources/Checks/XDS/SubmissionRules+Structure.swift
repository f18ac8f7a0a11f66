import Conformance
import XDS

/// The submission set, the associations, the ids.
extension SubmissionRules {
    static let structure: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-010", fr: "La soumission a un seul RegistryPackage marqué comme lot de soumission",
            en: "The submission has exactly one RegistryPackage marked as a submission set", source: Norm.metadata
        ) { subject, remarks in
            let count = subject.request.submission.submissionSets.count
            guard count != 1 else { return }
            remarks.remark(
                expected: "1 \(XDSUUID.submissionSet)", actual: "\(count)",
                at: subject.place(subject.request.submission.place) ?? subject.bodyPlace)
        },
        rule(
            "PNR-011", fr: "Le lot de soumission a uniqueId, sourceId et patientId sous leurs UUID",
            en: "The submission set has uniqueId, sourceId and patientId under their UUIDs", source: Norm.metadata
        ) { subject, remarks in
            for set in subject.request.submission.submissionSets {
                let schemes = [
                    ("uniqueId", XDSUUID.submissionSetUniqueID), ("sourceId", XDSUUID.sourceID),
                    ("patientId", XDSUUID.submissionSetPatientID),
                ]
                for (name, scheme) in schemes {
                    let found = set.source.object?.identifiers(of: scheme) ?? []
                    guard found.count != 1 || found.contains(where: { $0.value.isEmpty }) else { continue }
                    remarks.remark(
                        LocalizedText(
                            fr: "Le lot de soumission n'a pas un et un seul \(name)",
                            en: "The submission set has not exactly one \(name)"),
                        expected: "1 \(scheme)", actual: "\(found.count)", at: subject.place(set))
                }
            }
        },
        rule(
            "PNR-012", fr: "Un HasMember avec SubmissionSetStatus relie le lot à chaque fiche",
            en: "One HasMember with SubmissionSetStatus links the set to each entry", source: "IHE ITI TF-3 4.2.2.1"
        ) { subject, remarks in
            guard let set = subject.request.submission.submissionSet else { return }
            for entry in subject.entries {
                let links = subject.request.submission.associations.filter {
                    $0.type == XDSURN.hasMember && $0.source == set.id && $0.target == entry.id
                }
                let status = links.first?.value("SubmissionSetStatus")
                if links.count == 1, status == "Reference" {
                    remarks.remark(
                        LocalizedText(
                            fr: "La fiche \(entry.id) est soumise ici : son lien est Original, non Reference",
                            en: "The entry \(entry.id) is submitted here: its link is Original, not Reference"),
                        expected: "SubmissionSetStatus=Original", actual: "SubmissionSetStatus=Reference",
                        at: links.first.flatMap { subject.place($0.place) } ?? subject.place(entry), severity: .warning)
                    continue
                }
                guard links.count != 1 || status != "Original" else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "La fiche \(entry.id) n'a pas un et un seul HasMember avec SubmissionSetStatus",
                        en: "The entry \(entry.id) has not exactly one HasMember with SubmissionSetStatus"),
                    expected: "1 HasMember, SubmissionSetStatus=Original",
                    actual: "\(links.count) HasMember, SubmissionSetStatus=\(status ?? "∅")",
                    at: links.first.flatMap { subject.place($0.place) } ?? subject.place(entry))
            }
        },
        rule(
            "PNR-013", capture: .warning, fr: "patientId du lot est celui de chaque fiche",
            en: "patientId of the set is that of each entry", source: "IHE ITI TF-3 4.2.3.2.16"
        ) { subject, remarks in
            guard let patient = subject.request.submission.submissionSet?.patientID else { return }
            for entry in subject.entries {
                guard let own = entry.patientID, !own.names(same: patient) else { continue }
                remarks.remark(
                    expected: patient.text, actual: own.text,
                    at: subject.place(entry, identifier: XDSUUID.patientID))
            }
        },
        rule(
            "PNR-014", fr: "submissionTime est un DTM en UTC de 14 chiffres au plus, sans décalage ni fraction",
            en: "submissionTime is a DTM in UTC of at most 14 digits, without offset or fraction",
            source: "IHE ITI TF-3 table 4.2.3.1.7-2"
        ) { subject, remarks in
            for set in subject.request.submission.submissionSets where set.submissionTime?.isValid != true {
                remarks.remark(
                    expected: "YYYYMMDDhhmmss", actual: set.submissionTime?.text ?? "∅",
                    at: set.submissionTime.flatMap { subject.place($0.place) } ?? subject.place(set))
            }
        },
        rule(
            "PNR-015", fr: "Le lot de soumission a une personne auteur",
            en: "The submission set has an author person", source: Norm.sharing
        ) { subject, remarks in
            for set in subject.request.submission.submissionSets
            where !set.authors.contains(where: { $0.person?.text.isEmpty == false }) {
                remarks.remark(expected: "authorPerson", actual: "∅", at: subject.place(set))
            }
        },
        rule(
            "PNR-048", capture: .warning, fr: "classifiedObject d'une classification est l'objet qui la porte",
            en: "classifiedObject of a classification is the object that holds it", source: "ebRIM 3.0 4.3"
        ) { subject, remarks in
            let known = Set(subject.request.submission.objects.map(\.id))
            for object in subject.request.submission.objects {
                for classification in object.classifications where classification.classifiedObject != object.id {
                    // Official samples name another object of the message; none names what is not there.
                    let leads = known.contains(classification.classifiedObject)
                    remarks.remark(
                        leads
                            ? nil
                            : LocalizedText(
                                fr: "classifiedObject ne désigne aucun objet du message",
                                en: "classifiedObject names no object of the message"),
                        expected: object.id,
                        actual: classification.classifiedObject.isEmpty ? "∅" : classification.classifiedObject,
                        at: subject.place(classification.place), severity: leads ? nil : .violation)
                }
            }
        },
        rule(
            "PNR-049", capture: .warning, fr: "Les id des objets du registre sont uniques dans le message",
            en: "The ids of registry objects are unique in the message", source: "ebRIM 3.0 2.4"
        ) { subject, remarks in
            var seen: Set<String> = []
            for (identifier, place) in subject.identifiers where !identifier.isEmpty {
                guard !seen.insert(identifier).inserted else { continue }
                remarks.remark(
                    LocalizedText(fr: "L'id \(identifier) figure deux fois", en: "The id \(identifier) stands twice"),
                    expected: "1", actual: identifier, at: subject.place(place))
            }
        },
        rule(
            "PNR-050", fr: "Les classifications à valeur unique ne figurent qu'une fois par fiche",
            en: "Single-valued classifications stand once in each entry", source: "IHE ITI TF-3 table 4.2.3.2-1"
        ) { subject, remarks in
            let schemes = [
                ("classCode", XDSUUID.classCode), ("formatCode", XDSUUID.formatCode), ("typeCode", XDSUUID.typeCode),
                ("healthcareFacilityTypeCode", XDSUUID.healthcareFacilityTypeCode),
                ("practiceSettingCode", XDSUUID.practiceSettingCode),
            ]
            for entry in subject.entries {
                for (name, scheme) in schemes {
                    let found = entry.source.object?.classifications(of: scheme) ?? []
                    guard found.count != 1 else { continue }
                    remarks.remark(
                        LocalizedText(
                            fr: "La fiche \(entry.id) n'a pas un et un seul \(name)",
                            en: "The entry \(entry.id) has not exactly one \(name)"),
                        expected: "1", actual: "\(found.count)",
                        at: found.last.flatMap { subject.place($0.place) } ?? subject.place(entry))
                }
            }
        },
    ]
}

extension SubmissionSubject {
    func place(_ set: SubmissionSet) -> EvidencePlace? { place(set.source.object?.place ?? ReadPlace()) }

    /// Every id of the message, with its place.
    var identifiers: [(String, ReadPlace)] {
        request.submission.objects.flatMap { object -> [(String, ReadPlace)] in
            let own: [(String, ReadPlace)] = object.kind == .objectReference ? [] : [(object.id, object.place)]
            return own + object.classifications.map { ($0.id, $0.place) } + object.identifiers.map { ($0.id, $0.place) }
        }
    }
}
