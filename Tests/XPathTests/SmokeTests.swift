import Testing
import XML
import XPath

@Test("An expression adds")
func addition() throws {
    #expect(try XPathExpression("1 + 1").string(at: nil) == "2")
}
