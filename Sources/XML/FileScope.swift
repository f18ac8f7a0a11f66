internal import Glibc
private import Synchronization

/// The files that libxml2 may open: none, but while a schema is compiled those below its folder, for that thread.
enum FileScope {
    private struct Grant {
        let thread: pthread_t
        let folder: String
    }

    private static let grant = Mutex<Grant?>(nil)
    private static let turn = Mutex<Void>(())

    /// Runs `body` with leave to read below `folder`, an absolute real path; one at a time in the process.
    static func reading<Value>(below folder: String, _ body: () -> Value) -> Value {
        turn.withLock { _ in
            grant.withLock { $0 = Grant(thread: pthread_self(), folder: folder) }
            defer { grant.withLock { $0 = nil } }
            return body()
        }
    }

    /// The real path of `url` where the calling thread may read it.
    static func allowedPath(_ url: String) -> String? {
        let granted = grant.withLock { $0 }
        guard let granted, pthread_equal(granted.thread, pthread_self()) != 0 else { return nil }
        var path = url
        if path.hasPrefix("file://") { path.removeFirst("file://".count) }
        guard !path.contains("://"), let real = realPath(path) else { return nil }
        let folder = granted.folder.hasSuffix("/") ? granted.folder : granted.folder + "/"
        return real.hasPrefix(folder) ? real : nil
    }

    /// The path without links and dots; nil where there is no such file.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
