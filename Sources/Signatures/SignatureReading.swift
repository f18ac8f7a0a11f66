internal import Foundation
internal import XML

/// The parts of a `ds:Signature`, read under limits and judged by their form alone.
struct SignatureReading {
    let signature: Node
    var faults: [SignatureFault] = []
    var references: [SignatureReference] = []
    var certificates: [Certificate] = []
    var canonicalization: String?
    var algorithm: String?
    /// The attributes by which referenced elements are found.
    var identifiers: [Identifier] = []

    /// An attribute that identifies an element.
    struct Identifier {
        let node: Node
        let attribute: Node
    }

    /// The largest certificate and the most of them, the longest value, in bytes.
    private static let maximumCertificate = 1 << 16
    private static let maximumCertificates = 16
    private static let maximumValue = 1 << 14
    private static let maximumReferences = 64
    private static let maximumTransforms = 8

    init(_ signature: Node) {
        self.signature = signature
        readKeyInfo()
        guard let info = only("SignedInfo"), let value = only("SignatureValue") else { return }
        if !Self.isBase64(value, atMost: Self.maximumValue) {
            refuse(
                .malformed, en: "SignatureValue is no base64 of a signature",
                fr: "SignatureValue n'est pas une signature en base64",
                expected: "base64, ≤ \(Self.maximumValue) bytes", actual: "\(value.stringBytes.count) bytes", at: value)
        }
        readAlgorithms(info)
        let nodes = info.elements("Reference", in: SignatureNames.signature)
        guard !nodes.isEmpty else {
            refuse(
                .noReference, en: "SignedInfo has no Reference: nothing is signed",
                fr: "SignedInfo n'a pas de Reference : rien n'est signé", expected: "≥ 1", actual: "0", at: info)
            return
        }
        guard nodes.count <= Self.maximumReferences else {
            refuse(
                .tooManyReferences, en: "SignedInfo has \(nodes.count) references",
                fr: "SignedInfo a \(nodes.count) références", expected: "≤ \(Self.maximumReferences)",
                actual: "\(nodes.count)", at: info)
            return
        }
        for node in nodes { readReference(node) }
        resolve()
    }

    private mutating func refuse(
        _ code: SignatureFault.Code, en: String, fr: String, expected: String? = nil, actual: String? = nil,
        at node: Node?
    ) {
        faults.append(SignatureFault(code, en: en, fr: fr, expected: expected, actual: actual, at: node))
    }

    private mutating func only(_ name: String) -> Node? {
        let found = signature.elements(name, in: SignatureNames.signature)
        guard found.count == 1 else {
            refuse(
                .malformed, en: "the signature has \(found.count) \(name)", fr: "la signature a \(found.count) \(name)",
                expected: "1", actual: "\(found.count)", at: signature)
            return nil
        }
        return found[0]
    }

    // MARK: Algorithms

    private mutating func readAlgorithms(_ info: Node) {
        let method = info.first("CanonicalizationMethod", in: SignatureNames.signature)
        canonicalization = method?.attribute("Algorithm")
        if Canonicalizer.Method(rawValue: canonicalization ?? "") == nil {
            refuse(
                .algorithm, en: "the canonicalization of SignedInfo is none that is accepted",
                fr: "la canonicalisation de SignedInfo n'est pas admise", expected: "C14N 1.0, Exclusive C14N 1.0",
                actual: canonicalization ?? "∅", at: method ?? info)
        }
        let signing = info.first("SignatureMethod", in: SignatureNames.signature)
        algorithm = signing?.attribute("Algorithm")
        judge(algorithm, among: SignatureNames.signatures, "SignatureMethod", at: signing ?? info)
    }

    private mutating func judge(_ algorithm: String?, among known: Set<String>, _ name: String, at node: Node) {
        guard let algorithm, known.contains(algorithm) else {
            let isHMAC = algorithm?.contains("hmac") == true
            refuse(
                .algorithm,
                en: isHMAC
                    ? "\(name) is an HMAC: whoever knows the public certificate could have made it"
                    : "\(name) is none that is accepted",
                fr: isHMAC
                    ? "\(name) est un HMAC : quiconque connaît le certificat public pourrait l'avoir fait"
                    : "\(name) n'est pas un algorithme admis",
                expected: known.sorted().joined(separator: ", "), actual: algorithm ?? "∅", at: node)
            return
        }
        guard SignatureNames.isSHA1(algorithm) else { return }
        faults.append(
            SignatureFault(
                .weakAlgorithm, .remark, en: "\(name) rests on SHA-1", fr: "\(name) repose sur SHA-1",
                expected: "SHA-256", actual: algorithm, at: node))
    }

