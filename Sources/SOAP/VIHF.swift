/// What identifies a health professional to the DMP: a SAML 2.0 assertion, as values.
///
/// Source: CI-SIS, volet Transport synchrone pour client lourd, VIHF.
public struct VIHF: Sendable, Hashable {
    /// An HL7 coded value of a role or a purpose.
    public struct Code: Sendable, Hashable {
        public var code: String
        /// The OID.
        public var system: String
        public var systemName: String?
        public var display: String?

        /// A coded value.
        public init(_ code: String, _ system: String, systemName: String? = nil, display: String? = nil) {
            self.code = code
            self.system = system
            self.systemName = systemName
            self.display = display
        }
    }

    /// A value of an attribute.
    public enum Value: Sendable, Hashable {
        case text(String)
        /// A coded value in an element of that name: `Role`, `PurposeOfUse`.
        case code(String, Code)

        /// The text, or the code.
        public var text: String {
            switch self {
            case .text(let text): text
            case .code(_, let code): code.code
            }
        }
    }

    /// An attribute of the assertion.
    public struct Attribute: Sendable, Hashable {
        public var name: String
        public var values: [Value]

        /// An attribute.
        public init(_ name: String, _ values: [Value]) {
            self.name = name
            self.values = values
        }
    }

    /// The names of attributes.
    public enum Name {
        public static let version = "VIHF_Version"
        public static let mode = "Authentification_Mode"
        /// The spelling of some samples.
        public static let modeVariant = "Authentification_mode"
        public static let structure = "Identifiant_Structure"
        public static let sector = "Secteur_Activite"
        public static let resource = "Ressource_URN"
        public static let patient = "urn:oasis:names:tc:xacml:2.0:resource:resource-id"
        public static let subject = "urn:oasis:names:tc:xspa:1.0:subject:subject-id"
        public static let role = "urn:oasis:names:tc:xacml:2.0:subject:role"
        public static let purpose = "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse"
        public static let confidentiality = "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code"
        public static let softwareName = "LPS_Nom"
        public static let softwareVersion = "LPS_Version"
        public static let softwareID = "LPS_ID"
        public static let homologation = "LPS_ID_HOMOLOGATION_DMP"

        /// The attributes that every assertion has.
        public static let required = [version, mode, structure, sector, resource, patient, subject, role, purpose]
    }

    /// The format of an issuer that is a certificate's subject.
    public static let issuerFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"
    /// The context of an authentication by the organisation's certificate.
    public static let tlsClient = "urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient"
    /// The code system of professions.
    public static let professions = "1.2.250.1.71.1.2.7"
    /// The code system of specialties.
    public static let specialties = "1.2.250.1.71.4.2.5"
    /// The code system of access modes.
    public static let purposes = "1.2.250.1.213.1.1.4.248"
    /// What the professional acts on: the DMP.
    public static let resource = "urn:dmp"

    /// `@ID`.
    public var id: String
    public var version = "2.0"
    /// `xs:dateTime` in UTC.
    public var issueInstant: String
    /// The subject of the signing certificate.
    public var issuer: String
    public var issuerFormat: String? = Self.issuerFormat
    /// The national identifier of the professional.
    public var nameID: String?
    public var notBefore: String?
    public var notOnOrAfter: String?
    /// `Conditions/AudienceRestriction/Audience`; nil: no restriction.
    public var audiences: [String]?
    public var authnInstant: String?
    public var authnContext: String?
    public var attributes: [Attribute]

    /// An assertion.
    public init(
        id: String, issueInstant: String, issuer: String, nameID: String?, authnContext: String? = VIHF.tlsClient,
        attributes: [Attribute]
    ) {
        self.id = id
        self.issueInstant = issueInstant
        self.issuer = issuer
        self.nameID = nameID
        authnInstant = issueInstant
        self.authnContext = authnContext
        self.attributes = attributes
    }

    /// The values of the attribute `name`; nil where it is not there.
    public func values(_ name: String) -> [Value]? {
        let found = attributes.filter { $0.name == name }
        return found.isEmpty ? nil : found.flatMap(\.values)
    }

    /// The first text of the attribute `name`.
    public subscript(_ name: String) -> String? { values(name)?.first?.text }

    /// `DIRECTE`, `INDIRECTE`, `INDIRECTE_RENFORCEE`, under either spelling of the name.
    public var mode: String? { self[Name.mode] ?? self[Name.modeVariant] }
    /// The patient, as CX.
    public var patient: String? { self[Name.patient] }
    /// The roles: profession, then specialty.
    public var roles: [Code] { codes(Name.role) }
    /// The purpose of use.
    public var purpose: Code? { codes(Name.purpose).first }

    private func codes(_ name: String) -> [Code] {
        (values(name) ?? []).compactMap { value in
            guard case .code(_, let code) = value else { return nil }
            return code
        }
    }

    /// Replaces the values of an attribute, or adds it; nil takes it away.
    public mutating func set(_ name: String, _ values: [Value]?) {
        guard let values else {
            attributes.removeAll { $0.name == name }
            return
        }
        if let index = attributes.firstIndex(where: { $0.name == name }) {
            attributes[index].values = values
        } else {
            attributes.append(Attribute(name, values))
        }
    }
}
