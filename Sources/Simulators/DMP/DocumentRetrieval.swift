import HTTP
import XDS

/// Answers ITI-43 over a store (ITI TF-2: 3.43.4.2).
struct DocumentRetrieval {
    let store: DocumentStore
    let policy: DMPPolicy
    let misbehaviors: Set<Misbehavior>

    func response(to request: RetrieveDocumentSetRequest) async -> RetrieveDocumentSetResponse {
        var documents: [DocumentResponse] = []
        var errors: [RegistryError] = []
        for wanted in request.documents {
            do {
                switch try await deliver(wanted) {
                case .success(let document): documents.append(document)
                case .failure(let refusal): errors.append(refusal.error)
                }
            } catch {
                errors.append(
                    RegistryError(.repositoryError, error.message, location: wanted.documentUniqueID))
            }
        }
        if misbehaviors.contains(.retrieveFailsWhole), !errors.isEmpty { documents = [] }
        if misbehaviors.contains(.retrieveRepeatsDocument), let first = documents.first {
            documents = documents.map { _ in first }
        }
        if misbehaviors.contains(.retrieveIgnoresUnknown) {
            errors.removeAll { $0.code == .documentUniqueIDError }
        }
        if misbehaviors.contains(.refusalWithDocuments), documents.isEmpty, let wanted = request.documents.first,
            let uniqueID = try? await store.entries.first?.uniqueID,
            let stored = try? await store.document(uniqueID: uniqueID)
        {
            let refusal = RegistryResponse(status: XDSURN.failure, errors: errors)
            return RetrieveDocumentSetResponse(refusal, documents: [delivered(stored, wanted)])
        }
        return RetrieveDocumentSetResponse(documents: documents, errors: errors)
    }

    private struct Refusal: Error { let error: RegistryError }

    private func deliver(_ wanted: DocumentRequest) async throws(StorageError) -> Result<DocumentResponse, Refusal> {
        func refuse(_ code: XDSErrorCode, _ context: String) -> Result<DocumentResponse, Refusal> {
            .failure(Refusal(error: RegistryError(code, context, location: wanted.documentUniqueID)))
        }
        if let home = wanted.home, let own = policy.homeCommunityID, home != own {
            return refuse(.unknownCommunity, "this is the community \(own)")
        }
        if wanted.home == nil, policy.demandsHomeCommunity {
            return refuse(.missingHomeCommunityID, "HomeCommunityId is missing")
        }
        if wanted.repositoryUniqueID != store.repositoryUniqueID, !misbehaviors.contains(.retrieveIgnoresRepository) {
            return refuse(.unknownRepositoryID, "this repository is \(store.repositoryUniqueID)")
        }
        guard let id = wanted.documentUniqueID, let stored = try await store.document(uniqueID: id) else {
            return refuse(.documentUniqueIDError, "the document is not in this repository")
        }
        // A withdrawn document is gone for everyone; a replaced one can still be read.
        if stored.entry.availabilityStatus == XDSURN.deleted, !misbehaviors.contains(.retrieveServesWithdrawn) {
            return refuse(.documentUniqueIDError, "the document was withdrawn")
        }
        return .success(delivered(stored, wanted))
    }

    private func delivered(_ stored: DocumentStore.Stored, _ wanted: DocumentRequest) -> DocumentResponse {
        var bytes = stored.bytes
        if misbehaviors.contains(.retrieveCorruptsDocument), !bytes.isEmpty { bytes[bytes.count / 2] ^= 0x20 }
        return DocumentResponse(
            home: wanted.home, repositoryUniqueID: store.repositoryUniqueID, documentUniqueID: stored.entry.uniqueID,
            mimeType: misbehaviors.contains(.retrieveWrongMimeType)
                ? "application/octet-stream" : stored.entry.mimeType, body: .bytes(bytes))
    }
}
