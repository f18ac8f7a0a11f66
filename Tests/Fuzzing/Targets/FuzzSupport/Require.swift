/// Ends the run where `condition` does not hold; unlike `precondition`, it says why in a release build too.
@inline(__always)
public func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
}
