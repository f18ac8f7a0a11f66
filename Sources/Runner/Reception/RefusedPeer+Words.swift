public import Conformance
public import HTTPServing

extension RefusedPeer {
    /// Why no TLS connection came about, and what to mend.
    public var told: LocalizedText {
        let (french, english) = words
        let peer = address ?? "?"
        return LocalizedText(
            fr: "\(peer) : connexion TLS refusée : \(french) (\(detail))",
            en: "\(peer): TLS connection refused: \(english) (\(detail))")
    }

    private var words: (String, String) {
        switch cause {
        case .noCertificate:
            (
                "le client ne montre pas de certificat ; configurez-en un, de l'autorité admise",
                "the client shows no certificate: configure one of the accepted authority"
            )
        case .certificate:
            (
                "le certificat du client n'est pas d'une autorité admise (--client-ca), ou n'est pas en cours de validité",
                "the client's certificate comes from no accepted authority (--client-ca), or is not in force"
            )
        case .ownCertificate:
            (
                "le client rompt, sans doute parce qu'il n'admet pas le certificat du serveur ; donnez-lui l'autorité de --certificate",
                "the client breaks off, most likely as it does not accept the server's certificate: give it the authority of --certificate"
            )
        case .plain:
            ("le client ne parle pas TLS : il lui faut https://", "the client does not speak TLS: it needs https://")
        case .other: ("la négociation a échoué", "the handshake failed")
        }
    }
}
