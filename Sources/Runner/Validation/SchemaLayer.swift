internal import Conformance
internal import XML

extension LayerJudgement {
    /// The layer `xsd` of what a schema says; `judge` is the schema.
    init(schema violations: [SchemaViolation], by judge: String? = nil) {
        self.init("xsd", findings: violations.map { Self.finding($0) })
        self.judge = judge
    }

    static func finding(_ violation: SchemaViolation) -> Finding {
        Finding(
            check: "xsd.violation", severity: .violation,
            message: LocalizedText(
                fr: "Non conforme au schéma : \(violation.french)",
                en: "Not valid against the schema: \(violation.message)"),
            place: EvidencePlace(
                line: violation.line, column: violation.column, byte: violation.byteOffset,
                xpath: violation.path.isEmpty ? nil : violation.path))
    }
}
