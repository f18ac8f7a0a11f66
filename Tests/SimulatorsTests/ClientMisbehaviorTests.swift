import DICOM
import HTTP
import Simulators
import Testing
import XDS

@Suite struct ClientMisbehaviorTests {
    private typealias Scene = ClientTests.Scene
    /// Whether the rule that a fault breaks is seen broken, by what the DMP receives or the user sees.
    private typealias Probe = @Sendable (Scene, Set<ClientMisbehavior>) async throws -> Bool

    @Test("The names are unique, and every fault says in two languages what it does and what it breaks")
    func descriptions() {
        for item in ClientMisbehavior.allCases {
            #expect(["source", "consumer"].contains(item.actor))
            #expect(item.breaks.count == 1)
            #expect(item.description.french.hasSuffix(".") && item.description.english.hasSuffix("."))
            #expect(ClientMisbehavior(rawValue: item.name) == item)
        }
    }

    @Test("A client's fault breaks its rule, and without it the rule holds", arguments: ClientMisbehavior.allCases)
    func faults(_ item: ClientMisbehavior) async throws {
        let probe = item.actor == "source" ? Self.source(item) : Self.consumer(item)
        #expect(try await !probe(await Scene(), []), "seen without the fault")
        #expect(try await probe(await Scene(), [item]), "not seen with the fault")
    }

