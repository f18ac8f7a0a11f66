/// A kind of line under `expect:`: the loader, `cisis lint`, the editor schema and the runner share this table.
public struct ExpectationKind: Sendable {
    /// The shape of its argument.
    public enum Shape: Sendable {
        /// `integers` and `texts` take one or a list of them; `textsOrMap` a mapping too.
        case text, integers, texts, textsOrMap, flag, map
    }

    /// The steps that it can stand in.
    public enum Place: Sendable {
        /// Steps that send: it looks at the answer of the system.
        case answers
        /// Steps that wait: it looks at the message of the system, or at its absence.
        case messages
        /// Any step.
        case anywhere
    }

    public let name: String
    public let layer: String
    public let shape: Shape
    public let place: Place
    public let title: LocalizedText

    init(_ name: String, _ layer: String, _ shape: Shape, _ place: Place = .answers, fr: String, en: String) {
        self.name = name
        self.place = place
        self.layer = layer
        self.shape = shape
        title = LocalizedText(fr: fr, en: en)
    }

    /// Every kind, in the order of the documentation.
    public static let all: [ExpectationKind] = [
        .init(
            "arrival", "transport", .text, .messages, fr: "Arrivée du message", en: "Arrival of the message"),
        .init("handshake", "transport", .text, fr: "Poignée de main TLS mutuelle", en: "Mutual TLS handshake"),
        .init("status", "http", .integers, fr: "Code HTTP de la réponse", en: "HTTP status of the answer"),
        .init("header", "http", .map, fr: "En-tête HTTP de la réponse", en: "HTTP header of the answer"),
        .init(
            "mtom", "mtom", .flag, .anywhere, fr: "Cadrage MTOM/XOP du message", en: "MTOM/XOP framing of the message"),
        .init(
            "soap", "soap", .text, .anywhere, fr: "Enveloppe SOAP 1.2 et WS-Addressing",
            en: "SOAP 1.2 envelope and WS-Addressing"),
        .init("xsd", "xsd", .flag, .anywhere, fr: "Schéma XML du message", en: "XML Schema of the message"),
        .init("registry", "xds", .text, fr: "Statut de la réponse du registre", en: "Status of the registry response"),
        .init("errorCode", "xds", .textsOrMap, fr: "Code d'erreur XDS", en: "XDS error code"),
        .init("xpath", "xpath", .text, .anywhere, fr: "Assertion XPath", en: "XPath assertion"),
        .init("entries", "xds", .map, fr: "Fiches retournées", en: "Entries returned"),
        .init("documents", "xds", .map, fr: "Documents retournés", en: "Documents returned"),
        .init("metadata", "xds", .texts, .anywhere, fr: "Règles sur les métadonnées", en: "Rules on the metadata"),
        .init("kos", "kos", .texts, .anywhere, fr: "Règles sur le manifeste KOS", en: "Rules on the KOS manifest"),
        .init("cda", "cda", .texts, .anywhere, fr: "Compte rendu CDA", en: "CDA report"),
        .init("images", "images", .map, fr: "Images retournées", en: "Images returned"),
        .init("link", "link", .map, fr: "Lien du compte rendu", en: "Link of the report"),
        .init(
            "coherence", "coherence", .texts, .anywhere, fr: "Cohérence CR, KOS, métadonnées, images",
            en: "Coherence of report, KOS, metadata and images"),
        .init(
            "query", "xds", .texts, .messages, fr: "Règles sur la recherche reçue", en: "Rules on the query received"),
        .init(
            "retrieve", "xds", .texts, .messages, fr: "Règles sur la demande de documents reçue",
            en: "Rules on the request of documents received"),
        .init(
            "update", "xds", .texts, .messages, fr: "Règles sur la mise à jour reçue",
            en: "Rules on the update received"),
        .init(
            "existence", "xds", .texts, .messages, fr: "Règles sur le test d'existence reçu",
            en: "Rules on the existence check received"),
        .init(
            "vihf", "vihf", .texts, .messages, fr: "Règles sur le VIHF du message reçu",
            en: "Rules on the VIHF of the message received"),
        .init(
            "behavior", "behavior", .texts, .messages, fr: "Règles sur la suite des échanges",
            en: "Rules on the sequence of exchanges"),
    ]

    /// The kind called `name`.
    public static func named(_ name: String) -> ExpectationKind? { all.first { $0.name == name } }
}
