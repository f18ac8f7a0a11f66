import Conformance
import SOAP

extension MessageRules {
    /// The weight of each kind of fault: the layer, how severe it is in a run and in a capture, what to do.
    public static let weights: [Weight] = framing + envelope

    // HTTP, multipart/related, XOP.
    private static let framing: [Weight] = [
        weight(
            .noHeaders, .mtom, .warning,
            fr: "Les en-têtes HTTP du message sont connus",
            en: "The HTTP headers of the message are known",
            source: "RFC 2387; W3C XOP 1.0 4.1",
            advice: (
                "Joindre les en-têtes HTTP au fichier capturé.",
                "Keep the HTTP headers with the captured file."
            )),
        weight(
            .httpStatus, .http, .violation, capture: .warning, direction: .response,
            fr: "Une enveloppe sans faute SOAP voyage avec le statut 200",
            en: "An envelope without a SOAP fault travels with status 200",
            source: "W3C SOAP 1.2 Part 2 table 20",
            advice: (
                "Rendre 200 avec la réponse du registre, ou une faute SOAP avec 4xx ou 5xx.",
                "Give 200 with the registry's answer, or a SOAP fault with 4xx or 5xx."
            )),
        weight(
            .contentType, .http, .violation, capture: .warning,
            fr: "Le Content-Type est multipart/related ou application/soap+xml",
            en: "The Content-Type is multipart/related or application/soap+xml",
            source: "W3C SOAP 1.2 Part 2 7.1.4; W3C MTOM 3.2",
            advice: (
                "Écrire le Content-Type de SOAP 1.2.",
                "Write the Content-Type of SOAP 1.2."
            )),
        weight(
            .bodyUnavailable, .http, .violation,
            fr: "Le corps du message peut être lu",
            en: "The body of the message can be read",
            source: "RFC 9112 6",
            advice: (
                "Vérifier la longueur et la fin du corps.",
                "Check length and end of the body."
            )),
        weight(
            .notMultipart, .mtom, .violation, capture: .warning,
            fr: "Un message porteur de documents est un paquet MTOM",
            en: "A message with documents is an MTOM package",
            source: "IHE ITI TF-2 Appendix V.3.2",
            advice: (
                "Emballer le message en multipart/related avec MTOM/XOP.",
                "Package the message as multipart/related with MTOM/XOP."
            )),
        weight(
            .boundaryAbsent, .mtom, .violation,
            fr: "Le Content-Type a un paramètre boundary",
            en: "The Content-Type has a boundary parameter",
            source: "RFC 2046 5.1.1",
            advice: (
                "Ajouter boundary au Content-Type.",
                "Add boundary to the Content-Type."
            )),
        weight(
            MessageFault.Code(rawValue: "boundary-illegal"), .mtom, .violation, capture: .warning,
            fr: "La limite (boundary) a une forme permise",
            en: "The boundary has a legal form",
            source: "RFC 2046 5.1.1",
            advice: (
                "Choisir au plus 70 caractères permis, sans blanc final.",
                "Choose at most 70 legal characters, without a trailing blank."
            )),
        weight(
            MessageFault.Code(rawValue: "boundary-not-found"), .mtom, .violation,
            fr: "La limite annoncée délimite les parties",
            en: "The boundary that is announced delimits the parts",
            source: "RFC 2046 5.1.1",
            advice: (
                "Écrire dans le corps la limite du Content-Type.",
                "Write the boundary of the Content-Type in the body."
            )),
        weight(
            MessageFault.Code(rawValue: "missing-close-delimiter"), .mtom, .violation,
            fr: "Le corps finit par le délimiteur de fin",
            en: "The body ends with the close delimiter",
            source: "RFC 2046 5.1.1",
            advice: (
                "Finir par --boundary-- ; sans lui, le corps a pu être coupé.",
                "End with --boundary--; without it the body may have been cut."
            )),
        weight(
            MessageFault.Code(rawValue: "line-ends-lf"), .mtom, .warning,
            fr: "Les lignes de délimiteurs et d'en-têtes finissent par CRLF",
            en: "Lines of delimiters and headers end with CRLF",
            source: "RFC 2046 5.1.1",
            advice: (
                "Finir ces lignes par CRLF.",
                "End these lines with CRLF."
            )),
        weight(
            MessageFault.Code(rawValue: "indented-delimiter"), .mtom, .violation, capture: .warning,
            fr: "Un délimiteur commence sa ligne",
            en: "A delimiter begins its line",
            source: "RFC 2046 5.1.1",
            advice: (
                "Ôter les blancs qui précèdent le délimiteur.",
                "Remove the blanks before the delimiter."
            )),
        weight(
            MessageFault.Code(rawValue: "delimiter-text"), .mtom, .warning,
            fr: "Aucune ligne de contenu ne commence comme un délimiteur",
            en: "No line of content begins like a delimiter",
            source: "RFC 2046 5.1.1",
            advice: (
                "Choisir une limite qui ne figure dans aucune partie.",
                "Choose a boundary that stands in no part."
            )),
        weight(
            MessageFault.Code(rawValue: "indented-header"), .mtom, .violation, capture: .warning,
            fr: "Un en-tête de partie commence sa ligne",
            en: "A part header begins its line",
            source: "RFC 2045 3; RFC 5322 2.2",
            advice: (
                "Ôter les blancs qui précèdent les en-têtes de partie.",
                "Remove the blanks before the part headers."
            )),
        weight(
            MessageFault.Code(rawValue: "header-too-large"), .mtom, .violation,
            fr: "Les en-têtes d'une partie ont une taille raisonnable",
            en: "The headers of a part have a reasonable size",
            source: "RFC 2045 3",
            advice: (
                "Raccourcir les en-têtes de la partie.",
                "Shorten the headers of the part."
            )),
        weight(
            MessageFault.Code(rawValue: "malformed-header"), .mtom, .violation, capture: .warning,
            fr: "Chaque ligne d'en-tête de partie est nom: valeur",
            en: "Each line of part headers is name: value",
            source: "RFC 5322 2.2",
            advice: (
                "Corriger la ligne d'en-tête.",
                "Mend the header line."
            )),
        weight(
            MessageFault.Code(rawValue: "no-blank-line"), .mtom, .violation,
            fr: "Une ligne vide sépare en-têtes et contenu de la partie",
            en: "A blank line parts headers and content of a part",
            source: "RFC 2046 5.1.1",
            advice: (
                "Ajouter la ligne vide.",
                "Add the blank line."
            )),
        weight(
            .duplicateContentID, .mtom, .violation,
            fr: "Les Content-ID sont uniques",
            en: "Content-IDs are unique",
            source: "RFC 2045 7; W3C XOP 1.0 4.1",
            advice: (
                "Donner à chaque partie son propre Content-ID.",
                "Give each part its own Content-ID."
            )),
        weight(
            MessageFault.Code(rawValue: "preamble"), .mtom, .information,
            fr: "Rien ne précède le premier délimiteur",
            en: "Nothing comes before the first delimiter",
            source: "RFC 2046 5.1.1",
            advice: (
                "Ôter le préambule : il est sans effet.",
                "Remove the preamble: it has no effect."
            )),
        weight(
            MessageFault.Code(rawValue: "epilogue"), .mtom, .information,
            fr: "Rien ne suit le délimiteur de fin",
            en: "Nothing follows the close delimiter",
            source: "RFC 2046 5.1.1",
            advice: (
                "Ôter l'épilogue : il est sans effet.",
                "Remove the epilogue: it has no effect."
            )),
        weight(
            MessageFault.Code(rawValue: "empty-part"), .mtom, .warning,
            fr: "Aucune partie n'est vide",
            en: "No part is empty",
            source: "RFC 2046 5.1.1",
            advice: (
                "Ôter la partie, ou y mettre le document.",
                "Remove the part, or put the document in it."
            )),
        weight(
            MessageFault.Code(rawValue: "no-part"), .mtom, .violation,
            fr: "Le corps a au moins une partie",
            en: "The body has at least one part",
            source: "RFC 2046 5.1.1",
            advice: (
                "Écrire la partie racine.",
                "Write the root part."
            )),
        weight(
            MessageFault.Code(rawValue: "too-many-parts"), .mtom, .violation,
            fr: "Le nombre de parties est raisonnable",
            en: "The number of parts is reasonable",
            source: "RFC 2046 5.1.1",
            advice: (
                "Envoyer moins de documents par message.",
                "Send fewer documents in one message."
            )),
        weight(
            MessageFault.Code(rawValue: "nested"), .mtom, .warning,
            fr: "Aucune partie n'est elle-même multipart",
            en: "No part is itself multipart",
            source: "W3C XOP 1.0 4.1",
            advice: (
                "Écrire les parties au premier niveau.",
                "Write the parts on the first level."
            )),
        weight(
            MessageFault.Code(rawValue: "unknown-transfer-encoding"), .mtom, .violation,
            fr: "L'encodage de transfert est connu",
            en: "The transfer encoding is known",
            source: "RFC 2045 6.1",
            advice: (
                "Écrire Content-Transfer-Encoding: binary.",
                "Write Content-Transfer-Encoding: binary."
            )),
        weight(
            MessageFault.Code(rawValue: "bad-transfer-encoding"), .mtom, .violation,
            fr: "Le contenu est ce que dit son encodage de transfert",
            en: "The content is what its transfer encoding says",
            source: "RFC 2045 6",
            advice: (
                "Encoder la partie comme annoncé, ou écrire binary.",
                "Encode the part as announced, or write binary."
            )),
        weight(
            .typeParameter, .mtom, .violation,
            fr: "Le paramètre type du Content-Type est application/xop+xml",
            en: "The type parameter of the Content-Type is application/xop+xml",
            source: "RFC 2387 3.1; W3C XOP 1.0 4.1",
            advice: (
                "Écrire type=\"application/xop+xml\".",
                "Write type=\"application/xop+xml\"."
            )),
        weight(
            .startAbsent, .mtom, .information,
            fr: "Le paramètre start nomme la partie racine",
            en: "The start parameter names the root part",
            source: "RFC 2387 3.2",
            advice: (
                "Écrire start avec le Content-ID de la partie racine.",
                "Write start with the Content-ID of the root part."
            )),
        weight(
            .startUnknown, .mtom, .violation,
            fr: "Le paramètre start désigne une partie",
            en: "The start parameter names a part",
            source: "RFC 2387 3.2",
            advice: (
                "Écrire dans start le Content-ID de la partie racine, entre chevrons.",
                "Write in start the Content-ID of the root part, in angle brackets."
            )),
        weight(
            .startInfo, .mtom, .warning,
            fr: "Le paramètre start-info est application/soap+xml",
            en: "The start-info parameter is application/soap+xml",
            source: "W3C MTOM 3.2; W3C XOP 1.0 4.1",
            advice: (
                "Écrire start-info=\"application/soap+xml\".",
                "Write start-info=\"application/soap+xml\"."
            )),
        weight(
            .rootAbsent, .mtom, .violation,
            fr: "Le paquet a une partie racine",
            en: "The package has a root part",
            source: "RFC 2387 3.2",
            advice: (
                "Écrire l'enveloppe dans la première partie.",
                "Write the envelope in the first part."
            )),
        weight(
            .rootContentType, .mtom, .violation,
            fr: "La partie racine est application/xop+xml, de type application/soap+xml",
            en: "The root part is application/xop+xml of type application/soap+xml",
            source: "W3C XOP 1.0 4.1; W3C MTOM 3.2",
            advice: (
                "Écrire ce Content-Type pour la partie racine.",
                "Write this Content-Type for the root part."
            )),
        weight(
            .rootCharset, .mtom, .warning,
            fr: "Le charset de la partie racine est UTF-8 ou UTF-16",
            en: "The charset of the root part is UTF-8 or UTF-16",
            source: "W3C XOP 1.0 4.1",
            advice: (
                "Écrire l'enveloppe en UTF-8.",
                "Write the envelope in UTF-8."
            )),
        weight(
            .rootLeadingBlanks, .mtom, .violation, capture: .warning,
            fr: "La déclaration XML commence la partie racine",
            en: "The XML declaration begins the root part",
            source: "W3C XML 1.0 2.8",
            advice: (
                "Ôter les blancs qui précèdent <?xml.",
                "Remove the blanks before <?xml."
            )),
        weight(
            .partAction, .mtom, .violation, capture: .warning,
            fr: "Le paramètre action de la partie racine est wsa:Action",
            en: "The action parameter of the root part is wsa:Action",
            source: "W3C SOAP 1.2 Part 2 7.1.4; WS-Addressing 1.0 SOAP Binding",
            advice: (
                "Écrire la même action aux deux endroits.",
                "Write the same action in both places."
            )),
        weight(
            .headerAction, .http, .violation, capture: .warning,
            fr: "Le paramètre action du Content-Type est wsa:Action",
            en: "The action parameter of the Content-Type is wsa:Action",
            source: "W3C SOAP 1.2 Part 2 7.1.4; IHE ITI TF-2 Appendix V",
            advice: (
                "Écrire la même action aux deux endroits.",
                "Write the same action in both places."
            )),
        weight(
            .partWithoutID, .mtom, .warning,
            fr: "Chaque partie a un Content-ID",
            en: "Each part has a Content-ID",
            source: "RFC 2387; W3C XOP 1.0 4.1",
            advice: (
                "Donner un Content-ID à la partie.",
                "Give the part a Content-ID."
            )),
        weight(
            .contentIDForm, .mtom, .violation, capture: .warning,
            fr: "Le Content-ID est entre chevrons",
            en: "The Content-ID is in angle brackets",
            source: "RFC 2392; RFC 2045 7",
            advice: (
                "Écrire Content-ID: <…>.",
                "Write Content-ID: <…>."
            )),
        weight(
            .orphanPart, .mtom, .warning,
            fr: "Un xop:Include renvoie à chaque partie",
            en: "An xop:Include refers to each part",
            source: "W3C XOP 1.0 4.1",
            advice: (
                "Référencer la partie, ou l'ôter.",
                "Refer to the part, or remove it."
            )),
        weight(
            .includeUnresolved, .mtom, .violation,
            fr: "Chaque xop:Include désigne une partie",
            en: "Each xop:Include names a part",
            source: "W3C XOP 1.0 3.2; RFC 2392",
            advice: (
                "Écrire dans href le Content-ID de la partie.",
                "Write the Content-ID of the part in href."
            )),
        weight(
            .includeScheme, .mtom, .violation,
            fr: "href de xop:Include est une URL cid:",
            en: "href of xop:Include is a cid: URL",
            source: "W3C XOP 1.0 3.2",
            advice: (
                "Joindre le contenu au message et le désigner par cid:.",
                "Attach the content to the message and name it by cid:."
            )),
        weight(
            .includeEscape, .mtom, .warning,
            fr: "href de xop:Include est le Content-ID échappé",
            en: "href of xop:Include is the escaped Content-ID",
            source: "RFC 2392 2",
            advice: (
                "Échapper le Content-ID dans href, et là seulement.",
                "Escape the Content-ID in href, and only there."
            )),
        weight(
            .includeSiblings, .mtom, .violation,
            fr: "xop:Include est le seul contenu de son élément",
            en: "xop:Include is the only content of its element",
            source: "W3C XOP 1.0 3.2",
            advice: (
                "Ôter ce qui accompagne xop:Include.",
                "Remove what stands beside xop:Include."
            )),
        weight(
            .inlineBase64, .mtom, .warning,
            fr: "Un document voyage dans une partie, par xop:Include",
            en: "A document travels in a part, by xop:Include",
            source: "IHE ITI TF-2 Appendix V.3.2",
            advice: (
                "Mettre le document dans une partie binaire.",
                "Put the document in a binary part."
            )),
        weight(
            .inlineMalformed, .mtom, .violation,
            fr: "Le contenu d'un document est un xop:Include ou du base64",
            en: "The content of a document is an xop:Include or base64",
            source: "W3C XML Schema Part 2 3.2.16",
            advice: (
                "Corriger le base64, ou mettre le document dans une partie.",
                "Mend the base64, or put the document in a part."
            )),
        weight(
            .transferEncodingBase64, .mtom, .warning,
            fr: "Les parties voyagent en binaire",
            en: "Parts travel in binary",
            source: "W3C XOP 1.0 4.1; W3C MTOM 3.2",
            advice: (
                "Écrire les octets tels quels, avec Content-Transfer-Encoding: binary.",
                "Write the bytes as they are, with Content-Transfer-Encoding: binary."
            )),
    ]

