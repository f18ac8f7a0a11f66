/// Who a client is, and whom it trusts.
public struct TLSIdentity: Sendable, Hashable {
    /// The files that prove who the client is.
    public enum Credential: Sendable, Hashable {
        /// A certificate chain and its key in PEM; both may be one file.
        case pem(certificateChain: String, key: String)
        /// A PKCS #12 file.
        case p12(String)
    }

    /// The client's certificate and key; nil shows none.
    public var credential: Credential?
    /// The passphrase of the key or of the P12 file.
    public var passphrase: String?
    /// A PEM file of the accepted authorities; nil is the system's store.
    public var trust: String?
    /// Whether the server's chain and host name are verified.
    public var verifyServer: Bool

    /// An identity from files.
    public init(
        _ credential: Credential? = nil, passphrase: String? = nil, trust: String? = nil, verifyServer: Bool = true
    ) {
        self.credential = credential
        self.passphrase = passphrase
        self.trust = trust
        self.verifyServer = verifyServer
    }
}
