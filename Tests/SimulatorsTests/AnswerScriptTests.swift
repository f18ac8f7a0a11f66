import Foundation
import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct AnswerScriptTests {
    @Test("Every answer is written as text and read again", arguments: ScriptedAnswer.forms)
    func forms(_ form: String) throws {
        let words = [
            "CODE": "XDSRegistryBusy", "[CONTEXT]": "try later", "Sender|Receiver": "Receiver", "[REASON]": "no more",
            "STATUS": "503", "SECONDS": "2.5", "BYTES": "400", "TYPE": "text/plain; charset=UTF-8",
        ]
        let text = form.split(separator: " ").map { words[String($0)] ?? String($0) }.joined(separator: " ")
        let answer = try #require(ScriptedAnswer(text))
        #expect(answer.description == text)
        #expect(ScriptedAnswer(answer.description) == answer)
    }

    @Test(
        "A text that names no answer is none",
        arguments: [
            "", "nominals", "error", "http", "http 99", "http x", "delay -1", "delay inf", "drip 0", "cut -1",
            "silence now",
        ])
    func unknown(_ text: String) { #expect(ScriptedAnswer(text) == nil) }

    @Test("Answers are given in order, by transaction, then the standing one, then the rules")
    func order() async throws {
        let script = AnswerScript()
        let harness = await Harness(script: script)
        let exam = harness.actors.exam
        script.next([.error(.registryBusy), .nominal], for: .registryStoredQuery)
        script.next([.fault(.receiver)], for: .retrieveDocumentSet)
        #expect(script.pending == 3)
        #expect(try await harness.query(harness.find(exam))?.registry.errors.map(\.code) == [.registryBusy])
        #expect(try await harness.query(harness.find(exam))?.registry.isSuccess == true)
        #expect(try await harness.retrieve([("1", "2")]).message.envelope?.content?.localName == "Fault")
        #expect(script.pending == 0)
        script.always(.init(.empty), for: .registryStoredQuery)
        #expect(try await harness.query(harness.find(exam))?.objects.entries.isEmpty == true)
        #expect(try await harness.query(harness.find(exam))?.objects.entries.isEmpty == true)
        script.clear()
        #expect(try await harness.query(harness.find(exam))?.objects.entries.count == 2)
        let scripted = await harness.actors.log.messages.map { $0.scripted?.description }
        #expect(
            scripted.map { $0 ?? "-" }.prefix(3) == [
                "error XDSRegistryBusy as the scenario asks", "nominal", "fault Receiver as the scenario asks",
            ])
    }

    /// Each error that a DMP may answer, in the answers of its transactions.
    private static let errors: [(XDSErrorCode, DMPTransaction)] = XDSErrorCode.all.flatMap { code, transactions in
        DMPTransaction.allCases.filter { transactions.contains($0.rawValue) }.map { (code, $0) }
    }

    @Test("Every error code can be answered in each transaction that may hold it, and nothing is stored")
    func everyError() async throws {
        let script = AnswerScript()
        let harness = await Harness(script: script)
        let exam = Harness.fresh()
        #expect(Self.errors.count > 60)
        for (code, transaction) in Self.errors {
            script.next([.error(code, "context of \(code)")], for: transaction)
            let errors: [RegistryError]?
            switch transaction {
            case .provideAndRegister: errors = try await harness.submit(exam.submissionRequest()).registry?.errors
            case .registryStoredQuery: errors = try await harness.query(harness.find(exam))?.registry.errors
            case .retrieveDocumentSet: errors = try await harness.retrieve([("1", "2")]).answer?.registry?.errors
            case .updateDocumentSet:
                let entry = try #require(try await harness.actors.store.entries.last)
                errors = try await harness.update(harness.withdrawal(entry))?.errors
            case .existence, .authorization: errors = nil
            }
            #expect(errors?.map(\.code) == [code], "\(code) \(transaction)")
            #expect(errors?.first?.context == "context of \(code)")
        }
        #expect(try await harness.actors.store.entries.count == 3)
        #expect(try await harness.actors.store.submissionSets.count == 2)
    }

    @Test("A faulty HTTP answer, a page, another type and a lost answer are what the client sees")
    func whole() async throws {
        let script = AnswerScript()
        let harness = await Harness(script: script)
        let exam = Harness.fresh()
        script.next([ScriptedAnswer(.http(503)), ScriptedAnswer(.html), ScriptedAnswer(.contentType("text/plain"))])
        #expect(try await harness.submit(exam.submissionRequest()).response.status == 503)
        let page = try await harness.submit(exam.submissionRequest()).response
        #expect(page.status == 200 && page.headers.first("Content-Type")?.hasPrefix("text/html") == true)
        #expect(try await harness.actors.store.entries.count == 3, "nothing is stored so far")
        let served = try await harness.submit(exam.submissionRequest()).response
        #expect(served.headers.first("Content-Type") == "text/plain")
        #expect(try await harness.actors.store.entries.count == 5)
        script.next([ScriptedAnswer(.silence), ScriptedAnswer(.cut(10))])
        for seed in [UInt64(51), 52] {
            await #expect(throws: HTTPError.self) {
                try await harness.submit(ExamFixture(seed: seed).submissionRequest())
            }
        }
        // The answer was lost, the submission was not.
        #expect(try await harness.actors.store.entries.count == 9)
    }

    @Test("Answers to a query are changed as the script asks, and no other way")
    func queries() async throws {
        let script = AnswerScript()
        let harness = await Harness(script: script)
        let query = harness.find(harness.actors.exam)
        func ask(_ kind: ScriptedAnswer.Kind) async throws -> StoredQueryResponse {
            script.next([ScriptedAnswer(kind)])
            return try #require(try await harness.query(query))
        }
        let nominal = try await ask(.nominal)
        #expect(nominal.totalResultCount == nil)
        #expect(try await ask(.withCount).totalResultCount == 2)
        let withdrawn = try await ask(.withWithdrawn)
        #expect(
            Set(withdrawn.objects.entries.compactMap(\.availabilityStatus))
                == [XDSURN.approved, XDSURN.deprecated, XDSURN.deleted])
        let tooMany = try await ask(.tooMany)
        #expect(tooMany.registry.isPartialSuccess && tooMany.objects.entries.count == 1)
        #expect(tooMany.registry.errors.map(\.code) == [.tooManyResults])
        let extra = try await ask(.extraSlots)
        #expect(extra.objects.entries.allSatisfy { !$0.otherSlots.isEmpty && !$0.otherClassifications.isEmpty })
        #expect(nominal.objects.entries.allSatisfy { $0.otherSlots.isEmpty })
        let older = try await ask(.olderEventCodes)
        #expect(older.objects.entries.allSatisfy { $0.eventCodes.contains { $0.scheme == FrenchOID.regionValueSet } })
        script.next([ScriptedAnswer(.otherRelatesTo)])
        let message = try await harness.exchange(.registryStoredQuery, query.element()).message
        #expect(message.envelope?.addressing.relatesTo != "urn:uuid:00000000-0000-4000-8000-0000000000aa")
    }

    @Test("Answers to a retrieval are changed as the script asks")
    func retrievals() async throws {
        let script = AnswerScript()
        let harness = await Harness(script: script)
        let exam = harness.actors.exam
        let wanted = [exam.documentID, exam.manifestUID].map { (exam.repositoryUniqueID, $0) }
        func ask(_ kind: ScriptedAnswer.Kind) async throws -> (
            message: SOAPMessage, answer: RetrieveDocumentSetResponse
        ) {
            script.next([ScriptedAnswer(kind)])
            let got = try await harness.retrieve(wanted)
            return (got.message, try #require(got.answer))
        }
        let partial = try await ask(.partial).answer
        #expect(partial.registry?.isPartialSuccess == true && partial.documents.count == 1)
        #expect(partial.registry?.errors.first?.location == exam.manifestUID)
        let inline = try await ask(.inlineDocuments)
        #expect(!inline.message.isMultipart)
        #expect(inline.answer.documents.last?.content?.bytes == harness.actors.manifest)
        let odd = try await ask(.oddParts).message
        #expect(odd.parts.dropFirst().allSatisfy { $0.contentType?.essence == "application/x-cisis" })
        let broken = try await ask(.brokenManifest).answer
        #expect(broken.documents.last?.content?.bytes.count == 100)
        let other = try await ask(.otherPatientManifest).answer
        #expect(other.documents.last?.content?.bytes != harness.actors.manifest)
        script.next([ScriptedAnswer(.unquotedBoundary), ScriptedAnswer(.lowerCaseHeaders)])
        let request = RetrieveDocumentSetRequest(
            wanted.map { DocumentRequest(repositoryUniqueID: $0.0, documentUniqueID: $0.1) })
        let unquoted = try await harness.exchange(.retrieveDocumentSet, request.element())
        #expect(unquoted.response.headers.first("Content-Type")?.contains("boundary=cisis-") == true)
        #expect(RetrieveDocumentSetResponse(reading: unquoted.message)?.documents.count == 2)
        let lower = try await harness.exchange(.retrieveDocumentSet, request.element()).response
        #expect(lower.headers.fields.allSatisfy { $0.name == $0.name.lowercased() })
    }

    @Test("The state of a record is told as the script asks")
    func records() async throws {
        let script = AnswerScript()
        let harness = await Harness(script: script)
        let patient = harness.actors.exam.patientCX
        script.next(
            [.init(.closedRecord), .init(.absentRecord), .init(.noAccess), .error(.registryBusy)], for: .existence)
        var states: [ExistenceAnswer.State?] = []
        for _ in 0..<4 { states.append(try await harness.existence(patient)?.state) }
        #expect(states[0] == .closed && states[1] == .absent && states[2] == .open(.absent))
        #expect(states[3] == .refused("XDSRegistryBusy: as the scenario asks"))
        script.next([.init(.noAccess)])
        let answer = try await harness.exchange(
            .authorization, AuthorizationResponse.request(), headerBlocks: [VIHF(patient).unjudged])
        #expect(answer.message.envelope?.content.flatMap { AuthorizationResponse(reading: $0)?.isGranted } == false)
    }
}
