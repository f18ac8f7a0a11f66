import XML

extension ExamFixture {
    /// The sections of the report: a plausible scan of the chest, written for this project.
    func bodySections() -> [Element] {
        [clinicalInformation, imagingAct, findings, comparison, conclusion]
    }

    private var kidneyDisease: Coded {
        Coded("N18.9", "Maladie rénale chronique, sans précision", "2.16.840.1.113883.6.3")
    }

    private func sectionID(_ name: String) -> String { derived.uuid("section/\(name)") }

    private func observation(
        _ code: Coded, anchor: String, effective: ExamInstant?, value: Element, target: Element
    ) -> Element {
        Element(
            "observation", ["classCode": "OBS", "moodCode": "EVN"],
            CDA.templates(["2.16.840.1.113883.10.20.6.2.13", "1.2.250.1.213.1.1.3.150"]) + [
                CDA.identifier(derived.uuid("observation/\(anchor)")), CDA.code("code", code),
                CDA.textReference(anchor), CDA.completed(),
            ] + (effective.map { [Element("effectiveTime", ["value": $0.cda])] } ?? []) + [value, target])
    }

    // MARK: Informations cliniques

    private var clinicalInformation: Element {
        let request = CDA.section(
            templates: ["1.2.840.10008.9.7", "1.2.250.1.213.1.1.2.211"], id: sectionID("request"),
            code: CDA.loincCode("55115-0", "Demande"),
            title: "Justification de la demande d'examen et finalité de l'examen",
            text: [
                CDA.paragraph(
                    "Toux persistante depuis six semaines chez une patiente ancienne fumeuse (20 paquets-années), "
                        + "opacité apicale droite douteuse sur une radiographie de débrouillage."),
                CDA.paragraph("Finalité : recherche d'une lésion parenchymateuse ou médiastinale."),
            ])
        let history = CDA.section(
            templates: ["2.16.840.1.113883.10.20.22.2.39", "1.2.250.1.213.1.1.2.213"], id: sectionID("history"),
            code: CDA.loincCode("11329-0", "Historique médical"),
            title: "Antécédents médicaux, antécédents chirurgicaux et contre-indications",
            text: [
                CDA.table([
                    (
                        "Antécédents médicaux",
                        CDA.content("antecedents-medicaux", "Hypertension artérielle traitée. Tabagisme sevré en 2015.")
                    ),
                    (
                        "Antécédents chirurgicaux",
                        CDA.content("antecedents-chirurgicaux", "Appendicectomie dans l'enfance.")
                    ),
                    (
                        "Contre-indications",
                        CDA.content(
                            "contre-indications",
                            "Maladie rénale chronique modérée (clairance estimée à 52 ml/min) : dose de contraste adaptée."
                        )
                    ),
                ])
            ],
            [
                ("11348-0", "Antécédents médicaux", "antecedents-medicaux"),
                ("47519-4", "Antécédents chirurgicaux", "antecedents-chirurgicaux"),
                ("64100-1", "Contre-indications", "contre-indications"),
            ].map { code, display, anchor in
                CDA.entry(
                    observation(
                        CDA.loincCode(code, display), anchor: anchor, effective: start,
                        value: code == "64100-1"
                            ? CDA.code("value", kidneyDisease, type: "CD", [CDA.original(anchor)])
                            : Element("value", ["xsi:type": "CD"], [CDA.original(anchor)]),
                        target: Element("targetSiteCode", ["nullFlavor": "NA"])))
            })
        return CDA.section(
            templates: ["1.2.840.10008.9.2", "1.2.250.1.213.1.1.2.205"], id: sectionID("clinical"),
            code: CDA.loincCode("55752-0", "Informations cliniques"), title: "Informations cliniques", text: [],
            [CDA.component(request), CDA.component(history)])
    }

    // MARK: Acte d'imagerie

    private var imagingAct: Element {
        CDA.section(
            templates: ["1.2.840.10008.9.3", "1.2.250.1.213.1.1.2.206"], id: sectionID("act"),
            code: CDA.loincCode("55111-9", "Description de l'acte d'imagerie"), title: "Technique d'imagerie",
            text: [
                CDA.table([
                    (
                        "Acte d'imagerie",
                        CDA.content(
                            "acte",
                            "\(act.display) [LOINC : \(act.code)] ; \(procedure.display) [CCAM : \(procedure.code)]")
                    ),
                    (
                        "Description",
                        CDA.content(
                            "acte-description",
                            "Acquisition hélicoïdale des apex pulmonaires aux surrénales, en inspiration bloquée, sans "
                                + "injection, puis après injection intraveineuse de 80 ml de produit de contraste iodé. "
                                + "Reconstructions de 1 mm en filtres parenchymateux et médiastinal.")
                    ),
                    ("Modalité d'imagerie", CDA.content("acte-modalite", modality.display)),
                    ("Localisation anatomique", CDA.content("acte-localisation", "Thorax entier")),
                ])
            ],
            [
                CDA.entry(technique), CDA.component(radiation), CDA.component(catalogue),
            ])
    }

    private var technique: Element {
        Element(
            "procedure", ["classCode": "PROC", "moodCode": "EVN"],
            CDA.templates(["1.2.840.10008.9.14", "1.2.250.1.213.1.1.3.153"]) + [
                CDA.identifier(derived.uuid("technique")),
                CDA.code("code", act, [CDA.original("acte"), CDA.code("translation", procedure)]),
                CDA.textReference("acte-description"),
                Element("effectiveTime", ["value": start.cda]),
                CDA.code("methodCode", modality, [CDA.original("acte-modalite")]),
                CDA.code(
                    "targetSiteCode", Coded("302551006", "thorax entier", CDA.snomed), type: "CD",
                    [CDA.original("acte-localisation")]),
            ])
    }

