public import Conformance
import Imaging
import SOAP
import XDS
import XML

/// Whether the entry of a report says what the report says: each attribute that is derived from the CDA.
///
/// They look at the reports that came with their entry. Passes: the value that the derivation gives. Fails: another value;
/// the finding names both values and both places. uniqueId and creationTime have rules of their own (PNR-066, PNR-067).
/// Source: CI-SIS, volet Partage de documents de santé, derivation of the metadata from the CDA header.
public enum DerivationRules {
    /// Every rule.
    public static let all: [Rule<SubmissionSubject>] = data.map { datum in
        Rule(
            RuleDescriptor(
                "xds.derived-\(datum.id)", layer: "xds", datum.severity, capture: .warning,
                fr: "\(datum.name) de la fiche du compte rendu est dérivé du CDA (\(datum.path))",
                en: "\(datum.name) of the report's entry is derived from the CDA (\(datum.path))", source: source)
        ) { subject, remarks in judge(datum, subject, &remarks) }
    }

    private static let source = "CI-SIS, volet Partage de documents de santé, métadonnées dérivées du CDA"

    /// A value of a report with its element.
    struct Told {
        let text: String
        let node: Node
    }

    /// A value of an entry with its place.
    struct Written {
        let text: String
        let place: ReadPlace
    }

    /// One attribute: how it is read on both sides, and when the sides agree.
    struct Datum: Sendable {
        let id: String
        let name: String
        let path: String
        var severity = Severity.warning
        let told: @Sendable (ImagingReport) -> [Told]
        let written: @Sendable (DocumentEntry) -> [Written]
        var agrees: @Sendable (_ told: String, _ written: String) -> Bool = { $0 == $1 }
        /// Whether an entry without the attribute is wrong.
        var isDemanded = false
    }

    private static func judge(_ datum: Datum, _ subject: SubmissionSubject, _ remarks: inout Remarks) {
        guard !subject.reports.isEmpty else { return remarks.noEntry("CR") }
        guard !subject.deliveredReports.isEmpty else {
            return remarks.notRun(
                fr: "Aucun compte rendu lisible n'accompagne la fiche", en: "No readable report comes with the entry")
        }
        for report in subject.deliveredReports {
            let told = datum.told(report.reading)
            let written = datum.written(report.entry)
            guard let first = told.first else { continue }
            let expected = told.map { "CR \($0.node.path) (\($0.node.line)): \($0.text)" }.joined(separator: ", ")
            if written.isEmpty, datum.isDemanded {
                remarks.remark(
                    expected: "CR \(first.node.path) (\(first.node.line)): \(first.text)", actual: "∅",
                    at: subject.place(report.entry))
            }
            for value in written where !told.contains(where: { datum.agrees($0.text, value.text) }) {
                remarks.remark(
                    expected: expected, actual: value.text,
                    at: subject.place(value.place) ?? subject.place(report.entry))
            }
        }
    }

    // MARK: Reading

    private static func told(_ text: String?, _ node: Node?) -> [Told] {
        guard let text, let node, !text.isEmpty else { return [] }
        return [Told(text: text, node: node)]
    }

    private static func codes(_ nodes: [Node]) -> [Told] {
        nodes.flatMap { node in
            told(node.attribute("code").map { "\($0) (\(node.attribute("codeSystem") ?? ""))" }, node)
        }
    }

    private static func written(_ code: CodedValue?) -> [Written] {
        code.map { [Written(text: "\($0.code) (\($0.scheme))", place: $0.place)] } ?? []
    }

    private static func written(_ entry: DocumentEntry, slot name: String, _ text: String?) -> [Written] {
        guard let text, !text.isEmpty else { return [] }
        return [Written(text: text, place: entry.source.object?.slot(name)?.place ?? ReadPlace())]
    }

