internal import NIOCore
internal import NIOSSL

/// A client with which no TLS connection came about.
public struct RefusedPeer: Sendable, Hashable {
    /// Why.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// It showed no certificate, which is demanded.
        case noCertificate
        /// Its certificate comes from no accepted authority, or is not in force: the library does not say which.
        case certificate
        /// It broke the handshake off, as those do that do not accept the certificate of the server.
        case ownCertificate
        /// It does not speak TLS.
        case plain
        /// Anything else.
        case other
    }

    /// Its address, where it is known.
    public let address: String?
    public let cause: Cause
    /// What the library calls it.
    public let detail: String

    /// The words of BoringSSL, and what they mean; the first that fits counts.
    private static let causes: [(word: String, cause: Cause)] = [
        ("PEER_DID_NOT_RETURN_A_CERTIFICATE", .noCertificate),
        ("CERTIFICATE_VERIFY_FAILED", .certificate), ("ALERT_UNKNOWN_CA", .ownCertificate),
        ("ALERT_BAD_CERTIFICATE", .ownCertificate), ("ALERT_CERTIFICATE_EXPIRED", .ownCertificate),
        ("ALERT_CERTIFICATE_UNKNOWN", .ownCertificate), ("BAD_PACKET_LENGTH", .ownCertificate),
        ("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", .ownCertificate), ("HTTP_REQUEST", .plain),
        ("WRONG_VERSION_NUMBER", .plain),
    ]

    /// The peer of a failed handshake; nil for an error of another kind.
    init?(_ error: any Error, _ address: String?) {
        let words: String
        switch error {
        case NIOSSLError.handshakeFailed(let failure): words = "\(failure)"
        case let failure as BoringSSLError: words = "\(failure)"
        default: return nil
        }
        self.address = address
        // The names alone: the rest of the words are places in the library's own sources.
        let names = words.matches(of: /OPENSSL_internal:([A-Za-z0-9_ ]+?)( at |\]|,|$)/).map { String($0.output.1) }
        detail = names.isEmpty ? "TLS" : names.joined(separator: ", ")
        cause = Self.causes.first { words.contains($0.word) }?.cause ?? .other
    }
}
