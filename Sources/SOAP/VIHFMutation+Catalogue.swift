internal import Foundation
internal import Signatures

extension VIHFMutation {
    /// Every mutation.
    public static let all: [Description] = [
        Description(
            "expire", "SEC-005", fr: "Assertion émise il y a deux heures, expirée depuis une heure",
            en: "Assertion issued two hours ago, expired an hour ago"
        ) { vihf, _, time in
            move(&vihf, to: time.addingTimeInterval(-7200))
            vihf.notBefore = XMLInstant.text(time.addingTimeInterval(-7200))
            vihf.notOnOrAfter = XMLInstant.text(time.addingTimeInterval(-3600))
        },
        Description(
            "not-yet-valid", "SEC-005", fr: "Assertion émise dans une heure", en: "Assertion issued in an hour"
        ) { vihf, _, time in
            move(&vihf, to: time.addingTimeInterval(3600))
            vihf.notBefore = XMLInstant.text(time.addingTimeInterval(3600))
        },
        Description(
            "local-time", "SEC-005", fr: "Instants sans fuseau horaire", en: "Instants without a time zone"
        ) { vihf, _, _ in
            vihf.issueInstant = vihf.issueInstant.replacingOccurrences(of: "Z", with: "")
        },
        Description(
            "wrong-audience", "SEC-006", fr: "Restriction à un autre destinataire", en: "Restricted to another audience"
        ) { vihf, _, _ in vihf.audiences = ["urn:other"] },
        Description("wrong-version", "SEC-001", fr: "Version 1.1 de SAML", en: "SAML version 1.1") { vihf, _, _ in
            vihf.version = "1.1"
        },
        Description(
            "wrong-namespace", isLate: true, "SEC-001", fr: "Assertion dans l'espace de noms de SAML 1",
            en: "Assertion in the namespace of SAML 1"),
        Description(
            "wrong-issuer", "SEC-002", fr: "Émetteur autre que le certificat", en: "Issuer other than the certificate"
        ) { vihf, _, _ in vihf.issuer = "CN=Autre, O=Autre, C=FR" },
        Description(
            "wrong-issuer-format", "SEC-002", fr: "Format de l'émetteur non précisé", en: "Issuer format unspecified"
        ) { vihf, _, _ in vihf.issuerFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" },
        Description(
            "unsign", isLate: true, "SEC-003", fr: "Assertion sans signature", en: "Assertion without signature"),
        Description(
            "tamper", isLate: true, "SEC-003", fr: "NameID modifié après la signature",
            en: "NameID changed after signing"),
        Description(
            "tamper-value", isLate: true, "SEC-003", fr: "Valeur de signature modifiée", en: "Signature value changed"),
        Description(
            "mask-certificate", isLate: true, "SEC-003", fr: "Certificat masqué", en: "Certificate masked"),
        Description(
            "wrap", isLate: true, "SEC-003", fr: "Assertion signée enveloppée dans une autre",
            en: "Signed assertion wrapped in another"),
        Description(
            "wrong-ca", isLate: true, "SEC-003", fr: "Signée par un certificat d'une autre autorité",
            en: "Signed by a certificate of another authority"),
        Description(
            "resign", "SEC-003", fr: "Signée de nouveau, sans autre changement",
            en: "Signed again, without another change"),
        Description("drop-name-id", "SEC-004", fr: "Sans NameID", en: "Without NameID") { vihf, _, _ in
            vihf.nameID = nil
        },
        Description(
            "wrong-name-id", "SEC-004", fr: "NameID qui n'est pas un identifiant national",
            en: "NameID that is no national identifier"
        ) { vihf, _, _ in
            vihf.nameID = "DUPONT"
        },
        Description(
            "drop-authn-context", "SEC-007", fr: "Sans AuthnContextClassRef", en: "Without AuthnContextClassRef"
        ) { vihf, _, _ in
            vihf.authnContext = nil
        },
        Description(
            "wrong-authn-context", "SEC-007", fr: "Authentification par mot de passe", en: "Authentication by password"
        ) { vihf, _, _ in
            vihf.authnContext = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
        },
        Description(
            "drop-attribute", takesArgument: true, "SEC-008", fr: "Sans l'attribut nommé",
            en: "Without the named attribute"
        ) { vihf, name, _ in vihf.set(name, nil) },
        Description(
            "repeat-attribute", takesArgument: true, "SEC-008", fr: "L'attribut nommé deux fois",
            en: "The named attribute twice"
        ) { vihf, name, _ in
            guard let attribute = vihf.attributes.first(where: { $0.name == name }) else { return }
            vihf.attributes.append(attribute)
        },
        value(
            "wrong-vihf-version", "SEC-009", VIHF.Name.version, "2.0", fr: "Version 2.0 du VIHF", en: "VIHF version 2.0"
        ),
        value(
            "wrong-mode", "SEC-010", VIHF.Name.mode, "FORTE", fr: "Mode d'authentification inconnu",
            en: "Unknown authentication mode"),
        value(
            "wrong-sector", "SEC-011", VIHF.Name.sector, "SA25", fr: "Secteur d'activité sans son référentiel",
            en: "Sector of activity without its code system"),
        Description(
            "wrong-role", "SEC-012", fr: "Profession d'un autre référentiel", en: "Profession of another code system"
        ) { vihf, _, _ in
            vihf.set(VIHF.Name.role, [.code("Role", VIHF.Code("10", "1.2.3.4"))])
        },
        Description("drop-specialty", "SEC-012", fr: "Médecin sans spécialité", en: "Doctor without specialty") {
            vihf, _, _ in
            vihf.set(VIHF.Name.role, vihf.roles.first.map { [.code("Role", $0)] })
        },
        Description(
            "wrong-purpose", "SEC-013", fr: "Mode d'accès d'un autre référentiel",
            en: "Access mode of another code system"
        ) { vihf, _, _ in
            vihf.set(VIHF.Name.purpose, [.code("PurposeOfUse", VIHF.Code("normal", "1.2.3.4"))])
        },
        value(
            "wrong-patient", "SEC-014", VIHF.Name.patient, "199999999999999^^^&1.2.250.1.213.1.4.10&ISO^NH",
            fr: "Un autre patient", en: "Another patient"),
        value(
            "wrong-structure", "SEC-015", VIHF.Name.structure, "499700000000099", fr: "Une autre structure",
            en: "Another structure"),
    ]

    private static func value(
        _ name: String, _ rule: String, _ attribute: String, _ text: String, fr: String, en: String
    ) -> Description {
        Description(name, rule, fr: fr, en: en) { vihf, _, _ in vihf.set(attribute, [.text(text)]) }
    }

    private static func move(_ vihf: inout VIHF, to time: Date) {
        vihf.issueInstant = XMLInstant.text(time, milliseconds: true)
        vihf.authnInstant = vihf.issueInstant
    }
}
