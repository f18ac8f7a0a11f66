internal import CXMLSec
internal import Cryptography
public import Foundation

/// An X.509 certificate, read.
public struct Certificate: Sendable, Hashable {
    /// The bytes.
    public let der: [UInt8]
    public let subject: DistinguishedName
    public let issuer: DistinguishedName
    /// Decimal.
    public let serialNumber: String
    public let notBefore: Date
    public let notAfter: Date
    /// `RSA`, `EC`, …
    public let keyType: String
    public let keyBits: Int
    /// Whether it may issue others.
    public let isAuthority: Bool

    /// Reads DER; nil where it is no certificate, or has an empty name.
    public init?(der: [UInt8]) {
        SignatureEngine.start()
        var read = cisis_certificate()
        guard cisis_certificate_read(der, der.count, &read) == 0 else { return nil }
        defer { cisis_certificate_clear(&read) }
        guard let subject = read.subject.flatMap({ DistinguishedName(String(cString: $0)) }),
            let issuer = read.issuer.flatMap({ DistinguishedName(String(cString: $0)) }), let serial = read.serial
        else { return nil }
        self.der = der
        self.subject = subject
        self.issuer = issuer
        serialNumber = String(cString: serial)
        notBefore = Date(timeIntervalSince1970: Double(read.not_before))
        notAfter = Date(timeIntervalSince1970: Double(read.not_after))
        keyType = withUnsafeBytes(of: &read.key_type) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        keyBits = Int(read.key_bits)
        isAuthority = read.is_authority != 0
    }

    /// The certificates of a PEM text, in order.
    public static func read(pem: [UInt8]) -> [Certificate] {
        SignatureEngine.start()
        var found: [Certificate] = []
        var offset = 0
        while true {
            var bytes = cisis_bytes()
            let next = cisis_certificate_next(pem, pem.count, offset, &bytes)
            defer { cisis_bytes_free(&bytes) }
            guard next > offset else { return found }
            offset = next
            if let certificate = Certificate(der: Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.count))) {
                found.append(certificate)
            }
        }
    }

    /// SHA-1 of the bytes in lower-case hexadecimal.
    public var sha1: String { MessageDigest.hexadecimal(of: der, .sha1) }
    /// SHA-256 of the bytes in lower-case hexadecimal.
    public var sha256: String { MessageDigest.hexadecimal(of: der, .sha256) }

    /// Whether it is in force at that time.
    public func isValid(at time: Date) -> Bool { notBefore <= time && time <= notAfter }
}

/// The accepted authorities.
public struct SignatureTrust: Sendable, Hashable {
    /// Certificates in PEM, with revocation lists (`X509 CRL`) where there are any.
    public let authorities: [UInt8]

    /// Authorities in PEM.
    public init(pem: [UInt8]) { authorities = pem }
}

/// The state that xmlsec has for the whole process.
enum SignatureEngine {
    private static let started: Void = {
        guard cisis_xmlsec_start() == 0 else { preconditionFailure("xmlsec and OpenSSL are linked in") }
    }()

    /// Makes the C side ready; call it before any other of its functions.
    static func start() { started }

    /// A buffer for words of the C side.
    static func words(_ body: (UnsafeMutablePointer<CChar>, Int) -> Void) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        buffer.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { body(base, $0.count) } }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
