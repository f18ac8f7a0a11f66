public import XML

/// What one schema says of one document.
public struct ValidationReport: Sendable {
    /// A rule that fired on a node.
    public struct Firing: Sendable, Hashable {
        /// The index of the pattern among the active ones.
        public let pattern: Int32
        /// The index in `BoundSchema.rules`.
        public let rule: Int32
        /// The context node.
        public let node: Node
    }

    /// An assert that failed or a report that spoke.
    public struct Outcome: Sendable {
        /// The index in `firings`.
        public let firing: Int
        /// The index in `BoundSchema.checks`.
        public let check: Int
        /// The node that it is said of: the context node, or what `subject` selects.
        public let node: Node
        /// The message, white space normalized.
        public let text: String
        /// The messages of the diagnostics that the assertion names.
        public let diagnostics: [(id: String, text: String)]
        /// The messages of the properties that the assertion names.
        public let properties: [(id: String, text: String)]
    }

    /// An assert, report or rule that could not be judged: an error arose while it was evaluated.
    public struct Indeterminate: Sendable {
        /// The index in `firings`; nil where the rule's context itself failed.
        public let firing: Int?
        /// The index in `BoundSchema.checks`; nil where no single check is meant.
        public let check: Int?
        public let node: Node
        /// The code of the norm: `FODC0002`.
        public let code: String
        /// What happened and what to do.
        public let message: String
        /// Whether the schema's files are at fault, not the document: a file that the pack lacks.
        public let isPackDefect: Bool
    }

    public let document: Document
    public let schema: BoundSchema
    /// In the order of the reference: pattern by pattern, each in document order.
    public internal(set) var firings: [Firing]
    /// In the order of `firings`, then as written in the rule.
    public internal(set) var outcomes: [Outcome]
    public internal(set) var indeterminate: [Indeterminate]
    /// What was odd about the schema's files while this document was judged: look-ups that are absent.
    public internal(set) var notes: [SchemaNote]
    /// The steps that the evaluation of the schema's expressions took, see `ValidationLimits`.
    public internal(set) var steps = 0
    /// Strict mode: the error that stopped the schema, as it would stop the reference.
    public internal(set) var error: String?

    /// The count of rules that fired.
    public var firedRules: Int { firings.count }
    /// The count of failed asserts.
    public var failedAsserts: Int { outcomes.lazy.filter { self.assertion(of: $0).kind == .assert }.count }
    /// The count of reports that spoke.
    public var successfulReports: Int { outcomes.count - failedAsserts }

    /// The assertion of an outcome.
    public func assertion(of outcome: Outcome) -> SchemaAssertion { schema.checks[outcome.check].assertion }

    /// The stable id of the assertion of an outcome.
    public func stableID(of outcome: Outcome) -> String { schema.stableID(ofCheck: outcome.check) }

    /// The rule that an outcome belongs to.
    public func rule(of outcome: Outcome) -> SchemaRule { schema.rules[Int(firings[outcome.firing].rule)].rule }

    /// The SHA-1 of the lines `pattern TAB context LF` of all firings in order: two runs that fired the same agree.
    public var firedSHA1: String { FiredDigest.hexadecimal(self) }
}

extension ValidationReport {
    /// How much an outcome weighs, from `role` or `flag` of its assertion, else of its rule.
    public enum Severity: String, Sendable, CaseIterable {
        case error, warning, information

        init(_ annotation: SchemaAnnotation, _ outer: SchemaAnnotation) {
            let word = annotation.role ?? annotation.flag ?? outer.role ?? outer.flag ?? ""
            switch word.lowercased() {
            case "warning", "warn", "avertissement": self = .warning
            case "info", "information", "informational", "hint", "note": self = .information
            default: self = .error
            }
        }
    }

    /// What a report comes to.
    public enum Verdict: String, Sendable {
        /// Rules fired and none says an error.
        case pass
        /// An outcome of severity `error`.
        case fail
        /// Something that the document holds could not be judged, or no rule fired.
        case inconclusive
        /// Strict mode: an error ended the run.
        case error
    }

    /// The severity of an outcome.
    public func severity(of outcome: Outcome) -> Severity {
        Severity(assertion(of: outcome).annotation, rule(of: outcome).annotation)
    }

    /// The verdict of this schema named alone (ISO/IEC 19757-3, 6: an instance is valid where no assertion fails and
    /// no report is active). A file that the schema lacks leaves the verdict to the rest.
    public var verdict: Verdict {
        if error != nil { return .error }
        if outcomes.contains(where: { severity(of: $0) == .error }) { return .fail }
        if firings.isEmpty || indeterminate.contains(where: { !$0.isPackDefect }) { return .inconclusive }
        return isUnjudged ? .inconclusive : .pass
    }

    /// Whether rules fired, and none of their assertions could be judged.
    private var isUnjudged: Bool {
        let lost: Set<SchemaNote.Code> = [.unknownElement, .missingReference, .missingInclude, .unreadableInclude]
        guard !indeterminate.isEmpty || schema.notes.contains(where: { lost.contains($0.code) }) else { return false }
        let evaluations = firings.reduce(0) { $0 + schema.rules[Int($1.rule)].checks.count }
        return indeterminate.lazy.filter { $0.check != nil }.count >= evaluations
    }
}
