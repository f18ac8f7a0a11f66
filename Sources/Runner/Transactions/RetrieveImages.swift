internal import Checks
internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging
internal import SOAP
internal import XDS

/// RAD-69 as the consumer: retrieves instances that the manifest of the held exam names.
///
/// `with: {instances: all | [first, UID…], transferSyntaxes: […], repositoryUniqueId: …}`.
struct RetrieveImages: TransactionDriver, UsesHeldExam {
    static let endpoint = SystemUnderTest.Endpoint.imagingSource
    static let maximumAnswer = Int64.max
    static let mutations: [String: Int] = [:]
    let usesHeldExam = true

    private let instances: [String]
    private let transferSyntaxes: [String]
    private let repository: String?

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["instances", "transferSyntaxes", "repositoryUniqueId"])
        instances = try fields["instances"]?.texts() ?? ["all"]
        transferSyntaxes = try fields["transferSyntaxes"]?.texts(mayBeEmpty: true) ?? [UID.explicitLittleEndian]
        repository = try fields["repositoryUniqueId"]?.text()
        _ = try Mutation.all(of: step, known: Self.mutations)
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        guard let manifest = context.exam.held?.manifest, let study = manifest.selection.studies.first else {
            throw StepObstacle(
                .skipped, fr: "Le système ne détient pas d'examen connu", en: "The system holds no known exam")
        }
        let asked = AskedImages(
            instances: manifest.selection.select(instances), transferSyntaxes: transferSyntaxes)
        var series: [RetrieveImagingDocumentSetRequest.Series] = []
        for group in study.series {
            let wanted = asked.instances.filter { $0.series == group.uid }
            guard !wanted.isEmpty else { continue }
            let location = try repository.map { try context.variables.expand($0) } ?? group.retrieveLocationUID
            series.append(
                .init(
                    uid: group.uid,
                    documents: wanted.map {
                        DocumentRequest(repositoryUniqueID: location, documentUniqueID: $0.instance)
                    }))
        }
        let message = RetrieveImagingDocumentSetRequest(
            [.init(uid: study.uid, series: series)], transferSyntaxes: transferSyntaxes)
        let addressing = context.addressing(XDSTransaction.retrieveImagingDocumentSet.action)
        var prepared = PreparedRequest(
            request: SOAPClient.request(
                to: context.endpoint, OutgoingEnvelope(addressing, content: message.element())))
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

    /// The instances that `names` stand for: `all`, `first`, or UIDs, which are asked of the first series.
    func select(_ names: [String]) -> [InstanceReference] {
        let all = askable
        return names.flatMap { name -> [InstanceReference] in
            switch name {
            case "all": return all
            case "first": return all.first.map { [$0] } ?? []
            default:
                guard let first = all.first else { return [] }
                return [InstanceReference(study: first.study, series: first.series, instance: name)]
            }
        }
    }
}
