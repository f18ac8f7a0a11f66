import Foundation
import SOAP
import Simulators
import Testing
import XDS

@Suite struct StorageTests {
    /// Both stores behave alike.
    enum Kind: String, Sendable, CaseIterable {
        case memory
        case disk

        func make(_ folder: TemporaryFolder) throws -> any DMPStorage {
            switch self {
            case .memory: MemoryStorage()
            case .disk: try SQLiteStorage(directory: folder.path + "/store")
            }
        }
    }

    private static let patient = CX(id: "270019999900022", oid: "1.2.250.1.213.1.4.10", type: "NH")
    private static let other = CX(id: "180019999900069", oid: "1.2.250.1.213.1.4.10", type: "NH")

    private static func store(_ storage: any DMPStorage) -> DocumentStore {
        DocumentStore(
            repositoryUniqueID: "1.2.3", storage: storage, admitsEveryone: true,
            identifiers: IdentifierSource(seed: 11), now: { DTM("20260312120000") })
    }

    private static func change() -> RegistryChange {
        var change = RegistryChange()
        for (index, patient) in [patient, patient, other].enumerated() {
            var entry = Harness.fresh().submissionRequest([.report]).submission.entries[0]
            entry.id = "urn:uuid:00000000-0000-4000-8000-00000000000\(index)"
            entry.logicalID = index == 1 ? "urn:uuid:00000000-0000-4000-8000-000000000000" : entry.id
            entry.uniqueID = "2.25.\(index)"
            entry.patientID = patient
            entry.availabilityStatus = XDSURN.approved
            entry.otherSlots = [Slot("urn:cisis:other", ["é <&> \"'", ""])]
            change.objects.entries.append(entry)
            change.documents.append(
                StoredDocument(entryID: entry.id, uniqueID: entry.uniqueID, bytes: [0, 255, UInt8(index)]))
        }
        var set = Harness.fresh().submissionRequest().submission.submissionSets[0]
        set.id = "urn:uuid:00000000-0000-4000-8000-0000000000aa"
        set.patientID = patient
        change.objects.submissionSets = [set]
        var folder = Folder(id: "urn:uuid:00000000-0000-4000-8000-0000000000bb", uniqueID: "2.25.77")
        folder.title = "Dossier"
        folder.patientID = patient
        folder.codes = [CodedValue("a", "1.2", "A")]
        folder.lastUpdateTime = DTM("20260312100000")
        change.objects.folders = [folder]
        change.objects.associations = [
            .member(
                id: "urn:uuid:00000000-0000-4000-8000-0000000000c0", set: set.id, entry: change.objects.entries[0].id),
            Association(
                id: "urn:uuid:00000000-0000-4000-8000-0000000000c1", type: XDSURN.replaces,
                source: change.objects.entries[1].id, target: change.objects.entries[0].id),
        ]
        return change
    }

    struct Selection: Sendable, CustomTestStringConvertible {
        let name: String
        let selection: RegistrySelection
        let entries: [String]
        var others = 0
        var testDescription: String { name }
    }

    @Test(
        "A selection finds the same objects in both stores, in the order of arrival", arguments: Kind.allCases,
        [
            Selection(name: "everything", selection: .everything, entries: ["2.25.0", "2.25.1", "2.25.2"], others: 4),
            Selection(
                name: "ids",
                selection: .ids([
                    "urn:uuid:00000000-0000-4000-8000-000000000002", "urn:uuid:00000000-0000-4000-8000-000000000000",
                    "urn:uuid:00000000-0000-4000-8000-0000000000bb", "urn:uuid:nowhere",
                ]), entries: ["2.25.0", "2.25.2"], others: 1),
            Selection(name: "uniqueIds", selection: .uniqueIDs(["2.25.77", "2.25.1"]), entries: ["2.25.1"], others: 1),
            Selection(name: "patient", selection: .patient(patient), entries: ["2.25.0", "2.25.1"], others: 2),
            Selection(
                name: "patient of another type of identifier",
                selection: .patient(CX(patient.text.replacing("^NH", with: ""))),
                entries: ["2.25.0", "2.25.1"], others: 2),
            Selection(
                name: "associations",
                selection: .associations(touching: ["urn:uuid:00000000-0000-4000-8000-000000000000"]), entries: [],
                others: 2),
            Selection(
                name: "versions", selection: .logicalID("urn:uuid:00000000-0000-4000-8000-000000000000"),
                entries: ["2.25.0", "2.25.1"]),
            Selection(name: "no id", selection: .ids([]), entries: []),
        ])
    func selections(_ kind: Kind, _ item: Selection) async throws {
        let folder = try TemporaryFolder()
        let storage = try kind.make(folder)
        try await storage.commit(Self.change())
        let found = try await storage.objects(item.selection)
        #expect(found.entries.map(\.uniqueID) == item.entries)
        #expect(found.submissionSets.count + found.folders.count + found.associations.count == item.others)
        #expect(try await storage.entryCount() == 3)
        await storage.close()
    }

