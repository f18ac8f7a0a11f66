import XDS

/// Answers the stored queries of ITI-18 over a store (ITI TF-2: 3.18.4.1.2.3.7).
struct StoredQueryEngine {
    let query: StoredQuery
    let storage: any DMPStorage
    let policy: DMPPolicy
    let misbehaviors: Set<Misbehavior>

    func response() async throws(StorageError) -> StoredQueryResponse {
        guard let shape = StoredQueryShape.of(query.id) else {
            if misbehaviors.contains(.servesUnknownQuery) { return StoredQueryResponse() }
            return refusal([
                RegistryError(
                    .unknownStoredQuery, "unknown stored query '\(query.id.rawValue)'", location: query.id.rawValue)
            ])
        }
        let errors = errors(shape)
        guard errors.isEmpty else { return refusal(errors) }
        var objects = try await found()
        if let error = resultError(objects, shape) { return refusal([error]) }
        if misbehaviors.contains(.queryChangesMetadata) {
            for index in objects.entries.indices {
                objects.entries[index].title = "Document"
                objects.entries[index].typeCode?.code = "00000-0"
            }
        }
        if misbehaviors.contains(.queryOmitsRepository) {
            for index in objects.entries.indices { objects.entries[index].repositoryUniqueID = nil }
        }
        guard query.returnType == "ObjectRef" else { return StoredQueryResponse(objects: objects) }
        var references = Submission()
        references.references =
            objects.entries.map(\.id) + objects.submissionSets.map(\.id) + objects.folders.map(\.id)
            + objects.associations.map(\.id)
        return StoredQueryResponse(objects: references)
    }

    private func refusal(_ errors: [RegistryError]) -> StoredQueryResponse {
        StoredQueryResponse(RegistryResponse(errors: errors))
    }

    private func resultError(_ objects: Submission, _ shape: StoredQueryShape) -> RegistryError? {
        guard query.returnType == "LeafClass" || misbehaviors.contains(.queryIgnoresReturnType) else { return nil }
        if let maximum = policy.maximumResults, objects.entries.count > maximum {
            return RegistryError(
                .tooManyResults, "\(objects.entries.count) entries match, \(maximum) are returned at most")
        }
        // ITI TF-2: 3.18.4.1.2.3.6: the result of a query by ids is of one patient.
        let patients = Set(
            objects.entries.compactMap { $0.patientID?.storageKey }
                + objects.submissionSets.compactMap { $0.patientID?.storageKey }
                + objects.folders.compactMap { $0.patientID?.storageKey })
        guard shape.isByID, patients.count > 1 else { return nil }
        return RegistryError(.resultNotSinglePatient, "the result is of \(patients.count) patients")
    }

    // MARK: Errors

    private func errors(_ shape: StoredQueryShape) -> [RegistryError] {
        if !["LeafClass", "ObjectRef"].contains(query.returnType), !misbehaviors.contains(.queryIgnoresReturnType) {
            return [
                RegistryError(
                    .registryError, "returnType '\(query.returnType)' is not LeafClass or ObjectRef",
                    location: "returnType")
            ]
        }
        if let home = query.home, let own = policy.homeCommunityID, home != own {
            return [RegistryError(.unknownCommunity, "this is the community \(own)", location: home)]
        }
        if query.home == nil, policy.demandsHomeCommunity, shape.isByID {
            return [RegistryError(.missingHomeCommunityID, "a query by ids names the community", location: "home")]
        }
        // Parameters that the query does not know are passed over.
        return choiceErrors(shape) + requiredErrors(shape) + arityErrors(shape) + syntaxErrors(shape)
    }

    private func choiceErrors(_ shape: StoredQueryShape) -> [RegistryError] {
        guard !shape.choice.isEmpty, !misbehaviors.contains(.queryIgnoresChoice) else { return [] }
        let given = shape.choice.filter { query.text($0)?.isEmpty == false }
        let names = shape.choice.joined(separator: " or ")
        if given.isEmpty {
            return [RegistryError(.storedQueryMissingParameter, "\(names) is missing", location: shape.choice[0])]
        }
        if given.count > 1 {
            return [
                RegistryError(.storedQueryParameterNumber, "either \(names), not both", location: shape.choice[0])
            ]
        }
        return []
    }

