import XDS

/// Whether an update of metadata may be done: one error for each rule that it breaks (ITI TF-2: 3.57.4.1.3).
struct UpdateJudge {
    let submission: Submission
    /// What the registry holds of all that the update names.
    let known: Submission
    let misbehaviors: Set<Misbehavior>

    /// Statuses that a French author may give. Source: CI-SIS, volet Partage de documents de santé.
    static let statuses = [
        XDSURN.approved, XDSURN.deprecated, XDSURN.deleted, "urn:asip:ci-sis:2010:StatusType:Archived",
    ]
    private static let previousVersion = "PreviousVersion"

    func errors() -> [RegistryError] {
        var errors = setErrors()
        let changes = submission.associations.filter { $0.type == XDSURN.updateAvailabilityStatus }
        if changes.isEmpty, submission.entries.isEmpty {
            errors.append(
                RegistryError(
                    .metadataUpdateError, "nothing is updated: no UpdateAvailabilityStatus and no new version",
                    location: submission.submissionSet?.id))
        }
        return errors + changes.flatMap(statusErrors) + submission.entries.flatMap(versionErrors)
    }

    private func setErrors() -> [RegistryError] {
        // The set of an update obeys the rules of any other (UPD-002).
        let request = ProvideAndRegisterRequest(submission: submission, documents: [])
        let judge = SubmissionJudge(
            request: request, known: known, record: nil, entryCount: 0, policy: DMPPolicy(), misbehaviors: [])
        return judge.structureErrors().map { RegistryError(.metadataUpdateError, $0.context, location: $0.location) }
    }

    // MARK: Status

    private func statusErrors(_ association: Association) -> [RegistryError] {
        func error(_ code: XDSErrorCode, _ context: String) -> [RegistryError] {
            [RegistryError(code, context, location: association.id)]
        }
        guard association.source == submission.submissionSet?.id else {
            return error(.metadataUpdateError, "the source of an UpdateAvailabilityStatus is the submission set")
        }
        guard let entry = known.entries.first(where: { $0.id == association.target }) else {
            guard !misbehaviors.contains(.updatesUnknown) else { return [] }
            return error(.unresolvedReference, "the target '\(association.target)' is not registered")
        }
        guard let original = association.value("OriginalStatus"), let new = association.value("NewStatus") else {
            return error(.metadataUpdateError, "OriginalStatus and NewStatus are needed")
        }
        let current = entry.availabilityStatus ?? ""
        if original != current, !misbehaviors.contains(.updateIgnoresOriginalStatus) {
            return error(
                .metadataUpdateOperationError, "OriginalStatus is '\(original)', the entry has '\(current)'")
        }
        guard Self.statuses.contains(new) else {
            return error(.metadataUpdateError, "NewStatus '\(new)' is no status")
        }
        if let own = submission.submissionSet?.patientID, let other = entry.patientID, !own.names(same: other) {
            return error(.patientIDReconciliationError, "'\(association.target)' is of another patient")
        }
        // A replaced entry is history: it cannot be withdrawn apart. (Not confirmed for the DMP.)
        if current == XDSURN.deprecated, new == XDSURN.deleted,
            !misbehaviors.contains(.updateIgnoresOriginalStatus)
        {
            return error(.localPolicyRestriction, "'\(association.target)' was replaced, it cannot be withdrawn")
        }
        return []
    }

    // MARK: A new version

    private func versionErrors(_ entry: DocumentEntry) -> [RegistryError] {
        func error(_ code: XDSErrorCode, _ context: String) -> [RegistryError] {
            [RegistryError(code, "entry '\(entry.id)': \(context)", location: entry.id)]
        }
        let member = submission.associations.first {
            $0.type == XDSURN.hasMember && $0.target == entry.id && $0.source == submission.submissionSet?.id
        }
        guard let previous = member?.value(Self.previousVersion) else {
            return error(.metadataUpdateError, "its HasMember has no slot PreviousVersion")
        }
        guard let lid = entry.logicalID, !lid.isEmpty else { return error(.metadataUpdateError, "no logicalID") }
        let versions = known.entries.filter { $0.logicalID == lid }
        guard let current = versions.last else {
            return error(.metadataUpdateError, "no entry has the logicalID '\(lid)'")
        }
        if known.entries.contains(where: { $0.id == entry.id }) {
            return error(.metadataIdentifierError, "a new version needs an id of its own")
        }
        guard current.version == previous else {
            return error(
                .metadataVersionError, "PreviousVersion is \(previous), the registry has \(current.version ?? "1")")
        }
        guard current.availabilityStatus == XDSURN.approved else {
            return error(.metadataUpdateOperationError, "the entry is '\(current.availabilityStatus ?? "")'")
        }
        if let own = entry.patientID, let other = current.patientID, !own.names(same: other) {
            return error(.patientIDReconciliationError, "the patient cannot be changed by an update")
        }
        let fixed: [(String, String?, String?)] = [
            ("uniqueId", entry.uniqueID, current.uniqueID), ("objectType", entry.objectType, current.objectType),
            ("hash", entry.hash?.lowercased(), current.hash?.lowercased()), ("size", entry.size, current.size),
            ("repositoryUniqueId", entry.repositoryUniqueID, current.repositoryUniqueID),
        ]
        for (name, new, old) in fixed {
            if let new, new != old { return error(.unmodifiableMetadata, "\(name) cannot be changed") }
        }
        return []
    }
}
