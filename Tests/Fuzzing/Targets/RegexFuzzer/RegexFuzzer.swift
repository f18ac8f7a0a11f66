internal import XPath

private let expressions: [XPathExpression] = [
    "matches($text, $pattern, $flags)", "tokenize($text, $pattern, $flags)",
    "replace($text, $pattern, '[$0$1]', $flags)", "replace($text, $pattern, $flags)",
].compactMap { try? XPathExpression($0, variables: ["text", "pattern", "flags"]) }

/// Three lines, flags, pattern and text (the rest), through the functions that take a regular expression.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let parts = UnsafeBufferPointer(start: bytes, count: count)
        .split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count > 1 else { return 0 }
    var settings = XPathSettings()
    settings.maximumItems = 100_000
    settings.maximumSteps = 1_000_000
    settings.maximumTextLength = 1 << 20
    let variables = [
        "flags": XPathValue(parts[0]), "pattern": XPathValue(parts[1]),
        "text": XPathValue(parts.count > 2 ? parts[2] : ""),
    ]
    for expression in expressions {
        _ = try? expression.evaluate(at: nil, variables: variables, settings: settings)
    }
    return 0
}
