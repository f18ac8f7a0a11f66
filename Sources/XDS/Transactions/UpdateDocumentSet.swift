public import SOAP
public import XML

/// The request of ITI-57: new versions of metadata, or a new availability status.
///
/// Source: IHE ITI TF-2 3.57.4.1; French unpublishing: CI-SIS, volet Partage de documents de santé.
public struct UpdateDocumentSetRequest: Sendable, Hashable {
    /// One association `UpdateAvailabilityStatus`.
    public struct StatusUpdate: Sendable, Hashable {
        /// The association.
        public let association: Association
        /// The entry whose status changes: `urn:uuid:…`.
        public var target: String { association.target }
        /// The slot `OriginalStatus`; nil when absent.
        public var originalStatus: String? { association.value("OriginalStatus") }
        /// The slot `NewStatus`; nil when absent.
        public var newStatus: String? { association.value("NewStatus") }
    }

    /// What is submitted.
    public var submission: Submission
    /// The body element, where it was read.
    public var place = ReadPlace()

    /// A request.
    public init(_ submission: Submission) { self.submission = submission }

    /// The request in `message`; nil when its body is none.
    ///
    /// ITI-42 and bare metadata have the same body: it is an update by its action, or by what it holds.
    public init?(reading message: SOAPMessage) {
        guard let node = message.envelope?.content ?? message.document?.documentElement,
            node.localName == "SubmitObjectsRequest", node.namespaceURI == XDSNamespace.lcm
        else { return nil }
        submission = Submission.list(in: node).map { Submission(reading: $0) } ?? Submission()
        place = ReadPlace(node)
        let isNamed = message.envelope?.addressing.action == XDSTransaction.updateDocumentSet.action
        let holdsUpdate = submission.associations.contains { association in
            association.type == XDSURN.updateAvailabilityStatus
                || association.slots.contains { $0.name == "PreviousVersion" }
        }
        guard isNamed || holdsUpdate else { return nil }
    }

    /// The changes of status.
    public var statusUpdates: [StatusUpdate] {
        submission.associations.filter { $0.type == XDSURN.updateAvailabilityStatus }
            .map { StatusUpdate(association: $0) }
    }

    /// The new versions of entries, each with the version that it replaces.
    public var newVersions: [(entry: DocumentEntry, previousVersion: String)] {
        submission.entries.compactMap { entry in
            let member = submission.associations.first { $0.type == XDSURN.hasMember && $0.target == entry.id }
            return member?.value("PreviousVersion").map { (entry, $0) }
        }
    }

    /// A request that changes the status of entries, unless told from Approved to Deleted: the French unpublishing.
    ///
    /// - Parameters:
    ///   - entries: the entryUUIDs in the registry.
    ///   - set: the submission set of the change, with all its attributes.
    public static func changingStatus(
        of entries: [String], in set: SubmissionSet, from original: String = XDSURN.approved,
        to status: String = XDSURN.deleted
    ) -> UpdateDocumentSetRequest {
        var submission = Submission()
        submission.submissionSets = [set]
        submission.associations = entries.enumerated().map { index, target in
            Association(
                id: "StatusUpdate\(index + 1)", type: XDSURN.updateAvailabilityStatus, source: set.id, target: target,
                slots: [Slot("OriginalStatus", [original]), Slot("NewStatus", [status])])
        }
        return UpdateDocumentSetRequest(submission)
    }

    /// A request that replaces the metadata of an entry: `entry` keeps the logical id and has the new values.
    public static func revising(
        _ entry: DocumentEntry, previousVersion: String, in set: SubmissionSet
    ) -> UpdateDocumentSetRequest {
        var submission = Submission()
        submission.entries = [entry]
        submission.submissionSets = [set]
        var member = Association.member(id: "Member1", set: set.id, entry: entry.id)
        member.slots.append(Slot("PreviousVersion", [previousVersion]))
        submission.associations = [member]
        return UpdateDocumentSetRequest(submission)
    }

    /// The body element.
    public func element() -> Element {
        Element("lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [submission.element()])
    }
}
