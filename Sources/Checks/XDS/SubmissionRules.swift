public import Conformance
import DICOM
import SOAP
import XDS
import XML

/// The rules of a submission (ITI-41, RAD-68) that the message alone can tell.
///
/// They look at a `SubmissionSubject`. Passes: metadata of the DIM whose entries, documents and manifest agree. Fails:
/// each departure, at its element. Where official samples break a rule, it is a warning in a capture.
public enum SubmissionRules {
    /// The rules of metadata and documents, in the order of the ids.
    ///
    /// What the framing must be (`framing`), that the submission is signed (`signature`) and the values whatever the
    /// country (`MetadataRules`) stand beside: `complete` holds them all.
    public static let all: [Rule<SubmissionSubject>] =
        (structure + documents + manifest + manifestReferences + manifestAgreement + entries + values + codes + report
        + reportAgreement + replacement + circumstances)
        .sorted { $0.descriptor.id < $1.descriptor.id }

    /// Every rule of a submission, framing and signature included.
    public static let complete: [Rule<SubmissionSubject>] =
        (framing + all + signature).sorted { $0.descriptor.id < $1.descriptor.id } + submitted + DerivationRules.all
        // PNR-048 tells the owner of a classification.
        + MetadataRules.rules().filter { $0.descriptor.id != "xds.classification-owner" }

    /// PNR-001 to PNR-007: HTTP, MTOM and addressing.
    public static let framing: [Rule<SubmissionSubject>] = FramingRules.rules(of: .provideAndRegister)

    /// A rule of the layer `xds`.
    static func rule(
        _ id: String, _ severity: Severity = .violation, capture: Severity? = nil, fr: String, en: String,
        source: String, _ apply: @escaping @Sendable (SubmissionSubject, inout Remarks) -> Void
    ) -> Rule<SubmissionSubject> {
        Rule(
            RuleDescriptor(id, layer: "xds", severity, capture: capture, fr: fr, en: en, source: source), apply)
    }

    /// What the rules name as their norm.
    enum Norm {
        static let metadata = "IHE ITI TF-3 4.2"
        static let sharing = "CI-SIS, volet Partage de documents de santé"
        static let imaging = "CI-SIS, volet Partage de documents d'imagerie"
        static let submission = "IHE ITI TF-2 3.41.4.1"
    }
}

extension SubmissionSubject {
    var entries: [DocumentEntry] { request.submission.entries }

    /// The entries of documents, the signature of the submission set aside.
    var contentEntries: [DocumentEntry] { entries.filter { !$0.isSignature } }

    /// Whether the metadata stand alone, without the request that carries the documents.
    var isBare: Bool {
        request.place.node?.localName != "ProvideAndRegisterDocumentSetRequest"
            || (message.envelope == nil && request.documents.isEmpty)
    }

    /// Whether a document refers to a part that is not there.
    var hasUnresolved: Bool { request.documents.contains { $0.content?.isResolved == false } }

    /// The entries that came with their document.
    var deliveries: [(entry: DocumentEntry, document: SubmittedDocument)] {
        entries.compactMap { entry in
            guard let document = request.document(entry.id), document.content?.isResolved ?? true else { return nil }
            return (entry, document)
        }
    }

    /// The KOS entries with the manifest that came; nil for one that is no readable KOS.
    var manifests: [(entry: DocumentEntry, selection: KeyObjectSelection)] {
        deliveries.compactMap { entry, document in
            guard entry.isKOS, let selection = KeyObjectSelection(bytes: document.bytes) else { return nil }
            return (entry, selection)
        }
    }

    /// The place of the whole request.
    var bodyPlace: EvidencePlace? { body.flatMap { place(ReadPlace($0)) } }

    func place(_ place: ReadPlace) -> EvidencePlace? {
        place.node.map { MessageRules.evidencePlace(message.place(of: $0), object: nil) }
    }

    func place(_ entry: DocumentEntry) -> EvidencePlace? { place(entry.source.object?.place ?? ReadPlace()) }

    /// The place of the slot `name` of `entry`, else of the entry.
    func place(_ entry: DocumentEntry, slot name: String) -> EvidencePlace? {
        (entry.source.object?.slot(name)?.place).flatMap { place($0) } ?? place(entry)
    }

    /// The place of the external identifier `scheme` of `entry`, else of the entry.
    func place(_ entry: DocumentEntry, identifier scheme: String) -> EvidencePlace? {
        (entry.source.object?.identifiers(of: scheme).first?.place).flatMap { place($0) } ?? place(entry)
    }
}

extension Remarks {
    /// The document parts are not there to be looked at.
    mutating func noDocuments() {
        notRun(
            fr: "Les métadonnées sont seules, sans les documents", en: "The metadata stand alone, without the documents"
        )
    }

    /// No entry of this kind is there.
    mutating func noEntry(_ kind: String) {
        notApplicable(fr: "La soumission n'a pas de fiche \(kind)", en: "The submission has no \(kind) entry")
    }
}
