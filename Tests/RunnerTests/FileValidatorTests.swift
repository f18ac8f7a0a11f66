import Conformance
import Foundation
import Runner
import SOAP
import Simulators
import TestSupport
import Testing
import XDS

@Suite("Validation of captured files")
struct FileValidatorTests {
    private static let exam = ExamFixture(seed: 3)

    private static func validate(
        _ path: String, _ change: (inout FileValidator.Options) -> Void = { _ in }
    ) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        change(&options)
        return try await FileValidator(options).validate(path)
    }

    /// A submission as it was captured, with its HTTP head.
    private static func submission() throws -> [UInt8] {
        let package = exam.submissionRequest([.report, .manifest])
            .package(
                .init(
                    action: "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b",
                    messageID: "urn:uuid:00000000-0000-4000-8000-000000000001", to: "https://dmp.example/repository",
                    replyTo: "http://www.w3.org/2005/08/addressing/anonymous"), boundary: "b-1")
        let head = "POST /repository HTTP/1.1\r\nHost: dmp.example\r\nContent-Type: \(package.contentType)\r\n\r\n"
        return Array(head.utf8) + (try package.bytes())
    }

    @Test(
        "The kind of a file is told by its bytes",
        arguments: [
            ("<ClinicalDocument xmlns='urn:hl7-org:v3'/>", FileKind.cda),
            ("\u{FEFF}<?xml version='1.0'?>\n<ClinicalDocument>", .cda),
            ("<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'/>", .soap),
            ("<SubmitObjectsRequest/>", .metadata), ("--b\r\nContent-Type: a/b\r\n\r\nx\r\n--b--\r\n", .mtom),
            ("POST /x HTTP/1.1\r\nContent-Type: application/soap+xml\r\n\r\n<a/>", .soap),
            ("HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b--", .mtom),
        ])
    func kinds(_ text: String, _ kind: FileKind) { #expect(FileKind.detect(Array(text.utf8)) == kind) }

    @Test("What is nothing known has no kind", arguments: ["", "   ", "hello", "<a/>", "{\"a\":1}", "%PDF-1.7"])
    func unknownKinds(_ text: String) async throws {
        #expect(FileKind.detect(Array(text.utf8)) == nil)
        let folder = try TemporaryFolder()
        let judgement = try await Self.validate(try folder.write(text, to: "x"))
        #expect(judgement.verdict == .error)
        #expect(judgement.layers.first?.reason != nil)
    }

    @Test("Report, manifest, image and submission of the reference exam are valid")
    func ownFiles() async throws {
        let folder = try TemporaryFolder()
        let series = try #require(Self.exam.series.first)
        let image = Self.exam.imageBytes(try #require(series.instances.first), of: series)
        let files: [(FileKind, [UInt8])] = [
            (.cda, Self.exam.reportBytes()), (.kos, Self.exam.manifestBytes()),
            (.dicom, image), (.mtom, try Self.submission()),
        ]
        for (kind, bytes) in files {
            let path = try folder.write(bytes, to: kind.rawValue)
            let judgement = try await Self.validate(path) { $0.level = .run }
            #expect(judgement.kind == kind)
            let violations = judgement.layers.flatMap(\.findings).filter { $0.severity == .violation }
            // The reference exam's bare submission has no VIHF and no signature of its submission set.
            #expect(
                violations.map(\.check) == (kind == .mtom ? ["SEC-001", "PNR-051"] : []), "\(kind): \(violations)")
            #expect(judgement.verdict == (kind == .mtom ? .fail : .pass), "\(kind): \(judgement.layers)")
            #expect(!judgement.summary.isEmpty)
        }
    }

    @Test("The CDA documents of a submission are judged too, and a finding names their part")
    func submittedReport() async throws {
        let folder = try TemporaryFolder()
        let good = try await Self.validate(try folder.write(try Self.submission(), to: "good.mtom"))
        let names = good.layers.map(\.layer)
        #expect(names.contains("cda:xsd") && names.contains("cda:schematron:cda/imaging-report"))
        let text = String(decoding: try Self.submission(), as: UTF8.self)
        try #require(text.contains("<realmCode code=\"FR\"/>"))
        let bytes = try Self.submission()
        let old = Array("<realmCode code=\"FR\"/>".utf8)
        let at = try #require(bytes.firstRange(of: old))
        let broken =
            bytes[..<at.lowerBound] + Array("<realmCode code='FR' x=''/>".utf8.prefix(old.count))
            + bytes[at.upperBound...]
        let judgement = try await Self.validate(try folder.write(broken, to: "bad.mtom"))
        let findings = judgement.layers.filter { $0.layer.hasPrefix("cda:") }.flatMap(\.findings)
        #expect(findings.contains { $0.severity == .violation && $0.place?.part != nil })
    }

    @Test("With a schema each violation has line and column")
    func schema() async throws {
        let folder = try TemporaryFolder()
        let schema = try folder.write(
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:hl7-org:v3" xmlns="urn:hl7-org:v3" elementFormDefault="qualified">
            <xs:element name="ClinicalDocument"><xs:complexType><xs:sequence><xs:element name="id"/></xs:sequence></xs:complexType></xs:element></xs:schema>
            """, to: "x.xsd")
        let good = try folder.write("<ClinicalDocument xmlns='urn:hl7-org:v3'><id/></ClinicalDocument>", to: "good.xml")
        let bad = try folder.write(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'>\n  <di/></ClinicalDocument>", to: "bad.xml")
        #expect(try await Self.validate(good) { $0.schema = schema }.verdict == .pass)
        let judgement = try await Self.validate(bad) { $0.schema = schema }
        #expect(judgement.verdict == .fail)
        let place = try #require(judgement.layers.first { $0.layer == "xsd" }?.findings.first?.place)
        #expect(place.line == 2 && place.column == 3)
        await #expect(throws: RunError.self) { try await Self.validate(good) { $0.schema = folder.path + "/none.xsd" } }
    }

    /// Files that are broken, the verdict, and a word of what is said.
    private static let broken: [(name: String, make: @Sendable () throws -> [UInt8], verdict: Verdict, word: String)] =
        [
            ("not well-formed", { Array("<ClinicalDocument><a></ClinicalDocument>".utf8) }, .fail, "xml."),
            (
                "external entity",
                {
                    Array(
                        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><ClinicalDocument>&e;</ClinicalDocument>"
                            .utf8)
                },
                .fail, "doctype"
            ),
            ("truncated manifest", { Array(exam.manifestBytes().dropLast(200)) }, .fail, "dicom."),
            ("truncated submission", { Array(try submission().dropLast(300)) }, .fail, "mtom."),
            (
                "altered document",
                {
                    var bytes = try submission()
                    let index = bytes.count - 200
                    bytes[index] ^= 1
                    return bytes
                }, .fail, "PNR-023"
            ),
            (
                "wrong title of the manifest",
                {
                    var bytes = exam.manifestBytes()
                    let code = Array("113030".utf8)
                    let range = try #require(bytes.firstRange(of: code))
                    bytes.replaceSubrange(range, with: Array("113000".utf8))
                    return bytes
                }, .fail, "KOS-033"
            ),
        ]

    @Test("Broken files are told what is wrong", arguments: broken.indices)
    func brokenFiles(_ index: Int) async throws {
        let test = Self.broken[index]
        let folder = try TemporaryFolder()
        let judgement = try await Self.validate(try folder.write(try test.make(), to: "x")) { $0.level = .run }
        #expect(judgement.verdict == test.verdict, "\(test.name): \(judgement.layers)")
        let findings = judgement.layers.flatMap(\.findings)
        #expect(findings.contains { $0.check.contains(test.word) }, "\(test.name): \(findings.map(\.check))")
        #expect(!"\(judgement)".contains("root:x:0"))
    }

    @Test("A missing file and a folder are errors that name them", arguments: ["/nonexistent/kos.dcm", "/tmp"])
    func unreadable(_ path: String) async throws {
        let judgement = try await Self.validate(path)
        #expect(judgement.verdict == .error)
        #expect(judgement.layers.first?.reason?.en.contains(path) == true)
    }

    @Test("A gigabyte of zeros is told apart without being read")
    func zeros() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "zeros")
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.truncate(atOffset: 1_000_000_000)
        try file.close()
        let judgement = try await Self.validate(path)
        #expect(judgement.verdict == .error)
        #expect(judgement.layers.first?.reason?.en.contains("--kind") == true)
    }

    @Test("Objects of one exam agree, those of two exams do not")
    func coherence() async throws {
        let folder = try TemporaryFolder()
        let report = try folder.write(Self.exam.reportBytes(), to: "cr.xml")
        let manifest = try folder.write(Self.exam.manifestBytes(), to: "kos.dcm")
        let other = try folder.write(ExamFixture(seed: 4).manifestBytes(), to: "other.dcm")
        func verdict(_ against: [String]) async throws -> Verdict? {
            let judgement = try await Self.validate(report) { $0.others = against }
            return judgement.layers.first { $0.layer == "coherence" }?.verdict
        }
        #expect(try await verdict([manifest]) == .pass)
        #expect(try await verdict([other]) == .fail)
        #expect(try await verdict([folder.path + "/none"]) == .error)
    }

    @Test(
        "The real submission of the DRIM-M samples is opened: its parts, metadata and manifest",
        .enabled(if: Corpora.has("drim-m/informatif/XDS/publication.xml"), Comment(rawValue: Corpora.absence)))
    func publication() async throws {
        let judgement = try await Self.validate(Corpora.url("drim-m/informatif/XDS/publication.xml").path)
        #expect(judgement.kind == .mtom)
        let checks = Dictionary(grouping: judgement.layers.flatMap(\.findings), by: \.check)
        for oddity in [
            "mtom.line-ends-lf", "mtom.indented-delimiter", "mtom.indented-header", "mtom.root-leading-blanks",
            "mtom.start-absent", "mtom.transfer-encoding-base64", "mtom.part-action",
            "soap.must-understand-unqualified",
        ] {
            #expect(
                checks[oddity]?.allSatisfy { $0.severity != .violation } == true, "\(oddity): \(checks.keys.sorted())")
        }
        #expect(judgement.layers.first { $0.layer == "http" }?.verdict == .notRun)
        let hashes = (checks["PNR-023"] ?? []).map { "\($0.actual ?? "") \($0.expected ?? "")" }
        #expect(hashes.count == 1, "only the signature part differs: \(hashes)")
        #expect((checks["PNR-024"] ?? []).count == 1)
        #expect(judgement.layers.contains { $0.layer == "kos" })
    }

    @Test("A package without an envelope leaves its layer soap inconclusive, not passed")
    func noEnvelope() async throws {
        let text = "POST /r HTTP/1.1\r\nContent-Type: multipart/related; boundary=x\r\n\r\nhello"
        let judgement = try await FileValidator(FileValidator.Options(dataRoot: Checkout.root))
            .validate(Array(text.utf8), name: "message")
        #expect(judgement.verdict == .fail)
        let soap = try #require(judgement.layers.first { $0.layer == "soap" })
        #expect(soap.verdict == .inconclusive)
        #expect(soap.reason != nil)
    }
}
