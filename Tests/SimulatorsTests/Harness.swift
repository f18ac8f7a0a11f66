import DICOM
import HTTP
import Imaging
import SOAP
import Simulators
import XDS
import XML

/// Speaks to the actors of the reference system without sockets.
struct Harness {
    let actors: ReferenceActors
    let misbehaviors: Set<Misbehavior>
    let identifiers = IdentifierSource(seed: 7)

    init(
        _ misbehaviors: Set<Misbehavior> = [], patients: [CX]? = [], policy: DMPPolicy = .init(),
        script: AnswerScript = .init()
    ) async {
        self.misbehaviors = misbehaviors
        actors = await ReferenceActors(
            misbehaviors: misbehaviors, patients: patients, seed: 3, policy: policy, script: script)
    }

    /// An exam of the same patient that nobody holds yet.
    static func fresh(_ seed: UInt64 = 42) -> ExamFixture { ExamFixture(seed: seed) }

    private func addressing(_ action: String) -> Addressing {
        Addressing(action: action, messageID: "urn:uuid:00000000-0000-4000-8000-0000000000aa", to: "http://dmp.example")
    }

    /// Any bytes; what comes back is read as a message.
    func post(
        _ path: String, bytes: [UInt8], contentType: String, to simulator: any Simulator
    ) async throws -> SOAPMessage {
        let request = HTTPRequest("POST", "http://dmp", headers: ["Content-Type": contentType], body: .bytes(bytes))
        return SOAPMessage(reading: try await post(path, request, to: simulator))
    }

    func post(_ path: String, _ request: HTTPRequest, to simulator: any Simulator) async throws -> HTTPResponse {
        let next = request.body.makeReader()
        var bytes: [UInt8] = []
        while let piece = try next() { bytes += piece }
        let message = SimulatorRequest(request.method, path, headers: request.headers, body: RecordedBody(bytes))
        return try await simulator.answer(message).response()
    }

    /// ITI-41.
    func submit(
        _ request: ProvideAndRegisterRequest, edit: (inout MTOMPackage) -> Void = { _ in }
    ) async throws -> (response: HTTPResponse, message: SOAPMessage, registry: RegistryResponse?) {
        var package = request.package(
            addressing(XDSTransaction.provideAndRegister.action), boundary: "submission-boundary")
        edit(&package)
        let response = try await post("/repository", try SOAPClient.request(to: "http://dmp", package), to: actors.dmp)
        let message = SOAPMessage(reading: response)
        return (response, message, message.envelope?.content.map { RegistryResponse(reading: $0) })
    }

    /// Any envelope without attachments.
    func send(
        _ content: Element?, action: String, path: String, to simulator: (any Simulator)? = nil,
        headerBlocks: [Element] = []
    ) async throws -> (response: HTTPResponse, message: SOAPMessage) {
        let envelope = OutgoingEnvelope(addressing(action), headerBlocks: headerBlocks, content: content)
        let response = try await post(
            path, SOAPClient.request(to: "http://dmp", envelope), to: simulator ?? actors.dmp)
        return (response, SOAPMessage(reading: response))
    }

    /// Any exchange of the DMP.
    func exchange(
        _ transaction: DMPTransaction, _ content: Element?, headerBlocks: [Element] = []
    ) async throws -> (response: HTTPResponse, message: SOAPMessage) {
        try await send(content, action: transaction.action, path: transaction.path, headerBlocks: headerBlocks)
    }

    /// ITI-57.
    func update(_ update: StatusUpdate) async throws -> RegistryResponse? {
        try await exchange(.updateDocumentSet, update.element()).message.envelope?.content
            .map { RegistryResponse(reading: $0) }
    }

    /// The withdrawal of `entry`, in the name of a submission set of the held exam's patient.
    func withdrawal(_ entry: DocumentEntry) -> StatusUpdate {
        var set = actors.exam.submissionRequest().submission.submissionSets[0]
        set.uniqueID = "2.25.4711"
        return StatusUpdate(entry, to: XDSURN.deleted, set: set)
    }

