public import XDS
public import XML

/// The body of an ITI-57 that changes the status of an entry: how a source withdraws a document.
public struct StatusUpdate: Sendable, Hashable {
    /// `OriginalStatus`; nil leaves the slot out.
    public var original: String?
    /// `NewStatus`; nil leaves the slot out.
    public var new: String?
    /// The entryUUID.
    public var target: String
    public var set: SubmissionSet

    /// The change of the status of `entry` to `new`, in the name of `set`.
    public init(_ entry: DocumentEntry, to new: String, set: SubmissionSet) {
        original = entry.availabilityStatus
        self.new = new
        target = entry.id
        self.set = set
    }

    /// What is submitted.
    public var submission: Submission {
        var submission = Submission()
        submission.submissionSets = [set]
        var slots: [Slot] = []
        if let original { slots.append(Slot("OriginalStatus", [original])) }
        if let new { slots.append(Slot("NewStatus", [new])) }
        submission.associations = [
            Association(
                id: "StatusUpdate01", type: XDSURN.updateAvailabilityStatus, source: set.id, target: target,
                slots: slots)
        ]
        return submission
    }

    /// `lcm:SubmitObjectsRequest`.
    public func element() -> Element {
        Element("lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [submission.element()])
    }
}
