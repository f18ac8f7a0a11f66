public import Foundation
public import XML

/// Enveloped XAdES-BASELINE-B signatures, as the whitelist has one. Source: EN 319 132-1, profile B-B.
public enum BaselineSignature {
    /// The document of `element` with its signature as last child: the whole document, signatures taken out.
    public static func sign(
        _ element: Element, by identity: SigningIdentity, at time: Date, algorithm: SignatureAlgorithm = .rsaSHA256,
        id: String = "id-signature"
    ) throws(SignatureError) -> [UInt8] {
        let exclusive = Canonicalizer.Method.exclusive.rawValue
        let filter = Element(
            "ds:Transform", ["Algorithm": SignatureNames.filter2],
            [
                Element(
                    "dsig-filter2:XPath", ["xmlns:dsig-filter2": SignatureNames.filter2, "Filter": "subtract"],
                    text: "/descendant::ds:Signature")
            ])
        let references = [
            SignatureTemplate.reference(
                uri: "", id: "r-\(id)", transforms: [exclusive], digest: algorithm.digest, extra: [filter]),
            SignatureTemplate.reference(
                uri: "#xades-\(id)", type: SignatureNames.propertiesType132, transforms: [exclusive],
                digest: algorithm.digest),
        ]
        var signed = element
        let signature = SignatureTemplate.signature(
            references, id: id, canonicalization: .exclusive, algorithm: algorithm, identity: identity,
            objects: [properties(id, identity.certificate, time)])
        signed.content.append(.element(signature))
        return try SignatureTemplate.filled(Serializer.serialize(signed), by: identity) { root in
            root.elements("Signature", in: SignatureNames.signature).last
        }.bytes
    }

    private static func properties(_ id: String, _ certificate: Certificate, _ time: Date) -> Element {
        let digest = SignatureNames.sha512
        let own = Element(
            "xades:Cert", [:],
            [
                Element(
                    "xades:CertDigest", [:],
                    [
                        Element("ds:DigestMethod", ["Algorithm": digest]),
                        Element("ds:DigestValue", text: DigestText.base64(of: certificate.der, digest) ?? ""),
                    ])
            ])
        let format = Element(
            "xades:DataObjectFormat", ["ObjectReference": "#r-\(id)"], [Element("xades:MimeType", text: "text/xml")])
        let signed = Element(
            "xades:SignedProperties", ["Id": "xades-\(id)"],
            [
                Element(
                    "xades:SignedSignatureProperties", [:],
                    [
                        Element("xades:SigningTime", text: XMLInstant.text(time)),
                        Element("xades:SigningCertificateV2", [:], [own]),
                    ]), Element("xades:SignedDataObjectProperties", [:], [format]),
            ])
        let qualifying = Element(
            "xades:QualifyingProperties", ["xmlns:xades": SignatureNames.xades132, "Target": "#\(id)"], [signed])
        return Element("ds:Object", [:], [qualifying])
    }
}

extension SignatureVerifier {
    /// The report on the enveloped XAdES signature of the element `judged`, its signed properties included.
    public func verifyBaseline(_ judged: Node) -> SignatureReport {
        var report = verifyEnveloped(judged)
        XAdESProperties.judge(&report)
        return report
    }
}