    private func requiredErrors(_ shape: StoredQueryShape) -> [RegistryError] {
        guard !misbehaviors.contains(.queryIgnoresMissingParameter) else { return [] }
        return shape.required.filter { query.text($0)?.isEmpty != false }.map {
            RegistryError(.storedQueryMissingParameter, "\($0) is missing", location: $0)
        }
    }

    private func arityErrors(_ shape: StoredQueryShape) -> [RegistryError] {
        guard !misbehaviors.contains(.queryIgnoresRepetition) else { return [] }
        return shape.parameters.sorted { $0.key < $1.key }.compactMap { name, arity in
            let given = query.parameters(name)
            switch arity {
            case .one:
                guard given.reduce(0, { $0 + $1.literals.count }) > 1 else { return nil }
                return RegistryError(.storedQueryParameterNumber, "\(name) takes one value", location: name)
            case .alternatives:
                guard given.count > 1 else { return nil }
                return RegistryError(
                    .storedQueryParameterNumber, "\(name) stands in one slot, not in \(given.count)", location: name)
            case .allOfAlternatives: return nil
            }
        }
    }

    private func syntaxErrors(_ shape: StoredQueryShape) -> [RegistryError] {
        query.parameters.filter { shape.parameters[$0.name] != nil }.flatMap { parameter -> [RegistryError] in
            parameter.parsed.compactMap { value in
                if let defect = value.defect {
                    guard !misbehaviors.contains(.queryIgnoresQuotes) else { return nil }
                    return RegistryError(.registryError, "\(parameter.name): \(defect)", location: parameter.name)
                }
                guard parameter.name.hasSuffix("TimeFrom") || parameter.name.hasSuffix("TimeTo"),
                    let text = value.literals.first?.text, !DTM(text).isValid
                else { return nil }
                return RegistryError(
                    .registryError, "\(parameter.name): '\(text)' is no date and time", location: parameter.name)
            }
        }
    }

    // MARK: The queries

    private func found() async throws(StorageError) -> Submission {
        switch query.id {
        case .findDocuments, .findDocumentsByReferenceID:
            var found = Submission()
            found.entries = try await ofPatient("$XDSDocumentEntryPatientId").entries.filter { filter.isFound($0) }
            return found
        case .findSubmissionSets:
            var found = Submission()
            found.submissionSets = try await ofPatient("$XDSSubmissionSetPatientId").submissionSets
                .filter { filter.isFound($0) }
            return found
        case .findFolders:
            var found = Submission()
            found.folders = try await ofPatient("$XDSFolderPatientId").folders.filter { filter.isFound($0) }
            return found
        case .getAll: return try await everything()
        case .getDocuments: return try await entriesWanted()
        case .getFolders: return try await foldersWanted()
        case .getAssociations: return try await associations(touching: filter.literals("$uuid"))
        case .getDocumentsAndAssociations:
            var found = try await entriesWanted()
            found.merge(try await associations(touching: found.entries.map(\.id)))
            return found
        case .getSubmissionSets: return try await setsOfMembers()
        case .getSubmissionSetAndContents: return try await setAndContents()
        case .getFolderAndContents: return try await folderAndContents()
        case .getFoldersForDocument: return try await foldersOfDocument()
        default: return try await related()
        }
    }

    private var filter: StoredQueryFilter { StoredQueryFilter(query: query, misbehaviors: misbehaviors) }

    private func ofPatient(_ name: String) async throws(StorageError) -> Submission {
        guard let patient = filter.literals(name).first else { return try await storage.objects(.everything) }
        return try await storage.objects(.patient(CX(patient)))
    }

    private func everything() async throws(StorageError) -> Submission {
        let all = try await ofPatient("$patientId")
        var found = Submission()
        found.entries = all.entries.filter {
            filter.hasStatus($0.availabilityStatus, "$XDSDocumentEntryStatus") && filter.isContent($0)
        }
        found.submissionSets = all.submissionSets.filter {
            filter.hasStatus($0.availabilityStatus, "$XDSSubmissionSetStatus")
        }
        found.folders = all.folders.filter { filter.hasStatus($0.availabilityStatus, "$XDSFolderStatus") }
        let ids = found.entries.map(\.id) + found.submissionSets.map(\.id) + found.folders.map(\.id)
        found.merge(try await associations(touching: ids))
        return found
    }

