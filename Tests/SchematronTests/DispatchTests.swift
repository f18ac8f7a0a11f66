import Schematron
import Testing
import XML

@Suite("Which rules fire")
struct DispatchTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let patterns: String
        var document = "<a xmlns='urn:test'><b/><c/></a>"
        let fired: [String]
    }

    private static func rule(_ context: String) -> String {
        "<rule context=\"\(context)\"><assert test=\"true()\">never</assert></rule>"
    }

    static let cases: [Case] = [
        Case(
            testDescription: "the first rule of a pattern whose context matches wins",
            patterns: "<pattern>" + rule("h:b") + rule("h:*") + "</pattern>",
            fired: ["0 h:*", "0 h:b", "0 h:*"]),
        Case(
            testDescription: "an alternative of an earlier rule wins over a later rule",
            patterns: "<pattern>" + rule("h:b | h:c") + rule("h:c") + "</pattern>",
            fired: ["0 h:b | h:c", "0 h:b | h:c"]),
        Case(
            testDescription: "each pattern has its own winner, and patterns are told one after the other",
            patterns: "<pattern>" + rule("h:b") + "</pattern><pattern>" + rule("h:a") + rule("h:b") + "</pattern>",
            fired: ["0 h:b", "1 h:a", "1 h:b"]),
        Case(
            testDescription: "a rule whose two alternatives match fires once",
            patterns: "<pattern>" + rule("h:b | h:a/h:b") + "</pattern>", fired: ["0 h:b | h:a/h:b"]),
        Case(
            testDescription: "the document node is a context",
            patterns: "<pattern>" + rule("/") + "</pattern>", fired: ["0 /"]),
        Case(
            testDescription: "a relative context is not anchored",
            patterns: "<pattern>" + rule("h:a/h:b") + rule("/h:b") + "</pattern>",
            document: "<x xmlns='urn:test'><a><b/></a></x>", fired: ["0 h:a/h:b"]),
        Case(
            testDescription: "a child with an attribute value is a key",
            patterns: "<pattern>" + rule("*[h:id/@root='1' and @x]") + rule("*[h:id/@root=&quot;2&quot;]")
                + "</pattern>",
            document:
                "<a xmlns='urn:test'><b x=''><id root='2'/><id root='1'/></b><c><id root='1'/><id root='2'/></c></a>",
            fired: ["0 *[h:id/@root='1' and @x]", "0 *[h:id/@root=\"2\"]"]),
        Case(
            testDescription: "a context below another context with a key",
            patterns: "<pattern>" + rule("*[h:id/@root='1']//*[h:id/@root='2']") + "</pattern>",
            document: "<a xmlns='urn:test'><id root='1'/><b><c><id root='2'/></c></b><id root='2'/></a>",
            fired: ["0 *[h:id/@root='1']//*[h:id/@root='2']"]),
        Case(
            testDescription: "any child of a named parent",
            patterns: "<pattern>" + rule("h:a/*[not(self::h:b)]") + "</pattern>", fired: ["0 h:a/*[not(self::h:b)]"]),
        Case(
            testDescription: "a position counts the siblings that pass the test",
            patterns: "<pattern>" + rule("h:b[2]") + "</pattern>",
            document: "<a xmlns='urn:test'><b/><c/><b/><b/></a>", fired: ["0 h:b[2]"]),
        Case(
            testDescription: "an error in a context is no match",
            patterns: "<pattern>" + rule("h:b[@n cast as xs:integer = 1]") + rule("h:b") + "</pattern>",
            document: "<a xmlns='urn:test'><b n='x'/><b n='1'/></a>",
            fired: ["0 h:b", "0 h:b[@n cast as xs:integer = 1]"]),
        Case(
            testDescription: "comments and processing instructions are visited",
            patterns: "<pattern>" + rule("comment()") + rule("processing-instruction(p)") + "</pattern>",
            document: "<?p x?><a><!-- x --></a>", fired: ["0 processing-instruction(p)", "0 comment()"]),
        Case(
            testDescription: "an attribute is visited where a context can match it",
            patterns: "<pattern>" + rule("@n") + "</pattern>", document: "<a n='1' m='2'/>", fired: ["0 @n"]),
        Case(
            testDescription: "a context without a match fires nothing",
            patterns: "<pattern>" + rule("h:z") + rule("b") + "</pattern>", fired: []),
    ]

    @Test("Contexts select", arguments: cases)
    func fires(_ item: Case) throws {
        let report = try judge(item.patterns, on: item.document)
        #expect(report.fired == item.fired)
        #expect(report.firedRules == item.fired.count)
    }

    @Test("The digest is over pattern, context and line feed in order")
    func digest() throws {
        let report = try judge("<pattern>" + Self.rule("h:b") + "</pattern>", on: "<b xmlns='urn:test'/>")
        // printf '0\th:b\n' | sha1sum
        #expect(report.firedSHA1 == "2cc388d6b4d00470cf5bf7d348fe9b826caf2a86")
    }
}
