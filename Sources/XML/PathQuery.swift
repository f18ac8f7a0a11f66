internal import CLibXML2

/// An XPath 1.0 expression, for assertions on messages: no function reaches a file or the network.
///
/// Evaluation runs on libxml2 under a limit of operations, so a hostile document cannot hold it.
public struct PathQuery: Sendable, Hashable {
    /// What an expression gave.
    public enum Value: Sendable, Hashable {
        case boolean(Bool)
        case number(Double)
        case string(String)
        /// The string values of the nodes, in document order; the first thousand.
        case nodes([String])

        /// The effective boolean value (XPath 1.0 §4.3).
        public var isTrue: Bool {
            switch self {
            case .boolean(let value): value
            case .number(let value): value != 0 && !value.isNaN
            case .string(let value): !value.isEmpty
            case .nodes(let values): !values.isEmpty
            }
        }
    }

    /// The expression.
    public let source: String
    private let namespaces: [String: String]
    private static let operationLimit: UInt = 20_000_000
    private static let nodeLimit = 1000

    /// An expression whose prefixes are those of `namespaces`.
    ///
    /// - Throws: `XMLError` with `path` where it does not parse, or names an undeclared prefix or unknown function.
    public init(_ source: String, namespaces: [String: String] = [:]) throws(XMLError) {
        self.source = source
        self.namespaces = namespaces
        // libxml2 compiles `count(` and unknown prefixes and functions: only evaluation tells them.
        _ = try evaluate(try Document(parsing: Array("<_/>".utf8)))
    }

    /// The value of the expression at the root of `document`.
    ///
    /// - Throws: `XMLError` with `path`: the limit of operations.
    public func evaluate(_ document: Document) throws(XMLError) -> Value {
        LibXML.start()
        let (value, errors) = LibXML.collecting { () -> Value? in
            guard let tree = LibXML.tree(document.source, name: "") else { return nil }
            defer { xmlFreeDoc(tree) }
            guard let context = xmlXPathNewContext(tree) else { return nil }
            defer { xmlXPathFreeContext(context) }
            context.pointee.opLimit = Self.operationLimit
            for (prefix, uri) in namespaces { xmlXPathRegisterNs(context, prefix, uri) }
            guard let object = xmlXPathEvalExpression(source, context) else { return nil }
            defer { xmlXPathFreeObject(object) }
            return Self.value(object)
        }
        guard let value else {
            throw XMLError(.path, "'\(source)': \(errors.first?.message ?? "it cannot be evaluated")")
        }
        return value
    }

    private static func value(_ object: xmlXPathObjectPtr) -> Value? {
        switch object.pointee.type {
        case XPATH_BOOLEAN: return .boolean(object.pointee.boolval != 0)
        case XPATH_NUMBER: return .number(object.pointee.floatval)
        case XPATH_STRING: return object.pointee.stringval.map { .string(String(cString: $0)) }
        case XPATH_NODESET:
            guard let set = object.pointee.nodesetval, let table = set.pointee.nodeTab else { return .nodes([]) }
            xmlXPathNodeSetSort(set)
            var values: [String] = []
            for index in 0..<min(Int(set.pointee.nodeNr), nodeLimit) {
                guard let text = table[index].flatMap({ xmlXPathCastNodeToString($0) }) else { continue }
                values.append(String(cString: text))
                cisis_xmlFree(text)
            }
            return .nodes(values)
        default: return nil
        }
    }
}
