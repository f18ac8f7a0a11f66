import Cryptography
import Foundation

/// Records a body as it passes: digest always, memory up to 4 MiB, then a spool file.
///
/// Not `Sendable`: it belongs to the one thread that moves the bytes.
package final class BodyRecorder {
    /// How much stays in memory.
    package static let memoryLimit = 4 << 20

    private let directory: String?
    private let digest = MessageDigest(.sha256)
    private var memory: [UInt8] = []
    private var file: (spool: SpoolFile, descriptor: Int32)?
    /// The bytes recorded so far.
    package private(set) var length: Int64 = 0

    /// - Parameter directory: where a spool file goes; nil is the temporary folder.
    package init(directory: String?) { self.directory = directory }

    deinit {
        if let file { close(file.descriptor) }
    }

    /// Adds bytes.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(HTTPError) {
        guard !bytes.isEmpty else { return }
        if file == nil, memory.count + bytes.count > Self.memoryLimit { try spill() }
        if let file {
            try FileIO.write(bytes, to: file.descriptor, path: file.spool.path)
        } else {
            memory.append(contentsOf: bytes)
        }
        digest.update(bytes)
        length += Int64(bytes.count)
    }

    /// What was recorded; nothing may be added after.
    package func finish() -> RecordedBody {
        let sha256 = digest.hexadecimal()
        guard let file else { return RecordedBody(memory, sha256: sha256) }
        close(file.descriptor)
        self.file = nil
        return RecordedBody(file.spool, length: length, sha256: sha256)
    }

    private func spill() throws(HTTPError) {
        let folder = directory ?? NSTemporaryDirectory()
        let pattern = (folder.hasSuffix("/") ? folder : folder + "/") + "cisis-body-XXXXXX"
        var path = Array(pattern.utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw FileIO.failure("create a spool file in", folder) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        file = (SpoolFile(path: name), descriptor)
        try FileIO.write(memory, to: descriptor, path: name)
        memory = []
    }
}
