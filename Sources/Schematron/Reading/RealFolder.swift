internal import Synchronization

/// Ordinary files below a folder, links that lead out of it refused.
///
/// Where each folder really is, is asked once: a schema of the official kit reads hundreds of files of a few folders.
final class RealFolder: Sendable {
    /// The folder, as a real path.
    let path: String

    private let prefix: String
    private let folders = Mutex<[String: String?]>([:])

    /// - Parameter path: an absolute path without links and dots.
    init(_ path: String) {
        self.path = path
        prefix = path.hasSuffix("/") ? path : path + "/"
    }

    /// The bytes of the ordinary file at `segments`; nil where there is none, and where a link leads out of the folder.
    func read(_ segments: some Collection<String>) -> [UInt8]? {
        let relative = segments.dropLast().joined(separator: "/")
        guard let name = segments.suffix(1).first, let folder = real(relative) else { return nil }
        if let bytes = FileAccess.read(folder + "/" + name, isLinkRefused: true) { return bytes }
        // Absent, or a link.
        guard let real = FileAccess.realPath(folder + "/" + name), real.hasPrefix(prefix) else { return nil }
        return FileAccess.read(real, isLinkRefused: true)
    }

    private func real(_ relative: String) -> String? {
        guard !relative.isEmpty else { return path }
        if let known = folders.withLock({ $0[relative] }) { return known }
        let found = FileAccess.realPath(prefix + relative).flatMap { $0.hasPrefix(prefix) ? $0 : nil }
        folders.withLock { table in
            // References may be made of what documents say: their count is no one's promise.
            if table.count >= Self.maximumKnown { table.removeAll() }
            table[relative] = .some(found)
        }
        return found
    }

    private static let maximumKnown = 1_000
}
