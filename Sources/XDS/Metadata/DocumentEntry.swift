/// A document entry: what the registry knows of one document.
///
/// Source: IHE ITI TF-3 4.2.3.2; French values: CI-SIS, volet Partage de documents de santé.
public struct DocumentEntry: Sendable, Hashable {
    /// `@id`: symbolic in a submission, `urn:uuid:` in the registry.
    public var id: String
    /// The logical id.
    public var logicalID: String?
    /// The community.
    public var home: String?
    /// Stable or on-demand.
    public var objectType = XDSUUID.stableDocument
    /// `Approved`, `Deprecated`, …; set by the registry.
    public var availabilityStatus: String?
    /// The media type.
    public var mimeType: String
    /// The title.
    public var title: String?
    /// The comments.
    public var comments: String?
    /// The version.
    public var version: String?
    /// Who made it.
    public var authors: [Author] = []
    /// The class.
    public var classCode: CodedValue?
    /// The type.
    public var typeCode: CodedValue?
    /// The format.
    public var formatCode: CodedValue?
    /// The kind of facility.
    public var healthcareFacilityTypeCode: CodedValue?
    /// The practice setting.
    public var practiceSettingCode: CodedValue?
    /// The confidentiality codes.
    public var confidentialityCodes: [CodedValue] = []
    /// The event codes: modality, region, act.
    public var eventCodes: [CodedValue] = []
    /// When the document was made.
    public var creationTime: DTM?
    /// When the act began.
    public var serviceStartTime: DTM?
    /// When the act ended.
    public var serviceStopTime: DTM?
    /// The language.
    public var languageCode: String?
    /// Who answers for it.
    public var legalAuthenticator: XCN?
    /// The patient's identifier at the source.
    public var sourcePatientID: CX?
    /// `PID-n|…` values.
    public var sourcePatientInfo: [String] = []
    /// The patient.
    public var patientID: CX?
    /// The document's own identifier.
    public var uniqueID: String
    /// SHA-1 of the bytes, in hexadecimal.
    public var hash: String?
    /// The number of bytes, as written.
    public var size: String?
    /// Where it is kept.
    public var repositoryUniqueID: String?
    /// References to exam, order, study.
    public var referenceIDs: [CXi] = []
    /// The file name, in XDM.
    public var uri: String?
    /// Slots that no attribute above holds.
    public var otherSlots: [Slot] = []
    /// Classifications of other schemes.
    public var otherClassifications: [Classification] = []
    /// The object that it was read from, as it stood; never counts in comparisons.
    public var source: SourceObject

    /// An entry.
    public init(id: String, mimeType: String, uniqueID: String) {
        self.id = id
        self.mimeType = mimeType
        self.uniqueID = uniqueID
        source = SourceObject(nil)
    }

    /// The value of `sourcePatientInfo` for a PID field: `info(5)` is what follows `PID-5|`.
    public func patientInfo(_ field: Int) -> String? {
        sourcePatientInfo.first { $0.hasPrefix("PID-\(field)|") }.map { String($0.dropFirst("PID-\(field)|".count)) }
    }

    /// The references of one kind.
    public func references(_ kind: CXi.Kind) -> [CXi] { referenceIDs.filter { $0.kind == kind } }

    /// Whether it is a KOS by its format, type or media type.
    public var isKOS: Bool {
        formatCode?.code == FrenchOID.kosFormat || typeCode?.code == "IMG-KOS" || mimeType == "application/dicom"
    }

    /// Whether it is the signature of a submission set.
    public var isSignature: Bool {
        formatCode?.code == FrenchCode.signatureFormat.code || typeCode?.code == FrenchCode.signatureType.code
    }

    /// Whether it is an imaging report by its type.
    public var isImagingReport: Bool { typeCode?.code == FrenchCode.reportType.code }
}

/// The object that a value was read from; it never counts when values are compared.
public struct SourceObject: Sendable, Hashable {
    /// The object.
    public let object: RegistryObject?

    /// An object; nil for a value that was made, not read.
    public init(_ object: RegistryObject?) { self.object = object }

    /// Always equal.
    public static func == (left: SourceObject, right: SourceObject) -> Bool { true }

    /// Hashes nothing, as `==` compares nothing.
    public func hash(into hasher: inout Hasher) {}
}
