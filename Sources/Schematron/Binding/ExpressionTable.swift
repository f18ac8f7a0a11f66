internal import XPath

/// The compiled expressions of a schema, each distinct one once. All that the room asks of the XPath compiler is here.
struct ExpressionTable {
    private let context: XPathStaticContext
    private var indices: [String: Int32] = [:]
    private(set) var expressions: [XPathExpression] = []

    init(_ schema: SchematronSchema) {
        // The reference's skeleton declares these prefixes on the stylesheet that it makes.
        var namespaces = ["xsd": "http://www.w3.org/2001/XMLSchema"]
        for namespace in schema.namespaces { namespaces[namespace.prefix] = namespace.uri }
        context = XPathStaticContext(
            namespaces: namespaces, variables: nil, baseURI: schema.file,
            isXPath1Compatible: schema.queryBinding == .xslt, allowsXSLTFunctions: schema.queryBinding != .xpath2)
    }

    /// The index in `expressions` of an expression.
    ///
    /// - Parameter role: what the expression is, for messages: `the attribute test`.
    mutating func index(of source: String, _ role: String, _ place: SourcePlace) throws(SchematronError) -> Int32 {
        if let known = indices[source] { return known }
        do {
            expressions.append(try XPathExpression(source, context: context))
        } catch {
            throw Self.error(error, source, role, place)
        }
        let index = Int32(expressions.count - 1)
        indices[source] = index
        return index
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
