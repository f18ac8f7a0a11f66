import Foundation
import Signatures
import TestSupport
import Testing
import XML

/// The eight forms of signature wrapping against SAML. Source: Somorovsky et al., "On Breaking SAML", USENIX Security 2012.
@Suite("Signature wrapping", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct WrappingTests {
    /// The pieces of an honest message, as texts.
    struct Pieces {
        /// The signed statement, whole.
        let signed: String
        /// Its signature.
        let signature: String
        /// The signed statement without its signature.
        let bare: String

        init() throws {
            let signed = text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("drimbox")))
            guard let start = signed.range(of: "<ds:Signature "), let end = signed.range(of: "</ds:Signature>") else {
                throw SignatureError(.signing, "no signature")
            }
            self.signed = signed
            signature = String(signed[start.lowerBound..<end.upperBound])
            bare = signed.replacingOccurrences(of: signature, with: "")
        }

        /// The statement of the attacker, `inner` after its Issuer.
        func evil(id: String, _ inner: String, tail: String = "") -> String {
            """
            <s:Assertion xmlns:s="urn:test:s" ID="\(id)"><s:Issuer>CN=DRIMbox</s:Issuer>\(inner)\
            <s:Subject xmlns:t="urn:test:t" t:kind="é">root</s:Subject>\(tail)</s:Assertion>
            """
        }

        /// The signature with `content` in an Object.
        func signature(holding content: String) -> String {
            signature.replacingOccurrences(
                of: "</ds:Signature>", with: "<ds:Object>\(content)</ds:Object></ds:Signature>")
        }
    }

    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let make: @Sendable (Pieces) -> String
        let refusal: String
        var testDescription: String { name }
    }

    static let forms: [Form] = [
        Form(
            name: "1: the message wraps itself, the original hangs on the signature",
            make: { "<s:Header>" + $0.evil(id: "a-2", $0.signature(holding: $0.bare)) + "</s:Header>" },
            refusal: "reference-elsewhere"),
        Form(
            name: "2: the original stands before the signature",
            make: { "<s:Header>" + $0.evil(id: "a-2", $0.bare + $0.signature) + "</s:Header>" },
            refusal: "reference-elsewhere"),
        Form(
            name: "3: the attacker's statement comes first, the original beside it",
            make: { "<s:Header>" + $0.evil(id: "a-2", "") + $0.signed + "</s:Header>" }, refusal: "signature-missing"),
        Form(
            name: "4: the original is a child of the attacker's statement",
            make: { "<s:Header>" + $0.evil(id: "a-2", "", tail: $0.signed) + "</s:Header>" },
            refusal: "signature-missing"),
        Form(
            name: "5: the attacker's statement has the signature, the original stands at the end",
            make: { "<s:Header>" + $0.evil(id: "a-2", $0.signature) + $0.bare + "</s:Header>" },
            refusal: "reference-elsewhere"),
        Form(
            name: "6: the attacker's statement has the signature, which has the original",
            make: { "<s:Header>" + $0.evil(id: "a-2", $0.signature(holding: $0.bare)) + "</s:Header>" },
            refusal: "reference-elsewhere"),
        Form(
            name: "7: an extension holds a statement with the same identifier",
            make: {
                "<s:Header><s:Extensions>" + $0.evil(id: "a-1", "") + "</s:Extensions>" + $0.signed + "</s:Header>"
            }, refusal: "signature-missing"),
        Form(
            name: "8: an object of the signature holds the original, with the same identifier",
            make: { "<s:Header>" + $0.evil(id: "a-1", $0.signature(holding: $0.bare)) + "</s:Header>" },
            refusal: "identifier-duplicate"),
    ]

    @Test("Each form is refused and named", arguments: forms)
    func wrapped(_ form: Form) throws {
        let pieces = try Pieces()
        let message = "<s:Envelope xmlns:s='urn:test:s'>" + form.make(pieces) + "</s:Envelope>"
        let document = try parse(message)
        let judged = try #require(document.root.descendants("Assertion", in: "urn:test:s").first)
        #expect(judged.first("Subject", in: "urn:test:s")?.stringValue == "root")
        let report = try verifier().verifyEnveloped(judged)
        #expect(!report.isValid && report.integrity == .broken)
        #expect(report.refusals.contains(form.refusal))
    }

    @Test("Two elements with the signed identifier are told when the honest one is judged too")
    func duplicate() throws {
        let document = try parse(
            "<s:Envelope xmlns:s='urn:test:s'>" + Self.forms[6].make(try Pieces()) + "</s:Envelope>")
        let judged = try #require(document.root.descendants("Assertion", in: "urn:test:s").last)
        #expect(try verifier().verifyEnveloped(judged).refusals == ["identifier-duplicate", "reference-elsewhere"])
    }

    @Test("The honest message of the same build is accepted")
    func honest() throws {
        let document = try parse(
            "<s:Envelope xmlns:s='urn:test:s'><s:Header>\(try Pieces().signed)</s:Header></s:Envelope>")
        let judged = try #require(document.root.descendants("Assertion", in: "urn:test:s").first)
        #expect(try verifier().verifyEnveloped(judged).isValid)
    }
}
