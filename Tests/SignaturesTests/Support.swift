import Foundation
import Signatures
import TestSupport
import XML

/// The identity `name` of the test files.
func identity(_ name: String) throws -> SigningIdentity {
    let files = SigningFiles.shared
    return try SigningIdentity(certificateChain: files.path("\(name).pem"), key: files.path("\(name).key"))
}

/// A verifier that accepts the authority `name`, now or so many days later.
func verifier(trust name: String? = "ca", days: Double = 0) throws -> SignatureVerifier {
    SignatureVerifier(
        trust: try name.map { SignatureTrust(pem: try SigningFiles.shared.bytes("\($0).pem")) },
        at: Date(timeIntervalSinceNow: days * 86_400 + 60))
}

/// An assertion-like element, unsigned.
func statement(id: String = "a-1", text: String = "user") -> Element {
    Element(
        "s:Assertion", ["xmlns:s": "urn:test:s", "ID": id],
        [
            Element("s:Issuer", text: "CN=DRIMbox"),
            Element("s:Subject", ["xmlns:t": "urn:test:t", "t:kind": "é"], text: text),
        ])
}

func parse(_ text: String) throws -> Document { try Document(parsing: Array(text.utf8)) }
func text(_ element: Element) -> String {
    String(decoding: Serializer.serialize(element, declaration: false), as: UTF8.self)
}
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension SignatureReport {
    /// The codes of the faults that refuse, in order and without repetition.
    var refusals: [String] {
        var seen: Set<String> = []
        return faults.filter { $0.weight == .refusal }.map(\.code.rawValue).filter { seen.insert($0).inserted }
    }

    /// The codes of the remarks.
    var remarks: [String] { faults.filter { $0.weight == .remark }.map(\.code.rawValue) }
}
