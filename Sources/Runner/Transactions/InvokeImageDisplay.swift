internal import Conformance
internal import HTTP
internal import Imaging

/// RAD-106 in its French form: opens the link that stands in the report of the held exam.
///
/// Mutations: `link.set PARAMETER VALUE`, `link.remove PARAMETER`.
struct InvokeImageDisplay: TransactionDriver, UsesHeldExam {
    static let endpoint = SystemUnderTest.Endpoint.viewer
    static let mutations = ["link.set": 2, "link.remove": 1]
    let usesHeldExam = true

    private let mutations: [Mutation]

    init(_ step: Step) throws(LoadError) {
        _ = try Argument.map(step.with, keys: [])
        mutations = try Mutation.all(of: step, known: Self.mutations)
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        guard let held = context.exam.held, let link = held.link else {
            throw StepObstacle(
                .inconclusive, fr: "Le compte rendu ne porte pas de lien vers les images",
                en: "The report holds no link to the images")
        }
        var parameters = link.parameters.map { ($0.name, $0.value) }
        for mutation in mutations {
            let name = mutation.words[0].lowercased()
            switch mutation.name {
            case "link.remove": parameters.removeAll { $0.0.lowercased() == name }
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

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {}
}
