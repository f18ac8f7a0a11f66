internal import Checks
internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging
internal import SOAP
internal import Simulators
internal import XDS
internal import XML

/// A document that was sent or that came back.
struct HeldDocument: Sendable {
    /// `kos`, `cr`, or the uniqueId when its kind is not known.
    var name: String
    var uniqueID: String
    var repositoryUniqueID: String?
    var mimeType: String
    var bytes: [UInt8]
    /// Where it is in the evidence.
    var reference: EvidenceReference?
    /// Its element or part, for places.
    var place: EvidencePlace?
}

/// What a step did and saw: the proof that its expectations, and later steps, look at.
struct StepEvidence: Sendable {
    /// The request as it was meant, before it was sent.
    var request: HTTPRequest?
    /// Both messages; nil when no whole answer came.
    var exchange: HTTPExchange?
    /// SHA-256 of the head of the answer, as it is kept.
    var responseHeadDigest: String?
    /// Why no whole answer came.
    var failure: HTTPError?
    /// The message of the system under test, read as SOAP: its answer, or what it sent.
    var answer: SOAPMessage?
    /// What the system sent to a step that waits.
    var received: ReceivedMessage?
    /// All that the system sent since the scenario began, as far as a step that waits has seen.
    var history: [ReceivedMessage] = []
    /// The transaction that the step waited for.
    var awaited: String?
    /// The wsa:Action that a message which the step waited for must have.
    var requestAction: String?
    /// The wsa:MessageID of the request.
    var messageID: String?
    /// The response action that the transaction demands; several where two writings live.
    var responseActions: [String] = []
    /// The registry response of the answer.
    var registryResponse: RegistryResponse?
    /// The documents that were submitted.
    var submitted: [HeldDocument] = []
    /// The entries that were submitted, as they were sent.
    var submittedEntries: [DocumentEntry] = []
    /// The submission that was sent, read back from its bytes.
    var submission: SOAPMessage?
    /// The documents that were asked of a repository.
    var requestedDocuments: [DocumentRequest] = []
    /// The entries that came back.
    var entries: [DocumentEntry] = []
    /// How many objects and references of any kind came back.
    var foundObjects = 0
    /// The documents that came back.
    var documents: [HeldDocument] = []
    /// The images that came back.
    var images: ReceivedImages?
    /// The metadata that came back.
    var metadata: ReceivedMetadata?
    /// The frames that came back.
    var frames: ReceivedFrames?
    /// The manifest that the step works with.
    var manifest: Manifest?
    /// The report that the step works with.
    var report: Report?
    /// SHA-256 of the evidence in which an object stands, by the beginning of its name in findings: `CR`, `KOS`, `XDS`.
    var digests: [String: String] = [:]
    /// What was asked of RAD-69 or WADO-RS.
    var asked: AskedImages?
    /// The link that was opened.
    var link: ImageDisplayLink?

    /// The name of the body that holds the system's message, and its digest.
    var body: (name: String, sha256: String?) {
        received.map { ("request body", $0.request.body.sha256) } ?? ("response body", exchange?.response.body.sha256)
    }

    /// The header fields of the system's message.
    var headers: HTTPHeaders? { received?.request.headers ?? exchange?.response.headers }

    /// A report with its bytes.
    struct Report: Sendable {
        var bytes: [UInt8]
        var document: Document
        var reference: EvidenceReference?
    }

    /// A manifest with its bytes.
    struct Manifest: Sendable {
        var bytes: [UInt8]
        var file: DICOMFile
        var selection: KeyObjectSelection
        var reference: EvidenceReference?

        /// The manifest as the rules look at it.
        var subject: ManifestSubject { ManifestSubject(bytes: bytes, file: file) }
    }
}

/// What a step asked for: which instances, in which transfer syntaxes.
struct AskedImages: Sendable {
    var instances: [InstanceReference]
    var transferSyntaxes: [String]
    /// The URL of a WADO-RS request.
    var url: String?
}
