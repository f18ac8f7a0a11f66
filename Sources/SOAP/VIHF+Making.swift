public import Foundation
public import Signatures
public import XML

extension VIHF {
    /// Who acts, for whom, and by which software: what an assertion is made of.
    public struct Facts: Sendable, Hashable {
        /// `8` and the RPPS.
        public var professional: String
        /// Given name, blank, family name.
        public var professionalName: String
        /// The structure that the certificate names.
        public var structure: String
        /// `SA25^1.2.250.1.71.4.2.4`.
        public var sector: String
        /// `<INS>^^^&OID&ISO^NH`.
        public var patient: String
        public var profession: Code
        /// Of doctors and pharmacists.
        public var specialty: Code?
        /// `INDIRECTE`, `INDIRECTE_RENFORCEE`.
        public var mode: String
        public var software: Software
        public var version = "3.0"
        public var purpose = Code(
            "normal", VIHF.purposes, systemName: "mode acces VIHF 1.0", display: "Accès normal")

        /// A product.
        public struct Software: Sendable, Hashable {
            public var name: String
            public var version: String
            public var serial: String?
            public var homologation: String

            public init(name: String, version: String, serial: String? = nil, homologation: String) {
                self.name = name
                self.version = version
                self.serial = serial
                self.homologation = homologation
            }
        }

        public init(
            professional: String, professionalName: String, structure: String, sector: String, patient: String,
            profession: Code, specialty: Code?, mode: String, software: Software
        ) {
            self.professional = professional
            self.professionalName = professionalName
            self.structure = structure
            self.sector = sector
            self.patient = patient
            self.profession = profession
            self.specialty = specialty
            self.mode = mode
            self.software = software
        }
    }

    /// An assertion of `facts`, to be signed with the certificate whose subject is `issuer`.
    public init(_ facts: Facts, id: String, at time: Date, issuer: DistinguishedName) {
        let instant = XMLInstant.text(time, milliseconds: true)
        let roles = [facts.profession] + (facts.specialty.map { [$0] } ?? [])
        var attributes = [
            Attribute(Name.version, [.text(facts.version)]), Attribute(Name.sector, [.text(facts.sector)]),
            Attribute(Name.resource, [.text(VIHF.resource)]), Attribute(Name.subject, [.text(facts.professionalName)]),
            Attribute(Name.structure, [.text(facts.structure)]),
        ]
        if let serial = facts.software.serial { attributes.append(Attribute(Name.softwareID, [.text(serial)])) }
        attributes += [
            Attribute(Name.softwareName, [.text(facts.software.name)]),
            Attribute(Name.homologation, [.text(facts.software.homologation)]),
            Attribute(Name.softwareVersion, [.text(facts.software.version)]),
            Attribute(Name.patient, [.text(facts.patient)]), Attribute(Name.mode, [.text(facts.mode)]),
            Attribute(Name.purpose, [.code("PurposeOfUse", facts.purpose)]),
            Attribute(Name.role, roles.map { .code("Role", $0) }),
        ]
        self.init(
            id: id, issueInstant: instant, issuer: issuer.description, nameID: facts.professional,
            attributes: attributes)
    }

    /// The assertion, unsigned.
    public func element() -> Element {
        var children: [Element] = []
        var issuer = Element("saml2:Issuer", text: self.issuer)
        if let issuerFormat { issuer.attributes = [("Format", issuerFormat)] }
        children.append(issuer)
        if let nameID {
            children.append(Element("saml2:Subject", [:], [Element("saml2:NameID", text: nameID)]))
        }
        if let conditions { children.append(conditions) }
        if authnInstant != nil || authnContext != nil {
            var statement = Element("saml2:AuthnStatement")
            if let authnInstant { statement.attributes = [("AuthnInstant", authnInstant)] }
            let reference = authnContext.map { [Element("saml2:AuthnContextClassRef", text: $0)] } ?? []
            statement.content = [.element(Element("saml2:AuthnContext", [:], reference))]
            children.append(statement)
        }
        let list = attributes.map { attribute in
            Element("saml2:Attribute", ["Name": attribute.name], attribute.values.map { $0.element() })
        }
        children.append(Element("saml2:AttributeStatement", [:], list))
        return Element(
            "saml2:Assertion",
            [
                "xmlns:saml2": SOAPNamespace.saml, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "ID": id,
                "IssueInstant": issueInstant, "Version": version,
            ], children)
    }

    private var conditions: Element? {
        guard notBefore != nil || notOnOrAfter != nil || audiences != nil else { return nil }
        var conditions = Element("saml2:Conditions")
        if let notBefore { conditions.attributes.append(("NotBefore", notBefore)) }
        if let notOnOrAfter { conditions.attributes.append(("NotOnOrAfter", notOnOrAfter)) }
        if let audiences {
            let list = audiences.map { Element("saml2:Audience", text: $0) }
            conditions.content = [.element(Element("saml2:AudienceRestriction", [:], list))]
        }
        return conditions
    }

    /// The assertion, signed.
    // SAML 2.0 Core 5.4: the signature follows the issuer, refers to the ID, and is canonicalized exclusively.
    public func signed(
        by identity: SigningIdentity, algorithm: SignatureAlgorithm = .rsaSHA256
    ) throws(SignatureError) -> Element {
        try EnvelopedSignature.sign(element(), identifier: "ID", position: 1, by: identity, algorithm: algorithm)
    }
}

extension VIHF.Value {
    fileprivate func element() -> Element {
        switch self {
        case .text(let text): return Element("saml2:AttributeValue", text: text)
        case .code(let name, let code):
            var attributes = [
                (name: "xmlns", value: "urn:hl7-org:v3"), (name: "xsi:type", value: "CE"),
                (name: "code", value: code.code), (name: "codeSystem", value: code.system),
            ]
            if let name = code.systemName { attributes.append((name: "codeSystemName", value: name)) }
            if let display = code.display { attributes.append((name: "displayName", value: display)) }
            let value = Element(name, attributes: attributes, content: [])
            return Element("saml2:AttributeValue", [:], [value])
        }
    }
}
