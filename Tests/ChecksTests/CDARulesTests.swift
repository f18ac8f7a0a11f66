import Conformance
import Foundation
import Imaging
import Simulators
import TestSupport
import Testing
import XML

@testable import Checks

/// Reports of the invented exam, edited.
enum CR {
    static let exam = ExamFixture(seed: 3)
    static let text = String(decoding: Serializer.serialize(exam.report()), as: UTF8.self)
    static let link = exam.link.text.replacingOccurrences(of: "&", with: "&amp;")

    /// The report whose text is edited; the edit has to change it.
    static func edited(_ edit: (String) -> String) throws -> ReportSubject {
        let changed = edit(text)
        try #require(changed != text, "the edit changes nothing")
        return try #require(ReportSubject(try Document(parsing: Array(changed.utf8))))
    }

    static func plain() throws -> ReportSubject {
        try #require(ReportSubject(try Document(parsing: exam.reportBytes())))
    }

    /// The report of level 1, its body replaced.
    static func level1(_ body: String, template: String = "1.3.6.1.4.1.19376.1.2.20") throws -> ReportSubject {
        try edited { text in
            let start = text.range(of: "<structuredBody>")?.lowerBound ?? text.startIndex
            let end = text.range(of: "</structuredBody>")?.upperBound ?? text.endIndex
            return text.replacingCharacters(
                in: start..<end,
                with:
                    #"<nonXMLBody><text mediaType="application/pdf" representation="B64">\#(body)</text></nonXMLBody>"#
            ).replacingOccurrences(of: "1.2.840.10008.9.21", with: template)
        }
    }

    typealias Case = BrokenCase<ReportSubject>

    private static func swap(
        _ id: String, _ old: String, _ new: String, actual: String = "∅", severity: Severity? = nil
    ) -> Case {
        Case(id, "\(old) → \(new)", actual: actual, severity: severity) {
            try edited { $0.replacingOccurrences(of: old, with: new) }
        }
    }

    /// Every element of that name, with its content, that follows `anchor`, goes.
    private static func cut(_ id: String, _ name: String, after anchor: String = "", actual: String = "∅") -> Case {
        Case(id, "\(anchor) without \(name)", actual: actual) {
            try edited { text in
                let from = anchor.isEmpty ? text.startIndex : text.range(of: anchor)?.upperBound ?? text.endIndex
                guard let start = text.range(of: "<\(name)", range: from..<text.endIndex) else { return text }
                let rest = start.lowerBound..<text.endIndex
                let close = text.range(of: "</\(name)>", range: rest)?.upperBound
                let empty = text.range(of: "/>", range: rest)?.upperBound
                let tagEnd = text.range(of: ">", range: rest)?.upperBound
                guard let end = tagEnd == empty ? empty : close else { return text }
                return text.replacingCharacters(in: start.lowerBound..<end, with: "")
            }
        }
    }

    private static let uid = #"<id root="\#(exam.studyUID)"/>"#

