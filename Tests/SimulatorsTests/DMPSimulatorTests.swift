import DICOM
import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct DMPSimulatorTests {
    @Test("A conformant submission is stored whole, approved, and found again")
    func submission() async throws {
        let harness = await Harness()
        let exam = Harness.fresh()
        let answer = try await harness.submit(exam.submissionRequest())
        #expect(answer.response.status == 200)
        #expect(answer.registry?.isSuccess == true)
        #expect(answer.registry?.errors == [])
        #expect(answer.message.isMultipart)
        #expect(answer.message.faults.map(\.code.rawValue) == [])
        #expect(answer.message.envelope?.addressing.action == XDSTransaction.provideAndRegister.responseAction)
        #expect(answer.message.envelope?.addressing.relatesTo == "urn:uuid:00000000-0000-4000-8000-0000000000aa")

        let found = try #require(try await harness.query(harness.find(exam)))
        let entries = found.objects.entries.filter { $0.references(.studyInstanceUID).map(\.id) == [exam.studyUID] }
        #expect(entries.map(\.uniqueID) == [exam.documentID, exam.manifestUID])
        for entry in entries {
            #expect(entry.availabilityStatus == XDSURN.approved)
            #expect(entry.repositoryUniqueID == exam.repositoryUniqueID)
            #expect(UUIDText.isURN(entry.id))
            #expect(entry.logicalID == entry.id)
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        let code: XDSErrorCode
        let location: String?
        let edit: @Sendable (inout ProvideAndRegisterRequest) -> Void
        var testDescription: String { name }

        init(
            _ name: String, _ code: XDSErrorCode, at location: String? = nil,
            _ edit: @escaping @Sendable (inout ProvideAndRegisterRequest) -> Void
        ) {
            self.name = name
            self.code = code
            self.location = location
            self.edit = edit
        }
    }

    @Test(
        "A faulty submission is refused with its code and place, and nothing is stored",
        arguments: [
            Refusal("no document", .missingDocument, at: "DocumentKOS") { $0.documents.removeLast() },
            Refusal("no entry", .missingDocumentMetadata, at: "Other") {
                $0.documents.append(SubmittedDocument(id: "Other", bytes: [1]))
            },
            Refusal("wrong hash", .repositoryMetadataError, at: "DocumentKOS") {
                $0.submission.entries[1].hash = String(repeating: "0", count: 40)
            },
            Refusal("wrong size", .repositoryMetadataError, at: "DocumentCR") { $0.submission.entries[0].size = "1" },
            Refusal("uniqueId twice", .repositoryDuplicateUniqueIDInMessage, at: "DocumentKOS") {
                $0.submission.entries[1].uniqueID = $0.submission.entries[0].uniqueID
            },
            Refusal("other patient in the set", .patientIDDoesNotMatch, at: "DocumentCR") {
                $0.submission.submissionSets[0].patientID = CX(
                    id: "299999999999945", oid: "1.2.250.1.213.1.4.10", type: "NH")
            },
            Refusal("unknown patient", .unknownPatientID) {
                let other = CX(id: "180019999900069", oid: "1.2.250.1.213.1.4.10", type: "NH")
                $0.submission.submissionSets[0].patientID = other
                for index in $0.submission.entries.indices { $0.submission.entries[index].patientID = other }
            },
            Refusal("no formatCode", .registryMetadataError, at: "DocumentKOS") {
                $0.submission.entries[1].formatCode = nil
            },
            Refusal("foreign classCode", .registryMetadataError, at: "DocumentKOS") {
                $0.submission.entries[1].classCode = CodedValue("KOS", "1.2.3", "x")
            },
            Refusal("letters in creationTime", .registryMetadataError, at: "DocumentCR") {
                $0.submission.entries[0].creationTime = DTM("2026AB12")
            },
            Refusal("no member", .registryMetadataError, at: "DocumentCR") {
                $0.submission.associations.removeFirst()
            },
            Refusal("no submission set", .registryMetadataError) { $0.submission.submissionSets = [] },
            Refusal("unknown target", .unresolvedReference, at: "Replacement") {
                $0.submission.associations.append(
                    Association(
                        id: "Replacement", type: XDSURN.replaces, source: "DocumentKOS",
                        target: "urn:uuid:00000000-0000-4000-8000-000000000404"))
            },
        ])
    func refusals(_ item: Refusal) async throws {
        let harness = await Harness()
        let before = try await harness.actors.store.entries.count
        var request = Harness.fresh().submissionRequest()
        item.edit(&request)
        let answer = try await harness.submit(request)
        #expect(answer.response.status == 200)
        #expect(answer.registry?.status == XDSURN.failure)
        let errors = try #require(answer.registry?.errors)
        #expect(errors.contains { $0.code == item.code && (item.location == nil || $0.location == item.location) })
        #expect(Set(errors.map(\.code)) == [item.code])
        #expect(errors.allSatisfy { !$0.context.isEmpty && !$0.isWarning })
        #expect(try await harness.actors.store.entries.count == before)
        let received = await harness.actors.log.messages
        #expect(received.last?.transaction == "ITI-41")
        #expect(received.last?.faults.contains { $0.code == item.code.rawValue } == true)
    }

    @Test("The same uniqueId again is refused, with other bytes as non identical")
    func resubmission() async throws {
        let harness = await Harness()
        let exam = Harness.fresh()
        _ = try await harness.submit(exam.submissionRequest())
        let again = try await harness.submit(exam.submissionRequest())
        #expect(Set(again.registry?.errors.map(\.code) ?? []) == [.duplicateUniqueIDInRegistry])
        var changed = exam
        changed.act.display = "CT thorax"
        let other = try await harness.submit(changed.submissionRequest([.report]))
        #expect(other.registry?.errors.map(\.code) == [.nonIdenticalHash])
    }

    @Test("A replacement deprecates the entry that it replaces, and a deprecated entry cannot be replaced")
    func replacement() async throws {
        let harness = await Harness()
        var exam = Harness.fresh()
        _ = try await harness.submit(exam.submissionRequest([.manifest]))
        let first = try #require(try await harness.actors.store.entries.last)
        exam.manifestUID = "2.25.99"
        exam.manifestNumber = 2
        #expect(
            try await harness.submit(exam.submissionRequest([.manifest], replacing: [.manifest: first.id])).registry?
                .isSuccess == true)
        let entries = try await harness.actors.store.entries
        #expect(entries.first { $0.id == first.id }?.availabilityStatus == XDSURN.deprecated)
        exam.manifestUID = "2.25.100"
        let again = try await harness.submit(exam.submissionRequest([.manifest], replacing: [.manifest: first.id]))
        #expect(again.registry?.errors.map(\.code) == [.registryDeprecatedDocument])
    }

    @Test("Only requested statuses come back, and deprecated entries when they are asked for")
    func statuses() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let approved = try await harness.query(harness.find(exam))
        #expect(approved?.objects.entries.map(\.uniqueID) == [exam.documentID, exam.manifestUID])
        let deprecated = try await harness.query(harness.find(exam, status: [XDSURN.deprecated]))
        #expect(deprecated?.objects.entries.count == 1)
        let both = try await harness.query(harness.find(exam, status: [XDSURN.approved, XDSURN.deprecated]))
        #expect(both?.objects.entries.count == 3)
    }

    struct Filter: Sendable {
        let name: String
        let value: QueryValue
        let count: Int
    }

    @Test(
        "FindDocuments filters by code, time and author",
        arguments: [
            Filter(name: "TypeCode", value: .list(["IMG-KOS^^1.2.250.1.213.1.1.4.12"]), count: 1),
            Filter(name: "TypeCode", value: .list(["IMG-KOS^^1.2.3"]), count: 0),
            Filter(name: "FormatCode", value: .list(["1.2.840.10008.5.1.4.1.1.88.59^^1.2.840.10008.2.6.1"]), count: 1),
            Filter(
                name: "EventCodeList", value: .list(["MR^^1.2.840.10008.2.16.4", "CT^^1.2.840.10008.2.16.4"]), count: 2),
            Filter(name: "EventCodeList", value: .list(["MR^^1.2.840.10008.2.16.4"]), count: 0),
            Filter(name: "CreationTimeFrom", value: .number("20260312093000"), count: 2),
            Filter(name: "CreationTimeFrom", value: .number("20260312093001"), count: 0),
            Filter(name: "CreationTimeTo", value: .number("20260312093000"), count: 0),
            Filter(name: "ServiceStartTimeTo", value: .number("2027"), count: 2),
            Filter(name: "AuthorPerson", value: .list(["%RADIOLOGUE%"]), count: 1),
            Filter(name: "ConfidentialityCode", value: .list(["R^^2.16.840.1.113883.5.25"]), count: 0),
        ])
    func filters(_ item: Filter) async throws {
        let harness = await Harness()
        let parameter = StoredQuery.Parameter("$XDSDocumentEntry\(item.name)", [item.value.written])
        let found = try await harness.query(harness.find(harness.actors.exam, [parameter]))
        #expect(found?.registry.isSuccess == true)
        #expect(found?.objects.entries.count == item.count)
    }

    @Test("Modality and region in two slots are both wanted")
    func twoSlots() async throws {
        let harness = await Harness()
        func parameter(_ text: String) -> StoredQuery.Parameter {
            .init("$XDSDocumentEntryEventCodeList", [QueryValue.list([text]).written])
        }
        let (modality, region) = ("CT^^1.2.840.10008.2.16.4", "67734004^^2.16.840.1.113883.6.96")
        let exam = harness.actors.exam
        let both = try await harness.query(harness.find(exam, [parameter(modality), parameter(region)]))
        #expect(both?.objects.entries.count == 2)
        let one = try await harness.query(
            harness.find(exam, [parameter(modality), parameter("774007^^2.16.840.1.113883.6.96")]))
        #expect(one?.objects.entries.count == 0)
    }

    @Test("FindDocumentsByReferenceId returns the entries of one accession, GetDocuments those of one id")
    func references() async throws {
        let harness = await Harness()
        let exam = Harness.fresh()
        _ = try await harness.submit(exam.submissionRequest())
        let reference = StoredQuery.Parameter(
            "$XDSDocumentEntryReferenceIdList", [QueryValue.list([exam.accessionReference.text]).written])
        let found = try await harness.query(
            harness.find(exam, [reference], id: .findDocumentsByReferenceID))
        #expect(found?.objects.entries.map(\.uniqueID) == [exam.documentID, exam.manifestUID])

        var get = StoredQuery(
            .getDocuments,
            parameters: [.init("$XDSDocumentEntryUniqueId", [QueryValue.list([exam.manifestUID]).written])])
        let leaf = try await harness.query(get)
        #expect(leaf?.objects.entries.map(\.uniqueID) == [exam.manifestUID])
        get.returnType = "ObjectRef"
        let reference2 = try await harness.query(get)
        #expect(reference2?.objects.entries.isEmpty == true)
        #expect(reference2?.objects.references == leaf?.objects.entries.map(\.id))
    }

    struct BadQuery: Sendable {
        let name: String
        let code: XDSErrorCode
        let edit: @Sendable (inout StoredQuery) -> Void
    }

    @Test(
        "A faulty query is refused with its code",
        arguments: [
            BadQuery(name: "unknown", code: .unknownStoredQuery) {
                $0.id = .init(rawValue: "urn:uuid:00000000-0000-4000-8000-000000000000")
            },
            BadQuery(name: "no patient", code: .storedQueryMissingParameter) { $0.parameters.removeFirst() },
            BadQuery(name: "no status", code: .storedQueryMissingParameter) { $0.parameters.removeLast() },
            BadQuery(name: "two patients", code: .storedQueryParameterNumber) {
                $0.parameters.append($0.parameters[0])
            },
            BadQuery(name: "no quotes", code: .registryError) { $0.parameters[1].values = ["(Approved)"] },
            BadQuery(name: "return type", code: .registryError) { $0.returnType = "Everything" },
            BadQuery(name: "no id", code: .storedQueryMissingParameter) {
                $0.id = .getDocuments
                $0.parameters = []
            },
            BadQuery(name: "both ids", code: .storedQueryParameterNumber) {
                $0.id = .getDocuments
                $0.parameters = [
                    .init("$XDSDocumentEntryUniqueId", ["('1.2')"]),
                    .init("$XDSDocumentEntryEntryUUID", ["('urn:uuid:1')"]),
                ]
            },
        ])
    func badQueries(_ item: BadQuery) async throws {
        let harness = await Harness()
        var query = harness.find(harness.actors.exam)
        item.edit(&query)
        let answer = try #require(try await harness.query(query))
        #expect(answer.registry.status == XDSURN.failure)
        #expect(answer.registry.errors.first?.code == item.code)
    }

    @Test("An unknown patient is found with success and no entry")
    func emptyResult() async throws {
        let harness = await Harness()
        var query = harness.find(harness.actors.exam)
        query.parameters[0].values = ["'1^^^&1.2&ISO'"]
        let answer = try await harness.query(query)
        #expect(answer?.registry.isSuccess == true)
        #expect(answer?.objects.entries.isEmpty == true)
    }

    @Test("Documents come back byte for byte with their media type")
    func retrieve() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let (message, answer) = try await harness.retrieve(
            [exam.documentID, exam.manifestUID].map { (exam.repositoryUniqueID, $0) })
        #expect(message.faults.map(\.code.rawValue) == [])
        #expect(answer?.registry?.isSuccess == true)
        #expect(answer?.documents.map(\.documentUniqueID) == [exam.documentID, exam.manifestUID])
        #expect(answer?.documents.map(\.mimeType) == ["text/xml", "application/dicom"])
        #expect(answer?.documents.first?.content?.bytes == exam.reportBytes())
        #expect(answer?.documents.last?.content?.bytes == harness.actors.manifest)
        #expect(harness.actors.manifest == exam.manifestBytes())
    }

    @Test("What cannot be retrieved is an error with its place; the rest is delivered")
    func partialRetrieve() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let known = (exam.repositoryUniqueID, exam.manifestUID)
        let mixed = try await harness.retrieve([known, (exam.repositoryUniqueID, "1.2.404")]).answer
        #expect(mixed?.registry?.isPartialSuccess == true)
        #expect(mixed?.documents.count == 1)
        #expect(mixed?.registry?.errors.map(\.code) == [.documentUniqueIDError])
        #expect(mixed?.registry?.errors.first?.location == "1.2.404")
        let foreign = try await harness.retrieve([("1.2.405", exam.manifestUID)]).answer
        #expect(foreign?.registry?.status == XDSURN.failure)
        #expect(foreign?.registry?.errors.map(\.code) == [.unknownRepositoryID])
        let none = try await harness.retrieve([]).answer
        #expect(none?.registry?.errors.map(\.code) == [.repositoryError])
    }

    @Test("An unknown action, another SOAP and what is no SOAP get a SOAP fault")
    func soapFaults() async throws {
        let harness = await Harness()
        let unknown = try await harness.send(Element("x"), action: "urn:example:Unknown", path: "/repository")
        #expect(unknown.response.status == 400)
        #expect(unknown.message.envelope?.fault?.subcode?.local == "ActionNotSupported")
        let wrongPlace = try await harness.send(
            Element("x"), action: XDSTransaction.registryStoredQuery.action, path: "/repository")
        #expect(wrongPlace.message.envelope?.fault?.subcode?.local == "ActionNotSupported")
        let request = SimulatorRequest(
            "POST", "/registry", headers: ["Content-Type": "text/html"], body: RecordedBody(Array("<html/>".utf8)))
        let page = SOAPMessage(reading: try await harness.actors.dmp.answer(request).response())
        #expect(page.envelope?.fault?.code == .sender)
        let get = try await harness.actors.dmp.answer(SimulatorRequest("GET", "/registry")).response()
        #expect(get.status == 405)
        #expect(try await harness.actors.dmp.answer(SimulatorRequest("POST", "/other")).response().status == 404)
    }

    @Test("A boundary that the body does not have is refused and nothing is stored")
    func brokenMultipart() async throws {
        let harness = await Harness()
        let before = try await harness.actors.store.entries.count
        let request = SimulatorRequest(
            "POST", "/repository",
            headers: ["Content-Type": "multipart/related; type=\"application/xop+xml\"; boundary=\"other\""],
            body: RecordedBody(Array("--boundary\r\n\r\nx\r\n--boundary--\r\n".utf8)))
        let response = try await harness.actors.dmp.answer(request).response()
        #expect(response.status == 400)
        #expect(try await harness.actors.store.entries.count == before)
    }

    @Test("What a message departs from is kept for the judge")
    func receivedFaults() async throws {
        let harness = await Harness()
        _ = try await harness.submit(Harness.fresh().submissionRequest()) { $0.framing.writesCloseDelimiter = false }
        let received = await harness.actors.log.messages
        #expect(received.last?.faults.contains { $0.code == "soap.missing-close-delimiter" } == true)
        #expect(received.map(\.number) == [1])
    }
}
