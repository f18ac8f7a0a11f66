internal import Conformance
internal import XML
internal import HTTP
internal import SOAP
internal import Simulators
internal import XDS

/// ITI-57 as the source: changes the status of an entry, as a withdrawal does.
///
/// `with: {target: ${entry}, original: Approved, new: Deleted}`. Mutations: `update.remove original|new`, and those of the
/// VIHF.
struct UpdateDocuments: TransactionDriver {
    static let endpoint = SystemUnderTest.Endpoint.registry
    static let mutations = ["update.remove": 1].merging(AssertionMutations.known) { own, _ in own }

    private static let statuses = [
        "Approved": XDSURN.approved, "Deprecated": XDSURN.deprecated, "Deleted": XDSURN.deleted,
    ]

    private let target: String
    private let original: String
    private let new: String
    private let removed: Set<String>
    private let assertion: AssertionMutations
    var signatures: Set<SignedPart> { assertion.signatures }

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["target", "original", "new"])
        guard let target = fields["target"] else {
            throw LoadError(step.location, "'with' lacks 'target': the entryUUID whose status changes")
        }
        self.target = try target.text()
        func status(_ name: String, _ standard: String) throws(LoadError) -> String {
            guard let argument = fields[name] else { return standard }
            guard let status = Self.statuses[try argument.text()] else {
                throw LoadError(
                    argument.value.location, "'\(name)' is no status",
                    advice: "known here: \(Self.statuses.keys.sorted().joined(separator: ", "))")
            }
            return status
        }
        original = try status("original", XDSURN.approved)
        new = try status("new", XDSURN.deleted)
        let mutations = try Mutation.all(of: step, known: Self.mutations)
        for mutation in mutations where mutation.name == "update.remove" {
            guard ["original", "new"].contains(mutation.words[0]) else {
                throw LoadError(
                    mutation.location, "'\(mutation.words[0])' of an update cannot be removed",
                    advice: "known here: original, new")
            }
        }
        removed = Set(mutations.filter { $0.name == "update.remove" }.map { $0.words[0] })
        assertion = AssertionMutations(mutations)
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        guard var set = context.exam.fresh.submissionRequest([.manifest]).submission.submissionSet else {
            throw StepObstacle(.error, fr: "L'examen n'a pas de lot", en: "The exam has no submission set")
        }
        set.uniqueID = "2.25.\(context.identifiers.number("update/\(context.step.id)"))"
        let entry = DocumentEntry(id: try context.variables.expand(target), mimeType: "", uniqueID: "")
        var update = StatusUpdate(entry, to: new, set: set)
        update.original = removed.contains("original") ? nil : original
        if removed.contains("new") { update.new = nil }
        let addressing = context.addressing(XDSTransaction.updateDocumentSet.action)
        let envelope = OutgoingEnvelope(
            addressing, headerBlocks: try assertion.blocks(.updateDocumentSet, patient: set.patientID?.text, context),
            content: update.element())
        var prepared = PreparedRequest(request: SOAPClient.request(to: context.endpoint, envelope))
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.responseActions = XDSTransaction.updateDocumentSet.acceptedResponseActions
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
        guard let content = evidence.answer?.envelope?.content, content.localName == "RegistryResponse" else { return }
        evidence.registryResponse = RegistryResponse(reading: content)
    }
}
