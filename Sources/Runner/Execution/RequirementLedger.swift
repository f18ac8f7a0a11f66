internal import Checks
internal import Conformance

/// What a run says of each requirement that the selected scenarios cover.
struct RequirementLedger {
    private var requirements: [RequirementRecord] = []

    /// The requirements that the scenarios of `plan` name and those of the rules that they apply, in the order of the
    /// profiles: the same list whether a scenario comes to judge them or not.
    init(profiles: [Profile], plan: Plan) {
        var named: [String: String] = [:]
        for planned in plan.scenarios {
            let profile = planned.scenario.profile
            let expected = planned.scenario.steps.flatMap { $0.expectations.flatMap(\.requirements) }
            let rules = planned.steps.flatMap { $0.judges.flatMap(\.ruleIDs) }
            for id in planned.scenario.requirements.map(\.id) + expected + rules where named[id] == nil {
                named[id] = profile
            }
        }
        var seen: Set<String> = []
        for profile in profiles {
            for requirement in profile.requirements where named[requirement.id] != nil {
                guard seen.insert(requirement.id).inserted else { continue }
                requirements.append(RequirementRecord(requirement, profile: profile.id))
            }
        }
        for rule in RuleBook.descriptors where named[rule.id] != nil && seen.insert(rule.id).inserted {
            requirements.append(RequirementRecord(rule, profile: named[rule.id] ?? ""))
        }
    }

    /// The requirements with the verdicts that the outcomes in `scenarios` give them.
    ///
    /// A rule that judged though no scenario names it is listed too.
    func records(_ scenarios: [ScenarioRecord]) -> [RequirementRecord] {
        var verdicts: [String: Verdict] = [:]
        var proofs: [String: [String]] = [:]
        var warnings: [String: Int] = [:]
        var profiles: [String: String] = [:]
        for scenario in scenarios {
            for step in scenario.steps {
                for check in step.checks {
                    for outcome in check.outcomes {
                        let id = outcome.requirement
                        profiles[id] = profiles[id] ?? scenario.profile
                        proofs[id, default: []].append("\(scenario.id)/\(step.id)/\(check.id)")
                        verdicts[id] = Self.combined(verdicts[id], outcome.verdict)
                    }
                    for finding in check.findings where finding.severity == .warning {
                        if let id = finding.requirement { warnings[id, default: 0] += 1 }
                    }
                }
            }
        }
        let known = Set(requirements.map(\.id))
        let others = RuleBook.descriptors.filter { verdicts[$0.id] != nil && !known.contains($0.id) }
            .map { RequirementRecord($0, profile: profiles[$0.id] ?? "") }
        return (requirements + others).map { requirement in
            var requirement = requirement
            requirement.verdict = verdicts[requirement.id] ?? .notRun
            requirement.proofs = proofs[requirement.id] ?? []
            requirement.warnings = warnings[requirement.id] ?? 0
            return requirement
        }
    }

    /// The greater of both; a place where a rule had nothing to look at does not hide a place where it had.
    private static func combined(_ old: Verdict?, _ new: Verdict) -> Verdict {
        guard let old else { return new }
        let silent: Set<Verdict> = [.notRun, .notApplicable, .skipped]
        if silent.contains(old), !silent.contains(new) { return new }
        if silent.contains(new), !silent.contains(old) { return old }
        return max(old, new)
    }
}
