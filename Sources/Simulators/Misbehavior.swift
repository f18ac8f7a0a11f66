/// A scripted fault: told to show it, the reference system breaks one rule and no other.
///
/// A conformance run against it must fail, and name the requirement.
public enum Misbehavior: String, Sendable, Hashable, CaseIterable, Comparable {
    case acceptsWrongHash = "dmp-accepts-wrong-hash"
    case acceptsMissingDocument = "dmp-accepts-missing-document"
    case acceptsOtherPatient = "dmp-accepts-other-patient"
    case wrongErrorCode = "dmp-wrong-error-code"
    case wrongResponseAction = "dmp-soap-action-response-wrong"
    case relatesToMissing = "dmp-relates-to-missing"
    case relatesToOther = "dmp-relates-to-other"
    case soap11 = "dmp-soap-11-envelope"
    case queryOmitsRepository = "dmp-query-omits-repository-unique-id"
    case queryReturnsDeprecated = "dmp-query-returns-deprecated"
    case queryIgnoresReference = "dmp-query-ignores-reference-id"
    case queryIgnoresMissingParameter = "dmp-query-ignores-missing-parameter"
    case retrieveCorruptsDocument = "dmp-retrieve-corrupts-document"
    case retrieveWrongMimeType = "dmp-retrieve-wrong-mime-type"
    case retrieveMissingClose = "dmp-retrieve-missing-close-delimiter"
    case retrieveDanglingInclude = "dmp-retrieve-dangling-include"
    case retrieveFailsWhole = "dmp-retrieve-fails-whole-request"
    case htmlErrorPage = "dmp-html-error-page"
    case emptyAnswer = "dmp-empty-answer"
    case unknownStatus = "dmp-unknown-status"
    case registersRefused = "dmp-registers-refused"
    case queryChangesMetadata = "dmp-query-changes-metadata"
    case retrieveRepeatsDocument = "dmp-retrieve-repeats-document"
    case refusalWithDocuments = "dmp-refusal-with-documents"
    case acceptsMissingEntry = "dmp-accepts-document-without-entry"
    case acceptsRepeatedID = "dmp-accepts-unique-id-twice"
    case acceptsKnownID = "dmp-accepts-known-unique-id"
    case acceptsWrongSize = "dmp-accepts-wrong-size"
    case acceptsUnknownPatient = "dmp-accepts-unknown-patient"
    case acceptsForeignCode = "dmp-accepts-foreign-class-code"
    case acceptsMissingFormat = "dmp-accepts-missing-format-code"
    case acceptsBadTime = "dmp-accepts-bad-time"
    case acceptsUnknownTarget = "dmp-accepts-unknown-target"
    case replacesDeprecated = "dmp-replaces-deprecated"
    case acceptsRejectionNote = "dmp-accepts-rejection-note"
    case acceptsBrokenPackage = "dmp-accepts-broken-package"
    case acceptsUnknownAction = "dmp-accepts-unknown-action"
    case acceptsAlteredAssertion = "dmp-accepts-altered-assertion"
    case acceptsOtherResource = "dmp-accepts-other-resource-id"
    case acceptsExpiredAssertion = "dmp-accepts-expired-assertion"
    case acceptsMissingAssertion = "dmp-accepts-missing-assertion"
    case acceptsAnyCertificate = "dmp-accepts-any-certificate"
    case acceptsBrokenSignature = "dmp-accepts-broken-signature"
    case acceptsMissingSignature = "dmp-accepts-missing-signature"
    case servesUnknownQuery = "dmp-query-serves-unknown"
    case queryIgnoresRepetition = "dmp-query-ignores-repetition"
    case queryIgnoresChoice = "dmp-query-ignores-id-choice"
    case queryIgnoresQuotes = "dmp-query-ignores-quotes"
    case queryIgnoresReturnType = "dmp-query-ignores-return-type"
    case retrieveIgnoresRepository = "dmp-retrieve-ignores-repository"
    case retrieveIgnoresUnknown = "dmp-retrieve-ignores-unknown"
    case retrieveAcceptsNothing = "dmp-retrieve-accepts-empty-request"
    case retrieveServesWithdrawn = "dmp-retrieve-serves-withdrawn"
    case updatesUnknown = "dmp-update-accepts-unknown-target"
    case updateIgnoresOriginalStatus = "dmp-update-ignores-original-status"
    case inventsRecord = "dmp-existence-invents-record"
    case grantsEverything = "dmp-authorization-grants-everything"
    case rad69DropsInstance = "source-rad69-drops-instance-silently"
    case rad69WrongTransferSyntax = "source-rad69-wrong-transfer-syntax"
    case rad69WrongErrorCode = "source-rad69-wrong-error-code"
    case rad69TruncatedPixels = "source-rad69-truncated-pixels"
    case rad69OtherPatient = "source-rad69-other-patient"
    case rad69WrongEncoding = "source-rad69-transfer-syntax-lie"
    case rad69OtherRepository = "source-rad69-other-repository"
    case rad69IgnoresRepository = "source-rad69-ignores-repository"
    case rad69UnknownAsSuccess = "source-rad69-unknown-as-success"
    case rad69IgnoresSeries = "source-rad69-ignores-series"
    case rad69IgnoresStudy = "source-rad69-ignores-study"
    case rad69RefusalWithImages = "source-rad69-refusal-with-images"
    case rad69AcceptsEmptyUIDs = "source-rad69-accepts-empty-uids"
    case rad69MalformedAsUnknown = "source-rad69-malformed-as-unknown"
    case rad69AcceptsEmptyRequest = "source-rad69-accepts-empty-request"
    case rad69SkipsMissingIDs = "source-rad69-skips-missing-ids"
    case rad69IgnoresRepetition = "source-rad69-ignores-repetition"
    case rad69DefaultSyntax = "source-rad69-default-transfer-syntax"
    case rad69ServesStoredSyntax = "source-rad69-serves-stored-syntax"
    case rad69FailsWhole = "source-rad69-fails-whole-request"
    case rad69PartialAsSuccess = "source-rad69-partial-as-success"
    case rad69IgnoresAction = "source-rad69-ignores-action"
    case rad69HTMLFault = "source-rad69-html-fault"
    case rad69IgnoresHome = "source-rad69-ignores-home-community"
    case rad69ErrorWithoutLocation = "source-rad69-error-without-location"
    case rad69ErrorWithoutContext = "source-rad69-error-without-context"
    case rad69RepeatsInstance = "source-rad69-repeats-instance"
    case rad69IgnoresNamespaces = "source-rad69-ignores-namespaces"
    case rad69AcceptsBrokenPackage = "source-rad69-accepts-broken-package"
    case rad69RefusesPackage = "source-rad69-refuses-mtom-request"
    case rad69AcceptsSOAP11 = "source-rad69-accepts-soap-11"
    case rad69PlainAnswer = "source-rad69-answers-without-mtom"
    case rad69WrongMimeType = "source-rad69-wrong-mime-type"
    case rad69NoPixels = "source-rad69-no-pixels"
    case rad69WrongMeta = "source-rad69-file-meta-of-other-instance"
    case rad69UnaskedInstance = "source-rad69-adds-unasked-instance"
    case rad69ErrorAsWarning = "source-rad69-error-as-warning"
    case wadoIgnoresToken = "source-wado-no-authorization-check"
    case wadoIgnoresManifest = "source-wado-no-manifest-check"
    case wadoPartWithoutSyntax = "source-wado-part-without-transfer-syntax"
    case wadoTruncated = "source-wado-truncated-multipart"
    case wadoMissingInstance = "source-wado-missing-instance"
    case wadoNoINS = "source-wado-no-ins-item"
    case wadoOtherSeries = "source-wado-instance-of-other-series"
    case wadoInstanceTwice = "source-wado-instance-twice"
    case wadoOtherPatient = "source-wado-other-patient"
    case wadoOtherBirthDate = "source-wado-other-birth-date"
    case wadoTruncatedPixels = "source-wado-truncated-pixels"
    case wadoNoPixels = "source-wado-no-pixels"
    case wadoWrongEncoding = "source-wado-transfer-syntax-lie"
    case wadoWrongMeta = "source-wado-file-meta-of-other-instance"
    case wadoWrongClass = "source-wado-other-sop-class"
    case wadoAnyScheme = "source-wado-accepts-other-scheme"
    case wadoInactiveToken = "source-wado-accepts-inactive-token"
    case wadoNoAccept = "source-wado-serves-without-accept"
    case wadoNoSyntax = "source-wado-ignores-missing-transfer-syntax"
    case wadoNoWeight = "source-wado-ignores-missing-weight"
    case wadoNoBoundary = "source-wado-ignores-missing-boundary"
    case wadoNoManifest = "source-wado-serves-without-manifest"
    case wadoReplacedManifest = "source-wado-accepts-replaced-manifest"
    case wadoOtherManifest = "source-wado-accepts-manifest-of-other-study"
    case wadoUnknownSeries = "source-wado-serves-unlisted-series"
    case wadoNotAcceptable = "source-wado-ignores-accept"
    case wadoAnswersPost = "source-wado-answers-post"
    case wadoMalformedUID = "source-wado-fails-on-malformed-uid"
    case wadoStudyDropsSeries = "source-wado-study-without-last-series"
    case wadoInstanceAsSeries = "source-wado-instance-as-series"
    case wadoFrameTruncated = "source-wado-frame-truncated"
    case wadoFrameAsFile = "source-wado-frame-as-file"
    case wadoMetadataIncomplete = "source-wado-metadata-without-last-instance"
    case wadoMetadataWithPixels = "source-wado-metadata-with-pixels"
    case wadoIgnoresWhitelist = "source-wado-ignores-whitelist"
    case sourceAnyCertificate = "source-accepts-any-certificate"
    case linkIgnoresDocument = "source-link-ignores-idCDA"
    case linkIgnoresParameters = "source-link-accepts-missing-parameter"
    case linkOpensOther = "source-link-opens-other-study"
    case linkIgnoresRequestType = "source-link-ignores-request-type"
    case linkCaseSensitive = "source-link-case-sensitive"
    case linkOlderOpensOther = "source-link-older-report-opens-other-study"
    case linkIgnoresStudy = "source-link-ignores-study"
    case linkIgnoresAccession = "source-link-ignores-accession"
    case linkOpensWithdrawn = "source-link-opens-withdrawn"
    case linkReflects = "source-link-reflects-parameters"
    case linkStripsCharacters = "source-link-strips-characters"
    case linkWithoutLogin = "source-link-opens-without-login"
    case linkForbids = "source-link-forbids-instead-of-login"
    case linkLoginWithoutState = "source-link-login-without-state"
    case linkShowsOthers = "source-link-shows-other-studies"
    case manifestWrongStudy = "kos-wrong-study-uid"
    case manifestWrongPatient = "kos-other-patient"

