import XDS

/// Whether an object matches the parameters of a query.
struct StoredQueryFilter {
    let query: StoredQuery
    let misbehaviors: Set<Misbehavior>

    private static let entry = "$XDSDocumentEntry"
    private static let set = "$XDSSubmissionSet"
    private static let folder = "$XDSFolder"

    func literals(_ name: String) -> [String] { query.parameters(name).flatMap(\.literals) }

    func hasStatus(_ status: String?, _ name: String) -> Bool {
        if misbehaviors.contains(.queryReturnsDeprecated) { return true }
        let wanted = literals(name)
        return wanted.isEmpty || wanted.contains(status ?? "")
    }

    func isFound(_ entry: DocumentEntry) -> Bool {
        hasStatus(entry.availabilityStatus, Self.entry + "Status") && matchesReference(entry)
            && matchesCodes(entry) && matchesTimes(entry) && matchesAuthor(entry) && matchesType(entry)
    }

    /// The filters of queries that return the contents of a package.
    func isContent(_ entry: DocumentEntry) -> Bool {
        matches("FormatCode", [entry.formatCode]) && matches("ConfidentialityCode", entry.confidentialityCodes)
            && matchesType(entry)
    }

    func isFound(_ set: SubmissionSet) -> Bool {
        let sources = literals(Self.set + "SourceId")
        let authors = literals(Self.set + "AuthorPerson")
        let contents = literals(Self.set + "ContentType")
        return hasStatus(set.availabilityStatus, Self.set + "Status")
            && (sources.isEmpty || sources.contains(set.sourceID ?? ""))
            && (contents.isEmpty || contents.contains(set.contentTypeCode?.queryText ?? ""))
            && (authors.isEmpty || authors.contains { pattern in Self.isAuthor(set.authors, pattern) })
            && isInTime(set.submissionTime, Self.set + "SubmissionTime")
    }

    func isFound(_ folder: Folder) -> Bool {
        let held = Set(folder.codes.map(\.queryText))
        return hasStatus(folder.availabilityStatus, Self.folder + "Status")
            && query.parameters(Self.folder + "CodeList").allSatisfy { $0.literals.contains { held.contains($0) } }
            && isInTime(folder.lastUpdateTime, Self.folder + "LastUpdateTime")
    }

    private func matchesType(_ entry: DocumentEntry) -> Bool {
        let wanted = literals(Self.entry + "Type")
        return wanted.isEmpty ? entry.objectType == XDSUUID.stableDocument : wanted.contains(entry.objectType)
    }

    private func matchesReference(_ entry: DocumentEntry) -> Bool {
        guard query.id == .findDocumentsByReferenceID, !misbehaviors.contains(.queryIgnoresReference) else {
            return true
        }
        // Several slots of the parameter are all wanted, the values of one are alternatives.
        return query.parameters(Self.entry + "ReferenceIdList").allSatisfy { parameter in
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
        return codes.allSatisfy { matches($0.0, $0.1) }
    }

    private func matches(_ name: String, _ values: [CodedValue?]) -> Bool {
        let held = Set(values.compactMap { $0?.queryText })
        return query.parameters(Self.entry + name).allSatisfy { $0.literals.contains { held.contains($0) } }
    }

    private func matchesTimes(_ entry: DocumentEntry) -> Bool {
        isInTime(entry.creationTime, Self.entry + "CreationTime")
            && isInTime(entry.serviceStartTime, Self.entry + "ServiceStartTime")
            && isInTime(entry.serviceStopTime, Self.entry + "ServiceStopTime")
    }

    private func isInTime(_ value: DTM?, _ name: String) -> Bool {
        let (from, to) = (literals(name + "From").first, literals(name + "To").first)
        guard from != nil || to != nil else { return true }
        guard let value else { return false }
        // ITI TF-2: 3.18.4.1.2.3.7.1: From <= value < To.
        return from.map { value.earliest >= DTM($0).earliest } ?? true
            && to.map { value.earliest < DTM($0).earliest } ?? true
    }

    private func matchesAuthor(_ entry: DocumentEntry) -> Bool {
        query.parameters(Self.entry + "AuthorPerson").allSatisfy { parameter in
            parameter.literals.contains { Self.isAuthor(entry.authors, $0) }
        }
    }

    private static func isAuthor(_ authors: [Author], _ pattern: String) -> Bool {
        authors.contains { author in author.person.map { like($0.text, pattern) } ?? false }
    }

    /// SQL's LIKE, of which XDS takes `%` and `_`: at most text times pattern steps, whatever the pattern.
    static func like(_ text: String, _ pattern: String) -> Bool {
        let (text, pattern) = (Array(text), Array(pattern))
        var (position, index) = (0, 0)
        var mark: (position: Int, index: Int)?
        while position < text.count {
            if index < pattern.count, pattern[index] == "%" {
                mark = (position, index)
                index += 1
            } else if index < pattern.count, pattern[index] == "_" || pattern[index] == text[position] {
                position += 1
                index += 1
            } else if let last = mark {
                position = last.position + 1
                mark = (position, last.index)
                index = last.index + 1
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == "%" }
    }
}
