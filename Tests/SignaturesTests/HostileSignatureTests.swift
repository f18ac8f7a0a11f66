import Foundation
import Signatures
import TestSupport
import Testing
import XML

@Suite("Hostile signatures", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct HostileSignatureTests {
    struct Input: Sendable, CustomTestStringConvertible {
        let name: String
        /// Makes the input of an honest one.
        let make: @Sendable (String) -> String
        /// The refusal, or the code of the parser's error.
        let expected: String
        var testDescription: String { name }
    }

    private static func replacing(_ from: String, _ to: String) -> @Sendable (String) -> String {
        { $0.replacingOccurrences(of: from, with: to) }
    }

    private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    static let inputs: [Input] = [
        Input(
            name: "10 MB of signature value",
            make: replacing("<ds:SignatureValue>", "<ds:SignatureValue>" + many("AAAA", 2_500_000)),
            expected: "signature-malformed"),
        Input(
            name: "10 MB of certificate",
            make: replacing("<ds:X509Certificate>", "<ds:X509Certificate>" + many("AAAA", 2_500_000)),
            expected: "certificate-unreadable"),
        Input(
            name: "10,000 references",
            make: replacing("<ds:Reference", many("<ds:Reference URI='#a-1'/>", 10_000) + "<ds:Reference"),
            expected: "reference-list-too-long"),
        Input(
            name: "65 references",
            make: replacing("<ds:Reference", many("<ds:Reference URI='#a-1'/>", 64) + "<ds:Reference"),
            expected: "reference-list-too-long"),
        Input(
            name: "10,000 certificates",
            make: replacing("<ds:X509Certificate>", many("<ds:X509Certificate/>", 10_000) + "<ds:X509Certificate>"),
            expected: "signature-malformed"),
        Input(
            name: "10,000 transforms",
            make: replacing(
                "<ds:Transform ", many("<ds:Transform Algorithm='urn:x'/>", 10_000) + "<ds:Transform "),
            expected: "transform-refused"),
        Input(
            name: "10,000 elements with the identifier",
            make: replacing("<s:Subject", many("<s:X ID='a-1'/>", 10_000) + "<s:Subject"),
            expected: "identifier-duplicate"),
        Input(
            name: "10,000 signatures",
            make: {
                $0.replacingOccurrences(
                    of: "<s:Subject",
                    with: many("<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/>", 10_000) + "<s:Subject")
            },
            expected: "signature-several"),
        Input(
            name: "an entity bomb", make: { "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + $0 },
            expected: "doctype"),
        Input(
            name: "an external entity", make: { "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + $0 }, expected: "doctype"),
        Input(
            name: "an identifier by DTD", make: { "<!DOCTYPE a [<!ATTLIST s:X b ID #IMPLIED>]>" + $0 },
            expected: "doctype"),
        Input(
            name: "300 levels", make: { many("<a>", 300) + $0 + many("</a>", 300) }, expected: "too-deep"),
        Input(name: "cut", make: { String($0.dropLast(20)) }, expected: "malformed"),
        Input(
            name: "an empty signature",
            make: {
                $0.replacingOccurrences(of: "<ds:SignedInfo>", with: "<ds:X>").replacingOccurrences(
                    of: "</ds:SignedInfo>", with: "</ds:X>")
            }, expected: "signature-malformed"),
        Input(
            name: "an empty value",
            make: { text in
                guard let start = text.range(of: "<ds:SignatureValue>"),
                    let end = text.range(of: "</ds:SignatureValue>")
                else { return "" }
                return text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "")
            }, expected: "signature-malformed"),
        Input(
            name: "a value that is no base64", make: replacing("<ds:SignatureValue>", "<ds:SignatureValue>é!"),
            expected: "signature-malformed"),
        Input(
            name: "a digest that is no base64", make: replacing("<ds:DigestValue>", "<ds:DigestValue>é!"),
            expected: "signature-malformed"),
        Input(
            name: "elements in the value", make: replacing("<ds:SignatureValue>", "<ds:SignatureValue><a/>"),
            expected: "signature-malformed"),
        Input(
            name: "a certificate of garbage", make: replacing("<ds:X509Certificate>M", "<ds:X509Certificate>A"),
            expected: "certificate-unreadable"),
        Input(
            name: "no algorithm", make: replacing("SignatureMethod Algorithm", "SignatureMethod Other"),
            expected: "algorithm-refused"),
        Input(name: "no URI", make: replacing("URI=\"#a-1\"", ""), expected: "reference-external"),
        Input(name: "an empty name", make: replacing("URI=\"#a-1\"", "URI=\"#\""), expected: "reference-external"),
        Input(
            name: "a quote in the name", make: replacing("URI=\"#a-1\"", "URI=\"#a-1'\""),
            expected: "reference-external"),
        Input(
            name: "a long name", make: replacing("URI=\"#a-1\"", "URI=\"#" + many("a", 1000) + "\""),
            expected: "reference-external"),
        Input(
            name: "HERE of XPath", make: replacing("URI=\"#a-1\"", "URI=\"#xpointer(/)\""),
            expected: "reference-external"),
        Input(
            name: "RetrievalMethod to the web",
            make: {
                $0.replacingOccurrences(
                    of: "<ds:X509Data>", with: "<ds:RetrievalMethod URI='http://127.0.0.1:9/c'/><ds:Y>"
                )
                .replacingOccurrences(of: "</ds:X509Data>", with: "</ds:Y>")
            }, expected: "key-without-certificate"),
        Input(
            name: "InclusiveNamespaces with a child",
            make: replacing(
                "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><x/></ds:Transform>"),
            expected: "transform-refused"),
    ]

    @Test("Each gives its finding, soon, and nothing else happens", .timeLimit(.minutes(1)), arguments: inputs)
    func hostile(_ input: Input) throws {
        let honest = text(try EnvelopedSignature.sign(statement(), position: 1, by: identity("drimbox")))
        let bytes = Array(input.make(honest).utf8)
        do {
            let report = try verifier().verifyEnveloped(try Document(parsing: bytes).documentElement)
            #expect(report.refusals.contains(input.expected), "\(report.refusals)")
            #expect(!report.isValid)
            #expect(report.faults.count < 100)
        } catch let error as XMLError {
            #expect(error.code.rawValue == input.expected)
        }
    }

    @Test("Any byte of a signed statement that is turned is refused, or is none that the statement means")
    func everyByte() throws {
        let signer = try identity("elliptic")
        let signed = try EnvelopedSignature.sign(statement(), position: 1, by: signer, algorithm: .ecdsaSHA256)
        let honest = Array(text(signed).utf8)
        /// What is judged: the statement without its signature.
        func meaning(_ document: Document) throws -> [UInt8] {
            let signatures = document.documentElement.elements("Signature", in: SignatureNames.signature)
            return try Canonicalizer.canonicalize(document.documentElement, omitting: Set(signatures.map(\.index)))
        }
        let expected = try meaning(try Document(parsing: honest))
        var refused = 0
        for offset in stride(from: 0, to: honest.count, by: 3) {
            var bytes = honest
            bytes[offset] ^= 1
            guard let document = try? Document(parsing: bytes) else { continue }
            if try verifier().verifyEnveloped(document.documentElement).isValid {
                #expect(try meaning(document) == expected)
            } else {
                refused += 1
            }
        }
        #expect(refused > honest.count / 12)
    }
}
