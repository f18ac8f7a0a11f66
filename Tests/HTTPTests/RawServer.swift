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
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw HTTPError(.listen, "no loopback socket") }
        port = Int(UInt16(bigEndian: address.sin_port))
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
