extension Misbehavior {
    /// What the faults of the DMP are, and what they break.
    static let ofDMP: [Misbehavior: Description] = [
        .acceptsWrongHash: Description(
            ["N-PNR-05"], fr: "Le DMP accepte une soumission dont l'empreinte est fausse.",
            en: "The DMP accepts a submission whose hash is wrong."),
        .acceptsMissingDocument: Description(
            ["N-PNR-01"], fr: "Le DMP accepte une fiche dont le document manque.",
            en: "The DMP accepts an entry whose document is missing."),
        .acceptsOtherPatient: Description(
            ["N-PNR-08"], fr: "Le DMP accepte une fiche d'un autre patient que celui du lot.",
            en: "The DMP accepts an entry of another patient than that of the submission set."),
        .wrongErrorCode: Description(
            ["N-PNR-01", "N-PNR-05", "N-PNR-08"],
            fr: "Le DMP refuse toute soumission fautive par XDSRepositoryError.",
            en: "The DMP refuses every faulty submission with XDSRepositoryError."),
        .wrongResponseAction: Description(
            ["TF-SOAP-1"], fr: "La réponse du DMP porte l'action de la requête.",
            en: "The DMP's answer has the action of the request."),
        .relatesToMissing: Description(
            ["TF-SOAP-2"], fr: "La réponse du DMP n'a pas de wsa:RelatesTo.",
            en: "The DMP's answer has no wsa:RelatesTo."),
        .relatesToOther: Description(
            ["TF-SOAP-2"], fr: "wsa:RelatesTo de la réponse désigne un autre message.",
            en: "wsa:RelatesTo of the answer names another message."),
        .soap11: Description(
            ["TF-SOAP-1"], fr: "Le DMP répond par une enveloppe SOAP 1.1.",
            en: "The DMP answers with a SOAP 1.1 envelope."),
        .queryOmitsRepository: Description(
            ["TF-ITI18-2"], fr: "Les fiches rendues n'ont pas de repositoryUniqueId.",
            en: "The entries returned have no repositoryUniqueId."),
        .queryReturnsDeprecated: Description(
            ["TF-ITI18-1"], fr: "La recherche rend aussi des fiches remplacées, marquées Deprecated.",
            en: "The query also returns replaced entries, marked Deprecated."),
        .queryIgnoresReference: Description(
            ["TF-ITI18-3"], fr: "La recherche par référence rend toutes les fiches du patient.",
            en: "The query by reference returns all entries of the patient."),
        .queryIgnoresMissingParameter: Description(
            ["N-QRY-02"], fr: "Une recherche sans paramètre obligatoire est servie.",
            en: "A query without a required parameter is served."),
        .retrieveCorruptsDocument: Description(
            ["RET-003"], fr: "Un octet de chaque document rendu est changé.",
            en: "One byte of every document returned is changed."),
        .retrieveWrongMimeType: Description(
            ["RET-004"], fr: "Les documents rendus ont un autre type MIME que leur fiche.",
            en: "Documents come back with another media type than their entry."),
        .retrieveMissingClose: Description(
            ["TF-MTOM-1"], fr: "La réponse MTOM n'a pas de délimiteur de fin.",
            en: "The MTOM answer has no close delimiter."),
        .retrieveDanglingInclude: Description(
            ["TF-MTOM-1"], fr: "Un xop:Include désigne une partie absente.",
            en: "An xop:Include names a part that is not there."),
        .retrieveFailsWhole: Description(
            ["N-RET-03"], fr: "Un document inconnu fait échouer toute la demande.",
            en: "One unknown document fails the whole request."),
        .htmlErrorPage: Description(
            ["TF-SOAP-1"], fr: "Le DMP répond par une page d'erreur HTML.",
            en: "The DMP answers with an HTML error page."),
        .emptyAnswer: Description(
            ["TF-SOAP-1"], fr: "Le DMP répond 200 sans corps.", en: "The DMP answers 200 without a body."),
        .unknownStatus: Description(
            ["TF-ITI41-1", "TF-XSD-1"], fr: "Le statut de la réponse du DMP n'est pas un statut d'ebRS.",
            en: "The status of the DMP's answer is no status of ebRS."),
        .registersRefused: Description(
            ["TF-ITI41-2"], fr: "Le DMP refuse une soumission et l'enregistre quand même.",
            en: "The DMP refuses a submission and registers it all the same."),
        .queryChangesMetadata: Description(
            ["TF-ITI18-2"], fr: "Les fiches rendues ont un autre titre et un autre code que ceux soumis.",
            en: "The entries returned have another title and code than were submitted."),
        .retrieveRepeatsDocument: Description(
            ["RET-003"], fr: "Un document est rendu deux fois, l'autre manque.",
            en: "One document comes back twice, the other is missing."),
        .refusalWithDocuments: Description(
            ["N-RET-02"], fr: "Le DMP répond Failure à un document inconnu et en rend un autre.",
            en: "The DMP answers Failure for an unknown document and returns another one."),
        .acceptsMissingEntry: Description(
            ["N-PNR-02"],
            fr: "Le DMP accepte un document sans fiche.",
            en: "The DMP accepts a document without an entry."),
        .acceptsRepeatedID: Description(
            ["N-PNR-03"],
            fr: "Le DMP accepte deux fiches de même uniqueId dans un lot.",
            en: "The DMP accepts two entries with one uniqueId in a submission."),
        .acceptsKnownID: Description(
            ["N-PNR-04"],
            fr: "Le DMP accepte un uniqueId déjà enregistré.",
            en: "The DMP accepts a uniqueId that is registered already."),
        .acceptsWrongSize: Description(
            ["N-PNR-06"],
            fr: "Le DMP accepte une soumission dont la taille est fausse.",
            en: "The DMP accepts a submission whose size is wrong."),
        .acceptsUnknownPatient: Description(
            ["N-PNR-07"],
            fr: "Le DMP accepte un patient qu'il ne connaît pas.",
            en: "The DMP accepts a patient that it does not know."),
        .acceptsForeignCode: Description(
            ["N-PNR-09"],
            fr: "Le DMP accepte un classCode hors du jeu de valeurs.",
            en: "The DMP accepts a classCode outside the value set."),
        .acceptsMissingFormat: Description(
            ["N-PNR-10"],
            fr: "Le DMP accepte une fiche sans formatCode.",
            en: "The DMP accepts an entry without formatCode."),
        .acceptsBadTime: Description(
            ["N-PNR-11"],
            fr: "Le DMP accepte une date avec des lettres.",
            en: "The DMP accepts a time with letters."),
        .acceptsUnknownTarget: Description(
            ["N-PNR-12"],
            fr: "Le DMP accepte le remplacement d'une fiche inconnue.",
            en: "The DMP accepts the replacement of an unknown entry."),
        .replacesDeprecated: Description(
            ["N-PNR-13"],
            fr: "Le DMP accepte le remplacement d'une fiche déjà remplacée.",
            en: "The DMP accepts the replacement of an entry that was replaced already."),
        .acceptsRejectionNote: Description(
            ["N-PNR-14"],
            fr: "Le DMP accepte comme manifeste un KOS de rejet.",
            en: "The DMP accepts a rejection note as a manifest."),
        .acceptsBrokenPackage: Description(
            ["N-PNR-15"],
            fr: "Le DMP répond Success à un paquet MTOM illisible.",
            en: "The DMP answers Success to an unreadable MTOM package."),
        .acceptsUnknownAction: Description(
            ["N-PNR-16"],
            fr: "Le DMP sert un message dont l'action est inconnue.",
            en: "The DMP serves a message whose action is unknown."),
        .acceptsAlteredAssertion: Description(
            ["N-PNR-17", "N-SEC-01"],
            fr: "Le DMP accepte un VIHF non signé ou altéré.",
            en: "The DMP accepts a VIHF that is unsigned or altered."),
        .acceptsOtherResource: Description(
            ["N-PNR-18"],
            fr: "Le DMP accepte un VIHF d'un autre patient que le message.",
            en: "The DMP accepts a VIHF of another patient than the message."),
        .acceptsExpiredAssertion: Description(
            ["N-SEC-02"],
            fr: "Le DMP accepte un VIHF périmé.",
            en: "The DMP accepts an expired VIHF."),
        .acceptsMissingAssertion: Description(
            ["N-SEC-03"],
            fr: "Le DMP accepte un message sans VIHF.",
            en: "The DMP accepts a message without VIHF."),
        .acceptsAnyCertificate: Description(
            ["N-SEC-04"],
            fr: "Le DMP accepte une connexion sans certificat d'une autorité admise.",
            en: "The DMP accepts a connection without a certificate of an accepted authority."),
        .acceptsBrokenSignature: Description(
            ["N-PNR-19"],
            fr: "Le DMP accepte un KOS changé après la signature du lot.",
            en: "The DMP accepts a KOS that was changed after the submission was signed."),
        .acceptsMissingSignature: Description(
            ["N-PNR-20"],
            fr: "Le DMP accepte un lot sans fiche de signature.",
            en: "The DMP accepts a submission without a signature entry."),
        .servesUnknownQuery: Description(
            ["N-QRY-01"],
            fr: "Le DMP répond Success à une requête inconnue.",
            en: "The DMP answers Success to an unknown stored query."),
        .queryIgnoresRepetition: Description(
            ["N-QRY-03"],
            fr: "Le DMP sert une recherche dont un paramètre simple est répété.",
            en: "The DMP serves a query in which a single parameter is repeated."),
        .queryIgnoresChoice: Description(
            ["N-QRY-04"],
            fr: "GetDocuments est servi avec les deux identifiants ou sans aucun.",
            en: "GetDocuments is served with both ids or with none."),
        .queryIgnoresQuotes: Description(
            ["N-QRY-05"],
            fr: "Le DMP sert une recherche dont une valeur n'a pas d'apostrophes.",
            en: "The DMP serves a query in which a value has no quotes."),
        .queryIgnoresReturnType: Description(
            ["N-QRY-06"],
            fr: "Le DMP sert une recherche dont le returnType est inconnu.",
            en: "The DMP serves a query whose returnType is unknown."),
        .retrieveIgnoresRepository: Description(
            ["N-RET-01"],
            fr: "Le DMP rend un document demandé à un autre dépôt.",
            en: "The DMP returns a document that is asked of another repository."),
        .retrieveIgnoresUnknown: Description(
            ["N-RET-02"],
            fr: "Le DMP répond Success pour un document inconnu.",
            en: "The DMP answers Success for an unknown document."),
        .retrieveAcceptsNothing: Description(
            ["N-RET-04"],
            fr: "Le DMP répond Success à une demande sans document.",
            en: "The DMP answers Success to a request for no document."),
        .retrieveServesWithdrawn: Description(
            ["N-RET-05"],
            fr: "Le DMP rend un document dépublié.",
            en: "The DMP returns a withdrawn document."),
        .updatesUnknown: Description(
            ["N-UPD-01"],
            fr: "Le DMP accepte la dépublication d'une fiche inconnue.",
            en: "The DMP accepts the withdrawal of an unknown entry."),
        .updateIgnoresOriginalStatus: Description(
            ["N-UPD-02"],
            fr: "Le DMP dépublie malgré un OriginalStatus faux.",
            en: "The DMP withdraws in spite of a wrong OriginalStatus."),
        .inventsRecord: Description(
            ["N-AUT-01"],
            fr: "Le DMP dit ouvert un dossier fermé ou inexistant.",
            en: "The DMP says that a closed or absent record is open."),
        .grantsEverything: Description(
            ["N-AUT-02"],
            fr: "Le DMP dit valide une autorisation refusée.",
            en: "The DMP says that a refused authorisation is valid."),
    ]
}
