import Conformance
import Foundation
import Imaging
import Packs
import Simulators
import TestSupport
import Testing
import XML

@testable import Runner

@Suite("The rules that judge CDA documents")
struct CDARulesTests {
    private static let exam = ExamFixture(seed: 3)
    private static let text = String(decoding: exam.reportBytes(), as: UTF8.self)
    private static let shipped = CDARules(dataRoot: Checkout.root, pack: nil)

    private static func document(_ text: String = text) throws -> Document { try Document(parsing: Array(text.utf8)) }

    private func verdicts(_ document: Document, _ rules: CDARules = shipped) -> [String: Verdict] {
        Dictionary(
            uniqueKeysWithValues: rules.outcomes(document, level: .run).map { ($0.id, $0.verdict) })
    }

    @Test("Every check of the catalogue has an outcome, and passes on the reference exam", arguments: [1, 2, 77])
    func passes(_ seed: UInt64) throws {
        let outcomes = Self.shipped.outcomes(
            try Document(parsing: ExamFixture(seed: seed).reportBytes()), level: .run)
        #expect(outcomes.map(\.id) == (1...44).map { String(format: "CR-%03d", $0) })
        #expect(outcomes.filter { $0.verdict != .pass }.map { "\($0.id) \($0.verdict)" } == ["CR-036 notApplicable"])
        #expect(outcomes.flatMap(\.findings).isEmpty)
        #expect(outcomes.allSatisfy { ($0.reason == nil) == ($0.verdict == .pass) })
    }

    @Test("A broken report fails the check that it breaks, with the place and both languages")
    func fails() throws {
        let broken = Self.text.replacingOccurrences(of: "requestType=STUDY", with: "requestType=SERIES")
        let outcomes = Self.shipped.outcomes(try Self.document(broken), level: .run)
        let finding = try #require(outcomes.first { $0.id == "CR-028" }?.findings.first)
        #expect(finding.check == "CR-028e" && finding.requirement == "CR-028" && finding.severity == .violation)
        #expect(finding.message.fr.contains("trouvé") && finding.message.en.contains("found"))
        #expect(finding.place?.xpath?.hasSuffix("/reference") == true && finding.place?.line != nil)
        #expect(outcomes.filter { $0.verdict == .fail }.map(\.id) == ["CR-028"])
    }

    @Test("A report inside of the style sheet that shows it is judged as the report alone")
    func autoPresentable() throws {
        func judged(_ text: String) throws -> [String] {
            let body = text.range(of: "<ClinicalDocument").map { String(text[$0.lowerBound...]) } ?? ""
            let wrapped =
                "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\(body)</xsl:stylesheet>"
            return Self.shipped.layers(try Self.document(wrapped), level: .run)
                .first { $0.layer == OwnJudge.imagingReportLayer }?.findings.map(\.check) ?? ["no layer"]
        }
        #expect(try judged(Self.text) == [])
        #expect(try judged(Self.text.replacingOccurrences(of: "idCDA=", with: "idCDA=9")) == ["CR-031"])
        #expect(
            try judged(Self.text.replacingOccurrences(of: #"<code code="18748-4""#, with: #"<code code="11502-2""#))
                .contains("CR-003"))
    }

    @Test("An empty link is a violation whoever sent it")
    func emptyLink() throws {
        let link = Self.exam.link.text.replacingOccurrences(of: "&", with: "&amp;")
        let empty = Self.text.replacingOccurrences(of: "value=\"\(link)\"", with: "value=\"\"")
        #expect(empty != Self.text)
        let layer = Self.shipped.layers(try Self.document(empty), level: .capture)
            .first { $0.layer == OwnJudge.imagingReportLayer }
        #expect(layer?.verdict == .fail && layer?.findings.contains { $0.check == "CR-028b" } == true)
    }

    @Test("A captured report breaks CR-028 and CR-032 with a warning alone")
    func captured() throws {
        let broken = Self.text.replacingOccurrences(of: "https://vi1", with: "http://vi1")
        for (level, severity, verdict) in [
            (JudgementLevel.run, Severity.violation, Verdict.fail), (.capture, .warning, .pass),
        ] {
            let layers = Self.shipped.layers(try Self.document(broken), level: level)
            let layer = try #require(layers.first { $0.layer == OwnJudge.imagingReportLayer })
            #expect(layer.findings.map(\.severity) == [severity], "\(level)")
            #expect(layer.findings.map(\.requirement) == ["CR-032"] && layer.verdict == verdict)
        }
    }

    @Test("A wrong key of the INS is a violation in a run, and a warning at capture")
    func wrongKey() throws {
        let ins = Self.exam.patient.nationalIdentifier.value
        let wrong = ins.prefix(13) + (ins.hasSuffix("11") ? "12" : "11")
        let broken = try Self.document(Self.text.replacingOccurrences(of: ins, with: String(wrong)))
        for (level, severity) in [(JudgementLevel.run, Severity.violation), (.capture, .warning)] {
            let layer = try #require(
                Self.shipped.layers(broken, level: level).first { $0.layer == OwnJudge.imagingReportLayer })
            #expect(layer.findings.map(\.check) == ["CR-006c"] && layer.findings.map(\.severity) == [severity])
            #expect(layer.findings.first?.message.fr.contains(String(ins.suffix(2))) == true)
        }
    }

    @Test("CR-001 is the validity against the schema, which points at the line")
    func schema() throws {
        let broken = Self.text.replacingOccurrences(of: "<realmCode code=\"FR\"/>", with: "<realm/>")
        #expect(broken != Self.text)
        let outcome = try #require(Self.shipped.outcomes(try Self.document(broken), level: .run).first)
        #expect(outcome.id == "CR-001" && outcome.verdict == .fail)
        #expect(outcome.findings.allSatisfy { $0.requirement == "CR-001" && $0.place?.line != nil })
        let layers = Self.shipped.layers(try Self.document(broken), level: .capture)
        #expect(layers.first { $0.layer == "xsd" }?.verdict == .fail)
        #expect(layers.first { $0.layer == "xsd" }?.judge == "CISIS Profiles/Schemas/cda/CDA.xsd")
    }

