public import XML

/// What is wrong or odd with a signature, told and never thrown.
public struct SignatureFault: Sendable, Hashable {
    /// The kind; the raw value is stable and stands in findings.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        init(_ rawValue: String) { self.rawValue = rawValue }
    }

    /// Whether the signature cannot be believed, or is odd and no more.
    public enum Weight: String, Sendable { case refusal, remark }

    public var code: Code
    public var weight: Weight
    /// The sentence for an English reader.
    public var english: String
    /// The sentence for a French reader.
    public var french: String
    public var expected: String?
    public var actual: String?
    /// The element, where there is one.
    public var node: Node?

    /// A fault.
    public init(
        _ code: Code, _ weight: Weight = .refusal, en english: String, fr french: String, expected: String? = nil,
        actual: String? = nil, at node: Node? = nil
    ) {
        self.code = code
        self.weight = weight
        self.english = english
        self.french = french
        self.expected = expected
        self.actual = actual
        self.node = node
    }

    /// The line of the element, from 1; 0 where there is none.
    public var line: Int { node?.line ?? 0 }
    /// The path of the element; empty where there is none.
    public var path: String { node?.path ?? "" }
}

extension SignatureFault.Code {
    // Structure.
    /// There is no signature where one must be.
    public static let missing = Self("signature-missing")
    /// There are several where one must be.
    public static let several = Self("signature-several")
    /// The signature does not stand within what it signs.
    public static let misplaced = Self("signature-misplaced")
    /// A part of the signature is missing, repeated, empty or too large.
    public static let malformed = Self("signature-malformed")
    /// SignedInfo has no reference.
    public static let noReference = Self("reference-list-empty")
    /// More references than any honest signature has.
    public static let tooManyReferences = Self("reference-list-too-long")
    /// A reference leads out of the document.
    public static let externalReference = Self("reference-external")
    /// No element has the identifier that a reference names.
    public static let danglingReference = Self("reference-dangling")
    /// Several elements have the identifier that a reference names.
    public static let duplicateIdentifier = Self("identifier-duplicate")
    /// What is judged is not what is signed: signature wrapping.
    public static let notCovered = Self("reference-elsewhere")
    /// A transform that can make anything of anything.
    public static let transform = Self("transform-refused")
    /// An algorithm that proves nothing here: HMAC, MD5, unknown ones.
    public static let algorithm = Self("algorithm-refused")
    /// SHA-1.
    public static let weakAlgorithm = Self("algorithm-weak")
    /// A key that is too short.
    public static let weakKey = Self("key-weak")
    /// A comment within a signed text: careless readers see another text than was signed.
    public static let comment = Self("comment-in-signed-text")
    // Cryptography.
    public static let digest = Self("digest-wrong")
    public static let value = Self("value-wrong")
    /// Neither right nor wrong: xmlsec could not verify it.
    public static let unverifiable = Self("not-verifiable")
    // Certificates.
    public static let noCertificate = Self("certificate-missing")
    public static let unreadableCertificate = Self("certificate-unreadable")
    /// A key without certificate proves nobody's identity.
    public static let bareKey = Self("key-without-certificate")
    public static let expired = Self("certificate-expired")
    public static let notYetValid = Self("certificate-not-yet-valid")
    public static let revoked = Self("certificate-revoked")
    public static let untrusted = Self("chain-untrusted")
    // XAdES.
    public static let noProperties = Self("xades-properties-missing")
    public static let unsignedProperties = Self("xades-properties-unsigned")
    public static let otherCertificate = Self("xades-certificate-differs")
    public static let signingTime = Self("xades-signing-time")
    public static let noManifest = Self("manifest-missing")
    public static let manifestDigest = Self("manifest-digest-wrong")
    public static let manifestEntry = Self("manifest-entry-missing")
    public static let manifestStranger = Self("manifest-entry-unknown")
    public static let manifestSet = Self("manifest-submission-set")
    public static let purpose = Self("signature-purpose")
}
