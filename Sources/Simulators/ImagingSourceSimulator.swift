import DICOM
import HTTP
import Imaging
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
    /// An access token that is not active, to see a refusal.
    public static let inactiveToken = "cisis-inactive-token"

    /// An exam that the source holds.
    public struct Held: Sendable {
        /// The exam whose images are served.
        public var exam: ExamFixture
        /// The study that the link names; differs from the images' only where a fault is shown.
        public var linkedStudyUID: String
        /// The ids of the reports whose link opens the exam: the current one and its older versions.
        public var reportIDs: [String]

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

    /// A source that holds exams.
    public init(
        _ held: [Held], log: MessageLog, identifiers: IdentifierSource, misbehaviors: Set<Misbehavior> = []
    ) {
        self.held = held
        self.log = log
        self.identifiers = identifiers
        self.misbehaviors = misbehaviors
    }

    public func answer(_ request: SimulatorRequest) async -> SimulatorAnswer {
        let transaction: String?
        let answer: SimulatorAnswer
        var faults: [ReceivedFault] = []
        if request.path == Self.retrievePath {
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

    /// The exam with this study.
    func exam(study: String) -> ExamFixture? { held.first { $0.exam.studyUID == study }?.exam }
}
