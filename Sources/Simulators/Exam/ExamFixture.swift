public import Imaging

/// One exam of imaging, invented: from this value the report, the KOS, the images and the XDS metadata are generated, all
/// mutually consistent, and the same for the same seed.
///
/// Change any property before generating: `var exam = ExamFixture(seed: 7); exam.accession.value = "B12"`.
public struct ExamFixture: Sendable, Hashable {
    /// An identifier within an assigning authority.
    public struct Identifier: Sendable, Hashable {
        /// The OID of the authority.
        public var root: String
        public var value: String

        public init(root: String, value: String) {
            self.root = root
            self.value = value
        }
    }

    /// A coded value.
    public struct Coded: Sendable, Hashable {
        public var code: String
        public var display: String
        /// The OID of the code system.
        public var system: String

        public init(_ code: String, _ display: String, _ system: String) {
            self.code = code
            self.display = display
            self.system = system
        }
    }

    /// The patient; every trait is invented.
    public struct Patient: Sendable, Hashable {
        /// INS with its key, and its authority.
        public var nationalIdentifier: Identifier
        /// The identifier in the department (IPP).
        public var localIdentifier: Identifier
        public var birthName: String
        /// The list of the birth certificate, parted by blanks.
        public var birthGivenNames: String
        public var firstBirthGivenName: String
        public var usedName: String
        public var usedGivenName: String
        /// `F` or `M`.
        public var sex: String
        /// `19700101`.
        public var birthDate: String
        /// COG code of the birth place.
        public var birthPlaceCode: String
        public var birthPlaceName: String
    }

    /// A radiologist.
    public struct Practitioner: Sendable, Hashable {
        /// National identifier: `8` and the RPPS.
        public var identifier: String
        public var family: String
        public var given: String
        public var specialty: Coded
    }

    /// The place that made the exam.
    public struct Organization: Sendable, Hashable {
        /// National identifier of the structure: `1` and the FINESS.
        public var identifier: String
        public var name: String
        public var facility: Coded
        public var practiceSetting: Coded
    }

    /// How many instances of which size a series has.
    public struct SeriesPlan: Sendable, Hashable {
        public var description: String
        public var instances: Int
        public var rows: Int
        public var columns: Int

        public init(_ description: String, instances: Int, rows: Int = 64, columns: Int = 64) {
            self.description = description
            self.instances = instances
            self.rows = rows
            self.columns = columns
        }
    }

    /// A series of the study.
    public struct Series: Sendable, Hashable {
        public var uid: String
        public var number: Int
        public var description: String
        public var rows: Int
        public var columns: Int
        public var instances: [Instance]
    }

    /// An instance of a series.
    public struct Instance: Sendable, Hashable {
        public var uid: String
        public var number: Int
    }

    /// What all identifiers are drawn from.
    public let seed: UInt64
    public var patient: Patient
    public var author: Practitioner
    public var organization: Organization
    /// Accession number and its issuer; at most 16 characters, since (0008,0050) is SH.
    public var accession: Identifier
    /// Placer order number and its issuer.
    public var order: Identifier
    /// The act: LOINC.
    public var act: Coded
    /// The same act in CCAM.
    public var procedure: Coded
    public var modality: Coded
    /// The SOP class of the images.
    public var sopClass: Coded
    public var region: Coded
    public var start: ExamInstant
    public var stop: ExamInstant
    /// When the report was validated.
    public var reported: ExamInstant
    public var studyUID: String
    public var series: [Series]
    /// The root of the report's id: `idCDA` of the link.
    public var documentID: String
    public var documentSetID: String
    public var documentVersion: Int
    /// The id of the report that this one replaces; nil for a first version.
    public var replacedDocumentID: String?
    /// The SOP Instance UID of the KOS, its uniqueId in XDS.
    public var manifestUID: String
    public var manifestSeriesUID: String
    /// Instance Number of the KOS; one more at each replacement.
    public var manifestNumber: Int
    /// The root of the source's WADO-RS service: what precedes `/studies` in a RetrieveURL.
    public var imageBaseURL: String
    /// The root URL of the display: what precedes `/IHEInvokeImageDisplay` in the link.
    public var displayBaseURL: String
    /// The repository of the DMP.
    public var repositoryUniqueID: String
    /// The repositoryUniqueId of the source in RAD-69: (0040,E011).
    public var retrieveLocationUID: String
    /// The application entity that serves the images by DICOM: (0008,0054), which the IHE manifest profile demands.
    public var retrieveAETitle: String
    /// The OID of the system that submits.
    public var sourceID: String

    /// The exam of the reference system: a chest CT of two series of three images.
    public static let plans = [
        SeriesPlan("Thorax sans injection, parenchyme", instances: 3),
        SeriesPlan("Thorax avec injection, médiastin", instances: 3),
    ]

