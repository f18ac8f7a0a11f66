internal import XML
internal import XPath

private let context = XPathStaticContext(
    namespaces: ["h": "urn:test", "svrl": "http://purl.oclc.org/dsdl/svrl"], variables: nil, allowsXSLTFunctions: true)

private let compatible = XPathStaticContext(
    namespaces: ["h": "urn:test"], variables: nil, isXPath1Compatible: true, allowsXSLTFunctions: true)

private let document = try? Document(
    parsing: Array(
        """
        <h:a xmlns:h="urn:test" i="1" t="2024-02-29"><b n="0.5">text</b><b n="-3"/><!-- c --><?p i?>
        <h:c xml:lang="fr"><d>a</d><d>b</d></h:c></h:a>
        """.utf8))

/// An expression: parsed and compiled, as expression and as match pattern; what compiles is evaluated under tight limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let source = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    var settings = XPathSettings()
    settings.currentTime = 1_700_000_000
    settings.maximumItems = 10_000
    settings.maximumSteps = 200_000
    settings.maximumTextLength = 1 << 20
    guard let document else { return 0 }
    for context in [context, compatible] {
        guard let expression = try? XPathExpression(source, context: context) else { continue }
        let value = try? expression.evaluate(at: document.documentElement, settings: settings)
        _ = value?.string
    }
    if let pattern = try? XPathPattern(source, context: context) {
        _ = try? pattern.matches(document.documentElement, settings: settings)
    }
    return 0
}