    /// TD0.2.
    func existence(_ patient: CX, headerBlocks: [Element] = []) async throws -> ExistenceAnswer? {
        let request = ExistenceRequest(
            patient: patient, id: ("1.2.3", "message-1"), queryID: ("1.2.4", "query-1"),
            creationTime: DTM("20260312090000"))
        return try await exchange(.existence, request.element(), headerBlocks: headerBlocks).message.envelope?
            .content.flatMap { ExistenceAnswer(reading: $0) }
    }

    /// ITI-18.
    func query(_ query: StoredQuery) async throws -> StoredQueryResponse? {
        try await send(query.element(), action: XDSTransaction.registryStoredQuery.action, path: "/registry")
            .message.envelope?.content.flatMap(StoredQueryResponse.init(reading:))
    }

    /// FindDocuments of the exam's patient.
    func find(
        _ exam: ExamFixture, status: [String] = [XDSURN.approved], _ more: [StoredQuery.Parameter] = [],
        id: StoredQuery.Identifier = .findDocuments
    ) -> StoredQuery {
        StoredQuery(
            id,
            parameters: [
                .init("$XDSDocumentEntryPatientId", [QueryValue.string(exam.patientCX.text).written]),
                .init("$XDSDocumentEntryStatus", [QueryValue.list(status).written]),
            ] + more)
    }

    /// ITI-43.
    func retrieve(
        _ documents: [(repository: String, id: String)]
    ) async throws -> (message: SOAPMessage, answer: RetrieveDocumentSetResponse?) {
        let request = RetrieveDocumentSetRequest(
            documents.map { DocumentRequest(repositoryUniqueID: $0.repository, documentUniqueID: $0.id) })
        let message = try await send(
            request.element(), action: XDSTransaction.retrieveDocumentSet.action, path: "/repository"
        ).message
        return (message, RetrieveDocumentSetResponse(reading: message))
    }

    /// RAD-69.
    func retrieveImages(
        _ request: RetrieveImagingDocumentSetRequest
    ) async throws -> (message: SOAPMessage, answer: RetrieveDocumentSetResponse?) {
        let message = try await send(
            request.element(), action: XDSTransaction.retrieveImagingDocumentSet.action, path: "/ids",
            to: actors.source
        ).message
        return (message, RetrieveDocumentSetResponse(reading: message))
    }

    /// The RAD-69 request for every instance of the held exam.
    var everyInstance: RetrieveImagingDocumentSetRequest {
        let exam = actors.exam
        return RetrieveImagingDocumentSetRequest(
            [
                .init(
                    uid: exam.studyUID,
                    series: exam.series.map { series in
                        .init(
                            uid: series.uid,
                            documents: series.instances.map {
                                DocumentRequest(
                                    repositoryUniqueID: exam.retrieveLocationUID, documentUniqueID: $0.uid)
                            })
                    })
            ], transferSyntaxes: [UID.explicitLittleEndian])
    }

    /// A WADO-RS request for the first series, as a French consumer sends it.
    var seriesRequest: WADORequest {
        let exam = actors.exam
        return WADORequest(
            url: exam.retrieveURL(of: exam.series[0]), kosInstanceUID: exam.manifestUID, token: "token")
    }

    /// WADO-RS; `edit` changes the headers.
    func wado(
        _ request: WADORequest, method: String = "GET", edit: (inout HTTPHeaders) -> Void = { _ in }
    ) async throws -> HTTPResponse {
        var headers = request.headers
        edit(&headers)
        let path = request.url.replacing(actors.exam.imageBaseURL, with: "/drimbox")
        return try await actors.source.answer(SimulatorRequest(method, path, headers: headers)).response()
    }

    /// Opens a link of the display, in a session of a professional or without one.
    func open(_ url: String, session: String? = ImagingSourceSimulator.session) async throws -> HTTPResponse {
        let path = url.replacing(actors.exam.displayBaseURL, with: "")
        var headers: HTTPHeaders = [:]
        if let session { headers.set("Cookie", session) }
        return try await actors.source.answer(SimulatorRequest("GET", path, headers: headers)).response()
    }
}

extension HTTPResponse {
    /// The images of a multipart answer.
    var study: MultipartStudy {
        get throws {
            try MultipartStudy(reading: body, contentType: headers.first("Content-Type").flatMap { MediaType($0) })
        }
    }

    /// The body as text.
    var text: String { get throws { String(decoding: try body.bytes(), as: UTF8.self) } }
}
