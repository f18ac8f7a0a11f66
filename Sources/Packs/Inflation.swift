internal import CZlib

/// Deflate streams (RFC 1951) through zlib.
enum Inflation {
    /// What `packed` unpacks to, if that is exactly `size` bytes; nothing more is ever made.
    static func bytes(of packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        var isWhole = false
        // One byte more than declared, so that a stream that goes on shows.
        let content = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            packed.withUnsafeBufferPointer { input in
                var stream = z_stream()
                guard cisis_inflate_start(&stream) == Z_OK else { return }
                defer { inflateEnd(&stream) }
                // zlib only reads the input; its type is older than `const`.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(size + 1)
                let status = inflate(&stream, Z_FINISH)
                isWhole = status == Z_STREAM_END && Int(stream.total_out) == size
            }
            count = isWhole ? size : 0
        }
        return isWhole ? content : nil
    }

    /// The CRC-32 of `bytes`.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, UInt32($0.count))) }
    }
}
