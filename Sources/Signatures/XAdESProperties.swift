internal import Cryptography
internal import Foundation
public import XML

/// The signed properties of an XAdES signature. Source: ETSI TS 101 903 V1.1.1 §7.2, EN 319 132-1 §5.2.
public struct XAdESProperties: Sendable {
    /// A certificate that the signer names as his.
    public struct CertificateReference: Sendable, Hashable {
        public var digestAlgorithm: String
        /// Base64, as written.
        public var digest: String
        public var issuer: String?
        /// Decimal.
        public var serialNumber: String?
        public var node: Node
    }

    /// `SignedProperties`.
    public let node: Node
    /// `xades111` or `xades132`.
    public let namespace: String
    /// `QualifyingProperties/@Target`.
    public let target: String?
    /// As written; nil where it is missing.
    public let signingTime: String?
    public let certificates: [CertificateReference]
    /// Whether the policy is said to be implied (`SignaturePolicyImplied`).
    public let isPolicyImplied: Bool

    /// The properties within `signature`; nil where there are none.
    public init?(in signature: Node) {
        let namespaces = [SignatureNames.xades111, SignatureNames.xades132]
        let objects = signature.elements("Object", in: SignatureNames.signature)
        let qualifying = objects.flatMap { object in
            namespaces.flatMap { object.elements("QualifyingProperties", in: $0) }
        }
        guard let outer = qualifying.first(where: { $0.first("SignedProperties", in: $0.namespaceURI) != nil }),
            let node = outer.first("SignedProperties", in: outer.namespaceURI)
        else { return nil }
        self.node = node
        let space = outer.namespaceURI
        namespace = space
        target = outer.attribute("Target")
        let properties = node.first("SignedSignatureProperties", in: space)
        signingTime = properties?.first("SigningTime", in: space)?.stringValue.filter { !$0.isWhitespace }
        let lists = ["SigningCertificate", "SigningCertificateV2"].compactMap { properties?.first($0, in: space) }
        certificates = lists.flatMap { $0.elements("Cert", in: space) }.map { Self.reference($0, space) }
        isPolicyImplied =
            properties?.first("SignaturePolicyIdentifier", in: space)?.first("SignaturePolicyImplied", in: space) != nil
    }

    private static func reference(_ node: Node, _ space: String) -> CertificateReference {
        let digest = node.first("CertDigest", in: space)
        let serial = node.first("IssuerSerial", in: space)
        // XAdES 1.1.1 has DigestMethod and DigestValue in its own namespace, later ones in that of signatures.
        func child(_ name: String, _ parent: Node?) -> Node? {
            parent?.first(name, in: SignatureNames.signature) ?? parent?.first(name, in: space)
        }
        func text(_ name: String, _ parent: Node?) -> String? {
            child(name, parent)?.stringValue.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return CertificateReference(
            digestAlgorithm: child("DigestMethod", digest)?.attribute("Algorithm") ?? "",
            digest: (text("DigestValue", digest) ?? "").filter { !$0.isWhitespace },
            issuer: text("X509IssuerName", serial), serialNumber: text("X509SerialNumber", serial), node: node)
    }

    /// What is wrong with the properties of the signature of `report`; they are looked for where it has none.
    static func judge(_ report: inout SignatureReport) {
        guard let signature = report.signature else { return }
        guard let properties = XAdESProperties(in: signature) else {
            report.add(
                SignatureFault(
                    .noProperties, en: "the signature has no XAdES SignedProperties",
                    fr: "la signature n'a pas de SignedProperties XAdES", at: signature))
            return
        }
        let isSigned = report.references.contains { $0.target == properties.node }
        let id = signature.attribute("Id")
        if !isSigned || properties.target != id.map({ "#\($0)" }) {
            report.add(
                SignatureFault(
                    .unsignedProperties,
                    en: isSigned
                        ? "the signed properties are those of another signature"
                        : "the signature does not sign its SignedProperties",
                    fr: isSigned
                        ? "les propriétés signées sont celles d'une autre signature"
                        : "la signature ne signe pas ses SignedProperties",
                    expected: isSigned ? id.map { "Target=\"#\($0)\"" } : properties.node.path,
                    actual: isSigned
                        ? properties.target ?? "∅" : report.references.map(\.uri).joined(separator: ", "),
                    at: properties.node))
        }
        properties.judgeTime(&report)
        properties.judgeCertificate(&report)
    }

    private func judgeTime(_ report: inout SignatureReport) {
        guard let instant = signingTime.flatMap({ XMLInstant($0) }) else {
            report.add(
                SignatureFault(
                    .signingTime, en: "SigningTime is no date and time", fr: "SigningTime n'est pas une date et heure",
                    expected: "xs:dateTime", actual: signingTime ?? "∅", at: node))
            return
        }
        guard let signer = report.signer, !signer.isValid(at: instant.date) else { return }
        report.add(
            SignatureFault(
                .signingTime, en: "SigningTime is outside of the certificate's life",
                fr: "SigningTime est hors de la validité du certificat",
                expected: "\(XMLInstant.text(signer.notBefore)) … \(XMLInstant.text(signer.notAfter))",
                actual: signingTime, at: node))
    }

    private func judgeCertificate(_ report: inout SignatureReport) {
        guard let signer = report.signer else { return }
        let isNamed = certificates.contains { reference in
            guard let digest = DigestText.base64(of: signer.der, reference.digestAlgorithm) else { return false }
            let serial = reference.serialNumber.map { $0 == signer.serialNumber } ?? true
            let issuer = reference.issuer.map { text in
                DistinguishedName(text).map { $0.names(sameInAnyOrder: signer.issuer) } ?? false
            }
            return digest == reference.digest && serial && (issuer ?? true)
        }
        guard !isNamed else { return }
        report.add(
            SignatureFault(
                .otherCertificate, en: "SigningCertificate is not the certificate of KeyInfo",
                fr: "SigningCertificate n'est pas le certificat de KeyInfo",
                expected:
                    "SHA-1 \(DigestText.base64(of: signer.der, SignatureNames.sha1) ?? ""), serial \(signer.serialNumber)",
                actual: certificates.isEmpty
                    ? "∅"
                    : certificates.map { "\($0.digest), serial \($0.serialNumber ?? "∅")" }.joined(separator: ", "),
                at: certificates.first?.node ?? node))
    }
}

/// Digests as signatures write them.
enum DigestText {
    /// Base64 of the digest; nil for an algorithm that is not known.
    static func base64(of bytes: [UInt8], _ algorithm: String) -> String? {
        let known: MessageDigest.Algorithm
        switch algorithm {
        case SignatureNames.sha1: known = .sha1
        case SignatureNames.sha256: known = .sha256
        case SignatureNames.sha384: known = .sha384
        case SignatureNames.sha512: known = .sha512
        default: return nil
        }
        let digest = MessageDigest(known)
        digest.update(bytes)
        return Base64Text.encode(digest.value())
    }
}
