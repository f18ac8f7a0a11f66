internal import Conformance
internal import HTTP
internal import Imaging

/// RAD-106 in its French form: opens the link that stands in the report of the held exam.
///
/// `with: {report: older | withdrawn}`: the link of an older version of the report, or of the report of an exam that was
/// withdrawn. `session: none` opens it without the cookies of a logged-in session, `session: open` demands them; else
/// they go along where the target has them. Mutations: `link.set PARAMETER VALUE`, `link.remove PARAMETER`, `link.clear PARAMETER`, `link.rename PARAMETER
/// NAME`, `link.reverse`.
struct InvokeImageDisplay: TransactionDriver, UsesHeldExam {
    static let endpoint = SystemUnderTest.Endpoint.viewer
    static let mutations = ["link.set": 2, "link.remove": 1, "link.clear": 1, "link.rename": 2, "link.reverse": 0]
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

    /// Whether the link is opened in a session.
    private enum Session: String, CaseIterable {
        case any, none, open
    }

    private let report: Report
    private let session: Session
    /// Whether it can only be carried out in a session.
    var needsSession: Bool { session == .open }
    private let mutations: [Mutation]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["report", "session"])
        let name = try fields["report"]?.text() ?? Report.current.rawValue
        guard let report = Report(rawValue: name) else {
            throw LoadError(
                fields["report"]?.value.location ?? step.location, "no report is called '\(name)'",
                advice: "known here: \(Report.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.report = report
        let state = try fields["session"]?.text() ?? Session.any.rawValue
        guard let session = Session(rawValue: state) else {
            throw LoadError(
                fields["session"]?.value.location ?? step.location, "'\(state)' is no state of a session",
                advice: "known here: \(Session.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.session = session
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
            let name = mutation.words.first?.lowercased() ?? ""
            switch mutation.name {
            case "link.reverse": parameters.reverse()
            case "link.clear": parameters = parameters.map { $0.0.lowercased() == name ? ($0.0, "") : $0 }
            case "link.remove": parameters.removeAll { $0.0.lowercased() == name }
            case "link.rename":
                parameters = parameters.map { $0.0.lowercased() == name ? (mutation.words[1], $0.1) : $0 }
            default:
                let value = try context.variables.expand(mutation.words[1])
                parameters = parameters.map { $0.0.lowercased() == name ? ($0.0, value) : $0 }
            }
        }
        let url = context.endpoint + "/" + ImageDisplayLink.resource + "?" + URLTarget.query(parameters)
        var headers: HTTPHeaders = ["Accept": "text/html"]
        if session != .none, let cookies = context.services.session { headers.set("Cookie", cookies) }
        var prepared = PreparedRequest(request: HTTPRequest("GET", url, headers: headers, body: .empty))
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
