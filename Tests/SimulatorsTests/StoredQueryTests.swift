import SOAP
import Simulators
import Testing
import XDS

@Suite struct StoredQueryTests {
    typealias Parameters = @Sendable (Registry) -> [StoredQuery.Parameter]

    /// A DMP with a folder that holds a report, an addendum to the report and a withdrawn KOS.
    struct Registry: Sendable {
        let harness: Harness
        let exam: ExamFixture
        let report: DocumentEntry
        let addendum: DocumentEntry
        let folder: Folder
        let set: SubmissionSet

        init(policy: DMPPolicy = .init()) async throws {
            harness = await Harness(policy: policy)
            exam = harness.actors.exam
            let store = harness.actors.store
            report = try #require(try await store.document(uniqueID: exam.documentID)?.entry)
            var other = Harness.fresh()
            other.accession = exam.accession
            var request = other.submissionRequest([.report])
            request.submission.entries[0].title = "Addendum"
            var folder = Folder(id: "Folder01", uniqueID: "2.25.5001")
            folder.title = "Suivi"
            folder.codes = [CodedValue("suivi", "1.2.3", "Suivi")]
            folder.patientID = exam.patientCX
            request.submission.folders = [folder]
            let set = request.submission.submissionSets[0].id
            request.submission.associations += [
                .member(id: "FolderMember", set: set, entry: "Folder01"),
                Association(id: "InFolder", type: XDSURN.hasMember, source: "Folder01", target: report.id),
                .member(id: "InFolderMember", set: set, entry: "InFolder"),
                Association(id: "Append", type: XDSURN.appends, source: "DocumentCR", target: report.id),
            ]
            let answer = try await harness.submit(request)
            #expect(answer.registry?.errors == [])
            let all = try await store.storage.objects(.everything)
            addendum = try #require(all.entries.last)
            self.folder = try #require(all.folders.first)
            self.set = try #require(all.submissionSets.last)
        }

        func ask(_ id: StoredQuery.Identifier, _ parameters: [StoredQuery.Parameter]) async throws
            -> StoredQueryResponse
        {
            try #require(try await harness.query(StoredQuery(id, parameters: parameters)))
        }
    }

    private static func string(_ name: String, _ value: String) -> StoredQuery.Parameter {
        .init(name, [QueryValue.string(value).written])
    }

    private static func list(_ name: String, _ values: String...) -> StoredQuery.Parameter {
        .init(name, [QueryValue.list(values).written])
    }

    private static func number(_ name: String, _ value: String) -> StoredQuery.Parameter { .init(name, [value]) }

    private static let approved = XDSURN.approved

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let id: StoredQuery.Identifier
        let parameters: Parameters
        /// Entries, sets, folders, associations.
        let counts: [Int]
        var testDescription: String { name }

