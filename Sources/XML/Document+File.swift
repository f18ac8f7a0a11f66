internal import Glibc

extension Document {
    /// Parses a file; one larger than the limit is refused before any of it is read.
    public convenience init(contentsOfFile path: String, options: ParsingOptions = .init()) throws(XMLError) {
        try self.init(parsing: File.read(path, limit: options.maximumSize), name: path, options: options)
    }
}

private enum File {
    static func read(_ path: String, limit: Int) throws(XMLError) -> [UInt8] {
        func unreadable() -> XMLError {
            XMLError(.unreadable, "the file '\(path)' cannot be read: \(String(cString: strerror(errno)))")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable() }
        guard status.st_size <= limit else {
            throw XMLError(.tooLarge, "the file '\(path)' has \(status.st_size) bytes, more than the \(limit) allowed")
        }
        // A pipe or a file that grows has no size to go by: read up to one more than the limit.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size))
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable() }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return bytes
    }
}
