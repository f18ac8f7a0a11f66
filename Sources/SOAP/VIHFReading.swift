public import Signatures
public import XML

/// An assertion that came: its values, and where each stands.
public struct VIHFReading: Sendable {
    /// `saml2:Assertion`.
    public let node: Node
    /// What it says; what is missing is empty or nil.
    public let values: VIHF
    public let issuer: Node?
    public let nameID: Node?
    public let conditions: Node?
    public let authnStatement: Node?
    /// The attributes as they stand, in order.
    public let attributes: [Node]
    /// Its own signatures.
    public let signatures: [Node]

    /// Reads an assertion; nil where `node` is none.
    public init?(_ node: Node) {
        guard node.localName == "Assertion", node.namespaceURI == SOAPNamespace.saml else { return nil }
        self.node = node
        let issuer = node.first("Issuer", in: SOAPNamespace.saml)
        let nameID = node.first("Subject", in: SOAPNamespace.saml)?.first("NameID", in: SOAPNamespace.saml)
        let conditions = node.first("Conditions", in: SOAPNamespace.saml)
        let statement = node.first("AuthnStatement", in: SOAPNamespace.saml)
        let attributes = node.elements("AttributeStatement", in: SOAPNamespace.saml)
            .flatMap { $0.elements("Attribute", in: SOAPNamespace.saml) }
        var values = VIHF(
            id: node.attribute("ID") ?? "", issueInstant: node.attribute("IssueInstant") ?? "",
            issuer: issuer?.stringValue.trimmedBlanks ?? "", nameID: nameID?.stringValue.trimmedBlanks,
            authnContext: statement?.first("AuthnContext", in: SOAPNamespace.saml)?
                .first("AuthnContextClassRef", in: SOAPNamespace.saml)?.stringValue.trimmedBlanks,
            attributes: attributes.map { Self.attribute($0) })
        values.version = node.attribute("Version") ?? ""
        values.issuerFormat = issuer?.attribute("Format")
        values.authnInstant = statement?.attribute("AuthnInstant")
        values.notBefore = conditions?.attribute("NotBefore")
        values.notOnOrAfter = conditions?.attribute("NotOnOrAfter")
        let restrictions = conditions?.elements("AudienceRestriction", in: SOAPNamespace.saml) ?? []
        if !restrictions.isEmpty {
            values.audiences = restrictions.flatMap { $0.elements("Audience", in: SOAPNamespace.saml) }
                .map { $0.stringValue.trimmedBlanks }
        }
        self.issuer = issuer
        self.nameID = nameID
        self.conditions = conditions
        authnStatement = statement
        self.attributes = attributes
        signatures = node.elements("Signature", in: SignatureNames.signature)
        self.values = values
    }

    /// The assertion of the security header of `envelope`, the first of several.
    public init?(_ envelope: Envelope) {
        guard let assertion = SecurityHeader(envelope)?.assertions.first else { return nil }
        self.init(assertion)
    }

    /// The attributes of that name.
    public func attributes(_ name: String) -> [Node] { attributes.filter { $0.attribute("Name") == name } }

    /// What the assertion's own signature is worth.
    public func verify(_ verifier: SignatureVerifier) -> SignatureReport { verifier.verifyEnveloped(node) }

    private static func attribute(_ node: Node) -> VIHF.Attribute {
        VIHF.Attribute(
            node.attribute("Name") ?? "",
            node.elements("AttributeValue", in: SOAPNamespace.saml).map { value in
                guard let coded = value.elements.first else { return .text(value.stringValue.trimmedBlanks) }
                return .code(
                    coded.localName,
                    VIHF.Code(
                        coded.attribute("code") ?? "", coded.attribute("codeSystem") ?? "",
                        systemName: coded.attribute("codeSystemName"), display: coded.attribute("displayName")))
            })
    }
}