    private static func people(_ nodes: [Node]) -> [Told] {
        nodes.flatMap { node -> [Told] in
            let id = node.cda("id").first { $0.attribute("root") == FrenchOID.professional } ?? node.firstCDA("id")
            return told(id?.attribute("extension") ?? id?.attribute("root"), node)
        }
    }

    private static func organizations(_ nodes: [Node]) -> [Told] {
        nodes.compactMap { $0.firstCDA("representedOrganization") }.flatMap { node in
            node.cda("id").flatMap { told($0.attribute("extension"), $0) }
        }
    }

    private static func authors(_ report: ImagingReport) -> [Node] {
        report.root.cda("author").flatMap { $0.cda("assignedAuthor") }
    }

    private static func performers(_ report: ImagingReport) -> [Node] {
        report.root.cda("documentationOf").flatMap { $0.cda("serviceEvent") }.flatMap { $0.cda("performer") }
            .flatMap { $0.cda("assignedEntity") }
    }

    private static func times(_ report: ImagingReport, _ bound: String) -> [Told] {
        report.imagingActs.flatMap { act -> [Told] in
            let period = act.node.firstCDA("effectiveTime")
            let node = period?.firstCDA(bound) ?? (bound == "low" ? period : nil)
            return told(node?.attribute("value"), node)
        }
    }

    private static let isSameInstant: @Sendable (String, String) -> Bool = { told, written in
        guard let first = TimeStamp(told), let second = TimeStamp(DTM(written).digits) else { return told == written }
        return SubmissionRules.isSame(first, second)
    }

    private static let isSameText: @Sendable (String, String) -> Bool = { told, written in
        told.split(whereSeparator: \.isWhitespace) == written.split(whereSeparator: \.isWhitespace)
    }

    // MARK: The attributes

