import Foundation
import Signatures
import TestSupport
import Testing
import XML

@Suite("Enveloped signatures", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct EnvelopedSignatureTests {
    @Test("What is signed verifies, with each key and algorithm", arguments: SignatureAlgorithm.allCases)
    func roundTrip(_ algorithm: SignatureAlgorithm) throws {
        let signer = try identity(algorithm == .ecdsaSHA256 ? "elliptic" : "drimbox")
        let signed = try EnvelopedSignature.sign(statement(), position: 1, by: signer, algorithm: algorithm)
        let document = try parse(
            "<e:Envelope xmlns:e='urn:e' xmlns='urn:x'><e:Header>\(text(signed))</e:Header></e:Envelope>")
        let judged = try #require(document.root.descendants("Assertion", in: "urn:test:s").first)
        let report = try verifier().verifyEnveloped(judged)
        #expect(report.refusals == [])
        #expect(report.isValid && report.integrity == .intact && report.chain == .trusted)
        #expect(report.references.map(\.isDigestRight) == [true])
        #expect(report.references.map(\.target) == [judged])
        #expect(report.signer == signer.certificate)
        #expect(report.signatureAlgorithm == algorithm.rawValue)
        #expect(report.has(.weakAlgorithm) == (algorithm == .rsaSHA1))
        #expect(judged.elements.map(\.localName) == ["Issuer", "Signature", "Subject"])
    }

    @Test("The chain is trusted, foreign, expired, not yet valid or not looked at")
    func trust() throws {
        let good = try parse(text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("drimbox"))))
        let foreign = try parse(text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("stranger"))))
        let late = try verifier(days: 300).verifyEnveloped(good.documentElement)
        #expect(late.refusals == ["certificate-expired"])
        #expect(late.integrity == .intact && !late.isValid)
        let early = try verifier(days: -300).verifyEnveloped(good.documentElement)
        #expect(early.refusals == ["certificate-not-yet-valid"])
        let other = try verifier().verifyEnveloped(foreign.documentElement)
        #expect(other.refusals == ["chain-untrusted"])
        #expect(other.integrity == .intact)
        let open = try verifier(trust: nil).verifyEnveloped(foreign.documentElement)
        #expect(open.refusals == [])
        #expect(!open.isValid)
        guard case .notRun = open.chain else { return #expect(Bool(false), "\(open.chain)") }
        var empty = try verifier()
        empty.trust = SignatureTrust(pem: Array("nothing".utf8))
        guard case .notRun = empty.verifyEnveloped(good.documentElement).chain else {
            return #expect(Bool(false), "authorities that cannot be read accept nobody")
        }
    }

    @Test("A revoked certificate is told where the authorities come with a revocation list")
    func revocation() throws {
        let document = try parse(text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("impostor"))))
        #expect(try verifier().verifyEnveloped(document.documentElement).isValid)
        let report = try verifier(trust: "trust").verifyEnveloped(document.documentElement)
        #expect(report.refusals == ["certificate-revoked"])
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let from: String
        let to: String
        let refusals: [String]
        var remarks: [String] = []
        var testDescription: String { name }
    }

    @Test(
        "One change after signing is found and named",
        arguments: [
            Change(name: "text", from: ">user<", to: ">root<", refusals: ["digest-wrong"]),
            Change(name: "attribute", from: "é", to: "e", refusals: ["digest-wrong"]),
            Change(name: "namespace", from: "urn:test:t", to: "urn:test:u", refusals: ["digest-wrong"]),
            Change(name: "blank", from: "<s:Subject", to: " <s:Subject", refusals: ["digest-wrong"]),
            Change(
                name: "value", from: "<ds:SignatureValue>", to: "<ds:SignatureValue>AAAA", refusals: ["value-wrong"]),
            Change(
                name: "SignedInfo", from: "<ds:SignatureMethod Algorithm", to: "<ds:SignatureMethod Id='x' Algorithm",
                refusals: ["value-wrong"]),
            Change(
                name: "no reference", from: "<ds:Reference", to: "<ds:Nothing",
                refusals: ["reference-list-empty", "reference-elsewhere"]),
            Change(
                name: "URI of a file", from: "URI=\"#a-1\"", to: "URI=\"file:///etc/passwd\"",
                refusals: ["reference-external", "reference-elsewhere"]),
            Change(
                name: "URI of the web", from: "URI=\"#a-1\"", to: "URI=\"http://127.0.0.1/x\"",
                refusals: ["reference-external", "reference-elsewhere"]),
            Change(
                name: "XPointer", from: "URI=\"#a-1\"", to: "URI=\"#xpointer(id('a-1'))\"",
                refusals: ["reference-external", "reference-elsewhere"]),
            Change(
                name: "dangling", from: "URI=\"#a-1\"", to: "URI=\"#a-2\"",
                refusals: ["reference-dangling", "reference-elsewhere"]),
            Change(name: "whole document", from: "URI=\"#a-1\"", to: "URI=\"\"", refusals: ["value-wrong"]),
            Change(
                name: "XPath", from: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                to: "http://www.w3.org/TR/1999/REC-xpath-19991116", refusals: ["transform-refused"]),
            Change(
                name: "XSLT", from: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                to: "http://www.w3.org/TR/1999/REC-xslt-19991116", refusals: ["transform-refused"]),
            Change(
                name: "base64 transform", from: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                to: "http://www.w3.org/2000/09/xmldsig#base64", refusals: ["transform-refused"]),
            Change(
                name: "HMAC", from: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                to: "http://www.w3.org/2000/09/xmldsig#hmac-sha1", refusals: ["algorithm-refused"]),
            Change(
                name: "MD5", from: "http://www.w3.org/2001/04/xmlenc#sha256",
                to: "http://www.w3.org/2001/04/xmldsig-more#md5", refusals: ["algorithm-refused"]),
            Change(
                name: "unknown canonicalization",
                from: "CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
                to: "CanonicalizationMethod Algorithm=\"urn:none\"", refusals: ["algorithm-refused"]),
            Change(
                name: "no digest", from: "<ds:DigestValue>", to: "<ds:DigestValue/><ds:Nothing>",
                refusals: ["signature-malformed"]),
            Change(
                name: "masked certificate", from: "<ds:X509Certificate>", to: "<ds:X509Certificate>XXXXXXX",
                refusals: ["certificate-unreadable"]),
            Change(
                name: "certificate away", from: "ds:X509Data", to: "ds:KeyValue", refusals: ["key-without-certificate"]),
            Change(name: "KeyInfo away", from: "ds:KeyInfo", to: "ds:Nothing", refusals: ["certificate-missing"]),
            Change(
                name: "second SignedInfo", from: "<ds:SignatureValue>", to: "<ds:SignedInfo/><ds:SignatureValue>",
                refusals: ["signature-malformed", "reference-elsewhere"]),
            Change(
                name: "comment", from: ">user<", to: ">us<!-- x -->er<", refusals: [],
                remarks: ["comment-in-signed-text"]),
            Change(name: "nothing", from: ">user<", to: ">user<", refusals: []),
        ])
    func changed(_ change: Change) throws {
        let signed = text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("drimbox")))
        #expect(signed.contains(change.from))
        var altered = signed.replacingOccurrences(of: change.from, with: change.to)
        if change.to.hasSuffix("<ds:Nothing>") {
            altered = altered.replacingOccurrences(of: "</ds:DigestValue>", with: "</ds:Nothing>")
        }
        altered = altered.replacingOccurrences(
            of: "</ds:Reference>", with: change.name == "no reference" ? "</ds:Nothing>" : "</ds:Reference>")
        let document = try parse(altered)
        let report = try verifier().verifyEnveloped(document.documentElement)
        #expect(report.refusals == change.refusals)
        #expect(report.remarks == change.remarks)
        #expect(report.isValid == change.refusals.isEmpty)
        #expect(report.faults.allSatisfy { $0.line > 0 && $0.path.hasPrefix("/") })
        // A careless reader would stop at the comment: this one reads on.
        #expect(document.documentElement.first("Subject", in: "urn:test:s")?.stringValue.isEmpty == false)
    }

    @Test("No signature, and two of them, are told")
    func count() throws {
        let bare = try verifier().verifyEnveloped(try parse(text(statement())).documentElement)
        #expect(bare.refusals == ["signature-missing"])
        #expect(bare.integrity == .broken)
        let signed = text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("drimbox")))
        let start = try #require(signed.range(of: "<ds:Signature "))
        let end = try #require(signed.range(of: "</ds:Signature>"))
        let copy = String(signed[start.lowerBound..<end.upperBound])
        let twice = try parse(signed.replacingOccurrences(of: copy, with: copy + copy))
        #expect(try verifier().verifyEnveloped(twice.documentElement).refusals == ["signature-several"])
    }

    @Test("A short key is a remark")
    func shortKey() throws {
        let document = try parse(text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("short"))))
        let report = try verifier().verifyEnveloped(document.documentElement)
        #expect(report.remarks == ["key-weak"])
    }
}
