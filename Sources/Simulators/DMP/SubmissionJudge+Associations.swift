import XDS

// Membership, relations and folders.
extension SubmissionJudge {
    private static let changes = [XDSURN.replaces, XDSURN.appends, XDSURN.transforms, XDSURN.transformsAndReplaces]

    func associationErrors() -> [RegistryError] {
        let submission = request.submission
        var errors: [RegistryError] = []
        let members = submission.entries.map(\.id) + submission.folders.map(\.id)
        for id in members {
            let isMember = submission.associations.contains {
                $0.type == XDSURN.hasMember && $0.target == id && $0.source == submission.submissionSet?.id
            }
            if !isMember {
                errors.append(
                    RegistryError(
                        .registryMetadataError, "'\(id)' is no member of the submission set", location: id))
            }
        }
        // Without a submission set nothing resolves: its absence is the error.
        guard submission.submissionSet != nil else { return errors }
        return errors + submission.associations.flatMap { self.errors(of: $0) }
    }

    private func errors(of association: Association) -> [RegistryError] {
        switch association.type {
        case XDSURN.hasMember: memberErrors(association)
        case _ where Self.changes.contains(association.type): relationErrors(association)
        case XDSURN.signs:
            isHere(association.source) && isHere(association.target)
                ? [] : [unresolved(association, isHere(association.source) ? association.target : association.source)]
        default:
            [
                RegistryError(
                    .registryMetadataError, "the association type '\(association.type)' is none of a submission",
                    location: association.id)
            ]
        }
    }

    private func isHere(_ id: String) -> Bool {
        let submission = request.submission
        return submission.entries.contains { $0.id == id } || submission.submissionSets.contains { $0.id == id }
            || submission.folders.contains { $0.id == id } || submission.associations.contains { $0.id == id }
    }

    private func unresolved(_ association: Association, _ id: String) -> RegistryError {
        RegistryError(
            .unresolvedReference, "'\(id)' is neither in the submission nor in the registry",
            location: association.id)
    }

    private func memberErrors(_ association: Association) -> [RegistryError] {
        if !isHere(association.source) {
            guard let folder = known.folders.first(where: { $0.id == association.source }) else {
                return [unresolved(association, association.source)]
            }
            if let error = patientError(folder.patientID, association.source, association) { return [error] }
        }
        guard !isHere(association.target) else { return [] }
        if let entry = known.entries.first(where: { $0.id == association.target }) {
            return patientError(entry.patientID, association.target, association).map { [$0] } ?? []
        }
        let isKnown =
            known.folders.contains { $0.id == association.target }
            || known.associations.contains { $0.id == association.target }
        return isKnown ? [] : [unresolved(association, association.target)]
    }

    private func relationErrors(_ association: Association) -> [RegistryError] {
        guard entries.contains(where: { $0.id == association.source }) else {
            return [
                RegistryError(
                    .registryMetadataError, "the source '\(association.source)' is no entry of the submission",
                    location: association.id)
            ]
        }
        guard let target = known.entries.first(where: { $0.id == association.target }) else {
            guard !misbehaviors.contains(.acceptsUnknownTarget) else { return [] }
            return [
                RegistryError(
                    .unresolvedReference, "the target '\(association.target)' is not registered",
                    location: association.id)
            ]
        }
        if target.availabilityStatus != XDSURN.approved, !misbehaviors.contains(.replacesDeprecated) {
            return [
                RegistryError(
                    .registryDeprecatedDocument, "the target '\(association.target)' is not Approved",
                    location: association.id)
            ]
        }
        return patientError(target.patientID, association.target, association).map { [$0] } ?? []
    }

    private func patientError(_ other: CX?, _ id: String, _ association: Association) -> RegistryError? {
        guard let own = request.submission.submissionSet?.patientID, let other, !own.names(same: other),
            !misbehaviors.contains(.acceptsOtherPatient)
        else { return nil }
        return RegistryError(.patientIDDoesNotMatch, "'\(id)' is of another patient", location: association.id)
    }

    func folderErrors() -> [RegistryError] {
        request.submission.folders.flatMap { folder -> [RegistryError] in
            var errors: [RegistryError] = []
            var missing: [String] = []
            if folder.uniqueID.isEmpty { missing.append("uniqueId") }
            if folder.title?.isEmpty != false { missing.append("title") }
            if folder.codes.isEmpty { missing.append("codeList") }
            if folder.patientID == nil { missing.append("patientId") }
            errors += missing.map {
                RegistryError(.registryMetadataError, "folder '\(folder.id)': \($0) is missing", location: folder.id)
            }
            if let own = request.submission.submissionSet?.patientID, let other = folder.patientID,
                !own.names(same: other), !misbehaviors.contains(.acceptsOtherPatient)
            {
                errors.append(
                    RegistryError(
                        .patientIDDoesNotMatch, "the folder '\(folder.id)' is of another patient", location: folder.id))
            }
            return errors
        }
    }
}
