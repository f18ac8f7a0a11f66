public import Foundation
public import XML

/// The signature of a submission set: a document of its own, XAdES 1.1.1 with a manifest of the documents.
///
/// Source: CI-SIS, volet Partage de documents de santé; IHE ITI TF-3 5.5 (Document Digital Signature).
public struct SubmissionSignature: Sendable {
    /// A document that is signed.
    public struct SignedDocument: Sendable, Hashable {
        /// The uniqueId of its entry, without `urn:oid:`.
        public var uniqueID: String
        public var bytes: [UInt8]
        /// Whether its canonical form is signed (CDA), not its bytes (KOS).
        public var isXML: Bool

        /// A document.
        public init(uniqueID: String, bytes: [UInt8], isXML: Bool) {
            self.uniqueID = uniqueID
            self.bytes = bytes
            self.isXML = isXML
        }
    }

    /// One reference of the manifest.
    public struct ManifestEntry: Sendable, Hashable {
        /// `urn:oid:` and a uniqueId.
        public var uri: String
        public var transforms: [String]
        public var digestAlgorithm: String
        /// Base64, as written.
        public var digest: String
        public var node: Node

        /// The uniqueId.
        public var uniqueID: String { uri.hasPrefix("urn:oid:") ? String(uri.dropFirst(8)) : uri }
    }

    /// What `ds:SignatureProperty` holds: source.
    public static let purpose = "1.2.840.10065.1.12.1.14"
    /// The digest of the submission set itself: one byte zero.
    public static let submissionSetDigest = "AA=="

    /// `ds:Signature`.
    public let signature: Node
    /// `@Id`: the uniqueId of the signature's entry.
    public let id: String?
    /// `ds:Manifest`; nil where there is none.
    public let manifest: Node?
    public let entries: [ManifestEntry]
    /// The text of the property `purposeOfSignature`.
    public let purpose: String?
    public let properties: XAdESProperties?

    /// Reads the signature that is the root of `document`; nil where it is none.
    public init?(reading document: Document) {
        let root = document.documentElement
        guard root.localName == "Signature", root.namespaceURI == SignatureNames.signature else { return nil }
        signature = root
        id = root.attribute("Id")
        let objects = root.elements("Object", in: SignatureNames.signature)
        manifest = objects.compactMap { $0.first("Manifest", in: SignatureNames.signature) }.first
        entries = (manifest?.elements("Reference", in: SignatureNames.signature) ?? []).map { node in
            ManifestEntry(
                uri: node.attribute("URI") ?? "",
                transforms: (node.first("Transforms", in: SignatureNames.signature)?.elements ?? [])
                    .compactMap { $0.attribute("Algorithm") },
                digestAlgorithm:
                    node.first("DigestMethod", in: SignatureNames.signature)?.attribute("Algorithm") ?? "",
                digest: (node.first("DigestValue", in: SignatureNames.signature)?.stringValue ?? "")
                    .filter { !$0.isWhitespace },
                node: node)
        }
        purpose =
            objects.compactMap { $0.first("SignatureProperties", in: SignatureNames.signature) }
            .flatMap { $0.elements("SignatureProperty", in: SignatureNames.signature) }
            .first { $0.attribute("Id") == "purposeOfSignature" }?
            .stringValue.trimmingCharacters(in: .whitespacesAndNewlines)
        properties = XAdESProperties(in: root)
    }

    // MARK: Verifying

    /// The report on the signature: its form, digests, value, certificate, manifest and properties.
    ///
    /// The manifest is not compared with documents: see `manifestFaults`.
    public func verify(_ verifier: SignatureVerifier) -> SignatureReport {
        var report = verifier.verify(signature, covering: [manifest, properties?.node].compactMap { $0 })
        if manifest == nil {
            report.add(
                SignatureFault(
                    .noManifest, en: "the signature has no Manifest of the documents",
                    fr: "la signature n'a pas de Manifest des documents", expected: "ds:Object/ds:Manifest",
                    at: signature))
        }
        XAdESProperties.judge(&report)
        if purpose != Self.purpose {
            report.add(
                SignatureFault(
                    .purpose, .remark, en: "purposeOfSignature is not that of a source",
                    fr: "purposeOfSignature n'est pas celui d'une source", expected: Self.purpose,
                    actual: purpose ?? "∅", at: signature))
        }
        return report
    }

