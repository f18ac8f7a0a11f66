import Foundation
import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite(.timeLimit(.minutes(2))) struct DMPServerTests {
    private static func client(_ dmp: DMPServer, timeouts: Timeouts = Timeouts(firstByte: 0.3, idle: 0.3)) -> DMPClient
    {
        DMPClient(endpoints: .init(base: dmp.baseURL), client: HTTPClient(), timeouts: timeouts)
    }

    @Test("A DMP with a store keeps over a restart what it acknowledged, and its log is readable")
    func restart() async throws {
        let folder = try TemporaryFolder()
        var configuration = DMPConfiguration()
        configuration.storeDirectory = folder.path
        configuration.keepsBodies = true
        let exam = Harness.fresh()
        let first = try await DMPSimulator.start(configuration: configuration)
        let source = SourceClient(Self.client(first, timeouts: Timeouts()))
        #expect(await source.publish(exam.submissionRequest()).state == .accepted)
        #expect(await source.publish(exam.submissionRequest()).state == .accepted, "known: looked up, not sent again")
        await first.stop()

        let second = try await DMPSimulator.start(configuration: configuration)
        let consumer = ConsumerClient(Self.client(second, timeouts: Timeouts()))
        let seen = await consumer.consult(exam.patientCX)
        #expect(seen.documents.map(\.bytes) == [exam.reportBytes(), exam.manifestBytes()])
        await second.stop()

        let text = try String(contentsOfFile: folder.path + "/" + ExchangeLog.fileName, encoding: .utf8)
        let lines = try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(
            lines.map { $0["transaction"] as? String } == ["ITI-41", "ITI-41", "ITI-18", "TD0.2", "ITI-18", "ITI-43"])
        #expect((lines[1]["errors"] as? [[String: Any]])?.first?["code"] as? String == "XDSDuplicateUniqueIdInRegistry")
        let digest = try #require(lines[0]["requestSHA256"] as? String)
        let body = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(ExchangeLog.bodiesName)/\(digest)"))
        #expect(body.count == lines[0]["requestBytes"] as? Int)
    }

    @Test("A log line that a crash cut is dropped, the next one begins a line")
    func brokenLog() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/" + ExchangeLog.fileName
        try Data("{\"number\":1}\n{\"numb".utf8).write(to: URL(fileURLWithPath: path))
        let log = try ExchangeLog(directory: folder.path)
        #expect(log.path == path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "{\"number\":1}\n")
    }

    @Test("Submissions that come at once are all stored, each whole")
    func concurrency() async throws {
        let folder = try TemporaryFolder()
        var configuration = DMPConfiguration()
        configuration.storeDirectory = folder.path
        let dmp = try await DMPSimulator.start(configuration: configuration)
        let client = Self.client(dmp, timeouts: Timeouts())
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<24 {
                group.addTask {
                    let publication = await SourceClient(client).publish(
                        ExamFixture(seed: UInt64(500 + index)).submissionRequest())
                    #expect(publication.state == .accepted, "\(publication.problems)")
                }
            }
        }
        #expect(try await dmp.store.submissionSets.count == 24)
        #expect(try await dmp.store.entries.count == 48)
        await dmp.stop()
    }

    @Test("What is loaded at the start is there once, whatever the number of starts")
    func preloading() async throws {
        let folder = try TemporaryFolder()
        var configuration = DMPConfiguration()
        configuration.storeDirectory = folder.path
        configuration.submissions = [Harness.fresh().submissionRequest()]
        configuration.patients = [ExamFixture().patientCX]
        for _ in 0..<2 {
            let dmp = try await DMPSimulator.start(configuration: configuration)
            #expect(try await dmp.store.entries.count == 2)
            await dmp.stop()
        }
    }

    @Test("Lost, late and dripped answers reach the client as such")
    func wire() async throws {
        let dmp = try await DMPSimulator.start(configuration: DMPConfiguration())
        let query = StoredQuery(.getAssociations, parameters: [.init("$uuid", ["('urn:uuid:1')"])])
        func ask() async -> String {
            await SourceClient(Self.client(dmp)).withdraw("1.2", set: SubmissionSet(id: "s", uniqueID: "1")).problems
                .first?.message ?? ""
        }
        _ = query
        let client = HTTPClient()
        func send(_ answer: ScriptedAnswer) async -> HTTPError.Code? {
            dmp.script(next: [answer])
            let envelope = OutgoingEnvelope(
                Addressing(action: DMPTransaction.registryStoredQuery.action, messageID: "urn:uuid:1"),
                content: query.element())
            do {
                _ = try await client.send(
                    SOAPClient.request(to: dmp.registry, envelope),
                    timeouts: Timeouts(firstByte: 0.3, idle: 0.3, total: 2))
                return nil
            } catch { return error.code }
        }
        #expect(await send(.nominal) == nil)
        #expect(await send(ScriptedAnswer(.silence)) == .firstByteTimeout)
        #expect(await send(ScriptedAnswer(.delayed(5))) == .firstByteTimeout)
        #expect(await send(ScriptedAnswer(.delayed(0.01))) == nil)
        #expect(await send(ScriptedAnswer(.cut(120))) == .closed)
        #expect(await send(ScriptedAnswer(.dripped(1_000_000))) == nil)
        await dmp.stop()
    }

    @Test("A scenario waits for the next message, and gives up when none comes")
    func waiting() async throws {
        let dmp = try await DMPSimulator.start(configuration: DMPConfiguration())
        let mark = await dmp.lastNumber
        #expect(mark == 0)
        async let awaited = dmp.next(after: mark, within: 30) { $0.transaction == "ITI-41" }
        let source = SourceClient(Self.client(dmp, timeouts: Timeouts()))
        _ = await source.entries(uniqueIDs: ["1.2"], nil)
        await source.publish(Harness.fresh().submissionRequest())
        let message = try #require(await awaited)
        #expect(message.number == 2)
        #expect(message.status == 200)
        #expect(message.messageID?.hasPrefix("urn:uuid:") == true)
        #expect(String(decoding: message.request.head, as: UTF8.self).hasPrefix("POST /repository HTTP/1.1"))
        #expect(message.answer.body.length ?? 0 > 0)
        #expect(await dmp.received(after: 1).map(\.number) == [2])
        #expect(await dmp.received().count == 2)
        #expect(await dmp.next(after: 2, within: 0.05) == nil)
        #expect(await dmp.next(after: 0, within: 0)?.number == 1)
        let task = Task { await dmp.next(after: 2, within: 600) }
        task.cancel()
        #expect(await task.value == nil)
        await dmp.stop()
    }

    @Test("Only the newest messages are kept where there is a limit, their numbers go on")
    func limit() async throws {
        var configuration = DMPConfiguration()
        configuration.messageLimit = 3
        let dmp = try await DMPSimulator.start(configuration: configuration)
        let source = SourceClient(Self.client(dmp, timeouts: Timeouts()))
        for _ in 0..<5 { _ = await source.entries(uniqueIDs: ["1.2"], nil) }
        #expect(await dmp.received().map(\.number) == [3, 4, 5])
        #expect(await dmp.lastNumber == 5)
        await dmp.stop()
    }

    @Test("Mutual TLS lets a known client in, whose certificate is seen, and refuses a stranger")
    func mutualTLS() async throws {
        let certificates = try #require(TestCertificates.shared)
        var configuration = DMPConfiguration()
        configuration.tls = certificates.tls
        let dmp = try await DMPSimulator.start(configuration: configuration)
        #expect(dmp.baseURL.hasPrefix("https://"))
        let client = DMPClient(
            endpoints: .init(base: dmp.baseURL), client: HTTPClient(), identity: certificates.identity("client"))
        #expect(await SourceClient(client).publish(Harness.fresh().submissionRequest()).state == .accepted)
        #expect(await dmp.received().first?.request.peer?.subject?.contains("client") == true)
        await dmp.stop()
        #expect(try await certificates.isServedToStranger(false) == false)
    }

    @Test("A folder that cannot be a store, and a port that is taken, are told before anything runs")
    func refusals() async throws {
        let folder = try TemporaryFolder()
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
        var configuration = DMPConfiguration()
        configuration.storeDirectory = folder.path + "/file"
        await #expect(throws: StorageError.self) { try await DMPSimulator.start(configuration: configuration) }
        let dmp = try await DMPSimulator.start(configuration: DMPConfiguration())
        var second = DMPConfiguration()
        second.port = dmp.port
        await #expect(throws: HTTPError.self) { try await DMPSimulator.start(configuration: second) }
        await dmp.stop()
    }
}