    @Test("What was stored comes back with every value", arguments: Kind.allCases)
    func values(_ kind: Kind) async throws {
        let folder = try TemporaryFolder()
        let storage = try kind.make(folder)
        let change = Self.change()
        try await storage.commit(change)
        let found = try await storage.objects(.everything)
        #expect(found.entries == change.objects.entries)
        #expect(found.submissionSets == change.objects.submissionSets)
        #expect(found.folders == change.objects.folders)
        #expect(found.associations == change.objects.associations)
        #expect(try await storage.document(uniqueID: "2.25.2") == [0, 255, 2])
        #expect(try await storage.document(uniqueID: "2.25.404") == nil)
        await storage.close()
    }

    @Test("Statuses, folder times and records of patients change", arguments: Kind.allCases)
    func changes(_ kind: Kind) async throws {
        let folder = try TemporaryFolder()
        let storage = try kind.make(folder)
        try await storage.commit(Self.change())
        var change = RegistryChange()
        #expect(change.isEmpty)
        change.statuses = [
            "urn:uuid:00000000-0000-4000-8000-000000000000": XDSURN.deprecated,
            "urn:uuid:00000000-0000-4000-8000-0000000000c0": XDSURN.deprecated,
        ]
        change.folderTimes = ["urn:uuid:00000000-0000-4000-8000-0000000000bb": "20270101000000"]
        change.patients = [
            PatientRecord(
                Self.patient, state: .closed, defaultAuthorization: .absent,
                authorizations: ["899700000000": .valid, "899700000001": .blocked])
        ]
        #expect(!change.isEmpty)
        try await storage.commit(change)
        let found = try await storage.objects(.everything)
        #expect(found.entries.map(\.availabilityStatus) == [XDSURN.deprecated, XDSURN.approved, XDSURN.approved])
        #expect(found.associations[0].availabilityStatus == XDSURN.deprecated)
        #expect(found.folders[0].lastUpdateTime?.text == "20270101000000")
        let record = try await storage.record(of: Self.patient)
        #expect(record == change.patients[0])
        #expect(record?.authorization(of: "899700000001") == .blocked)
        #expect(record?.authorization(of: "1") == .absent)
        #expect(try await storage.record(of: Self.other) == nil)
        await storage.close()
    }

