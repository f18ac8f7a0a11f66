internal import CXMLSec
internal import Foundation

/// Why an identity cannot be used or a signature cannot be made.
public struct SignatureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind; open, so that a `switch` over it needs a `default`.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A file of the identity cannot be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// No key, no certificate, another passphrase.
        public static let identity = Code(rawValue: "identity")
        /// What is to be signed cannot be.
        public static let signing = Code(rawValue: "signing")
    }

    public let code: Code
    /// One sentence: what went wrong, and with what.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}

/// A private key with its certificates.
// The C value is never changed after it is made, and OpenSSL counts references to keys and certificates atomically: any
// number of threads may read it at once.
public final class SigningIdentity: @unchecked Sendable {
    let handle: OpaquePointer
    /// The certificates, the key's own first.
    public let certificates: [Certificate]

    private init(_ handle: OpaquePointer?, reason: String, of what: String) throws(SignatureError) {
        guard let handle else { throw SignatureError(.identity, "\(what) cannot be used: \(reason)") }
        self.handle = handle
        certificates = (0..<cisis_identity_certificate_count(handle)).compactMap { index in
            var bytes = cisis_bytes()
            guard cisis_identity_certificate(handle, index, &bytes) == 0 else { return nil }
            defer { cisis_bytes_free(&bytes) }
            return Certificate(der: Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.count)))
        }
        guard !certificates.isEmpty else {
            throw SignatureError(.identity, "\(what) cannot be used: its certificate has no names")
        }
    }

    deinit { cisis_identity_free(handle) }

    /// An identity from PEM; `passphrase` opens a locked key.
    public convenience init(
        certificates: [UInt8], key: [UInt8], passphrase: String? = nil, name: String = "the identity"
    ) throws(SignatureError) {
        SignatureEngine.start()
        var handle: OpaquePointer?
        let reason = SignatureEngine.words { words, size in
            handle = cisis_identity_pem(certificates, certificates.count, key, key.count, passphrase, words, size)
        }
        try self.init(handle, reason: reason, of: name)
    }

    /// An identity from PKCS #12.
    public convenience init(
        p12 bytes: [UInt8], passphrase: String? = nil, name: String = "the identity"
    ) throws(SignatureError) {
        SignatureEngine.start()
        var handle: OpaquePointer?
        let reason = SignatureEngine.words { words, size in
            handle = cisis_identity_p12(bytes, bytes.count, passphrase, words, size)
        }
        try self.init(handle, reason: reason, of: name)
    }

    /// Loads an identity from PEM files; both may be one file.
    public convenience init(
        certificateChain: String, key: String, passphrase: String? = nil
    ) throws(SignatureError) {
        try self.init(
            certificates: try Self.load(certificateChain), key: try Self.load(key), passphrase: passphrase,
            name: "'\(key)'")
    }

    /// Loads an identity from a PKCS #12 file.
    public convenience init(p12File path: String, passphrase: String? = nil) throws(SignatureError) {
        try self.init(p12: try Self.load(path), passphrase: passphrase, name: "'\(path)'")
    }

    private static func load(_ path: String) throws(SignatureError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path), data.count < 1 << 20 else {
            throw SignatureError(.unreadable, "'\(path)' cannot be read")
        }
        return Array(data)
    }

    /// The key's own certificate.
    public var certificate: Certificate { certificates[0] }
}
