import DICOM
import XDS
import XML

/// What makes a RAD-69 request malformed: the answer is XDSIRequestError (IHE RAD TF-2 4.69.4.1.3).
struct RetrieveDefect: Sendable {
    /// Its kind.
    enum Kind: String, Sendable, Hashable {
        /// A study or series without UID.
        case emptyUID = "empty-uid"
        /// No study, series or document where one is due.
        case missingElement = "missing-element"
        /// A document without its id or that of its repository.
        case missingID = "missing-id"
        /// A document with two of them.
        case repeatedID = "repeated-id"
        /// An identifier that is no UID.
        case illegalUID = "illegal-uid"
    }

    let kind: Kind
    /// One line in English.
    let english: String
    /// One line in French.
    let french: String
    /// The element.
    let place: ReadPlace

    /// The first defect of `request` that is not of the kinds `ignored`; nil where there is none.
    init?(of request: RetrieveImagingDocumentSetRequest, ignoring ignored: Set<Kind> = []) {
        guard let first = Self.all(of: request).first(where: { !ignored.contains($0.kind) }) else { return nil }
        self = first
    }

    private init(_ kind: Kind, _ place: ReadPlace, en english: String, fr french: String) {
        self.kind = kind
        self.place = place
        self.english = english
        self.french = french
    }

    /// What the body element of a RAD-69 request breaks, each with its element.
    static func faults(of content: Node?) -> [ReceivedFault] {
        guard let content else { return [] }
        guard let request = RetrieveImagingDocumentSetRequest(reading: content) else {
            return [
                ReceivedFault(
                    "rad69.not-a-request", en: "The body is no RetrieveImagingDocumentSetRequest",
                    fr: "Le corps n'est pas un RetrieveImagingDocumentSetRequest",
                    expected: "{\(XDSNamespace.xdsi)}RetrieveImagingDocumentSetRequest",
                    actual: "{\(content.namespaceURI)}\(content.localName)", place: content.path)
            ]
        }
        var faults = all(of: request).map { defect in
            ReceivedFault(
                "rad69.\(defect.kind.rawValue)", en: defect.english, fr: defect.french,
                place: defect.place.node?.path)
        }
        if !request.transferSyntaxes.contains(where: { !$0.isEmpty }) {
            faults.append(
                ReceivedFault(
                    "rad69.no-transfer-syntax", en: "The request names no transfer syntax",
                    fr: "La demande ne nomme pas de syntaxe de transfert", expected: "TransferSyntaxUIDList",
                    place: content.path))
        } else if content.elements.last?.localName != "TransferSyntaxUIDList" {
            // IHE RAD TF-2 4.69, schema: the list follows the studies.
            faults.append(
                ReceivedFault(
                    "rad69.order", en: "TransferSyntaxUIDList is not the last element",
                    fr: "TransferSyntaxUIDList n'est pas le dernier élément", expected: "TransferSyntaxUIDList",
                    actual: content.elements.last?.localName, place: content.path))
        }
        return faults
    }

    private static func all(of request: RetrieveImagingDocumentSetRequest) -> [RetrieveDefect] {
        var defects: [RetrieveDefect] = []
        if request.studies.isEmpty { defects.append(missing("StudyRequest", in: "The request", request.place)) }
        for study in request.studies {
            defects += uid(study.uid, "studyInstanceUID", study.place)
            if study.series.isEmpty { defects.append(missing("SeriesRequest", in: "StudyRequest", study.place)) }
            for series in study.series {
                defects += uid(series.uid, "seriesInstanceUID", series.place)
                if series.documents.isEmpty {
                    defects.append(missing("DocumentRequest", in: "SeriesRequest", series.place))
                }
                defects += series.documents.flatMap { all(of: $0) }
            }
        }
        return defects
    }

    private static func missing(_ name: String, in parent: String, _ place: ReadPlace) -> RetrieveDefect {
        RetrieveDefect(
            .missingElement, place, en: "\(parent) has no \(name)",
            fr: "\(parent == "The request" ? "La demande" : parent) n'a pas de \(name)")
    }

    private static func illegal(_ name: String, _ value: String, _ place: ReadPlace) -> RetrieveDefect {
        RetrieveDefect(
            .illegalUID, place, en: "\(name) is no UID: '\(value)'", fr: "\(name) n'est pas un UID : « \(value) »")
    }

    private static func uid(_ value: String?, _ name: String, _ place: ReadPlace) -> [RetrieveDefect] {
        guard let value, !value.isEmpty else {
            return [RetrieveDefect(.emptyUID, place, en: "\(name) is missing", fr: "\(name) est absent")]
        }
        return UID.isValid(value) ? [] : [illegal(name, value, place)]
    }

    private static func all(of document: DocumentRequest) -> [RetrieveDefect] {
        var defects: [RetrieveDefect] = []
        for (name, value) in [
            ("RepositoryUniqueId", document.repositoryUniqueID), ("DocumentUniqueId", document.documentUniqueID),
        ] {
            guard let value, !value.isEmpty else {
                defects.append(
                    RetrieveDefect(
                        .missingID, document.place, en: "DocumentRequest has no \(name)",
                        fr: "DocumentRequest n'a pas de \(name)"))
                continue
            }
            let count = document.place.node?.elements(name, in: XDSNamespace.xdsb).count ?? 1
            if count > 1 {
                defects.append(
                    RetrieveDefect(
                        .repeatedID, document.place, en: "DocumentRequest has \(count) \(name)",
                        fr: "DocumentRequest a \(count) \(name)"))
            }
            if !UID.isValid(value) { defects.append(illegal(name, value, document.place)) }
        }
        return defects
    }
}

extension RetrieveImagingDocumentSetRequest {
    /// The request that `node` would be if namespaces did not count; nil when it is none.
    init?(ignoringNamespacesOf node: Node) {
        func children(_ node: Node, _ name: String) -> [Node] { node.elements.filter { $0.localName == name } }
        func text(_ node: Node, _ name: String) -> String? { children(node, name).first?.stringValue }
        guard node.localName == "RetrieveImagingDocumentSetRequest" else { return nil }
        self.init(
            children(node, "StudyRequest").map { study in
                Study(
                    uid: study.attribute("studyInstanceUID"),
                    series: children(study, "SeriesRequest").map { series in
                        Series(
                            uid: series.attribute("seriesInstanceUID"),
                            documents: children(series, "DocumentRequest").map {
                                DocumentRequest(
                                    home: text($0, "HomeCommunityId"),
                                    repositoryUniqueID: text($0, "RepositoryUniqueId"),
                                    documentUniqueID: text($0, "DocumentUniqueId"), place: ReadPlace($0))
                            })
                    })
            },
            transferSyntaxes: children(node, "TransferSyntaxUIDList").flatMap {
                children($0, "TransferSyntaxUID").map(\.stringValue)
            })
    }
}
