/// How much work a judgement may be.
///
/// Steps are turns of loops in the evaluation of expressions: their count depends on the schema and the document alone,
/// never on the machine. An assert that meets a limit is indeterminate, see `ValidationReport.Indeterminate`.
public struct ValidationLimits: Sendable {
    /// The most steps of one expression: the asserts that need it are indeterminate beyond, the rest goes on.
    public var stepsPerExpression = 20_000_000
    /// The most steps of one schema on one document: beyond, all that is left of the schema is indeterminate.
    public var stepsPerSchema = 200_000_000
    /// The most time of one document, all schemas together; nil for any. What is left is indeterminate.
    public var time: Duration?

    /// The defaults: twenty million steps an expression, two hundred million a schema, any time.
    ///
    /// The official schemas take at most 40,000 on an official example, 300,000 on one of 7 MB.
    public init() {}

    /// What to do about a limit that is met.
    static let remedy =
        "look for an assert that compares all nodes with all nodes, or allow more with --max-steps or --timeout"
}
