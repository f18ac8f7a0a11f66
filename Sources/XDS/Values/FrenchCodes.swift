/// The OIDs of the French sharing of health documents.
public enum FrenchOID {
    /// Identifiers of health professionals, in component 9 of XCN.
    public static let professional = "1.2.250.1.71.4.2.1"
    /// Identifiers of structures, in component 6 of XON.
    public static let organisation = "1.2.250.1.71.4.2.2"
    /// INS NIR of production.
    public static let insNIR = "1.2.250.1.213.1.4.8"
    /// INS NIA of production.
    public static let insNIA = "1.2.250.1.213.1.4.9"
    /// INS NIR of test.
    public static let insNIRTest = "1.2.250.1.213.1.4.10"
    /// INS NIR of demonstration.
    public static let insNIRDemonstration = "1.2.250.1.213.1.4.11"
    /// The four matricule INS authorities.
    public static let ins = [insNIR, insNIA, insNIRTest, insNIRDemonstration]
    /// classCode of the CI-SIS.
    public static let classCode = "1.2.250.1.213.1.1.4.1"
    /// typeCode of the CI-SIS where no LOINC code exists.
    public static let typeCode = "1.2.250.1.213.1.1.4.12"
    /// French confidentiality codes.
    public static let confidentiality = "1.2.250.1.213.1.1.4.13"
    /// HL7 confidentiality codes.
    public static let hl7Confidentiality = "2.16.840.1.113883.5.25"
    /// healthcareFacilityTypeCode: sectors of activity.
    public static let facility = "1.2.250.1.71.4.2.4"
    /// practiceSettingCode.
    public static let practiceSetting = "1.2.250.1.213.1.1.4.9"
    /// Codes for "not referenced" of facility and practice setting.
    public static let unreferenced = "1.2.250.1.213.1.1.4.6"
    /// contentTypeCode of submission sets.
    public static let contentType = "1.2.250.1.213.2.2"
    /// LOINC.
    public static let loinc = "2.16.840.1.113883.6.1"
    /// DICOM UIDs as a coding scheme: formatCode of a KOS.
    public static let dicomUID = "1.2.840.10008.2.6.1"
    /// DICOM controlled terminology: modalities.
    public static let dicomTerminology = "1.2.840.10008.2.16.4"
    /// SNOMED CT: regions.
    public static let snomed = "2.16.840.1.113883.6.96"
    /// The value set of modalities (JDV), written as a scheme in older samples.
    public static let modalityValueSet = "1.2.250.1.213.1.1.5.618"
    /// The value set of regions (JDV), written as a scheme in older samples.
    public static let regionValueSet = "1.2.250.1.213.1.1.5.695"
    /// formatCode of IHE content profiles.
    public static let iheFormat = "1.3.6.1.4.1.19376.1.2.3"
    /// SOP class of a KOS, its formatCode.
    public static let kosFormat = "1.2.840.10008.5.1.4.1.1.88.59"
}

/// The codes that the French profile fixes for imaging documents. Source: facts of the profile, sections 2.6 and 3.
public enum FrenchCode {
    /// classCode of a KOS.
    public static let kosClass = CodedValue("31", FrenchOID.classCode, "Imagerie médicale")
    /// typeCode of a KOS.
    public static let kosType = CodedValue(
        "IMG-KOS", FrenchOID.typeCode, "Reference d'objets d'un examen d'imagerie")
    /// formatCode of a KOS.
    public static let kosFormat = CodedValue(
        FrenchOID.kosFormat, FrenchOID.dicomUID,
        "Document de Références d'objets d'imagerie selon profil IHE RAD XDS-I")
    /// classCode of an imaging report.
    public static let reportClass = CodedValue("10", FrenchOID.classCode, "Compte rendu")
    /// typeCode of an imaging report.
    public static let reportType = CodedValue("18748-4", FrenchOID.loinc, "CR d'imagerie médicale")
    /// formatCode of a report with a PDF body (level 1).
    public static let reportFormatN1 = CodedValue(
        "urn:ihe:iti:xds-sd:pdf:2008", FrenchOID.iheFormat, "Document à corps non structuré en Pdf/A-1")
    /// formatCode of a structured report (level 3).
    public static let reportFormatN3 = CodedValue(
        "urn:ihe:rad:CDA:ImagingReportStructuredHeadings:2013", FrenchOID.iheFormat, "Compte rendu d'imagerie")
    /// Normal confidentiality.
    public static let normal = CodedValue("N", FrenchOID.hl7Confidentiality, "Normal")
    /// Hidden from health professionals.
    public static let hiddenFromProfessionals = CodedValue(
        "MASQUE_PS", FrenchOID.confidentiality, "Masqué aux professionnels de santé")
    /// Hidden from the patient.
    public static let hiddenFromPatient = CodedValue(
        "INVISIBLE_PATIENT", FrenchOID.confidentiality, "Non visible par le patient")
    /// Hidden from the legal representatives.
    public static let hiddenFromRepresentatives = CodedValue(
        "INVISIBLE_REPRESENTANTS_LEGAUX", FrenchOID.confidentiality, "Non visible par les représentants légaux")
    /// formatCode of the signature of a submission set.
    public static let signatureFormat = CodedValue(
        "http://www.w3.org/2000/09/xmldsig#", "URN", "Default Signature Style")
    /// typeCode of the signature.
    public static let signatureType = CodedValue("E1762", "ASTM", "Full Document")
    /// classCode of the signature.
    public static let signatureClass = CodedValue(
        "urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1", "URN", "Digital Signature")
    /// eventCode of the signature: its purpose.
    public static let signaturePurpose = CodedValue("1.2.840.10065.1.12.1.14", "1.2.840.10065.1.12", "Source")

    /// The modalities of JDV 1.2.250.1.213.1.1.5.618.
    public static let modalities: Set<String> = [
        "AR", "BDUS", "BI", "BMD", "CR", "CT", "DG", "DMS", "DX", "ECG", "EEG", "EMG", "EOG", "EPS", "ES", "GM", "HD",
        "IO", "IVOCT", "IVUS", "KER", "LEN", "LS", "MG", "MR", "NM", "OAM", "OCT", "OP", "OPM", "OPT", "OPTBSV",
        "OPTENF", "OPV", "OSS", "POS", "PT", "PX", "RESP", "RF", "RG", "RTIMAGE", "SM", "SRF", "TG", "US", "VA", "XA",
        "XC",
    ]
    /// The regions of JDV 1.2.250.1.213.1.1.5.695.
    public static let regions: Set<String> = [
        "63337009", "38266002", "53120007", "61685007", "67734004", "774007", "113257007", "80891009", "76752008",
        "737561001",
    ]
    /// The practice settings of JDV_J04, of scheme `FrenchOID.practiceSetting`.
    public static let practiceSettings: Set<String> = [
        "AMBULATOIRE", "AMO", "DEPISTAGE", "ESSMS", "ETABLISSEMENT", "HAD", "MAD", "PALLIATIF", "SAD", "SAMU_SMUR",
    ]
    /// The codes of `FrenchOID.unreferenced` that facility and practice setting may take instead.
    public static let unreferencedSettings: Set<String> = ["EXP_PATIENT", "SNR"]

    /// A modality by its DICOM code, in the current writing.
    public static func modality(_ code: String, _ displayName: String = "") -> CodedValue {
        CodedValue(code, FrenchOID.dicomTerminology, displayName.isEmpty ? code : displayName)
    }

    /// A region by its SNOMED CT code, in the current writing.
    public static func region(_ code: String, _ displayName: String) -> CodedValue {
        CodedValue(code, FrenchOID.snomed, displayName)
    }
}
