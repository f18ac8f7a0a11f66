import Conformance
import Testing
import XML

@testable import Packs

@Suite("The verdict of a kit")
struct CDAJudgeTests {
    private static let template = [(TestKit.arc + "900", String?.some("2024.01"))]

    private func judge(
        _ bytes: [UInt8], changing changes: [String: String?] = [:], overlay: [String: String] = [:], jobs: Int = 1
    ) throws -> PackJudgement {
        var files = TestKit.files
        for (path, text) in changes { files[path] = text }
        let kit = try TestFolder(files)
        let patch = try TestFolder(overlay)
        let pack = try OfficialPack(folder: kit.path, overlay: overlay.isEmpty ? nil : patch.path)
        return CDAJudge(pack).judge(bytes, name: "report.xml", jobs: jobs)
    }

    private func layer(_ name: String, _ judgement: PackJudgement) throws -> PackLayer {
        try #require(judgement.layers.first { $0.layer == name })
    }

    private static let layers = [
        "xml", "xsd", "schematron:profils/IHE", "schematron:profils/terminologies/schematron/terminologie",
        "schematron:profils/CI-SIS_ModelesDeContenusCDA",
        "schematron:profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin", "schematron:profils/CI-SIS_Modeles_ANS",
        "schematron:CI-SIS_XX-CR_2024.01",
    ]

