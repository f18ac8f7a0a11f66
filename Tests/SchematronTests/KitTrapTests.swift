import Foundation
import Schematron
import Testing
import XML

/// The odd and the wrong in the official kit, one test for each: what a tool must cope with.
@Suite("Oddities of the official kit")
struct KitTrapTests {
    private static let part = """
        <pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='a'>
        <report test='true()'>part</report></rule></pattern>
        """

    @Test(
        "Dangling includes: another letter case of a file or a folder is found on demand; all else is told",
        arguments: [
            ("parts/JDV_RechAgHbS.sch", "parts/JDV_rechAgHbS.sch", true), ("Sections/p.sch", "sections/p.sch", true),
            ("parts/p.sch", "parts/q.sch", false),
        ])
    func danglingIncludes(_ written: String, _ stored: String, _ isCaseOnly: Bool) throws {
        let body =
            "<include href='\(written)'/><pattern><rule context='a'><report test='1'>own</report></rule></pattern>"
        let exact = try judge(body, on: "<a/>", files: [stored: Self.part])
        #expect(exact.texts == ["own"])
        #expect(exact.schema.notes.map(\.code) == [.missingInclude])
        let lenient = try judge(body, on: "<a/>", files: [stored: Self.part], ignoresIncludeCase: true)
        #expect(lenient.texts == (isCaseOnly ? ["part", "own"] : ["own"]))
        #expect(lenient.schema.notes.map(\.code) == [isCaseOnly ? .caseInsensitiveInclude : .missingInclude])
    }

    @Test("A file without a byte in the place of a folder leaves the schema its own pattern")
    func fileForFolder() throws {
        let report = try judge(
            "<include href='sections/p.sch'/><pattern><rule context='a'><report test='1'>own</report></rule></pattern>",
            on: "<a/>", files: ["sections": ""], ignoresIncludeCase: true)
        #expect(report.texts == ["own"])
        #expect(report.schema.notes.map(\.code) == [.missingInclude])
    }

    private static func pattern(_ id: String) -> String {
        "<pattern id='\(id)'><rule context='a'><report test='1'>\(id)</report></rule></pattern>"
    }

    @Test("Active names without a pattern are told, patterns never activated are silent, one activated twice runs once")
    func activation() throws {
        let report = try judge(
            "<phase id='p'><active pattern='x'/><active pattern='none'/><active pattern='x'/></phase>"
                + Self.pattern("x") + Self.pattern("never"),
            on: "<a/>", phase: "p")
        #expect(report.texts == ["x"])
        #expect(report.firedRules == 1)
        #expect(report.schema.notes.map(\.code) == [.missingPattern])
    }

    @Test("Without a default phase all patterns run, though a phase is declared")
    func noDefaultPhase() throws {
        let body = "<phase id='p'><active pattern='x'/></phase>" + Self.pattern("x") + Self.pattern("y")
        #expect(try judge(body, on: "<a/>").texts == ["x", "y"])
        #expect(try judge(body, on: "<a/>", attributes: "queryBinding='xslt2' defaultPhase='p'").texts == ["x"])
    }

    @Test("A pattern-level let is global: an earlier pattern sees it")
    func globalLets() throws {
        let body = """
            <phase id='both'><active pattern='x'/><active pattern='principal'/></phase>
            <phase id='one'><active pattern='x'/></phase>
            <pattern id='x'><rule context='a'><report test='true()'><value-of select='$jdv'/></report></rule></pattern>
            <pattern id='principal'><let name='jdv' value="'path'"/><rule context='z'><report test='1'>z</report></rule></pattern>
            """
        #expect(try judge(body, on: "<a/>", phase: "both").texts == ["path"])
        // One that the phase leaves out is not in scope.
        let error = #expect(throws: SchematronError.self) { try judge(body, on: "<a/>", phase: "one") }
        #expect(error?.code.rawValue == "XPST0008")
    }

    @Test("A let's name with a trailing blank is trimmed; with - and . it is one name")
    func letNames() throws {
        let report = try judge(
            """
            <pattern><let name='jdv_Lentille-CISIS ' value='1'/><let name='a.b-c' value='2'/><rule context='a'>
            <report test='true()'><value-of select='$jdv_Lentille-CISIS, $a.b-c, $a.b-c -1'/></report></rule></pattern>
            """, on: "<a/>")
        #expect(report.texts == ["1 2 1"])
    }

