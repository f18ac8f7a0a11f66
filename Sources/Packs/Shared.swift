internal import Synchronization

/// A value that the first who asks for it makes; others wait for it meanwhile.
final class Shared<Value: Sendable, Failure: Error>: Sendable {
    private let result = Mutex<Result<Value, Failure>?>(nil)

    /// The value, or why there is none: that is remembered, too.
    func value(_ make: () throws(Failure) -> Value) -> Result<Value, Failure> {
        result.withLock { result in
            if let result { return result }
            let made = Result { () throws(Failure) in try make() }
            result = made
            return made
        }
    }
}
