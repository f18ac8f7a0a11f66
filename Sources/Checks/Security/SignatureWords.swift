import Conformance
import Signatures
import XML

extension Remarks {
    /// Says the faults of a signature that `isMeant` means, each at its place.
    mutating func say(
        _ faults: [SignatureFault], severity: Severity? = nil, at place: (Node?) -> EvidencePlace?
    ) {
        for fault in faults {
            remark(
                LocalizedText(fr: Self.sentence(fault.french), en: Self.sentence(fault.english)),
                expected: fault.expected, actual: fault.actual ?? fault.code.rawValue,
                advice: SignatureAdvice.text(fault.code), at: place(fault.node), severity: severity)
        }
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

/// What to do about a fault of a signature.
enum SignatureAdvice {
    static func text(_ code: SignatureFault.Code) -> LocalizedText? {
        switch code {
        case .missing:
            LocalizedText(
                fr: "Signer avec le certificat ORG SIGN, la signature juste après l'émetteur.",
                en: "Sign with the ORG SIGN certificate, the signature right after the issuer.")
        case .digest, .value:
            LocalizedText(
                fr: "Ne plus rien modifier après la signature : ni indentation, ni préfixe, ni valeur.",
                en: "Change nothing after signing: neither indentation, nor prefix, nor value.")
        case .notCovered, .duplicateIdentifier, .danglingReference, .misplaced, .several:
            LocalizedText(
                fr: "La référence de SignedInfo doit désigner l'élément utilisé, par un identifiant unique.",
                en: "The reference of SignedInfo must mean the element that is used, by a unique identifier.")
        case .transform, .algorithm, .externalReference:
            LocalizedText(
                fr: "N'utiliser que les transformations et algorithmes du profil.",
                en: "Use the transforms and algorithms of the profile alone.")
        case .expired, .notYetValid:
            LocalizedText(
                fr: "Renouveler le certificat, ou donner la date de la capture par --at.",
                en: "Renew the certificate, or give the date of the capture with --at.")
        case .untrusted:
            LocalizedText(
                fr: "Utiliser un certificat de l'IGC-Santé, ou donner son autorité par --trust.",
                en: "Use a certificate of the IGC-Santé, or give its authority with --trust.")
        case .noCertificate, .unreadableCertificate, .bareKey:
            LocalizedText(
                fr: "Joindre le certificat de signature dans KeyInfo/X509Data/X509Certificate.",
                en: "Add the signing certificate in KeyInfo/X509Data/X509Certificate.")
        default: nil
        }
    }
}
