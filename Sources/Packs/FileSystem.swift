internal import Foundation

/// Files as the packs need them, with errors that name the path.
enum FileSystem {
    enum Kind {
        case file(size: Int)
        case folder
        case link
        case other
    }

    static func unreadable(_ path: String) -> PackError {
        PackError(.unreadable, "'\(path)' cannot be read: name an existing folder or zip archive")
    }

    /// The path without links and dots; nil where there is no such file.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// What stands at a path, links not followed.
    static func kind(of path: String) throws(PackError) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw unreadable(path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file(size: Int(status.st_size))
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }

    static func names(in folder: String) throws(PackError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw unreadable(folder)
        }
    }

    /// The bytes of an ordinary file of at most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(PackError) -> [UInt8] {
        guard case .file(let size) = try kind(of: realPath(path) ?? path) else { throw unreadable(path) }
        guard size <= limit else {
            throw PackError(.tooLarge, "'\(path)' has \(size) bytes, more than the \(limit) that are read")
        }
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            return [UInt8](try file.read(upToCount: limit) ?? Data())
        } catch {
            throw unreadable(path)
        }
    }

    /// Writes a file and the folders that it lies in.
    static func write(_ bytes: [UInt8], to path: String) throws(PackError) {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        } catch {
            throw PackError(.unreadable, "'\(path)' cannot be written: \(error.localizedDescription)")
        }
    }
}