    /// The uniqueIds of the KOS in the submissions that the DMP received.
    private static func submitted(_ scene: Scene) async throws -> [String] {
        let messages = await scene.harness.actors.log.messages.filter { $0.transaction == "ITI-41" }
        return try messages.map { message in
            let text = String(decoding: try message.request.body.bytes(), as: UTF8.self)
            return text.firstMatch(
                of: /value="([^"]+)"[^>]*>\s*<rim:Name>\s*<rim:LocalizedString[^>]*XDSDocumentEntry.uniqueId/
            )
            .map { String($0.1) } ?? ""
        }
    }

    private static func source(_ item: ClientMisbehavior) -> Probe {
        @Sendable func client(_ scene: Scene, _ faults: Set<ClientMisbehavior>) -> SourceClient {
            SourceClient(scene.client, misbehaviors: faults, now: { VIHF.now })
        }
        let request = Harness.fresh().submissionRequest([.manifest])
        switch item {
        case .resendsAccepted:
            return { scene, faults in
                let source = client(scene, faults)
                await source.publish(request)
                await source.retry()
                return await scene.received.filter { $0 == "ITI-41" }.count > 1
            }
        case .recordsRefused, .forgetsRefused:
            return { scene, faults in
                scene.answer(.error(.registryMetadataError, "x"))
                let source = client(scene, faults)
                await source.publish(request)
                return await source.publications.map(\.state) != [.refused]
            }
        case .repeatsKnown:
            return { scene, faults in
                let source = client(scene, faults)
                await source.publish(request)
                await source.publish(request)
                await source.retry()
                return await scene.received.filter { $0 == "ITI-41" }.count > 2
            }
        case .neverRetries:
            return { scene, faults in
                scene.answer(.http(503))
                let source = client(scene, faults)
                await source.publish(request)
                await source.retry()
                return try await scene.harness.actors.store.entries.count == 3
            }
        case .renamesOnRetry:
            return { scene, faults in
                scene.answer(.silence)
                let source = client(scene, faults)
                await source.publish(request)
                await source.retry()
                return try await Set(submitted(scene)).count > 1
            }
        case .replacesByUniqueID:
            return { scene, faults in
                let exam = scene.harness.actors.exam
                let publication = await client(scene, faults).replace(
                    exam.manifestUID, with: request, entryID: "DocumentKOS")
                return publication.state == .refused
            }
        case .withdrawsWithoutOriginal:
            return { scene, faults in
                let exam = scene.harness.actors.exam
                var set = request.submission.submissionSets[0]
                set.uniqueID = "2.25.1234"
                return await !client(scene, faults).withdraw(exam.manifestUID, set: set).errors.isEmpty
            }
        default: return { _, _ in false }
        }
    }

    /// A consultation of the held exam after the DMP was told how to answer.
    private static func consult(
        _ answers: (ScriptedAnswer.Kind, DMPTransaction)..., asksAccess: Bool = false,
        isBroken: @escaping @Sendable (Scene, ConsumerClient.Consultation) async throws -> Bool
    ) -> Probe {
        { scene, faults in
            for (kind, transaction) in answers { scene.answer(kind, transaction) }
            let seen = await scene.consumer(faults).consult(scene.harness.actors.exam.patientCX, asksAccess: asksAccess)
            return try await isBroken(scene, seen)
        }
    }

    private static func misses(_ kind: ScriptedAnswer.Kind, _ transaction: DMPTransaction) -> Probe {
        consult((kind, transaction)) { _, seen in seen.documents.count < 2 }
    }

    private static func consumer(_ item: ClientMisbehavior) -> Probe {
        switch item {
        case .repeatsExistenceID:
            { scene, faults in
                let consumer = scene.consumer(faults)
                let patient = scene.harness.actors.exam.patientCX
                _ = await consumer.consult(patient, retrieves: false)
                _ = await consumer.consult(patient, retrieves: false)
                let ids = try await scene.harness.actors.log.messages.filter { $0.transaction == "TD0.2" }.map {
                    try #require(
                        String(decoding: try $0.request.body.bytes(), as: UTF8.self)
                            .firstMatch(of: /root="1.2.250.1.999.5.1.1" extension="([^"]+)"/)
                    ).1
                }
                return ids.count == 2 && ids[0] == ids[1]
            }
        case .skipsExistence: consult { scene, _ in await scene.received.first != "TD0.2" }
        case .authorizesUnasked:
            consult((.noAccess, .existence)) { scene, _ in await scene.received.contains("TD0.3") }
        case .queriesClosed:
            consult((.closedRecord, .existence)) { scene, _ in await scene.received.contains("ITI-18") }
        case .queriesUnauthorized:
            consult((.noAccess, .existence)) { scene, _ in await scene.received.contains("ITI-18") }
        case .failsOnEmpty: consult((.empty, .registryStoredQuery)) { _, seen in !seen.problems.isEmpty }
        case .assumesRepository: misses(.nominal, .registryStoredQuery)
        case .needsCount: misses(.nominal, .registryStoredQuery)
        case .refusesExtraSlots: misses(.extraSlots, .registryStoredQuery)
        case .showsWithdrawn:
            consult((.withWithdrawn, .registryStoredQuery)) { _, seen in
                seen.exams.flatMap { $0.reports + $0.manifests }.contains { $0.availabilityStatus != XDSURN.approved }
            }
        case .mergesAccessions:
            { scene, faults in
                let exam = scene.harness.actors.exam
                var other = Harness.fresh()
                other.accession.value = exam.accession.value
                other.accession.root = "1.2.250.1.999.3.404"
                await scene.source().publish(other.submissionRequest())
                return await scene.consumer(faults).consult(exam.patientCX).exams.count == 1
            }
        case .hidesIncomplete:
            { scene, faults in
                var other = Harness.fresh()
                other.accession.value = "ALONE"
                #expect(await scene.source().publish(other.submissionRequest([.manifest])).state == .accepted)
                return await scene.consumer(faults).consult(scene.harness.actors.exam.patientCX).exams.count < 2
            }
        case .hidesReports: consult { _, seen in seen.documents.allSatisfy(\.entry.isKOS) }
        case .repeatsRequests:
            { scene, faults in
                _ = await scene.consumer(faults).consult(scene.harness.actors.exam.patientCX)
                let messages = await scene.harness.actors.log.messages.filter { $0.transaction == "ITI-43" }
                let counts = try messages.map { message in
                    String(decoding: try message.request.body.bytes(), as: UTF8.self)
                        .matches(of: /<xdsb:DocumentUniqueId>/).count
                }
                return counts != [2]
            }
        case .splitsExam: consult { _, seen in seen.exams.count > 1 }
        case .namesOtherResource: consult { _, seen in seen.problems.contains { $0.kind == .fault } }
        case .refusesOlderCodes: misses(.olderEventCodes, .registryStoredQuery)
        case .hidesTooMany: consult((.tooMany, .registryStoredQuery)) { _, seen in seen.problems.isEmpty }
        case .ignoresRelatesTo: consult((.otherRelatesTo, .registryStoredQuery)) { _, seen in !seen.exams.isEmpty }
        case .needsOctetStream: misses(.oddParts, .retrieveDocumentSet)
        case .needsExactHeaders:
            { scene, faults in
                let unquoted = try await misses(.unquotedBoundary, .retrieveDocumentSet)(scene, faults)
                let lower = try await misses(.lowerCaseHeaders, .retrieveDocumentSet)(scene, faults)
                return unquoted || lower
            }
        case .refusesInline: misses(.inlineDocuments, .retrieveDocumentSet)
        case .dropsPartial: consult((.partial, .retrieveDocumentSet)) { _, seen in seen.documents.isEmpty }
        case .acceptsBrokenManifest:
            consult((.brokenManifest, .retrieveDocumentSet)) { _, seen in seen.problems.isEmpty }
        case .acceptsOtherPatient:
            consult((.otherPatientManifest, .retrieveDocumentSet)) { _, seen in seen.problems.isEmpty }
        case .refusesImplicit:
            { scene, faults in
                var request = Harness.fresh().submissionRequest()
                let file = try DICOMFile(reading: request.documents[1].bytes)
                let implicit = DICOMFile(dataSet: file.dataSet, transferSyntax: UID.implicitLittleEndian)
                SubmissionProbes.exchange(&request, 1, implicit.serialized())
                #expect(await scene.source().publish(request).state == .accepted)
                return await !scene.consumer(faults).consult(scene.harness.actors.exam.patientCX).problems.isEmpty
            }
        case .trustsCache:
            { scene, faults in
                let exam = scene.harness.actors.exam
                let entry = try #require(try await scene.harness.actors.store.entries.last)
                var newer = exam
                newer.manifestUID = "2.25.99"
                newer.manifestNumber = 3
                _ = await scene.source().replace(
                    exam.manifestUID, with: newer.submissionRequest([.manifest]), entryID: "DocumentKOS")
                return await !scene.consumer(faults).reopen(entry, of: exam.patientCX).documents.isEmpty
            }
        default: { _, _ in false }
        }
    }
}
