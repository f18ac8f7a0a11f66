internal import Conformance
public import Simulators

extension FileJudgement {
    /// What is said of a request that HTTP refused before it came to be a message; nil for a message.
    ///
    /// A question like that of a browser (`GET /`) at a path where nothing is served is none of the DMP: it is told, and
    /// weighs nothing.
    public static func refused(_ message: ReceivedMessage) -> FileJudgement? {
        let faults = message.faults.filter { $0.code.hasPrefix(ReceivedFault.httpPrefix) }
        guard let first = faults.first else { return nil }
        var layer: LayerJudgement
        if first.code == ReceivedFault.noService, ["GET", "HEAD", "OPTIONS"].contains(message.request.method) {
            let place = first.place ?? ""
            layer = LayerJudgement(
                "http", .notApplicable, fr: "« \(place) » n'est aucun message du DMP (HTTP \(message.status))",
                en: "'\(place)' is no message of the DMP (HTTP \(message.status))")
        } else {
            layer = LayerJudgement("http", findings: faults.map { $0.finding($0.code, requirement: nil) })
        }
        layer.isRequired = true
        return FileJudgement(file: message.name, kind: nil, layers: [layer], summary: [])
    }

    /// The judgement, with why the DMP refused the VIHF of the message, or could read no message at all: what is refused for
    /// that never passes for right.
    public func refusing(_ message: ReceivedMessage) -> FileJudgement {
        let prefix = "vihf."
        var judgement = self
        // The reader of files leaves open what the bytes may be; whoever sent them to a service of SOAP did not.
        if kind == nil, message.status >= 400 {
            let faults = message.faults.filter { $0.code.hasPrefix("soap.") && $0.code != "soap.no-http-header" }
            if !faults.isEmpty {
                judgement.layers = [
                    LayerJudgement("soap", findings: faults.map { $0.finding($0.code, requirement: nil) })
                ]
            }
        }
        for fault in message.faults where fault.code.hasPrefix(prefix) {
            guard let kind = AssertionDefect.Kind(rawValue: String(fault.code.dropFirst(prefix.count))) else {
                continue
            }
            let rule = kind.rule
            let index =
                judgement.layers.firstIndex { $0.layer == "vihf" }
                ?? {
                    judgement.layers.append(LayerJudgement("vihf", findings: []))
                    return judgement.layers.count - 1
                }()
            let isTold = judgement.layers[index].findings.contains {
                $0.requirement == rule && $0.severity == .violation
            }
            if !isTold {
                judgement.layers[index].findings.removeAll { $0.requirement == rule }
                judgement.layers[index].findings.append(fault.finding(rule, requirement: rule))
            }
            judgement.layers[index].verdict = .fail
        }
        return judgement
    }
}

extension AssertionDefect.Kind {
    /// The rule that the defect breaks.
    fileprivate var rule: String {
        switch self {
        case .missing, .malformed: "SEC-001"
        case .signature: "SEC-003"
        case .time: "SEC-005"
        case .patient: "SEC-014"
        case .structure: "SEC-015"
        }
    }
}

extension ReceivedFault {
    fileprivate func finding(_ check: String, requirement: String?) -> Finding {
        Finding(
            check: check, requirement: requirement, severity: .violation,
            message: LocalizedText(fr: french, en: english), expected: expected, actual: actual,
            place: EvidencePlace(object: place ?? "request"))
    }
}
