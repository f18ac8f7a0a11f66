/// The namespaces and algorithms of XML signatures and XAdES.
public enum SignatureNames {
    /// XML-Signature Syntax and Processing.
    public static let signature = "http://www.w3.org/2000/09/xmldsig#"
    /// XML-Signature XPath Filter 2.0.
    public static let filter2 = "http://www.w3.org/2002/06/xmldsig-filter2"
    /// The transform that takes the signature out of what it signs.
    public static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    /// The type of a reference to a manifest.
    public static let manifestType = "http://www.w3.org/2000/09/xmldsig#Manifest"
    /// XAdES 1.1.1, of the French submission sets.
    public static let xades111 = "http://uri.etsi.org/01903/v1.1.1#"
    /// XAdES 1.3.2, of the baseline signatures.
    public static let xades132 = "http://uri.etsi.org/01903/v1.3.2#"
    /// The type of a reference to signed properties of XAdES 1.1.1.
    public static let propertiesType111 = "http://uri.etsi.org/01903/v1.1.1#SignedProperties"
    /// The type of a reference to signed properties of XAdES 1.3.2.
    public static let propertiesType132 = "http://uri.etsi.org/01903#SignedProperties"
    /// SHA-1.
    public static let sha1 = "http://www.w3.org/2000/09/xmldsig#sha1"
    /// SHA-256.
    public static let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"
    /// SHA-384.
    public static let sha384 = "http://www.w3.org/2001/04/xmldsig-more#sha384"
    /// SHA-512.
    public static let sha512 = "http://www.w3.org/2001/04/xmlenc#sha512"

    static let digests: Set<String> = [sha1, sha256, sha384, sha512]
    static let more = "http://www.w3.org/2001/04/xmldsig-more#"
    static let signatures: Set<String> = [
        signature + "rsa-sha1", more + "rsa-sha256", more + "rsa-sha384", more + "rsa-sha512", more + "ecdsa-sha1",
        more + "ecdsa-sha256", more + "ecdsa-sha384", more + "ecdsa-sha512",
    ]

    /// Whether an algorithm, a digest's or a signature's, rests on SHA-1.
    public static func isSHA1(_ algorithm: String) -> Bool { algorithm.hasSuffix("sha1") }
}

/// With which algorithm a signature is made.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case rsaSHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
    case rsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    case ecdsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"

    /// The digest of the references that goes with it.
    public var digest: String { self == .rsaSHA1 ? SignatureNames.sha1 : SignatureNames.sha256 }
}
