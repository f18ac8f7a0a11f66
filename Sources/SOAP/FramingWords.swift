import HTTP

/// The French sentences for the faults of the multipart reader, whose own are English, and the values of each.
enum FramingWords {
    private static let sentences: [MultipartFault.Code: String] = [
        .boundaryMissing: "la limite (boundary) manque",
        .boundaryIllegal: "la limite (boundary) a une forme interdite",
        .boundaryNotFound: "la limite annoncée (boundary) ne figure pas dans le corps",
        .missingCloseDelimiter: "le délimiteur de fin manque",
        .lineEndsLF: "les lignes finissent par LF au lieu de CRLF",
        .indentedDelimiter: "le délimiteur est précédé de blancs",
        .delimiterText: "une ligne commence comme un délimiteur mais continue : elle est lue comme contenu",
        .indentedHeader: "les en-têtes de la partie sont précédés de blancs",
        .headerTooLarge: "les en-têtes de la partie sont trop longs",
        .malformedHeader: "une ligne d'en-tête de partie n'en est pas une",
        .noBlankLine: "la ligne vide entre en-têtes et contenu manque",
        .duplicateContentID: "deux parties portent le même Content-ID",
        .preamble: "du texte précède le premier délimiteur",
        .epilogue: "du texte suit le délimiteur de fin",
        .emptyPart: "la partie est vide",
        .noPart: "le délimiteur de fin vient sans aucune partie",
        .tooManyParts: "il y a trop de parties",
        .nested: "une partie est elle-même multipart",
        .unknownEncoding: "l'encodage de transfert est inconnu : le contenu est lu tel quel",
        .badEncoding: "le contenu n'est pas ce que dit son encodage de transfert",
    ]

    /// What RFC 2046 §5.1 and RFC 2387 ask, and what stands there instead, as they read on the wire.
    private static let values: [MultipartFault.Code: (expected: String, actual: String)] = [
        .boundaryMissing: ("boundary=…", "∅"),
        .boundaryIllegal: ("1 … 70 bchars", "≠"),
        .boundaryNotFound: ("--boundary", "∅"),
        .missingCloseDelimiter: ("--boundary--", "∅"),
        .lineEndsLF: ("CRLF", "LF"),
        .indentedDelimiter: ("CRLF --boundary", "CRLF SP --boundary"),
        .delimiterText: ("--boundary CRLF", "--boundary text"),
        .indentedHeader: ("Name: value", "SP Name: value"),
        .headerTooLarge: ("≤ 64 KiB", "> 64 KiB"),
        .malformedHeader: ("Name: value", "≠"),
        .noBlankLine: ("CRLF CRLF", "CRLF"),
        .duplicateContentID: ("1", "2"),
        .preamble: ("--boundary", "text"),
        .epilogue: ("--boundary-- CRLF", "text"),
        .emptyPart: ("> 0 bytes", "0 bytes"),
        .noPart: ("≥ 1 part", "0 parts"),
        .tooManyParts: ("≤ 100 000 parts", "> 100 000 parts"),
        .nested: ("application/octet-stream", "multipart/…"),
        .unknownEncoding: ("binary, 8bit, 7bit, base64, quoted-printable", "≠"),
        .badEncoding: ("RFC 2045 6.4 … 6.8", "≠"),
    ]

    /// What is asked and what was found, for the fault `code`.
    static func values(_ code: MultipartFault.Code) -> (expected: String, actual: String)? { values[code] }

    /// The French sentence for the fault `code`.
    static func french(_ code: MultipartFault.Code) -> String? { sentences[code] }
}
