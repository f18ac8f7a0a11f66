import Conformance
import Foundation
import Imaging
import Runner
import Simulators
import TestSupport
import Testing

/// Where the links of a report lead.
@Suite("Resolution of links")
struct LinkResolverTests {
    private static let exam = ExamFixture(seed: 8)
    private static let report = String(decoding: exam.reportBytes(), as: UTF8.self)
    /// The link as it stands in the XML of the report.
    private static let link = exam.link.text.replacing("&", with: "&amp;")

    private static func resolve(_ text: String) async -> FileJudgement {
        await LinkResolver().resolve(Array(text.utf8), name: "report.xml")
    }

    private static func checks(_ judgement: FileJudgement, _ severity: Severity) -> Set<String> {
        Set(judgement.layers.flatMap(\.findings).filter { $0.severity == severity }.map(\.check))
    }

    @Test("The link of our own report leads on; what needs a system is not run")
    func sound() async {
        let judgement = await Self.resolve(Self.report)
        #expect(judgement.verdict == .pass)
        #expect(judgement.layers.map(\.layer) == ["report", "link", "agreement", "dmp", "kos", "images"])
        #expect(judgement.layers.prefix(3).allSatisfy { $0.verdict == .pass && $0.findings.isEmpty })
        #expect(judgement.layers.suffix(3).allSatisfy { $0.verdict == .notRun && $0.reason != nil })
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let check: String
        let severity: Severity
        let verdict: Verdict

        init(
            _ old: String, _ new: String, _ check: String, _ severity: Severity = .violation, _ verdict: Verdict = .fail
        ) {
            (self.old, self.new, self.check, self.severity, self.verdict) = (old, new, check, severity, verdict)
        }

        var testDescription: String { "\(check): \(new)" }
    }

    private static let study = exam.studyUID
    private static let accession = "\(exam.accession.root).\(exam.accession.value)"
    private static let document = exam.documentID

    static let broken: [Broken] = [
        Broken(link, "", "link.empty"), Broken(link, "NULL", "link.empty"), Broken(link, " ", "link.empty"),
        Broken("https://", "http://", "link.not-https"), Broken("https://", "ftp://", "link.not-https"),
        Broken("https://vi1.cisis.example", "", "link.relative"), Broken("https://", "//", "link.relative"),
        Broken("IHEInvokeImageDisplay", "Viewer", "link.wrong-path"),
        Broken("IHEInvokeImageDisplay", "IHEInvokeImageDisplay/open", "link.wrong-path"),
        Broken("requestType=STUDY", "requestType=PATIENT", "link.wrong-request-type"),
        Broken("requestType=STUDY", "requestType=study2", "link.wrong-request-type"),
        Broken("requestType=STUDY&amp;", "", "link.missing-parameter"),
        Broken("studyUID=\(study)&amp;", "", "link.missing-parameter"),
        Broken("Accessionnumber=\(accession)&amp;", "", "link.missing-parameter"),
        Broken("&amp;idCDA=\(document)", "", "link.missing-parameter"),
        Broken("studyUID=\(study)", "studyUID=", "link.empty-parameter"),
        Broken("Accessionnumber=\(accession)", "Accessionnumber=", "link.empty-parameter"),
        Broken("idCDA=\(document)", "idCDA=", "link.empty-parameter"),
        Broken("studyUID=\(study)", "studyUID=\(study)&amp;studyUID=1.2", "link.repeated-parameter"),
        Broken("&amp;studyUID", "&amp;amp;studyUID", "link.escaped-twice"),
        Broken("&amp;studyUID", " &amp;studyUID", "link.blanks", .warning, .pass),
        Broken("studyUID=\(study)", "studyUID=1.2.3.4", "link.agreement"),
        Broken("Accessionnumber=\(accession)", "Accessionnumber=1.2.3.A1", "link.agreement"),
        Broken("Accessionnumber=\(accession)", "Accessionnumber=\(exam.accession.value)", "link.agreement"),
        Broken("idCDA=\(document)", "idCDA=1.2.3.4", "link.agreement"),
        Broken(
            link,
            "https://pacs.example/wado?requestType=WADO&amp;studyUID=\(study)&amp;seriesUID=1.2&amp;objectUID=1.3",
            "link.former", .warning, .inconclusive),
        Broken(
            link,
            "http://pacs.example/wado?requestType=WADO &amp;studyUID=\(study) &amp;seriesUID=1.2 &amp;objectUID=1.3",
            "link.blanks", .warning, .inconclusive),
    ]

