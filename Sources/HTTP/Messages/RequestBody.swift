/// The body of a message to send.
public enum RequestBody: Sendable {
    /// No body.
    case empty
    /// These bytes.
    case bytes([UInt8])
    /// Bytes made on demand, nil at the end. Without a length the message is sent chunked.
    ///
    /// `next` is called on the client's own thread (or on the server's connection): it may read a disk, but must not
    /// wait for anything else. A stream is spent once it was read.
    case stream(length: Int64?, next: @Sendable () throws -> [UInt8]?)

    /// The number of bytes, where it is known.
    public var length: Int64? {
        switch self {
        case .empty: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .stream(let length, _): length
        }
    }

    /// The content of a file, read piece by piece when it is sent; the length is that of the file now.
    public static func file(_ path: String) throws(HTTPError) -> RequestBody {
        let length = try FileIO.length(of: path)
        let reader = FileStream(path: path)
        return .stream(length: length) { try reader.next() }
    }

    /// A stream over what `self` holds: every kind of body can be read by the same loop.
    package func makeReader() -> @Sendable () throws -> [UInt8]? {
        switch self {
        case .empty:
            return { nil }
        case .bytes(let bytes):
            let rest = OnceStream(bytes)
            return { rest.next() }
        case .stream(_, let next):
            return next
        }
    }
}

extension RequestBody: CustomStringConvertible {
    /// The kind and length, never the bytes.
    public var description: String {
        switch self {
        case .empty: "no body"
        case .bytes(let bytes): "\(bytes.count) bytes"
        case .stream(let length, _): length.map { "a stream of \($0) bytes" } ?? "a stream"
        }
    }
}
