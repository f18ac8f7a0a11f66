internal import CZlib

/// The codings of HTTP that are undone: gzip (RFC 1952) and deflate, which is the format of zlib (RFC 1950).
public enum ContentCoding {
    /// What came of it.
    public enum Outcome: Sendable {
        case content([UInt8])
        /// No stream of either format, or one that is cut.
        case malformed
        /// More than the limit: nothing is kept.
        case tooLarge
    }

    /// Whether the head of `bytes` is that of gzip or zlib.
    public static func isCompressed(_ bytes: ArraySlice<UInt8>) -> Bool {
        let head = Array(bytes.prefix(2))
        guard head.count == 2 else { return false }
        if head == [0x1F, 0x8B] { return true }
        // RFC 1950 2.2: the method is 8, and both bytes together are a multiple of 31.
        return head[0] & 0x0F == 8 && (Int(head[0]) << 8 | Int(head[1])) % 31 == 0
    }

    /// What `bytes` unpack to, `limit` bytes at most; several members of gzip one after the other.
    public static func decoded(_ bytes: ArraySlice<UInt8>, limit: Int) -> Outcome {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        var stream = z_stream()
        guard cisis_inflate_start_any(&stream) == Z_OK else { return .malformed }
        defer { inflateEnd(&stream) }
        return bytes.withUnsafeBufferPointer { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(clamping: input.count)
            while true {
                let (status, count) = piece.withUnsafeMutableBufferPointer { output in
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, output.count - Int(stream.avail_out))
                }
                guard content.count + count <= limit else { return .tooLarge }
                content += piece[..<count]
                switch status {
                case Z_STREAM_END where stream.avail_in == 0: return .content(content)
                case Z_STREAM_END: guard inflateReset(&stream) == Z_OK else { return .malformed }
                case Z_OK where count > 0 || stream.avail_in > 0: continue
                default: return .malformed
                }
            }
        }
    }
}