    // MARK: References

    private mutating func readReference(_ node: Node) {
        let uri = node.attribute("URI")
        let method = node.first("DigestMethod", in: SignatureNames.signature)
        var reference = SignatureReference(
            uri: uri ?? "", type: node.attribute("Type"), transforms: [],
            digestAlgorithm: method?.attribute("Algorithm") ?? "", node: node)
        judge(method?.attribute("Algorithm"), among: SignatureNames.digests, "DigestMethod", at: method ?? node)
        let values = node.elements("DigestValue", in: SignatureNames.signature)
        if values.count != 1 || !Self.isBase64(values[0], atMost: 1024) {
            refuse(
                .malformed, en: "the reference '\(reference.uri)' has no one DigestValue in base64",
                fr: "la référence « \(reference.uri) » n'a pas un DigestValue en base64", expected: "1",
                actual: "\(values.count)", at: node)
        }
        let transforms = node.elements("Transforms", in: SignatureNames.signature).flatMap { $0.elements }
        if transforms.count > Self.maximumTransforms {
            refuse(
                .transform, en: "the reference '\(reference.uri)' has \(transforms.count) transforms",
                fr: "la référence « \(reference.uri) » a \(transforms.count) transformations",
                expected: "≤ \(Self.maximumTransforms)", actual: "\(transforms.count)", at: node)
        }
        for transform in transforms.prefix(Self.maximumTransforms) {
            let algorithm = transform.attribute("Algorithm") ?? "∅"
            reference.transforms.append(algorithm)
            guard !isHarmless(transform, algorithm) else { continue }
            refuse(
                .transform, en: "the transform of '\(reference.uri)' can make anything of what is signed",
                fr: "la transformation de « \(reference.uri) » peut tout faire de ce qui est signé",
                expected: "enveloped-signature, C14N, filter2 subtract /descendant::ds:Signature", actual: algorithm,
                at: transform)
        }
        if uri == nil || !Self.isLocal(reference.uri) {
            refuse(
                .externalReference, en: "the reference '\(uri ?? "∅")' leads out of the document: it is not followed",
                fr: "la référence « \(uri ?? "∅") » sort du document : elle n'est pas suivie", expected: "\"\", #id",
                actual: uri ?? "∅", at: node)
        }
        references.append(reference)
    }

    /// Whether `node` holds base64 and no element.
    private static func isBase64(_ node: Node, atMost limit: Int) -> Bool {
        node.stringBytes.count <= limit && node.elements.isEmpty && Base64Text.decode(node.stringBytes) != nil
    }

    /// The whole document, or a bare name without anything that XPointer would read.
    private static func isLocal(_ uri: String) -> Bool {
        guard !uri.isEmpty else { return true }
        guard uri.utf8.first == UInt8(ascii: "#"), uri.utf8.count > 1, uri.utf8.count <= 256 else { return false }
        return uri.utf8.dropFirst().allSatisfy { byte in
            byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (0x30...0x39).contains(byte)
                || [0x2D, 0x2E, 0x5F, 0x3A].contains(byte)
        }
    }

    private func isHarmless(_ transform: Node, _ algorithm: String) -> Bool {
        guard transform.localName == "Transform", transform.namespaceURI == SignatureNames.signature else {
            return false
        }
        if algorithm == SignatureNames.enveloped { return transform.elements.isEmpty }
        if Canonicalizer.Method(rawValue: algorithm) != nil {
            return transform.elements.allSatisfy {
                $0.localName == "InclusiveNamespaces" && $0.namespaceURI == Canonicalizer.Method.exclusive.rawValue
            }
        }
        guard algorithm == SignatureNames.filter2, let filter = transform.elements.first,
            transform.elements.count == 1, filter.localName == "XPath",
            filter.namespaceURI == SignatureNames.filter2, filter.attribute("Filter") == "subtract",
            filter.elements.isEmpty
        else { return false }
        let expression = filter.stringValue.filter { !$0.isWhitespace }
        let prefix = "/descendant::"
        guard expression.hasPrefix(prefix), expression.hasSuffix(":Signature") else { return false }
        let name = String(expression.dropFirst(prefix.count).dropLast(":Signature".count))
        return filter.namespaceURI(forPrefix: name) == SignatureNames.signature
    }

