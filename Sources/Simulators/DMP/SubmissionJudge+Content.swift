import DICOM
import XDS

// Signature, content of documents, metadata that XDS does not know.
extension SubmissionJudge {
    /// Titles of a KOS that say what must not be used or is gone: no manifest. Source: DICOM PS3.16 CID 7011.
    private static let rejectionNotes: Set<String> = ["113001", "113037", "113038", "113039"]

    // N-PNR-14: a rejection note is no manifest of an exam.
    func contentErrors() -> [RegistryError] {
        guard !misbehaviors.contains(.acceptsRejectionNote) else { return [] }
        return entries.compactMap { entry in
            guard entry.mimeType == "application/dicom", let bytes = request.document(entry.id)?.bytes,
                let file = try? DICOMFile(reading: bytes), let title = KeyObjectSelection(file).title,
                Self.rejectionNotes.contains(title.value)
            else { return nil }
            return RegistryError(
                .invalidDocumentContent,
                "the document of '\(entry.id)' is a rejection note (\(title.value)), no manifest of an exam",
                location: entry.id)
        }
    }

    func signatureErrors() -> [RegistryError] {
        let signed = SubmissionSignature(request)
        guard policy.signature.demand != .ignored else { return [] }
        guard let signed else {
            guard policy.signature.demand == .required, !misbehaviors.contains(.acceptsMissingSignature) else {
                return []
            }
            return [
                RegistryError(
                    .registryMetadataError, "the submission has no signature entry",
                    location: request.submission.submissionSet?.id)
            ]
        }
        guard !misbehaviors.contains(.acceptsBrokenSignature) else { return [] }
        let defects = signed.defects() + (policy.signature.verify?(signed) ?? [])
        return defects.map {
            RegistryError(.repositoryMetadataError, "signature of the submission set: \($0)", location: signed.entryID)
        }
    }

    func extraWarnings() -> [RegistryError] {
        guard !policy.keepsExtraMetadata else { return [] }
        return entries.compactMap { entry in
            guard !entry.otherSlots.isEmpty else { return nil }
            let names = entry.otherSlots.map(\.name).joined(separator: ", ")
            return RegistryError(
                .extraMetadataNotSaved, "not kept: \(names)", severity: XDSURN.warning, location: entry.id)
        }
    }
}
