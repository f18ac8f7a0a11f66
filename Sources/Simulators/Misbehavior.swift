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
        guard let told = Self.ofSource[self] ?? Self.ofDMP[self] else {
            preconditionFailure("the fault \(rawValue) is not described")
        }
        return told
    }
}
