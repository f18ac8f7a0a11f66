/// A key object selection document (KOS) under the names of its domain (DICOM PS3.3, A.35.4; PS3.16, TID 2010).
///
/// A view: it judges nothing, an absent value is nil. Texts are without padding.
public struct KeyObjectSelection: Sendable {
    /// The file that is looked at.
    public let file: DICOMFile
    /// The evidence: items of (0040,A375).
    public let studies: [Study]
    /// All series of all studies.
    public let series: [Series]
    /// All instances of all series.
    public let instances: [Instance]
    /// The content tree: items of (0040,A730).
    public let contentItems: [ContentItem]

    /// A view of a file, whatever its class; its lists are read once.
    public init(_ file: DICOMFile) {
        self.file = file
        studies = Self.studies(of: file.dataSet)
        series = studies.flatMap(\.series)
        instances = series.flatMap(\.instances)
        contentItems = Self.contentItems(of: file.dataSet)
    }

    /// A coded concept.
    public struct Code: Sendable, Hashable {
        /// Code Value (0008,0100).
        public let value: String
        /// Coding Scheme Designator (0008,0102).
        public let scheme: String
        /// Code Meaning (0008,0104).
        public let meaning: String

        /// A concept.
        public init(value: String, scheme: String, meaning: String) {
            self.value = value
            self.scheme = scheme
            self.meaning = meaning
        }
    }

    /// An identifier and the authority that gave it.
    public struct Identifier: Sendable, Hashable {
        /// The identifier.
        public let value: String
        /// OID of the authority: Universal Entity ID (0040,0032).
        public let issuerOID: String?

        /// An identifier.
        public init(value: String, issuerOID: String?) {
            self.value = value
            self.issuerOID = issuerOID
        }
    }

    /// A reference to an instance.
    public struct Instance: Sendable, Hashable {
        /// Referenced SOP Class UID (0008,1150).
        public let sopClass: String?
        /// Referenced SOP Instance UID (0008,1155).
        public let sopInstance: String?
        /// Instance Number (0020,0013), where it is repeated.
        public let number: Int?
        /// Number of Frames (0028,0008), where it is repeated.
        public let frames: Int?
        /// The item.
        public let path: TagPath
        /// Where the item begins in the file.
        public let byteOffset: Int
    }

    /// A series of the evidence.
    public struct Series: Sendable, Hashable {
        /// Series Instance UID (0020,000E).
        public let uid: String?
        /// Series Number (0020,0011), where it is repeated.
        public let number: Int?
        /// Retrieve URL (0008,1190), blanks within it kept.
        public let retrieveURL: String?
        /// Retrieve Location UID (0040,E011).
        public let retrieveLocationUID: String?
        /// Retrieve AE Title (0008,0054).
        public let retrieveAETitle: String?
        /// The instances, in order.
        public let instances: [Instance]
        /// The item.
        public let path: TagPath
        /// Where the item begins in the file.
        public let byteOffset: Int
    }

    /// A study of the evidence.
    public struct Study: Sendable, Hashable {
        /// Study Instance UID (0020,000D).
        public let uid: String?
        /// The series, in order.
        public let series: [Series]
        /// The item.
        public let path: TagPath
        /// Where the item begins in the file.
        public let byteOffset: Int
    }

    /// The order that the exam answers: an item of (0040,A370).
    public struct Request: Sendable, Hashable {
        /// Study Instance UID (0020,000D).
        public let studyInstanceUID: String?
        /// Accession Number (0008,0050) and its issuer (0008,0051).
        public let accession: Identifier?
        /// Placer Order Number (0040,2016) and its issuer (0040,0026).
        public let placerOrder: Identifier?
        /// The item.
        public let path: TagPath
        /// Where the item begins in the file.
        public let byteOffset: Int
    }

    /// An item of the content tree.
    public struct ContentItem: Sendable, Hashable {
        /// Relationship Type (0040,A010).
        public let relationship: String?
        /// Value Type (0040,A040).
        public let valueType: String?
        /// Concept Name Code Sequence (0040,A043).
        public let concept: Code?
        /// Text Value (0040,A160).
        public let text: String?
        /// Referenced SOP Sequence (0008,1199).
        public let references: [Instance]
        /// The item.
        public let path: TagPath
        /// Where the item begins in the file.
        public let byteOffset: Int
    }
}

