internal import Foundation

/// A bounded executor for work that blocks or computes long: schemas, Schematrons, signatures, XSLT.
///
/// Such work on Swift's shared pool would hold one of its few threads; two of them on two cores stop everything.
package final class WorkerPool: Sendable {
    /// The pool of the process: one worker a core.
    package static let shared = WorkerPool(width: max(2, ProcessInfo.processInfo.activeProcessorCount))

    private let queue: OperationQueue

    package init(width: Int) {
        queue = OperationQueue()
        queue.name = "cisis.workers"
        queue.maxConcurrentOperationCount = width
    }

    /// Runs `body` on a worker and suspends until it ends.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result(catching: body)) }
        }
    }

    /// Runs `body`, which cannot fail, on a worker and suspends until it ends.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: body()) }
        }
    }
}
