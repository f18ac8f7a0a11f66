import DICOM
import XDS
import XML

/// What makes a RAD-69 request malformed: the answer is XDSIRequestError (IHE RAD TF-2 4.69.4.1.3).
struct RetrieveDefect: Sendable {
    /// Its kind.
    enum Kind: Sendable, Hashable {
        /// A study or series without UID.
        case emptyUID
        /// No study, series or document where one is due.
        case missingElement
        /// A document without its id or that of its repository.
        case missingID
        /// A document with two of them.
        case repeatedID
        /// An identifier that is no UID.
        case illegalUID
    }

    let kind: Kind
    /// One line in English.
    let text: String

    /// The first defect of `request` that is not of the kinds `ignored`; nil where there is none.
    init?(of request: RetrieveImagingDocumentSetRequest, ignoring ignored: Set<Kind> = []) {
        guard let first = Self.all(of: request).first(where: { !ignored.contains($0.kind) }) else { return nil }
        self = first
    }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    private static func all(of request: RetrieveImagingDocumentSetRequest) -> [RetrieveDefect] {
        var defects: [RetrieveDefect] = []
        if request.studies.isEmpty { defects.append(RetrieveDefect(.missingElement, "no StudyRequest")) }
        for study in request.studies {
            defects += uid(study.uid, "studyInstanceUID of a StudyRequest")
            if study.series.isEmpty {
                defects.append(RetrieveDefect(.missingElement, "a StudyRequest has no SeriesRequest"))
            }
            for series in study.series {
                defects += uid(series.uid, "seriesInstanceUID of a SeriesRequest")
                if series.documents.isEmpty {
                    defects.append(RetrieveDefect(.missingElement, "a SeriesRequest has no DocumentRequest"))
                }
                defects += series.documents.flatMap { all(of: $0) }
            }
        }
        return defects
    }

    private static func uid(_ value: String?, _ name: String) -> [RetrieveDefect] {
        guard let value, !value.isEmpty else { return [RetrieveDefect(.emptyUID, "\(name) is missing")] }
        return UID.isValid(value) ? [] : [RetrieveDefect(.illegalUID, "\(name) is no UID")]
    }

    private static func all(of document: DocumentRequest) -> [RetrieveDefect] {
        var defects: [RetrieveDefect] = []
        for (name, value) in [
            ("RepositoryUniqueId", document.repositoryUniqueID), ("DocumentUniqueId", document.documentUniqueID),
        ] {
            guard let value, !value.isEmpty else {
                defects.append(RetrieveDefect(.missingID, "a DocumentRequest has no \(name)"))
                continue
            }
            let count = document.place.node?.elements(name, in: XDSNamespace.xdsb).count ?? 1
            if count > 1 { defects.append(RetrieveDefect(.repeatedID, "a DocumentRequest has \(count) \(name)")) }
            if !UID.isValid(value) {
                defects.append(RetrieveDefect(.illegalUID, "\(name) of a DocumentRequest is no UID"))
            }
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
                                    repositoryUniqueID: text($0, "RepositoryUniqueId"),
                                    documentUniqueID: text($0, "DocumentUniqueId"))
                            })
                    })
            },
            transferSyntaxes: children(node, "TransferSyntaxUIDList").flatMap {
                children($0, "TransferSyntaxUID").map(\.stringValue)
            })
    }
}
