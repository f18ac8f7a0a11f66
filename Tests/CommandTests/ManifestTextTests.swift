import DICOM
import Foundation
import Simulators
import Testing

@Suite("The text of a judged manifest") struct ManifestTextTests {
    private func text(_ language: String) async throws -> String {
        let scratch = try Scratch()
        var file = ExamFixture(seed: 3).manifest().file()
        file.dataSet.set(.modality, "CT")
        file.dataSet.remove(.studyDate)
        file.dataSet.edit(TagPath([(.referencedRequestSequence, 1)])) { item in
            item.remove(.requestedProcedureID)
            item.remove(.fillerOrderNumberImagingServiceRequest)
        }
        let path = scratch.path + "/kos.dcm"
        try Data(file.serialized()).write(to: URL(fileURLWithPath: path))
        let command = try await Command("validate", path, "--lang", language)
        #expect(command.status == 1)
        return command.output.replacingOccurrences(of: path, with: "kos.dcm")
    }

    @Test("A vendor reads place, tag, what is expected, what is found, what to mend", arguments: ["fr", "en"])
    func lines(_ language: String) async throws {
        let text = try await text(language)
        let start = try #require(text.range(of: language == "fr" ? "  kos: non conforme\n" : "  kos: fail\n"))
        #expect(String(text[start.lowerBound...]) == (language == "fr" ? Self.french : Self.english))
    }

    private static let french = ""
    private static let english = ""
}
