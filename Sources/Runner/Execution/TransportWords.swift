internal import Conformance
internal import HTTP

extension HTTPError {
    /// Why no whole answer came, in both languages; the cause in detail is that of the client, in English.
    var told: LocalizedText {
        guard let sentence = Self.french[code], let colon = message.firstRange(of: ": ") else {
            return LocalizedText(fr: message, en: message)
        }
        let peer = message[..<colon.lowerBound]
        return LocalizedText(fr: "\(peer) : \(sentence) (\(message[colon.upperBound...]))", en: message)
    }

    private static let french: [Code: String] = [
        .refused: "la connexion est refusée, aucun service n'écoute à cette adresse",
        .unreachable: "l'adresse ne peut pas être atteinte",
        .unresolved: "le nom d'hôte n'a pas d'adresse",
        .connectTimeout: "la connexion n'est pas établie dans le délai",
        .firstByteTimeout: "aucune réponse n'arrive dans le délai",
        .idleTimeout: "plus aucun octet ne circule",
        .totalTimeout: "l'échange dépasse la durée totale permise",
        .tls: "la négociation TLS a échoué",
        .closed: "la connexion a été fermée avant la fin de la réponse",
        .tooLarge: "la réponse dépasse la taille permise",
        .malformed: "la réponse n'est pas un message HTTP/1.1",
        .cancelled: "l'échange a été interrompu",
        .invalidRequest: "la requête ne peut pas être envoyée telle quelle",
        .consumer: "la lecture de la réponse s'est arrêtée",
        .storage: "un fichier n'a pas pu être lu ou écrit",
    ]
}
