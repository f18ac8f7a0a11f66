extension DataDictionary {
    /// One attribute a line: tag in hexadecimal, VR, keyword, name (DICOM PS3.6, chapters 6 to 8).
    ///
    /// `XS` stands for "US or SS", `OX` for "OB or OW". Ascending by tag.
    static let table: StaticString = """
        00020000 UL FileMetaInformationGroupLength File Meta Information Group Length
        00020001 OB FileMetaInformationVersion File Meta Information Version
        00020002 UI MediaStorageSOPClassUID Media Storage SOP Class UID
        00020003 UI MediaStorageSOPInstanceUID Media Storage SOP Instance UID
        00020010 UI TransferSyntaxUID Transfer Syntax UID
        00020012 UI ImplementationClassUID Implementation Class UID
        00020013 SH ImplementationVersionName Implementation Version Name
        00020016 AE SourceApplicationEntityTitle Source Application Entity Title
        00020017 AE SendingApplicationEntityTitle Sending Application Entity Title
        00020018 AE ReceivingApplicationEntityTitle Receiving Application Entity Title
        00020026 UR SourcePresentationAddress Source Presentation Address
        00020027 UR SendingPresentationAddress Sending Presentation Address
        00020028 UR ReceivingPresentationAddress Receiving Presentation Address
        00020031 OB RTVMetaInformationVersion RTV Meta Information Version
        00020032 UI RTVCommunicationSOPClassUID RTV Communication SOP Class UID
        00020033 UI RTVCommunicationSOPInstanceUID RTV Communication SOP Instance UID
        00020035 OB RTVSourceIdentifier RTV Source Identifier
        00020036 OB RTVFlowIdentifier RTV Flow Identifier
        00020037 UL RTVFlowRTPSamplingRate RTV Flow RTP Sampling Rate
        00020038 FD RTVFlowActualFrameDuration RTV Flow Actual Frame Duration
        00020100 UI PrivateInformationCreatorUID Private Information Creator UID
        00020102 OB PrivateInformation Private Information
        00080001 UL LengthToEnd Length to End
        00080005 CS SpecificCharacterSet Specific Character Set
        00080006 SQ LanguageCodeSequence Language Code Sequence
        00080008 CS ImageType Image Type
        00080012 DA InstanceCreationDate Instance Creation Date
        00080013 TM InstanceCreationTime Instance Creation Time
        00080014 UI InstanceCreatorUID Instance Creator UID
        00080015 DT InstanceCoercionDateTime Instance Coercion DateTime
        00080016 UI SOPClassUID SOP Class UID
        00080017 UI AcquisitionUID Acquisition UID
        00080018 UI SOPInstanceUID SOP Instance UID
        00080019 UI PyramidUID Pyramid UID
        0008001A UI RelatedGeneralSOPClassUID Related General SOP Class UID
        0008001B UI OriginalSpecializedSOPClassUID Original Specialized SOP Class UID
        0008001C CS SyntheticData Synthetic Data
        00080020 DA StudyDate Study Date
        00080021 DA SeriesDate Series Date
        00080022 DA AcquisitionDate Acquisition Date
        00080023 DA ContentDate Content Date
        0008002A DT AcquisitionDateTime Acquisition DateTime
        00080030 TM StudyTime Study Time
        00080031 TM SeriesTime Series Time
        00080032 TM AcquisitionTime Acquisition Time
        00080033 TM ContentTime Content Time
        00080042 CS NuclearMedicineSeriesType Nuclear Medicine Series Type
        00080050 SH AccessionNumber Accession Number
        00080051 SQ IssuerOfAccessionNumberSequence Issuer of Accession Number Sequence
        00080052 CS QueryRetrieveLevel Query/Retrieve Level
        00080053 CS QueryRetrieveView Query/Retrieve View
        00080054 AE RetrieveAETitle Retrieve AE Title
        00080055 AE StationAETitle Station AE Title
        00080056 CS InstanceAvailability Instance Availability
        00080058 UI FailedSOPInstanceUIDList Failed SOP Instance UID List
        00080060 CS Modality Modality
        00080061 CS ModalitiesInStudy Modalities in Study
        00080062 UI SOPClassesInStudy SOP Classes in Study
        00080063 SQ AnatomicRegionsInStudyCodeSequence Anatomic Regions in Study Code Sequence
        00080064 CS ConversionType Conversion Type
        00080068 CS PresentationIntentType Presentation Intent Type
        00080070 LO Manufacturer Manufacturer
        00080080 LO InstitutionName Institution Name
        00080081 ST InstitutionAddress Institution Address
        00080082 SQ InstitutionCodeSequence Institution Code Sequence
        00080090 PN ReferringPhysicianName Referring Physician's Name
        00080092 ST ReferringPhysicianAddress Referring Physician's Address
        00080094 SH ReferringPhysicianTelephoneNumbers Referring Physician's Telephone Numbers
        00080096 SQ ReferringPhysicianIdentificationSequence Referring Physician Identification Sequence
        0008009C PN ConsultingPhysicianName Consulting Physician's Name
        0008009D SQ ConsultingPhysicianIdentificationSequence Consulting Physician Identification Sequence
        00080100 SH CodeValue Code Value
        00080101 LO ExtendedCodeValue Extended Code Value
        00080102 SH CodingSchemeDesignator Coding Scheme Designator
        00080103 SH CodingSchemeVersion Coding Scheme Version
        00080104 LO CodeMeaning Code Meaning
        00080105 CS MappingResource Mapping Resource
        00080106 DT ContextGroupVersion Context Group Version
        00080107 DT ContextGroupLocalVersion Context Group Local Version
        00080108 LT ExtendedCodeMeaning Extended Code Meaning
        00080109 SQ CodingSchemeResourcesSequence Coding Scheme Resources Sequence
        0008010A CS CodingSchemeURLType Coding Scheme URL Type
        0008010B CS ContextGroupExtensionFlag Context Group Extension Flag
        0008010C UI CodingSchemeUID Coding Scheme UID
        0008010D UI ContextGroupExtensionCreatorUID Context Group Extension Creator UID
        0008010E UR CodingSchemeURL Coding Scheme URL
        0008010F CS ContextIdentifier Context Identifier
        00080110 SQ CodingSchemeIdentificationSequence Coding Scheme Identification Sequence
        00080112 LO CodingSchemeRegistry Coding Scheme Registry
        00080114 ST CodingSchemeExternalID Coding Scheme External ID
        00080115 ST CodingSchemeName Coding Scheme Name
        00080116 ST CodingSchemeResponsibleOrganization Coding Scheme Responsible Organization
        00080117 UI ContextUID Context UID
        00080118 UI MappingResourceUID Mapping Resource UID
        00080119 UC LongCodeValue Long Code Value
        00080120 UR URNCodeValue URN Code Value
        00080121 SQ EquivalentCodeSequence Equivalent Code Sequence
        00080122 LO MappingResourceName Mapping Resource Name
        00080123 SQ ContextGroupIdentificationSequence Context Group Identification Sequence
        00080124 SQ MappingResourceIdentificationSequence Mapping Resource Identification Sequence
        00080201 SH TimezoneOffsetFromUTC Timezone Offset From UTC
        00080220 SQ ResponsibleGroupCodeSequence Responsible Group Code Sequence
        00080221 CS EquipmentModality Equipment Modality
        00080222 LO ManufacturerRelatedModelGroup Manufacturer's Related Model Group
        00080300 SQ PrivateDataElementCharacteristicsSequence Private Data Element Characteristics Sequence
        00080301 US PrivateGroupReference Private Group Reference
        00080302 LO PrivateCreatorReference Private Creator Reference
        00080303 CS BlockIdentifyingInformationStatus Block Identifying Information Status
        00080304 US NonidentifyingPrivateElements Nonidentifying Private Elements
        00080305 SQ DeidentificationActionSequence Deidentification Action Sequence
        00080306 US IdentifyingPrivateElements Identifying Private Elements
        00080307 CS DeidentificationAction Deidentification Action
        00080308 US PrivateDataElement Private Data Element
        00080309 UL PrivateDataElementValueMultiplicity Private Data Element Value Multiplicity
        0008030A CS PrivateDataElementValueRepresentation Private Data Element Value Representation
        0008030B UL PrivateDataElementNumberOfItems Private Data Element Number of Items
        0008030C UC PrivateDataElementName Private Data Element Name
        0008030D UC PrivateDataElementKeyword Private Data Element Keyword
        0008030E UT PrivateDataElementDescription Private Data Element Description
        0008030F UT PrivateDataElementEncoding Private Data Element Encoding
        00080310 SQ PrivateDataElementDefinitionSequence Private Data Element Definition Sequence
        00080400 SQ ScopeOfInventorySequence Scope of Inventory Sequence
        00080401 LT InventoryPurpose Inventory Purpose
        00080402 LT InventoryInstanceDescription Inventory Instance Description
        00080403 CS InventoryLevel Inventory Level
        00080404 DT ItemInventoryDateTime Item Inventory DateTime
        00080405 CS RemovedFromOperationalUse Removed from Operational Use
        00080406 SQ ReasonForRemovalCodeSequence Reason for Removal Code Sequence
        00080407 UR StoredInstanceBaseURI Stored Instance Base URI
        00080408 UR FolderAccessURI Folder Access URI
        00080409 UR FileAccessURI File Access URI
        0008040A CS ContainerFileType Container File Type
        0008040B UR FilenameInContainer Filename in Container
        0008040C UV FileOffsetInContainer File Offset in Container
        0008040D UV FileLengthInContainer File Length in Container
        0008040E UI StoredInstanceTransferSyntaxUID Stored Instance Transfer Syntax UID
        0008040F CS ExtendedMatchingMechanisms Extended Matching Mechanisms
        00080410 SQ RangeMatchingSequence Range Matching Sequence
        00080411 SQ ListOfUIDMatchingSequence List of UID Matching Sequence
        00080412 SQ EmptyValueMatchingSequence Empty Value Matching Sequence
        00080413 SQ GeneralMatchingSequence General Matching Sequence
        00080414 US RequestedStatusInterval Requested Status Interval
        00080415 CS RetainInstances Retain Instances
        00080416 DT ExpirationDateTime Expiration DateTime
        00080417 CS TransactionStatus Transaction Status
        00080418 LT TransactionStatusComment Transaction Status Comment
        00080419 SQ FileSetAccessSequence File Set Access Sequence
        0008041A SQ FileAccessSequence File Access Sequence
        0008041B OB RecordKey Record Key
        0008041C OB PriorRecordKey Prior Record Key
        0008041D SQ MetadataSequence Metadata Sequence
        0008041E SQ UpdatedMetadataSequence Updated Metadata Sequence
        0008041F DT StudyUpdateDateTime Study Update DateTime
        00080420 SQ InventoryAccessEndPointsSequence Inventory Access End Points Sequence
        00080421 SQ StudyAccessEndPointsSequence Study Access End Points Sequence
        00080422 SQ IncorporatedInventoryInstanceSequence Incorporated Inventory Instance Sequence
        00080423 SQ InventoriedStudiesSequence Inventoried Studies Sequence
        00080424 SQ InventoriedSeriesSequence Inventoried Series Sequence
        00080425 SQ InventoriedInstancesSequence Inventoried Instances Sequence
        00080426 CS InventoryCompletionStatus Inventory Completion Status
        00080427 UL NumberOfStudyRecordsInInstance Number of Study Records in Instance
        00080428 UV TotalNumberOfStudyRecords Total Number of Study Records
        00080429 UV MaximumNumberOfRecords Maximum Number of Records
        00081010 SH StationName Station Name
        00081030 LO StudyDescription Study Description
        00081032 SQ ProcedureCodeSequence Procedure Code Sequence
        0008103E LO SeriesDescription Series Description
        0008103F SQ SeriesDescriptionCodeSequence Series Description Code Sequence
        00081040 LO InstitutionalDepartmentName Institutional Department Name
        00081041 SQ InstitutionalDepartmentTypeCodeSequence Institutional Department Type Code Sequence
        00081048 PN PhysiciansOfRecord Physician(s) of Record
        00081049 SQ PhysiciansOfRecordIdentificationSequence Physician(s) of Record Identification Sequence
        00081050 PN PerformingPhysicianName Performing Physician's Name
        00081052 SQ PerformingPhysicianIdentificationSequence Performing Physician Identification Sequence
        00081060 PN NameOfPhysiciansReadingStudy Name of Physician(s) Reading Study
        00081062 SQ PhysiciansReadingStudyIdentificationSequence Physician(s) Reading Study Identification Sequence
        00081070 PN OperatorsName Operators' Name
        00081072 SQ OperatorIdentificationSequence Operator Identification Sequence
        00081080 LO AdmittingDiagnosesDescription Admitting Diagnoses Description
        00081084 SQ AdmittingDiagnosesCodeSequence Admitting Diagnoses Code Sequence
        00081088 LO PyramidDescription Pyramid Description
        00081090 LO ManufacturerModelName Manufacturer's Model Name
        00081100 SQ ReferencedResultsSequence Referenced Results Sequence
        00081110 SQ ReferencedStudySequence Referenced Study Sequence
        00081111 SQ ReferencedPerformedProcedureStepSequence Referenced Performed Procedure Step Sequence
        00081112 SQ ReferencedInstancesBySOPClassSequence Referenced Instances by SOP Class Sequence
        00081115 SQ ReferencedSeriesSequence Referenced Series Sequence
        00081120 SQ ReferencedPatientSequence Referenced Patient Sequence
        00081125 SQ ReferencedVisitSequence Referenced Visit Sequence
        00081134 SQ ReferencedStereometricInstanceSequence Referenced Stereometric Instance Sequence
        0008113A SQ ReferencedWaveformSequence Referenced Waveform Sequence
        00081140 SQ ReferencedImageSequence Referenced Image Sequence
        0008114A SQ ReferencedInstanceSequence Referenced Instance Sequence
        0008114B SQ ReferencedRealWorldValueMappingInstanceSequence Referenced Real World Value Mapping Instance Sequence
        00081150 UI ReferencedSOPClassUID Referenced SOP Class UID
        00081155 UI ReferencedSOPInstanceUID Referenced SOP Instance UID
        00081156 SQ DefinitionSourceSequence Definition Source Sequence
        0008115A UI SOPClassesSupported SOP Classes Supported
        00081160 IS ReferencedFrameNumber Referenced Frame Number
        00081161 UL SimpleFrameList Simple Frame List
        00081162 UL CalculatedFrameList Calculated Frame List
        00081163 FD TimeRange Time Range
        00081164 SQ FrameExtractionSequence Frame Extraction Sequence
        00081167 UI MultiFrameSourceSOPInstanceUID Multi-frame Source SOP Instance UID
        00081190 UR RetrieveURL Retrieve URL
        00081195 UI TransactionUID Transaction UID
        00081196 US WarningReason Warning Reason
        00081197 US FailureReason Failure Reason
        00081198 SQ FailedSOPSequence Failed SOP Sequence
        00081199 SQ ReferencedSOPSequence Referenced SOP Sequence
        0008119A SQ OtherFailuresSequence Other Failures Sequence
        0008119B SQ FailedStudySequence Failed Study Sequence
        00081200 SQ StudiesContainingOtherReferencedInstancesSequence Studies Containing Other Referenced Instances Sequence
        00081250 SQ RelatedSeriesSequence Related Series Sequence
        00082111 ST DerivationDescription Derivation Description
        00082112 SQ SourceImageSequence Source Image Sequence
        00082120 SH StageName Stage Name
        00082122 IS StageNumber Stage Number
        00082124 IS NumberOfStages Number of Stages
        00082127 SH ViewName View Name
        00082128 IS ViewNumber View Number
        00082129 IS NumberOfEventTimers Number of Event Timers
        0008212A IS NumberOfViewsInStage Number of Views in Stage
        00082130 DS EventElapsedTimes Event Elapsed Time(s)
        00082132 LO EventTimerNames Event Timer Name(s)
        00082133 SQ EventTimerSequence Event Timer Sequence
        00082134 FD EventTimeOffset Event Time Offset
        00082135 SQ EventCodeSequence Event Code Sequence
        00082142 IS StartTrim Start Trim
        00082143 IS StopTrim Stop Trim
        00082144 IS RecommendedDisplayFrameRate Recommended Display Frame Rate
        00082218 SQ AnatomicRegionSequence Anatomic Region Sequence
        00082220 SQ AnatomicRegionModifierSequence Anatomic Region Modifier Sequence
        00082228 SQ PrimaryAnatomicStructureSequence Primary Anatomic Structure Sequence
        00082230 SQ PrimaryAnatomicStructureModifierSequence Primary Anatomic Structure Modifier Sequence
        00083001 SQ AlternateRepresentationSequence Alternate Representation Sequence
        00083002 UI AvailableTransferSyntaxUID Available Transfer Syntax UID
        00083010 UI IrradiationEventUID Irradiation Event UID
        00083011 SQ SourceIrradiationEventSequence Source Irradiation Event Sequence
        00083012 UI RadiopharmaceuticalAdministrationEventUID Radiopharmaceutical Administration Event UID
        00089007 CS FrameType Frame Type
        00089092 SQ ReferencedImageEvidenceSequence Referenced Image Evidence Sequence
        00089121 SQ ReferencedRawDataSequence Referenced Raw Data Sequence
        00089123 UI CreatorVersionUID Creator-Version UID
        00089124 SQ DerivationImageSequence Derivation Image Sequence
        00089154 SQ SourceImageEvidenceSequence Source Image Evidence Sequence
        00089205 CS PixelPresentation Pixel Presentation
        00089206 CS VolumetricProperties Volumetric Properties
        00089207 CS VolumeBasedCalculationTechnique Volume Based Calculation Technique
        00089208 CS ComplexImageComponent Complex Image Component
        00089209 CS AcquisitionContrast Acquisition Contrast
        00089215 SQ DerivationCodeSequence Derivation Code Sequence
        00089237 SQ ReferencedPresentationStateSequence Referenced Presentation State Sequence
        00089410 SQ ReferencedOtherPlaneSequence Referenced Other Plane Sequence
        00089458 SQ FrameDisplaySequence Frame Display Sequence
        00089459 FL RecommendedDisplayFrameRateInFloat Recommended Display Frame Rate in Float
        00089460 CS SkipFrameRangeFlag Skip Frame Range Flag
        00100010 PN PatientName Patient's Name
        00100020 LO PatientID Patient ID
        00100021 LO IssuerOfPatientID Issuer of Patient ID
        00100022 CS TypeOfPatientID Type of Patient ID
        00100024 SQ IssuerOfPatientIDQualifiersSequence Issuer of Patient ID Qualifiers Sequence
        00100026 SQ SourcePatientGroupIdentificationSequence Source Patient Group Identification Sequence
        00100027 SQ GroupOfPatientsIdentificationSequence Group of Patients Identification Sequence
        00100028 US SubjectRelativePositionInImage Subject Relative Position in Image
        00100030 DA PatientBirthDate Patient's Birth Date
        00100032 TM PatientBirthTime Patient's Birth Time
        00100033 LO PatientBirthDateInAlternativeCalendar Patient's Birth Date in Alternative Calendar
        00100034 LO PatientDeathDateInAlternativeCalendar Patient's Death Date in Alternative Calendar
        00100035 CS PatientAlternativeCalendar Patient's Alternative Calendar
        00100040 CS PatientSex Patient's Sex
        00100050 SQ PatientInsurancePlanCodeSequence Patient's Insurance Plan Code Sequence
        00100101 SQ PatientPrimaryLanguageCodeSequence Patient's Primary Language Code Sequence
        00100102 SQ PatientPrimaryLanguageModifierCodeSequence Patient's Primary Language Modifier Code Sequence
        00100200 CS QualityControlSubject Quality Control Subject
        00100201 SQ QualityControlSubjectTypeCodeSequence Quality Control Subject Type Code Sequence
        00100212 UC StrainDescription Strain Description
        00100213 LO StrainNomenclature Strain Nomenclature
        00100214 LO StrainStockNumber Strain Stock Number
        00100215 SQ StrainSourceRegistryCodeSequence Strain Source Registry Code Sequence
        00100216 SQ StrainStockSequence Strain Stock Sequence
        00100217 LO StrainSource Strain Source
        00100218 UT StrainAdditionalInformation Strain Additional Information
        00100219 SQ StrainCodeSequence Strain Code Sequence
        00100221 SQ GeneticModificationsSequence Genetic Modifications Sequence
        00100222 UC GeneticModificationsDescription Genetic Modifications Description
        00100223 LO GeneticModificationsNomenclature Genetic Modifications Nomenclature
        00100229 SQ GeneticModificationsCodeSequence Genetic Modifications Code Sequence
        00101000 LO OtherPatientIDs Other Patient IDs
        00101001 PN OtherPatientNames Other Patient Names
        00101002 SQ OtherPatientIDsSequence Other Patient IDs Sequence
        00101005 PN PatientBirthName Patient's Birth Name
        00101010 AS PatientAge Patient's Age
        00101020 DS PatientSize Patient's Size
        00101021 SQ PatientSizeCodeSequence Patient's Size Code Sequence
        00101022 DS PatientBodyMassIndex Patient's Body Mass Index
        00101023 DS MeasuredAPDimension Measured AP Dimension
        00101024 DS MeasuredLateralDimension Measured Lateral Dimension
        00101030 DS PatientWeight Patient's Weight
        00101040 LO PatientAddress Patient's Address
        00101060 PN PatientMotherBirthName Patient's Mother's Birth Name
        00101080 LO MilitaryRank Military Rank
        00101081 LO BranchOfService Branch of Service
        00101100 SQ ReferencedPatientPhotoSequence Referenced Patient Photo Sequence
        00102000 LO MedicalAlerts Medical Alerts
        00102110 LO Allergies Allergies
        00102150 LO CountryOfResidence Country of Residence
        00102152 LO RegionOfResidence Region of Residence
        00102154 SH PatientTelephoneNumbers Patient's Telephone Numbers
        00102155 LT PatientTelecomInformation Patient's Telecom Information
        00102160 SH EthnicGroup Ethnic Group
        00102161 SQ EthnicGroupCodeSequence Ethnic Group Code Sequence
        00102180 SH Occupation Occupation
        001021A0 CS SmokingStatus Smoking Status
        001021B0 LT AdditionalPatientHistory Additional Patient History
        001021C0 US PregnancyStatus Pregnancy Status
        001021D0 DA LastMenstrualDate Last Menstrual Date
        001021F0 LO PatientReligiousPreference Patient's Religious Preference
        00102201 LO PatientSpeciesDescription Patient Species Description
        00102202 SQ PatientSpeciesCodeSequence Patient Species Code Sequence
        00102203 CS PatientSexNeutered Patient's Sex Neutered
        00102210 CS AnatomicalOrientationType Anatomical Orientation Type
        00102292 LO PatientBreedDescription Patient Breed Description
        00102293 SQ PatientBreedCodeSequence Patient Breed Code Sequence
        00102294 SQ BreedRegistrationSequence Breed Registration Sequence
        00102295 LO BreedRegistrationNumber Breed Registration Number
        00102296 SQ BreedRegistryCodeSequence Breed Registry Code Sequence
        00102297 PN ResponsiblePerson Responsible Person
        00102298 CS ResponsiblePersonRole Responsible Person Role
        00102299 LO ResponsibleOrganization Responsible Organization
        00104000 LT PatientComments Patient Comments
        00109431 FL ExaminedBodyThickness Examined Body Thickness
        00120010 LO ClinicalTrialSponsorName Clinical Trial Sponsor Name
        00120020 LO ClinicalTrialProtocolID Clinical Trial Protocol ID
        00120021 LO ClinicalTrialProtocolName Clinical Trial Protocol Name
        00120022 LO IssuerOfClinicalTrialProtocolID Issuer of Clinical Trial Protocol ID
        00120023 SQ OtherClinicalTrialProtocolIDsSequence Other Clinical Trial Protocol IDs Sequence
        00120030 LO ClinicalTrialSiteID Clinical Trial Site ID
        00120031 LO ClinicalTrialSiteName Clinical Trial Site Name
        00120032 LO IssuerOfClinicalTrialSiteID Issuer of Clinical Trial Site ID
        00120040 LO ClinicalTrialSubjectID Clinical Trial Subject ID
        00120041 LO IssuerOfClinicalTrialSubjectID Issuer of Clinical Trial Subject ID
        00120042 LO ClinicalTrialSubjectReadingID Clinical Trial Subject Reading ID
        00120043 LO IssuerOfClinicalTrialSubjectReadingID Issuer of Clinical Trial Subject Reading ID
        00120050 LO ClinicalTrialTimePointID Clinical Trial Time Point ID
        00120051 ST ClinicalTrialTimePointDescription Clinical Trial Time Point Description
        00120052 FD LongitudinalTemporalOffsetFromEvent Longitudinal Temporal Offset from Event
        00120053 CS LongitudinalTemporalEventType Longitudinal Temporal Event Type
        00120054 SQ ClinicalTrialTimePointTypeCodeSequence Clinical Trial Time Point Type Code Sequence
        00120055 LO IssuerOfClinicalTrialTimePointID Issuer of Clinical Trial Time Point ID
        00120060 LO ClinicalTrialCoordinatingCenterName Clinical Trial Coordinating Center Name
        00120062 CS PatientIdentityRemoved Patient Identity Removed
        00120063 LO DeidentificationMethod De-identification Method
        00120064 SQ DeidentificationMethodCodeSequence De-identification Method Code Sequence
        00120071 LO ClinicalTrialSeriesID Clinical Trial Series ID
        00120072 LO ClinicalTrialSeriesDescription Clinical Trial Series Description
        00120073 LO IssuerOfClinicalTrialSeriesID Issuer of Clinical Trial Series ID
        00120081 LO ClinicalTrialProtocolEthicsCommitteeName Clinical Trial Protocol Ethics Committee Name
        00120082 LO ClinicalTrialProtocolEthicsCommitteeApprovalNumber Clinical Trial Protocol Ethics Committee Approval Number
        00120083 SQ ConsentForClinicalTrialUseSequence Consent for Clinical Trial Use Sequence
        00120084 CS DistributionType Distribution Type
        00180010 LO ContrastBolusAgent Contrast/Bolus Agent
        00180012 SQ ContrastBolusAgentSequence Contrast/Bolus Agent Sequence
        00180013 FL ContrastBolusT1Relaxivity Contrast/Bolus T1 Relaxivity
        00180014 SQ ContrastBolusAdministrationRouteSequence Contrast/Bolus Administration Route Sequence
        00180015 CS BodyPartExamined Body Part Examined
        00180020 CS ScanningSequence Scanning Sequence
        00180021 CS SequenceVariant Sequence Variant
        00180022 CS ScanOptions Scan Options
        00180023 CS MRAcquisitionType MR Acquisition Type
        00180024 SH SequenceName Sequence Name
        00180025 CS AngioFlag Angio Flag
        00180026 SQ InterventionDrugInformationSequence Intervention Drug Information Sequence
        00180027 TM InterventionDrugStopTime Intervention Drug Stop Time
        00180028 DS InterventionDrugDose Intervention Drug Dose
        00180029 SQ InterventionDrugCodeSequence Intervention Drug Code Sequence
        0018002A SQ AdditionalDrugSequence Additional Drug Sequence
        00180031 LO Radiopharmaceutical Radiopharmaceutical
        00180034 LO InterventionDrugName Intervention Drug Name
        00180035 TM InterventionDrugStartTime Intervention Drug Start Time
        00180036 SQ InterventionSequence Intervention Sequence
        00180038 CS InterventionStatus Intervention Status
        0018003A ST InterventionDescription Intervention Description
        00180040 IS CineRate Cine Rate
        00180042 CS InitialCineRunState Initial Cine Run State
        00180050 DS SliceThickness Slice Thickness
        00180060 DS KVP KVP
        00180070 IS CountsAccumulated Counts Accumulated
        00180071 CS AcquisitionTerminationCondition Acquisition Termination Condition
        00180072 DS EffectiveDuration Effective Duration
        00180073 CS AcquisitionStartCondition Acquisition Start Condition
        00180074 IS AcquisitionStartConditionData Acquisition Start Condition Data
        00180075 IS AcquisitionTerminationConditionData Acquisition Termination Condition Data
        00180080 DS RepetitionTime Repetition Time
        00180081 DS EchoTime Echo Time
        00180082 DS InversionTime Inversion Time
        00180083 DS NumberOfAverages Number of Averages
        00180084 DS ImagingFrequency Imaging Frequency
        00180085 SH ImagedNucleus Imaged Nucleus
        00180086 IS EchoNumbers Echo Number(s)
        00180087 DS MagneticFieldStrength Magnetic Field Strength
        00180088 DS SpacingBetweenSlices Spacing Between Slices
        00180089 IS NumberOfPhaseEncodingSteps Number of Phase Encoding Steps
        00180090 DS DataCollectionDiameter Data Collection Diameter
        00180091 IS EchoTrainLength Echo Train Length
        00180093 DS PercentSampling Percent Sampling
        00180094 DS PercentPhaseFieldOfView Percent Phase Field of View
        00180095 DS PixelBandwidth Pixel Bandwidth
        00181000 LO DeviceSerialNumber Device Serial Number
        00181002 UI DeviceUID Device UID
        00181003 LO DeviceID Device ID
        00181004 LO PlateID Plate ID
        00181005 LO GeneratorID Generator ID
        00181006 LO GridID Grid ID
        00181007 LO CassetteID Cassette ID
        00181008 LO GantryID Gantry ID
        00181009 UT UniqueDeviceIdentifier Unique Device Identifier
        0018100A SQ UDISequence UDI Sequence
        0018100B UI ManufacturerDeviceClassUID Manufacturer's Device Class UID
        00181010 LO SecondaryCaptureDeviceID Secondary Capture Device ID
        00181012 DA DateOfSecondaryCapture Date of Secondary Capture
        00181014 TM TimeOfSecondaryCapture Time of Secondary Capture
        00181016 LO SecondaryCaptureDeviceManufacturer Secondary Capture Device Manufacturer
        00181018 LO SecondaryCaptureDeviceManufacturerModelName Secondary Capture Device Manufacturer's Model Name
        00181019 LO SecondaryCaptureDeviceSoftwareVersions Secondary Capture Device Software Versions
        00181020 LO SoftwareVersions Software Versions
        00181022 SH VideoImageFormatAcquired Video Image Format Acquired
        00181023 LO DigitalImageFormatAcquired Digital Image Format Acquired
        00181030 LO ProtocolName Protocol Name
        00181040 LO ContrastBolusRoute Contrast/Bolus Route
        00181041 DS ContrastBolusVolume Contrast/Bolus Volume
        00181042 TM ContrastBolusStartTime Contrast/Bolus Start Time
        00181043 TM ContrastBolusStopTime Contrast/Bolus Stop Time
        00181044 DS ContrastBolusTotalDose Contrast/Bolus Total Dose
        00181045 IS SyringeCounts Syringe Counts
        00181046 DS ContrastFlowRate Contrast Flow Rate
        00181047 DS ContrastFlowDuration Contrast Flow Duration
        00181048 CS ContrastBolusIngredient Contrast/Bolus Ingredient
        00181049 DS ContrastBolusIngredientConcentration Contrast/Bolus Ingredient Concentration
        00181050 DS SpatialResolution Spatial Resolution
        00181060 DS TriggerTime Trigger Time
        00181061 LO TriggerSourceOrType Trigger Source or Type
        00181062 IS NominalInterval Nominal Interval
        00181063 DS FrameTime Frame Time
        00181064 LO CardiacFramingType Cardiac Framing Type
        00181065 DS FrameTimeVector Frame Time Vector
        00181066 DS FrameDelay Frame Delay
        00181067 DS ImageTriggerDelay Image Trigger Delay
        00181068 DS MultiplexGroupTimeOffset Multiplex Group Time Offset
        00181069 DS TriggerTimeOffset Trigger Time Offset
        0018106A CS SynchronizationTrigger Synchronization Trigger
        0018106C US SynchronizationChannel Synchronization Channel
        0018106E UL TriggerSamplePosition Trigger Sample Position
        00181070 LO RadiopharmaceuticalRoute Radiopharmaceutical Route
        00181071 DS RadiopharmaceuticalVolume Radiopharmaceutical Volume
        00181072 TM RadiopharmaceuticalStartTime Radiopharmaceutical Start Time
        00181073 TM RadiopharmaceuticalStopTime Radiopharmaceutical Stop Time
        00181074 DS RadionuclideTotalDose Radionuclide Total Dose
        00181075 DS RadionuclideHalfLife Radionuclide Half Life
        00181076 DS RadionuclidePositronFraction Radionuclide Positron Fraction
        00181077 DS RadiopharmaceuticalSpecificActivity Radiopharmaceutical Specific Activity
        00181078 DT RadiopharmaceuticalStartDateTime Radiopharmaceutical Start DateTime
        00181079 DT RadiopharmaceuticalStopDateTime Radiopharmaceutical Stop DateTime
        00181080 CS BeatRejectionFlag Beat Rejection Flag
        00181081 IS LowRRValue Low R-R Value
        00181082 IS HighRRValue High R-R Value
        00181083 IS IntervalsAcquired Intervals Acquired
        00181084 IS IntervalsRejected Intervals Rejected
        00181085 LO PVCRejection PVC Rejection
        00181086 IS SkipBeats Skip Beats
        00181088 IS HeartRate Heart Rate
        00181090 IS CardiacNumberOfImages Cardiac Number of Images
        00181094 IS TriggerWindow Trigger Window
        00181100 DS ReconstructionDiameter Reconstruction Diameter
        00181110 DS DistanceSourceToDetector Distance Source to Detector
        00181111 DS DistanceSourceToPatient Distance Source to Patient
        00181114 DS EstimatedRadiographicMagnificationFactor Estimated Radiographic Magnification Factor
        00181120 DS GantryDetectorTilt Gantry/Detector Tilt
        00181121 DS GantryDetectorSlew Gantry/Detector Slew
        00181130 DS TableHeight Table Height
        00181131 DS TableTraverse Table Traverse
        00181134 CS TableMotion Table Motion
        00181135 DS TableVerticalIncrement Table Vertical Increment
        00181136 DS TableLateralIncrement Table Lateral Increment
        00181137 DS TableLongitudinalIncrement Table Longitudinal Increment
        00181138 DS TableAngle Table Angle
        0018113A CS TableType Table Type
        00181140 CS RotationDirection Rotation Direction
        00181142 DS RadialPosition Radial Position
        00181143 DS ScanArc Scan Arc
        00181144 DS AngularStep Angular Step
        00181145 DS CenterOfRotationOffset Center of Rotation Offset
        00181147 CS FieldOfViewShape Field of View Shape
        00181149 IS FieldOfViewDimensions Field of View Dimension(s)
        00181150 IS ExposureTime Exposure Time
        00181151 IS XRayTubeCurrent X-Ray Tube Current
        00181152 IS Exposure Exposure
        00181153 IS ExposureInuAs Exposure in uAs
        00181154 DS AveragePulseWidth Average Pulse Width
        00181155 CS RadiationSetting Radiation Setting
        00181156 CS RectificationType Rectification Type
        0018115A CS RadiationMode Radiation Mode
        0018115E DS ImageAndFluoroscopyAreaDoseProduct Image and Fluoroscopy Area Dose Product
        00181160 SH FilterType Filter Type
        00181161 LO TypeOfFilters Type of Filters
        00181162 DS IntensifierSize Intensifier Size
        00181164 DS ImagerPixelSpacing Imager Pixel Spacing
        00181166 CS Grid Grid
        00181170 IS GeneratorPower Generator Power
        00181180 SH CollimatorGridName Collimator/grid Name
        00181181 CS CollimatorType Collimator Type
        00181182 IS FocalDistance Focal Distance
        00181183 DS XFocusCenter X Focus Center
        00181184 DS YFocusCenter Y Focus Center
        00181190 DS FocalSpots Focal Spot(s)
        00181191 CS AnodeTargetMaterial Anode Target Material
        001811A0 DS BodyPartThickness Body Part Thickness
        001811A2 DS CompressionForce Compression Force
        001811A3 DS CompressionPressure Compression Pressure
        001811A4 LO PaddleDescription Paddle Description
        001811A5 DS CompressionContactArea Compression Contact Area
        001811B0 LO AcquisitionMode Acquisition Mode
        001811B1 LO DoseModeName Dose Mode Name
        001811B2 CS AcquiredSubtractionMaskFlag Acquired Subtraction Mask Flag
        001811B3 CS FluoroscopyPersistenceFlag Fluoroscopy Persistence Flag
        001811B4 CS FluoroscopyLastImageHoldPersistenceFlag Fluoroscopy Last Image Hold Persistence Flag
        001811B5 IS UpperLimitNumberOfPersistentFluoroscopyFrames Upper Limit Number Of Persistent Fluoroscopy Frames
        001811B6 CS ContrastBolusAutoInjectionTriggerFlag Contrast/Bolus Auto Injection Trigger Flag
        001811B7 FD ContrastBolusInjectionDelay Contrast/Bolus Injection Delay
        001811B8 SQ XAAcquisitionPhaseDetailsSequence XA Acquisition Phase Details Sequence
        001811B9 FD XAAcquisitionFrameRate XA Acquisition Frame Rate
        001811BA SQ XAPlaneDetailsSequence XA Plane Details Sequence
        001811BB LO AcquisitionFieldOfViewLabel Acquisition Field of View Label
        001811BC SQ XRayFilterDetailsSequence X-Ray Filter Details Sequence
        001811BD FD XAAcquisitionDuration XA Acquisition Duration
        001811BE CS ReconstructionPipelineType Reconstruction Pipeline Type
        001811BF SQ ImageFilterDetailsSequence Image Filter Details Sequence
        001811C0 CS AppliedMaskSubtractionFlag Applied Mask Subtraction Flag
        001811C1 SQ RequestedSeriesDescriptionCodeSequence Requested Series Description Code Sequence
        00181200 DA DateOfLastCalibration Date of Last Calibration
        00181201 TM TimeOfLastCalibration Time of Last Calibration
        00181202 DT DateTimeOfLastCalibration DateTime of Last Calibration
        00181203 DT CalibrationDateTime Calibration DateTime
        00181204 DA DateOfManufacture Date of Manufacture
        00181205 DA DateOfInstallation Date of Installation
        00181210 SH ConvolutionKernel Convolution Kernel
        00181242 IS ActualFrameDuration Actual Frame Duration
        00181243 IS CountRate Count Rate
        00181244 US PreferredPlaybackSequencing Preferred Playback Sequencing
        00181250 SH ReceiveCoilName Receive Coil Name
        00181251 SH TransmitCoilName Transmit Coil Name
        00181260 SH PlateType Plate Type
        00181261 LO PhosphorType Phosphor Type
        00181271 FD WaterEquivalentDiameter Water Equivalent Diameter
        00181272 SQ WaterEquivalentDiameterCalculationMethodCodeSequence Water Equivalent Diameter Calculation Method Code Sequence
        00181300 DS ScanVelocity Scan Velocity
        00181301 CS WholeBodyTechnique Whole Body Technique
        00181302 IS ScanLength Scan Length
        00181310 US AcquisitionMatrix Acquisition Matrix
        00181312 CS InPlanePhaseEncodingDirection In-plane Phase Encoding Direction
        00181314 DS FlipAngle Flip Angle
        00181315 CS VariableFlipAngleFlag Variable Flip Angle Flag
        00181316 DS SAR SAR
        00181318 DS dBdt dB/dt
        00181320 FL B1rms B1rms
        00181400 LO AcquisitionDeviceProcessingDescription Acquisition Device Processing Description
        00181401 LO AcquisitionDeviceProcessingCode Acquisition Device Processing Code
        00181402 CS CassetteOrientation Cassette Orientation
        00181403 CS CassetteSize Cassette Size
        00181404 US ExposuresOnPlate Exposures on Plate
        00181405 IS RelativeXRayExposure Relative X-Ray Exposure
        00181411 DS ExposureIndex Exposure Index
        00181412 DS TargetExposureIndex Target Exposure Index
        00181413 DS DeviationIndex Deviation Index
        00181450 DS ColumnAngulation Column Angulation
        00181460 DS TomoLayerHeight Tomo Layer Height
        00181470 DS TomoAngle Tomo Angle
        00181480 DS TomoTime Tomo Time
        00181490 CS TomoType Tomo Type
        00181491 CS TomoClass Tomo Class
        00181495 IS NumberOfTomosynthesisSourceImages Number of Tomosynthesis Source Images
        00181500 CS PositionerMotion Positioner Motion
        00181508 CS PositionerType Positioner Type
        00181510 DS PositionerPrimaryAngle Positioner Primary Angle
        00181511 DS PositionerSecondaryAngle Positioner Secondary Angle
        00181520 DS PositionerPrimaryAngleIncrement Positioner Primary Angle Increment
        00181521 DS PositionerSecondaryAngleIncrement Positioner Secondary Angle Increment
        00181530 DS DetectorPrimaryAngle Detector Primary Angle
        00181531 DS DetectorSecondaryAngle Detector Secondary Angle
        00181600 CS ShutterShape Shutter Shape
        00181602 IS ShutterLeftVerticalEdge Shutter Left Vertical Edge
        00181604 IS ShutterRightVerticalEdge Shutter Right Vertical Edge
        00181606 IS ShutterUpperHorizontalEdge Shutter Upper Horizontal Edge
        00181608 IS ShutterLowerHorizontalEdge Shutter Lower Horizontal Edge
        00181610 IS CenterOfCircularShutter Center of Circular Shutter
        00181612 IS RadiusOfCircularShutter Radius of Circular Shutter
        00181620 IS VerticesOfThePolygonalShutter Vertices of the Polygonal Shutter
        00181622 US ShutterPresentationValue Shutter Presentation Value
        00181623 US ShutterOverlayGroup Shutter Overlay Group
        00181624 US ShutterPresentationColorCIELabValue Shutter Presentation Color CIELab Value
        00181630 CS OutlineShapeType Outline Shape Type
        00181631 FD OutlineLeftVerticalEdge Outline Left Vertical Edge
        00181632 FD OutlineRightVerticalEdge Outline Right Vertical Edge
        00181633 FD OutlineUpperHorizontalEdge Outline Upper Horizontal Edge
        00181634 FD OutlineLowerHorizontalEdge Outline Lower Horizontal Edge
        00181635 FD CenterOfCircularOutline Center of Circular Outline
        00181636 FD DiameterOfCircularOutline Diameter of Circular Outline
        00181637 UL NumberOfPolygonalVertices Number of Polygonal Vertices
        00181638 OF VerticesOfThePolygonalOutline Vertices of the Polygonal Outline
        00181700 CS CollimatorShape Collimator Shape
        00181702 IS CollimatorLeftVerticalEdge Collimator Left Vertical Edge
        00181704 IS CollimatorRightVerticalEdge Collimator Right Vertical Edge
        00181706 IS CollimatorUpperHorizontalEdge Collimator Upper Horizontal Edge
        00181708 IS CollimatorLowerHorizontalEdge Collimator Lower Horizontal Edge
        00181710 IS CenterOfCircularCollimator Center of Circular Collimator
        00181712 IS RadiusOfCircularCollimator Radius of Circular Collimator
        00181720 IS VerticesOfThePolygonalCollimator Vertices of the Polygonal Collimator
        00181800 CS AcquisitionTimeSynchronized Acquisition Time Synchronized
        00181801 SH TimeSource Time Source
        00181802 CS TimeDistributionProtocol Time Distribution Protocol
        00181803 LO NTPSourceAddress NTP Source Address
        00185000 SH OutputPower Output Power
        00185010 LO TransducerData Transducer Data
        00185011 SQ TransducerIdentificationSequence Transducer Identification Sequence
        00185012 DS FocusDepth Focus Depth
        00185020 LO ProcessingFunction Processing Function
        00185022 DS MechanicalIndex Mechanical Index
        00185024 DS BoneThermalIndex Bone Thermal Index
        00185026 DS CranialThermalIndex Cranial Thermal Index
        00185027 DS SoftTissueThermalIndex Soft Tissue Thermal Index
        00185028 DS SoftTissueFocusThermalIndex Soft Tissue-focus Thermal Index
        00185029 DS SoftTissueSurfaceThermalIndex Soft Tissue-surface Thermal Index
        00185050 IS DepthOfScanField Depth of Scan Field
        00185100 CS PatientPosition Patient Position
        00185101 CS ViewPosition View Position
        00185104 SQ ProjectionEponymousNameCodeSequence Projection Eponymous Name Code Sequence
        00186000 DS Sensitivity Sensitivity
        00186011 SQ SequenceOfUltrasoundRegions Sequence of Ultrasound Regions
        00186012 US RegionSpatialFormat Region Spatial Format
        00186014 US RegionDataType Region Data Type
        00186016 UL RegionFlags Region Flags
        00186018 UL RegionLocationMinX0 Region Location Min X0
        0018601A UL RegionLocationMinY0 Region Location Min Y0
        0018601C UL RegionLocationMaxX1 Region Location Max X1
        0018601E UL RegionLocationMaxY1 Region Location Max Y1
        00186020 SL ReferencePixelX0 Reference Pixel X0
        00186022 SL ReferencePixelY0 Reference Pixel Y0
        00186024 US PhysicalUnitsXDirection Physical Units X Direction
        00186026 US PhysicalUnitsYDirection Physical Units Y Direction
        00186028 FD ReferencePixelPhysicalValueX Reference Pixel Physical Value X
        0018602A FD ReferencePixelPhysicalValueY Reference Pixel Physical Value Y
        0018602C FD PhysicalDeltaX Physical Delta X
        0018602E FD PhysicalDeltaY Physical Delta Y
        00186030 UL TransducerFrequency Transducer Frequency
        00186031 CS TransducerType Transducer Type
        00186032 UL PulseRepetitionFrequency Pulse Repetition Frequency
        00186034 FD DopplerCorrectionAngle Doppler Correction Angle
        00186036 FD SteeringAngle Steering Angle
        00186039 SL DopplerSampleVolumeXPosition Doppler Sample Volume X Position
        0018603B SL DopplerSampleVolumeYPosition Doppler Sample Volume Y Position
        0018603D SL TMLinePositionX0 TM-Line Position X0
        0018603F SL TMLinePositionY0 TM-Line Position Y0
        00186041 SL TMLinePositionX1 TM-Line Position X1
        00186043 SL TMLinePositionY1 TM-Line Position Y1
        00186044 US PixelComponentOrganization Pixel Component Organization
        00186046 UL PixelComponentMask Pixel Component Mask
        00186048 UL PixelComponentRangeStart Pixel Component Range Start
        0018604A UL PixelComponentRangeStop Pixel Component Range Stop
        0018604C US PixelComponentPhysicalUnits Pixel Component Physical Units
        0018604E US PixelComponentDataType Pixel Component Data Type
        00186050 UL NumberOfTableBreakPoints Number of Table Break Points
        00186052 UL TableOfXBreakPoints Table of X Break Points
        00186054 FD TableOfYBreakPoints Table of Y Break Points
        00186056 UL NumberOfTableEntries Number of Table Entries
        00186058 UL TableOfPixelValues Table of Pixel Values
        0018605A FL TableOfParameterValues Table of Parameter Values
        00186060 FL RWaveTimeVector R Wave Time Vector
        00186070 US ActiveImageAreaOverlayGroup Active Image Area Overlay Group
        00187000 CS DetectorConditionsNominalFlag Detector Conditions Nominal Flag
        00187001 DS DetectorTemperature Detector Temperature
        00187004 CS DetectorType Detector Type
        00187005 CS DetectorConfiguration Detector Configuration
        00187006 LT DetectorDescription Detector Description
        00187008 LT DetectorMode Detector Mode
        0018700A SH DetectorID Detector ID
        0018700C DA DateOfLastDetectorCalibration Date of Last Detector Calibration
        0018700E TM TimeOfLastDetectorCalibration Time of Last Detector Calibration
        00187010 IS ExposuresOnDetectorSinceLastCalibration Exposures on Detector Since Last Calibration
        00187011 IS ExposuresOnDetectorSinceManufactured Exposures on Detector Since Manufactured
        00187012 DS DetectorTimeSinceLastExposure Detector Time Since Last Exposure
        00187014 DS DetectorActiveTime Detector Active Time
        00187016 DS DetectorActivationOffsetFromExposure Detector Activation Offset From Exposure
        0018701A DS DetectorBinning Detector Binning
        00187020 DS DetectorElementPhysicalSize Detector Element Physical Size
        00187022 DS DetectorElementSpacing Detector Element Spacing
        00187024 CS DetectorActiveShape Detector Active Shape
        00187026 DS DetectorActiveDimensions Detector Active Dimension(s)
        00187028 DS DetectorActiveOrigin Detector Active Origin
        0018702A LO DetectorManufacturerName Detector Manufacturer Name
        0018702B LO DetectorManufacturerModelName Detector Manufacturer's Model Name
        00187030 DS FieldOfViewOrigin Field of View Origin
        00187032 DS FieldOfViewRotation Field of View Rotation
        00187034 CS FieldOfViewHorizontalFlip Field of View Horizontal Flip
        00187036 FL PixelDataAreaOriginRelativeToFOV Pixel Data Area Origin Relative To FOV
        00187038 FL PixelDataAreaRotationAngleRelativeToFOV Pixel Data Area Rotation Angle Relative To FOV
        00187040 LT GridAbsorbingMaterial Grid Absorbing Material
        00187041 LT GridSpacingMaterial Grid Spacing Material
        00187042 DS GridThickness Grid Thickness
        00187044 DS GridPitch Grid Pitch
        00187046 IS GridAspectRatio Grid Aspect Ratio
        00187048 DS GridPeriod Grid Period
        0018704C DS GridFocalDistance Grid Focal Distance
        00187050 CS FilterMaterial Filter Material
        00187052 DS FilterThicknessMinimum Filter Thickness Minimum
        00187054 DS FilterThicknessMaximum Filter Thickness Maximum
        00187056 FL FilterBeamPathLengthMinimum Filter Beam Path Length Minimum
        00187058 FL FilterBeamPathLengthMaximum Filter Beam Path Length Maximum
        00187060 CS ExposureControlMode Exposure Control Mode
        00187062 LT ExposureControlModeDescription Exposure Control Mode Description
        00187064 CS ExposureStatus Exposure Status
        00187065 DS PhototimerSetting Phototimer Setting
        00188150 DS ExposureTimeInuS Exposure Time in uS
        00188151 DS XRayTubeCurrentInuA X-Ray Tube Current in uA
        00189004 CS ContentQualification Content Qualification
        00189005 SH PulseSequenceName Pulse Sequence Name
        00189006 SQ MRImagingModifierSequence MR Imaging Modifier Sequence
        00189008 CS EchoPulseSequence Echo Pulse Sequence
        00189009 CS InversionRecovery Inversion Recovery
        00189010 CS FlowCompensation Flow Compensation
        00189011 CS MultipleSpinEcho Multiple Spin Echo
        00189012 CS MultiPlanarExcitation Multi-planar Excitation
        00189014 CS PhaseContrast Phase Contrast
        00189015 CS TimeOfFlightContrast Time of Flight Contrast
        00189016 CS Spoiling Spoiling
        00189017 CS SteadyStatePulseSequence Steady State Pulse Sequence
        00189018 CS EchoPlanarPulseSequence Echo Planar Pulse Sequence
        00189019 FD TagAngleFirstAxis Tag Angle First Axis
        00189020 CS MagnetizationTransfer Magnetization Transfer
        00189021 CS T2Preparation T2 Preparation
        00189022 CS BloodSignalNulling Blood Signal Nulling
        00189024 CS SaturationRecovery Saturation Recovery
        00189025 CS SpectrallySelectedSuppression Spectrally Selected Suppression
        00189026 CS SpectrallySelectedExcitation Spectrally Selected Excitation
        00189027 CS SpatialPresaturation Spatial Pre-saturation
        00189028 CS Tagging Tagging
        00189029 CS OversamplingPhase Oversampling Phase
        00189030 FD TagSpacingFirstDimension Tag Spacing First Dimension
        00189032 CS GeometryOfKSpaceTraversal Geometry of k-Space Traversal
        00189033 CS SegmentedKSpaceTraversal Segmented k-Space Traversal
        00189034 CS RectilinearPhaseEncodeReordering Rectilinear Phase Encode Reordering
        00189035 FD TagThickness Tag Thickness
        00189036 CS PartialFourierDirection Partial Fourier Direction
        00189037 CS CardiacSynchronizationTechnique Cardiac Synchronization Technique
        00189041 LO ReceiveCoilManufacturerName Receive Coil Manufacturer Name
        00189042 SQ MRReceiveCoilSequence MR Receive Coil Sequence
        00189043 CS ReceiveCoilType Receive Coil Type
        00189044 CS QuadratureReceiveCoil Quadrature Receive Coil
        00189045 SQ MultiCoilDefinitionSequence Multi-Coil Definition Sequence
        00189046 LO MultiCoilConfiguration Multi-Coil Configuration
        00189047 SH MultiCoilElementName Multi-Coil Element Name
        00189048 CS MultiCoilElementUsed Multi-Coil Element Used
        00189049 SQ MRTransmitCoilSequence MR Transmit Coil Sequence
        00189050 LO TransmitCoilManufacturerName Transmit Coil Manufacturer Name
        00189051 CS TransmitCoilType Transmit Coil Type
        00189052 FD SpectralWidth Spectral Width
        00189053 FD ChemicalShiftReference Chemical Shift Reference
        00189054 CS VolumeLocalizationTechnique Volume Localization Technique
        00189058 US MRAcquisitionFrequencyEncodingSteps MR Acquisition Frequency Encoding Steps
        00189059 CS Decoupling De-coupling
        00189060 CS DecoupledNucleus De-coupled Nucleus
        00189061 FD DecouplingFrequency De-coupling Frequency
        00189062 CS DecouplingMethod De-coupling Method
        00189063 FD DecouplingChemicalShiftReference De-coupling Chemical Shift Reference
        00189064 CS KSpaceFiltering k-space Filtering
        00189065 CS TimeDomainFiltering Time Domain Filtering
        00189066 US NumberOfZeroFills Number of Zero Fills
        00189067 CS BaselineCorrection Baseline Correction
        00189069 FD ParallelReductionFactorInPlane Parallel Reduction Factor In-plane
        00189070 FD CardiacRRIntervalSpecified Cardiac R-R Interval Specified
        00189073 FD AcquisitionDuration Acquisition Duration
        00189074 DT FrameAcquisitionDateTime Frame Acquisition DateTime
        00189075 CS DiffusionDirectionality Diffusion Directionality
        00189076 SQ DiffusionGradientDirectionSequence Diffusion Gradient Direction Sequence
        00189077 CS ParallelAcquisition Parallel Acquisition
        00189078 CS ParallelAcquisitionTechnique Parallel Acquisition Technique
        00189079 FD InversionTimes Inversion Times
        00189080 ST MetaboliteMapDescription Metabolite Map Description
        00189081 CS PartialFourier Partial Fourier
        00189082 FD EffectiveEchoTime Effective Echo Time
        00189083 SQ MetaboliteMapCodeSequence Metabolite Map Code Sequence
        00189084 SQ ChemicalShiftSequence Chemical Shift Sequence
        00189085 CS CardiacSignalSource Cardiac Signal Source
        00189087 FD DiffusionBValue Diffusion b-value
        00189089 FD DiffusionGradientOrientation Diffusion Gradient Orientation
        00189090 FD VelocityEncodingDirection Velocity Encoding Direction
        00189091 FD VelocityEncodingMinimumValue Velocity Encoding Minimum Value
        00189092 SQ VelocityEncodingAcquisitionSequence Velocity Encoding Acquisition Sequence
        00189093 US NumberOfKSpaceTrajectories Number of k-Space Trajectories
        00189094 CS CoverageOfKSpace Coverage of k-Space
        00189095 UL SpectroscopyAcquisitionPhaseRows Spectroscopy Acquisition Phase Rows
        00189098 FD TransmitterFrequency Transmitter Frequency
        00189100 CS ResonantNucleus Resonant Nucleus
        00189101 CS FrequencyCorrection Frequency Correction
        00189103 SQ MRSpectroscopyFOVGeometrySequence MR Spectroscopy FOV/Geometry Sequence
        00189104 FD SlabThickness Slab Thickness
        00189301 SQ CTAcquisitionTypeSequence CT Acquisition Type Sequence
        00189302 CS AcquisitionType Acquisition Type
        00189303 FD TubeAngle Tube Angle
        00189304 SQ CTAcquisitionDetailsSequence CT Acquisition Details Sequence
        00189305 FD RevolutionTime Revolution Time
        00189306 FD SingleCollimationWidth Single Collimation Width
        00189307 FD TotalCollimationWidth Total Collimation Width
        00189308 SQ CTTableDynamicsSequence CT Table Dynamics Sequence
        00189309 FD TableSpeed Table Speed
        00189310 FD TableFeedPerRotation Table Feed per Rotation
        00189311 FD SpiralPitchFactor Spiral Pitch Factor
        00189312 SQ CTGeometrySequence CT Geometry Sequence
        00189313 FD DataCollectionCenterPatient Data Collection Center (Patient)
        00189314 SQ CTReconstructionSequence CT Reconstruction Sequence
        00189315 CS ReconstructionAlgorithm Reconstruction Algorithm
        00189316 CS ConvolutionKernelGroup Convolution Kernel Group
        00189317 FD ReconstructionFieldOfView Reconstruction Field of View
        00189318 FD ReconstructionTargetCenterPatient Reconstruction Target Center (Patient)
        00189319 FD ReconstructionAngle Reconstruction Angle
        00189320 SH ImageFilter Image Filter
        00189321 SQ CTExposureSequence CT Exposure Sequence
        00189322 FD ReconstructionPixelSpacing Reconstruction Pixel Spacing
        00189323 CS ExposureModulationType Exposure Modulation Type
        00189325 SQ CTXRayDetailsSequence CT X-Ray Details Sequence
        00189326 SQ CTPositionSequence CT Position Sequence
        00189327 FD TablePosition Table Position
        00189328 FD ExposureTimeInms Exposure Time in ms
        00189329 SQ CTImageFrameTypeSequence CT Image Frame Type Sequence
        00189330 FD XRayTubeCurrentInmA X-Ray Tube Current in mA
        00189332 FD ExposureInmAs Exposure in mAs
        00189333 CS ConstantVolumeFlag Constant Volume Flag
        00189334 CS FluoroscopyFlag Fluoroscopy Flag
        00189335 FD DistanceSourceToDataCollectionCenter Distance Source to Data Collection Center
        00189337 US ContrastBolusAgentNumber Contrast/Bolus Agent Number
        00189338 SQ ContrastBolusIngredientCodeSequence Contrast/Bolus Ingredient Code Sequence
        00189340 SQ ContrastAdministrationProfileSequence Contrast Administration Profile Sequence
        00189341 SQ ContrastBolusUsageSequence Contrast/Bolus Usage Sequence
        00189342 CS ContrastBolusAgentAdministered Contrast/Bolus Agent Administered
        00189343 CS ContrastBolusAgentDetected Contrast/Bolus Agent Detected
        00189344 CS ContrastBolusAgentPhase Contrast/Bolus Agent Phase
        00189345 FD CTDIvol CTDIvol
        00189346 SQ CTDIPhantomTypeCodeSequence CTDI Phantom Type Code Sequence
        00189351 FL CalciumScoringMassFactorPatient Calcium Scoring Mass Factor Patient
        00189352 FL CalciumScoringMassFactorDevice Calcium Scoring Mass Factor Device
        00189353 FL EnergyWeightingFactor Energy Weighting Factor
        00189360 SQ CTAdditionalXRaySourceSequence CT Additional X-Ray Source Sequence
        00189361 CS MultienergyCTAcquisition Multi-energy CT Acquisition
        00189362 SQ MultienergyCTAcquisitionSequence Multi-energy CT Acquisition Sequence
        00189363 SQ MultienergyCTProcessingSequence Multi-energy CT Processing Sequence
        00189364 SQ MultienergyCTCharacteristicsSequence Multi-energy CT Characteristics Sequence
        00189365 SQ MultienergyCTXRaySourceSequence Multi-energy CT X-Ray Source Sequence
        00189366 US XRaySourceIndex X-Ray Source Index
        00189367 UC XRaySourceID X-Ray Source ID
        00189368 CS MultienergySourceTechnique Multi-energy Source Technique
        00189369 DT SourceStartDateTime Source Start DateTime
        0018936A DT SourceEndDateTime Source End DateTime
        0018936B US SwitchingPhaseNumber Switching Phase Number
        0018936C DS SwitchingPhaseNominalDuration Switching Phase Nominal Duration
        0018936D DS SwitchingPhaseTransitionDuration Switching Phase Transition Duration
        0018936E DS EffectiveBinEnergy Effective Bin Energy
        0018936F SQ MultienergyCTXRayDetectorSequence Multi-energy CT X-Ray Detector Sequence
        00189370 US XRayDetectorIndex X-Ray Detector Index
        00189371 UC XRayDetectorID X-Ray Detector ID
        00189372 CS MultienergyDetectorType Multi-energy Detector Type
        00189373 ST XRayDetectorLabel X-Ray Detector Label
        00189374 DS NominalMaxEnergy Nominal Max Energy
        00189375 DS NominalMinEnergy Nominal Min Energy
        00189376 US ReferencedXRayDetectorIndex Referenced X-Ray Detector Index
        00189377 US ReferencedXRaySourceIndex Referenced X-Ray Source Index
        0020000D UI StudyInstanceUID Study Instance UID
        0020000E UI SeriesInstanceUID Series Instance UID
        00200010 SH StudyID Study ID
        00200011 IS SeriesNumber Series Number
        00200012 IS AcquisitionNumber Acquisition Number
        00200013 IS InstanceNumber Instance Number
        00200019 IS ItemNumber Item Number
        00200020 CS PatientOrientation Patient Orientation
        00200027 LO PyramidLabel Pyramid Label
        00200032 DS ImagePositionPatient Image Position (Patient)
        00200037 DS ImageOrientationPatient Image Orientation (Patient)
        00200052 UI FrameOfReferenceUID Frame of Reference UID
        00200060 CS Laterality Laterality
        00200062 CS ImageLaterality Image Laterality
        00200070 LO ImageGeometryType Image Geometry Type
        00200080 CS MaskingImage Masking Image
        00200100 IS TemporalPositionIdentifier Temporal Position Identifier
        00200105 IS NumberOfTemporalPositions Number of Temporal Positions
        00200110 DS TemporalResolution Temporal Resolution
        00200200 UI SynchronizationFrameOfReferenceUID Synchronization Frame of Reference UID
        00200242 UI SOPInstanceUIDOfConcatenationSource SOP Instance UID of Concatenation Source
        00201002 IS ImagesInAcquisition Images in Acquisition
        0020103F LO TargetPositionReferenceIndicator Target Position Reference Indicator
        00201040 LO PositionReferenceIndicator Position Reference Indicator
        00201041 DS SliceLocation Slice Location
        00201200 IS NumberOfPatientRelatedStudies Number of Patient Related Studies
        00201202 IS NumberOfPatientRelatedSeries Number of Patient Related Series
        00201204 IS NumberOfPatientRelatedInstances Number of Patient Related Instances
        00201206 IS NumberOfStudyRelatedSeries Number of Study Related Series
        00201208 IS NumberOfStudyRelatedInstances Number of Study Related Instances
        00201209 IS NumberOfSeriesRelatedInstances Number of Series Related Instances
        00204000 LT ImageComments Image Comments
        00209056 SH StackID Stack ID
        00209057 UL InStackPositionNumber In-Stack Position Number
        00209071 SQ FrameAnatomySequence Frame Anatomy Sequence
        00209072 CS FrameLaterality Frame Laterality
        00209111 SQ FrameContentSequence Frame Content Sequence
        00209113 SQ PlanePositionSequence Plane Position Sequence
        00209116 SQ PlaneOrientationSequence Plane Orientation Sequence
        00209128 UL TemporalPositionIndex Temporal Position Index
        00209153 FD NominalCardiacTriggerDelayTime Nominal Cardiac Trigger Delay Time
        00209154 FL NominalCardiacTriggerTimePriorToRPeak Nominal Cardiac Trigger Time Prior To R-Peak
        00209155 FL ActualCardiacTriggerTimePriorToRPeak Actual Cardiac Trigger Time Prior To R-Peak
        00209156 US FrameAcquisitionNumber Frame Acquisition Number
        00209157 UL DimensionIndexValues Dimension Index Values
        00209158 LT FrameComments Frame Comments
        00209161 UI ConcatenationUID Concatenation UID
        00209162 US InConcatenationNumber In-concatenation Number
        00209163 US InConcatenationTotalNumber In-concatenation Total Number
        00209164 UI DimensionOrganizationUID Dimension Organization UID
        00209165 AT DimensionIndexPointer Dimension Index Pointer
        00209167 AT FunctionalGroupPointer Functional Group Pointer
        00209170 SQ UnassignedSharedConvertedAttributesSequence Unassigned Shared Converted Attributes Sequence
        00209171 SQ UnassignedPerFrameConvertedAttributesSequence Unassigned Per-Frame Converted Attributes Sequence
        00209172 SQ ConversionSourceAttributesSequence Conversion Source Attributes Sequence
        00209213 LO DimensionIndexPrivateCreator Dimension Index Private Creator
        00209221 SQ DimensionOrganizationSequence Dimension Organization Sequence
        00209222 SQ DimensionIndexSequence Dimension Index Sequence
        00209228 UL ConcatenationFrameOffsetNumber Concatenation Frame Offset Number
        00209238 LO FunctionalGroupPrivateCreator Functional Group Private Creator
        00209241 FL NominalPercentageOfCardiacPhase Nominal Percentage of Cardiac Phase
        00209245 FL NominalPercentageOfRespiratoryPhase Nominal Percentage of Respiratory Phase
        00209246 FL StartingRespiratoryAmplitude Starting Respiratory Amplitude
        00209247 CS StartingRespiratoryPhase Starting Respiratory Phase
        00209248 FL EndingRespiratoryAmplitude Ending Respiratory Amplitude
        00209249 CS EndingRespiratoryPhase Ending Respiratory Phase
        00209250 CS RespiratoryTriggerType Respiratory Trigger Type
        00209251 FD RRIntervalTimeNominal R-R Interval Time Nominal
        00209252 FD ActualCardiacTriggerDelayTime Actual Cardiac Trigger Delay Time
        00209253 SQ RespiratorySynchronizationSequence Respiratory Synchronization Sequence
        00209254 FD RespiratoryIntervalTime Respiratory Interval Time
        00209255 FD NominalRespiratoryTriggerDelayTime Nominal Respiratory Trigger Delay Time
        00209256 FD RespiratoryTriggerDelayThreshold Respiratory Trigger Delay Threshold
        00209257 FD ActualRespiratoryTriggerDelayTime Actual Respiratory Trigger Delay Time
        00209301 FD ImagePositionVolume Image Position (Volume)
        00209302 FD ImageOrientationVolume Image Orientation (Volume)
        00209307 CS UltrasoundAcquisitionGeometry Ultrasound Acquisition Geometry
        00209308 FD ApexPosition Apex Position
        00209309 FD VolumeToTransducerMappingMatrix Volume to Transducer Mapping Matrix
        0020930A FD VolumeToTableMappingMatrix Volume to Table Mapping Matrix
        0020930B CS VolumeToTransducerRelationship Volume to Transducer Relationship
        0020930C CS PatientFrameOfReferenceSource Patient Frame of Reference Source
        0020930D FD TemporalPositionTimeOffset Temporal Position Time Offset
        0020930E SQ PlanePositionVolumeSequence Plane Position (Volume) Sequence
        0020930F SQ PlaneOrientationVolumeSequence Plane Orientation (Volume) Sequence
        00209310 SQ TemporalPositionSequence Temporal Position Sequence
        00209311 CS DimensionOrganizationType Dimension Organization Type
        00209312 UI VolumeFrameOfReferenceUID Volume Frame of Reference UID
        00209313 UI TableFrameOfReferenceUID Table Frame of Reference UID
        00209421 LO DimensionDescriptionLabel Dimension Description Label
        00209450 SQ PatientOrientationInFrameSequence Patient Orientation in Frame Sequence
        00209453 LO FrameLabel Frame Label
        00209518 US AcquisitionIndex Acquisition Index
        00209529 SQ ContributingSOPInstancesReferenceSequence Contributing SOP Instances Reference Sequence
        00209536 US ReconstructionIndex Reconstruction Index
        00280002 US SamplesPerPixel Samples per Pixel
        00280003 US SamplesPerPixelUsed Samples per Pixel Used
        00280004 CS PhotometricInterpretation Photometric Interpretation
        00280006 US PlanarConfiguration Planar Configuration
        00280008 IS NumberOfFrames Number of Frames
        00280009 AT FrameIncrementPointer Frame Increment Pointer
        0028000A AT FrameDimensionPointer Frame Dimension Pointer
        00280010 US Rows Rows
        00280011 US Columns Columns
        00280014 US UltrasoundColorDataPresent Ultrasound Color Data Present
        00280030 DS PixelSpacing Pixel Spacing
        00280031 DS ZoomFactor Zoom Factor
        00280032 DS ZoomCenter Zoom Center
        00280034 IS PixelAspectRatio Pixel Aspect Ratio
        00280040 CS ImageFormat Image Format
        00280051 CS CorrectedImage Corrected Image
        00280100 US BitsAllocated Bits Allocated
        00280101 US BitsStored Bits Stored
        00280102 US HighBit High Bit
        00280103 US PixelRepresentation Pixel Representation
        00280106 XS SmallestImagePixelValue Smallest Image Pixel Value
        00280107 XS LargestImagePixelValue Largest Image Pixel Value
        00280108 XS SmallestPixelValueInSeries Smallest Pixel Value in Series
        00280109 XS LargestPixelValueInSeries Largest Pixel Value in Series
        00280120 XS PixelPaddingValue Pixel Padding Value
        00280121 XS PixelPaddingRangeLimit Pixel Padding Range Limit
        00280122 FL FloatPixelPaddingValue Float Pixel Padding Value
        00280123 FD DoubleFloatPixelPaddingValue Double Float Pixel Padding Value
        00280124 FL FloatPixelPaddingRangeLimit Float Pixel Padding Range Limit
        00280125 FD DoubleFloatPixelPaddingRangeLimit Double Float Pixel Padding Range Limit
        00280300 CS QualityControlImage Quality Control Image
        00280301 CS BurnedInAnnotation Burned In Annotation
        00280302 CS RecognizableVisualFeatures Recognizable Visual Features
        00280303 CS LongitudinalTemporalInformationModified Longitudinal Temporal Information Modified
        00280304 UI ReferencedColorPaletteInstanceUID Referenced Color Palette Instance UID
        00280A02 CS PixelSpacingCalibrationType Pixel Spacing Calibration Type
        00280A04 LO PixelSpacingCalibrationDescription Pixel Spacing Calibration Description
        00281040 CS PixelIntensityRelationship Pixel Intensity Relationship
        00281041 SS PixelIntensityRelationshipSign Pixel Intensity Relationship Sign
        00281050 DS WindowCenter Window Center
        00281051 DS WindowWidth Window Width
        00281052 DS RescaleIntercept Rescale Intercept
        00281053 DS RescaleSlope Rescale Slope
        00281054 LO RescaleType Rescale Type
        00281055 LO WindowCenterWidthExplanation Window Center & Width Explanation
        00281056 CS VOILUTFunction VOI LUT Function
        00281090 CS RecommendedViewingMode Recommended Viewing Mode
        00281101 XS RedPaletteColorLookupTableDescriptor Red Palette Color Lookup Table Descriptor
        00281102 XS GreenPaletteColorLookupTableDescriptor Green Palette Color Lookup Table Descriptor
        00281103 XS BluePaletteColorLookupTableDescriptor Blue Palette Color Lookup Table Descriptor
        00281104 US AlphaPaletteColorLookupTableDescriptor Alpha Palette Color Lookup Table Descriptor
        00281199 UI PaletteColorLookupTableUID Palette Color Lookup Table UID
        00281201 OW RedPaletteColorLookupTableData Red Palette Color Lookup Table Data
        00281202 OW GreenPaletteColorLookupTableData Green Palette Color Lookup Table Data
        00281203 OW BluePaletteColorLookupTableData Blue Palette Color Lookup Table Data
        00281204 OW AlphaPaletteColorLookupTableData Alpha Palette Color Lookup Table Data
        00281221 OW SegmentedRedPaletteColorLookupTableData Segmented Red Palette Color Lookup Table Data
        00281222 OW SegmentedGreenPaletteColorLookupTableData Segmented Green Palette Color Lookup Table Data
        00281223 OW SegmentedBluePaletteColorLookupTableData Segmented Blue Palette Color Lookup Table Data
        00281224 OW SegmentedAlphaPaletteColorLookupTableData Segmented Alpha Palette Color Lookup Table Data
        00281230 SQ StoredValueColorRangeSequence Stored Value Color Range Sequence
        00281231 FD MinimumStoredValueMapped Minimum Stored Value Mapped
        00281232 FD MaximumStoredValueMapped Maximum Stored Value Mapped
        00281300 CS BreastImplantPresent Breast Implant Present
        00281350 CS PartialView Partial View
        00281351 ST PartialViewDescription Partial View Description
        00281352 SQ PartialViewCodeSequence Partial View Code Sequence
        0028135A CS SpatialLocationsPreserved Spatial Locations Preserved
        00281401 SQ DataFrameAssignmentSequence Data Frame Assignment Sequence
        00281402 CS DataPathAssignment Data Path Assignment
        00281403 US BitsMappedToColorLookupTable Bits Mapped to Color Lookup Table
        00281404 SQ BlendingLUT1Sequence Blending LUT 1 Sequence
        00281405 CS BlendingLUT1TransferFunction Blending LUT 1 Transfer Function
        00281406 FD BlendingWeightConstant Blending Weight Constant
        00281407 US BlendingLookupTableDescriptor Blending Lookup Table Descriptor
        00281408 OW BlendingLookupTableData Blending Lookup Table Data
        0028140B SQ EnhancedPaletteColorLookupTableSequence Enhanced Palette Color Lookup Table Sequence
        0028140C SQ BlendingLUT2Sequence Blending LUT 2 Sequence
        0028140D CS BlendingLUT2TransferFunction Blending LUT 2 Transfer Function
        0028140E CS DataPathID Data Path ID
        0028140F CS RGBLUTTransferFunction RGB LUT Transfer Function
        00281410 CS AlphaLUTTransferFunction Alpha LUT Transfer Function
        00282000 OB ICCProfile ICC Profile
        00282002 CS ColorSpace Color Space
        00282110 CS LossyImageCompression Lossy Image Compression
        00282112 DS LossyImageCompressionRatio Lossy Image Compression Ratio
        00282114 CS LossyImageCompressionMethod Lossy Image Compression Method
        00283000 SQ ModalityLUTSequence Modality LUT Sequence
        00283001 SQ VariableModalityLUTSequence Variable Modality LUT Sequence
        00283002 XS LUTDescriptor LUT Descriptor
        00283003 LO LUTExplanation LUT Explanation
        00283004 LO ModalityLUTType Modality LUT Type
        00283006 OW LUTData LUT Data
        00283010 SQ VOILUTSequence VOI LUT Sequence
        00283110 SQ SoftcopyVOILUTSequence Softcopy VOI LUT Sequence
        00286010 US RepresentativeFrameNumber Representative Frame Number
        00286020 US FrameNumbersOfInterest Frame Numbers of Interest (FOI)
        00286022 LO FrameOfInterestDescription Frame of Interest Description
        00286023 CS FrameOfInterestType Frame of Interest Type
        00286040 US RWavePointer R Wave Pointer
        00286100 SQ MaskSubtractionSequence Mask Subtraction Sequence
        00286101 CS MaskOperation Mask Operation
        00286102 US ApplicableFrameRange Applicable Frame Range
        00286110 US MaskFrameNumbers Mask Frame Numbers
        00286112 US ContrastFrameAveraging Contrast Frame Averaging
        00286114 FL MaskSubPixelShift Mask Sub-pixel Shift
        00286120 SS TIDOffset TID Offset
        00286190 ST MaskOperationExplanation Mask Operation Explanation
        00321031 SQ RequestingPhysicianIdentificationSequence Requesting Physician Identification Sequence
        00321032 PN RequestingPhysician Requesting Physician
        00321033 LO RequestingService Requesting Service
        00321034 SQ RequestingServiceCodeSequence Requesting Service Code Sequence
        00321060 LO RequestedProcedureDescription Requested Procedure Description
        00321064 SQ RequestedProcedureCodeSequence Requested Procedure Code Sequence
        00321065 SQ RequestedLateralityCodeSequence Requested Laterality Code Sequence
        00321066 UT ReasonForVisit Reason for Visit
        00321067 SQ ReasonForVisitCodeSequence Reason for Visit Code Sequence
        00321070 LO RequestedContrastAgent Requested Contrast Agent
        00380008 CS VisitStatusID Visit Status ID
        00380010 LO AdmissionID Admission ID
        00380014 SQ IssuerOfAdmissionIDSequence Issuer of Admission ID Sequence
        00380016 LO RouteOfAdmissions Route of Admissions
        00380020 DA AdmittingDate Admitting Date
        00380021 TM AdmittingTime Admitting Time
        00380050 LO SpecialNeeds Special Needs
        00380060 LO ServiceEpisodeID Service Episode ID
        00380062 LO ServiceEpisodeDescription Service Episode Description
        00380064 SQ IssuerOfServiceEpisodeIDSequence Issuer of Service Episode ID Sequence
        00380100 SQ PertinentDocumentsSequence Pertinent Documents Sequence
        00380101 SQ PertinentResourcesSequence Pertinent Resources Sequence
        00380102 LO ResourceDescription Resource Description
        00380300 LO CurrentPatientLocation Current Patient Location
        00380400 LO PatientInstitutionResidence Patient's Institution Residence
        00380500 LO PatientState Patient State
        00380502 SQ PatientClinicalTrialParticipationSequence Patient Clinical Trial Participation Sequence
        00384000 LT VisitComments Visit Comments
        00400001 AE ScheduledStationAETitle Scheduled Station AE Title
        00400002 DA ScheduledProcedureStepStartDate Scheduled Procedure Step Start Date
        00400003 TM ScheduledProcedureStepStartTime Scheduled Procedure Step Start Time
        00400004 DA ScheduledProcedureStepEndDate Scheduled Procedure Step End Date
        00400005 TM ScheduledProcedureStepEndTime Scheduled Procedure Step End Time
        00400006 PN ScheduledPerformingPhysicianName Scheduled Performing Physician's Name
        00400008 SQ ScheduledProtocolCodeSequence Scheduled Protocol Code Sequence
        00400009 SH ScheduledProcedureStepID Scheduled Procedure Step ID
        0040000A SQ StageCodeSequence Stage Code Sequence
        0040000B SQ ScheduledPerformingPhysicianIdentificationSequence Scheduled Performing Physician Identification Sequence
        00400010 SH ScheduledStationName Scheduled Station Name
        00400011 SH ScheduledProcedureStepLocation Scheduled Procedure Step Location
        00400012 LO PreMedication Pre-Medication
        00400020 CS ScheduledProcedureStepStatus Scheduled Procedure Step Status
        00400026 SQ OrderPlacerIdentifierSequence Order Placer Identifier Sequence
        00400027 SQ OrderFillerIdentifierSequence Order Filler Identifier Sequence
        00400031 UT LocalNamespaceEntityID Local Namespace Entity ID
        00400032 UT UniversalEntityID Universal Entity ID
        00400033 CS UniversalEntityIDType Universal Entity ID Type
        00400035 CS IdentifierTypeCode Identifier Type Code
        00400036 SQ AssigningFacilitySequence Assigning Facility Sequence
        00400039 SQ AssigningJurisdictionCodeSequence Assigning Jurisdiction Code Sequence
        0040003A SQ AssigningAgencyOrDepartmentCodeSequence Assigning Agency or Department Code Sequence
        00400100 SQ ScheduledProcedureStepSequence Scheduled Procedure Step Sequence
        00400220 SQ ReferencedNonImageCompositeSOPInstanceSequence Referenced Non-Image Composite SOP Instance Sequence
        00400241 AE PerformedStationAETitle Performed Station AE Title
        00400242 SH PerformedStationName Performed Station Name
        00400243 SH PerformedLocation Performed Location
        00400244 DA PerformedProcedureStepStartDate Performed Procedure Step Start Date
        00400245 TM PerformedProcedureStepStartTime Performed Procedure Step Start Time
        00400250 DA PerformedProcedureStepEndDate Performed Procedure Step End Date
        00400251 TM PerformedProcedureStepEndTime Performed Procedure Step End Time
        00400252 CS PerformedProcedureStepStatus Performed Procedure Step Status
        00400253 SH PerformedProcedureStepID Performed Procedure Step ID
        00400254 LO PerformedProcedureStepDescription Performed Procedure Step Description
        00400255 LO PerformedProcedureTypeDescription Performed Procedure Type Description
        00400260 SQ PerformedProtocolCodeSequence Performed Protocol Code Sequence
        00400261 CS PerformedProtocolType Performed Protocol Type
        00400270 SQ ScheduledStepAttributesSequence Scheduled Step Attributes Sequence
        00400275 SQ RequestAttributesSequence Request Attributes Sequence
        00400280 ST CommentsOnThePerformedProcedureStep Comments on the Performed Procedure Step
        00400281 SQ PerformedProcedureStepDiscontinuationReasonCodeSequence Performed Procedure Step Discontinuation Reason Code Sequence
        00400293 SQ QuantitySequence Quantity Sequence
        00400294 DS Quantity Quantity
        00400295 SQ MeasuringUnitsSequence Measuring Units Sequence
        00400296 SQ BillingItemSequence Billing Item Sequence
        00400302 US EntranceDose Entrance Dose
        00400303 US ExposedArea Exposed Area
        00400306 DS DistanceSourceToEntrance Distance Source to Entrance
        00400310 ST CommentsOnRadiationDose Comments on Radiation Dose
        00400312 DS XRayOutput X-Ray Output
        00400314 DS HalfValueLayer Half Value Layer
        00400316 DS OrganDose Organ Dose
        00400318 CS OrganExposed Organ Exposed
        00400320 SQ BillingProcedureStepSequence Billing Procedure Step Sequence
        00400321 SQ FilmConsumptionSequence Film Consumption Sequence
        00400324 SQ BillingSuppliesAndDevicesSequence Billing Supplies and Devices Sequence
        00400340 SQ PerformedSeriesSequence Performed Series Sequence
        00400400 LT CommentsOnTheScheduledProcedureStep Comments on the Scheduled Procedure Step
        00400440 SQ ProtocolContextSequence Protocol Context Sequence
        00400441 SQ ContentItemModifierSequence Content Item Modifier Sequence
        004008EA SQ MeasurementUnitsCodeSequence Measurement Units Code Sequence
        00401001 SH RequestedProcedureID Requested Procedure ID
        00401002 LO ReasonForTheRequestedProcedure Reason for the Requested Procedure
        00401003 SH RequestedProcedurePriority Requested Procedure Priority
        00401004 LO PatientTransportArrangements Patient Transport Arrangements
        00401005 LO RequestedProcedureLocation Requested Procedure Location
        00401008 LO ConfidentialityCode Confidentiality Code
        00401009 SH ReportingPriority Reporting Priority
        0040100A SQ ReasonForRequestedProcedureCodeSequence Reason for Requested Procedure Code Sequence
        00401010 PN NamesOfIntendedRecipientsOfResults Names of Intended Recipients of Results
        00401011 SQ IntendedRecipientsOfResultsIdentificationSequence Intended Recipients of Results Identification Sequence
        00401012 SQ ReasonForPerformedProcedureCodeSequence Reason For Performed Procedure Code Sequence
        00401101 SQ PersonIdentificationCodeSequence Person Identification Code Sequence
        00401102 ST PersonAddress Person's Address
        00401103 LO PersonTelephoneNumbers Person's Telephone Numbers
        00401104 LT PersonTelecomInformation Person's Telecom Information
        00401400 LT RequestedProcedureComments Requested Procedure Comments
        00402004 DA IssueDateOfImagingServiceRequest Issue Date of Imaging Service Request
        00402005 TM IssueTimeOfImagingServiceRequest Issue Time of Imaging Service Request
        00402008 PN OrderEnteredBy Order Entered By
        00402009 SH OrderEntererLocation Order Enterer's Location
        00402010 SH OrderCallbackPhoneNumber Order Callback Phone Number
        00402011 LT OrderCallbackTelecomInformation Order Callback Telecom Information
        00402016 LO PlacerOrderNumberImagingServiceRequest Placer Order Number / Imaging Service Request
        00402017 LO FillerOrderNumberImagingServiceRequest Filler Order Number / Imaging Service Request
        00402400 LT ImagingServiceRequestComments Imaging Service Request Comments
        00403001 LO ConfidentialityConstraintOnPatientDataDescription Confidentiality Constraint on Patient Data Description
        00404005 DT ScheduledProcedureStepStartDateTime Scheduled Procedure Step Start DateTime
        00404008 DT ScheduledProcedureStepExpirationDateTime Scheduled Procedure Step Expiration DateTime
        00404009 SQ HumanPerformerCodeSequence Human Performer Code Sequence
        00404010 DT ScheduledProcedureStepModificationDateTime Scheduled Procedure Step Modification DateTime
        00404011 DT ExpectedCompletionDateTime Expected Completion DateTime
        00404018 SQ ScheduledWorkitemCodeSequence Scheduled Workitem Code Sequence
        00404019 SQ PerformedWorkitemCodeSequence Performed Workitem Code Sequence
        00404021 SQ InputInformationSequence Input Information Sequence
        00404025 SQ ScheduledStationNameCodeSequence Scheduled Station Name Code Sequence
        00404026 SQ ScheduledStationClassCodeSequence Scheduled Station Class Code Sequence
        00404027 SQ ScheduledStationGeographicLocationCodeSequence Scheduled Station Geographic Location Code Sequence
        00404028 SQ PerformedStationNameCodeSequence Performed Station Name Code Sequence
        00404029 SQ PerformedStationClassCodeSequence Performed Station Class Code Sequence
        00404030 SQ PerformedStationGeographicLocationCodeSequence Performed Station Geographic Location Code Sequence
        00404033 SQ OutputInformationSequence Output Information Sequence
        00404034 SQ ScheduledHumanPerformersSequence Scheduled Human Performers Sequence
        00404035 SQ ActualHumanPerformersSequence Actual Human Performers Sequence
        00404036 LO HumanPerformerOrganization Human Performer's Organization
        00404037 PN HumanPerformerName Human Performer's Name
        00404040 CS RawDataHandling Raw Data Handling
        00404041 CS InputReadinessState Input Readiness State
        00404050 DT PerformedProcedureStepStartDateTime Performed Procedure Step Start DateTime
        00404051 DT PerformedProcedureStepEndDateTime Performed Procedure Step End DateTime
        00404052 DT ProcedureStepCancellationDateTime Procedure Step Cancellation DateTime
        00409092 SQ ParametricMapFrameTypeSequence Parametric Map Frame Type Sequence
        00409094 SQ ReferencedImageRealWorldValueMappingSequence Referenced Image Real World Value Mapping Sequence
        00409096 SQ RealWorldValueMappingSequence Real World Value Mapping Sequence
        00409098 SQ PixelValueMappingCodeSequence Pixel Value Mapping Code Sequence
        00409210 SH LUTLabel LUT Label
        00409211 XS RealWorldValueLastValueMapped Real World Value Last Value Mapped
        00409212 FD RealWorldValueLUTData Real World Value LUT Data
        00409213 FD DoubleFloatRealWorldValueLastValueMapped Double Float Real World Value Last Value Mapped
        00409214 FD DoubleFloatRealWorldValueFirstValueMapped Double Float Real World Value First Value Mapped
        00409216 XS RealWorldValueFirstValueMapped Real World Value First Value Mapped
        00409220 SQ QuantityDefinitionSequence Quantity Definition Sequence
        00409224 FD RealWorldValueIntercept Real World Value Intercept
        00409225 FD RealWorldValueSlope Real World Value Slope
        0040A010 CS RelationshipType Relationship Type
        0040A027 LO VerifyingOrganization Verifying Organization
        0040A030 DT VerificationDateTime Verification DateTime
        0040A032 DT ObservationDateTime Observation DateTime
        0040A033 DT ObservationStartDateTime Observation Start DateTime
        0040A040 CS ValueType Value Type
        0040A043 SQ ConceptNameCodeSequence Concept Name Code Sequence
        0040A050 CS ContinuityOfContent Continuity Of Content
        0040A073 SQ VerifyingObserverSequence Verifying Observer Sequence
        0040A075 PN VerifyingObserverName Verifying Observer Name
        0040A078 SQ AuthorObserverSequence Author Observer Sequence
        0040A07A SQ ParticipantSequence Participant Sequence
        0040A07C SQ CustodialOrganizationSequence Custodial Organization Sequence
        0040A080 CS ParticipationType Participation Type
        0040A082 DT ParticipationDateTime Participation DateTime
        0040A084 CS ObserverType Observer Type
        0040A088 SQ VerifyingObserverIdentificationCodeSequence Verifying Observer Identification Code Sequence
        0040A0B0 US ReferencedWaveformChannels Referenced Waveform Channels
        0040A120 DT DateTime DateTime
        0040A121 DA Date Date
        0040A122 TM Time Time
        0040A123 PN PersonName Person Name
        0040A124 UI UID UID
        0040A130 CS TemporalRangeType Temporal Range Type
        0040A132 UL ReferencedSamplePositions Referenced Sample Positions
        0040A138 DS ReferencedTimeOffsets Referenced Time Offsets
        0040A13A DT ReferencedDateTime Referenced DateTime
        0040A160 UT TextValue Text Value
        0040A161 FD FloatingPointValue Floating Point Value
        0040A162 SL RationalNumeratorValue Rational Numerator Value
        0040A163 UL RationalDenominatorValue Rational Denominator Value
        0040A168 SQ ConceptCodeSequence Concept Code Sequence
        0040A170 SQ PurposeOfReferenceCodeSequence Purpose of Reference Code Sequence
        0040A171 UI ObservationUID Observation UID
        0040A180 US AnnotationGroupNumber Annotation Group Number
        0040A195 SQ ModifierCodeSequence Modifier Code Sequence
        0040A300 SQ MeasuredValueSequence Measured Value Sequence
        0040A301 SQ NumericValueQualifierCodeSequence Numeric Value Qualifier Code Sequence
        0040A30A DS NumericValue Numeric Value
        0040A360 SQ PredecessorDocumentsSequence Predecessor Documents Sequence
        0040A370 SQ ReferencedRequestSequence Referenced Request Sequence
        0040A372 SQ PerformedProcedureCodeSequence Performed Procedure Code Sequence
        0040A375 SQ CurrentRequestedProcedureEvidenceSequence Current Requested Procedure Evidence Sequence
        0040A385 SQ PertinentOtherEvidenceSequence Pertinent Other Evidence Sequence
        0040A390 SQ HL7StructuredDocumentReferenceSequence HL7 Structured Document Reference Sequence
        0040A491 CS CompletionFlag Completion Flag
        0040A492 LO CompletionFlagDescription Completion Flag Description
        0040A493 CS VerificationFlag Verification Flag
        0040A494 CS ArchiveRequested Archive Requested
        0040A496 CS PreliminaryFlag Preliminary Flag
        0040A504 SQ ContentTemplateSequence Content Template Sequence
        0040A525 SQ IdenticalDocumentsSequence Identical Documents Sequence
        0040A730 SQ ContentSequence Content Sequence
        0040A801 SQ TabulatedValuesSequence Tabulated Values Sequence
        0040A802 UL NumberOfTableRows Number of Table Rows
        0040A803 UL NumberOfTableColumns Number of Table Columns
        0040A804 UL TableRowNumber Table Row Number
        0040A805 UL TableColumnNumber Table Column Number
        0040A806 SQ TableRowDefinitionSequence Table Row Definition Sequence
        0040A807 SQ TableColumnDefinitionSequence Table Column Definition Sequence
        0040A808 SQ CellValuesSequence Cell Values Sequence
        0040B020 SQ WaveformAnnotationSequence Waveform Annotation Sequence
        0040DB00 CS TemplateIdentifier Template Identifier
        0040DB73 UL ReferencedContentItemIdentifier Referenced Content Item Identifier
        0040E001 ST HL7InstanceIdentifier HL7 Instance Identifier
        0040E004 DT HL7DocumentEffectiveTime HL7 Document Effective Time
        0040E006 SQ HL7DocumentTypeCodeSequence HL7 Document Type Code Sequence
        0040E008 SQ DocumentClassCodeSequence Document Class Code Sequence
        0040E010 UR RetrieveURI Retrieve URI
        0040E011 UI RetrieveLocationUID Retrieve Location UID
        0040E020 CS TypeOfInstances Type of Instances
        0040E021 SQ DICOMRetrievalSequence DICOM Retrieval Sequence
        0040E022 SQ DICOMMediaRetrievalSequence DICOM Media Retrieval Sequence
        0040E023 SQ WADORetrievalSequence WADO Retrieval Sequence
        0040E024 SQ XDSRetrievalSequence XDS Retrieval Sequence
        0040E025 SQ WADORSRetrievalSequence WADO-RS Retrieval Sequence
        0040E030 UI RepositoryUniqueID Repository Unique ID
        0040E031 UI HomeCommunityID Home Community ID
        00420010 ST DocumentTitle Document Title
        00420011 OB EncapsulatedDocument Encapsulated Document
        00420012 LO MIMETypeOfEncapsulatedDocument MIME Type of Encapsulated Document
        00420013 SQ SourceInstanceSequence Source Instance Sequence
        00420014 LO ListOfMIMETypes List of MIME Types
        00420015 UL EncapsulatedDocumentLength Encapsulated Document Length
        00540010 US EnergyWindowVector Energy Window Vector
        00540011 US NumberOfEnergyWindows Number of Energy Windows
        00540012 SQ EnergyWindowInformationSequence Energy Window Information Sequence
        00540013 SQ EnergyWindowRangeSequence Energy Window Range Sequence
        00540014 DS EnergyWindowLowerLimit Energy Window Lower Limit
        00540015 DS EnergyWindowUpperLimit Energy Window Upper Limit
        00540016 SQ RadiopharmaceuticalInformationSequence Radiopharmaceutical Information Sequence
        00540017 IS ResidualSyringeCounts Residual Syringe Counts
        00540018 SH EnergyWindowName Energy Window Name
        00540020 US DetectorVector Detector Vector
        00540021 US NumberOfDetectors Number of Detectors
        00540022 SQ DetectorInformationSequence Detector Information Sequence
        00540030 US PhaseVector Phase Vector
        00540031 US NumberOfPhases Number of Phases
        00540032 SQ PhaseInformationSequence Phase Information Sequence
        00540033 US NumberOfFramesInPhase Number of Frames in Phase
        00540036 IS PhaseDelay Phase Delay
        00540038 IS PauseBetweenFrames Pause Between Frames
        00540039 CS PhaseDescription Phase Description
        00540050 US RotationVector Rotation Vector
        00540051 US NumberOfRotations Number of Rotations
        00540052 SQ RotationInformationSequence Rotation Information Sequence
        00540053 US NumberOfFramesInRotation Number of Frames in Rotation
        00540060 US RRIntervalVector R-R Interval Vector
        00540061 US NumberOfRRIntervals Number of R-R Intervals
        00540062 SQ GatedInformationSequence Gated Information Sequence
        00540063 SQ DataInformationSequence Data Information Sequence
        00540070 US TimeSlotVector Time Slot Vector
        00540071 US NumberOfTimeSlots Number of Time Slots
        00540072 SQ TimeSlotInformationSequence Time Slot Information Sequence
        00540073 DS TimeSlotTime Time Slot Time
        00540080 US SliceVector Slice Vector
        00540081 US NumberOfSlices Number of Slices
        00540090 US AngularViewVector Angular View Vector
        00540100 US TimeSliceVector Time Slice Vector
        00540101 US NumberOfTimeSlices Number of Time Slices
        00540200 DS StartAngle Start Angle
        00540202 CS TypeOfDetectorMotion Type of Detector Motion
        00540210 IS TriggerVector Trigger Vector
        00540211 US NumberOfTriggersInPhase Number of Triggers in Phase
        00540220 SQ ViewCodeSequence View Code Sequence
        00540222 SQ ViewModifierCodeSequence View Modifier Code Sequence
        00540300 SQ RadionuclideCodeSequence Radionuclide Code Sequence
        00540302 SQ AdministrationRouteCodeSequence Administration Route Code Sequence
        00540304 SQ RadiopharmaceuticalCodeSequence Radiopharmaceutical Code Sequence
        00540306 SQ CalibrationDataSequence Calibration Data Sequence
        00540308 US EnergyWindowNumber Energy Window Number
        00540400 SH ImageID Image ID
        00540410 SQ PatientOrientationCodeSequence Patient Orientation Code Sequence
        00540412 SQ PatientOrientationModifierCodeSequence Patient Orientation Modifier Code Sequence
        00540414 SQ PatientGantryRelationshipCodeSequence Patient Gantry Relationship Code Sequence
        00540500 CS SliceProgressionDirection Slice Progression Direction
        00540501 CS ScanProgressionDirection Scan Progression Direction
        00541000 CS SeriesType Series Type
        00541001 CS Units Units
        00541002 CS CountsSource Counts Source
        00541004 CS ReprojectionMethod Reprojection Method
        00541006 CS SUVType SUV Type
        00541100 CS RandomsCorrectionMethod Randoms Correction Method
        00541101 LO AttenuationCorrectionMethod Attenuation Correction Method
        00541102 CS DecayCorrection Decay Correction
        00541103 LO ReconstructionMethod Reconstruction Method
        00541104 LO DetectorLinesOfResponseUsed Detector Lines of Response Used
        00541105 LO ScatterCorrectionMethod Scatter Correction Method
        00541200 DS AxialAcceptance Axial Acceptance
        00541201 IS AxialMash Axial Mash
        00541202 IS TransverseMash Transverse Mash
        00541203 DS DetectorElementSize Detector Element Size
        00541210 DS CoincidenceWindowWidth Coincidence Window Width
        00541220 CS SecondaryCountsType Secondary Counts Type
        00541300 DS FrameReferenceTime Frame Reference Time
        00541310 IS PrimaryPromptsCountsAccumulated Primary (Prompts) Counts Accumulated
        00541311 IS SecondaryCountsAccumulated Secondary Counts Accumulated
        00541320 DS SliceSensitivityFactor Slice Sensitivity Factor
        00541321 DS DecayFactor Decay Factor
        00541322 DS DoseCalibrationFactor Dose Calibration Factor
        00541323 DS ScatterFractionFactor Scatter Fraction Factor
        00541324 DS DeadTimeFactor Dead Time Factor
        00541330 US ImageIndex Image Index
        00700080 CS ContentLabel Content Label
        00700081 LO ContentDescription Content Description
        00700082 DA PresentationCreationDate Presentation Creation Date
        00700083 TM PresentationCreationTime Presentation Creation Time
        00700084 PN ContentCreatorName Content Creator's Name
        00700306 CS ShapeType Shape Type
        00880130 SH StorageMediaFileSetID Storage Media File-set ID
        00880140 UI StorageMediaFileSetUID Storage Media File-set UID
        00880200 SQ IconImageSequence Icon Image Sequence
        04000005 US MACIDNumber MAC ID Number
        04000010 UI MACCalculationTransferSyntaxUID MAC Calculation Transfer Syntax UID
        04000015 CS MACAlgorithm MAC Algorithm
        04000020 AT DataElementsSigned Data Elements Signed
        04000100 UI DigitalSignatureUID Digital Signature UID
        04000105 DT DigitalSignatureDateTime Digital Signature DateTime
        04000110 CS CertificateType Certificate Type
        04000115 OB CertificateOfSigner Certificate of Signer
        04000120 OB Signature Signature
        04000305 CS CertifiedTimestampType Certified Timestamp Type
        04000310 OB CertifiedTimestamp Certified Timestamp
        04000401 SQ DigitalSignaturePurposeCodeSequence Digital Signature Purpose Code Sequence
        04000402 SQ ReferencedDigitalSignatureSequence Referenced Digital Signature Sequence
        04000403 SQ ReferencedSOPInstanceMACSequence Referenced SOP Instance MAC Sequence
        04000404 OB MAC MAC
        04000500 SQ EncryptedAttributesSequence Encrypted Attributes Sequence
        04000510 UI EncryptedContentTransferSyntaxUID Encrypted Content Transfer Syntax UID
        04000520 OB EncryptedContent Encrypted Content
        04000550 SQ ModifiedAttributesSequence Modified Attributes Sequence
        04000551 SQ NonconformingModifiedAttributesSequence Nonconforming Modified Attributes Sequence
        04000552 OB NonconformingDataElementValue Nonconforming Data Element Value
        04000561 SQ OriginalAttributesSequence Original Attributes Sequence
        04000562 DT AttributeModificationDateTime Attribute Modification DateTime
        04000563 LO ModifyingSystem Modifying System
        04000564 LO SourceOfPreviousValues Source of Previous Values
        04000565 CS ReasonForTheAttributeModification Reason for the Attribute Modification
        20500010 SQ PresentationLUTSequence Presentation LUT Sequence
        20500020 CS PresentationLUTShape Presentation LUT Shape
        20500500 SQ ReferencedPresentationLUTSequence Referenced Presentation LUT Sequence
        52009229 SQ SharedFunctionalGroupsSequence Shared Functional Groups Sequence
        52009230 SQ PerFrameFunctionalGroupsSequence Per-Frame Functional Groups Sequence
        7FE00001 OV ExtendedOffsetTable Extended Offset Table
        7FE00002 OV ExtendedOffsetTableLengths Extended Offset Table Lengths
        7FE00003 UV EncapsulatedPixelDataValueTotalLength Encapsulated Pixel Data Value Total Length
        7FE00008 OF FloatPixelData Float Pixel Data
        7FE00009 OD DoubleFloatPixelData Double Float Pixel Data
        7FE00010 OX PixelData Pixel Data
        FFFAFFFA SQ DigitalSignaturesSequence Digital Signatures Sequence
        FFFCFFFC OB DataSetTrailingPadding Data Set Trailing Padding
        """
}
