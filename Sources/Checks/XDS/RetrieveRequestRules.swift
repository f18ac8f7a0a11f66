public import Conformance
import DICOM
public import SOAP
public import XDS
import XML

/// A request of documents (ITI-43) that a consumer sent.
public struct RetrieveRequestSubject: MessageSubject {
    public let message: SOAPMessage
    public let request: RetrieveDocumentSetRequest
    public let httpMethod: String?
    /// What the registry told the consumer before; nil when not known.
    public var entries: [DocumentEntry]?

    /// A request; nil when `message` holds none.
    public init?(_ message: SOAPMessage, entries: [DocumentEntry]? = nil, httpMethod: String? = nil) {
        guard let body = message.envelope?.content ?? message.document?.documentElement,
            let request = RetrieveDocumentSetRequest(reading: body)
        else { return nil }
        self.message = message
        self.request = request
        self.entries = entries
        self.httpMethod = httpMethod
    }

    func place(_ place: ReadPlace) -> EvidencePlace? {
        (place.node ?? request.place.node).map { MessageRules.evidencePlace(message.place(of: $0), object: nil) }
    }
}

/// The rules of a request of documents: RET-001, RET-002, RET-014.
///
/// Passes: each DocumentRequest has both ids, as the entry has them. Fails: an id that is missing or of no entry.
public enum RetrieveRequestRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<RetrieveRequestSubject>] =
        FramingRules.rules(of: .retrieveDocumentSet) + [identifiers, gathered]

    static let identifiers = Rule<RetrieveRequestSubject>(
        RuleDescriptor(
            "RET-002", layer: "xds", .violation,
            fr: "Chaque DocumentRequest a RepositoryUniqueId et DocumentUniqueId, ceux de la fiche",
            en: "Each DocumentRequest has RepositoryUniqueId and DocumentUniqueId, those of the entry",
            source: "IHE ITI TF-2 3.43.4.1.2")
    ) { subject, remarks in
        if subject.request.documents.isEmpty {
            remarks.remark(expected: "xdsb:DocumentRequest", actual: "∅", at: subject.place(subject.request.place))
        }
        for document in subject.request.documents {
            let place = subject.place(document.place)
            if document.repositoryUniqueID.map({ OID.isWellFormed($0) }) != true {
                remarks.remark(
                    expected: "RepositoryUniqueId: OID", actual: shown(document.repositoryUniqueID), at: place)
            }
            guard let unique = document.documentUniqueID, !unique.isEmpty else {
                remarks.remark(expected: "DocumentUniqueId", actual: "∅", at: place)
                continue
            }
            if !OID.isDocumentUniqueID(unique) {
                remarks.remark(
                    expected: "DocumentUniqueId: OID, OID^extension", actual: "'\(unique)'", at: place)
            }
            for name in ["RepositoryUniqueId", "DocumentUniqueId"] {
                // An id on a line of its own is written so for reading.
                guard let node = document.place.node?.first(name, in: XDSNamespace.xdsb),
                    node.stringValue.trimmedBlanks != node.stringValue, !node.stringValue.contains(where: \.isNewline)
                else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "L'identifiant a des blancs autour de lui", en: "The id has blanks around it"),
                    expected: "\(name): \(node.stringValue.trimmedBlanks)", actual: "'\(node.stringValue)'",
                    at: subject.place(ReadPlace(node)), severity: .warning)
            }
            if let home = document.home, !home.hasPrefix("urn:oid:") {
                remarks.remark(expected: "HomeCommunityId: urn:oid:…", actual: home, at: place)
            }
            guard let entries = subject.entries else { continue }
            let entry = entries.first { $0.uniqueID == unique }
            guard entry == nil || entry?.repositoryUniqueID != document.repositoryUniqueID else { continue }
            remarks.remark(
                LocalizedText(
                    fr: "Les identifiants demandés ne sont ceux d'aucune fiche reçue",
                    en: "The ids that are asked are those of no entry that came"),
                expected: entry.map { "\($0.repositoryUniqueID ?? "∅") \($0.uniqueID)" }
                    ?? entries.map(\.uniqueID).joined(separator: ", "),
                actual: "\(shown(document.repositoryUniqueID)) \(unique)", at: place)
        }
    }

    static let gathered = Rule<RetrieveRequestSubject>(
        RuleDescriptor(
            "RET-014", layer: "xds", .warning, fr: "Un message peut demander plusieurs documents, chacun une fois",
            en: "One message may ask several documents, each once", source: "IHE ITI TF-2 3.43.4.1.2")
    ) { subject, remarks in
        var seen: Set<String> = []
        for document in subject.request.documents {
            let key = "\(document.repositoryUniqueID ?? "") \(document.documentUniqueID ?? "")"
            guard !seen.insert(key).inserted else { continue }
            remarks.remark(expected: "1 \(key)", actual: "2", at: subject.place(document.place))
        }
    }

    private static func shown(_ text: String?) -> String { text.flatMap { $0.isEmpty ? nil : $0 } ?? "∅" }
}

