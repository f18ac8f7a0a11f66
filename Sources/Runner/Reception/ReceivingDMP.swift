internal import Conformance
internal import Simulators
internal import Synchronization

/// The simulated DMP at which one scenario waits for the system under test.
///
/// A message is taken once: a step looks at those that came after the one of the step before.
actor ReceivingDMP {
    nonisolated let server: DMPServer
    /// The embedded system that sends; nil where a real one is waited for.
    private let initiator: ReferenceInitiator?
    private var mark: Int
    /// The number of the last message before the scenario.
    private let start: Int
    private var activity: Task<Void, Never>?

    /// Seconds that a person has to do what is asked.
    private static let patience = 300.0
    /// Seconds that a real system has to send what must not be sent.
    private static let silence = 20.0

    init(_ server: DMPServer, initiator: ReferenceInitiator?) async {
        self.server = server
        self.initiator = initiator
        mark = await server.lastNumber
        start = mark
    }

    /// All that came since the scenario began.
    var history: [ReceivedMessage] { get async { await server.received(after: start) } }

    /// Answers the messages of these steps so, each in its turn.
    nonisolated func script(_ receptions: [MessageReception]) {
        server.simulator.script.clear()
        for reception in receptions where !reception.expectsNone {
            server.script(next: [reception.answer ?? .nominal], for: reception.transaction)
        }
    }

    /// Lets the embedded system do what is asked; a person is told elsewhere.
    func begin(_ stimulus: Stimulus) async {
        await activity?.value
        guard let initiator else { return }
        activity = Task { await initiator.perform(stimulus) }
    }

    /// The next message of the step's transaction; nil where none comes.
    func next(_ reception: MessageReception) async -> ReceivedMessage? {
        let transaction = reception.transaction.rawValue
        let message: ReceivedMessage?
        if initiator != nil {
            // The embedded system has sent all that it will when its task is over.
            await activity?.value
            message = await server.received(after: mark).first { $0.transaction == transaction }
        } else {
            let seconds = reception.within ?? (reception.expectsNone ? Self.silence : Self.patience)
            message = await server.next(after: mark, within: seconds) { $0.transaction == transaction }
        }
        if let message { mark = message.number }
        return message
    }

    /// Ends what the embedded system is at.
    func end() async {
        activity?.cancel()
        await activity?.value
    }
}

/// Gives each scenario a DMP: one of its own with the embedded system, one after the other with a real one.
actor DMPHost {
    private let shared: DMPServer?
    private let misbehaviors: Set<ClientMisbehavior>
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter shared: the DMP that a real system was told of; nil: the embedded system finds its own.
    init(shared: DMPServer?, misbehaviors: Set<ClientMisbehavior>) {
        self.shared = shared
        self.misbehaviors = misbehaviors
    }

    /// A DMP for a scenario, with the answers that its steps ask for.
    ///
    /// - Throws: `HTTPError` when no port can be had; `StorageError`.
    func open(
        _ receptions: [MessageReception], exam: ExamFixture, services: RunServices, seed: UInt64
    ) async throws -> ReceivingDMP {
        let holdsExam = receptions.contains { $0.stimulus == .consult }
        let dmp: ReceivingDMP
        if let shared {
            await take()
            if holdsExam { try await shared.load(exam.submissionRequest([.report, .manifest])) }
            dmp = await ReceivingDMP(shared, initiator: nil)
        } else {
            var configuration = DMPConfiguration()
            configuration.seed = seed
            configuration.repositoryUniqueID = exam.repositoryUniqueID
            if holdsExam { configuration.submissions = [exam.submissionRequest([.report, .manifest])] }
            let server = try await DMPSimulator.start(configuration: configuration)
            dmp = await ReceivingDMP(
                server,
                initiator: ReferenceInitiator(
                    exam: exam, dmp: server, misbehaviors: misbehaviors, client: services.client, seed: seed))
        }
        dmp.script(receptions)
        return dmp
    }

    /// Takes the DMP of a scenario back.
    func close(_ dmp: ReceivingDMP) async {
        await dmp.end()
        guard shared != nil else { return await dmp.server.stop() }
        dmp.server.simulator.script.clear()
        leave()
    }

    /// Ends the DMP that all scenarios share.
    func stop() async { await shared?.stop() }

    private func take() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            isTaken = false
            return
        }
        waiting.removeFirst().resume()
    }
}
