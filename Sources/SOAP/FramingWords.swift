import HTTP

/// The French sentences for the faults of the multipart reader, whose own are English.
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

    /// The French sentence for the fault `code`.
    static func french(_ code: MultipartFault.Code) -> String? { sentences[code] }
}
