private import CCrypto

/// A running message digest (FIPS 180-4) over OpenSSL.
///
/// XDS hashes are SHA-1 (ITI TF-3: 4.2.3.2.10); evidence is addressed by SHA-256.
public final class MessageDigest {
    /// The algorithms that the field uses.
    public enum Algorithm: String, Sendable {
        case sha1 = "SHA1"
        case sha256 = "SHA256"
        case sha384 = "SHA384"
        case sha512 = "SHA512"
    }

    private let state: OpaquePointer

    /// Starts an empty digest.
    public init(_ algorithm: Algorithm) {
        guard let state = cisis_digest_new(algorithm.rawValue) else {
            preconditionFailure("OpenSSL always has \(algorithm.rawValue)")
        }
        self.state = state
    }

    deinit { cisis_digest_free(state) }

    /// Adds bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        cisis_digest_update(state, bytes.baseAddress, bytes.count)
    }

    /// Adds bytes.
    public func update(_ bytes: some Sequence<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
            Array(bytes).withUnsafeBytes { update($0) }
        }
    }

    /// The digest of all bytes added so far; more may be added after.
    public func value() -> [UInt8] {
        guard let copy = cisis_digest_copy(state) else { preconditionFailure("out of memory") }
        defer { cisis_digest_free(copy) }
        return [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            count = cisis_digest_finish(copy, buffer.baseAddress)
        }
    }

    /// `value()` in lower-case hexadecimal.
    public func hexadecimal() -> String { Self.hexadecimal(value()) }

    /// The digest of `bytes` in lower-case hexadecimal: 40 digits for SHA-1, 64 for SHA-256, …
    public static func hexadecimal(of bytes: some Sequence<UInt8>, _ algorithm: Algorithm) -> String {
        let digest = MessageDigest(algorithm)
        digest.update(bytes)
        return digest.hexadecimal()
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
