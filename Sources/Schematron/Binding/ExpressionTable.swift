internal import XPath

/// The compiled expressions of a schema, each distinct one once. All that the room asks of the XPath compiler is here.
struct ExpressionTable {
    private let context: XPathStaticContext
    private var expressions: [String: XPathExpression] = [:]
    /// The uses without variables, which all may share.
    private var closedUses: [String: BoundSchema.Use] = [:]

    /// How many expressions there are.
    var count: Int { expressions.count }

    init(_ schema: SchematronSchema) {
        // The reference's skeleton declares these prefixes on the stylesheet that it makes.
        var namespaces = ["xsd": "http://www.w3.org/2001/XMLSchema"]
        for namespace in schema.namespaces { namespaces[namespace.prefix] = namespace.uri }
        context = XPathStaticContext(
            namespaces: namespaces, variables: nil, baseURI: schema.file,
            isXPath1Compatible: schema.queryBinding == .xslt, allowsXSLTFunctions: schema.queryBinding != .xpath2)
    }

    /// The expression of a text.
    ///
    /// - Parameter role: what the expression is, for messages: `the attribute test`.
    mutating func expression(
        _ source: String, _ role: String, _ place: SourcePlace
    ) throws(SchematronError) -> XPathExpression {
        if let known = expressions[source] { return known }
        do {
            let expression = try XPathExpression(source, context: context)
            expressions[source] = expression
            return expression
        } catch {
            throw Self.error(error, source, role, place)
        }
    }

    /// An expression with the variables that it uses.
    mutating func use(_ expression: XPathExpression, _ variables: [Int32]) -> BoundSchema.Use {
        guard variables.isEmpty else { return BoundSchema.Use(expression, variables) }
        if let known = closedUses[expression.source] { return known }
        let use = BoundSchema.Use(expression, [])
        closedUses[expression.source] = use
        return use
    }

    /// A match pattern.
    func pattern(_ source: String, _ place: SourcePlace) throws(SchematronError) -> XPathPattern {
        do {
            return try XPathPattern(source, context: context)
        } catch {
            throw Self.error(error, source, "the attribute context", place)
        }
    }

    private static func error(
        _ error: XPathError, _ source: String, _ role: String, _ place: SourcePlace
    ) -> SchematronError {
        var excerpt = source
        if let span = error.span, span.lowerBound >= 0, span.upperBound <= source.utf8.count, !span.isEmpty {
            excerpt = String(decoding: Array(source.utf8)[span], as: UTF8.self)
        }
        if excerpt.unicodeScalars.count > 80 {
            excerpt = String(String.UnicodeScalarView(excerpt.unicodeScalars.prefix(80))) + "…"
        }
        return SchematronError(
            SchematronError.Code(rawValue: error.code.rawValue), "\(role): \(error.message), at '\(excerpt)'", at: place
        )
    }
}
