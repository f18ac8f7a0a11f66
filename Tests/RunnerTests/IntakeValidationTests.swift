import Conformance
import Foundation
import HL7v2
import Runner
import Simulators
import TestSupport
import Testing

@Suite("Validation of HL7 v2 messages")
struct IntakeValidationTests {
    private static let exam = ExamFixture(seed: 5)

    private static func judge(_ bytes: [UInt8], level: JudgementLevel = .run) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.level = level
        return try await FileValidator(options).validate(bytes, name: "intake.hl7")
    }

    @Test("A message is judged with the report in it, framed or not", arguments: ReportTransmission.Kind.allCases)
    func sound(kind: ReportTransmission.Kind) async throws {
        let message = Self.exam.intake(kind, controlID: "1").encoded()
        for bytes in [message, MLLP.framed(message)] {
            let judgement = try await Self.judge(bytes)
            #expect(judgement.kind == .hl7)
            #expect(judgement.layers.map(\.layer).prefix(4) == ["hl7v2", "hl7", "cda:xml", "cda:xsd"])
            #expect(judgement.verdict == .pass)
            #expect(judgement.layers.flatMap(\.findings) == [])
        }
    }

    @Test("A fault of the report is told with its field")
    func report() async throws {
        let report = String(decoding: Self.exam.reportBytes(), as: UTF8.self).replacing("<title>", with: "<titre>")
            .replacing("</title>", with: "</titre>")
        let judgement = try await Self.judge(Self.exam.intake(controlID: "1", report: Array(report.utf8)).encoded())
        #expect(judgement.verdict == .fail)
        let finding = try #require(
            judgement.layers.first { $0.layer == "cda:xsd" }?.findings.first { $0.severity == .violation })
        #expect(finding.place?.part == "OBX-5")
        #expect(finding.place?.line != nil)
    }

    @Test("Line ends of a text editor are a warning, a cut frame too")
    func encoding() async throws {
        let message = Self.exam.intake(controlID: "1").encoded()
        let edited = try await Self.judge(message.map { $0 == 0x0D ? 0x0A : $0 })
        #expect(edited.verdict == .pass)
        #expect(edited.layers[0].findings.map(\.check) == ["hl7v2.segment-end"])
        let cut = try await Self.judge([0x0B] + message)
        #expect(cut.layers[0].findings.map(\.check) == ["hl7v2.frame-end"])
    }

    private static let change = "drim-m/Referencement DRIMBox/Jeux de donnees/HL7v2/Examen W/CR_W_Suppression-OMI.hl7"

    @Test(
        "The official message of a study that changed is read, and is not called wrong",
        .enabled(if: Corpora.has(change), Comment(rawValue: Corpora.absence)))
    func official() async throws {
        let judgement = try await Self.judge(try Corpora.bytes(Self.change))
        #expect(judgement.verdict == .pass)
        #expect(judgement.layers.map(\.layer) == ["hl7v2", "hl7"])
        #expect(judgement.layers[1].verdict == .notRun)
        #expect(judgement.layers.flatMap(\.findings).allSatisfy { $0.severity == .warning })
    }

    @Test("Each message of a capture is judged, framed or not, and says which it is")
    func several() async throws {
        let right = Self.exam.intake(controlID: "1").encoded()
        let wrong = Self.exam.intake(controlID: "2").encoded()
        let text = String(decoding: wrong, as: UTF8.self).replacing("|VALI", with: "|PROV")
        for bytes in [
            right + Array(text.utf8), MLLP.framed(right) + MLLP.framed(Array(text.utf8)),
            right + [0x0A, 0x0A] + Array(text.utf8),
        ] {
            let judgement = try await Self.judge(bytes)
            #expect(judgement.verdict == .fail)
            #expect(judgement.layers.filter { $0.layer == "hl7" }.map(\.verdict) == [.pass, .fail])
            let finding = try #require(judgement.layers.flatMap(\.findings).first { $0.severity == .violation })
            #expect(finding.check == "HL7-003" && finding.place?.part == "message 2")
        }
    }

    @Test("A captured acknowledgment is judged, against the message before it where there is one")
    func acknowledgment() async throws {
        let answer = Array("MSH|^~\\&|||||||ACK|9|P|2.5\rMSA|AA|1\r".utf8)
        let message = Self.exam.intake(controlID: "1").encoded()
        for bytes in [answer, message + answer, MLLP.framed(message) + MLLP.framed(answer)] {
            let judgement = try await Self.judge(bytes)
            #expect(judgement.verdict == .pass)
            #expect(judgement.layers.last?.layer == "hl7" && judgement.layers.last?.verdict == .pass)
        }
        let other = Self.exam.intake(controlID: "2").encoded()
        for bytes in [other + answer, Array("MSH|^~\\&|||||||ACK|9|P|2.5\rMSA|XX|1\r".utf8)] {
            let judgement = try await Self.judge(bytes)
            #expect(
                judgement.layers.flatMap(\.findings).contains { $0.check == "HL7-006" && $0.severity == .violation })
        }
    }

    @Test(
        "What is no message says why, with its byte",
        arguments: ["MSH|", "MSH|^~\\", "MSH|^^^^|x|"])
    func malformed(text: String) async throws {
        let judgement = try await Self.judge(Array(text.utf8))
        #expect(judgement.kind == .hl7)
        #expect(judgement.verdict == .fail)
        let finding = try #require(judgement.layers.first?.findings.first)
        #expect(finding.check == "hl7v2.malformed")
        #expect(finding.place?.byte != nil)
        #expect(finding.expected?.isEmpty == false)
    }
}
