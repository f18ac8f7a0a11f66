import Foundation
import Schematron
import TestSupport
import Testing
import XML

/// The rules on imaging reports that the project ships: `Schematron/cda/imaging-report.sch`.
@Suite("The imaging report rules")
struct ImagingReportTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Schematron/cda").path
    static let schema = Result { try compile() }

    static func compile(overlays: [String] = []) throws -> BoundSchema {
        try BoundSchema(
            reading: "imaging-report.sch", phase: nil, in: SchemaLibrary(root: folder, overlays: overlays))
    }

    private func judge(_ text: String, overlays: [String]? = nil) throws -> ValidationReport {
        let schema = try overlays.map(Self.compile(overlays:)) ?? Self.schema.get()
        return Validator(schema).validate(try Document(parsing: Array(text.utf8)))
    }

    /// The ids of the errors and warnings, each once, sorted.
    private func ids(_ report: ValidationReport, _ severity: ValidationReport.Severity? = nil) -> [String] {
        let wanted = report.outcomes.filter { outcome in
            let found = report.severity(of: outcome)
            return severity.map { $0 == found } ?? (found != .information)
        }
        return Set(wanted.map { report.stableID(of: $0) }).sorted()
    }

    @Test("The schema is read without a note, and each assert has an id, a severity and a message in both languages")
    func sound() throws {
        let schema = try Self.schema.get()
        #expect(schema.notes.map(\.message) == [])
        let diagnostics = Dictionary(grouping: schema.source.diagnostics, by: \.id)
        #expect(diagnostics.values.allSatisfy { $0.count == 1 && $0[0].language == "en" })
        var seen: Set<String> = []
        for check in schema.checks.map(\.assertion) {
            let id = check.id ?? ""
            #expect(id.hasPrefix("CR-") && seen.insert(id).inserted, "\(id)")
            #expect(check.diagnostics == [id + ".en"] && diagnostics[id + ".en"] != nil, "\(id)")
            #expect(["error", "warning", "info"].contains(check.annotation.role), "\(id)")
            #expect(!check.message.isEmpty, "\(id)")
        }
        #expect(seen.count == schema.source.diagnostics.count)
    }

    @Test("Every check of the catalogue that one report can show is there, but for the validity against a schema")
    func complete() throws {
        let numbers = Set(try Self.schema.get().checks.compactMap { $0.assertion.id?.dropFirst(3).prefix(3) })
        #expect(numbers.subtracting(["JDV"]).sorted() == (2...44).map { Substring(String(format: "%03d", $0)) })
    }

    @Test("The sample passes without error or warning", arguments: [ImagingReportSample.text, ImagingReportSample.pdf])
    func passing(_ text: String) throws {
        let report = try judge(text)
        #expect(report.outcomes.map { report.stableID(of: $0) } == ["CR-JDV"])
        #expect(report.indeterminate.map(\.message) == [])
        #expect(report.notes.map(\.message) == [])
        #expect(report.verdict == .pass)
    }

    @Test("Each fault is found by its ids alone", arguments: ImagingReportFault.all)
    func fault(_ fault: ImagingReportFault) throws {
        let report = try judge(try fault.report())
        #expect(ids(report) == fault.ids)
        #expect(report.indeterminate.map(\.message) == [])
        for outcome in report.outcomes {
            #expect(outcome.diagnostics.count == 1 && outcome.text != outcome.diagnostics.first?.text)
        }
    }

    @Test("There is a fault for each assert, and over a hundred")
    func coverage() throws {
        let shown = Set(ImagingReportFault.all.flatMap(\.ids))
        let all = Set(try Self.schema.get().checks.compactMap(\.assertion.id))
        // Membership of value sets that the project does not hold: see the test with an overlay.
        #expect(all.subtracting(shown).sorted() == ["CR-004c", "CR-013c", "CR-018c", "CR-026d", "CR-JDV"])
        #expect(shown.isSubset(of: all))
        #expect(ImagingReportFault.all.count > 100)
    }

    struct Variant: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let old: String
        let new: String

        init(_ title: String, _ old: String, _ new: String) {
            testDescription = title
            self.old = old
            self.new = new
        }
    }

    static let variants = [
        Variant("a parameter name in another case", "Accessionnumber", "accessionNumber"),
        Variant("percent-encoded values", "1.2.250.1.999.3.1.CT", "1%2e2.250%2E1.999.3.1.%43T"),
        Variant("a scheme in upper case", "https:", "HTTPS:"),
        Variant("an order without number", #"root="1.2.250.1.999.3.2" extension="OP680503129""#, #"nullFlavor="NA""#),
        Variant(
            "an expression of the patient", #""SA08" codeSystem="1.2.250.1.71.4.2.4""#,
            #""EXP_PATIENT" codeSystem="1.2.250.1.213.1.1.4.6""#),
        Variant("the INS of a patient born in Corse-du-Sud", "270019999900024", "170012A00400173"),
        Variant("the INS of a patient born in Haute-Corse", "270019999900024", "170012B03300106"),
        Variant(
            "a first version that replaces nothing", #"<versionNumber value="2"/>"#, #"<versionNumber value="1"/>"#),
        Variant(
            "a replaced document without set",
            "      <setId root=\"2.25.97722935334474182055328946897928197952\"/>\n    </parentDocument>",
            "    </parentDocument>"),
        Variant("a birth date without its day", "19700101", "197001"),
        Variant("a time with a fraction", "20260312103000+0100", "20260312103000.25+0100"),
        Variant("a leap day", "19700101", "20240229"),
        Variant("a time in minutes", "20260312103000+0100", "202603121030"),
        Variant("a sex that is not known", #"code="F" codeSystem"#, #"code="U" codeSystem"#),
        Variant("a birth place in Corse", "99999</county>", "2A004</county>"),
    ]

    @Test("What the rules allow is told by none", arguments: variants)
    func allowed(_ variant: Variant) throws {
        let text = ImagingReportSample.text.replacingOccurrences(of: variant.old, with: variant.new)
        #expect(text != ImagingReportSample.text)
        #expect(ids(try judge(text)) == [])
    }

    @Test("An outcome names the place, the expected and the actual value")
    func message() throws {
        let text = ImagingReportSample.text.replacingOccurrences(of: "idCDA=", with: "idCDA=9")
        let report = try judge(text)
        let outcome = try #require(report.outcomes.first { report.stableID(of: $0) == "CR-031" })
        #expect(outcome.node.localName == "reference")
        #expect(
            outcome.text
                == "L'idCDA du lien est la racine de l'id du document (« \(ImagingReportSample.documentID) ») ; "
                + "trouvé : « 9\(ImagingReportSample.documentID) ».")
        #expect(
            outcome.diagnostics.map(\.text) == [
                "The idCDA of the link is the root of the id of the document ('\(ImagingReportSample.documentID)'); "
                    + "found: '9\(ImagingReportSample.documentID)'."
            ])
    }

    @Test("Another document than a CDA is not judged")
    func other() throws {
        #expect(try judge("<ClinicalDocument/>").verdict == .inconclusive)
    }

    @Test("A report that holds nothing is judged without an error of an expression")
    func nothing() throws {
        for body in ["", "<component><structuredBody/></component>", "<component><nonXMLBody/></component>"] {
            let report = try judge(#"<ClinicalDocument xmlns="urn:hl7-org:v3">\#(body)</ClinicalDocument>"#)
            #expect(report.indeterminate.map(\.message) == [])
            for id in ["CR-003", "CR-005a", "CR-006a", "CR-008", "CR-018a"] { #expect(ids(report).contains(id)) }
        }
    }

    // MARK: Value sets

    @Test("Value sets laid over the folder are judged: each code that they lack is told")
    func overlay() throws {
        func valueSet(_ codes: String...) -> String {
            #"<RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008"><ValueSet><ConceptList>"#
                + codes.map { #"<Concept code="\#($0)"/>"# }.joined()
                + "</ConceptList></ValueSet></RetrieveValueSetResponse>"
        }
        let names = [
            "JDV_CodesDocumentImagerie_CISIS", "JDV_SOPClass_CISIS", "JDV_J02_XdsHealthcareFacilityTypeCode_CISIS",
        ]
        let right = try SchemaFolder([
            "jeuxDeValeurs/\(names[0]).xml": valueSet("1-1", "24628-0"),
            "jeuxDeValeurs/\(names[1]).xml": valueSet("1.2.840.10008.5.1.4.1.1.2"),
            "jeuxDeValeurs/\(names[2]).xml": valueSet("SA08", "SNR"),
        ])
        let passing = try judge(ImagingReportSample.text, overlays: [right.path])
        #expect(passing.outcomes.map(\.text) == [])
        let wrong = try SchemaFolder(
            Dictionary(uniqueKeysWithValues: names.map { ("jeuxDeValeurs/\($0).xml", valueSet("none")) }))
        let failing = try judge(ImagingReportSample.text, overlays: [wrong.path])
        #expect(ids(failing, .error) == ["CR-013c", "CR-018c", "CR-026d"])
        #expect(ids(failing, .warning) == ["CR-004c"])
        let other = try SchemaFolder(["jeuxDeValeurs/JDV_ModaliteAcquisition_CISIS.xml": valueSet("MR")])
        #expect(ids(try judge(ImagingReportSample.text, overlays: [other.path])) == ["CR-014c"])
    }

    // MARK: Corpora

    struct Sample: Sendable, CustomTestStringConvertible {
        let path: String
        let errors: [String]
        let warnings: [String]
        var testDescription: String { path }
    }

    static let samples = [
        Sample(
            path: "ans-kit/ExemplesCDA/IMG_CR_IMG_2024.01.xml", errors: [], warnings: ["CR-028a", "CR-032a", "CR-033"]),
        Sample(path: "ans-kit/ExemplesCDA/IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml", errors: [], warnings: []),
        Sample(path: "drim-m/Referencement DRIMBox/Jeux de donnees/CDA/Examen C/CR_C.xml", errors: [], warnings: []),
        Sample(
            path: "drimbox/DOC00002.xml",
            errors: ["CR-005b", "CR-005c", "CR-007a", "CR-007c", "CR-007f", "CR-013a", "CR-014a"],
            warnings: ["CR-004a", "CR-011d", "CR-015a"]),
    ]

    @Test(
        "The known reports break exactly the rules that are known, with and without the kit's value sets",
        .enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absence)), arguments: samples)
    func sample(_ sample: Sample) throws {
        guard Corpora.has(sample.path) else { return }
        let text = String(decoding: try Corpora.bytes(sample.path), as: UTF8.self)
        let report = try judge(text)
        #expect(ids(report, .error) == sample.errors)
        #expect(ids(report, .warning) == sample.warnings)
        #expect(report.indeterminate.map(\.message) == [])
        guard Corpora.has("ans-kit/jeuxDeValeurs"), !sample.path.hasPrefix("drimbox") else { return }
        let withKit = try judge(text, overlays: [Corpora.url("ans-kit").path])
        #expect(ids(withKit, .error) == sample.errors)
        #expect(ids(withKit, .warning) == sample.warnings)
        #expect(ids(withKit, .information) == [])
    }
}
