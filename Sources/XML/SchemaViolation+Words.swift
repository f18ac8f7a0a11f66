extension SchemaViolation {
    /// libxml2's sentence in French; one that is not known is quoted.
    public var french: String {
        let (subject, sentence) = parted
        guard !subject.isEmpty else { return "« \(message) »" }
        let told = Self.sentence(sentence)
        return "\(subject) : \(told)"
    }

    /// `élément X, attribut Y` and what is said of it; no subject where the sentence has another form.
    private var parted: (subject: String, sentence: String) {
        for (pattern, subject) in Self.subjects {
            guard let values = pattern.values(in: message), let sentence = values.last,
                values.dropLast().allSatisfy({ !$0.contains("'") })
            else { continue }
            return (XMLError.filled(subject, values.dropLast().map(Self.local)), sentence)
        }
        return ("", message)
    }

    private static func sentence(_ text: String) -> String {
        var text = text
        // The facet is named again by what follows.
        if let facet = facet.values(in: text), facet.count == 2, !facet[0].contains("'") { text = facet[1] }
        for (pattern, sentence) in sentences {
            if let values = pattern.values(in: text) { return XMLError.filled(sentence, values.map(locals)) }
        }
        return "« \(text) »"
    }

    private static let subjects: [(WordPattern, String)] = [
        (WordPattern("Element '*', attribute '*': *"), "élément %1, attribut %2"),
        (WordPattern("Element '*': *"), "élément %1"),
    ]

    private static let facet = WordPattern("[facet '*'] *")

    private static let sentences: [(WordPattern, String)] = [
        (
            "This element is not expected. Expected is one of ( * ).",
            "cet élément n'est pas attendu ici. Attendu, l'un de : %1."
        ),
        ("This element is not expected. Expected is ( * ).", "cet élément n'est pas attendu ici. Attendu : %1."),
        ("This element is not expected.", "cet élément n'est pas attendu ici."),
        (
            "Missing child element(s). Expected is one of ( * ).",
            "il manque un élément enfant. Attendu, l'un de : %1."
        ),
        ("Missing child element(s). Expected is ( * ).", "il manque un élément enfant. Attendu : %1."),
        ("Missing child element(s).", "il manque un élément enfant."),
        ("The attribute '*' is not allowed.", "l'attribut %1 n'est pas permis."),
        ("The attribute '*' is required but missing.", "l'attribut %1 est obligatoire et manque."),
        ("'*' is not a valid value of the atomic type '*'.", "« %1 » n'est pas une valeur du type %2."),
        ("'*' is not a valid value of the union type '*'.", "« %1 » n'est pas une valeur du type %2."),
        ("'*' is not a valid value of the list type '*'.", "« %1 » n'est pas une liste du type %2."),
        (
            "'*' is not a valid value of the local atomic type.", "« %1 » n'est pas une valeur du type de cet endroit."
        ),
        ("The value '*' is not an element of the set {*}.", "« %1 » n'est pas une valeur de l'ensemble {%2}."),
        ("The value '*' is not accepted by the pattern '*'.", "« %1 » n'est pas de la forme %2."),
        (
            "The value '*' has a length of '*'; this underruns the allowed minimum length of '*'.",
            "« %1 » a %2 caractères, moins que les %3 demandés."
        ),
        (
            "The value '*' has a length of '*'; this exceeds the allowed maximum length of '*'.",
            "« %1 » a %2 caractères, plus que les %3 permis."
        ),
        ("The value '*' is less than the minimum value allowed ('*').", "« %1 » est inférieur au minimum %2."),
        ("The value '*' is greater than the maximum value allowed ('*').", "« %1 » est supérieur au maximum %2."),
        (
            "The value '*' does not match the fixed value constraint '*'.",
            "« %1 » n'est pas la valeur fixée par le schéma : %2."
        ),
        (
            "Character content other than whitespace is not allowed because the content type is 'element-only'.",
            "du texte n'est pas permis ici : seuls des éléments le sont."
        ),
        (
            "Character content is not allowed, because the content type is empty.",
            "du texte n'est pas permis ici : l'élément est vide."
        ),
        (
            "Character content is not allowed, because the type definition is simple.",
            "ce contenu n'est pas permis ici : le type est simple."
        ),
        (
            "Element content is not allowed, because the content type is empty.",
            "aucun élément n'est permis ici : l'élément est vide."
        ),
        (
            "Element content is not allowed, because the type definition is simple.",
            "aucun élément n'est permis ici : le type est simple."
        ),
        (
            "Element content is not allowed, because the content type is a simple type definition.",
            "aucun élément n'est permis ici : le type est simple."
        ),
        (
            "No matching global declaration available for the validation root.",
            "le schéma ne connaît pas cet élément comme racine."
        ),
        (
            "No matching global element declaration available, but demanded by the strict wildcard.",
            "le schéma ne connaît pas cet élément."
        ),
        (
            "No matching global attribute declaration available, but demanded by the strict wildcard.",
            "le schéma ne connaît pas cet attribut."
        ),
        ("The element is not 'nillable'.", "l'élément ne peut pas être vide (xsi:nil)."),
        ("The type definition is abstract.", "le type est abstrait : xsi:type doit en nommer un autre."),
        (
            "The QName value '*' of the attribute 'xsi:type' does not resolve to a type definition.",
            "le type « %1 » (xsi:type) n'existe pas dans le schéma."
        ),
        (
            "The xsi:type definition '*', specified by xsi:type, is blocked or not validly derived from the type definition of the element declaration.",
            "le type %1 (xsi:type) n'est pas dérivé de celui de l'élément."
        ),
        ("Duplicate key-sequence [*] in unique identity-constraint '*'.", "la clé %1 est répétée (%2)."),
    ].map { (WordPattern($0.0), $0.1) }

    /// `{urn:hl7-org:v3}realm` is `realm` for people.
    private static func local(_ name: String) -> String {
        guard name.hasPrefix("{"), let end = name.lastIndex(of: "}") else { return name }
        return String(name[name.index(after: end)...])
    }

    /// The names of a list, each without its namespace.
    private static func locals(_ text: String) -> String {
        text.replacing(#/\{(?:urn|http)[^}\s]*\}/#, with: "")
    }
}
