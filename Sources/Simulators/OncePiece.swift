import Synchronization

/// Bytes that are made when they are asked for, once.
final class OncePiece: Sendable {
    private let isSpent = Mutex(false)
    private let make: @Sendable () -> [UInt8]

    init(_ make: @escaping @Sendable () -> [UInt8]) { self.make = make }

    /// The bytes at the first call, nil after.
    func next() -> [UInt8]? {
        let first = isSpent.withLock { spent in
            defer { spent = true }
            return !spent
        }
        return first ? make() : nil
    }
}

/// Hands out the elements of a list one by one.
final class Queue<Item: Sendable>: Sendable {
    private let rest: Mutex<ArraySlice<Item>>

    init(_ items: [Item]) { rest = Mutex(items[...]) }

    /// The next element, nil at the end.
    func next() -> Item? { rest.withLock { $0.popFirst() } }
}
