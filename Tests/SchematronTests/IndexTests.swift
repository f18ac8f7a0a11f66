import Schematron
import Testing
import XML
import XPath

/// The index of contexts finds what trying every context on every node finds.
@Suite("The index of contexts")
struct IndexTests {
    static let contexts = [
        "h:a", "h:b", "*", "h:a/h:b", "h:a//h:c", "/h:a", "/h:a/h:b", "//h:b", "h:b[1]", "h:b[2]", "h:b[last()]",
        "*[2]",
        "*[h:id/@root='1']", "*[h:id/@root='2' and @x]", "*['2' = h:id/@root][h:id]", "h:a[h:id/@root='1']",
        "*[h:id/@root='1' or @x]", "*[not(h:id/@root='1')]", "h:a/*[h:id/@root='2']", "*[h:id/@root='1']//*[h:id]",
        "h:a/*", "h:a/*[not(self::h:b | self::h:c)]", "h:b/*/h:c", "h:a/h:b/h:c", "h:b | h:c",
        "h:c | *[h:id/@root='2']",
        "*:b", "h:*", "comment()", "node()", "text()", "@x", "h:b/@*", "/", "h:a[@x='1']", "h:id[@root='1']",
        "processing-instruction()",
    ]

    @Test("A random schema fires on a random document as the slow way does", arguments: 0..<40)
    func agrees(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        var body = ""
        for _ in 0..<8 {
            let rules = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                let context = Self.contexts.randomElement(using: &random) ?? "*"
                return "<rule context=\"\(context)\"><assert test='true()'>x</assert></rule>"
            }
            body += "<pattern>" + rules.joined() + "</pattern>"
        }
        let report = try judge(body, on: "<?p?>" + element("a", 0, &random, isRoot: true))
        #expect(report.firings.map { "\($0.pattern) \($0.rule) \($0.node.index)" } == (try slowly(report)))
    }

    private func element(_ name: String, _ depth: Int, _ random: inout SplitMix, isRoot: Bool = false) -> String {
        var text = "<\(name)" + (isRoot ? " xmlns='urn:test'" : "")
        if Bool.random(using: &random) { text += " x='\(Int.random(in: 1...2, using: &random))'" }
        text += ">"
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            text += "<id root='\(Int.random(in: 1...2, using: &random))'/>"
        }
        if Int.random(in: 0..<4, using: &random) == 0 { text += "<!-- c -->t" }
        if depth < 5 {
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                text += element(["a", "b", "c"].randomElement(using: &random) ?? "a", depth + 1, &random)
            }
        }
        return text + "</\(name)>"
    }

    private func slowly(_ report: ValidationReport) throws -> [String] {
        let context = XPathStaticContext(namespaces: ["h": "urn:test"])
        let patterns = try report.schema.rules.map { try XPathPattern($0.rule.context, context: context) }
        let visited = visitedKinds(report.schema)
        var fired: [String] = []
        for pattern in report.schema.patterns.indices {
            for node in [report.document.root] + report.document.root.descendantsAndAttributes
            where visited.contains(node.kind) {
                let rule = try report.schema.rules.indices.first {
                    try report.schema.rules[$0].pattern == pattern && patterns[$0].matches(node)
                }
                if let rule { fired.append("\(pattern) \(rule) \(node.index)") }
            }
        }
        return fired
    }

    /// Attributes and texts are visited where a context may match one.
    private func visitedKinds(_ schema: BoundSchema) -> Set<NodeKind> {
        var kinds: Set<NodeKind> = [.document, .element, .comment, .processingInstruction]
        for context in schema.rules.map(\.rule.context) {
            if context.contains("@x") && !context.contains("[") || context.hasSuffix("@*") { kinds.insert(.attribute) }
            if context == "text()" { kinds.insert(.text) }
            if context == "node()" { kinds.formUnion([.attribute, .text]) }
        }
        return kinds
    }
}

extension Node {
    /// All nodes below this one, in document order.
    fileprivate var descendantsAndAttributes: [Node] {
        (attributes + children).flatMap { [$0] + $0.descendantsAndAttributes }
    }
}

/// The generator of Steele, Lea and Flood (2014): the same numbers for the same seed everywhere.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
