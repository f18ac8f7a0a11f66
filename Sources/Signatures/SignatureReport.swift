public import XML

/// One reference of a signature.
public struct SignatureReference: Sendable, Hashable {
    /// As written: ``, `#id`.
    public var uri: String
    public var type: String?
    /// The algorithms of the transforms, in order.
    public var transforms: [String]
    public var digestAlgorithm: String
    /// The element that it means; the document node for the whole document; nil where there is none, or several.
    public var target: Node?
    /// Whether the digest is right; nil where it was not looked at.
    public var isDigestRight: Bool?
    public var node: Node
}

/// What was found out of a signature.
public struct SignatureReport: Sendable {
    /// Where the signer's certificate leads.
    public enum Chain: Sendable, Hashable {
        case trusted
        case untrusted(String)
        /// Not looked at, with the reason in English and French.
        case notRun(en: String, fr: String)
    }

    /// Whether what was signed is what stands there.
    public enum Integrity: Sendable, Hashable {
        case intact
        case broken
        /// Could not be told: the certificate cannot be read, or is not there.
        case unknown
    }

    /// The signature; nil where there is none.
    public var signature: Node?
    public var faults: [SignatureFault] = []
    public var references: [SignatureReference] = []
    /// The certificates of KeyInfo, in order.
    public var certificates: [Certificate] = []
    /// The one that signed.
    public var signer: Certificate?
    public var canonicalization: String?
    public var signatureAlgorithm: String?
    /// Whether the signature value is the signer's; nil where it was not looked at.
    public var isValueRight: Bool?
    public var chain = Chain.notRun(en: "there is no signature", fr: "il n'y a pas de signature")

    init() {}

    /// Whether what was signed is what stands there, whoever signed.
    public var integrity: Integrity {
        let own = faults.filter { $0.weight == .refusal && !$0.code.isAboutTrust }
        if own.isEmpty, isValueRight == true { return .intact }
        let open: Set<SignatureFault.Code> = [.noCertificate, .unreadableCertificate, .unverifiable]
        return own.allSatisfy { open.contains($0.code) } && isValueRight == nil ? .unknown : .broken
    }

    /// Whether the signature is right and its signer trusted.
    public var isValid: Bool {
        integrity == .intact && chain == .trusted && !faults.contains { $0.weight == .refusal }
    }

    /// Whether a fault of one of `codes` was seen.
    public func has(_ codes: SignatureFault.Code...) -> Bool { faults.contains { codes.contains($0.code) } }

    mutating func add(_ fault: SignatureFault) { faults.append(fault) }
}

extension SignatureFault.Code {
    /// Whether it is about who signed and when, not about what was signed.
    public var isAboutTrust: Bool { [.expired, .notYetValid, .revoked, .untrusted].contains(self) }
}
