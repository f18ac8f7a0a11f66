import Foundation
import Schematron
import Testing
import XML

@Suite("Reports")
struct ReportTests {
    static let body = """
        <title>T</title><pattern id='p'><title>P</title><rule context='b' role='warning'>
        <assert id='one' test='@n = "1"' see='urn:x'>n is <value-of select='@n'/></assert>
        <assert test='@m + 1 = 2'>m</assert></rule></pattern>
        """
    static let document = "<a>\n<b n='1' m='1'/>\n<b n='2' m='x'/></a>"

    @Test("SVRL of the norm gives tests and locations that are expressions")
    func svrl() throws {
        let report = try judge(Self.body, on: Self.document)
        let text = String(decoding: SVRLWriter.bytes(report, documentName: "d.xml"), as: UTF8.self)
        for part in [
            #"<svrl:ns-prefix-in-attribute-values uri="urn:test" prefix="h"/>"#, #"name="P""#,
            #"<svrl:fired-rule context="b" role="warning"/>"#, #"test="@n = &quot;1&quot;""#, #"id="one""#,
            #"location="/*:a[namespace-uri()=''][1]/*:b[namespace-uri()=''][2]""#, "<svrl:text>n is 2</svrl:text>",
            #"code="FORG0001""#,
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test("SVRL of the kit gives human locations and no tests")
    func kitSVRL() throws {
        let report = try judge(Self.body, on: Self.document)
        let bytes = SVRLWriter.bytes(report, flavour: .kit, documentName: "d.xml", date: "2026-01-01")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(#"location="/a/b[2]""#))
        #expect(text.contains(#"document="d.xml" dateHeure="2026-01-01""#))
        #expect(!text.contains("test="))
    }

    @Test("A line of JSON has the members of the contract")
    func json() throws {
        let report = try judge(Self.body, on: Self.document)
        let data = Data(JSONLinesWriter.line(report, document: "d").utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["doc"] as? String == "d")
        #expect(object["sch"] as? String == "main")
        #expect(object["phase"] is NSNull)
        #expect(object["patterns"] as? Int == 1)
        #expect(object["firedRules"] as? Int == 2)
        #expect(object["asserts"] as? Int == 1)
        #expect(object["reports"] as? Int == 0)
        let result = try #require((object["results"] as? [[String: Any]])?.first)
        #expect(result["k"] as? String == "assert")
        #expect(result["pi"] as? Int == 0)
        #expect(result["p"] as? String == "p")
        #expect(result["c"] as? String == "b")
        #expect(result["t"] as? String == "@n = \"1\"")
        #expect(result["l"] as? String == "/a/b[2]")
        #expect(result["x"] as? String == "n is 2")
        #expect(result["line"] as? Int == 3)
        #expect((object["indeterminate"] as? [[String: Any]])?.first?["code"] as? String == "FORG0001")
    }

    @Test("Text is for a reader, in two languages")
    func text() throws {
        let report = try judge(Self.body, on: Self.document)
        let french = TextWriter.text(report, file: "d.xml", language: .french)
        #expect(french.contains("d.xml:3: avertissement: n is 2 [one]\n    /a/b[2]\n"))
        #expect(french.contains("d.xml: non concluant"))
        #expect(TextWriter.text(report, file: "d.xml", language: .english).contains("d.xml:3: warning: n is 2 [one]"))
    }
}
