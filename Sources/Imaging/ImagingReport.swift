public import XML

/// What an imaging report (CDA R2, IMG-CR-IMG) says of the exam, each datum with the place where it stands.
///
/// Nothing is judged here: absent data are nil or empty, and a report that breaks every rule can still be read.
public struct ImagingReport: Sendable {
    /// The namespace of CDA.
    public static let namespace = "urn:hl7-org:v3"
    /// The namespace of the accession number (DICOM PS3.20).
    public static let dicomNamespace = "urn:dicom-org:ps3-20"

    /// An instance identifier and its node.
    public struct Identifier: Sendable {
        public let root: String
        public let value: String?
        public let node: Node

        /// `root.extension`, as the link writes it; the root alone where there is no extension.
        public var joined: String { value.map { "\(root).\($0)" } ?? root }
        /// `root^extension` or the root, as an XDS uniqueId.
        public var uniqueID: String { value.map { "\(root)^\($0)" } ?? root }
    }

    /// A coded value and its node.
    public struct Code: Sendable {
        public let code: String
        public let system: String
        public let display: String?
        public let node: Node
    }

    /// `inFulfillmentOf/order`.
    public struct Order: Sendable {
        public let node: Node
        public let identifiers: [Identifier]
        public let accessions: [Identifier]
    }

    /// `documentationOf/serviceEvent`: an act of imaging, or something else as a screening.
    public struct Act: Sendable {
        public let node: Node
        public let identifiers: [Identifier]
        public let code: Code?
        public let modalities: [Code]
        public let regions: [Code]
        public let start: String?
        public let stop: String?
        /// The organisation of the performer.
        public let organizations: [Identifier]

        /// A LOINC act; a screening (`Z13.9`) is none.
        public var isImaging: Bool { code?.system == CodeSystem.loinc }
        /// The Study Instance UID: root of the first id.
        public var studyUID: String? { identifiers.first?.root }
    }

    /// OIDs of the code systems that the rules speak of.
    public enum CodeSystem {
        public static let loinc = "2.16.840.1.113883.6.1"
        public static let dicom = "1.2.840.10008.2.16.4"
        public static let snomed = "2.16.840.1.113883.6.96"
        public static let sopClass = "1.2.840.10008.2.6.1"
    }

    /// The patient of the header.
    public struct Patient: Sendable {
        public let node: Node
        public let identifiers: [Identifier]
        public let birthName: String?
        /// `given` without qualifier: the list of the birth certificate.
        public let birthGivenNames: String?
        /// `given[@qualifier='BR']`.
        public let firstBirthGivenName: String?
        public let usedName: String?
        public let usedGivenName: String?
        public let sex: String?
        public let birthDate: String?
        /// The COG code of the birth place.
        public let birthPlace: String?

        /// The first id whose root is an authority of the INS.
        public var nationalIdentifier: Identifier? {
            identifiers.first { NationalIdentifier.authority(oid: $0.root) != nil }
        }
    }

    public let document: Document
    /// `ClinicalDocument`.
    public let root: Node
    public let identifier: Identifier?
    public let setIdentifier: Identifier?
    public let version: String?
    public let code: Code?
    public let title: String?
    public let effectiveTime: String?
    /// `root` or `root extension` of each templateId.
    public let templates: [Identifier]
    public let patient: Patient?
    public let orders: [Order]
    public let acts: [Act]
    public let catalogues: [ObjectCatalogue]

    /// Reads a parsed document; nil where its root is not `ClinicalDocument` of CDA.
    public init?(_ document: Document) {
        let root = document.documentElement
        guard root.name == QName("ClinicalDocument", in: Self.namespace) else { return nil }
        self.document = document
        self.root = root
        identifier = root.cda("id").compactMap(Identifier.init).first
        setIdentifier = root.cda("setId").compactMap(Identifier.init).first
        version = root.firstCDA("versionNumber")?.attribute("value")
        code = root.firstCDA("code").flatMap(Code.init)
        title = root.firstCDA("title")?.stringValue
        effectiveTime = root.firstCDA("effectiveTime")?.attribute("value")
        templates = root.cda("templateId").compactMap(Identifier.init)
        patient = root.cda("recordTarget").flatMap { $0.cda("patientRole") }.first.map(Patient.init)
        orders = root.cda("inFulfillmentOf").flatMap { $0.cda("order") }.map(Order.init)
        acts = root.cda("documentationOf").flatMap { $0.cda("serviceEvent") }.map(Act.init)
        catalogues = root.descendants("section", in: Self.namespace).filter {
            $0.hasTemplate(ObjectCatalogue.template)
        }.map(ObjectCatalogue.init)
    }

