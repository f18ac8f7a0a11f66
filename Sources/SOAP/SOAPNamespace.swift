/// The namespaces and fixed addresses of the SOAP layer.
public enum SOAPNamespace {
    /// SOAP 1.2 envelope.
    public static let soap12 = "http://www.w3.org/2003/05/soap-envelope"
    /// SOAP 1.1 envelope, read so that it can be told.
    public static let soap11 = "http://schemas.xmlsoap.org/soap/envelope/"
    /// WS-Addressing 1.0.
    public static let addressing = "http://www.w3.org/2005/08/addressing"
    /// The address of "answer on this connection".
    public static let anonymousAddress = "http://www.w3.org/2005/08/addressing/anonymous"
    /// XML-binary Optimized Packaging: `xop:Include`.
    public static let xop = "http://www.w3.org/2004/08/xop/include"
    /// WS-Security 1.0: `wsse:Security`.
    public static let security =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    /// SAML 2.0 assertions.
    public static let saml = "urn:oasis:names:tc:SAML:2.0:assertion"
    /// The namespace of `xml:lang`.
    public static let xml = "http://www.w3.org/XML/1998/namespace"
}
