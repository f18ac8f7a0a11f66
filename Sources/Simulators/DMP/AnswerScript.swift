import Synchronization

/// How a DMP answers the next messages: what was asked for, in order, then by the rules.
///
/// Shared by the DMP and the scenario that waits for the client.
public final class AnswerScript: Sendable {
    private struct State {
        var queue: [(transaction: DMPTransaction?, answer: ScriptedAnswer)] = []
        var standing: [DMPTransaction: ScriptedAnswer] = [:]
        var standingForAll: ScriptedAnswer?
    }

    private let state = Mutex(State())

    /// A script that asks for nothing.
    public init() {}

    /// Answers the next messages so, one each; with a transaction, the next messages of that transaction.
    public func next(_ answers: [ScriptedAnswer], for transaction: DMPTransaction? = nil) {
        state.withLock { $0.queue += answers.map { (transaction, $0) } }
    }

    /// Answers every message so, after those of `next`; nil ends it.
    public func always(_ answer: ScriptedAnswer?, for transaction: DMPTransaction? = nil) {
        state.withLock { state in
            guard let transaction else { return state.standingForAll = answer }
            state.standing[transaction] = answer
        }
    }

    /// Asks for nothing any more.
    public func clear() { state.withLock { $0 = State() } }

    /// How many answers of `next` were not given yet.
    public var pending: Int { state.withLock { $0.queue.count } }

    /// The answer to a message; nil: by the rules.
    func take(_ transaction: DMPTransaction?) -> ScriptedAnswer? {
        state.withLock { state in
            let index = state.queue.firstIndex { $0.transaction == nil || $0.transaction == transaction }
            if let index { return state.queue.remove(at: index).answer }
            return transaction.flatMap { state.standing[$0] } ?? state.standingForAll
        }
    }
}
