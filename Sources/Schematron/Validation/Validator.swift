public import XML

/// Judges documents by a bound schema.
///
/// It is a value that any number of threads may use at once; documents that expressions look up are parsed once a
/// library.
public struct Validator: Sendable {
    /// The schema.
    public let schema: BoundSchema
    /// Whether the first error of an expression ends the run, as it ends the reference's, in place of an outcome that
    /// is indeterminate.
    public let isStrict: Bool
    /// How much work a judgement may be.
    public let limits: ValidationLimits

    /// Makes a validator.
    public init(_ schema: BoundSchema, isStrict: Bool = false, limits: ValidationLimits = .init()) {
        self.schema = schema
        self.isStrict = isStrict
        self.limits = limits
    }

    /// Judges a document.
    public func validate(_ document: Document) -> ValidationReport {
        Validation(schema.library, limits).run(schema, document, isStrict: isStrict)
    }

    /// Judges a document by several schemas of one library, which then share what they look up.
    public static func validate(
        _ document: Document, by schemas: [BoundSchema], isStrict: Bool = false, limits: ValidationLimits = .init()
    ) -> [ValidationReport] {
        var shared: Validation?
        let deadline = limits.time.map { ContinuousClock.now.advanced(by: $0) }
        return schemas.map { schema in
            let validation =
                shared.flatMap { $0.library === schema.library ? $0 : nil }
                ?? Validation(schema.library, limits, deadline: deadline)
            shared = validation
            return validation.run(schema, document, isStrict: isStrict)
        }
    }
}
