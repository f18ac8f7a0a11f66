import SOAP
import Simulators
import XDS

/// Whether a rule of queries, retrievals, updates and records is seen broken, by the misbehaviour that breaks it.
enum ServiceProbes {
    static func probe(_ item: Misbehavior) -> MisbehaviorTests.Probe {
        switch item {
        case .servesUnknownQuery:
            { try await isAnswered($0) { $0.id = .init(rawValue: "urn:uuid:00000000-0000-4000-8000-000000000000") } }
        case .queryIgnoresRepetition: { try await isAnswered($0) { $0.parameters.append($0.parameters[0]) } }
        case .queryIgnoresChoice:
            { harness in
                let none = try await isAnswered(harness) { query in
                    query.id = .getDocuments
                    query.parameters = []
                }
                let both = try await isAnswered(harness) { query in
                    query.id = .getDocuments
                    query.parameters = [
                        .init("$XDSDocumentEntryUniqueId", ["('1.2')"]),
                        .init("$XDSDocumentEntryEntryUUID", ["('urn:uuid:1')"]),
                    ]
                }
                return none || both
            }
        case .queryIgnoresQuotes: { try await isAnswered($0) { $0.parameters[1].values = ["(Approved)"] } }
        case .queryIgnoresReturnType: { try await isAnswered($0) { $0.returnType = "Everything" } }
        case .retrieveIgnoresRepository:
            { try await $0.retrieve([("1.2.404", $0.actors.exam.manifestUID)]).answer?.registry?.isSuccess == true }
        case .retrieveIgnoresUnknown:
            { harness in
                let repository = harness.actors.exam.repositoryUniqueID
                return try await harness.retrieve([(repository, "1.2.404")]).answer?.registry?.isSuccess == true
            }
        case .retrieveAcceptsNothing: { try await $0.retrieve([]).answer?.registry?.isSuccess == true }
        case .retrieveServesWithdrawn:
            { harness in
                let exam = harness.actors.exam
                let entry = try await harness.actors.store.document(uniqueID: exam.manifestUID)?.entry
                guard let entry, try await harness.update(harness.withdrawal(entry))?.isSuccess == true else {
                    return false
                }
                return try await harness.retrieve([(exam.repositoryUniqueID, exam.manifestUID)]).answer?.registry?
                    .isSuccess == true
            }
        case .updatesUnknown:
            { harness in
                var entry = DocumentEntry(
                    id: "urn:uuid:00000000-0000-4000-8000-000000000404", mimeType: "", uniqueID: "")
                entry.availabilityStatus = XDSURN.approved
                return try await harness.update(harness.withdrawal(entry))?.isSuccess == true
            }
        case .updateIgnoresOriginalStatus:
            { harness in
                let exam = harness.actors.exam
                guard let entry = try await harness.actors.store.document(uniqueID: exam.manifestUID)?.entry else {
                    return false
                }
                var update = harness.withdrawal(entry)
                update.original = XDSURN.deprecated
                return try await harness.update(update)?.isSuccess == true
            }
        case .inventsRecord:
            { harness in
                let absent = CX(id: "299999999999945", oid: "1.2.250.1.213.1.4.10", type: "NH")
                return try await harness.existence(absent)?.state == .open(.valid)
            }
        case .grantsEverything:
            { harness in
                let patient = harness.actors.exam.patientCX
                try await harness.actors.store.set(PatientRecord(patient, defaultAuthorization: .blocked))
                return try await harness.existence(patient)?.state == .open(.valid)
            }
        default: preconditionFailure("\(item) is probed elsewhere")
        }
    }

    private static func isAnswered(_ harness: Harness, _ edit: (inout StoredQuery) -> Void) async throws -> Bool {
        var query = harness.find(harness.actors.exam)
        edit(&query)
        return try await harness.query(query)?.registry.isSuccess == true
    }
}
