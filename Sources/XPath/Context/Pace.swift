/// Counts the steps of an evaluation against its limits: those of one expression, of all, and the time.
///
/// All limits are one number that steps are compared with, so that counting costs one addition and one comparison.
struct Pace {
    /// The steps so far.
    var steps = 0
    /// The count at which `overrun` is to be asked.
    private(set) var limit = 0
    /// Set when nothing more may be evaluated.
    private(set) var exhaustion: XPathError? { didSet { isExhausted = exhaustion != nil } }
    private(set) var isExhausted = false

    private let maximumSteps: Int
    private let maximumTotal: Int
    private let deadline: ContinuousClock.Instant?
    /// Where the count stood when it was last begun anew.
    private var start = 0
    private var expressionEnd = 0
    private var nextLook: Int

    /// The steps between two looks at the clock: about a millisecond.
    private static let stepsBetweenLooks = 1 << 16

    init(_ settings: XPathSettings) {
        maximumSteps = settings.maximumSteps
        maximumTotal = settings.maximumTotalSteps ?? .max
        deadline = settings.deadline
        nextLook = settings.deadline == nil ? .max : 0
    }

    /// Starts an expression.
    @inline(__always)
    mutating func begin() {
        steps &+= 1
        expressionEnd = steps &+ maximumSteps
        limit = min(expressionEnd, totalEnd, nextLook)
    }

    private var totalEnd: Int { maximumTotal > .max - start ? .max : start + maximumTotal }

    /// Starts the count of all steps anew; the time goes on.
    mutating func restart() {
        start = steps
        if isOutOfSteps { exhaustion = nil }
        isOutOfSteps = false
    }

    private var isOutOfSteps = false

    /// What is wrong with a count beyond the limit; nil where only the clock was to be looked at.
    mutating func overrun() -> XPathError? {
        if let exhaustion { return exhaustion }
        if steps > totalEnd {
            isOutOfSteps = true
            exhaustion = XPathError("XPDY0130", "the evaluations took more than \(maximumTotal) steps together")
            return exhaustion
        }
        if let deadline, steps > nextLook {
            guard ContinuousClock.now < deadline else {
                exhaustion = XPathError("XPDY0130", "the time that the evaluations may take is over")
                return exhaustion
            }
            nextLook = steps &+ Self.stepsBetweenLooks
        }
        if steps > expressionEnd {
            return XPathError("XPDY0130", "the evaluation took more than \(maximumSteps) steps")
        }
        limit = min(expressionEnd, totalEnd, nextLook)
        return nil
    }
}