    private var radiation: Element {
        let consent = Element(
            "procedure", ["classCode": "PROC", "moodCode": "EVN"],
            CDA.templates(["1.2.250.1.213.1.1.3.165"]) + [
                CDA.code("code", CDA.dicomCode("121290", "Exposition du patient aux rayonnements ionisants")),
                Element(
                    "participant", ["typeCode": "RESP"],
                    [
                        Element(
                            "participantRole", [:],
                            [
                                CDA.identifier("1.2.250.1.71.4.2.1", author.identifier),
                                CDA.code("code", CDA.dicomCode("113850", "Autorisation d'irradiation")),
                                Element(
                                    "playingEntity", [:],
                                    [
                                        Element(
                                            "name", [:],
                                            [
                                                Element("prefix", [:], text: "DR"),
                                                Element("given", [:], text: author.given),
                                                Element("family", [:], text: author.family),
                                            ])
                                    ]),
                            ])
                    ]),
            ])
        let pregnancy = observation(
            Coded("364320009", "statut de grossesse", CDA.snomed), anchor: "grossesse", effective: start,
            value: CDA.code(
                "value", Coded("60001007", "absence de grossesse", CDA.snomed), type: "CD",
                [CDA.original("grossesse")]),
            target: Element("targetSiteCode", ["nullFlavor": "NA"]))
        let dose = Element(
            "observation", ["classCode": "OBS", "moodCode": "EVN"],
            CDA.templates(["2.16.840.1.113883.10.20.6.2.14", "1.2.250.1.213.1.1.3.154"]) + [
                CDA.identifier(derived.uuid("dose")),
                CDA.code("code", CDA.dicomCode("113813", "PDL Total : Produit Dose Longueur Total")),
                CDA.textReference("dose"), CDA.completed(), Element("effectiveTime", ["value": start.cda]),
                Element("value", ["xsi:type": "PQ", "value": "412", "unit": "mGy.cm"]),
                CDA.code(
                    "targetSiteCode", Coded("302551006", "thorax entier", CDA.snomed), type: "CD",
                    [CDA.original("dose-localisation")]),
            ])
        return CDA.section(
            templates: ["1.2.840.10008.9.8", "1.2.250.1.213.1.1.2.215"], id: sectionID("radiation"),
            code: CDA.loincCode("73569-6", "Exposition aux rayonnements et informations de radioprotection"),
            title: "Exposition aux rayonnements",
            text: [
                CDA.table([
                    ("Statut de grossesse", CDA.content("grossesse", "Absence de grossesse")),
                    ("Produit dose longueur total", CDA.content("dose", "412 mGy.cm")),
                    ("Localisation", CDA.content("dose-localisation", "Thorax entier")),
                ])
            ],
            [CDA.entry(consent), CDA.entry(pregnancy), CDA.entry(dose)])
    }

    // MARK: Résultats, comparaison, conclusion

    private var findings: Element {
        CDA.section(
            templates: ["2.16.840.1.113883.10.20.6.1.2", "1.2.250.1.213.1.1.2.208"], id: sectionID("findings"),
            code: CDA.loincCode("59776-5", "Résultats de l'acte"), title: "Résultats",
            text: [
                CDA.paragraph("Parenchyme pulmonaire :"),
                CDA.list([
                    "Micronodule solide de 5 mm, à contours réguliers, du segment apical du lobe inférieur droit.",
                    "Pas d'autre nodule, pas de condensation ni de verre dépoli. Emphysème centrolobulaire minime des sommets.",
                    "L'opacité apicale droite de la radiographie correspond à une superposition costale.",
                ]),
                CDA.paragraph("Médiastin et plèvres :"),
                CDA.list([
                    "Pas d'adénomégalie hilaire, médiastinale ou axillaire.",
                    "Calibres normaux de l'aorte et du tronc pulmonaire, sans embolie pulmonaire proximale.",
                    "Pas d'épanchement pleural ou péricardique.",
                ]),
                CDA.paragraph("Coupes abdominales hautes et cadre osseux :"),
                CDA.list([
                    "Surrénales fines, pas de lésion hépatique sur les coupes réalisées.",
                    "Pas de lésion osseuse suspecte.",
                ]),
            ])
    }

    private var comparison: Element {
        CDA.section(
            templates: ["1.2.840.10008.9.4", "1.2.250.1.213.1.1.2.207"], id: sectionID("comparison"),
            code: CDA.loincCode("18834-2", "Examen de comparaison radiologique"),
            title: "Comparaison avec les examens antérieurs",
            text: [CDA.paragraph("Aucun scanner antérieur n'est disponible.")])
    }

    private var conclusion: Element {
        CDA.section(
            templates: ["1.2.840.10008.9.5", "1.2.250.1.213.1.1.2.209"], id: sectionID("conclusion"),
            code: CDA.loincCode("19005-8", "Conclusions"), title: "Conclusion",
            text: [
                CDA.paragraph(
                    "Micronodule solide de 5 mm du lobe inférieur droit, non spécifique ; un contrôle par scanner sans "
                        + "injection à douze mois peut être discuté, en raison du tabagisme."),
                CDA.paragraph("Pas d'anomalie médiastinale ni pleurale. Emphysème minime des sommets."),
            ])
    }
}
