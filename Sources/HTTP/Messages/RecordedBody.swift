import Cryptography

/// A body that went over the wire: in memory up to 4 MiB, beyond in a spool file.
///
/// The spool file goes when the last copy of the value goes, unless `moveTo` gave it a place of its own.
public struct RecordedBody: Sendable {
    private enum Storage: Sendable {
        case memory([UInt8])
        case file(SpoolFile)
    }

    /// The number of bytes.
    public let length: Int64
    /// The SHA-256 of the bytes, in lower-case hexadecimal.
    public let sha256: String
    private let storage: Storage

    /// A body without bytes.
    public static let empty = RecordedBody([])

    /// A body in memory, whatever its size.
    public init(_ bytes: [UInt8]) {
        self.init(bytes, sha256: MessageDigest.hexadecimal(of: bytes, .sha256))
    }

    init(_ bytes: [UInt8], sha256: String) {
        length = Int64(bytes.count)
        self.sha256 = sha256
        storage = .memory(bytes)
    }

    init(_ file: SpoolFile, length: Int64, sha256: String) {
        self.length = length
        self.sha256 = sha256
        storage = .file(file)
    }

    /// Whether there is no byte.
    public var isEmpty: Bool { length == 0 }

    /// The file that holds the bytes; nil where they are in memory.
    public var path: String? {
        guard case .file(let file) = storage else { return nil }
        return file.path
    }

    /// All bytes.
    ///
    /// - Throws: `.tooLarge` where there are more than `limit`; `.storage` where the spool file cannot be read.
    public func bytes(limit: Int = 256 << 20) throws(HTTPError) -> [UInt8] {
        guard length <= limit else {
            throw HTTPError(.tooLarge, "the body has \(length) bytes, more than the \(limit) that may be read at once")
        }
        return try prefix(Int(length))
    }

    /// The first bytes, at most `count`.
    public func prefix(_ count: Int) throws(HTTPError) -> [UInt8] {
        switch storage {
        case .memory(let bytes): count >= bytes.count ? bytes : Array(bytes.prefix(count))
        case .file(let file): try file.read(Int(min(Int64(count), length)), at: 0)
        }
    }

    /// Reads the bytes piece by piece, in order.
    public func forEachPiece(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch storage {
        case .memory(let bytes):
            if !bytes.isEmpty { try bytes.withUnsafeBytes(consume) }
        case .file(let file):
            var offset: Int64 = 0
            while offset < length {
                let piece = try file.read(FileIO.pieceSize, at: offset)
                guard !piece.isEmpty else {
                    throw HTTPError(.storage, "'\(file.path)' ends at byte \(offset) of \(length): it was cut")
                }
                try piece.withUnsafeBytes(consume)
                offset += Int64(piece.count)
            }
        }
    }

    /// Puts the bytes at `path`, replacing what is there; a spool file is moved and stays there.
    public func moveTo(_ path: String) throws(HTTPError) {
        switch storage {
        case .memory(let bytes): try SpoolFile.write(bytes, to: path)
        case .file(let file): try file.move(to: path)
        }
    }

    /// The same bytes as a body to send.
    public func requestBody() -> RequestBody {
        switch storage {
        case .memory(let bytes):
            return bytes.isEmpty ? .empty : .bytes(bytes)
        case .file(let file):
            let cursor = SpoolCursor(file)
            return .stream(length: length) { try cursor.next() }
        }
    }
}

extension RecordedBody: CustomStringConvertible {
    /// Length and digest, never the bytes.
    public var description: String { "\(length) bytes, SHA-256 \(sha256)" }
}
