internal import Checks
internal import Conformance

/// Findings that another rule of the same table tells better: a form of IHE that a rule of the profile asks more of.
///
/// `xds.query-patient` says that a patient is no CX in quotes, QRY-004 that it is no INS in quotes: at one place, one of
/// them is enough.
enum Echoes {
    /// The rules that say again, and those that say it better.
    private static let told: [String: Set<String>] = [
        "xds.query-patient": ["QRY-004"], "xds.query-form": ["QRY-005"],
        "xds.time-form": ["PNR-014", "PNR-045"], "xds.patient-form": ["PNR-036", "PNR-037"],
        "xds.person-form": ["PNR-040", "PNR-042"], "xds.institution-form": ["PNR-041"],
        "xds.reference-form": ["PNR-031", "PNR-032", "PNR-034", "PNR-035"], "xds.language-form": ["PNR-022"],
        "xds.hash-form": ["PNR-023"], "xds.size-form": ["PNR-024"],
    ]

    /// `outcomes` with each fault told once; nothing weighs less than before.
    static func removed(from outcomes: [RuleOutcome]) -> [RuleOutcome] {
        outcomes.map { outcome in
            guard let better = told[outcome.id], !outcome.findings.isEmpty else { return outcome }
            let others = outcomes.filter { better.contains($0.id) }.flatMap(\.findings)
            let findings = outcome.findings.filter { finding in
                !others.contains { weight($0.severity) >= weight(finding.severity) && isSame($0.place, finding.place) }
            }
            guard findings.count < outcome.findings.count else { return outcome }
            let fails = findings.contains { $0.severity == .violation }
            return RuleOutcome(id: outcome.id, verdict: fails ? .fail : .pass, findings: findings)
        }
    }

    private static func weight(_ severity: Severity) -> Int {
        switch severity {
        case .information: 0
        case .warning: 1
        case .violation: 2
        }
    }

    /// Whether both are at one attribute: the same element, or one in the other below the object.
    private static func isSame(_ left: EvidencePlace?, _ right: EvidencePlace?) -> Bool {
        guard let left = left?.xpath, let right = right?.xpath else { return false }
        if left == right { return true }
        let (outer, inner) = left.count < right.count ? (left, right) : (right, left)
        let last = outer.split(separator: "/").last ?? ""
        return inner.hasPrefix(outer + "/")
            && ["Slot", "ExternalIdentifier", "Classification"].contains { last.contains($0) }
    }
}
