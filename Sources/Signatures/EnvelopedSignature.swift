public import XML

/// Makes enveloped signatures: exclusive canonicalization, one reference, the certificate in X509Data.
public enum EnvelopedSignature {
    /// `element` with its signature, as the child at `position`.
    ///
    /// - Parameters:
    ///   - identifier: the name of the attribute of `element` that identifies it: `ID` for SAML.
    ///   - position: how many children stand before the signature: 1 for SAML, after Issuer.
    public static func sign(
        _ element: Element, identifier: String = "ID", position: Int, by identity: SigningIdentity,
        algorithm: SignatureAlgorithm = .rsaSHA256
    ) throws(SignatureError) -> Element {
        guard let id = element.attributes.first(where: { $0.name == identifier })?.value, !id.isEmpty else {
            throw SignatureError(.signing, "<\(element.name)> has no attribute \(identifier) to refer to")
        }
        var element = element
        let reference = SignatureTemplate.reference(
            uri: "#\(id)", transforms: [SignatureNames.enveloped, Canonicalizer.Method.exclusive.rawValue],
            digest: algorithm.digest)
        let signature = SignatureTemplate.signature(
            [reference], canonicalization: .exclusive, algorithm: algorithm, identity: identity)
        element.content.insert(.element(signature), at: min(position, element.content.count))
        let document = try SignatureTemplate.filled(Serializer.serialize(element), by: identity) { root in
            root.first("Signature", in: SignatureNames.signature)
        }
        return Element(copying: document.documentElement)
    }
}

/// The pieces of a signature that is to be filled.
enum SignatureTemplate {
    static func reference(
        uri: String, type: String? = nil, id: String? = nil, transforms: [String] = [], digest: String,
        value: String = "", extra: [Element] = []
    ) -> Element {
        var attributes: [(name: String, value: String)] = []
        if let id { attributes.append(("Id", id)) }
        if let type { attributes.append(("Type", type)) }
        attributes.append(("URI", uri))
        var children: [Element] = []
        let list = extra + transforms.map { Element("ds:Transform", ["Algorithm": $0]) }
        if !list.isEmpty { children.append(Element("ds:Transforms", [:], list)) }
        children.append(Element("ds:DigestMethod", ["Algorithm": digest]))
        children.append(Element("ds:DigestValue", text: value))
        return Element("ds:Reference", attributes: attributes, content: children.map { .element($0) })
    }

    static func signature(
        _ references: [Element], id: String? = nil, canonicalization: Canonicalizer.Method,
        algorithm: SignatureAlgorithm, identity: SigningIdentity, objects: [Element] = []
    ) -> Element {
        let info = Element(
            "ds:SignedInfo", [:],
            [
                Element("ds:CanonicalizationMethod", ["Algorithm": canonicalization.rawValue]),
                Element("ds:SignatureMethod", ["Algorithm": algorithm.rawValue]),
            ] + references)
        let certificates = identity.certificates.map {
            Element("ds:X509Certificate", text: Base64Text.encode($0.der))
        }
        var attributes: [(name: String, value: String)] = [("xmlns:ds", SignatureNames.signature)]
        if let id { attributes.append(("Id", id)) }
        let children =
            [
                info, Element("ds:SignatureValue"),
                Element("ds:KeyInfo", [:], [Element("ds:X509Data", [:], certificates)]),
            ] + objects
        return Element("ds:Signature", attributes: attributes, content: children.map { .element($0) })
    }

    /// The document with the signature that `find` finds filled.
    static func filled(
        _ bytes: [UInt8], by identity: SigningIdentity, _ find: (Node) -> Node?
    ) throws(SignatureError) -> Document {
        let document = try parsed(bytes)
        guard let signature = find(document.documentElement) else {
            throw SignatureError(.signing, "there is no signature to fill")
        }
        return try parsed(try SignatureCore.sign(document, signature, identity))
    }

    private static func parsed(_ bytes: [UInt8]) throws(SignatureError) -> Document {
        do {
            return try Document(parsing: bytes)
        } catch {
            throw SignatureError(.signing, "what is to be signed is no XML: \(error)")
        }
    }
}
