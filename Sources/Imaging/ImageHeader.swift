public import DICOM

/// What the head of an image says, pixels apart.
public struct ImageHeader: Sendable, Hashable {
    /// An identifier of the patient.
    public struct PatientIdentifier: Sendable, Hashable {
        public let value: String
        /// (0010,0021).
        public let issuer: String?
        /// (0010,0024)/(0040,0032).
        public let oid: String?
        /// (0010,0024)/(0040,0033): `ISO`.
        public let oidType: String?
        /// (0010,0022): `TEXT`.
        public let type: String?
    }

    /// (0002,0010).
    public let transferSyntax: String
    /// (0002,0002).
    public let mediaStorageSOPClassUID: String?
    /// (0002,0003).
    public let mediaStorageSOPInstanceUID: String?
    public let sopClassUID: String?
    public let sopInstanceUID: String?
    public let seriesInstanceUID: String?
    public let studyInstanceUID: String?
    public let modality: String?
    public let accession: String?
    public let placerOrder: String?
    /// (0010,0020) and its issuer.
    public let patientID: PatientIdentifier?
    /// The items of (0010,1002).
    public let otherPatientIDs: [PatientIdentifier]
    public let patientName: String?
    /// (0010,1001): used names.
    public let otherPatientNames: [String]
    public let birthDate: String?
    public let sex: String?
    /// Rows and columns, where the instance has pixels.
    public let rows: Int?
    public let columns: Int?
    /// How the pixels are there.
    public let pixels: ImagePixels
    /// What the file has against its form.
    public let faults: Set<DICOMNote.Code>

    /// The head of a file that was read or made whole.
    public init(_ file: DICOMFile) { self.init(file, pixels: ImagePixels(file)) }

    /// The head of a file whose pixels were followed apart.
    init(_ file: DICOMFile, pixels: ImagePixels) {
        let dataSet = file.dataSet
        self.pixels = pixels
        faults = Set(file.notes.map(\.code))
        transferSyntax = file.transferSyntax
        mediaStorageSOPClassUID = file.meta.string(.mediaStorageSOPClassUID)
        mediaStorageSOPInstanceUID = file.meta.string(.mediaStorageSOPInstanceUID)
        sopClassUID = dataSet.string(.sopClassUID)
        sopInstanceUID = dataSet.string(.sopInstanceUID)
        seriesInstanceUID = dataSet.string(.seriesInstanceUID)
        studyInstanceUID = dataSet.string(.studyInstanceUID)
        modality = dataSet.string(.modality)
        accession = dataSet.string(.accessionNumber)
        placerOrder = dataSet.string(.placerOrderNumberImagingServiceRequest)
        patientID = PatientIdentifier(dataSet)
        otherPatientIDs = dataSet.items(.otherPatientIDsSequence).compactMap(PatientIdentifier.init)
        patientName = dataSet.string(.patientName)
        otherPatientNames = dataSet.strings(.otherPatientNames).filter { !$0.isEmpty }
        birthDate = dataSet.string(.patientBirthDate)
        sex = dataSet.string(.patientSex)
        rows = dataSet.integer(.rows)
        columns = dataSet.integer(.columns)
    }

    /// The item of (0010,1002) that holds an INS: a right key, or an authority of the INS.
    public var nationalIdentifier: PatientIdentifier? {
        otherPatientIDs.first { $0.oid.flatMap(NationalIdentifier.authority) != nil }
            ?? otherPatientIDs.first { NationalIdentifier.isValid($0.value) }
    }

    /// Every identifier that is an INS by its authority or its key, (0010,0020) first.
    public var nationalIdentifiers: [PatientIdentifier] {
        ([patientID].compactMap { $0 } + otherPatientIDs).filter(\.isNational)
    }
}

extension ImageHeader.PatientIdentifier {
    /// Whether it is an INS: by its authority, by the name of its issuer, or by its key.
    public var isNational: Bool {
        oid.flatMap(NationalIdentifier.authority) != nil || issuer?.hasPrefix("ASIP-SANTE-INS-") == true
            || NationalIdentifier.isValid(value)
    }

    init?(_ item: DataSet) {
        guard let value = item.string(.patientID) else { return nil }
        let qualifier = item.items(.issuerOfPatientIDQualifiersSequence).first
        self.init(
            value: value, issuer: item.string(.issuerOfPatientID), oid: qualifier?.string(.universalEntityID),
            oidType: qualifier?.string(.universalEntityIDType), type: item.string(.typeOfPatientID))
    }
}
