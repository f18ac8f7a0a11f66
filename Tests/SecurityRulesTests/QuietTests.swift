import Foundation
import SOAP
import Signatures
import TestSupport
import Testing
import XML

/// Errors of xmlsec go to the report, never to the terminal.
@Suite("Quiet", .serialized, .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct QuietTests {
    @Test("A signature that xmlsec cannot verify prints nothing on standard error")
    func quiet() throws {
        let signer = try AssertionCase.identity("drimbox")
        let signed = String(
            decoding: Serializer.serialize(try AssertionCase.values().signed(by: signer)), as: UTF8.self)
        // The method of another kind of key: xmlsec has no key for it.
        let odd = signed.replacingOccurrences(of: "xmldsig-more#rsa-sha256", with: "xmldsig-more#ecdsa-sha256")
        let masked = signed.replacingOccurrences(of: "<ds:X509Certificate>", with: "<ds:X509Certificate>XXXXXXX")
        let documents = try [odd, masked].map { try Document(parsing: Array($0.utf8)) }
        let verifier = try AssertionCase.verifier()
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let kept = dup(2)
        let file = open(path, O_CREAT | O_WRONLY, 0o600)
        dup2(file, 2)
        let reports = documents.map { verifier.verifyEnveloped($0.documentElement) }
        dup2(kept, 2)
        close(file)
        close(kept)
        #expect(reports[0].has(.unverifiable))
        #expect(reports[0].faults.contains { $0.english.contains("cannot be verified: ") && $0.english.count > 40 })
        #expect(reports[1].has(.unreadableCertificate))
        let printed = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        // Other tests of the process may print too: xmlsec's words are its own.
        #expect(!printed.contains("xmlSec"))
    }
}
