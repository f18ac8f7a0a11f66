internal import Conformance

/// A run with everything resolved and compiled, before any socket opens.
struct Plan: Sendable {
    var scenarios: [PlannedScenario]
}

/// A scenario that is ready, or that is skipped with its reason.
struct PlannedScenario: Sendable {
    var scenario: Scenario
    var steps: [PlannedStep]
    /// Why it won't be replayed.
    var skip: LocalizedText?
}

/// A step whose arguments are understood.
struct PlannedStep: Sendable {
    enum Action: Sendable {
        case send(any TransactionDriver, endpoint: SystemUnderTest.Endpoint)
        case check(SubjectCollector)
    }

    var step: Step
    var action: Action
    var judges: [any ExpectationJudge]
}

/// Makes a plan of scenarios.
enum Planner {
    /// The plan; every author's error of every scenario is thrown at once.
    static func plan(_ scenarios: [Scenario], endpoints: Set<SystemUnderTest.Endpoint>, holdsExam: Bool)
        throws(RunError) -> Plan
    {
        var errors: [LoadError] = []
        var planned: [PlannedScenario] = []
        for scenario in scenarios {
            var steps: [PlannedStep] = []
            for step in scenario.steps {
                do {
                    steps.append(try plan(step))
                } catch {
                    errors.append(error)
                }
            }
            var entry = PlannedScenario(scenario: scenario, steps: steps)
            entry.skip = obstacle(steps, endpoints: endpoints, holdsExam: holdsExam)
            planned.append(entry)
        }
        guard errors.isEmpty else {
            throw RunError(.scenario, "\(errors.count) error(s) in the scenarios", errors: errors)
        }
        return Plan(scenarios: planned)
    }

    private static func plan(_ step: Step) throws(LoadError) -> PlannedStep {
        let action: PlannedStep.Action
        switch step.action {
        case .send(let transaction):
            guard let driver = TransactionDrivers.all[transaction] else {
                let known = TransactionDrivers.all.keys.sorted().joined(separator: ", ")
                throw LoadError(
                    step.location, "no step can send '\(transaction)'", advice: "known here: \(known)",
                    length: transaction.utf8.count)
            }
            action = .send(try driver.init(step), endpoint: try endpoint(of: step, standard: driver.endpoint))
        case .check(let subject):
            action = .check(try SubjectCollector(subject, step))
        }
        var judges: [any ExpectationJudge] = []
        for expectation in step.expectations {
            guard let judge = ExpectationJudges.all[expectation.kind] else {
                throw LoadError(expectation.location, "no judge for '\(expectation.kind)'")
            }
            judges.append(try judge.init(expectation))
        }
        return PlannedStep(step: step, action: action, judges: judges)
    }

    private static func endpoint(of step: Step, standard: SystemUnderTest.Endpoint)
        throws(LoadError) -> SystemUnderTest.Endpoint
    {
        guard let name = step.to else { return standard }
        guard let endpoint = SystemUnderTest.Endpoint(rawValue: name) else {
            let known = SystemUnderTest.Endpoint.allCases.map(\.rawValue).joined(separator: ", ")
            throw LoadError(step.location, "no endpoint is called '\(name)'", advice: "known here: \(known)")
        }
        return endpoint
    }

    /// Why the scenario cannot be replayed against a system with these endpoints.
    private static func obstacle(
        _ steps: [PlannedStep], endpoints: Set<SystemUnderTest.Endpoint>, holdsExam: Bool
    ) -> LocalizedText? {
        var missing: [String] = []
        for step in steps {
            if case .send(_, let endpoint) = step.action, !endpoints.contains(endpoint),
                !missing.contains(endpoint.rawValue)
            {
                missing.append(endpoint.rawValue)
            }
        }
        if !missing.isEmpty {
            let names = missing.joined(separator: ", ")
            return LocalizedText(
                fr: "Le fichier cible ne déclare pas : \(names)", en: "The target file does not declare: \(names)")
        }
        let needsExam = steps.contains { step in
            switch step.action {
            case .send(let driver, _): return (driver as? any UsesHeldExam)?.usesHeldExam ?? false
            case .check(let collector): return collector.usesHeldExam
            }
        }
        guard needsExam, !holdsExam else { return nil }
        return LocalizedText(
            fr: "Le fichier cible ne déclare pas d'examen détenu par le système (clé « exam »)",
            en: "The target file declares no exam that the system holds (key 'exam')")
    }
}

/// A driver that works with the exam that the system under test holds.
protocol UsesHeldExam {
    var usesHeldExam: Bool { get }
}