// The document, its patient, its order.
extension KeyObjectSelection {
    /// The data set.
    public var dataSet: DataSet { file.dataSet }
    /// Whether the instance is of the class Key Object Selection Document Storage.
    public var isKeyObjectSelection: Bool { dataSet.string(.sopClassUID) == UID.keyObjectSelection }
    /// SOP Instance UID (0008,0018).
    public var sopInstanceUID: String? { dataSet.string(.sopInstanceUID) }
    /// Study Instance UID (0020,000D).
    public var studyInstanceUID: String? { dataSet.string(.studyInstanceUID) }
    /// Series Instance UID (0020,000E) of the document itself.
    public var seriesInstanceUID: String? { dataSet.string(.seriesInstanceUID) }
    /// Instance Number (0020,0013): grows with each version.
    public var instanceNumber: Int? { dataSet.integer(.instanceNumber) }
    /// Patient ID (0010,0020): in France the INS.
    public var patientID: String? { dataSet.string(.patientID) }
    /// Issuer of Patient ID (0010,0021).
    public var issuerOfPatientID: String? { dataSet.string(.issuerOfPatientID) }
    /// OID of the issuer: (0010,0024), (0040,0032).
    public var patientIDOID: String? {
        dataSet.items(.issuerOfPatientIDQualifiersSequence).first?.string(.universalEntityID)
    }
    /// Patient's Name (0010,0010).
    public var patientName: String? { dataSet.string(.patientName) }
    /// Patient's Birth Date (0010,0030).
    public var patientBirthDate: String? { dataSet.string(.patientBirthDate) }
    /// Patient's Sex (0010,0040).
    public var patientSex: String? { dataSet.string(.patientSex) }
    /// Institution Name (0008,0080).
    public var institutionName: String? { dataSet.string(.institutionName) }
    /// Study Description (0008,1030).
    public var studyDescription: String? { dataSet.string(.studyDescription) }

    /// The title: Concept Name Code Sequence (0040,A043).
    public var title: Code? { Self.code(dataSet.items(.conceptNameCodeSequence)) }
    /// Whether the title is 113030, DCM: a manifest.
    public var isManifest: Bool { title?.value == "113030" && title?.scheme == "DCM" }

    /// The accession number of the first request.
    public var accession: Identifier? { requests.first?.accession }
    /// The placer's order of the first request.
    public var placerOrder: Identifier? { requests.first?.placerOrder }

    /// The orders: items of (0040,A370).
    public var requests: [Request] {
        dataSet.items(.referencedRequestSequence).enumerated().map { index, item in
            Request(
                studyInstanceUID: item.string(.studyInstanceUID),
                accession: Self.identifier(item, .accessionNumber, .issuerOfAccessionNumberSequence),
                placerOrder: Self.identifier(
                    item, .placerOrderNumberImagingServiceRequest, .orderPlacerIdentifierSequence),
                path: TagPath([(.referencedRequestSequence, index + 1)]), byteOffset: item.byteOffset)
        }
    }
}

// The evidence and the content.
extension KeyObjectSelection {
    private static func studies(of dataSet: DataSet) -> [Study] {
        let sequence = Tag.currentRequestedProcedureEvidenceSequence
        return dataSet.items(sequence).enumerated().map { index, item in
            let path = TagPath([(sequence, index + 1)])
            return Study(
                uid: item.string(.studyInstanceUID), series: series(of: item, path), path: path,
                byteOffset: item.byteOffset)
        }
    }

    private static func contentItems(of dataSet: DataSet) -> [ContentItem] {
        dataSet.items(.contentSequence).enumerated().map { index, item in
            let path = TagPath([(.contentSequence, index + 1)])
            return ContentItem(
                relationship: item.string(.relationshipType), valueType: item.string(.valueType),
                concept: code(item.items(.conceptNameCodeSequence)), text: item.text(.textValue),
                references: instances(of: item, path), path: path, byteOffset: item.byteOffset)
        }
    }

    /// The key object description: the text of the last item that is text (113012, DCM).
    public var description: String? {
        let texts = contentItems.filter { $0.valueType == "TEXT" }
        return (texts.last { $0.concept?.value == "113012" } ?? texts.last)?.text
    }

    /// The lines of the description, whatever ends them.
    public var descriptionLines: [String] {
        var lines = (description ?? "").split(omittingEmptySubsequences: false) { $0.isNewline }.map { String($0) }
        while lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
        return lines
    }

    private static func series(of study: DataSet, _ path: TagPath) -> [Series] {
        study.items(.referencedSeriesSequence).enumerated().map { index, item in
            let path = path.item(.referencedSeriesSequence, index + 1)
            return Series(
                uid: item.string(.seriesInstanceUID), number: item.integer(.seriesNumber),
                retrieveURL: item.text(.retrieveURL), retrieveLocationUID: item.string(.retrieveLocationUID),
                retrieveAETitle: item.string(.retrieveAETitle), instances: instances(of: item, path), path: path,
                byteOffset: item.byteOffset)
        }
    }

    private static func instances(of parent: DataSet, _ path: TagPath) -> [Instance] {
        parent.items(.referencedSOPSequence).enumerated().map { index, item in
            Instance(
                sopClass: item.string(.referencedSOPClassUID), sopInstance: item.string(.referencedSOPInstanceUID),
                number: item.integer(.instanceNumber), frames: item.integer(.numberOfFrames),
                path: path.item(.referencedSOPSequence, index + 1), byteOffset: item.byteOffset)
        }
    }

    private static func code(_ items: [DataSet]) -> Code? {
        items.first.map { item in
            Code(
                value: item.string(.codeValue) ?? "", scheme: item.string(.codingSchemeDesignator) ?? "",
                meaning: item.string(.codeMeaning) ?? "")
        }
    }

    private static func identifier(_ item: DataSet, _ tag: Tag, _ issuer: Tag) -> Identifier? {
        item.string(tag).map { Identifier(value: $0, issuerOID: item.items(issuer).first?.string(.universalEntityID)) }
    }
}
