import Cryptography
public import SOAP
public import XDS

/// What the DMP holds: entries, submission sets, associations and the bytes of the documents.
public actor DocumentStore {
    /// A document in the store.
    public struct Stored: Sendable {
        /// Its entry: entryUUID, status, repository and all that was submitted.
        public var entry: DocumentEntry
        public let bytes: [UInt8]
    }

    /// The repositoryUniqueId of this repository.
    public let repositoryUniqueID: String
    /// The patients that the registry knows; nil: every one.
    public private(set) var patients: [CX]?
    /// The documents, in the order of arrival.
    public private(set) var documents: [Stored] = []
    /// The submission sets, in the order of arrival.
    public private(set) var submissionSets: [SubmissionSet] = []
    /// The associations, in the order of arrival.
    public private(set) var associations: [Association] = []
    private let identifiers: IdentifierSource

    /// An empty store.
    public init(repositoryUniqueID: String, patients: [CX]?, identifiers: IdentifierSource) {
        self.repositoryUniqueID = repositoryUniqueID
        self.patients = patients
        self.identifiers = identifiers
    }

    /// Lets the registry know a patient.
    public func admit(_ patient: CX) {
        guard patients?.contains(where: { $0.names(same: patient) }) == false else { return }
        patients?.append(patient)
    }

    /// Judges a submission and stores all of it, or nothing.
    ///
    /// - Returns: the errors for which nothing was stored; empty when all was.
    // ITI TF-2: 3.41.4.1.3: the whole submission is atomic.
    func register(_ request: ProvideAndRegisterRequest, misbehaviors: Set<Misbehavior>) -> [RegistryError] {
        let judge = SubmissionJudge(
            request: request, patients: patients, documents: documents, misbehaviors: misbehaviors)
        let errors = judge.errors()
        if errors.isEmpty || misbehaviors.contains(.registersRefused) { store(request) }
        return errors
    }

    private func store(_ request: ProvideAndRegisterRequest) {
        var names: [String: String] = [:]
        func registryID(_ id: String) -> String {
            if id.hasPrefix("urn:uuid:") { return id }
            if let known = names[id] { return known }
            let fresh = identifiers.urn()
            names[id] = fresh
            return fresh
        }
        for var entry in request.submission.entries {
            let bytes = request.document(entry.id)?.bytes ?? []
            entry.id = registryID(entry.id)
            entry.logicalID = entry.id
            entry.version = "1"
            entry.availabilityStatus = XDSURN.approved
            entry.repositoryUniqueID = repositoryUniqueID
            entry.hash = entry.hash ?? MessageDigest.hexadecimal(of: bytes, .sha1)
            entry.size = entry.size ?? String(bytes.count)
            entry.source = SourceObject(nil)
            documents.append(Stored(entry: entry, bytes: bytes))
        }
        for var set in request.submission.submissionSets {
            set.id = registryID(set.id)
            set.availabilityStatus = XDSURN.approved
            set.source = SourceObject(nil)
            submissionSets.append(set)
        }
        for var association in request.submission.associations {
            association.id = identifiers.urn()
            association.source = registryID(association.source)
            association.target = registryID(association.target)
            association.availabilityStatus = XDSURN.approved
            associations.append(association)
            // ITI TF-3: 4.2.2.2.3: the replaced entry becomes Deprecated.
            if [XDSURN.replaces, XDSURN.transformsAndReplaces].contains(association.type) {
                for index in documents.indices where documents[index].entry.id == association.target {
                    documents[index].entry.availabilityStatus = XDSURN.deprecated
                }
            }
        }
    }

    /// The document with this uniqueId.
    func document(uniqueID: String) -> Stored? { documents.last { $0.entry.uniqueID == uniqueID } }

    /// The entries, in the order of arrival.
    var entries: [DocumentEntry] { documents.map(\.entry) }
}
