public import XML

extension ExamFixture {
    /// The templates of an IMG-CR-IMG 2024.01 report of level 3.
    static let reportTemplates: [(root: String, version: String?)] = [
        ("2.16.840.1.113883.2.8.2.1", nil), ("1.2.250.1.213.1.1.1.1", nil), ("1.2.840.10008.9.1", nil),
        ("1.2.840.10008.9.20", nil), ("1.2.840.10008.9.21", nil), ("1.2.250.1.213.1.1.1.45", "2024.01"),
    ]

    /// The bytes of the report, as it is stored and hashed.
    public func reportBytes() -> [UInt8] { Serializer.serialize(report(), declaration: true, indented: true) }

    /// The title of the report.
    public var reportTitle: String { "CR d'imagerie médicale - Scanner du thorax avec injection" }

    /// The report (CR): CDA R2, IMG-CR-IMG 2024.01, structured.
    ///
    /// Header, sections, object catalogue and link as the CI-SIS volet IMG-CR-IMG and DICOM PS3.20 have them.
    public func report() -> Element {
        var root = Element(
            "ClinicalDocument",
            [
                "xmlns": "urn:hl7-org:v3", "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                "xmlns:ps3-20": "urn:dicom-org:ps3-20",
            ])
        let children =
            [
                Element("realmCode", ["code": "FR"]),
                Element("typeId", ["root": "2.16.840.1.113883.1.3", "extension": "POCD_HD000040"]),
            ] + Self.reportTemplates.map { CDA.identifier($0.root, $0.version, as: "templateId") } + [
                CDA.identifier(documentID),
                CDA.code(
                    "code", CDA.loincCode("18748-4", "CR d'imagerie médicale"), [CDA.code("translation", act)]),
                Element("title", [:], text: reportTitle),
                Element("effectiveTime", ["value": reported.cda]),
                Element(
                    "confidentialityCode",
                    ["code": "N", "displayName": "Normal", "codeSystem": "2.16.840.1.113883.5.25"]),
                Element("languageCode", ["code": "fr-FR"]),
                CDA.identifier(documentSetID, as: "setId"),
                Element("versionNumber", ["value": "\(documentVersion)"]),
                recordTarget, authorElement, custodian, legalAuthenticator, inFulfillmentOf, documentationOf,
            ] + replacedDocuments + [
                componentOf,
                CDA.component(Element("structuredBody", [:], bodySections().map(CDA.component))),
            ]
        root.content = children.map { .element($0) }
        return root
    }

    private var replacedDocuments: [Element] {
        guard let replacedDocumentID else { return [] }
        let parent = Element(
            "parentDocument", [:],
            [
                CDA.identifier(replacedDocumentID), CDA.identifier(documentSetID, as: "setId"),
                Element("versionNumber", ["value": "\(documentVersion - 1)"]),
            ])
        return [Element("relatedDocument", ["typeCode": "RPLC"], [parent])]
    }

    private var recordTarget: Element {
        let name = Element(
            "name", [:],
            [
                Element("family", ["qualifier": "BR"], text: patient.birthName),
                Element("given", [:], text: patient.birthGivenNames),
                Element("given", ["qualifier": "BR"], text: patient.firstBirthGivenName),
                Element("family", ["qualifier": "CL"], text: patient.usedName),
                Element("given", ["qualifier": "CL"], text: patient.usedGivenName),
            ])
        let birthplace = Element(
            "birthplace", [:],
            [
                Element(
                    "place", [:],
                    [
                        Element(
                            "addr", [:],
                            [
                                Element("county", [:], text: patient.birthPlaceCode),
                                Element("city", [:], text: patient.birthPlaceName),
                            ])
                    ])
            ])
        return Element(
            "recordTarget", [:],
            [
                Element(
                    "patientRole", [:],
                    [
                        CDA.identifier(patient.nationalIdentifier.root, patient.nationalIdentifier.value),
                        CDA.identifier(patient.localIdentifier.root, patient.localIdentifier.value),
                        Element("addr", ["nullFlavor": "NASK"]),
                        Element("telecom", ["nullFlavor": "NASK"]),
                        Element(
                            "patient", [:],
                            [
                                name,
                                Element(
                                    "administrativeGenderCode",
                                    [
                                        "code": patient.sex, "displayName": patient.sex == "F" ? "Féminin" : "Masculin",
                                        "codeSystem": "2.16.840.1.113883.5.1",
                                    ]),
                                Element("birthTime", ["value": patient.birthDate]),
                                birthplace,
                            ]),
                    ])
            ])
    }

