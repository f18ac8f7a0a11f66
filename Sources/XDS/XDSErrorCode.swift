/// A code of `rs:RegistryError`. Source: IHE ITI TF-3 table 4.2.4.1-2, IHE RAD TF-3 4.69.
public struct XDSErrorCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The code as it stands in `errorCode`.
    public let rawValue: String

    /// A code, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    private init(_ rawValue: String) { self.rawValue = rawValue }

    /// The code.
    public var description: String { rawValue }

    public static let missingDocument = Self("XDSMissingDocument")
    public static let missingDocumentMetadata = Self("XDSMissingDocumentMetadata")
    public static let repositoryError = Self("XDSRepositoryError")
    public static let registryError = Self("XDSRegistryError")
    public static let repositoryBusy = Self("XDSRepositoryBusy")
    public static let registryBusy = Self("XDSRegistryBusy")
    public static let repositoryOutOfResources = Self("XDSRepositoryOutOfResources")
    public static let registryOutOfResources = Self("XDSRegistryOutOfResources")
    public static let registryNotAvailable = Self("XDSRegistryNotAvailable")
    public static let repositoryMetadataError = Self("XDSRepositoryMetadataError")
    public static let registryMetadataError = Self("XDSRegistryMetadataError")
    public static let repositoryDuplicateUniqueIDInMessage = Self("XDSRepositoryDuplicateUniqueIdInMessage")
    public static let registryDuplicateUniqueIDInMessage = Self("XDSRegistryDuplicateUniqueIdInMessage")
    public static let duplicateUniqueIDInRegistry = Self("XDSDuplicateUniqueIdInRegistry")
    public static let nonIdenticalHash = Self("XDSNonIdenticalHash")
    public static let patientIDDoesNotMatch = Self("XDSPatientIdDoesNotMatch")
    public static let unknownPatientID = Self("XDSUnknownPatientId")
    public static let registryDeprecatedDocument = Self("XDSRegistryDeprecatedDocumentError")
    public static let unresolvedReference = Self("UnresolvedReferenceException")
    public static let extraMetadataNotSaved = Self("XDSExtraMetadataNotSaved")
    public static let invalidDocumentContent = Self("InvalidDocumentContent")
    public static let documentQueued = Self("DocumentQueued")
    public static let partialAppendContentNotProcessed = Self("PartialAppendContentNotProcessed")
    public static let partialFolderContentNotProcessed = Self("PartialFolderContentNotProcessed")
    public static let partialReplaceContentNotProcessed = Self("PartialReplaceContentNotProcessed")
    public static let partialTransformNotProcessed = Self("PartialTransformNotProcessed")
    public static let partialTransformReplaceNotProcessed = Self("PartialTransformReplaceNotProcessed")
    public static let unknownStoredQuery = Self("XDSUnknownStoredQuery")
    public static let storedQueryMissingParameter = Self("XDSStoredQueryMissingParam")
    public static let storedQueryParameterNumber = Self("XDSStoredQueryParamNumber")
    public static let tooManyResults = Self("XDSTooManyResults")
    public static let resultNotSinglePatient = Self("XDSResultNotSinglePatient")
    public static let unknownRepositoryID = Self("XDSUnknownRepositoryId")
    public static let documentUniqueIDError = Self("XDSDocumentUniqueIdError")
    public static let partialSuccess = Self("XDSPartialSuccess")
    public static let unknownCommunity = Self("XDSUnknownCommunity")
    public static let missingHomeCommunityID = Self("XDSMissingHomeCommunityId")
    public static let unavailableCommunity = Self("XDSUnavailableCommunity")
    public static let imagingRequestError = Self("XDSIRequestError")
    public static let imagingUnknownSource = Self("XDSIUnknownIdsUid")
    public static let metadataUpdateError = Self("XDSMetadataUpdateError")
    public static let metadataUpdateOperationError = Self("XDSMetadataUpdateOperationError")
    public static let metadataVersionError = Self("XDSMetadataVersionError")
    public static let patientIDReconciliationError = Self("XDSPatientIDReconciliationError")
    public static let unmodifiableMetadata = Self("UnmodifiableMetadataError")
    public static let localPolicyRestriction = Self("LocalPolicyRestrictionError")
    public static let metadataAnnotationError = Self("XDSMetadataAnnotationError")
    public static let metadataIdentifierError = Self("XDSMetadataIdentifierError")
    public static let referencesExist = Self("ReferencesExistException")
    public static let unreferencedObject = Self("XDSUnreferencedObjectException")
    public static let removeDocumentsError = Self("XDSRemoveDocumentsError")
    public static let objectTypeError = Self("XDSObjectTypeError")
    public static let invalidRequest = Self("XDSInvalidRequestException")

    /// Every code of the specifications, with the transactions whose answers may hold it.
    public static let all: [(code: XDSErrorCode, transactions: Set<String>)] = [
        (.missingDocument, ["ITI-41"]), (.missingDocumentMetadata, ["ITI-41"]),
        (.repositoryError, everywhere), (.registryError, everywhere),
        (.repositoryBusy, exchanges), (.registryBusy, exchanges),
        (.repositoryOutOfResources, ["ITI-41", "ITI-42", "ITI-18"]),
        (.registryOutOfResources, ["ITI-41", "ITI-42", "ITI-18"]),
        (.registryNotAvailable, ["ITI-41"]),
        (.repositoryMetadataError, submissions), (.registryMetadataError, submissions),
        (.repositoryDuplicateUniqueIDInMessage, submissions), (.registryDuplicateUniqueIDInMessage, submissions),
        (.duplicateUniqueIDInRegistry, submissions), (.nonIdenticalHash, submissions),
        (.patientIDDoesNotMatch, submissions), (.unknownPatientID, ["ITI-41", "ITI-42", "ITI-18"]),
        (.registryDeprecatedDocument, ["ITI-41"]), (.unresolvedReference, ["ITI-41", "ITI-57"]),
        (.extraMetadataNotSaved, submissions), (.invalidDocumentContent, ["ITI-41"]), (.documentQueued, ["ITI-41"]),
        (.partialAppendContentNotProcessed, ["ITI-41"]), (.partialFolderContentNotProcessed, ["ITI-41"]),
        (.partialReplaceContentNotProcessed, ["ITI-41"]), (.partialTransformNotProcessed, ["ITI-41"]),
        (.partialTransformReplaceNotProcessed, ["ITI-41"]),
        (.unknownStoredQuery, ["ITI-18"]), (.storedQueryMissingParameter, ["ITI-18"]),
        (.storedQueryParameterNumber, ["ITI-18"]), (.tooManyResults, ["ITI-18"]),
        (.resultNotSinglePatient, ["ITI-18"]),
        (.unknownRepositoryID, retrievals), (.documentUniqueIDError, retrievals), (.partialSuccess, ["ITI-43"]),
        (.unknownCommunity, ["ITI-18", "ITI-43"]), (.missingHomeCommunityID, ["ITI-18", "ITI-43"]),
        (.unavailableCommunity, ["ITI-18", "ITI-43"]),
        (.imagingRequestError, ["RAD-69"]), (.imagingUnknownSource, ["RAD-69", "RAD-75"]),
        (.metadataUpdateError, ["ITI-57"]), (.metadataUpdateOperationError, ["ITI-57"]),
        (.metadataVersionError, ["ITI-57"]), (.patientIDReconciliationError, ["ITI-57"]),
        (.unmodifiableMetadata, ["ITI-57"]), (.localPolicyRestriction, ["ITI-57"]),
        (.metadataAnnotationError, ["ITI-57"]), (.metadataIdentifierError, ["ITI-57"]),
        (.referencesExist, removals), (.unreferencedObject, removals), (.removeDocumentsError, removals),
        (.objectTypeError, removals), (.invalidRequest, removals),
    ]

    private static let submissions: Set<String> = ["ITI-41", "ITI-42"]
    private static let exchanges: Set<String> = ["ITI-41", "ITI-42", "ITI-18", "ITI-43"]
    private static let retrievals: Set<String> = ["ITI-43", "RAD-69"]
    private static let removals: Set<String> = ["ITI-62", "ITI-86"]
    private static let everywhere: Set<String> = [
        "ITI-41", "ITI-42", "ITI-18", "ITI-43", "ITI-57", "ITI-62", "ITI-86", "RAD-69",
    ]

    /// Whether the specifications know the code.
    public var isKnown: Bool { Self.all.contains { $0.code == self } }
}
