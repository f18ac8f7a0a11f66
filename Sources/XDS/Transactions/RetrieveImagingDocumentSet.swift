public import XML

/// The request of RAD-69. Source: IHE RAD TF-2 4.69, schema XDSI.b_ImagingDocumentSource.
public struct RetrieveImagingDocumentSetRequest: Sendable, Hashable {
    /// One study.
    public struct Study: Sendable, Hashable {
        /// Its UID; nil when the attribute is missing.
        public var uid: String?
        /// Its series.
        public var series: [Series]
        /// Where it was read.
        public var place: ReadPlace

        /// A study.
        public init(uid: String?, series: [Series], place: ReadPlace = .init()) {
            self.uid = uid
            self.series = series
            self.place = place
        }
    }

    /// One series.
    public struct Series: Sendable, Hashable {
        /// Its UID; nil when the attribute is missing.
        public var uid: String?
        /// Its instances, each a document whose unique id is the SOP Instance UID.
        public var documents: [DocumentRequest]
        /// Where it was read.
        public var place: ReadPlace

        /// A series.
        public init(uid: String?, documents: [DocumentRequest], place: ReadPlace = .init()) {
            self.uid = uid
            self.documents = documents
            self.place = place
        }
    }

    /// The studies.
    public var studies: [Study]
    /// The transfer syntaxes that the asker takes.
    public var transferSyntaxes: [String]
    /// Whether `TransferSyntaxUIDList` is there.
    public var hasTransferSyntaxList: Bool
    /// The body element, where it was read.
    public var place = ReadPlace()

    /// A request.
    public init(_ studies: [Study], transferSyntaxes: [String]) {
        self.studies = studies
        self.transferSyntaxes = transferSyntaxes
        hasTransferSyntaxList = true
    }

    /// The request that the body element `node` is; nil when it is none.
    public init?(reading node: Node) {
        let xdsi = XDSNamespace.xdsi
        guard node.localName == "RetrieveImagingDocumentSetRequest", node.namespaceURI == xdsi else { return nil }
        studies = node.elements("StudyRequest", in: xdsi).map { study in
            Study(
                uid: study.attribute("studyInstanceUID")?.trimmedLine,
                series: study.elements("SeriesRequest", in: xdsi).map { series in
                    Series(
                        uid: series.attribute("seriesInstanceUID")?.trimmedLine,
                        documents: series.elements("DocumentRequest", in: XDSNamespace.xdsb).map {
                            DocumentRequest(reading: $0)
                        }, place: ReadPlace(series))
                }, place: ReadPlace(study))
        }
        let list = node.first("TransferSyntaxUIDList", in: xdsi)
        hasTransferSyntaxList = list != nil
        transferSyntaxes = (list?.elements("TransferSyntaxUID", in: xdsi) ?? []).map { $0.stringValue.trimmedLine }
        place = ReadPlace(node)
    }

    /// The body element.
    public func element() -> Element {
        var element = Element(
            "xdsi:RetrieveImagingDocumentSetRequest",
            ["xmlns:xdsi": XDSNamespace.xdsi, "xmlns:xdsb": XDSNamespace.xdsb])
        for study in studies {
            var studyElement = Element("xdsi:StudyRequest")
            studyElement["studyInstanceUID"] = study.uid
            for series in study.series {
                var seriesElement = Element("xdsi:SeriesRequest", [:], series.documents.map { $0.element() })
                seriesElement["seriesInstanceUID"] = series.uid
                studyElement.append(seriesElement)
            }
            element.append(studyElement)
        }
        if hasTransferSyntaxList {
            element.append(
                Element(
                    "xdsi:TransferSyntaxUIDList", [:],
                    transferSyntaxes.map { Element("xdsi:TransferSyntaxUID", text: $0) }))
        }
        return element
    }

    /// Every instance that is asked, with its study and series.
    public var requests: [(study: String?, series: String?, document: DocumentRequest)] {
        studies.flatMap { study in
            study.series.flatMap { series in series.documents.map { (study.uid, series.uid, $0) } }
        }
    }
}