    static let headerCases: [Case] = [
        swap("CR-002", #"<templateId root="1.2.840.10008.9.20"/>"#, ""),
        Case("CR-002", "level 1 without its template", actual: "∅") { try level1("JVBERi0x", template: "1.2") },
        swap("CR-003", #"<code code="18748-4""#, #"<code code="11502-2""#, actual: "11502-2"),
        cut("CR-005", "setId"), cut("CR-005", "versionNumber"),
        swap("CR-005", #"<versionNumber value="1"/>"#, #"<versionNumber value="0"/>"#, actual: "0"),
        swap("CR-006", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.2", actual: "1.2.250.1.213.1.4.2"),
        swap(
            "CR-006", exam.patient.nationalIdentifier.value, "270019999900025", actual: "270019999900025",
            severity: .warning),
        cut("CR-007", "birthTime"), cut("CR-007", "birthplace"), cut("CR-007", "administrativeGenderCode"),
        swap("CR-007", #"<given qualifier="BR">ALIX</given>"#, ""),
        cut("CR-008", "inFulfillmentOf"),
        swap(
            "CR-009", #"<id root="\#(exam.order.root)" extension="\#(exam.order.value)"/>"#, "", actual: "0 × id"),
        cut("CR-010", "ps3-20:accessionNumber", actual: "0 × accessionNumber"),
        swap("CR-010", #" extension="\#(exam.accession.value)""#, "", actual: "@extension = ∅"),
        swap("CR-018", exam.organization.facility.system, "1.2.3", actual: "SA08 (1.2.3)"),
        cut("CR-018", "healthCareFacility"),
        cut("CR-019", "representedOrganization", after: "<assignedAuthor>"),
        Case("CR-036", "no PDF", actual: "UEsDBBQ…") { try level1("UEsDBBQAAA") },
    ]

    static let actCases: [Case] = [
        swap("CR-011", uid, #"<id root="1.02"/>"#, actual: "1.02"),
        swap("CR-011", uid, #"<id root="\#(exam.studyUID)" extension="x"/>"#, actual: "x"),
        swap(
            "CR-011", uid, #"<id root="\#(exam.studyUID)" extension="studyInstanceUID"/>"#,
            actual: "studyInstanceUID", severity: .warning),
        Case("CR-011", "no id", actual: "∅") {
            try edited { $0.replacingFirst(uid, with: "") }
        },
        Case("CR-012", "two ids", actual: "2 × id") { try edited { $0.replacingFirst(uid, with: uid + uid) } },
        Case("CR-012", "the same exam twice", actual: exam.studyUID) {
            try edited { text in
                guard let start = text.range(of: "<documentationOf"), let end = text.range(of: "</documentationOf>")
                else { return text }
                let act = text[start.lowerBound..<end.upperBound]
                return text.replacingCharacters(in: start.lowerBound..<start.lowerBound, with: act)
            }
        },
        swap("CR-014", #"<translation code="CT""#, #"<translation code="KO""#, actual: "KO"),
        swap("CR-014", #"<name code="121139""#, #"<name code="121058""#, actual: "121058"),
        cut("CR-014", "translation", after: #"<translation code="ZBQH001""#),
        swap("CR-015", #"<translation code="67734004""#, #"<translation code="69536005""#, actual: "69536005"),
        swap("CR-015", #"<name code="39111-0""#, #"<name code="1-0""#, actual: "1-0"),
        cut("CR-016", "low", after: "<documentationOf"),
        cut("CR-017", "performer", after: "<documentationOf"),
        swap("CR-020", "1.2.250.1.213.1.1.2.209", "1.2.3", actual: "0 × section"),
        cut("CR-020", "text", after: "1.2.250.1.213.1.1.2.209"),
        swap("CR-021", "1.2.250.1.213.1.1.2.206", "1.2.3", actual: "0 × section"),
        swap("CR-035", #"<methodCode code="CT""#, #"<methodCode code="MR""#, actual: "MR"),
    ]

    static let catalogueCases: [Case] = [
        swap("CR-022", ObjectCatalogue.template, "1.2.3", actual: "0 × section"),
        swap("CR-022", #"<code code="121181""#, #"<code code="121180""#, actual: "121180"),
        cut("CR-022", "text", after: ObjectCatalogue.template),
        Case("CR-023", "another exam", actual: "1.2.3") {
            try edited { $0.replacingFirst(uid, with: #"<id root="1.2.3"/>"#, after: ObjectCatalogue.examTemplate) }
        },
        cut("CR-024", "effectiveTime", after: ObjectCatalogue.examTemplate),
        swap("CR-024", ObjectCatalogue.seriesTemplate, "1.2.3", actual: "0 × act"),
        cut("CR-025", "qualifier", after: ObjectCatalogue.seriesTemplate, actual: "0 × value"),
        swap("CR-025", ObjectCatalogue.observationTemplate, "1.2.3", actual: "0 × observation"),
        swap("CR-026", #"classCode="DGIMG""#, #"classCode="OBS""#, actual: "OBS"),
        swap("CR-026", #"code="\#(exam.sopClass.code)""#, #"code="1.2.3""#, actual: "1.2.3"),
        swap("CR-027", #"mediaType="application/dicom""#, #"mediaType="text/plain""#, actual: "text/plain"),
        swap("CR-027", #"<reference value="\#(link)"/>"#, ""),
        swap("CR-038", #"<text mediaType="application/dicom"><reference value="\#(link)"/></text>"#, ""),
        cut("CR-039", "title", after: ObjectCatalogue.template),
        swap("CR-039", ObjectCatalogue.dicomTemplate, "1.2.3"),
        swap("CR-039", #"<code code="121181""#, #"<code code="121180""#, actual: "121180"),
        swap("CR-040", ObjectCatalogue.examTemplate, "1.2.3"),
    ]

    private static func relinked(
        _ id: String, _ value: String, actual: String? = nil, severity: Severity? = nil
    ) -> Case {
        let escaped = value.replacingOccurrences(of: "&", with: "&amp;")
        return swap(
            id, #"<reference value="\#(link)"/>"#, #"<reference value="\#(escaped)"/>"#, actual: actual ?? value,
            severity: severity)
    }

    static let formerLink = "https://vi1.cisis.example/wado?requestType=WADO &studyUID=1.2&seriesUID=1.3&objectUID=1.4"

    private static func link(_ old: String, _ new: String) -> String {
        exam.link.text.replacingOccurrences(of: old, with: new)
    }

    static let linkCases: [Case] = [
        relinked("CR-028", formerLink, severity: .warning),
        relinked("CR-028", "NULL"),
        relinked("CR-028", ""),
        relinked("CR-028", link("&idCDA=\(exam.documentID)", "")),
        relinked("CR-028", link("requestType=STUDY", "requestType=PATIENT")),
        relinked("CR-028", link("/IHEInvokeImageDisplay", "/viewer")),
        relinked("CR-029", link(exam.studyUID, "1.2.3"), actual: "1.2.3"),
        relinked("CR-030", link(exam.accession.value, "AUTRE"), actual: "1.2.250.1.999.3.1.AUTRE"),
        relinked("CR-031", link(exam.documentID, "1.2.3"), actual: "1.2.3"),
        relinked("CR-032", link("https:", "http:"), actual: "http:"),
        relinked("CR-032", link("&studyUID", " &studyUID")),
        relinked("CR-032", "/IHEInvokeImageDisplay?requestType=STUDY"),
        relinked("CR-032", formerLink, severity: .warning),
        relinked("CR-033", link("vi1", "vi2"), actual: exam.link.text),
        swap("CR-033", #"<linkHtml href="\#(link)">Images de l'examen</linkHtml>"#, "", actual: "linkHtml = ∅"),
    ]

    static let cases = headerCases + actCases + catalogueCases + linkCases
}

extension String {
    /// With the first `old` after `anchor` replaced.
    func replacingFirst(_ old: String, with new: String, after anchor: String = "") -> String {
        let from = anchor.isEmpty ? startIndex : range(of: anchor)?.upperBound ?? endIndex
        guard let found = range(of: old, range: from..<endIndex) else { return self }
        return replacingCharacters(in: found, with: new)
    }
}

@Suite struct CDARulesTests {
    @Test("Each rule passes on a consistent report", arguments: ReportRules.all.map(\.descriptor.id))
    func passing(_ id: String) throws {
        let rule = try #require(ReportRules.all.first { $0.descriptor.id == id })
        // The rule on a PDF body needs a report of level 1.
        let subject = try id == "CR-036" ? CR.level1("JVBE\n  Ri0xLjQK") : CR.plain()
        let outcome = rule.judge(subject, level: .run)
        #expect(outcome.verdict == .pass)
        #expect(outcome.findings.map(\.actual) == [])
    }

    @Test("Each rule names what breaks it", arguments: CR.cases)
    func failing(_ broken: BrokenCase<ReportSubject>) throws { try broken.expectBroken(ReportRules.all) }

    @Test("Every rule has a failing case, a statement in two languages and a source")
    func completeness() {
        expectSoundTable(ReportRules.all, broken: CR.cases.map(\.id), prefix: "CR-")
    }

    @Test("The report of the exam has no finding", arguments: [1, 2, 77] as [UInt64])
    func exam(_ seed: UInt64) throws {
        let subject = try #require(ReportSubject(try Document(parsing: ExamFixture(seed: seed).reportBytes())))
        for severity in Severity.allCases { #expect(findings(ReportRules.all, subject, severity) == []) }
        #expect(verdicts(ReportRules.all, subject).filter { $0.value != .pass } == ["CR-036": .notApplicable])
    }

    @Test("A report of level 1 is not judged on sections that it cannot have")
    func level1() throws {
        let found = verdicts(ReportRules.all, try CR.level1("JVBERi0xLjQK"))
        for id in ["CR-020", "CR-022", "CR-028", "CR-029", "CR-032"] { #expect(found[id] == .notApplicable, "\(id)") }
        #expect(found["CR-002"] == .pass)
        #expect(found["CR-010"] == .pass)
    }

    @Test("A report without header or body passes no rule on what it lacks")
    func nothing() throws {
        let text =
            #"<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody/></component></ClinicalDocument>"#
        let subject = try #require(ReportSubject(try Document(parsing: Array(text.utf8))))
        #expect(verdicts(ReportRules.all, subject).filter { $0.value == .pass }.keys.sorted() == ["CR-021"])
        #expect(findings(ReportRules.all, subject, .warning).map { $0.prefix(6) } == ["CR-021"])
    }

    @Test("A finding names the line and the path")
    func places() throws {
        let subject = try CR.edited { $0.replacingOccurrences(of: CR.exam.documentID, with: "9.9") }
        let indented = try CR.plain()
        #expect(subject.reading.identifier?.root == "9.9")
        let rule = try #require(ReportRules.all.first { $0.descriptor.id == "CR-031" })
        #expect(rule.judge(subject, level: .run).verdict == .pass)
        let broken = try CR.edited { $0.replacingFirst(CR.exam.documentID, with: "9.9") }
        let finding = try #require(rule.judge(broken, level: .run).findings.first)
        #expect(finding.expected == "9.9")
        #expect(finding.actual == CR.exam.documentID)
        #expect(finding.place?.xpath?.hasSuffix("/observation/text/reference/@value") == true)
        #expect(finding.place?.byte != nil && finding.place?.line != nil)
        #expect(indented.reading.links.count == 1)
    }

    struct Sample: Sendable, CustomTestStringConvertible {
        let path: String
        let violations: [String]
        let warnings: [String]
        var testDescription: String { path }
    }

    static let samples = [
        Sample(
            path: "ans-kit/ExemplesCDA/IMG_CR_IMG_2024.01.xml", violations: [],
            warnings: ["CR-028", "CR-032", "CR-033"]),
        Sample(path: "ans-kit/ExemplesCDA/IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml", violations: [], warnings: []),
        Sample(
            path: "drim-m/Referencement DRIMBox/Jeux de donnees/CDA/Examen C/CR_C.xml", violations: [], warnings: []),
        Sample(
            path: "drimbox/DOC00002.xml", violations: ["CR-005", "CR-007", "CR-014"], warnings: ["CR-011", "CR-015"]),
    ]

    @Test(
        "The official reports break exactly the rules that are known",
        .enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absence)), arguments: samples)
    func sample(_ sample: Sample) throws {
        guard Corpora.has(sample.path) else { return }
        let subject = try #require(ReportSubject(try Document(parsing: try Corpora.bytes(sample.path))))
        func broken(_ severity: Severity) -> [String] {
            Set(findings(ReportRules.all, subject, severity, .capture).map { String($0.prefix(6)) }).sorted()
        }
        #expect(broken(.violation) == sample.violations, "\(findings(ReportRules.all, subject, .violation, .capture))")
        #expect(broken(.warning) == sample.warnings, "\(findings(ReportRules.all, subject, .warning, .capture))")
    }
}
