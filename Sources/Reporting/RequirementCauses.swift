internal import Conformance

/// Why requirements were not judged: the reasons of the checks that should have shown them.
struct RequirementCauses {
    private var checks: [String: CheckRecord] = [:]
    /// The reasons of skipped scenarios, by the requirements that they name.
    private var skipped: [String: [LocalizedText]] = [:]

    /// The causes in `record`, of which `points` are all the points.
    init(of record: RunRecord, points: [CheckPoint]) {
        for point in points where ![.pass, .fail].contains(point.check.verdict) { checks[point.path] = point.check }
        for scenario in record.skippedScenarios {
            for id in scenario.requirements where skipped[id] == nil { skipped[id] = scenario.skipReasons }
        }
    }

    /// At most three reasons, each once; none for a requirement that was judged.
    func reasons(of requirement: RequirementRecord) -> [LocalizedText] {
        guard requirement.verdict != .pass, requirement.verdict != .fail else { return [] }
        var reasons: [LocalizedText] = []
        for check in requirement.proofs.prefix(200).compactMap({ checks[$0] }) where reasons.count < 3 {
            let reason = Wording.reason(of: check)
            if check.reason != nil, !reasons.contains(reason) { reasons.append(reason) }
        }
        if reasons.isEmpty { reasons = skipped[requirement.id] ?? [] }
        return reasons.isEmpty && [.skipped, .notRun].contains(requirement.verdict) ? [Wording.unjudged] : reasons
    }
}
