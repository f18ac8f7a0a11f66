import Conformance
import SOAP
import XML

extension AssertionRules {
    static let attributes: [Rule<AssertionSubject>] = [
        assertionRule(
            "SEC-008", fr: "Chaque attribut obligatoire du VIHF est là une fois, avec une valeur",
            en: "Each required attribute of the VIHF is there once, with a value"
        ) { assertion, subject, remarks in
            for name in VIHF.Name.required { judgePresence(name, assertion, subject, &remarks) }
            judgeResource(assertion, subject, &remarks)
        },
        assertionRule(
            "SEC-009", .warning, fr: "VIHF_Version est 3.0 ou 4.0", en: "VIHF_Version is 3.0 or 4.0"
        ) { assertion, subject, remarks in
            judge(VIHF.Name.version, assertion, subject, &remarks, expected: "3.0, 4.0") {
                ["3.0", "4.0"].contains($0)
            }
        },
        assertionRule(
            "SEC-010", fr: "Authentification_Mode est DIRECTE, INDIRECTE ou INDIRECTE_RENFORCEE",
            en: "Authentification_Mode is DIRECTE, INDIRECTE or INDIRECTE_RENFORCEE"
        ) { assertion, subject, remarks in
            let modes = ["DIRECTE", "INDIRECTE", "INDIRECTE_RENFORCEE"]
            let name = assertion.attributes(VIHF.Name.mode).isEmpty ? VIHF.Name.modeVariant : VIHF.Name.mode
            judge(name, assertion, subject, &remarks, expected: modes.joined(separator: ", ")) { modes.contains($0) }
        },
        assertionRule(
            "SEC-011", fr: "Secteur_Activite est SAnn^1.2.250.1.71.4.2.4",
            en: "Secteur_Activite is SAnn^1.2.250.1.71.4.2.4"
        ) { assertion, subject, remarks in
            judge(VIHF.Name.sector, assertion, subject, &remarks, expected: "SA25^1.2.250.1.71.4.2.4") { value in
                let halves = value.split(separator: "^", omittingEmptySubsequences: false)
                return halves.count == 2 && halves[1] == "1.2.250.1.71.4.2.4" && halves[0].count == 4
                    && halves[0].hasPrefix("SA") && halves[0].dropFirst(2).allSatisfy { $0.isASCII && $0.isNumber }
            }
        },
        assertionRule(
            "SEC-016", .warning, fr: "LPS_Nom, LPS_Version et LPS_ID_HOMOLOGATION_DMP sont là",
            en: "LPS_Nom, LPS_Version and LPS_ID_HOMOLOGATION_DMP are there"
        ) { assertion, subject, remarks in
            for name in [VIHF.Name.softwareName, VIHF.Name.softwareVersion, VIHF.Name.homologation]
            where assertion.values[name]?.isEmpty != false {
                remarks.remark(
                    LocalizedText(
                        fr: "L'attribut \(name) manque ou est vide", en: "The attribute \(name) is missing or empty"),
                    expected: name, actual: "∅", at: subject.place(assertion.attributes(name).first ?? assertion.node))
            }
        },
    ]

