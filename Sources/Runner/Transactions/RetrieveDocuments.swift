internal import Conformance
internal import Simulators
internal import DICOM
internal import HTTP
internal import SOAP
internal import XDS
internal import XML

/// ITI-43 as the consumer: retrieves documents that a query found.
///
/// `with: {entries: STEP, uniqueId: […], repositoryUniqueId: …}`: the entries of an earlier query, or other ids asked of
/// their repository. Mutations: `retrieve.empty` asks for no document; those of the VIHF.
struct RetrieveDocuments: TransactionDriver {
    static let endpoint = SystemUnderTest.Endpoint.repository
    static let maximumAnswer = Int64.max
    static let mutations = ["retrieve.empty": 0].merging(AssertionMutations.known) { own, _ in own }

    private let source: String
    private let uniqueIDs: [String]?
    private let repository: String?
    private let isEmpty: Bool
    private let assertion: AssertionMutations
    var signatures: Set<SignedPart> { assertion.signatures }

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["entries", "uniqueId", "repositoryUniqueId"])
        guard let source = fields["entries"] else {
            throw LoadError(step.location, "'with' lacks 'entries': the step whose entries are retrieved")
        }
        self.source = try source.text()
        uniqueIDs = try fields["uniqueId"]?.texts()
        repository = try fields["repositoryUniqueId"]?.text()
        let mutations = try Mutation.all(of: step, known: Self.mutations)
        isEmpty = mutations.contains { $0.name == "retrieve.empty" }
        assertion = AssertionMutations(mutations)
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        let entries = try context.evidence(of: source).entries
        guard !entries.isEmpty else {
            throw StepObstacle(
                .skipped, fr: "L'étape « \(source) » n'a rendu aucune fiche",
                en: "The step '\(source)' returned no entry")
        }
        let named = try repository.map { try context.variables.expand($0) }
        let asked = try uniqueIDs.map { try $0.map { try context.variables.expand($0) } }
        guard let common = named ?? entries.lazy.compactMap(\.repositoryUniqueID).first else {
            throw StepObstacle(
                .inconclusive, fr: "Aucune fiche ne dit dans quel entrepôt est son document (repositoryUniqueId)",
                en: "No entry says in which repository its document is (repositoryUniqueId)")
        }
        let requests =
            asked?.map { uid in
                DocumentRequest(
                    home: entries.first { $0.uniqueID == uid }?.home ?? entries.first?.home,
                    repositoryUniqueID: common, documentUniqueID: uid)
            }
            ?? entries.map {
                DocumentRequest(
                    home: $0.home, repositoryUniqueID: named ?? $0.repositoryUniqueID ?? common,
                    documentUniqueID: $0.uniqueID)
            }
        let addressing = context.addressing(XDSTransaction.retrieveDocumentSet.action)
        let element = RetrieveDocumentSetRequest(isEmpty ? [] : requests).element()
        let blocks = try assertion.blocks(
            .retrieveDocumentSet, patient: entries.first?.patientID?.text, context)
        var prepared = PreparedRequest(
            request: SOAPClient.request(
                to: context.endpoint, OutgoingEnvelope(addressing, headerBlocks: blocks, content: element)))
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.requestedDocuments = isEmpty ? [] : requests
        prepared.evidence.responseActions = XDSTransaction.retrieveDocumentSet.acceptedResponseActions
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
        guard let answer = evidence.answer, let response = RetrieveDocumentSetResponse(reading: answer) else { return }
        evidence.registryResponse = response.registry
        for document in response.documents {
            let bytes = document.content.map { $0.isResolved ? $0.bytes : [] } ?? []
            var held = HeldDocument(
                name: document.mimeType == "application/dicom" ? "kos" : "cr", uniqueID: document.documentUniqueID,
                repositoryUniqueID: document.repositoryUniqueID, mimeType: document.mimeType, bytes: bytes)
            held.place = document.place.node.map { answer.evidencePlace(of: $0, exchange) }
            if let file = try? DICOMFile(reading: bytes) {
                held.name = "kos"
                evidence.manifest = StepEvidence.Manifest(
                    bytes: bytes, file: file, selection: KeyObjectSelection(file))
            } else if let document = try? Document(parsing: bytes) {
                held.name = "cr"
                evidence.report = StepEvidence.Report(bytes: bytes, document: document)
            }
            evidence.documents.append(held)
        }
    }
}

extension SOAPMessage {
    /// The place of `node` in the body of `exchange`.
    func evidencePlace(of node: Node, _ exchange: HTTPExchange) -> EvidencePlace {
        let place = place(of: node)
        return EvidencePlace(
            object: "response body", part: place.part, line: place.line, column: place.column, byte: place.byte,
            xpath: place.xpath, sha256: exchange.response.body.sha256)
    }
}
