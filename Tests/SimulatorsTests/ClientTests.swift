import DICOM
import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct ClientTests {
    /// A DMP and its two clients, without sockets.
    struct Scene: Sendable {
        let harness: Harness
        let script: AnswerScript
        let client: DMPClient

        init(_ misbehaviors: Set<Misbehavior> = []) async {
            let script = AnswerScript()
            var policy = DMPPolicy()
            policy.assertion.now = { VIHF.now }
            let harness = await Harness(misbehaviors, policy: policy, script: script)
            let dmp = harness.actors.dmp
            self.script = script
            self.harness = harness
            client = DMPClient(
                endpoints: .init(base: ""), identifiers: IdentifierSource(seed: 5),
                security: { _, patient in [VIHF(patient ?? harness.actors.exam.patientCX).header] },
                send: { request async throws(HTTPError) in
                    do {
                        let next = request.body.makeReader()
                        var bytes: [UInt8] = []
                        while let piece = try next() { bytes += piece }
                        return try await dmp.answer(
                            SimulatorRequest(
                                request.method, request.url, headers: request.headers, body: RecordedBody(bytes))
                        ).response()
                    } catch let error as HTTPError {
                        throw error
                    } catch { throw HTTPError(.consumer, "\(error)") }
                })
        }

        func source(_ misbehaviors: ClientMisbehavior...) -> SourceClient {
            SourceClient(client, misbehaviors: Set(misbehaviors), now: { VIHF.now })
        }

        func consumer(_ misbehaviors: Set<ClientMisbehavior> = []) -> ConsumerClient {
            ConsumerClient(client, misbehaviors: misbehaviors, now: { VIHF.now })
        }

        /// The transactions that the DMP received.
        var received: [String] { get async { await harness.actors.log.messages.compactMap(\.transaction) } }

        func answer(_ kind: ScriptedAnswer.Kind, _ transaction: DMPTransaction? = nil) {
            script.next([ScriptedAnswer(kind)], for: transaction)
        }
    }

    // MARK: Source

    struct Ending: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: ScriptedAnswer.Kind
        let state: SourceClient.State
        /// After one more attempt.
        let then: SourceClient.State
        /// The submissions that the DMP received in all.
        let sent: Int
        var testDescription: String { name }
    }

    @Test(
        "The source records what was accepted, keeps what was refused, and tries again after a breakdown",
        arguments: [
            Ending(name: "accepted", answer: .nominal, state: .accepted, then: .accepted, sent: 1),
            Ending(
                name: "refused", answer: .error(.registryMetadataError, "x"), state: .refused, then: .refused, sent: 1),
            Ending(name: "busy", answer: .error(.registryBusy, "x"), state: .pending, then: .accepted, sent: 2),
            Ending(name: "away", answer: .error(.registryNotAvailable, "x"), state: .pending, then: .accepted, sent: 2),
            Ending(name: "sender fault", answer: .fault(.sender, "x"), state: .refused, then: .refused, sent: 1),
            Ending(name: "receiver fault", answer: .fault(.receiver, "x"), state: .pending, then: .accepted, sent: 2),
            Ending(name: "unavailable", answer: .http(503), state: .pending, then: .accepted, sent: 2),
            Ending(name: "not found", answer: .http(404), state: .refused, then: .refused, sent: 1),
            Ending(name: "a page", answer: .html, state: .refused, then: .refused, sent: 1),
            Ending(name: "no answer", answer: .silence, state: .pending, then: .accepted, sent: 2),
            Ending(name: "cut", answer: .cut(20), state: .pending, then: .accepted, sent: 2),
        ])
    func endings(_ item: Ending) async throws {
        let scene = await Scene()
        scene.answer(item.answer, .provideAndRegister)
        let source = scene.source()
        let first = await source.publish(Harness.fresh().submissionRequest())
        #expect(first.state == item.state)
        #expect(first.problems.isEmpty == (item.state == .accepted))
        #expect(first.problems.allSatisfy { !$0.message.contains("\n") })
        await source.retry()
        let last = try #require(await source.publications.first)
        #expect(last.state == item.then)
        #expect(await scene.received.filter { $0 == "ITI-41" }.count == item.sent)
        let entries = try await scene.harness.actors.store.entries
        #expect(Set(entries.map(\.uniqueID)).count == entries.count, "no document twice")
        #expect(entries.count == (item.then == .accepted ? 5 : 3))
    }

    @Test("The source asks for the entryUUID, replaces, and withdraws")
    func replacement() async throws {
        let scene = await Scene()
        let source = scene.source()
        var exam = Harness.fresh()
        #expect(await source.publish(exam.submissionRequest([.manifest])).state == .accepted)
        let old = exam.manifestUID
        exam.manifestUID = "2.25.99"
        let replaced = await source.replace(old, with: exam.submissionRequest([.manifest]), entryID: "DocumentKOS")
        #expect(replaced.state == .accepted)
        #expect(await scene.received == ["ITI-41", "ITI-18", "ITI-41"])
        let gone = await source.replace(old, with: exam.submissionRequest([.manifest]), entryID: "DocumentKOS")
        #expect(gone.state == .refused && gone.attempts == 0, "a replaced document is not replaced again")
        var set = exam.submissionRequest().submission.submissionSets[0]
        set.uniqueID = "2.25.1234"
        let withdrawn = await source.withdraw("2.25.99", set: set)
        #expect(withdrawn.errors == [] && withdrawn.problems == [])
        #expect(
            try await scene.harness.actors.store.document(uniqueID: "2.25.99")?.entry.availabilityStatus
                == XDSURN.deleted)
        let again = await source.withdraw("1.2.404", set: set)
        #expect(again.problems.map(\.kind) == [.refused])
    }

    // MARK: Consumer

    @Test("The consumer asks for the record, queries, groups report and KOS, and retrieves them")
    func consultation() async throws {
        let scene = await Scene()
        let exam = scene.harness.actors.exam
        let seen = await scene.consumer().consult(exam.patientCX)
        #expect(await scene.received == ["TD0.2", "ITI-18", "ITI-43"])
        #expect(seen.record == .open(.valid))
        #expect(seen.problems == [] && seen.missing == [])
        #expect(seen.exams.map(\.accession) == [exam.accessionReference])
        #expect(seen.exams.first?.reports.map(\.uniqueID) == [exam.documentID])
        #expect(seen.exams.first?.manifests.map(\.uniqueID) == [exam.manifestUID])
        #expect(seen.documents.map(\.bytes) == [exam.reportBytes(), scene.harness.actors.manifest])
    }

    @Test("Documents are asked for in pages")
    func pages() async throws {
        let scene = await Scene()
        for seed in UInt64(60)..<63 { await scene.source().publish(ExamFixture(seed: seed).submissionRequest()) }
        let consumer = ConsumerClient(scene.client, pageSize: 3)
        let seen = await consumer.consult(scene.harness.actors.exam.patientCX)
        #expect(seen.documents.count == 8 && seen.exams.count == 4)
        #expect(await scene.received.filter { $0 == "ITI-43" }.count == 3)
    }

    struct Stop: Sendable, CustomTestStringConvertible {
        let name: String
        let answers: [(ScriptedAnswer.Kind, DMPTransaction)]
        let asksAccess: Bool
        let problems: [ClientProblem.Kind]
        let received: [String]
        var testDescription: String { name }

        init(
            _ name: String, _ answers: [(ScriptedAnswer.Kind, DMPTransaction)], asksAccess: Bool = false,
            _ problems: [ClientProblem.Kind], _ received: [String]
        ) {
            self.name = name
            self.answers = answers
            self.asksAccess = asksAccess
            self.problems = problems
            self.received = received
        }
    }

    private static let wholeWay = ["TD0.2", "ITI-18", "ITI-43"]

    @Test(
        "The consumer stops where it must, goes on where it can, and says what is missing",
        arguments: [
            Stop("closed", [(.closedRecord, .existence)], [.noRecord], ["TD0.2"]),
            Stop("absent", [(.absentRecord, .existence)], [.noRecord], ["TD0.2"]),
            Stop("no access", [(.noAccess, .existence)], [.noAccess], ["TD0.2"]),
            Stop(
                "access asked for", [(.noAccess, .existence)], asksAccess: true, [],
                ["TD0.2", "TD0.3"] + wholeWay.dropFirst()),
            Stop(
                "access refused", [(.noAccess, .existence), (.noAccess, .authorization)], asksAccess: true, [.noAccess],
                ["TD0.2", "TD0.3"]),
            Stop("no answer to the check", [(.silence, .existence)], [.transport], ["TD0.2"]),
            Stop("a refused check", [(.error(.registryError, "x"), .existence)], [.refused], ["TD0.2"]),
            Stop("nothing found", [(.empty, .registryStoredQuery)], [], ["TD0.2", "ITI-18"]),
            Stop(
                "a refused query", [(.error(.registryBusy, "x"), .registryStoredQuery)], [.refused],
                ["TD0.2", "ITI-18"]),
            Stop("a fault", [(.fault(.receiver, "x"), .registryStoredQuery)], [.fault], ["TD0.2", "ITI-18"]),
            Stop("a page", [(.html, .registryStoredQuery)], [.unreadable], ["TD0.2", "ITI-18"]),
            Stop("no service", [(.http(503), .registryStoredQuery)], [.http], ["TD0.2", "ITI-18"]),
            Stop("another message", [(.otherRelatesTo, .registryStoredQuery)], [.otherMessage], ["TD0.2", "ITI-18"]),
            Stop("too many", [(.tooMany, .registryStoredQuery)], [.incomplete], wholeWay),
            Stop("withdrawn entries", [(.withWithdrawn, .registryStoredQuery)], [], wholeWay),
            Stop("unknown slots", [(.extraSlots, .registryStoredQuery)], [], wholeWay),
            Stop("a count", [(.withCount, .registryStoredQuery)], [], wholeWay),
            Stop("older codes", [(.olderEventCodes, .registryStoredQuery)], [], wholeWay),
            Stop("partial", [(.partial, .retrieveDocumentSet)], [.incomplete], wholeWay),
            Stop("odd parts", [(.oddParts, .retrieveDocumentSet)], [], wholeWay),
            Stop("inline", [(.inlineDocuments, .retrieveDocumentSet)], [], wholeWay),
            Stop("lower case", [(.lowerCaseHeaders, .retrieveDocumentSet)], [], wholeWay),
            Stop("unquoted", [(.unquotedBoundary, .retrieveDocumentSet)], [], wholeWay),
            Stop("a broken KOS", [(.brokenManifest, .retrieveDocumentSet)], [.document], wholeWay),
            Stop("a KOS of another", [(.otherPatientManifest, .retrieveDocumentSet)], [.document], wholeWay),
        ])
    func stops(_ item: Stop) async throws {
        let scene = await Scene()
        for (kind, transaction) in item.answers { scene.answer(kind, transaction) }
        let exam = scene.harness.actors.exam
        let seen = await scene.consumer().consult(exam.patientCX, asksAccess: item.asksAccess)
        #expect(seen.problems.map(\.kind) == item.problems, "\(seen.problems)")
        #expect(await scene.received == item.received)
        #expect(seen.problems.allSatisfy { !$0.message.contains("\n") && !$0.message.isEmpty })
        let shown = Set(seen.exams.flatMap { $0.reports + $0.manifests }.compactMap(\.availabilityStatus))
        #expect(shown.isSubset(of: [XDSURN.approved]))
    }

    @Test("Exams of one number and two authorities stay apart, a kept entry is asked for again")
    func identity() async throws {
        let scene = await Scene()
        let exam = scene.harness.actors.exam
        var other = Harness.fresh()
        other.accession.value = exam.accession.value
        other.accession.root = "1.2.250.1.999.3.404"
        await scene.source().publish(other.submissionRequest())
        let seen = await scene.consumer().consult(exam.patientCX)
        #expect(seen.exams.count == 2)
        let kept = try #require(seen.exams.last?.manifests.first)
        let open = await scene.consumer().reopen(kept, of: exam.patientCX)
        #expect(open.documents.map(\.bytes) == [other.manifestBytes()] && open.problems == [])
        var newer = other
        newer.manifestUID = "2.25.99"
        _ = await scene.source().replace(
            other.manifestUID, with: newer.submissionRequest([.manifest]), entryID: "DocumentKOS")
        let stale = await scene.consumer().reopen(kept, of: exam.patientCX)
        #expect(stale.documents.isEmpty && stale.problems.map(\.kind) == [.document])
        #expect(stale.exams.flatMap(\.manifests).contains { $0.uniqueID == "2.25.99" })
    }
}
