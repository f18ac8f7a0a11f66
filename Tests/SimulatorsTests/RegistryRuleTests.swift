import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct RegistryRuleTests {
    private static let other = CX(id: "180019999900069", oid: "1.2.250.1.213.1.4.10", type: "NH")
    private static let nowhere = "urn:uuid:00000000-0000-4000-8000-000000000404"

    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        let code: XDSErrorCode
        let location: String?
        var policy: @Sendable (inout DMPPolicy) -> Void = { _ in }
        let edit: @Sendable (inout ProvideAndRegisterRequest, DocumentEntry) -> Void
        var testDescription: String { name }

        init(
            _ name: String, _ code: XDSErrorCode, at location: String? = nil,
            policy: @escaping @Sendable (inout DMPPolicy) -> Void = { _ in },
            _ edit: @escaping @Sendable (inout ProvideAndRegisterRequest, DocumentEntry) -> Void
        ) {
            self.name = name
            self.code = code
            self.location = location
            self.policy = policy
            self.edit = edit
        }
    }

    private static func relate(_ request: inout ProvideAndRegisterRequest, _ type: String, to target: String) {
        request.submission.associations.append(
            Association(id: "Relation", type: type, source: "DocumentKOS", target: target))
    }

    private static func addFolder(_ request: inout ProvideAndRegisterRequest, _ edit: (inout Folder) -> Void = { _ in })
    {
        var folder = Folder(id: "Folder01", uniqueID: "2.25.5001")
        folder.title = "Suivi"
        folder.codes = [CodedValue("suivi", "1.2.3", "Suivi")]
        folder.patientID = request.submission.submissionSets[0].patientID
        edit(&folder)
        request.submission.folders = [folder]
        request.submission.associations.append(
            .member(id: "FolderMember", set: request.submission.submissionSets[0].id, entry: folder.id))
    }

    static let refusals: [Refusal] = [
        Refusal("the registry is away", .registryNotAvailable, policy: { $0.isRegistryReachable = false }) { _, _ in },
        Refusal(
            "the document is too large", .repositoryOutOfResources, at: "DocumentCR",
            policy: { $0.maximumDocumentSize = 4000 }
        ) { request, _ in request.documents.removeLast() },
        Refusal("the registry is full", .registryOutOfResources, policy: { $0.maximumEntries = 4 }) { _, _ in },
        Refusal("a uniqueId of set and entry", .registryDuplicateUniqueIDInMessage, at: "SubmissionSet01") {
            request, _ in request.submission.submissionSets[0].uniqueID = request.submission.entries[0].uniqueID
        },
        Refusal("an id twice", .registryMetadataError, at: "Association1") { request, _ in
            request.submission.associations[1].id = "Association1"
        },
        Refusal("an id of the registry", .registryMetadataError) { request, known in
            let old = request.submission.entries[0].id
            request.submission.entries[0].id = known.id
            request.documents[0].id = known.id
            for index in request.submission.associations.indices
            where request.submission.associations[index].target == old {
                request.submission.associations[index].target = known.id
            }
        },
        Refusal("an addendum to nothing", .unresolvedReference, at: "Relation") { request, _ in
            relate(&request, XDSURN.appends, to: nowhere)
        },
        Refusal("a transform of nothing", .unresolvedReference, at: "Relation") { request, _ in
            relate(&request, XDSURN.transforms, to: nowhere)
        },
        Refusal("a relation of no known type", .registryMetadataError, at: "Relation") { request, known in
            relate(&request, "urn:example:likes", to: known.id)
        },
        Refusal("a relation from a stranger", .registryMetadataError, at: "Relation") { request, known in
            request.submission.associations.append(
                Association(id: "Relation", type: XDSURN.replaces, source: nowhere, target: known.id))
        },
        Refusal("a member that is nowhere", .unresolvedReference, at: "Extra") { request, _ in
            request.submission.associations.append(
                .member(id: "Extra", set: request.submission.submissionSets[0].id, entry: nowhere, isOriginal: false))
        },
        Refusal("a signature of nothing", .unresolvedReference, at: "Relation") { request, _ in
            relate(&request, XDSURN.signs, to: "SubmissionSet99")
        },
        Refusal("a folder without title", .registryMetadataError, at: "Folder01") { request, _ in
            addFolder(&request) { $0.title = nil }
        },
        Refusal("a folder of another patient", .patientIDDoesNotMatch, at: "Folder01") { request, _ in
            addFolder(&request) { $0.patientID = other }
        },
        Refusal("a folder outside the set", .registryMetadataError, at: "Folder01") { request, _ in
            addFolder(&request)
            request.submission.associations.removeLast()
        },
        Refusal("a rejection note", .invalidDocumentContent, at: "DocumentKOS") { request, _ in
            SubmissionProbes.rejectionNote(&request)
        },
        Refusal(
            "no signature", .registryMetadataError, at: "SubmissionSet01", policy: { $0.signature.demand = .required }
        ) { _, _ in },
        Refusal("a signature of other bytes", .repositoryMetadataError, at: "Signature01") { request, _ in
            SubmissionProbes.sign(&request, isBroken: true)
        },
        Refusal("a signature that lacks a document", .repositoryMetadataError, at: "Signature01") { request, _ in
            var part = request
            part.submission.entries.removeLast()
            SubmissionProbes.sign(&part)
            request.submission.entries.append(part.submission.entries[1])
            request.documents.append(part.documents[2])
            request.submission.associations = part.submission.associations
        },
        Refusal(
            "a signature that does not verify", .repositoryMetadataError, at: "Signature01",
            policy: { $0.signature.verify = { _ in ["the value does not verify"] } }
        ) { request, _ in SubmissionProbes.sign(&request) },
    ]

    @Test("A submission is refused with its code and place, and nothing is stored", arguments: refusals)
    func submissionRefusals(_ item: Refusal) async throws {
        var policy = DMPPolicy()
        item.policy(&policy)
        let harness = await Harness(policy: policy)
        let known = try #require(try await harness.actors.store.entries.last)
        var request = Harness.fresh().submissionRequest()
        item.edit(&request, known)
        let answer = try await harness.submit(request)
        let errors = try #require(answer.registry?.errors)
        #expect(Set(errors.map(\.code)) == [item.code], "\(errors.map(\.context))")
        if let location = item.location { #expect(errors.contains { $0.location == location }) }
        #expect(answer.registry?.status == XDSURN.failure)
        #expect(try await harness.actors.store.entries.count == 3)
        #expect(try await harness.actors.store.submissionSets.count == 2)
    }

    @Test("A signed submission is stored with its signature")
    func signature() async throws {
        let harness = await Harness()
        var request = Harness.fresh().submissionRequest()
        SubmissionProbes.sign(&request)
        #expect(try await harness.submit(request).registry?.errors == [])
        #expect(try await harness.actors.store.entries.count == 6)
    }

    @Test("Slots that XDS does not know are kept, or dropped with a warning")
    func extraMetadata() async throws {
        for isKept in [true, false] {
            var policy = DMPPolicy()
            policy.keepsExtraMetadata = isKept
            let harness = await Harness(policy: policy)
            var request = Harness.fresh().submissionRequest([.report])
            request.submission.entries[0].otherSlots = [Slot("urn:example:extra", ["x"])]
            let answer = try await harness.submit(request)
            #expect(answer.registry?.isSuccess == true)
            #expect(answer.registry?.errors.map(\.code) == (isKept ? [] : [.extraMetadataNotSaved]))
            #expect(answer.registry?.errors.allSatisfy(\.isWarning) == true)
            #expect(try await harness.actors.store.entries.last?.otherSlots.isEmpty == !isKept)
        }
    }

    @Test("A replacement deprecates the addenda of its target and takes its place in folders")
    func replacementOfMembers() async throws {
        let registry = try await StoredQueryTests.Registry()
        var exam = Harness.fresh(77)
        exam.documentID = "2.25.4444"
        let request = exam.submissionRequest([.report], replacing: [.report: registry.report.id])
        #expect(try await registry.harness.submit(request).registry?.errors == [])
        let entries = try await registry.harness.actors.store.entries
        let statuses = Dictionary(uniqueKeysWithValues: entries.map { ($0.uniqueID, $0.availabilityStatus) })
        #expect(statuses[registry.report.uniqueID] == XDSURN.deprecated)
        #expect(statuses[registry.addendum.uniqueID] == XDSURN.deprecated)
        #expect(statuses["2.25.4444"] == XDSURN.approved)
        let folder = try await registry.ask(
            .getFolderAndContents, [.init("$XDSFolderEntryUUID", [QueryValue.string(registry.folder.id).written])])
        #expect(folder.objects.entries.map(\.uniqueID).contains("2.25.4444"))
    }

    @Test(
        "A relation leaves its target approved unless it replaces it",
        arguments: [
            (XDSURN.replaces, XDSURN.deprecated), (XDSURN.transformsAndReplaces, XDSURN.deprecated),
            (XDSURN.appends, XDSURN.approved), (XDSURN.transforms, XDSURN.approved),
        ])
    func relations(_ type: String, _ status: String) async throws {
        let harness = await Harness()
        let target = try #require(try await harness.actors.store.entries.last)
        var request = Harness.fresh().submissionRequest()
        Self.relate(&request, type, to: target.id)
        #expect(try await harness.submit(request).registry?.errors == [])
        let entries = try await harness.actors.store.entries
        #expect(entries.first { $0.id == target.id }?.availabilityStatus == status)
        #expect(entries.last?.availabilityStatus == XDSURN.approved)
    }

    // MARK: ITI-57

    struct Update: Sendable, CustomTestStringConvertible {
        let name: String
        let code: XDSErrorCode
        let edit: @Sendable (inout StatusUpdate) -> Void
        var testDescription: String { name }
    }

    @Test(
        "An update of a status is refused with its code, and the status stays",
        arguments: [
            Update(name: "unknown target", code: .unresolvedReference) { $0.target = nowhere },
            Update(name: "other status", code: .metadataUpdateOperationError) { $0.original = XDSURN.deprecated },
            Update(name: "no original status", code: .metadataUpdateError) { $0.original = nil },
            Update(name: "no new status", code: .metadataUpdateError) { $0.new = nil },
            Update(name: "no status at all", code: .metadataUpdateError) { $0.new = "urn:example:gone" },
            Update(name: "a set without author", code: .metadataUpdateError) { $0.set.authors = [] },
            Update(name: "another patient", code: .patientIDReconciliationError) { $0.set.patientID = other },
        ])
    func updateRefusals(_ item: Update) async throws {
        let harness = await Harness()
        let entry = try #require(try await harness.actors.store.entries.last)
        var update = harness.withdrawal(entry)
        item.edit(&update)
        let answer = try #require(try await harness.update(update))
        #expect(answer.errors.map(\.code) == [item.code])
        #expect(answer.errors.allSatisfy { $0.location != nil })
        #expect(try await harness.actors.store.entries.last?.availabilityStatus == XDSURN.approved)
        #expect(try await harness.actors.store.submissionSets.count == 2)
    }

    @Test("A replaced entry cannot be withdrawn")
    func withdrawnReplaced() async throws {
        let harness = await Harness()
        let old = try #require(try await harness.actors.store.entries.first)
        #expect(try await harness.update(harness.withdrawal(old))?.errors.map(\.code) == [.localPolicyRestriction])
    }

    @Test("A withdrawn document is found by its status alone, and not retrieved")
    func withdrawal() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let entry = try #require(try await harness.actors.store.document(uniqueID: exam.manifestUID)?.entry)
        #expect(try await harness.update(harness.withdrawal(entry))?.errors == [])
        let approved = try await harness.query(harness.find(exam))
        #expect(approved?.objects.entries.map(\.uniqueID) == [exam.documentID])
        let deleted = try await harness.query(harness.find(exam, status: [XDSURN.deleted]))
        #expect(deleted?.objects.entries.map(\.uniqueID) == [exam.manifestUID])
        let retrieved = try await harness.retrieve([(exam.repositoryUniqueID, exam.manifestUID)])
        #expect(retrieved.answer?.registry?.errors.map(\.code) == [.documentUniqueIDError])
    }

    struct Version: Sendable, CustomTestStringConvertible {
        let name: String
        let code: XDSErrorCode?
        var previous: String? = "1"
        let edit: @Sendable (inout DocumentEntry) -> Void
        var testDescription: String { name }
    }

    @Test(
        "A new version of an entry replaces the metadata, unless it changes what is fixed",
        arguments: [
            Version(name: "another title", code: nil) { $0.title = "Corrigé" },
            Version(name: "no previous version", code: .metadataUpdateError, previous: nil) { _ in },
            Version(name: "an older version", code: .metadataVersionError, previous: "0") { _ in },
            Version(name: "an unknown entry", code: .metadataUpdateError) { $0.logicalID = nowhere },
            Version(name: "the id of the entry", code: .metadataIdentifierError) { $0.id = $0.logicalID ?? "" },
            Version(name: "another uniqueId", code: .unmodifiableMetadata) { $0.uniqueID = "2.25.1" },
            Version(name: "another hash", code: .unmodifiableMetadata) { $0.hash = String(repeating: "0", count: 40) },
            Version(name: "another patient", code: .patientIDReconciliationError) { $0.patientID = other },
        ])
    func versions(_ item: Version) async throws {
        let harness = await Harness()
        let entry = try #require(try await harness.actors.store.entries.last)
        var new = entry
        new.id = "NewVersion"
        item.edit(&new)
        var submission = harness.withdrawal(entry).submission
        submission.entries = [new]
        var member = Association.member(id: "Member", set: submission.submissionSets[0].id, entry: new.id)
        if let previous = item.previous { member.slots.append(Slot("PreviousVersion", [previous])) }
        submission.associations = [member]
        let body = Element("lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [submission.element()])
        let content = try await harness.exchange(.updateDocumentSet, body).message.envelope?.content
        let answer = try #require(content.map { RegistryResponse(reading: $0) })
        #expect(answer.errors.map(\.code) == (item.code.map { [$0] } ?? []))
        let entries = try await harness.actors.store.entries
        #expect(entries.count == (item.code == nil ? 4 : 3))
        if item.code == nil {
            #expect(entries.last?.title == "Corrigé")
            #expect(entries.last?.version == "2")
            #expect(entries.first { $0.id == entry.id }?.availabilityStatus == XDSURN.deprecated)
            let exam = harness.actors.exam
            #expect(
                try await harness.retrieve([(exam.repositoryUniqueID, entry.uniqueID)]).answer?.documents.count == 1)
        }
    }

    @Test("A body that is no update, and an update of nothing, are refused")
    func noUpdate() async throws {
        let harness = await Harness()
        let query = try await harness.exchange(.updateDocumentSet, harness.find(harness.actors.exam).element())
        let first = query.message.envelope?.content.map { RegistryResponse(reading: $0) }
        #expect(first?.errors.map(\.code) == [.registryError])
        var submission = Submission()
        submission.submissionSets = [harness.withdrawal(try #require(try await harness.actors.store.entries.last)).set]
        let body = Element("lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [submission.element()])
        let second = try await harness.exchange(.updateDocumentSet, body).message.envelope?.content
            .map { RegistryResponse(reading: $0) }
        #expect(second?.errors.map(\.code) == [.metadataUpdateError])
    }

    // MARK: ITI-43

    @Test("A retrieval that names another community, or none where one is needed, is refused")
    func communities() async throws {
        var policy = DMPPolicy()
        policy.homeCommunityID = "urn:oid:1.2.3"
        policy.demandsHomeCommunity = true
        let harness = await Harness(policy: policy)
        let exam = harness.actors.exam
        let homes = ["urn:oid:1.2.3", "urn:oid:1.2.404", nil]
        let request = RetrieveDocumentSetRequest(
            homes.map {
                DocumentRequest(
                    home: $0, repositoryUniqueID: exam.repositoryUniqueID, documentUniqueID: exam.manifestUID)
            })
        let message = try await harness.exchange(.retrieveDocumentSet, request.element()).message
        let answer = try #require(RetrieveDocumentSetResponse(reading: message))
        #expect(answer.registry?.isPartialSuccess == true)
        #expect(answer.documents.map(\.home) == ["urn:oid:1.2.3"])
        #expect(answer.registry?.errors.map(\.code) == [.unknownCommunity, .missingHomeCommunityID])
    }

    @Test("A document asked for twice comes twice, one of two unknown comes with one error")
    func duplicates() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let twice = try await harness.retrieve(
            [exam.manifestUID, exam.manifestUID].map { (exam.repositoryUniqueID, $0) })
        #expect(twice.answer?.documents.map(\.documentUniqueID) == [exam.manifestUID, exam.manifestUID])
        #expect(twice.answer?.registry?.isSuccess == true)
        let mixed = try await harness.retrieve(
            [
                (exam.repositoryUniqueID, exam.documentID), (exam.repositoryUniqueID, "1.2.404"),
                ("1.2", exam.manifestUID),
            ])
        #expect(mixed.answer?.registry?.isPartialSuccess == true)
        #expect(mixed.answer?.registry?.errors.map(\.code) == [.documentUniqueIDError, .unknownRepositoryID])
        #expect(mixed.answer?.registry?.errors.map(\.location) == ["1.2.404", exam.manifestUID])
    }
}