    /// Draws an exam from a seed.
    public init(seed: UInt64 = 1, plans: [SeriesPlan] = ExamFixture.plans) {
        let derived = DerivedIdentifiers(seed: seed)
        self.seed = seed
        patient = Self.inventedPatient(derived)
        author = Practitioner(
            identifier: "899700000000", family: "RADIOLOGUE-ESSAI", given: "Camille",
            specialty: Coded("G15_10/SM44", "Médecin - Radio-diagnostic (SM)", "1.2.250.1.213.1.1.4.5"))
        organization = Organization(
            identifier: "1990000001", name: "Centre d'imagerie d'essai",
            facility: Coded("SA08", "Cabinet de groupe", "1.2.250.1.71.4.2.4"),
            practiceSetting: Coded("AMBULATOIRE", "Ambulatoire", "1.2.250.1.213.1.1.4.9"))
        accession = Identifier(root: "1.2.250.1.999.3.1", value: "CT" + derived.number("accession", digits: 9))
        order = Identifier(root: "1.2.250.1.999.3.2", value: "OP" + derived.number("order", digits: 9))
        act = Coded("24628-0", "CT thorax avec contraste IV", "2.16.840.1.113883.6.1")
        procedure = Coded(
            "ZBQH001", "Scanographie du thorax, avec injection intraveineuse de produit de contraste",
            "1.2.250.1.215.300.1")
        modality = Coded("CT", "Tomodensitométrie", "1.2.840.10008.2.16.4")
        sopClass = Coded("1.2.840.10008.5.1.4.1.1.2", "CT Image Storage", "1.2.840.10008.2.6.1")
        region = Coded("67734004", "segment thoracique du tronc", "2.16.840.1.113883.6.96")
        start = Self.instant("20260312093000")
        stop = Self.instant("20260312095200")
        reported = Self.instant("20260312103000")
        studyUID = derived.uid("study")
        series = plans.enumerated().map { index, plan in
            Series(
                uid: derived.uid("series/\(index)"), number: index + 1, description: plan.description, rows: plan.rows,
                columns: plan.columns,
                instances: (0..<plan.instances).map {
                    Instance(uid: derived.uid("series/\(index)/instance/\($0)"), number: $0 + 1)
                })
        }
        documentID = derived.uid("document")
        documentSetID = derived.uid("document-set")
        documentVersion = 1
        manifestUID = derived.uid("manifest")
        manifestSeriesUID = derived.uid("manifest-series")
        manifestNumber = 1
        imageBaseURL = "https://db1.cisis.example/drimbox"
        displayBaseURL = "https://vi1.cisis.example"
        repositoryUniqueID = "1.2.250.1.999.4.1"
        retrieveLocationUID = "1.2.250.1.999.4.2"
        retrieveAETitle = "CISIS"
        sourceID = "1.2.250.1.999.4.3"
    }

    /// The same exam with the next version of its report.
    public func nextVersion() -> ExamFixture {
        var next = self
        next.replacedDocumentID = documentID
        next.documentVersion += 1
        next.documentID = derived.uid("document/\(next.documentVersion)")
        return next
    }

    /// Identifiers of this exam beyond those that are properties, by a name of their own.
    var derived: DerivedIdentifiers { DerivedIdentifiers(seed: seed) }

    /// The RetrieveURL of a series.
    public func retrieveURL(of series: Series) -> String {
        WADOTarget(base: imageBaseURL, study: studyUID, series: series.uid).url
    }

    /// The link of the report.
    public var link: ImageDisplayLink {
        ImageDisplayLink(
            base: displayBaseURL, studyUID: studyUID, accessionRoot: accession.root, accession: accession.value,
            documentID: documentID)
    }

    /// How many instances the study has.
    public var instanceCount: Int { series.reduce(0) { $0 + $1.instances.count } }

    private static func instant(_ local: String) -> ExamInstant {
        guard let instant = ExamInstant(local) else { preconditionFailure("\(local) is a real date and time") }
        return instant
    }

    /// An identity that nobody bears: the commune does not exist and order numbers begin at 001.
    private static func inventedPatient(_ derived: DerivedIdentifiers) -> Patient {
        let number = "2700199999000"
        return Patient(
            nationalIdentifier: Identifier(
                root: NationalIdentifier.testAuthority, value: number + (NationalIdentifier.key(of: number) ?? "")),
            localIdentifier: Identifier(root: "1.2.250.1.999.3.3", value: "IPP" + derived.number("patient", digits: 8)),
            birthName: "PATIENTE-ESSAI", birthGivenNames: "ALIX CLAUDE", firstBirthGivenName: "ALIX",
            usedName: "PATIENTE-ESSAI", usedGivenName: "ALIX", sex: "F", birthDate: "19700101",
            birthPlaceCode: "99999", birthPlaceName: "COMMUNE-FICTIVE")
    }
}
