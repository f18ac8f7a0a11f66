import Foundation
import Synchronization

/// The few file operations that recorded bodies need; an error names the file and the reason.
enum FileIO {
    static let pieceSize = 512 << 10

    static func failure(_ action: String, _ path: String, _ number: Int32 = errno) -> HTTPError {
        HTTPError(.storage, "cannot \(action) '\(path)': \(String(cString: strerror(number)))")
    }

    static func length(of path: String) throws(HTTPError) -> Int64 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("read", path) }
        return Int64(status.st_size)
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(HTTPError) {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = Foundation.write(descriptor, base, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(HTTPError) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(HTTPError) in try write(bytes, to: descriptor, path: path) }
        }
        try result.get()
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    static func read(_ descriptor: Int32, _ count: Int, at offset: Int64, path: String) throws(HTTPError)
        -> [UInt8]
    {
        var failed: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            while used < count, let base = buffer.baseAddress {
                let got = pread(descriptor, base + used, count - used, off_t(offset) + off_t(used))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failed = errno }
                if got <= 0 { return }
                used += got
            }
        }
        if failed != 0 { throw failure("read", path, failed) }
        return bytes
    }

    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(HTTPError) -> Int32 {
        let descriptor = Foundation.open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(flags & O_CREAT != 0 ? "create" : "open", path) }
        return descriptor
    }
}

/// Reads a file from its begin to its end, opening it at the first call.
final class FileStream: Sendable {
    private struct State {
        var descriptor: Int32?
        var offset: Int64 = 0
    }

    private let path: String
    private let state = Mutex(State())

    init(path: String) { self.path = path }

    deinit { state.withLock { if let descriptor = $0.descriptor { close(descriptor) } } }

    func next() throws(HTTPError) -> [UInt8]? {
        try state.withLock { state throws(HTTPError) in
            let descriptor: Int32
            if let open = state.descriptor {
                descriptor = open
            } else {
                descriptor = try FileIO.open(path, O_RDONLY)
                state.descriptor = descriptor
            }
            let bytes = try FileIO.read(descriptor, FileIO.pieceSize, at: state.offset, path: path)
            state.offset += Int64(bytes.count)
            if bytes.isEmpty {
                close(descriptor)
                state.descriptor = nil
                return nil
            }
            return bytes
        }
    }
}

/// Gives bytes once.
final class OnceStream: Sendable {
    private let rest: Mutex<[UInt8]?>

    init(_ bytes: [UInt8]) { rest = Mutex(bytes) }

    func next() -> [UInt8]? {
        rest.withLock { rest in
            defer { rest = nil }
            return rest
        }
    }
}
