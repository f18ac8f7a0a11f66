internal import Foundation

/// A file that is to be taken into a pack.
struct SourceFile: Sendable {
    /// Relative to the source, with `/`.
    let path: String
    let size: Int
}

/// The files of a folder or of an archive.
protocol PackSource {
    /// What stands there, in no order; every path is plain (`PackLimits.check(path:)`).
    var files: [SourceFile] { get }
    /// The bytes of one file.
    func bytes(_ file: SourceFile) throws(PackError) -> [UInt8]
}

/// The ordinary files below a folder; what is hidden is left out.
struct FolderSource: PackSource {
    private(set) var files: [SourceFile] = []
    private let root: String
    private let limits: PackLimits

    init(_ path: String, limits: PackLimits) throws(PackError) {
        guard let root = FileSystem.realPath(path) else { throw FileSystem.unreadable(path) }
        self.root = root
        self.limits = limits
        var total = 0
        try gather("", &total)
    }

    private mutating func gather(_ folder: String, _ total: inout Int) throws(PackError) {
        for name in try FileSystem.names(in: folder.isEmpty ? root : root + "/" + folder) where !name.hasPrefix(".") {
            let path = folder.isEmpty ? name : folder + "/" + name
            try limits.check(path: path)
            switch try FileSystem.kind(of: root + "/" + path) {
            case .folder: try gather(path, &total)
            case .file(let size): try add(path, size, &total)
            case .link:
                guard let target = FileSystem.realPath(root + "/" + path), target.hasPrefix(root + "/") else {
                    throw PackError(.outside, "'\(path)' is a link that leads out of the folder: take it away")
                }
                guard case .file(let size) = try FileSystem.kind(of: target) else {
                    throw PackError(.outside, "'\(path)' is a link to a folder: put the folder itself there")
                }
                try add(path, size, &total)
            case .other: throw PackError(.unreadable, "'\(path)' is neither a file nor a folder: take it away")
            }
        }
    }

    private mutating func add(_ path: String, _ size: Int, _ total: inout Int) throws(PackError) {
        total += size
        files.append(SourceFile(path: path, size: size))
        try limits.check(count: files.count, in: root)
        try limits.check(size: size, total: total, of: path)
    }

    func bytes(_ file: SourceFile) throws(PackError) -> [UInt8] {
        // Links were followed when the folder was read; one that has come since is refused.
        guard let real = FileSystem.realPath(root + "/" + file.path), real.hasPrefix(root + "/") else {
            throw PackError(.outside, "'\(file.path)' leads out of the folder")
        }
        let bytes = try FileSystem.read(real, limit: limits.fileSize)
        guard bytes.count == file.size else {
            throw PackError(.unreadable, "'\(file.path)' changed while it was read: try again")
        }
        return bytes
    }
}
