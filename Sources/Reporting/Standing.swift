internal import Conformance

/// A verdict as people read it: an exchange that did not end is no fault of the harness, though both are `error`.
struct Standing: Hashable {
    let verdict: Verdict
    /// Whether the error is that of an exchange: a refused or closed connection, TLS, a cut body.
    var isOfExchange = false

    /// The verdict as words.
    var word: LocalizedText {
        isOfExchange ? LocalizedText(fr: "échange non abouti", en: "exchange not completed") : verdict.word
    }

    /// So many of them.
    func counted(_ number: Int, isFeminine: Bool = false) -> LocalizedText {
        guard isOfExchange else { return verdict.counted(number, isFeminine: isFeminine) }
        let isPlural = number > 1
        return LocalizedText(
            fr: "\(number) \(isPlural ? "échanges non aboutis" : word.fr)",
            en: "\(number) \(isPlural ? "exchanges not completed" : word.en)")
    }
}

extension CheckRecord {
    /// The findings that say more than the reason: of a check that could not be judged, a finding that only repeats
    /// it is no fault that anybody found.
    var tellingFindings: [Finding] {
        guard verdict != .fail, let reason, !reason.fr.isEmpty else { return findings }
        return findings.filter { $0.severity != .violation || !$0.message.fr.contains(reason.fr) }
    }

    var standing: Standing { Standing(verdict: verdict, isOfExchange: verdict == .error && layer == "transport") }
}

extension StepRecord {
    var standing: Standing {
        let errors = checks.lazy.filter { $0.verdict == .error }
        let isOfExchange = verdict == .error && !errors.isEmpty && errors.allSatisfy(\.standing.isOfExchange)
        return Standing(verdict: verdict, isOfExchange: isOfExchange)
    }
}

extension ScenarioRecord {
    var standing: Standing {
        let errors = steps.lazy.filter { $0.verdict == .error }
        let isOfExchange = verdict == .error && !errors.isEmpty && errors.allSatisfy(\.standing.isOfExchange)
        return Standing(verdict: verdict, isOfExchange: isOfExchange)
    }

    /// Why its checks were skipped: each reason once, at most three.
    var skipReasons: [LocalizedText] {
        var reasons: [LocalizedText] = []
        for check in steps.lazy.flatMap(\.checks) where check.verdict == .skipped && reasons.count < 3 {
            let reason = Wording.reason(of: check)
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        return reasons.isEmpty ? [steps.isEmpty ? Wording.noStep : Wording.noReason] : reasons
    }
}

extension RunRecord {
    /// The scenarios that were not replayed, or not to their end, because a precondition failed.
    var skippedScenarios: [ScenarioRecord] { scenarios.filter { $0.verdict == .skipped } }
}

/// Check points of one step that could not be judged for one cause.
struct UndecidedGroup {
    private struct Cause: Hashable {
        let standing: Standing
        let reason: LocalizedText
    }

    let points: [CheckPoint]
    /// Whether it is the first of its step: the cause of the exchange is told once.
    let isFirstOfStep: Bool

    var first: CheckPoint { points[0] }
    var standing: Standing { first.check.standing }
    var reason: LocalizedText { Wording.reason(of: first.check) }

    /// The requirements of its points, each once.
    var requirements: [String] {
        var seen: Set<String> = []
        return points.flatMap(\.check.requirements).filter { seen.insert($0).inserted }
    }

    /// The cause of the exchange, where no group of the step has told it.
    var exchangeError: String? {
        guard isFirstOfStep, let error = first.step?.exchange?.error, !reason.fr.contains(error) else { return nil }
        return error
    }

    /// `points`, which come in the order of the record, in groups.
    static func groups(of points: some Sequence<CheckPoint>) -> [UndecidedGroup] {
        var groups: [UndecidedGroup] = []
        var step = ""
        var order: [Cause] = []
        var members: [Cause: [CheckPoint]] = [:]
        func close() {
            for (index, cause) in order.enumerated() {
                groups.append(UndecidedGroup(points: members[cause] ?? [], isFirstOfStep: index == 0))
            }
        }
        for point in points {
            let place = "\(point.scenario?.id ?? "")\u{0}\(point.step?.id ?? "")"
            if place != step {
                close()
                (step, order, members) = (place, [], [:])
            }
            let cause = Cause(standing: point.check.standing, reason: Wording.reason(of: point.check))
            if members[cause] == nil { order.append(cause) }
            members[cause, default: []].append(point)
        }
        close()
        return groups
    }
}
