public import Conformance
public import DICOM
public import HTTP
public import Imaging
public import Signatures
public import XDS
public import XML

/// What a manifest does not show by itself; a rule that needs what is not known does not run.
public struct ManifestContext: Sendable {
    /// The profiles that the manifest is judged by: where the national rules are left out, those of DICOM say what they said.
    public var profile: JudgementProfile
    /// The manifest that this one replaces.
    public var previous: KeyObjectSelection?
    /// The national list of domains.
    public var domains: Whitelist?
    /// What the platform is for: `production`, `test` or `demonstration`.
    public var usage: String?
    /// SOP Instance UIDs that the source's rejection notes (IHE IOCM) name.
    public var rejected: Set<String>?

    /// A context; what is not known stays nil.
    public init(
        profile: JudgementProfile = .dim, previous: KeyObjectSelection? = nil, domains: Whitelist? = nil,
        usage: String? = nil, rejected: Set<String>? = nil
    ) {
        self.profile = profile
        self.previous = previous
        self.domains = domains
        self.usage = usage
        self.rejected = rejected
    }
}

/// A KOS manifest, as the rules look at it.
public struct ManifestSubject: Sendable {
    /// The bytes of the file.
    public let bytes: [UInt8]
    public let file: DICOMFile
    public let selection: KeyObjectSelection
    /// What is known beside the file.
    public var context: ManifestContext

    /// A manifest that was read from `bytes`.
    public init(bytes: [UInt8], file: DICOMFile, context: ManifestContext = ManifestContext()) {
        self.bytes = bytes
        self.file = file
        self.context = context
        selection = KeyObjectSelection(file)
    }
}

/// An imaging report, as the rules look at it.
public struct ReportSubject: Sendable {
    public let document: Document
    public let reading: ImagingReport

    /// A report; nil when `document` is no CDA.
    public init?(_ document: Document) {
        guard let reading = ImagingReport(document) else { return nil }
        self.document = document
        self.reading = reading
    }
}

/// An instance by its three UIDs.
public struct InstanceReference: Sendable, Hashable {
    public var study: String
    public var series: String
    public var instance: String
    /// The class that the manifest gives it; nil when not known.
    public var sopClass: String?
    /// The repository that it was asked of, by RAD-69; nil when not known.
    public var repository: String?

    /// A reference.
    public init(
        study: String, series: String, instance: String, sopClass: String? = nil, repository: String? = nil
    ) {
        self.study = study
        self.series = series
        self.instance = instance
        self.sopClass = sopClass
        self.repository = repository
    }
}

/// One image of an answer: its head, never its pixels.
public struct ReceivedImage: Sendable {
    /// What names it in messages: a Content-ID, a UID or `part 3`.
    public var name: String
    /// `DocumentUniqueId` of RAD-69.
    public var declaredUID: String?
    /// `RepositoryUniqueId` of RAD-69, empty where the answer has none; nil when not known.
    public var declaredRepository: String?
    /// `transfer-syntax` of the part's Content-Type (WADO-RS).
    public var declaredTransferSyntax: String?
    /// `application/dicom`, perhaps with parameters.
    public var mediaType: String?
    public var head: ImageHeader?
    /// Why the head cannot be read.
    public var error: String?
    /// Where the image begins in the body of the answer.
    public var byteOffset: Int?

    /// An image.
    public init(
        name: String, declaredUID: String? = nil, declaredTransferSyntax: String? = nil, mediaType: String? = nil,
        head: ImageHeader? = nil, error: String? = nil, byteOffset: Int? = nil, declaredRepository: String? = nil
    ) {
        self.name = name
        self.declaredUID = declaredUID
        self.declaredRepository = declaredRepository
        self.declaredTransferSyntax = declaredTransferSyntax
        self.mediaType = mediaType
        self.head = head
        self.error = error
        self.byteOffset = byteOffset
    }
}

/// The answer of an image source and what it was asked.
public struct ImageAnswerSubject: Sendable {
    /// The instances that were asked for.
    public var asked: [InstanceReference]
    /// The transfer syntaxes that were offered; empty when nothing was said.
    public var transferSyntaxes: [String]
    public var images: [ReceivedImage]
    /// The INS of the exam's patient; nil when not known.
    public var patientID: String?
    /// The exam's patient, as the manifest has it; nil when not known.
    public var patient: PatientTraits?
    /// HTTP status and content type of a WADO-RS answer.
    public var status: Int?
    public var contentType: MediaType?
    /// The multipart departures of a WADO-RS answer, and whether its close delimiter came.
    public var faults: [MultipartFault]
    public var isClosed: Bool
    /// The registry response of a RAD-69 answer.
    public var registry: RegistryResponse?

    /// An answer.
    public init(
        asked: [InstanceReference], transferSyntaxes: [String], images: [ReceivedImage], patientID: String? = nil,
        status: Int? = nil, contentType: MediaType? = nil, faults: [MultipartFault] = [], isClosed: Bool = true,
        registry: RegistryResponse? = nil, patient: PatientTraits? = nil
    ) {
        self.asked = asked
        self.transferSyntaxes = transferSyntaxes
        self.images = images
        self.patientID = patientID ?? patient?.identifier
        self.patient = patient
        self.status = status
        self.contentType = contentType
        self.faults = faults
        self.isClosed = isClosed
        self.registry = registry
    }
}

/// The objects of one exam that must agree; what is not known is nil or empty.
public struct CoherenceSubject: Sendable {
    public var report: ReportSubject?
    public var manifest: ManifestSubject?
    /// Entries of the DMP: of the report, of the manifest.
    public var entries: [DocumentEntry]
    public var images: [ReceivedImage]
    /// Whether the images are all that a source serves of the exam: an instance without image is then missing.
    public var imagesAreComplete: Bool

    /// Objects of one exam.
    public init(
        report: ReportSubject? = nil, manifest: ManifestSubject? = nil, entries: [DocumentEntry] = [],
        images: [ReceivedImage] = [], imagesAreComplete: Bool = false
    ) {
        self.report = report
        self.manifest = manifest
        self.entries = entries
        self.images = images
        self.imagesAreComplete = imagesAreComplete
    }
}
