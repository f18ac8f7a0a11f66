public import Foundation

/// Where other people's sample data stand: `CISIS_CORPORA`, else beside the checkout.
///
/// The data never enter the project; a test that needs them is skipped, with this reason, where they are absent.
public enum Corpora {
    /// The folder, or nil where it is absent.
    public static let root: URL? = {
        let named = ProcessInfo.processInfo.environment["CISIS_CORPORA"].map { URL(fileURLWithPath: $0) }
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared/corpora")
        return [named, beside].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    /// Why a test that needs `path` is skipped.
    public static let absence = "the corpora are absent: set CISIS_CORPORA to their folder"

    /// Whether the file or folder `path`, relative to the root, is there.
    public static func has(_ path: String) -> Bool {
        guard let root else { return false }
        return FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// The file or folder `path`, relative to the root. Call it only in tests enabled by `has`.
    public static func url(_ path: String) -> URL {
        guard let root else { preconditionFailure(absence) }
        return root.appendingPathComponent(path)
    }

    /// The bytes of the file `path`, relative to the root.
    public static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(path)))
    }
}