    /// In the order of their names.
    public static func < (left: Misbehavior, right: Misbehavior) -> Bool { left.rawValue < right.rawValue }

    /// What the fault is, for people, and what it breaks.
    public struct Description: Sendable, Hashable {
        public let french: String
        public let english: String
        /// The requirements that a run finds broken.
        public let breaks: [String]

        init(_ breaks: [String], fr french: String, en english: String) {
            self.breaks = breaks
            self.french = french
            self.english = english
        }
    }

    /// The name on the command line.
    public var name: String { rawValue }
    /// `dmp`, `source` or `kos`.
    public var actor: String { String(rawValue.prefix { $0 != "-" }) }
    /// The requirements that it breaks.
    public var breaks: [String] { description.breaks }

    /// What it does.
    public var description: Description {
        if let told = Self.ofSource[self] { return told }
        return switch self {
        case .acceptsWrongHash:
            Description(
                ["N-PNR-05"], fr: "Le DMP accepte une soumission dont l'empreinte est fausse.",
                en: "The DMP accepts a submission whose hash is wrong.")
        case .acceptsMissingDocument:
            Description(
                ["N-PNR-01"], fr: "Le DMP accepte une fiche dont le document manque.",
                en: "The DMP accepts an entry whose document is missing.")
        case .acceptsOtherPatient:
            Description(
                ["N-PNR-08"], fr: "Le DMP accepte une fiche d'un autre patient que celui du lot.",
                en: "The DMP accepts an entry of another patient than that of the submission set.")
        case .wrongErrorCode:
            Description(
                ["N-PNR-01", "N-PNR-05", "N-PNR-08"],
                fr: "Le DMP refuse toute soumission fautive par XDSRepositoryError.",
                en: "The DMP refuses every faulty submission with XDSRepositoryError.")
        case .wrongResponseAction:
            Description(
                ["TF-SOAP-1"], fr: "La réponse du DMP porte l'action de la requête.",
                en: "The DMP's answer has the action of the request.")
        case .relatesToMissing:
            Description(
                ["TF-SOAP-2"], fr: "La réponse du DMP n'a pas de wsa:RelatesTo.",
                en: "The DMP's answer has no wsa:RelatesTo.")
        case .relatesToOther:
            Description(
                ["TF-SOAP-2"], fr: "wsa:RelatesTo de la réponse désigne un autre message.",
                en: "wsa:RelatesTo of the answer names another message.")
        case .soap11:
            Description(
                ["TF-SOAP-1"], fr: "Le DMP répond par une enveloppe SOAP 1.1.",
                en: "The DMP answers with a SOAP 1.1 envelope.")
        case .queryOmitsRepository:
            Description(
                ["TF-ITI18-2"], fr: "Les fiches rendues n'ont pas de repositoryUniqueId.",
                en: "The entries returned have no repositoryUniqueId.")
        case .queryReturnsDeprecated:
            Description(
                ["TF-ITI18-1"], fr: "La recherche rend aussi des fiches remplacées, marquées Deprecated.",
                en: "The query also returns replaced entries, marked Deprecated.")
        case .queryIgnoresReference:
            Description(
                ["TF-ITI18-3"], fr: "La recherche par référence rend toutes les fiches du patient.",
                en: "The query by reference returns all entries of the patient.")
        case .queryIgnoresMissingParameter:
            Description(
                ["N-QRY-02"], fr: "Une recherche sans paramètre obligatoire est servie.",
                en: "A query without a required parameter is served.")
        case .retrieveCorruptsDocument:
            Description(
                ["RET-003"], fr: "Un octet de chaque document rendu est changé.",
                en: "One byte of every document returned is changed.")
        case .retrieveWrongMimeType:
            Description(
                ["RET-004"], fr: "Les documents rendus ont un autre type MIME que leur fiche.",
                en: "Documents come back with another media type than their entry.")
        case .retrieveMissingClose:
            Description(
                ["TF-MTOM-1"], fr: "La réponse MTOM n'a pas de délimiteur de fin.",
                en: "The MTOM answer has no close delimiter.")
        case .retrieveDanglingInclude:
            Description(
                ["TF-MTOM-1"], fr: "Un xop:Include désigne une partie absente.",
                en: "An xop:Include names a part that is not there.")
        case .retrieveFailsWhole:
            Description(
                ["N-RET-03"], fr: "Un document inconnu fait échouer toute la demande.",
                en: "One unknown document fails the whole request.")
        case .htmlErrorPage:
            Description(
                ["TF-SOAP-1"], fr: "Le DMP répond par une page d'erreur HTML.",
                en: "The DMP answers with an HTML error page.")
        case .emptyAnswer:
            Description(
                ["TF-SOAP-1"], fr: "Le DMP répond 200 sans corps.", en: "The DMP answers 200 without a body.")
        case .unknownStatus:
            Description(
                ["TF-ITI41-1", "TF-XSD-1"], fr: "Le statut de la réponse du DMP n'est pas un statut d'ebRS.",
                en: "The status of the DMP's answer is no status of ebRS.")
        case .registersRefused:
            Description(
                ["TF-ITI41-2"], fr: "Le DMP refuse une soumission et l'enregistre quand même.",
                en: "The DMP refuses a submission and registers it all the same.")
        case .queryChangesMetadata:
            Description(
                ["TF-ITI18-2"], fr: "Les fiches rendues ont un autre titre et un autre code que ceux soumis.",
                en: "The entries returned have another title and code than were submitted.")
        case .retrieveRepeatsDocument:
            Description(
                ["RET-003"], fr: "Un document est rendu deux fois, l'autre manque.",
                en: "One document comes back twice, the other is missing.")
        case .refusalWithDocuments:
            Description(
                ["N-RET-02"], fr: "Le DMP répond Failure à un document inconnu et en rend un autre.",
                en: "The DMP answers Failure for an unknown document and returns another one.")
        case .acceptsMissingEntry:
            Description(
                ["N-PNR-02"],
                fr: "Le DMP accepte un document sans fiche.",
                en: "The DMP accepts a document without an entry.")
        case .acceptsRepeatedID:
            Description(
                ["N-PNR-03"],
                fr: "Le DMP accepte deux fiches de même uniqueId dans un lot.",
                en: "The DMP accepts two entries with one uniqueId in a submission.")
        case .acceptsKnownID:
            Description(
                ["N-PNR-04"],
                fr: "Le DMP accepte un uniqueId déjà enregistré.",
                en: "The DMP accepts a uniqueId that is registered already.")
        case .acceptsWrongSize:
            Description(
                ["N-PNR-06"],
                fr: "Le DMP accepte une soumission dont la taille est fausse.",
                en: "The DMP accepts a submission whose size is wrong.")
        case .acceptsUnknownPatient:
            Description(
                ["N-PNR-07"],
                fr: "Le DMP accepte un patient qu'il ne connaît pas.",
                en: "The DMP accepts a patient that it does not know.")
        case .acceptsForeignCode:
            Description(
                ["N-PNR-09"],
                fr: "Le DMP accepte un classCode hors du jeu de valeurs.",
                en: "The DMP accepts a classCode outside the value set.")
        case .acceptsMissingFormat:
            Description(
                ["N-PNR-10"],
                fr: "Le DMP accepte une fiche sans formatCode.",
                en: "The DMP accepts an entry without formatCode.")
        case .acceptsBadTime:
            Description(
                ["N-PNR-11"],
                fr: "Le DMP accepte une date avec des lettres.",
                en: "The DMP accepts a time with letters.")
        case .acceptsUnknownTarget:
            Description(
                ["N-PNR-12"],
                fr: "Le DMP accepte le remplacement d'une fiche inconnue.",
                en: "The DMP accepts the replacement of an unknown entry.")
        case .replacesDeprecated:
            Description(
                ["N-PNR-13"],
                fr: "Le DMP accepte le remplacement d'une fiche déjà remplacée.",
                en: "The DMP accepts the replacement of an entry that was replaced already.")
        case .acceptsRejectionNote:
            Description(
                ["N-PNR-14"],
                fr: "Le DMP accepte comme manifeste un KOS de rejet.",
                en: "The DMP accepts a rejection note as a manifest.")
        case .acceptsBrokenPackage:
            Description(
                ["N-PNR-15"],
                fr: "Le DMP répond Success à un paquet MTOM illisible.",
                en: "The DMP answers Success to an unreadable MTOM package.")
        case .acceptsUnknownAction:
            Description(
                ["N-PNR-16"],
                fr: "Le DMP sert un message dont l'action est inconnue.",
                en: "The DMP serves a message whose action is unknown.")
        case .acceptsAlteredAssertion:
            Description(
                ["N-PNR-17", "N-SEC-01"],
                fr: "Le DMP accepte un VIHF non signé ou altéré.",
                en: "The DMP accepts a VIHF that is unsigned or altered.")
        case .acceptsOtherResource:
            Description(
                ["N-PNR-18"],
                fr: "Le DMP accepte un VIHF d'un autre patient que le message.",
                en: "The DMP accepts a VIHF of another patient than the message.")
        case .acceptsExpiredAssertion:
            Description(
                ["N-SEC-02"],
                fr: "Le DMP accepte un VIHF périmé.",
                en: "The DMP accepts an expired VIHF.")
        case .acceptsMissingAssertion:
            Description(
                ["N-SEC-03"],
                fr: "Le DMP accepte un message sans VIHF.",
                en: "The DMP accepts a message without VIHF.")
        case .acceptsAnyCertificate:
            Description(
                ["N-SEC-04"],
                fr: "Le DMP accepte une connexion sans certificat d'une autorité admise.",
                en: "The DMP accepts a connection without a certificate of an accepted authority.")
        case .acceptsBrokenSignature:
            Description(
                ["N-PNR-19"],
                fr: "Le DMP accepte un KOS changé après la signature du lot.",
                en: "The DMP accepts a KOS that was changed after the submission was signed.")
        case .acceptsMissingSignature:
            Description(
                ["N-PNR-20"],
                fr: "Le DMP accepte un lot sans fiche de signature.",
                en: "The DMP accepts a submission without a signature entry.")
        case .servesUnknownQuery:
            Description(
                ["N-QRY-01"],
                fr: "Le DMP répond Success à une requête inconnue.",
                en: "The DMP answers Success to an unknown stored query.")
        case .queryIgnoresRepetition:
            Description(
                ["N-QRY-03"],
                fr: "Le DMP sert une recherche dont un paramètre simple est répété.",
                en: "The DMP serves a query in which a single parameter is repeated.")
        case .queryIgnoresChoice:
            Description(
                ["N-QRY-04"],
                fr: "GetDocuments est servi avec les deux identifiants ou sans aucun.",
                en: "GetDocuments is served with both ids or with none.")
        case .queryIgnoresQuotes:
            Description(
                ["N-QRY-05"],
                fr: "Le DMP sert une recherche dont une valeur n'a pas d'apostrophes.",
                en: "The DMP serves a query in which a value has no quotes.")
        case .queryIgnoresReturnType:
            Description(
                ["N-QRY-06"],
                fr: "Le DMP sert une recherche dont le returnType est inconnu.",
                en: "The DMP serves a query whose returnType is unknown.")
        case .retrieveIgnoresRepository:
            Description(
                ["N-RET-01"],
                fr: "Le DMP rend un document demandé à un autre dépôt.",
                en: "The DMP returns a document that is asked of another repository.")
        case .retrieveIgnoresUnknown:
            Description(
                ["N-RET-02"],
                fr: "Le DMP répond Success pour un document inconnu.",
                en: "The DMP answers Success for an unknown document.")
        case .retrieveAcceptsNothing:
            Description(
                ["N-RET-04"],
                fr: "Le DMP répond Success à une demande sans document.",
                en: "The DMP answers Success to a request for no document.")
        case .retrieveServesWithdrawn:
            Description(
                ["N-RET-05"],
                fr: "Le DMP rend un document dépublié.",
                en: "The DMP returns a withdrawn document.")
        case .updatesUnknown:
            Description(
                ["N-UPD-01"],
                fr: "Le DMP accepte la dépublication d'une fiche inconnue.",
                en: "The DMP accepts the withdrawal of an unknown entry.")
        case .updateIgnoresOriginalStatus:
            Description(
                ["N-UPD-02"],
                fr: "Le DMP dépublie malgré un OriginalStatus faux.",
                en: "The DMP withdraws in spite of a wrong OriginalStatus.")
        case .inventsRecord:
            Description(
                ["N-AUT-01"],
                fr: "Le DMP dit ouvert un dossier fermé ou inexistant.",
                en: "The DMP says that a closed or absent record is open.")
        case .grantsEverything:
            Description(
                ["N-AUT-02"],
                fr: "Le DMP dit valide une autorisation refusée.",
                en: "The DMP says that a refused authorisation is valid.")
        case _:
            preconditionFailure("the fault \(rawValue) is not described")
        }
    }
}
