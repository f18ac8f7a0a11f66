import Checks
import Conformance
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite("The generated exam and the rules of messages")
struct XDSExamTests {
    @Test("The submission of an exam breaks no rule and is valid", arguments: [UInt64(1), 2, 77])
    func submission(_ seed: UInt64) throws {
        let request = ExamFixture(seed: seed).submissionRequest()
        let package = request.package(
            Addressing(messageID: SOAPMessageCase.messageID, to: "http://127.0.0.1/repository"), boundary: "limit")
        let message = SOAPMessageCase.read(package)
        let subject = try #require(SubmissionSubject(message))
        for rule in SubmissionRules.all {
            let outcome = rule.judge(subject, level: .run)
            #expect(outcome.verdict != .fail && outcome.findings.isEmpty, "\(outcome)")
        }
        #expect(
            MessageRules.findings(
                message, layers: Set(MessageRules.Layer.allCases), level: .run, requirement: nil
            ).isEmpty)
        #expect(try #require(SOAPSchemaTests.schema).validate(try #require(message.rootPart?.bytes)).isEmpty)
    }
}
