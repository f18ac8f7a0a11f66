import Foundation
import HTTP
import SOAP
import Simulators
import Synchronization
import Testing
import XDS

@Suite("cisis simulate")
struct SimulateCommandTests {
    private final class Tally: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    private let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
        "cisis-simulate-\(UUID().uuidString)")

    private func submit(_ seed: UInt64, to url: String, _ client: HTTPClient) async -> Bool {
        let exam = ExamFixture(seed: seed)
        let package = exam.submissionRequest([.report, .manifest])
            .package(
                .init(
                    action: XDSTransaction.provideAndRegister.action,
                    messageID: "urn:uuid:00000000-0000-4000-8000-\(String(format: "%012d", seed))", to: url,
                    replyTo: "http://www.w3.org/2005/08/addressing/anonymous"), boundary: "b-\(seed)")
        guard let request = try? SOAPClient.request(to: url, package),
            let exchange = try? await client.send(request),
            let content = SOAPMessage(reading: exchange).envelope?.content
        else { return false }
        return RegistryResponse(reading: content).isSuccess
    }

    /// The document of an exam, and how many objects of it the registry knows.
    private func found(_ seed: UInt64, _ running: RunningSimulator, _ client: HTTPClient) async throws -> Int {
        let exam = ExamFixture(seed: seed)
        let ids = [exam.uniqueID(of: .report), exam.uniqueID(of: .manifest)]
        let query = StoredQuery(
            .getDocuments, parameters: [.init("$XDSDocumentEntryUniqueId", [QueryValue.list(ids).written])])
        let url = try #require(running.endpoints["ITI-18"])
        let envelope = OutgoingEnvelope(
            Addressing(
                action: XDSTransaction.registryStoredQuery.action, messageID: "urn:uuid:q-\(seed)", to: url,
                replyTo: "http://www.w3.org/2005/08/addressing/anonymous"), content: query.element())
        let exchange = try await client.send(SOAPClient.request(to: url, envelope))
        let content = try #require(SOAPMessage(reading: exchange).envelope?.content)
        return try #require(StoredQueryResponse(reading: content)).objects.entries.count
    }

    /// The fixture has neither VIHF nor signature.
    private static let lenient = ["--vihf", "ignored", "--signature", "ignored"]

    private let seeds: ClosedRange<UInt64> = 1...150

    @Test("kill -9 among a hundred and fifty submissions: each one that was acknowledged is there, none by half")
    func survives() async throws {
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let store = scratch.path + "/store"
        let running = try await RunningSimulator(["--store", store, "--no-checks"] + Self.lenient, in: scratch)
        let client = HTTPClient()
        let url = try #require(running.endpoints["ITI-41"])
        let tally = Tally()
        let process = running.process.processIdentifier
        let acknowledged = await withTaskGroup(of: (UInt64, Bool).self) { group in
            for seed in seeds {
                group.addTask {
                    guard await submit(seed, to: url, client) else { return (seed, false) }
                    // At once: what is still under way must meet the kill.
                    if tally.next() == 30 {
                        kill(process, SIGKILL)
                    }
                    return (seed, true)
                }
            }
            return await group.reduce(into: Set<UInt64>()) { if $1.1 { $0.insert($1.0) } }
        }
        running.process.waitUntilExit()
        // On a slow machine the DMP may have answered all before this process comes to kill it.
        #expect(acknowledged.count >= 30, "\(acknowledged.count)")
        let again = try await RunningSimulator(["--store", store, "--no-checks"] + Self.lenient, in: scratch)
        defer { again.end(SIGTERM) }
        for seed in seeds {
            let count = try await found(seed, again, client)
            #expect(acknowledged.contains(seed) ? count == 2 : [0, 2].contains(count), "exam \(seed): \(count)")
        }
        let log = try String(contentsOfFile: store + "/exchanges.jsonl", encoding: .utf8)
        let lines = log.split(separator: "\n")
        #expect(lines.count >= 30)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }

    @Test("What comes is judged and told; an answer that is asked for is given; a signal ends it")
    func judges() async throws {
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let running = try await RunningSimulator(
            ["--answer", "ITI-41=error XDSRepositoryBusy later"] + Self.lenient, in: scratch)
        let client = HTTPClient()
        #expect(await submit(1, to: try #require(running.endpoints["ITI-41"]), client) == false)
        for _ in 0..<200 where !running.text.contains("kos: pass") { try await Task.sleep(for: .milliseconds(50)) }
        #expect(running.text.contains("#1 ITI-41: mtom: "))
        // The fixture has no signature of its submission set.
        #expect(running.text.contains("metadata: fail") && running.text.contains("PNR-051"), "\(running.text)")
        #expect(running.text.contains("cda:xsd: pass"))
        running.end(SIGTERM)
        #expect(running.process.terminationReason == .exit && running.process.terminationStatus == 1)
        #expect(running.said.contains("cisis: 1 message (1 fail)"), "\(running.said)")
    }

    @Test("500 submissions of 20 clients: 500 are judged and written, and what is due is judged after the signal")
    func load() async throws {
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let out = scratch.path + "/judgements"
        let running = try await RunningSimulator(["--out", out, "--drain", "300"] + Self.lenient, in: scratch)
        let url = try #require(running.endpoints["ITI-41"])
        let accepted = await withTaskGroup(of: Int.self) { group in
            for client in 0..<20 {
                group.addTask {
                    let http = HTTPClient()
                    var accepted = 0
                    for number in 0..<25 where await submit(UInt64(1 + client * 25 + number), to: url, http) {
                        accepted += 1
                    }
                    return accepted
                }
            }
            return await group.reduce(0, +)
        }
        running.end(SIGINT)
        #expect(running.process.terminationReason == .exit && running.process.terminationStatus == 1)
        #expect(accepted == 500)
        let judgements = try await lines(of: out)
        #expect(judgements.count == 500)
        #expect(Set(judgements.map(\.file)) == Set((1...500).map { "#\($0) ITI-41" }))
        // The fixture has no signature of its submission set.
        #expect(judgements.allSatisfy { $0.verdict == "fail" })
        #expect(running.text.split(separator: "\n").filter { $0.hasPrefix("#") }.count == 500)
    }

    @Test(
        "What cannot be judged in the time after a signal is written as not run, with the reason",
        arguments: [SIGINT, SIGTERM])
    func undrained(_ signal: Int32) async throws {
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let out = scratch.path + "/judgements"
        let running = try await RunningSimulator(["--out", out, "--drain", "0"] + Self.lenient, in: scratch)
        let url = try #require(running.endpoints["ITI-41"])
        let client = HTTPClient()
        // The answers come before the judgements: with twenty at once, some may be due at the signal.
        await withTaskGroup(of: Bool.self) { group in
            for seed in 1...20 { group.addTask { await submit(UInt64(seed), to: url, client) } }
            for await _ in group {}
        }
        running.end(signal)
        #expect(running.process.terminationReason == .exit && [1, 2].contains(running.process.terminationStatus))
        let judgements = try await lines(of: out)
        #expect(Set(judgements.map(\.file)) == Set((1...20).map { "#\($0) ITI-41" }))
        #expect(judgements.count == 20)
        // How many were due depends on the machine; that some are is shown by the tests of the queue.
        let due = judgements.filter { $0.verdict == "notRun" }
        #expect(due.allSatisfy { $0.layers.first?.reason?.contains("--drain") == true })
    }

    private struct Line: Decodable {
        struct Layer: Decodable {
            var reason: String?
        }

        var file: String
        var verdict: String
        var layers: [Layer]
    }

    private func lines(of folder: String) async throws -> [Line] {
        try String(contentsOfFile: folder + "/judgements.jsonl", encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    @Test(
        "Wrong usage is told",
        arguments: [
            (["--listen", "nowhere"], "HOST:PORT"), (["--listen", "127.0.0.1:99999"], "HOST:PORT"),
            (["--certificate", "a.pem"], "go together"), (["--trust", "a.pem"], "--certificate"),
            (["--client-ca", "a.pem"], "--certificate"), (["--drain", "-1"], "--drain"),
            (["--answer", "ITI-41=maybe"], "TRANSACTION=ANSWER"), (["--misbehave", "nothing"], "no misbehaviour"),
            (["--misbehave", "source-rad69-drops-instance-silently"], "dmp-accepts-wrong-hash"),
            (["--vihf", "maybe"], "when-present"), (["--signer-ca", "/dev/null"], "--signer-ca: a folder or device"),
            (["--certificate", "/dev/null", "--key", "/dev/null"], "--certificate: a folder or device"),
        ])
    func usage(_ arguments: [String], _ word: String) async throws {
        let result = try await Command(["simulate", "dmp"] + arguments)
        #expect(result.status == 64 && result.errors.contains(word), "\(result.errors)")
    }
}
