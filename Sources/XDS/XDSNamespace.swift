/// The namespaces of the XDS and XDS-I messages.
public enum XDSNamespace {
    /// ebXML Registry Information Model 3.0.
    public static let rim = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"
    /// ebXML Registry Services 3.0.
    public static let rs = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
    /// ebXML life cycle management 3.0.
    public static let lcm = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"
    /// ebXML query management 3.0.
    public static let query = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"
    /// IHE XDS.b.
    public static let xdsb = "urn:ihe:iti:xds-b:2007"
    /// IHE XDS-I.b.
    public static let xdsi = "urn:ihe:rad:xdsi-b:2009"
}
