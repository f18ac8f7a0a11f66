public import Conformance

/// A run with everything resolved and compiled, before any socket opens.
struct Plan: Sendable {
    var scenarios: [PlannedScenario]

    /// Whether a step that will be replayed looks at a TLS handshake.
    var looksAtHandshakes: Bool {
        scenarios.contains { $0.skip == nil && $0.steps.contains { $0.certificate != nil } }
    }
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
        case receive(MessageReception)
    }

    var step: Step
    var action: Action
    var judges: [any ExpectationJudge]
    /// The certificate that it shows, where it looks at the handshake.
    var certificate: ShownCertificate?
}

/// Makes a plan of scenarios.
enum Planner {
    /// The plan; every author's error of every scenario is thrown at once.
    static func plan(_ scenarios: [Scenario], for target: PlannedTarget) throws(RunError) -> Plan {
        var errors: [LoadError] = []
        var planned: [PlannedScenario] = []
        for scenario in scenarios {
            let steps = scenario.steps.compactMap { plan($0, &errors) }
            var entry = PlannedScenario(scenario: scenario, steps: steps)
            entry.skip = target.obstacle(scenario, steps)
            planned.append(entry)
        }
        guard errors.isEmpty else {
            throw RunError(.scenario, "\(errors.count) error(s) in the scenarios", errors: errors)
        }
        return Plan(scenarios: planned)
    }

    /// The step with its driver and judges; nil when its action cannot be understood. Every error is told.
    private static func plan(_ step: Step, _ errors: inout [LoadError]) -> PlannedStep? {
        var judges: [any ExpectationJudge] = []
        for expectation in step.expectations {
            do throws(LoadError) {
                guard let judge = ExpectationJudges.all[expectation.kind] else {
                    throw LoadError(expectation.location, "no judge for '\(expectation.kind)'")
                }
                judges.append(try judge.init(expectation))
            } catch {
                errors.append(error)
            }
        }
        errors += step.misplaced
        if step.expectations.isEmpty {
            errors.append(
                LoadError(step.location, "the step '\(step.id)' expects nothing", advice: "add a line under 'expect:'"))
        }
        do throws(LoadError) {
            return PlannedStep(
                step: step, action: try action(of: step), judges: judges, certificate: try ShownCertificate.of(step))
        } catch {
            errors.append(error)
            return nil
        }
    }

    private static func action(of step: Step) throws(LoadError) -> PlannedStep.Action {
        switch step.action {
        case .send(let transaction):
            guard let driver = TransactionDrivers.all[transaction] else {
                let known = TransactionDrivers.all.keys.sorted().joined(separator: ", ")
                throw LoadError(
                    step.location, "no step can send '\(transaction)'", advice: "known here: \(known)",
                    length: transaction.utf8.count)
            }
            return .send(try driver.init(step), endpoint: try endpoint(of: step, standard: driver.endpoint))
        case .receive(let transaction):
            return .receive(try MessageReception(transaction, step))
        case .check(let subject):
            return .check(try SubjectCollector(subject, step))
        }
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
}

/// Judges scenarios as a run would read them, without running them.
public enum ScenarioLint {
    /// Every error of steps and expectations, at its place.
    public static func errors(_ scenarios: [Scenario]) -> [LoadError] {
        do {
            _ = try Planner.plan(scenarios, for: .embedded)
            return []
        } catch {
            return error.errors
        }
    }
}

extension Step {
    /// The lines under `expect:` that look at what the step does not have: an answer, or a message.
    fileprivate var misplaced: [LoadError] {
        expectations.compactMap { expectation in
            let place = ExpectationKind.named(expectation.kind)?.place ?? .anywhere
            switch (place, action) {
            case (.answers, .receive):
                return LoadError(
                    expectation.location, "'\(expectation.kind)' looks at an answer: this step waits for a message",
                    length: expectation.kind.utf8.count)
            case (.messages, .send), (.messages, .check):
                return LoadError(
                    expectation.location, "'\(expectation.kind)' stands in steps that wait ('await: …')",
                    length: expectation.kind.utf8.count)
            default: return nil
            }
        }
    }
}

/// A driver that works with the exam that the system under test holds.
protocol UsesHeldExam {
    var usesHeldExam: Bool { get }
    /// What it needs of the exam beyond report and manifest.
    var examParts: Set<HeldExam.Part> { get }
}

extension UsesHeldExam {
    var examParts: Set<HeldExam.Part> { [] }
}
