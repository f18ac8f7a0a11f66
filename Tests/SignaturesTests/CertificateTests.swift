import Foundation
import Signatures
import TestSupport
import Testing

@Suite(
    "Certificates, names, identities", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct CertificateTests {
    @Test("A certificate tells its names, serial number, life and key")
    func reading() throws {
        let certificates = Certificate.read(pem: try SigningFiles.shared.bytes("drimbox.pem"))
        let certificate = try #require(certificates.first)
        #expect(certificates.count == 1)
        #expect(certificate.subject.commonName == "DRIMbox")
        #expect(certificate.subject.units == [SigningFiles.structure])
        #expect(certificate.subject.organisation == "CABINET DE TEST")
        #expect(certificate.issuer.description == "CN=Test authority, O=Test, C=FR")
        #expect(certificate.keyType == "RSA" && certificate.keyBits == 2048)
        #expect(certificate.isValid(at: Date(timeIntervalSinceNow: 60)))
        #expect(!certificate.isValid(at: Date(timeIntervalSinceNow: 300 * 86_400)))
        #expect(certificate.sha1.count == 40 && certificate.sha256.count == 64)
        #expect(Certificate(der: Array(certificate.der.dropLast())) == nil)
        #expect(Certificate(der: certificate.der + [0]) == nil)
        #expect(Certificate(der: []) == nil)
        #expect(Certificate.read(pem: Array("no PEM".utf8)).isEmpty)
    }

    @Test("An identity opens from PEM, a locked key, and PKCS #12; another passphrase is told")
    func identities() throws {
        let files = SigningFiles.shared
        let plain = try identity("drimbox")
        let locked = try SigningIdentity(
            certificateChain: files.path("drimbox.pem"), key: files.path("locked.key"),
            passphrase: SigningFiles.passphrase)
        let p12 = try SigningIdentity(p12File: files.path("drimbox.p12"), passphrase: SigningFiles.passphrase)
        #expect(plain.certificate == locked.certificate)
        #expect(plain.certificate == p12.certificate)
        #expect(p12.certificates.count == 2)
        for passphrase in [nil, "other"] {
            #expect(throws: SignatureError.self) {
                try SigningIdentity(
                    certificateChain: files.path("drimbox.pem"), key: files.path("locked.key"), passphrase: passphrase)
            }
            #expect(throws: SignatureError.self) {
                try SigningIdentity(p12File: files.path("drimbox.p12"), passphrase: passphrase)
            }
        }
        #expect(throws: SignatureError.self) {
            try SigningIdentity(certificateChain: files.path("drimbox.pem"), key: files.path("stranger.key"))
        }
        #expect(throws: SignatureError.self) {
            try SigningIdentity(certificateChain: files.path("absent.pem"), key: files.path("drimbox.key"))
        }
    }

    struct Name: Sendable {
        let text: String
        let parts: [String]
    }

    @Test(
        "Names are read as RFC 4514 writes them",
        arguments: [
            Name(
                text: "CN=DRIMbox, OU=1, O=CABINET M, ST=Paris (75), C=FR",
                parts: ["CN=DRIMbox", "OU=1", "O=CABINET M", "ST=Paris (75)", "C=FR"]),
            Name(text: "cn=a\\, b+OU=c", parts: ["CN=a, b", "OU=c"]),
            Name(text: "CN=\"a, b\";O=c", parts: ["CN=a, b", "O=c"]),
            Name(text: "CN=\\C3\\A9t\\C3\\A9", parts: ["CN=été"]),
            Name(text: "CN=a=b", parts: ["CN=a=b"]),
        ])
    func names(_ name: Name) throws {
        let read = try #require(DistinguishedName(name.text))
        #expect(read.parts.map { "\($0.type)=\($0.value)" } == name.parts)
        #expect(try #require(DistinguishedName(read.description)).names(same: read))
    }

    @Test("What is no name is none; order and blanks", arguments: ["", "DRIMbox", "CN=a,", ",", "=a", "\\"])
    func noName(_ text: String) { #expect(DistinguishedName(text) == nil) }

    @Test("Names compare without regard to blanks and case, and by order where asked")
    func comparing() throws {
        let first = try #require(DistinguishedName("CN=DRIMbox,OU=1,C=FR"))
        let blanks = try #require(DistinguishedName(" cn = drimBOX , OU=1, C=FR"))
        let reversed = try #require(DistinguishedName("C=FR,OU=1,CN=DRIMbox"))
        #expect(first.names(same: blanks))
        #expect(!first.names(same: reversed))
        #expect(first.names(sameInAnyOrder: reversed))
        #expect(!first.names(sameInAnyOrder: try #require(DistinguishedName("CN=DRIMbox,OU=2,C=FR"))))
    }

    struct Instant: Sendable {
        let text: String
        let seconds: Double?
        var isUTC = true
    }

    @Test(
        "Instants are read as XML Schema writes them",
        arguments: [
            Instant(text: "1970-01-01T00:00:00Z", seconds: 0),
            Instant(text: "2024-02-29T12:30:15.5Z", seconds: 1_709_209_815.5),
            Instant(text: "2023-11-14T14:44:58.150+01:00", seconds: 1_699_969_498.15, isUTC: false),
            Instant(text: "2023-11-14T13:44:58", seconds: 1_699_969_498, isUTC: false),
            Instant(text: "2023-02-29T00:00:00Z", seconds: nil), Instant(text: "2023-13-01T00:00:00Z", seconds: nil),
            Instant(text: "2023-11-14 13:44:58Z", seconds: nil), Instant(text: "2023-11-14T13:44Z", seconds: nil),
            Instant(text: "2023-11-14T13:44:58.Z", seconds: nil), Instant(text: "", seconds: nil),
            Instant(text: "2023-11-14T13:44:58Zx", seconds: nil),
            Instant(text: "2023-11-14T13:44:58+1:00", seconds: nil),
        ])
    func instants(_ instant: Instant) {
        let read = XMLInstant(instant.text)
        #expect(
            (read?.date.timeIntervalSince1970).map { ($0 * 1000).rounded() }
                == instant.seconds.map { ($0 * 1000).rounded() })
        if let read { #expect(read.isUTC == instant.isUTC) }
        if let read { #expect(XMLInstant(XMLInstant.text(read.date, milliseconds: true))?.date == read.date) }
    }
}
