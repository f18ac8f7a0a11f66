internal import Conformance
internal import HTTP
internal import Simulators

/// The certificate that a step shows in the TLS handshake: its own, or by a mutation another, or none.
enum ShownCertificate: String, Sendable, CaseIterable {
    case own
    case none = "tls.remove"
    case stranger = "tls.other-authority"
    case expired = "tls.expired"
    case unlisted = "tls.not-listed"

    /// The mutations, each without words, for any driver.
    static let known: [String: Int] = Dictionary(
        uniqueKeysWithValues: allCases.filter { $0 != .own }.map { ($0.rawValue, 0) })

    /// What `step` shows; nil for a step that does not look at the handshake.
    ///
    /// - Throws: `LoadError` for a certificate that is changed where nothing looks at the handshake.
    static func of(_ step: Step) throws(LoadError) -> ShownCertificate? {
        let looks = step.expectations.contains { $0.kind == "handshake" }
        for mutation in step.mutations {
            guard let shown = ShownCertificate(rawValue: mutation.text), shown != .own else { continue }
            guard looks else {
                throw LoadError(
                    mutation.location,
                    "'\(mutation.text)' changes the handshake, and no line under 'expect:' looks at it",
                    advice: "add 'handshake: refused'", length: mutation.text.utf8.count)
            }
            return shown
        }
        return looks ? .own : nil
    }

    /// The key of a target file that gives the certificate; nil where every run has one.
    var key: String? {
        switch self {
        case .own: "tls.certificate"
        case .expired: "tls.expired"
        case .unlisted: "tls.unlisted"
        case .none, .stranger: nil
        }
    }
}

/// Where the system is served with mutual TLS, and the certificates that steps show there.
struct SecureTransport: Sendable {
    /// URL by endpoint, each `https`.
    let endpoints: [SystemUnderTest.Endpoint: String]
    private let identities: [ShownCertificate: TLSIdentity]
    /// Keeps the files of the certificates.
    private let made: TransportIdentities

    /// The TLS listener of the embedded system.
    init(embedded endpoints: [SystemUnderTest.Endpoint: String], _ made: TransportIdentities) {
        self.endpoints = endpoints
        self.made = made
        identities = [
            .own: made.identity(.known), .none: made.identity(nil), .stranger: made.identity(.stranger),
            .expired: made.identity(.expired), .unlisted: made.identity(.unlisted),
        ]
    }

    /// A target, with the certificates that its file names.
    init(
        _ target: SystemUnderTest, own: TLSIdentity?, expired: TLSIdentity?, unlisted: TLSIdentity?,
        _ made: TransportIdentities
    ) {
        endpoints = target.endpoints.filter { $0.value.lowercased().hasPrefix("https:") }
        self.made = made
        // Whom the harness trusts is the same whatever it shows.
        func trusting(_ identity: TLSIdentity) -> TLSIdentity {
            var identity = identity
            identity.trust = own?.trust
            identity.verifyServer = own?.verifyServer ?? true
            return identity
        }
        var identities: [ShownCertificate: TLSIdentity] = [
            .none: trusting(made.identity(nil)), .stranger: trusting(made.identity(.stranger)),
        ]
        identities[.own] = own
        identities[.expired] = expired.map(trusting)
        identities[.unlisted] = unlisted.map(trusting)
        self.identities = identities
    }

    /// Who the client is in a handshake.
    func identity(_ shown: ShownCertificate) -> TLSIdentity? { identities[shown] }
}
