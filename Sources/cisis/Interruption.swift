import Dispatch
import Foundation

/// Acts at the first signal to stop; the second one kills.
final class Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameter isRun: whether a run is interrupted, whose record is written all the same.
    init(isRun: Bool = true, _ action: @escaping @Sendable () -> Void) {
        for number in Self.signals {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                for number in Self.signals { signal(number, SIG_DFL) }
                if isRun { Terminal.say("cisis: interrupted; the record of what was replayed is written") }
                action()
            }
            source.resume()
            sources.append(source)
        }
    }

    func end() {
        for source in sources { source.cancel() }
        for number in Self.signals { signal(number, SIG_DFL) }
    }
}