        init(
            _ name: String, _ id: StoredQuery.Identifier, _ counts: [Int], _ parameters: @escaping Parameters
        ) {
            self.name = name
            self.id = id
            self.counts = counts
            self.parameters = parameters
        }
    }

    private static func set(_ registry: Registry, _ more: StoredQuery.Parameter...) -> [StoredQuery.Parameter] {
        [
            string("$XDSSubmissionSetPatientId", registry.exam.patientCX.text),
            list("$XDSSubmissionSetStatus", approved),
        ] + more
    }

    private static func folder(_ registry: Registry, _ more: StoredQuery.Parameter...) -> [StoredQuery.Parameter] {
        [string("$XDSFolderPatientId", registry.exam.patientCX.text), list("$XDSFolderStatus", approved)] + more
    }

    private static func find(_ registry: Registry, _ more: StoredQuery.Parameter...) -> [StoredQuery.Parameter] {
        [
            string("$XDSDocumentEntryPatientId", registry.exam.patientCX.text),
            list("$XDSDocumentEntryStatus", approved),
        ] + more
    }

    static let finds: [Case] = [
        Case("find by patient", .findDocuments, [3, 0, 0, 0]) { find($0) },
        Case("find by stable type", .findDocuments, [3, 0, 0, 0]) {
            find($0, list("$XDSDocumentEntryType", XDSUUID.stableDocument))
        },
        Case("find by on-demand type", .findDocuments, [0, 0, 0, 0]) {
            find($0, list("$XDSDocumentEntryType", XDSUUID.onDemandDocument))
        },
        Case("find by class", .findDocuments, [2, 0, 0, 0]) {
            find($0, list("$XDSDocumentEntryClassCode", FrenchCode.reportClass.queryText))
        },
        Case("find by class or class", .findDocuments, [3, 0, 0, 0]) {
            find(
                $0, list("$XDSDocumentEntryClassCode", FrenchCode.reportClass.queryText, FrenchCode.kosClass.queryText))
        },
        Case("find by practice setting", .findDocuments, [3, 0, 0, 0]) {
            find($0, list("$XDSDocumentEntryPracticeSettingCode", "AMBULATOIRE^^1.2.250.1.213.1.1.4.9"))
        },
        Case("find by facility", .findDocuments, [0, 0, 0, 0]) {
            find($0, list("$XDSDocumentEntryHealthcareFacilityTypeCode", "SA25^^1.2.250.1.71.4.2.4"))
        },
        Case("find by stop time", .findDocuments, [3, 0, 0, 0]) {
            find($0, number("$XDSDocumentEntryServiceStopTimeFrom", "2026"))
        },
        Case("find by start time that ends before", .findDocuments, [0, 0, 0, 0]) {
            find($0, number("$XDSDocumentEntryServiceStartTimeTo", "20260312083000"))
        },
        Case("find by author with wildcards", .findDocuments, [2, 0, 0, 0]) {
            find($0, list("$XDSDocumentEntryAuthorPerson", "%RADIOLOGUE_ESSAI^%"))
        },
        Case("find by an author who has none", .findDocuments, [0, 0, 0, 0]) {
            find($0, list("$XDSDocumentEntryAuthorPerson", "RADIOLOGUE"))
        },
        Case("find by two references", .findDocumentsByReferenceID, [2, 0, 0, 0]) { registry in
            find(
                registry, list("$XDSDocumentEntryReferenceIdList", registry.exam.accessionReference.text),
                list(
                    "$XDSDocumentEntryReferenceIdList",
                    CXi(id: registry.exam.studyUID, oid: nil, kind: .studyInstanceUID).text))
        },
        Case("find by either reference", .findDocumentsByReferenceID, [3, 0, 0, 0]) { registry in
            find(
                registry,
                list(
                    "$XDSDocumentEntryReferenceIdList", registry.exam.accessionReference.text,
                    CXi(id: "1.2.404", oid: nil, kind: .studyInstanceUID).text))
        },
        Case("unknown parameters are passed over", .findDocuments, [3, 0, 0, 0]) {
            find($0, string("$XDSDocumentEntryColour", "blue"))
        },
        Case("sets of a patient", .findSubmissionSets, [0, 3, 0, 0]) { set($0) },
        Case("sets of a source", .findSubmissionSets, [0, 3, 0, 0]) {
            set($0, list("$XDSSubmissionSetSourceId", "1.2.250.1.999.4.3"))
        },
        Case("sets of another source", .findSubmissionSets, [0, 0, 0, 0]) {
            set($0, list("$XDSSubmissionSetSourceId", "1.2.404"))
        },
        Case("sets by time", .findSubmissionSets, [0, 0, 0, 0]) {
            set($0, number("$XDSSubmissionSetSubmissionTimeFrom", "2027"))
        },
        Case("sets by author", .findSubmissionSets, [0, 3, 0, 0]) {
            set($0, string("$XDSSubmissionSetAuthorPerson", "%Camille%"))
        },
        Case("sets by content type", .findSubmissionSets, [0, 0, 0, 0]) {
            set($0, list("$XDSSubmissionSetContentType", "04^^1.2.250.1.213.2.2"))
        },
        Case("folders of a patient", .findFolders, [0, 0, 1, 0]) { folder($0) },
        Case("folders by code", .findFolders, [0, 0, 1, 0]) {
            folder($0, list("$XDSFolderCodeList", "suivi^^1.2.3", "x^^1"))
        },
        Case("folders by two codes", .findFolders, [0, 0, 0, 0]) {
            folder($0, list("$XDSFolderCodeList", "suivi^^1.2.3"), list("$XDSFolderCodeList", "x^^1"))
        },
        Case("folders by time", .findFolders, [0, 0, 0, 0]) {
            folder($0, number("$XDSFolderLastUpdateTimeTo", "2026"))
        },
    ]

    static let gets: [Case] = [
        Case("all of a patient", .getAll, [3, 3, 1, 9]) { registry in
            [
                string("$patientId", registry.exam.patientCX.text), list("$XDSDocumentEntryStatus", approved),
                list("$XDSSubmissionSetStatus", approved), list("$XDSFolderStatus", approved),
            ]
        },
        Case("documents by entryUUID", .getDocuments, [2, 0, 0, 0]) {
            [list("$XDSDocumentEntryEntryUUID", $0.report.id, $0.addendum.id)]
        },
        Case("folders by uniqueId", .getFolders, [0, 0, 1, 0]) { _ in [list("$XDSFolderUniqueId", "2.25.5001")] },
        Case("associations of an entry", .getAssociations, [0, 0, 0, 3]) { [list("$uuid", $0.report.id)] },
        Case("a document and its associations", .getDocumentsAndAssociations, [1, 0, 0, 3]) {
            [list("$XDSDocumentEntryUniqueId", $0.report.uniqueID)]
        },
        Case("sets of an entry", .getSubmissionSets, [0, 1, 0, 1]) { [list("$uuid", $0.addendum.id)] },
        Case("sets of a folder and an entry", .getSubmissionSets, [0, 2, 0, 2]) {
            [list("$uuid", $0.report.id, $0.folder.id)]
        },
        Case("a set and its contents", .getSubmissionSetAndContents, [1, 1, 1, 4]) {
            [string("$XDSSubmissionSetUniqueId", $0.set.uniqueID)]
        },
        Case("a set and its contents of a format", .getSubmissionSetAndContents, [0, 1, 1, 3]) {
            [
                string("$XDSSubmissionSetEntryUUID", $0.set.id),
                list("$XDSDocumentEntryFormatCode", FrenchCode.kosFormat.queryText),
            ]
        },
        Case("a folder and its contents", .getFolderAndContents, [1, 0, 1, 1]) {
            [string("$XDSFolderEntryUUID", $0.folder.id)]
        },
        Case("a folder and its contents of a confidentiality", .getFolderAndContents, [0, 0, 1, 0]) {
            [
                string("$XDSFolderUniqueId", $0.folder.uniqueID),
                list("$XDSDocumentEntryConfidentialityCode", "R^^2.16.840.1.113883.5.25"),
            ]
        },
        Case("folders of a document", .getFoldersForDocument, [0, 0, 1, 0]) {
            [string("$XDSDocumentEntryUniqueId", $0.report.uniqueID)]
        },
        Case("documents related by an addendum", .getRelatedDocuments, [2, 0, 0, 1]) {
            [
                string("$XDSDocumentEntryUniqueId", $0.report.uniqueID),
                list("$AssociationTypes", XDSURN.appends, XDSURN.replaces),
            ]
        },
        Case("documents related by nothing", .getRelatedDocuments, [0, 0, 0, 0]) {
            [string("$XDSDocumentEntryEntryUUID", $0.report.id), list("$AssociationTypes", XDSURN.transforms)]
        },
    ]

    @Test("Each query finds what it asks for, as objects and as references", arguments: finds + gets)
    func queries(_ item: Case) async throws {
        let registry = try await Registry()
        let parameters = item.parameters(registry)
        let leaf = try await registry.ask(item.id, parameters)
        #expect(leaf.registry.errors == [])
        let found = leaf.objects
        #expect(
            [found.entries.count, found.submissionSets.count, found.folders.count, found.associations.count]
                == item.counts)
        var query = StoredQuery(item.id, parameters: parameters)
        query.returnType = "ObjectRef"
        let references = try #require(try await registry.harness.query(query))
        #expect(references.objects.references.count == item.counts.reduce(0, +))
        #expect(references.objects.entries.isEmpty)
    }

    @Test("The table names every stored query of IHE")
    func everyQuery() {
        let asked = Set((Self.finds + Self.gets).map(\.id))
        #expect(asked.isSuperset(of: StoredQuery.Identifier.all.map(\.id)))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        let code: XDSErrorCode
        let location: String?
        let id: StoredQuery.Identifier
        let policy: @Sendable (inout DMPPolicy) -> Void
        let parameters: Parameters
        var testDescription: String { name }

        init(
            _ name: String, _ code: XDSErrorCode, at location: String?, _ id: StoredQuery.Identifier,
            policy: @escaping @Sendable (inout DMPPolicy) -> Void = { _ in }, _ parameters: @escaping Parameters
        ) {
            self.name = name
            self.code = code
            self.location = location
            self.id = id
            self.policy = policy
            self.parameters = parameters
        }
    }

    @Test(
        "A query is refused with its code and the parameter at fault",
        arguments: [
            Refusal(
                "no status of sets", .storedQueryMissingParameter, at: "$XDSSubmissionSetStatus", .findSubmissionSets
            ) {
                [string("$XDSSubmissionSetPatientId", $0.exam.patientCX.text)]
            },
            Refusal("no uuid", .storedQueryMissingParameter, at: "$uuid", .getAssociations) { _ in [] },
            Refusal("no relation", .storedQueryMissingParameter, at: "$AssociationTypes", .getRelatedDocuments) {
                [string("$XDSDocumentEntryUniqueId", $0.report.uniqueID)]
            },
            Refusal(
                "no reference", .storedQueryMissingParameter, at: "$XDSDocumentEntryReferenceIdList",
                .findDocumentsByReferenceID
            ) {
                find($0)
            },
            Refusal(
                "neither id of a folder", .storedQueryMissingParameter, at: "$XDSFolderEntryUUID", .getFolderAndContents
            ) { _ in
                []
            },
            Refusal(
                "both ids of a set", .storedQueryParameterNumber, at: "$XDSSubmissionSetEntryUUID",
                .getSubmissionSetAndContents
            ) {
                [string("$XDSSubmissionSetUniqueId", $0.set.uniqueID), string("$XDSSubmissionSetEntryUUID", $0.set.id)]
            },
            Refusal(
                "two patients in one list", .storedQueryParameterNumber, at: "$XDSDocumentEntryPatientId",
                .findDocuments
            ) {
                registry in
                [
                    list("$XDSDocumentEntryPatientId", registry.exam.patientCX.text, "x"),
                    list("$XDSDocumentEntryStatus", approved),
                ]
            },
            Refusal("a list in two slots", .storedQueryParameterNumber, at: "$XDSDocumentEntryTypeCode", .findDocuments)
            {
                find($0, list("$XDSDocumentEntryTypeCode", "a^^1"), list("$XDSDocumentEntryTypeCode", "b^^1"))
            },
            Refusal(
                "two sets where one is asked for", .storedQueryParameterNumber, at: "$XDSSubmissionSetUniqueId",
                .getSubmissionSetAndContents
            ) { _ in
                [list("$XDSSubmissionSetUniqueId", "1.2", "1.3")]
            },
            Refusal("letters in a time", .registryError, at: "$XDSDocumentEntryCreationTimeFrom", .findDocuments) {
                find($0, string("$XDSDocumentEntryCreationTimeFrom", "hier"))
            },
            Refusal("a list that is not closed", .registryError, at: "$XDSDocumentEntryClassCode", .findDocuments) {
                find($0, .init("$XDSDocumentEntryClassCode", ["('10^^1'"]))
            },
            Refusal("too many", .tooManyResults, at: nil, .findDocuments, policy: { $0.maximumResults = 2 }) {
                find($0)
            },
            Refusal(
                "no community", .missingHomeCommunityID, at: "home", .getDocuments,
                policy: { $0.demandsHomeCommunity = true }
            ) {
                [string("$XDSDocumentEntryUniqueId", $0.report.uniqueID)]
            },
        ])
    func refusals(_ item: Refusal) async throws {
        var policy = DMPPolicy()
        item.policy(&policy)
        let registry = try await Registry(policy: policy)
        let answer = try await registry.ask(item.id, item.parameters(registry))
        #expect(answer.registry.status == XDSURN.failure)
        #expect(answer.registry.errors.map(\.code) == [item.code])
        #expect(answer.registry.errors.first?.location == item.location)
        #expect(answer.objects.entries.isEmpty)
    }

    @Test("A query for another community is refused, one for ours is served")
    func communities() async throws {
        var policy = DMPPolicy()
        policy.homeCommunityID = "urn:oid:1.2.3"
        let registry = try await Registry(policy: policy)
        var query = StoredQuery(.findDocuments, parameters: Self.find(registry))
        query.home = "urn:oid:1.2.404"
        let refused = try await registry.harness.query(query)
        #expect(refused?.registry.errors.map(\.code) == [.unknownCommunity])
        query.home = "urn:oid:1.2.3"
        let served = try await registry.harness.query(query)
        #expect(served?.registry.isSuccess == true)
    }

    @Test("A query by ids that finds two patients is refused for objects and served for references")
    func twoPatients() async throws {
        let harness = await Harness(patients: nil)
        let exam = harness.actors.exam
        var other = Harness.fresh()
        other.patient.nationalIdentifier.value = "180019999900069"
        #expect(try await harness.submit(other.submissionRequest([.report])).registry?.errors == [])
        let ids = [exam.documentID, other.documentID]
        var query = StoredQuery(
            .getDocuments, parameters: [.init("$XDSDocumentEntryUniqueId", [QueryValue.list(ids).written])])
        let objects = try await harness.query(query)
        #expect(objects?.registry.errors.map(\.code) == [.resultNotSinglePatient])
        query.returnType = "ObjectRef"
        let references = try await harness.query(query)
        #expect(references?.objects.references.count == 2)
    }
}
