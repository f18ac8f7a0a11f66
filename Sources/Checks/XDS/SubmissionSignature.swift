import Cryptography
import SOAP
import XDS
import XML

/// The XAdES signature of a submission set: what it refers to, and the digests that are found there.
///
/// The value of the signature itself is judged where keys are known; what it covers is seen here.
struct SubmissionSignature: Sendable {
    static let namespace = "http://www.w3.org/2000/09/xmldsig#"
    static let manifestType = "http://www.w3.org/2000/09/xmldsig#Manifest"
    static let propertiesType = "http://uri.etsi.org/01903/v1.1.1#SignedProperties"

    /// One `ds:Reference`.
    struct Reference: Sendable {
        let node: Node
        let uri: String
        let type: String?
        /// The digest as written.
        let declared: String
        /// The digest over what it refers to; nil when that cannot be found or made canonical.
        let actual: String?
    }

    let entry: DocumentEntry
    let document: Document
    let signature: Node
    /// The references of SignedInfo.
    let references: [Reference]
    /// The references of the manifest.
    let manifest: [Reference]

    var identifier: String? { signature.attribute("Id") }

    /// The certificate, as text.
    var certificate: [UInt8]? {
        signature.descendants("X509Certificate", in: Self.namespace).first.map {
            Base64.decode($0.stringValue.utf8).bytes
        }
    }

    /// The signing time, as written.
    var signingTime: String? {
        signature.descendants("SigningTime", in: "http://uri.etsi.org/01903/v1.1.1#").first?.stringValue
    }

    /// The signatures of `request`: entries of a signature with a readable document.
    static func all(in request: ProvideAndRegisterRequest) -> [SubmissionSignature] {
        request.submission.entries.filter(\.isSignature).compactMap { entry in
            guard let submitted = request.document(entry.id), submitted.content?.isResolved ?? true,
                let document = parsed(submitted.bytes),
                let signature = document.documentElement.localName == "Signature"
                    ? document.documentElement
                    : document.root.descendants("Signature", in: namespace).first,
                signature.namespaceURI == namespace
            else { return nil }
            return SubmissionSignature(entry: entry, document: document, signature: signature, request: request)
        }
    }

    /// Captures have blanks before the declaration.
    private static func parsed(_ bytes: [UInt8]) -> Document? {
        var options = ParsingOptions()
        options.toleratesLeadingBlanks = true
        return try? Document(parsing: bytes, options: options)
    }

    private init(entry: DocumentEntry, document: Document, signature: Node, request: ProvideAndRegisterRequest) {
        self.entry = entry
        self.document = document
        self.signature = signature
        let info = signature.first("SignedInfo", in: Self.namespace)
        references = (info?.elements("Reference", in: Self.namespace) ?? []).map { node in
            Self.reference(node) { Self.internalDigest(node, in: document) }
        }
        let manifests = signature.descendants("Manifest", in: Self.namespace)
        manifest = (manifests.first?.elements("Reference", in: Self.namespace) ?? []).map { node in
            Self.reference(node) { Self.documentDigest(node, in: request) }
        }
    }

    private static func reference(_ node: Node, _ digest: () -> String?) -> Reference {
        let value = node.first("DigestValue", in: namespace)?.stringValue ?? ""
        return Reference(
            node: node, uri: node.attribute("URI") ?? "", type: node.attribute("Type"),
            declared: value.filter { !$0.isWhitespace }, actual: digest())
    }

    private static func algorithm(_ node: Node) -> MessageDigest.Algorithm? {
        switch node.first("DigestMethod", in: namespace)?.attribute("Algorithm") {
        case "http://www.w3.org/2000/09/xmldsig#sha1": .sha1
        case "http://www.w3.org/2001/04/xmlenc#sha256": .sha256
        default: nil
        }
    }

    private static func methods(_ node: Node) -> [String] {
        let transforms = node.first("Transforms", in: namespace)?.elements("Transform", in: namespace) ?? []
        return transforms.map { $0.attribute("Algorithm") ?? "" }
    }

    /// The digest over an element of the signature, made canonical.
    private static func internalDigest(_ node: Node, in document: Document) -> String? {
        let uri = node.attribute("URI") ?? ""
        guard uri.hasPrefix("#"), let algorithm = algorithm(node),
            let target = try? Canonicalizer.find(.identifier(String(uri.dropFirst())), in: document)
        else { return nil }
        let named = methods(node)
        // XML Signature 4.4.3.2: without a transform the nodes are made canonical by Canonical XML 1.0.
        let method = named.last.map { Canonicalizer.Method(rawValue: $0) } ?? .inclusive
        guard named.count <= 1, let method, let bytes = try? Canonicalizer.canonicalize(target, method: method) else {
            return nil
        }
        return encoded(bytes, algorithm)
    }

    /// The digest over a document that the manifest names `urn:oid:<uniqueId>`.
    private static func documentDigest(_ node: Node, in request: ProvideAndRegisterRequest) -> String? {
        let uri = node.attribute("URI") ?? ""
        guard uri.hasPrefix("urn:oid:"), let algorithm = algorithm(node) else { return nil }
        let identifier = String(uri.dropFirst("urn:oid:".count))
        guard let entry = request.submission.entries.first(where: { $0.uniqueID == identifier }),
            let document = request.document(entry.id), document.content?.isResolved ?? true
        else { return nil }
        let named = methods(node)
        guard let last = named.last else { return encoded(document.bytes, algorithm) }
        guard named.count == 1, let method = Canonicalizer.Method(rawValue: last),
            let bytes = try? Canonicalizer.canonicalize(document.bytes, method: method)
        else { return nil }
        return encoded(bytes, algorithm)
    }

    private static func encoded(_ bytes: [UInt8], _ algorithm: MessageDigest.Algorithm) -> String {
        let digest = MessageDigest(algorithm)
        digest.update(bytes)
        return String(decoding: Base64.encode(digest.value()), as: UTF8.self)
    }
}
