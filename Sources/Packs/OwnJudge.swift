internal import Conformance
public import Schematron
public import XML

/// Judges CDA documents by what the project ships: its XML Schema of CDA R2, and its Schematron of imaging reports.
///
/// Both are compiled when they are first needed, once, and shared by threads.
public final class OwnJudge: Sendable {
    /// The XML Schema, below the data root.
    public static let schema = "Profiles/Schemas/cda/CDA.xsd"
    /// The Schematron of imaging reports (IMG-CR-IMG), below the data root.
    public static let imagingReport = "Schematron/cda/imaging-report.sch"
    /// The layer of that Schematron.
    public static let imagingReportLayer = "schematron:cda/imaging-report"

    private let dataRoot: String
    private let library: SchemaLibrary
    private let limits: ValidationLimits
    private let schema = Shared<Schema, XMLError>()
    private let schematron = Shared<BoundSchema, SchematronError>()

    /// A judge.
    ///
    /// - Parameters:
    ///   - dataRoot: the folder that holds `Profiles` and `Schematron`.
    ///   - valueSets: an official kit whose value sets take the place of those that the project ships without codes.
    ///   - limits: how much work the Schematron may be on one document.
    public init(dataRoot: String, valueSets: OfficialPack? = nil, limits: ValidationLimits = .init()) {
        self.dataRoot = dataRoot
        self.limits = limits
        library = SchemaLibrary(
            root: dataRoot + "/Schematron/cda",
            overlays: [valueSets?.folder, valueSets?.overlay].compactMap { $0 }, siblings: [])
    }

    /// What the XML Schema says: the layer `xsd`.
    public func validate(_ document: Document) -> PackLayer {
        let path = dataRoot + "/" + Self.schema
        let root = dataRoot + "/Profiles/Schemas"
        switch schema.value({ () throws(XMLError) in try Schema(contentsOfFile: path, root: root) }) {
        case .success(let schema): return LayerMaking.schema(schema.validate(document))
        case .failure(let error): return Self.unusable("xsd", Self.schema, error.message)
        }
    }

    /// What the Schematron of imaging reports says; not applicable to a document of another model.
    ///
    /// - Parameter isKnown: the document is said to be an imaging report, whatever it declares.
    public func judgeImagingReport(_ document: Document, isKnown: Bool = false) -> PackLayer {
        guard isKnown || Self.isImagingReport(document) else {
            var layer = PackLayer(
                Self.imagingReportLayer, .notApplicable,
                LocalizedText(
                    fr:
                        "Le document n'est pas un compte rendu d'imagerie : ni le templateId \(Volet.imagingReport), ni, "
                        + "sans autre modèle, le code 18748-4",
                    en: "The document is no imaging report: neither the templateId \(Volet.imagingReport) nor, without "
                        + "another model, the code 18748-4"))
            layer.isRequired = false
            return layer
        }
        let library = library
        let bound = schematron.value { () throws(SchematronError) in
            try BoundSchema(reading: "imaging-report.sch", in: library)
        }
        switch bound {
        case .success(let schema):
            var defects = PackDefects()
            let report = Validator(schema, limits: limits).validate(document)
            var layer = LayerMaking.layer(report, hasFired: false, &defects)
            LayerMaking.tellAsserts(of: report, in: &layer)
            layer.layer = Self.imagingReportLayer
            for index in layer.findings.indices {
                layer.findings[index].requirement = Self.requirement(of: layer.findings[index].check)
            }
            return layer
        case .failure(let error): return Self.unusable(Self.imagingReportLayer, Self.imagingReport, "\(error)")
        }
    }

    /// The check of the catalogue that an assert belongs to: `CR-028d` is one of `CR-028`; nil for a mere remark.
    public static func requirement(of check: String) -> String? {
        guard check != emptyValueSets, check.hasPrefix("CR-") else { return nil }
        return String(check.prefix { !$0.isLowercase })
    }

    /// The assert that says which value sets the project ships without codes: their membership is not judged.
    public static let emptyValueSets = "CR-JDV"

    /// Whether the document declares the model of imaging reports, or no model and the code of an imaging report.
    public static func isImagingReport(_ document: Document) -> Bool {
        let models = Volet.models(of: document)
        if models.contains(Volet.imagingReport) { return true }
        guard models.isEmpty else { return false }
        // It may stand inside of the style sheet that shows it.
        let hl7 = "urn:hl7-org:v3"
        let root = document.documentElement
        let report = root.localName == "ClinicalDocument" ? root : root.descendants("ClinicalDocument", in: hl7).first
        return report?.first("code", in: hl7)?.attribute("code") == "18748-4"
    }

    private static func unusable(_ layer: String, _ file: String, _ message: String) -> PackLayer {
        PackLayer(
            layer, .notRun,
            LocalizedText(
                fr: "\(file) est inutilisable : \(message) ; réinstallez les données de l'outil",
                en: "\(file) cannot be used: \(message); install the data of the tool again"))
    }
}
