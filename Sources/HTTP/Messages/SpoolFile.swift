import Foundation
import Synchronization

/// A file of recorded bytes that is deleted with its last owner, unless it was moved to a place of its own.
final class SpoolFile: Sendable {
    private struct Place {
        var path: String
        var isKept: Bool
    }

    private let place: Mutex<Place>

    /// Takes charge of the file at `path`.
    init(path: String) { place = Mutex(Place(path: path, isKept: false)) }

    deinit {
        place.withLock { if !$0.isKept { unlink($0.path) } }
    }

    var path: String { place.withLock { $0.path } }

    /// Reads up to `count` bytes at `offset`.
    func read(_ count: Int, at offset: Int64) throws(HTTPError) -> [UInt8] {
        // Opened under the lock, so that a move between the two cannot lose the file.
        let (descriptor, path) = try place.withLock { place throws(HTTPError) in
            (try FileIO.open(place.path, O_RDONLY), place.path)
        }
        defer { close(descriptor) }
        return try FileIO.read(descriptor, count, at: offset, path: path)
    }

    /// Moves the file, over volumes too, and keeps it there.
    func move(to path: String) throws(HTTPError) {
        try place.withLock { place throws(HTTPError) in
            if place.isKept {
                if path != place.path { try Self.copy(place.path, to: path) }
                return
            }
            if rename(place.path, path) != 0 {
                guard errno == EXDEV else { throw FileIO.failure("move to", path) }
                try Self.copy(place.path, to: path)
                unlink(place.path)
            }
            place = Place(path: path, isKept: true)
        }
    }

    /// Writes a new file.
    static func write(_ bytes: [UInt8], to path: String) throws(HTTPError) {
        let descriptor = try FileIO.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        defer { close(descriptor) }
        try FileIO.write(bytes, to: descriptor, path: path)
    }

    private static func copy(_ source: String, to path: String) throws(HTTPError) {
        let input = FileStream(path: source)
        let descriptor = try FileIO.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        defer { close(descriptor) }
        while let piece = try input.next() {
            try FileIO.write(piece, to: descriptor, path: path)
        }
    }
}

/// Reads a spool file from its begin to its end.
final class SpoolCursor: Sendable {
    private let file: SpoolFile
    private let offset = Mutex(Int64(0))

    init(_ file: SpoolFile) { self.file = file }

    func next() throws(HTTPError) -> [UInt8]? {
        try offset.withLock { offset throws(HTTPError) in
            let piece = try file.read(FileIO.pieceSize, at: offset)
            offset += Int64(piece.count)
            return piece.isEmpty ? nil : piece
        }
    }
}
