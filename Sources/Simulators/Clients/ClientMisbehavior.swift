/// A scripted fault of a client of the DMP: told to show it, the source or the consumer breaks one rule and no other.
///
/// A scenario that waits for the client must fail, and name the requirement.
public enum ClientMisbehavior: String, Sendable, Hashable, CaseIterable, Comparable {
    case resendsAccepted = "source-resends-accepted"
    case recordsRefused = "source-records-refused-as-sent"
    case forgetsRefused = "source-forgets-refused"
    case repeatsKnown = "source-repeats-known-id"
    case neverRetries = "source-never-retries"
    case renamesOnRetry = "source-retries-under-new-id"
    case replacesByUniqueID = "source-replaces-by-unique-id"
    case withdrawsWithoutOriginal = "source-withdraws-without-original-status"
    case repeatsExistenceID = "consumer-repeats-existence-id"
    case skipsExistence = "consumer-skips-existence-check"
    case authorizesUnasked = "consumer-authorizes-unasked"
    case queriesClosed = "consumer-queries-closed-record"
    case queriesUnauthorized = "consumer-queries-without-access"
    case failsOnEmpty = "consumer-fails-on-empty-result"
    case assumesRepository = "consumer-assumes-repository"
    case needsCount = "consumer-needs-result-count"
    case refusesExtraSlots = "consumer-refuses-extra-slots"
    case showsWithdrawn = "consumer-shows-withdrawn"
    case hidesIncomplete = "consumer-hides-incomplete-exams"
    case mergesAccessions = "consumer-merges-accessions"
    case splitsExam = "consumer-splits-exam"
    case namesOtherResource = "consumer-vihf-of-other-patient"
    case refusesOlderCodes = "consumer-refuses-older-event-codes"
    case hidesTooMany = "consumer-hides-too-many-results"
    case ignoresRelatesTo = "consumer-ignores-relates-to"
    case needsOctetStream = "consumer-needs-octet-stream"
    case needsExactHeaders = "consumer-needs-exact-headers"
    case refusesInline = "consumer-refuses-inline-documents"
    case dropsPartial = "consumer-drops-partial-success"
    case acceptsBrokenManifest = "consumer-accepts-broken-manifest"
    case acceptsOtherPatient = "consumer-accepts-other-patient"
    case refusesImplicit = "consumer-refuses-implicit-syntax"
    case hidesReports = "consumer-hides-reports"
    case repeatsRequests = "consumer-repeats-document-requests"
    case trustsCache = "consumer-trusts-cache"

    /// In the order of their names.
    public static func < (left: ClientMisbehavior, right: ClientMisbehavior) -> Bool { left.rawValue < right.rawValue }

    /// The name on the command line.
    public var name: String { rawValue }
    /// `source` or `consumer`.
    public var actor: String { String(rawValue.prefix { $0 != "-" }) }
    /// The requirements that it breaks.
    public var breaks: [String] { description.breaks }

    /// Whether the messages of the client show it: else only a person can see it.
    public var isSeenOnWire: Bool { unseen == nil }

    /// Why the messages of the client do not show it; nil where they do.
    public var unseen: (french: String, english: String)? {
        switch self {
        case .failsOnEmpty:
            (
                "Rien n'est trouvé : bien ou mal reçu, rien n'est demandé ensuite ; seul l'écran le montre.",
                "Nothing is found: taken well or badly, nothing is asked next; the screen alone shows it."
            )
        case .splitsExam, .mergesAccessions, .hidesIncomplete:
            (
                "Le groupement des examens ne change aucun message ; seul l'écran le montre.",
                "The grouping of exams changes no message; the screen alone shows it."
            )
        case .hidesTooMany:
            (
                "Ce que le consommateur dit d'un résultat incomplet ne change aucun message.",
                "What the consumer says of an incomplete result changes no message."
            )
        case .needsOctetStream, .needsExactHeaders, .refusesInline, .dropsPartial, .acceptsBrokenManifest,
            .acceptsOtherPatient, .refusesImplicit, .hidesReports:
            (
                "Les documents sont déjà rendus : qu'ils soient ouverts ou refusés, le DMP ne reçoit plus rien.",
                "The documents were delivered already: opened or refused, the DMP receives nothing more."
            )
        default: nil
        }
    }

    /// What it does.
    public var description: Misbehavior.Description {
        let (requirement, french, english) = row
        return Misbehavior.Description([requirement], fr: french, en: english)
    }