    private func wanted(_ stem: String) async throws(StorageError) -> Submission {
        var found = try await storage.objects(.uniqueIDs(filter.literals(stem + "UniqueId")))
        found.merge(try await storage.objects(.ids(filter.literals(stem + "EntryUUID"))))
        return found
    }

    private func entriesWanted() async throws(StorageError) -> Submission {
        var found = Submission()
        found.entries = try await wanted("$XDSDocumentEntry").entries
        return found
    }

    private func foldersWanted() async throws(StorageError) -> Submission {
        var found = Submission()
        found.folders = try await wanted("$XDSFolder").folders
        return found
    }

    private func associations(touching ids: [String]) async throws(StorageError) -> Submission {
        var found = Submission()
        found.associations = try await storage.objects(.associations(touching: ids)).associations
        return found
    }

    /// The memberships that go to `ids`, with their sources of a kind.
    private func setsOfMembers() async throws(StorageError) -> Submission {
        let ids = filter.literals("$uuid")
        let members = try await associations(touching: ids).associations.filter {
            $0.type == XDSURN.hasMember && ids.contains($0.target)
        }
        var found = Submission()
        found.submissionSets = try await storage.objects(.ids(members.map(\.source))).submissionSets
        let sets = Set(found.submissionSets.map(\.id))
        found.associations = members.filter { sets.contains($0.source) }
        return found
    }

    private func setAndContents() async throws(StorageError) -> Submission {
        var found = Submission()
        found.submissionSets = try await wanted("$XDSSubmissionSet").submissionSets
        guard let set = found.submissionSets.first else { return found }
        let members = try await associations(touching: [set.id]).associations.filter {
            $0.type == XDSURN.hasMember && $0.source == set.id
        }
        let contents = try await storage.objects(.ids(members.map(\.target)))
        found.entries = contents.entries.filter { filter.isContent($0) }
        found.folders = contents.folders
        // Memberships of folders that this set made are members of it too.
        found.associations = contents.associations
        let shown = Set(found.entries.map(\.id) + found.folders.map(\.id) + found.associations.map(\.id))
        found.associations += members.filter { shown.contains($0.target) }
        return found
    }

    private func folderAndContents() async throws(StorageError) -> Submission {
        var found = try await foldersWanted()
        guard let folder = found.folders.first else { return found }
        let members = try await associations(touching: [folder.id]).associations.filter {
            $0.type == XDSURN.hasMember && $0.source == folder.id
        }
        found.entries = try await storage.objects(.ids(members.map(\.target))).entries
            .filter { filter.isContent($0) }
        let shown = Set(found.entries.map(\.id))
        found.associations = members.filter { shown.contains($0.target) }
        return found
    }

    private func foldersOfDocument() async throws(StorageError) -> Submission {
        let entries = try await entriesWanted().entries.map(\.id)
        let members = try await associations(touching: entries).associations.filter {
            $0.type == XDSURN.hasMember && entries.contains($0.target)
        }
        var found = Submission()
        found.folders = try await storage.objects(.ids(members.map(\.source))).folders
        return found
    }

    private func related() async throws(StorageError) -> Submission {
        let entries = try await entriesWanted().entries
        let ids = Set(entries.map(\.id))
        let types = filter.literals("$AssociationTypes")
        let relations = try await associations(touching: ids.sorted()).associations.filter { association in
            types.contains(association.type) && association.type != XDSURN.hasMember
        }
        var found = Submission()
        // ITI TF-2: 3.18.4.1.2.3.7.13: nothing is returned where nothing is related.
        guard !relations.isEmpty else { return found }
        let ends = Set(relations.flatMap { [$0.source, $0.target] }).union(ids)
        found.entries = try await storage.objects(.ids(ends.sorted())).entries
        found.associations = relations
        return found
    }
}
