internal import Synchronization

/// What is known of an expression's surroundings before it is evaluated (XPath 2.0, 2.1.1).
public struct XPathStaticContext: Sendable {
    /// Namespace names by prefix. `xml`, `xs`, `fn` and `xsi` are always there unless they are bound to something else.
    public var namespaces: [String: String] { didSet { scope = Scope() } }
    /// The namespace of element and type names without a prefix.
    public var defaultElementNamespace: String { didSet { scope = Scope() } }
    /// The variables that may be used, by lexical name without `$`; nil allows any, and a missing one is a dynamic error.
    public var variables: Set<String>?
    /// The slot of each external variable, where the caller keeps their values in an order of its own.
    package var variableSlots: [String: Int] = [:]
    /// The URI that relative ones are resolved against.
    public var baseURI: String? { didSet { scope = Scope() } }
    /// XPath 1.0 compatibility mode (query binding `xslt`).
    public var isXPath1Compatible: Bool { didSet { scope = Scope() } }
    /// Whether XSLT's `document()`, `current()` and `generate-id()` are functions too, as in Schematron.
    public var allowsXSLTFunctions: Bool

    private var scope = Scope()

    /// What tells apart the names of one context from those of another, worked out once.
    private final class Scope: Sendable {
        private let key = Mutex<String?>(nil)

        func key(_ make: () -> String) -> String {
            key.withLock { key in
                if let key { return key }
                let made = make()
                key = made
                return made
            }
        }
    }

    /// The same text for contexts in which the same path means the same.
    var scopeKey: String {
        scope.key {
            let bindings = namespaces.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return bindings.joined(separator: " ") + "|" + defaultElementNamespace + "|" + (baseURI ?? "")
                + (isXPath1Compatible ? "|1|" : "|2|")
        }
    }

    /// Makes a static context.
    public init(
        namespaces: [String: String] = [:], defaultElementNamespace: String = "", variables: Set<String>? = [],
        baseURI: String? = nil, isXPath1Compatible: Bool = false, allowsXSLTFunctions: Bool = false
    ) {
        self.namespaces = namespaces
        self.defaultElementNamespace = defaultElementNamespace
        self.variables = variables
        self.baseURI = baseURI
        self.isXPath1Compatible = isXPath1Compatible
        self.allowsXSLTFunctions = allowsXSLTFunctions
    }

    /// The namespace name of a prefix, or nil.
    func namespace(of prefix: String) -> String? {
        if let declared = namespaces[prefix] { return declared }
        switch prefix {
        case "xml": return Namespaces.xml
        case "xs": return Namespaces.schema
        case "fn": return Namespaces.functions
        case "xsi": return "http://www.w3.org/2001/XMLSchema-instance"
        default: return nil
        }
    }
}

/// Namespace names that XPath itself knows.
enum Namespaces {
    static let xml = "http://www.w3.org/XML/1998/namespace"
    static let schema = "http://www.w3.org/2001/XMLSchema"
    static let functions = "http://www.w3.org/2005/xpath-functions"
    static let errors = "http://www.w3.org/2005/xqt-errors"
}