/// An answer that a registry or repository gave, alone: ITI-18, ITI-41, ITI-43, ITI-57, RAD-69.
public struct AnswerSubject: MetadataSubject {
    public let message: SOAPMessage
    public let registry: RegistryResponse
    public let submission: Submission
    public let metadataFaults: [MetadataFault]
    /// Whether it is the answer of a query.
    public let isQueryAnswer: Bool
    /// The documents of a retrieval.
    public let documents: [DocumentResponse]
    public var httpMethod: String? { nil }

    /// An answer; nil when `message` holds none.
    public init?(_ message: SOAPMessage) {
        guard let body = message.envelope?.content ?? message.document?.documentElement else { return nil }
        self.message = message
        if let answer = StoredQueryResponse(reading: body) {
            registry = answer.registry
            submission = answer.objects
            metadataFaults = answer.objects.place.node == nil ? [] : answer.objects.faults
            isQueryAnswer = true
            documents = []
        } else if let answer = RetrieveDocumentSetResponse(reading: message) {
            registry = answer.registry ?? RegistryResponse(status: "", place: answer.place)
            submission = Submission()
            metadataFaults = []
            isQueryAnswer = false
            documents = answer.documents
        } else if body.localName == "RegistryResponse", body.namespaceURI == XDSNamespace.rs {
            registry = RegistryResponse(reading: body)
            submission = Submission()
            metadataFaults = []
            isQueryAnswer = false
            documents = []
        } else {
            return nil
        }
    }

    func place(_ place: ReadPlace) -> EvidencePlace? {
        (place.node ?? body).map { MessageRules.evidencePlace(message.place(of: $0), object: nil) }
    }

    /// Where `document` stands in the answer.
    public func place(_ document: DocumentResponse) -> EvidencePlace? { place(document.place) }

    /// Whether it is the answer of RAD-69: by its action, or by a document that is a DICOM file other than a manifest.
    public var isOfImages: Bool {
        if message.envelope?.addressing.action == XDSTransaction.retrieveImagingDocumentSet.responseAction {
            return true
        }
        return documents.contains { document in
            let bytes = document.content?.bytes ?? []
            guard bytes.count > 132, bytes[128..<132].elementsEqual("DICM".utf8),
                let meta = try? DICOMFile.readMeta(bytes).meta
            else { return false }
            return meta.string(.mediaStorageSOPClassUID) != UID.keyObjectSelection
        }
    }
}

/// The rules of an answer alone: its status, its errors, and what its entries and documents hold.
///
/// Passes: a known status that its errors and documents bear out. Fails: a Success with errors, a Failure with documents,
/// a code or severity that nobody knows.
public enum AnswerRules {
    /// Every rule.
    public static let all: [Rule<AnswerSubject>] = own + MetadataRules.rules()

    private static func rule(
        _ id: String, _ severity: Severity = .violation, fr: String, en: String, source: String,
        _ apply: @escaping @Sendable (AnswerSubject, inout Remarks) -> Void
    ) -> Rule<AnswerSubject> {
        Rule(RuleDescriptor(id, layer: "xds", severity, fr: fr, en: en, source: source), apply)
    }

    private static let errors = "IHE ITI TF-3 4.2.4"

