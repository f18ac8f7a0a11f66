public import XML

/// A link to images that an entry of a catalogue holds, and all that it stands for.
public struct CatalogueLink: Sendable {
    public let link: ImageDisplayLink
    /// `text/reference` of the SOP observation.
    public let node: Node
    /// The Study Instance UID of the exam act around it.
    public let studyUID: String?
    /// The links of the narrative of the same section.
    public let narrative: [NarrativeLink]
}

/// A `linkHtml` of the narrative of a catalogue.
public struct NarrativeLink: Sendable {
    public let link: ImageDisplayLink
    public let node: Node
}

/// The section "Catalogue d'objets DICOM" of a report: one generic series and one generic SOP observation per exam, and
/// the link to the images.
public struct ObjectCatalogue: Sendable {
    /// The French template of the section.
    public static let template = "1.2.250.1.213.1.1.2.217"
    /// The DICOM template of the section.
    public static let dicomTemplate = "2.16.840.1.113883.10.20.6.1.1"
    /// The template of the act around an exam.
    public static let examTemplate = "1.2.250.1.213.1.1.3.155"
    /// The template of the act around a series.
    public static let seriesTemplate = "1.2.250.1.213.1.1.3.156"
    /// The template of the observation of a SOP instance.
    public static let observationTemplate = "1.2.250.1.213.1.1.3.157"

    /// A SOP observation.
    public struct Observation: Sendable {
        public let node: Node
        public let code: ImagingReport.Code?
        /// `text`.
        public let text: Node?
        /// `text/reference`.
        public let reference: Node?
        public let link: ImageDisplayLink?
    }

    /// An act of a series.
    public struct Series: Sendable {
        public let node: Node
        public let identifiers: [ImagingReport.Identifier]
        /// `code/qualifier/value`.
        public let modalities: [ImagingReport.Code]
        public let observations: [Observation]
    }

    /// An act of an exam.
    public struct Exam: Sendable {
        public let node: Node
        public let identifiers: [ImagingReport.Identifier]
        public let effectiveTime: Node?
        public let series: [Series]

        /// The Study Instance UID.
        public var studyUID: String? { identifiers.first?.root }
    }

    /// The section.
    public let node: Node
    public let exams: [Exam]
    public let narrative: [NarrativeLink]

    /// The links of the entries.
    public var links: [CatalogueLink] {
        exams.flatMap { exam in
            exam.series.flatMap(\.observations).compactMap { observation in
                guard let link = observation.link, let node = observation.reference else { return nil }
                return CatalogueLink(link: link, node: node, studyUID: exam.studyUID, narrative: narrative)
            }
        }
    }

    init(_ section: Node) {
        node = section
        exams = section.cda("entry").flatMap { $0.cda("act") }.filter { $0.hasTemplate(Self.examTemplate) }
            .map(Exam.init)
        narrative = (section.firstCDA("text")?.descendants("linkHtml", in: ImagingReport.namespace) ?? []).map {
            NarrativeLink(link: ImageDisplayLink(reading: $0.attribute("href") ?? ""), node: $0)
        }
    }
}

extension ObjectCatalogue.Exam {
    init(_ act: Node) {
        self.init(
            node: act, identifiers: act.cda("id").compactMap(ImagingReport.Identifier.init),
            effectiveTime: act.firstCDA("effectiveTime"),
            series: act.cda("entryRelationship").flatMap { $0.cda("act") }
                .filter { $0.hasTemplate(ObjectCatalogue.seriesTemplate) }.map(ObjectCatalogue.Series.init))
    }
}

extension ObjectCatalogue.Series {
    init(_ act: Node) {
        self.init(
            node: act, identifiers: act.cda("id").compactMap(ImagingReport.Identifier.init),
            modalities: (act.firstCDA("code")?.cda("qualifier") ?? []).flatMap { $0.cda("value") }
                .compactMap(ImagingReport.Code.init),
            observations: act.cda("entryRelationship").flatMap { $0.cda("observation") }
                .filter { $0.hasTemplate(ObjectCatalogue.observationTemplate) }
                .map(ObjectCatalogue.Observation.init))
    }
}

extension ObjectCatalogue.Observation {
    init(_ observation: Node) {
        let text = observation.firstCDA("text")
        let reference = text?.firstCDA("reference")
        self.init(
            node: observation, code: observation.firstCDA("code").flatMap(ImagingReport.Code.init), text: text,
            reference: reference,
            link: reference.map { ImageDisplayLink(reading: $0.attribute("value") ?? "") })
    }
}
