public import XDS

extension DMPServer {
    /// Puts a submission into the store, as if someone had sent it; one that is there already stays as it is.
    ///
    /// - Throws: `StorageError` when the store refuses it.
    public func load(_ submission: ProvideAndRegisterRequest) async throws(StorageError) {
        guard let set = submission.submission.submissionSet else { return }
        guard try await store.storage.objects(.uniqueIDs([set.uniqueID])).submissionSets.isEmpty else { return }
        if let patient = set.patientID { try await store.admit(patient) }
        if let error = try await store.register(submission, misbehaviors: []).first(where: { !$0.isWarning }) {
            throw StorageError(
                .write, "the submission \(set.uniqueID) cannot be loaded: \(error.code): \(error.context)")
        }
    }
}
