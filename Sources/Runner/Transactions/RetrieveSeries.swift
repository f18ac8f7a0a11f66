internal import Checks
internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging

/// WADO-RS as the consumer, with the French headers.
///
/// `with: {level: study | series | instance | frames | metadata, series: first | last, manifest: STEP, kos: other}`: the
/// manifest of the held exam, or the one that an earlier step retrieved; `frames` asks for the first frame of the first
/// instance, `metadata` for those of the study; `kos: other` names the KOS of another exam that the system holds, `kos:
/// replaced` the one that the current KOS replaced.
/// Mutations: `http.remove-header NAME`, `http.set-header NAME VALUE`, `http.set-method NAME`, `accept.remove PARAMETER`
/// (of each entry), `url.set study|series|instance TEXT` (written as it is), and those of the TLS handshake.
struct RetrieveSeries: TransactionDriver, UsesHeldExam {
    static let endpoint = SystemUnderTest.Endpoint.wado
    static let maximumAnswer = Int64.max
    static let mutations = [
        "http.remove-header": 1, "http.set-header": 2, "http.set-method": 1, "accept.remove": 1, "url.set": 2,
    ].merging(ShownCertificate.known) { own, _ in own }
    let usesHeldExam = true
    var examParts: Set<HeldExam.Part> {
        switch named {
        case .current: []
        case .other: [.otherManifest]
        case .replaced: [.replacedManifest]
        }
    }

    /// Which KOS the request names.
    private enum Named: String, CaseIterable {
        case current, other, replaced
    }

    private let level: String
    private let series: String
    private let manifestStep: String?
    private let named: Named
    private let mutations: [Mutation]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["level", "series", "manifest", "kos"])
        level = try fields["level"]?.text() ?? "series"
        series = try fields["series"]?.text() ?? "first"
        manifestStep = try fields["manifest"]?.text()
        let kos = Named(rawValue: try fields["kos"]?.text() ?? Named.current.rawValue)
        named = kos ?? .current
        mutations = try Mutation.all(of: step, known: Self.mutations)
        guard ["study", "series", "instance", "frames", "metadata"].contains(level),
            ["first", "last"].contains(series), kos != nil
        else {
            throw LoadError(
                step.location,
                "'level' is study, series, instance, frames or metadata; 'series' is first or last; 'kos' is other or replaced"
            )
        }
        for mutation in mutations where mutation.name == "url.set" {
            guard !["study", "series", "instance"].contains(mutation.words[0]) else { continue }
            throw LoadError(
                mutation.location, "'\(mutation.words[0])' of the URL cannot be set",
                advice: "known here: study, series, instance")
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
        var instances = manifest.selection.askable
        if !["study", "metadata"].contains(level) { instances = instances.filter { $0.series == target.series } }
        if ["instance", "frames"].contains(level) { instances = Array(instances.prefix(1)) }
        var parts = ["study": target.study]
        if !["study", "metadata"].contains(level) { parts["series"] = target.series }
        if ["instance", "frames"].contains(level) { parts["instance"] = instances.first?.instance }
        for mutation in mutations where mutation.name == "url.set" {
            parts[mutation.words[0]] = try context.variables.expand(mutation.words[1])
        }
        let place = WADOTarget(
            base: base, study: parts["study"] ?? "", series: parts["series"], instance: parts["instance"],
            frames: level == "frames" ? "1" : nil)
        let address = place.url + (level == "metadata" ? WADOTarget.metadataSuffix : "")
        let named: StepEvidence.Manifest? =
            switch self.named {
            case .current: manifest
            case .other: context.exam.held?.otherManifest
            case .replaced: context.exam.held?.replacedManifest
            }
        let wado = WADORequest(
            url: address, kosInstanceUID: named?.selection.sopInstanceUID ?? "", token: context.services.token)
        var prepared = PreparedRequest(request: try mutated(wado.httpRequest, context))
        prepared.evidence.asked = AskedImages(
            instances: instances, transferSyntaxes: wado.preferences.map(\.transferSyntax), url: address)
        prepared.evidence.manifest = manifest
        return prepared
    }

    /// The request of the level, with the mutations of its message.
    private func mutated(_ wado: HTTPRequest, _ context: StepContext) throws -> HTTPRequest {
        var request = wado
        switch level {
        case "frames":
            request.headers.set(
                "Accept",
                "multipart/related; type=\"application/octet-stream\";transfer-syntax=\(UID.explicitLittleEndian);q=0.9"
                    + ";boundary=cisis-boundary")
        case "metadata": request.headers.set("Accept", "application/dicom+json")
        default: break
        }
        for mutation in mutations {
            let words = try mutation.words.map { try context.variables.expand($0) }
            switch mutation.name {
            case "http.remove-header": request.headers.remove(words[0])
            case "http.set-header": request.headers.set(words[0], words[1])
            case "http.set-method": request.method = words[0]
            case "accept.remove":
                let entries = (request.headers.first("Accept") ?? "").split(separator: ",").map { entry in
                    entry.split(separator: ";").filter { !$0.drop { $0 == " " }.hasPrefix(words[0] + "=") }
                        .joined(separator: ";")
                }
                request.headers.set("Accept", entries.joined(separator: ","))
            default: break
            }
        }
        return request
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        let type = exchange.response.headers.first("Content-Type").flatMap { MediaType($0) }
        if exchange.response.status == 200, level == "metadata" {
            evidence.metadata = ReceivedMetadata(mediaType: type, try exchange.response.body.bytes(limit: 64 << 20))
            return
        }
        if exchange.response.status == 200, level == "frames" {
            evidence.frames = try await WorkerPool.shared.run {
                ReceivedFrames(try MultipartStudy(reading: exchange.response.body, contentType: type), type)
            }
            return
        }
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
