import SOAP
public import XDS
import XML

/// A DRIMbox source as a client: submits, replaces and withdraws, and does what it must when the DMP refuses or is down
/// (PNR-058 to PNR-061).
public actor SourceClient {
    /// What became of a submission.
    public enum State: Sendable, Hashable {
        /// Nothing certain: it is kept and sent again.
        case pending
        /// The DMP holds it.
        case accepted
        /// The DMP refused it; it is kept, and sent again only after a person mended it.
        case refused
    }

    /// A submission and what became of it.
    public struct Publication: Sendable {
        public var request: ProvideAndRegisterRequest
        public var state = State.pending
        /// How often it was sent.
        public var attempts = 0
        public var errors: [RegistryError] = []
        public var problems: [ClientProblem] = []

        /// The uniqueId of the submission set.
        public var id: String { request.submission.submissionSet?.uniqueID ?? "" }
    }

    /// All publications, in the order of their first attempt.
    public private(set) var publications: [Publication] = []
    private let client: DMPClient
    private let maximumAttempts: Int
    private let misbehaviors: Set<ClientMisbehavior>
    private let now: @Sendable () -> DTM

    /// A source that sends each submission at most `maximumAttempts` times.
    public init(
        _ client: DMPClient, maximumAttempts: Int = 3, misbehaviors: Set<ClientMisbehavior> = [],
        now: @escaping @Sendable () -> DTM = DTM.now
    ) {
        self.client = client
        self.maximumAttempts = maximumAttempts
        self.misbehaviors = misbehaviors
        self.now = now
    }

    /// Errors after which the same submission may pass later.
    private static let passing: Set<XDSErrorCode> = [
        .repositoryBusy, .registryBusy, .registryNotAvailable, .repositoryOutOfResources, .registryOutOfResources,
    ]

    // MARK: Submission

    /// Sends a submission once.
    @discardableResult public func publish(_ request: ProvideAndRegisterRequest) async -> Publication {
        publications.append(Publication(request: request))
        return await attempt(publications.count - 1)
    }

    /// Sends what is pending again.
    ///
    /// - Returns: the publications that were sent.
    @discardableResult public func retry() async -> [Publication] {
        var sent: [Publication] = []
        for index in publications.indices {
            let publication = publications[index]
            let isKept =
                publication.state == .pending && !misbehaviors.contains(.neverRetries)
                || publication.state == .accepted && misbehaviors.contains(.resendsAccepted)
            guard isKept, publication.attempts < maximumAttempts else { continue }
            sent.append(await attempt(index))
        }
        return sent
    }

    /// Sends what was refused again, once a person has mended it.
    ///
    /// - Returns: the publications that were sent.
    @discardableResult public func resubmit() async -> [Publication] {
        var sent: [Publication] = []
        for index in publications.indices.reversed() where publications[index].state == .refused {
            sent.append(await attempt(index))
        }
        return sent.reversed()
    }

    private func attempt(_ index: Int) async -> Publication {
        if publications[index].attempts > 0, misbehaviors.contains(.renamesOnRetry) { rename(index) }
        publications[index].attempts += 1
        let request = publications[index].request
        let wasUncertain = publications[index].attempts > 1
        let reply = await client.submit(request)
        if let problem = reply.problem {
            publications[index].problems.append(problem)
            publications[index].state = reply.isPassing ? .pending : .refused
        } else if let content = reply.content, content.localName == "RegistryResponse" {
            let response = RegistryResponse(reading: content)
            await settle(index, response, wasUncertain)
        } else {
            publications[index].problems.append(ClientProblem(.unreadable, "ITI-41: the answer is no RegistryResponse"))
            publications[index].state = .pending
        }
        let publication = publications[index]
        if publication.state == .refused {
            if misbehaviors.contains(.recordsRefused) { publications[index].state = .accepted }
            if misbehaviors.contains(.forgetsRefused) { publications.remove(at: index) }
        }
        return index < publications.count ? publications[index] : publication
    }

    private func settle(_ index: Int, _ response: RegistryResponse, _ wasUncertain: Bool) async {
        publications[index].errors = response.errors
        if response.isSuccess {
            publications[index].state = .accepted
            return
        }
        publications[index].problems += response.errors.filter { !$0.isWarning }.map {
            ClientProblem(.refused, "ITI-41: \($0.code.rawValue): \($0.context)")
        }
        let codes = Set(response.errors.filter { !$0.isWarning }.map(\.code))
        if codes == [.duplicateUniqueIDInRegistry] {
            if misbehaviors.contains(.repeatsKnown) {
                publications[index].state = .pending
                return
            }
            // What an attempt of unknown end may have stored is looked up, not sent again.
            let isHeld = await isHeld(publications[index].request)
            publications[index].state = isHeld ? .accepted : .refused
            return
        }
        publications[index].state = !codes.isEmpty && codes.isSubset(of: Self.passing) ? .pending : .refused
    }

    private func isHeld(_ request: ProvideAndRegisterRequest) async -> Bool {
        let submitted = request.submission.entries
        let found = await entries(uniqueIDs: submitted.map(\.uniqueID), request.submission.submissionSet?.patientID)
        return submitted.allSatisfy { entry in
            found.contains { $0.uniqueID == entry.uniqueID && $0.hash?.lowercased() == entry.hash?.lowercased() }
        }
    }

    private func rename(_ index: Int) {
        for entry in publications[index].request.submission.entries.indices {
            publications[index].request.submission.entries[entry].uniqueID = client.identifiers.oid()
        }
        for set in publications[index].request.submission.submissionSets.indices {
            publications[index].request.submission.submissionSets[set].uniqueID = client.identifiers.oid()
        }
    }

    // MARK: Replacement and withdrawal

    /// The entries of documents, as the registry knows them.
    public func entries(uniqueIDs: [String], _ patient: CX?) async -> [DocumentEntry] {
        let query = StoredQuery(
            .getDocuments,
            parameters: [.init("$XDSDocumentEntryUniqueId", [QueryValue.list(uniqueIDs).written])])
        let reply = await client.exchange(.registryStoredQuery, query.element(), patient: patient)
        guard let content = reply.content, let response = StoredQueryResponse(reading: content) else { return [] }
        return response.objects.entries
    }

    /// Sends a submission whose entry `entryID` replaces the document `uniqueID`: the entryUUID is asked for first
    /// (QRY-019).
    public func replace(
        _ uniqueID: String, with request: ProvideAndRegisterRequest, entryID: String
    ) async -> Publication {
        var request = request
        let target: String
        if misbehaviors.contains(.replacesByUniqueID) {
            target = uniqueID
        } else {
            let found = await entries(uniqueIDs: [uniqueID], request.submission.submissionSet?.patientID)
            guard let entry = found.last(where: { $0.availabilityStatus == XDSURN.approved }) else {
                var publication = Publication(request: request, state: .refused)
                publication.problems = [
                    ClientProblem(.refused, "the DMP holds no approved document \(uniqueID): nothing to replace")
                ]
                publications.append(publication)
                return publication
            }
            target = entry.id
        }
        request.submission.associations.append(
            Association(id: "Replacement-\(entryID)", type: XDSURN.replaces, source: entryID, target: target))
        return await publish(request)
    }

    /// Withdraws a document (ITI-57), in the name of the submission set `set`.
    ///
    /// - Returns: the errors of the DMP, and what else went wrong; both empty when the document is withdrawn.
    public func withdraw(
        _ uniqueID: String, set: SubmissionSet
    ) async -> (errors: [RegistryError], problems: [ClientProblem]) {
        let found = await entries(uniqueIDs: [uniqueID], set.patientID)
        guard let entry = found.last else {
            return ([], [ClientProblem(.refused, "the DMP holds no document \(uniqueID): nothing to withdraw")])
        }
        var update = StatusUpdate(entry, to: XDSURN.deleted, set: set)
        if misbehaviors.contains(.withdrawsWithoutOriginal) { update.original = nil }
        let reply = await client.exchange(.updateDocumentSet, update.element(), patient: set.patientID)
        guard let content = reply.content else { return ([], reply.problem.map { [$0] } ?? []) }
        let response = RegistryResponse(reading: content)
        return (response.isSuccess ? [] : response.errors, [])
    }
}
