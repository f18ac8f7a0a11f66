import HL7v2
import Synchronization
import Testing

@testable import MLLPTransport

@Suite struct MLLPTransportTests {
    private static let question = Array("MSH|^~\\&|||||||ORU^R01|7|P|2.5\r".utf8)

    /// A listener that acknowledges what it can read.
    private static func acknowledging() async throws -> MLLPServer {
        try await MLLPServer.start { arrival in
            let message = try? HL7Message(reading: arrival.bytes)
            return Acknowledgment(.accept, to: message?.controlID ?? "")
                .message(answering: message, id: "1", time: "").encoded()
        }
    }

    @Test("A message is answered, and the frames are right")
    func exchange() async throws {
        let server = try await Self.acknowledging()
        let answer = try await MLLPClient(host: "127.0.0.1", port: server.port).send(Self.question)
        #expect(answer.faults == [])
        #expect(answer.received == MLLP.framed(answer.message))
        #expect(Acknowledgment(try HL7Message(reading: answer.message))?.controlID == "7")
        #expect(answer.seconds >= 0)
        await server.stop()
    }

    @Test("Fifty clients at once each get their own answer")
    func many() async throws {
        let server = try await Self.acknowledging()
        let ids = try await withThrowingTaskGroup(of: (String, String?).self) { group in
            for number in 0..<50 {
                group.addTask {
                    let text = "MSH|^~\\&|||||||ORU^R01|\(number)|P|2.5\r"
                    let answer = try await MLLPClient(host: "127.0.0.1", port: server.port).send(Array(text.utf8))
                    return ("\(number)", Acknowledgment(try HL7Message(reading: answer.message))?.controlID)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ids.count == 50)
        #expect(ids.allSatisfy { $0.0 == $0.1 })
        await server.stop()
    }

    @Test("A message of many megabytes comes whole")
    func large() async throws {
        let size = Mutex(0)
        let server = try await MLLPServer.start { arrival in
            size.withLock { $0 = arrival.bytes.count }
            return [0x41]
        }
        let message = Self.question + Array(repeating: UInt8(ascii: "x"), count: 5 << 20)
        let answer = try await MLLPClient(host: "127.0.0.1", port: server.port).send(message)
        #expect(answer.message == [0x41])
        #expect(size.withLock { $0 } == message.count)
        await server.stop()
    }

    @Test("What is wrong with the frames reaches the handler, and the message after them is read")
    func faults() async throws {
        let server = try await MLLPServer.start { arrival in
            Array(arrival.faults.map(\.code.rawValue).joined(separator: ",").utf8)
        }
        let client = MLLPClient(host: "127.0.0.1", port: server.port)
        let answer = try await client.send(raw: Array("noise".utf8) + MLLP.framed(Self.question))
        #expect(String(decoding: answer.message, as: UTF8.self) == "frame-start")
        let open = try await client.send(raw: [MLLP.start] + Self.question + [MLLP.end])
        #expect(open.message == [])
        await server.stop()
    }

    @Test("A peer that is silent, closes or is absent is told apart, within the limit")
    func obstacles() async throws {
        let silent = try await MLLPServer.start { _ in nil }
        var client = MLLPClient(host: "127.0.0.1", port: silent.port)
        client.answerTimeout = 0.2
        await #expect { try await client.send(Self.question) } throws: { ($0 as? MLLPError)?.code == .answerTimeout }
        await silent.stop()
        await #expect { try await client.send(Self.question) } throws: { ($0 as? MLLPError)?.code == .refused }
        var limits = MLLPLimits()
        limits.idle = 0.1
        let impatient = try await MLLPServer.start(limits: limits) { _ in nil }
        client = MLLPClient(host: "127.0.0.1", port: impatient.port)
        await #expect { try await client.send(Self.question) } throws: { ($0 as? MLLPError)?.code == .closed }
        await impatient.stop()
    }

    @Test("A port that is taken is told")
    func taken() async throws {
        let server = try await Self.acknowledging()
        await #expect { _ = try await MLLPServer.start(port: server.port) { _ in nil } } throws: {
            ($0 as? MLLPError)?.code == .listen
        }
        await server.stop()
    }
}