    private var row: (String, String, String) {
        switch self {
        case .resendsAccepted:
            (
                "PNR-058", "La source renvoie un lot que le DMP a accepté.",
                "The source sends an accepted submission again."
            )
        case .recordsRefused:
            (
                "PNR-059", "La source note comme envoyé un lot refusé.",
                "The source records a refused submission as sent."
            )
        case .forgetsRefused:
            ("PNR-059", "La source ne garde pas un lot refusé.", "The source does not keep a refused submission.")
        case .repeatsKnown:
            (
                "PNR-060", "La source renvoie sans fin un lot que le DMP connaît déjà.",
                "The source sends a submission that the DMP knows already again and again."
            )
        case .neverRetries:
            (
                "PNR-061", "La source ne réessaie pas après une panne.",
                "The source does not try again after a breakdown."
            )
        case .renamesOnRetry:
            (
                "PNR-061", "La source réessaie sous un nouvel uniqueId.",
                "The source tries again under a new uniqueId."
            )
        case .replacesByUniqueID:
            (
                "QRY-019", "La source remplace sans chercher l'entryUUID.",
                "The source replaces without asking for the entryUUID."
            )
        case .withdrawsWithoutOriginal:
            ("UPD-003", "La source dépublie sans OriginalStatus.", "The source withdraws without OriginalStatus.")
        case .repeatsExistenceID:
            (
                "AUT-001", "Le consommateur répète l'identifiant de sa question.",
                "The consumer repeats the id of its question."
            )
        case .skipsExistence:
            (
                "AUT-002", "Le consommateur cherche sans demander si le dossier existe.",
                "The consumer queries without asking whether the record exists."
            )
        case .authorizesUnasked:
            (
                "AUT-003", "Le consommateur se donne accès sans l'acte de l'utilisateur.",
                "The consumer gives itself access without the user's act."
            )
        case .queriesClosed:
            ("N-AUT-01", "Le consommateur cherche dans un dossier fermé.", "The consumer queries a closed record.")
        case .queriesUnauthorized:
            ("N-AUT-02", "Le consommateur cherche sans y avoir accès.", "The consumer queries without access.")
        case .failsOnEmpty:
            ("QRY-011", "Le consommateur échoue quand rien n'est trouvé.", "The consumer fails when nothing is found.")
        case .assumesRepository:
            (
                "QRY-012", "Le consommateur ne lit pas le repositoryUniqueId des fiches.",
                "The consumer does not read the repositoryUniqueId of entries."
            )
        case .needsCount:
            (
                "QRY-013", "Le consommateur échoue sans totalResultCount.",
                "The consumer fails without totalResultCount."
            )
        case .refusesExtraSlots:
            ("QRY-014", "Le consommateur échoue sur un slot inconnu.", "The consumer fails on an unknown slot.")
        case .showsWithdrawn:
            (
                "QRY-015", "Le consommateur montre des fiches remplacées ou dépubliées.",
                "The consumer shows replaced or withdrawn entries."
            )
        case .splitsExam:
            (
                "QRY-016", "Le consommateur sépare le compte rendu de son KOS.",
                "The consumer parts the report from its KOS."
            )
        case .hidesIncomplete:
            (
                "QRY-017", "Le consommateur ne montre ni un examen sans compte rendu, ni un compte rendu sans KOS.",
                "The consumer shows neither an exam without report nor a report without KOS."
            )
        case .mergesAccessions:
            (
                "QRY-018", "Le consommateur réunit deux examens de même numéro et d'autorité différente.",
                "The consumer merges two exams of the same number and different authority."
            )
        case .namesOtherResource:
            (
                "QRY-020", "Le VIHF du consommateur est d'un autre patient que sa recherche.",
                "The VIHF of the consumer is of another patient than its query."
            )
        case .refusesOlderCodes:
            (
                "QRY-021", "Le consommateur ne lit pas l'ancienne écriture des codes.",
                "The consumer does not read the older writing of codes."
            )
        case .hidesTooMany:
            (
                "QRY-022", "Le consommateur ne dit pas que le résultat est incomplet.",
                "The consumer does not say that the result is incomplete."
            )
        case .ignoresRelatesTo:
            (
                "QRY-023", "Le consommateur prend la réponse à un autre message.",
                "The consumer takes the answer to another message."
            )
        case .needsOctetStream:
            (
                "RET-006", "Le consommateur ne lit que des parties application/octet-stream.",
                "The consumer reads parts of application/octet-stream only."
            )
        case .needsExactHeaders:
            (
                "RET-007", "Le consommateur ne lit pas des en-têtes en minuscules ni un boundary sans guillemets.",
                "The consumer reads neither header names in lower case nor an unquoted boundary."
            )
        case .refusesInline:
            (
                "RET-008", "Le consommateur ne lit pas un document en base64 dans l'enveloppe.",
                "The consumer does not read a document as base64 in the envelope."
            )
        case .dropsPartial:
            (
                "RET-009", "Le consommateur jette les documents d'un succès partiel.",
                "The consumer drops the documents of a partial success."
            )
        case .acceptsBrokenManifest:
            (
                "RET-010", "Le consommateur ne dit rien d'un KOS illisible.",
                "The consumer says nothing of an unreadable KOS."
            )
        case .acceptsOtherPatient:
            (
                "RET-011", "Le consommateur ouvre le KOS d'un autre patient.",
                "The consumer opens the KOS of another patient."
            )
        case .refusesImplicit:
            ("RET-012", "Le consommateur refuse un KOS en VR implicite.", "The consumer refuses a KOS of implicit VR.")
        case .hidesReports:
            ("RET-013", "Le consommateur ne montre pas le compte rendu.", "The consumer does not show the report.")
        case .repeatsRequests:
            (
                "RET-014", "Le consommateur demande deux fois le même document dans un message.",
                "The consumer asks for the same document twice in one message."
            )
        case .trustsCache:
            (
                "N-RET-05", "Le consommateur ouvre une fiche gardée sans la redemander.",
                "The consumer opens a kept entry without asking again."
            )
        }
    }
}
