internal import Conformance
internal import HTTP

/// What a `check:` step looks at: it gathers what earlier steps left, and sends nothing.
///
/// `report`: the report of the held exam. `kos`: the manifest that `with: {from: STEP}` retrieved. `coherence`: any of
/// `with: {report: STEP, manifest: STEP, entries: STEP, images: STEP}`.
struct SubjectCollector: Sendable {
    private enum Subject: String, CaseIterable {
        case report, kos, coherence
    }

    private let subject: Subject
    private let steps: [String: String]

    init(_ name: String, _ step: Step) throws(LoadError) {
        guard let subject = Subject(rawValue: name) else {
            throw LoadError(
                step.location, "no subject '\(name)' to check",
                advice: "known here: \(Subject.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.subject = subject
        let fields = try Argument.map(step.with, keys: ["from", "report", "manifest", "entries", "images"])
        var steps: [String: String] = [:]
        for (key, argument) in fields { steps[key] = try argument.text() }
        self.steps = steps
    }

    /// Whether it speaks of the exam that the system under test holds.
    var usesHeldExam: Bool { subject == .report || (subject == .kos && steps["from"] == nil) }

    /// The evidence.
    func collect(_ context: StepContext) async throws -> StepEvidence {
        var evidence = StepEvidence()
        switch subject {
        case .report:
            evidence.report = context.exam.held?.report
            evidence.manifest = context.exam.held?.manifest
        case .kos:
            evidence.manifest =
                try steps["from"].map { try context.evidence(of: $0).manifest } ?? context.exam.held?.manifest
        case .coherence:
            evidence.report = try steps["report"].map { try context.evidence(of: $0).report } ?? nil
            evidence.manifest = try steps["manifest"].map { try context.evidence(of: $0).manifest } ?? nil
            evidence.entries = try steps["entries"].map { try context.evidence(of: $0).entries } ?? []
            evidence.images = try steps["images"].map { try context.evidence(of: $0).images } ?? nil
            evidence.digests["CR"] = evidence.report?.reference?.sha256
            evidence.digests["KOS"] = evidence.manifest?.reference?.sha256
            for (key, object) in [("entries", "XDS"), ("images", "part")] {
                let exchange = try steps[key].map { try context.evidence(of: $0).exchange } ?? nil
                evidence.digests[object] = exchange?.response.body.sha256
            }
        }
        return evidence
    }
}
