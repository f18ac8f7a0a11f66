public import Conformance
public import XDS

/// What a system under test did as a client: what it sent in order, what it was answered, and what it then did or showed.
///
/// One message cannot tell how a client takes an odd answer; this is the subject of the rules that look at the sequence.
/// What nobody observed stays nil, and the rules that need it do not run.
public struct ClientBehavior: Sendable {
    /// A kind of request.
    public enum Operation: String, Sendable, Hashable, CaseIterable {
        case submission, query, retrieval, update
        /// The existence check of the DMP (TD0.2).
        case existence
        /// setAuthorization of the DMP (TD0.3).
        case authorization
        /// The retrieval of images from a source.
        case images
    }

    /// What the request was answered.
    public enum Outcome: Sendable, Hashable {
        case success
        case partialSuccess([XDSErrorCode])
        case failure([XDSErrorCode])
        /// A SOAP fault.
        case fault
        /// An HTTP status without an envelope.
        case status(Int)
        /// Nothing came, or the connection was cut.
        case silence

        /// The codes of the answer.
        public var codes: [XDSErrorCode] {
            switch self {
            case .partialSuccess(let codes), .failure(let codes): codes
            case .success, .fault, .status, .silence: []
            }
        }
    }

    /// Something unusual about an answer, that a client has to bear.
    public enum Oddity: String, Sendable, Hashable, CaseIterable {
        case withoutTotalResultCount = "without-total-result-count"
        case unknownSlots = "unknown-slots"
        case olderEventCodeSchemes = "older-event-code-schemes"
        case otherRelatesTo = "other-relates-to"
        case partMediaType = "part-media-type"
        case headerWriting = "header-writing"
        case inlineDocument = "inline-document"
        case brokenManifest = "broken-manifest"
        case manifestOfOtherPatient = "manifest-of-other-patient"
        case implicitManifest = "implicit-manifest"
        case explicitManifest = "explicit-manifest"
        /// The existence check says that the record is closed or absent, or that access is refused.
        case recordRefused = "record-refused"
    }

    /// One request and its answer.
    public struct Exchange: Sendable {
        public var operation: Operation
        /// The uniqueIds that were submitted or asked, or the UIDs of images.
        public var documents: [String]
        /// The repositories that were asked.
        public var repositories: [String] = []
        /// The entryUUIDs that are replaced or whose status changes.
        public var targets: [String] = []
        /// The patient of the request.
        public var patient: CX?
        /// The patient of its VIHF (resource-id); nil when it has none.
        public var assertionPatient: CX?
        public var outcome: Outcome
        /// What the answer brought: entries of a query, uniqueIds that a retrieval delivered.
        public var entries: [DocumentEntry] = []
        public var delivered: [String] = []
        public var oddities: Set<Oddity> = []
        /// Whether the request changes the status to Deleted.
        public var isUnpublishing = false
        /// Where it stands in the evidence.
        public var place: EvidencePlace?

        /// An exchange.
        public init(
            _ operation: Operation, documents: [String] = [], patient: CX? = nil, outcome: Outcome = .success,
            place: EvidencePlace? = nil
        ) {
            self.operation = operation
            self.documents = documents
            self.patient = patient
            self.outcome = outcome
            self.place = place
        }
    }

    /// One exam as the system shows it to a person.
    public struct ShownExam: Sendable, Hashable {
        /// The uniqueIds of the reports and manifests that are shown as one exam.
        public var documents: Set<String>
        /// Whether the person sees that there are images.
        public var showsImages: Bool
        /// Whether the person sees that there is a report.
        public var showsReport: Bool

        /// An exam.
        public init(documents: Set<String>, showsImages: Bool, showsReport: Bool) {
            self.documents = documents
            self.showsImages = showsImages
            self.showsReport = showsReport
        }
    }

    /// What was seen of the system, by a person or by its own interfaces; nil: not observed.
    public struct Observation: Sendable {
        /// The uniqueIds that it holds as sent.
        public var recordedAsSent: Set<String>?
        /// The uniqueIds that it keeps to send again.
        public var retained: Set<String>?
        /// Whether it signalled an error.
        public var signalledError: Bool?
        /// The exams that it shows.
        public var exams: [ShownExam]?
        /// The uniqueIds of documents that it opened.
        public var opened: Set<String>?
        /// Whether a person had agreed before setAuthorization.
        public var personAgreed: Bool?
        /// Whether every instance of the exam left the PACS.
        public var emptiedStudy: Bool?
        /// Whether the confidentiality of the exam was changed.
        public var changedConfidentiality: Bool?
        /// The HTTP statuses of WADO answers for manifests that were unpublished.
        public var statusesAfterUnpublishing: [Int]?
        /// Whether searches by study and by manifest work after an archive was imported again.
        public var foundAfterImport: Bool?

        /// Nothing observed.
        public init() {}
    }

    /// What was sent, in order.
    public var exchanges: [Exchange]
    /// What was seen.
    public var observation: Observation

    /// A behavior.
    public init(_ exchanges: [Exchange], observation: Observation = .init()) {
        self.exchanges = exchanges
        self.observation = observation
    }

    /// The exchanges of one kind, each with its place in the order.
    func all(_ operation: Operation) -> [(index: Int, exchange: Exchange)] {
        exchanges.enumerated().filter { $0.element.operation == operation }.map { ($0.offset, $0.element) }
    }

    /// The exchanges of one kind after the place `index`.
    func after(_ index: Int, _ operation: Operation) -> [Exchange] {
        exchanges[(index + 1)...].filter { $0.operation == operation }
    }

    /// The entries that queries brought.
    var knownEntries: [DocumentEntry] { exchanges.filter { $0.operation == .query }.flatMap(\.entries) }

    /// Whether the documents `identifiers` were used: opened, shown or asked for, as far as that was observed.
    func used(_ identifiers: [String]) -> Bool? {
        let asked = Set(exchanges.filter { $0.operation == .retrieval }.flatMap(\.documents))
        if identifiers.contains(where: asked.contains) { return true }
        let shown = observation.exams.map { exams in
            identifiers.contains { identifier in exams.contains { $0.documents.contains(identifier) } }
        }
        let opened = observation.opened.map { opened in identifiers.contains(where: opened.contains) }
        guard shown != nil || opened != nil else { return nil }
        return shown == true || opened == true
    }
}

/// The rules of a client over a sequence of exchanges; each says what it needs when it cannot run.
public enum ClientBehaviorRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<ClientBehavior>] = (source + queries + retrievals + updates + access).sorted {
        $0.descriptor.id < $1.descriptor.id
    }

    static let sharing = "CI-SIS, volet Partage de documents de santé"
    static let imaging = "CI-SIS, volet Partage de documents d'imagerie"

    static func rule(
        _ id: String, _ severity: Severity = .violation, fr: String, en: String, source: String,
        _ apply: @escaping @Sendable (ClientBehavior, inout Remarks) -> Void
    ) -> Rule<ClientBehavior> {
        Rule(RuleDescriptor(id, layer: "behavior", severity, fr: fr, en: en, source: source), apply)
    }
}

extension Remarks {
    /// The sequence has not what the rule looks at.
    mutating func noExchange(fr: String, en: String) {
        notApplicable(fr: "La suite d'échanges n'a pas \(fr)", en: "The sequence of exchanges has no \(en)")
    }

    /// Nobody observed what the rule needs.
    mutating func unobserved(fr: String, en: String) {
        notRun(fr: "Non observé : \(fr)", en: "Not observed: \(en)")
    }
}
