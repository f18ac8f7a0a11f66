extension Tag {
    // The attributes that the rooms name, by keyword (DICOM PS3.6, chapter 6); `DataDictionary.tag` has the others.
    /// File Meta Information Group Length.
    public static let fileMetaInformationGroupLength = Tag(0x0002, 0x0000)
    /// File Meta Information Version.
    public static let fileMetaInformationVersion = Tag(0x0002, 0x0001)
    /// Media Storage SOP Class UID.
    public static let mediaStorageSOPClassUID = Tag(0x0002, 0x0002)
    /// Media Storage SOP Instance UID.
    public static let mediaStorageSOPInstanceUID = Tag(0x0002, 0x0003)
    /// Transfer Syntax UID.
    public static let transferSyntaxUID = Tag(0x0002, 0x0010)
    /// Implementation Class UID.
    public static let implementationClassUID = Tag(0x0002, 0x0012)
    /// Implementation Version Name.
    public static let implementationVersionName = Tag(0x0002, 0x0013)
    /// Source Application Entity Title.
    public static let sourceApplicationEntityTitle = Tag(0x0002, 0x0016)
    /// Specific Character Set.
    public static let specificCharacterSet = Tag(0x0008, 0x0005)
    /// Image Type.
    public static let imageType = Tag(0x0008, 0x0008)
    /// Instance Creation Date.
    public static let instanceCreationDate = Tag(0x0008, 0x0012)
    /// Instance Creation Time.
    public static let instanceCreationTime = Tag(0x0008, 0x0013)
    /// Instance Creator UID.
    public static let instanceCreatorUID = Tag(0x0008, 0x0014)
    /// SOP Class UID.
    public static let sopClassUID = Tag(0x0008, 0x0016)
    /// SOP Instance UID.
    public static let sopInstanceUID = Tag(0x0008, 0x0018)
    /// Study Date.
    public static let studyDate = Tag(0x0008, 0x0020)
    /// Series Date.
    public static let seriesDate = Tag(0x0008, 0x0021)
    /// Acquisition Date.
    public static let acquisitionDate = Tag(0x0008, 0x0022)
    /// Content Date.
    public static let contentDate = Tag(0x0008, 0x0023)
    /// Study Time.
    public static let studyTime = Tag(0x0008, 0x0030)
    /// Series Time.
    public static let seriesTime = Tag(0x0008, 0x0031)
    /// Acquisition Time.
    public static let acquisitionTime = Tag(0x0008, 0x0032)
    /// Content Time.
    public static let contentTime = Tag(0x0008, 0x0033)
    /// Accession Number.
    public static let accessionNumber = Tag(0x0008, 0x0050)
    /// Issuer of Accession Number Sequence.
    public static let issuerOfAccessionNumberSequence = Tag(0x0008, 0x0051)
    /// Retrieve AE Title.
    public static let retrieveAETitle = Tag(0x0008, 0x0054)
    /// Modality.
    public static let modality = Tag(0x0008, 0x0060)
    /// Modalities in Study.
    public static let modalitiesInStudy = Tag(0x0008, 0x0061)
    /// Manufacturer.
    public static let manufacturer = Tag(0x0008, 0x0070)
    /// Institution Name.
    public static let institutionName = Tag(0x0008, 0x0080)
    /// Referring Physician's Name.
    public static let referringPhysicianName = Tag(0x0008, 0x0090)
    /// Code Value.
    public static let codeValue = Tag(0x0008, 0x0100)
    /// Coding Scheme Designator.
    public static let codingSchemeDesignator = Tag(0x0008, 0x0102)
    /// Code Meaning.
    public static let codeMeaning = Tag(0x0008, 0x0104)
    /// Mapping Resource.
    public static let mappingResource = Tag(0x0008, 0x0105)
    /// Context Group Extension Flag.
    public static let contextGroupExtensionFlag = Tag(0x0008, 0x010B)
    /// Timezone Offset From UTC.
    public static let timezoneOffsetFromUTC = Tag(0x0008, 0x0201)
    /// Station Name.
    public static let stationName = Tag(0x0008, 0x1010)
    /// Study Description.
    public static let studyDescription = Tag(0x0008, 0x1030)
    /// Procedure Code Sequence.
    public static let procedureCodeSequence = Tag(0x0008, 0x1032)
    /// Series Description.
    public static let seriesDescription = Tag(0x0008, 0x103E)
    /// Manufacturer's Model Name.
    public static let manufacturerModelName = Tag(0x0008, 0x1090)
    /// Referenced Study Sequence.
    public static let referencedStudySequence = Tag(0x0008, 0x1110)
    /// Referenced Performed Procedure Step Sequence.
    public static let referencedPerformedProcedureStepSequence = Tag(0x0008, 0x1111)
    /// Referenced Series Sequence.
    public static let referencedSeriesSequence = Tag(0x0008, 0x1115)
    /// Referenced SOP Class UID.
    public static let referencedSOPClassUID = Tag(0x0008, 0x1150)
    /// Referenced SOP Instance UID.
    public static let referencedSOPInstanceUID = Tag(0x0008, 0x1155)
    /// Retrieve URL.
    public static let retrieveURL = Tag(0x0008, 0x1190)
    /// Referenced SOP Sequence.
    public static let referencedSOPSequence = Tag(0x0008, 0x1199)
    /// Patient's Name.
    public static let patientName = Tag(0x0010, 0x0010)
    /// Patient ID.
    public static let patientID = Tag(0x0010, 0x0020)
    /// Issuer of Patient ID.
    public static let issuerOfPatientID = Tag(0x0010, 0x0021)
    /// Type of Patient ID.
    public static let typeOfPatientID = Tag(0x0010, 0x0022)
    /// Issuer of Patient ID Qualifiers Sequence.
    public static let issuerOfPatientIDQualifiersSequence = Tag(0x0010, 0x0024)
    /// Patient's Birth Date.
    public static let patientBirthDate = Tag(0x0010, 0x0030)
    /// Patient's Sex.
    public static let patientSex = Tag(0x0010, 0x0040)
    /// Other Patient Names.
    public static let otherPatientNames = Tag(0x0010, 0x1001)
    /// Other Patient IDs Sequence.
    public static let otherPatientIDsSequence = Tag(0x0010, 0x1002)
    /// Patient's Age.
    public static let patientAge = Tag(0x0010, 0x1010)
    /// Patient Comments.
    public static let patientComments = Tag(0x0010, 0x4000)
    /// Body Part Examined.
    public static let bodyPartExamined = Tag(0x0018, 0x0015)
    /// Slice Thickness.
    public static let sliceThickness = Tag(0x0018, 0x0050)
    /// KVP.
    public static let kvp = Tag(0x0018, 0x0060)
    /// Device Serial Number.
    public static let deviceSerialNumber = Tag(0x0018, 0x1000)
    /// Software Versions.
    public static let softwareVersions = Tag(0x0018, 0x1020)
    /// Protocol Name.
    public static let protocolName = Tag(0x0018, 0x1030)
    /// Gantry/Detector Tilt.
    public static let gantryDetectorTilt = Tag(0x0018, 0x1120)
    /// Exposure Time.
    public static let exposureTime = Tag(0x0018, 0x1150)
    /// X-Ray Tube Current.
    public static let xRayTubeCurrent = Tag(0x0018, 0x1151)
    /// Convolution Kernel.
    public static let convolutionKernel = Tag(0x0018, 0x1210)
    /// Patient Position.
    public static let patientPosition = Tag(0x0018, 0x5100)
    /// Study Instance UID.
    public static let studyInstanceUID = Tag(0x0020, 0x000D)
    /// Series Instance UID.
    public static let seriesInstanceUID = Tag(0x0020, 0x000E)
    /// Study ID.
    public static let studyID = Tag(0x0020, 0x0010)
    /// Series Number.
    public static let seriesNumber = Tag(0x0020, 0x0011)
    /// Acquisition Number.
    public static let acquisitionNumber = Tag(0x0020, 0x0012)
    /// Instance Number.
    public static let instanceNumber = Tag(0x0020, 0x0013)
    /// Image Position (Patient).
    public static let imagePositionPatient = Tag(0x0020, 0x0032)
    /// Image Orientation (Patient).
    public static let imageOrientationPatient = Tag(0x0020, 0x0037)
    /// Frame of Reference UID.
    public static let frameOfReferenceUID = Tag(0x0020, 0x0052)
    /// Laterality.
    public static let laterality = Tag(0x0020, 0x0060)
    /// Position Reference Indicator.
    public static let positionReferenceIndicator = Tag(0x0020, 0x1040)
    /// Slice Location.
    public static let sliceLocation = Tag(0x0020, 0x1041)
    /// Samples per Pixel.
    public static let samplesPerPixel = Tag(0x0028, 0x0002)
    /// Photometric Interpretation.
    public static let photometricInterpretation = Tag(0x0028, 0x0004)
    /// Number of Frames.
    public static let numberOfFrames = Tag(0x0028, 0x0008)
    /// Rows.
    public static let rows = Tag(0x0028, 0x0010)
    /// Columns.
    public static let columns = Tag(0x0028, 0x0011)
    /// Pixel Spacing.
    public static let pixelSpacing = Tag(0x0028, 0x0030)
    /// Bits Allocated.
    public static let bitsAllocated = Tag(0x0028, 0x0100)
    /// Bits Stored.
    public static let bitsStored = Tag(0x0028, 0x0101)
    /// High Bit.
    public static let highBit = Tag(0x0028, 0x0102)
    /// Pixel Representation.
    public static let pixelRepresentation = Tag(0x0028, 0x0103)
    /// Window Center.
    public static let windowCenter = Tag(0x0028, 0x1050)
    /// Window Width.
    public static let windowWidth = Tag(0x0028, 0x1051)
    /// Rescale Intercept.
    public static let rescaleIntercept = Tag(0x0028, 0x1052)
    /// Rescale Slope.
    public static let rescaleSlope = Tag(0x0028, 0x1053)
    /// Rescale Type.
    public static let rescaleType = Tag(0x0028, 0x1054)
    /// Lossy Image Compression.
    public static let lossyImageCompression = Tag(0x0028, 0x2110)
    /// Requested Procedure Description.
    public static let requestedProcedureDescription = Tag(0x0032, 0x1060)
    /// Requested Procedure Code Sequence.
    public static let requestedProcedureCodeSequence = Tag(0x0032, 0x1064)
    /// Order Placer Identifier Sequence.
    public static let orderPlacerIdentifierSequence = Tag(0x0040, 0x0026)
    /// Order Filler Identifier Sequence.
    public static let orderFillerIdentifierSequence = Tag(0x0040, 0x0027)
    /// Local Namespace Entity ID.
    public static let localNamespaceEntityID = Tag(0x0040, 0x0031)
    /// Universal Entity ID.
    public static let universalEntityID = Tag(0x0040, 0x0032)
    /// Universal Entity ID Type.
    public static let universalEntityIDType = Tag(0x0040, 0x0033)
    /// Request Attributes Sequence.
    public static let requestAttributesSequence = Tag(0x0040, 0x0275)
    /// Requested Procedure ID.
    public static let requestedProcedureID = Tag(0x0040, 0x1001)
    /// Placer Order Number / Imaging Service Request.
    public static let placerOrderNumberImagingServiceRequest = Tag(0x0040, 0x2016)
    /// Filler Order Number / Imaging Service Request.
    public static let fillerOrderNumberImagingServiceRequest = Tag(0x0040, 0x2017)
    /// Relationship Type.
    public static let relationshipType = Tag(0x0040, 0xA010)
    /// Value Type.
    public static let valueType = Tag(0x0040, 0xA040)
    /// Concept Name Code Sequence.
    public static let conceptNameCodeSequence = Tag(0x0040, 0xA043)
    /// Continuity Of Content.
    public static let continuityOfContent = Tag(0x0040, 0xA050)
    /// Text Value.
    public static let textValue = Tag(0x0040, 0xA160)
    /// Referenced Request Sequence.
    public static let referencedRequestSequence = Tag(0x0040, 0xA370)
    /// Current Requested Procedure Evidence Sequence.
    public static let currentRequestedProcedureEvidenceSequence = Tag(0x0040, 0xA375)
    /// Completion Flag.
    public static let completionFlag = Tag(0x0040, 0xA491)
    /// Verification Flag.
    public static let verificationFlag = Tag(0x0040, 0xA493)
    /// Content Template Sequence.
    public static let contentTemplateSequence = Tag(0x0040, 0xA504)
    /// Content Sequence.
    public static let contentSequence = Tag(0x0040, 0xA730)
    /// Template Identifier.
    public static let templateIdentifier = Tag(0x0040, 0xDB00)
    /// Retrieve Location UID.
    public static let retrieveLocationUID = Tag(0x0040, 0xE011)
    /// Float Pixel Data.
    public static let floatPixelData = Tag(0x7FE0, 0x0008)
    /// Double Float Pixel Data.
    public static let doubleFloatPixelData = Tag(0x7FE0, 0x0009)
    /// Pixel Data.
    public static let pixelData = Tag(0x7FE0, 0x0010)
}
