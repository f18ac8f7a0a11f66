public import Conformance
internal import Cryptography
internal import Foundation

/// The proofs of a run on disk: each file is named by the SHA-256 of its bytes, so that the same bytes are kept once.
///
/// Every body that crossed the wire and every file derived from it goes through here before it is judged.
public actor EvidenceLog {
    /// The folder of the files.
    public let directory: String
    private var known: Set<String> = []

    /// Opens the folder `directory`, creating it.
    ///
    /// - Throws: `RunError` with `storage`, which says what stands in the way.
    public init(directory: String) throws(RunError) {
        self.directory = directory
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw RunError(.storage, "the folder '\(directory)' cannot be made: \(Self.obstacle(to: directory))")
        }
        guard FileManager.default.isWritableFile(atPath: directory) else {
            throw RunError(.storage, "nothing may be written in the folder '\(directory)'")
        }
    }

    /// Why a folder cannot be made: the nearest thing on its path that exists.
    private static func obstacle(to path: String) -> String {
        var url = URL(fileURLWithPath: path)
        while !FileManager.default.fileExists(atPath: url.path), url.path != "/" { url.deleteLastPathComponent() }
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        return isFolder.boolValue ? "nothing may be written in '\(url.path)'" : "'\(url.path)' is a file"
    }

    /// Keeps `bytes` and says where they are.
    public func keep(_ bytes: some Collection<UInt8> & Sendable, mediaType: String, kind: String, name: String) throws
        -> EvidenceReference
    {
        let data = Data(bytes)
        let digest = MessageDigest.hexadecimal(of: data, .sha256)
        if known.insert(digest).inserted {
            let path = directory + "/" + digest
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        }
        return EvidenceReference(
            sha256: digest, size: Int64(data.count), mediaType: mediaType, kind: kind, name: name)
    }

    /// Adopts a file whose digest is known, without reading it into memory.
    public func adopt(
        sha256: String, size: Int64, mediaType: String, kind: String, name: String,
        move: @Sendable (_ path: String) throws -> Void
    ) throws -> EvidenceReference {
        if known.insert(sha256).inserted { try move(directory + "/" + sha256) }
        return EvidenceReference(sha256: sha256, size: size, mediaType: mediaType, kind: kind, name: name)
    }
}
