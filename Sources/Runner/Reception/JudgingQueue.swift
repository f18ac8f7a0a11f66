public import Conformance
internal import Foundation
public import Simulators

/// The messages of a simulator that wait to be judged, at most so many: who brings one more waits until there is room.
///
/// So every message is judged, however fast they come: the answers wait, and memory stays bounded.
///
///     let queue = JudgingQueue { message in … } report: { message, judgement in … }
///     await queue.add(message)              // on the way of each answer
///     await queue.end(within: 30) { await dmp.stop() }
public actor JudgingQueue {
    /// Judges a message; nil where there is nothing to say of it.
    public typealias Judge = @Sendable (ReceivedMessage) async -> FileJudgement?
    /// Is told the judgement of each message once: `notRun` for one that was received and is not judged any more.
    public typealias Report = @Sendable (ReceivedMessage, FileJudgement?) async -> Void

    private let capacity: Int
    private let workers: Int
    private let judge: Judge
    private let report: Report
    private var waiting: [ReceivedMessage] = []
    /// Who brings a message while there is no room.
    private var bringers: [CheckedContinuation<Void, Never>] = []
    /// What is being judged, by number.
    private var underway: [Int: ReceivedMessage] = [:]
    /// How many judgements are being told.
    private var telling = 0
    /// Whether no more messages will be brought.
    private var isClosed = false
    /// Whether nothing more is judged.
    private var isOver = false
    private var ending: CheckedContinuation<Void, Never>?

    /// - Parameters:
    ///   - capacity: how many messages wait at most.
    ///   - workers: how many are judged at once; nil: as many as there are processors.
    public init(capacity: Int = 32, workers: Int? = nil, judge: @escaping Judge, report: @escaping Report) {
        self.capacity = max(1, capacity)
        self.workers = max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount)
        self.judge = judge
        self.report = report
    }

    /// Takes a message, once there is room for it; after the end it is told as not judged.
    public func add(_ message: ReceivedMessage) async {
        while !isOver, waiting.count >= capacity {
            await withCheckedContinuation { bringers.append($0) }
        }
        guard !isOver else { return await abandon(message) }
        waiting.append(message)
        startNext()
    }

    private func startNext() {
        while !isOver, underway.count < workers, !waiting.isEmpty {
            let message = waiting.removeFirst()
            underway[message.number] = message
            if !bringers.isEmpty { bringers.removeFirst().resume() }
            Task {
                let judgement = await judge(message)
                await self.tell(judgement, of: message)
            }
        }
        if isIdle { finish() }
    }

    private var isIdle: Bool { isClosed && waiting.isEmpty && underway.isEmpty && telling == 0 }

    private func tell(_ judgement: FileJudgement?, of message: ReceivedMessage) async {
        // What was given up meanwhile is told as such already.
        guard underway.removeValue(forKey: message.number) != nil else { return }
        telling += 1
        startNext()
        await report(message, judgement)
        telling -= 1
        if isIdle { finish() }
    }

    private func abandon(_ message: ReceivedMessage) async {
        await report(message, .notJudged(message.name, Self.late))
    }

    private func finish() {
        ending?.resume()
        ending = nil
    }

    // MARK: The end

    /// Judges what is there, for at most `seconds`, while `stop` ends the simulator; the rest is told as not judged.
    ///
    /// - Parameter stop: returns when no more messages will be brought; it may wait for those that are being brought.
    public func end(within seconds: Double, _ stop: @escaping @Sendable () async -> Void) async {
        let limit = Task {
            try? await Task.sleep(for: .seconds(seconds))
            if !Task.isCancelled { await self.giveUp() }
        }
        await stop()
        isClosed = true
        if !isIdle { await withCheckedContinuation { ending = $0 } }
        limit.cancel()
        isOver = true
    }

    private func giveUp() async {
        guard !isOver else { return }
        isOver = true
        let rest = underway.values.sorted { $0.number < $1.number } + waiting
        underway = [:]
        waiting = []
        for bringer in bringers { bringer.resume() }
        bringers = []
        telling += 1
        for message in rest { await abandon(message) }
        telling -= 1
        if isIdle { finish() }
    }

    private static let late = LocalizedText(
        fr: "Le simulateur s'est arrêté avant que le message ne soit jugé ; la limite est celle de --drain",
        en: "The simulator stopped before the message was judged; the limit is that of --drain")
}

extension ReceivedMessage {
    /// `#12 ITI-41`: what the judgement calls it.
    public var name: String { "#\(number) \(transaction ?? "?")" }
}

extension FileJudgement {
    /// A message that was received and not judged, and why.
    public static func notJudged(_ name: String, _ reason: LocalizedText) -> FileJudgement {
        FileJudgement(
            file: name, kind: nil, layers: [LayerJudgement("judgement", .notRun, fr: reason.fr, en: reason.en)],
            summary: [])
    }
}
