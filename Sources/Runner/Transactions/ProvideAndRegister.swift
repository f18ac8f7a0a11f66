internal import XML
internal import Conformance
internal import HTTP
internal import SOAP
internal import Simulators
internal import XDS

/// ITI-41 / RAD-68 as the source: submits documents of the fresh exam.
///
/// `with: {documents: [cr, kos]}`. Mutations: `metadata.set ENTRY ATTRIBUTE VALUE`, `metadata.remove ENTRY ATTRIBUTE`,
/// `mtom.drop-document ENTRY`, where ENTRY is `cr`, `kos` or `submissionSet`.
struct ProvideAndRegister: TransactionDriver {
    static let endpoint = SystemUnderTest.Endpoint.repository
    static let mutations = ["metadata.set": 3, "metadata.remove": 2, "mtom.drop-document": 1]

    private let documents: [ExamDocument]
    private let mutations: [Mutation]

    init(_ step: Step) throws(LoadError) {
        let fields = try Argument.map(step.with, keys: ["documents"])
        var documents: [ExamDocument] = []
        for name in try fields["documents"]?.texts() ?? ["cr", "kos"] {
            guard let document = ExamDocument(rawValue: name) else {
                throw LoadError(step.location, "no document '\(name)' to submit", advice: "known here: cr, kos")
            }
            documents.append(document)
        }
        self.documents = documents
        mutations = try Mutation.all(of: step, known: Self.mutations)
        for mutation in mutations { try Self.check(mutation) }
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        var request = context.exam.fresh.submissionRequest(documents)
        for mutation in mutations { try apply(mutation, to: &request, context.variables) }
        let addressing = context.addressing(XDSTransaction.provideAndRegister.action)
        let package = request.package(addressing, boundary: context.boundary)
        var prepared = PreparedRequest(request: try SOAPClient.request(to: context.endpoint, package))
        prepared.evidence.submission = SOAPMessage(reading: try package.bytes(), contentType: package.contentType)
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.responseActions = XDSTransaction.provideAndRegister.acceptedResponseActions
        prepared.evidence.submittedEntries = request.submission.entries
        prepared.evidence.submitted = documents.map { document in
            HeldDocument(
                name: document.rawValue, uniqueID: context.exam.fresh.uniqueID(of: document),
                mimeType: document == .report ? "text/xml" : "application/dicom",
                bytes: context.exam.fresh.bytes(of: document))
        }
        prepared.parts = [(package.envelope, "application/xop+xml", "part", "0.1")]
        prepared.parts += request.documents.map { ($0.bytes, "application/octet-stream", "part", $0.id) }
        return prepared
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
        guard let content = evidence.answer?.envelope?.content, content.localName == "RegistryResponse" else { return }
        evidence.registryResponse = RegistryResponse(reading: content)
    }

    // MARK: Mutations

    private static let attributes: Set<String> = [
        "hash", "size", "uniqueId", "patientId", "creationTime", "formatCode",
    ]

    private static func check(_ mutation: Mutation) throws(LoadError) {
        guard mutation.words[0] == "submissionSet" || ExamDocument(rawValue: mutation.words[0]) != nil else {
            throw LoadError(
                mutation.location, "no entry '\(mutation.words[0])'", advice: "known here: cr, kos, submissionSet")
        }
        guard mutation.words.count > 1, !attributes.contains(mutation.words[1]) else { return }
        throw LoadError(
            mutation.location, "no attribute '\(mutation.words[1])' can be set",
            advice: "known here: \(attributes.sorted().joined(separator: ", "))")
    }

    private func apply(_ mutation: Mutation, to request: inout ProvideAndRegisterRequest, _ variables: Variables)
        throws
    {
        let target = mutation.words[0]
        if mutation.name == "mtom.drop-document" {
            let id = ExamDocument(rawValue: target)?.entryID
            request.documents.removeAll { $0.id == id }
            return
        }
        let value = mutation.name == "metadata.remove" ? nil : try variables.expand(mutation.words[2])
        if target == "submissionSet" {
            for index in request.submission.submissionSets.indices {
                set(mutation.words[1], value, of: &request.submission.submissionSets[index])
            }
            return
        }
        let id = ExamDocument(rawValue: target)?.entryID
        for index in request.submission.entries.indices where request.submission.entries[index].id == id {
            set(mutation.words[1], value, of: &request.submission.entries[index])
        }
    }

    private func set(_ attribute: String, _ value: String?, of set: inout SubmissionSet) {
        switch attribute {
        case "patientId": set.patientID = value.map { CX($0) }
        case "uniqueId": set.uniqueID = value ?? ""
        default: break
        }
    }

    private func set(_ attribute: String, _ value: String?, of entry: inout DocumentEntry) {
        switch attribute {
        case "hash": entry.hash = value
        case "size": entry.size = value
        case "uniqueId": entry.uniqueID = value ?? ""
        case "patientId": entry.patientID = value.map { CX($0) }
        case "creationTime": entry.creationTime = value.map { DTM($0) }
        case "formatCode": entry.formatCode = value.map { CodedValue($0, FrenchOID.iheFormat, $0) }
        default: break
        }
    }
}