    @Test("What declares no model of imaging reports is not judged as one, unless a scenario says that it is")
    func otherModel() throws {
        let other = Self.text.replacingOccurrences(of: "1.2.250.1.213.1.1.1.45", with: "1.2.250.1.213.1.1.1.28")
        let layers = Self.shipped.layers(try Self.document(other), level: .capture)
        #expect(layers.map(\.verdict) == [.pass, .pass, .notApplicable, .notRun])
        #expect(layers.last?.isRequired == false && layers.last?.reason?.en.contains("pack add") == true)
        #expect(verdicts(try Self.document(other))["CR-002"] == .fail)
    }

    @Test("A wrong document code is seen though the code is what tells imaging reports without a model")
    func wrongCode() throws {
        let other = Self.text.replacingOccurrences(of: #"<code code="18748-4""#, with: #"<code code="11502-2""#)
        let layers = Self.shipped.layers(try Self.document(other), level: .capture)
        #expect(
            layers.first { $0.layer == OwnJudge.imagingReportLayer }?.findings.contains { $0.check == "CR-003" } == true
        )
    }

    @Test("Without a kit the membership of value sets is a layer that did not run, and weighs on nothing")
    func valueSets() throws {
        let layers = Self.shipped.layers(try Self.document(), level: .capture)
        let layer = try #require(layers.first { $0.layer == "value-sets" })
        #expect(layer.verdict == .notRun && !layer.isRequired)
        #expect(layer.reason?.en.contains("1.2.250.1.213.1.1.5.687") == true)
    }

    @Test("Without the files of the tool nothing passes")
    func missing() throws {
        let rules = CDARules(dataRoot: "/nowhere", pack: nil)
        #expect(Set(rules.outcomes(try Self.document(), level: .run).map(\.verdict)) == [.notRun])
        let layers = rules.layers(try Self.document(), level: .capture)
        #expect(layers.dropFirst().allSatisfy { $0.verdict == .notRun && $0.isRequired && $0.reason != nil })
    }

    // MARK: Official files

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
            path: "drimbox/DOC00002.xml", violations: ["CR-005", "CR-007", "CR-013", "CR-014"],
            warnings: ["CR-004", "CR-011", "CR-015"]),
    ]

    @Test(
        "The official reports break exactly the rules that are known",
        .enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absence)), arguments: samples)
    func sample(_ sample: Sample) throws {
        guard Corpora.has(sample.path) else { return }
        let findings =
            Self.shipped.layers(try Document(parsing: try Corpora.bytes(sample.path)), level: .capture)
            .first { $0.layer == OwnJudge.imagingReportLayer }?.findings ?? []
        func broken(_ severity: Severity) -> [String] {
            Set(findings.filter { $0.severity == severity }.compactMap(\.requirement)).sorted()
        }
        #expect(broken(.violation) == sample.violations, "\(findings)")
        #expect(broken(.warning) == sample.warnings, "\(findings)")
    }

    @Test(
        "With the official kit its layers judge too, and membership of its value sets is judged",
        .enabled(if: Corpora.has("ans-kit/schematrons"), Comment(rawValue: Corpora.absence)))
    func kit() throws {
        let pack = try OfficialPack(
            folder: Corpora.url("ans-kit").path, overlay: Corpora.url("oracle/patch").path)
        let rules = CDARules(dataRoot: Checkout.root, pack: pack)
        let layers = rules.layers(try Self.document(), level: .run)
        #expect(layers.map(\.layer).contains("schematron:CI-SIS_IMG-CR-IMG_2024.01"))
        #expect(layers.first { $0.layer == "xsd" }?.judge == "kit ans-kit")
        #expect(!layers.contains { $0.layer == "value-sets" })
        #expect(Verdict.rollUp(layers.map { ($0.verdict, $0.isRequired) }) == .pass, "\(layers)")
        let wrong = Self.text.replacingOccurrences(of: "24628-0", with: "99999-9")
        #expect(wrong != Self.text)
        #expect(verdicts(try Self.document(wrong))["CR-013"] == .pass)
        #expect(verdicts(try Self.document(wrong), rules)["CR-013"] == .fail)
    }

    @Test(
        "A run with a kit judges the documents of every exchange by it",
        .enabled(if: Corpora.has("ans-kit/schematrons"), Comment(rawValue: Corpora.absence)))
    func run() async throws {
        let folder = try TemporaryFolder()
        let configuration = RunConfiguration(
            dataRoot: Checkout.root, outputDirectory: folder.path,
            selection: Selection(scenarios: ["retrieve-documents", "open-link"]),
            pack: try OfficialPack(folder: Corpora.url("ans-kit").path, overlay: Corpora.url("oracle/patch").path),
            version: "test")
        let record = try await Run(configuration, profiles: try Checkout.profiles()).execute(Observer())
        #expect(record.exitCode == 0)
        let checks = record.scenarios.map { scenario in
            scenario.steps.flatMap(\.checks).filter { $0.id.hasPrefix("kit-") }
        }
        #expect(checks.allSatisfy { $0.count == 8 }, "\(checks.map { $0.map(\.id) })")
        #expect(checks.joined().allSatisfy { [.pass, .notApplicable].contains($0.verdict) && !$0.evidence.isEmpty })
        #expect(record.rulePacks.contains { $0.name == "ans-kit" })
    }
}
