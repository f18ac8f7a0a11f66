internal import Conformance
internal import Foundation
internal import HTTP
internal import Simulators

/// Replays one scenario, step by step, and records it.
struct ScenarioRunner: Sendable {
    let planned: PlannedScenario
    let services: RunServices
    let seed: UInt64

    private var scenario: Scenario { planned.scenario }

    func run() async -> ScenarioRecord {
        let started = Date()
        var steps: [StepRecord] = []
        if let reason = planned.skip {
            steps = scenario.steps.map { skipped($0, reason) }
        } else {
            steps = await replay()
        }
        return ScenarioRecord(
            id: scenario.id, title: scenario.title, summary: scenario.summary, location: scenario.location,
            profile: scenario.profile, role: scenario.role, tags: scenario.tags,
            requirements: scenario.requirements.map(\.id), startedAt: started.iso8601,
            duration: Date().timeIntervalSince(started), steps: steps)
    }

    private func replay() async -> [StepRecord] {
        let identifiers = Identifiers(seed: seed, scope: scenario.id)
        let exam = ScenarioExam(
            fresh: services.freshExam(seed: identifiers.number("exam")), held: services.heldExam,
            patients: services.patients)
        var variables = exam.variables
        for variable in scenario.variables {
            variables[variable.name] = (try? variables.expand(variable.value)) ?? variable.value
        }
        var earlier: [String: StepEvidence] = [:]
        var records: [StepRecord] = []
        var obstacle: LocalizedText?
        let dmp: ReceivingDMP?
        do {
            dmp = try await openDMP(exam.fresh, identifiers)
        } catch {
            let reason = LocalizedText(
                fr: "Le DMP simulé n'a pas pu être lancé : \(error)", en: "The simulated DMP did not start: \(error)")
            return scenario.steps.map { withheld($0, .error, reason) }
        }
        for planned in planned.steps {
            if let obstacle {
                records.append(skipped(planned.step, obstacle))
                continue
            }
            let (record, evidence) = await replay(planned, earlier, variables, identifiers, exam, dmp)
            earlier[planned.step.id] = evidence
            for (name, value) in record.captures { variables[name] = value }
            if let failure = evidence.failure, planned.certificate == nil || !failure.refusesClientCertificate {
                // Nothing more can be learnt from a system that does not answer.
                obstacle = LocalizedText(
                    fr: "L'étape « \(record.id) » n'a pas reçu de réponse",
                    en: "The step '\(record.id)' received no answer")
            }
            records.append(services.secrets.hidden(record))
        }
        if let dmp { await services.host.close(dmp) }
        return records
    }

    /// The DMP of the scenario; nil where no step waits.
    private func openDMP(_ exam: ExamFixture, _ identifiers: Identifiers) async throws -> ReceivingDMP? {
        let receptions = planned.steps.compactMap { step -> MessageReception? in
            guard case .receive(let reception) = step.action else { return nil }
            return reception
        }
        guard !receptions.isEmpty else { return nil }
        return try await services.host.open(
            receptions, exam: exam, services: services, seed: identifiers.number("dmp"))
    }

    /// One step; apart, so that nothing holds the evidence of earlier steps when that of this one joins it.
    private func replay(
        _ planned: PlannedStep, _ earlier: [String: StepEvidence], _ variables: Variables, _ identifiers: Identifiers,
        _ exam: ScenarioExam, _ dmp: ReceivingDMP?
    ) async -> (record: StepRecord, evidence: StepEvidence) {
        let context = StepContext(
            step: planned.step, endpoint: services.url(of: planned), earlier: earlier, variables: variables,
            identifiers: identifiers, services: services, exam: exam, dmp: dmp)
        return await StepRunner(planned: planned, context: context).run()
    }

    /// A step that is not carried out; each of its check points says why.
    private func skipped(_ step: Step, _ reason: LocalizedText) -> StepRecord { withheld(step, .skipped, reason) }

    private func withheld(_ step: Step, _ verdict: Verdict, _ reason: LocalizedText) -> StepRecord {
        var checks = CheckRecord.born(of: step)
        for index in checks.indices { checks[index].apply(Judgement(verdict: verdict, reason: reason)) }
        return StepRecord(
            id: step.id, kind: step.kind, title: step.shownTitle,
            location: step.location, startedAt: Date().iso8601, duration: 0, checks: checks)
    }
}
