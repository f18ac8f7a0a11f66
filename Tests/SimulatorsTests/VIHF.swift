import Simulators
import XDS
import XML

/// An assertion as the DMP reads it, unsigned in truth: its signature names it and holds no value.
struct VIHF {
    static let now = DTM("20260312100000")

    var id = "assertion-1"
    var issued = "2026-03-12T10:00:00Z"
    var notOnOrAfter: String?
    var version = "2.0"
    var professional: String? = "899700000000"
    var patient: String?
    var isSigned = true

    init(_ patient: CX?) { self.patient = patient?.text }

    private static let saml = "urn:oasis:names:tc:SAML:2.0:assertion"

    /// `wsse:Security`.
    var header: Element {
        var assertion = Element(
            "saml2:Assertion", ["xmlns:saml2": Self.saml, "ID": id, "Version": version, "IssueInstant": issued])
        if isSigned {
            assertion.append(
                Element(
                    "ds:Signature", ["xmlns:ds": "http://www.w3.org/2000/09/xmldsig#"],
                    [Element("ds:SignedInfo", [:], [Element("ds:Reference", ["URI": "#assertion-1"])])]))
        }
        if let professional {
            assertion.append(Element("saml2:Subject", [:], [Element("saml2:NameID", text: professional)]))
        }
        if let notOnOrAfter { assertion.append(Element("saml2:Conditions", ["NotOnOrAfter": notOnOrAfter])) }
        if let patient {
            assertion.append(
                Element(
                    "saml2:AttributeStatement", [:],
                    [
                        Element(
                            "saml2:Attribute", ["Name": "urn:oasis:names:tc:xacml:2.0:resource:resource-id"],
                            [Element("saml2:AttributeValue", text: patient)])
                    ]))
        }
        return Element(
            "wsse:Security",
            [
                "xmlns:wsse":
                    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
            ], [assertion])
    }
}
