extension XDSErrorCode {
    /// What makes an actor answer with the code, in both languages. Source: IHE ITI TF-3 table 4.2.4.1-2.
    public struct Case: Sendable, Hashable {
        /// For a French reader.
        public let fr: String
        /// For an English reader.
        public let en: String
    }

    /// The case that yields the code; nil for a code that the specifications do not know.
    public var condition: Case? { Self.cases[self] }

    private static let cases: [XDSErrorCode: Case] = [
        .missingDocument: Case(fr: "une fiche n'a pas de Document", en: "an entry has no Document"),
        .missingDocumentMetadata: Case(fr: "un Document n'a pas de fiche", en: "a Document has no entry"),
        .repositoryError: Case(fr: "erreur interne de l'entrepôt", en: "internal error of the repository"),
        .registryError: Case(fr: "erreur interne du registre", en: "internal error of the registry"),
        .repositoryBusy: Case(fr: "l'entrepôt est trop sollicité", en: "too much activity of the repository"),
        .registryBusy: Case(fr: "le registre est trop sollicité", en: "too much activity of the registry"),
        .repositoryOutOfResources: Case(
            fr: "les ressources de l'entrepôt sont épuisées", en: "the repository's resources are exhausted"),
        .registryOutOfResources: Case(
            fr: "les ressources du registre sont épuisées", en: "the registry's resources are exhausted"),
        .registryNotAvailable: Case(
            fr: "l'entrepôt ne peut pas joindre le registre", en: "the repository cannot reach the registry"),
        .repositoryMetadataError: Case(
            fr: "l'entrepôt trouve des métadonnées absentes ou fausses (hash, size)",
            en: "the repository finds missing or wrong metadata (hash, size)"),
        .registryMetadataError: Case(
            fr: "le registre trouve des métadonnées absentes ou fausses : code, date, identifiant, UUID",
            en: "the registry finds missing or wrong metadata: code, date, identifier, UUID"),
        .repositoryDuplicateUniqueIDInMessage: Case(
            fr: "l'entrepôt trouve deux fois un uniqueId dans le message",
            en: "the repository finds a uniqueId twice in the message"),
        .registryDuplicateUniqueIDInMessage: Case(
            fr: "le registre trouve deux fois un uniqueId dans le message",
            en: "the registry finds a uniqueId twice in the message"),
        .duplicateUniqueIDInRegistry: Case(
            fr: "l'uniqueId est déjà connu", en: "the uniqueId is known already"),
        .nonIdenticalHash: Case(
            fr: "l'uniqueId est connu avec un autre hash ou une autre size",
            en: "the uniqueId is known with another hash or size"),
        .patientIDDoesNotMatch: Case(
            fr: "le patient d'une fiche n'est pas celui du lot de soumission",
            en: "the patient of an entry is not that of the submission set"),
        .unknownPatientID: Case(fr: "le patient n'est pas connu", en: "the patient is not known"),
        .registryDeprecatedDocument: Case(
            fr: "le document remplacé ou complété n'est pas Approved",
            en: "the document that is replaced or appended is not Approved"),
        .unresolvedReference: Case(
            fr: "la cible d'une association est inconnue", en: "the target of an association is not known"),
        .extraMetadataNotSaved: Case(
            fr: "les métadonnées supplémentaires ne sont pas gardées", en: "extra metadata are not kept"),
        .invalidDocumentContent: Case(
            fr: "le contenu du document n'est pas accepté", en: "the content of the document is not accepted"),
        .documentQueued: Case(
            fr: "le document est traité de façon asynchrone", en: "the document is processed asynchronously"),
        .partialAppendContentNotProcessed: Case(
            fr: "le destinataire ne traite pas les compléments", en: "the recipient does not process appended content"),
        .partialFolderContentNotProcessed: Case(
            fr: "le destinataire ne traite pas les classeurs", en: "the recipient does not process folders"),
        .partialReplaceContentNotProcessed: Case(
            fr: "le destinataire ne traite pas les remplacements", en: "the recipient does not process replacements"),
        .partialTransformNotProcessed: Case(
            fr: "le destinataire ne traite pas les transformations",
            en: "the recipient does not process transformations"),
        .partialTransformReplaceNotProcessed: Case(
            fr: "le destinataire ne traite pas les transformations avec remplacement",
            en: "the recipient does not process transformations that replace"),
        .unknownStoredQuery: Case(
            fr: "l'identifiant de la requête est inconnu", en: "the id of the query is not known"),
        .storedQueryMissingParameter: Case(
            fr: "un paramètre obligatoire de la requête manque", en: "a required parameter of the query is missing"),
        .storedQueryParameterNumber: Case(
            fr: "un paramètre à valeur unique est répété, ou deux s'excluent",
            en: "a parameter of one value is repeated, or two exclude each other"),
        .tooManyResults: Case(fr: "les résultats sont trop nombreux", en: "there are too many results"),
        .resultNotSinglePatient: Case(
            fr: "une requête Get en LeafClass trouve plusieurs patients",
            en: "a Get query with LeafClass finds several patients"),
        .unknownRepositoryID: Case(
            fr: "RepositoryUniqueId n'est pas celui de cet entrepôt",
            en: "RepositoryUniqueId is not that of this repository"),
        .documentUniqueIDError: Case(
            fr: "le document est inconnu ou ne peut pas être rendu",
            en: "the document is not known or cannot be returned"),
        .partialSuccess: Case(
            fr: "une partie seulement est rendue (ancienne écriture)", en: "only a part is returned (older writing)"),
        .unknownCommunity: Case(fr: "la communauté est inconnue", en: "the community is not known"),
        .missingHomeCommunityID: Case(fr: "homeCommunityId manque", en: "homeCommunityId is missing"),
        .unavailableCommunity: Case(
            fr: "la communauté ne peut pas être jointe", en: "the community cannot be reached"),
        .imagingRequestError: Case(
            fr: "la requête RAD-69 est mal formée : identifiants vides ou absents",
            en: "the RAD-69 request is malformed: empty or missing ids"),
        .imagingUnknownSource: Case(
            fr: "la passerelle ne connaît pas la source d'images", en: "the gateway does not know the imaging source"),
        .metadataUpdateError: Case(
            fr: "la mise à jour des métadonnées n'est pas acceptée", en: "the update of metadata is not accepted"),
        .metadataUpdateOperationError: Case(
            fr: "l'opération de mise à jour n'est pas possible : l'état d'origine n'est pas l'état courant",
            en: "the update operation is not possible: the original status is not the current one"),
        .metadataVersionError: Case(
            fr: "PreviousVersion n'est pas la version courante", en: "PreviousVersion is not the current version"),
        .patientIDReconciliationError: Case(
            fr: "la mise à jour change le patient de façon incohérente",
            en: "the update changes the patient incoherently"),
        .unmodifiableMetadata: Case(
            fr: "la mise à jour touche une métadonnée non modifiable",
            en: "the update touches metadata that cannot be modified"),
        .localPolicyRestriction: Case(
            fr: "une règle locale interdit l'opération", en: "a local policy forbids the operation"),
        .metadataAnnotationError: Case(
            fr: "l'annotation des métadonnées est mal formée", en: "the annotation of the metadata is malformed"),
        .metadataIdentifierError: Case(
            fr: "un identifiant des métadonnées est mal formé", en: "an identifier of the metadata is malformed"),
        .referencesExist: Case(
            fr: "l'objet à supprimer est encore référencé", en: "the object to delete is still referred to"),
        .unreferencedObject: Case(
            fr: "la suppression laisserait un objet orphelin", en: "the removal would leave an object without reference"
        ),
        .removeDocumentsError: Case(
            fr: "les documents ne peuvent pas être supprimés", en: "the documents cannot be removed"),
        .objectTypeError: Case(
            fr: "le type de l'objet ne convient pas à l'opération",
            en: "the type of the object does not fit the operation"),
        .invalidRequest: Case(fr: "la requête n'est pas valide", en: "the request is not valid"),
    ]
}