    @Test("A submission that was acknowledged is there after the store is opened again, with its deprecations")
    func reopening() async throws {
        let folder = try TemporaryFolder()
        var exam = Harness.fresh()
        let first = try SQLiteStorage(directory: folder.path)
        let store = Self.store(first)
        #expect(try await store.register(exam.submissionRequest([.manifest])) == [])
        let id = try #require(try await store.entries.last?.id)
        exam.manifestUID = "2.25.99"
        exam.manifestNumber = 2
        let bytes = exam.manifestBytes()
        #expect(
            try await store.register(
                exam.submissionRequest([.manifest], replacing: [.manifest: id])) == [])
        // Not closed: a process that is killed closes nothing.
        let again = Self.store(try SQLiteStorage(directory: folder.path))
        let entries = try await again.entries
        #expect(entries.map(\.availabilityStatus) == [XDSURN.deprecated, XDSURN.approved])
        #expect(try await again.document(uniqueID: "2.25.99")?.bytes == bytes)
        #expect(try await again.associations.count == 3)
        await first.close()
    }

    @Test("A store writes through at each commit")
    func durability() async throws {
        let folder = try TemporaryFolder()
        let storage = try SQLiteStorage(directory: folder.path)
        let level = try await storage.durability()
        #expect(level.journal == "wal")
        // 2 is FULL.
        #expect(level.synchronous == 2)
        await storage.close()
    }

    @Test("A change that fails in its middle leaves nothing")
    func atomicity() async throws {
        let folder = try TemporaryFolder()
        let storage = try SQLiteStorage(directory: folder.path)
        var change = Self.change()
        // The last association has the id of the first: the database refuses it after all else was written.
        change.objects.associations.append(change.objects.associations[0])
        await #expect(throws: StorageError.self) { try await storage.commit(change) }
        let found = try await storage.objects(.everything)
        #expect(found.entries.isEmpty && found.submissionSets.isEmpty && found.associations.isEmpty)
        #expect(try await storage.document(uniqueID: "2.25.0") == nil)
        await storage.close()
    }

    @Test(
        "Files copied at any moment during concurrent submissions hold every acknowledged one, and none by half",
        .timeLimit(.minutes(2)))
    func crash() async throws {
        let folder = try TemporaryFolder()
        let source = folder.path + "/store"
        let storage = try SQLiteStorage(directory: source)
        let store = Self.store(storage)
        let acknowledged = Acknowledged()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let exam = ExamFixture(seed: UInt64(1000 + index))
                    let request = exam.submissionRequest()
                    let errors = try await store.register(request)
                    #expect(errors == [])
                    await acknowledged.add(request.submission.submissionSets[0].uniqueID)
                }
            }
            group.addTask {
                var copies = 0
                repeat {
                    // What was acknowledged before the copy began must be in it, whatever is written while it is made.
                    let before = await acknowledged.ids
                    let target = folder.path + "/copy-\(copies)"
                    try Self.copy(source, target)
                    try await Self.check(target, holds: before)
                    copies += 1
                } while await acknowledged.ids.count < 100
                #expect(copies > 1)
            }
            try await group.waitForAll()
        }
        await storage.close()
    }

    private actor Acknowledged {
        private(set) var ids: Set<String> = []
        func add(_ id: String) { ids.insert(id) }
    }

    /// The files as a crash would leave them: the database, then its log, again where the log was begun anew between.
    ///
    /// A log that was not begun anew holds all that the database lacks, however torn both are.
    private static func copy(_ source: String, _ target: String) throws {
        func bytes(_ name: String) -> Data {
            (try? Data(contentsOf: URL(fileURLWithPath: "\(source)/\(name)"))) ?? Data()
        }
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        while true {
            let head = bytes("dmp.sqlite-wal").prefix(32)
            let database = bytes("dmp.sqlite")
            let log = bytes("dmp.sqlite-wal")
            guard head == log.prefix(32) else { continue }
            try database.write(to: URL(fileURLWithPath: "\(target)/dmp.sqlite"))
            try log.write(to: URL(fileURLWithPath: "\(target)/dmp.sqlite-wal"))
            return
        }
    }

    private static func check(_ folder: String, holds acknowledged: Set<String>) async throws {
        let storage = try SQLiteStorage(directory: folder)
        let found = try await storage.objects(.everything)
        let sets = Set(found.submissionSets.map(\.uniqueID))
        #expect(sets.isSuperset(of: acknowledged), "\(acknowledged.subtracting(sets).count) acknowledged are lost")
        // Each of these submissions has two entries, two documents and two memberships.
        #expect(found.entries.count == 2 * sets.count)
        #expect(found.associations.count == 2 * sets.count)
        for entry in found.entries {
            let bytes = try await storage.document(uniqueID: entry.uniqueID)
            #expect(bytes.map { String($0.count) } == entry.size, "half of a submission")
        }
        await storage.close()
    }

    @Test("A store of another version, and a folder that is a file, are refused by name")
    func refusals() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/file"
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        #expect { try SQLiteStorage(directory: file) } throws: { error in
            (error as? StorageError)?.code == .open && "\(error)".contains(file)
        }
        try Data("no database, but long enough to be looked at as one".utf8)
            .write(to: URL(fileURLWithPath: folder.path + "/dmp.sqlite"))
        #expect(throws: StorageError.self) { try SQLiteStorage(directory: folder.path) }
    }
}
