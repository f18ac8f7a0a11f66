internal import Synchronization

/// The connections of one server: how many there are, and how they all end.
final class ConnectionTable: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var last = 0
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// Whether one more connection may begin.
    var hasRoom: Bool { state.withLock { !$0.isClosed && $0.tasks.count < limit } }

    /// Serves a connection in a task of its own; the work always runs, cancelled where the server stops.
    func start(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            state.last += 1
            let number = state.last
            // The task is entered before it can leave: it takes the same lock.
            let task = Task {
                await work()
                leave(number)
            }
            state.tasks[number] = task
            if state.isClosed { task.cancel() }
        }
    }

    private func leave(_ number: Int) { state.withLock { $0.tasks[number] = nil } }

    /// Lets no connection begin, and cancels those that are open.
    func close() {
        // Outside the lock: cancelling runs other code's handlers.
        let tasks = state.withLock { state in
            state.isClosed = true
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
    }

    /// Waits until every connection ended.
    func drain() async {
        while let task = state.withLock({ $0.tasks.values.first }) { await task.value }
    }
}
