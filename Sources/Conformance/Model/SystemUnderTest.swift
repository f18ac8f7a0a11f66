/// One site's addresses, identities and limits: what a target file says.
public struct SystemUnderTest: Sendable, Hashable {
    /// The endpoints that scenarios can call.
    public enum Endpoint: String, Sendable, CaseIterable {
        /// ITI-41 and ITI-43.
        case repository
        /// ITI-18.
        case registry
        /// The existence check of the DMP, TD0.2.
        case patients
        /// Authorisations of the DMP, TD0.3.
        case habilitations
        /// RAD-69.
        case imagingSource = "imaging-source"
        /// WADO-RS: what precedes `/studies`.
        case wado
        /// The display that the link of a report opens: what precedes `/IHEInvokeImageDisplay`.
        case viewer
        /// A gateway that forwards RAD-69 to the imaging source of a community.
        case imagingGateway = "imaging-gateway"
    }

    /// Where the client certificate is, and whom to trust.
    public struct TLS: Sendable, Hashable {
        /// The client's certificate and key; without files none is shown.
        public var identity = KeyPair()
        /// An expired certificate of the same authority, which the system must refuse.
        public var expired: KeyPair?
        /// A certificate of the same authority, of a client that the whitelist does not name.
        public var unlisted: KeyPair?
        /// PEM file of the accepted authorities; the platform's when nil.
        public var trust: String?
        /// False: the server certificate is not verified, which the report says.
        public var verifies: Bool

        /// TLS without a client certificate.
        public init() { verifies = true }
    }

    /// Seconds: to connect, to the first byte, without a byte, in all; and the largest answer that is taken.
    public struct Limits: Sendable, Hashable {
        public var connect = 10.0
        public var firstByte = 60.0
        public var idle = 30.0
        public var total = 600.0
        /// Bytes of one answer's body; one byte more ends the exchange.
        public var maximumBody: Int64 = 4 << 30

        /// The standard limits.
        public init() {}
    }

    /// An exam that the system holds: its report and its manifest.
    public struct Exam: Sendable, Hashable {
        /// The CDA file of the report.
        public var report: String
        /// The KOS file.
        public var manifest: String
        /// The CDA file of an older version of the report.
        public var olderReport: String?
        /// The CDA file of the report of an exam that was withdrawn.
        public var withdrawnReport: String?
        /// The KOS file of another exam that the system holds.
        public var otherManifest: String?
        /// The KOS file that the current one replaced.
        public var replacedManifest: String?

        /// An exam by its files.
        public init(report: String, manifest: String) {
            self.report = report
            self.manifest = manifest
        }
    }

    /// A patient that the DMP under test knows.
    public struct Patient: Sendable, Hashable {
        /// INS, 15 digits.
        public var nationalIdentifier: String
        /// The OID of its authority.
        public var authority: String

        /// A patient by its INS.
        public init(nationalIdentifier: String, authority: String) {
            self.nationalIdentifier = nationalIdentifier
            self.authority = authority
        }
    }

    /// Where the simulated DMP listens for the system.
    public struct Listening: Sendable, Hashable {
        public var host = "127.0.0.1"
        public var port = 0
        /// PEM chain of the server certificate; nil: in the clear.
        public var certificate: String?
        /// PEM key of that certificate.
        public var key: String?
        /// PEM file of the authorities of client certificates; nil asks for none.
        public var trust: String?

        /// In the clear, on a free loopback port.
        public init() {}
    }

    /// What reports call it.
    public var name: String
    /// URL by endpoint.
    public var endpoints: [Endpoint: String] = [:]
    public var tls = TLS()
    public var limits = Limits()
    /// The environment variable that holds the PSC access token for WADO-RS.
    public var tokenVariable: String?
    /// The environment variable that holds the cookies of a session in which a professional is logged in to the viewer.
    public var sessionVariable: String?
    /// repositoryUniqueId of the repository; taken from the registry's entries when nil.
    public var repositoryUniqueID: String?
    /// The source OID that submissions carry.
    public var sourceID: String?
    /// The patient of the exams that are submitted; nil: an invented one, whom the system has to admit.
    public var patient: Patient?
    public var patients = Patients()
    public var signing = Signing()
    public var professional = Professional()
    public var exam: Exam?
    /// Where the system finds the simulated DMP; nil: it is not judged as a client.
    public var listening: Listening?
    /// The file that said so.
    public var location: SourceLocation

    /// A system without addresses yet.
    public init(name: String, location: SourceLocation) {
        self.name = name
        self.location = location
    }
}
