/// The fixed UUIDs of XDS metadata. Source: IHE ITI TF-3 table 4.3-1; the prefix `urn:uuid:` is part of each.
public enum XDSUUID {
    // Object types.
    public static let stableDocument = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"
    public static let onDemandDocument = "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248"
    public static let submissionSet = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"
    public static let folder = "urn:uuid:d9d542f3-6cc4-48b6-8870-ea235fbc94c2"

    // Classification schemes of a document entry.
    public static let author = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
    public static let classCode = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"
    public static let confidentialityCode = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"
    public static let eventCode = "urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4"
    public static let formatCode = "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d"
    public static let healthcareFacilityTypeCode = "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1"
    public static let practiceSettingCode = "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead"
    public static let typeCode = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"

    // External identifiers of a document entry.
    public static let patientID = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427"
    public static let uniqueID = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"

    // The submission set.
    public static let submissionSetAuthor = "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d"
    public static let contentTypeCode = "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500"
    public static let submissionSetPatientID = "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446"
    public static let sourceID = "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832"
    public static let submissionSetUniqueID = "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8"

    // The folder.
    public static let folderCodeList = "urn:uuid:1ba97051-7806-41a8-a48b-8fce7af683c5"
    public static let folderPatientID = "urn:uuid:f64ffdf0-4b97-4e06-b79f-a52b38ec2f8a"
    public static let folderUniqueID = "urn:uuid:75df8f67-9973-4fbe-a900-df66cefecc5a"
}

/// The fixed URNs of ebXML and IHE: status, severity, association types, object types.
public enum XDSURN {
    public static let success = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"
    public static let failure = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure"
    public static let partialSuccess = "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"
    public static let error = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error"
    public static let warning = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Warning"
    public static let approved = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"
    public static let deprecated = "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated"
    public static let submitted = "urn:oasis:names:tc:ebxml-regrep:StatusType:Submitted"
    public static let hasMember = "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember"
    public static let replaces = "urn:ihe:iti:2007:AssociationType:RPLC"
    public static let appends = "urn:ihe:iti:2007:AssociationType:APND"
    public static let transforms = "urn:ihe:iti:2007:AssociationType:XFRM"
    public static let transformsAndReplaces = "urn:ihe:iti:2007:AssociationType:XFRM_RPLC"
    public static let signs = "urn:ihe:iti:2007:AssociationType:signs"
    public static let updateAvailabilityStatus = "urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus"
    /// Status of an entry that its author withdrew from the DMP. Source: CI-SIS, volet Partage de documents de santé.
    public static let deleted = "urn:asip:ci-sis:2010:StatusType:Deleted"
    /// Status of an entry that was archived. Source: CI-SIS, volet Partage de documents de santé.
    public static let archived = "urn:asip:ci-sis:2010:StatusType:Archived"
    /// The types of associations that XDS metadata may hold. Source: IHE ITI TF-3 table 4.2.2.2-1.
    public static let associationTypes: Set<String> = [
        hasMember, replaces, appends, transforms, transformsAndReplaces, signs, updateAvailabilityStatus,
        "urn:ihe:iti:2010:AssociationType:SubmitAssociation", "urn:ihe:iti:2010:AssociationType:IsSnapshotOf",
    ]
    public static let classificationObject =
        "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Classification"
    public static let externalIdentifierObject =
        "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:ExternalIdentifier"
    public static let registryPackageObject =
        "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:RegistryPackage"
    public static let associationObject = "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Association"
}
