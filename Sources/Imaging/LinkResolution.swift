public import DICOM
public import XDS

/// The way from a report to its images, hop by hop, each step pure: what is asked and what is picked, no exchange.
///
/// CR → link → accession, study and report id → entries of the DMP → KOS → instances.
public struct LinkResolution: Sendable {
    /// Why a hop leads nowhere.
    public struct Failure: Error, Sendable, Hashable {
        /// A stable name of a failure.
        public struct Code: RawRepresentable, Sendable, Hashable {
            public let rawValue: String
            public init(rawValue: String) { self.rawValue = rawValue }
            public static let noLink = Code(rawValue: "no-link")
            public static let formerLink = Code(rawValue: "former-link")
            public static let incompleteLink = Code(rawValue: "incomplete-link")
            public static let noPatient = Code(rawValue: "no-patient")
            public static let noAccession = Code(rawValue: "no-accession")
            public static let noManifest = Code(rawValue: "no-manifest")
            public static let severalManifests = Code(rawValue: "several-manifests")
            public static let otherStudy = Code(rawValue: "other-study")
            public static let noInstance = Code(rawValue: "no-instance")
        }

        public let code: Code
        /// One line in English.
        public let message: String

        init(_ code: Code, _ message: String) {
            self.code = code
            self.message = message
        }
    }

    /// What the report and its link give.
    public let link: ImageDisplayLink
    public let studyUID: String
    /// Root and extension, as the header of the report has them.
    public let accessionRoot: String
    public let accession: String
    public let documentID: String
    /// The INS of the report, to ask the DMP with.
    public let patient: CX

    /// The first hop: the link of a report, and the accession number of its header that the link joins.
    ///
    /// - Parameter studyUID: which exam of a report that has several; nil takes the first link.
    public init(_ report: ImagingReport, studyUID wanted: String? = nil) throws(Failure) {
        let links = report.links
        guard let entry = links.first(where: { wanted == nil || $0.studyUID == wanted }) else {
            throw Failure(.noLink, "the report has no link to images in its object catalogue")
        }
        try self.init(entry.link, of: report)
    }

    /// The first hop from a link that was found elsewhere, as in a PDF.
    public init(_ link: ImageDisplayLink, of report: ImagingReport) throws(Failure) {
        guard link.form != .wadoURI else {
            throw Failure(
                .formerLink, "the link is a WADO-URI of an older version; it names neither accession nor report")
        }
        guard let study = link.studyUID, let joined = link.accession, let document = link.documentID, !study.isEmpty,
            !joined.isEmpty, !document.isEmpty
        else { throw Failure(.incompleteLink, "the link lacks studyUID, Accessionnumber or idCDA") }
        // Root and extension are joined by a dot, and the extension may hold dots: the header tells where to part.
        guard let accession = report.accessions.first(where: { $0.joined == joined }), let value = accession.value
        else {
            throw Failure(.noAccession, "no accession number of the header is '\(joined)'")
        }
        guard let identifier = report.patient?.nationalIdentifier, let number = identifier.value else {
            throw Failure(.noPatient, "the report has no INS")
        }
        self.link = link
        studyUID = study
        accessionRoot = accession.root
        self.accession = value
        documentID = document
        patient = CX(id: number, oid: identifier.root, type: "NH")
    }

    /// The second hop: the query for the KOS of the accession number.
    public var query: StoredQuery {
        let reference = CXi(id: accession, oid: accessionRoot, kind: .accession)
        return StoredQuery(
            .findDocumentsByReferenceID,
            parameters: [
                .init("$XDSDocumentEntryPatientId", [QueryValue.string(patient.text).written]),
                .init("$XDSDocumentEntryStatus", [QueryValue.list([XDSURN.approved]).written]),
                .init("$XDSDocumentEntryReferenceIdList", [QueryValue.list([reference.text]).written]),
                .init("$XDSDocumentEntryTypeCode", [QueryValue.list([FrenchCode.kosType.queryText]).written]),
            ])
    }

    /// The entries among those found that are of this exam: same accession (value and authority), same study, approved.
    ///
    /// A registry may return more: GetDocuments returns replaced ones, and an authority can differ.
    public func matching(_ entries: [DocumentEntry]) -> [DocumentEntry] {
        entries.filter { entry in
            let accessions: [CXi] = entry.references(.accession)
            let studies: [CXi] = entry.references(.studyInstanceUID)
            guard entry.availabilityStatus == XDSURN.approved else { return false }
            guard accessions.contains(where: { $0.id == accession && $0.authority?.universalID == accessionRoot })
            else {
                return false
            }
            return studies.isEmpty || studies.contains { $0.id == studyUID }
        }
    }

    /// The third hop: the entry of the KOS.
    public func manifest(in entries: [DocumentEntry]) throws(Failure) -> DocumentEntry {
        let candidates = matching(entries).filter(\.isKOS)
        guard let entry = candidates.first else {
            throw Failure(.noManifest, "no approved KOS refers to the accession number and the study of the link")
        }
        guard candidates.count == 1 else {
            throw Failure(.severalManifests, "\(candidates.count) approved KOS refer to the exam")
        }
        return entry
    }

    /// The fourth hop: the series that the KOS lists for the study of the link.
    public func series(of manifest: KeyObjectSelection) throws(Failure) -> [KeyObjectSelection.Series] {
        guard let study = manifest.studies.first(where: { $0.uid == studyUID }) else {
            throw Failure(
                .otherStudy,
                "the KOS lists the study \(manifest.studies.first?.uid ?? "none"), the link names \(studyUID)")
        }
        guard study.series.contains(where: { !$0.instances.isEmpty }) else {
            throw Failure(.noInstance, "the KOS lists no instance of the study")
        }
        return study.series
    }
}
