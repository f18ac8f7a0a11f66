import Testing
import XML

@testable import XPath

/// A document from text.
func parsed(_ text: String) throws -> Document { try Document(parsing: Array(text.utf8)) }

/// The value of an expression as text, or the code of its error.
func outcome(
    _ expression: String, at node: Node? = nil, context: XPathStaticContext = .init(),
    variables: [String: XPathValue] = [:], host: (any XPathHost)? = nil, settings: XPathSettings = .init()
) -> String {
    do {
        var context = context
        if !variables.isEmpty { context.variables = Set(variables.keys) }
        let value = try XPathExpression(expression, context: context)
            .evaluate(at: node, variables: variables, host: host, settings: settings)
        return value.items.map { $0.string }.joined(separator: "|")
    } catch {
        return error.code.rawValue
    }
}

/// An expression and what it gives: its items joined by `|`, or an error code.
struct Case: Sendable, CustomTestStringConvertible {
    let expression: String
    let expected: String

    init(_ expression: String, _ expected: String) {
        self.expression = expression
        self.expected = expected
    }

    var testDescription: String { String(expression.prefix(120)) }
}
