public import Conformance
internal import Imaging
internal import XML

/// The rules on what a report says of its exam: identity, order, acts, and the catalogue with the link to the images.
///
/// Sources: CI-SIS, volet IMG-CR-IMG 2024.01; DICOM PS3.20. Validity against a schema and Schematrons is another layer.
public enum ReportRules {
    /// Every rule, in the order of its id.
    public static let all: [Rule<ReportSubject>] =
        (headerRules + actRules + catalogueRules + linkRules).sorted { $0.descriptor.id < $1.descriptor.id }

    static let volet = "CI-SIS, volet IMG-CR-IMG 2024.01"

    /// One rule of the layer `cda`.
    static func rule(
        _ id: String, _ severity: Severity, capture: Severity? = nil, fr: String, en: String, source: String = volet,
        _ apply: @escaping @Sendable (ReportSubject, inout Remarks) -> Void
    ) -> Rule<ReportSubject> {
        Rule(
            RuleDescriptor(id, layer: "cda", severity, capture: capture, fr: fr, en: en, source: source), apply)
    }

    /// One rule on the structured body; it does not concern a report whose body is a PDF.
    static func bodyRule(
        _ id: String, _ severity: Severity, capture: Severity? = nil, fr: String, en: String, source: String = volet,
        _ apply: @escaping @Sendable (ReportSubject, inout Remarks) -> Void
    ) -> Rule<ReportSubject> {
        rule(id, severity, capture: capture, fr: fr, en: en, source: source) { subject, remarks in
            guard subject.reading.isStructured else {
                return remarks.notApplicable(
                    fr: "Le corps du compte rendu n'est pas structuré (niveau 1).",
                    en: "The body of the report is not structured (level 1).")
            }
            apply(subject, &remarks)
        }
    }

    /// Where a node stands.
    static func place(_ node: Node) -> EvidencePlace {
        EvidencePlace(line: node.line, column: node.column, byte: node.byteOffset, xpath: node.path)
    }

    /// Where an attribute of an element stands, or should stand.
    static func place(_ node: Node, _ attribute: String) -> EvidencePlace {
        var place = place(node)
        place.xpath = "\(node.path)/@\(attribute)"
        return place
    }

    /// Says that what a path of children of `node` leads to is missing.
    static func sayMissing(_ path: String, in node: Node, _ remarks: inout Remarks) {
        remarks.remark(expected: path, actual: Shown.absent, at: place(node))
    }

    static func identifierText(_ identifier: ImagingReport.Identifier) -> String {
        identifier.value.map { "\(identifier.root) \($0)" } ?? identifier.root
    }
}
