public import Foundation

/// What is kept of a registered pack beside its files: `pack.json`.
public struct PackRecord: Codable, Hashable, Sendable {
    /// The name that `--pack` takes.
    public var name: String
    /// When it was registered, to the second.
    public var added: Date
    /// The SHA-256 of the lines `path TAB SHA-256 LF` of all files of the kit, sorted.
    public var digest: String
    /// The count of the kit's files.
    public var files: Int
    /// Their size together, in bytes.
    public var bytes: Int
    /// The same of the overlay; nil where there is none.
    public var overlayDigest: String?
    /// The count of the overlay's files.
    public var overlayFiles: Int
    /// The last component of the path that it came from.
    public var source: String
    /// The volets' schemas and their template ids.
    public var volets: [Volet]
    /// A digest over the paths, sizes and times of all files when they were written; nil in older records.
    public var fingerprint: String?
}

extension PackRecord {
    static func decode(_ bytes: [UInt8]) throws -> PackRecord {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(PackRecord.self, from: Data(bytes))
    }

    /// The record as JSON, one member a line.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
