extension XMLError {
    /// What was met, in English: libxml2's sentence, made plain where it is not.
    public var english: String {
        switch message {
        case "no name": "an '&' begins no reference to an entity: write &amp;"
        case "attributes construct error": "the attributes of an element are not parted by blanks"
        default: message
        }
    }

    /// What was met, in French; a sentence that is not known is quoted after what kind of fault it is.
    public var french: String {
        if let sentence = Self.fixed[message] { return sentence }
        for (pattern, sentence) in Self.patterns {
            if let values = pattern.values(in: message) { return Self.filled(sentence, values) }
        }
        return "\(Self.kinds[code] ?? "le texte n'est pas du XML bien formé") « \(message) »"
    }

    /// The sentence with its `%1`, `%2` replaced.
    static func filled(_ sentence: String, _ values: [String]) -> String {
        values.enumerated().reduce(sentence) { $0.replacing("%\($1.offset + 1)", with: $1.element) }
    }

    private static let fixed: [String: String] = [
        "no name": "un « & » ne commence aucune référence d'entité : écrire &amp;",
        "attributes construct error": "les attributs d'un élément ne sont pas séparés par un blanc",
        "EntityRef: expecting ';'": "une référence d'entité ne finit pas par « ; »",
        "Extra content at the end of the document": "du contenu suit l'élément racine",
        "StartTag: invalid element name": "un « < » n'est suivi d'aucun nom d'élément : écrire &lt;",
        "Start tag expected, '<' not found": "le document ne commence pas par une balise",
        "Unescaped '<' not allowed in attributes values": "un attribut contient « < » : écrire &lt;",
        "Sequence ']]>' not allowed in content": "le texte contient « ]]> »",
        "AttValue: \" or ' expected": "la valeur d'un attribut n'est pas entre guillemets",
        "AttValue: ' expected": "la valeur d'un attribut n'est pas fermée par un guillemet",
        "XML declaration allowed only at the start of the document":
            "la déclaration XML n'est permise qu'au tout début du document",
        "the document is empty": "le document est vide",
        "the document holds no XML: nothing but blanks": "le document ne contient que des blancs",
        "UTF-16 needs an even count of bytes": "de l'UTF-16 a un nombre pair d'octets",
        "half a surrogate pair in UTF-16": "une moitié de paire de substitution en UTF-16",
        "UTF-32 is not supported": "l'UTF-32 n'est pas lu", "EBCDIC is not supported": "l'EBCDIC n'est pas lu",
        "the document is not well-formed": "le document n'est pas bien formé",
    ]

    private static let patterns: [(WordPattern, String)] = [
        ("Opening and ending tag mismatch: * line * and *", "la balise fermante %3 ne ferme pas %1, ouvert ligne %2"),
        (
            "Namespace prefix * for * on * is not defined",
            "le préfixe %1 de l'attribut %2 (élément %3) n'est pas déclaré"
        ),
        ("Namespace prefix * on * is not defined", "le préfixe %1 de l'élément %2 n'est pas déclaré"),
        ("Premature end of data in tag * line *", "le document finit avant que %1, ouvert ligne %2, soit fermé"),
        ("Couldn't find end of Start Tag * line *", "la balise ouvrante %1, ligne %2, n'est pas fermée"),
        ("the character * is not allowed in XML", "le caractère %1 est interdit en XML"),
        ("invalid xmlChar value *", "le caractère numéro %1 est interdit en XML"),
        ("Namespaced Attribute * in '*' redefined", "l'attribut %1 de l'espace de noms %2 est répété"),
        ("Attribute * redefined", "l'attribut %1 est répété"),
        ("Entity '*' not defined", "l'entité %1 n'est pas définie : écrire le caractère lui-même"),
        ("Specification mandates value for attribute *", "l'attribut %1 n'a pas de valeur"),
        ("Double hyphen within comment*", "un commentaire contient « -- »"),
        ("Failed to parse QName '*'", "« %1 » n'est pas un nom qualifié"),
        (
            "a document type declaration (DOCTYPE '*') is not allowed",
            "une déclaration de type de document (DOCTYPE %1) n'est pas admise"
        ),
        ("the bytes * are not *", "les octets %1 ne sont pas de l'%2"),
        ("the encoding '*' is not known", "l'encodage %1 n'est pas connu"),
        ("the document has * bytes, more than the * allowed", "le document a %1 octets, plus que les %2 admis"),
        (
            "the document has more than the * bytes allowed, written in UTF-8",
            "le document a, en UTF-8, plus que les %1 octets admis"
        ),
        ("the elements are nested more than * deep", "les éléments sont imbriqués sur plus de %1 niveaux"),
        ("more than * namespaces are declared at once", "plus de %1 espaces de noms sont déclarés à la fois"),
        ("the document has more than * nodes", "le document a plus de %1 nœuds"),
        ("a name is longer than * bytes", "un nom dépasse %1 octets"),
        ("a text is longer than * bytes", "un texte dépasse %1 octets"),
    ].map { (WordPattern($0.0), $0.1) }

    private static let kinds: [Code: String] = [
        .namespace: "les espaces de noms ne sont pas justes", .encoding: "l'encodage n'est pas juste",
        .illegalCharacter: "un caractère est interdit en XML", .schema: "le schéma ne peut pas être utilisé",
        .unreadable: "le fichier ne peut pas être lu", .tooManyAttributes: "un élément a trop d'attributs",
    ]
}

/// A sentence with gaps (`*`), and what stands in them.
struct WordPattern: Sendable {
    private let pieces: [Substring]

    init(_ text: String) { pieces = text.split(separator: "*", omittingEmptySubsequences: false) }

    /// What stands in the gaps of `text`, each as short as can be, the last up to the end; nil where it is another sentence.
    func values(in text: String) -> [String]? {
        guard let first = pieces.first, text.hasPrefix(first) else { return nil }
        var rest = text.dropFirst(first.count)
        var values: [String] = []
        for (index, piece) in pieces.enumerated().dropFirst() {
            if index == pieces.count - 1 {
                guard rest.hasSuffix(piece) else { return nil }
                values.append(String(rest.dropLast(piece.count)))
            } else {
                guard let range = rest.firstRange(of: piece) else { return nil }
                values.append(String(rest[..<range.lowerBound]))
                rest = rest[range.upperBound...]
            }
        }
        return values
    }
}