    /// The acts of imaging: those with an id or a LOINC code.
    public var imagingActs: [Act] { acts.filter { $0.isImaging || !$0.identifiers.isEmpty } }
    /// The Study Instance UIDs of the header.
    public var studyUIDs: [String] { imagingActs.compactMap(\.studyUID) }
    /// The accession numbers of the header.
    public var accessions: [Identifier] { orders.flatMap(\.accessions) }
    /// The order numbers of the header.
    public var orderNumbers: [Identifier] { orders.flatMap(\.identifiers) }
    /// Whether the body is structured (level 3); false for a PDF body (level 1).
    public var isStructured: Bool {
        root.cda("component").contains { $0.firstCDA("structuredBody") != nil }
    }
    /// Every link to images in the entries of the catalogues.
    public var links: [CatalogueLink] { catalogues.flatMap(\.links) }
}

extension ImagingReport.Identifier {
    init?(_ node: Node) {
        guard let root = node.attribute("root") else { return nil }
        self.init(root: root, value: node.attribute("extension"), node: node)
    }
}

extension ImagingReport.Code {
    init?(_ node: Node) {
        guard let code = node.attribute("code") else { return nil }
        self.init(
            code: code, system: node.attribute("codeSystem") ?? "", display: node.attribute("displayName"), node: node)
    }
}

extension ImagingReport.Order {
    init(_ node: Node) {
        self.init(
            node: node, identifiers: node.cda("id").compactMap(ImagingReport.Identifier.init),
            accessions: node.elements("accessionNumber", in: ImagingReport.dicomNamespace)
                .compactMap(ImagingReport.Identifier.init))
    }
}

extension ImagingReport.Act {
    init(_ node: Node) {
        let code = node.firstCDA("code")
        let translations = code?.cda("translation") ?? []
        let times = node.firstCDA("effectiveTime")
        self.init(
            node: node, identifiers: node.cda("id").compactMap(ImagingReport.Identifier.init),
            code: code.flatMap(ImagingReport.Code.init),
            modalities: translations.filter { $0.attribute("codeSystem") == ImagingReport.CodeSystem.dicom }
                .compactMap(ImagingReport.Code.init),
            regions: translations.filter { $0.attribute("codeSystem") == ImagingReport.CodeSystem.snomed }
                .compactMap(ImagingReport.Code.init),
            start: times?.firstCDA("low")?.attribute("value") ?? times?.attribute("value"),
            stop: times?.firstCDA("high")?.attribute("value"),
            organizations: node.cda("performer").flatMap { $0.cda("assignedEntity") }
                .flatMap { $0.cda("representedOrganization") }.flatMap { $0.cda("id") }
                .compactMap(ImagingReport.Identifier.init))
    }
}

extension ImagingReport.Patient {
    init(_ node: Node) {
        let patient = node.firstCDA("patient")
        let names = patient?.cda("name") ?? []
        func part(_ element: String, _ qualifier: String?) -> String? {
            names.flatMap { $0.cda(element) }.first { $0.attribute("qualifier") == qualifier }?.stringValue
                .withoutOuterBlanks
        }
        self.init(
            node: node, identifiers: node.cda("id").compactMap(ImagingReport.Identifier.init),
            birthName: part("family", "BR"), birthGivenNames: part("given", nil),
            firstBirthGivenName: part("given", "BR"), usedName: part("family", "CL"),
            usedGivenName: part("given", "CL"),
            sex: patient?.firstCDA("administrativeGenderCode")?.attribute("code"),
            birthDate: patient?.firstCDA("birthTime")?.attribute("value"),
            birthPlace: patient?.firstCDA("birthplace")?.firstCDA("place")?.firstCDA("addr")?.firstCDA("county")?
                .stringValue.withoutOuterBlanks)
    }
}

extension Node {
    /// The children of this name in the namespace of CDA.
    package func cda(_ name: String) -> [Node] { elements(name, in: ImagingReport.namespace) }
    /// The first of them.
    package func firstCDA(_ name: String) -> Node? { first(name, in: ImagingReport.namespace) }
    /// Whether a templateId has this root.
    package func hasTemplate(_ root: String) -> Bool { cda("templateId").contains { $0.attribute("root") == root } }
}
