public import Conformance
public import DICOM
public import SOAP
public import XDS
import XML

/// A request of images (RAD-69) that a consumer sent.
public struct ImagingRequestSubject: MessageSubject {
    public let message: SOAPMessage
    public let request: RetrieveImagingDocumentSetRequest
    public let httpMethod: String?
    /// The manifest that names the instances; nil when not known.
    public var manifest: KeyObjectSelection?
    let body: Node

    /// A request; nil when the body of `message` is named otherwise.
    public init?(_ message: SOAPMessage, manifest: KeyObjectSelection? = nil, httpMethod: String? = nil) {
        guard let body = message.envelope?.content ?? message.document?.documentElement,
            body.localName == XDSTransaction.retrieveImagingDocumentSet.requestElement
        else { return nil }
        self.message = message
        self.body = body
        self.manifest = manifest
        self.httpMethod = httpMethod
        // In another namespace it asks for nothing that could be read: IDS-001 says so.
        request = RetrieveImagingDocumentSetRequest(reading: body) ?? .init([], transferSyntaxes: [])
    }

    func place(_ node: Node) -> EvidencePlace { MessageRules.evidencePlace(message.place(of: node), object: nil) }

    func place(_ place: ReadPlace) -> EvidencePlace { self.place(place.node ?? body) }
}

