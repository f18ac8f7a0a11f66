internal import Cryptography
internal import Synchronization
internal import XPath

/// A schema made ready to judge documents: one phase chosen, abstract things expanded, all expressions compiled.
///
/// It never changes and is shared by threads. Expressions that occur more than once are compiled once.
///
///     let library = SchemaLibrary(root: "kit/schematrons")
///     let schema = try BoundSchema(reading: "profils/IHE.sch", in: library)
///     let report = Validator(schema).validate(document)
public final class BoundSchema: Sendable {
    /// An active pattern.
    public struct Pattern: Sendable {
        /// The id as written.
        public let id: String?
        /// The title, white space normalized.
        public let title: String
        /// The paragraphs, white space normalized.
        public let paragraphs: [String]
        /// The names of the documents to be judged in place of the given one.
        let documents: Use?
    }

    /// A rule that may fire.
    public struct Rule: Sendable {
        /// The rule as expanded.
        public let rule: SchemaRule
        /// The index in `patterns`.
        public let pattern: Int
        /// The indices in `checks`.
        public let checks: Range<Int>
        /// The indices in `locals` of its variables.
        let locals: Range<Int>
    }

    /// An assert or report of a rule.
    public struct Check: Sendable {
        /// The assertion as expanded.
        public let assertion: SchemaAssertion
        /// The index in `rules`.
        public let rule: Int
        let test: Use
        let message: [MessagePiece]
        /// What `subject` of the assertion or of its rule selects.
        let subject: Use?
        let diagnostics: [(id: String, message: [MessagePiece])]
        let properties: [(id: String, message: [MessagePiece])]
    }

    /// An expression with the variables that it uses, each by its index: `globals` from 0 on, `~index` in `locals`.
    final class Use: Sendable {
        let expression: XPathExpression
        let variables: [Int32]

        init(_ expression: XPathExpression, _ variables: [Int32]) {
            self.expression = expression
            self.variables = variables
        }
    }

    /// A variable of a rule.
    enum Local: Sendable {
        case value(Use)
        /// A part of a test that was taken out of it.
        case lookup(Lookup)
        case twins(Twins)
    }

    /// What judging reads of a rule: no more than numbers.
    struct RuleSpan: Sendable {
        let checks: Range<Int>
        let locals: Range<Int>
    }

    /// A piece of a message, compiled.
    enum MessagePiece: Sendable {
        case text(String)
        case value(Use)
    }

    /// The schema as expanded, inactive patterns included.
    public let source: SchematronSchema
    /// The path relative to the root, without extension.
    public let name: String
    /// The phase that was chosen; nil where all patterns are active.
    public let phase: String?
    /// The active patterns in the order of the schema.
    public let patterns: [Pattern]
    /// The rules, pattern by pattern.
    public let rules: [Rule]
    /// The asserts and reports, rule by rule.
    public let checks: [Check]
    /// What was odd while the schema was read and bound.
    public let notes: [SchemaNote]

    let library: SchemaLibrary
    /// The count of distinct expressions.
    public let expressionCount: Int
    let globals: [Use]
    let locals: [Local]
    let index: RuleIndex
    /// By rule.
    let spans: [RuleSpan]
    /// By check: its test, and whether it speaks where that is true.
    let tests: [Use]
    let speaksIfTrue: [Bool]
    private let identifiers = Mutex<[String]>([])

    /// The title, white space normalized.
    public var title: String { source.title }
    /// The attribute `schemaVersion`.
    public var schemaVersion: String { source.schemaVersion }
    /// The `ns` declarations in order.
    public var namespaces: [(prefix: String, uri: String)] { source.namespaces }

    /// Binds a schema.
    ///
    /// - Parameters:
    ///   - phase: the phase to be run; `#ALL` for all patterns, nil or `#DEFAULT` for the schema's default phase.
    ///   - library: where the expressions look documents up.
    ///
    /// Throws where the phase is unknown or an expression is wrong; the code is then that of the XPath norm.
    public convenience init(
        _ schema: SchematronSchema, phase: String? = nil, library: SchemaLibrary
    ) throws(SchematronError) {
        var binder = try Binder(schema, phase: phase, library: library)
        try binder.bind()
        self.init(binder)
    }

    /// Reads the schema `path`, relative to the library's root, and binds it.
    public convenience init(
        reading path: String, phase: String? = nil, in library: SchemaLibrary
    ) throws(SchematronError) {
        try self.init(SchematronSchema(reading: path, in: library), phase: phase, library: library)
    }

    private init(_ binder: Binder) {
        source = binder.schema
        let file = binder.schema.file
        name = file.hasSuffix(".sch") ? String(file.dropLast(4)) : file
        phase = binder.phase
        patterns = binder.patterns
        rules = binder.rules
        checks = binder.checks
        notes = binder.schema.notes + binder.notes
        library = binder.library
        expressionCount = binder.table.count
        globals = binder.globals
        locals = binder.locals
        index = binder.index
        spans = binder.rules.map { RuleSpan(checks: $0.checks, locals: $0.locals) }
        tests = binder.checks.map(\.test)
        speaksIfTrue = binder.checks.map { $0.assertion.kind == .report }
    }

    /// A name for an assert or report that stays the same in another edition of the schema as long as neither its
    /// context nor its test changes: its own id, else one made from both. Repetitions are numbered.
    public func stableID(ofCheck check: Int) -> String {
        identifiers.withLock { identifiers in
            if identifiers.isEmpty { identifiers = makeIdentifiers() }
            return identifiers[check]
        }
    }

    private func makeIdentifiers() -> [String] {
        var seen: [String: Int] = [:]
        return checks.map { check in
            let assertion = check.assertion
            var stem = assertion.id ?? ""
            if stem.isEmpty {
                let text = [assertion.kind.rawValue, rules[check.rule].rule.context, assertion.test]
                    .map(Blanks.normalized).joined(separator: "\n")
                stem = "\(assertion.kind.rawValue)-" + MessageDigest.hexadecimal(of: Array(text.utf8), .sha1).prefix(10)
            }
            let count = (seen[stem] ?? 0) + 1
            seen[stem] = count
            return count == 1 ? stem : "\(stem)-\(count)"
        }
    }
}
