extension Misbehavior {
    /// What the faults of the imaging source and of its manifest are, and what they break.
    static let ofSource: [Misbehavior: Description] = [
        .rad69DropsInstance: Description(
            ["IDS-009", "IDS-013"], fr: "La source omet une instance en RAD-69 et répond Success.",
            en: "The source leaves out an instance in RAD-69 and answers Success."),
        .rad69WrongTransferSyntax: Description(
            ["IDS-011"], fr: "La source rend en RAD-69 une syntaxe de transfert non demandée.",
            en: "The source returns in RAD-69 a transfer syntax that was not asked for."),
        .rad69WrongErrorCode: Description(
            ["N-IDS-01", "N-IDS-02", "N-IDS-03", "N-IDS-04", "N-IDS-07", "N-IDS-09"],
            fr: "La source refuse en RAD-69 par XDSRepositoryError.",
            en: "The source refuses in RAD-69 with XDSRepositoryError."),
        .rad69TruncatedPixels: Description(
            ["IDS-010"], fr: "Les images rendues en RAD-69 perdent la fin de leurs pixels.",
            en: "The images returned in RAD-69 lose the end of their pixels."),
        .rad69OtherPatient: Description(
            ["IDS-012"], fr: "Les images rendues en RAD-69 sont d'un autre patient.",
            en: "The images returned in RAD-69 are of another patient."),
        .rad69WrongEncoding: Description(
            ["IDS-011"], fr: "Les images rendues en RAD-69 se disent compressées et ne le sont pas.",
            en: "The images returned in RAD-69 say that they are compressed, and are not."),
        .rad69OtherRepository: Description(
            ["IDS-009"], fr: "La réponse RAD-69 porte un autre RepositoryUniqueId que la demande.",
            en: "The RAD-69 answer has another RepositoryUniqueId than the request."),
        .rad69IgnoresRepository: Description(
            ["N-IDS-01"], fr: "La source rend en RAD-69 une instance demandée à un autre dépôt.",
            en: "The source returns in RAD-69 an instance that is asked of another repository."),
        .rad69UnknownAsSuccess: Description(
            ["N-IDS-02"], fr: "La source répond Success en RAD-69 pour une instance inconnue.",
            en: "The source answers Success in RAD-69 for an unknown instance."),
        .rad69IgnoresSeries: Description(
            ["N-IDS-02"], fr: "La source rend en RAD-69 une instance demandée dans une autre série.",
            en: "The source returns in RAD-69 an instance that is asked in another series."),
        .rad69IgnoresStudy: Description(
            ["N-IDS-02"], fr: "La source rend en RAD-69 une instance demandée dans une autre étude.",
            en: "The source returns in RAD-69 an instance that is asked in another study."),
        .rad69RefusalWithImages: Description(
            ["N-IDS-02"], fr: "La source refuse toute la demande RAD-69 et rend une image.",
            en: "The source refuses the whole RAD-69 request and returns an image."),
        .rad69AcceptsEmptyUIDs: Description(
            ["N-IDS-03"], fr: "La source sert en RAD-69 une étude ou une série sans UID.",
            en: "The source serves in RAD-69 a study or a series without a UID."),
        .rad69MalformedAsUnknown: Description(
            ["N-IDS-03", "N-IDS-04"],
            fr: "La source refuse une demande RAD-69 mal formée par XDSDocumentUniqueIdError.",
            en: "The source refuses a malformed RAD-69 request with XDSDocumentUniqueIdError."),
        .rad69AcceptsEmptyRequest: Description(
            ["N-IDS-04"], fr: "La source répond Success à une demande RAD-69 sans étude, sans série ou sans instance.",
            en: "The source answers Success to a RAD-69 request without study, series or instance."),
        .rad69SkipsMissingIDs: Description(
            ["N-IDS-04"], fr: "La source passe en RAD-69 sur une instance sans identifiant et rend les autres.",
            en: "The source passes in RAD-69 over an instance without id and returns the others."),
        .rad69IgnoresRepetition: Description(
            ["N-IDS-04"], fr: "La source sert en RAD-69 une instance dont un identifiant est répété.",
            en: "The source serves in RAD-69 an instance of which an id is repeated."),
        .rad69DefaultSyntax: Description(
            ["N-IDS-05"], fr: "La source sert une demande RAD-69 sans syntaxe de transfert.",
            en: "The source serves a RAD-69 request without transfer syntax."),
        .rad69ServesStoredSyntax: Description(
            ["N-IDS-06"],
            fr: "La source rend en RAD-69 la syntaxe archivée quand elle ne sait produire aucune de celles demandées.",
            en: "The source returns in RAD-69 the stored syntax where it can make none of those asked for."),
        .rad69FailsWhole: Description(
            ["N-IDS-07"], fr: "Une instance inconnue fait échouer toute la demande RAD-69.",
            en: "One unknown instance fails the whole RAD-69 request."),
        .rad69PartialAsSuccess: Description(
            ["N-IDS-07"], fr: "La source répond Success en RAD-69 bien qu'une instance manque.",
            en: "The source answers Success in RAD-69 although an instance is missing."),
        .rad69IgnoresAction: Description(
            ["N-IDS-08"], fr: "La source sert en RAD-69 un message d'une autre action.",
            en: "The source serves in RAD-69 a message of another action."),
        .rad69HTMLFault: Description(
            ["N-IDS-08"], fr: "La source répond à une action inconnue par une page HTML.",
            en: "The source answers an unknown action with an HTML page."),
        .rad69IgnoresHome: Description(
            ["N-IDS-09"], fr: "La source rend en RAD-69 une instance demandée à une autre communauté.",
            en: "The source returns in RAD-69 an instance that is asked of another community."),
        .rad69ErrorWithoutLocation: Description(
            ["IDS-014"], fr: "Les erreurs RAD-69 ne disent pas quelle instance manque.",
            en: "The RAD-69 errors do not say which instance is missing."),
        .rad69ErrorWithoutContext: Description(
            ["IDS-014"], fr: "Les erreurs RAD-69 n'ont pas d'explication.",
            en: "The RAD-69 errors have no explanation."),
        .rad69RepeatsInstance: Description(
            ["IDS-009"], fr: "La première instance demandée en RAD-69 est rendue deux fois.",
            en: "The first instance that is asked in RAD-69 comes twice."),
        .rad69IgnoresNamespaces: Description(
            ["TF-RAD69-1"], fr: "La source sert une demande RAD-69 dont les espaces de noms sont faux.",
            en: "The source serves a RAD-69 request whose namespaces are wrong."),
        .rad69AcceptsBrokenPackage: Description(
            ["TF-RAD69-2"], fr: "La source répond Success à un message RAD-69 illisible.",
            en: "The source answers Success to an unreadable RAD-69 message."),
        .rad69RefusesPackage: Description(
            ["TF-RAD69-3"], fr: "La source refuse une demande RAD-69 transmise en MTOM/XOP.",
            en: "The source refuses a RAD-69 request that travels in MTOM/XOP."),
        .rad69AcceptsSOAP11: Description(
            ["TF-RAD69-2"], fr: "La source sert une demande RAD-69 en SOAP 1.1.",
            en: "The source serves a RAD-69 request in SOAP 1.1."),
        .rad69PlainAnswer: Description(
            ["IDS-007"], fr: "La réponse RAD-69 porte les images en base64, sans MTOM.",
            en: "The RAD-69 answer holds the images in base64, without MTOM."),
        .rad69WrongMimeType: Description(
            ["IDS-010"], fr: "Les images rendues en RAD-69 se disent application/octet-stream.",
            en: "The images returned in RAD-69 say that they are application/octet-stream."),
        .rad69NoPixels: Description(
            ["IDS-010"], fr: "Les images rendues en RAD-69 n'ont pas de pixels.",
            en: "The images returned in RAD-69 have no pixels."),
        .rad69WrongMeta: Description(
            ["IDS-012"], fr: "Les méta-informations des images rendues en RAD-69 désignent une autre instance.",
            en: "The file meta information of the images returned in RAD-69 names another instance."),
        .rad69UnaskedInstance: Description(
            ["IDS-009"], fr: "La source ajoute en RAD-69 une instance que personne n'a demandée.",
            en: "The source adds in RAD-69 an instance that nobody asked for."),
        .rad69ErrorAsWarning: Description(
            ["IDS-014", "N-IDS-07"], fr: "Les erreurs RAD-69 sont de gravité Warning.",
            en: "The RAD-69 errors are of severity Warning."),
        .wadoIgnoresToken: Description(
            ["N-WRS-01"], fr: "La source sert des images sans jeton.",
            en: "The source serves images without a token."),
        .wadoIgnoresManifest: Description(
            ["N-WRS-08"], fr: "La source sert des images pour un KOS inconnu.",
            en: "The source serves images for an unknown KOS."),
        .wadoPartWithoutSyntax: Description(
            ["WRS-011"], fr: "Le Content-Type des parties n'a pas de transfer-syntax.",
            en: "The Content-Type of the parts has no transfer-syntax."),
        .wadoTruncated: Description(
            ["WRS-010", "WRS-012"], fr: "La réponse WADO-RS est coupée au milieu d'une image.",
            en: "The WADO-RS answer is cut in the middle of an image."),
        .wadoMissingInstance: Description(
            ["WRS-012"], fr: "La dernière instance du KOS manque dans la réponse WADO-RS.",
            en: "The last instance of the KOS is missing in the WADO-RS answer."),
        .wadoNoINS: Description(
            ["WRS-016"], fr: "Les images n'ont pas l'INS dans (0010,1002).",
            en: "The images do not have the INS in (0010,1002)."),
        .wadoOtherSeries: Description(
            ["WRS-013"], fr: "Les images servies disent être d'une autre série.",
            en: "The images served say that they are of another series."),
        .wadoInstanceTwice: Description(
            ["WRS-012"], fr: "Une instance est servie deux fois en WADO-RS, à la place d'une autre.",
            en: "An instance is served twice in WADO-RS, in the stead of another."),
        .wadoOtherPatient: Description(
            ["WRS-016", "XCK-001"], fr: "Les images servies en WADO-RS portent l'INS d'un autre patient.",
            en: "The images served in WADO-RS have the INS of another patient."),
        .wadoOtherBirthDate: Description(
            ["XCK-007"], fr: "Les images servies en WADO-RS portent une autre date de naissance.",
            en: "The images served in WADO-RS have another birth date."),
        .wadoTruncatedPixels: Description(
            ["WRS-011"], fr: "Les images servies en WADO-RS perdent la fin de leurs pixels.",
            en: "The images served in WADO-RS lose the end of their pixels."),
        .wadoNoPixels: Description(
            ["WRS-011"], fr: "Les images servies en WADO-RS n'ont pas de pixels.",
            en: "The images served in WADO-RS have no pixels."),
        .wadoWrongEncoding: Description(
            ["WRS-011"], fr: "Les images servies en WADO-RS se disent compressées et ne le sont pas.",
            en: "The images served in WADO-RS say that they are compressed, and are not."),
        .wadoWrongMeta: Description(
            ["WRS-013"], fr: "Les méta-informations des images servies en WADO-RS désignent une autre instance.",
            en: "The file meta information of the images served in WADO-RS names another instance."),
        .wadoWrongClass: Description(
            ["XCK-013"], fr: "Les images servies en WADO-RS sont d'une autre classe que dans le KOS.",
            en: "The images served in WADO-RS are of another class than in the KOS."),
        .wadoAnyScheme: Description(
            ["N-WRS-01"], fr: "La source sert des images à qui s'authentifie autrement que par Bearer.",
            en: "The source serves images to who authenticates otherwise than by Bearer."),
        .wadoInactiveToken: Description(
            ["N-WRS-02"], fr: "La source sert des images pour un jeton inactif.",
            en: "The source serves images for an inactive token."),
        .wadoNoAccept: Description(
            ["N-WRS-03"], fr: "La source sert des images sans Accept.",
            en: "The source serves images without Accept."),
        .wadoNoSyntax: Description(
            ["N-WRS-04"], fr: "La source sert des images quand Accept ne nomme pas de syntaxe de transfert.",
            en: "The source serves images where Accept names no transfer syntax."),
        .wadoNoWeight: Description(
            ["N-WRS-05"], fr: "La source sert des images quand Accept n'a pas de q.",
            en: "The source serves images where Accept has no q."),
        .wadoNoBoundary: Description(
            ["N-WRS-06"], fr: "La source sert des images quand Accept n'a pas de boundary.",
            en: "The source serves images where Accept has no boundary."),
        .wadoNoManifest: Description(
            ["N-WRS-07"], fr: "La source sert des images sans KOS-SOPInstanceUID.",
            en: "The source serves images without KOS-SOPInstanceUID."),
        .wadoReplacedManifest: Description(
            ["N-WRS-08"], fr: "La source sert des images pour un KOS remplacé.",
            en: "The source serves images for a replaced KOS."),
        .wadoOtherManifest: Description(
            ["N-WRS-09"], fr: "La source sert des images pour le KOS d'une autre étude.",
            en: "The source serves images for the KOS of another study."),
        .wadoUnknownSeries: Description(
            ["N-WRS-10"], fr: "La source sert une série que le KOS ne mentionne pas.",
            en: "The source serves a series that the KOS does not list."),
        .wadoNotAcceptable: Description(
            ["N-WRS-13"], fr: "La source sert du DICOM à qui n'accepte que image/png.",
            en: "The source serves DICOM to who accepts image/png alone."),
        .wadoAnswersPost: Description(
            ["N-WRS-14"], fr: "La source sert des images en réponse à POST ou PUT.",
            en: "The source serves images in answer to POST or PUT."),
        .wadoMalformedUID: Description(
            ["N-WRS-15"], fr: "Un UID mal formé fait tomber la source (500).",
            en: "A malformed UID makes the source fail (500)."),
        .wadoStudyDropsSeries: Description(
            ["WRS-019"], fr: "La route de l'étude ne rend pas la dernière série.",
            en: "The route of the study does not return the last series."),
        .wadoInstanceAsSeries: Description(
            ["WRS-020"], fr: "La route d'une instance rend toute sa série.",
            en: "The route of an instance returns its whole series."),
        .wadoFrameTruncated: Description(
            ["WRS-021"], fr: "La route des trames rend des trames coupées.",
            en: "The route of frames returns truncated frames."),
        .wadoFrameAsFile: Description(
            ["WRS-021"], fr: "La route des trames rend des fichiers DICOM.",
            en: "The route of frames returns DICOM files."),
        .wadoMetadataIncomplete: Description(
            ["TF-WADO-1"], fr: "Les métadonnées ne décrivent pas la dernière instance.",
            en: "The metadata do not describe the last instance."),
        .wadoMetadataWithPixels: Description(
            ["TF-WADO-1"], fr: "Les métadonnées contiennent les pixels.",
            en: "The metadata hold the pixels."),
        .wadoIgnoresWhitelist: Description(
            ["N-WRS-11"], fr: "La source sert un client dont le certificat n'est pas dans la liste blanche.",
            en: "The source serves a client whose certificate is not in the whitelist."),
        .sourceAnyCertificate: Description(
            ["N-WRS-12"], fr: "La source accepte une connexion sans certificat client.",
            en: "The source accepts a connection without a client certificate."),
        .linkIgnoresDocument: Description(
            ["N-LNK-02"], fr: "Le lien s'ouvre avec l'idCDA d'un autre compte rendu.",
            en: "The link opens with the idCDA of another report."),
        .linkIgnoresParameters: Description(
            ["N-LNK-04"], fr: "Le lien s'ouvre bien qu'un paramètre manque.",
            en: "The link opens although a parameter is missing."),
        .linkOpensOther: Description(
            ["LNK-005"], fr: "Le lien ouvre une autre étude que la sienne.",
            en: "The link opens another study than its own."),
        .linkIgnoresRequestType: Description(
            ["LNK-003"], fr: "Le lien s'ouvre quel que soit requestType.",
            en: "The link opens whatever its requestType."),
        .linkCaseSensitive: Description(
            ["LNK-004"], fr: "Le lien ne s'ouvre pas si un nom de paramètre est écrit dans une autre casse.",
            en: "The link does not open where the name of a parameter is written in another case."),
        .linkOlderOpensOther: Description(
            ["LNK-006"], fr: "Le lien d'une version antérieure du compte rendu ouvre une autre étude.",
            en: "The link of an older version of the report opens another study."),
        .linkIgnoresStudy: Description(
            ["N-LNK-01"], fr: "Le lien s'ouvre bien que l'étude soit inconnue.",
            en: "The link opens although the study is unknown."),
        .linkIgnoresAccession: Description(
            ["N-LNK-03"], fr: "Le lien s'ouvre avec un autre numéro d'accession.",
            en: "The link opens with another accession number."),
        .linkOpensWithdrawn: Description(
            ["N-LNK-05"], fr: "Le lien ouvre une étude dépubliée.",
            en: "The link opens a withdrawn study."),
        .linkReflects: Description(
            ["N-LNK-06"], fr: "La page de refus répète le paramètre sans l'échapper.",
            en: "The page of the refusal repeats the parameter unescaped."),
        .linkStripsCharacters: Description(
            ["N-LNK-06"], fr: "Le lien s'ouvre après retrait des caractères interdits d'un paramètre.",
            en: "The link opens after the illegal characters of a parameter are taken away."),
        .linkWithoutLogin: Description(
            ["LNK-001"], fr: "Le lien ouvre l'examen sans demander de se connecter.",
            en: "The link opens the exam without asking to log in."),
        .linkForbids: Description(
            ["LNK-001"], fr: "Sans session, le lien est refusé au lieu de mener à la connexion.",
            en: "Without a session the link is refused, where it should lead to the login."),
        .linkLoginWithoutState: Description(
            ["SEC-018"], fr: "La demande d'autorisation à Pro Santé Connect n'a pas de state.",
            en: "The authorization request to Pro Santé Connect has no state."),
        .linkShowsOthers: Description(
            ["LNK-002"], fr: "La visionneuse montre une autre étude à côté de celle du lien.",
            en: "The viewer shows another study beside that of the link."),
        .manifestWrongStudy: Description(
            ["XCK-002"], fr: "Le KOS de la source désigne une autre étude.",
            en: "The KOS of the source names another study."),
        .manifestWrongPatient: Description(
            ["XCK-001"], fr: "Le KOS de la source est d'un autre patient.",
            en: "The KOS of the source is of another patient."),
    ]
}