    /// Where the manifest is not that of the submission set and the documents, whatever the signature is worth.
    public func manifestFaults(submissionSet: String?, documents: [SignedDocument]) -> [SignatureFault] {
        guard let manifest else { return [] }
        var faults: [SignatureFault] = []
        var left: [String: [ManifestEntry]] = Dictionary(grouping: entries, by: \.uniqueID)
        if let submissionSet {
            let own = left.removeValue(forKey: submissionSet) ?? []
            if own.count != 1 || own[0].digest != Self.submissionSetDigest {
                faults.append(
                    SignatureFault(
                        .manifestSet, en: "the manifest does not name the submission set with the digest AA==",
                        fr: "le manifeste ne désigne pas le lot de soumission avec l'empreinte AA==",
                        expected: "urn:oid:\(submissionSet) AA==",
                        actual: own.isEmpty ? "∅" : own.map { "\($0.uri) \($0.digest)" }.joined(separator: ", "),
                        at: own.first?.node ?? manifest))
            }
        }
        for document in documents {
            let own = left.removeValue(forKey: document.uniqueID) ?? []
            guard own.count == 1 else {
                faults.append(
                    SignatureFault(
                        .manifestEntry, en: "the manifest names the document \(document.uniqueID) \(own.count) times",
                        fr: "le manifeste désigne \(own.count) fois le document \(document.uniqueID)", expected: "1",
                        actual: "\(own.count)", at: manifest))
                continue
            }
            let expected = Self.digest(document, own[0].digestAlgorithm, own[0].transforms)
            guard expected != own[0].digest else { continue }
            faults.append(
                SignatureFault(
                    .manifestDigest, en: "the digest of the document \(document.uniqueID) is not that of its bytes",
                    fr: "l'empreinte du document \(document.uniqueID) n'est pas celle de ses octets",
                    expected: expected ?? "SHA-1, SHA-256; C14N or no transform", actual: own[0].digest,
                    at: own[0].node))
        }
        for entry in entries where left[entry.uniqueID] != nil {
            faults.append(
                SignatureFault(
                    .manifestStranger, en: "the manifest names a document that is not in the submission",
                    fr: "le manifeste désigne un document qui n'est pas dans la soumission", actual: entry.uri,
                    at: entry.node))
        }
        return faults
    }

    /// Base64 of the digest of a document after its transforms; nil where they are not known.
    private static func digest(_ document: SignedDocument, _ algorithm: String, _ transforms: [String]) -> String? {
        guard let transform = transforms.first else { return DigestText.base64(of: document.bytes, algorithm) }
        guard transforms.count == 1, let method = Canonicalizer.Method(rawValue: transform),
            let bytes = try? Canonicalizer.canonicalize(document.bytes, method: method)
        else { return nil }
        return DigestText.base64(of: bytes, algorithm)
    }

    // MARK: Making

    /// The signature document.
    ///
    /// - Parameters:
    ///   - id: the uniqueId of its entry; as an identifier of XML it must begin with what `#` can refer to.
    ///   - submissionSet: the uniqueId of the submission set.
    ///   - algorithm: RSA with SHA-1 is what the French samples have.
    /// - Throws: `SignatureError`: a document that is said to be XML and is none, an identity that cannot sign.
    public static func make(
        id: String, submissionSet: String, documents: [SignedDocument], by identity: SigningIdentity, at time: Date,
        algorithm: SignatureAlgorithm = .rsaSHA1
    ) throws(SignatureError) -> [UInt8] {
        var entries = [
            SignatureTemplate.reference(
                uri: "urn:oid:\(submissionSet)", digest: algorithm.digest, value: submissionSetDigest)
        ]
        for document in documents {
            let transforms = document.isXML ? [Canonicalizer.Method.inclusive.rawValue] : []
            guard let value = digest(document, algorithm.digest, transforms) else {
                throw SignatureError(.signing, "the document \(document.uniqueID) is no XML that can be made canonical")
            }
            entries.append(
                SignatureTemplate.reference(
                    uri: "urn:oid:\(document.uniqueID)", transforms: transforms, digest: algorithm.digest, value: value)
            )
        }
        let references = [
            SignatureTemplate.reference(
                uri: "#IHEManifest", type: SignatureNames.manifestType, digest: algorithm.digest),
            SignatureTemplate.reference(
                uri: "#S0-SignedProperties", type: SignatureNames.propertiesType111, digest: algorithm.digest),
        ]
        let property = Element(
            "ds:SignatureProperty", ["Id": "purposeOfSignature", "Target": "#\(id)"], text: purpose)
        let signature = SignatureTemplate.signature(
            references, id: id, canonicalization: .inclusiveWithComments, algorithm: algorithm, identity: identity,
            objects: [
                Element("ds:Object", [:], [Element("ds:SignatureProperties", [:], [property])]),
                Element("ds:Object", [:], [Element("ds:Manifest", ["Id": "IHEManifest"], entries)]),
                Element("ds:Object", [:], [qualifying(id, identity.certificate, time, algorithm.digest)]),
            ])
        return try SignatureTemplate.filled(Serializer.serialize(signature), by: identity) { $0 }.bytes
    }

    private static func qualifying(
        _ id: String, _ certificate: Certificate, _ time: Date, _ digest: String
    ) -> Element {
        let own = Element(
            "xades:Cert", [:],
            [
                Element(
                    "xades:CertDigest", [:],
                    [
                        Element("xades:DigestMethod", ["Algorithm": digest]),
                        Element("xades:DigestValue", text: DigestText.base64(of: certificate.der, digest) ?? ""),
                    ]),
                Element(
                    "xades:IssuerSerial", [:],
                    [
                        Element("ds:X509IssuerName", text: certificate.issuer.description),
                        Element("ds:X509SerialNumber", text: certificate.serialNumber),
                    ]),
            ])
        let properties = Element(
            "xades:SignedSignatureProperties", [:],
            [
                Element("xades:SigningTime", text: XMLInstant.text(time, milliseconds: true)),
                Element("xades:SigningCertificate", [:], [own]),
                Element("xades:SignaturePolicyIdentifier", [:], [Element("xades:SignaturePolicyImplied")]),
            ])
        return Element(
            "xades:QualifyingProperties", ["xmlns:xades": SignatureNames.xades111, "Target": "#\(id)"],
            [
                Element(
                    "xades:SignedProperties", ["Id": "S0-SignedProperties"],
                    [properties, Element("xades:SignedDataObjectProperties")])
            ])
    }
}
