import Conformance
import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite("Captured metadata of another version")
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
        "A file of ebRIM 2.1 is named, not judged",
        arguments: [
            "<SubmitObjectsRequest xmlns=\"urn:oasis:names:tc:ebxml-regrep:registry:xsd:2.1\"/>",
            "<SubmitObjectsRequest xmlns=\"urn:oasis:names:tc:ebxml-regrep:rim:xsd:2.1\"/>",
            "<rs:SubmitObjectsRequest xmlns:rs=\"urn:oasis:names:tc:ebxml-regrep:registry:xsd:3.0\"/>",
            "<SubmitObjectsRequest xmlns=\"urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0\"><LeafRegistryObjectList xmlns=\"\"/></SubmitObjectsRequest>",
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