    // The envelope and its addressing.
    private static let envelope: [Weight] = [
        weight(
            .emptyAnswer, .soap, .violation,
            fr: "Le message n'est pas vide",
            en: "The message is not empty",
            source: "W3C SOAP 1.2 Part 2 7.5",
            advice: (
                "Rendre une enveloppe SOAP, même en cas d'erreur.",
                "Give a SOAP envelope, even for an error."
            )),
        weight(
            .htmlAnswer, .soap, .violation,
            fr: "Le contenu est une enveloppe SOAP, non une page HTML",
            en: "The content is a SOAP envelope, not an HTML page",
            source: "W3C SOAP 1.2 Part 2 7.5",
            advice: (
                "Vérifier l'adresse du service : un serveur web ou un proxy a répondu à sa place.",
                "Check the address of the service: a web server or proxy answered in its place."
            )),
        weight(
            .notXML, .soap, .violation,
            fr: "L'enveloppe est du XML bien formé, sans DOCTYPE",
            en: "The envelope is well-formed XML without a DOCTYPE",
            source: "W3C SOAP 1.2 Part 1 5",
            advice: (
                "Corriger le XML à la ligne indiquée.",
                "Mend the XML at the line given."
            )),
        weight(
            .notEnvelope, .soap, .violation, capture: .warning,
            fr: "L'élément racine est soap:Envelope",
            en: "The root element is soap:Envelope",
            source: "W3C SOAP 1.2 Part 1 5.1",
            advice: (
                "Mettre le message dans une enveloppe SOAP 1.2.",
                "Put the message in a SOAP 1.2 envelope."
            )),
        weight(
            .soap11, .soap, .violation,
            fr: "L'enveloppe est en SOAP 1.2",
            en: "The envelope is SOAP 1.2",
            source: "IHE ITI TF-2 Appendix V.3.2",
            advice: (
                "Écrire l'espace de noms de SOAP 1.2.",
                "Write the namespace of SOAP 1.2."
            )),
        weight(
            .bodyAbsent, .soap, .violation,
            fr: "L'enveloppe a un Body",
            en: "The envelope has a Body",
            source: "W3C SOAP 1.2 Part 1 5.1",
            advice: (
                "Ajouter le Body.",
                "Add the Body."
            )),
        weight(
            .bodyEmpty, .soap, .violation,
            fr: "Le Body n'est pas vide",
            en: "The Body is not empty",
            source: "IHE ITI TF-2 Appendix V.3.2",
            advice: (
                "Mettre le message de la transaction dans le Body.",
                "Put the message of the transaction in the Body."
            )),
        weight(
            .bodySeveral, .soap, .violation,
            fr: "Le Body a un seul élément",
            en: "The Body has one element",
            source: "IHE ITI TF-2 Appendix V.3.2; WS-I Basic Profile 2.0",
            advice: (
                "Envoyer un message par enveloppe.",
                "Send one message in an envelope."
            )),
        weight(
            .headerOrder, .soap, .violation,
            fr: "Le Header précède le Body",
            en: "The Header comes before the Body",
            source: "W3C SOAP 1.2 Part 1 5.1",
            advice: (
                "Écrire le Header d'abord.",
                "Write the Header first."
            )),
        weight(
            .actionAbsent, .soap, .violation,
            fr: "L'en-tête a un wsa:Action",
            en: "The header has a wsa:Action",
            source: "WS-Addressing 1.0 Core 3.1; IHE ITI TF-2 Appendix V",
            advice: (
                "Ajouter wsa:Action.",
                "Add wsa:Action."
            )),
        weight(
            .messageIDAbsent, .soap, .violation, direction: .request,
            fr: "Une requête a un wsa:MessageID",
            en: "A request has a wsa:MessageID",
            source: "WS-Addressing 1.0 Core 3.4; IHE ITI TF-2 Appendix V",
            advice: (
                "Ajouter wsa:MessageID, nouveau à chaque message.",
                "Add wsa:MessageID, fresh for each message."
            )),
        weight(
            .messageIDForm, .soap, .violation, capture: .warning, direction: .request,
            fr: "wsa:MessageID d'une requête est un urn:uuid:",
            en: "wsa:MessageID of a request is a urn:uuid:",
            source: "IHE ITI TF-2 Appendix V; RFC 4122",
            advice: (
                "Écrire urn:uuid: et un UUID nouveau.",
                "Write urn:uuid: and a fresh UUID."
            )),
        weight(
            .toAbsent, .soap, .violation, direction: .request,
            fr: "Une requête a un wsa:To",
            en: "A request has a wsa:To",
            source: "IHE ITI TF-2 Appendix V",
            advice: (
                "Ajouter wsa:To avec l'adresse du service.",
                "Add wsa:To with the address of the service."
            )),
        weight(
            .addressingRepeated, .soap, .violation,
            fr: "Chaque propriété d'adressage figure une fois",
            en: "Each addressing property stands once",
            source: "WS-Addressing 1.0 Core 3.2",
            advice: (
                "Ôter la répétition.",
                "Remove the repetition."
            )),
        weight(
            .mustUnderstandUnqualified, .soap, .warning,
            fr: "mustUnderstand est dans l'espace de noms de SOAP",
            en: "mustUnderstand is in the namespace of SOAP",
            source: "W3C SOAP 1.2 Part 1 5.2.3",
            advice: (
                "Préfixer l'attribut : soap:mustUnderstand.",
                "Prefix the attribute: soap:mustUnderstand."
            )),
        weight(
            .mustUnderstandAbsent, .soap, .warning,
            fr: "wsa:Action porte soap:mustUnderstand",
            en: "wsa:Action bears soap:mustUnderstand",
            source: "IHE ITI TF-2 Appendix V",
            advice: (
                "Ajouter soap:mustUnderstand=\"true\" à wsa:Action.",
                "Add soap:mustUnderstand=\"true\" to wsa:Action."
            )),
        weight(
            .mustUnderstandValue, .soap, .violation,
            fr: "soap:mustUnderstand est un booléen",
            en: "soap:mustUnderstand is a boolean",
            source: "W3C SOAP 1.2 Part 1 5.2.3",
            advice: (
                "Écrire true ou 1.",
                "Write true or 1."
            )),
        weight(
            .relatesToAbsent, .soap, .violation, capture: .warning, direction: .response,
            fr: "Une réponse a un wsa:RelatesTo",
            en: "An answer has a wsa:RelatesTo",
            source: "WS-Addressing 1.0 Core 3.4; IHE ITI TF-2 Appendix V",
            advice: (
                "Ajouter wsa:RelatesTo avec le wsa:MessageID de la requête.",
                "Add wsa:RelatesTo with the wsa:MessageID of the request."
            )),
        weight(
            .relatesToOther, .soap, .violation, direction: .response,
            fr: "wsa:RelatesTo est le wsa:MessageID de la requête",
            en: "wsa:RelatesTo is the wsa:MessageID of the request",
            source: "WS-Addressing 1.0 Core 3.4; IHE ITI TF-2 Appendix V",
            advice: (
                "Recopier le wsa:MessageID de la requête.",
                "Copy the wsa:MessageID of the request."
            )),
    ]

    private static func weight(
        _ code: MessageFault.Code, _ layer: Layer, _ severity: Severity, capture: Severity? = nil,
        direction: Direction? = nil, fr: String, en: String, source: String, advice: (fr: String, en: String)
    ) -> Weight {
        Weight(
            code: code, layer: layer, direction: direction,
            descriptor: RuleDescriptor(
                "\(layer.rawValue).\(code.rawValue)", layer: layer.rawValue, severity, capture: capture, fr: fr, en: en,
                source: source),
            advice: LocalizedText(fr: advice.fr, en: advice.en))
    }
}
