internal import Cryptography
internal import Foundation

/// Digests of files that judge.
enum FileDigest {
    /// The SHA-256 of the file at `path`; nil where it cannot be read.
    static func sha256(of path: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { MessageDigest.hexadecimal(of: $0, .sha256) }
    }

    /// The SHA-256 over the paths and digests of all files below the folder at `path`; nil where there are none.
    static func sha256(ofFolder path: String) -> String? {
        let names = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
        let lines = names.compactMap { name in sha256(of: path + "/" + name).map { "\(name) \($0)\n" } }
        return lines.isEmpty ? nil : MessageDigest.hexadecimal(of: lines.joined().utf8, .sha256)
    }
}
