import Foundation
import Testing

@Suite("cisis pack")
struct PackCommandTests {
    private let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
        "cisis-pack-\(UUID().uuidString)")

    private var environment: [String: String] { ["CISIS_HOME": scratch.appendingPathComponent("home").path] }

    private static let template = "1.2.250.1.213.1.1.1.900"

    /// A small invented kit with one rule, on `title`.
    private func kit(_ name: String, test: String) throws -> String {
        let schema = """
            <schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><ns prefix="cda" uri="urn:hl7-org:v3"/>
            <pattern><rule context="cda:title"><assert id="T-1" test="\(test)">Le titre est faux</assert></rule></pattern>
            </schema>
            """
        let xsd = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:hl7-org:v3">
            <xs:element name="ClinicalDocument"/></xs:schema>
            """
        let profiles = "schematrons/profils/"
        var files = ["infrastructure/cda/CDA_extended.xsd": xsd]
        for path in [
            "IHE", "terminologies/schematron/terminologie", "CI-SIS_ModelesDeContenusCDA",
            "structurationMinimale/ASIP-STRUCT-MIN-StrucMin", "CI-SIS_Modeles_ANS",
        ] { files[profiles + path + ".sch"] = schema }
        for (path, text) in files { try write(text, to: "\(name)/\(path)") }
        return scratch.appendingPathComponent(name).path
    }

    @discardableResult
    private func write(_ text: String, to name: String) throws -> String {
        let url = scratch.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    @Test("A kit is added, listed, used for a verdict, compared and removed")
    func life() async throws {
        defer { try? FileManager.default.removeItem(at: scratch) }
        let first = try kit("first", test: "true()")
        let second = try kit("second", test: ". = 'A'")
        let report = try write(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'>\n  <title>B</title><title>C</title>\n</ClinicalDocument>",
            to: "report.xml")
        #expect(try await Command(["pack", "add", first], environment: environment).status == 0)
        let added = try await Command(["pack", "add", second, "--name", "new"], environment: environment)
        #expect(added.status == 0 && added.output.hasPrefix("new  "))
        #expect(try await Command(["pack", "add", first], environment: environment).status == 64)
        // A registered copy is a kit too.
        let copy = scratch.path + "/home/packs/new"
        #expect(try await Command(["pack", "add", copy, "--name", "copy"], environment: environment).status == 0)
        let list = try await Command(["list", "packs", "--format", "json"], environment: environment)
        let packs = try #require(try list.json() as? [[String: Any]])
        #expect(packs.count == 3 && packs.allSatisfy { ($0["digest"] as? String)?.count == 64 })

        let good = try await Command(["validate", report, "--pack", "first"], environment: environment)
        #expect(good.status == 0, "\(good.output)\(good.errors)")
        let bad = try await Command(
            ["validate", report, "--pack", "new", "--format", "json"], environment: environment)
        #expect(bad.status == 1)
        let object = try #require(try bad.json() as? [String: Any])
        #expect((object["pack"] as? [String: Any])?["name"] as? String == "new")
        let layers = try #require(object["layers"] as? [[String: Any]])
        let layer = try #require(layers.first { $0["layer"] as? String == "schematron:profils/IHE" })
        #expect(layer["firedRules"] as? Int == 2 && layer["verdict"] as? String == "fail")
        let finding = try #require((layer["findings"] as? [[String: Any]])?.last)
        #expect(finding["check"] as? String == "T-1" && finding["line"] as? Int == 2)
        #expect(finding["xpath"] as? String == "/ClinicalDocument/title[2]" && finding["column"] as? Int == 19)

        let french = try await Command(["validate", report, "--pack", "new", "--lang", "fr"], environment: environment)
        #expect(french.output.contains("violation: T-1 (×2): Le titre est faux"))
        #expect(french.output.split(separator: "\n").count < 40)

        let diff = try await Command(["pack", "diff", "first", "new", report], environment: environment)
        #expect(diff.status == 0 && diff.output.contains("~ T-1: test"))
        #expect(diff.output.contains("schematron:profils/IHE: pass → fail"))

        #expect(try await Command(["pack", "remove", "first"], environment: environment).status == 0)
        let gone = try await Command(["validate", report, "--pack", "first"], environment: environment)
        #expect(gone.status == 64 && gone.errors.contains("'new'"))
    }

    @Test("lint compiles Schematrons: an error has file, line, column and caret; an oddity is a note")
    func lintsSchematrons() async throws {
        defer { try? FileManager.default.removeItem(at: scratch) }
        let start = "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'>"
        let bad = try write(
            start + "<pattern>\n<rule context='a'>\n  <assert test='count(('>x</assert></rule></pattern></schema>",
            to: "bad.sch")
        let result = try await Command(["lint", bad], environment: environment)
        #expect(result.status == 65)
        #expect(result.errors.contains("bad.sch:3:3: ") && result.errors.contains("XPST0003"))
        #expect(result.errors.contains("  | "))
        try FileManager.default.removeItem(atPath: bad)
        _ = try write(start + "<include href='absent.sch'/><include href='part.sch'/></schema>", to: "odd.sch")
        // A part refers to what only the whole declares: it is judged within it.
        _ = try write(
            "<pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='a'><assert test='$x'>x</assert></rule>"
                + "<let name='x' value='1'/></pattern>", to: "part.sch")
        let odd = try await Command(["lint", scratch.path], environment: environment)
        #expect(odd.status == 65 && odd.errors.contains("absent.sch"), "\(odd.errors)")
        #expect(odd.errors.contains("1 error"), "the part is judged within the whole: \(odd.errors)")
        let own = try await Command(["lint"], environment: environment)
        #expect(own.status == 0 && !own.errors.contains("note:"), "\(own.errors)")
    }

    @Test("The newest kit judges when none is named; 'none' asks for the rules of the tool")
    func choice() async throws {
        defer { try? FileManager.default.removeItem(at: scratch) }
        let report = try write("<ClinicalDocument xmlns='urn:hl7-org:v3'/>", to: "report.xml")
        func judges(_ arguments: [String]) async throws -> Set<String> {
            let result = try await Command(
                ["validate", report, "--format", "json"] + arguments, environment: environment)
            let layers = try #require((try result.json() as? [String: Any])?["layers"] as? [[String: Any]])
            return Set(layers.compactMap { $0["judge"] as? String }.map { $0.hasPrefix("CISIS") ? "own" : $0 })
        }
        #expect(try await judges([]) == ["own"])
        let kit = try kit("kit", test: "true()")
        #expect(try await Command(["pack", "add", kit, "--name", "k1"], environment: environment).status == 0)
        #expect(try await judges([]) == ["own", "kit k1"])
        #expect(try await judges(["--pack", "none"]) == ["own"])
        // A kit that is spoilt or altered is never passed over in silence.
        try write("garbage", to: "home/packs/old/pack.json")
        let beside = try await Command(["validate", report], environment: environment)
        #expect(beside.errors.contains("'old' is spoilt") && beside.output.contains("[kit k1]"))
        try write("<schema/>", to: "home/packs/k1/kit/schematrons/profils/IHE.sch")
        let altered = try await Command(["validate", report], environment: environment)
        #expect(altered.status == 65 && altered.errors.contains("were changed"), "\(altered.errors)")
        try write("garbage", to: "home/packs/k1/pack.json")
        #expect(try await Command(["validate", report], environment: environment).status == 65)
        let named = try await Command(["pack", "add", kit, "--name", "none"], environment: environment)
        #expect(named.status == 64 && named.errors.contains("--name"))
    }

    @Test("What is no kit ends with 65, and --pack excludes --schema")
    func refuses() async throws {
        defer { try? FileManager.default.removeItem(at: scratch) }
        let file = try write("no kit", to: "kit.zip")
        #expect(try await Command(["pack", "add", file], environment: environment).status == 65)
        #expect(try await Command(["pack", "add", scratch.path], environment: environment).status == 65)
        #expect(try await Command(["pack", "add", file + "x"], environment: environment).status == 64)
        let both = try await Command(["validate", file, "--pack", "a", "--schema", "b.xsd"], environment: environment)
        #expect(both.status == 64)
    }

    @Test(
        "The rules on imaging reports are for those that declare no other model",
        arguments: [
            ("1.2.250.1.213.1.1.1.45", true), ("1.2.250.1.213.1.1.1.28", false), ("1.2.250.1.213.1.1.1.1", true),
        ])
    func imagingRules(_ template: String, _ expected: Bool) async throws {
        defer { try? FileManager.default.removeItem(at: scratch) }
        let report = try write(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><templateId root='\(template)'/>"
                + "<code code='18748-4' codeSystem='2.16.840.1.113883.6.1'/></ClinicalDocument>", to: "report.xml")
        let result = try await Command(["validate", report, "--format", "json"], environment: environment)
        let layers = try #require((try result.json() as? [String: Any])?["layers"] as? [[String: Any]])
        let layer = layers.first { $0["layer"] as? String == "schematron:cda/imaging-report" }
        #expect((layer?["verdict"] as? String != "notApplicable") == expected)
    }

    @Test("A document inside of the style sheet that shows it is a CDA, a style sheet alone is none")
    func insideStyleSheet() async throws {
        defer { try? FileManager.default.removeItem(at: scratch) }
        let start = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><x>"
        let padding = String(repeating: "<y/>", count: 20_000)
        for (name, body, kind) in [
            ("with", "<ClinicalDocument xmlns='urn:hl7-org:v3'/>", String?.some("cda")), ("without", "", nil),
        ] {
            let file = try write(start + padding + body + "</x></xsl:stylesheet>", to: "\(name).xml")
            let result = try await Command(["validate", file, "--format", "json"], environment: environment)
            let object = try #require(try result.json() as? [String: Any])
            #expect(object["kind"] as? String == kind)
        }
    }
}
