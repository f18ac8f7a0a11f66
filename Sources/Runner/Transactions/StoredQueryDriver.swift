internal import Conformance
internal import Simulators
internal import HTTP
internal import SOAP
internal import XDS

/// ITI-18 as the consumer: sends a stored query.
///
/// `with: {query: FindDocuments, patientId: …, status: [Approved], …}`. Mutations: `query.set id|returnType VALUE`,
/// `query.remove|repeat|unquote PARAMETER`, `query.add PARAMETER VALUE` (written as it is), and those of the VIHF.
struct StoredQueryDriver: TransactionDriver {
    static let endpoint = SystemUnderTest.Endpoint.registry
    static let mutations = [
        "query.set": 2, "query.add": 2, "query.remove": 1, "query.repeat": 1, "query.unquote": 1,
    ].merging(AssertionMutations.known) { own, _ in own }

    private let query: StoredQuery.Identifier
    private let arguments: [String: Argument]
    private let mutations: [Mutation]
    private let assertion: AssertionMutations
    var signatures: Set<SignedPart> { assertion.signatures }
    let usesHeldExam: Bool

    private static let lists: [(key: String, parameter: String)] = [
        ("referenceId", "$XDSDocumentEntryReferenceIdList"), ("typeCode", "$XDSDocumentEntryTypeCode"),
        ("classCode", "$XDSDocumentEntryClassCode"), ("formatCode", "$XDSDocumentEntryFormatCode"),
        ("eventCode", "$XDSDocumentEntryEventCodeList"), ("uniqueId", "$XDSDocumentEntryUniqueId"),
        ("entryUUID", "$XDSDocumentEntryEntryUUID"),
    ]

    init(_ step: Step) throws(LoadError) {
        let keys = ["query", "patientId", "status", "returnType", "exam"] + Self.lists.map(\.key)
        arguments = try Argument.map(step.with, keys: keys)
        let name = try arguments["query"]?.text() ?? "FindDocuments"
        guard let query = StoredQuery.Identifier.all.first(where: { $0.name == name })?.id else {
            throw LoadError(
                arguments["query"]?.value.location ?? step.location, "no stored query is called '\(name)'",
                advice: "known here: \(StoredQuery.Identifier.all.map(\.name).joined(separator: ", "))")
        }
        self.query = query
        usesHeldExam = try arguments["exam"]?.text() == "known"
        mutations = try Mutation.all(of: step, known: Self.mutations)
        assertion = AssertionMutations(mutations)
        for mutation in mutations where mutation.name == "query.set" {
            guard !["id", "returnType"].contains(mutation.words[0]) else { continue }
            throw LoadError(
                mutation.location, "'\(mutation.words[0])' of a query cannot be set",
                advice: "known here: id, returnType; a parameter is changed by query.add, query.remove")
        }
    }

    func prepare(_ context: StepContext) async throws -> PreparedRequest {
        var message = StoredQuery(query, returnType: try arguments["returnType"]?.text() ?? "LeafClass", parameters: [])
        if let patient = arguments["patientId"] {
            let value = QueryValue.string(try context.variables.expand(try patient.text()))
            message.parameters.append(.init("$XDSDocumentEntryPatientId", [value.written]))
        }
        if let status = arguments["status"] {
            let urns = try status.texts().map { "urn:oasis:names:tc:ebxml-regrep:StatusType:" + $0 }
            message.parameters.append(.init("$XDSDocumentEntryStatus", [QueryValue.list(urns).written]))
        }
        for (key, parameter) in Self.lists {
            guard let argument = arguments[key] else { continue }
            let texts = try argument.texts().map { try context.variables.expand($0) }
            message.parameters.append(.init(parameter, [QueryValue.list(texts).written]))
        }
        for mutation in mutations {
            try Self.apply(mutation.name, try mutation.words.map { try context.variables.expand($0) }, to: &message)
        }
        let addressing = context.addressing(XDSTransaction.registryStoredQuery.action)
        var prepared = PreparedRequest(
            request: SOAPClient.request(
                to: context.endpoint,
                OutgoingEnvelope(
                    addressing,
                    headerBlocks: try assertion.blocks(
                        .registryStoredQuery, patient: message.text("$XDSDocumentEntryPatientId"), context),
                    content: message.element())))
        prepared.evidence.messageID = addressing.messageID
        prepared.evidence.responseActions = XDSTransaction.registryStoredQuery.acceptedResponseActions
        return prepared
    }

    private static func apply(_ name: String, _ words: [String], to query: inout StoredQuery) throws {
        let parameters = query.parameters.filter { $0.name == words.first }
        switch name {
        case "query.set":
            if words[0] == "id" {
                query.id = StoredQuery.Identifier(rawValue: words[1])
            } else {
                query.returnType = words[1]
            }
        case "query.add": query.parameters.append(.init(words[0], [words[1]]))
        case "query.remove": query.parameters.removeAll { $0.name == words[0] }
        case "query.repeat": query.parameters += parameters
        case "query.unquote":
            for index in query.parameters.indices where query.parameters[index].name == words[0] {
                query.parameters[index].values = query.parameters[index].values.map {
                    $0.replacing("'", with: "")
                }
            }
        default: break
        }
    }

    func read(_ exchange: HTTPExchange, into evidence: inout StepEvidence, _ context: StepContext) async throws {
        await evidence.readSOAP(exchange)
        guard let content = evidence.answer?.envelope?.content,
            let response = StoredQueryResponse(reading: content)
        else { return }
        evidence.registryResponse = response.registry
        evidence.entries = response.objects.entries
        evidence.foundObjects = response.objects.objects.count + response.objects.references.count
    }
}

extension StoredQueryDriver: UsesHeldExam {}
