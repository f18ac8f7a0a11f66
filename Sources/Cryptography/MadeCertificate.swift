private import CCrypto

/// A key on P-256 with a certificate (RFC 5280), made for one run: no key has to be kept in files of the project.
// OpenSSL counts references atomically, and nothing changes the value after it is made.
public final class MadeCertificate: @unchecked Sendable {
    private let made: OpaquePointer

    /// A certificate that `issuer` signs; without one, an authority that signs itself.
    ///
    /// - Parameters:
    ///   - name: the common name of the subject.
    ///   - from: the begin of its life, in seconds from now; negative lies in the past.
    ///   - to: the end of its life, in seconds from now.
    ///   - alternatives: names of the subject as OpenSSL writes them: `DNS:localhost,IP:127.0.0.1`.
    public init(
        issuer: MadeCertificate? = nil, name: String, from: Int64 = -3600, to: Int64 = 86_400,
        alternatives: String? = nil
    ) {
        guard let made = cisis_certificate_new(issuer?.made, name, from, to, alternatives) else {
            preconditionFailure("OpenSSL always makes a key on P-256 and its certificate")
        }
        self.made = made
    }

    deinit { cisis_certificate_free(made) }

    /// The certificate in PEM.
    public var certificatePEM: String { Self.text(cisis_certificate_pem(made)) }

    /// The key in PEM, not locked.
    public var keyPEM: String { Self.text(cisis_certificate_key_pem(made)) }

    private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
        guard let pointer else { preconditionFailure("what was made can be written") }
        defer { cisis_text_free(pointer) }
        return String(cString: pointer)
    }
}
