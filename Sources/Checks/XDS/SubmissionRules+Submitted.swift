import Conformance
import Foundation
import XDS

/// What a source leaves to the registry and the repository, and what cannot have been yet.
extension SubmissionRules {
    static let submitted: [Rule<SubmissionSubject>] = [
        rule(
            "xds.submitted-home", .warning, fr: "homeCommunityId (home) n'est pas soumis",
            en: "homeCommunityId (home) is not submitted", source: "\(Norm.sharing); IHE ITI TF-3 4.2.3.2.12"
        ) { subject, remarks in
            for object in subject.request.submission.objects {
                guard let home = object.attributes["home"], !home.isEmpty else { continue }
                remarks.remark(expected: "∅", actual: "home=\"\(home)\"", at: subject.place(object.place))
            }
        },
        rule(
            "xds.submitted-repository", .warning, fr: "repositoryUniqueId n'est pas soumis : l'entrepôt l'ajoute",
            en: "repositoryUniqueId is not submitted: the repository adds it", source: "IHE ITI TF-3 4.2.3.2.18"
        ) { subject, remarks in
            guard !subject.isBare else { return remarks.noDocuments() }
            for entry in subject.entries {
                guard let repository = entry.repositoryUniqueID else { continue }
                remarks.remark(
                    expected: "∅", actual: "repositoryUniqueId \(repository)",
                    at: subject.place(entry, slot: "repositoryUniqueId"))
            }
        },
        rule(
            "xds.submitted-status", .warning, fr: "Le statut (status) d'une fiche soumise est absent ou Approved",
            en: "The status of an entry that is submitted is absent or Approved", source: "IHE ITI TF-3 4.2.3.2.2"
        ) { subject, remarks in
            for object in subject.request.submission.objects
            where [.extrinsicObject, .registryPackage].contains(object.kind) {
                guard let status = object.attributes["status"], !status.isEmpty, status != XDSURN.approved,
                    status != XDSURN.submitted
                else { continue }
                remarks.remark(expected: "∅, \(XDSURN.approved)", actual: status, at: subject.place(object.place))
            }
        },
        rule(
            "xds.submitted-type", fr: "Une fiche soumise avec son document est celle d'un document stable",
            en: "An entry that is submitted with its document is that of a stable document",
            source: "IHE ITI TF-2 3.41.4.1.2, 3.61"
        ) { subject, remarks in
            guard !subject.isBare else { return remarks.noDocuments() }
            for entry in subject.entries where entry.objectType == XDSUUID.onDemandDocument {
                remarks.remark(
                    expected: "objectType=\"\(XDSUUID.stableDocument)\"", actual: entry.objectType,
                    at: subject.place(entry))
            }
        },
        rule(
            "xds.time-future", .warning, fr: "Aucune date de la soumission n'est à venir",
            en: "No time of the submission is yet to come", source: "IHE ITI TF-3 4.2.3.2.6, 4.2.3.3.10"
        ) { subject, remarks in
            // A day more: local times and clocks differ.
            let limit = DTM(secondsSince1970: Int(Date().timeIntervalSince1970) + 86_400).text
            let times =
                subject.entries.flatMap { entry in
                    [("creationTime", entry.creationTime), ("serviceStartTime", entry.serviceStartTime)]
                        .map { ($0.0, $0.1, subject.place(entry, slot: $0.0)) }
                }
                + subject.request.submission.submissionSets.map { set in
                    (
                        "submissionTime", set.submissionTime,
                        set.submissionTime.flatMap { subject.place($0.place) } ?? subject.place(set)
                    )
                }
            for case (let name, let time?, let place) in times where time.isCalendarDate && time.earliest > limit {
                remarks.remark(expected: "\(name) ≤ \(limit)", actual: time.text, at: place)
            }
        },
    ]
}
