internal import Foundation
import Synchronization

/// Holds the folder of a store for one simulator: two would each register what the other does not know.
///
/// The system lets the lock go with the process, however that ends.
final class StoreLock: Sendable {
    static let fileName = "dmp.lock"

    private let descriptor: Mutex<Int32?>

    /// Takes the store in `directory`, which is made where it is absent.
    ///
    /// - Throws: `StorageError` with `open` when another simulator has it, or the folder cannot be written.
    init(directory: String) throws(StorageError) {
        try StoreFolder.make(directory)
        let path = directory + "/" + Self.fileName
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw StorageError(.open, StoreFolder.refusal(directory, errno)) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.owner(file).map { " (process \($0))" } ?? ""
            close(file)
            throw StorageError(
                .open,
                "the store '\(directory)' is in use by another simulator\(owner): stop that one, or name another folder"
            )
        }
        ftruncate(file, 0)
        let number = Array("\(getpid())\n".utf8)
        _ = number.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
        descriptor = Mutex(file)
    }

    deinit { release() }

    /// Lets others have the store.
    func release() {
        let file = descriptor.withLock { descriptor in
            defer { descriptor = nil }
            return descriptor
        }
        if let file { close(file) }
    }

    private static func owner(_ file: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self))
    }
}

/// A folder to write in, and why it cannot be had in words for who named it.
public enum StoreFolder {
    /// Makes the folder, and those above it, where they are absent.
    ///
    /// - Throws: `StorageError` with `open`.
    public static func make(_ path: String) throws(StorageError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw StorageError(.open, refusal(path, ENOTDIR)) }
        } else {
            // Each folder from the top, as the words of the system for the one that fails are the plainest.
            var made = ""
            for part in path.split(separator: "/", omittingEmptySubsequences: false) {
                made += part + "/"
                guard !part.isEmpty, mkdir(made, 0o755) != 0, errno != EEXIST else { continue }
                throw StorageError(.open, refusal(path, errno))
            }
        }
        guard access(path, W_OK) == 0 else { throw StorageError(.open, refusal(path, errno)) }
    }

    /// Why nothing can be written in the folder `path`.
    static func refusal(_ path: String, _ error: Int32) -> String {
        let (reason, remedy) =
            switch error {
            case ENOTDIR: ("a file stands there, or above it", "name a folder")
            case EACCES, EPERM:
                ("there is no permission to write there", "name another folder, or change its permissions")
            case EROFS: ("the file system there is read-only", "name another folder")
            case ENOENT: ("no folder can be made there", "name another place")
            case ENOSPC, EDQUOT: ("the disk is full", "make room, or name another place")
            default: (String(cString: strerror(error)), "name another folder")
            }
        return "'\(path)' cannot be a folder to write in: \(reason); \(remedy)"
    }
}
