import Testing
import XML

@Suite("XPath 1.0 queries")
struct PathQueryTests {
    private static let document =
        "<a:root xmlns:a='urn:a' n='3'><b>1</b><b>2</b><c xml:lang='fr'> x </c></a:root>"

    @Test(
        "give the value of their type",
        arguments: [
            ("count(//b) = 2", PathQuery.Value.boolean(true)), ("count(//b)", .number(2)),
            ("string(/p:root/@n)", .string("3")), ("//b", .nodes(["1", "2"])), ("//b[2] | //b[1]", .nodes(["1", "2"])),
            ("//d", .nodes([])), ("normalize-space(//c)", .string("x")), ("1 div 0", .number(.infinity)),
        ])
    func value(_ source: String, _ expected: PathQuery.Value) throws {
        let document = try Document(parsing: Array(Self.document.utf8))
        #expect(try PathQuery(source, namespaces: ["p": "urn:a"]).evaluate(document) == expected)
    }

    @Test(
        "have an effective boolean value",
        arguments: [
            (PathQuery.Value.boolean(true), true), (.boolean(false), false), (.number(0), false),
            (.number(.nan), false),
            (.number(-1), true), (.string(""), false), (.string("false"), true), (.nodes([]), false),
            (.nodes([""]), true),
        ])
    func truth(_ value: PathQuery.Value, _ expected: Bool) { #expect(value.isTrue == expected) }

    @Test(
        "that are wrong are refused when they are made",
        arguments: [
            "count(", "//a[", "", "q:root", "unknown()", "count(1)", "document('file:///etc/passwd')",
            "1 +", String(repeating: "(", count: 100_000),
        ])
    func refused(_ source: String) {
        #expect(throws: XMLError.self) { try PathQuery(source) }
    }

    @Test("end when the document makes them too long")
    func bounded() throws {
        let many = "<r>" + String(repeating: "<x><y/></x>", count: 4000) + "</r>"
        let document = try Document(parsing: Array(many.utf8))
        let query = try PathQuery("count(//x[count(//y[count(//x) > 0]) > 0])")
        #expect(throws: XMLError.self) { try query.evaluate(document) }
    }
}