    private static let own: [Rule<AnswerSubject>] = [
        rule(
            "xds.answer-status", fr: "Le statut est Success, Failure ou PartialSuccess, et les erreurs s'y accordent",
            en: "The status is Success, Failure or PartialSuccess, and the errors agree with it", source: errors
        ) { subject, remarks in
            let registry = subject.registry
            let place = subject.place(registry.place)
            guard registry.isStatusKnown else {
                return remarks.remark(
                    expected: [XDSURN.success, XDSURN.failure, XDSURN.partialSuccess].joined(separator: ", "),
                    actual: registry.status.isEmpty ? "∅" : registry.status, at: place)
            }
            let real = registry.errors.filter { !$0.isWarning }
            if registry.isSuccess, let first = real.first {
                remarks.remark(
                    expected: XDSURN.failure, actual: "\(registry.status): \(first.code)",
                    at: subject.place(first.place))
            }
            if !registry.isSuccess, real.isEmpty {
                remarks.remark(expected: "rs:RegistryError", actual: "\(registry.status), 0 error", at: place)
            }
            let hasObjects = !subject.documents.isEmpty || !subject.submission.objects.isEmpty
            if registry.status == XDSURN.failure, hasObjects {
                remarks.remark(
                    expected: XDSURN.partialSuccess, actual: registry.status, at: place)
            }
        },
        rule(
            "xds.answer-code", .warning, fr: "Les codes d'erreur et les gravités sont ceux de IHE",
            en: "The error codes and severities are those of IHE", source: "IHE ITI TF-3 table 4.2.4.1-2"
        ) { subject, remarks in
            for error in subject.registry.errors {
                if !error.code.isKnown {
                    remarks.remark(
                        expected: "IHE ITI TF-3 table 4.2.4.1-2",
                        actual: error.code.rawValue.isEmpty ? "∅" : error.code.rawValue,
                        at: subject.place(error.place))
                }
                if ![XDSURN.error, XDSURN.warning].contains(error.severity) {
                    remarks.remark(
                        expected: "\(XDSURN.error), \(XDSURN.warning)", actual: error.severity,
                        at: subject.place(error.place))
                }
            }
        },
        rule(
            "xds.answer-repository", fr: "Chaque fiche rendue a repositoryUniqueId et un statut",
            en: "Each entry that is returned has repositoryUniqueId and a status",
            source: "IHE ITI TF-2 3.18.4.1.2.6; IHE ITI TF-3 table 4.2.3.2-1"
        ) { subject, remarks in
            guard subject.isQueryAnswer, !subject.submission.entries.isEmpty else {
                return remarks.notApplicable(fr: "La réponse n'a pas de fiche", en: "The answer has no entry")
            }
            for entry in subject.submission.entries {
                let place = subject.place(entry.source.object?.place ?? ReadPlace())
                if entry.repositoryUniqueID.map({ OID.isWellFormed($0) }) != true {
                    remarks.remark(
                        expected: "repositoryUniqueId: OID", actual: entry.repositoryUniqueID ?? "∅", at: place)
                }
                if entry.availabilityStatus?.contains(":StatusType:") != true {
                    remarks.remark(
                        expected: "status=\"\(XDSURN.approved)\"", actual: entry.availabilityStatus ?? "∅", at: place)
                }
                if !UUIDText.isURN(entry.id) {
                    remarks.remark(expected: "id=\"urn:uuid:…\"", actual: entry.id, at: place)
                }
            }
        },
        rule(
            "xds.answer-document", fr: "Chaque document rendu a ses identifiants, son mimeType et son contenu",
            en: "Each document that is returned has its ids, its mimeType and its content",
            source: "IHE ITI TF-2 3.43.4.2.2"
        ) { subject, remarks in
            for document in subject.documents {
                let missing = [
                    ("RepositoryUniqueId", document.repositoryUniqueID),
                    ("DocumentUniqueId", document.documentUniqueID),
                    ("mimeType", document.mimeType),
                ].filter { $0.1.isEmpty }.map(\.0)
                let isLost = document.content?.isResolved != true
                guard !missing.isEmpty || isLost else { continue }
                remarks.remark(
                    expected: (missing + (isLost ? ["Document"] : [])).joined(separator: ", "), actual: "∅",
                    at: subject.place(document.place))
            }
        },
    ]
}