    static let coded: [Rule<AssertionSubject>] = [
        assertionRule(
            "SEC-012", fr: "Le premier rôle est la profession ; médecins et pharmaciens ont une spécialité",
            en: "The first role is the profession; doctors and pharmacists have a specialty"
        ) { assertion, subject, remarks in
            let nodes = assertion.attributes(VIHF.Name.role)
            guard let node = nodes.first else { return }
            let roles = assertion.values.roles
            guard let profession = roles.first, !profession.code.isEmpty, profession.system == VIHF.professions else {
                remarks.remark(
                    LocalizedText(
                        fr: "Le premier rôle n'est pas une profession", en: "The first role is no profession"),
                    expected: "10 (\(VIHF.professions))",
                    actual: roles.first.map { "\($0.code) (\($0.system))" } ?? "∅", at: subject.place(node))
                return
            }
            guard ["10", "21"].contains(profession.code) else { return }
            let specialty = roles.dropFirst().first { $0.system == VIHF.specialties && !$0.code.isEmpty }
            guard specialty == nil else { return }
            remarks.remark(
                LocalizedText(
                    fr: "Un médecin ou un pharmacien n'a pas de spécialité",
                    en: "A doctor or a pharmacist has no specialty"),
                expected: "SMnn (\(VIHF.specialties))",
                actual: roles.dropFirst().map { "\($0.code) (\($0.system))" }.first ?? "∅", at: subject.place(node))
        },
        assertionRule(
            "SEC-013", fr: "PurposeOfUse est normal, sauf bris de glace ou centre 15, du référentiel \(VIHF.purposes)",
            en: "PurposeOfUse is normal but for break-glass or centre 15, of the code system \(VIHF.purposes)"
        ) { assertion, subject, remarks in
            guard let node = assertion.attributes(VIHF.Name.purpose).first else { return }
            let purpose = assertion.values.purpose
            guard purpose?.system == VIHF.purposes, purpose?.code.isEmpty == false else {
                remarks.remark(
                    expected: "normal (\(VIHF.purposes))", actual: purpose.map { "\($0.code) (\($0.system))" } ?? "∅",
                    at: subject.place(node))
                return
            }
            // The spelling of the other codes is not settled: they are told, not refused.
            guard let code = purpose?.code, !["normal", "bris_de_glace", "centre_15"].contains(code) else { return }
            remarks.remark(
                expected: "normal, bris_de_glace, centre_15", actual: code, at: subject.place(node), severity: .warning)
        },
    ]

    /// The record is that of the DMP; a missing or empty attribute was told.
    private static func judgeResource(
        _ assertion: VIHFReading, _ subject: AssertionSubject, _ remarks: inout Remarks
    ) {
        guard let node = assertion.attributes(VIHF.Name.resource).first,
            let value = assertion.values[VIHF.Name.resource], !value.isEmpty, value != VIHF.resource
        else { return }
        remarks.remark(
            LocalizedText(
                fr: "\(VIHF.Name.resource) n'est pas la ressource du DMP",
                en: "\(VIHF.Name.resource) is not the resource of the DMP"),
            expected: VIHF.resource, actual: value, at: subject.place(node))
    }

    private static func judgePresence(
        _ name: String, _ assertion: VIHFReading, _ subject: AssertionSubject, _ remarks: inout Remarks
    ) {
        let variants = name == VIHF.Name.mode ? assertion.attributes(VIHF.Name.modeVariant) : []
        let nodes = assertion.attributes(name) + variants
        if nodes.count == 1, !variants.isEmpty {
            remarks.remark(
                LocalizedText(
                    fr: "L'attribut s'écrit Authentification_Mode", en: "The attribute is spelt Authentification_Mode"),
                expected: name, actual: VIHF.Name.modeVariant, at: subject.place(nodes[0]), severity: .warning)
        }
        guard nodes.count == 1 else {
            remarks.remark(
                LocalizedText(
                    fr: nodes.isEmpty ? "L'attribut \(name) manque" : "L'attribut \(name) figure \(nodes.count) fois",
                    en: nodes.isEmpty
                        ? "The attribute \(name) is missing" : "The attribute \(name) is there \(nodes.count) times"),
                expected: "1 \(name)", actual: "\(nodes.count)", at: subject.place(nodes.last ?? assertion.node))
            return
        }
        let values = (assertion.values.values(nodes[0].attribute("Name") ?? "") ?? []).map(\.text)
        guard values.first?.isEmpty != false else { return }
        remarks.remark(
            LocalizedText(fr: "L'attribut \(name) n'a pas de valeur", en: "The attribute \(name) has no value"),
            expected: name, actual: "∅", at: subject.place(nodes[0]))
    }

    /// Judges the one value of an attribute that is there; a missing one is SEC-008's.
    private static func judge(
        _ name: String, _ assertion: VIHFReading, _ subject: AssertionSubject, _ remarks: inout Remarks,
        expected: String, _ isRight: (String) -> Bool
    ) {
        guard let node = assertion.attributes(name).first, let value = assertion.values[name], !isRight(value) else {
            return
        }
        if remarks.isCapture, isMasked(value) {
            return remarks.notRun(
                fr: "La valeur de \(name) est masquée dans la capture",
                en: "The value of \(name) is masked in the capture")
        }
        remarks.remark(expected: expected, actual: value.isEmpty ? "∅" : value, at: subject.place(node))
    }

    /// Whether someone made a value unreadable before handing a capture over.
    static func isMasked(_ value: String) -> Bool { value.count >= 3 && value.allSatisfy { "Xx*".contains($0) } }
}
