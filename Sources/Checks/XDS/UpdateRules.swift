public import Conformance
public import SOAP
public import XDS
import XML

/// An update of metadata (ITI-57) that a source sent: above all the French unpublishing.
public struct UpdateSubject: MetadataSubject {
    public let message: SOAPMessage
    public let request: UpdateDocumentSetRequest
    public let metadataFaults: [MetadataFault]
    public let httpMethod: String?
    /// The entries that the registry held before; nil when not known.
    public var registered: [DocumentEntry]?

    public var submission: Submission { request.submission }

    /// An update; nil when `message` holds none.
    public init?(_ message: SOAPMessage, registered: [DocumentEntry]? = nil, httpMethod: String? = nil) {
        guard let request = UpdateDocumentSetRequest(reading: message) else { return nil }
        self.message = message
        self.request = request
        self.registered = registered
        self.httpMethod = httpMethod
        metadataFaults = request.submission.faults
    }

    func place(_ place: ReadPlace) -> EvidencePlace? {
        (place.node ?? request.place.node).map { MessageRules.evidencePlace(message.place(of: $0), object: nil) }
    }

    func place(_ set: SubmissionSet) -> EvidencePlace? { place(set.source.object?.place ?? ReadPlace()) }
}

/// The rules of an update that the message alone can tell: UPD-001 to UPD-005.
///
/// Passes: a submission set with all its attributes and one `UpdateAvailabilityStatus` to Deleted on an Approved entry.
/// Fails: each of them that is missing or another.
public enum UpdateRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<UpdateSubject>] =
        FramingRules.rules(of: .updateDocumentSet) + own + MetadataRules.rules()

    private static let norm = "IHE ITI TF-2 3.57.4.1.3"
    private static let unpublishing = "CI-SIS, volet Partage de documents de santé, dépublication; \(norm)"

    private static func rule(
        _ id: String, fr: String, en: String, source: String,
        _ apply: @escaping @Sendable (UpdateSubject, inout Remarks) -> Void
    ) -> Rule<UpdateSubject> {
        Rule(RuleDescriptor(id, layer: "xds", .violation, fr: fr, en: en, source: source), apply)
    }

    private static let own: [Rule<UpdateSubject>] = [
        rule(
            "UPD-002", fr: "La mise à jour a un nouveau lot de soumission avec tous ses attributs obligatoires",
            en: "The update has a new submission set with all its required attributes",
            source: "IHE ITI TF-3 table 4.2.3.3-1; \(norm)"
        ) { subject, remarks in
            let sets = subject.submission.submissionSets
            guard sets.count == 1, let set = sets.first else {
                return remarks.remark(
                    expected: "1 \(XDSUUID.submissionSet)", actual: "\(sets.count)",
                    at: subject.place(subject.submission.place))
            }
            let attributes: [(name: String, isThere: Bool)] = [
                ("uniqueId", !set.uniqueID.isEmpty), ("sourceId", set.sourceID?.isEmpty == false),
                ("patientId", set.patientID?.text.isEmpty == false),
                ("submissionTime", set.submissionTime?.isValid == true),
                ("contentTypeCode", set.contentTypeCode?.code.isEmpty == false),
                ("author", set.authors.contains { $0.person?.text.isEmpty == false }),
            ]
            for attribute in attributes where !attribute.isThere {
                remarks.remark(expected: attribute.name, actual: "∅", at: subject.place(set))
            }
        },
        rule(
            "UPD-003", fr: "Une association UpdateAvailabilityStatus part du lot, avec OriginalStatus et NewStatus",
            en: "An UpdateAvailabilityStatus association starts from the set, with OriginalStatus and NewStatus",
            source: "\(norm).3.5"
        ) { subject, remarks in
            let updates = subject.request.statusUpdates
            guard !updates.isEmpty else {
                if !subject.request.newVersions.isEmpty {
                    return remarks.notApplicable(
                        fr: "La mise à jour remplace des métadonnées, non un statut",
                        en: "The update replaces metadata, not a status")
                }
                return remarks.remark(
                    expected: XDSURN.updateAvailabilityStatus, actual: "∅",
                    at: subject.place(subject.submission.place))
            }
            for update in updates {
                let place = subject.place(update.association.place)
                if update.association.source != subject.submission.submissionSet?.id {
                    remarks.remark(
                        expected: "sourceObject=\"\(subject.submission.submissionSet?.id ?? "…")\"",
                        actual: update.association.source, at: place)
                }
                for (name, value) in [("OriginalStatus", update.originalStatus), ("NewStatus", update.newStatus)]
                where value?.isEmpty != false {
                    remarks.remark(expected: name, actual: "∅", at: place)
                }
                if let original = update.originalStatus, !original.isEmpty, original != XDSURN.approved {
                    remarks.remark(expected: "OriginalStatus \(XDSURN.approved)", actual: original, at: place)
                }
            }
        },
        rule(
            "UPD-004", fr: "NewStatus est urn:asip:ci-sis:2010:StatusType:Deleted",
            en: "NewStatus is urn:asip:ci-sis:2010:StatusType:Deleted", source: unpublishing
        ) { subject, remarks in
            for update in subject.request.statusUpdates {
                guard let status = update.newStatus, !status.isEmpty, status != XDSURN.deleted else { continue }
                remarks.remark(
                    expected: XDSURN.deleted, actual: status,
                    at: subject.place(
                        update.association.slots.first { $0.name == "NewStatus" }?.place ?? update.association.place))
            }
        },
        rule(
            "UPD-005", fr: "targetObject est l'entryUUID (urn:uuid:) d'un KOS Approved",
            en: "targetObject is the entryUUID (urn:uuid:) of an Approved KOS", source: "\(norm); \(unpublishing)"
        ) { subject, remarks in
            for update in subject.request.statusUpdates {
                let place = subject.place(update.association.place)
                guard UUIDText.isURN(update.target) else {
                    remarks.remark(expected: "targetObject=\"urn:uuid:…\"", actual: update.target, at: place)
                    continue
                }
                guard let registered = subject.registered else { continue }
                let entry = registered.first { $0.id == update.target }
                guard entry?.availabilityStatus != XDSURN.approved || entry?.isKOS != true else { continue }
                remarks.remark(
                    expected: "KOS, \(XDSURN.approved)",
                    actual: entry.map { "\($0.typeCode?.code ?? "∅"), \($0.availabilityStatus ?? "∅")" } ?? "∅",
                    at: place)
            }
        },
    ]
}