/// The rules of a request of images: IDS-001 to IDS-006.
///
/// Passes: studies, series and instances one in the other, each with its UID, then the transfer syntaxes. Fails: another
/// nesting or namespace, a UID that is missing or none, an instance that the manifest does not name in that series.
public enum ImagingRequestRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<ImagingRequestSubject>] =
        own + FramingRules.rules(of: .retrieveImagingDocumentSet)

    /// The rules but for the framing.
    public static let own: [Rule<ImagingRequestSubject>] = [nesting, identifiers, location, instances, syntaxes]

    private static let norm = "IHE RAD TF-2 4.69.4.1"

    private static func rule(
        _ id: String, fr: String, en: String,
        _ apply: @escaping @Sendable (ImagingRequestSubject, inout Remarks) -> Void
    ) -> Rule<ImagingRequestSubject> {
        Rule(RuleDescriptor(id, layer: "rad69", .violation, fr: fr, en: en, source: norm), apply)
    }

    /// Passes: `xdsi:StudyRequest/xdsi:SeriesRequest/xdsb:DocumentRequest`. Fails: a level that is missing, empty, or of
    /// another namespace.
    static let nesting = rule(
        "IDS-001",
        fr: "RetrieveImagingDocumentSetRequest contient StudyRequest, SeriesRequest puis DocumentRequest, chacun dans "
            + "son espace de noms",
        en: "RetrieveImagingDocumentSetRequest holds StudyRequest, SeriesRequest, then DocumentRequest, each in its "
            + "namespace"
    ) { subject, remarks in
        guard subject.body.namespaceURI == XDSNamespace.xdsi else {
            return remarks.remark(
                expected: "{\(XDSNamespace.xdsi)}\(subject.body.localName)",
                actual: "{\(subject.body.namespaceURI)}\(subject.body.localName)", at: subject.place(subject.body))
        }
        let study = (name: "StudyRequest", namespace: XDSNamespace.xdsi)
        let series = (name: "SeriesRequest", namespace: XDSNamespace.xdsi)
        let document = (name: "DocumentRequest", namespace: XDSNamespace.xdsb)
        let list = (name: "TransferSyntaxUIDList", namespace: XDSNamespace.xdsi)
        judge(subject.body, holds: study, orAlso: list, subject, &remarks)
        for found in subject.body.elements(study.name, in: study.namespace) {
            judge(found, holds: series, orAlso: nil, subject, &remarks)
            for inner in found.elements(series.name, in: series.namespace) {
                judge(inner, holds: document, orAlso: nil, subject, &remarks)
            }
        }
    }

    private static func judge(
        _ node: Node, holds wanted: (name: String, namespace: String), orAlso other: (name: String, namespace: String)?,
        _ subject: ImagingRequestSubject, _ remarks: inout Remarks
    ) {
        let expected = "{\(wanted.namespace)}\(wanted.name)"
        let right = node.elements(wanted.name, in: wanted.namespace)
        let others = node.elements.filter { child in
            !right.contains(child) && !(child.localName == other?.name && child.namespaceURI == other?.namespace)
        }
        for child in others {
            remarks.remark(
                expected: expected, actual: "{\(child.namespaceURI)}\(child.localName)", at: subject.place(child))
        }
        guard right.isEmpty, others.isEmpty else { return }
        remarks.remark(expected: expected, actual: "∅", at: subject.place(node))
    }

    /// Passes: `studyInstanceUID="1.2.3"`, `seriesInstanceUID="1.2.3.4"`. Fails: an empty one, a text that is no UID, an
    /// attribute with a prefix.
    static let identifiers = rule(
        "IDS-002", fr: "studyInstanceUID et seriesInstanceUID sont des UID, en attributs sans préfixe",
        en: "studyInstanceUID and seriesInstanceUID are UIDs, in attributes without a prefix"
    ) { subject, remarks in
        func judge(_ place: ReadPlace, _ name: String) {
            guard let node = place.node else { return }
            let written = node.attribute(name)
            if let written, OID.isUID(written) { return }
            let qualified = node.attributes.first { $0.localName == name && !$0.namespaceURI.isEmpty }
            let actual = written ?? qualified.map { "\($0.qualifiedName)=\"\($0.stringValue)\"" } ?? ""
            remarks.remark(
                expected: "\(name)=\"1.2.840…\"", actual: actual.isEmpty ? "∅" : actual, at: subject.place(node))
        }
        for study in subject.request.studies {
            judge(study.place, "studyInstanceUID")
            for series in study.series { judge(series.place, "seriesInstanceUID") }
        }
    }

    /// Passes: the Retrieve Location UID (0040,E011) of the series in the manifest. Fails: another one, none.
    static let location = rule(
        "IDS-003", fr: "RepositoryUniqueId est le Retrieve Location UID (0040,E011) de la série dans le KOS",
        en: "RepositoryUniqueId is the Retrieve Location UID (0040,E011) of the series in the KOS"
    ) { subject, remarks in
        for (_, series, document) in subject.request.requests {
            let place = subject.place(document.place)
            guard let repository = document.repositoryUniqueID, OID.isWellFormed(repository) else {
                remarks.remark(
                    expected: "RepositoryUniqueId: OID", actual: shown(document.repositoryUniqueID), at: place)
                continue
            }
            // A series without UID is IDS-002's.
            let known = subject.manifest?.series.filter { $0.uid == series }.compactMap(\.retrieveLocationUID) ?? []
            guard !known.isEmpty, !known.contains(repository) else { continue }
            remarks.remark(
                expected: "RepositoryUniqueId: \(known.joined(separator: ", "))", actual: repository, at: place)
        }
        sayManifest(subject, &remarks)
    }

    /// Passes: an instance of the series in the manifest. Fails: one of another series or of no series, a UID that is none.
    static let instances = rule(
        "IDS-004", fr: "DocumentUniqueId est une instance de cette série dans le KOS",
        en: "DocumentUniqueId is an instance of that series in the KOS"
    ) { subject, remarks in
        for (study, series, document) in subject.request.requests {
            let place = subject.place(document.place)
            guard let instance = document.documentUniqueID, OID.isUID(instance) else {
                remarks.remark(
                    expected: "DocumentUniqueId: SOP Instance UID", actual: shown(document.documentUniqueID), at: place)
                continue
            }
            // A study or series without UID is IDS-002's.
            guard let manifest = subject.manifest, OID.isUID(study ?? ""), OID.isUID(series ?? "") else { continue }
            let known = manifest.studies.filter { $0.uid == study }.flatMap(\.series).filter { $0.uid == series }
                .flatMap(\.instances).compactMap(\.sopInstance)
            guard !known.contains(instance) else { continue }
            remarks.remark(
                expected: "KOS \(manifest.sopInstanceUID ?? "∅"): ∈ \(known.count) UID", actual: instance, at: place)
        }
        sayManifest(subject, &remarks)
    }

    private static func sayManifest(_ subject: ImagingRequestSubject, _ remarks: inout Remarks) {
        guard subject.manifest == nil, !remarks.hasRemarks else { return }
        remarks.notRun(
            fr: "Le KOS n'est pas connu : donner son fichier par --against",
            en: "The KOS is not known: name its file with --against")
    }

    /// Passes: `TransferSyntaxUIDList` after the studies, with a UID or more. Fails: none, an empty one, one before a study.
    static let syntaxes = rule(
        "IDS-005", fr: "TransferSyntaxUIDList est le dernier élément, avec une syntaxe de transfert ou plus",
        en: "TransferSyntaxUIDList is the last element, with one transfer syntax or more"
    ) { subject, remarks in
        // In another namespace it is no such request: IDS-001 says so.
        guard subject.body.namespaceURI == XDSNamespace.xdsi else { return }
        let lists = subject.body.elements.filter { $0.localName == "TransferSyntaxUIDList" }
        guard lists.count == 1, let list = lists.first else {
            return remarks.remark(
                expected: "1 TransferSyntaxUIDList", actual: "\(lists.count)", at: subject.place(subject.body))
        }
        if subject.body.elements.last != list {
            remarks.remark(
                LocalizedText(
                    fr: "TransferSyntaxUIDList n'est pas le dernier élément",
                    en: "TransferSyntaxUIDList is not the last element"),
                expected: "StudyRequest…, TransferSyntaxUIDList",
                actual: subject.body.elements.prefix(20).map(\.localName).joined(separator: ", "),
                at: subject.place(list))
        }
        let syntaxes = list.elements("TransferSyntaxUID", in: XDSNamespace.xdsi)
        if syntaxes.isEmpty {
            remarks.remark(expected: "TransferSyntaxUID", actual: "∅", at: subject.place(list))
        }
        for syntax in syntaxes where !OID.isUID(syntax.stringValue.trimmedBlanks) {
            let text = syntax.stringValue.trimmedBlanks
            remarks.remark(
                expected: "TransferSyntaxUID: 1.2.840.10008.1.2…", actual: text.isEmpty ? "∅" : text,
                at: subject.place(syntax))
        }
    }

    private static func shown(_ text: String?) -> String { text.flatMap { $0.isEmpty ? nil : $0 } ?? "∅" }
}
