public import XDS

/// Why the store of a DMP cannot read or write.
public struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code as text.
        public let rawValue: String

        /// A code, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The folder or the database cannot be opened.
        public static let open = Code(rawValue: "open")
        /// The database cannot be read.
        public static let read = Code(rawValue: "read")
        /// The change was not written; nothing of it is there.
        public static let write = Code(rawValue: "write")
        /// What is on disk is not what this version writes.
        public static let format = Code(rawValue: "format")
    }

    /// What happened.
    public let code: Code
    /// One line: where, what, and what to do.
    public let message: String

    /// An error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// Which objects of the registry are wanted; always in the order of their arrival.
public enum RegistrySelection: Sendable, Hashable {
    /// All of them.
    case everything
    /// Those with one of these ids.
    case ids([String])
    /// The entries, submission sets and folders with one of these uniqueIds.
    case uniqueIDs([String])
    /// The entries, submission sets and folders of a patient.
    case patient(CX)
    /// The associations that come from or go to one of these objects.
    case associations(touching: [String])
    /// All versions of an entry.
    case logicalID(String)
}

/// A document of the repository.
public struct StoredDocument: Sendable, Hashable {
    /// The id of the entry with which it came.
    public var entryID: String
    /// Its uniqueId.
    public var uniqueID: String
    public var bytes: [UInt8]

    /// A document.
    public init(entryID: String, uniqueID: String, bytes: [UInt8]) {
        self.entryID = entryID
        self.uniqueID = uniqueID
        self.bytes = bytes
    }
}

/// What the DMP knows of a patient beside the documents: whether the record is open and who may see it.
public struct PatientRecord: Sendable, Hashable {
    /// The state of the record.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case active
        case closed
    }

    /// What a professional may do.
    public enum Authorization: String, Sendable, Hashable, CaseIterable {
        case valid = "VALIDE"
        case expired = "EXPIREE"
        /// The patient forbade it; the professional cannot undo that.
        case blocked = "BLOQUEE"
        case absent = "INEXISTANTE"
    }

    public var patient: CX
    public var state: State
    /// What holds for a professional that `authorizations` does not name.
    public var defaultAuthorization: Authorization
    /// By the national id of the professional.
    public var authorizations: [String: Authorization]

    /// The record of a patient.
    public init(
        _ patient: CX, state: State = .active, defaultAuthorization: Authorization = .valid,
        authorizations: [String: Authorization] = [:]
    ) {
        self.patient = patient
        self.state = state
        self.defaultAuthorization = defaultAuthorization
        self.authorizations = authorizations
    }

    /// What holds for `professional`.
    public func authorization(of professional: String) -> Authorization {
        authorizations[professional] ?? defaultAuthorization
    }
}

/// All that one accepted message changes: a store takes it whole or not at all.
public struct RegistryChange: Sendable {
    /// New objects, with the ids that the registry gave.
    public var objects = Submission()
    /// New documents.
    public var documents: [StoredDocument] = []
    /// The new status of objects, by id.
    public var statuses: [String: String] = [:]
    /// The new time of last update of folders, by id.
    public var folderTimes: [String: String] = [:]
    /// Records of patients, new or changed.
    public var patients: [PatientRecord] = []

    /// A change of nothing.
    public init() {}

    /// Whether it changes nothing.
    public var isEmpty: Bool {
        objects.entries.isEmpty && objects.submissionSets.isEmpty && objects.folders.isEmpty
            && objects.associations.isEmpty && documents.isEmpty && statuses.isEmpty && folderTimes.isEmpty
            && patients.isEmpty
    }
}

/// Where a DMP keeps what it holds.
///
/// `commit` is atomic and durable as the implementation promises: once it returned, the change is there; if it throws, or
/// the process dies before it returned, either all of the change is there or nothing.
public protocol DMPStorage: Sendable {
    /// The objects that are wanted, each kind in the order of arrival.
    func objects(_ selection: RegistrySelection) async throws(StorageError) -> Submission
    /// The bytes of the document with this uniqueId; the last to arrive where there are several.
    func document(uniqueID: String) async throws(StorageError) -> [UInt8]?
    /// The record of a patient.
    func record(of patient: CX) async throws(StorageError) -> PatientRecord?
    /// The number of entries, without reading them.
    func entryCount() async throws(StorageError) -> Int
    /// Writes a change, whole or not at all.
    func commit(_ change: RegistryChange) async throws(StorageError)
    /// Ends all access; the store is not used after.
    func close() async
}

extension CX {
    /// What `names(same:)` compares, as a key.
    var storageKey: String { "\(id)^^^\(authority?.text ?? "")" }
}
