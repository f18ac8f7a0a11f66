import Schematron
import Testing
import XML

/// Declarations of XSLT that the query bindings of XSLT let a schema hold.
@Suite("What is left out of a schema is told")
struct LeftOutTests {
    private static let xsl = "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"
    private static let rule = """
        <pattern><rule context='a'><assert test="key('k', @n)">by key</assert><assert test='@n = 2'>by value</assert>
        <assert test='1'>holds</assert></rule></pattern>
        """

    @Test(
        "A key or a function of XSLT is named with its line, and only the asserts that call it are not judged",
        arguments: [
            ("<xsl:key name='k' match='b' use='@n' \(xsl)/>", "xsl:key 'k'"),
            ("<key name='k' match='b' path='@n'/>", "key 'k'"),
            ("<xsl:function name='h:f' \(xsl)><xsl:param name='x'/></xsl:function>", "xsl:function 'h:f'"),
        ])
    func declarations(_ declaration: String, _ name: String) throws {
        let report = try judge(declaration + Self.rule, on: "<a n='1'/>")
        #expect(report.texts == ["by value"])
        #expect(report.codes == ["XPST0017"])
        #expect(report.indeterminate.first?.message.contains("'key'") == true)
        #expect(report.indeterminate.first?.message.contains("main.sch:3:") == true)
        #expect(report.schema.notes.map(\.code) == [.unknownElement])
        #expect(report.schema.notes.first?.message.contains(name) == true)
        #expect(report.schema.notes.first?.place.line == 3)
        #expect(try judge(declaration + Self.rule, on: "<a n='2'/>").verdict == .inconclusive)
    }

    @Test("Without such a declaration an unknown function is a fault of the schema, and other elements are no matter")
    func unknownFunction() throws {
        for before in ["", "<x:note xmlns:x='urn:x'/>"] {
            let error = #expect(throws: SchematronError.self) { try judge(before + Self.rule, on: "<a/>") }
            #expect(error?.code.rawValue == "XPST0017")
            #expect(error?.place.line == 3)
        }
    }

    @Test("A declaration that nothing calls is told and harms nothing")
    func unused() throws {
        let report = try judge(
            "<xsl:key name='k' match='b' use='@n' \(Self.xsl)/><pattern><rule context='a'><assert test='@n'>x</assert></rule></pattern>",
            on: "<a n='1'/>")
        #expect(report.verdict == .pass)
        #expect(report.schema.notes.count == 1)
    }
}