    private var authorElement: Element {
        Element(
            "author", [:],
            [
                Element("time", ["value": reported.cda]),
                Element("assignedAuthor", [:], practitionerParts(withPractice: true)),
            ])
    }

    private var custodian: Element {
        Element(
            "custodian", [:],
            [
                Element(
                    "assignedCustodian", [:],
                    [Element("representedCustodianOrganization", [:], organizationParts)])
            ])
    }

    private var legalAuthenticator: Element {
        Element(
            "legalAuthenticator", [:],
            [
                Element("time", ["value": reported.cda]), Element("signatureCode", ["code": "S"]),
                Element("assignedEntity", [:], practitionerParts(withPractice: true)),
            ])
    }

    private var inFulfillmentOf: Element {
        Element(
            "inFulfillmentOf", [:],
            [
                Element(
                    "order", [:],
                    [
                        CDA.identifier(order.root, order.value),
                        CDA.identifier(accession.root, accession.value, as: "ps3-20:accessionNumber"),
                    ])
            ])
    }

    private var documentationOf: Element {
        func qualified(_ value: Coded, by name: Coded) -> Element {
            CDA.code("translation", value, [Element("qualifier", [:], [CDA.code("name", name)])])
        }
        return Element(
            "documentationOf", [:],
            [
                Element(
                    "serviceEvent", ["classCode": "ACT"],
                    [
                        CDA.identifier(studyUID),
                        CDA.code(
                            "code", act,
                            [
                                CDA.code("translation", procedure),
                                qualified(modality, by: CDA.dicomCode("121139", "Modalité d'imagerie")),
                                qualified(region, by: CDA.loincCode("39111-0", "localisation anatomique")),
                            ]),
                        examPeriod,
                        Element(
                            "performer", ["typeCode": "PRF"],
                            [Element("assignedEntity", [:], practitionerParts(withPractice: true))]),
                    ])
            ])
    }

    private var componentOf: Element {
        Element(
            "componentOf", [:],
            [
                Element(
                    "encompassingEncounter", [:],
                    [
                        Element(
                            "code",
                            [
                                "code": "AMB", "displayName": "Ambulatoire (hors établissement)",
                                "codeSystem": "2.16.840.1.113883.5.4",
                            ]),
                        examPeriod,
                        Element(
                            "location", [:],
                            [
                                Element(
                                    "healthCareFacility", [:],
                                    [
                                        CDA.identifier("1.2.250.1.71.4.2.2", organization.identifier),
                                        CDA.code("code", organization.facility),
                                        Element(
                                            "location", [:],
                                            [Element("name", [:], text: organization.name), addressOfPlace]),
                                    ])
                            ]),
                    ])
            ])
    }

    private var examPeriod: Element {
        Element(
            "effectiveTime", [:],
            [Element("low", ["value": start.cda]), Element("high", ["value": stop.cda])])
    }

    private var addressOfPlace: Element {
        Element(
            "addr", [:],
            [
                Element("houseNumber", [:], text: "1"), Element("streetName", [:], text: "Rue de l'Exemple"),
                Element("postalCode", [:], text: "99999"), Element("city", [:], text: "COMMUNE-FICTIVE"),
            ])
    }

    private func practitionerParts(withPractice: Bool) -> [Element] {
        let name = Element(
            "name", [:],
            [
                Element("prefix", [:], text: "M"), Element("given", [:], text: author.given),
                Element("family", [:], text: author.family), Element("suffix", [:], text: "DR"),
            ])
        let practice = withPractice ? [CDA.code("standardIndustryClassCode", organization.practiceSetting)] : []
        return [
            CDA.identifier("1.2.250.1.71.4.2.1", author.identifier), CDA.code("code", author.specialty),
            addressOfPlace, Element("telecom", ["value": "tel:0199000000", "use": "WP"]),
            Element("assignedPerson", [:], [name]),
            Element("representedOrganization", [:], organizationParts + practice),
        ]
    }

    private var organizationParts: [Element] {
        [
            CDA.identifier("1.2.250.1.71.4.2.2", organization.identifier),
            Element("name", [:], text: organization.name), Element("telecom", ["value": "tel:0199000000"]),
            addressOfPlace,
        ]
    }
}