    @Test("A conformant document passes every layer, in the kit's order", arguments: [1, 2, 8])
    func passes(_ jobs: Int) throws {
        let judgement = try judge(TestKit.document(templates: Self.template), jobs: jobs)
        #expect(judgement.layers.map(\.layer) == Self.layers)
        #expect(judgement.verdict == .pass)
        #expect(
            judgement.layers.map(\.verdict) == [.pass, .pass, .pass, .notApplicable, .pass, .pass, .pass, .pass])
        #expect(judgement.layers.map(\.firedRules) == [nil, nil, 1, 0, 1, 1, 1, 1])
        #expect(judgement.layers.flatMap(\.findings).isEmpty)
    }

    @Test("A fault is said with its line, column, path, id and weight")
    func points() throws {
        let bytes = TestKit.document(
            "<title>Un</title>\n<title>Un titre bien trop long</title>", templates: [(TestKit.arc + "900", "2022.01")])
        let judgement = try judge(bytes)
        #expect(judgement.verdict == .pass, "a warning changes no verdict")
        let finding = try #require(layer(Self.layers[4], judgement).findings.first)
        #expect(finding.check == "T-LONG" && finding.severity == .warning)
        #expect(finding.message.fr == "Le titre est long")
        #expect(finding.place?.line == 4 && finding.place?.column == 1)
        #expect(finding.place?.xpath == "/ClinicalDocument/title[2]")
        let bare = try judge(TestKit.document(templates: []))
        let violation = try #require(layer(Self.layers[5], bare).findings.first)
        #expect(bare.verdict == .fail && violation.severity == .violation)
        #expect(violation.check.hasPrefix("assert-") && violation.check.count == 17)
    }

    @Test("A breach of the XML Schema fails its layer; what does not parse leaves the rest inconclusive")
    func schema() throws {
        let broken = try layer("xsd", try judge(TestKit.document("<heading/>", templates: Self.template)))
        #expect(broken.verdict == .fail && broken.findings.first?.place?.line == 3)
        let garbage = try judge(Array("<ClinicalDocument>".utf8))
        #expect(garbage.verdict == .fail)
        #expect(garbage.layers.map(\.verdict) == [.fail] + Array(repeating: .inconclusive, count: 6))
    }

    @Test("A document that no schema knows is inconclusive")
    func foreign() throws {
        let judgement = try judge(Array("<other xmlns='urn:x'/>".utf8))
        #expect(judgement.layers.filter { $0.layer.hasPrefix("schematron") }.allSatisfy { $0.verdict == .inconclusive })
        #expect(judgement.verdict == .fail, "the XML Schema does not know it either")
    }

    @Test("A file that doc() asks for in vain is a defect of the pack, said once; the overlay mends it")
    func lacksDocument() throws {
        let test = "@root = doc('include/voc.xml')//c/@code"
        let schema = TestKit.schema(
            "<pattern><rule context='cda:templateId'><assert test=\"\(test)\">A</assert></rule></pattern>"
                + TestKit.rule("cda:ClinicalDocument", "cda:title", "B"))
        let bytes = TestKit.document(templates: [(TestKit.arc + "1", nil)] + Self.template)
        let judgement = try judge(bytes, changing: [TestKit.strucMin: schema])
        let lacking = try layer(Self.layers[5], judgement)
        #expect(lacking.verdict == .pass && judgement.verdict == .pass)
        #expect(lacking.findings.map(\.check) == ["pack-defect"])
        let defect = try #require(lacking.findings.first)
        #expect(defect.severity == .warning && defect.message.fr.contains("structurationMinimale/include/voc.xml"))
        #expect(defect.message.fr.contains("2 évaluation") && defect.advice?.fr.contains("--overlay") == true)
        let untitled = try layer(
            Self.layers[5],
            try judge(TestKit.document("", templates: Self.template), changing: [TestKit.strucMin: schema]))
        #expect(untitled.verdict == .fail, "the rest is judged")
        for place in ["", "schematrons/"] {
            let voc = [
                place + "profils/structurationMinimale/include/voc.xml":
                    "<v><c code='\(TestKit.arc)1'/><c code='\(TestKit.arc)900'/></v>"
            ]
            let mended = try layer(Self.layers[5], try judge(bytes, changing: [TestKit.strucMin: schema], overlay: voc))
            #expect(mended.verdict == .pass && mended.findings.isEmpty)
        }
    }

    @Test("A file that document() asks for in vain fails the assert, and is said as a defect of the pack")
    func lacksValueSet() throws {
        let judgement = try judge(
            TestKit.document(templates: Self.template), changing: ["jeuxDeValeurs/JDV_Un.xml": nil])
        let lacking = try layer(Self.layers[6], judgement)
        #expect(lacking.verdict == .fail)
        #expect(lacking.findings.map(\.severity) == [.violation, .warning])
        #expect(lacking.findings.last?.message.fr.contains("jeuxDeValeurs/JDV_Un.xml") == true)
    }

    @Test("A file that only the document's codes name is no defect of the pack")
    func lacksTerminology() throws {
        let test = "not(doc-available(concat(@root, '.rdf'))) or doc(concat(@root, '.rdf'))//x"
        let judgement = try judge(
            TestKit.document(templates: Self.template + [("", nil)]),
            changing: ["schematrons/profils/IHE.sch": TestKit.schema(TestKit.rule("cda:templateId", test, "A"))])
        let layer = try layer(Self.layers[2], judgement)
        #expect(layer.verdict == .pass && layer.firedRules == 2 && layer.findings.isEmpty)
    }

    @Test("An absent include is a defect of the pack; one that differs in letter case is found")
    func includes() throws {
        let bytes = TestKit.document(templates: Self.template)
        let absent = try judge(
            bytes,
            changing: [
                "schematrons/profils/IHE.sch": TestKit.schema(
                    "<include href='absent.sch'/>" + TestKit.rule("cda:ClinicalDocument", "cda:title", "B"))
            ])
        let ihe = try layer(Self.layers[2], absent)
        #expect(ihe.verdict == .pass && ihe.findings.map(\.check) == ["pack-defect"])
        #expect(ihe.findings.first?.message.fr.contains("absent.sch") == true)
        // The folder is spelled `XX_2024.01/Entete`.
        let spelled = try judge(
            TestKit.document(templates: [(TestKit.arc + "900", "2022.01")]),
            changing: [
                "schematrons/CI-SIS_XX-CR_2022.01.sch": TestKit.schema(
                    "<include href='include/xx_2024.01/entete/Entete_XX.sch'/>")
            ])
        let volet = try layer("schematron:CI-SIS_XX-CR_2022.01", spelled)
        #expect(volet.verdict == .pass && volet.firedRules == 1)
        #expect(volet.findings.map(\.severity) == [.information] && volet.findings.map(\.check) == ["pack-defect"])
    }

    @Test("What the document keeps from being judged makes the layer inconclusive")
    func undecided() throws {
        let schema = TestKit.schema(TestKit.rule("cda:ClinicalDocument", "number(cda:title) > 1", "A"))
        let judgement = try judge(
            TestKit.document("<title>1</title><title>2</title>", templates: Self.template),
            changing: ["schematrons/profils/IHE.sch": schema])
        let layer = try layer(Self.layers[2], judgement)
        #expect(layer.verdict == .inconclusive && judgement.verdict == .inconclusive)
        #expect(layer.findings.first?.message.en.contains("XPTY0004") == true)
    }

    @Test("A schema that is wrong or absent is said, and is no pass")
    func broken() throws {
        let bytes = TestKit.document(templates: Self.template)
        let path = "schematrons/profils/IHE.sch"
        let wrong = try judge(bytes, changing: [path: TestKit.schema(TestKit.rule("cda:a", "((", "A"))])
        #expect(try layer(Self.layers[2], wrong).verdict == .error && wrong.verdict == .error)
        let absent = try judge(bytes, changing: [path: nil])
        #expect(try layer(Self.layers[2], absent).verdict == .notRun && absent.verdict == .notRun)
        let unknown = try judge(TestKit.document(templates: [(TestKit.arc + "901", nil)]))
        #expect(try layer("schematron:volet", unknown).verdict == .notRun && unknown.verdict == .notRun)
    }

    @Test("A level 1 document takes the generic schemas only")
    func levelOne() throws {
        let body = "<title>T</title><component><nonXMLBody/></component>"
        let judgement = try judge(TestKit.document(body, templates: Self.template))
        #expect(try layer("schematron:volet", judgement).verdict == .notApplicable)
        #expect(judgement.verdict == .pass)
    }
}
