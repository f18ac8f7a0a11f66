import DICOM
import HTTP
import Imaging
internal import Signatures
public import SOAP
import XDS

/// A DRIMbox source: RAD-69, WADO-RS and the link of the report, over the exams that it holds.
///
/// Paths: `/ids` serves RAD-69, `/drimbox/studies/…` WADO-RS, `/IHEInvokeImageDisplay` the link.
public struct ImagingSourceSimulator: Simulator {
    /// The path of RAD-69.
    public static let retrievePath = "/ids"
    /// What precedes `/studies`.
    public static let wadoPath = "/drimbox"
    /// The home community of the source; it is the gateway of no other.
    public static let homeCommunity = "urn:oid:1.2.250.1.999.4.4"
    /// An access token that is not active, to see a refusal.
    public static let inactiveToken = "cisis-inactive-token"
    /// The cookie of a session in which a professional is logged in.
    public static let session = "cisis-session=camille-essai"

    /// The addresses of a source at `base`, by the names of a target file.
    static func endpoints(_ base: String) -> [String: String] {
        [
            "imaging-source": base + retrievePath, "imaging-gateway": base + retrievePath, "wado": base + wadoPath,
            "viewer": base,
        ]
    }

    /// An exam that the source holds.
    public struct Held: Sendable {
        /// The exam whose images are served.
        public var exam: ExamFixture
        /// The study that the link names; differs from the images' only where a fault is shown.
        public var linkedStudyUID: String
        /// The ids of the reports whose link opens the exam: the current one and its older versions.
        public var reportIDs: [String]
        /// The KOS that the current one replaced.
        public var replacedManifestUID: String?
        /// Whether the exam was withdrawn: nothing of it is served any more.
        public var isWithdrawn = false

        /// An exam with one report.
        public init(_ exam: ExamFixture) {
            self.exam = exam
            linkedStudyUID = exam.studyUID
            reportIDs = [exam.documentID]
        }
    }

    let held: [Held]
    let log: MessageLog
    let identifiers: IdentifierSource
    let misbehaviors: Set<Misbehavior>
    /// The common names of the client certificates in the whitelist; nil: every client is served.
    let admittedClients: Set<String>?

    /// A source that holds exams.
    ///
    /// - Parameter admittedClients: the common names of the client certificates in the whitelist; nil: any. It counts
    ///   for connections with a client certificate alone.
    public init(
        _ held: [Held], log: MessageLog, identifiers: IdentifierSource, misbehaviors: Set<Misbehavior> = [],
        admittedClients: Set<String>? = nil
    ) {
        self.held = held
        self.log = log
        self.identifiers = identifiers
        self.misbehaviors = misbehaviors
        self.admittedClients = misbehaviors.contains(.wadoIgnoresWhitelist) ? nil : admittedClients
    }

    public func answer(_ request: SimulatorRequest) async -> SimulatorAnswer {
        let transaction: String?
        let answer: SimulatorAnswer
        var faults: [ReceivedFault] = []
        if !admits(request.peer) {
            transaction = nil
            answer = .text(403, "the client certificate is not in the whitelist")
        } else if request.path == Self.retrievePath {
            transaction = XDSTransaction.retrieveImagingDocumentSet.rawValue
            (answer, faults) = retrieve(request)
        } else if request.path.hasSuffix("/\(ImageDisplayLink.resource)") {
            transaction = "RAD-106"
            (answer, faults) = open(request)
        } else if request.path.hasPrefix("\(Self.wadoPath)/") {
            transaction = "WADO-RS"
            (answer, faults) = serveImages(request)
        } else {
            transaction = nil
            answer = .text(404, "no service at this path")
        }
        await log.add(actor: "source", transaction: transaction, request, answer, faults)
        return answer
    }

    /// CI-SIS, DRIM-M, liste blanche: the subject of the client certificate is that of an entry.
    private func admits(_ peer: TLSPeer?) -> Bool {
        guard let admittedClients, let peer else { return true }
        let certificate = peer.certificate.flatMap { Certificate(der: $0) }
        return certificate?.subject.commonName.map(admittedClients.contains) ?? false
    }

    /// What is served: all but what was withdrawn.
    var served: [Held] { held.filter { !$0.isWithdrawn } }
}
