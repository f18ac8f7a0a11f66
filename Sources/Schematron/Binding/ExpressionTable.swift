internal import XPath

/// The compiled expressions of a schema, each distinct one once. All that the room asks of the XPath compiler is here.
struct ExpressionTable {
    private let context: XPathStaticContext
    /// Where the schema holds declarations that are left out, the first one.
    private let leftOut: SourcePlace?
    private var entries: [String: Entry] = [:]

    /// An expression and its use without variables, which all may share.
    private final class Entry {
        let expression: XPathExpression
        lazy var closedUse = BoundSchema.Use(expression, [])

        init(_ expression: XPathExpression) { self.expression = expression }
    }

    /// How many expressions there are.
    var count: Int { entries.count }

    init(_ schema: SchematronSchema) {
        // The reference's skeleton declares these prefixes on the stylesheet that it makes.
        var namespaces = ["xsd": "http://www.w3.org/2001/XMLSchema"]
        for namespace in schema.namespaces { namespaces[namespace.prefix] = namespace.uri }
        leftOut = schema.leftOut.first
        context = XPathStaticContext(
            namespaces: namespaces, variables: nil, baseURI: schema.file,
            isXPath1Compatible: schema.queryBinding == .xslt, allowsXSLTFunctions: schema.queryBinding != .xpath2)
    }

    /// The expression of a text, with the variables that it uses.
    ///
    /// - Parameters:
    ///   - role: what the expression is, for messages: `the attribute test`.
    ///   - resolve: gives the variables of these names.
    mutating func use(
        _ source: String, _ role: String, _ place: SourcePlace,
        _ resolve: ([String]) throws(SchematronError) -> [Int32]
    ) throws(SchematronError) -> BoundSchema.Use {
        let entry = try entry(source, role, place)
        let names = entry.expression.variableNames
        return names.isEmpty ? entry.closedUse : BoundSchema.Use(entry.expression, try resolve(names))
    }

    private mutating func entry(
        _ source: String, _ role: String, _ place: SourcePlace
    ) throws(SchematronError) -> Entry {
        if let known = entries[source] { return known }
        do {
            let entry = Entry(try XPathExpression(source, context: context))
            entries[source] = entry
            return entry
        } catch {
            if let entry = try? failing(error) {
                entries[source] = entry
                return entry
            }
            throw Self.error(error, source, role, place)
        }
    }

    /// In place of an expression that calls what a declaration that is left out may have made: one that fails when it is
    /// evaluated, so that what needs it is not judged and all else is.
    private func failing(_ error: XPathError) throws(XPathError) -> Entry? {
        guard let leftOut, error.code == "XPST0017" else { return nil }
        let message = "\(error.message); a declaration of XSLT is left out at \(leftOut)"
            .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        let source = "error(QName('http://www.w3.org/2005/xqt-errors', 'err:XPST0017'), '\(message)')"
        return Entry(try XPathExpression(source, context: context))
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
