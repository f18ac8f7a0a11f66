internal import Cryptography
internal import Foundation

extension FileSystem {
    /// Whether there is anything at a path.
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// A digest over the paths, sizes and times of the files below the folders of a pack; nil where one cannot be read.
    ///
    /// It is quick, and tells what was changed by accident; who wants to be sure compares the digests of the files.
    static func fingerprint(of place: String) -> String? {
        var lines: [String] = []
        for part in ["kit", "overlay"] where isFolder(place + "/" + part) {
            guard append(place, part, depth: 0, to: &lines) else { return nil }
        }
        lines.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return MessageDigest.hexadecimal(of: lines.joined().utf8, .sha256)
    }

    private static func append(_ place: String, _ folder: String, depth: Int, to lines: inout [String]) -> Bool {
        guard depth < 64, let handle = opendir(place + "/" + folder) else { return false }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let path = folder + "/" + name
            var status = stat()
            guard lstat(place + "/" + path, &status) == 0 else { return false }
            if status.st_mode & S_IFMT == S_IFDIR {
                guard append(place, path, depth: depth + 1, to: &lines) else { return false }
            } else {
                lines.append("\(path)\t\(status.st_size)\t\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)\n")
            }
        }
        return true
    }
}
