import Foundation
import HTTP

/// A peer that writes any bytes to a loopback port, on a thread of its own so that no task waits for it.
final class RawClient {
    /// What came back.
    struct Answer: Sendable {
        var bytes: [UInt8] = []
        /// Whether the server closed the connection.
        var isClosed = false

        var text: String { String(decoding: bytes, as: UTF8.self) }
        var status: Int? { Int(text.split(separator: " ").dropFirst().first ?? "") }
    }

    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { throw HTTPError(.refused, "no loopback connection") }
    }

    deinit { close(descriptor) }

    /// Runs a script over a new connection.
    static func run<Value: Sendable>(
        port: Int, _ script: @escaping @Sendable (RawClient) -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { script(try RawClient(port: port)) })
            }
        }
    }

    /// Sends bytes; false when the server is gone or has already answered.
    @discardableResult
    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            guard wait(POLLIN | POLLOUT, milliseconds: 20_000), !isReadable(within: 0) else { return false }
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0, errno != EAGAIN { return false }
            sent += max(0, count)
        }
        return true
    }

    /// Waits for bytes, or the end, at most so long.
    func isReadable(within milliseconds: Int32) -> Bool { wait(POLLIN, milliseconds: milliseconds) }

    /// Reads one answer by its `Content-Length`, says that nothing more comes, and sees whether the server closes.
    func readAnswer() -> Answer {
        var answer = Answer()
        while !Self.isWhole(answer.text) {
            guard let more = read() else { return answer }
            if more.isEmpty {
                answer.isClosed = true
                return answer
            }
            answer.bytes += more
        }
        shutdown(descriptor, Int32(SHUT_WR))
        while let more = read() {
            if more.isEmpty {
                answer.isClosed = true
                break
            }
            answer.bytes += more
        }
        return answer
    }

    /// Says that nothing more comes, and reads until the server closes.
    func readRest() -> String {
        shutdown(descriptor, Int32(SHUT_WR))
        return readAll()
    }

    /// Reads until the server closes.
    func readAll() -> String {
        var bytes: [UInt8] = []
        while let more = read(), !more.isEmpty { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The next bytes; empty at the end, nil when none come for long.
    private func read() -> [UInt8]? {
        guard isReadable(within: 20_000) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : []
    }

    private func wait(_ events: Int32, milliseconds: Int32) -> Bool {
        var item = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return poll(&item, 1, milliseconds) > 0
    }

    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let fields = text[..<end.lowerBound].split(whereSeparator: \.isNewline)
        let length = fields.first { $0.lowercased().hasPrefix("content-length:") }?.split(separator: ":").last
        let count = Int((length ?? "0").filter(\.isNumber)) ?? 0
        return text[end.upperBound...].utf8.count >= count
    }
}
