internal import Checks
internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging
internal import SOAP
internal import XDS

/// RAD-69 as the consumer: retrieves instances that the manifest of the held exam names.
///
/// `with: {instances: all | [first, last, UID…], transferSyntaxes: […], repositoryUniqueId: …, homeCommunityId: …}`.
/// Mutations: `ImagesMutation`.
struct RetrieveImages: TransactionDriver, UsesHeldExam {
    static let endpoint = SystemUnderTest.Endpoint.imagingSource
    static let maximumAnswer = Int64.max
    static let mutations = ImagesMutation.all.mapValues(\.words.count)
        .merging(ShownCertificate.known) { own, _ in own }
    let usesHeldExam = true

    private let instances: [String]
    private let transferSyntaxes: [String]
    private let repository: String?
    private let home: String?
    private let mutations: [(Mutation, ImagesMutation)]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(
            step.with, keys: ["instances", "transferSyntaxes", "repositoryUniqueId", "homeCommunityId"])
        instances = try fields["instances"]?.texts() ?? ["all"]
        transferSyntaxes = try fields["transferSyntaxes"]?.texts(mayBeEmpty: true) ?? [UID.explicitLittleEndian]
        repository = try fields["repositoryUniqueId"]?.text()
        home = try fields["homeCommunityId"]?.text()
        var mutations: [(Mutation, ImagesMutation)] = []
        for mutation in try Mutation.all(of: step, known: Self.mutations) {
            if let known = try ImagesMutation.of(mutation) { mutations.append((mutation, known)) }
        }
        self.mutations = mutations
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        guard let manifest = context.exam.held?.manifest, let study = manifest.selection.studies.first else {
            throw StepObstacle(
                .skipped, fr: "Le système ne détient pas d'examen connu", en: "The system holds no known exam")
        }
        let asked = AskedImages(
            instances: manifest.selection.select(instances), transferSyntaxes: transferSyntaxes)
        guard Set(asked.instances.map(\.instance)).count == asked.instances.count else {
            throw StepObstacle(
                .skipped, fr: "L'examen détenu n'a qu'une instance", en: "The exam that is held has one instance only")
        }
        var series: [RetrieveImagingDocumentSetRequest.Series] = []
        for group in study.series {
            let wanted = asked.instances.filter { $0.series == group.uid }
            guard !wanted.isEmpty else { continue }
            let location = try repository.map { try context.variables.expand($0) } ?? group.retrieveLocationUID
            series.append(
                .init(
                    uid: group.uid,
                    documents: wanted.map {
                        DocumentRequest(home: home, repositoryUniqueID: location, documentUniqueID: $0.instance)
                    }))
        }
        let message = RetrieveImagingDocumentSetRequest(
            [.init(uid: study.uid, series: series)], transferSyntaxes: transferSyntaxes)
        var draft = ImagesDraft(
            content: message.element(), action: XDSTransaction.retrieveImagingDocumentSet.action)
        for (mutation, known) in mutations {
            known.change(&draft, try mutation.words.map { try context.variables.expand($0) })
        }
        if let obstacle = draft.obstacle { throw obstacle }
        var addressing = context.addressing(XDSTransaction.retrieveImagingDocumentSet.action)
        addressing.action = draft.action
        var prepared = PreparedRequest(request: try draft.request(addressing, context))
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.responseActions = XDSTransaction.retrieveImagingDocumentSet.acceptedResponseActions
        prepared.evidence.asked = asked
        prepared.evidence.manifest = manifest
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
        guard let answer = evidence.answer, let response = RetrieveDocumentSetResponse(reading: answer) else { return }
        evidence.registryResponse = response.registry
        evidence.images = await WorkerPool.shared.run {
            ReceivedImages(
                response.documents.map { ReceivedImage($0) })
        }
    }
}

extension ImagesDraft {
    /// The request as it is sent.
    func request(_ addressing: Addressing, _ context: StepContext) throws -> HTTPRequest {
        var envelope = OutgoingEnvelope(addressing, content: content, version: version).serialized()
        if isCut { envelope.removeLast(envelope.count / 2) }
        var request: HTTPRequest
        if let framing {
            var package = MTOMPackage(envelope: envelope, action: addressing.action, boundary: context.boundary)
            for change in framing { change(&package) }
            request = try SOAPClient.request(to: context.endpoint, package)
            if let declaredBoundary {
                request.headers.set(
                    "Content-Type", package.contentType.replacing(package.framing.boundary, with: declaredBoundary))
            }
        } else {
            request = SOAPClient.request(to: context.endpoint, envelope: envelope, action: addressing.action)
        }
        for change in last { change(&request) }
        return request
    }
}

extension KeyObjectSelection {
    /// Every instance of the manifest.
    var askable: [InstanceReference] {
        studies.flatMap { study in
            study.series.flatMap { series in
                series.instances.map {
                    InstanceReference(
                        study: study.uid ?? "", series: series.uid ?? "", instance: $0.sopInstance ?? "",
                        sopClass: $0.sopClass, repository: series.retrieveLocationUID)
                }
            }
        }
    }

    /// The instances that `names` stand for: `all`, `first`, `last`, or UIDs, which are asked of the first series.
    func select(_ names: [String]) -> [InstanceReference] {
        let all = askable
        return names.flatMap { name -> [InstanceReference] in
            switch name {
            case "all": return all
            case "first": return Array(all.prefix(1))
            case "last": return Array(all.suffix(1))
            default:
                guard let first = all.first else { return [] }
                return [InstanceReference(study: first.study, series: first.series, instance: name)]
            }
        }
    }
}
