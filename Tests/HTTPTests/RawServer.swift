import Foundation
import HTTP

/// A scripted peer on a loopback socket: each connection runs the script on a thread of its own.
///
/// Nothing here knows HTTP, so that what the client is told does not depend on the server of this project.
final class RawServer: Sendable {
    private let descriptor: Int32
    let port: Int

    var url: String { "http://127.0.0.1:\(port)/path?query=1" }

    init(_ script: @escaping @Sendable (RawConnection) -> Void) throws {
        (descriptor, port) = try loopbackListener(backlog: 64)
        let descriptor = descriptor
        Thread.detachNewThread {
            while true {
                let peer = accept(descriptor, nil, nil)
                guard peer >= 0 else { return }
                Thread.detachNewThread {
                    let connection = RawConnection(peer)
                    script(connection)
                    connection.close()
                }
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}

/// A listening loopback socket on a free port.
private func loopbackListener(backlog: Int32) throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, length) == 0 && listen(descriptor, backlog) == 0
                && getsockname(descriptor, $0, &length) == 0
        }
    }
    guard bound else { throw HTTPError(.listen, "no loopback socket") }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
}

private func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = UInt16(port).bigEndian
    return address
}

/// A port that takes no more connections: Linux lets a handshake wait when the queue of those not accepted is full.
final class FullBacklog {
    static let isPossible = FileManager.default.fileExists(atPath: "/proc/self")

    private var descriptors: [Int32] = []
    let port: Int

    init() throws {
        let listener = try loopbackListener(backlog: 0)
        descriptors = [listener.descriptor]
        port = listener.port
        // Connects until one has to wait.
        for _ in 0..<64 {
            let peer = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            descriptors.append(peer)
            var address = loopback(port: port)
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(peer, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            var item = pollfd(fd: peer, events: Int16(POLLOUT), revents: 0)
            if poll(&item, 1, 100) == 0 { return }
        }
        throw HTTPError(.listen, "the queue is never full")
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}

/// One accepted connection.
final class RawConnection {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Reads some bytes; empty when the peer closed.
    func read(_ count: Int = 65536) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let got = recv(descriptor, &buffer, count, 0)
        return got > 0 ? Array(buffer.prefix(got)) : []
    }

    /// Reads until `end` stands at the end of what came.
    func read(to end: String) -> [UInt8] {
        var bytes: [UInt8] = []
        while !bytes.suffix(end.utf8.count).elementsEqual(end.utf8) {
            let more = read()
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    func readHead() { _ = read(to: "\r\n\r\n") }

    /// Reads until the peer closes.
    func readAll() {
        while !read().isEmpty {}
    }

    /// False when the peer is gone.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    /// Waits until the peer closes, at most `milliseconds`; true when it closed.
    func isClosed(within milliseconds: Int32) -> Bool {
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&item, 1, milliseconds) > 0 else { return false }
        return read().isEmpty
    }

    /// Reads nothing for a while, whatever comes.
    func ignore(for milliseconds: Int32) {
        var item = pollfd(fd: descriptor, events: 0, revents: 0)
        poll(&item, 1, milliseconds)
    }

    /// Closes with RST.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    func close() { Foundation.close(descriptor) }
}
