import Testing
import XML

@testable import XPath

@Suite("A name that is found in another namespace alone is hinted at")
struct NamespaceHintTests {
    @Test(
        "A hint",
        arguments: [
            ("//section", "section"), ("/doc", "doc"), ("count(//p:doc[section = 1])", "section"),
            ("for $x in /p:doc return $x/section + 1", "section"), ("some $x in //both, $y in //one satisfies $y", nil),
            ("//p:section", nil), ("//both", nil), ("//none", nil), ("//*:section", nil), ("//@section", nil),
            ("1 + 1", nil),
        ] as [(String, String?)])
    func hint(_ expression: String, _ name: String?) throws {
        let document = try parsed(
            "<doc xmlns='urn:x' section=''><section><both/></section><both xmlns=''/><one xmlns=''/></doc>")
        let hint = try XPathExpression(expression, namespaces: ["p": "urn:x"]).namespaceHint(in: document)
        #expect((hint == nil) == (name == nil))
        if let name {
            #expect(hint?.contains("'\(name)'") == true)
            #expect(hint?.contains("'urn:x'") == true)
            #expect(hint?.hasSuffix("p:\(name)") == true)
        }
    }

    @Test("With a default element namespace there is none")
    func defaultNamespace() throws {
        let document = try parsed("<doc xmlns='urn:x'/>")
        #expect(try XPathExpression("/doc", defaultElementNamespace: "urn:y").namespaceHint(in: document) == nil)
        #expect(try XPathExpression("/doc").namespaceHint(in: document) != nil)
    }
}
