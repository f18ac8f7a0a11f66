internal import Conformance
internal import HTTP
internal import SOAP
internal import Simulators
internal import XDS
internal import XML

/// ITI-41 / RAD-68 as the source: submits documents of the fresh exam, signed where there is a key.
///
/// `with: {documents: [cr, kos], version: 2}`: another version has documents of its own. Mutations: `SubmissionMutation`
/// and `AssertionMutations`; an ENTRY is `cr`, `kos`, `signature` or `submissionSet`.
struct ProvideAndRegister: TransactionDriver {
    static let endpoint = SystemUnderTest.Endpoint.repository
    static let mutations = SubmissionMutation.all.mapValues(\.words.count)
        .merging(AssertionMutations.known) { own, _ in own }

    private let documents: [ExamDocument]
    private let version: Int
    private let mutations: [(Mutation, SubmissionMutation)]
    private let assertion: AssertionMutations
    var signatures: Set<SignedPart> {
        assertion.signatures.union(mutations.contains { $0.1.needsSignature } ? [.submission, .assertion] : [])
    }

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["documents", "version"])
        var documents: [ExamDocument] = []
        for name in try fields["documents"]?.texts() ?? ["cr", "kos"] {
            guard let document = ExamDocument(rawValue: name) else {
                throw LoadError(step.location, "no document '\(name)' to submit", advice: "known here: cr, kos")
            }
            documents.append(document)
        }
        self.documents = documents
        version = try fields["version"]?.integers().first ?? 1
        guard (1...9).contains(version) else {
            throw LoadError(fields["version"]?.value.location ?? step.location, "'version' must be 1 to 9")
        }
        let all = try Mutation.all(of: step, known: Self.mutations)
        assertion = AssertionMutations(all)
        var mutations: [(Mutation, SubmissionMutation)] = []
        for mutation in all {
            if let known = try SubmissionMutation.of(mutation) { mutations.append((mutation, known)) }
        }
        self.mutations = mutations
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        let exam = exam(context)
        var draft = SubmissionDraft(request: exam.submissionRequest(documents))
        let signer = context.services.credentials?.submission.map { SubmissionSigner($0, draft.request) }
        try apply(.beforeSigning, to: &draft, context.variables)
        let own = draft.request.submission.entries
        try signer?.sign(&draft.request, uniqueID: "2.25.\(context.identifiers.number("signature/\(context.step.id)"))")
        try apply(.afterSigning, to: &draft, context.variables)

        let addressing = context.addressing(draft.action ?? XDSTransaction.provideAndRegister.action)
        let blocks = try assertion.blocks(
            .provideAndRegister, patient: draft.request.submission.submissionSet?.patientID?.text, context)
        var package = draft.request.package(addressing, headerBlocks: blocks, boundary: context.boundary)
        for change in draft.framing { change(&package) }
        var request = try SOAPClient.request(to: context.endpoint, package)
        if let boundary = draft.declaredBoundary {
            request.headers.set(
                "Content-Type", package.contentType.replacing(package.framing.boundary, with: boundary))
        }
        var prepared = PreparedRequest(request: request)
        prepared.evidence.submission = SOAPMessage(reading: try package.bytes(), contentType: package.contentType)
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.responseActions = XDSTransaction.provideAndRegister.acceptedResponseActions
        prepared.evidence.submittedEntries = own
        prepared.evidence.submitted = documents.map { document in
            HeldDocument(
                name: document.rawValue, uniqueID: exam.uniqueID(of: document),
                mimeType: document == .report ? "text/xml" : "application/dicom", bytes: exam.bytes(of: document))
        }
        prepared.parts = [(package.envelope, "application/xop+xml", "part", "0.1")]
        prepared.parts += draft.request.documents.map { ($0.bytes, "application/octet-stream", "part", $0.id) }
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
        guard let content = evidence.answer?.envelope?.content, content.localName == "RegistryResponse" else { return }
        evidence.registryResponse = RegistryResponse(reading: content)
    }

    /// The exam in the version that the step submits.
    private func exam(_ context: StepContext) -> ExamFixture {
        var exam = context.exam.fresh
        for version in 1..<version {
            exam = exam.nextVersion()
            exam.manifestUID = "2.25.\(context.identifiers.number("manifest/\(version)"))"
            exam.manifestSeriesUID = "2.25.\(context.identifiers.number("manifest-series/\(version)"))"
            exam.manifestNumber += 1
        }
        return exam
    }

    private func apply(
        _ moment: SubmissionMutation.Moment, to draft: inout SubmissionDraft, _ variables: Variables
    ) throws {
        for (mutation, known) in mutations where known.moment == moment {
            try known.change(&draft, try mutation.words.map { try variables.expand($0) })
        }
    }
}
