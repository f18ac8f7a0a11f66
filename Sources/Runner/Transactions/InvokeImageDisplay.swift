internal import Conformance
internal import HTTP
internal import Imaging

/// RAD-106 in its French form: opens the link that stands in the report of the held exam.
///
/// `with: {report: older | withdrawn}`: the link of an older version of the report, or of the report of an exam that was
/// withdrawn. Mutations: `link.set PARAMETER VALUE`, `link.remove PARAMETER`, `link.rename PARAMETER NAME`.
struct InvokeImageDisplay: TransactionDriver, UsesHeldExam {
    static let endpoint = SystemUnderTest.Endpoint.viewer
    static let mutations = ["link.set": 2, "link.remove": 1, "link.rename": 2]
    let usesHeldExam = true
    var examParts: Set<HeldExam.Part> {
        switch report {
        case .current: []
        case .older: [.olderReport]
        case .withdrawn: [.withdrawnReport]
        }
    }

    /// Whose link is opened.
    private enum Report: String, CaseIterable {
        case current, older, withdrawn
    }

    private let report: Report
    private let mutations: [Mutation]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["report"])
        let name = try fields["report"]?.text() ?? Report.current.rawValue
        guard let report = Report(rawValue: name) else {
            throw LoadError(
                fields["report"]?.value.location ?? step.location, "no report is called '\(name)'",
                advice: "known here: \(Report.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.report = report
        mutations = try Mutation.all(of: step, known: Self.mutations)
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        guard let held = context.exam.held, let link = link(of: held) else {
            throw StepObstacle(
                .inconclusive, fr: "Le compte rendu ne porte pas de lien vers les images",
                en: "The report holds no link to the images")
        }
        var parameters = link.parameters.map { ($0.name, $0.value) }
        for mutation in mutations {
            let name = mutation.words[0].lowercased()
            switch mutation.name {
            case "link.remove": parameters.removeAll { $0.0.lowercased() == name }
            case "link.rename":
                parameters = parameters.map { $0.0.lowercased() == name ? (mutation.words[1], $0.1) : $0 }
            default:
                let value = try context.variables.expand(mutation.words[1])
                parameters = parameters.map { $0.0.lowercased() == name ? ($0.0, value) : $0 }
            }
        }
        let url = context.endpoint + "/" + ImageDisplayLink.resource + "?" + URLTarget.query(parameters)
        var prepared = PreparedRequest(
            request: HTTPRequest("GET", url, headers: ["Accept": "text/html"], body: .empty))
        prepared.evidence.link = link
        prepared.evidence.report = held.report
        return prepared
    }

    private func link(of held: HeldExam) -> ImageDisplayLink? {
        switch report {
        case .current: held.link
        case .older: held.olderLink
        case .withdrawn: held.withdrawnLink
        }
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {}
}