    @Test("A broken link is named, with its place in the report", arguments: broken)
    func named(example: Broken) async throws {
        let start = try #require(Self.report.range(of: Self.link))
        #expect(Self.report[start.upperBound...].contains(Self.link))
        // Wherever the link stands: in the entry and in the narrative.
        let text = Self.report.replacing(Self.link, with: Self.link.replacing(example.old, with: example.new))
        let judgement = await Self.resolve(text)
        #expect(judgement.verdict == example.verdict)
        let findings = judgement.layers.flatMap(\.findings).filter { $0.check == example.check }
        #expect(findings.contains { $0.severity == example.severity })
        #expect(findings.allSatisfy { $0.place?.line != nil && $0.expected?.isEmpty == false })
        let others = Self.checks(judgement, .violation).subtracting([example.check])
        #expect(others == [])
    }

    @Test("A report without a link says so; one whose text shows another link is warned of")
    func absent() async throws {
        let none = Self.report.replacing("linkHtml", with: "content").replacing(
            "<reference value=", with: "<reference nullFlavor=\"NA\" x=")
        let judgement = await Self.resolve(none)
        #expect(judgement.verdict == .fail)
        let narrative = Self.report.replacing(
            "href=\"\(Self.link)", with: "href=\"\(Self.link.replacing(Self.study, with: "1.2.3"))")
        try #require(narrative != Self.report)
        #expect(Self.checks(await Self.resolve(narrative), .warning).contains("link.narrative"))
    }

    @Test("What is no report is told", arguments: ["", "<a", "<a/>"])
    func other(text: String) async {
        let judgement = await Self.resolve(text)
        #expect(judgement.verdict == .fail || judgement.verdict == .error)
        #expect(judgement.layers.count == 1)
    }

    // MARK: Official samples

    private static let example = "ans-kit/ExemplesCDA/IMG_CR_IMG_2024.01.xml"

    @Test(
        "The links of the official example are of the former form, with blanks; they are not called wrong",
        .enabled(if: Corpora.has(example), Comment(rawValue: Corpora.absence)))
    func official() async throws {
        let judgement = await LinkResolver().resolve(try Corpora.bytes(Self.example), name: "IMG_CR_IMG_2024.01.xml")
        #expect(judgement.verdict == .inconclusive)
        #expect(Self.checks(judgement, .violation) == [])
        #expect(Self.checks(judgement, .warning).isSuperset(of: ["link.former", "link.blanks"]))
        #expect(judgement.layers.filter { $0.layer.hasPrefix("link") }.count == 6)
    }

    // MARK: Level 1

    /// A report whose body is a PDF with these lines of text.
    private static func levelOne(_ lines: [String]) throws -> String {
        let start = try #require(report.range(of: "<component>"))
        let end = try #require(report.range(of: "</component>", options: .backwards))
        let data = Data(pdf(lines)).base64EncodedString()
        return report[..<start.lowerBound]
            + "<component><nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">\(data)</text></nonXMLBody></component>"
            + report[end.upperBound...]
    }

    /// A PDF of one page.
    private static func pdf(_ lines: [String]) -> [UInt8] {
        let text = lines.map { "(\($0.replacing("(", with: "\\(").replacing(")", with: "\\)"))) Tj T*" }
        let content = "BT /F1 6 Tf 20 700 Td 10 TL \(text.joined(separator: " ")) ET"
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1200 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        ]
        var file = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (number, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(number + 1) 0 obj\(object)endobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 6\n0000000000 65535 f \n"
        for offset in offsets {
            file += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n"
        }
        return Array("\(file)trailer<</Size 6/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n".utf8)
    }

    private static let hasTool = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/pdftotext") }

    @Test("The link of a report of level 1 is looked for in its PDF, or that is not run")
    func levelOne() async throws {
        let judgement = await Self.resolve(try Self.levelOne(["Lien vers les images :", Self.exam.link.text]))
        guard Self.hasTool else {
            #expect(judgement.verdict == .notRun)
            #expect(judgement.layers.last?.reason?.en.contains("pdftotext") == true)
            return
        }
        #expect(judgement.verdict == .pass)
        #expect(judgement.layers.map(\.layer).contains("agreement"))
    }

    @Test("A PDF without a link, and one that is none, are told", .enabled(if: hasTool, "pdftotext is not installed"))
    func levelOneBroken() async throws {
        let none = await Self.resolve(try Self.levelOne(["Rien"]))
        #expect(Self.checks(none, .violation) == ["link.absent"])
        let link = Self.exam.link.text
        let middle = link.index(link.startIndex, offsetBy: 70)
        let parted = await Self.resolve(
            try Self.levelOne(["Images : " + link[..<middle], String(link[middle...]), "Fin du compte rendu"]))
        #expect(parted.verdict == .pass)
        let wrong = await Self.resolve(try Self.levelOne([link.replacing("idCDA", with: "id")]))
        #expect(Self.checks(wrong, .violation) == ["link.missing-parameter"])
    }
}

