public import Foundation
import SOAP
public import XDS

/// A remark of a simulator on what it received.
public struct ReceivedFault: Sendable, Hashable {
    /// A stable code: `soap.action-missing`, `mtom.line-ends-lf`, `XDSRepositoryMetadataError`, `wado.no-token`.
    public let code: String
    public let english: String
    public let french: String
    public let expected: String?
    public let actual: String?
    /// Offset in the body.
    public let byteOffset: Int?
    /// The element, the slot or the header.
    public let place: String?

    init(
        _ code: String, en english: String, fr french: String, expected: String? = nil, actual: String? = nil,
        byteOffset: Int? = nil, place: String? = nil
    ) {
        self.code = code
        self.english = english
        self.french = french
        self.expected = expected
        self.actual = actual
        self.byteOffset = byteOffset
        self.place = place
    }
}

/// One message that a simulator received, what it thought of it, and how it answered.
public struct ReceivedMessage: Sendable {
    /// From 1, in the order of the answers.
    public let number: Int
    /// `dmp` or `source`.
    public let actor: String
    /// `ITI-41`, `WADO-RS`, …; nil where the message is of none.
    public let transaction: String?
    public let request: SimulatorRequest
    /// The answer, as it left.
    public let answer: SimulatorAnswer
    public let faults: [ReceivedFault]
    /// The errors and warnings of the answer, where it is one of the registry or the repository.
    public let errors: [RegistryError]
    /// The scripted answer that this was; nil for an answer by the rules.
    public let scripted: ScriptedAnswer?
    /// `wsa:MessageID`, where there is one.
    public let messageID: String?
    /// When the answer was ready.
    public let answered: Date

    /// The HTTP status of the answer.
    public var status: Int { answer.status }
}

/// An answer and what is remarked of it.
struct AnswerOutcome: Sendable {
    var answer: SimulatorAnswer
    var transaction: DMPTransaction?
    var scripted: ScriptedAnswer?
    var faults: [ReceivedFault]
    var errors: [RegistryError]
    var exchange: SOAPExchange?

    init(
        _ answer: SimulatorAnswer, transaction: DMPTransaction? = nil, scripted: ScriptedAnswer? = nil,
        faults: [ReceivedFault] = [], errors: [RegistryError] = [], exchange: SOAPExchange? = nil
    ) {
        self.answer = answer
        self.transaction = transaction
        self.scripted = scripted
        self.errors = errors
        self.exchange = exchange
        self.faults =
            faults
            + errors.filter { !$0.isWarning }.map { error in
                ReceivedFault(
                    error.code.rawValue, en: error.context, fr: "Refusé : \(error.context)", place: error.location)
            }
    }
}

/// What the simulators of a system received, in order.
public actor MessageLog {
    /// The messages so far, the oldest dropped beyond the limit.
    public private(set) var messages: [ReceivedMessage] = []
    private let limit: Int?
    private let record: ExchangeLog?
    private let clock: @Sendable () -> Date
    private let receipt: (@Sendable (ReceivedMessage) async -> Void)?
    private var count = 0
    private var waiting: [Int: Waiter] = [:]
    private var waiters = 0

    private struct Waiter {
        let after: Int
        let matches: @Sendable (ReceivedMessage) -> Bool
        let continuation: CheckedContinuation<ReceivedMessage?, Never>
    }

    /// An empty log.
    ///
    /// - Parameters:
    ///   - limit: how many messages, with their bodies, are kept; nil: all.
    ///   - record: where a line for each message is written.
    ///   - receipt: is given each message before its answer leaves; the answer waits for it.
    public init(
        limit: Int? = nil, record: ExchangeLog? = nil, clock: @escaping @Sendable () -> Date = { Date() },
        receipt: (@Sendable (ReceivedMessage) async -> Void)? = nil
    ) {
        self.limit = limit
        self.record = record
        self.clock = clock
        self.receipt = receipt
    }

    func add(actor: String, _ request: SimulatorRequest, _ outcome: AnswerOutcome) async {
        await add(
            actor: actor, transaction: outcome.transaction?.rawValue, request, outcome.answer, outcome.faults,
            errors: outcome.errors, scripted: outcome.scripted,
            messageID: outcome.exchange?.message.envelope?.addressing.messageID)
    }

    func add(
        actor: String, transaction: String?, _ request: SimulatorRequest, _ answer: SimulatorAnswer,
        _ faults: [ReceivedFault], errors: [RegistryError] = [], scripted: ScriptedAnswer? = nil,
        messageID: String? = nil
    ) async {
        count += 1
        let message = ReceivedMessage(
            number: count, actor: actor, transaction: transaction, request: request, answer: answer, faults: faults,
            errors: errors, scripted: scripted, messageID: messageID, answered: clock())
        messages.append(message)
        if let limit, messages.count > limit { messages.removeFirst(messages.count - limit) }
        record?.append(message)
        for (key, waiter) in waiting where message.number > waiter.after && waiter.matches(message) {
            waiting[key] = nil
            waiter.continuation.resume(returning: message)
        }
        await receipt?(message)
    }

    /// The messages after the number `after`, 0 for all that are kept.
    public func messages(after: Int) -> [ReceivedMessage] { messages.filter { $0.number > after } }

    /// The number of the last message; 0 when there is none.
    public var lastNumber: Int { count }

    /// The first message after the number `after` that `matches`, waiting for it at most `seconds`; nil when none came.
    public func next(
        after: Int, within seconds: Double, where matches: @escaping @Sendable (ReceivedMessage) -> Bool = { _ in true }
    ) async -> ReceivedMessage? {
        if let message = messages.first(where: { $0.number > after && matches($0) }) { return message }
        waiters += 1
        let key = waiters
        let limit = Task {
            try? await Task.sleep(for: .seconds(seconds))
            self.giveUp(key)
        }
        defer { limit.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled, seconds > 0 else { return continuation.resume(returning: nil) }
                waiting[key] = Waiter(after: after, matches: matches, continuation: continuation)
            }
        } onCancel: {
            Task { await self.giveUp(key) }
        }
    }

    private func giveUp(_ key: Int) { waiting.removeValue(forKey: key)?.continuation.resume(returning: nil) }
}
