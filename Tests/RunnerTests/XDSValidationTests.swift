import Conformance
import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite("Captured XDS messages and archives")
struct XDSValidationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func judge(_ path: String, profile: JudgementProfile = .dim) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Self.root)
        options.profile = profile
        return await (try FileValidator(options)).validate(path)
    }

    private func violations(_ judgement: FileJudgement) -> [String] {
        judgement.layers.flatMap(\.findings).filter { $0.severity == .violation }.map(\.check)
    }

    @Test(
        "What the official validators call right has no error in a capture",
        .enabled(if: Corpora.has("drim-m/informatif/XDS"), Comment(rawValue: Corpora.absence)),
        arguments: [
            "drim-m/informatif/XDS/publication.xml",
            "drim-m/informatif/XDM/KA202401/IHE_XDM/SS000001/METADATA.XML",
            "drim-m/Echantillons validateurs/Cross-validateur/Echantillons de validation/XDS.xml",
            "drim-m/test a blanc/Cross-validateur/OK_HL7_XDS_invisible_masque/Metadata_invisible_masque.xml",
        ])
    func official(_ path: String) async throws {
        let judgement = try await judge(Corpora.url(path).path)
        #expect(violations(judgement).isEmpty)
        #expect(judgement.verdict != .fail)
    }

    @Test(
        "NIST's messages have no error by IHE's profiles, and the one without XOP has exactly PNR-008",
        .enabled(if: Corpora.has("nist/testkit/PnrXop"), Comment(rawValue: Corpora.absence)),
        arguments: [("Xop", []), ("encodedURL", []), ("dicom", []), ("NoXop", ["PNR-008"])])
    func packages(_ step: String, _ expected: [String]) async throws {
        let plan = String(decoding: try Corpora.bytes("nist/testkit/PnrXop/\(step)/testplan.xml"), as: UTF8.self)
        let line = try #require(plan.split(whereSeparator: \.isNewline).first { $0.contains("Content-Type:") })
        let head = "POST /repository HTTP/1.1\r\n\(line.trimmingCharacters(in: .whitespaces))\r\n\r\n"
        let bytes = Array(head.utf8) + (try Corpora.bytes("nist/testkit/PnrXop/\(step)/body.txt"))
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString).http")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        #expect(violations(try await judge(url.path, profile: .ihe)) == expected)
    }

    @Test(
        "NIST's bare metadata have no error by IHE's profiles",
        .enabled(if: Corpora.has("nist/testkit/ids_4801"), Comment(rawValue: Corpora.absence)),
        arguments: ["ids_4801", "ids_4802"])
    func metadata(_ step: String) async throws {
        let path = Corpora.url("nist/testkit/\(step)/ValidateMetadata/metadata.xml").path
        #expect(violations(try await judge(path, profile: .ihe)).isEmpty)
    }

    @Test(
        "A file of ebRIM 2.1 is named, not judged",
        arguments: [
            "<SubmitObjectsRequest xmlns=\"urn:oasis:names:tc:ebxml-regrep:registry:xsd:2.1\"/>",
            "<SubmitObjectsRequest xmlns=\"urn:oasis:names:tc:ebxml-regrep:rim:xsd:2.1\"/>",
        ])
    func older(_ text: String) async throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString).xml")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let judgement = try await judge(url.path)
        let layer = try #require(judgement.layers.first { $0.layer == "metadata" })
        #expect(layer.verdict == .notRun && layer.reason?.en.contains("2.1") == true)
        #expect(violations(judgement).isEmpty)
    }
}
