public import Conformance

/// What a check point is for a continuous-integration server.
public enum JUnitOutcome: Sendable, CaseIterable {
    /// The system did what was asked.
    case passed
    /// The system under test breaks a requirement.
    case failure
    /// The harness could not judge.
    case error
    /// Not selected, a precondition failed, or it does not apply.
    case skipped
}

/// One judged point of a run: a check, or what stands for a step, scenario or run that holds none.
public struct CheckPoint: Sendable {
    /// Its scenario; nil for the point that speaks for the run.
    public let scenario: ScenarioRecord?
    /// Its step; nil for a point that speaks for a scenario or the run.
    public let step: StepRecord?
    /// The check, made up where the record holds none.
    public let check: CheckRecord
    /// Whether it is the first of its step.
    public let isFirstOfStep: Bool

    /// What it is for a continuous-integration server.
    public var outcome: JUnitOutcome {
        switch check.verdict {
        case .pass: .passed
        case .fail: .failure
        case .error, .inconclusive: .error
        case .notRun: check.isRequired ? .error : .skipped
        case .skipped, .notApplicable: .skipped
        }
    }

    /// `scenario/step/check`, the same in every run.
    public var path: String {
        [scenario?.id ?? "run", step?.id, step == nil && scenario != nil ? nil : check.id].compactMap { $0 }
            .joined(separator: "/")
    }

    func masked(by mask: IdentityMask) -> CheckPoint {
        CheckPoint(scenario: scenario, step: step, check: mask.masked(check), isFirstOfStep: isFirstOfStep)
    }

    /// The points of `record`, in its order.
    ///
    /// A step without check and a scenario without step are a point of their own, so that no report is greener than
    /// the exit code; so is the run when its exit code is not 0 and no other point says why, and when it was interrupted.
    public static func all(of record: RunRecord) -> [CheckPoint] {
        var points: [CheckPoint] = []
        for scenario in record.scenarios {
            if scenario.steps.isEmpty { points.append(standIn(for: scenario)) }
            for step in scenario.steps {
                if step.checks.isEmpty { points.append(standIn(for: step, of: scenario)) }
                for (index, check) in step.checks.enumerated() {
                    points.append(CheckPoint(scenario: scenario, step: step, check: check, isFirstOfStep: index == 0))
                }
            }
        }
        let isExplained = points.contains { $0.outcome == .failure || $0.outcome == .error }
        if record.isInterrupted || (record.exitCode != 0 && !isExplained) { points.append(ofRun(record)) }
        return points
    }

    /// The point of a scenario without step.
    static func standIn(for scenario: ScenarioRecord) -> CheckPoint {
        let check = CheckRecord(
            id: "none", layer: "", title: scenario.title, location: scenario.location,
            requirements: scenario.requirements, verdict: scenario.verdict, reason: Wording.noStep)
        return CheckPoint(scenario: scenario, step: nil, check: check, isFirstOfStep: true)
    }

    /// The point of a step without check.
    static func standIn(for step: StepRecord, of scenario: ScenarioRecord) -> CheckPoint {
        let check = CheckRecord(
            id: "none", layer: "", title: step.title, location: step.location, verdict: step.verdict,
            reason: Wording.noCheck)
        return CheckPoint(scenario: scenario, step: step, check: check, isFirstOfStep: true)
    }

    private static func ofRun(_ record: RunRecord) -> CheckPoint {
        let reason =
            record.isInterrupted
            ? Wording.interrupted : record.scenarios.isEmpty ? Wording.nothingReplayed : Wording.nothingPassed
        let check = CheckRecord(
            id: "verdict", layer: "", title: Wording.wholeRun, location: SourceLocation(file: "run.json", line: 1),
            verdict: record.isInterrupted ? .inconclusive : .notRun, reason: reason)
        return CheckPoint(scenario: nil, step: nil, check: check, isFirstOfStep: true)
    }
}

/// The counts of a run: every report takes them from here.
public struct RunSummary: Sendable, Equatable {
    /// How many there are of each verdict.
    public struct Counts: Sendable, Equatable {
        private var byVerdict: [Verdict: Int] = [:]
        /// How many of the errors are exchanges that did not end.
        private(set) var exchanges = 0

        init(_ standings: some Sequence<Standing>) {
            for standing in standings {
                byVerdict[standing.verdict, default: 0] += 1
                if standing.isOfExchange { exchanges += 1 }
            }
        }

        /// The numbers that are not 0, gravest first, each with what it counts.
        func listed() -> [(standing: Standing, number: Int)] {
            Verdict.byGravity.flatMap { verdict -> [(standing: Standing, number: Int)] in
                guard verdict == .error else { return [(Standing(verdict: verdict), self[verdict])] }
                return [
                    (Standing(verdict: .error), self[.error] - exchanges),
                    (Standing(verdict: .error, isOfExchange: true), exchanges),
                ]
            }.filter { $0.number > 0 }
        }

        /// `2 échecs`, `1 réussi`.
        func words(in language: Language) -> [String] {
            listed().map { $0.standing.counted($0.number).text(in: language) }
        }

        /// How many have `verdict`.
        public subscript(verdict: Verdict) -> Int { byVerdict[verdict] ?? 0 }

        /// All of them.
        public var total: Int { byVerdict.values.reduce(0, +) }
    }

    /// The scenarios by verdict.
    public let scenarios: Counts
    /// The check points by verdict.
    public let checks: Counts
    /// The requirements by verdict.
    public let requirements: Counts
    /// The check points by what a continuous-integration server calls them.
    public let outcomes: [JUnitOutcome: Int]
    /// The findings of severity warning.
    public let warnings: Int

    /// The counts of `record`.
    public init(of record: RunRecord) {
        self.init(of: record, points: CheckPoint.all(of: record))
    }

    init(of record: RunRecord, points: [CheckPoint]) {
        scenarios = Counts(record.scenarios.lazy.map(\.standing))
        checks = Counts(points.lazy.map(\.check.standing))
        requirements = Counts(record.requirements.lazy.map { Standing(verdict: $0.verdict) })
        outcomes = Self.outcomes(of: points)
        warnings = points.reduce(0) { sum, point in
            sum + point.check.findings.count { $0.severity == .warning }
        }
    }

    static func outcomes(of points: some Sequence<CheckPoint>) -> [JUnitOutcome: Int] {
        points.reduce(into: [:]) { $0[$1.outcome, default: 0] += 1 }
    }
}
