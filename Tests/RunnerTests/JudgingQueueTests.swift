import Conformance
import Foundation
import HTTP
import Runner
import Simulators
import Synchronization
import Testing

@Suite("Judging queue")
struct JudgingQueueTests {
    /// A door that a test opens.
    private actor Door {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func pass() async {
            guard !isOpen else { return }
            await withCheckedContinuation { waiting.append($0) }
        }

        func open() {
            isOpen = true
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
    }

    /// What was told, by number.
    private actor Told {
        private(set) var verdicts: [Int: [Verdict?]] = [:]
        private(set) var reasons: Set<String> = []

        func add(_ message: ReceivedMessage, _ judgement: FileJudgement?) {
            verdicts[message.number, default: []].append(judgement?.verdict)
            if let reason = judgement?.layers.first?.reason { reasons.insert(reason.en) }
        }
    }

    /// A DMP whose messages go to `queue`, and `count` requests of `clients`.
    private func load(_ queue: JudgingQueue, count: Int, clients: Int) async throws -> (DMPServer, Task<Int, Never>) {
        var configuration = DMPConfiguration()
        configuration.receipt = { await queue.add($0) }
        let dmp = try await DMPSimulator.start(configuration: configuration)
        let url = dmp.registry
        let sending = Task {
            await withTaskGroup(of: Int.self) { group in
                for _ in 0..<clients {
                    group.addTask {
                        let client = HTTPClient()
                        // The answers wait on purpose, on a busy machine for long.
                        let patience = Timeouts(connect: 300, firstByte: 300, idle: 300, total: 600)
                        var answered = 0
                        for _ in 0..<(count / clients) {
                            let request = HTTPRequest("GET", url)
                            if (try? await client.send(request, timeouts: patience)) != nil { answered += 1 }
                        }
                        return answered
                    }
                }
                return await group.reduce(0, +)
            }
        }
        return (dmp, sending)
    }

    @Test("Every message is judged once; the answers of a full queue wait, and no more is kept than it holds")
    func pressure() async throws {
        let (door, told) = (Door(), Told())
        let begun = Mutex(0)
        let queue = JudgingQueue(capacity: 3, workers: 2) { message in
            begun.withLock { $0 += 1 }
            await door.pass()
            return .notJudged("#\(message.number)", LocalizedText(fr: "essai", en: "test"))
        } report: {
            await told.add($0, $1)
        }
        let (dmp, sending) = try await load(queue, count: 200, clients: 20)
        // Two are at work, three wait; the twenty clients wait for their answers, so no twenty-first comes.
        while await dmp.lastNumber < 20 || begun.withLock({ $0 }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(begun.withLock { $0 } == 2)
        #expect(await dmp.lastNumber <= 25)
        #expect(await told.verdicts.isEmpty)
        await door.open()
        #expect(await sending.value == 200)
        await queue.end(within: 60) { await dmp.stop() }
        let verdicts = await told.verdicts
        #expect(verdicts.count == 200)
        #expect(verdicts.values.allSatisfy { $0 == [.notRun] })
        #expect(await told.reasons == ["test"])
    }

    @Test(
        "What is not judged within the limit is told as not judged, once, with the reason; nothing is lost",
        .timeLimit(.minutes(2)))
    func limit() async throws {
        let (door, told) = (Door(), Told())
        let queue = JudgingQueue(capacity: 4, workers: 2) { message in
            // The first is quick, the others never end.
            if message.number > 1 { await door.pass() }
            return nil
        } report: {
            await told.add($0, $1)
        }
        let (dmp, sending) = try await load(queue, count: 12, clients: 12)
        while await dmp.lastNumber < 12 { try await Task.sleep(for: .milliseconds(5)) }
        await queue.end(within: 0.2) { await dmp.stop() }
        let verdicts = await told.verdicts
        #expect(Set(verdicts.keys) == Set(1...12))
        #expect(verdicts[1] == [nil])
        for number in 2...12 { #expect(verdicts[number] == [.notRun], "\(number)") }
        #expect(await told.reasons.first?.contains("stopped before the message was judged") == true)
        // A judgement that ends late is not told again.
        await door.open()
        _ = await sending.value
        for _ in 0..<20 { await Task.yield() }
        #expect(await told.verdicts == verdicts)
    }
}