    @Test(
        "A look-up file that does not exist: document() gives nothing and the assert fails, doc() is FODC0002",
        arguments: ["JDV_SpecimenType_CISIS.xml", "JDV_ResultatDepistageHematurie_CISIS"])
    func absentFiles(_ name: String) throws {
        func body(_ function: String) -> String {
            "<pattern><rule context='a'><assert test=\"\(function)('\(name)')//code/@v = @v\">bad</assert></rule></pattern>"
        }
        let lenient = try judge(body("document"), on: "<a v='1'/>")
        #expect(lenient.texts == ["bad"])
        #expect(lenient.codes.isEmpty)
        #expect(lenient.notes.map(\.code) == [.missingLookup])
        #expect(lenient.notes.first?.message.contains(name) == true)
        let fatal = try judge(body("doc"), on: "<a v='1'/>")
        #expect(fatal.texts.isEmpty)
        #expect(fatal.codes == ["FODC0002"])
        #expect(try judge(body("doc"), on: "<a v='1'/>", files: [name: "<c><code v='1'/></c>"]).codes.isEmpty)
    }

    @Test(
        "document() and doc() start from the schema's folder: volets, profiles, StrucMin, terminologies",
        arguments: [
            ("schematrons/volet.sch", "../jeuxDeValeurs/c.xml", "jeuxDeValeurs/c.xml"),
            ("schematrons/profils/IHE.sch", "../../jeuxDeValeurs/c.xml", "jeuxDeValeurs/c.xml"),
            ("schematrons/profils/min/S.sch", "include/c.xml", "schematrons/profils/min/include/c.xml"),
            (
                "schematrons/profils/terminologies/schematron/t.sch", "../terminologie/c.xml",
                "schematrons/profils/terminologies/terminologie/c.xml"
            ),
        ])
    func bases(_ schema: String, _ reference: String, _ stored: String) throws {
        for function in ["document", "doc"] {
            let folder = schema.split(separator: "/").dropLast().joined(separator: "/")
            let included = """
                <pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='a'>
                <assert test="\(function)('\(reference)')//code/@v = @v">bad</assert></rule></pattern>
                """
            let files = try SchemaFolder([
                schema: schemaText("<include href='parts/deep/p.sch'/>"), folder + "/parts/deep/p.sch": included,
                stored: "<c><code v='1'/></c>", "jeuxDeValeurs/other.xml": "<c/>",
            ])
            let library = SchemaLibrary(root: files.path + "/schematrons")
            let bound = try BoundSchema(
                reading: String(schema.dropFirst("schematrons/".count)), phase: nil, in: library)
            let good = Validator(bound).validate(try Document(parsing: Array("<a v='1'/>".utf8)))
            #expect(good.texts.isEmpty && good.codes.isEmpty && good.notes.isEmpty)
            #expect(Validator(bound).validate(try Document(parsing: Array("<a v='2'/>".utf8))).texts == ["bad"])
        }
    }

    @Test(
        "A rule shadowed by an earlier one of the same context never fires, and is told; so loses one of another context"
    )
    func shadowedRules() throws {
        let report = try judge(
            """
            <pattern><rule context='b'><report test='1'>first</report></rule>
            <rule context='b'><report test='1'>shadowed</report></rule>
            <rule context='a/*'><report test='1'>overlapping</report></rule></pattern>
            """, on: "<a><b/><c/></a>")
        #expect(report.texts == ["first", "overlapping"])
        #expect(report.schema.notes.map(\.code) == [.shadowedRule])
    }

    @Test("A rule without an assert fires, and later rules lose")
    func emptyRules() throws {
        let report = try judge(
            "<pattern><rule context='b'/><rule context='*'><report test='1'>x</report></rule></pattern>",
            on: "<a><b/></a>")
        #expect(report.fired == ["0 *", "0 b"])
        #expect(report.texts == ["x"])
    }

    @Test("The parameters of an abstract pattern are replaced as text, in tests and messages, unquoted expressions too")
    func textualParameters() throws {
        let report = try judge(
            """
            <pattern abstract='true' id='dansJeuDeValeurs'><rule context='$vue_elt'>
            <assert test="document($path_jdv)//code/@v = @v and $path_jdv_more">not in <value-of select='$path_jdv'/></assert>
            </rule></pattern>
            <let name='path_jdv_more' value='true()'/><let name='folder' value="'jdv/'"/>
            <pattern is-a='dansJeuDeValeurs'><param name='vue_elt' value='b | c[1]'/>
            <param name='path_jdv' value="concat($folder, 'c.xml')"/></pattern>
            """, on: "<a><b v='1'/><b v='2'/><c v='3'/><c v='4'/></a>", files: ["jdv/c.xml": "<c><code v='1'/></c>"])
        #expect(report.texts == ["not in jdv/c.xml", "not in jdv/c.xml"])
        #expect(report.firedRules == 3)
    }

