import XDS

/// Answers the stored queries of ITI-18 over a set of entries (ITI TF-2: 3.18.4.1.2.3.7).
struct StoredQueryEngine {
    let query: StoredQuery
    let entries: [DocumentEntry]
    let misbehaviors: Set<Misbehavior>

    private static let prefix = "$XDSDocumentEntry"

    func response() -> StoredQueryResponse {
        let errors = errors()
        guard errors.isEmpty else { return StoredQueryResponse(RegistryResponse(errors: errors)) }
        var found = entries.filter(isFound)
        if misbehaviors.contains(.queryOmitsRepository) {
            for index in found.indices { found[index].repositoryUniqueID = nil }
        }
        var objects = Submission()
        if query.returnType == "ObjectRef" {
            objects.references = found.map(\.id)
        } else {
            objects.entries = found
        }
        return StoredQueryResponse(objects: objects)
    }

    // MARK: Errors

    private func errors() -> [RegistryError] {
        guard [.findDocuments, .getDocuments, .findDocumentsByReferenceID].contains(query.id) else {
            let name = query.id.name.map { "the stored query \($0) is not served here" }
            return [RegistryError(.unknownStoredQuery, name ?? "unknown stored query '\(query.id.rawValue)'")]
        }
        guard ["LeafClass", "ObjectRef"].contains(query.returnType) else {
            return [RegistryError(.registryError, "returnType '\(query.returnType)' is not LeafClass or ObjectRef")]
        }
        return parameterErrors() + syntaxErrors()
    }

    private func parameterErrors() -> [RegistryError] {
        let (uniqueID, entryID) = (Self.prefix + "UniqueId", Self.prefix + "EntryUUID")
        if query.id == .getDocuments {
            switch (query.text(uniqueID), query.text(entryID)) {
            case (nil, nil): return missing(["\(uniqueID) or \(entryID)"])
            case (_?, _?):
                return [RegistryError(.storedQueryParameterNumber, "either \(uniqueID) or \(entryID), not both")]
            default: return []
            }
        }
        let single = [
            "PatientId", "CreationTimeFrom", "CreationTimeTo", "ServiceStartTimeFrom", "ServiceStartTimeTo",
            "ServiceStopTimeFrom", "ServiceStopTimeTo",
        ].map { Self.prefix + $0 }
        for name in single where query.parameters(name).reduce(0, { $0 + $1.literals.count }) > 1 {
            return [RegistryError(.storedQueryParameterNumber, "\(name) takes one value")]
        }
        guard !misbehaviors.contains(.queryIgnoresMissingParameter) else { return [] }
        var required = [Self.prefix + "PatientId", Self.prefix + "Status"]
        if query.id == .findDocumentsByReferenceID { required.append(Self.prefix + "ReferenceIdList") }
        return missing(required.filter { query.text($0)?.isEmpty != false })
    }

    private func missing(_ names: [String]) -> [RegistryError] {
        names.map { RegistryError(.storedQueryMissingParameter, "the parameter \($0) is missing", location: $0) }
    }

    private func syntaxErrors() -> [RegistryError] {
        query.parameters.flatMap { parameter in
            parameter.parsed.compactMap { value in
                value.defect.map { RegistryError(.registryError, "\(parameter.name): \($0)", location: parameter.name) }
            }
        }
    }

    // MARK: Matching

    private func isFound(_ entry: DocumentEntry) -> Bool {
        if query.id == .getDocuments {
            return literals("UniqueId").contains(entry.uniqueID) || literals("EntryUUID").contains(entry.id)
        }
        return matchesPatient(entry) && matchesStatus(entry) && matchesReference(entry) && matchesCodes(entry)
            && matchesTimes(entry) && matchesAuthor(entry)
    }

    private func literals(_ name: String) -> [String] {
        query.parameters(Self.prefix + name).flatMap(\.literals)
    }

    private func matchesPatient(_ entry: DocumentEntry) -> Bool {
        guard let wanted = literals("PatientId").first else { return true }
        return entry.patientID.map { $0.names(same: CX(wanted)) } ?? false
    }

    private func matchesStatus(_ entry: DocumentEntry) -> Bool {
        let wanted = literals("Status")
        if misbehaviors.contains(.queryReturnsDeprecated) { return true }
        return wanted.isEmpty || wanted.contains(entry.availabilityStatus ?? "")
    }

    private func matchesReference(_ entry: DocumentEntry) -> Bool {
        guard query.id == .findDocumentsByReferenceID, !misbehaviors.contains(.queryIgnoresReference) else {
            return true
        }
        // Several slots of the parameter are all wanted, the values of one are alternatives.
        return query.parameters(Self.prefix + "ReferenceIdList").allSatisfy { parameter in
            parameter.literals.contains { wanted in
                let wanted = CXi(wanted)
                return entry.referenceIDs.contains {
                    $0.id == wanted.id && $0.kind == wanted.kind
                        && (wanted.authority == nil || $0.authority == wanted.authority)
                }
            }
        }
    }

    private func matchesCodes(_ entry: DocumentEntry) -> Bool {
        let codes: [(String, [CodedValue?])] = [
            ("ClassCode", [entry.classCode]), ("TypeCode", [entry.typeCode]), ("FormatCode", [entry.formatCode]),
            ("PracticeSettingCode", [entry.practiceSettingCode]),
            ("HealthcareFacilityTypeCode", [entry.healthcareFacilityTypeCode]),
            ("ConfidentialityCode", entry.confidentialityCodes), ("EventCodeList", entry.eventCodes),
        ]
        return codes.allSatisfy { name, values in
            query.parameters(Self.prefix + name).allSatisfy { parameter in
                let held = Set(values.compactMap { $0?.queryText })
                return parameter.literals.contains { held.contains($0) }
            }
        }
    }

    private func matchesTimes(_ entry: DocumentEntry) -> Bool {
        let times: [(String, DTM?)] = [
            ("CreationTime", entry.creationTime), ("ServiceStartTime", entry.serviceStartTime),
            ("ServiceStopTime", entry.serviceStopTime),
        ]
        return times.allSatisfy { name, value in
            let (from, to) = (literals(name + "From").first, literals(name + "To").first)
            guard from != nil || to != nil else { return true }
            guard let value else { return false }
            // ITI TF-2: 3.18.4.1.2.3.7.1: From <= value < To.
            return from.map { value.earliest >= DTM($0).earliest } ?? true
                && to.map { value.earliest < DTM($0).earliest } ?? true
        }
    }

    private func matchesAuthor(_ entry: DocumentEntry) -> Bool {
        query.parameters(Self.prefix + "AuthorPerson").allSatisfy { parameter in
            parameter.literals.contains { pattern in
                entry.authors.contains { author in author.person.map { Self.like($0.text, pattern) } ?? false }
            }
        }
    }

    /// SQL's LIKE, of which XDS takes `%` and `_`.
    private static func like(_ text: String, _ pattern: String) -> Bool {
        func match(_ text: Substring, _ pattern: Substring) -> Bool {
            guard let first = pattern.first else { return text.isEmpty }
            let rest = pattern.dropFirst()
            if first == "%" {
                return match(text, rest) || (!text.isEmpty && match(text.dropFirst(), pattern))
            }
            guard let head = text.first, first == "_" || first == head else { return false }
            return match(text.dropFirst(), rest)
        }
        return match(text[...], pattern[...])
    }
}
