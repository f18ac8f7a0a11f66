import Cryptography
import SOAP
public import XDS
import XML

/// How the signature of a submission set is looked at.
public struct SignaturePolicy: Sendable {
    /// Whether it must be there.
    public var demand = DMPPolicy.Demand.whenPresent
    /// Verifies the signature value and its certificate: one line for each defect. The digests of the manifest are verified
    /// without it.
    public var verify: (@Sendable (SubmissionSignature) -> [String])?

    /// Looks at the manifest where there is a signature.
    public init(
        demand: DMPPolicy.Demand = .whenPresent, verify: (@Sendable (SubmissionSignature) -> [String])? = nil
    ) {
        self.demand = demand
        self.verify = verify
    }
}

/// The XAdES signature of a submission set, as it came. Source: IHE ITI DSG; facts of the French profile, `signs`.
public struct SubmissionSignature: Sendable {
    /// The entry of the signature in the submission.
    public let entryID: String
    /// The signature document.
    public let bytes: [UInt8]
    /// What it signs.
    public let request: ProvideAndRegisterRequest

    /// The signature in `request`; nil when there is none.
    public init?(_ request: ProvideAndRegisterRequest) {
        guard let entry = request.submission.entries.first(where: \.isSignature),
            let document = request.document(entry.id)
        else { return nil }
        entryID = entry.id
        bytes = document.bytes
        self.request = request
    }

    private static let namespace = "http://www.w3.org/2000/09/xmldsig#"

    /// What is wrong with the manifest and its digests: one line for each defect.
    public func defects() -> [String] {
        let document: Document
        do {
            document = try Document(parsing: bytes)
        } catch {
            return ["the signature is not XML: \(error.message)"]
        }
        guard let manifest = document.root.descendants("Manifest", in: Self.namespace).first else {
            return ["there is no ds:Manifest"]
        }
        let references = manifest.elements("Reference", in: Self.namespace)
        var defects: [String] = []
        for entry in request.submission.entries where entry.id != entryID {
            guard let bytes = request.document(entry.id)?.bytes else { continue }
            let name = "urn:oid:\(entry.uniqueID)"
            guard let reference = references.first(where: { $0.attribute("URI") == name }) else {
                defects.append("the manifest does not name the document \(entry.uniqueID)")
                continue
            }
            if let defect = defect(of: reference, bytes) {
                defects.append("document \(entry.uniqueID): \(defect)")
            }
        }
        if let set = request.submission.submissionSet?.uniqueID,
            !references.contains(where: { $0.attribute("URI") == "urn:oid:\(set)" })
        {
            defects.append("the manifest does not name the submission set \(set)")
        }
        return defects
    }

    private func defect(of reference: Node, _ bytes: [UInt8]) -> String? {
        var bytes = bytes
        let transforms = reference.first("Transforms", in: Self.namespace)?.elements("Transform", in: Self.namespace)
        for transform in transforms ?? [] {
            let name = transform.attribute("Algorithm") ?? ""
            guard let method = Canonicalizer.Method(rawValue: name) else { return "unknown transform '\(name)'" }
            guard let canonical = try? Canonicalizer.canonicalize(bytes, method: method) else {
                return "the document has no canonical form"
            }
            bytes = canonical
        }
        let algorithms: [String: MessageDigest.Algorithm] = [
            Self.namespace + "sha1": .sha1, "http://www.w3.org/2001/04/xmlenc#sha256": .sha256,
        ]
        let name = reference.first("DigestMethod", in: Self.namespace)?.attribute("Algorithm") ?? ""
        guard let algorithm = algorithms[name] else { return "unknown digest method '\(name)'" }
        let digest = MessageDigest(algorithm)
        digest.update(bytes)
        let text = reference.first("DigestValue", in: Self.namespace)?.stringValue ?? ""
        let written = Base64.decode(Array(text.utf8)).bytes
        return written == digest.value() ? nil : "its digest is not that of the manifest"
    }
}
