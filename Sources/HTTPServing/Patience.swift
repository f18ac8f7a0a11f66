internal import NIOCore
internal import Synchronization

/// The clock of one connection: who is to act, since when, and what happens when that takes too long.
///
/// The connection's task says what goes on; the event loop looks at it now and then.
final class Patience: Sendable {
    enum Phase {
        /// For a request, or the TLS handshake.
        case waiting
        case head
        case body
        /// The handler works: it may take its time.
        case answering
        case writing
        /// An answer was given before the request was read: the rest is let go by, so that the answer is not lost.
        case lingering
        case over
    }

    private enum Outcome {
        case patient
        case close
        case refuse(String)
        case over
    }

    private struct State {
        var phase = Phase.waiting
        var began = NIODeadline.now()
        var requestBegan = NIODeadline.now()
        var moved = NIODeadline.now()
        /// Bytes that came and that the connection's task has not looked at: it is the server who is waited for.
        var pending = 0
        var isExpired = false
        /// What the peer was told when a limit was passed.
        var refusal: String?
        /// Whether a whole request came.
        var hasServed = false
    }

    private static let lingering = TimeAmount.seconds(2)
    /// What a peer has from the connection to its first request before another may take its place.
    private static let grace = TimeAmount.milliseconds(500)

    private let limits: ServerLimits
    private let state = Mutex(State())

    init(limits: ServerLimits) { self.limits = limits }

    /// Says what goes on now.
    func enter(_ phase: Phase) {
        state.withLock { state in
            let now = NIODeadline.now()
            if phase == .head { state.requestBegan = now }
            state.phase = phase
            if phase == .answering { state.hasServed = true }
            state.began = now
            state.moved = now
        }
    }

    /// Lets the connection end for another one, where nothing of a request is at work on it.
    ///
    /// - Parameter isNew: asks only a connection on which no whole request came yet.
    /// - Returns: whether it ends now.
    func giveWay(ifNew isNew: Bool) -> Bool {
        state.withLock { state in
            switch state.phase {
            case .waiting, .head:
                guard state.pending == 0, !state.isExpired, !isNew || !state.hasServed,
                    NIODeadline.now() - state.began >= Self.grace
                else { return false }
                state.isExpired = true
                state.phase = .over
                return true
            case .body, .answering, .writing, .lingering, .over: return false
            }
        }
    }

    /// Why the request was answered by 408; nil where it was not.
    var refusal: String? { state.withLock { $0.refusal } }

    /// Says that the head was read: the clock of the whole request goes on.
    func enterBody() {
        state.withLock { state in
            state.phase = .body
            state.moved = NIODeadline.now()
        }
    }

    /// Says that so many bytes came.
    func received(_ count: Int) {
        state.withLock { state in
            let now = NIODeadline.now()
            if state.phase == .waiting {
                state.phase = .head
                state.began = now
                state.requestBegan = now
            }
            state.moved = now
            state.pending += count
        }
    }

    /// Says that so many of them were looked at.
    func took(_ count: Int) {
        state.withLock { state in
            state.pending -= count
            state.moved = NIODeadline.now()
        }
    }

    /// Whether a limit was passed: what comes now comes too late.
    var isExpired: Bool { state.withLock { $0.isExpired } }

    /// Says that the system took what was written.
    func wrote() {
        state.withLock { state in
            if state.phase == .writing { state.phase = .answering }
        }
    }

    /// Looks at the connection until it is over.
    func watch(_ channel: any Channel) {
        let shortest = min(limits.idle, limits.head, limits.request)
        let pause = TimeAmount.milliseconds(Int64(min(1000, max(10, shortest * 250))))
        channel.eventLoop.scheduleTask(in: pause) { [self] in
            switch judge() {
            case .patient:
                watch(channel)
            case .over:
                break
            case .close:
                channel.close(promise: nil)
            case .refuse(let reason):
                let text = reason + "\n"
                let answer =
                    "HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "Connection: close\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
                channel.writeAndFlush(ByteBuffer(string: answer)).whenComplete { _ in channel.close(promise: nil) }
            }
        }
    }

    private func judge() -> Outcome {
        state.withLock { state in
            if state.pending > 0, state.phase == .head || state.phase == .body { return .patient }
            let now = NIODeadline.now()
            let isIdle = now - state.moved >= Self.amount(limits.idle)
            let outcome: Outcome
            switch state.phase {
            case .over: return .over
            case .answering: return .patient
            case .waiting, .writing: outcome = isIdle ? .close : .patient
            case .lingering: outcome = now - state.began >= Self.lingering ? .close : .patient
            case .head:
                let isSlow = now - state.began >= Self.amount(limits.head)
                outcome = isIdle || isSlow ? .refuse("the head of the request did not end in time") : .patient
            case .body:
                let isSlow = now - state.requestBegan >= Self.amount(limits.request)
                outcome = isIdle || isSlow ? .refuse("the body of the request did not end in time") : .patient
            }
            if case .patient = outcome { return outcome }
            state.isExpired = true
            state.phase = .over
            if case .refuse(let reason) = outcome { state.refusal = reason }
            return outcome
        }
    }

    private static func amount(_ seconds: Double) -> TimeAmount {
        .nanoseconds(Int64(min(max(0, seconds), 1e9) * 1e9))
    }
}

/// Tells the clock of every byte when it comes, however busy the connection's task is.
final class ArrivalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let patience: Patience

    init(_ patience: Patience) { self.patience = patience }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        patience.received(Self.unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }
}
