/// An ISO Schematron schema (ISO/IEC 19757-3) as written, includes in their place, before expansion and binding.
public struct SchematronSchema: Sendable {
    /// The language of the expressions.
    public enum QueryBinding: String, Sendable {
        case xslt, xslt2, xpath2
    }

    /// The path relative to the root.
    public internal(set) var file = ""
    public internal(set) var title = ""
    public internal(set) var schemaVersion = ""
    public internal(set) var queryBinding = QueryBinding.xslt
    public internal(set) var defaultPhase: String?
    /// The `ns` declarations in order.
    public internal(set) var namespaces: [(prefix: String, uri: String)] = []
    public internal(set) var lets: [SchemaLet] = []
    public internal(set) var phases: [SchemaPhase] = []
    public internal(set) var patterns: [SchemaPattern] = []
    /// Abstract rules that stand outside a pattern (`rules` of ISO 2016).
    public internal(set) var looseRules: [SchemaRule] = []
    public internal(set) var diagnostics: [SchemaDiagnostic] = []
    public internal(set) var properties: [SchemaDiagnostic] = []
    /// Where declarations of XSLT stand that are left out: `xsl:key`, `xsl:function` and their like.
    var leftOut: [SourcePlace] = []
    /// What was odd while it was read.
    public internal(set) var notes: [SchemaNote] = []
    /// All files read, in order: path relative to the root.
    public internal(set) var files: [String] = []
}

/// A `let`: a name for a value.
public struct SchemaLet: Sendable {
    public let name: String
    /// The expression; nil where the element's text is the value.
    public internal(set) var value: String?
    public let text: String
    public let place: SourcePlace
}

/// A `phase`: the patterns that are active together.
public struct SchemaPhase: Sendable {
    public let id: String
    public let active: [(pattern: String, place: SourcePlace)]
    public let lets: [SchemaLet]
    public let place: SourcePlace
}

/// A `pattern`.
public struct SchemaPattern: Sendable {
    public internal(set) var id: String?
    public internal(set) var title: String
    /// The paragraphs, in order.
    public internal(set) var paragraphs: [String]
    public internal(set) var isAbstract: Bool
    /// The abstract pattern that this one is an instance of.
    public internal(set) var isA: String?
    public internal(set) var parameters: [(name: String, value: String)]
    public internal(set) var lets: [SchemaLet]
    public internal(set) var rules: [SchemaRule]
    /// `documents`: an expression whose value names the documents to be judged in place of the given one.
    public internal(set) var documents: String?
    public internal(set) var place: SourcePlace
}

/// A `rule`: what holds for the nodes of its context.
public struct SchemaRule: Sendable {
    /// What a rule holds, in order.
    public enum Item: Sendable {
        case variable(SchemaLet)
        case check(SchemaAssertion)
        case extends(rule: String, place: SourcePlace)
    }

    public internal(set) var id: String?
    public internal(set) var isAbstract: Bool
    public internal(set) var context: String
    public internal(set) var annotation: SchemaAnnotation
    public internal(set) var items: [Item]
    public internal(set) var place: SourcePlace
}

/// The attributes that rules and assertions have in common: they are carried through to the report.
public struct SchemaAnnotation: Sendable, Hashable {
    public var role: String?
    public var flag: String?
    public var see: String?
    public var fpi: String?
    public var icon: String?
    public var language: String?
    /// An expression for the node that the outcome is said of.
    public var subject: String?

    public init() {}
}

/// An `assert` or a `report`.
public struct SchemaAssertion: Sendable {
    public enum Kind: String, Sendable {
        /// Fails where the test is false.
        case assert
        /// Speaks where the test is true.
        case report
    }

    public let kind: Kind
    public internal(set) var id: String?
    public internal(set) var test: String
    public internal(set) var annotation: SchemaAnnotation
    public internal(set) var message: [MessagePart]
    /// The ids of diagnostics.
    public let diagnostics: [String]
    /// The ids of properties.
    public let properties: [String]
    public let place: SourcePlace
}

/// A `diagnostic` or a `property`.
public struct SchemaDiagnostic: Sendable {
    public let id: String
    public let language: String?
    public internal(set) var message: [MessagePart]
    public let place: SourcePlace
}

/// A piece of a message.
public enum MessagePart: Sendable {
    case text(String)
    /// `value-of`: the value of an expression.
    case value(select: String, place: SourcePlace)
    /// `name`: the name of the node at `path`, of the context node where nil.
    case name(path: String?, place: SourcePlace)
}
