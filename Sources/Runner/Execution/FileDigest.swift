internal import Cryptography
internal import Foundation

/// Digests of files that judge.
enum FileDigest {
    /// The SHA-256 of the file at `path`; nil where it cannot be read.
    static func sha256(of path: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { MessageDigest.hexadecimal(of: $0, .sha256) }
    }
}
