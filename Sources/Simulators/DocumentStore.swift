import Cryptography
public import SOAP
public import XDS

/// What the DMP holds, and the rules by which it changes: entries, submission sets, folders, associations, documents and
/// the records of patients.
///
/// One message changes the store at a time; a message that was refused, or whose change could not be written, changes
/// nothing.
public actor DocumentStore {
    /// A document in the store.
    public struct Stored: Sendable {
        /// Its entry: entryUUID, status, repository and all that was submitted.
        public var entry: DocumentEntry
        public let bytes: [UInt8]
    }

    /// The repositoryUniqueId of this repository.
    public let repositoryUniqueID: String
    /// Where it is kept.
    public nonisolated let storage: any DMPStorage
    /// Whether every patient has an open record.
    public let admitsEveryone: Bool
    private let identifiers: IdentifierSource
    private let now: @Sendable () -> DTM
    private let gate = SerialGate()

    /// A store that keeps what it holds in `storage`.
    ///
    /// - Parameters:
    ///   - admitsEveryone: whether every patient is known; else only those of `admit` and those that `storage` knows.
    ///   - now: the time, for the last update of folders.
    public init(
        repositoryUniqueID: String, storage: any DMPStorage = MemoryStorage(), admitsEveryone: Bool = false,
        identifiers: IdentifierSource, now: @escaping @Sendable () -> DTM = DTM.now
    ) {
        self.repositoryUniqueID = repositoryUniqueID
        self.storage = storage
        self.admitsEveryone = admitsEveryone
        self.identifiers = identifiers
        self.now = now
    }

    // MARK: Patients

    /// Gives a patient an open record, unless there is a record.
    public func admit(_ patient: CX) async throws(StorageError) {
        await gate.enter()
        defer { gate.leave() }
        guard try await storage.record(of: patient) == nil else { return }
        try await write(PatientRecord(patient))
    }

    /// Sets the record of a patient.
    public func set(_ record: PatientRecord) async throws(StorageError) {
        await gate.enter()
        defer { gate.leave() }
        try await write(record)
    }

    /// Grants or withdraws the authorisation of a professional.
    ///
    /// - Returns: what holds now; nil when there is no open record.
    func authorize(
        _ professional: String, for patient: CX, _ authorization: PatientRecord.Authorization
    ) async throws(StorageError) -> PatientRecord.Authorization? {
        await gate.enter()
        defer { gate.leave() }
        guard var record = try await record(of: patient), record.state == .active else { return nil }
        guard record.authorization(of: professional) != .blocked else { return .blocked }
        record.authorizations[professional] = authorization
        try await write(record)
        return authorization
    }

    private func write(_ record: PatientRecord) async throws(StorageError) {
        var change = RegistryChange()
        change.patients = [record]
        try await storage.commit(change)
    }

    /// The record of a patient; nil when there is none.
    public func record(of patient: CX) async throws(StorageError) -> PatientRecord? {
        try await storage.record(of: patient) ?? (admitsEveryone ? PatientRecord(patient) : nil)
    }

    // MARK: Messages that change the store

    /// Judges a submission and stores all of it, or nothing.
    ///
    /// - Returns: the errors for which nothing was stored, or warnings beside what was.
    // ITI TF-2: 3.41.4.1.3: the whole submission is atomic.
    public func register(
        _ request: ProvideAndRegisterRequest, policy: DMPPolicy = .init(), misbehaviors: Set<Misbehavior> = []
    ) async throws(StorageError) -> [RegistryError] {
        await gate.enter()
        defer { gate.leave() }
        let known = try await known(to: request.submission)
        var record: PatientRecord?
        if let patient = request.submission.submissionSet?.patientID { record = try await self.record(of: patient) }
        let entryCount = policy.maximumEntries == nil ? 0 : try await storage.entryCount()
        let judge = SubmissionJudge(
            request: request, known: known, record: record, entryCount: entryCount,
            policy: policy, misbehaviors: misbehaviors)
        let errors = judge.errors()
        if errors.allSatisfy(\.isWarning) || misbehaviors.contains(.registersRefused) {
            var maker = ChangeMaker(
                known: known, repositoryUniqueID: repositoryUniqueID, identifiers: identifiers, now: now())
            maker.keepsExtraMetadata = policy.keepsExtraMetadata
            try await storage.commit(maker.change(for: request))
        }
        return errors
    }

    /// Judges an update of metadata (ITI-57) and does all of it, or nothing.
    ///
    /// - Returns: the errors for which nothing was changed.
    public func update(
        _ submission: Submission, misbehaviors: Set<Misbehavior> = []
    ) async throws(StorageError) -> [RegistryError] {
        await gate.enter()
        defer { gate.leave() }
        let judge = UpdateJudge(
            submission: submission, known: try await knownVersions(of: submission), misbehaviors: misbehaviors)
        let errors = judge.errors()
        if errors.isEmpty {
            var maker = ChangeMaker(
                known: judge.known, repositoryUniqueID: repositoryUniqueID, identifiers: identifiers, now: now())
            try await storage.commit(maker.change(updating: submission))
        }
        return errors
    }

    /// What the registry holds of all that a submission names, and what hangs on it.
    private func known(to submission: Submission) async throws(StorageError) -> Submission {
        let uniqueIDs =
            submission.entries.map(\.uniqueID) + submission.submissionSets.map(\.uniqueID)
            + submission.folders.map(\.uniqueID)
        var ids = submission.associations.flatMap { [$0.source, $0.target] }
        ids += submission.entries.map(\.id) + submission.submissionSets.map(\.id) + submission.folders.map(\.id)
        var known = try await storage.objects(.uniqueIDs(uniqueIDs.filter { !$0.isEmpty }))
        let registryIDs = Set(ids.filter { $0.hasPrefix("urn:uuid:") }).sorted()
        known.merge(try await storage.objects(.ids(registryIDs)))
        // What a replacement deprecates with its target, and the folders that its target is in.
        let around = try await storage.objects(.associations(touching: registryIDs))
        known.merge(around)
        let others = around.associations.flatMap { [$0.source, $0.target] }
        known.merge(try await storage.objects(.ids(Set(others).subtracting(registryIDs).sorted())))
        return known
    }

    private func knownVersions(of submission: Submission) async throws(StorageError) -> Submission {
        var known = try await known(to: submission)
        for entry in submission.entries {
            if let id = entry.logicalID { known.merge(try await storage.objects(.logicalID(id))) }
        }
        return known
    }

    // MARK: Looking in

    /// The document with this uniqueId: its newest entry and its bytes.
    public func document(uniqueID: String) async throws(StorageError) -> Stored? {
        let entries = try await storage.objects(.uniqueIDs([uniqueID])).entries
        guard let entry = entries.last, let bytes = try await storage.document(uniqueID: uniqueID) else { return nil }
        return Stored(entry: entry, bytes: bytes)
    }

    /// The entries, in the order of arrival.
    public var entries: [DocumentEntry] {
        get async throws(StorageError) { try await storage.objects(.everything).entries }
    }

    /// The submission sets, in the order of arrival.
    public var submissionSets: [SubmissionSet] {
        get async throws(StorageError) { try await storage.objects(.everything).submissionSets }
    }

    /// The associations, in the order of arrival.
    public var associations: [Association] {
        get async throws(StorageError) { try await storage.objects(.everything).associations }
    }
}

extension Submission {
    /// Adds the objects of `other` that are not here.
    mutating func merge(_ other: Submission) {
        func add<Item>(_ items: [Item], to mine: inout [Item], _ id: (Item) -> String) {
            let known = Set(mine.map(id))
            mine += items.filter { !known.contains(id($0)) }
        }
        add(other.entries, to: &entries, \.id)
        add(other.submissionSets, to: &submissionSets, \.id)
        add(other.folders, to: &folders, \.id)
        add(other.associations, to: &associations, \.id)
    }
}