    @Test("Asserts that can never fail: the text 'false' of a castable as xs:anyURI is true")
    func neverFailing() throws {
        let body = """
            <pattern><rule context='a'><assert test='string(@value castable as xs:anyURI)'>never</assert>
            <assert test='@value castable as xs:integer'>ever</assert></rule></pattern>
            """
        #expect(try judge(body, on: "<a value='%% not a uri'/>").texts == ["ever"])
        #expect(try judge(body, on: "<a/>").texts == ["ever"])
    }

    @Test("An unmatched [ and a placeholder %%2 in a message stay as written")
    func messages() throws {
        let report = try judge(
            "<pattern><rule context='a'><assert test='0'>[x %%2 {y} <name/></assert></rule></pattern>", on: "<a/>")
        #expect(report.texts == ["[x %%2 {y} a"])
    }

    @Test("observation/count(x) <= 1 holds for some count, and fails where there is no observation")
    func countStep() throws {
        let body = "<pattern><rule context='a'><assert test='o/count(x) &lt;= 1'>no</assert></rule></pattern>"
        #expect(try judge(body, on: "<a><o><x/><x/></o><o/></a>").texts.isEmpty)
        #expect(try judge(body, on: "<a><o><x/><x/></o></a>").texts == ["no"])
        #expect(try judge(body, on: "<a/>").texts == ["no"])
    }

    @Test("act/(a and b) as a test: one act has a truth, several are FORG0006, none is false")
    func conditionStep() throws {
        let body = "<pattern><rule context='a'><assert test='o/(x and y)'>no</assert></rule></pattern>"
        #expect(try judge(body, on: "<a><o><x/><y/></o></a>").texts.isEmpty)
        #expect(try judge(body, on: "<a><o><x/></o></a>").texts == ["no"])
        #expect(try judge(body, on: "<a/>").texts == ["no"])
        #expect(try judge(body, on: "<a><o/><o/></a>").codes == ["FORG0006"])
    }

    @Test("@value >= 0 on 'abc' is FORG0001 in XPath 2.0 and false in 1.0")
    func untypedNumbers() throws {
        let body = "<pattern><rule context='a'><assert test='@value >= 0'>no</assert></rule></pattern>"
        #expect(try judge(body, on: "<a value='abc'/>").codes == ["FORG0001"])
        #expect(try judge(body, on: "<a value='abc'/>", attributes: "queryBinding='xslt'").texts == ["no"])
        #expect(try judge(body, on: "<a value=' 1 '/>").texts.isEmpty)
    }

    @Test("substring(effectiveTime/@value, …) with two of them is XPTY0004, and the first in XPath 1.0")
    func twoValues() throws {
        let body =
            "<pattern><rule context='a'><assert test=\"substring(t/@v, 1, 4) = '2024'\">no</assert></rule></pattern>"
        let document = "<a><t v='2024'/><t v='2025'/></a>"
        #expect(try judge(body, on: document).codes == ["XPTY0004"])
        #expect(try judge(body, on: document, attributes: "queryBinding='xslt'").texts.isEmpty)
        #expect(try judge(body, on: "<a><t v='2025'/></a>").texts == ["no"])
    }

    @Test(
        "xsi:type compared as text fails for a prefixed value; resolve-QName takes it, and refuses an undeclared prefix"
    )
    func types() throws {
        let body = """
            <ns prefix='xsi' uri='http://www.w3.org/2001/XMLSchema-instance'/>
            <pattern><rule context='h:a'><report test="@xsi:type = 'CD'">text</report>
            <report test="resolve-QName(@xsi:type, .) = QName('urn:test', 'CD')">name</report></rule></pattern>
            """
        func document(_ type: String) -> String {
            "<c:a xmlns:c='urn:test' xmlns='urn:test' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='\(type)'/>"
        }
        #expect(try judge(body, on: document("CD")).texts == ["text", "name"])
        #expect(try judge(body, on: document("c:CD")).texts == ["name"])
        let undeclared = try judge(body, on: document("z:CD"))
        #expect(undeclared.texts.isEmpty)
        #expect(undeclared.codes == ["FONS0004"])
    }

