internal import Conformance
internal import Imaging
internal import XDS
internal import XML

// The document, the patient and the order: CR-002 to CR-010, CR-018 to CR-019, CR-036.
extension ReportRules {
    private static let structuredTemplates = [
        "2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1", "1.2.840.10008.9.1", "1.2.840.10008.9.20",
        "1.2.840.10008.9.21", "1.2.250.1.213.1.1.1.45",
    ]
    private static let pdfTemplates = [
        "2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1", "1.3.6.1.4.1.19376.1.2.20",
    ]

    static let headerRules = [
        rule(
            "CR-002", .violation,
            fr: "Les templateId sont ceux d'un compte rendu d'imagerie structuré, ou d'un document à corps PDF.",
            en: "The templateIds are those of a structured imaging report, or of a document with a PDF body."
        ) { subject, remarks in
            let found = Set(subject.reading.templates.map(\.root))
            let expected = subject.reading.isStructured ? structuredTemplates : pdfTemplates
            for template in expected where !found.contains(template) {
                sayMissing("templateId[@root='\(template)']", in: subject.reading.root, &remarks)
            }
        },
        rule(
            "CR-003", .violation, fr: "Le code du document est 18748-4 (LOINC), compte rendu d'imagerie.",
            en: "The code of the document is 18748-4 (LOINC), imaging report."
        ) { subject, remarks in
            let code = subject.reading.code
            guard code?.code != "18748-4" || code?.system != ImagingReport.CodeSystem.loinc else { return }
            remarks.remark(
                expected: "18748-4 (\(ImagingReport.CodeSystem.loinc))",
                actual: code.map { "\($0.code) (\($0.system))" } ?? Shown.absent,
                at: place(code?.node ?? subject.reading.root))
        },
        rule(
            "CR-005", .violation, fr: "Le document a un id, un setId et un versionNumber d'au moins 1.",
            en: "The document has an id, a setId and a versionNumber of at least 1."
        ) { subject, remarks in
            let reading = subject.reading
            if reading.identifier == nil { sayMissing("id/@root", in: reading.root, &remarks) }
            if reading.setIdentifier == nil { sayMissing("setId/@root", in: reading.root, &remarks) }
            guard let version = reading.version else {
                return sayMissing("versionNumber/@value", in: reading.root, &remarks)
            }
            guard (Int(version) ?? 0) < 1 else { return }
            remarks.remark(
                expected: ">= 1", actual: version, at: place(reading.root.firstCDA("versionNumber") ?? reading.root))
        },
        rule(
            "CR-006", .violation, fr: "Le premier identifiant du patient est son INS, d'une autorité reconnue.",
            en: "The first identifier of the patient is the INS, of a known authority.",
            source: "CI-SIS, volet Structuration minimale; référentiel INS"
        ) { subject, remarks in
            guard let patient = subject.reading.patient, let first = patient.identifiers.first else {
                return sayMissing(
                    "recordTarget/patientRole/id", in: subject.reading.patient?.node ?? subject.reading.root, &remarks)
            }
            guard NationalIdentifier.authority(oid: first.root) != nil, let value = first.value else {
                return remarks.remark(
                    expected: NationalIdentifier.authorities.map(\.oid).joined(separator: ", "),
                    actual: identifierText(first), at: place(first.node, "root"))
            }
            guard !NationalIdentifier.isValid(value) else { return }
            remarks.remark(
                LocalizedText(
                    fr: "L'INS n'a pas 15 caractères ou sa clé est fausse.",
                    en: "The INS has not 15 characters or its key is wrong."),
                expected: NationalIdentifier.key(of: value.prefix(13)).map { "\(value.prefix(13))\($0)" } ?? "13 + 2",
                actual: value, at: place(first.node, "extension"), severity: .warning)
        },
        rule(
            "CR-007", .violation,
            fr:
                "Avec l'INS viennent le nom, les prénoms et le premier prénom de naissance, la date, le sexe et le lieu de naissance.",
            en:
                "With the INS come the birth name, the birth given names and the first of them, birth date, sex and birth place.",
            source: "CI-SIS, volet Structuration minimale; référentiel INS"
        ) { subject, remarks in
            guard let patient = subject.reading.patient, patient.nationalIdentifier != nil else {
                return remarks.notRun(fr: "Le compte rendu n'a pas d'INS.", en: "The report has no INS.")
            }
            let traits: [(String, String?)] = [
                ("patient/name/family[@qualifier='BR']", patient.birthName),
                ("patient/name/given", patient.birthGivenNames),
                ("patient/name/given[@qualifier='BR']", patient.firstBirthGivenName),
                ("patient/administrativeGenderCode/@code", patient.sex),
                ("patient/birthTime/@value", patient.birthDate),
                ("patient/birthplace/place/addr/county", patient.birthPlace),
            ]
            for (path, value) in traits where value?.isEmpty ?? true { sayMissing(path, in: patient.node, &remarks) }
        },
        rule(
            "CR-008", .violation, fr: "Le compte rendu répond à au moins une demande (inFulfillmentOf).",
            en: "The report fulfils at least one order (inFulfillmentOf)."
        ) { subject, remarks in
            guard subject.reading.orders.isEmpty else { return }
            sayMissing("inFulfillmentOf/order", in: subject.reading.root, &remarks)
        },
        rule(
            "CR-009", .violation, fr: "Chaque demande a exactement un numéro de prescription (order/id).",
            en: "Each order has exactly one order number (order/id)."
        ) { subject, remarks in
            eachOrder(subject, &remarks) { order, remarks in
                let count = order.node.cda("id").count
                guard count != 1 else { return }
                remarks.remark(expected: "1 × id", actual: "\(count) × id", at: place(order.node))
            }
        },
        rule(
            "CR-010", .violation,
            fr: "Chaque demande a exactement un numéro d'accession (ps3-20:accessionNumber), avec @root et @extension.",
            en: "Each order has exactly one accession number (ps3-20:accessionNumber), with @root and @extension.",
            source: "\(volet); DICOM PS3.20 9.1"
        ) { subject, remarks in
            eachOrder(subject, &remarks) { order, remarks in
                let nodes = order.node.elements("accessionNumber", in: ImagingReport.dicomNamespace)
                if nodes.count != 1 {
                    remarks.remark(
                        expected: "1 × ps3-20:accessionNumber", actual: "\(nodes.count) × accessionNumber",
                        at: place(order.node))
                }
                for node in nodes {
                    for name in ["root", "extension"] where node.attribute(name)?.isEmpty ?? true {
                        remarks.remark(
                            expected: "@\(name)", actual: "@\(name) = \(Shown.absent)", at: place(node, name))
                    }
                }
            }
        },
        rule(
            "CR-018", .violation, fr: "Le lieu de l'exercice a un code de secteur d'activité reconnu.",
            en: "The place of practice has a known code of its sector of activity.",
            source: "CI-SIS, volet Structuration minimale, JDV_J02"
        ) { subject, remarks in
            let facility = subject.reading.root.firstCDA("componentOf")?.firstCDA("encompassingEncounter")?
                .firstCDA("location")?.firstCDA("healthCareFacility")
            guard let node = facility?.firstCDA("code"), let code = node.attribute("code") else {
                return sayMissing(
                    "componentOf/encompassingEncounter/location/healthCareFacility/code",
                    in: facility ?? subject.reading.root, &remarks)
            }
            let system = node.attribute("codeSystem") ?? ""
            let isKnown =
                system == FrenchOID.facility
                || system == FrenchOID.unreferenced && FrenchCode.unreferencedSettings.contains(code)
            guard !isKnown else { return }
            remarks.remark(
                expected: FrenchOID.facility, actual: "\(code) (\(system))", at: place(node, "codeSystem"))
        },
        rule(
            "CR-019", .warning, fr: "Chaque auteur a son organisation (representedOrganization).",
            en: "Each author has an organisation (representedOrganization)."
        ) { subject, remarks in
            let authors = subject.reading.root.cda("author").compactMap { $0.firstCDA("assignedAuthor") }
            guard !authors.isEmpty else {
                return remarks.notRun(fr: "Le compte rendu n'a pas d'auteur.", en: "The report has no author.")
            }
            for author in authors where author.firstCDA("representedOrganization") == nil {
                sayMissing("representedOrganization", in: author, &remarks)
            }
        },
        rule(
            "CR-036", .violation, fr: "Le corps d'un compte rendu de niveau 1 est un PDF codé en base 64.",
            en: "The body of a level 1 report is a PDF in base 64."
        ) { subject, remarks in
            guard !subject.reading.isStructured else {
                return remarks.notApplicable(
                    fr: "Le corps du compte rendu est structuré.", en: "The body of the report is structured.")
            }
            let text = subject.reading.root.cda("component").compactMap { $0.firstCDA("nonXMLBody") }.first?
                .firstCDA("text")
            guard let text else {
                return sayMissing("component/nonXMLBody/text", in: subject.reading.root, &remarks)
            }
            let start = String(text.stringValue.unicodeScalars.filter { !$0.properties.isWhitespace }.prefix(7))
            // %PDF- in base 64 begins JVBERi0.
            guard text.attribute("representation") == "B64", start == "JVBERi0" else {
                return remarks.remark(
                    expected: "@representation='B64', JVBERi0… (%PDF-)",
                    actual: "\(text.attribute("representation") ?? Shown.absent), \(start)…", at: place(text))
            }
        },
    ]

    private static func eachOrder(
        _ subject: ReportSubject, _ remarks: inout Remarks, _ body: (ImagingReport.Order, inout Remarks) -> Void
    ) {
        guard !subject.reading.orders.isEmpty else {
            return remarks.notRun(
                fr: "Le compte rendu n'a pas de demande (inFulfillmentOf).",
                en: "The report has no order (inFulfillmentOf).")
        }
        for order in subject.reading.orders { body(order, &remarks) }
    }
}
