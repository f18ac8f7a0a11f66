/// A judgement, from the least to the greatest in the order of the roll-up.
///
/// *fail*: the system under test breaks a requirement. *error*: the harness could not judge. *inconclusive*: the
/// exchange ended before the requirement could be seen. *notRun*: a layer or check did not run. *skipped*: a
/// precondition failed. *notApplicable*: the declared options exclude it.
public enum Verdict: String, Codable, Sendable, CaseIterable, Comparable {
    case notApplicable, pass, skipped, notRun, inconclusive, error, fail

    private var rank: Int {
        switch self {
        case .notApplicable: 0
        case .pass: 1
        case .skipped: 2
        case .notRun: 3
        case .inconclusive: 4
        case .error: 5
        case .fail: 6
        }
    }

    /// The order of the roll-up: a parent takes the greatest of its required children.
    public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

    /// The verdict of a parent: the greatest of its required children.
    ///
    /// A `notRun` of a child that nothing selected demands leaves the parent; a child that is not required counts
    /// when it fails or errs, since a proven fault is never hidden. No child at all is `notRun`: nothing was judged.
    public static func rollUp(_ children: some Sequence<(verdict: Verdict, isRequired: Bool)>) -> Verdict {
        var result: Verdict?
        for child in children {
            guard child.isRequired || child.verdict != .notRun else { continue }
            result = max(result ?? child.verdict, child.verdict)
        }
        return result ?? .notRun
    }
}

/// How much a finding weighs: SHALL gives a violation, SHOULD a warning, MAY information.
///
/// Only a violation changes a verdict.
public enum Severity: String, Codable, Sendable, CaseIterable {
    case violation, warning, information
}