    @Test("An auto-presentable document: relative contexts match below the stylesheet, those from / do not")
    func autoPresentable() throws {
        let body = """
            <pattern><rule context='/h:doc/h:x'><report test='1'>anchored</report></rule>
            <rule context='h:doc/h:x'><report test='1'>relative</report></rule></pattern>
            """
        #expect(try judge(body, on: "<doc xmlns='urn:test'><x/></doc>").texts == ["anchored"])
        let wrapped = "<s:stylesheet xmlns:s='urn:s'><doc xmlns='urn:test'><x/></doc></s:stylesheet>"
        #expect(try judge(body, on: wrapped).texts == ["relative"])
    }

    @Test("The kit's SVRL is not the norm's: no test, a date, a document, a stylesheet, the human path")
    func kitReport() throws {
        let report = try judge(
            "<title>T</title><pattern><rule context='p:b | b'><assert test='@x'>m</assert></rule></pattern><ns prefix='p' uri='urn:p'/>",
            on: "<a xmlns:q='urn:p'><b x=''/><q:b/><q:b/></a>", attributes: "queryBinding='xslt2' schemaVersion='v1'")
        func text(_ flavour: SVRLWriter.Flavour) -> String {
            String(
                decoding: SVRLWriter.bytes(report, flavour: flavour, documentName: "d.xml", date: "2026-01-01"),
                as: UTF8.self)
        }
        let kit = text(.kit)
        for part in [
            "<?xml-stylesheet ", "dateHeure=\"2026-01-01\"", "document=\"d.xml\"", "title=\"T\"",
            "schemaVersion=\"v1\"",
            "location=\"/a/q:b\"", "location=\"/a/q:b[2]\"",
        ] { #expect(kit.contains(part), "\(part) in \(kit)") }
        #expect(!kit.contains("test=\""))
        let norm = text(.iso)
        #expect(norm.contains("test=\"@x\""))
        #expect(norm.contains("location=\"/*:a[namespace-uri()=''][1]/*:b[namespace-uri()='urn:p'][2]\""))
        for part in ["dateHeure", "xml-stylesheet"] { #expect(!norm.contains(part)) }
    }

    @Test("The walk visits elements, comments and processing instructions, no attributes and no text")
    func walk() throws {
        let report = try judge(
            """
            <pattern><rule context='*'><report test='1'>element</report></rule></pattern>
            <pattern><rule context='comment()'><report test='1'>comment</report></rule></pattern>
            <pattern><rule context='processing-instruction()'><report test='1'>instruction</report></rule></pattern>
            """, on: "<a x='1'>text<b y='2'/><!-- c --><?p i?></a>")
        #expect(report.texts == ["element", "element", "comment", "instruction"])
        #expect(report.firedRules == 4)
    }

    @Test("The reference's walk in the default mode brings nothing: a text of the document stands in no report")
    func uselessWalk() throws {
        let report = try judge(
            "<pattern><rule context='a'><assert test='0'>m</assert></rule></pattern><pattern><rule context='z'/></pattern>",
            on: "<a>stray<b>text</b></a>")
        for flavour in [SVRLWriter.Flavour.iso, .kit] {
            let text = String(
                decoding: SVRLWriter.bytes(report, flavour: flavour, documentName: "d", date: ""), as: UTF8.self)
            #expect(!text.contains("stray") && text.contains(">m<"))
        }
    }

    @Test("Nothing is written beside the schema: the scripts' colle.sch and concret.sch clash, runs at once do not")
    func reentrance() async throws {
        let folder = try SchemaFolder([
            "x.sch": schemaText(Self.pattern("x")), "y.sch": schemaText(Self.pattern("y")), "d.xml": "<a/>",
        ])
        let path = folder.path
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<16 {
                group.addTask {
                    let name = index % 2 == 0 ? "x" : "y"
                    let runner = try SchematronRunner(schemaFile: "\(path)/\(name).sch", options: .init())
                    var text = ""
                    _ = runner.run(["\(path)/d.xml"]) { if case .report(let report) = $0 { text = report } }
                    return text.contains(": \(name) [")
                }
            }
            for try await isOwn in group { #expect(isOwn) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["d.xml", "x.sch", "y.sch"])
    }

    @Test("A schematron that does not exist, as the scripts' default, is told by name and leaves no empty report")
    func absentSchema() throws {
        let folder = try SchemaFolder(["d.xml": "<a/>"])
        let error = #expect(throws: SchematronError.self) {
            try SchematronRunner(schemaFile: folder.path + "/CI-SIS_StructurationCommuneCDAr2.sch", options: .init())
        }
        #expect(error?.code == .unreadable)
        #expect(error?.description.contains("CI-SIS_StructurationCommuneCDAr2.sch") == true)
    }
}
