internal import NIOCore
internal import Synchronization

/// The connections of one server: how many there are, and how they all end.
///
/// When all places are taken, a new connection takes that of the oldest on which no request is at work: who opens many and
/// sends nothing shuts nobody out.
final class ConnectionTable: Sendable {
    private struct Entry {
        let task: Task<Void, Never>
        let patience: Patience
        let close: @Sendable () -> Void
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        /// Those that are told to end and have not left yet.
        var leaving: Set<Int> = []
        var last = 0
        var isClosed = false
        var told: NIODeadline?
    }

    private static let silence = TimeAmount.seconds(10)

    private let limit: Int
    private let isCrowded: @Sendable (Int) -> Void
    private let state = Mutex(State())

    /// - Parameter isCrowded: is told, now and then, that all places are taken.
    init(limit: Int, isCrowded: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.limit = limit
        self.isCrowded = isCrowded
    }

    /// Makes room for one more connection; false where each one is at work.
    func makeRoom() -> Bool {
        let (hasRoom, close, isToTell) = state.withLock { state -> (Bool, (@Sendable () -> Void)?, Bool) in
            guard !state.isClosed else { return (false, nil, false) }
            guard state.entries.count - state.leaving.count >= limit else { return (true, nil, false) }
            let now = NIODeadline.now()
            let isToTell = state.told.map { now - $0 >= Self.silence } ?? true
            if isToTell { state.told = now }
            guard let number = Self.oldest(state), let entry = state.entries[number] else {
                return (false, nil, isToTell)
            }
            state.leaving.insert(number)
            return (true, entry.close, isToTell)
        }
        close?()
        if isToTell { isCrowded(limit) }
        return hasRoom
    }

    /// The oldest connection that lets itself end: one without any request before one between two.
    private static func oldest(_ state: State) -> Int? {
        let numbers = state.entries.keys.filter { !state.leaving.contains($0) }.sorted()
        for isNew in [true, false] {
            for number in numbers where state.entries[number]?.patience.giveWay(ifNew: isNew) ?? false {
                return number
            }
        }
        return nil
    }

    /// Serves a connection in a task of its own; the work always runs, cancelled where the server stops.
    func start(
        _ patience: Patience, close: @escaping @Sendable () -> Void, _ work: @escaping @Sendable () async -> Void
    ) {
        state.withLock { state in
            state.last += 1
            let number = state.last
            // The task is entered before it can leave: it takes the same lock.
            let task = Task {
                await work()
                leave(number)
            }
            state.entries[number] = Entry(task: task, patience: patience, close: close)
            if state.isClosed { task.cancel() }
        }
    }

    private func leave(_ number: Int) {
        state.withLock { state in
            state.entries[number] = nil
            state.leaving.remove(number)
        }
    }

    /// Lets no connection begin, and cancels those that are open.
    func close() {
        // Outside the lock: cancelling runs other code's handlers.
        let tasks = state.withLock { state in
            state.isClosed = true
            return state.entries.values.map(\.task)
        }
        for task in tasks { task.cancel() }
    }

    /// Waits until every connection ended.
    func drain() async {
        while let task = state.withLock({ $0.entries.values.first?.task }) { await task.value }
    }
}
