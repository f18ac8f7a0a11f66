internal import Foundation
import HTTP
public import HTTPServing
import SOAP
public import XDS

/// How a DMP of its own is started: where it listens, what it holds, how it behaves.
public struct DMPConfiguration: Sendable {
    public var host = "127.0.0.1"
    /// 0 takes a free port.
    public var port = 0
    /// TLS; mutual where `clientTrust` is given.
    public var tls: ServerTLS?
    /// The repositoryUniqueId of the repository.
    public var repositoryUniqueID = "1.2.250.1.999.4.1"
    /// Who has an open record; nil: everyone.
    public var patients: [CX]?
    /// The folder of the store and of the exchange log; nil keeps all in memory.
    public var storeDirectory: String?
    /// Whether the exchange log keeps the bodies of requests beside it.
    public var keepsBodies = false
    /// How many messages are kept in memory with their bodies; nil: all.
    public var messageLimit: Int? = 200
    public var misbehaviors: Set<Misbehavior> = []
    public var policy = DMPPolicy()
    /// Is given each message before its answer leaves; the answer waits for it.
    public var receipt: (@Sendable (ReceivedMessage) async -> Void)?
    /// Is told of each client whose TLS handshake failed.
    public var refusal: (@Sendable (RefusedPeer) -> Void)?
    /// Is told, now and then, that so many connections are open and that new ones take the place of silent ones.
    public var crowded: (@Sendable (Int) -> Void)?
    /// The seed of message and entry ids; nil: random.
    public var seed: UInt64?
    /// What is in the store at the start, where it is not there yet.
    public var submissions: [ProvideAndRegisterRequest] = []

    /// A DMP in memory for every patient, on a free loopback port.
    public init() {}
}

/// A DMP that runs behind a socket.
///
///     let dmp = try await DMPSimulator.start(configuration: DMPConfiguration())
///     dmp.script(next: [.error(.registryBusy)], for: .provideAndRegister)
///     let mark = await dmp.lastNumber
///     // … the system under test sends …
///     let first = await dmp.next(after: mark, within: 60) { $0.transaction == "ITI-41" }
///     let all = await dmp.received(after: mark)
///     await dmp.stop()
public final class DMPServer: Sendable {
    public let simulator: DMPSimulator
    public let configuration: DMPConfiguration
    /// What the DMP holds.
    public var store: DocumentStore { simulator.store }
    private let server: SimulatorServer
    private let lock: StoreLock?

    init(
        _ simulator: DMPSimulator, _ configuration: DMPConfiguration, _ server: SimulatorServer, _ lock: StoreLock?
    ) {
        self.lock = lock
        self.simulator = simulator
        self.configuration = configuration
        self.server = server
    }

    /// `http://127.0.0.1:1234`.
    public var baseURL: String { server.baseURL }
    public var port: Int { server.port }
    /// ITI-18 and ITI-57.
    public var registry: String { baseURL + DMPSimulator.registryPath }
    /// ITI-41 and ITI-43.
    public var repository: String { baseURL + DMPSimulator.repositoryPath }
    /// TD0.2.
    public var patients: String { baseURL + DMPSimulator.patientsPath }
    /// TD0.3.
    public var habilitations: String { baseURL + DMPSimulator.habilitationsPath }

    /// Where a transaction is served.
    public func url(of transaction: DMPTransaction) -> String { baseURL + transaction.path }

    /// Answers the next messages so, one each, then by the rules again.
    public func script(next answers: [ScriptedAnswer], for transaction: DMPTransaction? = nil) {
        simulator.script.next(answers, for: transaction)
    }

    /// The number of the last message; 0 when there is none.
    public var lastNumber: Int { get async { await simulator.log.lastNumber } }

    /// The messages after the number `after`: 0 for all that are kept.
    public func received(after: Int = 0) async -> [ReceivedMessage] { await simulator.log.messages(after: after) }

    /// The first message after the number `after` that `matches`, waiting for it at most `seconds`; nil when none came.
    public func next(
        after: Int, within seconds: Double, where matches: @escaping @Sendable (ReceivedMessage) -> Bool = { _ in true }
    ) async -> ReceivedMessage? {
        await simulator.log.next(after: after, within: seconds, where: matches)
    }

    /// Stops listening and closes the store.
    public func stop() async {
        await server.stop()
        await store.storage.close()
        lock?.release()
    }
}

extension DMPSimulator {
    /// Starts a DMP behind a socket.
    ///
    /// - Throws: `HTTPError` with `listen` or `tls`; `StorageError` when the store cannot be opened, or is another one's.
    public static func start(configuration: DMPConfiguration) async throws -> DMPServer {
        let identifiers = IdentifierSource(seed: configuration.seed)
        var storage: any DMPStorage = MemoryStorage()
        var record: ExchangeLog?
        var lock: StoreLock?
        if let directory = configuration.storeDirectory {
            lock = try StoreLock(directory: directory)
            storage = try SQLiteStorage(directory: directory)
            record = try ExchangeLog(directory: directory, keepsBodies: configuration.keepsBodies)
        }
        let store = DocumentStore(
            repositoryUniqueID: configuration.repositoryUniqueID, storage: storage,
            admitsEveryone: configuration.patients == nil, identifiers: identifiers)
        for patient in configuration.patients ?? [] { try await store.admit(patient) }
        for submission in configuration.submissions {
            guard let id = submission.submission.submissionSet?.uniqueID,
                try await storage.objects(.uniqueIDs([id])).submissionSets.isEmpty
            else { continue }
            if let patient = submission.submission.submissionSet?.patientID { try await store.admit(patient) }
            if let error = try await store.register(submission, misbehaviors: []).first(where: { !$0.isWarning }) {
                throw StorageError(.write, "the submission \(id) cannot be loaded: \(error.code): \(error.context)")
            }
        }
        let simulator = DMPSimulator(
            store: store,
            log: MessageLog(limit: configuration.messageLimit, record: record, receipt: configuration.receipt),
            identifiers: identifiers, misbehaviors: configuration.misbehaviors, policy: configuration.policy)
        var tls = configuration.tls
        // N-SEC-04: a server that asks for no certificate takes every client.
        if configuration.misbehaviors.contains(.acceptsAnyCertificate) { tls?.clientTrust = nil }
        do {
            let server = try await SimulatorServer.start(
                simulator, host: configuration.host, port: configuration.port, tls: tls, refusal: configuration.refusal,
                crowded: configuration.crowded)
            return DMPServer(simulator, configuration, server, lock)
        } catch {
            await storage.close()
            lock?.release()
            throw error
        }
    }
}
