import DICOM
import HTTP
import SOAP
public import XDS
import XML

/// A DRIMbox consumer as a client: asks whether the record may be read, queries, groups reports and KOS into exams,
/// retrieves, and says what is missing (QRY-011 to QRY-022, RET-006 to RET-013, AUT-002).
public actor ConsumerClient {
    /// A report and its KOS, of one accession or study.
    public struct Exam: Sendable {
        /// The accession with its authority; nil where the entries name none.
        public var accession: CXi?
        public var studyUID: String?
        public var reports: [DocumentEntry] = []
        public var manifests: [DocumentEntry] = []
    }

    /// A document that was retrieved and may be shown.
    public struct Retrieved: Sendable {
        public var entry: DocumentEntry
        public var bytes: [UInt8]
    }

    /// What the user sees.
    public struct Consultation: Sendable {
        /// The answer to the existence check; nil when it was not asked or not understood.
        public var record: ExistenceAnswer.State?
        public var exams: [Exam] = []
        public var documents: [Retrieved] = []
        /// What the user is told.
        public var problems: [ClientProblem] = []
        /// The documents that were asked for in vain.
        public var missing: [String] = []
    }

    private let client: DMPClient
    private let pageSize: Int
    private let misbehaviors: Set<ClientMisbehavior>
    private let now: @Sendable () -> DTM
    private var askedBefore: String?

    /// A consumer that asks for at most `pageSize` documents in one message.
    public init(
        _ client: DMPClient, pageSize: Int = 10, misbehaviors: Set<ClientMisbehavior> = [],
        now: @escaping @Sendable () -> DTM = DTM.now
    ) {
        self.client = client
        self.pageSize = max(1, pageSize)
        self.misbehaviors = misbehaviors
        self.now = now
    }

    // MARK: The whole way

    /// Asks for the record of `patient`, then for its exams, then for their documents.
    ///
    /// - Parameters:
    ///   - asksAccess: whether the user asked for access where there is none (AUT-003).
    ///   - filters: parameters of FindDocuments beside patient, status and type.
    ///   - retrieves: whether the documents are fetched too.
    public func consult(
        _ patient: CX, asksAccess: Bool = false, filters: [StoredQuery.Parameter] = [], retrieves: Bool = true
    ) async -> Consultation {
        var consultation = Consultation()
        guard await mayRead(patient, asksAccess, &consultation) else { return consultation }
        let entries = await find(patient, filters, &consultation)
        consultation.exams = exams(entries).filter { exam in
            // QRY-017: an exam without report and a report without KOS are shown, and told apart.
            !misbehaviors.contains(.hidesIncomplete) || (!exam.reports.isEmpty && !exam.manifests.isEmpty)
        }
        if retrieves { await retrieve(entries, of: patient, &consultation) }
        return consultation
    }

    /// Opens an entry that was found before: its state is asked for again, because it may have been replaced or withdrawn
    /// (N-RET-05).
    public func reopen(_ entry: DocumentEntry, of patient: CX) async -> Consultation {
        var consultation = Consultation()
        guard !misbehaviors.contains(.trustsCache) else {
            await retrieve([entry], of: patient, &consultation)
            return consultation
        }
        let query = StoredQuery(
            .getDocuments,
            parameters: [.init("$XDSDocumentEntryUniqueId", [QueryValue.list([entry.uniqueID]).written])])
        let now = await ask(query, patient, &consultation).filter { $0.uniqueID == entry.uniqueID }
        guard let current = now.last, current.availabilityStatus == XDSURN.approved else {
            consultation.problems.append(
                ClientProblem(.document, "the document \(entry.uniqueID) was replaced or withdrawn"))
            consultation.exams = exams(await find(patient, [], &consultation))
            return consultation
        }
        await retrieve([current], of: patient, &consultation)
        return consultation
    }

    // MARK: Existence and access

    private func mayRead(_ patient: CX, _ asksAccess: Bool, _ consultation: inout Consultation) async -> Bool {
        guard !misbehaviors.contains(.skipsExistence) else { return true }
        let id =
            misbehaviors.contains(.repeatsExistenceID)
            ? askedBefore ?? client.identifiers.uuid() : client.identifiers.uuid()
        askedBefore = id
        let request = ExistenceRequest(
            patient: patient, id: ("1.2.250.1.999.5.1.1", id),
            queryID: ("1.2.250.1.999.5.1.2", client.identifiers.uuid()),
            creationTime: now())
        let reply = await client.exchange(.existence, request.element(), patient: patient)
        guard let content = reply.content, let answer = ExistenceAnswer(reading: content) else {
            consultation.problems.append(
                reply.problem ?? ClientProblem(.unreadable, "TD0.2: the answer is no PRPA_IN201308UV02"))
            return false
        }
        consultation.record = answer.state
        switch answer.state {
        case .absent:
            consultation.problems.append(ClientProblem(.noRecord, "the patient has no DMP"))
            return misbehaviors.contains(.queriesClosed)
        case .closed:
            consultation.problems.append(ClientProblem(.noRecord, "the DMP of the patient is closed"))
            return misbehaviors.contains(.queriesClosed)
        case .refused(let reason):
            consultation.problems.append(ClientProblem(.refused, "TD0.2: \(reason)"))
            return false
        case .open(.valid): return true
        case .open(let authorization):
            if asksAccess || misbehaviors.contains(.authorizesUnasked) {
                if await authorize(patient, &consultation) { return true }
            } else {
                consultation.problems.append(
                    ClientProblem(.noAccess, "no access to the DMP of the patient: \(authorization.rawValue)"))
            }
            return misbehaviors.contains(.queriesUnauthorized)
        }
    }

    private func authorize(_ patient: CX, _ consultation: inout Consultation) async -> Bool {
        let reply = await client.exchange(.authorization, AuthorizationResponse.request(), patient: patient)
        guard let content = reply.content, let answer = AuthorizationResponse(reading: content) else {
            consultation.problems.append(
                reply.problem ?? ClientProblem(.unreadable, "TD0.3: the answer is no setAuthorizationResponse"))
            return false
        }
        if !answer.isGranted {
            consultation.problems.append(ClientProblem(.noAccess, "access was refused: \(answer.context)"))
        }
        return answer.isGranted
    }

    // MARK: Query

    private func find(
        _ patient: CX, _ filters: [StoredQuery.Parameter], _ consultation: inout Consultation
    ) async -> [DocumentEntry] {
        let types = [FrenchCode.kosType, FrenchCode.reportType].map(\.queryText)
        let query = StoredQuery(
            .findDocuments,
            parameters: [
                .init("$XDSDocumentEntryPatientId", [QueryValue.string(patient.text).written]),
                .init("$XDSDocumentEntryStatus", [QueryValue.list([XDSURN.approved]).written]),
                .init("$XDSDocumentEntryTypeCode", [QueryValue.list(types).written]),
            ] + filters)
        return await ask(query, patient, &consultation).filter {
            // Registries may return more than was asked for; what is replaced or withdrawn is not shown.
            $0.availabilityStatus == XDSURN.approved || misbehaviors.contains(.showsWithdrawn)
        }
    }

    private func ask(
        _ query: StoredQuery, _ patient: CX, _ consultation: inout Consultation
    ) async -> [DocumentEntry] {
        // QRY-020: the resource-id of the VIHF is the patient of the query.
        let resource = misbehaviors.contains(.namesOtherResource) ? CX("0" + patient.text) : patient
        let reply = await client.exchange(
            .registryStoredQuery, query.element(), patient: resource,
            checksRelation: !misbehaviors.contains(.ignoresRelatesTo))
        guard let content = reply.content, let response = StoredQueryResponse(reading: content) else {
            consultation.problems.append(
                reply.problem ?? ClientProblem(.unreadable, "ITI-18: the answer is no AdhocQueryResponse"))
            return []
        }
        let problems = response.registry.errors.filter { !$0.isWarning }.map {
            ClientProblem(
                response.registry.isPartialSuccess ? .incomplete : .refused,
                "ITI-18: \($0.code.rawValue): \($0.context)")
        }
        if !misbehaviors.contains(.hidesTooMany) || !response.registry.isPartialSuccess {
            consultation.problems += problems
        }
        if let defect = intolerance(of: response) {
            consultation.problems.append(ClientProblem(.unreadable, "ITI-18: \(defect)"))
            return []
        }
        return response.objects.entries
    }

    /// What a misbehaving consumer stumbles over.
    private func intolerance(of response: StoredQueryResponse) -> String? {
        let entries = response.objects.entries
        if misbehaviors.contains(.failsOnEmpty), entries.isEmpty { return "no entry" }
        if misbehaviors.contains(.needsCount), response.totalResultCount == nil { return "no totalResultCount" }
        if misbehaviors.contains(.refusesExtraSlots), entries.contains(where: { !$0.otherSlots.isEmpty }) {
            return "an unknown slot"
        }
        let older = [FrenchOID.modalityValueSet, FrenchOID.regionValueSet]
        if misbehaviors.contains(.refusesOlderCodes),
            entries.contains(where: { $0.eventCodes.contains { older.contains($0.scheme) } })
        {
            return "an unknown scheme of event codes"
        }
        return nil
    }

    // QRY-016, QRY-018: an exam is one accession, number and authority together; where it is missing, one study.
    private func exams(_ entries: [DocumentEntry]) -> [Exam] {
        var exams: [Exam] = []
        for entry in entries {
            let accession = entry.references(.accession).first
            let study = entry.references(.studyInstanceUID).first?.id
            let index = exams.firstIndex { exam in
                if misbehaviors.contains(.splitsExam) { return false }
                if let own = accession, let other = exam.accession {
                    return own.id == other.id
                        && (own.authority == other.authority || misbehaviors.contains(.mergesAccessions))
                }
                return study != nil && study == exam.studyUID
            }
            let position = index ?? exams.count
            if index == nil { exams.append(Exam(accession: accession, studyUID: study)) }
            if entry.isKOS {
                exams[position].manifests.append(entry)
            } else {
                exams[position].reports.append(entry)
            }
        }
        return exams
    }

    // MARK: Retrieval

    private func retrieve(
        _ entries: [DocumentEntry], of patient: CX, _ consultation: inout Consultation
    ) async {
        var repositories: [String] = []
        for entry in entries {
            let repository = repository(of: entry, entries)
            if !repositories.contains(repository) { repositories.append(repository) }
        }
        for repository in repositories {
            let own = entries.filter { self.repository(of: $0, entries) == repository }
            for start in stride(from: 0, to: own.count, by: pageSize) {
                let page = Array(own[start..<min(start + pageSize, own.count)])
                await retrieve(page, from: repository, of: patient, &consultation)
            }
        }
    }

    private func repository(of entry: DocumentEntry, _ entries: [DocumentEntry]) -> String {
        if misbehaviors.contains(.assumesRepository) { return "1.2.250.1.999.4.404" }
        return entry.repositoryUniqueID ?? ""
    }

    private func retrieve(
        _ page: [DocumentEntry], from repository: String, of patient: CX, _ consultation: inout Consultation
    ) async {
        // RET-014: several documents in one message, each once.
        let asked = misbehaviors.contains(.repeatsRequests) ? page + page : page
        let request = RetrieveDocumentSetRequest(
            asked.map {
                DocumentRequest(home: $0.home, repositoryUniqueID: repository, documentUniqueID: $0.uniqueID)
            })
        let reply = await client.exchange(.retrieveDocumentSet, request.element(), patient: patient)
        guard let message = reply.message, reply.content != nil,
            let response = RetrieveDocumentSetResponse(reading: message)
        else {
            consultation.problems.append(
                reply.problem ?? ClientProblem(.unreadable, "ITI-43: the answer is no RetrieveDocumentSetResponse"))
            consultation.missing += page.map(\.uniqueID)
            return
        }
        if let defect = intolerance(of: response, reply) {
            consultation.problems.append(ClientProblem(.unreadable, "ITI-43: \(defect)"))
            consultation.missing += page.map(\.uniqueID)
            return
        }
        consultation.problems += (response.registry?.errors ?? []).filter { !$0.isWarning }.map {
            ClientProblem(
                response.documents.isEmpty ? .refused : .incomplete,
                "ITI-43: \($0.code.rawValue): \($0.context) (\($0.location ?? "no location"))")
        }
        for entry in page where entry.isKOS || !misbehaviors.contains(.hidesReports) {
            guard let document = response.documents.first(where: { $0.documentUniqueID == entry.uniqueID }),
                let content = document.content, content.isResolved
            else {
                consultation.missing.append(entry.uniqueID)
                continue
            }
            if let defect = defect(of: content.bytes, entry, patient) {
                consultation.problems.append(ClientProblem(.document, "document \(entry.uniqueID): \(defect)"))
                consultation.missing.append(entry.uniqueID)
            } else {
                consultation.documents.append(Retrieved(entry: entry, bytes: content.bytes))
            }
        }
    }

    private func intolerance(of response: RetrieveDocumentSetResponse, _ reply: DMPReply) -> String? {
        if misbehaviors.contains(.dropsPartial), response.registry?.isPartialSuccess == true {
            return "not all is there"
        }
        if misbehaviors.contains(.needsOctetStream), let message = reply.message {
            let known = ["application/octet-stream", "text/xml", "application/dicom", "application/xop+xml"]
            if message.parts.contains(where: { !known.contains($0.contentType?.essence ?? "") }) {
                return "a part of an unknown Content-Type"
            }
        }
        if misbehaviors.contains(.refusesInline), response.documents.contains(where: { $0.content?.origin == .inline })
        {
            return "a document without a part"
        }
        if misbehaviors.contains(.needsExactHeaders), let response = reply.response {
            let field = response.headers.fields.first { $0.name == "Content-Type" }
            if field?.value.contains("boundary=\"") != true { return "no Content-Type with a quoted boundary" }
        }
        return nil
    }

    /// Why a document is not shown; nil when it is.
    private func defect(of bytes: [UInt8], _ entry: DocumentEntry, _ patient: CX) -> String? {
        guard entry.isKOS else { return nil }
        let file: DICOMFile
        do {
            file = try DICOMFile(reading: bytes)
        } catch {
            return misbehaviors.contains(.acceptsBrokenManifest) ? nil : "the KOS cannot be read: \(error.message)"
        }
        if misbehaviors.contains(.refusesImplicit), file.transferSyntax == "1.2.840.10008.1.2" {
            return "the transfer syntax is not known"
        }
        let selection = KeyObjectSelection(file)
        if selection.patientID != patient.id, !misbehaviors.contains(.acceptsOtherPatient) {
            return "the KOS is of another patient"
        }
        return nil
    }
}