    private static let data: [Datum] = [
        Datum(
            id: "title", name: "title", path: "title",
            told: { told($0.title, $0.root.firstCDA("title")) },
            written: { entry in
                guard let title = entry.title else { return [] }
                let object = entry.source.object?.place.node
                return [Written(text: title, place: ReadPlace(object?.first("Name", in: XDSNamespace.rim) ?? object))]
            }, agrees: isSameText, isDemanded: true),
        Datum(
            id: "patient", name: "patientId", path: "recordTarget/patientRole/id", severity: .violation,
            told: { report in
                let ins = report.patient?.nationalIdentifier
                return told(ins.map { "\($0.value ?? "") (\($0.root))" }, ins?.node)
            },
            written: { entry in
                entry.patientID.map {
                    [Written(text: "\($0.id) (\($0.authority?.universalID ?? ""))", place: $0.place)]
                } ?? []
            }),
        Datum(
            id: "source-patient", name: "sourcePatientId", path: "recordTarget/patientRole/id",
            told: { report in
                (report.patient?.identifiers ?? []).flatMap { told("\($0.value ?? "") (\($0.root))", $0.node) }
            },
            written: { entry in
                entry.sourcePatientID.map {
                    [Written(text: "\($0.id) (\($0.authority?.universalID ?? ""))", place: $0.place)]
                } ?? []
            }),
        Datum(
            id: "type", name: "typeCode", path: "code", severity: .violation,
            told: { codes($0.root.cda("code")) }, written: { written($0.typeCode) }, isDemanded: true),
        Datum(
            id: "confidentiality", name: "confidentialityCode", path: "confidentialityCode",
            told: { codes($0.root.cda("confidentialityCode")) },
            written: { entry in
                // The French codes come from the source's own choice, not from the CDA.
                entry.confidentialityCodes.filter { $0.scheme == FrenchOID.hl7Confidentiality }.flatMap(written)
            }, isDemanded: true),
        Datum(
            id: "language", name: "languageCode", path: "languageCode",
            told: { report in
                let node = report.root.firstCDA("languageCode")
                return told(node?.attribute("code"), node)
            }, written: { written($0, slot: "languageCode", $0.languageCode) }),
        Datum(
            id: "service-start", name: "serviceStartTime", path: "documentationOf/serviceEvent/effectiveTime/low",
            told: { times($0, "low") },
            written: { written($0, slot: "serviceStartTime", $0.serviceStartTime?.text) }, agrees: isSameInstant,
            isDemanded: true),
        Datum(
            id: "service-stop", name: "serviceStopTime", path: "documentationOf/serviceEvent/effectiveTime/high",
            told: { times($0, "high") }, written: { written($0, slot: "serviceStopTime", $0.serviceStopTime?.text) },
            agrees: isSameInstant),
        Datum(
            id: "facility", name: "healthcareFacilityTypeCode",
            path: "componentOf/encompassingEncounter/location/healthCareFacility/code",
            told: { report in
                codes(
                    report.root.cda("componentOf").flatMap { $0.cda("encompassingEncounter") }
                        .flatMap { $0.cda("location") }.flatMap { $0.cda("healthCareFacility") }
                        .flatMap { $0.cda("code") })
            }, written: { written($0.healthcareFacilityTypeCode) }),
        Datum(
            id: "practice-setting", name: "practiceSettingCode",
            path: "documentationOf/serviceEvent/performer//standardIndustryClassCode",
            told: { report in
                codes(
                    performers(report).flatMap { $0.cda("representedOrganization") }
                        .flatMap { $0.cda("standardIndustryClassCode") })
            }, written: { written($0.practiceSettingCode) }),
        Datum(
            id: "legal-authenticator", name: "legalAuthenticator", path: "legalAuthenticator/assignedEntity/id",
            told: { report in
                people(report.root.cda("legalAuthenticator").flatMap { $0.cda("assignedEntity") })
            },
            written: { entry in entry.legalAuthenticator.map { [Written(text: $0.id, place: $0.place)] } ?? [] }),
        Datum(
            id: "author", name: "authorPerson", path: "author/assignedAuthor/id", told: { people(authors($0)) },
            written: { entry in
                entry.authors.compactMap(\.person).map { Written(text: $0.id, place: $0.place) }
            }),
        Datum(
            id: "author-institution", name: "authorInstitution",
            path: "author/assignedAuthor/representedOrganization/id",
            told: { organizations(authors($0)) },
            written: { entry in
                entry.authors.flatMap(\.institutions).map { Written(text: $0.id, place: $0.place) }
            }),
        Datum(
            id: "event-codes", name: "eventCodeList", path: "documentationOf/serviceEvent/code",
            told: { report in
                let codes = report.acts.compactMap { $0.node.firstCDA("code") }
                return (codes + codes.flatMap { $0.cda("translation") }).flatMap { told($0.attribute("code"), $0) }
            },
            written: { entry in entry.eventCodes.map { Written(text: $0.code, place: $0.place) } }),
        Datum(
            id: "references", name: "referenceIdList", path: "inFulfillmentOf/order; documentationOf/serviceEvent/id",
            severity: .violation,
            told: { report in
                report.accessions.flatMap { told("accession \($0.value ?? $0.root)", $0.node) }
                    + report.orderNumbers.flatMap { told("order \($0.value ?? $0.root)", $0.node) }
                    + report.imagingActs.flatMap(\.identifiers).flatMap { told("study \($0.root)", $0.node) }
            },
            written: { entry in
                let names: [CXi.Kind: String] = [.accession: "accession", .order: "order", .studyInstanceUID: "study"]
                return entry.referenceIDs.compactMap { reference in
                    names[reference.kind].map { Written(text: "\($0) \(reference.id)", place: reference.place) }
                }
            }),
        Datum(
            id: "format", name: "formatCode", path: "component/structuredBody, component/nonXMLBody",
            told: { report in
                let code = report.isStructured ? FrenchCode.reportFormatN3 : FrenchCode.reportFormatN1
                return told("\(code.code) (\(code.scheme))", report.root.firstCDA("component"))
            }, written: { written($0.formatCode) }),
    ]
}
