internal import Checks
internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging

/// WADO-RS as the consumer, with the French headers.
///
/// `with: {level: study | series | instance, series: first | last, manifest: STEP}`: the manifest of the held exam, or
/// the one that an earlier step retrieved. Mutations: `http.remove-header NAME`, `http.set-header NAME VALUE`.
struct RetrieveSeries: TransactionDriver, UsesHeldExam {
    static let endpoint = SystemUnderTest.Endpoint.wado
    static let maximumAnswer = Int64.max
    static let mutations = ["http.remove-header": 1, "http.set-header": 2]
    let usesHeldExam = true

    private let level: String
    private let series: String
    private let manifestStep: String?
    private let mutations: [Mutation]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["level", "series", "manifest"])
        level = try fields["level"]?.text() ?? "series"
        series = try fields["series"]?.text() ?? "first"
        manifestStep = try fields["manifest"]?.text()
        mutations = try Mutation.all(of: step, known: Self.mutations)
        guard ["study", "series", "instance"].contains(level), ["first", "last"].contains(series) else {
            throw LoadError(
                step.location, "'level' is study, series or instance; 'series' is first or last")
        }
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        let held = try manifestStep.map { try context.evidence(of: $0).manifest } ?? context.exam.held?.manifest
        guard let manifest = held, let study = manifest.selection.studies.first,
            let chosen = series == "last" ? study.series.last : study.series.first, let url = chosen.retrieveURL,
            let target = WADOTarget(reading: url)
        else {
            throw StepObstacle(
                .skipped, fr: "Aucun manifeste ne donne d'URL de récupération (0008,1190)",
                en: "No manifest gives a RetrieveURL (0008,1190)")
        }
        // What precedes /studies names the source on its network; the target file says where it is from here.
        let base = context.endpoint.isEmpty ? target.base : context.endpoint
        var place = WADOTarget(base: base, study: target.study, series: level == "study" ? nil : target.series)
        var instances = manifest.selection.askable
        if level != "study" { instances = instances.filter { $0.series == target.series } }
        if level == "instance", let first = instances.first {
            place = WADOTarget(base: base, study: target.study, series: target.series, instance: first.instance)
            instances = [first]
        }
        let wado = WADORequest(
            url: place.url, kosInstanceUID: manifest.selection.sopInstanceUID ?? "", token: context.services.token)
        var request = wado.httpRequest
        for mutation in mutations {
            switch mutation.name {
            case "http.remove-header": request.headers.remove(mutation.words[0])
            default: request.headers.set(mutation.words[0], try context.variables.expand(mutation.words[1]))
            }
        }
        var prepared = PreparedRequest(request: request)
        prepared.evidence.asked = AskedImages(
            instances: instances, transferSyntaxes: wado.preferences.map(\.transferSyntax), url: place.url)
        prepared.evidence.manifest = manifest
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        let type = exchange.response.headers.first("Content-Type").flatMap { MediaType($0) }
        // A refusal that holds images all the same must be seen.
        guard exchange.response.status == 200 || type?.type.lowercased() == "multipart" else {
            if try exchange.response.body.prefix(132).suffix(4) == Array("DICM".utf8)[...] {
                evidence.images = ReceivedImages([
                    ReceivedImage(name: "part 1", mediaType: type?.essence, error: "\(exchange.response.status)")
                ])
            }
            return
        }
        evidence.images = ReceivedImages(
            try await WorkerPool.shared.run { try MultipartStudy(reading: exchange.response.body, contentType: type) })
    }
}
