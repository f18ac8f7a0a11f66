public import Conformance

/// The checks on what a report says of its exam: identity, order, acts, and the catalogue with the link to the images.
///
/// They are judged by `Schematron/cda/imaging-report.sch`, whose asserts have these ids; CR-001 by the XML Schema.
/// Sources: CI-SIS, volet IMG-CR-IMG 2024.01; DICOM PS3.20.
public enum ReportRules {
    private static let volet = "CI-SIS, volet IMG-CR-IMG 2024.01"
    private static let identity = "CI-SIS, volet Structuration minimale; référentiel INS"
    private static let catalogue = "\(volet), section Catalogue d'objets DICOM; DICOM PS3.20 9.17, 10.4"
    private static let link = "\(volet), lien vers les images; IHE RAD TF-2 4.106"

    private static func check(
        _ id: String, _ severity: Severity, capture: Severity? = nil, fr: String, en: String, _ source: String
    ) -> RuleDescriptor {
        RuleDescriptor(id, layer: "cda", severity, capture: capture, fr: fr, en: en, source: source)
    }

    /// Every check, in the order of its id.
    public static let descriptors = [
        check(
            "CR-001", .violation,
            fr: "Le document est bien formé et valide selon le schéma XML de CDA R2.",
            en: "The document is well-formed and valid against the XML Schema of CDA R2.",
            "HL7 CDA R2; CI-SIS, volet Structuration minimale"),
        check(
            "CR-002", .violation,
            fr: "Les templateId sont ceux d'un compte rendu d'imagerie structuré, ou d'un document à corps PDF.",
            en: "The templateIds are those of a structured imaging report, or of a document with a PDF body.",
            volet),
        check(
            "CR-003", .violation,
            fr: "Le code du document est 18748-4 (LOINC), compte rendu d'imagerie.",
            en: "The code of the document is 18748-4 (LOINC), imaging report.",
            volet),
        check(
            "CR-004", .warning,
            fr: "Le code du document a une traduction par acte d'imagerie, du jeu de valeurs 1.2.250.1.213.1.1.5.687.",
            en:
                "The code of the document has a translation for each imaging act, of the value set 1.2.250.1.213.1.1.5.687.",
            volet),
        check(
            "CR-005", .violation,
            fr: "Le document a un id, un setId et un versionNumber d'au moins 1.",
            en: "The document has an id, a setId and a versionNumber of at least 1.",
            volet),
        check(
            "CR-006", .violation,
            fr: "Le premier identifiant du patient est son INS, d'une autorité reconnue.",
            en: "The first identifier of the patient is the INS, of a known authority.",
            identity),
        check(
            "CR-007", .violation,
            fr:
                "Avec l'INS viennent le nom, les prénoms et le premier prénom de naissance, la date, le sexe et le lieu de naissance.",
            en:
                "With the INS come the birth name, the birth given names and the first of them, birth date, sex and birth place.",
            identity),
        check(
            "CR-008", .violation,
            fr: "Le compte rendu répond à au moins une demande (inFulfillmentOf).",
            en: "The report fulfils at least one order (inFulfillmentOf).",
            volet),
        check(
            "CR-009", .violation,
            fr: "Chaque demande a exactement un numéro de prescription (order/id).",
            en: "Each order has exactly one order number (order/id).",
            volet),
        check(
            "CR-010", .violation,
            fr: "Chaque demande a exactement un numéro d'accession (ps3-20:accessionNumber), avec @root et @extension.",
            en: "Each order has exactly one accession number (ps3-20:accessionNumber), with @root and @extension.",
            volet + "; DICOM PS3.20 9.1"),
        check(
            "CR-011", .violation,
            fr: "L'id de chaque acte d'imagerie est l'UID de l'examen, sans extension.",
            en: "The id of each imaging act is the UID of the study, without extension.",
            volet + "; DICOM PS3.5 9.1"),
        check(
            "CR-012", .warning,
            fr: "Chaque acte a un seul UID d'examen, qu'aucun autre ne répète.",
            en: "Each act has one study UID, which no other repeats.",
            volet),
        check(
            "CR-013", .violation,
            fr: "Le code de chaque acte est un code LOINC du jeu de valeurs 1.2.250.1.213.1.1.5.687.",
            en: "The code of each act is a LOINC code of the value set 1.2.250.1.213.1.1.5.687.",
            volet),
        check(
            "CR-014", .violation,
            fr: "Chaque acte a au moins une modalité : traduction DICOM du jeu de valeurs, qualifiée par 121139.",
            en: "Each act has at least one modality: DICOM translation of the value set, qualified by 121139.",
            volet),
        check(
            "CR-015", .warning,
            fr: "Chaque acte a au moins une région : traduction SNOMED CT du jeu de valeurs, qualifiée par 39111-0.",
            en: "Each act has at least one region: SNOMED CT translation of the value set, qualified by 39111-0.",
            volet),
        check(
            "CR-016", .violation,
            fr: "Chaque acte a son début (effectiveTime/low).",
            en: "Each act has its start (effectiveTime/low).",
            volet),
        check(
            "CR-017", .violation,
            fr: "Chaque acte a l'identifiant de l'organisation de son exécutant.",
            en: "Each act has the identifier of the organisation of its performer.",
            volet),
        check(
            "CR-018", .violation,
            fr: "Le lieu de l'exercice a un code de secteur d'activité reconnu.",
            en: "The place of practice has a known code of its sector of activity.",
            "CI-SIS, volet Structuration minimale, JDV_J02"),
        check(
            "CR-019", .warning,
            fr: "Chaque auteur a son organisation (representedOrganization).",
            en: "Each author has an organisation (representedOrganization).",
            volet),
        check(
            "CR-020", .violation,
            fr: "Le corps a exactement une section Conclusion, avec son texte.",
            en: "The body has exactly one Conclusion section, with its text.",
            volet),
        check(
            "CR-021", .warning,
            fr: "Le corps a autant de sections Acte que l'en-tête a d'actes d'imagerie.",
            en: "The body has as many Act sections as the header has imaging acts.",
            volet),
        check(
            "CR-022", .violation,
            fr: "Chaque section Acte a exactement un catalogue d'objets DICOM, codé 121181, avec un texte.",
            en: "Each Act section has exactly one DICOM object catalogue, coded 121181, with a text.",
            catalogue),
        check(
            "CR-023", .violation,
            fr: "L'examen du catalogue est un de ceux de l'en-tête (serviceEvent/id).",
            en: "The exam of the catalogue is one of those of the header (serviceEvent/id).",
            catalogue),
        check(
            "CR-024", .violation,
            fr: "L'examen du catalogue a sa date (effectiveTime) et exactement une série.",
            en: "The exam of the catalogue has its date (effectiveTime) and exactly one series.",
            catalogue),
        check(
            "CR-025", .violation,
            fr: "La série du catalogue a une modalité et une observation d'instance.",
            en: "The series of the catalogue has one modality and one observation of an instance.",
            catalogue),
        check(
            "CR-026", .violation,
            fr: "L'observation d'instance est de classe DGIMG et codée par une classe SOP de stockage.",
            en: "The observation of an instance is of class DGIMG and coded by a storage SOP class.",
            catalogue),
        check(
            "CR-027", .violation,
            fr: "Le texte de l'observation est de type application/dicom et porte une référence.",
            en: "The text of the observation is of type application/dicom and holds a reference.",
            catalogue),
        check(
            "CR-028", .violation, capture: .warning,
            fr: "Le lien appelle IHEInvokeImageDisplay avec requestType=STUDY, studyUID, Accessionnumber et idCDA.",
            en: "The link invokes IHEInvokeImageDisplay with requestType=STUDY, studyUID, Accessionnumber and idCDA.",
            link),
        check(
            "CR-029", .violation,
            fr: "Le studyUID du lien est l'id de l'examen qui le porte.",
            en: "The studyUID of the link is the id of the exam around it.",
            link),
        check(
            "CR-030", .violation,
            fr:
                "L'Accessionnumber du lien joint par un point la racine et l'extension d'un numéro d'accession de l'en-tête.",
            en:
                "The Accessionnumber of the link joins by a dot the root and the extension of an accession number of the header.",
            link),
        check(
            "CR-031", .violation,
            fr: "L'idCDA du lien est la racine de l'id du document.",
            en: "The idCDA of the link is the root of the id of the document.",
            link),
        check(
            "CR-032", .violation, capture: .warning,
            fr: "Le lien est une adresse https absolue, sans blanc.",
            en: "The link is an absolute https address without blanks.",
            link),
        check(
            "CR-033", .warning,
            fr: "Le texte de la section montre le même lien (linkHtml).",
            en: "The text of the section shows the same link (linkHtml).",
            link),
        check(
            "CR-034", .warning,
            fr: "L'hôte du lien est un nom de domaine public, celui que la liste nationale donne à l'émetteur.",
            en: "The host of the link is a public domain name, the one that the national list gives to the emitter.",
            link),
        check(
            "CR-035", .warning,
            fr: "La modalité de chaque entrée Technique est une de celles de l'en-tête.",
            en: "The modality of each Technique entry is one of those of the header.",
            volet),
        check(
            "CR-036", .violation,
            fr: "Le corps d'un compte rendu de niveau 1 est un PDF codé en base 64.",
            en: "The body of a level 1 report is a PDF in base 64.",
            volet),
        check(
            "CR-037", .violation,
            fr: "Une nouvelle version remplace (RPLC) un document du même lot (setId).",
            en: "A new version replaces (RPLC) a document of the same set (setId).",
            volet),
        check(
            "CR-038", .warning,
            fr: "L'observation d'instance porte le lien vers les images (text/reference).",
            en: "The observation of an instance holds the link to the images (text/reference).",
            catalogue),
        check(
            "CR-039", .violation,
            fr: "La section Catalogue a un id, un titre, le code 121181, un texte et ses deux templateId.",
            en: "The Catalogue section has an id, a title, the code 121181, a text and its two templateIds.",
            catalogue),
        check(
            "CR-040", .warning,
            fr: "Le catalogue a l'acte de l'examen (code 113014).",
            en: "The catalogue has the act of the exam (code 113014).",
            catalogue),
        check(
            "CR-041", .violation,
            fr: "Les dates de l'en-tête existent.",
            en: "The dates of the header exist.",
            "HL7 CDA R2, type TS; \(identity)"),
        check(
            "CR-042", .violation,
            fr: "Le document a un responsable (legalAuthenticator), qui l'a signé.",
            en: "The document has one person in charge (legalAuthenticator), who signed it.",
            volet),
        check(
            "CR-043", .warning,
            fr: "Le document a un titre.",
            en: "The document has a title.",
            "CI-SIS, volet Structuration minimale"),
        check(
            "CR-044", .violation,
            fr: "Les codes de l'en-tête sont connus : périmètre, confidentialité, sexe.",
            en: "The codes of the header are known: realm, confidentiality, sex.",
            "CI-SIS, volet Structuration minimale"),
    ]
}
