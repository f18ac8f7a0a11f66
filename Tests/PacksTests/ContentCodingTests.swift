import Testing

@testable import Packs

@Suite("Codings of HTTP")
struct ContentCodingTests {
    /// `hello`, by gzip and by zlib.
    static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x86,
        0xA6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00,
    ]
    static let zlib: [UInt8] = [0x78, 0x9C, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x06, 0x2C, 0x02, 0x15]

    private func text(_ bytes: [UInt8], limit: Int = 100) -> String? {
        guard case .content(let content) = ContentCoding.decoded(bytes[...], limit: limit) else { return nil }
        return String(decoding: content, as: UTF8.self)
    }

    @Test("gzip, zlib and members one after the other are undone")
    func right() {
        #expect(text(Self.gzip) == "hello" && text(Self.zlib) == "hello")
        #expect(text(Self.gzip + Self.gzip) == "hellohello")
        #expect(ContentCoding.isCompressed(Self.gzip[...]) && ContentCoding.isCompressed(Self.zlib[...]))
        #expect(!ContentCoding.isCompressed(Array("<a/>".utf8)[...]) && !ContentCoding.isCompressed([]))
    }

    @Test("A cut or damaged stream is malformed, whatever byte; more than the limit is never kept")
    func wrong() {
        for count in Self.gzip.indices { #expect(text(Array(Self.gzip.prefix(count))) == nil) }
        for index in 10..<Self.gzip.count {
            var bytes = Self.gzip
            bytes[index] ^= 0x55
            #expect(text(bytes) != "hello")
        }
        #expect(text(Array("plain".utf8)) == nil && text([]) == nil)
        guard case .tooLarge = ContentCoding.decoded(Self.gzip[...], limit: 4) else {
            Issue.record("the limit was passed")
            return
        }
    }
}