    /// Finds what the references mean: one element each, by one identifier.
    private mutating func resolve() {
        let wanted = Set(
            references.map(\.uri).filter { $0.hasPrefix("#") && Self.isLocal($0) }.map { String($0.dropFirst()) })
        var found: [String: [Identifier]] = [:]
        if !wanted.isEmpty {
            for element in signature.document.root.descendants where element.kind == .element {
                for attribute in element.attributes where Self.isIdentifier(attribute) {
                    let value = attribute.stringValue
                    guard wanted.contains(value) else { continue }
                    found[value, default: []].append(Identifier(node: element, attribute: attribute))
                }
            }
        }
        for index in references.indices {
            let reference = references[index]
            guard reference.uri.hasPrefix("#") else {
                references[index].target = reference.uri.isEmpty ? signature.document.root : nil
                continue
            }
            let name = String(reference.uri.dropFirst())
            guard wanted.contains(name) else { continue }
            let owners = found[name] ?? []
            guard let first = owners.first else {
                refuse(
                    .danglingReference, en: "no element has the identifier '\(name)'",
                    fr: "aucun élément n'a l'identifiant « \(name) »", expected: "1", actual: "0", at: reference.node)
                continue
            }
            guard owners.count == 1 else {
                refuse(
                    .duplicateIdentifier, en: "\(owners.count) elements have the identifier '\(name)'",
                    fr: "\(owners.count) éléments ont l'identifiant « \(name) »", expected: "1",
                    actual: owners.prefix(8).map(\.node.path).joined(separator: ", "), at: owners[1].node)
                continue
            }
            references[index].target = first.node
        }
        identifiers = found.values.filter { $0.count == 1 }.flatMap { $0 }
    }

    /// The attributes that are taken for identifiers. Source: SAML 2.0 Core 5.4.2, XMLDSig 4, WS-Security 1.1 4.2.
    private static func isIdentifier(_ attribute: Node) -> Bool {
        switch attribute.namespaceURI {
        case "": ["ID", "Id", "id"].contains(attribute.localName)
        case "http://www.w3.org/XML/1998/namespace": attribute.localName == "id"
        case "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd":
            attribute.localName == "Id"
        default: false
        }
    }

    // MARK: Certificates

    private mutating func readKeyInfo() {
        let info = signature.first("KeyInfo", in: SignatureNames.signature)
        let nodes = (info?.elements("X509Data", in: SignatureNames.signature) ?? [])
            .flatMap { $0.elements("X509Certificate", in: SignatureNames.signature) }
        guard !nodes.isEmpty else {
            let isBare = info?.elements.isEmpty == false
            refuse(
                isBare ? .bareKey : .noCertificate,
                en: isBare
                    ? "KeyInfo has a key and no certificate: anyone could have signed"
                    : "the signature has no certificate",
                fr: isBare
                    ? "KeyInfo a une clé sans certificat : n'importe qui a pu signer"
                    : "la signature n'a pas de certificat",
                expected: "X509Data/X509Certificate",
                actual: info.map { $0.elements.prefix(8).map(\.localName).joined(separator: ", ") } ?? "∅",
                at: info ?? signature)
            return
        }
        guard nodes.count <= Self.maximumCertificates else {
            refuse(
                .malformed, en: "KeyInfo has \(nodes.count) certificates", fr: "KeyInfo a \(nodes.count) certificats",
                expected: "≤ \(Self.maximumCertificates)", actual: "\(nodes.count)", at: info)
            return
        }
        for node in nodes {
            let bytes = node.stringBytes
            if bytes.count <= Self.maximumCertificate * 2, let der = Base64Text.decode(bytes),
                let certificate = Certificate(der: der)
            {
                certificates.append(certificate)
            } else {
                let start = String(decoding: bytes.prefix(32), as: UTF8.self)
                refuse(
                    .unreadableCertificate, en: "X509Certificate holds no certificate that can be read",
                    fr: "X509Certificate ne contient pas de certificat lisible",
                    expected: "base64 of an X.509 certificate in DER",
                    actual: start.split(whereSeparator: \.isWhitespace).joined(separator: " "), at: node)
            }
        }
    }
}

/// Base64 as XML holds it: blanks anywhere, nothing else.
enum Base64Text {
    static func decode(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        let digits = bytes.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard !digits.isEmpty, let data = Data(base64Encoded: Data(digits)) else { return nil }
        return Array(data)
    }

    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
