extension SystemUnderTest {
    /// A key with its certificates, by files: two in PEM, or one of PKCS #12.
    public struct KeyPair: Sendable, Hashable {
        /// PEM chain of the certificate.
        public var certificate: String?
        /// PEM key of that certificate.
        public var key: String?
        /// PKCS #12 file, instead of both.
        public var p12: String?
        /// The name of the environment variable that holds the passphrase.
        public var passphraseVariable: String?

        /// Files that are not named yet.
        public init() {}

        /// The file that reports name; nil where none is.
        public var shownFile: String? { p12 ?? certificate }
    }

    /// With what the harness signs what it sends to the system.
    public struct Signing: Sendable, Hashable {
        /// Of the VIHF assertions; nil: messages go without.
        public var assertion: KeyPair?
        /// Of the submission sets (XAdES); nil: submissions go unsigned.
        public var submission: KeyPair?

        /// Nothing to sign with.
        public init() {}
    }

    /// Who acts in the VIHF assertions, and in the documents that are submitted.
    // CI-SIS, Volet Transport Synchrone, annexe VIHF 3.0: NameID, Subject_ID, Identifiant_Structure, Secteur_Activite, role.
    public struct Professional: Sendable, Hashable {
        /// `8` and the RPPS, or another national identifier.
        public var identifier: String?
        public var given: String?
        public var family: String?
        /// The structure that the certificate names: `1` and the FINESS, `3` and the SIRET, ….
        public var structure: String?
        /// The sector of activity: `SA07`.
        public var sector: String?
        /// The profession, first role of the assertion: `10` is a doctor.
        public var profession: Role?
        /// The specialty, second role of the assertion.
        public var specialty: Role?
        /// `INDIRECTE`, `INDIRECTE_RENFORCEE`, …; nil: that of the transaction.
        public var mode: String?
        /// The homologation number of the software.
        public var homologation: String?

        /// The invented professional of the harness.
        public init() {}
    }

    /// A coded role of an assertion.
    public struct Role: Sendable, Hashable {
        public var code: String
        /// The OID of the code system; nil: that of French professions, or specialties.
        public var system: String?
        public var display: String?

        /// A role.
        public init(code: String, system: String? = nil, display: String? = nil) {
            self.code = code
            self.system = system
            self.display = display
        }
    }

    /// Patients whose records are in a state that scenarios ask for.
    public struct Patients: Sendable, Hashable {
        /// Without a record.
        public var absent: Patient?
        /// With a record that is closed.
        public var closed: Patient?
        /// Who refused the professional the access.
        public var blocked: Patient?

        /// None is known.
        public init() {}
    }
}
