public import DICOM
public import SOAP
public import XDS

/// A message that a transaction's rules look at.
public protocol MessageSubject: Sendable {
    /// The message.
    var message: SOAPMessage { get }
    /// The HTTP method by which it came; nil when it is not known.
    var httpMethod: String? { get }
}

/// Metadata that rules look at, whatever message holds them.
public protocol MetadataSubject: MessageSubject {
    /// The metadata.
    var submission: Submission { get }
    /// What they break of ebRIM and IHE.
    var metadataFaults: [MetadataFault] { get }
}

/// A certificate, as far as the rules of a submission look at it.
public struct CertificateFacts: Sendable, Hashable {
    /// The distinguished name of its subject, in the writing of RFC 2253.
    public var subject: String
    /// The life, in 14 digits of UTC.
    public var notBefore: String
    public var notAfter: String

    /// A certificate.
    public init(subject: String, notBefore: String, notAfter: String) {
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}

/// What stands around a submission: what the registry holds, what made the system send it.
public struct SubmissionContext: Sendable {
    /// What made a source publish.
    public struct Trigger: Sendable, Hashable {
        /// Whether a validated report had come before.
        public var hasValidatedReport: Bool
        /// The accession numbers of the exam in the PACS.
        public var accessions: [String]
        /// The patient's identifiers in the PACS: the local one, and the INS.
        public var patientIDs: [String]

        /// A trigger.
        public init(hasValidatedReport: Bool, accessions: [String] = [], patientIDs: [String] = []) {
            self.hasValidatedReport = hasValidatedReport
            self.accessions = accessions
            self.patientIDs = patientIDs
        }
    }

    /// Where codes are looked up.
    public var valueSets = ValueSetCatalogue.builtIn
    /// The entries that the registry held before; nil when not known.
    public var registered: [DocumentEntry]?
    /// The manifests that the registry holds, by uniqueId.
    public var registeredManifests: [String: KeyObjectSelection] = [:]
    /// The state of the identity in the HL7v2 message (PID-32); nil when not known.
    public var identityState: String?
    /// What made the source publish; nil when not known.
    public var trigger: Trigger?
    /// Reads a certificate in DER; nil when certificates cannot be read here.
    public var certificate: (@Sendable ([UInt8]) -> CertificateFacts?)?
    /// When signatures are judged, in 14 digits of UTC; nil: at the signing time that they say.
    public var time: String?
    /// The HTTP method of the request; nil when not known.
    public var httpMethod: String?
    /// Whether the metadata lie in an archive (XDM): no message, no signature of the submission.
    public var isArchive = false

    /// Nothing known.
    public init() {}
}

/// A submission (ITI-41, RAD-68): the message and what it means.
public struct SubmissionSubject: MetadataSubject {
    public let message: SOAPMessage
    public let request: ProvideAndRegisterRequest
    public let context: SubmissionContext
    public let metadataFaults: [MetadataFault]
    /// The reports that came with their entry.
    let deliveredReports: [DeliveredReport]
    /// The signatures of the submission set that came.
    let signatures: [SubmissionSignature]

    public var submission: Submission { request.submission }
    public var httpMethod: String? { context.httpMethod }

    /// A submission; nil when `message` holds no ProvideAndRegisterDocumentSetRequest.
    public init?(_ message: SOAPMessage, context: SubmissionContext = .init()) {
        guard let request = ProvideAndRegisterRequest(reading: message) else { return nil }
        self.message = message
        self.request = request
        self.context = context
        metadataFaults = request.submission.faults
        deliveredReports = DeliveredReport.all(in: request)
        signatures = SubmissionSignature.all(in: request)
    }
}