/// Where the links of a report lead on a system.
@Suite("Resolution of links on a system")
struct SystemResolutionTests {
    private static func names(_ judgement: FileJudgement) -> [String: Verdict] {
        Dictionary(judgement.layers.map { ($0.layer, $0.verdict) }, uniquingKeysWith: { first, _ in first })
    }

    private static func target(_ system: ReferenceSystem) -> SystemUnderTest {
        var target = SystemUnderTest(name: "test", location: SourceLocation(file: "target.yaml", line: 1))
        target.endpoints = [
            .registry: system.addresses.registry, .repository: system.addresses.repository,
            .wado: system.addresses.wado,
        ]
        return target
    }

    @Test("Every hop of our own report leads on, on the embedded system")
    func embedded() async throws {
        let system = try await ResolutionSystem(embedded: 5)
        let report = try #require(system.embeddedReport)
        let judgement = await LinkResolver(system).resolve(report, name: "CR")
        #expect(judgement.verdict == .pass)
        #expect(judgement.layers.map(\.layer) == ["report", "link", "agreement", "dmp", "kos", "images"])
        #expect(judgement.layers.allSatisfy { $0.verdict == .pass && $0.findings.isEmpty })
        await system.stop()
    }

    struct Case: Sendable {
        let misbehavior: Misbehavior
        let layer: String
        let check: String
    }

    @Test(
        "The hop that a fault of the system breaks is named, and those after it are not run",
        arguments: [
            Case(misbehavior: .wadoMissingInstance, layer: "images", check: "link.images.instances"),
            Case(misbehavior: .wadoInstanceTwice, layer: "images", check: "link.images.instances"),
        ])
    func misbehaving(example: Case) async throws {
        let exam = ExamFixture(seed: 6)
        let reference = try await ReferenceSystem.start(exam: exam, misbehaviors: [example.misbehavior], seed: 6)
        let judgement = await LinkResolver(try ResolutionSystem(Self.target(reference)))
            .resolve(exam.reportBytes(), name: "CR")
        #expect(judgement.verdict == .fail)
        let layer = try #require(judgement.layers.first { $0.layer == example.layer })
        #expect(layer.verdict == .fail)
        #expect(layer.findings.contains { $0.check == example.check })
        await reference.stop()
    }

    @Test("An exam that the DMP does not hold ends at the DMP; one whose source is away ends in an error")
    func elsewhere() async throws {
        let reference = try await ReferenceSystem.start(exam: ExamFixture(seed: 6), patients: nil, seed: 6)
        let other = await LinkResolver(try ResolutionSystem(Self.target(reference)))
            .resolve(ExamFixture(seed: 7).reportBytes(), name: "CR")
        #expect(other.verdict == .fail)
        #expect(Self.names(other)["dmp"] == .fail)
        #expect(Self.names(other)["kos"] == .notRun)
        #expect(Self.names(other)["images"] == .notRun)
        #expect(other.layers.flatMap(\.findings).map(\.check) == ["link.no-manifest"])
        var target = Self.target(reference)
        target.endpoints[.wado] = "http://127.0.0.1:1/wado"
        target.limits.connect = 1
        let away = await LinkResolver(try ResolutionSystem(target)).resolve(
            ExamFixture(seed: 6).reportBytes(), name: "CR")
        #expect(away.verdict == .error)
        #expect(Self.names(away)["kos"] == .pass)
        #expect(Self.names(away)["images"] == .error)
        target.endpoints[.registry] = "http://127.0.0.1:1/registry"
        let alone = await LinkResolver(try ResolutionSystem(target)).resolve(
            ExamFixture(seed: 6).reportBytes(), name: "CR")
        #expect(Self.names(alone)["dmp"] == .error)
        target.endpoints[.registry] = nil
        let none = await LinkResolver(try ResolutionSystem(target)).resolve(
            ExamFixture(seed: 6).reportBytes(), name: "CR")
        #expect(Self.names(none)["dmp"] == .notRun)
        #expect(none.layers.contains { $0.reason?.en.contains("endpoints.registry") == true })
        await reference.stop()
    }

    @Test("A link that is incomplete is not followed, and says why")
    func incomplete() async throws {
        let system = try await ResolutionSystem(embedded: 5)
        let report = String(decoding: try #require(system.embeddedReport), as: UTF8.self)
            .replacing("&amp;idCDA=", with: "&amp;x=")
        let judgement = await LinkResolver(system).resolve(Array(report.utf8), name: "CR")
        #expect(judgement.verdict == .fail)
        for name in ["dmp", "kos", "images"] { #expect(Self.names(judgement)[name] == .notRun) }
        await system.stop()
    }
}
